#pragma once

#include <QString>
#include <functional>
#include <string>

#include "editor/layout/layout.h"
#include "editor/session/session.h"

class QAction;
class QHBoxLayout;
class QMenu;
class QToolButton;
class QWidget;

namespace kiln::editor {

struct EditorContext;

/// An entry that runs a command or operator; it shows the keys, and is disabled with the reason
/// where it cannot run.
QAction* add_menu_item(QMenu& menu, EditorContext& context, const std::string& command,
                       const OperatorSettings& settings = {}, const std::string& label = {});

/// A menu in the bar of an area, filled whenever it opens.
QToolButton* add_header_menu(QHBoxLayout& header, const QString& title,
                             std::function<void(QMenu&)> fill);
/// The same for a menu with a name of the interface, which scripts may have added to.
QToolButton* add_header_menu(QHBoxLayout& header, EditorContext& context, const QString& title,
                             const std::string& name);

/// Fills a menu from a layout: buttons, values and menus inside it. Of an item that names a menu
/// what that has.
void fill_menu(QMenu& menu, EditorContext& context, const LayoutItem& item);
/// Fills it with a menu of the program or of a script by its name. False where there is none.
bool fill_named_menu(QMenu& menu, EditorContext& context, const std::string& name);
/// A menu inside a menu, filled when it opens.
QMenu* add_named_menu(QMenu& menu, EditorContext& context, const std::string& title,
                      const std::string& name);
/// Only what scripts added to a menu of the program.
void add_script_items(QMenu& menu, EditorContext& context, const std::string& name);

}  // namespace kiln::editor
