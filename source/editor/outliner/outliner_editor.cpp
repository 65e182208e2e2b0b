#include "editor/outliner/outliner_editor.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "editor/layout/settings_popover.h"
#include "editor/layout/struct_state.h"
#include "editor/outliner/outliner_view.h"
#include "editor/session/operator_settings.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

const Property& setting(const char* name) {
  return *SpaceOutliner::schema().property(name);
}

QIcon filter_icon(const Theme& theme) {
  constexpr int side = 16, density = 3;
  QPixmap picture(side * density, side * density);
  picture.setDevicePixelRatio(density);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.text, 1.3));
  const QPointF funnel[6] = {{2, 3}, {14, 3}, {9.5, 8.5}, {9.5, 13}, {6.5, 11}, {6.5, 8.5}};
  painter.drawPolygon(funnel, 6);
  return QIcon(picture);
}

// The interface names another program in one of them.
QString shown_label(const EnumItem& item) {
  return item.identifier == "LIBRARIES" ? QStringLiteral("Kiln File")
                                        : QString::fromStdString(item.label);
}

}  // namespace

OutlinerEditor::OutlinerEditor(EditorContext& context)
    : Editor(context), model_(context.session), view_(new OutlinerView(context, model_)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(view_);
  connections_.push_back(context.session.changed.connect([this](const ChangeSet& changes) {
    // Lists of what is used, selected or set change with every edit; trees only with these.
    bool rows_changed = model_.settings.display_mode != OutlinerMode::ViewLayer ||
                        model_.settings.filter_state != OutlinerState::All;
    for (const BlockChange& change : changes.blocks) {
      rows_changed = rows_changed || change.what != BlockChange::What::Edited ||
                     any(change.kinds & (Change::Hierarchy | Change::Name));
    }
    view_->refresh(rows_changed);
  }));
  connections_.push_back(context.theme_changed.connect([this] { view_->refresh(false); }));
}

bool OutlinerEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  if (command == "outliner.item_rename") {
    view_->rename_active();
  } else if (command == "outliner.show_active") {
    view_->show_active();
  } else if (command == "outliner.show_one_level" || command == "outliner.expanded_toggle") {
    model_.open_all(flag_setting(settings, "open", true));
    view_->refresh(true);
  } else if (command == "outliner.show_hierarchy") {
    model_.show_hierarchy();
    view_->refresh(true);
  } else if (command == "outliner.scroll_page") {
    view_->verticalScrollBar()->triggerAction(flag_setting(settings, "up")
                                                  ? QAbstractSlider::SliderPageStepSub
                                                  : QAbstractSlider::SliderPageStepAdd);
  } else if (command == "outliner.select_walk") {
    walk(text_setting(settings, "direction"), flag_setting(settings, "extend"));
  } else if (command == "outliner.select_all") {
    context().invoke("object.select_all", settings);
  } else if (command == "outliner.hide") {
    context().invoke("object.hide_view_set", {{"unselected", Value(false)}});
  } else if (command == "outliner.unhide_all") {
    context().invoke("object.hide_view_clear", {});
  } else if (run_collection_command(command, settings)) {
  } else if (command == "outliner.collection_new") {
    model_.add_collection();
  } else if (command == "outliner.id_copy" || command == "outliner.id_paste") {
    context().commands.run(command == "outliner.id_copy" ? "view3d.copybuffer"
                                                         : "view3d.pastebuffer");
  } else {
    return false;
  }
  return true;
}

void OutlinerEditor::walk(const std::string& direction, bool extends) {
  if (direction == "LEFT" || direction == "RIGHT") {
    if (model_.open_active(direction == "RIGHT")) {
      view_->refresh(true);
    }
  } else if (model_.walk(direction == "UP", extends)) {
    view_->show_active();
  }
}

bool OutlinerEditor::run_collection_command(const std::string& command,
                                            const OperatorSettings& settings) {
  if (command == "outliner.delete") {
    // What the mouse is on says whether collections or objects are meant.
    if (view_->is_on_collection()) {
      model_.delete_collection(flag_setting(settings, "hierarchy"));
    } else {
      context().invoke("object.delete", {});
    }
  } else if (command == "outliner.collection_hierarchy_delete") {
    model_.delete_collection(true);
  } else if (command == "outliner.collection_objects_select") {
    model_.set_objects_selected(true);
  } else if (command == "outliner.collection_objects_deselect") {
    model_.set_objects_selected(false);
  } else if (command == "outliner.collection_exclude_set") {
    model_.set_excluded(true);
  } else if (command == "outliner.collection_exclude_clear") {
    model_.set_excluded(false);
  } else if (command == "outliner.collection_instance") {
    model_.instance_collection();
  } else {
    return false;
  }
  return true;
}

void OutlinerEditor::copy_python_path() {
  if (const Object* active = session().active_object()) {
    QApplication::clipboard()->setText(QString::fromStdString(
        python_path(session().document(), {active->id, {}}, nullptr, session().services())));
  }
}

bool OutlinerEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  const auto add_view = [&] {
    menu.addAction(QStringLiteral("Show Active"), this, [this] { view_->show_active(); });
    menu.addAction(QStringLiteral("Show One Level"), this,
                   [this] { run_command("outliner.show_one_level", {}); });
    menu.addAction(QStringLiteral("Hide One Level"), this, [this] {
      run_command("outliner.show_one_level", {{"open", Value(false)}});
    });
  };
  if (name == "OUTLINER_MT_object") {
    add_menu_item(menu, context(), "view3d.copybuffer");
    add_menu_item(menu, context(), "view3d.pastebuffer");
    menu.addSeparator();
    add_menu_item(menu, context(), "object.duplicate", {}, "Duplicate");
    add_menu_item(menu, context(), "object.delete", {}, "Delete");
    menu.addAction(QStringLiteral("Rename\tF2"), this, [this] { view_->rename_active(); });
    menu.addSeparator();
    menu.addAction(QStringLiteral("Select Hierarchy"), this, [this] { model_.select_hierarchy(); });
    add_menu_item(menu, context(), "object.parent_clear", {}, "Clear Parent");
    menu.addSeparator();
    menu.addAction(QStringLiteral("Copy as Python"), this, [this] { copy_python_path(); });
    menu.addSeparator();
    add_view();
    return true;
  }
  if (name == "OUTLINER_MT_collection" || name == "OUTLINER_MT_collection_new") {
    menu.addAction(QStringLiteral("New Collection\tC"), this, [this] { model_.add_collection(); });
    add_menu_item(menu, context(), "view3d.pastebuffer");
    if (name == "OUTLINER_MT_collection" && model_.active_collection()) {
      fill_collection_menu(menu);
    }
    menu.addSeparator();
    add_view();
    return true;
  }
  if (name == "OUTLINER_MT_context_menu") {
    add_view();
    return true;
  }
  return false;
}

void OutlinerEditor::fill_collection_menu(QMenu& menu) {
  const auto add = [&](const char* label, const char* command) {
    menu.addAction(QString::fromUtf8(label), this,
                   [this, command] { run_collection_command(command, {}); });
  };
  menu.addSeparator();
  add("Instance to Scene", "outliner.collection_instance");
  menu.addAction(QStringLiteral("Delete"), this, [this] { model_.delete_collection(false); });
  add("Delete Hierarchy", "outliner.collection_hierarchy_delete");
  menu.addSeparator();
  add("Select Objects", "outliner.collection_objects_select");
  add("Deselect Objects", "outliner.collection_objects_deselect");
  menu.addSeparator();
  add("Disable from View Layer\tE", "outliner.collection_exclude_set");
  add("Enable in View Layer\tAlt E", "outliner.collection_exclude_clear");
  QMenu* tags = menu.addMenu(QStringLiteral("Set Color Tag"));
  const Property& tag = *Collection::schema().property("color_tag");
  for (const EnumItem& item : tag.items) {
    tags->addAction(QString::fromStdString(item.label), this, [this, value = item.value] {
      model_.set_color_tag(CollectionColorTag(value));
    });
  }
}

// What is listed and which columns there are.
LayoutItem OutlinerEditor::filter_layout() const {
  LayoutItem root;
  const SpaceOutliner& s = model_.settings;
  const bool is_tree =
      s.display_mode == OutlinerMode::ViewLayer || s.display_mode == OutlinerMode::Scenes;
  if (is_tree) {
    LayoutItem& columns = root.panel("outliner.columns", "Columns");
    for (const char* name :
         {"show_mode_column", "show_restrict_column_enable", "show_restrict_column_select",
          "show_restrict_column_hide", "show_restrict_column_viewport",
          "show_restrict_column_render", "show_restrict_column_holdout",
          "show_restrict_column_indirect_only"}) {
      columns.prop({}, setting(name));
    }
  }
  if (s.display_mode == OutlinerMode::LibraryOverrides) {
    LayoutItem& overrides = root.panel("outliner.overrides", "Overrides");
    overrides.prop({}, setting("lib_override_view_mode"), "Below");
    overrides.prop({}, setting("use_filter_lib_override_system"), "System Overrides");
  }
  LayoutItem& search = root.panel("outliner.search", "Search");
  search.prop({}, setting("use_filter_complete"), "Exact Match");
  search.prop({}, setting("use_filter_case_sensitive"), "Case Sensitive");
  LayoutItem& order = root.panel("outliner.order", "Order");
  order.prop({}, setting("use_sort_alpha"));
  order.prop({}, setting("use_sync_select"), "Sync Selection");
  if (!is_tree) {
    LayoutItem& types = root.panel("outliner.types", "Filter");
    types.prop({}, setting("use_filter_id_type"));
    if (s.use_filter_id_type) {
      types.prop({}, setting("filter_id_type"), "Type");
    }
    return root;
  }
  LayoutItem& filter = root.panel("outliner.filter", "Filter");
  filter.prop({}, setting("use_filter_collection"), "Collections");
  filter.prop({}, setting("use_filter_object"), "Objects");
  if (s.use_filter_object) {
    filter.prop({}, setting("filter_state"), "State");
    if (s.filter_state != OutlinerState::All) {
      filter.prop({}, setting("filter_invert"));
    }
    filter.prop({}, setting("use_filter_object_content"), "Object Contents");
    filter.prop({}, setting("use_filter_children"), "Object Children");
    for (const auto& [name, label] : {std::pair{"use_filter_object_mesh", "Meshes"},
                                      std::pair{"use_filter_object_light", "Lights"},
                                      std::pair{"use_filter_object_camera", "Cameras"},
                                      std::pair{"use_filter_object_empty", "Empties"},
                                      std::pair{"use_filter_object_others", "Others"}}) {
      filter.prop({}, setting(name), label);
    }
  }
  return root;
}

void OutlinerEditor::settings_changed() {
  view_->refresh(true);
  const OutlinerMode mode = model_.settings.display_mode;
  if (search_) {
    const QString text = QString::fromStdString(model_.settings.filter_text);
    if (search_->text() != text) {
      search_->setText(text);
    }
    const EnumItem* item = setting("display_mode").item_of_value(int(mode));
    mode_->setText(item ? shown_label(*item) : QString());
    add_->setVisible(mode == OutlinerMode::ViewLayer);
    purge_->setVisible(mode == OutlinerMode::OrphanData);
  }
  state_changed.emit();
}

void OutlinerEditor::build_header(QHBoxLayout& header) {
  mode_ = add_header_menu(header, QString(), [this](QMenu& menu) {
    for (const EnumItem& item : setting("display_mode").items) {
      QAction* action = menu.addAction(shown_label(item), this, [this, value = item.value] {
        model_.settings.display_mode = OutlinerMode(value);
        settings_changed();
      });
      action->setCheckable(true);
      action->setChecked(item.value == int(model_.settings.display_mode));
    }
  });
  mode_->setToolTip(QStringLiteral("What is listed"));
  purge_ = new QToolButton;
  purge_->setText(QStringLiteral("Purge"));
  purge_->setToolTip(QStringLiteral("Remove all data that nothing uses"));
  connect(purge_, &QToolButton::clicked, this,
          [this] { context().invoke("outliner.orphans_purge", {}); });
  header.addWidget(purge_);
  search_ = new QLineEdit;
  search_->setPlaceholderText(QStringLiteral("Search"));
  search_->setClearButtonEnabled(true);
  search_->setMinimumWidth(50);
  search_->setMaximumWidth(180);
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
    model_.settings.filter_text = text.toStdString();
    view_->refresh(true);
  });
  header.addWidget(search_, 1);
  auto* filter = new QToolButton;
  filter->setText(QStringLiteral("Filter"));
  filter->setToolTip(QStringLiteral("Columns, order and what is left out"));
  connect(filter, &QToolButton::clicked, this, [this, filter] {
    (new SettingsPopover(
         context(),
         [this] {
           return std::vector<MutableRef>{{&SpaceOutliner::schema(), &model_.settings}};
         },
         [this] { return filter_layout(); }, [this] { settings_changed(); }, this))
        ->show_below(*filter);
  });
  filter->setFixedWidth(28);
  const auto show_sign = [this, filter] { filter->setIcon(filter_icon(theme())); };
  show_sign();
  connections_.push_back(context().theme_changed.connect(show_sign));
  header.addWidget(filter);
  add_ = new QToolButton;
  add_->setText(QStringLiteral("+"));
  add_->setToolTip(QStringLiteral("New collection inside the active one"));
  connect(add_, &QToolButton::clicked, this, [this] { model_.add_collection(); });
  header.addWidget(add_);
  settings_changed();
}

std::string OutlinerEditor::state() const {
  return write_struct_state({&SpaceOutliner::schema(), &model_.settings});
}

void OutlinerEditor::restore(const std::string& state) {
  read_struct_state(state, {&SpaceOutliner::schema(), &model_.settings});
  settings_changed();
}

void OutlinerEditor::fill_space(Space& space) const {
  if (auto* outliner = dynamic_cast<SpaceOutliner*>(&space)) {
    const std::string kind = outliner->kind;
    *outliner = model_.settings;
    outliner->kind = kind;
  }
}

void OutlinerEditor::take_space(const Space& space) {
  if (const auto* outliner = dynamic_cast<const SpaceOutliner*>(&space)) {
    model_.settings = *outliner;
    settings_changed();
  }
}

std::vector<std::pair<std::string, QRect>> OutlinerEditor::named_places() const {
  return view_->named_places();
}

void register_outliner(EditorRegistry& registry) {
  registry.add({"OUTLINER", QStringLiteral("Outliner"),
                [](EditorContext& context) -> Editor* { return new OutlinerEditor(context); }});
}

}  // namespace kiln::editor
