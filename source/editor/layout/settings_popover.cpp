#include "editor/layout/settings_popover.h"

#include <QGuiApplication>
#include <QPainter>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

constexpr int popover_width = 300, screen_margin = 16;

}  // namespace

MutableRef StructAccess::find(const LayoutItem& item) const {
  for (const MutableRef& ref : structs_()) {
    if (item.property && ref.schema->property(item.property->identifier) == item.property) {
      return ref;
    }
  }
  return {};
}

ConstRef StructAccess::owner(const LayoutItem& item) const {
  return item.owner ? document_.owner(item) : find(item);
}

void StructAccess::set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) {
  if (item.owner) {
    document_.set(item, value, merge_key);
    changed_();
    return;
  }
  const MutableRef found = find(item);
  if (found && write(found, *item.property, value)) {
    changed_();
  }
}

SettingsPopover::SettingsPopover(EditorContext& context, StructAccess::Structs structs,
                                 LayoutView::Make make, std::function<void()> changed,
                                 QWidget* parent)
    : QWidget(parent, Qt::Popup),
      context_(context),
      access_(context.session, std::move(structs), [this, changed] {
        changed();
        view_->rebuild();
        fit();
      }) {
  setAttribute(Qt::WA_DeleteOnClose);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 4, 1, 4);
  view_ = new LayoutView(context, std::move(make), access_, this);
  // Taller than the screen it scrolls.
  auto* scroll = new QScrollArea;
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(view_);
  layout->addWidget(scroll);
  fit();
}

void SettingsPopover::fit() {
  resize(popover_width, std::min(10 + view_->heightForWidth(popover_width - 2),
                                 screen()->availableGeometry().height() - screen_margin));
}

void SettingsPopover::show_below(const QWidget& widget) {
  const QRect button(widget.mapToGlobal(QPoint(0, 0)), widget.size());
  const QRect room = screen()->availableGeometry();
  move(std::clamp(button.right() - width(), room.left(),
                  std::max(room.left(), room.right() - width())),
       std::min(button.bottom() + 2, std::max(room.top(), room.bottom() - height())));
  show();
}

std::vector<std::pair<std::string, QRect>> SettingsPopover::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const auto& [name, rect] : view_->named_places()) {
    places.emplace_back("popover:" + name, rect.translated(view_->mapTo(this, QPoint(0, 0))));
  }
  return places;
}

void SettingsPopover::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), context_.theme.panel);
  painter.setPen(context_.theme.border);
  painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace kiln::editor
