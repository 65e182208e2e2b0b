#pragma once

#include <QFont>

#include "document/preferences_view.h"

namespace kiln::editor {

/// The font of the window: that of the system, or the file that the user has chosen. A file that
/// holds no font counts as none.
QFont interface_font(const PreferencesView& chosen);
/// The same for texts and consoles, all letters of one width.
QFont monospaced_font(const PreferencesView& chosen);

}  // namespace kiln::editor
