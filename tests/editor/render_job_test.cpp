// Renders of the window beside what is edited.
#include "editor/session/render_job.h"

#include <thread>

#include "operators/color_service.h"
#include "support.h"

namespace kiln::editor {
namespace {

class RenderJobTest : public SessionTest {
protected:
  RenderJobTest() : job_(*session_) {
    set([](Scene& scene) {
      scene.render.engine = "CYCLES";
      scene.render.resolution_x = scene.render.resolution_y = 32;
      scene.cycles.samples = 4;
      scene.cycles.use_denoising = false;
    });
    pump();
  }
  void set(const std::function<void(Scene&)>& change) {
    session_->edit("Settings", [&](Document& document) -> Result<void> {
      change(document.edit<Scene>(session_->scene()->id, Change::Settings));
      return {};
    });
  }
  void finish() {
    for (int round = 0; round < 5000 && job_.is_running(); ++round) {
      pump();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    EXPECT_FALSE(job_.is_running());
  }
  RenderJob job_;
};

TEST_F(RenderJobTest, LocksTheInterfaceWhereTheSceneSaysSo) {
  job_.start();
  EXPECT_EQ(session_->held(), "");
  finish();

  set([](Scene& scene) { scene.render.use_lock_interface = true; });
  job_.start();
  EXPECT_NE(session_->held(), "");
  EXPECT_FALSE(session_->run("object.delete"));
  finish();

  EXPECT_EQ(session_->held(), "");
  EXPECT_TRUE(session_->run("object.delete"));
}

TEST_F(RenderJobTest, RendersTheLayersThatAreEnabled) {
  set([](Scene& scene) {
    ViewLayer layer = scene.view_layers[0];
    layer.name = "Second";
    scene.view_layers.add(layer);
  });
  job_.start();
  finish();
  EXPECT_EQ(job_.picture().layer, "ViewLayer");
  ASSERT_EQ(job_.picture().others.size(), 1u);
  EXPECT_EQ(job_.picture().others[0].first, "Second");

  set([](Scene& scene) { scene.render.use_single_layer = true; });
  job_.start();
  finish();
  EXPECT_TRUE(job_.picture().others.empty());

  set([](Scene& scene) {
    scene.render.use_single_layer = false;
    scene.view_layers.edit(0).use = false;
  });
  job_.start();
  finish();
  EXPECT_EQ(job_.picture().layer, "Second");
}

}  // namespace
}  // namespace kiln::editor
