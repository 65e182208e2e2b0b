#pragma once

#include <unordered_set>

#include "operators/operator.h"

namespace kiln::operators {

enum class Alignment : std::uint8_t { World, View, Cursor };

/// Where a new object goes: settings that all operators which add objects share. Derive the settings from this.
struct Placement {
  bool enter_editmode = false;
  Alignment align = Alignment::World;
  float3 location;
  float3 rotation;  ///< Euler angles XYZ
  float3 scale;     ///< zero on all axes: not given, stands for 1
};

/// Adds the properties of `Placement` to the schema of an operator's settings.
template <typename Settings>
void add_placement(SchemaBuilder<Settings>& s, bool has_edit_mode = true) {
  if (has_edit_mode) {
    s.template add<&Settings::enter_editmode>("enter_editmode", "Enter Edit Mode").not_animatable();
  }
  s.template add<&Settings::align>("align", "Align")
      .items({{"WORLD", "World", 0}, {"VIEW", "View", 1}, {"CURSOR", "3D Cursor", 2}})
      .not_animatable();
  s.template add<&Settings::location>("location", "Location").soft(-10000, 10000).subtype(Subtype::Translation).not_animatable();
  s.template add<&Settings::rotation>("rotation", "Rotation").soft(-10000, 10000).subtype(Subtype::Euler).not_animatable();
  s.template add<&Settings::scale>("scale", "Scale").soft(-10000, 10000).subtype(Subtype::Translation).not_animatable();
}

/// Location, rotation and scale that the settings mean: what was not given comes from the 3D cursor.
struct ResolvedPlacement {
  float3 location, rotation, scale;
  float4x4 matrix() const { return compose(location, euler_to_matrix(rotation), scale); }
};
ResolvedPlacement resolve(const Context& context, const Placement& placement, const std::unordered_set<std::string>& given);
/// Whether the new object is edited at once; what was not given comes from the preferences.
bool enters_edit_mode(const Context& context, const Placement& placement, const std::unordered_set<std::string>& given);

}  // namespace kiln::operators
