#include "core/delaunay.h"

#include <limits>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace kiln {
namespace {

double area(const DelaunayResult& mesh, const std::vector<int>& face) {
  double sum = 0.0;
  for (std::size_t i = 0; i < face.size(); ++i) {
    const auto a = std::size_t(face[i]), b = std::size_t(face[(i + 1) % face.size()]);
    sum += mesh.x[a] * mesh.y[b] - mesh.y[a] * mesh.x[b];
  }
  return 0.5 * sum;
}

double total_area(const DelaunayResult& mesh) {
  double sum = 0.0;
  for (const std::vector<int>& face : mesh.faces) {
    sum += area(mesh, face);
  }
  return sum;
}

std::vector<float2> random_points(int count, unsigned seed, float size = 10.0f) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<float> coordinate(0.0f, size);
  std::vector<float2> points;
  for (int i = 0; i < count; ++i) {
    points.push_back({coordinate(engine), coordinate(engine)});
  }
  return points;
}

std::vector<float2> square_with(std::vector<float2> inner) {
  inner.insert(inner.begin(), {{0, 0}, {4, 0}, {4, 4}, {0, 4}});
  return inner;
}

TEST(Delaunay, CirclesAreEmpty) {
  const std::vector<float2> points = random_points(60, 3);

  const DelaunayResult mesh = constrained_delaunay(points, {}, {}, DelaunayOutput::Full, 1e-6);

  for (const std::vector<int>& face : mesh.faces) {
    ASSERT_EQ(face.size(), 3u);
    const double ax = mesh.x[face[0]], ay = mesh.y[face[0]], bx = mesh.x[face[1]] - ax,
                 by = mesh.y[face[1]] - ay, cx = mesh.x[face[2]] - ax, cy = mesh.y[face[2]] - ay;
    const double d = 2.0 * (bx * cy - by * cx);
    const double ux = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / d;
    const double uy = (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / d;
    for (const float2 p : points) {
      EXPECT_GE(std::hypot(p.x - ax - ux, p.y - ay - uy), std::hypot(ux, uy) - 1e-9);
    }
  }
}

TEST(Delaunay, TrianglesCoverTheHullOnce) {
  std::vector<float2> points = random_points(200, 5);
  for (int i = 0; i <= 10; ++i) {
    points.push_back({float(i), 0.0f});
    points.push_back({float(i), 10.0f});
  }

  const DelaunayResult mesh = constrained_delaunay(points, {}, {}, DelaunayOutput::Full, 1e-6);

  EXPECT_NEAR(total_area(mesh), 100.0, 1e-9);
  for (const std::vector<int>& face : mesh.faces) {
    EXPECT_GT(area(mesh, face), 0.0);
  }
}

TEST(Delaunay, AGridHasTwoTrianglesACell) {
  std::vector<float2> points;
  for (int y = 0; y <= 12; ++y) {
    for (int x = 0; x <= 12; ++x) {
      points.push_back({float(x), float(y)});
    }
  }

  const DelaunayResult mesh = constrained_delaunay(points, {}, {}, DelaunayOutput::Full, 1e-6);

  EXPECT_EQ(mesh.faces.size(), 2u * 12 * 12);
  EXPECT_NEAR(total_area(mesh), 144.0, 1e-9);
}

TEST(Delaunay, ConstraintsThatCrossGetAVertex) {
  const std::vector<float2> points = {{0, 0}, {2, 2}, {0, 2}, {2, 0}};
  const std::vector<std::array<int, 2>> edges = {{0, 1}, {2, 3}};

  const DelaunayResult mesh = constrained_delaunay(points, edges, {}, DelaunayOutput::Full, 1e-5);

  ASSERT_EQ(mesh.x.size(), 5u);
  EXPECT_NEAR(mesh.x[4], 1.0, 1e-12);
  EXPECT_NEAR(mesh.y[4], 1.0, 1e-12);
  EXPECT_TRUE(mesh.original_vertices[4].empty());
}

TEST(Delaunay, ManyCrossingConstraintsKeepTheAreaAndAllTheirLength) {
  const std::vector<float2> points = random_points(30, 11);
  std::vector<std::array<int, 2>> edges;
  double length = 0.0;
  for (int i = 0; i < 15; ++i) {
    const int j = i + 15;
    edges.push_back({i, j});
    length += std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
  }
  const double hull_area =
      total_area(constrained_delaunay(points, {}, {}, DelaunayOutput::Full, 1e-6));

  const DelaunayResult mesh = constrained_delaunay(points, edges, {}, DelaunayOutput::Full, 1e-6);

  double found = 0.0;
  for (std::size_t i = 0; i < mesh.edges.size(); ++i) {
    const auto [a, b] = mesh.edges[i];
    found += double(mesh.original_edges[i].size()) *
             std::hypot(mesh.x[a] - mesh.x[b], mesh.y[a] - mesh.y[b]);
  }
  EXPECT_NEAR(found, length, 1e-5);
  EXPECT_NEAR(total_area(mesh), hull_area, 1e-5);
}

TEST(Delaunay, PointsWithinEpsilonBecomeOne) {
  const std::vector<float2> points = {{0, 0}, {1, 0}, {0, 1}, {0, 0.00001f}};

  const DelaunayResult mesh = constrained_delaunay(points, {}, {}, DelaunayOutput::Full, 1e-3);

  EXPECT_EQ(mesh.x.size(), 3u);
  EXPECT_EQ(mesh.original_vertices[0], (std::vector<int>{0, 3}));
}

TEST(Delaunay, HolesAreLeftOut) {
  const std::vector<float2> points = square_with({{1, 1}, {3, 1}, {3, 3}, {1, 3}});
  const std::vector<std::vector<int>> faces = {{0, 1, 2, 3}, {7, 6, 5, 4}};

  const auto with = [&](DelaunayOutput output) {
    return total_area(constrained_delaunay(points, {}, faces, output, 1e-5));
  };

  EXPECT_NEAR(with(DelaunayOutput::Inside), 16.0, 1e-9);
  EXPECT_NEAR(with(DelaunayOutput::InsideWithHoles), 12.0, 1e-9);
  EXPECT_NEAR(with(DelaunayOutput::ConstraintsValidWithHoles), 12.0, 1e-9);
}

TEST(Delaunay, OutsideOfOutlinesIsNotInside) {
  // An L: the hull has a corner more.
  const std::vector<float2> points = {{0, 0}, {4, 0}, {4, 1}, {1, 1}, {1, 4}, {0, 4}};
  const std::vector<std::vector<int>> faces = {{0, 1, 2, 3, 4, 5}};

  const DelaunayResult mesh = constrained_delaunay(points, {}, faces, DelaunayOutput::Inside, 1e-5);

  EXPECT_NEAR(total_area(mesh), 7.0, 1e-9);
}

TEST(Delaunay, FacesOfConstraintsAreTheInput) {
  const std::vector<float2> points = square_with({});
  const std::vector<std::vector<int>> faces = {{0, 1, 2, 3}};

  const DelaunayResult mesh =
      constrained_delaunay(points, {}, faces, DelaunayOutput::Constraints, 1e-5);

  ASSERT_EQ(mesh.faces.size(), 1u);
  EXPECT_EQ(mesh.faces[0].size(), 4u);
  EXPECT_EQ(mesh.original_faces[0], (std::vector<int>{0}));
  EXPECT_EQ(mesh.edges.size(), 4u);
}

TEST(Delaunay, ValidFacesRepeatNoVertex) {
  const std::vector<float2> points = square_with({{1, 2}, {3, 2.1f}});
  const std::vector<std::array<int, 2>> edges = {{4, 5}};
  const std::vector<std::vector<int>> faces = {{0, 1, 2, 3}};

  const DelaunayResult mesh =
      constrained_delaunay(points, edges, faces, DelaunayOutput::ConstraintsValid, 1e-5);

  EXPECT_NEAR(total_area(mesh), 16.0, 1e-5);
  for (const std::vector<int>& face : mesh.faces) {
    EXPECT_EQ(std::set<int>(face.begin(), face.end()).size(), face.size());
  }
}

TEST(Delaunay, FaceEdgesAreNumberedByFaceAndPlace) {
  const std::vector<std::vector<int>> faces = {{0, 1, 2, 3}};

  const DelaunayResult mesh =
      constrained_delaunay(square_with({}), {}, faces, DelaunayOutput::Constraints, 1e-5);

  std::set<int> ids;
  for (const std::vector<int>& edge : mesh.original_edges) {
    ids.insert(edge.begin(), edge.end());
  }
  EXPECT_EQ(ids, (std::set<int>{10, 11, 12, 13}));
}

TEST(Delaunay, PointsInLineGiveEdgesOnly) {
  const std::vector<float2> points = {{3, 0}, {1, 0}, {2, 0}, {0, 0}};
  const std::vector<std::array<int, 2>> edges = {{3, 2}};

  const DelaunayResult mesh = constrained_delaunay(points, edges, {}, DelaunayOutput::Full, 1e-5);

  EXPECT_TRUE(mesh.faces.empty());
  EXPECT_EQ(mesh.edges.size(), 3u);
}

TEST(Delaunay, BadInputDoesNoHarm) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  const std::vector<float2> points = {{nan, 0}, {infinity, 1}, {0, 0},     {1, 0},
                                      {0, 1},   {1, 1},        {1e30f, 0}, {0, -1e30f}};
  const std::vector<std::array<int, 2>> edges = {{0, 1}, {2, 2}, {-5, 3}, {3, 99},
                                                 {2, 5}, {4, 3}, {6, 7}};
  const std::vector<std::vector<int>> faces = {{},         {2},       {2, 3},
                                               {2, 3, 99}, {2, 2, 2}, {2, 5, 3, 4}};

  for (int output = 0; output <= int(DelaunayOutput::ConstraintsValidWithHoles); ++output) {
    for (const double epsilon : {-1.0, 0.0, 1e-5, 0.7, 1e9}) {
      const DelaunayResult mesh =
          constrained_delaunay(points, edges, faces, DelaunayOutput(output), epsilon);
      for (const std::vector<int>& face : mesh.faces) {
        for (const int vertex : face) {
          EXPECT_LT(vertex, int(mesh.x.size()));
        }
      }
    }
  }
}

TEST(Delaunay, RandomInputsKeepTheirPromises) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 engine(seed);
    const auto below = [&](int n) { return int(engine() % unsigned(n)); };
    const int count = 3 + below(14);
    std::vector<float2> points;
    for (int i = 0; i < count; ++i) {
      points.push_back(seed % 2 == 0
                           ? float2{float(below(6)), float(below(6))}
                           : float2{float(below(1000)) * 0.01f, float(below(1000)) * 0.01f});
    }
    std::vector<std::array<int, 2>> edges;
    for (int i = 0; i < below(8); ++i) {
      edges.push_back({below(count), below(count)});
    }
    const double hull =
        total_area(constrained_delaunay(points, {}, {}, DelaunayOutput::Full, 1e-5));

    const DelaunayResult mesh = constrained_delaunay(points, edges, {}, DelaunayOutput::Full, 1e-5);

    EXPECT_NEAR(total_area(mesh), hull, 1e-3) << seed;
    for (const std::vector<int>& face : mesh.faces) {
      EXPECT_GT(area(mesh, face), -1e-6) << seed;
    }
  }
}

}  // namespace
}  // namespace kiln
