#include "operators/picture_stamps.h"

#include <chrono>
#include <cmath>
#include <fstream>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include "document/camera.h"
#include "document/document.h"
#include "document/object.h"

namespace kiln::operators {
namespace {

// Hours, minutes, seconds and the frame in the second.
std::string timecode(float frame, double rate) {
  const double seconds = std::max(0.0, double(frame) / std::max(rate, 1e-3));
  const auto whole = std::int64_t(seconds);
  return fmt::format("{:02}:{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60,
                     std::int64_t(std::lround((seconds - double(whole)) * rate)));
}

std::string duration(double seconds) {
  const auto minutes = std::int64_t(seconds / 60.0);
  const double rest = seconds - 60.0 * double(minutes);
  return minutes >= 60 ? fmt::format("{:02}:{:02}:{:05.2f}", minutes / 60, minutes % 60, rest)
                       : fmt::format("{:02}:{:05.2f}", minutes, rest);
}

// The most memory the program had, as Linux tells it; empty elsewhere.
std::string peak_memory() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word == "VmHWM:") {
      double kilobytes = 0.0;
      status >> kilobytes;
      return fmt::format("{:.2f}M", kilobytes / 1024.0);
    }
  }
  return {};
}

std::string marker_at(const Scene& scene, float frame) {
  const TimelineMarker* found = nullptr;
  for (const TimelineMarker& marker : scene.timeline_markers) {
    if (float(marker.frame) <= frame && (!found || marker.frame >= found->frame)) {
      found = &marker;
    }
  }
  return found ? found->name : "<none>";
}

}  // namespace

std::vector<std::pair<std::string, std::string>> picture_stamps(const PictureRequest& request,
                                                                double seconds) {
  std::vector<std::pair<std::string, std::string>> stamps;
  const Scene* scene = request.document.find<Scene>(request.scene);
  if (!scene) {
    return stamps;
  }
  const RenderSettings& settings = scene->render;
  const auto add = [&](bool is_wanted, const char* name, std::string text) {
    if (is_wanted && !text.empty()) {
      stamps.emplace_back(name, std::move(text));
    }
  };
  const Object* camera = request.document.find(scene->camera);
  const Camera* lens = camera ? request.document.find<Camera>(camera->data.id) : nullptr;
  add(settings.use_stamp_filename, "File",
      request.path.empty() ? "<untitled>" : request.path.string());
  add(settings.use_stamp_note, "Note", settings.stamp_note_text);
  if (settings.use_stamp_date) {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    localtime_r(&now, &parts);
    add(true, "Date", fmt::format("{:%Y/%m/%d %H:%M:%S}", parts));
  }
  add(settings.use_stamp_marker, "Marker", marker_at(*scene, request.frame));
  add(settings.use_stamp_time, "Time",
      timecode(request.frame, double(settings.fps) / std::max(1e-3, double(settings.fps_base))));
  add(settings.use_stamp_frame, "Frame", fmt::format("{:03}", int(request.frame)));
  add(settings.use_stamp_frame_range, "FrameRange",
      fmt::format("{}:{}", scene->frame_start, scene->frame_end));
  add(settings.use_stamp_camera, "Camera", camera ? camera->name : "<none>");
  add(settings.use_stamp_lens && lens, "Lens", lens ? fmt::format("{:.2f}", lens->lens) : "");
  add(settings.use_stamp_scene, "Scene", scene->name);
  add(settings.use_stamp_render_time, "RenderTime", duration(seconds));
  add(settings.use_stamp_memory, "Memory", peak_memory());
  if (settings.use_stamp_hostname) {
    char name[256] = "";
    add(gethostname(name, sizeof name - 1) == 0, "Hostname", name);
  }
  return stamps;
}

}  // namespace kiln::operators
