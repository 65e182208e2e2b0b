#pragma once

#include <QMouseEvent>

#include "editor/preferences/current.h"

namespace kiln::editor {

/// Whether a left button that is pressed with these keys stands for the middle one.
inline bool stands_for_middle(Qt::KeyboardModifiers keys, const PreferencesInput& chosen) {
  return chosen.use_mouse_emulate_3_button &&
         keys.testFlag(chosen.mouse_emulate_3_button_modifier == EmulatingKey::Alt
                           ? Qt::AltModifier
                           : Qt::MetaModifier);
}

/// Whether the middle button was pressed, or what stands for it.
inline bool is_middle_press(const QMouseEvent& event, const Session& session) {
  return event.button() == Qt::MiddleButton ||
         (event.button() == Qt::LeftButton &&
          stands_for_middle(event.modifiers(), current_preferences(session).inputs));
}

/// Whether it is held.
inline bool is_middle_held(const QMouseEvent& event, const Session& session) {
  return event.buttons().testFlag(Qt::MiddleButton) ||
         (event.buttons().testFlag(Qt::LeftButton) &&
          stands_for_middle(event.modifiers(), current_preferences(session).inputs));
}

}  // namespace kiln::editor
