#include "render/scene_builder/scene_builder.h"

#include "document/camera.h"
#include "document/collection.h"
#include "document/light.h"
#include "document/scene.h"
#include "document/world.h"
#include "evaluation/evaluator.h"
#include "support.h"

namespace kiln::render {
namespace {

/// A document with a camera five metres up that looks down on a unit square.
class SceneBuilding : public testing::Test {
protected:
  SceneBuilding() {
    scene_ = add_scene(document_, "Scene").id;
    Mesh& mesh = document_.add<Mesh>("Square");
    mesh.replace_geometry(Array<float3>{{-1, -1, 0}, {1, -1, 0}, {1, 1, 0}, {-1, 1, 0}},
                          Array<int2>{{0, 1}, {1, 2}, {2, 3}, {3, 0}}, Array<int>{0, 4},
                          Array<int>{0, 1, 2, 3}, Array<int>{0, 1, 2, 3});
    mesh_ = mesh.id;
    square_ = add_object("Square", mesh_, {});
    const BlockId lens = document_.add<Camera>("Camera").id;
    const BlockId camera = add_object("Camera", lens, {0, 0, 5});
    document_.edit<Scene>(scene_).camera = {camera};
  }

  BlockId add_object(std::string_view name, BlockId data, float3 location) {
    auto& object = document_.add<Object>(name);
    object.data = {data};
    object.location = location;
    object.visible_camera = object.visible_diffuse = object.visible_glossy =
        object.visible_transmission = object.visible_shadow = true;
    const BlockId id = object.id;
    const BlockId root = document_.find<Scene>(scene_)->collection.id;
    document_.edit<Collection>(root).objects.push_back({id});
    return id;
  }

  std::shared_ptr<const evaluation::EvaluatedScene> evaluated(float frame = 1.0f) {
    Progress progress;
    return evaluator_.evaluate(document_, scene_, "", frame, evaluation::Purpose::Render, progress);
  }

  Document document_;
  evaluation::Evaluator evaluator_;
  BlockId scene_, mesh_, square_;
};

TEST_F(SceneBuilding, TakesMeshesWithGeneratedSpace) {
  const Result<TraceScene> scene = build_trace_scene(*evaluated(), {});

  ASSERT_TRUE(scene);
  ASSERT_EQ(scene->meshes.size(), 1u);
  EXPECT_EQ(scene->meshes[0].triangles.size(), 2u);
  EXPECT_EQ(scene->meshes[0].generated_min, (float3{-1, -1, -1}));
  EXPECT_EQ(scene->meshes[0].generated_size, (float3{2, 2, 2}));
  EXPECT_EQ(scene->instances.size(), 1u);
}

TEST_F(SceneBuilding, SharesMeshesOfObjectsWithTheSameData) {
  add_object("Copy", mesh_, {3, 0, 0});

  const Result<TraceScene> scene = build_trace_scene(*evaluated(), {});

  ASSERT_TRUE(scene);
  EXPECT_EQ(scene->meshes.size(), 1u);
  EXPECT_EQ(scene->instances.size(), 2u);
  EXPECT_EQ(scene->materials.size(), 1u);
}

TEST_F(SceneBuilding, LeavesOutWhatIsHiddenFromRenders) {
  document_.edit<Object>(square_).hide_render = true;

  const Result<TraceScene> scene = build_trace_scene(*evaluated(), {});

  ASSERT_TRUE(scene);
  EXPECT_TRUE(scene->instances.empty());
}

TEST_F(SceneBuilding, SaysThatACameraIsMissing) {
  document_.edit<Scene>(scene_).camera = {};

  const Result<TraceScene> scene = build_trace_scene(*evaluated(), {});

  ASSERT_FALSE(scene);
  EXPECT_NE(scene.error().message.find("camera"), std::string::npos);
}

TEST_F(SceneBuilding, RendersALampOverASquare) {
  auto& lamp = document_.add<Light>("Sun");
  lamp.kind = LightType::Sun;
  lamp.energy = 3.0f;
  lamp.angle = 0.0f;
  add_object("Sun", lamp.id, {0, 0, 3});
  auto& settings = document_.edit<Scene>(scene_);
  settings.render.resolution_x = settings.render.resolution_y = 9;
  settings.cycles.samples = 4;

  const auto scene = evaluated();
  const Result<TraceScene> trace = build_trace_scene(*scene, {});
  ASSERT_TRUE(trace);
  const RenderResult result = rendered(*trace, make_render_settings(*scene));

  // Albedo 0.8, irradiance 3.
  EXPECT_NEAR(result.passes[0].pixels[4 * (4 * 9 + 4)], 0.8f * 3.0f / 3.14159265f, 1e-3f);
}

TEST_F(SceneBuilding, CollectsWhereThingsAreOverTheShutter) {
  auto& scene_settings = document_.edit<Scene>(scene_);
  scene_settings.render.use_motion_blur = true;
  scene_settings.render.motion_blur_shutter = 1.0f;
  SceneSources sources;
  sources.at_frame = [&](float frame) {
    document_.edit<Object>(square_).location = {frame, 0, 0};
    return evaluated(frame);
  };

  const Result<TraceScene> scene = build_trace_scene(*evaluated(), sources);

  ASSERT_TRUE(scene);
  ASSERT_EQ(scene->instances[0].motion_matrices.size(), 3u);
  EXPECT_FLOAT_EQ(translation(scene->instances[0].motion_matrices[0]).x, 0.5f);
  EXPECT_FLOAT_EQ(translation(scene->instances[0].motion_matrices[2]).x, 1.5f);
}

}  // namespace
}  // namespace kiln::render
