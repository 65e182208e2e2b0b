#include <set>

#include "document/material.h"
#include "document/view3d_settings.h"
#include "document/world.h"
#include "render/raster/matcaps.h"
#include "render/raster/studio_lights.h"
#include "render/raster/surface_color.h"
#include "support.h"

namespace kiln::render::raster {
namespace {

class Shading : public View {
protected:
  Shading() { look_.overlay.show_overlays = false; }
  std::array<int, 3> middle() { return pixel(draw(), size / 2, size / 2); }
  View3DShading& shading() { return look_.shading; }
};

int sum(std::array<int, 3> c) {
  return c[0] + c[1] + c[2];
}

TEST_F(Shading, FlatLightShowsTheColorItself) {
  shading().light = ViewShadingLight::Flat;
  document_.edit<Material>(document_.all(BlockType::Material)[0]).diffuse_color = {1.0f, 0.0f, 0.0f,
                                                                                   1.0f};

  const auto color = middle();

  EXPECT_NEAR(color[0], 255, 1);
  EXPECT_NEAR(color[1], 0, 1);
}

TEST_F(Shading, ColorsComeFromObjectsOrOneForAll) {
  shading().light = ViewShadingLight::Flat;
  document_.edit<Object>(named("Cube")).color = {0.0f, 1.0f, 0.0f, 1.0f};
  shading().color_type = ViewColorType::Object;
  EXPECT_NEAR(middle()[1], 255, 1);
  EXPECT_NEAR(middle()[0], 0, 1);

  shading().color_type = ViewColorType::Single;
  shading().single_color = {0.0f, 0.0f, 1.0f};
  EXPECT_NEAR(middle()[2], 255, 1);
}

TEST_F(Shading, RandomColorsBelongToNames) {
  EXPECT_EQ(random_color("Cube", 0.5f, 0.9f), random_color("Cube", 0.5f, 0.9f));
  EXPECT_NE(random_color("Cube", 0.5f, 0.9f), random_color("Cube.001", 0.5f, 0.9f));
}

TEST_F(Shading, StudioLightsAndMatcapsDiffer) {
  std::set<std::array<int, 3>> colors;
  for (const std::string& name : studio_light_names()) {
    shading().studio_light = name;
    colors.insert(middle());
  }
  EXPECT_EQ(colors.size(), studio_light_names().size());

  shading().light = ViewShadingLight::Matcap;
  colors.clear();
  for (const std::string& name : matcap_names()) {
    shading().matcap = name;
    colors.insert(middle());
  }
  EXPECT_GE(colors.size(), matcap_names().size() - 1);
}

TEST_F(Shading, LightsMayBeFixedToTheWorld) {
  shading().light = ViewShadingLight::Studio;
  shading().studio_light = "Contrast";
  shading().use_world_space_lighting = true;
  const auto front = middle();

  shading().studiolight_rotate_z = 3.0f;

  EXPECT_GT(std::abs(sum(front) - sum(middle())), 40);
}

TEST_F(Shading, XRayShowsWhatLiesBehind) {
  document_.edit<Object>(add_cube({0, 5, 0})).color = {1.0f, 0.0f, 0.0f, 1.0f};
  document_.edit<Object>(named("Cube")).color = {0.0f, 0.0f, 1.0f, 1.0f};
  shading().color_type = ViewColorType::Object;
  shading().light = ViewShadingLight::Flat;
  EXPECT_LT(middle()[0], 5);

  shading().show_xray = true;

  const auto through = middle();
  EXPECT_GT(through[0], 40);
  EXPECT_GT(through[2], 40);
}

TEST_F(Shading, ShadowsFallOnWhatLiesBehindTheLight) {
  // A wall behind the cube, light from the front, the right and above.
  const BlockId wall = add_cube({0, 4, 0});
  document_.edit<Object>(wall).scale = {4, 1, 4};
  const auto without = draw();
  shading().show_shadows = true;
  shading().shadow_intensity = 1.0f;

  const auto with = draw();

  // The shadow lies to the left and below, where the wall is else.
  const auto darkened = [&](int x, int y) {
    return sum(pixel(without, x, y)) - sum(pixel(with, x, y));
  };
  EXPECT_GT(darkened(45, 45), 100);
  EXPECT_LT(std::abs(darkened(160, 160)), 12);
}

TEST_F(Shading, CavitiesDarkenCornersBetweenThings) {
  document_.edit<Object>(named("Light"), Change::Transform).location = {0, 0, 50};
  const BlockId floor = add_cube({0, 0, -2});
  document_.edit<Object>(floor).scale = {4, 4, 1};
  camera_.view[1] = {0, 0.7071f, 0.7071f, 0};
  camera_.view[2] = {0, -0.7071f, 0.7071f, -10};
  const auto without = draw();
  shading().show_cavity = true;
  shading().cavity_type = ViewCavityType::World;
  shading().cavity_valley_factor = 2.5f;

  const auto with = draw();

  // Along the foot of the cube: some pixels of that column get clearly darker.
  int darkest = 0;
  for (int y = 60; y < 110; ++y) {
    darkest = std::max(darkest, sum(pixel(without, size / 2, y)) - sum(pixel(with, size / 2, y)));
  }
  EXPECT_GT(darkest, 40);
}

TEST_F(Shading, BackgroundsAreChosen) {
  shading().background_type = ViewBackgroundType::Viewport;
  shading().background_color = {1.0f, 0.0f, 0.0f};
  EXPECT_EQ(pixel(draw(), 2, 2), (std::array<int, 3>{255, 0, 0}));

  shading().background_type = ViewBackgroundType::World;
  document_.edit<World>(document_.all(BlockType::World)[0]).color = {0.0f, 1.0f, 0.0f};
  EXPECT_EQ(pixel(draw(), 2, 2), (std::array<int, 3>{0, 255, 0}));
}

TEST_F(Shading, BackFacesAreHiddenWhereAsked) {
  // Turned inside out, the cube shows its back sides only.
  document_.edit<Object>(named("Cube"), Change::Transform).scale = {-1, 1, 1};
  shading().show_backface_culling = true;
  shading().background_type = ViewBackgroundType::Viewport;
  shading().background_color = {1.0f, 0.0f, 0.0f};

  // A mirrored object keeps its front sides in front.
  EXPECT_NE(middle(), (std::array<int, 3>{255, 0, 0}));
}

TEST_F(Shading, RenderedShadingShowsThePictureItIsGiven) {
  shading().type = ViewShadingType::Rendered;
  auto picture = std::make_shared<ViewPicture>();
  picture->width = picture->height = 2;
  picture->bytes = {255, 0, 0, 255, 255, 0, 0, 255, 0, 0, 255, 255, 0, 0, 255, 255};

  const auto pixels = draw(picture);

  // Rows from the bottom: red below, blue above.
  EXPECT_EQ(pixel(pixels, 10, 10), (std::array<int, 3>{255, 0, 0}));
  EXPECT_EQ(pixel(pixels, 10, 190), (std::array<int, 3>{0, 0, 255}));
}

TEST_F(Shading, DepthsTellWhereSurfacesLie) {
  draw();

  const auto place = renderer_->surface_at(camera_, size / 2 + 10, size / 2);

  ASSERT_TRUE(place);
  EXPECT_NEAR(place->x, 0.42f, 0.03f);
  EXPECT_NEAR(place->y, -1.0f, 1e-3f);
  EXPECT_FALSE(renderer_->surface_at(camera_, 3, 3));
  EXPECT_EQ(renderer_->depths().values.size(), std::size_t(size * size));
}

TEST(Matcaps, AreLitBallsOfTheirSize) {
  for (const std::string& name : matcap_names()) {
    const auto pixels = matcap_pixels(name, 32);

    ASSERT_EQ(pixels.size(), 32u * 32u * 4u);
    EXPECT_NE(pixels[(16 * 32 + 4) * 4], pixels[(28 * 32 + 16) * 4]) << name;
  }
}

}  // namespace
}  // namespace kiln::render::raster
