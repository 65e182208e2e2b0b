#include "core/hash.h"
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
  } else if (raw_.use_count() > 1) {
    raw_ = std::make_shared<RawTopology>(*raw_);
  }
  return *raw_;
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

  // Face sides whose edge is another one or none get theirs.
  bool has_edges = true;
  for (std::size_t f = 0; f < face_count() && has_edges; ++f) {
    const int first = face_offsets_[f], last = face_offsets_[f + 1] - 1;
    for (int c = first; c <= last && has_edges; ++c) {
      const int a = corner_vertices_[std::size_t(c)],
                b = corner_vertices_[std::size_t(c == last ? first : c + 1)];
      const int e = corner_edges_[std::size_t(c)];
      has_edges = std::size_t(unsigned(e)) < edges_.size() &&
                  (edges_[std::size_t(e)] == int2{a, b} || edges_[std::size_t(e)] == int2{b, a});
    }
  }
  if (!has_edges) {
    rebuild_edges();
  }
}

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

  // Faces that do not make sense go; then what is left is resolved.
  const RawTopology before = edit_raw();
  const std::vector<int2> ranges = face_ranges(before);
  std::vector<int> kept_faces, kept_corners, offsets{0}, sorted;
  std::unordered_map<std::uint64_t, std::vector<int>>
      kept_by_key;  // kept faces by a hash of their sorted vertices
  const auto is_first_of_its_vertices = [&](const std::vector<int>& vertices_of_face,
                                            std::size_t face) {
    std::vector<int>& faces =
        kept_by_key[fingerprint(vertices_of_face.data(), vertices_of_face.size() * 4).low];
    for (const int other : faces) {
      const int2 r = ranges[std::size_t(other)];
      if (std::is_permutation(before.corner_vertices.begin() + r.x,
                              before.corner_vertices.begin() + r.y, vertices_of_face.begin(),
                              vertices_of_face.end())) {
        return false;
      }
    }
    faces.push_back(int(face));
    return true;
  };
  for (std::size_t f = 0; f < ranges.size(); ++f) {
    const int2 r = ranges[f];
    const bool is_clipped =
        before.has_starts && before.has_totals && before.loop_total[f] != r.y - r.x;
    sorted.assign(before.corner_vertices.begin() + r.x, before.corner_vertices.begin() + r.y);
    std::sort(sorted.begin(), sorted.end());
    const bool is_good = !is_clipped && sorted.size() >= 3 && sorted.front() >= 0 &&
                         std::size_t(sorted.back()) < vertices &&
                         std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end() &&
                         kept_corners.size() + sorted.size() <= before.corner_vertices.size();
    if (is_good && is_first_of_its_vertices(sorted, f)) {
      kept_faces.push_back(int(f));
      for (int c = r.x; c < r.y; ++c) {
        kept_corners.push_back(c);
      }
      offsets.push_back(int(kept_corners.size()));
    }
  }
  if (kept_faces.size() != ranges.size() || kept_corners.size() != before.corner_vertices.size()) {
    is_changed = true;
    attributes.resize(Domain::Corner, before.corner_vertices.size());
    attributes.gather(Domain::Face, kept_faces);
    attributes.gather(Domain::Corner, kept_corners);
    RawTopology& raw = edit_raw();
    raw.corner_vertices = gather(before.corner_vertices, kept_corners);
    raw.corner_edges = gather(before.corner_edges, kept_corners);
    raw.loop_start = Array<int>(std::span<const int>(offsets.data(), offsets.size() - 1));
    raw.loop_total = Array<int>(kept_faces.size());
    const std::span<int> totals = raw.loop_total.edit();
    for (std::size_t f = 0; f < totals.size(); ++f) {
      totals[f] = offsets[f + 1] - offsets[f];
    }
    raw.has_starts = raw.has_totals = true;
  }

  // The same for edges: out of range, from a vertex to itself, or there already.
  std::vector<std::pair<std::uint64_t, int>> keys;
  for (std::size_t e = 0; e < before.edges.size(); ++e) {
    const auto [low, high] = std::minmax(before.edges[e].x, before.edges[e].y);
    if (low >= 0 && std::size_t(high) < vertices && low != high) {
      keys.push_back({std::uint64_t(low) << 32 | std::uint32_t(high), int(e)});
    }
  }
  std::sort(keys.begin(), keys.end());
  std::vector<int> kept_edges;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i == 0 || keys[i].first != keys[i - 1].first) {
      kept_edges.push_back(keys[i].second);
    }
  }
  std::sort(kept_edges.begin(), kept_edges.end());
  if (kept_edges.size() != before.edges.size()) {
    is_changed = true;
    attributes.resize(Domain::Edge, before.edges.size());
    attributes.gather(Domain::Edge, kept_edges);
    RawTopology& raw = edit_raw();
    raw.edges = gather(before.edges, kept_edges);
    const std::span<int> corner_edges = raw.corner_edges.edit();
    std::fill(corner_edges.begin(), corner_edges.end(), -1);  // found again by resolve
  }
  const std::size_t edges = edit_raw().edges.size();
  resolve();
  return is_changed || edge_count() != edges;
}

}  // namespace kiln
