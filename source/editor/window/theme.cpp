#include "editor/window/theme.h"

#include <QApplication>
#include <QPalette>

namespace kiln::editor {

Theme Theme::dark() {
  Theme t;
  t.window = QColor(0x17, 0x17, 0x19);
  t.area = QColor(0x2a, 0x2a, 0x2d);
  t.header = QColor(0x32, 0x32, 0x36);
  t.panel = QColor(0x34, 0x34, 0x38);
  t.field = QColor(0x46, 0x46, 0x4c);
  t.field_hover = QColor(0x54, 0x54, 0x5b);
  t.field_overridden = QColor(0x1f, 0x62, 0x66);
  t.field_edit = QColor(0x1c, 0x1c, 0x1f);
  t.border = QColor(0x1f, 0x1f, 0x22);
  t.text = QColor(0xe4, 0xe4, 0xe8);
  t.text_dim = QColor(0xa4, 0xa4, 0xac);
  t.text_on_accent = QColor(0xff, 0xff, 0xff);
  t.accent = QColor(0xc9, 0x62, 0x22);
  t.accent_dim = QColor(0x6b, 0x43, 0x2c);
  t.slider = QColor(0x8f, 0x4f, 0x26);
  t.view_top = QColor(0x46, 0x48, 0x4d);
  t.view_bottom = QColor(0x38, 0x39, 0x3d);
  t.grid = QColor(0x5a, 0x5c, 0x62);
  t.wire = QColor(0x10, 0x10, 0x12);
  t.select = QColor(0xee, 0x7a, 0x22);
  t.active = QColor(0xff, 0xb0, 0x5c);
  t.axis_x = QColor(0xd8, 0x48, 0x50);
  t.axis_y = QColor(0x78, 0xac, 0x34);
  t.axis_z = QColor(0x3f, 0x86, 0xdc);
  t.warning = QColor(0xe0, 0xb0, 0x40);
  t.error = QColor(0xf0, 0x60, 0x58);
  t.is_dark = true;
  return t;
}

Theme Theme::light() {
  Theme t = dark();
  t.window = QColor(0xa9, 0xaa, 0xae);
  t.area = QColor(0xe6, 0xe6, 0xe9);
  t.header = QColor(0xd6, 0xd6, 0xda);
  t.panel = QColor(0xdb, 0xdb, 0xdf);
  t.field = QColor(0xf8, 0xf8, 0xfa);
  t.field_hover = QColor(0xff, 0xff, 0xff);
  t.field_overridden = QColor(0xb4, 0xe2, 0xe0);
  t.field_edit = QColor(0xff, 0xff, 0xff);
  t.border = QColor(0xb2, 0xb2, 0xb8);
  t.text = QColor(0x1b, 0x1b, 0x1e);
  t.text_dim = QColor(0x5c, 0x5c, 0x64);
  t.accent = QColor(0xc4, 0x5c, 0x1c);
  t.accent_dim = QColor(0xf0, 0xc4, 0xa2);
  t.slider = QColor(0xf0, 0xb0, 0x80);
  t.view_top = QColor(0xd4, 0xd6, 0xda);
  t.view_bottom = QColor(0xbc, 0xbe, 0xc4);
  t.grid = QColor(0x96, 0x98, 0x9e);
  t.wire = QColor(0x20, 0x20, 0x24);
  t.select = QColor(0xe0, 0x60, 0x10);
  t.active = QColor(0xff, 0x90, 0x20);
  t.warning = QColor(0x9a, 0x6a, 0x00);
  t.error = QColor(0xc0, 0x28, 0x20);
  t.is_dark = false;
  return t;
}

QString Theme::style_sheet() const {
  QString sheet = QStringLiteral(R"(
QWidget { color: @text; font-size: 12px; }
QMainWindow, QDialog { background: @window; }
QToolTip { background: @field_edit; color: @text; border: 1px solid @border; padding: 4px; }
QMenuBar { background: @header; spacing: 2px; }
QMenuBar::item { background: transparent; padding: 5px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: @field; }
QMenu { background: @panel; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 20px; border-radius: 4px; }
QMenu::item:selected { background: @accent; color: @on_accent; }
QMenu::item:disabled { color: @dim; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QToolButton, QPushButton { background: @field; border: none; border-radius: 4px; padding: 3px 9px; min-height: 16px; }
QToolButton:hover, QPushButton:hover { background: @hover; }
QToolButton:checked, QPushButton:checked, QPushButton:pressed { background: @accent; color: @on_accent; }
QToolButton:disabled, QPushButton:disabled { color: @dim; }
QToolButton::menu-indicator { image: none; }
QToolButton[flat="true"] { background: transparent; }
QToolButton[flat="true"]:hover { background: @field; }
QLineEdit { background: @edit; border: 1px solid @border; border-radius: 4px; padding: 2px 6px; selection-background-color: @accent; }
QLineEdit:focus { border-color: @accent; }
QPlainTextEdit, QListWidget { background: @edit; border: none; selection-background-color: @accent; selection-color: @on_accent; }
QListWidget::item { padding: 4px 8px; border-radius: 4px; }
QListWidget::item:selected { background: @accent; color: @on_accent; }
QTabBar { background: @header; }
QTabBar::tab { background: transparent; color: @dim; padding: 6px 14px; border-top-left-radius: 5px; border-top-right-radius: 5px; }
QTabBar::tab:selected { background: @area; color: @text; }
QTabBar::tab:hover:!selected { color: @text; background: @field; }
QStatusBar { background: @header; }
QStatusBar::item { border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @hover; border-radius: 4px; min-height: 24px; margin: 1px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @hover; border-radius: 4px; min-width: 24px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @field; border: none; border-radius: 4px; text-align: center; max-height: 16px; }
QProgressBar::chunk { background: @accent; border-radius: 4px; }
)");
  const std::pair<const char*, QColor> names[] = {{"@text", text},
                                                  {"@window", window},
                                                  {"@header", header},
                                                  {"@field_edit", field_edit},
                                                  {"@field", field},
                                                  {"@hover", field_hover},
                                                  {"@panel", panel},
                                                  {"@border", border},
                                                  {"@on_accent", text_on_accent},
                                                  {"@accent", accent},
                                                  {"@dim", text_dim},
                                                  {"@edit", field_edit},
                                                  {"@area", area}};
  for (const auto& [name, color] : names) {
    sheet.replace(QLatin1String(name), color.name());
  }
  return sheet;
}

void Theme::apply(QApplication& application) const {
  QPalette palette;
  palette.setColor(QPalette::Window, area);
  palette.setColor(QPalette::WindowText, text);
  palette.setColor(QPalette::Base, field_edit);
  palette.setColor(QPalette::AlternateBase, panel);
  palette.setColor(QPalette::Text, text);
  palette.setColor(QPalette::Button, field);
  palette.setColor(QPalette::ButtonText, text);
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, text_on_accent);
  palette.setColor(QPalette::PlaceholderText, text_dim);
  palette.setColor(QPalette::ToolTipBase, field_edit);
  palette.setColor(QPalette::ToolTipText, text);
  application.setPalette(palette);
  application.setStyleSheet(style_sheet());
}

const std::vector<ThemeColor>& theme_colors() {
  using T = Theme;
  static const std::vector<ThemeColor> colors{{"window", "Between Areas", &T::window},
                                              {"area", "Editors", &T::area},
                                              {"header", "Bars", &T::header},
                                              {"panel", "Panels", &T::panel},
                                              {"field", "Fields", &T::field},
                                              {"border", "Borders", &T::border},
                                              {"text", "Text", &T::text},
                                              {"text_dim", "Dim Text", &T::text_dim},
                                              {"accent", "Accent", &T::accent},
                                              {"slider", "Sliders", &T::slider},
                                              {"view_top", "Viewport Top", &T::view_top},
                                              {"view_bottom", "Viewport Bottom", &T::view_bottom},
                                              {"grid", "Grid", &T::grid},
                                              {"wire", "Wires", &T::wire},
                                              {"select", "Selected", &T::select},
                                              {"active", "Active", &T::active}};
  return colors;
}

}  // namespace kiln::editor
