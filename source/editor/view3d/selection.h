#pragma once

#include <QPolygonF>
#include <functional>
#include <vector>

#include "editor/session/session.h"
#include "editor/view3d/navigation.h"

namespace kiln::editor {

/// What becomes of a selection and what was pointed at.
enum class SelectMode {
  Set,  ///< this alone
  Add,
  Subtract,
  Toggle  ///< one thing: away if it is the active one, else added and active
};

/// Whether a place of the view (pixels from the top left) counts.
using ScreenTest = std::function<bool(float2)>;
ScreenTest inside_circle(float2 center, float radius);
ScreenTest inside_polygon(const QPolygonF& polygon);

/// Whether an object cannot be pointed at because it is in another mode than the active one, as the
/// tool settings say (`lock_object_mode`).
bool is_locked_out(const Session& session, BlockId object);

/// Makes these objects the selected ones, as one undo step; those that may not be selected are left
/// out. `active`: the new active object, if it changes.
void set_selected_objects(Session& session, const std::vector<BlockId>& objects,
                          std::optional<BlockId> active, const std::string& label,
                          std::uint64_t merge_key = 0);
/// Combines what is selected with objects that were pointed at.
void select_objects(Session& session, const std::vector<BlockId>& pointed_at, SelectMode mode,
                    const std::string& label, std::uint64_t merge_key = 0);
/// A click on one object.
void select_object(Session& session, BlockId object, SelectMode mode);
/// Visible objects whose origin lies at a place that counts.
std::vector<BlockId> objects_inside(const Session& session,
                                    const render::raster::ViewCamera& camera, int width, int height,
                                    const ScreenTest& test);

}  // namespace kiln::editor
