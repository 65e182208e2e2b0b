#include "editor/session/render_job.h"

#include <algorithm>
#include <exception>

#include "core/tasks.h"
#include "document/image.h"
#include "operators/render_picture.h"
#include "operators/render_results.h"

namespace kiln::editor {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

RenderJob::~RenderJob() {
  *is_alive_ = false;
  if (results_) {
    results_->set_follower({});
  }
  cancel();
  if (thread_.joinable()) {
    thread_.join();
  }
}

double RenderJob::seconds_spent() const {
  return is_running_ && slot_ == rendered_slot_ ? since(start_) : picture().seconds;
}

double RenderJob::seconds_left() const {
  const double done = double(fraction());
  return done > 0.0 ? seconds_spent() * (1.0 - done) / done : 0.0;
}

RenderJob::RenderJob(Session& session)
    : session_(session), results_(session.services().find<operators::RenderResults>()) {
  if (results_) {
    // Scripts choose the slot too.
    results_->set_follower([this](int slot) {
      slot_ = slot % slot_count;
      picture_changed.emit();
    });
  }
}

// Scripts find what was rendered through an image.
void RenderJob::keep_image() {
  const Document& document = session_.document();
  for (const BlockId id : document.all(BlockType::Image)) {
    if (document.find<Image>(id)->source == ImageSource::Viewer) {
      return;
    }
  }
  session_.edit("Render Result", [](Document& edited) -> Result<void> {
    static_cast<void>(operators::render_result_image(edited));
    return {};
  });
}

void RenderJob::show_slot(int slot) {
  slot_ = (slot % slot_count + slot_count) % slot_count;
  if (results_) {
    results_->set_active(slot_);
  }
  picture_changed.emit();
}

void RenderJob::cancel() {
  if (progress_) {
    progress_->cancel();
  }
}

void RenderJob::start() {
  const Scene* scene = session_.scene();
  if (is_running_ || !scene) {
    return;
  }
  if (thread_.joinable()) {
    thread_.join();
  }
  Project& project = session_.project();
  project.document.settle();
  // The active layer is shown, where it is rendered at all, and comes first.
  std::vector<std::string> layers = operators::layers_to_render(*scene, session_.layer()->name);
  if (layers.empty()) {
    session_.report(InfoLine::Kind::Warning, "no view layer is enabled for rendering");
    return;
  }
  if (const auto at = std::find(layers.begin(), layers.end(), session_.layer()->name);
      at != layers.end()) {
    std::rotate(layers.begin(), at, at + 1);
  }
  const operators::PictureRequest request{project.document, project.path, scene->id, layers.front(),
                                          session_.frame()};
  rendered_slot_ = slot_;
  slots_[std::size_t(slot_)] = {nullptr, request.document, request.scene, request.layer,
                                {},      request.frame,    0.0,           false};
  progress_ = std::make_shared<Progress>();
  start_ = Clock::now();
  is_running_ = true;
  if (scene->render.use_lock_interface && session_.held().empty()) {
    holds_session_ = true;
    session_.hold("the interface is locked while a render runs");
  }
  session_.log.add({InfoLine::Kind::Action, "bpy.ops.render.render()"});
  const auto* colors = project.services.find<const operators::ColorService>();
  const auto* images = project.services.find<operators::ImageStore>();
  thread_ = std::thread([this, request, layers, colors, images, progress = progress_,
                         alive = is_alive_, post = session_.post(),
                         &evaluator = session_.evaluator(), start = start_] {
    lower_thread_priority();
    // Pictures so far are shown a few times a second: copying one costs as much as several samples
    // of it.
    auto last = Clock::now();
    const auto on_chunk = [&](const render::RenderResult& so_far) {
      if (since(last) < 0.25) {
        return;
      }
      last = Clock::now();
      auto copy = std::make_shared<const render::RenderResult>(so_far);
      post([this, copy, alive] {
        if (*alive && is_running_) {
          slots_[std::size_t(rendered_slot_)].result = copy;
          picture_changed.emit();
        }
      });
    };
    auto reports = std::make_shared<std::vector<operators::Report>>();
    auto result = std::make_shared<Result<render::RenderResult>>(Error::invalid("out of memory"));
    try {
      *result = operators::render_picture(request, evaluator, colors, images, *progress, *reports,
                                          on_chunk);
      for (std::size_t i = 1; i < layers.size() && *result; ++i) {
        operators::PictureRequest other = request;
        other.layer = layers[i];
        Result<render::RenderResult> made =
            operators::render_picture(other, evaluator, colors, images, *progress, *reports);
        if (!made) {
          *result = made.error();
          break;
        }
        post([this, alive, layer = layers[i],
              kept = std::make_shared<const render::RenderResult>(std::move(*made))] {
          if (*alive) {
            put_other(layer, kept);
          }
        });
      }
    } catch (const std::exception& problem) {
      *result = Error::invalid("{}", problem.what());
    }
    post([this, result, reports, alive] {
      if (*alive) {
        finish(*result, *reports);
      }
    });
  });
  started.emit();
}

void RenderJob::put_other(const std::string& layer,
                          const std::shared_ptr<const render::RenderResult>& result) {
  slots_[std::size_t(rendered_slot_)].others.emplace_back(layer, result);
}

void RenderJob::finish(const Result<render::RenderResult>& result,
                       const std::vector<operators::Report>& reports) {
  Picture& picture = slots_[std::size_t(rendered_slot_)];
  picture.seconds = since(start_);
  is_running_ = false;
  if (std::exchange(holds_session_, false)) {
    session_.hold({});
  }
  session_.report_all(reports);
  if (result) {
    picture.result = std::make_shared<const render::RenderResult>(*result);
    picture.is_finished = true;
    if (results_) {
      results_->put({picture.result, picture.layer}, rendered_slot_);
      keep_image();
    }
    session_.report(InfoLine::Kind::Info,
                    fmt::format("Rendered {} x {} with {} samples in {:.2f} s", result->width,
                                result->height, result->samples, picture.seconds));
  } else if (result.error().kind == Error::Kind::Cancelled) {
    session_.report(InfoLine::Kind::Info, "Render cancelled");
  } else {
    session_.report(InfoLine::Kind::Error, "Render: " + result.error().message);
  }
  picture_changed.emit();
  ended.emit();
}

}  // namespace kiln::editor
