#include "operators/placement.h"

namespace kiln::operators {

ResolvedPlacement resolve(const Context& context, const Placement& placement, const std::unordered_set<std::string>& given) {
  const Cursor3D& cursor = context.get_scene().cursor;
  ResolvedPlacement out;
  out.location = given.contains("location") ? placement.location : cursor.location;
  out.rotation = placement.rotation;
  if (!given.contains("rotation") && placement.align == Alignment::Cursor) {
    out.rotation = matrix_to_euler(upper3x3(cursor.matrix()));
  }
  out.scale = placement.scale == float3{} ? float3{1.0f, 1.0f, 1.0f} : placement.scale;
  return out;
}

}  // namespace kiln::operators
