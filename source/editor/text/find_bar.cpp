#include "editor/text/find_bar.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace kiln::editor {

FindBar::FindBar(SpaceTextEditor& settings, std::function<void()> changed)
    : settings_(settings), find_(new QLineEdit), replace_(new QLineEdit) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(6, 4, 6, 4);
  grid->setSpacing(3);
  find_->setPlaceholderText(QStringLiteral("Find"));
  replace_->setPlaceholderText(QStringLiteral("Replace with"));
  grid->addWidget(find_, 0, 0);
  grid->addWidget(replace_, 1, 0);
  const auto button = [&](const QString& text, const QString& tip, int row, int column) {
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    grid->addWidget(made, row, column);
    return made;
  };
  connect(
      button(QStringLiteral("Find Next"), QStringLiteral("Go to the next place (Ctrl G)"), 0, 1),
      &QToolButton::clicked, this, &FindBar::find_wanted);
  connect(
      button(QStringLiteral("Replace"), QStringLiteral("Replace this one and find the next"), 1, 1),
      &QToolButton::clicked, this, &FindBar::replace_wanted);
  connect(button(QStringLiteral("Replace All"), QStringLiteral("Replace all in this text"), 1, 2),
          &QToolButton::clicked, this, &FindBar::replace_all_wanted);
  const auto toggle = [&](const QString& text, const QString& tip, int row, int column,
                          bool SpaceTextEditor::*member) {
    QToolButton* made = button(text, tip, row, column);
    made->setCheckable(true);
    connect(made, &QToolButton::clicked, this, [this, member, changed](bool is_on) {
      settings_.*member = is_on;
      changed();
    });
    return made;
  };
  match_case_ =
      toggle(QStringLiteral("Case"), QStringLiteral("Capital letters have to be the same"), 0, 2,
             &SpaceTextEditor::use_match_case);
  wrap_ = toggle(QStringLiteral("Wrap"), QStringLiteral("Go on at the start of the text"), 0, 3,
                 &SpaceTextEditor::use_find_wrap);
  all_ = toggle(QStringLiteral("All"), QStringLiteral("Go on in the other texts"), 1, 3,
                &SpaceTextEditor::use_find_all);
  connect(find_, &QLineEdit::textEdited, this, [this, changed](const QString& text) {
    settings_.find_text = text.toStdString();
    changed();
  });
  connect(replace_, &QLineEdit::textEdited, this, [this, changed](const QString& text) {
    settings_.replace_text = text.toStdString();
    changed();
  });
  connect(find_, &QLineEdit::returnPressed, this, &FindBar::find_wanted);
  connect(replace_, &QLineEdit::returnPressed, this, &FindBar::replace_wanted);
  refresh();
}

void FindBar::refresh() {
  const auto show = [](QLineEdit& field, const std::string& text) {
    const QString shown = QString::fromStdString(text);
    if (field.text() != shown) {
      field.setText(shown);
    }
  };
  show(*find_, settings_.find_text);
  show(*replace_, settings_.replace_text);
  match_case_->setChecked(settings_.use_match_case);
  wrap_->setChecked(settings_.use_find_wrap);
  all_->setChecked(settings_.use_find_all);
}

void FindBar::focus_find() {
  find_->setFocus();
  find_->selectAll();
}

void FindBar::focus_replace() {
  replace_->setFocus();
  replace_->selectAll();
}

void FindBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    Q_EMIT close_wanted();
    return;
  }
  QWidget::keyPressEvent(event);
}

std::vector<std::pair<std::string, QRect>> FindBar::named_places() const {
  std::vector<std::pair<std::string, QRect>> places{{"find", find_->geometry()},
                                                    {"replace", replace_->geometry()}};
  for (const QToolButton* button : findChildren<QToolButton*>()) {
    places.emplace_back("find:" + button->text().toStdString(), button->geometry());
  }
  return places;
}

}  // namespace kiln::editor
