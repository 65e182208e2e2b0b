#pragma once

#include <QString>
#include <functional>
#include <string>

#include "editor/session/session.h"

class QAction;
class QHBoxLayout;
class QMenu;
class QToolButton;

namespace kiln::editor {

struct EditorContext;

/// An entry that runs a command or operator; it shows the keys, and is disabled with the reason
/// where it cannot run.
QAction* add_menu_item(QMenu& menu, EditorContext& context, const std::string& command,
                       const OperatorSettings& settings = {}, const std::string& label = {});

/// A menu in the bar of an area, filled whenever it opens.
QToolButton* add_header_menu(QHBoxLayout& header, const QString& title,
                             std::function<void(QMenu&)> fill);

}  // namespace kiln::editor
