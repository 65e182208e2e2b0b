#pragma once

#include <QMainWindow>
#include <QPointer>
#include <memory>

#include "editor/screen/screen_widget.h"
#include "editor/screen/workspaces.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"

class QDialog;
class QStackedWidget;
class QTabBar;

namespace kiln {
struct Preferences;
}

namespace kiln::editor {

class FileCommands;
class InputFilter;
class Playback;
class ScriptHost;
class StatusBar;

/// The window: workspaces as tabs, their areas, the menus and the status bar.
class MainWindow : public QMainWindow {
  Q_OBJECT
public:
  /// `settings_file`: where workspaces and theme are kept; empty: nowhere.
  MainWindow(EditorContext& context, const EditorRegistry& editors, const QString& settings_file);
  ~MainWindow() override;

  ScreenWidget* screen() const;
  /// Shows the editor in an area: one that has it, else the largest.
  Editor* show_editor(const std::string& type);
  void set_workspace(int index);
  /// For tests: workspace tabs and menus.
  std::vector<std::pair<std::string, QRect>> named_places() const;
  const Workspaces& workspaces() const { return workspaces_; }

  const EditorRegistry& editors() const { return editors_; }
  /// Keymaps that hold where the mouse is, the first first.
  std::vector<std::string> keymaps() const;
  void update_title();
  void set_theme(bool is_dark);
  /// Lets the window be as the preferences say, where they have changed.
  void apply_preferences();
  /// Null in programs without scripting.
  ScriptHost* scripts() const { return scripts_.get(); }
  /// A text of a script in place of the hints; empty: the hints.
  void set_script_text(const QString& text);
  /// Share done of work of a script; less than 0: none.
  void set_script_progress(float fraction);
  const Playback& playback() const { return *playback_; }
  /// Where the user wants that: a choice of files, when the window is there.
  void begin_with_splash() { begins_with_splash_ = true; }
  /// After the settings of the screen (`Screen` of the layout) were changed.
  void apply_screen_settings();

protected:
  void closeEvent(QCloseEvent* event) override;

private:
  void build_menus();
  bool fill_menu_of_window(const std::string& name, QMenu& menu);
  void reset_workspaces();
  void load_preferences();
  void take_preferences(const std::string& text, Preferences& preferences);
  void show_preferences();
  void show_render();
  Path preferences_file() const;
  void save_settings() const;
  void invoke(const std::string& command, const OperatorSettings& settings);

  EditorContext& context_;
  const EditorRegistry& editors_;
  QString settings_file_;
  Workspaces workspaces_;
  QTabBar* tabs_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  StatusBar* status_ = nullptr;
  std::vector<ScreenWidget*> screens_;
  std::unique_ptr<Playback> playback_;
  std::unique_ptr<FileCommands> files_;
  std::unique_ptr<ScriptHost> scripts_;
  std::unique_ptr<InputFilter> input_;
  std::unique_ptr<Preferences> applied_;  ///< the preferences that the window is like
  QPointer<QDialog> render_window_;
  bool may_close_ = false;
  bool begins_with_splash_ = false;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
