#pragma once

#include "core/schema/builder.h"
#include "document/mesh.h"
#include "document/modifier.h"

namespace kiln::modeling {

/// A setting that shapes the result, as almost all settings of modifiers do.
template <auto Member, typename T>
PropertyBuilder add_setting(SchemaBuilder<T>& s, std::string identifier, std::string label) {
  return s.template add<Member>(std::move(identifier), std::move(label))
      .changes(Change::Geometry)
      .overridable();
}
/// The name of a vertex group, UV map or the like.
template <auto Member, typename T>
PropertyBuilder add_name(SchemaBuilder<T>& s, std::string identifier, std::string label) {
  return add_setting<Member>(s, std::move(identifier), std::move(label))
      .max_bytes(64)
      .never_none()
      .not_animatable();
}
/// Another object or data-block.
template <auto Member, typename T>
PropertyBuilder add_target(SchemaBuilder<T>& s, std::string identifier, std::string label) {
  return add_setting<Member>(s, std::move(identifier), std::move(label)).not_animatable();
}

/// Whether a set of flags, stored as their sum, has one.
template <typename Flag>
bool has_flag(Flag set, Flag flag) {
  return (int(set) & int(flag)) != 0;
}

/// Index of a vertex group; -1 when the mesh has none of this name.
int vertex_group_index(const Mesh& mesh, std::string_view name);
/// Weights of the named group, or their complement to 1; nothing where there is no such group.
std::vector<float> group_weights(const Mesh& mesh, std::string_view name, bool is_inverted);

}  // namespace kiln::modeling
