#include "editor/text/text_editor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "document/text.h"
#include "editor/layout/struct_state.h"
#include "editor/preferences/current.h"
#include "editor/preferences/fonts.h"
#include "editor/text/code_edit.h"
#include "editor/text/find_bar.h"
#include "editor/text/highlighter.h"
#include "editor/window/commands.h"
#include "editor/window/key_names.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

// Qt counts UTF-16 units, texts count characters.
int characters_before(const QTextBlock& block, int units) {
  return int(block.text().left(units).toUcs4().size());
}

int position_of(const QTextDocument& document, int line, int character) {
  const QTextBlock block = document.findBlockByNumber(line);
  if (!block.isValid()) {
    return document.characterCount() - 1;
  }
  const QList<uint> before = block.text().toUcs4().mid(0, character);
  return block.position() +
         int(QString::fromUcs4(reinterpret_cast<const char32_t*>(before.data()), before.size())
                 .size());
}

// The selection of the editor, as that of the text, and the other way round.
void take_selection(const QPlainTextEdit& edit, Text& text) {
  const QTextCursor cursor = edit.textCursor();
  const QTextBlock from = edit.document()->findBlock(cursor.anchor());
  const QTextBlock to = edit.document()->findBlock(cursor.position());
  text.set_selection(from.blockNumber(), characters_before(from, cursor.anchor() - from.position()),
                     to.blockNumber(), characters_before(to, cursor.position() - to.position()));
}

void show_selection(QPlainTextEdit& edit, const Text& text) {
  QTextCursor cursor = edit.textCursor();
  cursor.setPosition(position_of(*edit.document(), text.current_line, text.current_character));
  cursor.setPosition(position_of(*edit.document(), text.select_end_line, text.select_end_character),
                     QTextCursor::KeepAnchor);
  edit.setTextCursor(cursor);
}

}  // namespace

TextEditor::TextEditor(EditorContext& context)
    : Editor(context),
      edit_(new CodeEdit(context.theme)),
      find_(new FindBar(settings_, [this] { settings_changed(); })),
      footer_(new QLabel),
      timer_(new QTimer(this)) {
  QFont font = monospaced_font(current_preferences(context.session).view);
  font.setPixelSize(settings_.font_size);
  edit_->setFont(font);
  edit_->setProperty("follows_mouse", true);
  edit_->take_key = [this](QKeyEvent& event) { return take_key(event); };
  highlighter_ = new PythonHighlighter(edit_->document(), context.theme);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(edit_);
  layout->addWidget(find_);
  footer_->setContentsMargins(8, 3, 8, 3);
  layout->addWidget(footer_);
  connect(edit_, &QPlainTextEdit::cursorPositionChanged, this, [this] { update_footer(); });
  connect(find_, &FindBar::find_wanted, this, [this] { find_next(); });
  connect(find_, &FindBar::replace_wanted, this, [this] { replace(false); });
  connect(find_, &FindBar::replace_all_wanted, this, [this] { replace(true); });
  connect(find_, &FindBar::close_wanted, this, [this] {
    settings_.show_region_ui = false;
    apply_settings();
    edit_->setFocus();
  });
  // Typing becomes an undo step of the document after a pause.
  timer_->setSingleShot(true);
  connect(timer_, &QTimer::timeout, this, &TextEditor::store);
  connect(edit_, &QPlainTextEdit::textChanged, this, [this] {
    if (shown_) {
      timer_->start(600);
    }
  });
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) {
    const Text* text = session().document().find<Text>(shown_);
    if (!text) {
      const auto& all = session().document().all(BlockType::Text);
      show_text(all.empty() ? BlockId{} : all.front());
    } else if (text->version(Change::All) != stored_version_ && !timer_->isActive()) {
      show_text(shown_);
    }
  }));
  apply_settings();
  const auto& all = session().document().all(BlockType::Text);
  show_text(all.empty() ? BlockId{} : all.front());
}

std::string TextEditor::state() const {
  return write_struct_state({&SpaceTextEditor::schema(), &settings_});
}

void TextEditor::restore(const std::string& state) {
  read_struct_state(state, {&SpaceTextEditor::schema(), &settings_});
  apply_settings();
}

void TextEditor::fill_space(Space& space) const {
  if (auto* view = dynamic_cast<SpaceTextEditor*>(&space)) {
    const std::string kind = view->kind;
    *view = settings_;
    view->kind = kind;
    view->text = {shown_};
    view->use_overwrite = edit_->overwriteMode();
    view->font_size = edit_->fontInfo().pixelSize();
    view->top = edit_->top_line();
    view->visible_lines = edit_->viewport()->height() / std::max(1, edit_->fontMetrics().height());
    store_selection();
  }
}

void TextEditor::take_space(const Space& space) {
  const auto* view = dynamic_cast<const SpaceTextEditor*>(&space);
  if (!view) {
    return;
  }
  if (!(view->text.id == shown_)) {
    store();
    show_text(view->text.id);
  }
  const int top = edit_->top_line();
  settings_ = *view;
  apply_settings();
  edit_->setOverwriteMode(view->use_overwrite);
  if (view->top != top) {
    edit_->set_top_line(view->top);
  }
  state_changed.emit();
}

void TextEditor::apply_settings() {
  edit_->set_look({.has_line_numbers = settings_.show_line_numbers,
                   .marks_line = settings_.show_line_highlight,
                   .margin_column = settings_.show_margin ? settings_.margin_column : 0,
                   .closes_pairs = current_preferences(session()).edit.use_text_edit_auto_close});
  edit_->setLineWrapMode(settings_.show_word_wrap ? QPlainTextEdit::WidgetWidth
                                                  : QPlainTextEdit::NoWrap);
  if ((highlighter_->document() != nullptr) != settings_.show_syntax_highlight) {
    highlighter_->setDocument(settings_.show_syntax_highlight ? edit_->document() : nullptr);
  }
  if (edit_->fontInfo().pixelSize() != settings_.font_size) {
    QFont font = edit_->font();
    font.setPixelSize(settings_.font_size);
    edit_->setFont(font);
  }
  edit_->setTabStopDistance(settings_.tab_width * edit_->fontMetrics().horizontalAdvance(' '));
  find_->setVisible(settings_.show_region_ui);
  footer_->setVisible(settings_.show_region_footer);
  update_footer();
  find_->refresh();
  for (const auto& [button, member] : switches_) {
    button->setChecked(settings_.*member);
  }
}

void TextEditor::update_footer() {
  const Text* text = session().document().find<Text>(shown_);
  if (!text) {
    footer_->setText(QStringLiteral("No text"));
    return;
  }
  const QTextCursor cursor = edit_->textCursor();
  const QString where =
      text->filepath.empty()
          ? QStringLiteral("In the document")
          : QStringLiteral("File: %1").arg(QString::fromStdString(text->filepath));
  footer_->setText(QStringLiteral("%1%2   ·   Line %3, column %4")
                       .arg(where, !text->filepath.empty() && text->is_dirty
                                       ? QStringLiteral(" (not saved)")
                                       : QString())
                       .arg(cursor.blockNumber() + 1)
                       .arg(cursor.columnNumber() + 1));
}

void TextEditor::settings_changed() {
  apply_settings();
  state_changed.emit();
}

void TextEditor::show_text(BlockId id) {
  const Text* text = session().document().find<Text>(id);
  shown_ = {};
  const QString content = text ? QString::fromStdString(text->as_string()) : QString();
  if (content != edit_->toPlainText()) {
    edit_->setPlainText(content);
  }
  if (text) {
    show_selection(*edit_, *text);
  }
  edit_->setEnabled(text);
  edit_->setPlaceholderText(text ? QString() : QStringLiteral("No text: make one with New"));
  shown_ = text ? id : BlockId{};
  stored_version_ = text ? text->version(Change::All) : 0;
  merge_key_ = unique_number();
  timer_->stop();
  if (name_) {
    name_->setText(text ? QString::fromStdString(text->name) : QString());
  }
}

// No step of its own: where the cursor is belongs to no history.
void TextEditor::store_selection() const {
  const Text* text = session().document().find<Text>(shown_);
  if (!text || timer_->isActive()) {
    return;
  }
  Text moved = *text;
  take_selection(*edit_, moved);
  if (moved.current_line != text->current_line ||
      moved.current_character != text->current_character ||
      moved.select_end_line != text->select_end_line ||
      moved.select_end_character != text->select_end_character) {
    auto& edited = session().project().document.edit<Text>(shown_, Change::Settings);
    take_selection(*edit_, edited);
    stored_version_ = edited.version(Change::All);
  }
}

void TextEditor::store() {
  timer_->stop();
  const Text* text = session().document().find<Text>(shown_);
  const std::string typed = edit_->toPlainText().toStdString();
  if (!text || text->as_string() == typed) {
    return;
  }
  session().edit(
      "Edit Text",
      [&](Document& document) -> Result<void> {
        auto& edited = document.edit<Text>(shown_);
        edited.from_string(typed);
        take_selection(*edit_, edited);
        stored_version_ = edited.version(Change::All);
        return {};
      },
      merge_key_);
  if (settings_.use_live_edit) {
    run();
  }
}

void TextEditor::run() {
  if (timer_->isActive()) {
    store();
    if (settings_.use_live_edit) {
      return;  // it has run with that
    }
  }
  const Text* text = session().document().find<Text>(shown_);
  if (!text || !context().scripts) {
    return;
  }
  const std::string name = text->name;
  const Result<std::string> output = context().scripts->run(text->as_string(), name);
  session().script_ran(name);
  if (!output) {
    session().report(InfoLine::Kind::Error, output.error().message);
  } else {
    session().report(InfoLine::Kind::Info,
                     output->empty() ? fmt::format("\"{}\" ran", name) : *output);
  }
}

bool TextEditor::take_key(QKeyEvent& event) {
  const KeyBinding* binding = context().commands.keymap.find({"Text"}, stroke_of(event));
  return binding && run_command(binding->command, binding->settings);
}

bool TextEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  return manage_texts(command) || edit_text(command, settings);
}

QToolButton* TextEditor::add_switch(QHBoxLayout& header, const char* label, const char* tip,
                                    bool SpaceTextEditor::*member) {
  auto* button = new QToolButton;
  button->setText(QString::fromUtf8(label));
  button->setToolTip(QString::fromUtf8(tip));
  button->setCheckable(true);
  connect(button, &QToolButton::clicked, this, [this, member](bool is_on) {
    settings_.*member = is_on;
    settings_changed();
  });
  header.addWidget(button);
  switches_.emplace_back(button, member);
  return button;
}

void TextEditor::build_header(QHBoxLayout& header) {
  switches_.clear();
  for (const auto& [title, name] :
       {std::pair{"View", "TEXT_MT_view"}, std::pair{"Text", "TEXT_MT_text"},
        std::pair{"Edit", "TEXT_MT_edit"}, std::pair{"Select", "TEXT_MT_select"},
        std::pair{"Format", "TEXT_MT_format"}}) {
    add_header_menu(header, context(), QString::fromUtf8(title), name);
  }
  QToolButton* choice = add_header_menu(header, QStringLiteral("▾"), [this](QMenu& menu) {
    for (const BlockId id : session().document().all(BlockType::Text)) {
      menu.addAction(QString::fromStdString(session().document().find(id)->name), [this, id] {
        store();
        show_text(id);
      });
    }
  });
  choice->setToolTip(QStringLiteral("Another text"));
  name_ = new QLabel;
  header.addWidget(name_);
  auto* create = new QToolButton;
  create->setText(QStringLiteral("New"));
  create->setToolTip(QStringLiteral("A new text (Alt N)"));
  connect(create, &QToolButton::clicked, this, [this] { make_text(); });
  header.addWidget(create);
  header.addStretch(1);
  add_switch(header, "№", "Line numbers", &SpaceTextEditor::show_line_numbers);
  add_switch(header, "↵", "Long lines go on below", &SpaceTextEditor::show_word_wrap);
  add_switch(header, "Aa", "Colors for Python", &SpaceTextEditor::show_syntax_highlight);
  auto* button = new QToolButton;
  button->setText(QStringLiteral("Run ▶"));
  button->setToolTip(QStringLiteral("Run the script (Alt P)"));
  connect(button, &QToolButton::clicked, this, [this] { run(); });
  header.addWidget(button);
  show_text(shown_);
  apply_settings();
}

std::vector<std::pair<std::string, QRect>> TextEditor::named_places() const {
  std::vector<std::pair<std::string, QRect>> places{{"text", edit_->geometry()}};
  if (find_->isVisible()) {
    for (const auto& [name, rect] : find_->named_places()) {
      places.emplace_back(name, rect.translated(find_->pos()));
    }
  }
  return places;
}

void register_text(EditorRegistry& registry) {
  registry.add({"TEXT_EDITOR", QStringLiteral("Text Editor"),
                [](EditorContext& context) -> Editor* { return new TextEditor(context); }});
}

}  // namespace kiln::editor
