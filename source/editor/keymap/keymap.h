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
  /// "Ctrl Shift A"; empty for no key.
  std::string label() const;
  /// As in files: "ctrl+shift+A".
  std::string text() const;
  static KeyStroke parse(const std::string& text);
};

/// One binding: in a keymap, a stroke runs an operator (or a command of an editor) with settings.
struct KeyBinding {
  std::string map;  ///< "3D View", "Object Mode", "Window"
  KeyStroke stroke;
  std::string command;
  std::vector<std::pair<std::string, Value>> settings;
  KeyStroke original = {};  ///< what it was before the user changed it
  bool is_changed() const { return stroke != original; }
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

  /// Gives a binding another stroke (without a key: none), or the one it had.
  void assign(std::size_t binding, const KeyStroke& stroke);
  void reset(std::size_t binding);
  /// What else the stroke does in the same map; null: nothing.
  const KeyBinding* conflict(std::size_t binding) const;
  /// What the user changed, as JSON, and the same laid over these bindings: `[{"map": "Mesh",
  /// "key": "I", "command": "mesh.inset", "to": "shift+I"}]`. What fits no binding is left out.
  std::string changes() const;
  Result<void> apply_changes(const std::string& json);

private:
  std::vector<KeyBinding> bindings_;
};

}  // namespace kiln::editor
