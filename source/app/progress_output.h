#pragma once

#include "core/progress.h"

namespace kiln::app {

/// Prints how far a frame is, how long it will still take and how much memory is used: for people, about once a second, or
/// as JSON, one object a line.
Progress::Listener make_progress_listener(bool is_json, int frame);

}  // namespace kiln::app
