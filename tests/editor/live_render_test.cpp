#include "editor/view3d/live_render.h"

#include <thread>

#include "editor/view3d/live_scene.h"
#include "editor/view3d/navigation.h"
#include "operators/color_service.h"
#include "render/pathtracer/camera.h"
#include "support.h"

namespace kiln::editor {
namespace {

class LiveRenderTest : public SessionTest {
protected:
  LiveRenderTest() {
    services_.set<const operators::ColorService>(&colors_);
    session_->edit("Samples", [&](Document& document) -> Result<void> {
      document.edit<Scene>(session_->scene()->id, Change::Settings).cycles.preview_samples = 3;
      return {};
    });
  }
  // Runs what the thread posts until `is_done`.
  template <typename Test>
  void wait(Test&& is_done) {
    for (int round = 0; round < 5000 && !is_done(); ++round) {
      pump();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    EXPECT_TRUE(is_done());
  }
  LiveView view(float azimuth = 0.0f) const {
    Navigation navigation;
    navigation.orbit(azimuth, 0.0f);
    return {navigation.camera(64, 48, nullptr), 64, 48};
  }
  operators::ColorService colors_{std::vector<Path>{Path(KILN_RESOURCE_FOLDER)}};
};

TEST_F(LiveRenderTest, RefinesToTheSampleLimit) {
  pump();
  int pictures = 0;
  LiveRender live(*session_, [&] { ++pictures; });
  live.set_scene(session_->evaluated());
  live.set_view(view());

  wait([&] { return live.is_finished() || !live.problem().empty(); });

  EXPECT_EQ(live.problem(), "");
  EXPECT_EQ(live.progress().samples, 3);
  ASSERT_TRUE(live.picture());
  EXPECT_EQ(live.picture()->width, 64);
  EXPECT_EQ(live.picture()->bytes.size(), 64u * 48u * 4u);
  EXPECT_GT(pictures, 1);
}

TEST_F(LiveRenderTest, BeginsAnewWhenTheViewOrTheSceneChanges) {
  pump();
  LiveRender live(*session_, [] {});
  live.set_scene(session_->evaluated());
  live.set_view(view());
  wait([&] { return live.is_finished(); });
  const auto first = live.picture();

  live.set_view(view(200.0f));
  wait([&] { return live.is_finished() && live.picture() != first; });
  const auto second = live.picture();
  EXPECT_NE(second->bytes, first->bytes);

  session_->run("object.delete");
  pump();
  live.set_scene(session_->evaluated());
  wait([&] { return live.is_finished() && live.picture() != second; });
  EXPECT_NE(live.picture()->bytes, second->bytes);
}

TEST_F(LiveRenderTest, ShowsItsPictureWithoutNoise) {
  // How much pixels differ from those beside them.
  const auto roughness = [&](bool is_denoised) {
    session_->edit("Denoise", [&](Document& document) -> Result<void> {
      Scene& scene = document.edit<Scene>(session_->scene()->id, Change::Settings);
      scene.cycles.use_preview_denoising = is_denoised;
      return {};
    });
    pump();
    LiveRender live(*session_, [] {});
    live.set_scene(session_->evaluated());
    live.set_view(view());
    wait([&] { return live.is_finished() || !live.problem().empty(); });
    EXPECT_EQ(live.progress().samples, 3);
    const std::vector<std::uint8_t>& bytes = live.picture()->bytes;
    int sum = 0;
    for (std::size_t i = 4; i < bytes.size(); ++i) {
      sum += std::abs(int(bytes[i]) - int(bytes[i - 4]));
    }
    return sum;
  };

  EXPECT_LT(roughness(true), roughness(false));
}

TEST_F(LiveRenderTest, ShowsThePassThatIsWanted) {
  pump();
  LiveRender live(*session_, [] {});
  live.set_scene(session_->evaluated());
  LiveView wanted = view();
  wanted.pass = ViewRenderPass::Normal;
  live.set_view(wanted);
  wait([&] { return live.is_finished() || !live.problem().empty(); });

  ASSERT_EQ(live.problem(), "");
  // Sides of the cube face along one axis each; beside it there is nothing.
  const std::vector<std::uint8_t>& bytes = live.picture()->bytes;
  EXPECT_EQ(bytes[0] + bytes[1] + bytes[2], 0);
  int sides = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    sides += bytes[i] + bytes[i + 1] + bytes[i + 2] == 255 && bytes[i] % 255 == 0;
  }
  EXPECT_GT(sides, 20);
  const auto normals = live.picture();

  wanted.pass = ViewRenderPass::Combined;
  live.set_view(wanted);
  wait([&] { return live.is_finished() && live.picture() != normals; });
  EXPECT_NE(live.picture()->bytes, normals->bytes);
}

TEST_F(LiveRenderTest, MarksPixelsThatStillGetSamples) {
  session_->edit("Samples", [&](Document& document) -> Result<void> {
    document.edit<Scene>(session_->scene()->id, Change::Settings).cycles.preview_samples = 1 << 20;
    return {};
  });
  pump();
  // How much redder than green the pictures of the first samples are.
  const auto redness = [&](bool marks) {
    std::shared_ptr<const render::raster::ViewPicture> seen;
    LiveRender live(*session_, [] {});
    live.set_scene(session_->evaluated());
    LiveView wanted = view();
    wanted.marks_active_pixels = marks;
    live.set_view(wanted);
    wait([&] { return live.progress().samples > 1 || !live.problem().empty(); });
    const std::vector<std::uint8_t>& bytes = live.picture()->bytes;
    int sum = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
      sum += int(bytes[i]) - int(bytes[i + 1]);
    }
    return sum / int(bytes.size() / 4);
  };

  EXPECT_LT(redness(false), 20);
  EXPECT_GT(redness(true), 100);
}

TEST_F(LiveRenderTest, PausesAndBeginsAgain) {
  pump();
  LiveRender live(*session_, [] {});
  live.set_scene(session_->evaluated());
  live.set_view(view());
  wait([&] { return live.is_finished(); });

  live.pause();
  EXPECT_FALSE(live.picture());
  live.set_scene(session_->evaluated());
  live.set_view(view());

  wait([&] { return live.is_finished(); });
  EXPECT_TRUE(live.picture());
}

TEST_F(LiveRenderTest, EndsWhileItWorks) {
  pump();
  LiveRender live(*session_, [] {});
  live.set_scene(session_->evaluated());
  LiveView large = view();
  large.width = 1600;
  large.height = 1200;

  live.set_view(large);
}

TEST(TraceCamera, SeesWhatTheViewportSees) {
  Navigation navigation;
  for (const bool is_perspective : {true, false}) {
    if (!is_perspective) {
      navigation.toggle_perspective();
    }
    const auto view = navigation.camera(640, 480, nullptr);
    render::RenderSettings settings;
    settings.width = 640;
    settings.height = 480;
    const render::CameraModel camera(trace_camera(view, 640, 480, nullptr), settings);

    for (const float3 p : {float3{0, 0, 0}, {1, -2, 0.5f}, {-1, 1, 2}}) {
      const auto pixel = project(view, 640, 480, p);
      const render::CameraRay ray = camera.ray(pixel->x, 480.0f - pixel->y, {0.5f, 0.5f}, 0.5f);
      const float3 along = ray.direction * dot(p - ray.origin, ray.direction);

      EXPECT_LT(length(ray.origin + along - p), 2e-3f) << is_perspective;
    }
  }
}

}  // namespace
}  // namespace kiln::editor
