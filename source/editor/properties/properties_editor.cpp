#include "editor/properties/properties_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

#include "editor/layout/layout_filter.h"

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
    const PropertiesTarget target = editor_.target();
    for (int i = 0; i < properties_tab_count; ++i) {
      if (!has_tab(editor_.session(), target, PropertiesTab(i))) {
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
      const bool is_on = editor_.shown_tab() == PropertiesTab(i);
      if (is_on || hovered_ == i) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(is_on ? t.area : t.header);
        painter.drawRoundedRect(rect.adjusted(0, 0, 6, 0), 5, 5);
      }
      if (is_on) {
        painter.setBrush(t.accent);
        painter.drawRoundedRect(QRectF(rect.x(), rect.y() + 5, 3, rect.height() - 10), 1.5, 1.5);
      }
      const bool is_found = editor_.search_.empty() || editor_.found_[std::size_t(i)];
      painter.setPen(is_on && is_found ? t.text : is_found ? t.text_dim : t.border);
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
        if (strip_) {
          strip_->update();
        }
        if (path_) {
          const DataBlock* block = block_of(target(), shown_tab());
          path_->setText(block ? QString::fromStdString(block->name) : QString());
        }
        return make();
      },
      access_);
  scroll_ = new QScrollArea;
  scroll_->setWidget(view_);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  layout->addWidget(scroll_);
  connections_.push_back(context.data_clicked.connect(
      [this](PropertiesContext about, const QWidget& editor) { follow(about, editor); }));
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) {
    if (pinned_ && !session().document().find(pinned_)) {
      pin({});
    }
  }));
}

PropertiesTab PropertiesEditor::shown_tab() const {
  const PropertiesTarget now = target();
  for (const PropertiesTab tab : {tab_, PropertiesTab::Object, PropertiesTab::Data,
                                  PropertiesTab::Material, PropertiesTab::World}) {
    if (has_tab(session(), now, tab)) {
      return tab;
    }
  }
  return PropertiesTab::Scene;
}

LayoutItem PropertiesEditor::make() {
  LayoutItem root = make_panels(session(), target(), shown_tab());
  for (int i = 0; i < properties_tab_count; ++i) {
    found_[std::size_t(i)] = !search_.empty() && has_result(PropertiesTab(i));
  }
  if (!search_.empty()) {
    keep_matches(root, search_);
    if (root.children.empty()) {
      root.label("Nothing here has this text");
    }
  }
  return root;
}

bool PropertiesEditor::has_result(PropertiesTab tab) const {
  const PropertiesTarget now = target();
  if (!has_tab(session(), now, tab)) {
    return false;
  }
  LayoutItem root = make_panels(session(), now, tab);
  keep_matches(root, search_);
  return !root.children.empty();
}

void PropertiesEditor::pin(BlockId block) {
  pinned_ = block;
  settings_changed();
}

void PropertiesEditor::settings_changed() {
  if (pin_) {
    pin_->setChecked(bool(pinned_));
  }
  if (search_field_ && search_field_->text().toStdString() != search_) {
    search_field_->setText(QString::fromStdString(search_));
  }
  view_->rebuild();
  strip_->update();
}

bool PropertiesEditor::run_command(const std::string& command, const OperatorSettings&) {
  if (command == "buttons.toggle_pin") {
    const DataBlock* block = block_of(target(), shown_tab());
    pin(pinned_ || !block ? BlockId{} : block->id);
  } else if (command == "buttons.start_filter") {
    if (search_field_) {
      search_field_->setFocus();
    }
  } else if (command == "buttons.clear_filter") {
    search_.clear();
    settings_changed();
  } else {
    return false;
  }
  return true;
}

void PropertiesEditor::build_header(QHBoxLayout& header) {
  path_ = new QLabel;
  header.addWidget(path_);
  header.addStretch(1);
  search_field_ = new QLineEdit;
  search_field_->setPlaceholderText(QStringLiteral("Search"));
  search_field_->setClearButtonEnabled(true);
  search_field_->setMaximumWidth(120);
  connect(search_field_, &QLineEdit::textChanged, this, [this](const QString& text) {
    search_ = text.toStdString();
    view_->rebuild();
    strip_->update();
  });
  header.addWidget(search_field_);
  pin_ = new QToolButton;
  pin_->setText(QStringLiteral("Pin"));
  pin_->setToolTip(QStringLiteral("Keep showing this data-block whatever is selected"));
  pin_->setCheckable(true);
  connect(pin_, &QToolButton::clicked, this, [this] { run_command("buttons.toggle_pin", {}); });
  header.addWidget(pin_);
  settings_changed();
}

// The tabs in the order of the strip, as the interface calls them.
static constexpr PropertiesContext contexts[] = {
    PropertiesContext::Render,   PropertiesContext::Output, PropertiesContext::ViewLayer,
    PropertiesContext::Scene,    PropertiesContext::World,  PropertiesContext::Object,
    PropertiesContext::Modifier, PropertiesContext::Data,   PropertiesContext::Material,
    PropertiesContext::Tool};

void PropertiesEditor::follow(PropertiesContext about, const QWidget& editor) {
  // Areas that touch have but a narrow border between them.
  constexpr int border = 8;
  const auto area_of = [](const QWidget& widget) {
    const QWidget* whole = &widget;
    while (whole->parentWidget() && !whole->inherits("kiln::editor::AreaWidget")) {
      whole = whole->parentWidget();
    }
    return QRect(whole->mapToGlobal(QPoint(0, 0)), whole->size());
  };
  const QRect own = area_of(*this).adjusted(-border, -border, border, border);
  const bool is_beside = own.intersects(area_of(editor));
  if (outliner_sync_ == OutlinerSync::Never ||
      (outliner_sync_ == OutlinerSync::Auto && !is_beside)) {
    return;
  }
  for (int i = 0; i < properties_tab_count; ++i) {
    if (contexts[i] == about && has_tab(session(), target(), PropertiesTab(i))) {
      set_tab(PropertiesTab(i));
    }
  }
}

void PropertiesEditor::fill_space(Space& space) const {
  auto* properties = dynamic_cast<SpaceProperties*>(&space);
  if (!properties) {
    return;
  }
  const PropertiesTarget now = target();
  properties->context = contexts[int(shown_tab())];
  properties->pin_id = {pinned_};
  properties->outliner_sync = outliner_sync_;
  properties->search_filter = search_;
  properties->tabs.clear();
  properties->tab_search_results.clear();
  for (int i = 0; i < properties_tab_count; ++i) {
    if (has_tab(session(), now, PropertiesTab(i))) {
      properties->tabs.push_back(contexts[i]);
      properties->tab_search_results.push_back(found_[std::size_t(i)]);
    }
  }
}

void PropertiesEditor::take_space(const Space& space) {
  const auto* properties = dynamic_cast<const SpaceProperties*>(&space);
  if (!properties) {
    return;
  }
  for (int i = 0; i < properties_tab_count; ++i) {
    if (contexts[i] == properties->context && PropertiesTab(i) != shown_tab()) {
      set_tab(PropertiesTab(i));
    }
  }
  pinned_ = properties->pin_id.id;
  outliner_sync_ = properties->outliner_sync;
  search_ = properties->search_filter;
  settings_changed();
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
