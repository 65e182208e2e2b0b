#include "editor/info/info_editor.h"

#include <QFontDatabase>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QVBoxLayout>

#include "editor/layout/struct_state.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"

namespace kiln::editor {

InfoEditor::InfoEditor(EditorContext& context) : Editor(context), text_(new QPlainTextEdit) {
  text_->setReadOnly(true);
  text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  text_->setLineWrapMode(QPlainTextEdit::NoWrap);
  text_->setMaximumBlockCount(5000);
  text_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(text_, &QWidget::customContextMenuRequested, this, [this] {
    this->context().invoke("wm.call_menu", {{"name", Value("INFO_MT_context_menu")}});
  });
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(text_);
  connections_.push_back(context.session.log.added.connect([this] { add_new(); }));
  connections_.push_back(context.theme_changed.connect([this] { show_all(); }));
  add_new();
}

bool InfoEditor::is_wanted(const InfoLine& line) const {
  switch (line.kind) {
    case InfoLine::Kind::Action:
      return settings_.show_report_operator;
    case InfoLine::Kind::Debug:
      return settings_.show_report_debug;
    case InfoLine::Kind::Info:
      return settings_.show_report_info;
    case InfoLine::Kind::Warning:
      return settings_.show_report_warning;
    case InfoLine::Kind::Error:
      return settings_.show_report_error;
  }
  return true;
}

void InfoEditor::show_all() {
  text_->clear();
  shown_ = 0;
  is_last_shown_ = false;
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
    if (is_last_shown_) {
      QTextCursor cursor(text_->document()->lastBlock());
      cursor.select(QTextCursor::BlockUnderCursor);
      cursor.removeSelectedText();
    }
    --shown_;
  }
  for (; shown_ < lines.size(); ++shown_) {
    is_last_shown_ = is_wanted(lines[shown_]);
    if (!is_last_shown_) {
      continue;
    }
    QTextCharFormat format;
    format.setForeground(color(lines[shown_].kind));
    QTextCursor cursor(text_->document());
    cursor.movePosition(QTextCursor::End);
    if (!text_->document()->isEmpty()) {
      cursor.insertBlock();
    }
    // One line of the log is one line here, so that it can be taken back.
    cursor.insertText(
        QString::fromStdString(lines[shown_].text).replace('\n', QChar::LineSeparator), format);
  }
  text_->moveCursor(QTextCursor::End);
  text_->moveCursor(QTextCursor::StartOfLine);
}

bool InfoEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  const Value* action = find_setting(settings, "action");
  if (command == "info.select_all") {
    if (action && action->as_string() == "DESELECT") {
      QTextCursor cursor = text_->textCursor();
      cursor.clearSelection();
      text_->setTextCursor(cursor);
    } else {
      text_->selectAll();
    }
  } else if (command == "info.report_copy") {
    if (!text_->textCursor().hasSelection()) {
      text_->selectAll();
    }
    text_->copy();
  } else {
    return false;
  }
  return true;
}

bool InfoEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  const auto add = [&](const char* label, const char* command, const OperatorSettings& with = {}) {
    menu.addAction(QString::fromUtf8(label), this,
                   [this, command = std::string(command), with] { run_command(command, with); });
  };
  if (name == "INFO_MT_view") {
    const std::pair<const char*, bool SpaceInfo::*> kinds[] = {
        {"Operators", &SpaceInfo::show_report_operator},
        {"Debug", &SpaceInfo::show_report_debug},
        {"Information", &SpaceInfo::show_report_info},
        {"Warnings", &SpaceInfo::show_report_warning},
        {"Errors", &SpaceInfo::show_report_error}};
    for (const auto& [label, member] : kinds) {
      QAction* action =
          menu.addAction(QString::fromUtf8(label), this, [this, member = member](bool is_on) {
            settings_.*member = is_on;
            show_all();
            state_changed.emit();
          });
      action->setCheckable(true);
      action->setChecked(settings_.*member);
    }
  } else if (name == "INFO_MT_info" || name == "INFO_MT_context_menu") {
    add("Select All", "info.select_all");
    add("Deselect All", "info.select_all", {{"action", Value("DESELECT")}});
    menu.addSeparator();
    add("Copy", "info.report_copy");
  } else {
    return false;
  }
  return true;
}

void InfoEditor::build_header(QHBoxLayout& header) {
  add_header_menu(header, context(), QStringLiteral("View"), "INFO_MT_view");
  add_header_menu(header, context(), QStringLiteral("Info"), "INFO_MT_info");
}

std::vector<std::pair<std::string, QRect>> InfoEditor::named_places() const {
  return {{"info", text_->geometry()}};
}

std::string InfoEditor::state() const {
  return write_struct_state({&SpaceInfo::schema(), &settings_});
}

void InfoEditor::restore(const std::string& state) {
  read_struct_state(state, {&SpaceInfo::schema(), &settings_});
  show_all();
}

void InfoEditor::fill_space(Space& space) const {
  if (auto* info = dynamic_cast<SpaceInfo*>(&space)) {
    const std::string kind = info->kind;
    *info = settings_;
    info->kind = kind;
  }
}

void InfoEditor::take_space(const Space& space) {
  if (const auto* info = dynamic_cast<const SpaceInfo*>(&space)) {
    settings_ = *info;
    show_all();
    state_changed.emit();
  }
}

void register_info(EditorRegistry& registry) {
  registry.add({"INFO", QStringLiteral("Info"),
                [](EditorContext& context) -> Editor* { return new InfoEditor(context); }});
}

}  // namespace kiln::editor
