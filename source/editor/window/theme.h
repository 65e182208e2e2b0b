#pragma once

#include <QColor>
#include <QString>
#include <vector>

class QApplication;

namespace kiln::editor {

/// The colors and sizes everything is drawn with. Sizes are in device-independent pixels.
struct Theme {
  QColor window;  ///< between areas
  QColor area;    ///< background of editors
  QColor header;  ///< bars
  QColor panel;   ///< boxes and panels on an area
  QColor field;   ///< numbers, texts, menus
  QColor field_hover;
  QColor field_overridden;  ///< of overrides: differs from the library
  QColor field_edit;        ///< a field being typed into
  QColor border;
  QColor text;
  QColor text_dim;
  QColor text_on_accent;
  QColor accent;      ///< checked, selected, active
  QColor accent_dim;  ///< selected, not active
  QColor slider;
  QColor view_top, view_bottom;  ///< background of the 3D viewport
  QColor grid;
  QColor wire;
  QColor select, active;  ///< outlines of objects
  QColor axis_x, axis_y, axis_z;
  QColor warning, error;
  bool is_dark = true;

  int row = 24;  ///< height of a field
  int gap = 4;
  int header_height = 30;
  int radius = 4;

  static Theme dark();
  static Theme light();
  /// For the widgets of Qt.
  QString style_sheet() const;
  void apply(QApplication& application) const;
};

/// A color of a theme that can be changed.
struct ThemeColor {
  const char* name;  ///< in files
  const char* label;
  QColor Theme::*member;
};
const std::vector<ThemeColor>& theme_colors();

}  // namespace kiln::editor
