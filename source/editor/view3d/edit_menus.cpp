#include "editor/view3d/edit_menus.h"

#include <QMenu>

#include "document/scene.h"
#include "editor/view3d/menu_entries.h"

namespace kiln::editor {
namespace {

using Entry = MenuEntry;

std::vector<Entry> delete_entries() {
  const auto type = [](const char* name) { return OperatorSettings{{"type", Value(name)}}; };
  return {{"Vertices", "mesh.delete", type("VERT")},
          {"Edges", "mesh.delete", type("EDGE")},
          {"Faces", "mesh.delete", type("FACE")},
          {"Only Edges & Faces", "mesh.delete", type("EDGE_FACE")},
          {"Only Faces", "mesh.delete", type("ONLY_FACE")},
          {nullptr, ""},
          {"Dissolve Vertices", "mesh.dissolve_verts"},
          {"Dissolve Edges", "mesh.dissolve_edges"},
          {"Dissolve Faces", "mesh.dissolve_faces"},
          {nullptr, ""},
          {"Limited Dissolve", "mesh.dissolve_limited"},
          {"Degenerate Dissolve", "mesh.dissolve_degenerate"},
          {"Delete Loose", "mesh.delete_loose"},
          {nullptr, ""},
          {"Collapse Edges & Faces", "mesh.edge_collapse"}};
}

std::vector<Entry> merge_entries() {
  const auto type = [](const char* name) { return OperatorSettings{{"type", Value(name)}}; };
  return {{"At Center", "mesh.merge", type("CENTER")},  {"At Cursor", "mesh.merge", type("CURSOR")},
          {"Collapse", "mesh.merge", type("COLLAPSE")}, {"At First", "mesh.merge", type("FIRST")},
          {"At Last", "mesh.merge", type("LAST")},      {nullptr, ""},
          {"By Distance", "mesh.remove_doubles"}};
}

std::vector<Entry> extrude_entries() {
  return {{"Extrude Faces", "mesh.extrude_region_move"},
          {"Extrude Faces Along Normals", "mesh.extrude_region_shrink_fatten"},
          {"Extrude Individual Faces", "mesh.extrude_faces_move"},
          {nullptr, ""},
          {"Extrude Edges", "mesh.extrude_edges_move"},
          {"Extrude Vertices", "mesh.extrude_vertices_move"}};
}

std::vector<Entry> split_entries() {
  const auto type = [](const char* name) { return OperatorSettings{{"type", Value(name)}}; };
  return {{"Selection", "mesh.split"},
          {"Faces by Edges", "mesh.edge_split", type("EDGE")},
          {"Faces & Edges by Vertices", "mesh.edge_split", type("VERT")}};
}

std::vector<Entry> separate_entries() {
  const auto type = [](const char* name) { return OperatorSettings{{"type", Value(name)}}; };
  return {{"Selection", "mesh.separate", type("SELECTED")},
          {"By Material", "mesh.separate", type("MATERIAL")},
          {"By Loose Parts", "mesh.separate", type("LOOSE")}};
}

std::vector<Entry> normals_entries() {
  return {{"Flip", "mesh.flip_normals"},
          {"Recalculate Outside", "mesh.normals_make_consistent", {{"inside", Value(false)}}},
          {"Recalculate Inside", "mesh.normals_make_consistent", {{"inside", Value(true)}}},
          {nullptr, ""},
          {"Copy Vector", "mesh.normals_tools", {{"mode", Value("COPY")}}},
          {"Paste Vector", "mesh.normals_tools", {{"mode", Value("PASTE")}}},
          {"Add Vector", "mesh.normals_tools", {{"mode", Value("ADD")}}},
          {"Multiply Vector", "mesh.normals_tools", {{"mode", Value("MULTIPLY")}}},
          {"Reset Vectors", "mesh.normals_tools", {{"mode", Value("RESET")}}}};
}

std::vector<Entry> vertex_entries() {
  return {{"Extrude Vertices", "mesh.extrude_vertices_move"},
          {"Bevel Vertices", "mesh.bevel", {{"affect", Value("VERTICES")}}},
          {nullptr, ""},
          {"New Edge/Face from Vertices", "mesh.edge_face_add"},
          {"Connect Vertex Path", "mesh.vert_connect_path"},
          {"Connect Vertices", "mesh.vert_connect"},
          {nullptr, ""},
          {"Smooth Vertices", "mesh.vertices_smooth"},
          {nullptr, ""},
          {"Merge", "VIEW3D_MT_edit_mesh_merge"}};
}

std::vector<Entry> edge_entries() {
  const auto flag = [](const char* name, bool value) {
    return OperatorSettings{{name, Value(value)}};
  };
  return {{"Extrude Edges", "mesh.extrude_edges_move"},
          {"Bevel Edges", "mesh.bevel"},
          {nullptr, ""},
          {"Bridge Edge Loops", "mesh.bridge_edge_loops"},
          {nullptr, ""},
          {"Subdivide", "mesh.subdivide"},
          {"Loop Cut and Slide", "mesh.loopcut_slide"},
          {"Edge Slide", "transform.edge_slide"},
          {nullptr, ""},
          {"Rotate Edge Clockwise", "mesh.edge_rotate", flag("use_ccw", false)},
          {"Rotate Edge Counter Clockwise", "mesh.edge_rotate", flag("use_ccw", true)},
          {nullptr, ""},
          {"Edge Crease", "transform.edge_crease"},
          {"Edge Bevel Weight", "transform.edge_bevelweight"},
          {nullptr, ""},
          {"Mark Seam", "mesh.mark_seam", flag("clear", false)},
          {"Clear Seam", "mesh.mark_seam", flag("clear", true)},
          {nullptr, ""},
          {"Mark Sharp", "mesh.mark_sharp"},
          {"Clear Sharp", "mesh.mark_sharp", flag("clear", true)},
          {nullptr, ""},
          {"Select Sharp Edges", "mesh.edges_select_sharp"}};
}

std::vector<Entry> face_entries() {
  return {{"Extrude Faces", "mesh.extrude_region_move"},
          {"Extrude Faces Along Normals", "mesh.extrude_region_shrink_fatten"},
          {"Extrude Individual Faces", "mesh.extrude_faces_move"},
          {nullptr, ""},
          {"Inset Faces", "mesh.inset"},
          {"Poke Faces", "mesh.poke"},
          {"Triangulate Faces", "mesh.quads_convert_to_tris"},
          {"Tris to Quads", "mesh.tris_convert_to_quads"},
          {nullptr, ""},
          {"Fill", "mesh.edge_face_add"},
          {"Fill Holes", "mesh.fill_holes"},
          {nullptr, ""},
          {"Shade Smooth", "mesh.faces_shade_smooth"},
          {"Shade Flat", "mesh.faces_shade_flat"},
          {nullptr, ""},
          {"Normals", "VIEW3D_MT_edit_mesh_normals"},
          {"Rotate UVs", "mesh.uvs_rotate"},
          {"Reverse UVs", "mesh.uvs_reverse"}};
}

std::vector<Entry> transform_entries() {
  return {{"Move", "transform.translate"},      {"Rotate", "transform.rotate"},
          {"Scale", "transform.resize"},        {nullptr, ""},
          {"To Sphere", "transform.tosphere"},  {"Shear", "transform.shear"},
          {"Push/Pull", "transform.push_pull"}, {"Shrink/Fatten", "transform.shrink_fatten"}};
}

std::vector<Entry> show_entries() {
  return {{"Reveal Hidden", "mesh.reveal"},
          {"Hide Selected", "mesh.hide", {{"unselected", Value(false)}}},
          {"Hide Unselected", "mesh.hide", {{"unselected", Value(true)}}}};
}

std::vector<Entry> mesh_entries() {
  return {{"Transform", "VIEW3D_MT_transform"},
          {"Snap", "VIEW3D_MT_snap"},
          {nullptr, ""},
          {"Duplicate", "mesh.duplicate_move"},
          {"Extrude", "VIEW3D_MT_edit_mesh_extrude"},
          {nullptr, ""},
          {"Merge", "VIEW3D_MT_edit_mesh_merge"},
          {"Split", "VIEW3D_MT_edit_mesh_split"},
          {"Separate", "VIEW3D_MT_edit_mesh_separate"},
          {nullptr, ""},
          {"Normals", "VIEW3D_MT_edit_mesh_normals"},
          {"Show/Hide", "VIEW3D_MT_edit_mesh_showhide"},
          {nullptr, ""},
          {"Delete", "VIEW3D_MT_edit_mesh_delete"}};
}

// What is at hand depends on the select mode.
std::vector<Entry> context_entries(const Session& session) {
  const Scene* scene = session.scene();
  const std::array<bool, 3> modes =
      scene ? scene->tool_settings.mesh_select_mode : std::array<bool, 3>{true, false, false};
  std::vector<Entry> entries{{"Subdivide", "mesh.subdivide"}, {nullptr, ""}};
  const std::vector<Entry> own = modes[0]   ? vertex_entries()
                                 : modes[1] ? edge_entries()
                                            : face_entries();
  entries.insert(entries.end(), own.begin(), own.end());
  entries.push_back({nullptr, ""});
  entries.push_back({"Delete", "VIEW3D_MT_edit_mesh_delete"});
  return entries;
}

std::vector<Entry> select_entries() {
  const auto action = [](const char* name) { return OperatorSettings{{"action", Value(name)}}; };
  return {{"All", "mesh.select_all", action("SELECT")},
          {"None", "mesh.select_all", action("DESELECT")},
          {"Invert", "mesh.select_all", action("INVERT")},
          {nullptr, ""},
          {"Box Select", "view3d.select_box"},
          {"Circle Select", "view3d.select_circle"},
          {"Lasso Select", "view3d.select_lasso"},
          {nullptr, ""},
          {"More", "mesh.select_more"},
          {"Less", "mesh.select_less"},
          {nullptr, ""},
          {"Edge Loops", "mesh.loop_multi_select", {{"ring", Value(false)}}},
          {"Edge Rings", "mesh.loop_multi_select", {{"ring", Value(true)}}},
          {"Boundary Loop", "mesh.region_to_loop"},
          {nullptr, ""},
          {"Linked", "mesh.select_linked"},
          {"Linked Flat Faces", "mesh.faces_select_linked_flat"},
          {"Sharp Edges", "mesh.edges_select_sharp"},
          {nullptr, ""},
          {"Non Manifold", "mesh.select_non_manifold"},
          {"Loose Geometry", "mesh.select_loose"},
          {"Faces by Sides", "mesh.select_face_by_sides"},
          {nullptr, ""},
          {"Select Similar", "VIEW3D_MT_edit_mesh_select_similar"},
          {"Mirror Selection", "mesh.select_mirror"},
          {"Side of Active", "mesh.select_axis"},
          {"Loop Inner-Region", "mesh.loop_to_region"}};
}

// What can be compared depends on the select mode.
std::vector<Entry> similar_entries(const Session& session) {
  const Scene* scene = session.scene();
  const std::array<bool, 3> modes =
      scene ? scene->tool_settings.mesh_select_mode : std::array<bool, 3>{true, false, false};
  const auto like = [](const char* label, const char* name) {
    return Entry{label, "mesh.select_similar", {{"type", Value(name)}}};
  };
  if (modes[2]) {
    return {like("Material", "MATERIAL"),   like("Area", "AREA"),     like("Sides", "SIDES"),
            like("Perimeter", "PERIMETER"), like("Normal", "NORMAL"), like("Coplanar", "COPLANAR"),
            like("Flat/Smooth", "SMOOTH")};
  }
  if (modes[1]) {
    return {like("Length", "LENGTH"),
            like("Direction", "DIR"),
            like("Faces Around an Edge", "FACE"),
            like("Face Angles", "FACE_ANGLE"),
            like("Crease", "CREASE"),
            like("Bevel", "BEVEL"),
            like("Seam", "SEAM"),
            like("Sharpness", "SHARP")};
  }
  return {like("Normal", "NORMAL"), like("Adjacent Faces", "FACE"),
          like("Connecting Edges", "EDGE")};
}

void add_auto_merge(QMenu& menu, Session& session) {
  const Scene* scene = session.scene();
  if (!scene) {
    return;
  }
  menu.addSeparator();
  for (const char* name : {"use_mesh_automerge", "use_mesh_automerge_and_split"}) {
    const Property& property = *ToolSettings::schema().property(name);
    QAction* action = menu.addAction(
        QString::fromStdString(property.label).replace("&", "&&"),
        [&session, &property](bool is_on) {
          if (const Scene* now = session.scene()) {
            session.set({now->id, {PathStep{Scene::schema().property("tool_settings")}}}, property,
                        Value(is_on));
          }
        });
    action->setCheckable(true);
    action->setChecked(read({&ToolSettings::schema(), &scene->tool_settings}, property).as_bool());
  }
}

}  // namespace

bool fill_edit_menu(const std::string& name, QMenu& menu, EditorContext& context) {
  const std::pair<const char*, std::function<std::vector<Entry>()>> menus[] = {
      {"VIEW3D_MT_edit_mesh_context_menu", [&] { return context_entries(context.session); }},
      {"VIEW3D_MT_edit_mesh", mesh_entries},
      {"VIEW3D_MT_edit_mesh_vertices", vertex_entries},
      {"VIEW3D_MT_edit_mesh_edges", edge_entries},
      {"VIEW3D_MT_edit_mesh_faces", face_entries},
      {"VIEW3D_MT_edit_mesh_delete", delete_entries},
      {"VIEW3D_MT_edit_mesh_merge", merge_entries},
      {"VIEW3D_MT_edit_mesh_extrude", extrude_entries},
      {"VIEW3D_MT_edit_mesh_split", split_entries},
      {"VIEW3D_MT_edit_mesh_separate", separate_entries},
      {"VIEW3D_MT_edit_mesh_normals", normals_entries},
      {"VIEW3D_MT_edit_mesh_showhide", show_entries},
      {"VIEW3D_MT_transform", transform_entries},
      {"VIEW3D_MT_select_edit_mesh", select_entries},
      {"VIEW3D_MT_edit_mesh_select_similar", [&] { return similar_entries(context.session); }}};
  for (const auto& [known, entries] : menus) {
    if (name == known) {
      fill_entries(menu, context, entries());
      if (name == "VIEW3D_MT_edit_mesh_merge") {
        add_auto_merge(menu, context.session);
      }
      return true;
    }
  }
  return false;
}

}  // namespace kiln::editor
