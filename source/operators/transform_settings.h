#pragma once

#include "operators/operator.h"
#include "operators/transform_points.h"

/// Settings that operators on places share.
namespace kiln::operators {

enum class Orientation : std::uint8_t { Global, Local, Normal, Gimbal, View, Cursor };
enum class OrientAxis : std::uint8_t { X, Y, Z };

struct ProportionalSettings {
  bool use_proportional_edit = false;
  ProportionalFalloff proportional_edit_falloff = ProportionalFalloff::Smooth;
  float proportional_size = 1.0f;
  bool use_proportional_connected = false;

  Proportional proportional() const {
    return {use_proportional_edit,     use_proportional_connected, false,
            proportional_edit_falloff, proportional_size,          {0, 0, 1}};
  }
};

template <typename Settings>
void add_proportional(SchemaBuilder<Settings>& s) {
  s.template add<&Settings::use_proportional_edit>("use_proportional_edit", "Proportional Editing")
      .not_animatable();
  s.template add<&Settings::proportional_edit_falloff>("proportional_edit_falloff",
                                                       "Proportional Falloff")
      .items(proportional_falloff_items())
      .not_animatable();
  s.template add<&Settings::proportional_size>("proportional_size", "Proportional Size")
      .range(1e-6, 1e12)
      .soft(0.001, 100)
      .not_animatable();
  s.template add<&Settings::use_proportional_connected>("use_proportional_connected", "Connected")
      .not_animatable();
}

template <auto Member, typename Settings>
void add_axis(SchemaBuilder<Settings>& s, const char* name, const char* label) {
  s.template add<Member>(name, label)
      .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}})
      .not_animatable();
}

/// Which way X, Y and Z go: of the names that need a window (view, gimbal) the axes are given as
/// `orient_matrix`.
template <typename Settings>
void add_orientation(SchemaBuilder<Settings>& s) {
  s.template add<&Settings::orient_type>("orient_type", "Orientation")
      .items({{"GLOBAL", "Global", 0},
              {"LOCAL", "Local", 1},
              {"NORMAL", "Normal", 2},
              {"GIMBAL", "Gimbal", 3},
              {"VIEW", "View", 4},
              {"CURSOR", "Cursor", 5}})
      .not_animatable();
  s.template add<&Settings::orient_matrix>("orient_matrix", "Matrix").hidden().not_animatable();
}

/// Columns are the axes that values count along.
float3x3 orientation_of(const Context& context, Orientation orientation, const float3x3& matrix,
                        bool has_matrix);
template <typename Settings>
float3x3 axes_of(const Context& context, const Settings& settings,
                 const std::unordered_set<std::string>& given) {
  return orientation_of(context, settings.orient_type, settings.orient_matrix,
                        given.contains("orient_matrix"));
}

/// Selected vertices of the meshes in edit mode, else selected objects.
TransformPoints points_of(Context& context, const ProportionalSettings& settings,
                          bool has_normals = false);
bool is_editing_mesh(const Context& context);
/// A poll: an object or a mesh is being edited.
std::optional<std::string> needs_something_to_move(const Context& context);

}  // namespace kiln::operators
