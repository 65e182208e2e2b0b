#include "document/view3d_space.h"

#include <fmt/format.h>

#include "core/schema/builder.h"
#include "document/object.h"

namespace kiln {
namespace {

// A flag a kind of objects, over a mask of those that are not shown or cannot be selected.
void add_kind_flags(SchemaBuilder<SpaceView3D>& s, const char* what,
                    std::uint32_t SpaceView3D::*mask) {
  for (std::size_t i = 0; i < object_kind_names.size(); ++i) {
    const std::uint32_t bit = 1u << i;
    s.add_computed(
         PropertyType::Boolean, fmt::format("show_object_{}_{}", what, object_kind_names[i]),
         object_kind_names[i],
         [mask, bit](const ConstRef& r) { return Value((r.as<SpaceView3D>().*mask & bit) == 0); },
         [mask, bit](const MutableRef& r, const Value& v) -> Result<void> {
           std::uint32_t& bits = r.as<SpaceView3D>().*mask;
           bits = v.as_bool() ? bits & ~bit : bits | bit;
           return {};
         })
        .default_value(false);
  }
}

}  // namespace

float4x4 RegionView3D::view_matrix() const {
  if (view_perspective == ViewPerspective::Camera) {
    return shown_view_matrix;
  }
  const float3x3 axes = quaternion_to_matrix(view_rotation);
  const float back = view_distance;
  return inverse(to_float4x4(axes, view_location + axes * float3{0, 0, back}));
}

const Schema& RegionView3D::schema() {
  static const Schema schema = [] {
    using T = RegionView3D;
    const Value::Numbers no_matrix(16, 0.0);  // what the interface tells
    SchemaBuilder<T> s("RegionView3D", "3D View Region");
    s.add<&T::lock_rotation>("lock_rotation", "Lock Rotation");
    s.add<&T::use_clip_planes>("use_clip_planes", "Use Clip Planes");
    s.add_computed(
         PropertyType::Float, "clip_planes", "Clip Planes",
         [](const ConstRef& r) {
           Value::Numbers numbers;
           for (const float4& plane : r.as<T>().clip_planes) {
             for (int i = 0; i < 4; ++i) {
               numbers.push_back(double(plane[i]));
             }
           }
           return Value(numbers);
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const auto* numbers = std::get_if<Value::Numbers>(&v.data);
           if (!numbers || numbers->size() != 24) {
             return Error::invalid("clip_planes: expected 6 times 4 numbers");
           }
           for (std::size_t i = 0; i < 24; ++i) {
             r.as<T>().clip_planes[i / 4][int(i % 4)] = float((*numbers)[i]);
           }
           return {};
         })
        .matrix(6, 4)
        .soft(-10000, 10000)
        .default_value(Value::Numbers(24, 0.0));
    s.add<&T::view_camera_zoom>("view_camera_zoom", "Camera Zoom")
        .range(-30, 600)
        .subtype(Subtype::Unsigned);
    s.add<&T::view_camera_offset>("view_camera_offset", "Camera Offset").soft(-10000, 10000);
    s.add<&T::view_location>("view_location", "View Location")
        .soft(-10000, 10000)
        .step(10, 5)
        .subtype(Subtype::Translation);
    s.add<&T::view_rotation>("view_rotation", "View Rotation")
        .soft(-10000, 10000)
        .subtype(Subtype::Quaternion)
        .default_value(Value::Numbers{0, 0, 0, 0});
    s.add<&T::view_distance>("view_distance", "Distance")
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .default_value(0.0);
    s.add<&T::view_perspective>("view_perspective", "Perspective")
        .items({{"PERSP", "Perspective", int(ViewPerspective::Persp)},
                {"ORTHO", "Orthographic", int(ViewPerspective::Ortho)},
                {"CAMERA", "Camera", int(ViewPerspective::Camera)}})
        .default_value("ORTHO");
    s.add<&T::is_perspective>("is_perspective", "Is Perspective").default_value(false);
    s.add<&T::is_orthographic_side_view>("is_orthographic_side_view", "Is Axis Aligned");
    s.add_computed(
         PropertyType::Float, "view_matrix", "View Matrix",
         [](const ConstRef& r) { return matrix_value(r.as<T>().view_matrix()); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const auto* numbers = std::get_if<Value::Numbers>(&v.data);
           if (!numbers || numbers->size() != 16) {
             return Error::invalid("view_matrix: expected 16 numbers");
           }
           float4x4 m;
           for (int i = 0; i < 16; ++i) {
             m[i / 4][i % 4] = float((*numbers)[std::size_t(i)]);
           }
           T& region = r.as<T>();
           const float4x4 eye = inverse(m);
           const float3x3 axes = rotation_part(eye);
           region.view_rotation = matrix_to_quaternion(axes);
           region.view_location = translation(eye) - axes * float3{0, 0, region.view_distance};
           if (region.view_perspective == ViewPerspective::Camera) {
             region.view_perspective = ViewPerspective::Persp;
           }
           return {};
         })
        .matrix(4, 4)
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .default_value(no_matrix);
    s.add<&T::window_matrix>("window_matrix", "Window Matrix")
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .default_value(no_matrix)
        .read_only();
    s.add_computed(PropertyType::Float, "perspective_matrix", "Perspective Matrix",
                   [](const ConstRef& r) {
                     const T& region = r.as<T>();
                     return matrix_value(region.window_matrix * region.view_matrix());
                   })
        .matrix(4, 4)
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .default_value(no_matrix);
    return told_to_window(s.build());
  }();
  return schema;
}

const Schema& SpaceView3D::schema() {
  static const Schema schema = [] {
    using T = SpaceView3D;
    SchemaBuilder<T> s("SpaceView3D", "3D View Space", &Space::schema());
    s.add<&T::shading>("shading", "Shading Settings");
    s.add<&T::overlay>("overlay", "Overlay Settings").never_none();
    s.add<&T::region>("region_3d", "3D Region");
    s.add<&T::lens>("lens", "Lens")
        .describe("Focal length of the view in millimetres")
        .range(1, 250)
        .subtype(Subtype::None, Unit::Camera);
    s.add<&T::clip_start>("clip_start", "Clip Start")
        .range(1e-6, infinity)
        .soft(0.001, infinity)
        .subtype(Subtype::Distance);
    s.add<&T::clip_end>("clip_end", "Clip End")
        .range(1e-6, infinity)
        .soft(0.001, infinity)
        .subtype(Subtype::Distance);
    s.add<&T::camera>("camera", "Camera").not_animatable();
    s.add<&T::use_local_camera>("use_local_camera", "Use Local Camera").default_value(true);
    s.add<&T::use_render_border>("use_render_border", "Render Region").not_animatable();
    s.add<&T::render_border_min_x>("render_border_min_x", "Region Minimum X").range(0, 1);
    s.add<&T::render_border_min_y>("render_border_min_y", "Region Minimum Y").range(0, 1);
    s.add<&T::render_border_max_x>("render_border_max_x", "Region Maximum X")
        .range(0, 1)
        .default_value(0.0);
    s.add<&T::render_border_max_y>("render_border_max_y", "Region Maximum Y")
        .range(0, 1)
        .default_value(0.0);
    s.add<&T::lock_object>("lock_object", "Lock to Object").not_animatable();
    s.add<&T::lock_cursor>("lock_cursor", "Lock to Cursor");
    s.add<&T::lock_camera>("lock_camera", "Lock Camera to View");
    s.add<&T::show_gizmo>("show_gizmo", "Show Gizmo").default_value(false);
    s.add<&T::show_gizmo_navigate>("show_gizmo_navigate", "Navigate Gizmo").default_value(false);
    s.add<&T::show_gizmo_context>("show_gizmo_context", "Context Gizmo").default_value(false);
    s.add<&T::show_gizmo_tool>("show_gizmo_tool", "Tool Gizmo").default_value(false);
    s.add<&T::show_gizmo_object_translate>("show_gizmo_object_translate", "Show Object Location");
    s.add<&T::show_gizmo_object_rotate>("show_gizmo_object_rotate", "Show Object Rotation");
    s.add<&T::show_gizmo_object_scale>("show_gizmo_object_scale", "Show Object Scale");
    s.add<&T::show_gizmo_empty_image>("show_gizmo_empty_image", "Show Empty Image")
        .describe("Handles that move and scale the picture of an empty")
        .default_value(false);
    s.add<&T::show_gizmo_light_size>("show_gizmo_light_size", "Show Light Size")
        .describe("Handles for the cone of spots and the sides of area lights")
        .default_value(false);
    s.add<&T::show_gizmo_light_look_at>("show_gizmo_light_look_at", "Show Light Look-At")
        .describe("A handle that turns lights towards where it is dragged")
        .default_value(false);
    s.add<&T::show_gizmo_camera_lens>("show_gizmo_camera_lens", "Show Camera Lens")
        .describe("Handles for how much a camera sees")
        .default_value(false);
    s.add<&T::show_gizmo_camera_dof_distance>("show_gizmo_camera_dof_distance",
                                              "Show Camera Focus Distance")
        .describe("A handle where a camera with depth of field is sharp")
        .default_value(false);
    add_kind_flags(s, "viewport", &T::hidden_kinds);
    add_kind_flags(s, "select", &T::unselectable_kinds);
    s.add<&T::tool>("tool_idname", "Tool").describe("The tool in use").hidden();
    s.add<&T::show_region_toolbar>("show_region_toolbar", "Toolbar").default_value(false);
    s.add<&T::show_region_tool_header>("show_region_tool_header", "Tool Settings")
        .describe("A bar above the view with the settings of the active tool");
    s.add<&T::show_region_hud>("show_region_hud", "Adjust Last Operation").default_value(false);
    s.add<&T::show_region_ui>("show_region_ui", "Sidebar");
    s.add<&T::is_local_view>("is_local_view", "Local View").read_only().hidden();
    return told_to_window(s.build());
  }();
  return schema;
}

}  // namespace kiln
