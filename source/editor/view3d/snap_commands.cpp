#include "editor/view3d/snap_commands.h"

#include <cmath>

#include "editor/view3d/transform_frame.h"
#include "evaluation/evaluator.h"

namespace kiln::editor {
namespace {

float3 rounded(float3 p) {
  return {std::round(p.x), std::round(p.y), std::round(p.z)};
}

std::optional<float3> active_place(const Session& session) {
  if (const EditedMesh edited = edited_mesh(session); edited.mesh) {
    return std::nullopt;  // meshes remember no active vertex
  }
  const Object* active = session.active_object();
  return active ? std::optional<float3>(
                      translation(evaluation::Evaluator::world_matrix(session.document(), *active)))
                : std::nullopt;
}

// Moves every selected thing by itself to where `to` says.
template <typename To>
void move_each(Session& session, const std::string& label, const std::string& python, To&& to) {
  const EditedMesh edited = edited_mesh(session);
  session.edit(
      label,
      [&](Document& document) -> Result<void> {
        if (edited.mesh) {
          const Mesh& mesh = *document.find<Mesh>(edited.mesh->id);
          const auto* selected = selection_of(mesh, Domain::Point);
          if (!selected) {
            return Error::invalid("nothing is selected");
          }
          const float4x4 back = inverse(edited.world);
          Array<float3> positions(std::span<const float3>(mesh.positions()));
          const std::span<float3> out = positions.edit();
          for (std::size_t v = 0; v < out.size() && v < selected->size(); ++v) {
            if ((*selected)[v]) {
              out[v] = transform_point(back, to(transform_point(edited.world, out[v])));
            }
          }
          document.edit<Mesh>(mesh.id, Change::Geometry).set_positions(std::move(positions));
          return {};
        }
        const std::vector<BlockId> objects = session.selected();
        if (objects.empty()) {
          return Error::invalid("nothing is selected");
        }
        for (const BlockId id : objects) {
          const float3 at = translation(
              evaluation::Evaluator::world_matrix(document, *document.find<Object>(id)));
          operators::ObjectTransform(document, {id}).translate(document, to(at) - at);
        }
        return {};
      },
      0, python);
}

}  // namespace

void set_cursor(Session& session, float3 place, std::uint64_t merge_key) {
  const Scene* scene = session.scene();
  if (const Property* property = Cursor3D::schema().property("location"); scene && property) {
    session.set({scene->id, {PathStep{Scene::schema().property("cursor")}}}, *property,
                Value(Value::Numbers{place.x, place.y, place.z}), merge_key);
  }
}

bool run_snap_command(Session& session, const std::string& command, bool keeps_offsets) {
  const std::string begin = "view3d.snap_";
  const Scene* scene = session.scene();
  if (!command.starts_with(begin) || !scene) {
    return false;
  }
  const std::string what = command.substr(begin.size());
  const std::unique_ptr<TransformTarget> target = make_transform_target(session);
  const float3 cursor = scene->cursor.location;
  const std::optional<float3> active = active_place(session);
  const std::string python = "bpy.ops." + command + "()";
  const auto needs_active = [&] {
    if (!active) {
      session.report(InfoLine::Kind::Warning, "there is no active object to go to");
    }
    return active.has_value();
  };
  if (what == "cursor_to_center") {
    session.edit(
        "Snap Cursor to World Origin",
        [&](Document& document) -> Result<void> {
          document.edit<Scene>(scene->id, Change::Settings).cursor = {};
          return {};
        },
        0, python);
  } else if (what == "cursor_to_grid") {
    set_cursor(session, rounded(cursor));
  } else if (what == "cursor_to_selected") {
    if (target->empty()) {
      session.report(InfoLine::Kind::Warning, "nothing is selected");
    } else {
      const std::vector<float3> places = target->places();
      float3 sum, low = places[0], high = places[0];
      for (const float3& p : places) {
        sum += p;
        low = min(low, p);
        high = max(high, p);
      }
      const bool is_box =
          scene->tool_settings.transform_pivot_point == TransformPivot::BoundingBoxCenter;
      set_cursor(session, is_box ? (low + high) * 0.5f : sum / float(places.size()));
    }
  } else if (what == "cursor_to_active") {
    if (needs_active()) {
      set_cursor(session, *active);
    }
  } else if (what == "selected_to_cursor" && keeps_offsets && !target->empty()) {
    const float3 offset = cursor - transform_frame(session, *target, {}).center.pivot;
    move_each(session, "Snap Selection to Cursor", python, [&](float3 at) { return at + offset; });
  } else if (what == "selected_to_cursor") {
    move_each(session, "Snap Selection to Cursor", python, [&](float3) { return cursor; });
  } else if (what == "selected_to_grid") {
    move_each(session, "Snap Selection to Grid", python, rounded);
  } else if (what == "selected_to_active") {
    if (needs_active()) {
      move_each(session, "Snap Selection to Active", python, [&](float3) { return *active; });
    }
  } else {
    return false;
  }
  return true;
}

}  // namespace kiln::editor
