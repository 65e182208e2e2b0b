#include "editor/console/console_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "editor/layout/struct_state.h"
#include "editor/preferences/current.h"
#include "editor/preferences/fonts.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

constexpr std::int64_t longest_scrollback = 256;  // lines that scripts see

}  // namespace

ConsoleEditor::ConsoleEditor(EditorContext& context)
    : Editor(context),
      output_(new QPlainTextEdit),
      prompt_(new QLabel(QStringLiteral(">>>"))),
      input_(new QLineEdit) {
  const QFont mono = monospaced_font(current_preferences(context.session).view);
  output_->setReadOnly(true);
  output_->setFont(mono);
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
  print(QStringLiteral("Python console. bpy is imported; Tab completes names."),
        ConsoleLineKind::Info);
  set_font_size(state_.font_size);
}

QColor ConsoleEditor::color_of(ConsoleLineKind kind) const {
  return kind == ConsoleLineKind::Error    ? theme().error
         : kind == ConsoleLineKind::Output ? theme().text
                                           : theme().text_dim;
}

void ConsoleEditor::print(const QString& text, ConsoleLineKind kind) {
  if (text.isEmpty()) {
    return;
  }
  for (const QString& line : (text.endsWith('\n') ? text.chopped(1) : text).split('\n')) {
    state_.scrollback.add(ConsoleLine{line.toStdString(), 0, kind});
  }
  while (state_.scrollback.size() > longest_scrollback) {
    state_.scrollback.remove(0);
  }
  QTextCharFormat format;
  format.setForeground(color_of(kind));
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
  output_->setMaximumBlockCount(current_preferences(session()).system.scrollback);
  const QString line = input_->text();
  input_->clear();
  print(prompt_->text() + " " + line, ConsoleLineKind::Input);
  if (!line.trimmed().isEmpty()) {
    history_ << line;
    state_.history.add(ConsoleLine{line.toStdString(), int(line.size()), ConsoleLineKind::Input});
  }
  history_at_ = int(history_.size());
  if (!context().scripts) {
    print(QStringLiteral("this program has no scripting"), ConsoleLineKind::Error);
    return;
  }
  const ScriptService::ConsoleAnswer answer = context().scripts->console_line(line.toStdString());
  prompt_->setText(answer.wants_more ? QStringLiteral("...") : QStringLiteral(">>>"));
  print(QString::fromStdString(answer.output),
        answer.is_error ? ConsoleLineKind::Error : ConsoleLineKind::Output);
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
    print(all.mid(0, 60).join(QStringLiteral("  ")), ConsoleLineKind::Info);
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

void ConsoleEditor::set_font_size(int pixels) {
  state_.font_size = pixels;
  for (QWidget* widget : {static_cast<QWidget*>(output_), static_cast<QWidget*>(input_),
                          static_cast<QWidget*>(prompt_)}) {
    QFont font = widget->font();
    font.setPixelSize(pixels);
    widget->setFont(font);
  }
}

void ConsoleEditor::clear(bool forgets_history) {
  output_->clear();
  state_.scrollback.clear();
  if (forgets_history) {
    history_.clear();
    history_at_ = 0;
    state_.history.clear();
  }
}

// What was typed, without prompts and answers.
void ConsoleEditor::copy_as_script() {
  QStringList lines;
  for (const ConsoleLine& line : state_.scrollback) {
    if (line.kind == ConsoleLineKind::Input) {
      lines << QString::fromStdString(line.body).mid(4);
    }
  }
  QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

bool ConsoleEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  const Value* text = find_setting(settings, "text");
  const auto is_set = [&](const char* name, bool otherwise) {
    const Value* value = find_setting(settings, name);
    return value ? value->as_bool() : otherwise;
  };
  if (command == "console.clear") {
    clear(is_set("history", false));
  } else if (command == "console.clear_line") {
    input_->clear();
  } else if (command == "console.execute") {
    run_line();
  } else if (command == "console.autocomplete" || command == "console.indent_or_autocomplete") {
    complete();
  } else if (command == "console.copy") {
    output_->textCursor().hasSelection() ? output_->copy() : input_->copy();
  } else if (command == "console.paste") {
    input_->paste();
  } else if (command == "console.copy_as_script") {
    copy_as_script();
  } else if (command == "console.insert" && text) {
    input_->insert(QString::fromStdString(text->as_string()));
  } else if (command == "console.font_size") {
    set_font_size(std::clamp(state_.font_size + (is_set("grows", true) ? 1 : -1), 6, 96));
    state_changed.emit();
  } else {
    return false;
  }
  return true;
}

bool ConsoleEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  const auto add = [&](const char* label, const char* command, const OperatorSettings& with = {}) {
    menu.addAction(QString::fromUtf8(label), this,
                   [this, command = std::string(command), with] { run_command(command, with); });
  };
  if (name == "CONSOLE_MT_view") {
    add("Larger Text", "console.font_size", {{"grows", Value(true)}});
    add("Smaller Text", "console.font_size", {{"grows", Value(false)}});
  } else if (name == "CONSOLE_MT_console" || name == "CONSOLE_MT_context_menu") {
    add("Clear All", "console.clear", {{"history", Value(true)}});
    add("Clear Output", "console.clear");
    add("Clear Line", "console.clear_line");
    menu.addSeparator();
    add("Copy as Script", "console.copy_as_script");
    add("Copy", "console.copy");
    add("Paste", "console.paste");
    menu.addSeparator();
    add("Autocomplete", "console.autocomplete");
  } else {
    return false;
  }
  return true;
}

void ConsoleEditor::build_header(QHBoxLayout& header) {
  add_header_menu(header, context(), QStringLiteral("View"), "CONSOLE_MT_view");
  add_header_menu(header, context(), QStringLiteral("Console"), "CONSOLE_MT_console");
}

std::string ConsoleEditor::state() const {
  SpaceConsole kept;
  kept.font_size = state_.font_size;
  return write_struct_state({&SpaceConsole::schema(), &kept});
}

void ConsoleEditor::restore(const std::string& state) {
  SpaceConsole kept;
  read_struct_state(state, {&SpaceConsole::schema(), &kept});
  set_font_size(kept.font_size);
}

void ConsoleEditor::fill_space(Space& space) const {
  auto* console = dynamic_cast<SpaceConsole*>(&space);
  if (!console) {
    return;
  }
  const std::string kind = console->kind;
  // The line that is being typed keeps its identity while it is.
  const ItemId typed =
      console->history.empty() ? ItemId(0) : console->history.id(console->history.size() - 1);
  const bool is_known = console->history.size() == state_.history.size() + 1;
  *console = state_;
  console->kind = kind;
  console->prompt = prompt_->text().toStdString() + " ";
  console->history.add(
      std::make_shared<ConsoleLine>(ConsoleLine{input_->text().toStdString(),
                                                input_->cursorPosition(), ConsoleLineKind::Input}),
      -1, is_known ? typed : ItemId(0));
  const QTextCursor cursor = output_->textCursor();
  const int end = std::max(0, output_->document()->characterCount() - 1);
  console->select_start = end - cursor.selectionEnd();
  console->select_end = end - cursor.selectionStart();
}

void ConsoleEditor::take_space(const Space& space) {
  const auto* console = dynamic_cast<const SpaceConsole*>(&space);
  if (!console) {
    return;
  }
  if (console->font_size != state_.font_size) {
    set_font_size(console->font_size);
    state_changed.emit();
  }
  const QString prompt = QString::fromStdString(console->prompt).trimmed();
  prompt_->setText(prompt.isEmpty() ? QStringLiteral(">>>") : prompt);
  if (!console->history.empty()) {
    const ConsoleLine& typed = console->history[console->history.size() - 1];
    const QString text = QString::fromStdString(typed.body);
    if (text != input_->text()) {
      input_->setText(text);
    }
    input_->setCursorPosition(std::clamp(typed.current_character, 0, int(text.size())));
  }
  const int end = std::max(0, output_->document()->characterCount() - 1);
  QTextCursor cursor = output_->textCursor();
  const int from = std::clamp(end - console->select_end, 0, end),
            to = std::clamp(end - console->select_start, 0, end);
  if (cursor.selectionStart() != from || cursor.selectionEnd() != to) {
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    output_->setTextCursor(cursor);
  }
}

std::vector<std::pair<std::string, QRect>> ConsoleEditor::named_places() const {
  return {{"console_input", input_->geometry()}};
}

void register_console(EditorRegistry& registry) {
  registry.add({"CONSOLE", QStringLiteral("Python Console"),
                [](EditorContext& context) -> Editor* { return new ConsoleEditor(context); }});
}

}  // namespace kiln::editor
