// What is selected of meshes in edit mode by likeness: similar parts, sides, mirrored parts,
// regions inside of loops.
#include <cmath>
#include <map>
#include <numbers>

#include "core/to_int.h"
#include "modeling/edit_mesh.h"
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using modeling::EditMesh;
using modeling::Element;
using modeling::ElementFlag;
using modeling::ElementKind;

constexpr float pi = std::numbers::pi_v<float>;

bool is_selectable(EditMesh& mesh, ElementKind kind, int slot) {
  return !mesh.has_flag({kind, slot}, ElementFlag::Hide) &&
         !mesh.has_flag({kind, slot}, ElementFlag::Select);
}

float angle_between(float3 a, float3 b) {
  const float l = length(a) * length(b);
  return l > 0.0f ? std::acos(std::clamp(dot(a, b) / l, -1.0f, 1.0f)) : 0.0f;
}

// ---- similar ----

enum class Likeness : std::int32_t {
  Normal = 0,
  Face = 1,
  Edge = 3,
  Length = 101,
  Dir = 102,
  FaceAngle = 104,
  Crease = 105,
  Bevel = 106,
  Seam = 107,
  Sharp = 108,
  Material = 201,
  Area = 202,
  Sides = 203,
  Perimeter = 204,
  Coplanar = 206,
  Smooth = 207
};
enum class Compare : std::uint8_t { Equal = 0, Greater = 1, Less = 2 };

const std::vector<EnumItem>& compare_items() {
  static const std::vector<EnumItem> items{
      {"EQUAL", "Equal", 0}, {"GREATER", "Greater", 1}, {"LESS", "Less", 2}};
  return items;
}

struct SimilarSettings {
  Likeness type = Likeness::Normal;
  Compare compare = Compare::Equal;
  float threshold = 0.0f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SimilarSettings> s("MESH_OT_select_similar", "Select Similar");
      s.add<&SimilarSettings::type>("type", "Type")
          .items({{"NORMAL", "Normal", 0},
                  {"FACE", "Amount of Adjacent Faces", 1},
                  {"EDGE", "Amount of Connecting Edges", 3},
                  {"LENGTH", "Length", 101},
                  {"DIR", "Direction", 102},
                  {"FACE_ANGLE", "Face Angles", 104},
                  {"CREASE", "Crease", 105},
                  {"BEVEL", "Bevel", 106},
                  {"SEAM", "Seam", 107},
                  {"SHARP", "Sharpness", 108},
                  {"MATERIAL", "Material", 201},
                  {"AREA", "Area", 202},
                  {"SIDES", "Polygon Sides", 203},
                  {"PERIMETER", "Perimeter", 204},
                  {"COPLANAR", "Coplanar", 206},
                  {"SMOOTH", "Flat/Smooth", 207}})
          .not_animatable();
      s.add<&SimilarSettings::compare>("compare", "Compare")
          .items(compare_items())
          .not_animatable();
      s.add<&SimilarSettings::threshold>("threshold", "Threshold")
          .range(0, 1)
          .step(0.01, 5)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

float edge_value(const EditMesh& mesh, const char* name, int edge) {
  const Array<float>* values = mesh.attributes.find<float>(name, Domain::Edge);
  return values ? (*values)[std::size_t(edge)] : 0.0f;
}

float face_angle(EditMesh& mesh, int edge) {
  const std::vector<int> faces = mesh.edge_faces(edge);
  return faces.size() == 2
             ? angle_between(mesh.compute_face_normal(faces[0]), mesh.compute_face_normal(faces[1]))
             : 0.0f;
}

float perimeter(const EditMesh& mesh, int face) {
  float sum = 0.0f;
  for (const int e : mesh.face_edges(face)) {
    sum += mesh.edge_length(e);
  }
  return sum;
}

// A direction, where likeness is one of directions; nothing where it is one of numbers.
std::optional<float3> direction_of(EditMesh& mesh, const Element& element, Likeness type) {
  if (type == Likeness::Dir && element.kind == ElementKind::Edge) {
    const auto& ends = mesh.edges[element.slot].verts;
    return mesh.verts[ends[1]].co - mesh.verts[ends[0]].co;
  }
  if (type == Likeness::Normal || type == Likeness::Coplanar) {
    return element.kind == ElementKind::Face ? mesh.compute_face_normal(element.slot)
                                             : mesh.verts[element.slot].normal;
  }
  return std::nullopt;
}

float number_of(EditMesh& mesh, const Element& element, Likeness type) {
  const int slot = element.slot;
  if (element.kind == ElementKind::Vert) {
    return type == Likeness::Edge ? float(mesh.vert_edge_count(slot))
                                  : float(mesh.vert_faces(slot).size());
  }
  switch (type) {
    case Likeness::Length:
      return mesh.edge_length(slot);
    case Likeness::FaceAngle:
      return face_angle(mesh, slot) / pi;
    case Likeness::Crease:
      return edge_value(mesh, ".crease_edge", slot);
    case Likeness::Bevel:
      return edge_value(mesh, ".bevel_edge", slot);
    case Likeness::Seam:
      return mesh.has_flag(element, ElementFlag::Seam);
    case Likeness::Sharp:
      return mesh.has_flag(element, ElementFlag::Smooth);
    case Likeness::Material:
      return float(mesh.faces[slot].material);
    case Likeness::Area:
      return mesh.face_area(slot);
    case Likeness::Sides:
      return float(mesh.face_verts(slot).size());
    case Likeness::Perimeter:
      return perimeter(mesh, slot);
    case Likeness::Smooth:
      return mesh.has_flag(element, ElementFlag::Smooth);
    default:
      return float(mesh.edge_face_count(slot));
  }
}

// Which elements a likeness is one of; nothing where it is none of these.
bool fits(Likeness type, ElementKind kind) {
  switch (kind) {
    case ElementKind::Vert:
      return type == Likeness::Normal || type == Likeness::Face || type == Likeness::Edge;
    case ElementKind::Edge:
      return type == Likeness::Face || (int(type) > 100 && int(type) < 200);
    case ElementKind::Face:
      return type == Likeness::Normal || int(type) > 200;
    default:
      return false;
  }
}

bool is_alike(float value, float wanted, const SimilarSettings& s, float threshold) {
  const float difference = value - wanted;
  return s.compare == Compare::Equal     ? std::abs(difference) <= threshold
         : s.compare == Compare::Greater ? difference >= -threshold
                                         : difference <= threshold;
}

Result<Outcome> select_similar(Context& context, const SimilarSettings& s, const Given&) {
  const auto modes = context.get_scene().tool_settings.mesh_select_mode;
  const ElementKind kind = modes[2]   ? ElementKind::Face
                           : modes[1] ? ElementKind::Edge
                                      : ElementKind::Vert;
  if (!fits(s.type, kind)) {
    return Error::invalid("Select Similar: what is selected cannot be compared that way");
  }
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    mesh.update_normals();
    const std::vector<int> chosen = selected_slots(mesh, kind);
    // Small differences of computing do not count.
    const float threshold = s.threshold + 1e-5f;
    std::vector<int> found;
    for (const int slot : all_slots(mesh, kind)) {
      if (!is_selectable(mesh, kind, slot)) {
        continue;
      }
      const Element element{kind, slot};
      const std::optional<float3> direction = direction_of(mesh, element, s.type);
      bool is_found = false;
      for (std::size_t i = 0; i < chosen.size() && !is_found; ++i) {
        const Element like{kind, chosen[i]};
        if (!direction) {
          is_found = is_alike(number_of(mesh, element, s.type), number_of(mesh, like, s.type), s,
                              threshold);
          continue;
        }
        const float3 other = *direction_of(mesh, like, s.type);
        float angle = angle_between(*direction, other);
        if (s.type != Likeness::Normal) {
          angle = std::min(angle, pi - angle);  // back and forth are the same
        }
        is_found = angle <= s.threshold * pi + 1e-3f;
        if (is_found && s.type == Likeness::Coplanar) {
          const float3 across = mesh.face_center(slot) - mesh.face_center(chosen[i]);
          is_found = std::abs(dot(across, other)) <= s.threshold + 1e-4f;
        }
      }
      if (is_found) {
        found.push_back(slot);
      }
    }
    select_slots(mesh, kind, found);
    mesh.flush_select_mode();
    return !chosen.empty();
  });
}

// ---- by sides ----

enum class SidesType : std::uint8_t { Less, Equal, Greater, NotEqual };

struct SidesSettings {
  int number = 4;
  SidesType type = SidesType::Equal;
  bool extend = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SidesSettings> s("MESH_OT_select_face_by_sides", "Select Faces by Sides");
      s.add<&SidesSettings::number>("number", "Number of Vertices")
          .range(3, infinity)
          .not_animatable();
      s.add<&SidesSettings::type>("type", "Type")
          .items({{"LESS", "Less Than", 0},
                  {"EQUAL", "Equal To", 1},
                  {"GREATER", "Greater Than", 2},
                  {"NOTEQUAL", "Not Equal To", 3}})
          .not_animatable();
      s.add<&SidesSettings::extend>("extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_by_sides(Context& context, const SidesSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    if (!s.extend) {
      deselect_all(mesh);
    }
    std::vector<int> found;
    for (const int f : all_slots(mesh, ElementKind::Face)) {
      const int sides = int(mesh.face_verts(f).size());
      const bool is_wanted = s.type == SidesType::Less      ? sides < s.number
                             : s.type == SidesType::Equal   ? sides == s.number
                             : s.type == SidesType::Greater ? sides > s.number
                                                            : sides != s.number;
      if (is_wanted && is_selectable(mesh, ElementKind::Face, f)) {
        found.push_back(f);
      }
    }
    select_slots(mesh, ElementKind::Face, found);
    mesh.flush_select_mode();
    return true;
  });
}

// ---- along an axis, mirrored ----

enum class AxisSign : std::uint8_t { Positive, Negative, Aligned };

struct AxisSettings {
  AxisSign sign = AxisSign::Positive;
  std::uint8_t axis = 0;
  float threshold = 1e-4f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<AxisSettings> s("MESH_OT_select_axis", "Select Axis");
      s.add<&AxisSettings::sign>("sign", "Axis Sign")
          .items({{"POS", "Positive Axis", 0},
                  {"NEG", "Negative Axis", 1},
                  {"ALIGN", "Aligned Axis", 2}})
          .not_animatable();
      s.add_computed(
           PropertyType::Enum, "axis", "Axis",
           [](const ConstRef& r) {
             return Value(std::string(1, char('X' + r.as<AxisSettings>().axis)));
           },
           [](const MutableRef& r, const Value& v) -> Result<void> {
             r.as<AxisSettings>().axis = v.as_string() == "Y" ? 1 : v.as_string() == "Z" ? 2 : 0;
             return {};
           })
          .items({{"X", "X", 0}, {"Y", "Y", 1}, {"Z", "Z", 2}})
          .default_value("X")
          .not_animatable();
      s.add<&AxisSettings::threshold>("threshold", "Threshold")
          .range(1e-6, 50)
          .soft(1e-5, 10)
          .step(1)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select_axis(Context& context, const AxisSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    // From the active vertex on.
    if (mesh.select_history.empty() || mesh.select_history.back().kind != ElementKind::Vert ||
        !mesh.is_alive(mesh.select_history.back())) {
      return Error::invalid("Select Axis: there is no active vertex");
    }
    const float start = mesh.verts[mesh.select_history.back().slot].co[s.axis];
    std::vector<int> found;
    for (const int v : all_slots(mesh, ElementKind::Vert)) {
      const float difference = mesh.verts[v].co[s.axis] - start;
      const bool is_wanted = s.sign == AxisSign::Positive   ? difference >= -s.threshold
                             : s.sign == AxisSign::Negative ? difference <= s.threshold
                                                            : std::abs(difference) <= s.threshold;
      if (is_wanted && is_selectable(mesh, ElementKind::Vert, v)) {
        found.push_back(v);
      }
    }
    select_slots(mesh, ElementKind::Vert, found);
    mesh.flush_select_mode();
    return true;
  });
}

struct MirrorSettings {
  int axis = 1;  // bits
  bool extend = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MirrorSettings> s("MESH_OT_select_mirror", "Select Mirror");
      s.add_computed(
           PropertyType::Enum, "axis", "Axis",
           [](const ConstRef& r) {
             Value::List names;
             for (int i = 0; i < 3; ++i) {
               if (r.as<MirrorSettings>().axis >> i & 1) {
                 names.push_back(Value(std::string(1, char('X' + i))));
               }
             }
             return Value(names);
           },
           [](const MutableRef& r, const Value& v) -> Result<void> {
             const auto* names = std::get_if<Value::List>(&v.data);
             int bits = 0;
             for (std::size_t i = 0; names && i < names->size(); ++i) {
               const std::string name = (*names)[i].as_string();
               bits |= name == "X" ? 1 : name == "Y" ? 2 : name == "Z" ? 4 : 0;
             }
             r.as<MirrorSettings>().axis = bits;
             return {};
           })
          .items({{"X", "X", 1}, {"Y", "Y", 2}, {"Z", "Z", 4}})
          .enum_flag()
          .default_value(Value(Value::List{Value("X")}))
          .not_animatable();
      s.add<&MirrorSettings::extend>("extend", "Extend").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Vertices by the cell of a fine grid that they are in.
class VertexGrid {
public:
  explicit VertexGrid(const EditMesh& mesh) : mesh_(mesh) {
    for (const int v : all_slots(mesh, ElementKind::Vert)) {
      cells_[cell_of(mesh.verts[v].co)].push_back(v);
    }
  }
  /// The nearest vertex within `reach`; -1: none.
  int find(float3 at) const {
    int best = -1;
    float nearest = reach;
    const std::array<int, 3> center = cell_of(at);
    for (int i = 0; i < 27; ++i) {
      const auto cell =
          cells_.find({center[0] + i % 3 - 1, center[1] + i / 3 % 3 - 1, center[2] + i / 9 - 1});
      for (std::size_t k = 0; cell != cells_.end() && k < cell->second.size(); ++k) {
        const float distance = length(mesh_.verts[cell->second[k]].co - at);
        if (distance <= nearest) {
          nearest = distance;
          best = cell->second[k];
        }
      }
    }
    return best;
  }

private:
  static constexpr float reach = 2e-5f, cell_size = 1e-4f;
  static std::array<int, 3> cell_of(float3 p) {
    const auto index = [](float v) {
      return to_int(std::clamp(std::floor(v / cell_size), -2.0e9f, 2.0e9f));
    };
    return {index(p.x), index(p.y), index(p.z)};
  }
  const EditMesh& mesh_;
  std::map<std::array<int, 3>, std::vector<int>> cells_;
};

Result<Outcome> select_mirror(Context& context, const MirrorSettings& s, const Given&) {
  const auto modes = context.get_scene().tool_settings.mesh_select_mode;
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    const VertexGrid grid(mesh);
    std::vector<Element> found;
    for (int axis = 0; axis < 3; ++axis) {
      if (!(s.axis >> axis & 1)) {
        continue;
      }
      const auto mirrored = [&](int v) {
        float3 at = mesh.verts[v].co;
        at[axis] = -at[axis];
        return grid.find(at);
      };
      for (const int v : selected_slots(mesh, ElementKind::Vert)) {
        if (const int other = mirrored(v); modes[0] && other >= 0) {
          found.push_back({ElementKind::Vert, other});
        }
      }
      for (const int e : selected_slots(mesh, ElementKind::Edge)) {
        const int a = mirrored(mesh.edges[e].verts[0]), b = mirrored(mesh.edges[e].verts[1]);
        const int other = a >= 0 && b >= 0 && a != b ? mesh.find_edge(a, b) : -1;
        if (modes[1] && other >= 0) {
          found.push_back({ElementKind::Edge, other});
        }
      }
      for (const int f : selected_slots(mesh, ElementKind::Face)) {
        std::vector<int> verts;
        for (const int v : mesh.face_verts(f)) {
          verts.push_back(mirrored(v));
        }
        const bool is_whole = std::all_of(verts.begin(), verts.end(), [](int v) { return v >= 0; });
        const int other = is_whole ? mesh.find_face(verts) : -1;
        if (modes[2] && other >= 0) {
          found.push_back({ElementKind::Face, other});
        }
      }
    }
    if (!s.extend) {
      deselect_all(mesh);
    }
    select_all_of(mesh, found);
    mesh.flush_select_mode();
    return true;
  });
}

// ---- inside of loops ----

struct RegionSettings {
  bool select_bigger = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RegionSettings> s("MESH_OT_loop_to_region", "Select Loop Inner-Region");
      s.add<&RegionSettings::select_bigger>("select_bigger", "Select Bigger").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Of each part of the mesh that selected edges divide: all regions but the largest, or but the
// smallest.
Result<Outcome> loop_to_region(Context& context, const RegionSettings& s, const Given&) {
  return edit_selections(context, [&](EditMesh& mesh) -> Result<bool> {
    std::map<int, int> region_of;
    std::vector<std::vector<int>> regions;
    const auto is_border = [&](int e) {
      return mesh.has_flag({ElementKind::Edge, e}, ElementFlag::Select);
    };
    const auto flood = [&](int start, bool crosses, const auto& visit) {
      std::vector<int> stack{start};
      while (!stack.empty()) {
        const int f = stack.back();
        stack.pop_back();
        for (const int e : mesh.face_edges(f)) {
          if (!crosses && is_border(e)) {
            continue;
          }
          for (const int other : mesh.edge_faces(e)) {
            if (!mesh.has_flag({ElementKind::Face, other}, ElementFlag::Hide) && visit(other)) {
              stack.push_back(other);
            }
          }
        }
      }
    };
    for (const int f : all_slots(mesh, ElementKind::Face)) {
      if (region_of.contains(f) || mesh.has_flag({ElementKind::Face, f}, ElementFlag::Hide)) {
        continue;
      }
      const int number = int(regions.size());
      regions.push_back({f});
      region_of[f] = number;
      flood(f, false, [&](int other) {
        const bool is_new = region_of.emplace(other, number).second;
        if (is_new) {
          regions.back().push_back(other);
        }
        return is_new;
      });
    }
    std::vector<std::uint8_t> is_seen(regions.size());
    std::vector<int> found;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      if (is_seen[r]) {
        continue;
      }
      // All regions of this part.
      std::unordered_set<int> faces{regions[r].front()};
      std::vector<std::size_t> here;
      const auto note = [&](int face) {
        const auto number = std::size_t(region_of[face]);
        if (!std::exchange(is_seen[number], std::uint8_t(1))) {
          here.push_back(number);
        }
      };
      note(regions[r].front());
      flood(regions[r].front(), true, [&](int other) {
        note(other);
        return faces.insert(other).second;
      });
      if (here.size() < 2) {
        continue;
      }
      const auto [smallest, largest] = std::minmax_element(
          here.begin(), here.end(),
          [&](std::size_t a, std::size_t b) { return regions[a].size() < regions[b].size(); });
      const std::size_t left_out = s.select_bigger ? *smallest : *largest;
      for (const std::size_t number : here) {
        if (number != left_out) {
          found.insert(found.end(), regions[number].begin(), regions[number].end());
        }
      }
    }
    if (found.empty()) {
      return false;
    }
    deselect_all(mesh);
    select_slots(mesh, ElementKind::Face, found);
    return true;
  });
}

}  // namespace

void register_mesh_select_alike(OperatorRegistry& registry) {
  const auto poll = needs_edited_mesh;
  add_operator(registry, "mesh.select_similar", "Select Similar", select_similar, poll);
  add_operator(registry, "mesh.select_face_by_sides", "Select Faces by Sides", select_by_sides,
               poll);
  add_operator(registry, "mesh.select_axis", "Select Axis", select_axis, poll);
  add_operator(registry, "mesh.select_mirror", "Select Mirror", select_mirror, poll);
  add_operator(registry, "mesh.loop_to_region", "Select Loop Inner-Region", loop_to_region, poll);
}

}  // namespace kiln::operators
