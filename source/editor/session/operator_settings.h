#pragma once

#include <string>

#include "editor/session/session.h"

namespace kiln::editor {

/// A setting that is a text; empty where there is none or it is something else.
inline std::string text_setting(const OperatorSettings& settings, std::string_view name) {
  const Value* value = find_setting(settings, name);
  return value && std::holds_alternative<std::string>(value->data) ? value->as_string()
                                                                   : std::string();
}

/// A setting that is on or off; `otherwise` where there is none or it is something else.
inline bool flag_setting(const OperatorSettings& settings, std::string_view name,
                         bool otherwise = false) {
  const Value* value = find_setting(settings, name);
  return value && std::holds_alternative<bool>(value->data) ? value->as_bool() : otherwise;
}

}  // namespace kiln::editor
