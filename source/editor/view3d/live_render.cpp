#include "editor/view3d/live_render.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/tasks.h"
#include "document/scene.h"
#include "editor/view3d/live_scene.h"

namespace kiln::editor {
namespace {

using Clock = std::chrono::steady_clock;
using render::raster::ViewPicture;

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::uint8_t to_byte(float v) {
  return std::uint8_t(std::clamp(v, 0.0f, 1.0f) * 255.0f + 0.5f);
}

// Whether a pass is light or color, which the view transform is for, rather than numbers.
bool is_color(const render::PassImage& pass) {
  return pass.channels == "RGB" || pass.channels == "RGBA";
}

// Four values a pixel, opaque where the pass has no alpha; one value is a grey.
std::vector<float> with_alpha(const render::PassImage& pass) {
  const std::size_t channels = pass.channels.size();
  if (channels == 4) {
    return pass.pixels;
  }
  const std::size_t pixels = pass.pixels.size() / channels;
  std::vector<float> result(4 * pixels, 1.0f);
  for (std::size_t p = 0; p < pixels; ++p) {
    for (std::size_t c = 0; c < 3; ++c) {
      result[4 * p + c] = pass.pixels[channels * p + (channels == 1 ? 0 : c)];
    }
  }
  return result;
}

// As the screen shows it, by the same transform as the image editor: the last pass, which is the
// one that was asked for. Pixels that `active` names (0: not) are marked in red.
Result<std::shared_ptr<const ViewPicture>> shown(const render::RenderResult& result,
                                                 const operators::ColorService& service,
                                                 const image::ViewSettings& settings,
                                                 const std::vector<std::uint8_t>& active) {
  const Result<const image::ColorManagement*> colors = service.get();
  if (!colors) {
    return colors.error();
  }
  const Result<image::ColorTransform> transform =
      (*colors)->display((*colors)->scene_linear(), settings);
  if (!transform) {
    return transform.error();
  }
  if (result.passes.empty()) {
    return Error::invalid("there is no picture yet");
  }
  const render::PassImage& pass = result.passes.back();
  std::vector<float> pixels = with_alpha(pass);
  if (is_color(pass)) {
    transform->apply_premultiplied(pixels);
  }
  for (std::size_t p = 0; p < active.size() && 4 * p < pixels.size(); ++p) {
    if (active[p] != 0) {
      const float alpha = 0.5f * (1.0f + pixels[4 * p + 3]);
      pixels[4 * p] = 0.5f * pixels[4 * p] + 0.5f;
      pixels[4 * p + 1] *= 0.5f;
      pixels[4 * p + 2] *= 0.5f;
      pixels[4 * p + 3] = alpha;
    }
  }
  auto picture = std::make_shared<ViewPicture>();
  picture->width = result.width;
  picture->height = result.height;
  picture->bytes.resize(pixels.size());
  parallel_for(pixels.size(), 65536, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      picture->bytes[i] = to_byte(pixels[i]);
    }
  });
  return std::shared_ptr<const ViewPicture>(std::move(picture));
}

// Passes that nobody stops should end within this time, so that the next view is not kept waiting.
constexpr double short_pass = 0.05;
// Longer ones can be stopped at any tile, but show nothing before they end.
constexpr double long_pass = 0.3;

}  // namespace

bool LiveView::operator==(const LiveView& other) const {
  return camera.view == other.camera.view && camera.projection == other.camera.projection &&
         camera.is_perspective == other.camera.is_perspective && width == other.width &&
         height == other.height && is_scene_camera == other.is_scene_camera &&
         marks_active_pixels == other.marks_active_pixels && !needs_other_scene(other);
}

bool LiveView::needs_other_scene(const LiveView& other) const {
  return pass != other.pass || hidden_kinds != other.hidden_kinds ||
         has_scene_lights != other.has_scene_lights || has_scene_world != other.has_scene_world ||
         studio != other.studio || studio_rotation != other.studio_rotation ||
         studio_strength != other.studio_strength;
}

LiveRender::LiveRender(Session& session, std::function<void()> changed)
    : session_(session), changed_(std::move(changed)), thread_([this] { run(); }) {}

LiveRender::~LiveRender() {
  *is_alive_ = false;
  {
    const std::scoped_lock lock(mutex_);
    is_ending_ = true;
    if (pass_) {
      pass_->cancel();
    }
  }
  wake_.notify_all();
  thread_.join();
}

void LiveRender::wish(const std::function<void(Wish&)>& change, bool restarts) {
  {
    const std::scoped_lock lock(mutex_);
    change(wish_);
    if (restarts && pass_ && may_stop_) {
      pass_->cancel();
    }
  }
  wake_.notify_all();
}

void LiveRender::set_scene(std::shared_ptr<const evaluation::EvaluatedScene> scene) {
  progress_.samples = 0;
  wish(
      [&](Wish& w) {
        w.scene = std::move(scene);
        ++w.scene_number;
      },
      /*restarts=*/true);
}

void LiveRender::set_view(const LiveView& view) {
  is_shown_ = true;
  bool is_same = false;
  {
    const std::scoped_lock lock(mutex_);
    is_same = wish_.view == view && !wish_.is_paused;
  }
  if (is_same) {
    return;
  }
  progress_.samples = 0;
  wish(
      [&](Wish& w) {
        // Other lights make another scene.
        w.scene_number += w.view.needs_other_scene(view) ? 1 : 0;
        w.view_number += w.view == view ? 0 : 1;
        w.view = view;
        w.is_paused = false;
      },
      /*restarts=*/true);
}

void LiveRender::set_colors(const image::ViewSettings& colors) {
  wish(
      [&](Wish& w) {
        w.colors = colors;
        ++w.color_number;
      },
      /*restarts=*/false);
}

void LiveRender::pause() {
  picture_.reset();
  progress_ = {};
  is_shown_ = false;
  wish([](Wish& w) { w.is_paused = true; }, /*restarts=*/true);
}

void LiveRender::deliver(std::shared_ptr<const ViewPicture> picture, LiveProgress progress,
                         std::string problem, std::uint64_t scene, std::uint64_t view) {
  session_.post()([this, alive = is_alive_, picture = std::move(picture), progress,
                   problem = std::move(problem), scene, view] {
    if (!*alive || !is_shown_) {
      return;
    }
    if (picture) {
      picture_ = picture;
    }
    progress_ = progress;
    problem_ = problem;
    {
      // A picture of the view before is better than none, but no progress.
      const std::scoped_lock lock(mutex_);
      if (scene != wish_.scene_number || view != wish_.view_number) {
        progress_.samples = 0;
      }
    }
    changed_();
  });
}

// The thread: the scene, then passes of the newest view until there are enough samples.
void LiveRender::run() {
  lower_thread_priority();
  const auto* service = session_.services().find<const operators::ColorService>();
  LiveScene scene(session_.services());
  Wish done;
  LiveProgress progress;
  int pixel_size = 0;  // of the next pass; 0: of a new picture
  double seconds_per_sample = 1e-6;
  std::optional<render::RenderResult> smooth;  // the picture that was shown without noise
  double seconds_per_denoised_pixel = 1e-5;    // a guess, until one was measured
  int denoised_at = 0;                         // its samples
  Clock::time_point start;
  while (true) {
    Wish now;
    auto token = std::make_shared<Progress>();
    {
      std::unique_lock lock(mutex_);
      pass_ = nullptr;
      wake_.wait(lock, [&] {
        const bool is_new = wish_.scene_number != done.scene_number ||
                            wish_.view_number != done.view_number ||
                            wish_.color_number != done.color_number;
        if (is_ending_ || wish_.is_paused) {
          return is_ending_ || scene.is_built();
        }
        return wish_.scene && wish_.view.width > 0 &&
               (is_new || progress.samples < progress.max_samples);
      });
      if (is_ending_) {
        return;
      }
      if (wish_.is_paused) {
        // Nobody looks: what it holds may be large.
        lock.unlock();
        scene.clear();
        done = {};
        progress = {};
        continue;
      }
      now = wish_;
      const bool is_first =
          now.scene_number != done.scene_number || now.view_number != done.view_number;
      pass_ = token;
      may_stop_ = !is_first;
    }
    std::string problem;
    std::shared_ptr<const ViewPicture> picture;
    const auto work = [&] {
      const bool has_new_scene = now.scene_number != done.scene_number;
      if (has_new_scene) {
        const Result<void> built = scene.build(*now.scene, now.view);
        if (!built) {
          problem = built.error().message;
          done = now;
          progress = {};
          return;
        }
      }
      const Scene* settings = now.scene->document.find<Scene>(now.scene->scene);
      progress.max_samples = settings && settings->cycles.preview_samples > 0
                                 ? settings->cycles.preview_samples
                                 : 1 << 20;
      if (settings && settings->cycles.preview_pause) {
        progress.max_samples = 0;
      }
      const double view_pixels = double(now.view.width) * now.view.height;
      // Pixels that pixels of the picture are wide in the end.
      const int smallest = std::max(1, settings ? int(settings->render.preview_pixel_size) : 0);
      if (has_new_scene || now.view_number != done.view_number) {
        // As many pixels as a short pass allows, a power of two to a side.
        pixel_size = smallest;
        while (pixel_size < 16 &&
               view_pixels / (pixel_size * pixel_size) * seconds_per_sample > short_pass) {
          pixel_size *= 2;
        }
        progress.samples = 0;
        start = Clock::now();
      }
      const bool is_first = has_new_scene || now.view_number != done.view_number;
      const bool has_new_colors = now.color_number != done.color_number;
      if (is_first) {
        denoised_at = 0;
        smooth.reset();
      }
      const bool is_other_size = progress.samples == 0;
      if (is_other_size) {
        const render::TraceCamera* lens =
            now.view.is_scene_camera ? &scene.tracer().scene_camera() : nullptr;
        scene.tracer().look(trace_camera(now.view.camera, now.view.width, now.view.height, lens),
                            (now.view.width + pixel_size - 1) / pixel_size,
                            (now.view.height + pixel_size - 1) / pixel_size);
      }
      done = now;
      const bool has_work = progress.samples < progress.max_samples;
      const double pass_pixels = view_pixels / (pixel_size * pixel_size);
      int count = 1;
      if (pixel_size <= smallest && !is_other_size) {
        count = std::clamp(int(long_pass / (pass_pixels * seconds_per_sample)), 1, 16);
        count = std::min(count, progress.max_samples - progress.samples);
      }
      const Clock::time_point before = Clock::now();
      if (has_work && !scene.tracer().add_samples(count, *token)) {
        progress.samples = 0;  // stopped: another view or scene waits
        pixel_size = 16;
        return;
      }
      if (has_work) {
        const double measured = since(before) / (pass_pixels * count);
        seconds_per_sample = 0.5 * (seconds_per_sample + measured);
      }
      const int samples = scene.tracer().samples();
      const bool is_last = samples >= progress.max_samples || scene.tracer().is_finished();
      // The first pass of a view cannot be stopped, so it shows what there is; so does the first
      // one of full size, as something better takes its time.
      const bool is_denoised = settings && settings->cycles.use_preview_denoising && !is_first &&
                               now.view.pass == ViewRenderPass::Combined &&
                               (!is_other_size || is_last) && pixel_size <= smallest &&
                               samples >= settings->cycles.preview_denoising_start_sample;
      // Takes as long as many passes: not before so much was spent on samples, and again when there
      // are twice as many.
      const bool is_worth_it = since(start) >= pass_pixels * seconds_per_denoised_pixel;
      const bool is_better = is_denoised && samples > denoised_at &&
                             (is_last || (is_worth_it && samples >= 2 * denoised_at));
      if (is_better) {
        const Clock::time_point began = Clock::now();
        smooth = scene.tracer().denoised(*token);
        seconds_per_denoised_pixel =
            smooth ? since(began) / pass_pixels : seconds_per_denoised_pixel;
        if (!smooth) {
          progress.samples = 0;
          pixel_size = 16;
          return;
        }
        denoised_at = samples;
      } else if (is_denoised && smooth && !has_new_colors) {
        progress.samples = samples;
        progress.seconds = since(start);
        return;  // what is shown is better
      }
      std::vector<std::uint8_t> marked;
      if (now.view.marks_active_pixels && !is_last) {
        const std::span<const std::uint8_t> active = scene.tracer().active_pixels();
        marked.assign(active.begin(), active.end());
        if (marked.empty()) {
          marked.assign(scene.tracer().pixel_count(), 1);
        }
      }
      const Result<std::shared_ptr<const ViewPicture>> made =
          service ? shown(is_denoised && smooth ? *smooth : scene.tracer().picture(), *service,
                          now.colors, marked)
                  : Result<std::shared_ptr<const ViewPicture>>(
                        Error::invalid("there is no color configuration"));
      if (!made) {
        problem = made.error().message;
        progress = {};
        return;
      }
      picture = *made;
      progress.pixel_size = pixel_size;
      progress.seconds = since(start);
      if (pixel_size > smallest) {
        pixel_size /= 2;
        progress.samples = 0;
      } else {
        progress.samples = samples;
        if (scene.tracer().is_finished()) {
          progress.max_samples = samples;
        }
      }
    };
    try {
      run_aside(work);
    } catch (const std::exception& failure) {
      problem = failure.what();
      done = now;
      progress = {};
    }
    if (picture || !problem.empty()) {
      deliver(std::move(picture), progress, std::move(problem), now.scene_number, now.view_number);
    }
  }
}

}  // namespace kiln::editor
