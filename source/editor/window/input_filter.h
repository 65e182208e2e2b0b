#pragma once

#include <QObject>

class QKeyEvent;
class QMouseEvent;
class QWidget;

namespace kiln::editor {

class MainWindow;
struct EditorContext;

/// Sees all mouse and key events before widgets do: notes which area is under the mouse, ends
/// typing when something else is clicked, and turns keys into commands by the keymap.
class InputFilter : public QObject {
  Q_OBJECT
public:
  InputFilter(EditorContext& context, MainWindow& window);
  ~InputFilter() override;

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void note_mouse(QWidget* widget, const QMouseEvent& event);
  /// Whether a script takes an event that no widget shall see then.
  bool goes_to_scripts(QWidget& widget, const QEvent& event);
  bool takes_key(QWidget* focus, const QKeyEvent& event) const;
  bool handle_key(const QKeyEvent& event);
  EditorContext& context_;
  MainWindow& window_;
};

}  // namespace kiln::editor
