#include "editor/layout/settings_popover.h"

#include <QGuiApplication>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

constexpr int popover_width = 300;

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
  return find(item);
}

void StructAccess::set(const LayoutItem& item, const Value& value, std::uint64_t) {
  const MutableRef found = find(item);
  if (found && write(found, *item.property, value)) {
    changed_();
  }
}

SettingsPopover::SettingsPopover(EditorContext& context, StructAccess::Structs structs,
                                 LayoutView::Make make, std::function<void()> changed,
                                 QWidget* parent)
    : QWidget(parent, Qt::Popup), context_(context), access_(std::move(structs), [this, changed] {
        changed();
        view_->rebuild();
        fit();
      }) {
  setAttribute(Qt::WA_DeleteOnClose);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(1, 4, 1, 4);
  view_ = new LayoutView(context, std::move(make), access_, this);
  layout->addWidget(view_);
  fit();
}

void SettingsPopover::fit() {
  resize(popover_width, 10 + view_->heightForWidth(popover_width - 2));
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
    places.emplace_back("popover:" + name, rect.translated(view_->pos()));
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
