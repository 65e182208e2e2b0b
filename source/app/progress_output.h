#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/progress.h"

namespace kiln::app {

/// Prints how far a frame is, how long it will still take and how much memory is used: for people, about once a second, or
/// as JSON, one object a line.
Progress::Listener make_progress_listener(bool is_json, int frame);

/// Prints one event as a JSON object on a line of its own: `{"event":NAME,KEY:VALUE,...}`. Values are written as they are (numbers)
/// unless made by `json_text`.
void print_event(std::string_view name, std::initializer_list<std::pair<std::string_view, std::string>> values = {});
/// A text as JSON, quoted.
std::string json_text(std::string_view text);

}  // namespace kiln::app
