#include "document/tool_settings.h"

#include <algorithm>

#include "core/schema/builder.h"
#include "document/scene.h"

namespace kiln {
namespace {

std::vector<EnumItem> orientation_items() {
  return {{"GLOBAL", "Global", int(TransformOrientation::Global)},
          {"LOCAL", "Local", int(TransformOrientation::Local)},
          {"NORMAL", "Normal", int(TransformOrientation::Normal)},
          {"GIMBAL", "Gimbal", int(TransformOrientation::Gimbal)},
          {"VIEW", "View", int(TransformOrientation::View)},
          {"CURSOR", "Cursor", int(TransformOrientation::Cursor)}};
}

constexpr int first_custom_value = 1024;  // of the items of the user

}  // namespace

std::vector<EnumItem> proportional_falloff_items() {
  using F = ProportionalFalloff;
  return {{"SMOOTH", "Smooth", int(F::Smooth)},
          {"SPHERE", "Sphere", int(F::Sphere)},
          {"ROOT", "Root", int(F::Root)},
          {"INVERSE_SQUARE", "Inverse Square", int(F::InverseSquare)},
          {"SHARP", "Sharp", int(F::Sharp)},
          {"LINEAR", "Linear", int(F::Linear)},
          {"CONSTANT", "Constant", int(F::Constant)},
          {"RANDOM", "Random", int(F::Random)}};
}

const Schema& ToolSettings::schema() {
  static const Schema schema = [] {
    using T = ToolSettings;
    SchemaBuilder<T> s("ToolSettings", "Tool Settings");
    s.add<&T::mesh_select_mode>("mesh_select_mode", "Mesh Selection Mode")
        .changes(Change::Selection)
        .not_animatable()
        .default_value(Value::Numbers{1, 1, 1});
    s.add<&T::transform_pivot_point>("transform_pivot_point", "Transform Pivot Point")
        .items(
            {{"BOUNDING_BOX_CENTER", "Bounding Box Center", int(TransformPivot::BoundingBoxCenter)},
             {"CURSOR", "3D Cursor", int(TransformPivot::Cursor)},
             {"INDIVIDUAL_ORIGINS", "Individual Origins", int(TransformPivot::IndividualOrigins)},
             {"MEDIAN_POINT", "Median Point", int(TransformPivot::MedianPoint)},
             {"ACTIVE_ELEMENT", "Active Element", int(TransformPivot::ActiveElement)}})
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_transform_pivot_point_align>("use_transform_pivot_point_align", "Only Locations")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_snap>("use_snap", "Snap").changes(Change::Selection).not_animatable();
    s.add<&T::snap_elements>("snap_elements", "Snap Element")
        .items({{"INCREMENT", "Increment", int(SnapElements::Increment)},
                {"VERTEX", "Vertex", int(SnapElements::Vertex)},
                {"EDGE", "Edge", int(SnapElements::Edge)},
                {"FACE", "Face Project", int(SnapElements::Face)},
                {"FACE_NEAREST", "Face Nearest", int(SnapElements::FaceNearest)},
                {"VOLUME", "Volume", int(SnapElements::Volume)},
                {"EDGE_MIDPOINT", "Edge Center", int(SnapElements::EdgeMidpoint)},
                {"EDGE_PERPENDICULAR", "Edge Perpendicular", int(SnapElements::EdgePerpendicular)}})
        .enum_flag()
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::snap_target>("snap_target", "Snap Target")
        .items({{"CLOSEST", "Closest", int(SnapTarget::Closest)},
                {"CENTER", "Center", int(SnapTarget::Center)},
                {"MEDIAN", "Median", int(SnapTarget::Median)},
                {"ACTIVE", "Active", int(SnapTarget::Active)}})
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_snap_grid_absolute>("use_snap_grid_absolute", "Absolute Grid Snap")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_snap_self>("use_snap_self", "Snap onto Active")
        .changes(Change::Selection)
        .not_animatable()
        .default_value(false);
    s.add<&T::use_snap_translate>("use_snap_translate", "Use Snap for Translation")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_snap_rotate>("use_snap_rotate", "Use Snap for Rotation")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_snap_scale>("use_snap_scale", "Use Snap for Scale")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::vertex_group_weight>("vertex_group_weight", "Vertex Group Weight")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_data_origin>("use_transform_data_origin", "Transform Origins")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_skip_children>("use_transform_skip_children", "Transform Parents")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_edit>("use_snap_edit", "Snap onto Edited")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_nonedit>("use_snap_nonedit", "Snap onto Non-edited")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_selectable>("use_snap_selectable", "Snap onto Selectable Only")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_backface_culling>("use_snap_backface_culling", "Backface Culling")
        .describe("Faces that are seen from behind are looked through")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_peel_object>("use_snap_peel_object", "Snap Peel Object")
        .describe("The middle of an object as a whole, not of each of its parts")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_align_rotation>("use_snap_align_rotation", "Align Rotation to Target")
        .describe("Objects that are moved onto a surface turn their Z axis along its normal")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_mesh_automerge>("use_mesh_automerge", "Auto Merge Vertices")
        .describe("Moved vertices join with those that they come to lie on")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_mesh_automerge_and_split>("use_mesh_automerge_and_split", "Split Edges & Faces")
        .describe("Moved vertices and edges also cut the edges and faces that they come to lie on")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::snap_face_nearest_steps>("snap_face_nearest_steps", "Face Nearest Steps")
        .describe("In how many steps the way to the nearest surface is gone")
        .subtype(Subtype::Factor)
        .range(1, 100)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_project>("use_snap_project", "Project Individual Elements")
        .describe("Everything that is moved is put onto the surface that is seen behind it")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_to_same_target>("use_snap_to_same_target", "Snap to Same Target")
        .describe("The nearest surface is that of the object that was nearest at the start")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_correct_face_attributes>("use_transform_correct_face_attributes",
                                                     "Correct Face Attributes")
        .describe("UVs and colors of faces stay where they are while vertices move")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_correct_keep_connected>("use_transform_correct_keep_connected",
                                                    "Keep Connected")
        .describe("UVs that are one stay one while they are corrected")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::lock_object_mode>("lock_object_mode", "Lock Object Modes")
        .describe("Only objects in the mode of the active one can be selected")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::normal_vector>("normal_vector", "Normal Vector")
        .describe("The normal that was copied or pasted last")
        .subtype(Subtype::Xyz)
        .soft(-10000, 10000)
        .step(1, 3)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_node>("use_snap_node", "Snap")
        .describe("Nodes that are dragged snap")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::snap_node_element>("snap_node_element", "Snap Node Element")
        .items({{"GRID", "Grid", int(SnapNodeElement::Grid)},
                {"NODE_X", "Node X", int(SnapNodeElement::NodeX)},
                {"NODE_Y", "Node Y", int(SnapNodeElement::NodeY)},
                {"NODE_XY", "Node X / Y", int(SnapNodeElement::NodeXY)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::double_threshold>("double_threshold", "Merge Threshold")
        .describe("How near to each other vertices join")
        .subtype(Subtype::Distance)
        .range(0, 1)
        .soft(0, 0.1)
        .step(0.01f, 6)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_proportional_edit>("use_proportional_edit", "Proportional Editing")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_proportional_edit_objects>("use_proportional_edit_objects",
                                             "Proportional Editing Objects")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_proportional_connected>("use_proportional_connected", "Connected Only")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::use_proportional_projected>("use_proportional_projected", "Projected from View")
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::proportional_edit_falloff>("proportional_edit_falloff",
                                         "Proportional Editing Falloff")
        .items(proportional_falloff_items())
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::proportional_size>("proportional_size", "Proportional Size")
        .subtype(Subtype::Distance)
        .range(1e-5, 5000)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::statvis>("statvis", "Mesh Statistics Visualization").never_none().not_animatable();
    return s.build();
  }();
  return schema;
}

const Schema& MeshStatVis::schema() {
  static const Schema schema = [] {
    using T = MeshStatVis;
    SchemaBuilder<T> s("MeshStatVis", "Mesh Visualize Statistics");
    s.add<&T::type>("type", "Type")
        .describe("What is measured of the mesh that is edited")
        .items({{"OVERHANG", "Overhang", int(StatVisType::Overhang)},
                {"THICKNESS", "Thickness", int(StatVisType::Thickness)},
                {"INTERSECT", "Intersect", int(StatVisType::Intersect)},
                {"DISTORT", "Distortion", int(StatVisType::Distort)},
                {"SHARP", "Sharp", int(StatVisType::Sharp)}})
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::overhang_min>("overhang_min", "Overhang Min")
        .range(0, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::overhang_max>("overhang_max", "Overhang Max")
        .range(0, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::overhang_axis>("overhang_axis", "Axis")
        .describe("Faces that look this way overhang")
        .items({{"POS_X", "+X", int(StatVisAxis::PosX)},
                {"POS_Y", "+Y", int(StatVisAxis::PosY)},
                {"POS_Z", "+Z", int(StatVisAxis::PosZ)},
                {"NEG_X", "-X", int(StatVisAxis::NegX)},
                {"NEG_Y", "-Y", int(StatVisAxis::NegY)},
                {"NEG_Z", "-Z", int(StatVisAxis::NegZ)}})
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::thickness_min>("thickness_min", "Thickness Min")
        .range(0, 1000)
        .soft(0, 100)
        .step(0.001f)
        .subtype(Subtype::Distance)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::thickness_max>("thickness_max", "Thickness Max")
        .range(0, 1000)
        .soft(0, 100)
        .step(0.001f)
        .subtype(Subtype::Distance)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::thickness_samples>("thickness_samples", "Samples")
        .describe("How many places of each face the thickness is measured at")
        .range(1, 32)
        .subtype(Subtype::Unsigned)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::distort_min>("distort_min", "Distort Min")
        .range(0, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::distort_max>("distort_max", "Distort Max")
        .range(0, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::sharp_min>("sharp_min", "Distort Min")
        .range(-3.1415927, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::sharp_max>("sharp_max", "Distort Max")
        .range(-3.1415927, 3.1415927)
        .subtype(Subtype::Angle)
        .changes(Change::Selection)
        .not_animatable();
    return s.build();
  }();
  return schema;
}

const Schema& CustomOrientation::schema() {
  static const Schema schema = [] {
    using T = CustomOrientation;
    SchemaBuilder<T> s("TransformOrientation", "Transform Orientation");
    s.add<&T::name>("name", "Name")
        .max_bytes(64)
        .never_none()
        .changes(Change::Selection)
        .not_animatable();
    s.add<&T::matrix>("matrix", "Matrix")
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .changes(Change::Selection)
        .not_animatable()
        .default_value(Value::Numbers(9, 0.0));
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

const Schema& transform_orientation_slot_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("TransformOrientationSlot", "Orientation Slot");
    const auto slot_of = [](const auto& r) -> auto& {
      return r.template as<Scene>().orientation_slots[std::size_t(
          std::clamp<std::int64_t>(r.index, 0, orientation_slot_count - 1))];
    };
    s.add_computed(
         PropertyType::Enum, "type", "Orientation",
         [slot_of](const ConstRef& r) {
           const OrientationSlot& slot = slot_of(r);
           if (r.index > 0 && !slot.use) {
             return Value("DEFAULT");
           }
           if (const CustomOrientation* custom = r.as<Scene>().custom_orientation(slot)) {
             return Value(custom->name);
           }
           for (const EnumItem& item : orientation_items()) {
             if (item.value == int(slot.type)) {
               return Value(item.identifier);
             }
           }
           return Value("GLOBAL");
         },
         [slot_of](const MutableRef& r, const Value& v) -> Result<void> {
           OrientationSlot& slot = slot_of(r);
           const std::string& wanted = v.as_string();
           if (r.index > 0 && wanted == "DEFAULT") {
             slot.use = false;
             return {};
           }
           for (const EnumItem& item : orientation_items()) {
             if (item.identifier == wanted) {
               slot = {TransformOrientation(item.value), slot.use || r.index > 0, -1};
               return {};
             }
           }
           const std::int64_t custom = r.as<Scene>().custom_orientations.find(wanted);
           if (custom >= 0) {
             slot = {TransformOrientation::Custom, slot.use || r.index > 0, int(custom)};
             return {};
           }
           return Error::invalid("type: enum \"{}\" not found", wanted);
         })
        .items(orientation_items())
        .items([](const ConstRef& r) {
          std::vector<EnumItem> items = orientation_items();
          if (!r.data) {
            return items;
          }
          if (r.index > 0) {
            items.insert(items.begin(), {"DEFAULT", "Default", -1});
          }
          for (const CustomOrientation& custom : r.as<Scene>().custom_orientations) {
            items.push_back({custom.name, custom.name, first_custom_value + int(items.size())});
          }
          return items;
        })
        .changes(Change::Selection)
        .default_value("GLOBAL")
        .not_animatable();
    s.add_link("custom_orientation", "Current Transform Orientation", &CustomOrientation::schema,
               [slot_of](const ConstRef& r) -> PathStep {
                 const Scene& scene = r.as<Scene>();
                 const OrientationSlot& slot = slot_of(r);
                 return scene.custom_orientation(slot)
                            ? PathStep{Scene::schema().property("stored_custom_orientations"),
                                       scene.custom_orientations.id(slot.custom), slot.custom}
                            : PathStep{};
               });
    s.add_computed(
         PropertyType::Boolean, "use", "Use",
         [slot_of](const ConstRef& r) { return Value(slot_of(r).use); },
         [slot_of](const MutableRef& r, const Value& v) -> Result<void> {
           slot_of(r).use = v.as_bool();
           return {};
         })
        .changes(Change::Selection)
        .default_value(false)
        .not_animatable();
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
