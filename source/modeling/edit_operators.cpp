#include "modeling/edit_operators.h"

#include <algorithm>

#include "modeling/merge.h"
#include "modeling/primitives.h"

// Making shapes, moving vertices, bringing vertices together.
namespace kiln::modeling {
namespace {

constexpr unsigned verts_bit = 1, edges_bit = 2;

void add_shape(EditMesh& mesh, Mesh shape, const SlotValues& in, SlotValues& out) {
  shape.transform(in.matrix("matrix"));
  const int first = mesh.verts.slot_count();
  mesh.add_mesh(shape);
  std::vector<int> made;
  for (int v = first; v < mesh.verts.slot_count(); ++v) {
    mesh.verts[v].index = -1;
    made.push_back(v);
  }
  out.add("verts", ElementKind::Vert, made);
}
CapFill cap(const SlotValues& in) {
  return !in.get<bool>("cap_ends")  ? CapFill::Nothing
         : in.get<bool>("cap_tris") ? CapFill::TriangleFan
                                    : CapFill::Ngon;
}
bool has_uvs(const SlotValues& in) {
  return in.get<bool>("calc_uvs");
}
constexpr int max_segments = 10000;

Result<void> create_cube(EditMesh& m, const SlotValues& in, SlotValues& out) {
  add_shape(m, cube(in.get<float>("size"), has_uvs(in)), in, out);
  return {};
}
Result<void> create_grid(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const int x = in.get<int>("x_segments"), y = in.get<int>("y_segments");
  if (x < 1 || y < 1) {
    return {};
  }
  if (x > max_segments || y > max_segments) {
    return Error::invalid("create_grid: at most {} segments", max_segments);
  }
  add_shape(m, grid(x, y, 2 * in.get<float>("size"), has_uvs(in)), in, out);
  return {};
}
Result<void> create_circle(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const int n = in.get<int>("segments");
  if (n < 3) {
    return {};
  }
  add_shape(m, circle(std::min(n, 1 << 20), in.get<float>("radius"), cap(in), has_uvs(in)), in,
            out);
  return {};
}
Result<void> create_cone(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const int n = in.get<int>("segments");
  if (n < 3) {
    return {};
  }
  add_shape(m,
            cone(std::min(n, 1 << 20), in.get<float>("radius1"), in.get<float>("radius2"),
                 in.get<float>("depth"), cap(in), has_uvs(in)),
            in, out);
  return {};
}
Result<void> create_uvsphere(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const int u = in.get<int>("u_segments"), v = in.get<int>("v_segments");
  if (u < 3 || v < 2) {
    return {};
  }
  if (u > max_segments || v > max_segments) {
    return Error::invalid("create_uvsphere: at most {} segments", max_segments);
  }
  add_shape(m, uv_sphere(u, v, in.get<float>("radius"), has_uvs(in)), in, out);
  return {};
}
Result<void> create_icosphere(EditMesh& m, const SlotValues& in, SlotValues& out) {
  const int n = in.get<int>("subdivisions");
  if (n > 10) {
    return Error::invalid("create_icosphere: at most 10 subdivisions");
  }
  add_shape(m, ico_sphere(std::max(n, 1), in.get<float>("radius"), has_uvs(in)), in, out);
  return {};
}
Result<void> create_monkey(EditMesh& m, const SlotValues& in, SlotValues& out) {
  add_shape(m, monkey(2, has_uvs(in)), in, out);
  return {};
}
Result<void> create_vert(EditMesh& m, const SlotValues& in, SlotValues& out) {
  out.add("vert", ElementKind::Vert, std::array{m.add_vert(in.get<float3>("co"))});
  return {};
}

// ---- moving ----

void transform_verts(EditMesh& m, const SlotValues& in, const float4x4& matrix) {
  const float4x4 space = in.matrix("space");
  const float4x4 all = inverse(space) * matrix * space;
  for (const int v : in.slots("verts", ElementKind::Vert)) {
    m.verts[v].co = transform_point(all, m.verts[v].co);
  }
}
Result<void> translate(EditMesh& m, const SlotValues& in, SlotValues&) {
  transform_verts(m, in, translation_matrix(in.get<float3>("vec")));
  return {};
}
Result<void> transform(EditMesh& m, const SlotValues& in, SlotValues&) {
  transform_verts(m, in, in.matrix("matrix"));
  return {};
}
Result<void> rotate(EditMesh& m, const SlotValues& in, SlotValues&) {
  const float3 center = in.get<float3>("cent");
  transform_verts(
      m, in, translation_matrix(center) * in.matrix("matrix") * translation_matrix(center * -1.0f));
  return {};
}
Result<void> scale(EditMesh& m, const SlotValues& in, SlotValues&) {
  const float3 by = in.get<float3>("vec");
  const float4x4 space = in.matrix("space");
  const float4x4 back = inverse(space);
  for (const int v : in.slots("verts", ElementKind::Vert)) {
    m.verts[v].co = transform_point(back, transform_point(space, m.verts[v].co) * by);
  }
  return {};
}
Result<void> smooth_vert(EditMesh& m, const SlotValues& in, SlotValues&) {
  const float factor = in.get<float>("factor"), near = in.get<float>("clip_dist");
  const bool clips[] = {in.get<bool>("mirror_clip_x"), in.get<bool>("mirror_clip_y"),
                        in.get<bool>("mirror_clip_z")};
  const bool moves[] = {in.get<bool>("use_axis_x"), in.get<bool>("use_axis_y"),
                        in.get<bool>("use_axis_z")};
  const std::vector<int> chosen = in.slots("verts", ElementKind::Vert);
  std::vector<float3> placed;
  for (const int v : chosen) {
    float3 sum{0, 0, 0};
    const std::vector<int> around = m.vert_edges(v);
    for (const int e : around) {
      sum = sum + m.verts[m.other_vert(e, v)].co;
    }
    const float3 old = m.verts[v].co;
    const float3 mean = around.empty() ? old : sum * (1.0f / float(around.size()));
    float3 p = old + (mean - old) * factor;
    for (int k = 0; k < 3; ++k) {
      if (clips[k] && std::abs(old[k]) <= near) {
        p[k] = 0;
      }
      if (!moves[k]) {
        p[k] = old[k];
      }
    }
    placed.push_back(p);
  }
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    m.verts[chosen[i]].co = placed[i];
  }
  return {};
}

// ---- merging ----

std::vector<std::pair<int, int>> doubles(EditMesh& m, const SlotValues& in) {
  const std::vector<int> chosen = in.slots("verts", ElementKind::Vert);
  const std::vector<int> kept = in.slots("keep_verts", ElementKind::Vert);
  std::vector<int> order = kept;
  for (const int v : chosen) {
    if (std::find(kept.begin(), kept.end(), v) == kept.end()) {
      order.push_back(v);
    }
  }
  std::vector<float3> positions;
  for (const int v : order) {
    positions.push_back(m.verts[v].co);
  }
  std::vector<std::pair<int, int>> result;
  const std::vector<int> targets =
      near_targets(positions, in.get<float>("dist") > 1e-8f ? in.get<float>("dist") : 1e-8f);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i] >= 0 && targets[i] != int(i) && i >= kept.size() &&
        (kept.empty() || std::size_t(targets[i]) < kept.size())) {
      result.emplace_back(order[i], order[std::size_t(targets[i])]);
    }
  }
  return result;
}
Result<void> remove_doubles(EditMesh& m, const SlotValues& in, SlotValues&) {
  m.weld(doubles(m, in));
  return {};
}
Result<void> find_doubles(EditMesh& m, const SlotValues& in, SlotValues& out) {
  ElementPairs pairs;
  for (const auto& [from, to] : doubles(m, in)) {
    pairs.push_back({{ElementKind::Vert, from}, {ElementKind::Vert, to}});
  }
  out.values["targetmap"] = std::move(pairs);
  return {};
}
Result<void> weld_verts(EditMesh& m, const SlotValues& in, SlotValues&) {
  std::vector<std::pair<int, int>> targets;
  for (const auto& [from, to] : in.get<ElementPairs>("targetmap")) {
    targets.emplace_back(from.slot, to.slot);
  }
  m.weld(targets);
  return {};
}
void merge_at(EditMesh& m, std::span<const int> merged, float3 place) {
  if (merged.empty()) {
    return;
  }
  std::vector<std::pair<int, int>> targets;
  m.verts[merged[0]].co = place;
  for (std::size_t i = 1; i < merged.size(); ++i) {
    targets.emplace_back(merged[i], merged[0]);
  }
  m.weld(targets);
}
Result<void> pointmerge(EditMesh& m, const SlotValues& in, SlotValues&) {
  merge_at(m, in.slots("verts", ElementKind::Vert), in.get<float3>("merge_co"));
  return {};
}
Result<void> collapse(EditMesh& m, const SlotValues& in, SlotValues&) {
  // Each part that hangs together goes to the middle of its bounds.
  const std::vector<int> chosen = in.slots("edges", ElementKind::Edge);
  std::map<int, std::vector<int>> links;
  for (const int e : chosen) {
    links[m.edges[e].verts[0]].push_back(m.edges[e].verts[1]);
    links[m.edges[e].verts[1]].push_back(m.edges[e].verts[0]);
  }
  std::map<int, bool> seen;
  std::vector<std::pair<int, int>> targets;
  for (const auto& [start, unused] : links) {
    if (seen[start]) {
      continue;
    }
    std::vector<int> part{start};
    seen[start] = true;
    for (std::size_t i = 0; i < part.size(); ++i) {
      for (const int n : links[part[i]]) {
        if (!seen[n]) {
          seen[n] = true;
          part.push_back(n);
        }
      }
    }
    float3 low = m.verts[start].co, high = low;
    for (const int v : part) {
      low = min(low, m.verts[v].co);
      high = max(high, m.verts[v].co);
      if (v != start) {
        targets.emplace_back(v, start);
      }
    }
    m.verts[start].co = (low + high) * 0.5f;
  }
  m.weld(targets);
  return {};
}

}  // namespace

float4x4 SlotValues::matrix(std::string_view name) const {
  const auto found = values.find(name);
  const float4x4* value = found == values.end() ? nullptr : std::get_if<float4x4>(&found->second);
  return value ? *value : float4x4();
}
std::vector<int> SlotValues::slots(std::string_view name, ElementKind kind) const {
  std::vector<int> result;
  const auto found = values.find(name);
  if (found != values.end()) {
    if (const auto* all = std::get_if<std::vector<Element>>(&found->second)) {
      for (const Element& e : *all) {
        if (e.kind == kind) {
          result.push_back(e.slot);
        }
      }
    }
  }
  std::vector<int> unique;
  std::map<int, bool> seen;
  for (const int s : result) {
    if (!seen[s]) {
      seen[s] = true;
      unique.push_back(s);
    }
  }
  return unique;
}
void SlotValues::add(const char* name, ElementKind kind, std::span<const int> slots) {
  SlotValue& value = values.try_emplace(name, std::vector<Element>()).first->second;
  for (const int s : slots) {
    std::get<std::vector<Element>>(value).push_back({kind, s});
  }
}

void add_shape_operators(std::vector<EditOperator>& all) {
  using T = SlotType;
  const SlotSpec matrix{"matrix", T::Matrix}, uvs{"calc_uvs", T::Bool},
      verts{"verts", T::Elements, verts_bit}, space{"space", T::Matrix};
  const auto made = std::vector<std::pair<const char*, SlotType>>{{"verts", T::Elements}};
  all.push_back({"create_cube", {{"size", T::Float}, matrix, uvs}, create_cube, made});
  all.push_back({"create_grid",
                 {{"x_segments", T::Int}, {"y_segments", T::Int}, {"size", T::Float}, matrix, uvs},
                 create_grid,
                 made});
  all.push_back({"create_circle",
                 {{"cap_ends", T::Bool},
                  {"cap_tris", T::Bool},
                  {"segments", T::Int},
                  {"radius", T::Float},
                  matrix,
                  uvs},
                 create_circle,
                 made});
  all.push_back({"create_cone",
                 {{"cap_ends", T::Bool},
                  {"cap_tris", T::Bool},
                  {"segments", T::Int},
                  {"radius1", T::Float},
                  {"radius2", T::Float},
                  {"depth", T::Float},
                  matrix,
                  uvs},
                 create_cone,
                 made});
  all.push_back(
      {"create_uvsphere",
       {{"u_segments", T::Int}, {"v_segments", T::Int}, {"radius", T::Float}, matrix, uvs},
       create_uvsphere,
       made});
  all.push_back({"create_icosphere",
                 {{"subdivisions", T::Int}, {"radius", T::Float}, matrix, uvs},
                 create_icosphere,
                 made});
  all.push_back({"create_monkey", {matrix, uvs}, create_monkey, made});
  all.push_back({"create_vert", {{"co", T::Vector}}, create_vert, {{"vert", T::Elements}}});
  all.push_back({"translate", {{"vec", T::Vector}, space, verts}, translate, {}});
  all.push_back({"transform", {matrix, space, verts}, transform, {}});
  all.push_back({"rotate", {{"cent", T::Vector}, matrix, verts, space}, rotate, {}});
  all.push_back({"scale", {{"vec", T::Vector}, space, verts}, scale, {}});
  all.push_back({"smooth_vert",
                 {verts,
                  {"factor", T::Float},
                  {"mirror_clip_x", T::Bool},
                  {"mirror_clip_y", T::Bool},
                  {"mirror_clip_z", T::Bool},
                  {"clip_dist", T::Float},
                  {"use_axis_x", T::Bool},
                  {"use_axis_y", T::Bool},
                  {"use_axis_z", T::Bool}},
                 smooth_vert,
                 {}});
  all.push_back({"remove_doubles", {verts, {"dist", T::Float}}, remove_doubles, {}});
  all.push_back({"find_doubles",
                 {verts, {"keep_verts", T::Elements, verts_bit}, {"dist", T::Float}},
                 find_doubles,
                 {{"targetmap", T::ElementMap}}});
  all.push_back({"weld_verts", {{"targetmap", T::ElementMap, verts_bit}}, weld_verts, {}});
  all.push_back({"pointmerge", {verts, {"merge_co", T::Vector}}, pointmerge, {}});
  all.push_back({"collapse", {{"edges", T::Elements, edges_bit}}, collapse, {}});
}

const std::vector<EditOperator>& edit_operators() {
  static const std::vector<EditOperator> all = [] {
    std::vector<EditOperator> made;
    add_shape_operators(made);
    add_removal_operators(made);
    add_copy_operators(made);
    add_face_operators(made);
    return made;
  }();
  return all;
}

}  // namespace kiln::modeling
