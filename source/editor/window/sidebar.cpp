#include "editor/window/sidebar.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <algorithm>

#include "core/script_panels.h"
#include "editor/layout/script_layout.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

constexpr int panel_width = 232, strip_width = 22, tab_padding = 18;

}  // namespace

// The tabs, written from top to bottom.
class Sidebar::Strip : public QWidget {
public:
  explicit Strip(Sidebar& sidebar) : QWidget(&sidebar), sidebar_(sidebar) {
    setFixedWidth(strip_width);
  }
  QRect tab_rect(const std::string& tab) const {
    int y = 4;
    for (const std::string& one : sidebar_.tabs_) {
      const int length = fontMetrics().horizontalAdvance(QString::fromStdString(one)) + tab_padding;
      if (one == tab) {
        return QRect(0, y, width() - 2, length);
      }
      y += length + 2;
    }
    return {};
  }

protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& t = sidebar_.context_.theme;
    painter.fillRect(rect(), t.window);
    for (const std::string& tab : sidebar_.tabs_) {
      const QRect rect = tab_rect(tab);
      const bool is_on = tab == sidebar_.tab_;
      painter.setPen(Qt::NoPen);
      painter.setBrush(is_on ? t.area : t.header);
      painter.drawRoundedRect(QRectF(rect).adjusted(-4, 0, 0, 0), 4, 4);
      painter.save();
      painter.translate(rect.right() - 5, rect.top());
      painter.rotate(90);
      painter.setPen(is_on ? t.text : t.text_dim);
      painter.drawText(QRect(0, 0, rect.height(), rect.width() - 4), Qt::AlignCenter,
                       QString::fromStdString(tab));
      painter.restore();
    }
  }
  void mousePressEvent(QMouseEvent* event) override {
    for (const std::string& tab : sidebar_.tabs_) {
      if (tab_rect(tab).contains(event->pos())) {
        sidebar_.set_tab(std::string(tab));
        return;
      }
    }
  }

private:
  Sidebar& sidebar_;
};

Sidebar::Sidebar(EditorContext& context, std::string space, std::vector<std::string> tabs,
                 Fill fill, QWidget* parent)
    : QWidget(parent),
      context_(context),
      space_(std::move(space)),
      own_tabs_(tabs),
      tabs_(std::move(tabs)),
      fill_(std::move(fill)),
      tab_(tabs_.empty() ? std::string() : tabs_.front()),
      access_(context.session) {
  setFixedWidth(panel_width + strip_width);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  strip_ = new Strip(*this);
  view_ = new LayoutView(
      context, [this] { return make(); }, access_);
  scroll_ = new QScrollArea;
  scroll_->setWidget(view_);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  row->addWidget(scroll_);
  row->addWidget(strip_);
}

LayoutItem Sidebar::make() {
  LayoutItem root;
  auto* panels = context_.session.services().find<ScriptPanels>();
  std::vector<ScriptPanel> drawn;
  // Nobody sees what a closed sidebar would show.
  if (panels && isVisible()) {
    drawn = panels->draw(space_, "UI", "");
  }
  tabs_ = own_tabs_;
  for (ScriptPanel& panel : drawn) {
    // Panels without a category lie in one of their own.
    panel.category = panel.category.empty() ? "Misc" : panel.category;
    if (std::find(tabs_.begin(), tabs_.end(), panel.category) == tabs_.end()) {
      tabs_.push_back(panel.category);
    }
  }
  if (isVisible() && std::find(tabs_.begin(), tabs_.end(), tab_) == tabs_.end() && !tabs_.empty()) {
    tab_ = tabs_.front();
  }
  fill_(tab_, root);
  for (ScriptPanel& panel : drawn) {
    if (std::exchange(panel.category, {}) == tab_) {
      add_script_panel(root, panel, context_.session);
    }
  }
  if (strip_) {
    strip_->update();
  }
  return root;
}

// What scripts have is asked for once somebody sees it.
void Sidebar::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  view_->rebuild();
}

void Sidebar::set_tab(const std::string& tab) {
  tab_ = tab;
  view_->rebuild();
  strip_->update();
}

std::vector<std::pair<std::string, QRect>> Sidebar::named_places(const QWidget& in) const {
  std::vector<std::pair<std::string, QRect>> places;
  if (!isVisible()) {
    return places;
  }
  const auto to = [&](const QWidget& from, const QRect& rect) {
    return QRect(in.mapFromGlobal(from.mapToGlobal(rect.topLeft())), rect.size());
  };
  for (const std::string& tab : tabs_) {
    places.emplace_back("sidebar:" + tab, to(*strip_, strip_->tab_rect(tab)));
  }
  const QRect visible = to(*scroll_, scroll_->rect());
  for (const auto& [name, rect] : view_->named_places()) {
    const QRect at = to(*view_, rect);
    if (visible.intersects(at)) {
      places.emplace_back(name, at);
    }
  }
  return places;
}

}  // namespace kiln::editor
