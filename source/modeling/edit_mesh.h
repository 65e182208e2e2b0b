#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "document/mesh.h"

namespace kiln::modeling {

enum class ElementKind : std::uint8_t { Vert, Edge, Loop, Face };

/// An element by its place in the pool of its kind; good until elements are removed or sorted.
struct Element {
  ElementKind kind = ElementKind::Vert;
  int slot = -1;
  auto operator<=>(const Element&) const = default;
};

/// An element for keeping: finds nothing once that element is gone, whatever took its place.
struct ElementHandle {
  ElementKind kind = ElementKind::Vert;
  int slot = -1;
  std::uint32_t generation = 0;
  bool operator==(const ElementHandle&) const = default;
};

struct ElementFlag {
  enum : std::uint8_t { Select = 1, Hide = 2, Smooth = 4, Seam = 8, Tag = 16, Mark = 32 };
};

/// Indices are slots, -1 where there is nothing. `index` is whatever was last written there.
struct EditVert {
  float3 co, normal;
  int edge = -1;  ///< first of its disk cycle
  int index = -1;
  std::uint8_t flags = 0;
};
struct EditEdge {
  std::array<int, 2> verts{-1, -1};
  std::array<int, 2> next{-1, -1}, prev{-1, -1};  ///< in the disk cycle of either vertex
  int loop = -1;                                  ///< first of its radial cycle
  int index = -1;
  std::uint8_t flags = 0;  ///< `Smooth`: not marked sharp
};
/// A corner of a face, and the edge from there to the next corner.
struct EditLoop {
  int vert = -1, edge = -1, face = -1;
  int next = -1, prev = -1;
  int radial_next = -1, radial_prev = -1;
  int index = -1;
  std::uint8_t flags = 0;
};
struct EditFace {
  int loop = -1;
  int size = 0;
  int index = -1;
  int material = 0;
  float3 normal;
  std::uint8_t flags = 0;
};

/// Elements of one kind in slots. Slots of removed elements are used again, the last one first;
/// generations are not, so that handles stay unambiguous.
template <typename T>
class ElementPool {
public:
  int size() const { return count_; }
  int slot_count() const { return int(items_.size()); }
  bool is_alive(int slot) const {
    return slot >= 0 && slot < slot_count() && generations_[std::size_t(slot)] != 0;
  }
  std::uint32_t generation(int slot) const { return generations_[std::size_t(slot)]; }
  T& operator[](int slot) { return items_[std::size_t(slot)]; }
  const T& operator[](int slot) const { return items_[std::size_t(slot)]; }

  int add() {
    ++count_;
    if (!free_.empty()) {
      const int slot = free_.back();
      free_.pop_back();
      items_[std::size_t(slot)] = T();
      generations_[std::size_t(slot)] = next_generation();
      return slot;
    }
    items_.emplace_back();
    generations_.push_back(next_generation());
    return slot_count() - 1;
  }
  /// New elements in consecutive slots at the end; returns the first.
  int append(int count) {
    const int first = slot_count();
    items_.resize(items_.size() + std::size_t(count));
    generations_.resize(items_.size(), next_generation());
    count_ += count;
    return first;
  }
  void remove(int slot) {
    generations_[std::size_t(slot)] = 0;
    free_.push_back(slot);
    --count_;
  }
  void clear() {
    items_.clear();
    generations_.clear();
    free_.clear();
    count_ = 0;
  }
  /// The first element in a slot from `slot` on; -1 when there is none.
  int at_or_after(int slot) const {
    for (; slot < slot_count(); ++slot) {
      if (generations_[std::size_t(slot)] != 0) {
        return slot;
      }
    }
    return -1;
  }
  bool is_dense() const { return free_.empty(); }
  std::vector<int> slots() const {
    std::vector<int> result;
    result.reserve(std::size_t(count_));
    for (int slot = at_or_after(0); slot >= 0; slot = at_or_after(slot + 1)) {
      result.push_back(slot);
    }
    return result;
  }
  /// Moves element `order[i]` to slot i; all elements must be named, no slot is free afterwards.
  void reorder(std::span<const int> order) {
    std::vector<T> items(order.size());
    std::vector<std::uint32_t> generations(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      items[i] = items_[std::size_t(order[i])];
      generations[i] = next_generation();
    }
    items_ = std::move(items);
    generations_ = std::move(generations);
    free_.clear();
  }

private:
  std::uint32_t next_generation() {
    if (++last_generation_ == 0) {
      last_generation_ = 1;
    }
    return last_generation_;
  }
  std::vector<T> items_;
  std::vector<std::uint32_t> generations_;  // 0: free
  std::vector<int> free_;
  int count_ = 0;
  std::uint32_t last_generation_ = 0;
};

struct GroupWeight {
  int group = 0;
  float weight = 0;
};

/// A polygon mesh for changing its topology: vertices, edges, loops and faces that know their
/// neighbours. Edges of a vertex form its disk cycle, loops of an edge its radial cycle, loops of a
/// face the face. Faces have at least three corners; edges may be doubled, vertices in a face may
/// not repeat. Values of attributes lie in arrays by slot, so that reading a mesh in and writing it
/// back shares those that did not change.
///
/// Arguments are slots of living elements unless told otherwise. Results that are slots are -1
/// where the operation is impossible, and nothing has changed then.
///
/// Disk and radial cycles: Weiler, "Edge-Based Data Structures for Solid Modeling in Curved-Surface
/// Environments", IEEE CG&A 1985. Euler operators: Mäntylä, "An Introduction to Solid Modeling",
/// 1988.
class EditMesh {
public:
  ElementPool<EditVert> verts;
  ElementPool<EditEdge> edges;
  ElementPool<EditLoop> loops;
  ElementPool<EditFace> faces;

  /// By slot. Flags and materials of elements are not among them.
  AttributeSet attributes;
  std::string active_attribute, active_uv, render_uv, clone_uv, stencil_uv, active_color,
      render_color;
  bool has_weights = false;
  std::vector<std::vector<GroupWeight>> weights;  ///< by slot of the vertex, sorted by group

  std::vector<ElementHandle> select_history;
  ElementHandle active_face;
  int select_mode = 1;  ///< bits: vertices, edges, faces

  /// Appends the elements of a mesh. O(n).
  void add_mesh(const Mesh& mesh);
  /// Writes everything but vertex groups' names, materials and settings to `mesh`; elements get the
  /// numbers of their places there. O(n).
  void write_to(Mesh& mesh);
  void clear();

  bool is_alive(const ElementHandle& handle) const;
  bool is_alive(const Element& element) const;
  ElementHandle handle(const Element& element) const;
  int slot_count(ElementKind kind) const;
  int element_count(ElementKind kind) const;
  int at_or_after(ElementKind kind, int slot) const;
  std::uint8_t& flags(const Element& element);
  bool has_flag(const Element& element, int flag) { return (flags(element) & flag) != 0; }
  void set_flag(const Element& element, int flag, bool value);
  int& index(const Element& element);
  /// Numbers elements of a kind in their order; loops in the order of their faces.
  void update_indices(ElementKind kind);
  /// Puts vertices, edges or faces into another order, which names all of them. Handles turn stale.
  void reorder(ElementKind kind, std::span<const int> order);

  // ---- neighbours ----
  int other_vert(int edge, int vert) const {
    return edges[edge].verts[edges[edge].verts[0] == vert ? 1 : 0];
  }
  bool has_vert(int edge, int vert) const {
    return edges[edge].verts[0] == vert || edges[edge].verts[1] == vert;
  }
  int disk_next(int edge, int vert) const {
    return edges[edge].next[edges[edge].verts[0] == vert ? 0 : 1];
  }
  std::vector<int> vert_edges(int vert) const;
  std::vector<int> vert_loops(int vert) const;
  std::vector<int> vert_faces(int vert) const;
  std::vector<int> edge_loops(int edge) const;
  std::vector<int> edge_faces(int edge) const;
  std::vector<int> face_loops(int face) const;
  std::vector<int> face_verts(int face) const;
  std::vector<int> face_edges(int face) const;
  int edge_face_count(int edge) const;
  int vert_edge_count(int vert) const;
  int find_edge(int a, int b) const;
  /// A face of exactly these vertices, in any order.
  int find_face(std::span<const int> vertices) const;
  int loop_of(int face, int vert) const;
  int common_edge(int face_a, int face_b) const;
  bool is_boundary(int edge) const { return edge_face_count(edge) == 1; }
  bool is_wire(int edge) const { return edges[edge].loop < 0; }
  /// Two faces that go along the edge in opposite directions.
  bool is_contiguous(int edge) const;
  bool is_manifold_vert(int vert) const;

  // ---- making and removing ----
  int add_vert(float3 co, int example = -1);
  /// Does not look for an edge that is there already.
  int add_edge(int a, int b, int example = -1);
  int ensure_edge(int a, int b, int example = -1);
  /// Makes missing edges. `vertices` are at least three different ones.
  int add_face(std::span<const int> vertices, int example = -1);
  void remove_vert(int vert);  ///< with its edges and faces
  void remove_edge(int edge);  ///< with its faces
  void remove_face(int face);

  // ---- Euler operators ----
  /// Puts a new vertex onto an edge, `factor` of the way from `vert` to the other end. The new edge
  /// lies between `vert` and the new vertex, which is returned.
  int split_edge(int edge, int vert, float factor, int* new_edge = nullptr);
  /// Removes a vertex of exactly two edges; `edge`, one of them, vanishes and the other, which is
  /// returned, takes its place. Faces of three corners vanish.
  int join_edges(int edge, int vert);
  /// Cuts a face from the corner `a` to the corner `b`, which are not neighbours; the new face,
  /// which is returned, begins at `b`.
  int split_face(int face, int a, int b, int* new_loop = nullptr);
  /// One face in place of connected ones that have one outline; edges and vertices within it
  /// vanish if `removes_inner`. The first face stands for the new one's attributes.
  int join_faces(std::span<const int> joined, bool removes_inner = true);
  void flip_face(int face);
  /// Turns the edge between two faces of opposite winding by one corner; the new edge.
  int rotate_edge(int edge, bool counter_clockwise);
  /// Joins the faces around a vertex, or its two edges, and removes it. Without faces it vanishes
  /// with its edges.
  bool dissolve_vert(int vert);
  /// Moves everything from `vert` to `target` and removes `vert`. False if an edge or face has
  /// both.
  bool splice_verts(int vert, int target);
  /// Gives the loops of `edge` to `target`, which has the same ends, and removes `edge`.
  bool splice_edges(int edge, int target);
  /// Gives the fan of faces around a corner's vertex that no other edges join to the rest a vertex
  /// of its own. Returns the vertex of the loop afterwards.
  int separate_loop(int loop);
  /// Gives each of the parts that hang together without `cut` a vertex of its own; the first part
  /// keeps `vert`. Loops of cut edges must have been parted with `part_edge` before.
  std::vector<int> separate_vert(int vert, std::span<const int> cut);
  /// Gives a loop an edge of its own beside the one it shares.
  int part_edge(int loop);
  /// Replaces vertices by others, which stay where they are. Faces and edges that collapse or
  /// become equal to another vanish.
  void weld(std::span<const std::pair<int, int>> targets);

  // ---- attributes of elements ----
  void copy_attributes(ElementKind kind, int from, int to);  ///< flags (select apart) included
  void mix_attributes(ElementKind kind, std::span<const int> sources,
                      std::span<const float> factors, int to);

  // ---- shape ----
  float3 face_center(int face) const;  ///< mean of the corners
  float3 face_center_weighted(int face) const;
  float face_area(int face) const;
  float3 compute_face_normal(int face) const;  ///< unit or zero; Newell's method
  void update_face_normal(int face) { faces[face].normal = compute_face_normal(face); }
  void update_vert_normal(int vert);  ///< from the normals of its faces
  void update_normals();
  float loop_angle(int loop) const;
  float edge_length(int edge) const;
  /// The triangles of a face as its loops.
  std::vector<std::array<int, 3>> face_triangles(int face) const;

  // ---- selection ----
  void select(const Element& element, bool value);  ///< with what belongs to it
  void hide(const Element& element, bool value);
  void flush_selection(bool value);
  void flush_select_mode();

  /// Whether all cycles agree with each other, and what is wrong if not.
  std::string check() const;

private:
  void link_disk(int edge, int vert);
  void unlink_disk(int edge, int vert);
  void link_radial(int loop, int edge);
  void unlink_radial(int loop);
  int new_loop(int vert, int face);
  void replace_vert(int edge, int from, int to);
  int take_slot(ElementKind kind);
};

Domain domain_of(ElementKind kind);

}  // namespace kiln::modeling
