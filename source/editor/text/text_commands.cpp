#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QPointer>
#include <QSaveFile>
#include <QTextBlock>
#include <QTimer>

#include "document/text.h"
#include "editor/text/code_edit.h"
#include "editor/text/find_bar.h"
#include "editor/text/text_editor.h"
#include "editor/text/text_edits.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

constexpr qint64 largest_file = 64 << 20;

std::string text_of(const OperatorSettings& settings, const char* name) {
  const Value* value = find_setting(settings, name);
  return value ? value->as_string() : std::string();
}

std::optional<QTextCursor::MoveOperation> movement(const std::string& type) {
  static constexpr std::pair<std::string_view, QTextCursor::MoveOperation> all[] = {
      {"LINE_BEGIN", QTextCursor::StartOfBlock},
      {"LINE_END", QTextCursor::EndOfBlock},
      {"FILE_TOP", QTextCursor::Start},
      {"FILE_BOTTOM", QTextCursor::End},
      {"PREVIOUS_CHARACTER", QTextCursor::Left},
      {"NEXT_CHARACTER", QTextCursor::Right},
      {"PREVIOUS_WORD", QTextCursor::PreviousWord},
      {"NEXT_WORD", QTextCursor::NextWord},
      {"PREVIOUS_LINE", QTextCursor::Up},
      {"NEXT_LINE", QTextCursor::Down}};
  for (const auto& [name, operation] : all) {
    if (name == type) {
      return operation;
    }
  }
  return std::nullopt;
}

}  // namespace

QString TextEditor::indentation() const {
  const Text* text = session().document().find<Text>(shown_);
  return text && text->indentation == TextIndentation::Tabs
             ? QStringLiteral("\t")
             : QString(settings_.tab_width, QLatin1Char(' '));
}

// What makes, reads and writes whole texts.
bool TextEditor::manage_texts(const std::string& command) {
  if (command == "text.run_script") {
    run();
  } else if (command == "text.new") {
    make_text();
  } else if (command == "text.open") {
    open_file();
  } else if (command == "text.save") {
    save_file(/*asks=*/false);
  } else if (command == "text.save_as") {
    save_file(/*asks=*/true);
  } else if (command == "text.reload" || command == "text.resolve_conflict") {
    reload();
  } else if (command == "text.make_internal") {
    if (session().document().find<Text>(shown_)) {
      session().set({shown_, {}}, *Text::schema().property("filepath"), Value(""));
    }
  } else if (command == "text.unlink") {
    if (const BlockId id = shown_; session().document().find<Text>(id)) {
      timer_->stop();
      session().edit("Remove Text", [&](Document& document) -> Result<void> {
        document.remove(id);
        return {};
      });
    }
  } else {
    return false;
  }
  return true;
}

// What changes the text that is shown, or where its cursor is.
bool TextEditor::edit_text(const std::string& command, const OperatorSettings& settings) {
  QTextCursor cursor = edit_->textCursor();
  if (command == "text.start_find" || command == "text.find_set_selected") {
    if (cursor.hasSelection()) {
      settings_.find_text = cursor.selectedText().toStdString();
    }
    settings_.show_region_ui = true;
    settings_changed();
    if (command == "text.find_set_selected") {
      find_next();
    } else {
      find_->focus_find();
    }
  } else if (command == "text.replace_set_selected") {
    settings_.replace_text = cursor.selectedText().toStdString();
    settings_.show_region_ui = true;
    settings_changed();
  } else if (command == "text.find") {
    find_next();
  } else if (command == "text.replace") {
    const Value* all = find_setting(settings, "all");
    replace(all && all->as_bool());
  } else if (command == "text.jump") {
    bool is_wanted = true;
    const Value* given = find_setting(settings, "line");
    const QPointer<TextEditor> self(this);
    const int line = given ? int(given->as_int())
                           : QInputDialog::getInt(this, QStringLiteral("Jump to"),
                                                  QStringLiteral("Line"), cursor.blockNumber() + 1,
                                                  1, edit_->blockCount(), 1, &is_wanted);
    if (is_wanted && self) {
      edit_->setTextCursor(QTextCursor(
          edit_->document()->findBlockByNumber(std::clamp(line, 1, edit_->blockCount()) - 1)));
      edit_->centerCursor();
    }
  } else if (command == "text.toggle_sidebar") {
    settings_.show_region_ui = !settings_.show_region_ui;
    settings_changed();
  } else if (command == "text.duplicate_line") {
    duplicate_lines(cursor);
  } else if (command == "text.move_lines") {
    move_lines(*edit_, text_of(settings, "direction") == "UP");
  } else if (command == "text.comment_toggle") {
    toggle_comment(cursor);
  } else if (command == "text.indent" ||
             (command == "text.indent_or_autocomplete" && cursor.hasSelection())) {
    indent_lines(cursor, indentation());
  } else if (command == "text.indent_or_autocomplete") {
    cursor.insertText(indentation());
  } else if (command == "text.unindent") {
    unindent_lines(cursor, settings_.tab_width);
  } else if (command == "text.convert_whitespace") {
    convert_whitespace(cursor, text_of(settings, "type") != "TABS", settings_.tab_width);
  } else if (command == "text.select_all") {
    edit_->selectAll();
  } else if (command == "text.select_line") {
    cursor.select(QTextCursor::BlockUnderCursor);
    edit_->setTextCursor(cursor);
  } else if (command == "text.select_word") {
    cursor.select(QTextCursor::WordUnderCursor);
    edit_->setTextCursor(cursor);
  } else if (command == "text.move" || command == "text.move_select") {
    const auto operation = movement(text_of(settings, "type"));
    if (!operation) {
      return false;
    }
    cursor.movePosition(*operation,
                        command == "text.move" ? QTextCursor::MoveAnchor : QTextCursor::KeepAnchor);
    edit_->setTextCursor(cursor);
  } else if (command == "text.cut") {
    edit_->cut();
  } else if (command == "text.copy") {
    edit_->copy();
  } else if (command == "text.paste") {
    edit_->paste();
  } else if (command == "text.overwrite_toggle") {
    edit_->setOverwriteMode(!edit_->overwriteMode());
  } else {
    return false;
  }
  return true;
}

void TextEditor::make_text() {
  store();
  BlockId made;
  session().edit("New Text", [&](Document& document) -> Result<void> {
    made = document.add<Text>("Text").id;
    return {};
  });
  show_text(made);
  edit_->setFocus();
}

void TextEditor::open_file() {
  const QPointer<TextEditor> self(this);  // scripts may close the editor meanwhile
  const QString path = QFileDialog::getOpenFileName(
      this, QStringLiteral("Open Text"), {},
      QStringLiteral("Texts (*.py *.txt *.osl *.glsl *.json *.md);;All files (*)"));
  QFile file(path);
  if (path.isEmpty() || !self) {
    return;
  }
  if (!file.open(QIODevice::ReadOnly) || file.size() > largest_file) {
    session().report(InfoLine::Kind::Error,
                     fmt::format("{}: cannot be read as a text", path.toStdString()));
    return;
  }
  const std::string content = QString::fromUtf8(file.readAll()).toStdString();
  BlockId made;
  session().edit("Open Text", [&](Document& document) -> Result<void> {
    auto& text = document.add<Text>(Path(path.toStdString()).filename().string());
    text.from_string(content);
    text.filepath = path.toStdString();
    made = text.id;
    return {};
  });
  show_text(made);
}

void TextEditor::save_file(bool asks) {
  store();
  const Text* text = session().document().find<Text>(shown_);
  if (!text) {
    return;
  }
  const QPointer<TextEditor> self(this);
  QString path = QString::fromStdString(text->filepath);
  if (asks || path.isEmpty()) {
    path = QFileDialog::getSaveFileName(this, QStringLiteral("Save Text"),
                                        QString::fromStdString(text->name));
  }
  text = self ? session().document().find<Text>(shown_) : nullptr;
  if (path.isEmpty() || !text) {
    return;
  }
  QSaveFile file(path);
  const QByteArray content = QByteArray::fromStdString(text->as_string());
  if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
    session().report(InfoLine::Kind::Error,
                     fmt::format("{}: cannot be written", path.toStdString()));
    return;
  }
  session().report(InfoLine::Kind::Info, fmt::format("{} was saved", path.toStdString()));
  if (text->filepath != path.toStdString()) {
    session().set({shown_, {}}, *Text::schema().property("filepath"), Value(path.toStdString()));
  }
}

void TextEditor::reload() {
  const Text* text = session().document().find<Text>(shown_);
  QFile file(text ? QString::fromStdString(text->filepath) : QString());
  if (!text || text->filepath.empty() || !file.open(QIODevice::ReadOnly) ||
      file.size() > largest_file) {
    session().report(InfoLine::Kind::Warning, "this text has no file that can be read");
    return;
  }
  timer_->stop();
  const std::string content = QString::fromUtf8(file.readAll()).toStdString();
  session().edit("Reload Text", [&](Document& document) -> Result<void> {
    document.edit<Text>(shown_).from_string(content);
    return {};
  });
  show_text(shown_);
}

bool TextEditor::find_next() {
  const QString wanted = QString::fromStdString(settings_.find_text);
  if (wanted.isEmpty()) {
    return false;
  }
  QTextDocument::FindFlags flags;
  if (settings_.use_match_case) {
    flags |= QTextDocument::FindCaseSensitively;
  }
  if (edit_->find(wanted, flags)) {
    return true;
  }
  if (settings_.use_find_all) {
    // The texts after this one, then those before it.
    const auto& all = session().document().all(BlockType::Text);
    const std::vector<BlockId> texts(all.begin(), all.end());
    const auto here = std::size_t(std::find(texts.begin(), texts.end(), shown_) - texts.begin());
    for (std::size_t i = 1; i < texts.size(); ++i) {
      const BlockId other = texts[(here + i) % texts.size()];
      const QString content =
          QString::fromStdString(session().document().find<Text>(other)->as_string());
      if (content.contains(wanted,
                           settings_.use_match_case ? Qt::CaseSensitive : Qt::CaseInsensitive)) {
        store();
        show_text(other);
        edit_->moveCursor(QTextCursor::Start);
        return edit_->find(wanted, flags);
      }
    }
  }
  if (settings_.use_find_wrap || settings_.use_find_all) {
    const QTextCursor before = edit_->textCursor();
    edit_->moveCursor(QTextCursor::Start);
    if (edit_->find(wanted, flags)) {
      return true;
    }
    edit_->setTextCursor(before);
  }
  session().report(InfoLine::Kind::Warning,
                   fmt::format("\"{}\" was not found", settings_.find_text));
  return false;
}

void TextEditor::replace(bool replaces_all) {
  const QString wanted = QString::fromStdString(settings_.find_text);
  const QString other = QString::fromStdString(settings_.replace_text);
  const Qt::CaseSensitivity by_case =
      settings_.use_match_case ? Qt::CaseSensitive : Qt::CaseInsensitive;
  if (wanted.isEmpty() || !shown_) {
    return;
  }
  if (replaces_all) {
    QTextCursor cursor(edit_->document());
    int count = 0;
    cursor.beginEditBlock();
    for (QTextCursor found =
             edit_->document()->find(wanted, 0,
                                     settings_.use_match_case ? QTextDocument::FindCaseSensitively
                                                              : QTextDocument::FindFlags());
         !found.isNull(); found = edit_->document()->find(wanted, found,
                                                          settings_.use_match_case
                                                              ? QTextDocument::FindCaseSensitively
                                                              : QTextDocument::FindFlags())) {
      found.insertText(other);
      ++count;
    }
    cursor.endEditBlock();
    session().report(InfoLine::Kind::Info, fmt::format("{} places were replaced", count));
    return;
  }
  if (edit_->textCursor().selectedText().compare(wanted, by_case) == 0) {
    edit_->textCursor().insertText(other);
  }
  find_next();
}

bool TextEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  const auto add = [&](const char* label, const char* command, const OperatorSettings& with = {}) {
    const QString keys = QString::fromStdString(context().commands.keymap.strokes_of(command));
    menu.addAction(
        QString::fromUtf8(label) + (keys.isEmpty() ? QString() : QStringLiteral("\t") + keys), this,
        [this, command = std::string(command), with] { run_command(command, with); });
  };
  const auto add_check = [&](const char* label, bool SpaceTextEditor::*member) {
    QAction* action = menu.addAction(QString::fromUtf8(label), this, [this, member](bool is_on) {
      settings_.*member = is_on;
      settings_changed();
    });
    action->setCheckable(true);
    action->setChecked(settings_.*member);
  };
  if (name == "TEXT_MT_view") {
    add_check("Find & Replace", &SpaceTextEditor::show_region_ui);
    menu.addSeparator();
    add_check("Line Numbers", &SpaceTextEditor::show_line_numbers);
    add_check("Word Wrap", &SpaceTextEditor::show_word_wrap);
    add_check("Syntax Highlight", &SpaceTextEditor::show_syntax_highlight);
    add_check("Highlight Line", &SpaceTextEditor::show_line_highlight);
    add_check("Margin", &SpaceTextEditor::show_margin);
    menu.addSeparator();
    add("Top of the Text", "text.move", {{"type", Value("FILE_TOP")}});
    add("End of the Text", "text.move", {{"type", Value("FILE_BOTTOM")}});
  } else if (name == "TEXT_MT_text") {
    add("New", "text.new");
    add("Open...", "text.open");
    add("Reload", "text.reload");
    menu.addSeparator();
    add("Save", "text.save");
    add("Save As...", "text.save_as");
    add("Make Internal", "text.make_internal");
    menu.addSeparator();
    add_check("Live Edit", &SpaceTextEditor::use_live_edit);
    add("Run Script", "text.run_script");
    menu.addSeparator();
    add("Remove", "text.unlink");
  } else if (name == "TEXT_MT_edit") {
    add("Cut", "text.cut");
    add("Copy", "text.copy");
    add("Paste", "text.paste");
    add("Duplicate Line", "text.duplicate_line");
    menu.addSeparator();
    add("Move Line(s) Up", "text.move_lines", {{"direction", Value("UP")}});
    add("Move Line(s) Down", "text.move_lines", {{"direction", Value("DOWN")}});
    menu.addSeparator();
    add("Find & Replace...", "text.start_find");
    add("Find Next", "text.find");
    add("Find What Is Selected", "text.find_set_selected");
    add("Jump to...", "text.jump");
  } else if (name == "TEXT_MT_select") {
    add("All", "text.select_all");
    add("Line", "text.select_line");
    add("Word", "text.select_word");
  } else if (name == "TEXT_MT_format") {
    add("Indent", "text.indent");
    add("Unindent", "text.unindent");
    menu.addSeparator();
    add("Toggle Comments", "text.comment_toggle");
    menu.addSeparator();
    add("Whitespace to Spaces", "text.convert_whitespace", {{"type", Value("SPACES")}});
    add("Whitespace to Tabs", "text.convert_whitespace", {{"type", Value("TABS")}});
  } else if (name == "TEXT_MT_context_menu") {
    add("Cut", "text.cut");
    add("Copy", "text.copy");
    add("Paste", "text.paste");
    menu.addSeparator();
    add("Run Script", "text.run_script");
  } else {
    return false;
  }
  return true;
}

}  // namespace kiln::editor
