#pragma once

#include <QIcon>

#include "editor/window/theme.h"

namespace kiln::editor {

enum class TimelineIcon { First, Back, Reverse, Stop, Play, On, Last };

/// The sign of a button of the timeline.
QIcon timeline_icon(TimelineIcon icon, const Theme& theme);

}  // namespace kiln::editor
