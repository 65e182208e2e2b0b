#include "editor/view3d/menu_entries.h"

#include <QMenu>

#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

// The keys of a command with exactly these settings.
std::string keys_of(const Keymap& keymap, const MenuEntry& entry) {
  for (const KeyBinding& binding : keymap.bindings()) {
    if (binding.command == entry.command && binding.settings == entry.settings) {
      return binding.stroke.label();
    }
  }
  return {};
}

}  // namespace

void fill_entries(QMenu& menu, EditorContext& context, const std::vector<MenuEntry>& entries) {
  for (const MenuEntry& entry : entries) {
    if (!entry.label) {
      menu.addSeparator();
    } else if (std::string(entry.command).starts_with("VIEW3D_MT")) {
      add_named_menu(menu, context, entry.label, entry.command);
    } else {
      const std::string keys =
          entry.settings.empty() ? std::string() : keys_of(context.commands.keymap, entry);
      // The entry shows the keys of commands without settings itself.
      add_menu_item(menu, context, entry.command, entry.settings,
                    keys.empty() ? entry.label : std::string(entry.label) + "\t" + keys);
    }
  }
}

}  // namespace kiln::editor
