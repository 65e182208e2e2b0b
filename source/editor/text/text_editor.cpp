#include "editor/text/text_editor.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "document/text.h"
#include "document/window_layout.h"
#include "editor/text/highlighter.h"
#include "editor/window/menus.h"

namespace kiln::editor {

TextEditor::TextEditor(EditorContext& context)
    : Editor(context), edit_(new QPlainTextEdit), timer_(new QTimer(this)) {
  edit_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  edit_->setTabStopDistance(4 * edit_->fontMetrics().horizontalAdvance(' '));
  edit_->setProperty("follows_mouse", true);
  edit_->setLineWrapMode(QPlainTextEdit::NoWrap);
  highlighter_ = new PythonHighlighter(edit_->document(), context.theme);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(edit_);
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
  const auto& all = session().document().all(BlockType::Text);
  show_text(all.empty() ? BlockId{} : all.front());
}

void TextEditor::fill_space(Space& space) const {
  if (auto* view = dynamic_cast<SpaceTextEditor*>(&space)) {
    view->text = {shown_};
    view->show_word_wrap = edit_->lineWrapMode() != QPlainTextEdit::NoWrap;
    view->show_syntax_highlight = highlighter_->document() != nullptr;
    view->use_overwrite = edit_->overwriteMode();
    view->tab_width = tab_width_;
    view->font_size = edit_->fontInfo().pixelSize();
    view->visible_lines = edit_->viewport()->height() / std::max(1, edit_->fontMetrics().height());
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
  edit_->setLineWrapMode(view->show_word_wrap ? QPlainTextEdit::WidgetWidth
                                              : QPlainTextEdit::NoWrap);
  edit_->setOverwriteMode(view->use_overwrite);
  if ((highlighter_->document() != nullptr) != view->show_syntax_highlight) {
    highlighter_->setDocument(view->show_syntax_highlight ? edit_->document() : nullptr);
  }
  if (edit_->fontInfo().pixelSize() != view->font_size) {
    QFont font = edit_->font();
    font.setPixelSize(view->font_size);
    edit_->setFont(font);
  }
  tab_width_ = view->tab_width;
  edit_->setTabStopDistance(tab_width_ * edit_->fontMetrics().horizontalAdvance(' '));
}

void TextEditor::show_text(BlockId id) {
  const Text* text = session().document().find<Text>(id);
  shown_ = {};
  const QString content = text ? QString::fromStdString(text->as_string()) : QString();
  if (content != edit_->toPlainText()) {
    edit_->setPlainText(content);
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
        stored_version_ = edited.version(Change::All);
        return {};
      },
      merge_key_);
}

void TextEditor::run() {
  store();
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

bool TextEditor::run_command(const std::string& command, const OperatorSettings&) {
  if (command == "text.run_script") {
    run();
    return true;
  }
  return false;
}

void TextEditor::build_header(QHBoxLayout& header) {
  add_header_menu(header, QStringLiteral("Text"), [this](QMenu& menu) {
    for (const BlockId id : session().document().all(BlockType::Text)) {
      menu.addAction(QString::fromStdString(session().document().find(id)->name), [this, id] {
        store();
        show_text(id);
      });
    }
    menu.addSeparator();
    menu.addAction(QStringLiteral("New"), [this] {
      BlockId made;
      session().edit("New Text", [&](Document& document) -> Result<void> {
        made = document.add<Text>("Text").id;
        return {};
      });
      show_text(made);
    });
  });
  auto* create = new QToolButton;
  create->setText(QStringLiteral("New"));
  connect(create, &QToolButton::clicked, this, [this] {
    BlockId made;
    session().edit("New Text", [&](Document& document) -> Result<void> {
      made = document.add<Text>("Text").id;
      return {};
    });
    show_text(made);
    edit_->setFocus();
  });
  header.addWidget(create);
  name_ = new QLabel;
  header.addWidget(name_);
  header.addStretch(1);
  auto* button = new QToolButton;
  button->setText(QStringLiteral("Run ▶"));
  button->setToolTip(QStringLiteral("Run the script (Alt P)"));
  connect(button, &QToolButton::clicked, this, [this] { run(); });
  header.addWidget(button);
  show_text(shown_);
}

std::vector<std::pair<std::string, QRect>> TextEditor::named_places() const {
  return {{"text", edit_->geometry()}};
}

void register_text(EditorRegistry& registry) {
  registry.add({"TEXT_EDITOR", QStringLiteral("Text Editor"),
                [](EditorContext& context) -> Editor* { return new TextEditor(context); }});
}

}  // namespace kiln::editor
