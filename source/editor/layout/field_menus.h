#pragma once

#include <QPoint>

#include "editor/layout/field_values.h"

class QMenu;
class QWidget;

namespace kiln::editor {

struct EditorContext;

/// Menus and popups of fields: items of enumerations, data-blocks, colors, names to choose from,
/// and what a right click offers. `parent` owns them; places are global.
class FieldMenus {
public:
  FieldMenus(EditorContext& context, FieldValues& values, QWidget& parent)
      : context_(context), values_(values), parent_(parent) {}

  void choose_item(const PlacedItem& placed, QPoint at);
  void choose_block(const PlacedItem& placed);
  void choose_candidate(const PlacedItem& placed);
  void pick_color(const PlacedItem& placed);
  /// A click on what stands beside the choice of a data-block.
  void click_part(const PlacedItem& placed);
  /// Copying the value, its path and its Python, and resetting it; then what scripts add.
  void show_context_menu(const PlacedItem& placed, QPoint at);

  /// The value as text into the clipboard, and back.
  void copy_value(const PlacedItem& placed);
  void paste_value(const PlacedItem& placed);

private:
  /// A menu that is gone once it is closed.
  QMenu& open_menu();
  void add_value_items(QMenu& menu, const PlacedItem& placed);
  void make_block(const PlacedItem& placed);
  EditorContext& context_;
  FieldValues& values_;
  QWidget& parent_;
};

}  // namespace kiln::editor
