#pragma once

#include <QWidget>
#include <functional>

#include "document/editor_spaces.h"

class QLineEdit;
class QToolButton;

namespace kiln::editor {

/// Fields for finding and replacing, under a text.
class FindBar : public QWidget {
  Q_OBJECT
public:
  /// `settings` must outlive it; `changed` is called after it was written.
  FindBar(SpaceTextEditor& settings, std::function<void()> changed);
  /// Shows what the settings say now.
  void refresh();
  void focus_find();
  void focus_replace();
  /// For tests: its fields and buttons, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

Q_SIGNALS:
  void find_wanted();
  void replace_wanted();
  void replace_all_wanted();
  void close_wanted();

protected:
  void keyPressEvent(QKeyEvent* event) override;

private:
  SpaceTextEditor& settings_;
  QLineEdit *find_, *replace_;
  QToolButton *match_case_, *wrap_, *all_;
};

}  // namespace kiln::editor
