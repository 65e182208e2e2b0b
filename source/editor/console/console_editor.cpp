#include "editor/console/console_editor.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace kiln::editor {

ConsoleEditor::ConsoleEditor(EditorContext& context)
    : Editor(context),
      output_(new QPlainTextEdit),
      prompt_(new QLabel(QStringLiteral(">>>"))),
      input_(new QLineEdit) {
  const QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
  output_->setReadOnly(true);
  output_->setFont(mono);
  output_->setMaximumBlockCount(10000);
  input_->setFont(mono);
  input_->setFrame(false);
  input_->setProperty("follows_mouse", true);
  prompt_->setFont(mono);
  prompt_->setContentsMargins(8, 0, 2, 0);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(output_);
  auto* line = new QHBoxLayout;
  line->setContentsMargins(0, 3, 6, 3);
  line->addWidget(prompt_);
  line->addWidget(input_);
  layout->addLayout(line);
  input_->installEventFilter(this);
  connect(input_, &QLineEdit::returnPressed, this, &ConsoleEditor::run_line);
  print(QStringLiteral("Python console. bpy is imported; Tab completes names."), theme().text_dim);
}

void ConsoleEditor::print(const QString& text, const QColor& color) {
  if (text.isEmpty()) {
    return;
  }
  QTextCharFormat format;
  format.setForeground(color);
  QTextCursor cursor(output_->document());
  cursor.movePosition(QTextCursor::End);
  if (!output_->document()->isEmpty()) {
    cursor.insertBlock();
  }
  cursor.insertText(text.endsWith('\n') ? text.chopped(1) : text, format);
  output_->moveCursor(QTextCursor::End);
  output_->moveCursor(QTextCursor::StartOfLine);
}

void ConsoleEditor::run_line() {
  const QString line = input_->text();
  input_->clear();
  print(prompt_->text() + " " + line, theme().text_dim);
  if (!line.trimmed().isEmpty()) {
    history_ << line;
  }
  history_at_ = int(history_.size());
  if (!context().scripts) {
    print(QStringLiteral("this program has no scripting"), theme().error);
    return;
  }
  const ScriptService::ConsoleAnswer answer = context().scripts->console_line(line.toStdString());
  prompt_->setText(answer.wants_more ? QStringLiteral("...") : QStringLiteral(">>>"));
  print(QString::fromStdString(answer.output), answer.is_error ? theme().error : theme().text);
  session().script_ran("Console");
}

void ConsoleEditor::complete() {
  if (!context().scripts) {
    return;
  }
  const QString before = input_->text().left(input_->cursorPosition());
  const std::vector<std::string> ways = context().scripts->complete(before.toStdString());
  if (ways.empty()) {
    return;
  }
  // What all ways have in common replaces the last word.
  QString common = QString::fromStdString(ways[0]);
  QStringList all;
  for (const std::string& way : ways) {
    const QString text = QString::fromStdString(way);
    all << text;
    int same = 0;
    while (same < common.size() && same < text.size() && common[same] == text[same]) {
      ++same;
    }
    common.truncate(same);
  }
  int word = int(before.size());
  while (word > 0 && (before[word - 1].isLetterOrNumber() || before[word - 1] == '_' ||
                      before[word - 1] == '.')) {
    --word;
  }
  const QString rest = input_->text().mid(input_->cursorPosition());
  input_->setText(before.left(word) + common + rest);
  input_->setCursorPosition(word + int(common.size()));
  if (ways.size() > 1) {
    print(all.mid(0, 60).join(QStringLiteral("  ")), theme().text_dim);
  }
}

bool ConsoleEditor::eventFilter(QObject* watched, QEvent* event) {
  if (watched == input_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Tab) {
      if (input_->text().left(input_->cursorPosition()).trimmed().isEmpty()) {
        input_->insert(QStringLiteral("    "));
      } else {
        complete();
      }
      return true;
    }
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
      history_at_ = std::clamp(history_at_ + (key == Qt::Key_Up ? -1 : 1), 0, int(history_.size()));
      input_->setText(history_at_ < int(history_.size()) ? history_[history_at_] : QString());
      return true;
    }
  }
  return Editor::eventFilter(watched, event);
}

std::vector<std::pair<std::string, QRect>> ConsoleEditor::named_places() const {
  return {{"console_input", input_->geometry()}};
}

void register_console(EditorRegistry& registry) {
  registry.add({"CONSOLE", QStringLiteral("Python Console"),
                [](EditorContext& context) -> Editor* { return new ConsoleEditor(context); }});
}

}  // namespace kiln::editor
