#pragma once

#include <string>
#include <vector>

#include "document/attribute.h"
#include "document/data_block.h"

namespace kiln {

struct Material;

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
  /// Dense weights of one group, 0 where a vertex is no member.
  std::vector<float> group_weights(int group, int vertex_count) const;
};

struct VertexGroup {
  std::string name;
  bool lock_weight = false;
};

/// A polygon mesh as arrays, and a data-block. Copies share all arrays; writing one copies that one
/// only.
///
/// Faces are runs of corners: the corners of face f are `face_offsets[f] .. face_offsets[f + 1]`; a
/// corner names its vertex and the edge that leads to the next corner. `face_offsets` has one entry
/// more than faces, or none without faces. Every face side has its edge; edges without faces and
/// vertices without edges are allowed. Space: object.
class Mesh : public Block<Mesh, BlockType::Mesh> {
public:
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
  void set_positions(Array<float3> positions);
  /// Replaces the whole topology; attributes and weights stay and must be resized by the caller
  /// where counts changed. `corner_edges` may be empty: edges are then found, and made where
  /// missing (`edges` first, in their order).
  void set_topology(Array<int2> edges, Array<int> face_offsets, Array<int> corner_vertices,
                    Array<int> corner_edges = {});
  std::span<int2> edit_edges();
  std::span<int> edit_corner_vertices();
  std::span<int> edit_corner_edges();
  std::span<int> edit_face_offsets();
  /// Changes counts; new elements are zeros, attributes follow.
  void resize(std::size_t vertices, std::size_t edges, std::size_t corners, std::size_t faces);
  void clear_geometry();
  /// Finds the edge of every corner, adding edges that are missing; keeps existing edges and their
  /// order.
  void rebuild_edges(bool keep_loose = true);
  /// Repairs what contradicts itself (indices out of range, faces with fewer than 3 corners or
  /// repeated vertices, doubled edges). Returns true when something had to be changed.
  bool validate();

  AttributeSet attributes;
  VertexWeights weights;
  ItemList<VertexGroup> vertex_groups;
  int active_vertex_group = -1;
  std::vector<BlockRef<Material>>
      materials;  ///< slots; faces name one by the Int attribute "material_index"
  std::string active_uv,
      render_uv;  ///< names of the UV maps that are active and that rendering uses
  std::string active_color, render_color;

  bool use_auto_smooth = false;
  float auto_smooth_angle =
      0.5235988f;  ///< radians; edges with a larger angle between faces are sharp

  // Derived values, computed when first asked for and kept until geometry changes. Safe to call
  // from many threads.
  const Array<float3>& face_normals() const;  ///< unit; Newell's method
  const Array<float3>& vertex_normals()
      const;  ///< unit; faces weighted by the angle at the vertex; loose: position direction
  /// Unit normals per corner: flat or smooth per face, sharp edges, auto smooth and custom normals
  /// respected.
  Array<float3> corner_normals() const;
  float face_area(std::size_t face) const;
  float3 face_center(std::size_t face) const;   ///< mean of the corners
  bool bounds(float3* min, float3* max) const;  ///< false for a mesh without vertices
  bool is_face_smooth(std::size_t face) const;
  int material_index(std::size_t face) const;

  void visit_arrays(ArrayVisitor& visitor) const override;
  bool set_array(std::string_view array_name, std::string_view bytes) override;
  Result<void> finish_reading() override;

  static const Schema& schema();

private:
  struct Derived;
  void geometry_changed() { derived_.reset(); }
  std::shared_ptr<Derived> derived() const;

  Array<float3> positions_;
  Array<int2> edges_;
  Array<int> face_offsets_;
  Array<int> corner_vertices_;
  Array<int> corner_edges_;
  mutable std::shared_ptr<Derived> derived_;  // set once by whoever asks first, atomically
};

}  // namespace kiln
