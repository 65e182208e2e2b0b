#include "document/tool_settings.h"

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
        .default_value(Value::Numbers{0, 0, 0});
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
                {"EDGE_MIDPOINT", "Edge Center", int(SnapElements::EdgeMidpoint)}})
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
    s.add<&T::use_auto_normalize>("use_auto_normalize", "Weight Paint Auto-Normalize")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_lock_relative>("use_lock_relative", "Weight Paint Lock-Relative")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_multipaint>("use_multipaint", "Weight Paint Multi-Paint")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::vertex_group_user>("vertex_group_user", "Mask Non-Group Vertices")
        .items({{"NONE", "None", int(ToolVertexGroupUser::None)},
                {"ACTIVE", "Active", int(ToolVertexGroupUser::Active)},
                {"ALL", "All", int(ToolVertexGroupUser::All)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::vertex_group_subset>("vertex_group_subset", "Subset")
        .items({{"ALL", "All", int(ToolVertexGroupSubset::All)},
                {"BONE_DEFORM", "Deform", int(ToolVertexGroupSubset::BoneDeform)},
                {"OTHER_DEFORM", "Other", int(ToolVertexGroupSubset::OtherDeform)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::vertex_group_weight>("vertex_group_weight", "Vertex Group Weight")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::uv_sculpt_lock_borders>("uv_sculpt_lock_borders", "Lock Borders")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::uv_sculpt_all_islands>("uv_sculpt_all_islands", "Sculpt All Islands")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::uv_relax_method>("uv_relax_method", "Relaxation Method")
        .items({{"LAPLACIAN", "Laplacian", int(ToolUvRelaxMethod::Laplacian)},
                {"HC", "HC", int(ToolUvRelaxMethod::Hc)},
                {"COTAN", "Geometry", int(ToolUvRelaxMethod::Cotan)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::lock_object_mode>("lock_object_mode", "Lock Object Modes")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::workspace_tool_type>("workspace_tool_type", "Drag")
        .items({{"DEFAULT", "Active Tool", int(ToolWorkspaceToolType::Default)},
                {"FALLBACK", "Select", int(ToolWorkspaceToolType::Fallback)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_proportional_edit_mask>("use_proportional_edit_mask",
                                          "Proportional Editing Objects")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_proportional_action>("use_proportional_action", "Proportional Editing Actions")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_proportional_fcurve>("use_proportional_fcurve", "Proportional Editing FCurves")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::lock_markers>("lock_markers", "Lock Markers")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::double_threshold>("double_threshold", "Merge Threshold")
        .range(0, 1)
        .soft(0, 0.1)
        .step(0.01f, 6)
        .subtype(Subtype::Distance)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_data_origin>("use_transform_data_origin", "Transform Origins")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_skip_children>("use_transform_skip_children", "Transform Parents")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_correct_face_attributes>("use_transform_correct_face_attributes",
                                                     "Correct Face Attributes")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_transform_correct_keep_connected>("use_transform_correct_keep_connected",
                                                    "Keep Connected")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_mesh_automerge>("use_mesh_automerge", "Auto Merge Vertices")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_mesh_automerge_and_split>("use_mesh_automerge_and_split", "Split Edges & Faces")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_node>("use_snap_node", "Snap").not_animatable().changes(Change::Selection);
    s.add<&T::use_snap_sequencer>("use_snap_sequencer", "Use Snapping")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_uv>("use_snap_uv", "Snap").not_animatable().changes(Change::Selection);
    s.add<&T::use_snap_align_rotation>("use_snap_align_rotation", "Align Rotation to Target")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::snap_face_nearest_steps>("snap_face_nearest_steps", "Face Nearest Steps")
        .range(1, 100)
        .subtype(Subtype::Factor)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_to_same_target>("use_snap_to_same_target", "Snap to Same Target")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::snap_node_element>("snap_node_element", "Snap Node Element")
        .items({{"GRID", "Grid", int(ToolSnapNodeElement::Grid)},
                {"NODE_X", "Node X", int(ToolSnapNodeElement::NodeX)},
                {"NODE_Y", "Node Y", int(ToolSnapNodeElement::NodeY)},
                {"NODE_XY", "Node X / Y", int(ToolSnapNodeElement::NodeXy)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::snap_uv_element>("snap_uv_element", "Snap UV Element")
        .items({{"INCREMENT", "Increment", int(ToolSnapUvElement::Increment)},
                {"VERTEX", "Vertex", int(ToolSnapUvElement::Vertex)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_uv_grid_absolute>("use_snap_uv_grid_absolute", "Absolute Grid Snap")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_peel_object>("use_snap_peel_object", "Snap Peel Object")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_project>("use_snap_project", "Project Individual Elements")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_snap_backface_culling>("use_snap_backface_culling", "Backface Culling")
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
    s.add<&T::uv_select_mode>("uv_select_mode", "UV Selection Mode")
        .items({{"VERTEX", "Vertex", int(ToolUvSelectMode::Vertex)},
                {"EDGE", "Edge", int(ToolUvSelectMode::Edge)},
                {"FACE", "Face", int(ToolUvSelectMode::Face)},
                {"ISLAND", "Island", int(ToolUvSelectMode::Island)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::uv_sticky_select_mode>("uv_sticky_select_mode", "Sticky Selection Mode")
        .items({{"DISABLED", "Disabled", int(ToolUvStickySelectMode::Disabled)},
                {"SHARED_LOCATION", "Shared Location", int(ToolUvStickySelectMode::SharedLocation)},
                {"SHARED_VERTEX", "Shared Vertex", int(ToolUvStickySelectMode::SharedVertex)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_uv_select_sync>("use_uv_select_sync", "UV Sync Selection")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::show_uv_local_view>("show_uv_local_view", "UV Local View")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_edge_path_live_unwrap>("use_edge_path_live_unwrap", "Live Unwrap")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::normal_vector>("normal_vector", "Normal Vector")
        .soft(-10000, 10000)
        .step(1.0f)
        .subtype(Subtype::Xyz)
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::auto_keying_mode>("auto_keying_mode", "Auto-Keying Mode")
        .items({{"ADD_REPLACE_KEYS", "Add & Replace", int(ToolAutoKeyingMode::AddReplaceKeys)},
                {"REPLACE_KEYS", "Replace", int(ToolAutoKeyingMode::ReplaceKeys)}})
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_record_with_nla>("use_record_with_nla", "Layered")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::use_keyframe_cycle_aware>("use_keyframe_cycle_aware", "Cycle-Aware Keying")
        .not_animatable()
        .changes(Change::Selection);
    s.add<&T::keyframe_type>("keyframe_type", "New Keyframe Type")
        .items({{"KEYFRAME", "Keyframe", int(ToolKeyframeType::Keyframe)},
                {"BREAKDOWN", "Breakdown", int(ToolKeyframeType::Breakdown)},
                {"MOVING_HOLD", "Moving Hold", int(ToolKeyframeType::MovingHold)},
                {"EXTREME", "Extreme", int(ToolKeyframeType::Extreme)},
                {"JITTER", "Jitter", int(ToolKeyframeType::Jitter)}})
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
    return s.build();
  }();
  return schema;
}

const Schema& transform_orientation_slot_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("TransformOrientationSlot", "Orientation Slot");
    s.add_computed(
         PropertyType::Enum, "type", "Orientation",
         [](const ConstRef& r) {
           for (const EnumItem& item : orientation_items()) {
             if (item.value == int(r.as<Scene>().transform_orientation)) {
               return Value(item.identifier);
             }
           }
           return Value("GLOBAL");
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           for (const EnumItem& item : orientation_items()) {
             if (item.identifier == v.as_string()) {
               r.as<Scene>().transform_orientation = TransformOrientation(item.value);
               return {};
             }
           }
           return Error::invalid("type: enum \"{}\" not found", v.as_string());
         })
        .items(orientation_items())
        .changes(Change::Selection)
        .default_value("GLOBAL")
        .not_animatable();
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
