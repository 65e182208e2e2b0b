#include "editor/view3d/object_menus.h"

#include <QMenu>
#include <functional>

#include "document/scene.h"
#include "editor/view3d/menu_entries.h"
#include "editor/window/commands.h"
#include "editor/window/editor.h"
#include "editor/window/menus.h"

namespace kiln::editor {
namespace {

using Entry = MenuEntry;

Entry of_type(const char* label, const char* command, const char* type) {
  return {label, command, {{"type", Value(type)}}};
}

std::vector<Entry> object_entries() {
  return {{"Transform", "VIEW3D_MT_transform_object"},
          {"Set Origin", "VIEW3D_MT_object_origin"},
          {"Clear", "VIEW3D_MT_object_clear"},
          {"Apply", "VIEW3D_MT_object_apply"},
          {"Snap", "VIEW3D_MT_snap"},
          {nullptr, ""},
          {"Duplicate Objects", "object.duplicate_move"},
          {"Duplicate Linked", "object.duplicate_move_linked"},
          {"Join", "object.join"},
          {nullptr, ""},
          {"Copy Objects", "view3d.copybuffer"},
          {"Paste Objects", "view3d.pastebuffer"},
          {nullptr, ""},
          {"Parent", "VIEW3D_MT_object_parent"},
          {"Collection", "VIEW3D_MT_object_collection"},
          {"Relations", "VIEW3D_MT_object_relations"},
          {"Library Override", "VIEW3D_MT_object_liboverride"},
          {"Link/Transfer Data", "VIEW3D_MT_make_links"},
          {nullptr, ""},
          {"Shade Smooth", "object.shade_smooth"},
          {"Shade Flat", "object.shade_flat"},
          {"Show/Hide", "VIEW3D_MT_object_showhide"},
          {nullptr, ""},
          {"Delete", "object.delete", {{"use_global", Value(false)}}},
          {"Delete Global", "object.delete", {{"use_global", Value(true)}}}};
}

std::vector<Entry> context_entries() {
  return {{"Shade Smooth", "object.shade_smooth"},
          {"Shade Flat", "object.shade_flat"},
          {nullptr, ""},
          {"Set Origin", "VIEW3D_MT_object_origin"},
          {"Snap", "VIEW3D_MT_snap"},
          {"Parent", "VIEW3D_MT_object_parent"},
          {"Move to Collection", "VIEW3D_MT_object_move_to_collection"},
          {nullptr, ""},
          {"Copy Objects", "view3d.copybuffer"},
          {"Paste Objects", "view3d.pastebuffer"},
          {"Duplicate Objects", "object.duplicate_move"},
          {"Duplicate Linked", "object.duplicate_move_linked"},
          {"Join", "object.join"},
          {nullptr, ""},
          {"Delete", "object.delete", {{"use_global", Value(false)}}}};
}

std::vector<Entry> transform_entries() {
  return {{"Move", "transform.translate"},
          {"Rotate", "transform.rotate"},
          {"Scale", "transform.resize"},
          {nullptr, ""},
          {"To Sphere", "transform.tosphere"},
          {"Push/Pull", "transform.push_pull"},
          {nullptr, ""},
          {"Transforms to Deltas", "object.transforms_to_deltas", {{"mode", Value("ALL")}}}};
}

std::vector<Entry> origin_entries() {
  return {
      of_type("Geometry to Origin", "object.origin_set", "GEOMETRY_ORIGIN"),
      of_type("Origin to Geometry", "object.origin_set", "ORIGIN_GEOMETRY"),
      of_type("Origin to 3D Cursor", "object.origin_set", "ORIGIN_CURSOR"),
      of_type("Origin to Center of Mass (Surface)", "object.origin_set", "ORIGIN_CENTER_OF_MASS"),
      of_type("Origin to Center of Mass (Volume)", "object.origin_set", "ORIGIN_CENTER_OF_VOLUME")};
}

std::vector<Entry> clear_entries() {
  const OperatorSettings keeps{{"clear_delta", Value(false)}};
  return {{"Location", "object.location_clear", keeps},
          {"Rotation", "object.rotation_clear", keeps},
          {"Scale", "object.scale_clear", keeps},
          {nullptr, ""},
          {"Origin", "object.origin_clear"}};
}

std::vector<Entry> apply_entries() {
  const auto parts = [](bool location, bool rotation, bool scale) {
    return OperatorSettings{{"location", location}, {"rotation", rotation}, {"scale", scale}};
  };
  const char* apply = "object.transform_apply";
  return {{"Location", apply, parts(true, false, false)},
          {"Rotation", apply, parts(false, true, false)},
          {"Scale", apply, parts(false, false, true)},
          {"All Transforms", apply, parts(true, true, true)},
          {"Rotation & Scale", apply, parts(false, true, true)},
          {nullptr, ""},
          {"Make Instances Real", "object.duplicates_make_real"}};
}

std::vector<Entry> parent_entries() {
  const auto keeping = [](const char* label, const char* command, bool keeps) {
    return Entry{label, command, {{"keep_transform", Value(keeps)}}};
  };
  return {keeping("Object", "object.parent_set", false),
          keeping("Object (Keep Transform)", "object.parent_set", true),
          keeping("Object (Without Inverse)", "object.parent_no_inverse_set", false),
          keeping("Object (Keep Transform Without Inverse)", "object.parent_no_inverse_set", true),
          {nullptr, ""},
          of_type("Clear Parent", "object.parent_clear", "CLEAR"),
          of_type("Clear and Keep Transformation", "object.parent_clear", "CLEAR_KEEP_TRANSFORM"),
          of_type("Clear Parent Inverse", "object.parent_clear", "CLEAR_INVERSE")};
}

std::vector<Entry> collection_entries() {
  return {{"Move to Collection", "VIEW3D_MT_object_move_to_collection"},
          {"Link to Collection", "VIEW3D_MT_object_link_to_collection"},
          {nullptr, ""},
          {"Create New Collection", "collection.create"},
          {"Remove from All Collections", "collection.objects_remove_all"}};
}

std::vector<Entry> relation_entries() {
  const auto own = [](const char* label, bool object, bool data, bool material) {
    return Entry{label,
                 "object.make_single_user",
                 {{"object", object}, {"obdata", data}, {"material", material}}};
  };
  return {own("Make Single User: Object", true, false, false),
          own("Make Single User: Object & Data", true, true, false),
          own("Make Single User: Object & Data & Materials", true, true, true),
          own("Make Single User: Materials", false, false, true),
          {nullptr, ""},
          {"Make Local", "object.make_local"}};
}

std::vector<Entry> override_entries() {
  return {{"Make", "object.make_override_library"},
          {"Reset", "object.reset_override_library"},
          {"Clear", "object.clear_override_library"}};
}

std::vector<Entry> link_entries() {
  const char* command = "object.make_links_data";
  return {of_type("Link Object Data", command, "OBDATA"),
          of_type("Link Materials", command, "MATERIAL"),
          of_type("Link Collections", command, "GROUPS"),
          of_type("Link Instance Collection", command, "DUPLICOLLECTION")};
}

std::vector<Entry> show_entries() {
  return {{"Show Hidden Objects", "object.hide_view_clear"},
          {nullptr, ""},
          {"Hide Selected", "object.hide_view_set", {{"unselected", Value(false)}}},
          {"Hide Unselected", "object.hide_view_set", {{"unselected", Value(true)}}}};
}

std::vector<Entry> select_entries() {
  const auto all = [](const char* label, const char* action) {
    return Entry{label, "object.select_all", {{"action", Value(action)}}};
  };
  return {all("All", "SELECT"),
          all("None", "DESELECT"),
          all("Invert", "INVERT"),
          {nullptr, ""},
          {"Box Select", "view3d.select_box"},
          {"Circle Select", "view3d.select_circle"},
          {"Lasso Select", "view3d.select_lasso"},
          {nullptr, ""},
          {"Select Active Camera", "object.select_camera"},
          {"Mirror Selection", "object.select_mirror"},
          {"Select Random", "object.select_random"},
          {nullptr, ""},
          {"More/Less", "VIEW3D_MT_select_object_more_less"},
          {"Select All by Type", "VIEW3D_MT_select_by_type"},
          {"Select Grouped", "VIEW3D_MT_select_grouped"},
          {"Select Linked", "VIEW3D_MT_select_linked"},
          {"Select Pattern", "object.select_pattern"}};
}

std::vector<Entry> more_entries() {
  const auto step = [](const char* label, const char* direction, bool extends) {
    return Entry{
        label, "object.select_hierarchy", {{"direction", Value(direction)}, {"extend", extends}}};
  };
  return {{"More", "object.select_more"},        {"Less", "object.select_less"},     {nullptr, ""},
          step("Parent", "PARENT", false),       step("Child", "CHILD", false),      {nullptr, ""},
          step("Extend Parent", "PARENT", true), step("Extend Child", "CHILD", true)};
}

// An operator with each of the choices that its settings have.
void fill_choices(QMenu& menu, EditorContext& context, const char* command) {
  const operators::OperatorType* type = context.session.operators().find(command);
  for (const EnumItem& item : type->settings->property("type")->items) {
    add_menu_item(menu, context, command, {{"type", Value(item.identifier)}}, item.label);
  }
}

// The collections of the scene as a tree of menus; their numbers count depth first.
void fill_collections(QMenu& menu, EditorContext& context, const char* command, BlockId id,
                      int& count) {
  const Document& document = context.session.document();
  const Collection* collection = document.find<Collection>(id);
  if (!collection) {
    return;
  }
  const int index = count++;
  const std::string& name = collection->name;
  add_menu_item(menu, context, command, {{"collection_index", Value(index)}}, name);
  for (const auto& child : collection->children) {
    const Collection* inner = document.find<Collection>(child.id);
    if (inner && !inner->children.empty()) {
      fill_collections(*menu.addMenu(QString::fromStdString(inner->name)), context, command,
                       child.id, count);
    } else {
      fill_collections(menu, context, command, child.id, count);
    }
  }
  menu.addSeparator();
  add_menu_item(menu, context, command,
                {{"collection_index", Value(index)},
                 {"is_new", true},
                 {"new_collection_name", Value("Collection")}},
                "+ New Collection");
}

void fill_collections(QMenu& menu, EditorContext& context, const char* command) {
  const Scene* scene = context.session.scene();
  int count = 0;
  if (scene) {
    fill_collections(menu, context, command, scene->collection.id, count);
  }
}

}  // namespace

bool fill_object_menu(const std::string& name, QMenu& menu, EditorContext& context) {
  const std::pair<const char*, std::vector<Entry> (*)()> menus[] = {
      {"VIEW3D_MT_object", object_entries},
      {"VIEW3D_MT_object_context_menu", context_entries},
      {"VIEW3D_MT_transform_object", transform_entries},
      {"VIEW3D_MT_object_origin", origin_entries},
      {"VIEW3D_MT_object_clear", clear_entries},
      {"VIEW3D_MT_object_apply", apply_entries},
      {"VIEW3D_MT_object_parent", parent_entries},
      {"VIEW3D_MT_object_collection", collection_entries},
      {"VIEW3D_MT_object_relations", relation_entries},
      {"VIEW3D_MT_object_liboverride", override_entries},
      {"VIEW3D_MT_make_links", link_entries},
      {"VIEW3D_MT_object_showhide", show_entries},
      {"VIEW3D_MT_select_object", select_entries},
      {"VIEW3D_MT_select_object_more_less", more_entries}};
  for (const auto& [known, entries] : menus) {
    if (name == known) {
      fill_entries(menu, context, entries());
      return true;
    }
  }
  const std::pair<const char*, const char*> choices[] = {
      {"VIEW3D_MT_select_by_type", "object.select_by_type"},
      {"VIEW3D_MT_select_grouped", "object.select_grouped"},
      {"VIEW3D_MT_select_linked", "object.select_linked"}};
  for (const auto& [known, command] : choices) {
    if (name == known) {
      fill_choices(menu, context, command);
      return true;
    }
  }
  if (name == "VIEW3D_MT_object_move_to_collection" ||
      name == "VIEW3D_MT_object_link_to_collection") {
    fill_collections(menu, context,
                     name.find("move") != std::string::npos ? "object.move_to_collection"
                                                            : "object.link_to_collection");
    return true;
  }
  return false;
}

}  // namespace kiln::editor
