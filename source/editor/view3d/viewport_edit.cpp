// Edit mode in a viewport: tools that run operators while the mouse moves, loops, what is linked;
// local view.
#include "document/scene.h"
#include "editor/view3d/viewport.h"
#include "modeling/edit_loops.h"

namespace kiln::editor {
namespace {

float2 to_float2(QPointF p) {
  return {float(p.x()), float(p.y())};
}

bool has_selected(const Mesh& mesh, Domain domain) {
  const auto* values = selection_of(mesh, domain);
  return values && std::find(values->begin(), values->end(), 1) != values->end();
}

}  // namespace

bool Viewport::run_edit_command(const std::string& command, const OperatorSettings& settings) {
  Session& session = context_.session;
  if (command == "view3d.edit_mesh_extrude_move_normal" || command == "mesh.extrude_region_move") {
    extrude();
    return true;
  }
  if (command == "mesh.extrude_region_shrink_fatten") {
    if (session.run("mesh.extrude_region")) {
      start_operator(*find_operator_tool("transform.shrink_fatten"));
    }
    return true;
  }
  if (command == "mesh.extrude_faces_move") {
    extrude_faces();
    return true;
  }
  if (command == "mesh.extrude_edges_move" || command == "mesh.extrude_vertices_move") {
    if (session.run(command == "mesh.extrude_edges_move" ? "mesh.extrude_edges_indiv"
                                                         : "mesh.extrude_verts_indiv")) {
      start_transform(TransformMode::Move);
    }
    return true;
  }
  if (command == "mesh.duplicate_move") {
    if (session.run("mesh.duplicate")) {
      start_transform(TransformMode::Move);
    }
    return true;
  }
  if (command == "mesh.loopcut_slide") {
    start_loop_cut();
    return true;
  }
  if (command == "mesh.select_linked_pick" && !find_setting(settings, "index")) {
    select_linked_at_mouse(flag_setting(settings, "deselect"));
    return true;
  }
  if (command == "view3d.toggle_proportional") {
    toggle_proportional();
    return true;
  }
  const OperatorToolKind* kind = find_operator_tool(command);
  if (!kind || find_setting(settings, kind->value.setting)) {
    return false;  // with a value it needs no mouse
  }
  start_operator(*kind, settings);
  return true;
}

void Viewport::start_operator(const OperatorToolKind& kind, const OperatorSettings& settings) {
  auto tool = std::make_unique<OperatorTool>(context_.session, kind, camera(), width(), height(),
                                             to_float2(mouse_), settings);
  if (!tool->is_active()) {
    context_.session.report(InfoLine::Kind::Warning,
                            fmt::format("{}: {}", kind.label, tool->problem()));
    return;
  }
  operator_ = std::move(tool);
  context_.hint_changed.emit(hint());
  update();
}

void Viewport::end_operator(bool is_kept) {
  const std::unique_ptr<OperatorTool> tool = std::move(operator_);
  if (is_kept) {
    tool->confirm();
  } else {
    tool->cancel();
  }
  drag_ = Drag::None;
  context_.hint_changed.emit(hint());
  update();
}

// Copies of what is selected, and moving them along their normal.
void Viewport::extrude() {
  Session& session = context_.session;
  const EditedMesh edited = edited_mesh(session);
  if (!edited.mesh) {
    session.report(InfoLine::Kind::Warning, "there is no mesh in edit mode");
    return;
  }
  const bool has_faces = has_selected(*edited.mesh, Domain::Face);
  if (!session.run("mesh.extrude_region")) {
    return;
  }
  start_transform(TransformMode::Move);
  if (transform_ && has_faces) {
    transform_->keep_to_normal();
  }
}

void Viewport::extrude_faces() {
  if (context_.session.run("mesh.extrude_faces_indiv")) {
    start_operator(*find_operator_tool("transform.shrink_fatten"));
  }
}

bool Viewport::tool_key(const KeyStroke& stroke, const QString& text) {
  const bool ends = stroke.key == "RET" || stroke.key == "NUMPAD_ENTER";
  if (operator_) {
    if (stroke.key == "ESC" || ends) {
      end_operator(ends);
    } else {
      operator_->key(stroke, text.toStdString());
    }
    update();
    return true;
  }
  if (stroke.key == "ESC" || ends) {
    end_loop_cut(ends);
  } else if (text.size() == 1 && text[0].isDigit() && text[0] != QLatin1Char('0')) {
    loop_cut_->set_cuts(text[0].digitValue());
  } else if (stroke.key == "PAGE_UP" || stroke.key == "NUMPAD_PLUS") {
    loop_cut_->set_cuts(loop_cut_->cuts() + 1);
  } else if (stroke.key == "PAGE_DOWN" || stroke.key == "NUMPAD_MINUS") {
    loop_cut_->set_cuts(loop_cut_->cuts() - 1);
  }
  update();
  return true;
}

void Viewport::start_loop_cut() {
  const EditedMesh edited = edited_mesh(context_.session);
  if (!edited.mesh) {
    context_.session.report(InfoLine::Kind::Warning, "there is no mesh in edit mode");
    return;
  }
  loop_cut_ = std::make_unique<LoopCutTool>(edited);
  move_loop_cut(mouse_);
  context_.hint_changed.emit(hint());
}

void Viewport::move_loop_cut(QPointF at) {
  const EditedMesh edited = edited_mesh(context_.session);
  if (!edited.mesh) {
    loop_cut_.reset();
    return;
  }
  const EditPicker picker(edited, camera(), width(), height(), depth_reader());
  loop_cut_->set_edge(picker.nearest_edge(to_float2(at)));
  update();
}

// The cut itself, and sliding it.
void Viewport::end_loop_cut(bool is_kept) {
  const std::unique_ptr<LoopCutTool> tool = std::move(loop_cut_);
  if (is_kept && tool->edge()) {
    const OperatorSettings settings{{"number_cuts", Value(tool->cuts())},
                                    {"object_index", Value(0)},
                                    {"edge_index", Value(int(*tool->edge()))}};
    if (context_.session.run("mesh.loopcut", settings)) {
      start_operator(*find_operator_tool("transform.edge_slide"));
    }
  }
  context_.hint_changed.emit(hint());
  update();
}

void Viewport::select_linked_at_mouse(bool deselects) {
  Session& session = context_.session;
  const EditedMesh edited = edited_mesh(session);
  const Scene* scene = session.scene();
  if (!edited.mesh || !scene) {
    return;
  }
  const EditPicker picker(edited, camera(), width(), height(), depth_reader());
  if (const auto hit = picker.nearest(to_float2(mouse_), scene->tool_settings.mesh_select_mode)) {
    session.run("mesh.select_linked_pick",
                {{"deselect", Value(deselects)},
                 {"object_index", Value(0)},
                 {"index", Value(element_number(*edited.mesh, hit->domain, hit->index))}});
  }
}

// The loop or ring of edges through the place; in the mode of faces the faces across it.
void Viewport::select_loop_at(QPointF place, bool is_ring, SelectMode mode) {
  Session& session = context_.session;
  const EditedMesh edited = edited_mesh(session);
  const Scene* scene = session.scene();
  if (!edited.mesh || !scene) {
    return;
  }
  const EditPicker picker(edited, camera(), width(), height(), depth_reader());
  const auto edge = picker.nearest_edge(to_float2(place));
  modeling::EditMesh mesh;
  mesh.add_mesh(*edited.mesh);
  if (!edge || !mesh.edges.is_alive(int(*edge))) {
    return;
  }
  const std::array<bool, 3> modes = scene->tool_settings.mesh_select_mode;
  const Domain domain = modeling::selected_domain(modes);
  const std::vector<int> edges =
      is_ring ? modeling::edge_ring(mesh, int(*edge)) : modeling::edge_loop(mesh, int(*edge));
  std::vector<std::size_t> chosen;
  if (domain == Domain::Face) {
    for (const int f : modeling::face_loop(mesh, int(*edge))) {
      chosen.push_back(std::size_t(f));
    }
  } else if (domain == Domain::Edge) {
    chosen.assign(edges.begin(), edges.end());
  } else {
    for (const int e : edges) {
      for (const int v : mesh.edges[e].verts) {
        chosen.push_back(std::size_t(v));
      }
    }
  }
  select_elements(session, domain, chosen, mode, is_ring ? "Edge Ring Select" : "Loop Select");
}

// From the active vertex along the shortest way.
void Viewport::select_path_to(QPointF place) {
  Session& session = context_.session;
  const EditedMesh edited = edited_mesh(session);
  const Scene* scene = session.scene();
  const std::vector<SelectedElement>& history = edited.mesh->select_history;
  const Domain domain = modeling::selected_domain(scene->tool_settings.mesh_select_mode);
  const EditPicker picker(edited, camera(), width(), height(), depth_reader());
  const auto hit = picker.nearest(to_float2(place), scene->tool_settings.mesh_select_mode);
  if (!hit) {
    return;
  }
  modeling::EditMesh mesh;
  mesh.add_mesh(*edited.mesh);
  std::vector<std::size_t> path;
  if (!history.empty() && history.back().domain == hit->domain && hit->domain == domain) {
    const auto kind = domain == Domain::Point  ? modeling::ElementKind::Vert
                      : domain == Domain::Edge ? modeling::ElementKind::Edge
                                               : modeling::ElementKind::Face;
    for (const int slot :
         modeling::shortest_path(mesh, kind, history.back().index, int(hit->index))) {
      path.push_back(std::size_t(slot));
    }
  }
  if (path.empty()) {
    path = {hit->index};
  }
  select_elements(session, hit->domain, path, SelectMode::Add, "Pick Shortest Path");
  // The end of the way is where the next one begins.
  session.edit(
      "Pick Shortest Path",
      [&](Document& document) -> Result<void> {
        document.edit<Mesh>(edited.mesh->id, Change::Selection)
            .select_history.push_back({hit->domain, int(hit->index)});
        return {};
      },
      stroke_key_);
}

// Only what is selected, and the view on it; again: everything, and back.
void Viewport::toggle_local_view() {
  Session& session = context_.session;
  if (local_objects_) {
    local_objects_.reset();
    navigation_ = global_navigation_;
  } else {
    std::vector<BlockId> objects = session.selected();
    if (objects.empty()) {
      session.report(InfoLine::Kind::Warning, "nothing is selected that could be shown alone");
      return;
    }
    std::sort(objects.begin(), objects.end());
    global_navigation_ = navigation_;
    float3 low, high;
    if (session.evaluated() &&
        render::raster::bounds_of(*session.evaluated(), &objects, &low, &high)) {
      navigation_.frame(low, high);
    }
    local_objects_ = std::move(objects);
  }
  refresh();
}

void Viewport::toggle_proportional() {
  Session& session = context_.session;
  const Scene* scene = session.scene();
  const bool is_editing = edited_mesh(session).mesh != nullptr;
  const char* name = is_editing ? "use_proportional_edit" : "use_proportional_edit_objects";
  if (const Property* property = ToolSettings::schema().property(name); scene && property) {
    const ToolSettings& tools = scene->tool_settings;
    session.set(
        {scene->id, {PathStep{Scene::schema().property("tool_settings")}}}, *property,
        Value(!(is_editing ? tools.use_proportional_edit : tools.use_proportional_edit_objects)));
  }
}

}  // namespace kiln::editor
