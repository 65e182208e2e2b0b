#include "app/progress_output.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kiln::app {
namespace {

using Clock = std::chrono::steady_clock;

double seconds(Clock::duration d) { return std::chrono::duration<double>(d).count(); }

// Resident memory in megabytes.
double memory_mb() {
  std::ifstream status("/proc/self/statm");
  long total = 0, resident = 0;
  status >> total >> resident;
  return double(resident) * 4096.0 / 1e6;
}

struct Clocks {
  Clock::time_point start = Clock::now();
  Clock::time_point last_print{};
};

}  // namespace

Progress::Listener make_progress_listener(bool is_json, int frame) {
  auto clocks = std::make_shared<Clocks>();
  return [clocks, is_json, frame](float fraction, std::string_view what) {
    const Clock::time_point now = Clock::now();
    const double spent = seconds(now - clocks->start);
    const bool is_last = fraction >= 1.0f;
    if (!is_last && clocks->last_print != Clock::time_point{} && seconds(now - clocks->last_print) < (is_json ? 0.1 : 1.0)) {
      return;
    }
    clocks->last_print = now;
    const double left = fraction > 0.0f ? spent * (1.0 - fraction) / fraction : 0.0;
    if (is_json) {
      print_event("progress", {{"frame", std::to_string(frame)},
                               {"fraction", fmt::format("{:.4f}", fraction)},
                               {"what", json_text(what)},
                               {"seconds", fmt::format("{:.2f}", spent)},
                               {"remaining_seconds", fmt::format("{:.2f}", left)},
                               {"memory_mb", fmt::format("{:.0f}", memory_mb())}});
      return;
    }
    const std::string line =
        fmt::format("Fra:{} Mem:{:.0f}M | Time:{:.2f}s | Remaining:{:.2f}s | {} {:.0f} %\n", frame, memory_mb(), spent, left, what, fraction * 100.0f);
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
  };
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void print_event(std::string_view name, std::initializer_list<std::pair<std::string_view, std::string>> values) {
  std::string line = "{\"event\":" + json_text(name);
  for (const auto& [key, value] : values) {
    line += "," + json_text(key) + ":" + value;
  }
  line += "}\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

}  // namespace kiln::app
