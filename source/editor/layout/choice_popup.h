#pragma once

#include <QDialog>
#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace kiln::editor {

struct EditorContext;

/// One thing to choose from.
struct Choice {
  QString text, detail;  ///< detail: keys, or why it is disabled; shown at the right
  bool is_enabled = true;
  QString key;  ///< what the receiver gets
};

/// A list under the mouse that is narrowed down by typing.
class ChoicePopup : public QDialog {
  Q_OBJECT
public:
  using Find = std::function<std::vector<Choice>(const QString& text)>;
  using Chosen = std::function<void(const Choice&)>;
  /// `find` returns the best first and no more than can be looked at.
  ChoicePopup(EditorContext& context, const QString& title, Find find, Chosen chosen,
              QWidget* parent);

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

private:
  void refill();
  void choose(int row);
  EditorContext& context_;
  Find find_;
  Chosen chosen_;
  QLineEdit* input_;
  QListWidget* list_;
  std::vector<Choice> choices_;
};

}  // namespace kiln::editor
