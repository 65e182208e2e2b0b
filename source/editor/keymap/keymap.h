#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "core/schema/value.h"

namespace kiln::editor {

/// A key, or a mouse button, with modifiers: "A", "NUMPAD_1", "F3", "LEFTMOUSE".
struct KeyStroke {
  std::string key;
  bool shift = false, ctrl = false, alt = false;
  bool operator==(const KeyStroke&) const = default;
  /// "Ctrl Shift A".
  std::string label() const;
};

/// One binding: in a keymap, a stroke runs an operator (or a command of an editor) with settings.
struct KeyBinding {
  std::string map;  ///< "3D View", "Object Mode", "Window"
  KeyStroke stroke;
  std::string command;
  std::vector<std::pair<std::string, Value>> settings;
};

/// Bindings as data, read from a JSON file: `[{"map": "3D View", "key": "ctrl+NUMPAD_1", "command":
/// "view3d.view_axis", "settings": {"type": "BACK"}}]`.
class Keymap {
public:
  static Result<Keymap> parse(const std::string& json);
  static Result<Keymap> load(const Path& path);

  /// The first binding of a stroke in these maps, looked for in their order; null when there is
  /// none.
  const KeyBinding* find(const std::vector<std::string>& maps, const KeyStroke& stroke) const;
  /// Strokes that run a command, as text; empty when there are none.
  std::string strokes_of(const std::string& command) const;
  const std::vector<KeyBinding>& bindings() const { return bindings_; }

private:
  std::vector<KeyBinding> bindings_;
};

}  // namespace kiln::editor
