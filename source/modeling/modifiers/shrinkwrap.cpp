#include "modeling/modifiers/shrinkwrap.h"

#include "core/tasks.h"
#include "modeling/triangle_tree.h"

namespace kiln::modeling {
namespace {

/// The target's surface as a tree, in its own space, with what is needed to find normals.
struct Surface {
  std::shared_ptr<const Mesh> mesh;
  std::vector<int> triangle_faces;
  std::unique_ptr<TriangleTree> tree;
  float4x4 to_target, from_target;

  Surface(std::shared_ptr<const Mesh> source, const float4x4& own, const float4x4& target,
          bool only_points)
      : mesh(std::move(source)), to_target(inverse(target) * own), from_target(inverse(to_target)) {
    std::vector<int3> triangles;
    if (only_points) {
      for (int v = 0; v < int(mesh->vertex_count()); ++v) {
        triangles.push_back({v, v, v});
      }
    } else {
      triangles.assign(mesh->triangle_vertices().begin(), mesh->triangle_vertices().end());
    }
    tree = std::make_unique<TriangleTree>(mesh->positions(), std::move(triangles));
  }

  /// Unit normal in the owner's space: of the triangle, or blended over a smooth face.
  float3 normal(const TriangleTree::Hit& hit, bool is_smooth) const {
    const std::size_t face = std::size_t(mesh->triangles().faces[std::size_t(hit.triangle)]);
    float3 n = mesh->face_normals()[face];
    if (is_smooth && mesh->is_face_smooth(face)) {
      const int3 t = tree->triangle(hit.triangle);
      const Array<float3>& normals = mesh->vertex_normals();
      n = normals[std::size_t(t.x)] * hit.weights.x + normals[std::size_t(t.y)] * hit.weights.y +
          normals[std::size_t(t.z)] * hit.weights.z;
    }
    return normalize(transform_normal(to_target, n));
  }
};

/// The place from the surface, seen along the normal there, as the mode wants it.
float3 snapped(ShrinkwrapModifier::WrapMode mode, float3 p, float3 place, float3 normal,
               float distance) {
  using Mode = ShrinkwrapModifier::WrapMode;
  const float3 away = p - place;
  const float side = dot(away, normal);
  const float3 outward = normalize(away);
  switch (mode) {
    case Mode::OnSurface:
      // Between the place and where the vertex was.
      return distance == 0.0f ? place : place + outward * distance;
    case Mode::Inside:
    case Mode::Outside: {
      const float sign = mode == Mode::Outside ? 1.0f : -1.0f;
      const float height = side * sign;  // of the vertex on the allowed side
      if (height >= 0.0f && length(away) >= distance) {
        return p;
      }
      return place + outward * (height >= 0.0f ? distance : -distance);
    }
    case Mode::OutsideSurface:
      return side >= 0.0f ? place + outward * distance : place - outward * distance;
    case Mode::AboveSurface:
      return place + normal * distance;
  }
  return place;
}

/// The point whose interpolated normal goes through `p`, by Newton steps over neighbouring
/// triangles; the nearest point where that fails.
TriangleTree::Hit along_normal(const Surface& surface, float3 p) {
  const Mesh& mesh = *surface.mesh;
  const TriangleTree::Hit nearest = surface.tree->nearest(p);
  if (!nearest) {
    return nearest;
  }
  const Array<float3>& normals = mesh.vertex_normals();
  TriangleTree::Hit best = nearest;
  float best_distance = std::numeric_limits<float>::max();
  const auto try_triangle = [&](int t) {
    const int3 corners = surface.tree->triangle(t);
    const float3 a = mesh.positions()[std::size_t(corners.x)],
                 b = mesh.positions()[std::size_t(corners.y)],
                 c = mesh.positions()[std::size_t(corners.z)];
    const float3 na = normals[std::size_t(corners.x)], nb = normals[std::size_t(corners.y)],
                 nc = normals[std::size_t(corners.z)];
    // position(u, v) + height * normal(u, v) = p
    float u = 1.0f / 3, v = 1.0f / 3;
    float h = dot(p - (a * (1 - u - v) + b * u + c * v), normalize(na + nb + nc));
    for (int i = 0; i < 20; ++i) {
      const float3 n = na * (1 - u - v) + nb * u + nc * v;
      const float3 rest = a * (1 - u - v) + b * u + c * v + n * h - p;
      if (length_squared(rest) < 1e-14f) {
        break;
      }
      const float3 du = b - a + (nb - na) * h, dv = c - a + (nc - na) * h;
      float3x3 m;
      for (int k = 0; k < 3; ++k) {
        m[k] = {du[k], dv[k], n[k]};
      }
      bool is_invertible = false;
      const float3 step = inverse(m, &is_invertible) * rest;
      if (!is_invertible || !is_finite(step)) {
        return;
      }
      u -= step.x;
      v -= step.y;
      h -= step.z;
    }
    constexpr float slack = 1e-4f;
    if (!(u >= -slack && v >= -slack && u + v <= 1 + slack)) {
      return;
    }
    const float3 at = a * (1 - u - v) + b * u + c * v;
    const float d = distance(at, p);
    if (d < best_distance && length(at + (na * (1 - u - v) + nb * u + nc * v) * h - p) < 1e-3f) {
      best_distance = d;
      best = {t, d, at, {1 - u - v, u, v}};
    }
  };
  // The triangle with the nearest point; where that fails, those of the faces around it.
  try_triangle(nearest.triangle);
  if (best_distance < std::numeric_limits<float>::max()) {
    return best;
  }
  const int3 corners = surface.tree->triangle(nearest.triangle);
  for (const int v : {corners.x, corners.y, corners.z}) {
    for (const int corner : mesh.vertex_corners()[std::size_t(v)]) {
      const int face = mesh.corner_faces()[std::size_t(corner)];
      const int first = mesh.face_offsets()[std::size_t(face)] - 2 * face;
      for (int t = std::max(first, 0); t < first + mesh.face_size(std::size_t(face)) - 2 &&
                                       t < int(mesh.triangles().faces.size());
           ++t) {
        try_triangle(t);
      }
    }
  }
  return best;
}

}  // namespace

Mesh ShrinkwrapModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const std::shared_ptr<const Mesh> of_target = target ? context.mesh_of(target) : nullptr;
  if (!of_target || mesh.vertex_count() == 0) {
    return mesh;
  }
  const bool is_points = wrap_method == WrapMethod::NearestVertex;
  const float4x4 own = context.world_matrix();
  std::vector<Surface> surfaces;
  surfaces.emplace_back(of_target, own, context.world_matrix(target), is_points);
  const bool is_projected = wrap_method == WrapMethod::Project;
  if (is_projected && auxiliary_target) {
    if (const std::shared_ptr<const Mesh> other = context.mesh_of(auxiliary_target)) {
      surfaces.emplace_back(other, own, context.world_matrix(auxiliary_target), false);
    }
  }
  const Surface& surface = surfaces[0];
  const std::vector<float> weights = group_weights(mesh, vertex_group, invert_vertex_group);

  // What is projected follows its own normals, or the axes that are on, all together.
  float3 axis{use_project_x ? 1.0f : 0.0f, use_project_y ? 1.0f : 0.0f,
              use_project_z ? 1.0f : 0.0f};
  axis = normalize(axis);
  const bool uses_normals = axis == float3{};
  if (is_projected && !use_positive_direction && !use_negative_direction) {
    return mesh;
  }
  const float3* normals = is_projected && uses_normals ? mesh.vertex_normals().data() : nullptr;

  Array<float3> moved = mesh.positions();
  const std::span<float3> positions = moved.edit();
  if (!is_points) {
    of_target->triangles();
    of_target->face_normals();
  }
  parallel_for(positions.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const float weight = weights.empty() ? 1.0f : weights[v];
      const float3 p = positions[v];
      if (weight == 0.0f || !is_finite(p)) {
        continue;
      }
      float3 goal = p;
      if (is_projected) {
        // The nearest hit of both directions and targets.
        const float3 way = normals ? normals[v] : axis;
        float reach = project_limit > 0.0f ? project_limit : std::numeric_limits<float>::max();
        float3 hit_normal;
        bool is_hit = false;
        for (const Surface& s : surfaces) {
          for (const float sign : {1.0f, -1.0f}) {
            if (!(sign > 0 ? use_positive_direction : use_negative_direction)) {
              continue;
            }
            const float3 from = transform_point(s.to_target, p);
            const float3 along = transform_direction(s.to_target, way * sign);
            const float stretch = length(along);
            if (stretch == 0.0f) {
              continue;
            }
            const TriangleTree::Hit hit =
                s.tree->cast(from, along / stretch, std::min(reach * stretch, 1e30f));
            if (!hit) {
              continue;
            }
            // Faces seen from the wrong side do not count.
            if (cull_face != CullFace::Off) {
              const bool wants_front = sign > 0 || !use_invert_cull ? cull_face == CullFace::Back
                                                                    : cull_face == CullFace::Front;
              const bool is_front = dot(s.tree->normal(hit.triangle), along) < 0.0f;
              if (is_front != wants_front) {
                continue;
              }
            }
            const float3 at = transform_point(s.from_target, hit.position);
            const float d = hit.distance / stretch;
            if (d < reach) {
              reach = d;
              goal = at;
              hit_normal = s.normal(hit, wrap_mode == WrapMode::AboveSurface);
              is_hit = true;
            }
          }
        }
        if (!is_hit) {
          continue;
        }
        if (wrap_mode == WrapMode::OnSurface && offset != 0.0f) {
          goal = goal + normalize(p - goal) * offset;
        } else {
          goal = snapped(wrap_mode, p, goal, hit_normal, offset);
        }
      } else {
        const float3 from = transform_point(surface.to_target, p);
        const TriangleTree::Hit hit = wrap_method == WrapMethod::TargetProject
                                          ? along_normal(surface, from)
                                          : surface.tree->nearest(from);
        if (!hit) {
          continue;
        }
        const float3 place = transform_point(surface.from_target, hit.position);
        if (is_points) {
          const float d = distance(p, place);
          goal = d > 1e-9f ? lerp(p, place, (d - offset) / d) : p;
        } else {
          const bool is_smooth =
              wrap_mode == WrapMode::AboveSurface || wrap_method == WrapMethod::TargetProject;
          goal = snapped(wrap_mode, p, place, surface.normal(hit, is_smooth), offset);
        }
      }
      positions[v] = lerp(p, goal, weight);
    }
  });
  Mesh result = mesh;
  result.set_positions(std::move(moved));
  return result;
}

const Schema& ShrinkwrapModifier::schema() {
  static const Schema schema = [] {
    using M = ShrinkwrapModifier;
    SchemaBuilder<M> s("ShrinkwrapModifier", "Shrinkwrap Modifier", &Modifier::schema());
    s.set_tag("SHRINKWRAP");
    add_setting<&M::wrap_method>(s, "wrap_method", "Wrap Method")
        .items({{"NEAREST_SURFACEPOINT", "Nearest Surface Point", 0},
                {"PROJECT", "Project", 1},
                {"NEAREST_VERTEX", "Nearest Vertex", 2},
                {"TARGET_PROJECT", "Target Normal Project", 3}});
    add_setting<&M::wrap_mode>(s, "wrap_mode", "Snap Mode")
        .items({{"ON_SURFACE", "On Surface", 0},
                {"INSIDE", "Inside", 1},
                {"OUTSIDE", "Outside", 2},
                {"OUTSIDE_SURFACE", "Outside Surface", 3},
                {"ABOVE_SURFACE", "Above Surface", 4}});
    add_setting<&M::cull_face>(s, "cull_face", "Face Cull")
        .items({{"OFF", "Off", 0}, {"FRONT", "Front", 8}, {"BACK", "Back", 16}});
    add_target<&M::target>(s, "target", "Target");
    add_target<&M::auxiliary_target>(s, "auxiliary_target", "Auxiliary Target");
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::offset>(s, "offset", "Offset")
        .subtype(Subtype::Distance)
        .soft(-100, 100)
        .step(1, 2);
    add_setting<&M::project_limit>(s, "project_limit", "Project Limit")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 100)
        .step(1, 2);
    add_setting<&M::use_project_x>(s, "use_project_x", "X");
    add_setting<&M::use_project_y>(s, "use_project_y", "Y");
    add_setting<&M::use_project_z>(s, "use_project_z", "Z");
    add_setting<&M::use_negative_direction>(s, "use_negative_direction", "Negative");
    add_setting<&M::use_positive_direction>(s, "use_positive_direction", "Positive");
    add_setting<&M::use_invert_cull>(s, "use_invert_cull", "Invert Cull");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
