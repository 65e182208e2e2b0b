#include "operators/placement.h"

#include "document/preferences.h"

namespace kiln::operators {

ResolvedPlacement resolve(const Context& context, const Placement& placement,
                          const std::unordered_set<std::string>& given) {
  const Cursor3D& cursor = context.get_scene().cursor;
  ResolvedPlacement out;
  out.location = given.contains("location") ? placement.location : cursor.location;
  out.rotation = placement.rotation;
  const auto* preferences = context.project.services.find<Preferences>();
  const bool follows_cursor = given.contains("align") || !preferences
                                  ? placement.align == Alignment::Cursor
                                  : preferences->edit.object_align == PreferredObjectAlign::Cursor;
  if (!given.contains("rotation") && follows_cursor) {
    out.rotation = matrix_to_euler(upper3x3(cursor.matrix()));
  }
  out.scale = placement.scale == float3{} ? float3{1.0f, 1.0f, 1.0f} : placement.scale;
  return out;
}

bool enters_edit_mode(const Context& context, const Placement& placement,
                      const std::unordered_set<std::string>& given) {
  const auto* preferences = context.project.services.find<Preferences>();
  return given.contains("enter_editmode") || !preferences ? placement.enter_editmode
                                                          : preferences->edit.use_enter_edit_mode;
}

}  // namespace kiln::operators
