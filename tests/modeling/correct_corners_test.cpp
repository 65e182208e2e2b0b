#include "modeling/correct_corners.h"

#include <gtest/gtest.h>

#include "modeling/primitives.h"

namespace kiln::modeling {
namespace {

// UVs that follow a linear function of X and Y.
float2 uv_at(float3 p) {
  return {0.3f * p.x + 0.1f * p.y + 0.2f, 0.7f * p.y - 0.2f * p.x};
}

Mesh with_uvs(Mesh mesh) {
  std::vector<float2> uvs;
  for (const int v : mesh.corner_vertices()) {
    uvs.push_back(uv_at(mesh.positions()[std::size_t(v)]));
  }
  mesh.attributes.set("UV", Domain::Corner, Array<float2>(std::move(uvs))).is_uv_map = true;
  return mesh;
}

Mesh moved(const Mesh& before, const std::vector<int>& vertices, float3 offset) {
  Mesh mesh = before;
  Array<float3> positions = before.positions();
  for (const int v : vertices) {
    positions.edit()[std::size_t(v)] += offset;
  }
  mesh.set_positions(std::move(positions));
  return mesh;
}

// Whether every corner has what the function says of its place.
void expect_linear(const Mesh& mesh) {
  const auto& uvs = *mesh.attributes.find<float2>("UV", Domain::Corner);
  for (std::size_t c = 0; c < uvs.size(); ++c) {
    const float2 expected = uv_at(mesh.positions()[std::size_t(mesh.corner_vertices()[c])]);
    EXPECT_NEAR(uvs[c].x, expected.x, 1e-4f);
    EXPECT_NEAR(uvs[c].y, expected.y, 1e-4f);
  }
}

TEST(CorrectCorners, ALinearPatternIsKeptWithinAndBeyondFaces) {
  const Mesh before = with_uvs(grid(3, 3, 2.0f, false));
  for (const float3 offset : {float3{0.1f, 0.2f, 0}, {-0.5f, 0.9f, 0}, {3.0f, -2.0f, 0}}) {
    Mesh mesh = moved(before, {5, 6}, offset);

    correct_corners(before, std::vector<int>{5, 6}, false, mesh);

    expect_linear(mesh);
  }
}

TEST(CorrectCorners, PolygonsOfManyCornersGoOnBeyondTheirOutline) {
  const Mesh before = with_uvs(circle(7, 1.0f, CapFill::Ngon, false));
  Mesh mesh = moved(before, {2}, {1.5f, 1.0f, 0.4f});

  correct_corners(before, std::vector<int>{2}, false, mesh);

  expect_linear(mesh);
}

TEST(CorrectCorners, APlaceOnASideLiesBetweenItsEnds) {
  const Mesh before = with_uvs(grid(1, 1, 2.0f, false));
  const float3 middle = (before.positions()[0] + before.positions()[1]) * 0.5f;
  Mesh mesh = moved(before, {0}, middle - before.positions()[0]);

  correct_corners(before, std::vector<int>{0}, false, mesh);

  expect_linear(mesh);
}

TEST(CorrectCorners, CornersOfFacesWithoutAreaKeepTheirValues) {
  Mesh flat = with_uvs(grid(1, 1, 2.0f, false));
  flat.set_positions(Array<float3>(std::vector<float3>(4, float3{1, 1, 1})));
  Mesh mesh = moved(flat, {0}, {1, 0, 0});

  correct_corners(flat, std::vector<int>{0}, true, mesh);

  EXPECT_EQ(*mesh.attributes.find<float2>("UV", Domain::Corner),
            *flat.attributes.find<float2>("UV", Domain::Corner));
}

TEST(CorrectCorners, ConnectedCornersStayConnectedWhenTheyAreAskedTo) {
  const Mesh before = with_uvs(cube(2.0f, false));
  for (const bool keeps_connected : {false, true}) {
    Mesh mesh = moved(before, {3}, {0.4f, -0.3f, 0.2f});

    correct_corners(before, std::vector<int>{3}, keeps_connected, mesh);

    std::vector<float2> found;
    const auto& uvs = *mesh.attributes.find<float2>("UV", Domain::Corner);
    for (std::size_t c = 0; c < uvs.size(); ++c) {
      if (mesh.corner_vertices()[c] == 3) {
        found.push_back(uvs[c]);
      }
    }
    ASSERT_EQ(found.size(), 3u);
    const float spread = length(found[1] - found[0]) + length(found[2] - found[0]);
    EXPECT_EQ(spread < 1e-5f, keeps_connected) << spread;
  }
}

}  // namespace
}  // namespace kiln::modeling
