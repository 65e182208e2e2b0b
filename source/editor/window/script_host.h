#pragma once

#include <QObject>
#include <QPointer>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/script_window.h"
#include "editor/session/signal.h"

namespace kiln {
struct ScreenArea;
struct WindowLayout;
}  // namespace kiln

class QEvent;
class QKeyEvent;
class QTimer;
class QWidget;

namespace kiln::editor {

class MainWindow;
struct EditorContext;

/// What scripts ask of the window, done: popups, menus, dialogs, timers, and events for operators
/// that wait for them.
class ScriptHost : public QObject {
  Q_OBJECT
public:
  ScriptHost(EditorContext& context, MainWindow& window, ScriptWindow& scripts);
  ~ScriptHost() override;

  /// Gives an event of the mouse or keyboard to waiting operators, then to keys that add-ons bound.
  /// True when one took it. `is_key_free`: keys are not typed into a field.
  bool handle(const QEvent& event, bool is_key_free);
  /// Before an operator is invoked: where the areas are, and what was pressed.
  void prepare();
  /// After scripts may have run: does what they asked for.
  void serve();
  /// A menu by its name at the mouse; false where there is none.
  bool call_menu(const std::string& name);
  void call_pie(const std::string& name);
  void show_panel(const std::string& name, QPoint at);
  /// The settings of the last operation as the operator draws them itself; false where it does not.
  bool show_redo();
  /// For tests: popups that are open.
  std::vector<QWidget*> popups() const;

private:
  /// What scripts wrote goes to the editors, and how those are now to where scripts see it.
  void exchange();
  void take_layout(const WindowLayout& layout);
  void fill_layout(WindowLayout& layout);
  bool wants_other_editor(const ScreenArea& area) const;
  void change_editors();
  void tick();
  void take(const ScriptWindow::Answer& answer);
  void end(const std::optional<ScriptOutcome>& outcome);
  void do_request(const ScriptRequest& request);
  void show_popup(const ScriptRequest& request, bool has_buttons);
  void show_menu(int token);
  void show_pie(int token);
  void show_search(int token);
  void choose_file(const ScriptRequest& request);
  ScriptEvent make_event(const QEvent& event) const;
  QPoint to_script(QPoint global) const;

  EditorContext& context_;
  MainWindow& window_;
  ScriptWindow& scripts_;
  QTimer* timer_;
  ScriptEvent last_event_;
  bool is_serving_ = false;
  std::optional<int> wanted_workspace_;       ///< of scripts; shown when they are done
  bool is_exchanging_ = false;  ///< editors that take settings may have panels drawn, which ask for the layout
  bool is_filled_ = false;                    ///< the layout is this window's
  std::map<std::int64_t, std::string> told_;  ///< kinds of editors by area, as scripts were told
  std::vector<QPointer<QWidget>> popups_;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
