#include "modeling/subdivide_edges.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kiln::modeling {
namespace {

using Points = std::vector<int>;

Points reversed(Points points) {
  std::reverse(points.begin(), points.end());
  return points;
}

// One face as it was: corners in order, and the new vertices on the side behind each of them, in
// the direction of the face.
struct CutFace {
  int face = -1;
  std::vector<int> corners;
  std::vector<Points> sides;
  std::vector<int> parts;  // the faces it has been cut into so far
};

class Subdivider {
public:
  Subdivider(EditMesh& mesh, const SubdivideEdgesSettings& settings)
      : mesh_(mesh), settings_(settings) {}

  SubdividedEdges run(std::span<const int> edges) {
    std::vector<int> faces;
    std::unordered_set<int> seen;
    for (const int e : edges) {
      for (const int f : mesh_.edge_faces(e)) {
        if (seen.insert(f).second) {
          faces.push_back(f);
        }
      }
    }
    std::vector<CutFace> cut;
    for (const int f : faces) {
      cut.push_back({f, mesh_.face_verts(f), {}, {f}});
      for (const int e : mesh_.face_edges(f)) {
        sides_of_[f].push_back(e);
      }
    }
    split(edges);
    for (CutFace& face : cut) {
      const std::vector<int>& old_sides = sides_of_[face.face];
      for (std::size_t i = 0; i < old_sides.size(); ++i) {
        const auto found = points_.find(old_sides[i]);
        if (found == points_.end()) {
          face.sides.emplace_back();
        } else {
          face.sides.push_back(found->second.from == face.corners[i]
                                   ? found->second.points
                                   : reversed(found->second.points));
        }
      }
      cut_face(face);
    }
    return std::move(made_);
  }

private:
  struct Split {
    int from;  // the vertex that `points` begin at
    Points points;
  };

  void split(std::span<const int> edges) {
    const int n = settings_.cuts;
    for (const int e : edges) {
      if (points_.contains(e)) {
        continue;
      }
      const int first = mesh_.edges[e].verts[0];
      int from = first;
      Points points;
      for (int i = 0; i < n; ++i) {
        int piece = -1;
        from = mesh_.split_edge(e, from, 1.0f / float(n + 1 - i), &piece);
        points.push_back(from);
        made_.split.push_back(piece);
      }
      made_.split.push_back(e);
      points_[e] = {first, std::move(points)};
    }
  }

  // Joins two vertices of the face by an edge; the edge, or -1 where they are joined already.
  int connect(CutFace& face, int a, int b, bool is_chosen = true) {
    for (const int part : face.parts) {
      const int la = mesh_.loop_of(part, a), lb = mesh_.loop_of(part, b);
      if (la < 0 || lb < 0) {
        continue;
      }
      int loop = -1;
      const int made = mesh_.split_face(part, la, lb, &loop);
      if (made < 0) {
        return -1;
      }
      face.parts.push_back(made);
      const int edge = mesh_.loops[loop].edge;
      mesh_.update_face_normal(part);
      mesh_.update_face_normal(made);
      if (is_chosen) {
        made_.inner.push_back(edge);
      }
      return edge;
    }
    return -1;
  }

  // A row of new vertices on an edge, beginning at `from`.
  Points split_inner(int edge, int from, int count) {
    Points points;
    for (int i = 0; i < count && edge >= 0; ++i) {
      int piece = -1;
      from = mesh_.split_edge(edge, from, 1.0f / float(count + 1 - i), &piece);
      points.push_back(from);
      made_.inner.push_back(piece);
    }
    return points;
  }

  void cut_face(CutFace& face) {
    const std::size_t n = face.corners.size();
    std::size_t count = 0;
    for (const Points& side : face.sides) {
      count += std::size_t(!side.empty());
    }
    const auto is_cut = [&](std::size_t i) { return !face.sides[i % n].empty(); };
    // The first side of a run of cut sides.
    std::size_t first = 0;
    while (first < n && !(is_cut(first) && !is_cut(first + n - 1))) {
      ++first;
    }
    if (n == 4 && count == 4) {
      grid(face);
    } else if (n == 3 && count == 3) {
      triangles(face);
    } else if (n == 4 && count == 3) {
      three_sides(face, first);
    } else if (n == 4 && count == 2 && is_cut(first + 2)) {
      across(face, first);
    } else if ((n == 4 || n == 3) && count == 2) {
      corner(face, first);
    } else if ((n == 4 || n == 3) && count == 1 && !settings_.keeps_ngons) {
      fan(face, first);
    }
  }

  void grid(CutFace& face) {
    const int n = settings_.cuts;
    const Points& bottom = face.sides[0];
    const Points right = face.sides[1], top = reversed(face.sides[2]),
                 left = reversed(face.sides[3]);
    std::vector<Points> rows{bottom};
    for (int i = 0; i < n; ++i) {
      const int a = left[std::size_t(i)], b = right[std::size_t(i)];
      rows.push_back(split_inner(connect(face, a, b), a, n));
    }
    rows.push_back(top);
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
      for (std::size_t k = 0; k < std::min(rows[i].size(), rows[i + 1].size()); ++k) {
        connect(face, rows[i][k], rows[i + 1][k]);
      }
    }
  }

  void triangles(CutFace& face) {
    const int n = settings_.cuts;
    const Points right = face.sides[1], left = reversed(face.sides[2]);
    Points below{face.corners[0]};
    below.insert(below.end(), face.sides[0].begin(), face.sides[0].end());
    below.push_back(face.corners[1]);
    for (int i = 0; i < n; ++i) {
      const int a = left[std::size_t(i)], b = right[std::size_t(i)];
      Points row{a};
      const Points inner = split_inner(connect(face, a, b), a, n - i - 1);
      row.insert(row.end(), inner.begin(), inner.end());
      row.push_back(b);
      for (std::size_t k = 0; k < row.size(); ++k) {
        connect(face, row[k], below[k]);
        if (k + 1 < below.size()) {
          connect(face, row[k], below[k + 1]);
        }
      }
      below = std::move(row);
    }
  }

  void across(CutFace& face, std::size_t first) {
    const Points &one = face.sides[first], other = reversed(face.sides[(first + 2) % 4]);
    for (std::size_t k = 0; k < one.size(); ++k) {
      connect(face, one[k], other[k]);
    }
  }

  // New vertices on one side go to the ends of the last cut beside it, each to the nearer one.
  void three_sides(CutFace& face, std::size_t first) {
    across(face, first);
    const Points &before = face.sides[first], &middle = face.sides[(first + 1) % 4],
                 &after = face.sides[(first + 2) % 4];
    const std::size_t n = middle.size();
    for (std::size_t k = 0; k < n; ++k) {
      if (2 * k + 1 <= n) {
        connect(face, middle[k], before.back());
      }
      if (2 * k + 1 >= n) {
        connect(face, middle[k], after.front());
      }
    }
  }

  void corner(CutFace& face, std::size_t first) {
    using Corner = SubdivideEdgesSettings::Corner;
    const std::size_t n = face.corners.size();
    const Points one = reversed(face.sides[first]), other = face.sides[(first + 1) % n];
    const int corner = face.corners[(first + 1) % n];
    const int far = n == 4 ? face.corners[(first + 3) % 4] : -1;
    if (n == 4 && settings_.corner == Corner::Fan) {
      for (const Points* points : {&one, &other}) {
        for (const int p : *points) {
          connect(face, p, far, /*is_chosen=*/false);
        }
      }
      return;
    }
    int last = far;
    for (std::size_t i = one.size(); i-- > 0;) {
      const int edge = connect(face, one[i], other[i]);
      if (n == 4 && settings_.corner == Corner::InnerVert && edge >= 0) {
        const int middle = split_inner(edge, one[i], 1)[0];
        mesh_.verts[middle].co =
            mesh_.verts[corner].co +
            (mesh_.verts[far].co - mesh_.verts[corner].co) * (float(i + 1) / float(one.size() + 1));
        connect(face, middle, last, /*is_chosen=*/last != far);
        last = middle;
      }
    }
    if (n == 4 && settings_.corner == Corner::InnerVert) {
      connect(face, corner, last);
    }
    if (n == 4 && settings_.corner == Corner::Path) {
      connect(face, face.corners[first], face.corners[(first + 2) % 4]);
    }
  }

  void fan(CutFace& face, std::size_t first) {
    const std::size_t n = face.corners.size();
    const Points& points = face.sides[first];
    const int before = face.corners[(first + n - 1) % n], after = face.corners[(first + 2) % n];
    for (std::size_t k = 0; k < points.size(); ++k) {
      if (2 * k + 1 <= points.size() || before == after) {
        connect(face, points[k], before, /*is_chosen=*/false);
      }
      if (2 * k + 1 >= points.size() && before != after) {
        connect(face, points[k], after, /*is_chosen=*/false);
      }
    }
  }

  EditMesh& mesh_;
  SubdivideEdgesSettings settings_;
  std::unordered_map<int, Split> points_;
  std::unordered_map<int, std::vector<int>> sides_of_;
  SubdividedEdges made_;
};

}  // namespace

SubdividedEdges subdivide_edges(EditMesh& mesh, std::span<const int> edges,
                                const SubdivideEdgesSettings& settings) {
  return Subdivider(mesh, settings).run(edges);
}

}  // namespace kiln::modeling
