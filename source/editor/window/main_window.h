#pragma once

#include <QMainWindow>
#include <memory>

#include "editor/screen/screen_widget.h"
#include "editor/screen/workspaces.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"

class QLabel;
class QProgressBar;
class QStackedWidget;
class QTabBar;
class QTimer;
class QToolButton;

namespace kiln::editor {

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

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

private:
  void add_commands();
  void build_menus();
  void build_status_bar();
  void update_title();
  void update_statistics();
  void update_job();
  void save_settings() const;
  bool handle_key(QKeyEvent& event);
  void invoke(const std::string& command, const OperatorSettings& settings);
  void set_theme(bool is_dark);
  void set_frame(int frame);
  void toggle_playback();
  bool may_discard();

  EditorContext& context_;
  const EditorRegistry& editors_;
  QString settings_file_;
  Workspaces workspaces_;
  QTabBar* tabs_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  std::vector<ScreenWidget*> screens_;
  QLabel *hint_ = nullptr, *message_ = nullptr, *statistics_ = nullptr;
  QProgressBar* job_bar_ = nullptr;
  QToolButton* job_cancel_ = nullptr;
  QTimer *job_timer_ = nullptr, *message_timer_ = nullptr, *play_timer_ = nullptr;
  double play_start_ = 0.0;
  int play_from_ = 1;
  std::vector<Connection> connections_;
};

}  // namespace kiln::editor
