#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/script_service.h"
#include "document/editor_spaces.h"
#include "editor/keymap/keymap.h"
#include "editor/preferences/interface_settings.h"
#include "editor/session/document_job.h"
#include "editor/session/recent_files.h"
#include "editor/session/render_job.h"
#include "editor/session/session.h"
#include "editor/window/theme.h"

class QHBoxLayout;
class QMenu;

namespace kiln {
class Space;
}

namespace kiln::editor {

class Commands;
class Watchdog;

/// What every editor is given: the document, how things look, and what it can ask the window for.
struct EditorContext {
  Session& session;
  RenderJob& render;
  DocumentJob& job;
  RecentFiles& recent;
  ScriptService* scripts = nullptr;  ///< null in programs without scripting
  Commands& commands;
  Theme theme;
  Signal<> theme_changed;
  Signal<const QString&> hint_changed;  ///< keys that do something now, for the status bar
  /// Runs a command as a key would: the editor under the mouse may take it, so that tools follow
  /// the mouse there.
  std::function<void(const std::string& command, const OperatorSettings&)> invoke;
  /// Shows a panel of a script over the window.
  std::function<void(const std::string& name, QPoint at)> show_panel;
  /// Adds what the program itself has in a menu of this name; false where it has none.
  std::function<bool(const std::string& name, QMenu&)> fill_native_menu;
  const Watchdog* watchdog = nullptr;  ///< null where handlers are not timed
  InterfaceSettings interface = {};
  Path user_folder = {};  ///< where what the user changed is kept; empty: nowhere
  /// The icon of some data was clicked in an editor: which tab of properties is about it.
  Signal<PropertiesContext, const QWidget&> data_clicked = {};
  int flights = 0;  ///< views on their way to where a key sent them
};

/// One kind of editor in an area. Drawing and input live here; what is shown is a view model of its
/// own.
class Editor : public QWidget {
  Q_OBJECT
public:
  explicit Editor(EditorContext& context) : context_(context) {}

  /// Keymaps that hold while the mouse is over it, the first first.
  virtual std::vector<std::string> keymaps() const { return {}; }
  /// Does a command of its own; false when it has none of that name.
  virtual bool run_command(const std::string& /*command*/, const OperatorSettings& /*settings*/) {
    return false;
  }
  /// Takes a key before keymaps are asked: while a tool runs.
  virtual bool modal_key(const KeyStroke& /*stroke*/, const QString& /*text*/) { return false; }
  /// Fills a menu of the interface by its name; false where it has none of that name.
  virtual bool fill_native_menu(const std::string& /*name*/, QMenu& /*menu*/) { return false; }
  /// Adds menus and buttons to the bar of the area.
  virtual void build_header(QHBoxLayout& /*header*/) {}
  /// Keys worth knowing here, for the status bar.
  virtual QString hint() const { return {}; }
  /// For tests and tutorials: what can be clicked, as (name, rectangle in this widget).
  virtual std::vector<std::pair<std::string, QRect>> named_places() const { return {}; }
  /// For tests: what was measured, by name, such as how long frames took; `forgets` begins anew.
  virtual std::vector<std::pair<std::string, double>> figures(bool /*forgets*/) { return {}; }
  /// How it looks, as text: kept with the layout of the window. Hostile texts may come back.
  virtual std::string state() const { return {}; }
  virtual void restore(const std::string& /*state*/) {}
  /// What scripts know of its regions besides the header, in this widget, by their names in the
  /// interface; those that are closed are left out.
  virtual std::vector<std::pair<std::string, QRect>> regions() const {
    return {{"WINDOW", rect()}};
  }
  /// The part of a plane that the region "WINDOW" shows: left, bottom, right and top.
  virtual std::optional<float4> shown_plane() const { return std::nullopt; }
  /// Copies what scripts see of it, into a space of its kind.
  virtual void fill_space(Space& /*space*/) const {}
  /// Takes what scripts wrote into that.
  virtual void take_space(const Space& /*space*/) {}
  Signal<> state_changed;

  EditorContext& context() const { return context_; }
  Session& session() const { return context_.session; }
  const Theme& theme() const { return context_.theme; }

private:
  EditorContext& context_;
};

/// A kind of editor: what areas can show.
struct EditorType {
  std::string identifier;  ///< "VIEW_3D"
  QString label;
  std::function<Editor*(EditorContext&)> make;
};

class EditorRegistry {
public:
  void add(EditorType type) { types_.push_back(std::move(type)); }
  const std::vector<EditorType>& all() const { return types_; }
  const EditorType* find(const std::string& identifier) const {
    for (const EditorType& type : types_) {
      if (type.identifier == identifier) {
        return &type;
      }
    }
    return nullptr;
  }

private:
  std::vector<EditorType> types_;
};

}  // namespace kiln::editor
