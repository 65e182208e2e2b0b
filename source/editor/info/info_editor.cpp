#include "editor/info/info_editor.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

namespace kiln::editor {

InfoEditor::InfoEditor(EditorContext& context) : Editor(context), text_(new QPlainTextEdit) {
  text_->setReadOnly(true);
  text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  text_->setLineWrapMode(QPlainTextEdit::NoWrap);
  text_->setMaximumBlockCount(5000);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(text_);
  connections_.push_back(context.session.log.added.connect([this] { add_new(); }));
  add_new();
}

void InfoEditor::add_new() {
  const std::vector<InfoLine>& lines = session().log.lines();
  const auto color = [this](InfoLine::Kind kind) {
    return kind == InfoLine::Kind::Action    ? theme().text
           : kind == InfoLine::Kind::Warning ? theme().warning
           : kind == InfoLine::Kind::Error   ? theme().error
                                             : theme().text_dim;
  };
  // The last line may have been replaced.
  if (shown_ == lines.size() && shown_ > 0) {
    QTextCursor cursor(text_->document()->lastBlock());
    cursor.select(QTextCursor::BlockUnderCursor);
    cursor.removeSelectedText();
    --shown_;
  }
  for (; shown_ < lines.size(); ++shown_) {
    QTextCharFormat format;
    format.setForeground(color(lines[shown_].kind));
    QTextCursor cursor(text_->document());
    cursor.movePosition(QTextCursor::End);
    if (!text_->document()->isEmpty()) {
      cursor.insertBlock();
    }
    cursor.insertText(QString::fromStdString(lines[shown_].text), format);
  }
  text_->moveCursor(QTextCursor::End);
  text_->moveCursor(QTextCursor::StartOfLine);
}

void register_info(EditorRegistry& registry) {
  registry.add({"INFO", QStringLiteral("Info"),
                [](EditorContext& context) -> Editor* { return new InfoEditor(context); }});
}

}  // namespace kiln::editor
