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

}  // namespace kiln::app
