#include <atomic>

#include "core/tasks.h"
#include "document/mesh.h"
#include "document/mesh_derived.h"

// How topology that scripts write piece by piece becomes topology that the rest of the program can
// rely on.
namespace kiln {
namespace {

/// The corners of each face as [first, last), within the corners there are.
std::vector<int2> face_ranges(const RawTopology& raw) {
  const std::int64_t corners = std::int64_t(raw.corner_vertices.size());
  const std::size_t faces = raw.loop_start.size();
  std::vector<int2> ranges(faces);
  std::int64_t next = 0;
  for (std::size_t f = 0; f < faces; ++f) {
    // Whoever sets only one of the two means faces that follow each other.
    std::int64_t begin = raw.loop_start[f];
    std::int64_t end = begin + raw.loop_total[f];
    if (raw.has_totals && !raw.has_starts) {
      begin = next;
      end = begin + std::max(raw.loop_total[f], 0);
    } else if (raw.has_starts && !raw.has_totals) {
      end = f + 1 < faces ? std::int64_t(raw.loop_start[f + 1]) : corners;
    }
    begin = std::clamp<std::int64_t>(begin, 0, corners);
    end = std::clamp<std::int64_t>(end, begin, corners);
    ranges[f] = {int(begin), int(end)};
    next = end;
  }
  return ranges;
}

bool are_contiguous(const std::vector<int2>& ranges, std::size_t corners) {
  int next = 0;
  for (const int2& r : ranges) {
    if (r.x != next) {
      return false;
    }
    next = r.y;
  }
  return std::size_t(next) == corners;
}

void clamp_indices(std::span<int> indices, std::size_t count) {
  const unsigned limit = unsigned(count);
  bool all_good = true;
  for (const int i : indices) {
    all_good &= unsigned(i) < limit;
  }
  if (!all_good) {
    for (int& i : indices) {
      i = std::clamp(i, 0, int(count) - 1);
    }
  }
}

}  // namespace

RawTopology& Mesh::edit_raw() {
  if (!raw_) {
    raw_ = std::make_shared<RawTopology>();
    raw_->edges = edges_;
    raw_->corner_vertices = corner_vertices_;
    raw_->corner_edges = corner_edges_;
    raw_->loop_total = face_sizes();
    raw_->loop_start = face_offsets_;
    raw_->loop_start.resize(face_count());
  }
  return own(raw_);
}

void Mesh::add_raw(std::size_t edges, std::size_t corners, std::size_t faces) {
  RawTopology& raw = edit_raw();
  raw.edges.resize(raw.edges.size() + edges);
  raw.corner_vertices.resize(raw.corner_vertices.size() + corners);
  raw.corner_edges.resize(raw.corner_edges.size() + corners);
  if (faces > 0) {
    if (raw.loop_start.empty()) {
      // Faces start from nothing, so that setting only one of start and total says everything.
      raw.has_starts = raw.has_totals = false;
    } else {
      raw.has_starts = raw.has_totals = true;
    }
    const std::size_t before = raw.loop_start.size();
    raw.loop_start.resize(before + faces);
    raw.loop_total.resize(before + faces);
    const bool has_selection =
        attributes.find<std::uint8_t>(".select_poly", Domain::Face) != nullptr;
    attributes.resize(Domain::Face, before + faces);
    if (has_selection || before == 0) {
      const auto select =
          attributes.ensure<std::uint8_t>(".select_poly", Domain::Face, before + faces)
              .edit()
              .subspan(before);
      std::fill(select.begin(), select.end(), std::uint8_t(1));
    }
  }
  attributes.resize(Domain::Edge, raw.edges.size());
  attributes.resize(Domain::Corner, raw.corner_vertices.size());
}

bool Mesh::has_all_edges() const {
  std::atomic_bool is_complete{true};
  parallel_for(face_count(), 1 << 14, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end && is_complete.load(std::memory_order_relaxed); ++f) {
      const int first = face_offsets_.data()[f], last = face_offsets_.data()[f + 1] - 1;
      for (int c = first; c <= last; ++c) {
        const int a = corner_vertices_.data()[c],
                  b = corner_vertices_.data()[c == last ? first : c + 1];
        const int e = corner_edges_.data()[c];
        const bool is_right = std::size_t(unsigned(e)) < edges_.size() &&
                              (edges_.data()[e] == int2{a, b} || edges_.data()[e] == int2{b, a});
        if (!is_right) {
          is_complete.store(false, std::memory_order_relaxed);
          break;
        }
      }
    }
  });
  return is_complete;
}

void Mesh::resolve() {
  if (!raw_) {
    return;
  }
  const std::shared_ptr<RawTopology> keep_alive = std::move(raw_);
  RawTopology& raw = *keep_alive;
  raw_.reset();

  if (positions_.empty()) {
    raw.edges = {};
    raw.corner_vertices = {};
    raw.corner_edges = {};
  }
  const std::vector<int2> ranges = face_ranges(raw);
  if (!are_contiguous(ranges, raw.corner_vertices.size())) {
    std::vector<int> kept;
    kept.reserve(raw.corner_vertices.size());
    for (const int2& r : ranges) {
      // Faces that share corners could add up to any size: a mesh has no more corners than were
      // made.
      for (int c = r.x; c < r.y && kept.size() < raw.corner_vertices.size(); ++c) {
        kept.push_back(c);
      }
    }
    std::vector<int> offsets{0};
    std::size_t used = 0;
    for (const int2& r : ranges) {
      used = std::min(used + std::size_t(r.y - r.x), kept.size());
      offsets.push_back(int(used));
    }
    attributes.resize(Domain::Corner, raw.corner_vertices.size());
    attributes.gather(Domain::Corner, kept);
    corner_vertices_ = gather(raw.corner_vertices, kept);
    corner_edges_ = gather(raw.corner_edges, kept);
    face_offsets_ = ranges.empty() ? Array<int>() : Array<int>(std::move(offsets));
  } else {
    corner_vertices_ = raw.corner_vertices;
    corner_edges_ = raw.corner_edges;
    face_offsets_ = ranges.empty() ? Array<int>() : raw.loop_start;
    if (!ranges.empty()) {
      std::vector<int> offsets{0};
      offsets.reserve(ranges.size() + 1);
      for (const int2& r : ranges) {
        offsets.push_back(r.y);
      }
      face_offsets_ = Array<int>(std::move(offsets));
    }
  }
  edges_ = raw.edges;
  if (!edges_.empty()) {
    clamp_indices({&edges_.edit().data()->x, 2 * edges_.size()}, vertex_count());
  }
  if (!corner_vertices_.empty()) {
    clamp_indices(corner_vertices_.edit(), vertex_count());
  }
  topology_changed();
  attributes.resize(Domain::Edge, edge_count());
  attributes.resize(Domain::Corner, corner_count());
  attributes.resize(Domain::Face, face_count());

  if (!has_all_edges()) {
    rebuild_edges();
  }
}

namespace {

/// Of things with the same key (sorted vertices), marks all but the first. `lowest` is the smallest
/// vertex of each, or -1 where it does not take part; `is_same` compares two.
template <typename IsSame>
void drop_doubles(std::vector<int> lowest, std::size_t vertices, std::vector<std::uint8_t>& is_good,
                  IsSame&& is_same) {
  // Those that do not take part go to a bucket of their own.
  for (int& v : lowest) {
    v = v < 0 ? int(vertices) : v;
  }
  const Adjacency at_vertex = invert(lowest, vertices + 1);
  parallel_for(vertices, 1 << 13, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      const std::span<const int> bucket = at_vertex[v];
      for (std::size_t i = 1; i < bucket.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
          if (is_good[std::size_t(bucket[k])] && is_same(bucket[k], bucket[i])) {
            is_good[std::size_t(bucket[i])] = 0;
            break;
          }
        }
      }
    }
  });
}

std::vector<int> indices_of(const std::vector<std::uint8_t>& flags) {
  std::vector<int> result;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) {
      result.push_back(int(i));
    }
  }
  return result;
}

}  // namespace

bool Mesh::validate() {
  bool is_changed = false;
  const std::size_t vertices = vertex_count();
  for (const float3& p : positions_) {
    if (!is_finite(p)) {
      for (float3& q : edit_positions()) {
        q = is_finite(q) ? q : float3{};
      }
      is_changed = true;
      break;
    }
  }

  // Faces that do not make sense go: too short, out of range, using a vertex twice, or like an
  // earlier one.
  const bool was_raw = raw_ != nullptr;
  const RawTopology before = edit_raw();
  const std::vector<int2> ranges = face_ranges(before);
  const int* corner_vertices = before.corner_vertices.data();
  std::vector<std::uint8_t> is_good_face(ranges.size(), 0);
  std::vector<int> lowest(ranges.size(), -1);
  parallel_for(ranges.size(), 1 << 13, [&](std::size_t begin, std::size_t end) {
    std::vector<int> sorted;
    for (std::size_t f = begin; f < end; ++f) {
      const int2 r = ranges[f];
      const bool is_clipped =
          before.has_starts && before.has_totals && before.loop_total.data()[f] != r.y - r.x;
      sorted.assign(corner_vertices + r.x, corner_vertices + r.y);
      std::sort(sorted.begin(), sorted.end());
      if (!is_clipped && sorted.size() >= 3 && sorted.front() >= 0 &&
          std::size_t(sorted.back()) < vertices &&
          std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) {
        is_good_face[f] = 1;
        lowest[f] = sorted.front();
      }
    }
  });
  drop_doubles(std::move(lowest), vertices, is_good_face, [&](int a, int b) {
    const int2 r = ranges[std::size_t(a)], q = ranges[std::size_t(b)];
    return r.y - r.x == q.y - q.x &&
           std::is_permutation(corner_vertices + r.x, corner_vertices + r.y, corner_vertices + q.x);
  });
  const std::vector<int> kept_faces = indices_of(is_good_face);
  std::size_t kept_corner_count = 0;
  for (const int f : kept_faces) {
    kept_corner_count += std::size_t(ranges[std::size_t(f)].y - ranges[std::size_t(f)].x);
  }
  // Faces may share corners only as far as there are corners enough.
  const std::size_t corner_limit = before.corner_vertices.size();
  if (kept_faces.size() != ranges.size() || kept_corner_count != corner_limit) {
    is_changed = true;
    std::vector<int> faces, corners, offsets{0};
    for (const int f : kept_faces) {
      const int2 r = ranges[std::size_t(f)];
      if (corners.size() + std::size_t(r.y - r.x) <= corner_limit) {
        faces.push_back(f);
        for (int c = r.x; c < r.y; ++c) {
          corners.push_back(c);
        }
        offsets.push_back(int(corners.size()));
      }
    }
    attributes.resize(Domain::Corner, corner_limit);
    attributes.gather(Domain::Face, faces);
    attributes.gather(Domain::Corner, corners);
    RawTopology& raw = edit_raw();
    raw.corner_vertices = gather(before.corner_vertices, corners);
    raw.corner_edges = gather(before.corner_edges, corners);
    raw.loop_start = Array<int>(std::span<const int>(offsets.data(), offsets.size() - 1));
    raw.loop_total = Array<int>(faces.size());
    const std::span<int> totals = raw.loop_total.edit();
    for (std::size_t f = 0; f < totals.size(); ++f) {
      totals[f] = offsets[f + 1] - offsets[f];
    }
    raw.has_starts = raw.has_totals = true;
  }

  // The same for edges: out of range, from a vertex to itself, or there already.
  std::vector<std::uint8_t> is_good_edge(before.edges.size(), 0);
  lowest.assign(before.edges.size(), -1);
  for (std::size_t e = 0; e < before.edges.size(); ++e) {
    const auto [low, high] = std::minmax(before.edges.data()[e].x, before.edges.data()[e].y);
    if (low >= 0 && std::size_t(high) < vertices && low != high) {
      is_good_edge[e] = 1;
      lowest[e] = low;
    }
  }
  drop_doubles(std::move(lowest), vertices, is_good_edge, [&](int a, int b) {
    const int2 e = before.edges.data()[a], d = before.edges.data()[b];
    return std::max(e.x, e.y) == std::max(d.x, d.y);
  });
  const std::vector<int> kept_edges = indices_of(is_good_edge);
  if (kept_edges.size() != before.edges.size()) {
    is_changed = true;
    attributes.resize(Domain::Edge, before.edges.size());
    attributes.gather(Domain::Edge, kept_edges);
    RawTopology& raw = edit_raw();
    raw.edges = gather(before.edges, kept_edges);
    const std::span<int> corner_edges = raw.corner_edges.edit();
    std::fill(corner_edges.begin(), corner_edges.end(), -1);  // found again by resolve
  }
  if (!is_changed && !was_raw && has_all_edges()) {
    raw_.reset();
    return false;
  }
  const std::size_t edges = edit_raw().edges.size();
  resolve();
  return is_changed || edge_count() != edges;
}

}  // namespace kiln
