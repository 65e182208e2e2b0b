// Handles of what the active object holds.
#include "document/scene.h"
#include "editor/preferences/current.h"
#include "editor/view3d/viewport.h"
#include "evaluation/evaluator.h"

namespace kiln::editor {
namespace {

float2 to_float2(QPointF p) {
  return {float(p.x()), float(p.y())};
}

}  // namespace

// The corners of the picture that an object shows in this view; null: it shows none.
const std::array<float3, 4>* Viewport::shown_picture(BlockId object) const {
  const auto number = list_->numbers.find(object);
  if (number != list_->numbers.end()) {
    for (const render::raster::PlacedPicture& placed : list_->pictures) {
      if (placed.id == number->second && render::raster::is_shown(placed, camera())) {
        return &placed.corners;
      }
    }
  }
  return nullptr;
}

std::optional<DataGizmos> Viewport::data_gizmos() const {
  const Session& session = context_.session;
  const Object* object = session.active_object();
  const Scene* scene = session.scene();
  if (!options.show_gizmo || !options.show_gizmo_context ||
      !current_preferences(session).view.show_gizmo || transform_ || operator_ || loop_cut_ ||
      !object || !scene || object->mode == ObjectMode::Edit || object->is_linked() ||
      !list_->numbers.contains(object->id)) {
    return std::nullopt;
  }
  // The camera that is looked through has its frame around the view.
  if (navigation_.is_camera() && looked_through() == object) {
    return std::nullopt;
  }
  DataGizmos gizmos(session.document(), *scene, *object,
                    evaluation::Evaluator::world_matrix(session.document(), *object),
                    shown_picture(object->id),
                    {.light_size = options.show_gizmo_light_size,
                     .light_look_at = options.show_gizmo_light_look_at,
                     .camera_lens = options.show_gizmo_camera_lens,
                     .camera_dof_distance = options.show_gizmo_camera_dof_distance,
                     .empty_image = options.show_gizmo_empty_image},
                    camera(), width(), height());
  return gizmos.empty() ? std::nullopt : std::optional(std::move(gizmos));
}

void Viewport::start_data_drag(DataHandle handle) {
  const Object* object = context_.session.active_object();
  if (!object) {
    return;
  }
  data_drag_ = std::make_unique<DataDrag>(context_.session, *object, shown_picture(object->id),
                                          handle, camera(), width(), height(), to_float2(mouse_));
  drag_ = Drag::Data;
  context_.hint_changed.emit(hint());
  update();
}

void Viewport::move_data_drag(QPointF at, bool is_precise) {
  const bool aims = data_drag_->handle().part == DataPart::LookAt;
  data_drag_->mouse_moved(to_float2(at), is_precise,
                          aims && rect().contains(at.toPoint()) ? surface_under(at) : std::nullopt);
  update();
}

void Viewport::end_data_drag(bool is_kept) {
  const std::unique_ptr<DataDrag> tool = std::move(data_drag_);
  if (is_kept) {
    tool->confirm();
  } else {
    tool->cancel();
  }
  drag_ = Drag::None;
  context_.hint_changed.emit(hint());
  update();
}

}  // namespace kiln::editor
