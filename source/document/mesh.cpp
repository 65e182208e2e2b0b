#include "document/mesh.h"

#include "core/tasks.h"
#include "document/mesh_derived.h"

namespace kiln {

Mesh::Mesh()
    : derived_(std::make_shared<Derived>()),
      derived_topology_(std::make_shared<DerivedTopology>()),
      shown_(std::make_shared<Shown>()) {}
Mesh::~Mesh() = default;
Mesh::Mesh(const Mesh&) = default;
Mesh::Mesh(Mesh&& other) noexcept = default;
Mesh& Mesh::operator=(const Mesh&) = default;
Mesh& Mesh::operator=(Mesh&&) noexcept = default;

std::size_t Mesh::domain_size(Domain domain) const {
  switch (domain) {
    case Domain::Point:
      return vertex_count();
    case Domain::Edge:
      return edge_count();
    case Domain::Face:
      return face_count();
    case Domain::Corner:
      return corner_count();
    default:
      return 0;
  }
}

void Mesh::geometry_changed() {
  // A script that moves vertices one by one comes here every time: only drop what was computed.
  if (!derived_ || derived_.use_count() > 1 || !derived_->is_empty()) {
    derived_ = std::make_shared<Derived>();
  }
  has_stale_normals_ = false;
}

void Mesh::topology_changed() {
  geometry_changed();
  if (!derived_topology_ || derived_topology_.use_count() > 1 || !derived_topology_->is_empty()) {
    derived_topology_ = std::make_shared<DerivedTopology>();
  }
}

void Mesh::forget_shown() {
  shown_ = std::make_shared<Shown>();
}

std::span<float3> Mesh::edit_positions() {
  geometry_changed();
  return positions_.edit();
}

std::span<float3> Mesh::edit_positions_in_steps() {
  if (!has_stale_normals_ || derived_.use_count() > 1) {
    geometry_changed();
    has_stale_normals_ = true;
  }
  return positions_.edit();
}

void Mesh::finish_editing() {
  resolve();
  if (has_stale_normals_) {
    geometry_changed();
  }
}

void Mesh::set_positions(Array<float3> positions) {
  KILN_ASSERT(positions.size() == positions_.size() || corner_vertices_.empty() ||
              positions_.empty());
  geometry_changed();
  if (positions.size() != positions_.size()) {
    topology_changed();
    attributes.resize(Domain::Point, positions.size());
    weights.resize(positions.size());
  }
  positions_ = std::move(positions);
}

void Mesh::set_topology(Array<int2> edges, Array<int> face_offsets, Array<int> corner_vertices,
                        Array<int> corner_edges) {
  raw_.reset();
  const bool has_corner_edges = corner_edges.size() == corner_vertices.size();
  edges_ = std::move(edges);
  face_offsets_ = std::move(face_offsets);
  corner_vertices_ = std::move(corner_vertices);
  corner_edges_ = std::move(corner_edges);
  topology_changed();
  if (!has_corner_edges) {
    rebuild_edges();
  }
}

void Mesh::replace_geometry(Array<float3> positions, Array<int2> edges, Array<int> face_offsets,
                            Array<int> corner_vertices, Array<int> corner_edges) {
  positions_ = std::move(positions);
  set_topology(std::move(edges), std::move(face_offsets), std::move(corner_vertices),
               std::move(corner_edges));
}

void Mesh::take_geometry(Mesh geometry) {
  geometry.name = name;
  geometry.use_fake_user = use_fake_user;
  geometry.custom = custom;
  geometry.id = id;
  geometry.uuid = uuid;
  geometry.owner = owner;
  geometry.tag = tag;
  geometry.versions = versions;
  geometry.unknown_properties = unknown_properties;
  *this = std::move(geometry);
}

std::span<int2> Mesh::edit_edges() {
  resolve();
  topology_changed();
  return edges_.edit();
}
std::span<int> Mesh::edit_corner_vertices() {
  resolve();
  topology_changed();
  return corner_vertices_.edit();
}
std::span<int> Mesh::edit_corner_edges() {
  resolve();
  topology_changed();
  return corner_edges_.edit();
}
std::span<int> Mesh::edit_face_offsets() {
  resolve();
  topology_changed();
  return face_offsets_.edit();
}

void Mesh::resize(std::size_t vertices, std::size_t edges, std::size_t corners, std::size_t faces) {
  resolve();
  topology_changed();
  positions_.resize(vertices);
  edges_.resize(edges);
  corner_vertices_.resize(corners);
  corner_edges_.resize(corners);
  face_offsets_.resize(faces == 0 ? 0 : faces + 1,
                       face_offsets_.empty() ? 0 : face_offsets_.back());
  attributes.resize(Domain::Point, vertices);
  attributes.resize(Domain::Edge, edges);
  attributes.resize(Domain::Corner, corners);
  attributes.resize(Domain::Face, faces);
  weights.resize(vertices);
}

void Mesh::clear_geometry() {
  raw_.reset();
  positions_ = {};
  edges_ = {};
  face_offsets_ = {};
  corner_vertices_ = {};
  corner_edges_ = {};
  attributes = {};
  weights = {};
  topology_changed();
  forget_shown();
}

void Mesh::transform(const float4x4& matrix) {
  const std::span<float3> points = edit_positions();
  parallel_for(points.size(), 1 << 15, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      points[v] = transform_point(matrix, points[v]);
    }
  });
  if (const Array<float3>* custom_normals =
          attributes.find<float3>(".custom_normal", Domain::Corner)) {
    const float4x4 inverted = inverse(matrix);
    Array<float3> turned = *custom_normals;
    for (float3& n : turned.edit()) {
      n = normalize(transform_normal(inverted, n));
    }
    attributes.set(".custom_normal", Domain::Corner, std::move(turned));
  }
}

void Mesh::add_vertices(std::size_t count) {
  const std::size_t before = vertex_count();
  topology_changed();
  positions_.resize(before + count);
  const bool has_selection =
      attributes.find<std::uint8_t>(".select_vert", Domain::Point) != nullptr;
  attributes.resize(Domain::Point, before + count);
  weights.resize(before + count);
  if (has_selection || before == 0) {
    const auto select =
        attributes.ensure<std::uint8_t>(".select_vert", Domain::Point, before + count)
            .edit()
            .subspan(before);
    std::fill(select.begin(), select.end(), std::uint8_t(1));
  }
}

void Mesh::add_uv_map(std::string_view map_name, Array<float2> uvs) {
  KILN_ASSERT(uvs.size() == corner_count());
  attributes.set(map_name, Domain::Corner, std::move(uvs)).is_uv_map = true;
  for (std::string* role : {&active_uv, &render_uv, &clone_uv, &stencil_uv}) {
    if (role->empty()) {
      *role = map_name;
    }
  }
}

const Attribute* Mesh::uv_map(std::string_view map_name) const {
  const Attribute* first = nullptr;
  for (const std::string_view wanted : {map_name, std::string_view(active_uv)}) {
    for (const Attribute& attribute : attributes.items()) {
      if (attribute.is_uv_map) {
        first = first ? first : &attribute;
        if (attribute.name == wanted) {
          return &attribute;
        }
      }
    }
  }
  return first;
}

bool Mesh::bounds(float3* low, float3* high) const {
  if (positions_.empty()) {
    return false;
  }
  float3 lo = positions_[0], hi = positions_[0];
  for (const float3& p : positions_) {
    lo = min(lo, p);
    hi = max(hi, p);
  }
  *low = lo;
  *high = hi;
  return true;
}

bool Mesh::is_face_smooth(std::size_t face) const {
  const Array<std::uint8_t>* smooth = attributes.find<std::uint8_t>(".smooth", Domain::Face);
  return smooth && (*smooth)[face];
}

int Mesh::material_index(std::size_t face) const {
  const Array<int>* index = attributes.find<int>("material_index", Domain::Face);
  return index ? (*index)[face] : 0;
}

}  // namespace kiln
