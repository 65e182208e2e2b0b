// Triangles of meshes in edit mode joined to quads, the best pairs first.
#include <cmath>
#include <numbers>

#include "modeling/edit_mesh.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::ElementFlag;
using modeling::ElementKind;

constexpr float pi = std::numbers::pi_v<float>;

struct QuadsSettings {
  float face_threshold = 0.6981317f;   ///< radians between the triangles
  float shape_threshold = 0.6981317f;  ///< radians that corners may be from right angles
  bool seam = false, sharp = false, materials = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<QuadsSettings> s("MESH_OT_tris_convert_to_quads", "Tris to Quads");
      s.add<&QuadsSettings::face_threshold>("face_threshold", "Max Face Angle")
          .range(0, 3.1415927)
          .subtype(Subtype::Angle)
          .not_animatable();
      s.add<&QuadsSettings::shape_threshold>("shape_threshold", "Max Shape Angle")
          .range(0, 3.1415927)
          .subtype(Subtype::Angle)
          .not_animatable();
      s.add<&QuadsSettings::seam>("seam", "Compare Seam").not_animatable();
      s.add<&QuadsSettings::sharp>("sharp", "Compare Sharp").not_animatable();
      s.add<&QuadsSettings::materials>("materials", "Compare Materials").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

float angle_between(float3 a, float3 b) {
  const float l = length(a) * length(b);
  return l > 0.0f ? std::acos(std::clamp(dot(a, b) / l, -1.0f, 1.0f)) : 0.0f;
}

struct Pair {
  int edge = -1;
  std::array<int, 2> faces{-1, -1};
  float badness = 0.0f;
};

// How far the quad of two triangles is from a flat rectangle; nothing where it may not be.
std::optional<float> badness(EditMesh& mesh, int edge, const std::vector<int>& faces,
                             const QuadsSettings& s) {
  const float bend =
      angle_between(mesh.compute_face_normal(faces[0]), mesh.compute_face_normal(faces[1]));
  if (bend > s.face_threshold) {
    return std::nullopt;
  }
  // Around: an end of the edge, what is across it, the other end, what is across on the other side.
  std::array<int, 4> corners{mesh.edges[edge].verts[0], -1, mesh.edges[edge].verts[1], -1};
  for (int i = 0; i < 2; ++i) {
    for (const int v : mesh.face_verts(faces[std::size_t(i)])) {
      if (!mesh.has_vert(edge, v)) {
        corners[std::size_t(1 + 2 * i)] = v;
      }
    }
  }
  if (corners[1] == corners[3]) {
    return std::nullopt;
  }
  const float3 normal = mesh.compute_face_normal(faces[0]) + mesh.compute_face_normal(faces[1]);
  float worst = 0.0f;
  float turn = 0.0f;
  for (std::size_t i = 0; i < 4; ++i) {
    const float3 at = mesh.verts[corners[i]].co, before = mesh.verts[corners[(i + 3) % 4]].co,
                 after = mesh.verts[corners[(i + 1) % 4]].co;
    worst = std::max(worst, std::abs(angle_between(before - at, after - at) - 0.5f * pi));
    // Corners that turn to different sides make no convex quad.
    const float side = dot(cross(at - before, after - at), normal);
    if (side * turn < 0.0f) {
      return std::nullopt;
    }
    turn = side == 0.0f ? turn : side;
  }
  if (worst > s.shape_threshold) {
    return std::nullopt;
  }
  return bend + worst;
}

Result<Outcome> tris_to_quads(Context& context, const QuadsSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    mesh.update_normals();
    std::vector<Pair> pairs;
    for (const int e : all_slots(mesh, ElementKind::Edge)) {
      const std::vector<int> faces = mesh.edge_faces(e);
      const bool is_pair = faces.size() == 2 && mesh.is_contiguous(e) &&
                           std::all_of(faces.begin(), faces.end(), [&](int f) {
                             return mesh.has_flag({ElementKind::Face, f}, ElementFlag::Select) &&
                                    mesh.face_verts(f).size() == 3;
                           });
      const bool is_kept_apart =
          (s.seam && mesh.has_flag({ElementKind::Edge, e}, ElementFlag::Seam)) ||
          (s.sharp && !mesh.has_flag({ElementKind::Edge, e}, ElementFlag::Smooth)) ||
          (is_pair && s.materials &&
           mesh.faces[faces[0]].material != mesh.faces[faces[1]].material);
      if (!is_pair || is_kept_apart) {
        continue;
      }
      if (const std::optional<float> bad = badness(mesh, e, faces, s)) {
        pairs.push_back({e, {faces[0], faces[1]}, *bad});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.badness < b.badness; });
    std::unordered_set<int> used;
    std::vector<int> made;
    for (const Pair& pair : pairs) {
      if (used.contains(pair.faces[0]) || used.contains(pair.faces[1])) {
        continue;
      }
      used.insert({pair.faces[0], pair.faces[1]});
      const int quad = mesh.join_faces(pair.faces);
      if (quad >= 0) {
        made.push_back(quad);
        used.insert(quad);
      }
    }
    select_slots(mesh, ElementKind::Face, made);
    return !made.empty();
  });
}

}  // namespace

void register_mesh_quads(OperatorRegistry& registry) {
  add_operator(registry, "mesh.tris_convert_to_quads", "Tris to Quads", tris_to_quads,
               needs_edited_mesh);
}

}  // namespace kiln::operators
