#include <atomic>

#include "core/tasks.h"
#include "document/mesh.h"
#include "document/mesh_derived.h"

namespace kiln {

Adjacency invert(std::span<const int> targets, std::size_t count) {
  Adjacency result;
  result.offsets = Array<int>(count + 1);
  result.items = Array<int>(targets.size());
  const std::span<int> offsets = result.offsets.edit();
  const std::span<int> items = result.items.edit();
  constexpr std::size_t grain = 1 << 16;
  parallel_for(targets.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      std::atomic_ref(offsets[std::size_t(targets[i])]).fetch_add(1, std::memory_order_relaxed);
    }
  });
  int sum = 0;
  for (int& o : offsets) {
    sum += o;
    o = sum;
  }
  // Counting each run down from its end leaves the offsets at the begin of the runs.
  parallel_for(targets.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const int place = std::atomic_ref(offsets[std::size_t(targets[i])])
                            .fetch_sub(1, std::memory_order_relaxed) -
                        1;
      items[std::size_t(place)] = int(i);
    }
  });
  parallel_for(count, grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      std::sort(items.begin() + offsets[i], items.begin() + offsets[i + 1]);
    }
  });
  return result;
}

const Array<int>& Mesh::corner_faces() const {
  return derived_topology_->corner_faces.get([&] {
    Array<int> result(corner_count());
    const std::span<int> faces = result.edit();
    parallel_for(face_count(), 1 << 15, [&](std::size_t begin, std::size_t end) {
      for (std::size_t f = begin; f < end; ++f) {
        std::fill(faces.begin() + face_offsets_.data()[f],
                  faces.begin() + face_offsets_.data()[f + 1], int(f));
      }
    });
    return result;
  });
}

const Array<int>& Mesh::face_sizes() const {
  return derived_topology_->face_sizes.get([&] {
    Array<int> result(face_count());
    const std::span<int> sizes = result.edit();
    for (std::size_t f = 0; f < sizes.size(); ++f) {
      sizes[f] = face_offsets_.data()[f + 1] - face_offsets_.data()[f];
    }
    return result;
  });
}

const Adjacency& Mesh::vertex_corners() const {
  return derived_topology_->vertex_corners.get(
      [&] { return invert(corner_vertices_, vertex_count()); });
}

const Adjacency& Mesh::edge_corners() const {
  return derived_topology_->edge_corners.get([&] { return invert(corner_edges_, edge_count()); });
}

const Adjacency& Mesh::vertex_edges() const {
  return derived_topology_->vertex_edges.get([&] {
    static_assert(sizeof(int2) == 2 * sizeof(int));
    const int* first = edges_.data() ? &edges_.data()->x : nullptr;
    Adjacency ends = invert({first, 2 * edges_.size()}, vertex_count());
    for (int& item : ends.items.edit()) {
      item /= 2;
    }
    return ends;
  });
}

void Mesh::rebuild_edges(bool keep_loose) {
  resolve();
  topology_changed();
  const std::size_t old_count = edges_.size(), corners = corner_count();
  const int* vertices = corner_vertices_.data();

  // Every old edge and every face side is a source, of a face the side that closes it first;
  // sources are put into the bucket of their lower vertex as (higher vertex, source), so that after
  // sorting a bucket, sources of the same edge are neighbours, the first of them first.
  std::vector<int2> sides(old_count + corners);
  std::copy(edges_.begin(), edges_.end(), sides.begin());
  parallel_for(face_count(), 1 << 14, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) {
      const int first = face_offsets_.data()[f], last = face_offsets_.data()[f + 1] - 1;
      for (int c = first; c <= last; ++c) {
        const int next = c == last ? first : c + 1;
        sides[old_count + std::size_t(next)] = {vertices[c], vertices[next]};
      }
    }
  });
  std::vector<int> offsets(vertex_count() + 1, 0);
  std::vector<std::uint64_t> entries(sides.size());
  constexpr std::size_t grain = 1 << 15;
  parallel_for(sides.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const int low = std::min(sides[i].x, sides[i].y);
      std::atomic_ref(offsets[std::size_t(low)]).fetch_add(1, std::memory_order_relaxed);
    }
  });
  int sum = 0;
  for (int& o : offsets) {
    sum += o;
    o = sum;
  }
  parallel_for(sides.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto [low, high] = std::minmax(sides[i].x, sides[i].y);
      const int place =
          std::atomic_ref(offsets[std::size_t(low)]).fetch_sub(1, std::memory_order_relaxed) - 1;
      entries[std::size_t(place)] = std::uint64_t(std::uint32_t(high)) << 32 | i;
    }
  });
  // The edge of a source: at first the first source that has the same vertices.
  std::vector<int> edge_of(sides.size());
  std::vector<std::uint8_t> is_used(old_count, 0);
  parallel_for(vertex_count(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const auto first = entries.begin() + offsets[v], last = entries.begin() + offsets[v + 1];
      std::sort(first, last);
      for (auto it = first; it != last;) {
        const std::uint32_t source = std::uint32_t(*it);
        auto same = it;
        for (; same != last && *same >> 32 == *it >> 32; ++same) {
          edge_of[std::uint32_t(*same)] = int(source);
          if (source < old_count && std::uint32_t(*same) >= old_count) {
            is_used[source] = 1;
          }
        }
        it = same;
      }
    }
  });

  // Old edges stay in their order (doubled ones stay too), then new ones in the order of
  // the faces.
  std::vector<int> kept;
  std::vector<int> number(sides.size(), -1);
  std::vector<int2> made;
  made.reserve(old_count + corners / 2);
  for (std::size_t i = 0; i < old_count; ++i) {
    if (keep_loose || is_used[i]) {
      number[i] = int(made.size());
      made.push_back(sides[i]);
      kept.push_back(int(i));
    }
  }
  for (std::size_t i = old_count; i < sides.size(); ++i) {
    if (edge_of[i] == int(i)) {
      number[i] = int(made.size());
      made.push_back(sides[i]);
      kept.push_back(-1);
    }
  }
  Array<int> corner_edges(corners);
  const std::span<int> result = corner_edges.edit();
  parallel_for(face_count(), 1 << 14, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) {
      const int first = face_offsets_.data()[f], last = face_offsets_.data()[f + 1] - 1;
      for (int c = first; c <= last; ++c) {
        const int next = c == last ? first : c + 1;
        result[std::size_t(c)] = number[std::size_t(edge_of[old_count + std::size_t(next)])];
      }
    }
  });
  if (made.size() != old_count || kept.empty() || kept.back() < 0) {
    attributes.gather(Domain::Edge, kept);
  }
  edges_ = Array<int2>(std::move(made));
  corner_edges_ = std::move(corner_edges);
}

void Mesh::flip_faces() {
  resolve();
  std::vector<int> order(corner_count());
  Array<int> corner_edges(corner_count());
  const std::span<int> edges = corner_edges.edit();
  parallel_for(face_count(), 1 << 14, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) {
      const int first = face_offsets_.data()[f], size = face_offsets_.data()[f + 1] - first;
      for (int i = 0; i < size; ++i) {
        order[std::size_t(first + i)] = first + (i == 0 ? 0 : size - i);
        edges[std::size_t(first + i)] = corner_edges_.data()[first + size - 1 - i];
      }
    }
  });
  corner_vertices_ = gather(corner_vertices_, order);
  corner_edges_ = std::move(corner_edges);
  attributes.gather(Domain::Corner, order);
  topology_changed();
}

void Mesh::flip_face(std::size_t face) {
  resolve();
  const int first = face_offsets_[face], last = face_offsets_[face + 1];
  if (first == last) {
    return;
  }
  const auto vertices = corner_vertices_.edit().begin();
  std::reverse(vertices + first + 1, vertices + last);
  const auto edges = corner_edges_.edit().begin();
  std::reverse(edges + first, edges + last);
  for (std::int64_t i = 0; i < attributes.items().size(); ++i) {
    if (attributes.items()[i].domain == Domain::Corner) {
      std::visit(
          [&](auto& array) {
            const auto values = array.edit().begin();
            std::reverse(values + first + 1, values + last);
          },
          attributes.edit_items().edit(i).values);
    }
  }
  topology_changed();
}

void Mesh::keep_only(std::span<const std::uint8_t> vertices, std::span<const std::uint8_t> edges,
                     std::span<const std::uint8_t> faces) {
  resolve();
  const auto keeps = [](std::span<const std::uint8_t> flags, std::size_t i) {
    return flags.empty() || flags[i];
  };

  std::vector<int> kept_vertices, new_vertex(vertex_count(), -1);
  for (std::size_t v = 0; v < vertex_count(); ++v) {
    if (keeps(vertices, v)) {
      new_vertex[v] = int(kept_vertices.size());
      kept_vertices.push_back(int(v));
    }
  }
  std::vector<int> kept_edges, new_edge(edge_count(), -1);
  std::vector<int2> new_edges;
  for (std::size_t e = 0; e < edge_count(); ++e) {
    const int a = new_vertex[std::size_t(edges_[e].x)], b = new_vertex[std::size_t(edges_[e].y)];
    if (a >= 0 && b >= 0 && keeps(edges, e)) {
      new_edge[e] = int(kept_edges.size());
      kept_edges.push_back(int(e));
      new_edges.push_back({a, b});
    }
  }
  std::vector<int> kept_faces, kept_corners, offsets{0}, corner_vertices, corner_edges;
  for (std::size_t f = 0; f < face_count(); ++f) {
    const int first = face_offsets_[f], last = face_offsets_[f + 1];
    bool is_kept = keeps(faces, f);
    for (int c = first; c < last && is_kept; ++c) {
      is_kept = new_vertex[std::size_t(corner_vertices_[std::size_t(c)])] >= 0 &&
                new_edge[std::size_t(corner_edges_[std::size_t(c)])] >= 0;
    }
    if (is_kept) {
      for (int c = first; c < last; ++c) {
        kept_corners.push_back(c);
        corner_vertices.push_back(new_vertex[std::size_t(corner_vertices_[std::size_t(c)])]);
        corner_edges.push_back(new_edge[std::size_t(corner_edges_[std::size_t(c)])]);
      }
      kept_faces.push_back(int(f));
      offsets.push_back(int(corner_vertices.size()));
    }
  }

  if (kept_vertices.size() != vertex_count()) {
    attributes.gather(Domain::Point, kept_vertices);
    weights = weights.gathered(kept_vertices);
    positions_ = gather(positions_, kept_vertices);
  }
  if (kept_edges.size() != edge_count()) {
    attributes.gather(Domain::Edge, kept_edges);
  }
  if (kept_faces.size() != face_count()) {
    attributes.gather(Domain::Face, kept_faces);
    attributes.gather(Domain::Corner, kept_corners);
  }
  edges_ = Array<int2>(std::move(new_edges));
  face_offsets_ = kept_faces.empty() ? Array<int>() : Array<int>(std::move(offsets));
  corner_vertices_ = Array<int>(std::move(corner_vertices));
  corner_edges_ = Array<int>(std::move(corner_edges));
  topology_changed();
}

}  // namespace kiln
