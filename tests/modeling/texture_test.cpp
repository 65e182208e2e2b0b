#include <gtest/gtest.h>

#include "document/image_pixels.h"
#include "modeling/modifiers/displace.h"
#include "modeling/primitives.h"
#include "modeling/texture_sample.h"
#include "support.h"

namespace kiln::modeling {
namespace {

Texture texture(Texture::Type kind) {
  Texture t;
  t.kind = kind;
  return t;
}

// Values that Blender 3.4.1 gives.
TEST(TextureSample, CloudsWoodAndMarbleHaveTheirKnownValues) {
  const float3 p{0.5f, 0.25f, 0.1f};

  EXPECT_NEAR(sample(texture(Texture::Type::Clouds), p).value(), 0.4940f, 1e-4f);
  Texture colored = texture(Texture::Type::Clouds);
  colored.cloud_type = Texture::CloudType::Color;
  EXPECT_NEAR(sample(colored, p).color.y, 0.6713f, 1e-4f);
  EXPECT_NEAR(sample(colored, p).color.z, 0.5433f, 1e-4f);
}

TEST(TextureSample, BlendRisesAlongItsAxis) {
  Texture t = texture(Texture::Type::Blend);

  EXPECT_FLOAT_EQ(sample(t, {0.5f, 0, 0}).value(), 0.75f);
  t.flip_axis = Texture::FlipAxis::Vertical;
  EXPECT_FLOAT_EQ(sample(t, {0.5f, 0, 0}).value(), 0.5f);
  t.progression = Texture::Progression::Spherical;
  EXPECT_FLOAT_EQ(sample(t, {0.6f, 0, 0.8f}).value(), 0.0f);
}

TEST(TextureSample, BrightnessContrastAndClampingApplyInThisOrder) {
  Texture t = texture(Texture::Type::Blend);
  t.contrast = 4;
  t.intensity = 1.5f;

  EXPECT_FLOAT_EQ(sample(t, {0.5f, 0, 0}).value(), 1.0f);
  t.use_clamp = false;
  EXPECT_FLOAT_EQ(sample(t, {0.5f, 0, 0}).value(), 2.0f);
}

TEST(TextureSample, ColorRampTurnsIntensityIntoColor) {
  Texture t = texture(Texture::Type::Blend);
  t.use_color_ramp = true;
  t.color_ramp.elements.edit(1).color = {1, 0, 0, 0.5f};

  const TextureSample s = sample(t, {1, 0, 0});

  EXPECT_TRUE(s.has_color);
  EXPECT_EQ(s.color, (float3{1, 0, 0}));
  EXPECT_FLOAT_EQ(s.alpha, 0.5f);
}

TEST(TextureSample, ImagesRepeatAndInterpolate) {
  const ImagePixels image{2, 1, 32, false, {0, 0, 0, 1, 1, 1, 1, 1}};
  Texture t = texture(Texture::Type::Image);

  EXPECT_FLOAT_EQ(sample(t, {-0.5f, 0, 0}, &image).value(), 0.0f);
  EXPECT_FLOAT_EQ(sample(t, {0.0f, 0, 0}, &image).value(), 0.5f);
  EXPECT_FLOAT_EQ(sample(t, {2.5f, 0, 0}, &image).value(), 1.0f);
  t.extension = Texture::Extension::Clip;
  EXPECT_FLOAT_EQ(sample(t, {2.5f, 0, 0}, &image).alpha, 0.0f);
  EXPECT_FLOAT_EQ(sample(t, {0, 0, 0}).value(), 0.0f) << "without an image";
}

TEST(TextureSchema, ShowsTheSettingsOfItsType) {
  Texture t = texture(Texture::Type::Voronoi);

  EXPECT_EQ(t.dynamic_schema().identifier, "VoronoiTexture");
  EXPECT_TRUE(t.dynamic_schema().property("weight_2"));
  EXPECT_FALSE(t.dynamic_schema().property("wood_type"));
  t.kind = Texture::Type::Wood;
  EXPECT_TRUE(t.dynamic_schema().property("wood_type"));
}

TEST(DisplaceModifier, MovesByWhatIsAboveTheMidlevel) {
  TestContext context;
  Texture& ramp = context.document.add<Texture>("Ramp");
  ramp.kind = Texture::Type::Blend;
  DisplaceModifier displace;
  displace.texture.id = ramp.id;
  displace.strength = 2;
  displace.direction = DisplaceModifier::Direction::Z;

  const Mesh result = displace.apply(plane(2), context);

  EXPECT_FLOAT_EQ(result.positions()[0].z, -1.0f);
  EXPECT_FLOAT_EQ(result.positions()[1].z, 1.0f);
}

TEST(DisplaceModifier, WithoutATextureGrowsASphere) {
  TestContext context;
  DisplaceModifier displace;

  const Mesh result = displace.apply(uv_sphere(16, 8, 1), context);

  for (const float3 p : result.positions()) {
    EXPECT_NEAR(length(p), 1.5f, 1e-3f);
  }
}

TEST(DisplaceModifier, LeavesVerticesOutsideTheGroup) {
  TestContext context;
  Mesh mesh = plane(2);
  mesh.vertex_groups.add(VertexGroup{"Group"});
  mesh.weights.set(4, 3, 0, 0.5f);
  DisplaceModifier displace;
  displace.vertex_group = "Group";
  displace.mid_level = 0;

  const Mesh result = displace.apply(mesh, context);

  EXPECT_EQ(result.positions()[0].z, 0.0f);
  EXPECT_FLOAT_EQ(result.positions()[3].z, 0.5f);
}

}  // namespace
}  // namespace kiln::modeling
