#include "editor/node/node_editor.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>
#include <cmath>

#include "document/editor_spaces.h"
#include "editor/layout/choice_popup.h"
#include "editor/preferences/current.h"
#include "editor/session/operator_settings.h"
#include "editor/window/commands.h"
#include "editor/window/menus.h"
#include "editor/window/mouse_buttons.h"
#include "editor/window/sidebar.h"

namespace kiln::editor {

NodeEditor::NodeEditor(EditorContext& context) : Editor(context), model_(context.session) {
  setMouseTracking(true);
  model_.rebuild();
  side_ = new Sidebar(
      context, "NODE_EDITOR", {"Node"},
      [this](const std::string& tab, LayoutItem& root) {
        if (tab == "Node") {
          root.add(make_side());
        }
      },
      this);
  connections_.push_back(context.session.changed.connect([this](const ChangeSet&) { refresh(); }));
  connections_.push_back(context.theme_changed.connect([this] { update(); }));
}

int NodeEditor::canvas_width() const {
  return side_->isVisible() ? width() - side_->width() : width();
}

void NodeEditor::refresh() {
  const NodeTree* before = model_.tree();
  model_.rebuild();
  if (before && !is_fitted_) {
    view_all();
  }
  update();
}

void NodeEditor::resizeEvent(QResizeEvent*) {
  place_side();
  if (!is_fitted_) {
    view_all();
  }
}

// Beside the nodes, where there is room for both.
void NodeEditor::place_side() {
  side_->setVisible(is_side_open_ && width() > 560);
  side_->setGeometry(width() - side_->width(), 0, side_->width(), height());
}

float2 NodeEditor::to_tree(QPointF at) const {
  return {(float(at.x()) - float(canvas_width()) * 0.5f) / zoom_ + center_.x,
          (float(at.y()) - float(height()) * 0.5f) / zoom_ + center_.y};
}
QPointF NodeEditor::to_view(float2 at) const {
  return QPointF(double((at.x - center_.x) * zoom_) + canvas_width() * 0.5,
                 double((at.y - center_.y) * zoom_) + height() * 0.5);
}

void NodeEditor::view_all() {
  if (model_.nodes().empty() || canvas_width() < 50) {
    return;
  }
  float2 low{1e9f, 1e9f}, high{-1e9f, -1e9f};
  for (const NodeView& node : model_.nodes()) {
    low = {std::min(low.x, node.corner.x), std::min(low.y, node.corner.y)};
    high = {std::max(high.x, node.corner.x + node.size.x),
            std::max(high.y, node.corner.y + node.size.y)};
  }
  center_ = (low + high) * 0.5f;
  zoom_ = std::clamp(std::min(float(canvas_width()) / (high.x - low.x + 80.0f),
                              float(height()) / (high.y - low.y + 60.0f)),
                     0.1f, 1.2f);
  is_fitted_ = true;
  update();
}

LayoutItem NodeEditor::make_side() const {
  LayoutItem root;
  const NodeTree* tree = model_.tree();
  const Node* node = tree ? tree->find_node(tree->active_node) : nullptr;
  if (!node) {
    root.label(tree ? "No active node" : "No node tree");
    return root;
  }
  const Handle handle = node_handle(*tree, tree->active_node);
  const Schema& schema = node->dynamic_schema();
  LayoutItem& general = root.panel("node.node", "Node");
  for (const char* name : {"name", "label", "mute"}) {
    general.prop(handle, *schema.property(name));
  }
  LayoutItem& settings = root.panel("node.settings", "Settings");
  for (const Property* property : schema.all_properties()) {
    const PlacedItem::Field field = field_of(*property);
    const bool is_own = !Node::schema().property(property->identifier) && !property->is_hidden &&
                        !property->is_internal && (!property->is_read_only || is_plot(field));
    if (is_own && field != PlacedItem::Field::None &&
        (property->type != PropertyType::Pointer || property->storage == Storage::Block ||
         is_plot(field))) {
      settings.prop(handle, *property);
    }
  }
  if (settings.children.empty()) {
    root.children.pop_back();
  }
  LayoutItem& inputs = root.panel("node.inputs", "Inputs");
  for (std::int64_t i = 0; i < node->inputs.size(); ++i) {
    const NodeSocket& socket = node->inputs[i];
    const Property* value = socket.dynamic_schema().property("default_value");
    if (socket.enabled && !socket.hide_value && value && !tree->is_linked(node->inputs.id(i))) {
      inputs.prop(socket_handle(*tree, tree->active_node, node->inputs.id(i)), *value,
                  socket.label.empty() ? socket.name : socket.label);
    }
  }
  if (inputs.children.empty()) {
    inputs.label("All inputs are linked, or it has none");
  }
  return root;
}

void NodeEditor::mousePressEvent(QMouseEvent* event) {
  press_ = last_ = mouse_ = event->position();
  if (drag_ == Drag::Grab) {
    end_grab(event->button() == Qt::LeftButton);
    return;
  }
  const float2 at = to_tree(press_);
  if (is_middle_press(*event, session())) {
    drag_ = Drag::Pan;
    return;
  }
  if (event->button() == Qt::RightButton) {
    drag_ = event->modifiers().testFlag(Qt::ControlModifier) ? Drag::Cut
            : event->modifiers().testFlag(Qt::ShiftModifier) ? Drag::Reroute
                                                             : Drag::None;
    if (drag_ == Drag::None && model_.tree()) {
      context().invoke("wm.call_menu", {{"name", Value("NODE_MT_context_menu")}});
    }
    return;
  }
  if (std::exchange(is_box_pending_, false)) {
    drag_ = Drag::Box;
    return;
  }
  if (const NodeSocketView* socket = model_.socket_at(at, 10.0f / std::min(1.0f, zoom_))) {
    link_from_ = *socket;
    // A linked input hands its link over.
    if (const ItemId link = socket->is_output ? 0 : model_.link_into(*socket)) {
      const NodeTree& tree = *model_.tree();
      const NodeLink& old = tree.links[tree.links.index_of(link)];
      for (const NodeView& node : model_.nodes()) {
        for (const NodeSocketView& other : node.sockets) {
          if (other.node == old.from_node && other.socket == old.from_socket) {
            link_from_ = other;
          }
        }
      }
      model_.unlink(link);
    }
    drag_ = Drag::Link;
    return;
  }
  const int hit = model_.node_at(at);
  if (hit < 0) {
    drag_ = Drag::Box;
    return;
  }
  const NodeView& node = model_.nodes()[std::size_t(hit)];
  const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
  if (!node.is_selected || !node.is_active || extends) {
    model_.select({node.id}, node.id, extends || node.is_selected);
  }
  drag_ = Drag::Move;
  grabbed_ = wanted_ = {};
  merge_key_ = unique_number();
}

void NodeEditor::grab() {
  if (!model_.selected().empty()) {
    drag_ = Drag::Grab;
    last_ = mouse_;
    grabbed_ = wanted_ = {};
    merge_key_ = unique_number();
  }
}

void NodeEditor::end_grab(bool is_kept) {
  drag_ = Drag::None;
  if (!is_kept) {
    model_.move(grabbed_ * -1.0f, merge_key_);
  } else if (const std::vector<ItemId> moved = model_.selected();
             moved.size() == 1 && length(grabbed_) > 0.0f) {
    if (const ItemId link = model_.link_under(moved[0])) {
      model_.insert_into_link(
          moved[0], link,
          {use_insert_offset_, insert_offset_direction_,
           float(current_preferences(session()).edit.node_margin)});
    }
  }
  grabbed_ = {};
  update();
}

bool NodeEditor::modal_key(const KeyStroke& stroke, const QString&) {
  if (drag_ == Drag::Grab) {
    if (stroke.key == "ESC" || stroke.key == "RET") {
      end_grab(stroke.key == "RET");
    } else if (stroke.key == "T") {
      insert_offset_direction_ = insert_offset_direction_ == InsertOffsetDirection::Right
                                     ? InsertOffsetDirection::Left
                                     : InsertOffsetDirection::Right;
    }
    return true;
  }
  if (is_box_pending_ && stroke.key == "ESC") {
    is_box_pending_ = false;
    return true;
  }
  return false;
}

void NodeEditor::mouseMoveEvent(QMouseEvent* event) {
  mouse_ = event->position();
  const QPointF step = mouse_ - last_;
  last_ = mouse_;
  if (drag_ == Drag::Pan) {
    center_ = center_ - float2{float(step.x()), float(step.y())} * (1.0f / zoom_);
  } else if ((drag_ == Drag::Move || drag_ == Drag::Grab) && (step.x() != 0 || step.y() != 0)) {
    wanted_ += float2{float(step.x()), float(step.y())} * (1.0f / zoom_);
    const Scene* scene = session().scene();
    const bool snaps = event->modifiers().testFlag(Qt::ControlModifier) !=
                       (scene && scene->tool_settings.use_snap_node);
    const float2 to =
        snaps && scene ? model_.snapped(wanted_, grabbed_, scene->tool_settings.snap_node_element,
                                        15.0f / zoom_)
                       : wanted_;
    if (const float2 offset = to - grabbed_; length(offset) > 0.0f) {
      grabbed_ = to;
      model_.move(offset, merge_key_);
    }
  }
  if (drag_ != Drag::None) {
    update();
  }
}

void NodeEditor::mouseReleaseEvent(QMouseEvent*) {
  if (drag_ == Drag::Grab) {
    return;
  }
  if (drag_ == Drag::Move) {
    end_grab(true);
    return;
  }
  const Drag drag = std::exchange(drag_, Drag::None);
  if (drag == Drag::Link && link_from_) {
    const NodeSocketView* target = model_.socket_at(to_tree(mouse_), 14.0f / std::min(1.0f, zoom_));
    if (target) {
      model_.connect(*link_from_, NodeSocketView(*target));
    }
    link_from_.reset();
  } else if (drag == Drag::Cut) {
    model_.cut(to_tree(press_), to_tree(mouse_));
  } else if (drag == Drag::Reroute) {
    model_.add_reroutes(to_tree(press_), to_tree(mouse_));
  } else if (drag == Drag::Box) {
    const QRectF box = QRectF(press_, mouse_).normalized();
    std::vector<ItemId> inside;
    for (const NodeView& node : model_.nodes()) {
      const QRectF rect(to_view(node.corner), to_view(node.corner + node.size));
      if (box.intersects(rect)) {
        inside.push_back(node.id);
      }
    }
    model_.select(inside, std::nullopt, false);
  }
  update();
}

void NodeEditor::wheelEvent(QWheelEvent* event) {
  const float2 before = to_tree(event->position());
  zoom_ = std::clamp(zoom_ * std::pow(1.2f, float(event->angleDelta().y()) / 120.0f), 0.08f, 4.0f);
  center_ = center_ + before - to_tree(event->position());
  update();
}

void NodeEditor::show_add() {
  if (!model_.tree()) {
    session().report(InfoLine::Kind::Warning, "there is no node tree to add to");
    return;
  }
  const float2 at = to_tree(mouse_);
  auto* popup = new ChoicePopup(
      context(), QStringLiteral("Add Node"),
      [this](const QString& text) {
        std::vector<Choice> choices;
        for (const auto& [identifier, label] : model_.types()) {
          const QString shown = QString::fromStdString(label);
          if (shown.contains(text, Qt::CaseInsensitive)) {
            choices.push_back({shown, QString(), true, QString::fromStdString(identifier)});
          }
        }
        return choices;
      },
      [this, at](const Choice& choice) { model_.add(choice.key.toStdString(), at); }, this);
  popup->show();
}

bool NodeEditor::run_command(const std::string& command, const OperatorSettings& settings) {
  if (command == "node.toggle_sidebar") {
    is_side_open_ = !is_side_open_;
    place_side();
    side_->rebuild();
  } else if (command == "node.add_search") {
    show_add();
  } else if (command == "node.view_all" || command == "node.view_selected") {
    view_all();
  } else if (command == "node.delete") {
    model_.remove_selected();
  } else if (command == "node.duplicate_move") {
    model_.duplicate_selected();
    grab();
  } else if (command == "node.translate_attach") {
    grab();
  } else if (command == "node.delete_reconnect") {
    model_.remove_selected_reconnecting();
  } else if (command == "node.link_make") {
    model_.link_selected(flag_setting(settings, "replace"));
  } else if (command == "node.group_edit") {
    if (flag_setting(settings, "exit") || !model_.enter_group()) {
      model_.leave_group();
    }
    show_other_tree();
  } else if (command == "node.toggle_snap") {
    if (const Scene* scene = session().scene()) {
      session().set({scene->id, {PathStep{Scene::schema().property("tool_settings")}}},
                    *ToolSettings::schema().property("use_snap_node"),
                    Value(!scene->tool_settings.use_snap_node));
    }
  } else if (command == "node.hide_socket_toggle") {
    model_.toggle_unused_sockets();
  } else if (command == "node.mute_toggle") {
    model_.toggle_muted();
  } else if (command == "node.hide_toggle") {
    model_.toggle_folded();
  } else if (command == "node.join") {
    model_.join_in_frame();
  } else if (command == "node.detach") {
    model_.leave_frame();
  } else {
    return run_select_command(command, settings);
  }
  return true;
}

bool NodeEditor::run_select_command(const std::string& command, const OperatorSettings& settings) {
  if (command == "node.select_all") {
    const std::string action = text_setting(settings, "action");
    std::vector<ItemId> chosen;
    for (const NodeView& node : model_.nodes()) {
      if (action != "DESELECT" && !(action == "INVERT" && node.is_selected)) {
        chosen.push_back(node.id);
      }
    }
    model_.select(chosen, std::nullopt, false);
  } else if (command == "node.select_box") {
    is_box_pending_ = true;
  } else if (command == "node.select_linked_to") {
    model_.select_linked(/*is_upstream=*/false);
  } else if (command == "node.select_linked_from") {
    model_.select_linked(/*is_upstream=*/true);
  } else if (command == "node.select_grouped") {
    model_.select_same_type(flag_setting(settings, "extend"));
  } else {
    return false;
  }
  return true;
}

bool NodeEditor::fill_native_menu(const std::string& name, QMenu& menu) {
  const auto add = [&](const char* label, const char* command, OperatorSettings settings = {}) {
    const std::string keys = context().commands.keymap.strokes_of(command);
    menu.addAction(
        QString(label) + (keys.empty() ? QString() : "\t" + QString::fromStdString(keys)), this,
        [this, command, settings] { run_command(command, settings); });
  };
  if (name == "NODE_MT_view") {
    add("Frame All", "node.view_all");
    add("Frame Selected", "node.view_selected");
  } else if (name == "NODE_MT_select") {
    add("All", "node.select_all", {{"action", Value("SELECT")}});
    add("None", "node.select_all", {{"action", Value("DESELECT")}});
    add("Invert", "node.select_all", {{"action", Value("INVERT")}});
    menu.addSeparator();
    add("Box Select", "node.select_box");
    add("Linked from", "node.select_linked_from");
    add("Linked to", "node.select_linked_to");
    add("Same Type", "node.select_grouped");
  } else if (name == "NODE_MT_add") {
    add("Search…", "node.add_search");
    menu.addSeparator();
    const float2 at = to_tree(mouse_);
    for (const auto& [identifier, label] : model_.types()) {
      menu.addAction(QString::fromStdString(label), this,
                     [this, type = identifier, at] { model_.add(type, at); });
    }
  } else if (name == "NODE_MT_node" || name == "NODE_MT_context_menu") {
    add("Move", "node.translate_attach");
    add("Duplicate", "node.duplicate_move");
    add("Delete", "node.delete");
    add("Delete with Reconnect", "node.delete_reconnect");
    menu.addSeparator();
    add("Make Links", "node.link_make");
    add("Make and Replace Links", "node.link_make", {{"replace", Value(true)}});
    menu.addSeparator();
    add("Mute", "node.mute_toggle");
    add("Hide", "node.hide_toggle");
    add("Toggle Hidden Node Sockets", "node.hide_socket_toggle");
    menu.addSeparator();
    add("Join in New Frame", "node.join");
    add("Remove from Frame", "node.detach");
  } else {
    return false;
  }
  return true;
}

void NodeEditor::build_header(QHBoxLayout& header) {
  for (const auto& [title, name] :
       {std::pair{"View", "NODE_MT_view"}, std::pair{"Select", "NODE_MT_select"},
        std::pair{"Add", "NODE_MT_add"}, std::pair{"Node", "NODE_MT_node"}}) {
    add_header_menu(header, context(), title, name);
  }
  const auto add = [&](const QString& text, auto&& clicked) {
    auto* button = new QToolButton;
    button->setText(text);
    connect(button, &QToolButton::clicked, this, clicked);
    header.addWidget(button);
    return button;
  };
  type_ = add_header_menu(header, QStringLiteral("Shader Editor"),
                          [this](QMenu& menu) { fill_type_menu(menu); });
  subjects_.clear();
  for (const auto& [text, subject] :
       {std::pair{"Object", NodeSubject::Object}, std::pair{"World", NodeSubject::World}}) {
    subjects_.push_back(add(QString::fromUtf8(text), [this, which = subject] {
      NodeModel::Wish wish = model_.wish();
      wish.subject = which;
      wish.is_pinned = false;
      wish.tree = {};
      model_.set_wish(wish);
      show_other_tree();
    }));
    subjects_.back()->setCheckable(true);
  }
  tree_ = add(QStringLiteral("Tree"), [this] { choose_tree(); });
  new_ = add(QStringLiteral("New"), [this] {
    model_.add_tree();
    show_other_tree();
  });
  parent_ = add(QStringLiteral("◂ Parent"), [this] {
    run_command("node.group_edit", {{"exit", Value(true)}});
  });
  QToolButton* snap =
      add_header_menu(header, QStringLiteral("Snap"), [this](QMenu& menu) { fill_snap_menu(menu); });
  snap->setToolTip(QStringLiteral("What dragged nodes snap to, and how others make room for them"));
  title_ = new QLabel;
  header.addWidget(title_);
  pin_ = add(QStringLiteral("Pin"), [this] {
    model_.set_pinned(!model_.wish().is_pinned);
    show_other_tree();
  });
  pin_->setCheckable(true);
  header.addStretch(1);
  connections_.push_back(session().changed.connect([this](const ChangeSet&) { update_header(); }));
  update_header();
}

void NodeEditor::update_header() {
  if (!title_) {
    return;
  }
  const NodeModel::Wish& wish = model_.wish();
  const std::vector<const Schema*> kinds =
      session().project().registry.kinds_of(NodeTree::schema());
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Schema* k) {
    return k->is_runtime && k->identifier == wish.tree_type;
  });
  type_->setText(kind == kinds.end() ? QStringLiteral("Shader Editor")
                                     : QString::fromStdString((*kind)->label));
  // Without scripts that define kinds there is nothing to choose.
  type_->setVisible(
      std::any_of(kinds.begin(), kinds.end(), [](const Schema* k) { return k->is_runtime; }));
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    subjects_[i]->setVisible(model_.is_shader());
    subjects_[i]->setChecked(int(wish.subject) == int(i));
  }
  tree_->setVisible(!model_.is_shader());
  new_->setVisible(!model_.is_shader());
  parent_->setVisible(model_.is_in_group());
  pin_->setVisible(model_.is_shader());
  pin_->setChecked(wish.is_pinned);
  title_->setText(overlay_.show_overlays && overlay_.show_context_path
                      ? QString::fromStdString(model_.title())
                      : QString());
}

void NodeEditor::show_other_tree() {
  is_fitted_ = false;
  refresh();
  side_->rebuild();
  update_header();
}

void NodeEditor::fill_type_menu(QMenu& menu) {
  const auto add = [&](const std::string& identifier, const QString& label) {
    menu.addAction(label, this, [this, identifier] {
      NodeModel::Wish wish = model_.wish();
      wish.tree_type = identifier;
      wish.tree = {};
      wish.is_pinned = false;
      model_.set_wish(wish);
      show_other_tree();
    });
  };
  add("ShaderNodeTree", QStringLiteral("Shader Editor"));
  for (const Schema* kind : session().project().registry.kinds_of(NodeTree::schema())) {
    if (kind->is_runtime) {
      add(kind->identifier, QString::fromStdString(kind->label));
    }
  }
}

void NodeEditor::fill_snap_menu(QMenu& menu) {
  const Scene* scene = session().scene();
  if (!scene) {
    return;
  }
  const auto check = [&](QMenu& in, const QString& label, bool is_on, auto&& set) {
    QAction* action = in.addAction(label, this, set);
    action->setCheckable(true);
    action->setChecked(is_on);
  };
  const Handle owner{scene->id, {PathStep{Scene::schema().property("tool_settings")}}};
  const ToolSettings& tools = scene->tool_settings;
  check(menu, QStringLiteral("Snap"), tools.use_snap_node, [this, owner, is_on = tools.use_snap_node] {
    session().set(owner, *ToolSettings::schema().property("use_snap_node"), Value(!is_on));
  });
  const Property& element = *ToolSettings::schema().property("snap_node_element");
  for (const EnumItem& item : element.items) {
    check(menu, QString::fromStdString(item.label), int(tools.snap_node_element) == item.value,
          [this, owner, &element, name = item.identifier] {
            session().set(owner, element, Value(name));
          });
  }
  menu.addSeparator();
  check(menu, QStringLiteral("Auto-offset"), use_insert_offset_,
        [this] { use_insert_offset_ = !use_insert_offset_; });
  for (const auto& [label, direction] : {std::pair{"Right", InsertOffsetDirection::Right},
                                         std::pair{"Left", InsertOffsetDirection::Left}}) {
    check(menu, QStringLiteral("Auto-offset to the ") + QString::fromUtf8(label).toLower(),
          insert_offset_direction_ == direction,
          [this, way = direction] { insert_offset_direction_ = way; });
  }
}

void NodeEditor::choose_tree() {
  auto* popup = new ChoicePopup(
      context(), QStringLiteral("Node Tree"),
      [this](const QString& text) {
        std::vector<Choice> choices;
        const Document& document = session().document();
        for (const BlockId id : document.all(BlockType::NodeTree)) {
          const auto* tree = document.find<NodeTree>(id);
          const QString name = QString::fromStdString(tree->name);
          if (tree->script_kind == model_.wish().tree_type &&
              name.contains(text, Qt::CaseInsensitive)) {
            choices.push_back({name, {}, true, QString::fromStdString(tree->uuid.text())});
          }
        }
        return choices;
      },
      [this](const Choice& choice) {
        const Document& document = session().document();
        for (const BlockId id : document.all(BlockType::NodeTree)) {
          if (document.find(id)->uuid.text() == choice.key.toStdString()) {
            NodeModel::Wish wish = model_.wish();
            wish.tree = id;
            model_.set_wish(wish);
            show_other_tree();
          }
        }
      },
      this);
  popup->show();
}

std::vector<std::pair<std::string, QRect>> NodeEditor::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const NodeView& node : model_.nodes()) {
    const QPointF corner = to_view(node.corner);
    places.emplace_back("node:" + node.title,
                        QRect(int(corner.x()), int(corner.y()), int(node.size.x * zoom_),
                              int(NodeModel::header * zoom_)));
    for (const NodeSocketView& socket : node.sockets) {
      const QPointF at = to_view(socket.at);
      places.emplace_back(
          std::string(socket.is_output ? "output:" : "input:") + node.title + "." + socket.label,
          QRect(int(at.x()) - 2, int(at.y()) - 2, 5, 5));
    }
  }
  for (const auto& place : side_->named_places(*this)) {
    places.push_back(place);
  }
  return places;
}

std::vector<std::pair<std::string, QRect>> NodeEditor::regions() const {
  std::vector<std::pair<std::string, QRect>> all{{"WINDOW", QRect(0, 0, canvas_width(), height())}};
  if (!side_->isHidden()) {
    all.emplace_back("UI", side_->geometry());
  }
  return all;
}

// Scripts count upwards.
std::optional<float4> NodeEditor::shown_plane() const {
  const float2 low = to_tree(QPointF(0, height())), high = to_tree(QPointF(canvas_width(), 0));
  return float4{low.x, -low.y, high.x, -high.y};
}

void NodeEditor::fill_space(Space& space) const {
  auto* view = dynamic_cast<SpaceNodeEditor*>(&space);
  if (!view) {
    return;
  }
  const NodeModel::Wish& wish = model_.wish();
  const NodeTree *root = model_.root(), *tree = model_.tree();
  view->show_region_ui = is_side_open_;
  view->tree_type = wish.tree_type;
  view->shader_type = wish.subject;
  view->owner = {root ? root->owner ? root->owner : root->id : BlockId{}};
  const Object* object = session().active_object();
  const bool is_of_object = object && model_.is_shader() && wish.subject == NodeSubject::Object;
  view->id_from = {is_of_object && root ? object->id : BlockId{}};
  view->node_tree = {root ? root->id : BlockId{}};
  view->edit_tree = {tree ? tree->id : BlockId{}};
  view->path.clear();
  if (root) {
    view->path.add(NodeTreePath{{root->id}, ""});
  }
  for (const NodeModel::PathStep& step : model_.path()) {
    view->path.add(NodeTreePath{{step.tree}, step.node});
  }
  view->use_insert_offset = use_insert_offset_;
  view->insert_offset_direction = insert_offset_direction_;
  view->pin = wish.is_pinned;
  const float2 at = to_tree(mouse_);
  view->cursor_location = {at.x, -at.y};
  view->overlay = overlay_;
}

void NodeEditor::take_path(const SpaceNodeEditor& space) {
  const NodeTree* root = model_.root();
  if (!root || space.path.empty() || space.path[0].node_tree.id != root->id) {
    return;
  }
  const std::vector<NodeModel::PathStep> before = model_.path();
  std::vector<NodeModel::PathStep> now;
  for (std::int64_t i = 1; i < space.path.size(); ++i) {
    const BlockId tree = space.path[i].node_tree.id;
    const std::size_t at = std::size_t(i) - 1;
    const bool is_known = at < before.size() && before[at].tree == tree;
    now.push_back(is_known ? before[at] : NodeModel::PathStep{tree, space.path[i].name, true});
  }
  model_.set_path(std::move(now));
}

void NodeEditor::take_space(const Space& space) {
  const auto* view = dynamic_cast<const SpaceNodeEditor*>(&space);
  if (!view) {
    return;
  }
  NodeModel::Wish wish = model_.wish();
  const NodeTree* root = model_.root();
  const bool is_other_tree = view->node_tree.id != (root ? root->id : BlockId{});
  wish.tree_type = view->tree_type;
  wish.subject = view->shader_type;
  wish.is_pinned = view->pin;
  if (is_other_tree) {
    // A tree says what kind it is.
    const auto* chosen = session().document().find<NodeTree>(view->node_tree);
    wish.tree = chosen ? chosen->id : BlockId{};
    wish.tree_type = chosen && !chosen->script_kind.empty() ? chosen->script_kind
                     : chosen                               ? "ShaderNodeTree"
                                                            : wish.tree_type;
    wish.is_pinned = wish.is_pinned || (chosen && wish.tree_type == "ShaderNodeTree");
  } else if (view->pin && !model_.wish().is_pinned) {
    wish.tree = root ? root->id : BlockId{};
  }
  model_.set_wish(wish);
  take_path(*view);
  use_insert_offset_ = view->use_insert_offset;
  insert_offset_direction_ = view->insert_offset_direction;
  overlay_ = view->overlay;
  if (is_side_open_ != view->show_region_ui) {
    is_side_open_ = view->show_region_ui;
    place_side();
  }
  show_other_tree();
}

void register_node(EditorRegistry& registry) {
  registry.add({"NODE_EDITOR", QStringLiteral("Shader Editor"),
                [](EditorContext& context) -> Editor* { return new NodeEditor(context); }});
}

}  // namespace kiln::editor
