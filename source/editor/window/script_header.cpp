#include "editor/window/script_header.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

#include "editor/layout/field_values.h"
#include "editor/layout/layout_painter.h"
#include "editor/layout/layout_view.h"
#include "editor/layout/script_layout.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;

// Changes in a row are shown together.
constexpr int delay_ms = 30;
constexpr int value_width = 130;

QString shown(const LayoutItem& item) {
  const QString sign = QString::fromUtf8(icon_sign(item.icon));
  const QString text = QString::fromStdString(item.text);
  return sign.isEmpty() ? text : text.isEmpty() ? sign : sign + QLatin1Char(' ') + text;
}

}  // namespace

ScriptHeader::ScriptHeader(EditorContext& context, std::string space)
    : context_(context),
      space_(std::move(space)),
      access_(context.session),
      row_(new QHBoxLayout(this)) {
  row_->setContentsMargins(0, 0, 0, 0);
  row_->setSpacing(3);
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) {
    if (!std::exchange(is_due_, true)) {
      QTimer::singleShot(delay_ms, this, [this] { rebuild(); });
    }
  }));
  rebuild();
}

void ScriptHeader::rebuild() {
  is_due_ = false;
  while (QLayoutItem* old = row_->takeAt(0)) {
    if (old->widget()) {
      old->widget()->hide();
      old->widget()->deleteLater();
    }
    delete old;
  }
  auto* panels = context_.session.services().find<ScriptPanels>();
  const auto drawn = panels ? panels->draw_header(space_) : std::nullopt;
  if (drawn) {
    add(from_script(*drawn, context_.session));
  }
  setVisible(row_->count() > 0);
}

void ScriptHeader::add(const LayoutItem& item) {
  const auto add_button = [&](const QString& text) {
    auto* button = new QToolButton;
    button->setText(text);
    if (item.picture) {
      button->setIcon(QPixmap::fromImage(picture_of(item)));
      button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    }
    button->setToolTip(QString::fromStdString(item.tip));
    button->setEnabled(item.is_enabled);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row_->addWidget(button);
    return button;
  };
  switch (item.kind) {
    case Kind::Button: {
      QToolButton* button = add_button(shown(item));
      connect(button, &QToolButton::clicked, this,
              [this, item] { context_.invoke(item.command, item.settings); });
      break;
    }
    case Kind::Menu:
    case Kind::Popover: {
      QToolButton* button = add_button(shown(item));
      if (item.kind == Kind::Popover) {
        connect(button, &QToolButton::clicked, this, [this, button, item] {
          context_.show_panel(item.name, button->mapToGlobal(QPoint(0, button->height())));
        });
        break;
      }
      button->setProperty("flat", true);
      button->setPopupMode(QToolButton::InstantPopup);
      auto* menu = new QMenu(button);
      connect(menu, &QMenu::aboutToShow, menu, [this, menu, item] {
        menu->clear();
        fill_menu(*menu, context_, item);
      });
      button->setMenu(menu);
      break;
    }
    case Kind::Label: {
      auto* label = new QLabel(shown(item));
      if (item.is_warning) {
        label->setStyleSheet(QStringLiteral("color: %1;").arg(context_.theme.warning.name()));
        label->setObjectName(QStringLiteral("warning"));
      }
      row_->addWidget(label);
      break;
    }
    case Kind::Property: {
      if (item.property->type == PropertyType::Boolean && !item.property->is_array()) {
        LayoutItem named = item;
        named.text = item.text.empty() && !item.has_no_label ? item.property->label : item.text;
        QToolButton* button = add_button(shown(named));
        button->setCheckable(true);
        FieldValues values(context_.session, access_);
        button->setChecked(values.is_on({&item, {}, {}, {}, PlacedItem::Field::Check}));
        connect(button, &QToolButton::clicked, this, [this, item] {
          FieldValues(context_.session, access_)
              .toggle({&item, {}, {}, {}, PlacedItem::Field::Check});
        });
        break;
      }
      LayoutItem inner{.kind = Kind::Row};
      inner.add(item);
      auto* view = new LayoutView(
          context_,
          [inner] {
            LayoutItem root;
            root.add(inner);
            return root;
          },
          access_);
      view->fit_header();
      view->setFixedWidth(value_width);
      row_->addWidget(view);
      break;
    }
    case Kind::Separator:
    case Kind::Spacer:
      row_->addSpacing(8);
      break;
    case Kind::Native:
    case Kind::List:
      break;
    default:
      for (const LayoutItem& child : item.children) {
        add(child);
      }
      break;
  }
}

std::vector<std::pair<std::string, QRect>> ScriptHeader::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (int i = 0; i < row_->count(); ++i) {
    const QWidget* widget = row_->itemAt(i)->widget();
    if (const auto* button = qobject_cast<const QToolButton*>(widget)) {
      places.emplace_back("header:" + button->text().toStdString(), button->geometry());
    } else if (const auto* label = qobject_cast<const QLabel*>(widget)) {
      places.emplace_back(
          (label->objectName() == QStringLiteral("warning") ? "warning:" : "label:") +
              label->text().toStdString(),
          label->geometry());
    } else if (const auto* view = qobject_cast<const LayoutView*>(widget)) {
      for (const auto& [name, rect] : view->named_places()) {
        places.emplace_back(name, rect.translated(view->pos()));
      }
    }
  }
  return places;
}

}  // namespace kiln::editor
