// Nearly flat faces of meshes in edit mode joined, nearly straight edges too: the flattest first.
#include <cmath>
#include <queue>

#include "modeling/edit_mesh.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::ElementFlag;
using modeling::ElementKind;

enum Delimit { delimit_normal = 1, delimit_material = 2, delimit_seam = 4, delimit_sharp = 8 };

constexpr std::pair<const char*, int> delimit_names[] = {{"NORMAL", delimit_normal},
                                                         {"MATERIAL", delimit_material},
                                                         {"SEAM", delimit_seam},
                                                         {"SHARP", delimit_sharp}};

struct LimitedSettings {
  float angle_limit = 0.08726646f;       ///< radians
  bool use_dissolve_boundaries = false;  ///< vertices of two edges go whatever their angle
  int delimit = delimit_normal;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = LimitedSettings;
      SchemaBuilder<T> s("MESH_OT_dissolve_limited", "Limited Dissolve");
      s.add<&T::angle_limit>("angle_limit", "Max Angle")
          .range(0, 3.1415927)
          .subtype(Subtype::Angle)
          .not_animatable();
      s.add<&T::use_dissolve_boundaries>("use_dissolve_boundaries", "All Boundaries")
          .not_animatable();
      s.add_computed(
           PropertyType::Enum, "delimit", "Delimit",
           [](const ConstRef& r) {
             Value::List names;
             for (const auto& [name, bit] : delimit_names) {
               if (r.as<T>().delimit & bit) {
                 names.push_back(Value(name));
               }
             }
             return Value(names);
           },
           [](const MutableRef& r, const Value& v) -> Result<void> {
             const auto* names = std::get_if<Value::List>(&v.data);
             r.as<T>().delimit = 0;
             for (std::size_t i = 0; names && i < names->size(); ++i) {
               for (const auto& [name, bit] : delimit_names) {
                 r.as<T>().delimit |= (*names)[i].as_string() == name ? bit : 0;
               }
             }
             return {};
           })
          .items({{"NORMAL", "Normal", delimit_normal},
                  {"MATERIAL", "Material", delimit_material},
                  {"SEAM", "Seam", delimit_seam},
                  {"SHARP", "Sharp", delimit_sharp}})
          .enum_flag()
          .default_value(Value(Value::List{Value("NORMAL")}))
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

float angle_between(float3 a, float3 b) {
  const float l = length(a) * length(b);
  return l > 0.0f ? std::acos(std::clamp(dot(a, b) / l, -1.0f, 1.0f)) : 0.0f;
}

bool is_selected(EditMesh& mesh, ElementKind kind, int slot) {
  return mesh.has_flag({kind, slot}, ElementFlag::Select);
}

// The angle between the faces of an edge that may go; nothing where it has to stay.
std::optional<float> edge_bend(EditMesh& mesh, int e, const LimitedSettings& s) {
  const std::vector<int> faces = mesh.edge_faces(e);
  if (faces.size() != 2 || faces[0] == faces[1] ||
      !is_selected(mesh, ElementKind::Face, faces[0]) ||
      !is_selected(mesh, ElementKind::Face, faces[1])) {
    return std::nullopt;
  }
  const bool stays =
      ((s.delimit & delimit_normal) && !mesh.is_contiguous(e)) ||
      ((s.delimit & delimit_material) &&
       mesh.faces[faces[0]].material != mesh.faces[faces[1]].material) ||
      ((s.delimit & delimit_seam) && mesh.has_flag({ElementKind::Edge, e}, ElementFlag::Seam)) ||
      ((s.delimit & delimit_sharp) && !mesh.has_flag({ElementKind::Edge, e}, ElementFlag::Smooth));
  const float bend =
      angle_between(mesh.compute_face_normal(faces[0]), mesh.compute_face_normal(faces[1]));
  return stays || bend > s.angle_limit ? std::nullopt : std::optional(bend);
}

// How much two edges turn at their vertex; nothing where it has to stay.
std::optional<float> vert_bend(EditMesh& mesh, int v, const LimitedSettings& s) {
  const std::vector<int> edges = mesh.vert_edges(v);
  if (edges.size() != 2 || !is_selected(mesh, ElementKind::Vert, v)) {
    return std::nullopt;
  }
  // Triangles keep their corners.
  for (const int f : mesh.vert_faces(v)) {
    if (!s.use_dissolve_boundaries && mesh.face_verts(f).size() <= 3) {
      return std::nullopt;
    }
  }
  const float3 at = mesh.verts[v].co;
  const float bend = angle_between(at - mesh.verts[mesh.other_vert(edges[0], v)].co,
                                   mesh.verts[mesh.other_vert(edges[1], v)].co - at);
  return bend > s.angle_limit && !s.use_dissolve_boundaries ? std::nullopt : std::optional(bend);
}

// Takes elements in the order of what they cost, which may have grown since they were put in.
template <typename Cost, typename Take>
bool take_cheapest(const std::vector<int>& slots, const Cost& cost, const Take& take) {
  using Entry = std::pair<float, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (const int slot : slots) {
    if (const std::optional<float> c = cost(slot)) {
      queue.push({*c, slot});
    }
  }
  bool has_taken = false;
  while (!queue.empty()) {
    const auto [known, slot] = queue.top();
    queue.pop();
    const std::optional<float> now = cost(slot);
    if (now && *now > known + 1e-6f) {
      queue.push({*now, slot});
    } else if (now) {
      has_taken = take(slot) || has_taken;
    }
  }
  return has_taken;
}

Result<Outcome> dissolve_limited(Context& context, const LimitedSettings& s, const Given&) {
  return edit_meshes(context, [&](EditMesh& mesh) -> Result<bool> {
    mesh.update_normals();
    const bool has_joined = take_cheapest(
        all_slots(mesh, ElementKind::Edge),
        [&](int e) -> std::optional<float> {
          return mesh.edges.is_alive(e) ? edge_bend(mesh, e, s) : std::nullopt;
        },
        [&](int e) {
          const std::vector<int> faces = mesh.edge_faces(e);
          const int joined = mesh.join_faces(faces);
          if (joined >= 0) {
            mesh.update_face_normal(joined);
            mesh.select({ElementKind::Face, joined}, true);
          }
          return joined >= 0;
        });
    const bool has_straightened = take_cheapest(
        all_slots(mesh, ElementKind::Vert),
        [&](int v) -> std::optional<float> {
          return mesh.verts.is_alive(v) ? vert_bend(mesh, v, s) : std::nullopt;
        },
        [&](int v) { return mesh.join_edges(mesh.vert_edges(v)[0], v) >= 0; });
    mesh.flush_select_mode();
    return has_joined || has_straightened;
  });
}

}  // namespace

void register_mesh_dissolve_limited(OperatorRegistry& registry) {
  add_operator(registry, "mesh.dissolve_limited", "Limited Dissolve", dissolve_limited,
               needs_edited_mesh);
}

}  // namespace kiln::operators
