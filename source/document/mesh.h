#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "document/attribute.h"
#include "document/data_block.h"

namespace kiln {

struct Material;
class Registry;

/// A value computed when it is first asked for and kept. Threads that ask at the same time may
/// compute it twice; one result stays, so that references to it are good for the life of the owner.
template <typename T>
class Lazy {
public:
  Lazy() = default;
  ~Lazy() { delete value_.load(std::memory_order_relaxed); }
  Lazy(const Lazy&) = delete;
  Lazy& operator=(const Lazy&) = delete;

  bool has_value() const { return value_.load(std::memory_order_acquire) != nullptr; }
  template <typename Compute>
  const T& get(Compute&& compute) const {
    if (const T* known = value_.load(std::memory_order_acquire)) {
      return *known;
    }
    auto fresh = std::make_unique<const T>(compute());
    const T* expected = nullptr;
    if (value_.compare_exchange_strong(expected, fresh.get(), std::memory_order_acq_rel)) {
      return *fresh.release();
    }
    return *expected;
  }

private:
  mutable std::atomic<const T*> value_{nullptr};
};

/// For each of some elements a run of others: those of element i are `items[offsets[i]] ..
/// items[offsets[i + 1]]`, ascending.
struct Adjacency {
  Array<int> offsets;
  Array<int> items;
  std::span<const int> operator[](std::size_t i) const {
    const int begin = offsets.data()[i];
    return {items.data() + begin, std::size_t(offsets.data()[i + 1] - begin)};
  }
};

/// For each of `count` targets the positions in `targets` that name it, ascending. All entries must
/// be in [0, count). Counting sort with atomic counters, then a sort of each (short) run, so that
/// the result is the same for any thread count.
Adjacency invert(std::span<const int> targets, std::size_t count);

/// All faces in order, each cut into its size - 2 triangles.
struct Triangles {
  Array<int3> corners;  ///< three corners of the face, in its order
  Array<int> faces;
};

/// Weights of vertices in groups, as one compressed row per vertex: the entries of vertex v are
/// `offsets[v] .. offsets[v + 1]`. Either all three are empty (no weights at all) or `offsets` has
/// one entry more than vertices.
struct VertexWeights {
  Array<int> offsets;
  Array<int> groups;     ///< index into `Mesh::vertex_groups`
  Array<float> weights;  ///< 0 to 1

  bool empty() const { return offsets.empty(); }
  /// Weight of one vertex in a group, or nothing when it is no member.
  std::optional<float> find(int vertex, int group) const;
  void set(int vertex_count, int vertex, int group, float weight);
  void remove(int vertex, int group);
  enum class Mode { Replace, Add, Subtract };
  /// Gives many vertices a weight in a group, or changes those they have, in one pass over all
  /// entries. Members stay members.
  void assign(int vertex_count, std::span<const int> vertices, int group, float weight, Mode mode);
  /// Dense weights of one group, 0 where a vertex is no member.
  std::vector<float> group_weights(int group, int vertex_count) const;
  /// Drops rows at the end or adds empty ones.
  void resize(std::size_t vertex_count);
  /// Row i of the result is row `kept[i]`, or empty where that is -1.
  VertexWeights gathered(std::span<const int> kept) const;
};

struct VertexGroup {
  std::string name;
  bool lock_weight = false;
};

/// Most vertices, edges, corners or faces a mesh may have.
inline constexpr std::int64_t max_element_count = 1'000'000'000;

/// An element of a mesh by its number.
struct SelectedElement {
  Domain domain = Domain::Point;  ///< of points, edges or faces
  int index = 0;
  bool operator==(const SelectedElement&) const = default;
};

/// What a script has written into the topology element by element, in whatever order it likes and
/// as wrong as it likes. `Mesh::resolve` makes topology of it.
struct RawTopology {
  Array<int2> edges;
  Array<int> loop_start, loop_total;  ///< of each face
  Array<int> corner_vertices, corner_edges;
  bool has_starts = false, has_totals = false;  ///< which of the two a script has set
};

/// A polygon mesh as arrays, and a data-block. Copies share all arrays; writing one copies that one
/// only.
///
/// Faces are runs of corners: the corners of face f are `face_offsets[f] .. face_offsets[f + 1]`; a
/// corner names its vertex and the edge that leads to the next corner. `face_offsets` has one entry
/// more than faces, or none without faces. Every face side has its edge; edges without faces and
/// vertices without edges are allowed. All indices are in range; faces of fewer than three corners
/// may occur in what scripts make, until `validate` removes them. Space: object.
class Mesh : public Block<Mesh, BlockType::Mesh> {
public:
  Mesh();
  ~Mesh() override;
  Mesh(const Mesh&);
  Mesh(Mesh&&) noexcept;
  Mesh& operator=(const Mesh&);
  Mesh& operator=(Mesh&&) noexcept;

  std::size_t vertex_count() const { return positions_.size(); }
  std::size_t edge_count() const { return edges_.size(); }
  std::size_t corner_count() const { return corner_vertices_.size(); }
  std::size_t face_count() const { return face_offsets_.empty() ? 0 : face_offsets_.size() - 1; }
  std::size_t domain_size(Domain domain) const;

  const Array<float3>& positions() const { return positions_; }
  const Array<int2>& edges() const { return edges_; }
  const Array<int>& corner_vertices() const { return corner_vertices_; }
  const Array<int>& corner_edges() const { return corner_edges_; }
  const Array<int>& face_offsets() const { return face_offsets_; }
  int face_size(std::size_t face) const { return face_offsets_[face + 1] - face_offsets_[face]; }
  std::span<const int> face_vertices(std::size_t face) const {
    return corner_vertices_.span().subspan(std::size_t(face_offsets_[face]),
                                           std::size_t(face_size(face)));
  }

  /// Writing drops what was derived from positions (normals) or topology.
  std::span<float3> edit_positions();
  /// The same for scripts that move vertex after vertex and read normals in between: those are
  /// renewed by `finish_editing`.
  std::span<float3> edit_positions_in_steps();
  void set_positions(Array<float3> positions);
  /// Replaces the whole topology; attributes and weights stay and must be resized by the caller
  /// where counts changed. `corner_edges` may be empty: edges are then found, and made where
  /// missing (`edges` first, in their order).
  void set_topology(Array<int2> edges, Array<int> face_offsets, Array<int> corner_vertices,
                    Array<int> corner_edges = {});
  /// Replaces positions and topology at once by consistent arrays. Attributes and weights stay: the
  /// caller brings them to the new counts.
  void replace_geometry(Array<float3> positions, Array<int2> edges, Array<int> face_offsets,
                        Array<int> corner_vertices, Array<int> corner_edges);
  /// Becomes `geometry` in everything but its identity as a data-block: name, ids, custom
  /// properties.
  void take_geometry(Mesh geometry);
  std::span<int2> edit_edges();
  std::span<int> edit_corner_vertices();
  std::span<int> edit_corner_edges();
  std::span<int> edit_face_offsets();
  /// Changes counts; new elements are zeros, attributes follow. New edges and corners refer to
  /// vertex and edge 0, which must exist before anyone reads them; new faces are empty.
  void resize(std::size_t vertices, std::size_t edges, std::size_t corners, std::size_t faces);
  void clear_geometry();
  /// Finds the edge of every corner, adding edges that are missing; keeps existing edges and their
  /// order.
  void rebuild_edges(bool keep_loose = true);
  /// Repairs what contradicts itself (indices out of range, faces with fewer than 3 corners or
  /// repeated vertices, doubled edges). Returns true when something had to be changed.
  bool validate();

  /// Adds elements the way the Python interface does: selected, and to be filled in through
  /// `edit_raw`.
  void add_vertices(std::size_t count);
  void add_raw(std::size_t edges, std::size_t corners, std::size_t faces);
  /// The topology as scripts write it; the mesh keeps its old one until `resolve`. Null when
  /// nothing is pending.
  const RawTopology* raw() const { return raw_.get(); }
  RawTopology& edit_raw();
  /// Takes over what was written through `edit_raw`: clamps indices, gathers the corners of faces,
  /// finds edges.
  void resolve();
  void finish_editing() override;

  /// Keeps the elements with a true entry, and among edges and faces only those whose vertices
  /// stay. Vertices, edges and faces keep their order; an empty span keeps all. Attributes and
  /// weights follow.
  void keep_only(std::span<const std::uint8_t> vertices, std::span<const std::uint8_t> edges,
                 std::span<const std::uint8_t> faces);

  /// Moves every vertex; directions (custom normals) turn with it. A mirroring matrix does not turn
  /// faces around.
  void transform(const float4x4& matrix);
  /// Normals of corners to be used instead of computed ones where auto smooth is on; zero vectors
  /// stay computed. Edges between corners that get different normals become sharp.
  void set_custom_normals(Array<float3> normals);
  /// Turns faces around, keeping the first corner of each; values of corners stay with their
  /// vertices.
  void flip_faces();
  void flip_face(std::size_t face);

  AttributeSet attributes;
  VertexWeights weights;
  ItemList<VertexGroup> vertex_groups;
  int active_vertex_group = -1;
  std::vector<BlockRef<Material>>
      materials;                 ///< slots; faces name one by the Int attribute "material_index"
  std::string active_attribute;  ///< name of the attribute that is active in the interface
  std::string active_uv,
      render_uv;  ///< names of the UV maps that are active and that rendering uses
  std::string clone_uv, stencil_uv;  ///< those that painting copies from and masks with
  std::string active_color, render_color;
  int active_face = 0;
  /// What was selected one by one in edit mode, in that order; the last is the active element. May
  /// name what is no longer there, or no longer selected.
  std::vector<SelectedElement> select_history;

  bool use_auto_smooth = false;
  float auto_smooth_angle =
      0.5235988f;  ///< radians; edges with a larger angle between faces are sharp

  /// Adds a UV map, which plays every role that no other one plays yet. The name must be free, the
  /// size that of the corners.
  void add_uv_map(std::string_view map_name, Array<float2> uvs);
  /// The UV map of a name, else the active one, else the first; null without any.
  const Attribute* uv_map(std::string_view map_name = {}) const;

  // Settings of editing tools.
  bool use_mirror_x = false, use_mirror_y = false, use_mirror_z = false;
  bool use_mirror_vertex_groups = true;
  bool use_auto_texspace = true;
  float3 texspace_location;
  float3 texspace_size{1, 1, 1};

  // Derived values, computed when first asked for and kept until geometry changes. Safe to call
  // from many threads.
  const Array<float3>& face_normals() const;  ///< unit; Newell's method
  const Array<float3>& vertex_normals()
      const;  ///< unit; faces weighted by the angle at the vertex; loose: position direction
  const Array<int>& corner_faces() const;  ///< the face of each corner
  const Array<int>& face_sizes() const;
  const Adjacency& vertex_corners() const;
  const Adjacency& edge_corners() const;  ///< corners that name the edge; as many as faces use it
  const Adjacency& vertex_edges() const;
  const Triangles& triangles() const;
  const Array<int3>& triangle_vertices() const;
  bool has_triangles() const;  ///< whether they have been asked for since geometry last changed
  /// Unit normals per corner: flat or smooth per face, sharp edges, auto smooth and custom normals
  /// respected.
  Array<float3> corner_normals() const;
  float3 face_normal(
      std::size_t face) const;  ///< of one face, computed from its vertices as they are now
  float face_area(std::size_t face) const;
  float3 face_center(std::size_t face) const;   ///< mean of the corners
  bool bounds(float3* min, float3* max) const;  ///< false for a mesh without vertices
  bool is_face_smooth(std::size_t face) const;
  int material_index(std::size_t face) const;

  /// Corner normals as the Python interface shows them: computed when a script asks for
  /// them, from then on readable until they are computed anew. Null before.
  const Array<float3>* shown_corner_normals() const;
  void show_corner_normals() const;
  /// The same for tangents with the sign of the bitangent in w, of a UV map (the active one if
  /// empty). False: no such map.
  const Array<float4>* shown_corner_tangents() const;
  bool show_corner_tangents(std::string_view uv_map_name) const;
  void forget_shown();

  void visit_references(FunctionRef<void(BlockId)> visit) const override;
  void map_references(FunctionRef<BlockId(BlockId)> map) override;
  void visit_arrays(ArrayVisitor& visitor) const override;
  bool set_array(std::string_view array_name, std::string_view bytes) override;
  Result<void> finish_reading() override;

  static const Schema& schema();

private:
  struct Derived;
  struct DerivedTopology;
  struct Shown;
  void geometry_changed();  // positions
  void topology_changed();
  bool has_all_edges() const;  // every face side has its edge

  Array<float3> positions_;
  Array<int2> edges_;
  Array<int> face_offsets_;
  Array<int> corner_vertices_;
  Array<int> corner_edges_;
  bool has_stale_normals_ = false;
  std::shared_ptr<RawTopology> raw_;  // null unless a script is building
  // Shared by copies for as long as they agree; never null, filled in lazily.
  std::shared_ptr<Derived> derived_;
  std::shared_ptr<DerivedTopology> derived_topology_;
  std::shared_ptr<Shown> shown_;
};

/// Mesh, its elements, attributes and layers.
void register_mesh_types(Registry& registry);

}  // namespace kiln
