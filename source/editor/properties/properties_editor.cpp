#include "editor/properties/properties_editor.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>

namespace kiln::editor {

// The tabs, one below the other, with their names.
class PropertiesEditor::TabStrip : public QWidget {
public:
  explicit TabStrip(PropertiesEditor& editor) : editor_(editor) {
    setFixedWidth(86);
    setMouseTracking(true);
  }
  QRect tab_rect(PropertiesTab tab) const {
    int y = 6;
    for (int i = 0; i < properties_tab_count; ++i) {
      if (!has_tab(editor_.session(), PropertiesTab(i))) {
        continue;
      }
      if (PropertiesTab(i) == PropertiesTab::Object) {
        y += 8;
      }
      if (PropertiesTab(i) == tab) {
        return QRect(4, y, width() - 4, 26);
      }
      y += 27;
    }
    return {};
  }

protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& t = editor_.theme();
    painter.fillRect(rect(), t.window);
    for (int i = 0; i < properties_tab_count; ++i) {
      const QRectF rect = tab_rect(PropertiesTab(i));
      if (rect.isEmpty()) {
        continue;
      }
      const bool is_on = editor_.tab_ == PropertiesTab(i);
      if (is_on || hovered_ == i) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(is_on ? t.area : t.header);
        painter.drawRoundedRect(rect.adjusted(0, 0, 6, 0), 5, 5);
      }
      if (is_on) {
        painter.setBrush(t.accent);
        painter.drawRoundedRect(QRectF(rect.x(), rect.y() + 5, 3, rect.height() - 10), 1.5, 1.5);
      }
      painter.setPen(is_on ? t.text : t.text_dim);
      painter.drawText(rect.adjusted(10, 0, 0, 0), Qt::AlignVCenter,
                       QString(label_of(PropertiesTab(i))));
    }
  }
  void mousePressEvent(QMouseEvent* event) override {
    for (int i = 0; i < properties_tab_count; ++i) {
      if (tab_rect(PropertiesTab(i)).contains(event->pos())) {
        editor_.set_tab(PropertiesTab(i));
      }
    }
  }
  void mouseMoveEvent(QMouseEvent* event) override {
    hovered_ = -1;
    for (int i = 0; i < properties_tab_count; ++i) {
      if (tab_rect(PropertiesTab(i)).contains(event->pos())) {
        hovered_ = i;
      }
    }
    update();
  }
  void leaveEvent(QEvent*) override {
    hovered_ = -1;
    update();
  }

private:
  PropertiesEditor& editor_;
  int hovered_ = -1;
};

PropertiesEditor::PropertiesEditor(EditorContext& context)
    : Editor(context), access_(context.session) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  strip_ = new TabStrip(*this);
  layout->addWidget(strip_);
  view_ = new LayoutView(
      context,
      [this] {
        // What was active may have no such tab any more.
        const PropertiesTab tab = has_tab(session(), tab_) ? tab_
                                  : has_tab(session(), PropertiesTab::Object)
                                      ? PropertiesTab::Object
                                      : PropertiesTab::Scene;
        if (strip_) {
          strip_->update();
        }
        return make_panels(session(), tab);
      },
      access_);
  scroll_ = new QScrollArea;
  scroll_->setWidget(view_);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  layout->addWidget(scroll_);
}

void PropertiesEditor::set_tab(PropertiesTab tab) {
  tab_ = tab;
  view_->rebuild();
  scroll_->verticalScrollBar()->setValue(0);
  strip_->update();
}

std::vector<std::pair<std::string, QRect>> PropertiesEditor::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (int i = 0; i < properties_tab_count; ++i) {
    const QRect rect = strip_->tab_rect(PropertiesTab(i));
    if (!rect.isEmpty()) {
      places.emplace_back(std::string("tab:") + label_of(PropertiesTab(i)),
                          rect.translated(strip_->pos()));
    }
  }
  const QPoint offset = view_->mapTo(const_cast<PropertiesEditor*>(this), QPoint(0, 0));
  const QRect visible(scroll_->pos(), scroll_->size());
  for (const auto& [name, rect] : view_->named_places()) {
    const QRect at = rect.translated(offset);
    if (visible.intersects(at)) {
      places.emplace_back(name, at);
    }
  }
  return places;
}

void register_properties(EditorRegistry& registry) {
  registry.add({"PROPERTIES", QStringLiteral("Properties"),
                [](EditorContext& context) -> Editor* { return new PropertiesEditor(context); }});
}

}  // namespace kiln::editor
