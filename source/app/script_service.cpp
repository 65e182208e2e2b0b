#include "app/script_service.h"

#include <sstream>

#include <nlohmann/json.hpp>

namespace kiln::app {
namespace {

using Json = nlohmann::json;
constexpr const char* module_name = "kiln_console";

Json parse(const std::string& text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return json.is_object() ? json : Json::object();
}

}  // namespace

Result<std::string> PythonScripts::run(const std::string& code, const std::string& name) {
  const Json request{{"code", code}, {"name", name}};
  const Result<std::string> answer = runtime_.call(
      module_name, "run", request.dump(-1, ' ', false, Json::error_handler_t::replace));
  if (!answer) {
    return answer;
  }
  const Json json = parse(*answer);
  const std::string error = json.value("error", "");
  return error.empty()
             ? Result<std::string>(json.value("output", ""))
             : Result<std::string>(Error::invalid("{}", json.value("output", "") + error));
}

ScriptService::ConsoleAnswer PythonScripts::console_line(const std::string& line) {
  const Result<std::string> answer = runtime_.call(module_name, "line", line);
  if (!answer) {
    return {answer.error().message, true, false};
  }
  const Json json = parse(*answer);
  return {json.value("output", ""), json.value("is_error", false), json.value("wants_more", false)};
}

std::vector<std::string> PythonScripts::complete(const std::string& text) {
  std::vector<std::string> ways;
  const Result<std::string> answer = runtime_.call(module_name, "complete", text);
  if (answer) {
    std::stringstream stream(*answer);
    for (std::string way; std::getline(stream, way);) {
      ways.push_back(way);
    }
  }
  return ways;
}

double PythonScripts::run_timers() {
  const Result<std::string> answer = runtime_.call("kiln_events", "run_timers", "");
  double seconds = -1.0;
  if (answer && !answer->empty()) {
    std::istringstream(*answer) >> seconds;
  }
  return seconds;
}

bool PythonScripts::wants_events() {
  const Result<std::string> answer = runtime_.call("kiln_events", "wants_events", "");
  return answer && !answer->empty();
}

bool PythonScripts::handle_event(const Event& event) {
  const Json facts{{"type", event.type},         {"value", event.value},         {"unicode", event.text},   {"mouse_x", event.x},
                   {"mouse_y", event.y},         {"mouse_region_x", event.region_x}, {"mouse_region_y", event.region_y}, {"shift", event.shift},
                   {"ctrl", event.ctrl},         {"alt", event.alt},             {"oskey", event.super},    {"is_repeat", event.is_repeat}};
  const Result<std::string> answer = runtime_.call("kiln_events", "handle", facts.dump(-1, ' ', false, Json::error_handler_t::replace));
  return answer && !answer->empty();
}

}  // namespace kiln::app
