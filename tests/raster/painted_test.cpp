// Surfaces in the colors of attributes and textures, studios that are edited, worlds behind
// everything, and pictures from several samples.
#include "core/schema/ref.h"
#include "document/image.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/node_tree.h"
#include "render/register.h"
#include "support.h"

namespace kiln::render::raster {
namespace {

std::shared_ptr<const ViewPicture> plain(std::array<std::uint8_t, 4> color) {
  auto picture = std::make_shared<ViewPicture>();
  picture->width = picture->height = 4;
  for (int i = 0; i < 16; ++i) {
    picture->bytes.insert(picture->bytes.end(), color.begin(), color.end());
  }
  return picture;
}

class Painted : public View {
protected:
  Painted() {
    register_render_types(registry_);
    look_.overlay.show_overlays = false;
    look_.shading.light = ViewShadingLight::Flat;
    look_.has_antialiasing = false;
  }
  std::array<int, 3> middle() { return pixel(draw(), size / 2, size / 2); }
  Mesh& mesh() {
    return document_.edit<Mesh>(document_.find<Object>(named("Cube"))->data.id, Change::Geometry);
  }
};

TEST_F(Painted, AttributesOfVerticesColorSurfaces) {
  look_.shading.color_type = ViewColorType::Vertex;
  const auto without = middle();
  Mesh& cube = mesh();
  Array<FloatColor> colors(cube.vertex_count());
  for (FloatColor& color : colors.edit()) {
    color = {0.0f, 0.0f, 1.0f, 1.0f};
  }
  cube.attributes.set("Color", Domain::Point, std::move(colors));
  cube.active_color = "Color";

  const auto with = middle();

  EXPECT_NEAR(without[0], without[2], 2) << "the material's color where there is no attribute";
  EXPECT_NEAR(with[2], 255, 1);
  EXPECT_NEAR(with[0], 0, 1);
}

TEST_F(Painted, AttributesOfCornersNeedNotMeet) {
  Mesh& cube = mesh();
  Array<ByteColor> colors(cube.corner_vertices().size());
  for (ByteColor& color : colors.edit()) {
    color = {255, 0, 0, 255};
  }
  cube.attributes.set("Color", Domain::Corner, std::move(colors));
  cube.active_color = "Color";
  look_.shading.color_type = ViewColorType::Vertex;

  EXPECT_NEAR(middle()[0], 255, 1);

  look_.shading.show_xray = true;  // transparent surfaces have the same colors
  const auto through = middle();
  EXPECT_GT(through[0], through[1] + 60);
}

TEST_F(Painted, TexturesOfTheActiveNodeColorSurfaces) {
  const BlockId image = add_image(document_, "Picture", 4, 4, false, false, false).id;
  Material& material = document_.edit<Material>(document_.all(BlockType::Material)[0]);
  material.use_nodes = true;
  auto& tree = document_.add<NodeTree>("Shader Nodetree");
  const Schema* type = registry_.find("ShaderNodeTexImage");
  ASSERT_TRUE(type);
  std::shared_ptr<Node> node(static_cast<Node*>(type->make()));
  static_cast<void>(
      write({type, node.get(), -1, nullptr, &document_}, *type->property("image"), Value(image)));
  ItemId id = 0;
  tree.add_node(node, &id);
  tree.set_active_node(id);
  material.node_tree = {tree.id};
  find_picture_ = [green = plain({0, 255, 0, 255})](const Document&, BlockId, const ImageUser&) {
    return green;
  };
  look_.shading.color_type = ViewColorType::Texture;

  const auto color = middle();

  EXPECT_NEAR(color[1], 255, 1);
  EXPECT_NEAR(color[0], 0, 1);
}

TEST_F(Painted, LampsThatAreEditedStandInPlaceOfTheStudio) {
  look_.shading.light = ViewShadingLight::Studio;
  StudioLight light;
  SolidLight red;
  red.diffuse_color = {1.0f, 0.0f, 0.0f};
  red.specular_color = {0.0f, 0.0f, 0.0f};
  light.solid_lights.add(red);
  look_.lamps = studio_lamps(light);

  const auto color = middle();
  EXPECT_GT(color[0], 150);
  EXPECT_NEAR(color[1], 0, 1);

  red.use = false;
  light.solid_lights.edit(0) = red;
  look_.lamps = studio_lamps(light);
  EXPECT_NEAR(middle()[0], 0, 1);
}

TEST_F(Painted, WorldsAreSeenBehindEverything) {
  look_.shading.type = ViewShadingType::Material;
  look_.surroundings = plain({0, 0, 255, 255});
  look_.shading.studiolight_background_alpha = 1.0f;
  EXPECT_NEAR(pixel(draw(), 5, 5)[2], 255, 1);

  look_.shading.studiolight_background_alpha = 0.0f;
  EXPECT_LT(pixel(draw(), 5, 5)[2], 120);
}

TEST_F(Painted, SurfacesCoverWiresBehindThemAsMuchAsIsAsked) {
  select({});
  look_.shading.type = ViewShadingType::Wireframe;
  // The rear edges of a cube that is seen from above lie within its outline.
  camera_.view[1] = {0, 0.5f, 0.866f, 0};
  camera_.view[2] = {0, -0.866f, 0.5f, -10};
  const auto dark = [&] {
    int count = 0;
    for (const std::uint8_t byte : draw()) {
      count += byte < 40;
    }
    return count;
  };
  const int all = dark();
  look_.shading.xray_alpha_wireframe = 1.0f;
  const int front = dark();

  EXPECT_LT(front, all * 0.9);
  EXPECT_GT(front, all * 0.4);
}

TEST_F(Painted, SamplesMakeBordersSmooth) {
  camera_.view[0] = {0.966f, 0, 0.259f, 0};  // slanted borders
  camera_.view[1] = {-0.259f, 0, 0.966f, 0};
  const auto shades = [&] {
    std::set<int> found;
    const auto pixels = context_->read_pixels();
    for (int x = 0; x < size; ++x) {
      for (int y = 0; y < size; ++y) {
        found.insert(pixel(pixels, x, y)[0]);
      }
    }
    return int(found.size());
  };
  const auto shown = list();
  const auto paint = [&] {
    ASSERT_TRUE(renderer_->draw(shown, camera_, look_, size, size, context_->framebuffer()));
  };
  paint();
  const int hard = shades();
  look_.samples = 8;
  for (int i = 0; i < 8; ++i) {
    look_.is_refined = i > 0;
    paint();
    EXPECT_EQ(renderer_->sample_count(), i + 1);
  }

  EXPECT_GT(shades(), hard + 4);

  look_.is_refined = false;  // something has changed
  paint();
  EXPECT_EQ(renderer_->sample_count(), 1);
}

}  // namespace
}  // namespace kiln::render::raster
