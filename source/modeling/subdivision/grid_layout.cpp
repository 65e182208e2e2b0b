#include "modeling/subdivision/grid_layout.h"

namespace kiln::modeling {

GridLayout::GridLayout(const Mesh& mesh, int level) : mesh_(mesh), resolution_(1 << level) {
  const int full = resolution_, half = full / 2;
  const std::size_t faces = mesh.face_count();
  vertex_offsets_.resize(faces + 1);
  edge_offsets_.resize(faces + 1);
  face_offsets_.resize(faces + 1);
  vertex_offsets_[0] = int(mesh.vertex_count()) + int(mesh.edge_count()) * (full - 1);
  edge_offsets_[0] = int(mesh.edge_count()) * full;
  face_offsets_[0] = 0;
  for (std::size_t f = 0; f < faces; ++f) {
    const int n = mesh.face_size(f);
    const bool quad = n == 4;
    vertex_offsets_[f + 1] = vertex_offsets_[f] + (quad    ? (full - 1) * (full - 1)
                                                   : n > 0 ? 1 + n * half * (half - 1)
                                                           : 0);
    edge_offsets_[f + 1] =
        edge_offsets_[f] + (quad ? 2 * full * (full - 1) : n * (half + 2 * half * (half - 1)));
    face_offsets_[f + 1] = face_offsets_[f] + (quad ? full * full : n * half * half);
  }
  // Cells of a quad: the inner ones by rows, then around the outline: bottom, right, top, left.
  quad_face_order_.resize(std::size_t(full) * std::size_t(full));
  int next = 0;
  const auto number = [&](int i, int j) { quad_face_order_[std::size_t(j * full + i)] = next++; };
  for (int j = 1; j + 1 < full; ++j) {
    for (int i = 1; i + 1 < full; ++i) {
      number(i, j);
    }
  }
  for (int i = 0; i < full; ++i) {
    number(i, 0);
  }
  for (int j = 1; j < full; ++j) {
    number(full - 1, j);
  }
  for (int i = full - 2; i >= 0; --i) {
    number(i, full - 1);
  }
  for (int j = full - 2; j >= 1; --j) {
    number(0, j);
  }
}

void GridLayout::fill(std::size_t face, int grid, Grid& result) const {
  const std::size_t size = std::size_t(grid_size(face));
  result.vertices.resize((size + 1) * (size + 1));
  result.along.resize(size * (size + 1));
  result.across.resize((size + 1) * size);
  result.faces.resize(size * size);
  if (is_quad(face)) {
    fill_quad(face, result);
  } else {
    fill_corner(face, grid, result);
  }
}

namespace {

/// An edge as a face goes along it.
struct Side {
  int edge, from_vertex;
  bool is_forward;
};
Side side_of(const Mesh& mesh, int corner) {
  const int edge = mesh.corner_edges().data()[corner],
            vertex = mesh.corner_vertices().data()[corner];
  return {edge, vertex, mesh.edges().data()[edge].x == vertex};
}

}  // namespace

void GridLayout::fill_quad(std::size_t face, Grid& g) const {
  const int n = resolution_, m = n - 1;
  const int first = mesh_.face_offsets().data()[face];
  const Side sides[4] = {side_of(mesh_, first), side_of(mesh_, first + 1),
                         side_of(mesh_, first + 2), side_of(mesh_, first + 3)};
  // Element k along a side; sides 2 and 3 run against i and j.
  const auto vertex_on = [&](int side, int k) {
    return edge_vertex(sides[side].edge, sides[side].is_forward ? k : n - k);
  };
  const auto edge_on = [&](int side, int k) {
    return sides[side].edge * n + (sides[side].is_forward ? k : n - 1 - k);
  };
  const int inner_vertex = vertex_offsets_[face], inner_edge = edge_offsets_[face];

  const auto v = [&](int i, int j) -> int& { return g.vertices[std::size_t(j * (n + 1) + i)]; };
  v(0, 0) = sides[0].from_vertex;
  v(n, 0) = sides[1].from_vertex;
  v(n, n) = sides[2].from_vertex;
  v(0, n) = sides[3].from_vertex;
  for (int k = 1; k < n; ++k) {
    v(k, 0) = vertex_on(0, k);
    v(n, k) = vertex_on(1, k);
    v(n - k, n) = vertex_on(2, k);
    v(0, n - k) = vertex_on(3, k);
  }
  for (int j = 1; j < n; ++j) {
    for (int i = 1; i < n; ++i) {
      v(i, j) = inner_vertex + (j - 1) * m + i - 1;
    }
  }

  // Inner edges: row by row those along it and those to the next, then those to each side.
  const auto along = [&](int i, int j) -> int& { return g.along[std::size_t(j * n + i)]; };
  const auto across = [&](int i, int j) -> int& { return g.across[std::size_t(j * (n + 1) + i)]; };
  for (int k = 0; k < n; ++k) {
    along(k, 0) = edge_on(0, k);
    across(n, k) = edge_on(1, k);
    along(n - 1 - k, n) = edge_on(2, k);
    across(0, n - 1 - k) = edge_on(3, k);
  }
  for (int j = 1; j < n; ++j) {
    const int row = inner_edge + (j - 1) * (2 * m - 1);
    for (int i = 1; i < m; ++i) {
      along(i, j) = row + i - 1;
    }
    for (int i = 1; i < n && j < m; ++i) {
      across(i, j) = row + m - 1 + i - 1;
    }
  }
  const int to_sides = inner_edge + 2 * m * (m - 1);
  for (int k = 1; k < n; ++k) {
    across(k, 0) = to_sides + k - 1;
    across(n - k, m) = to_sides + 2 * m + k - 1;
    along(m, k) = to_sides + m + k - 1;
    along(0, n - k) = to_sides + 3 * m + k - 1;
  }
  const int inner_face = face_offsets_[face];
  for (std::size_t c = 0; c < g.faces.size(); ++c) {
    g.faces[c] = inner_face + quad_face_order_[c];
  }
}

void GridLayout::fill_corner(std::size_t face, int corner, Grid& g) const {
  const int n = resolution_, r = n / 2, sides = mesh_.face_size(face);
  const int first = mesh_.face_offsets().data()[face];
  const int before = (corner + sides - 1) % sides;
  const Side side = side_of(mesh_, first + corner), side_before = side_of(mesh_, first + before);
  // Element k of the corner's edge, and of the edge before it counted back from the corner.
  const auto vertex_on = [&](int k) { return edge_vertex(side.edge, side.is_forward ? k : n - k); };
  const auto vertex_before = [&](int k) {
    return edge_vertex(side_before.edge, side_before.is_forward ? n - k : k);
  };
  const auto edge_on = [&](int k) { return side.edge * n + (side.is_forward ? k : n - 1 - k); };
  const auto edge_before = [&](int k) {
    return side_before.edge * n + (side_before.is_forward ? n - 1 - k : k);
  };

  // Within the face: the centre, then for each corner rows of r vertices, the last of which lie on
  // the line from the middle of its edge to the centre.
  const int center = vertex_offsets_[face];
  const auto inner_vertex = [&](int c, int i, int j) {
    return center + 1 + c * r * (r - 1) + (j - 1) * r + i - 1;
  };
  const auto v = [&](int i, int j) -> int& { return g.vertices[std::size_t(j * (r + 1) + i)]; };
  v(0, 0) = side.from_vertex;
  for (int k = 1; k <= r; ++k) {
    v(k, 0) = vertex_on(k);
    v(0, k) = vertex_before(k);
  }
  for (int j = 1; j < r; ++j) {
    for (int i = 1; i <= r; ++i) {
      v(i, j) = inner_vertex(corner, i, j);
    }
    v(j, r) = inner_vertex(before, r, j);
  }
  v(r, r) = center;

  // Edges: those of each corner's rows, those between neighbouring corners, those at the centre,
  // those to the outline.
  const int rows_each = (r - 1) * (r - 1) + std::max(r - 2, 0) * r;
  const int rows = edge_offsets_[face], between = rows + sides * rows_each,
            at_center = between + sides * (r - 1);
  const int to_outline = at_center + (r > 1 ? sides : 0);
  const int outline_each = r > 1 ? 2 * r - 1 : 1;
  const auto row_edge = [&](int c, int i, int j) {
    return rows + c * rows_each + (j - 1) * (2 * r - 1) + i - 1;
  };
  const auto between_edge = [&](int c, int k) { return between + c * (r - 1) + k - 1; };
  const auto along = [&](int i, int j) -> int& { return g.along[std::size_t(j * r + i)]; };
  const auto across = [&](int i, int j) -> int& { return g.across[std::size_t(j * (r + 1) + i)]; };
  for (int k = 0; k < r; ++k) {
    along(k, 0) = edge_on(k);
    across(0, k) = edge_before(k);
  }
  for (int j = 1; j < r; ++j) {
    for (int i = 1; i < r; ++i) {
      along(i, j) = row_edge(corner, i, j);
    }
    for (int i = 1; i <= r && j + 1 < r; ++i) {
      across(i, j) = row_edge(corner, i, j) + r - 1;
    }
    // From this corner's last row to the line of the corner before, and from its own line on.
    across(j, r - 1) = between_edge(before, j);
  }
  const int outline = to_outline + corner * outline_each;
  if (r == 1) {
    across(1, 0) = outline;
    along(0, 1) = to_outline + before;
  } else {
    for (int k = 1; k <= r; ++k) {
      across(k, 0) = outline + k - 1;
    }
    for (int k = 1; k < r; ++k) {
      along(0, k) = outline + r + k - 1;
    }
    // The line of the corner before is its column r, which is row r here.
    along(0, r) = to_outline + before * outline_each + r - 1;
    for (int i = 1; i + 1 < r; ++i) {
      along(i, r) = row_edge(before, r, i) + r - 1;
    }
    along(r - 1, r) = at_center + before;
    across(r, r - 1) = at_center + corner;
  }

  // Faces: those of each corner's rows, those between corners, those at the centre, those along the
  // outline.
  const int cells_each = (r - 1) * std::max(r - 2, 0), inner_face = face_offsets_[face];
  const int between_face = inner_face + sides * cells_each,
            center_face = between_face + sides * std::max(r - 2, 0);
  const int outline_face = r > 1 ? center_face + sides + corner * (2 * r - 1) : inner_face + corner;
  const auto f = [&](int i, int j) -> int& { return g.faces[std::size_t(j * r + i)]; };
  for (int j = 1; j + 1 < r; ++j) {
    for (int i = 1; i < r; ++i) {
      f(i, j) = inner_face + corner * cells_each + (j - 1) * (r - 1) + i - 1;
    }
  }
  for (int k = 1; k + 1 < r; ++k) {
    f(k, r - 1) = between_face + before * (r - 2) + k - 1;
  }
  if (r > 1) {
    f(r - 1, r - 1) = center_face + corner;
  }
  for (int i = 0; i < r; ++i) {
    f(i, 0) = outline_face + i;
  }
  for (int j = 1; j < r; ++j) {
    f(0, j) = outline_face + r + j - 1;
  }
}

}  // namespace kiln::modeling
