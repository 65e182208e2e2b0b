#include "editor/view3d/snapping.h"

namespace kiln::editor {
namespace {

constexpr float reach = 15.0f;  // pixels

// Where a ray meets a triangle; nothing where it misses. Möller and Trumbore, "Fast, Minimum
// Storage Ray-Triangle Intersection", JGT 1997.
std::optional<float> hit_triangle(const Ray& ray, float3 a, float3 b, float3 c) {
  const float3 ab = b - a, ac = c - a, p = cross(ray.direction, ac);
  const float d = dot(ab, p);
  if (std::abs(d) < 1e-12f) {
    return std::nullopt;
  }
  const float3 t = ray.origin - a;
  const float u = dot(t, p) / d;
  const float3 q = cross(t, ab);
  const float v = dot(ray.direction, q) / d, distance = dot(ac, q) / d;
  if (u < 0.0f || v < 0.0f || u + v > 1.0f || distance < 0.0f) {
    return std::nullopt;
  }
  return distance;
}

}  // namespace

SnapFinder::SnapFinder(const Session& session, const render::raster::ViewCamera& camera, int width,
                       int height)
    : camera_(camera),
      view_projection_(camera.view_projection()),
      width_(width),
      height_(height),
      document_(session.document()) {
  const EditedMesh edited = edited_mesh(session);
  const Scene* scene = session.scene();
  if (edited.mesh && scene && scene->tool_settings.use_snap_self) {
    candidates_.push_back({nullptr, document_.find<Mesh>(edited.mesh->id), edited.world, true});
  }
  const auto evaluated = session.evaluated();
  if (!evaluated) {
    return;
  }
  const std::vector<BlockId> selected = session.selected();
  const std::unordered_set<BlockId> moved(selected.begin(), selected.end());
  for (const evaluation::Instance& instance : evaluated->instances) {
    const evaluation::EvaluatedObject& object = evaluated->objects[std::size_t(instance.object)];
    const BlockId owner = instance.instancer >= 0
                              ? evaluated->objects[std::size_t(instance.instancer)].id
                              : object.id;
    const bool is_edited = edited.object && owner == edited.object->id;
    if (scene && edited.mesh && !is_edited) {
      const ToolSettings& tools = scene->tool_settings;
      const bool is_in_edit = object.object->mode == ObjectMode::Edit;
      if (!(is_in_edit ? tools.use_snap_edit : tools.use_snap_nonedit)) {
        continue;
      }
    }
    if (scene && scene->tool_settings.use_snap_selectable && object.object->hide_select) {
      continue;
    }
    if (instance.is_visible && object.mesh && !is_edited &&
        (edited.mesh || !moved.contains(owner))) {
      candidates_.push_back({object.mesh, object.mesh.get(), instance.world_matrix, false});
    }
  }
}

bool SnapFinder::is_near(const Candidate& candidate, float2 mouse) const {
  float3 a, b;
  if (!candidate.mesh->bounds(&a, &b)) {
    return false;
  }
  float2 low{1e30f, 1e30f}, high{-1e30f, -1e30f};
  for (int i = 0; i < 8; ++i) {
    const float3 corner{i & 1 ? b.x : a.x, i & 2 ? b.y : a.y, i & 4 ? b.z : a.z};
    const auto p = project(camera_, width_, height_, transform_point(candidate.world, corner));
    if (!p) {
      return true;  // around the eye
    }
    low = {std::min(low.x, p->x), std::min(low.y, p->y)};
    high = {std::max(high.x, p->x), std::max(high.y, p->y)};
  }
  return mouse.x > low.x - reach && mouse.x < high.x + reach && mouse.y > low.y - reach &&
         mouse.y < high.y + reach;
}

const SurfaceSnap& SnapFinder::surfaces() const {
  if (!surfaces_) {
    surfaces_.emplace();
    for (const Candidate& candidate : candidates_) {
      surfaces_->add(*candidate.mesh, candidate.world,
                     candidate.has_selection ? selection_of(*candidate.mesh, Domain::Point)
                                             : nullptr);
    }
  }
  return *surfaces_;
}

std::optional<SnapHit> SnapFinder::find(float2 mouse, const SnapRules& rules) const {
  const auto wants = [&](SnapElements element) { return (int(rules.wanted) & int(element)) != 0; };
  const Ray ray = ray_at(camera_, width_, height_, mouse);
  // Of the kinds, nearest on the screen first; what lies nearer to the eye wins among equals.
  struct Best {
    float score = reach;
    float3 place;
    bool is_found = false;
  } vertex, edge, middle, foot;
  float3 face_normal;
  float face_distance = 1e30f, volume_front = 1e30f, volume_middle = 0.0f;
  const auto offer = [&](Best& best, float3 place, float2 at, float depth) {
    const float score = length(at - mouse) + depth * 1e-3f;
    if (score < best.score) {
      best = {score, place, true};
    }
  };
  for (const Candidate& candidate : candidates_) {
    if (!is_near(candidate, mouse)) {
      continue;
    }
    const Mesh& mesh = *candidate.mesh;
    const auto* selected = candidate.has_selection ? selection_of(mesh, Domain::Point) : nullptr;
    const auto is_left_out = [&](std::size_t v) {
      return selected && v < selected->size() && (*selected)[v];
    };
    const std::span<const float3> positions = mesh.positions();
    const float4x4 to_clip = view_projection_ * candidate.world;
    std::vector<float3> screen(positions.size());  // pixels; z: distance, negative behind the eye
    for (std::size_t v = 0; v < positions.size(); ++v) {
      const float3 p = positions[v];
      const float4 clip = to_clip * float4{p.x, p.y, p.z, 1.0f};
      screen[v] = clip.w <= 1e-6f
                      ? float3{0, 0, -1.0f}
                      : float3{(clip.x / clip.w * 0.5f + 0.5f) * float(width_),
                               (0.5f - clip.y / clip.w * 0.5f) * float(height_), clip.w};
    }
    if (wants(SnapElements::Vertex)) {
      for (std::size_t v = 0; v < positions.size(); ++v) {
        if (screen[v].z > 0.0f && std::abs(screen[v].x - mouse.x) < reach && !is_left_out(v)) {
          offer(vertex, transform_point(candidate.world, positions[v]), {screen[v].x, screen[v].y},
                screen[v].z);
        }
      }
    }
    if (wants(SnapElements::Edge) || wants(SnapElements::EdgeMidpoint) ||
        wants(SnapElements::EdgePerpendicular)) {
      for (const int2 ends : mesh.edges()) {
        const auto a = std::size_t(ends.x), b = std::size_t(ends.y);
        if (screen[a].z <= 0.0f || screen[b].z <= 0.0f || is_left_out(a) || is_left_out(b)) {
          continue;
        }
        const float2 pa{screen[a].x, screen[a].y}, d{screen[b].x - pa.x, screen[b].y - pa.y};
        const float t = std::clamp(dot(mouse - pa, d) / std::max(dot(d, d), 1e-9f), 0.0f, 1.0f);
        // Halves on the screen are no halves in perspective.
        const float in_space =
            t * screen[a].z / std::max(1e-9f, t * screen[a].z + (1.0f - t) * screen[b].z);
        const float3 wa = transform_point(candidate.world, positions[a]),
                     wb = transform_point(candidate.world, positions[b]);
        if (wants(SnapElements::Edge)) {
          offer(edge, wa + (wb - wa) * in_space, pa + d * t,
                screen[a].z + (screen[b].z - screen[a].z) * in_space);
        }
        if (wants(SnapElements::EdgePerpendicular)) {
          const float along =
              dot(rules.start - wa, wb - wa) / std::max(dot(wb - wa, wb - wa), 1e-20f);
          if (along >= 0.0f && along <= 1.0f) {
            offer(foot, wa + (wb - wa) * along, pa + d * t,
                  screen[a].z + (screen[b].z - screen[a].z) * in_space);
          }
        }
        if (wants(SnapElements::EdgeMidpoint)) {
          const float3 half = (wa + wb) * 0.5f;
          if (const auto p = project(camera_, width_, height_, half)) {
            offer(middle, half, *p, 0.5f * (screen[a].z + screen[b].z));
          }
        }
      }
    }
    if (wants(SnapElements::Face) || wants(SnapElements::Volume)) {
      const std::span<const int> corner_vertices = mesh.corner_vertices();
      std::vector<float> distances;
      for (const int3 corners : mesh.triangles().corners) {
        const std::size_t v[3] = {std::size_t(corner_vertices[std::size_t(corners.x)]),
                                  std::size_t(corner_vertices[std::size_t(corners.y)]),
                                  std::size_t(corner_vertices[std::size_t(corners.z)])};
        if (is_left_out(v[0]) || is_left_out(v[1]) || is_left_out(v[2])) {
          continue;
        }
        const float3 p[3] = {transform_point(candidate.world, positions[v[0]]),
                             transform_point(candidate.world, positions[v[1]]),
                             transform_point(candidate.world, positions[v[2]])};
        const auto distance = hit_triangle(ray, p[0], p[1], p[2]);
        if (!distance) {
          continue;
        }
        distances.push_back(*distance);
        const float3 normal = cross(p[1] - p[0], p[2] - p[0]);
        const bool is_seen_from_behind = dot(normal, ray.direction) > 0.0f;
        if (!(rules.culls_backfaces && is_seen_from_behind) && *distance < face_distance) {
          face_distance = *distance;
          face_normal = normalize(is_seen_from_behind ? -normal : normal);
        }
      }
      if (wants(SnapElements::Volume) && !distances.empty()) {
        // Between where the ray comes in and where it leaves: the nearest part, or the whole.
        std::sort(distances.begin(), distances.end());
        if (distances[0] < volume_front) {
          volume_front = distances[0];
          const float back =
              rules.peels_objects || distances.size() == 1 ? distances.back() : distances[1];
          volume_middle = 0.5f * (volume_front + back);
        }
      }
    }
  }
  if (vertex.is_found) {
    return SnapHit{vertex.place, SnapElements::Vertex, {}};
  }
  if (middle.is_found) {
    return SnapHit{middle.place, SnapElements::EdgeMidpoint, {}};
  }
  if (edge.is_found) {
    return SnapHit{edge.place, SnapElements::Edge, {}};
  }
  if (foot.is_found) {
    return SnapHit{foot.place, SnapElements::EdgePerpendicular, {}};
  }
  if (wants(SnapElements::Volume) && volume_front < 1e30f) {
    return SnapHit{ray.origin + ray.direction * volume_middle, SnapElements::Volume, {}};
  }
  if (wants(SnapElements::Face) && face_distance < 1e30f) {
    return SnapHit{ray.origin + ray.direction * face_distance, SnapElements::Face, face_normal};
  }
  return std::nullopt;
}

}  // namespace kiln::editor
