#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMenuBar;
class QToolButton;

namespace kiln::editor {

class Session;

/// When menus open by themselves: those of bars where the mouse rests on their name, if the user
/// wants that, and menus in menus.
class MenuTiming : public QObject {
  Q_OBJECT
public:
  /// Sees the events of the whole application, and gives it a style that asks the preferences.
  explicit MenuTiming(const Session& session);
  ~MenuTiming() override;

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void wait_at(QToolButton* button, QMenuBar* bar);
  void open();

  const Session& session_;
  QTimer timer_;
  QPointer<QToolButton> button_;
  QPointer<QMenuBar> bar_;
};

}  // namespace kiln::editor
