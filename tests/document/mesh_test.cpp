#include "document/mesh.h"

#include <cstring>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

#include "document/document.h"

namespace kiln {
namespace {

/// A unit square in two triangles, with a loose edge to a fifth vertex.
Mesh square() {
  Mesh mesh;
  mesh.resize(5, 0, 0, 0);
  const std::array<float3, 5> points{float3{0, 0, 0}, float3{1, 0, 0}, float3{1, 1, 0},
                                     float3{0, 1, 0}, float3{0, 0, 1}};
  std::copy(points.begin(), points.end(), mesh.edit_positions().begin());
  mesh.set_topology({{0, 4}}, {0, 3, 6}, {0, 1, 2, 0, 2, 3});
  return mesh;
}

Mesh cube() {
  Mesh mesh;
  mesh.resize(8, 0, 0, 0);
  for (int v = 0; v < 8; ++v) {
    mesh.edit_positions()[std::size_t(v)] = {v & 1 ? 1.0f : -1.0f, v & 2 ? 1.0f : -1.0f,
                                             v & 4 ? 1.0f : -1.0f};
  }
  mesh.set_topology({}, {0, 4, 8, 12, 16, 20, 24},
                    {0, 2, 3, 1, 4, 5, 7, 6, 0, 1, 5, 4, 2, 6, 7, 3, 0, 4, 6, 2, 1, 3, 7, 5});
  return mesh;
}

ConstRef element(const Mesh& mesh, const char* collection, std::int64_t i) {
  const Property& p = *Mesh::schema().property(collection);
  return p.collection->at(reference_to(mesh), i).ref;
}
MutableRef edit_element(Mesh& mesh, const char* collection, std::int64_t i) {
  const Property& p = *Mesh::schema().property(collection);
  return p.collection->edit_at({&Mesh::schema(), &mesh, -1, &mesh, nullptr, nullptr}, i);
}
Value get(const ConstRef& ref, const char* property) {
  return read(ref, *ref.schema->property(property));
}
void set(const MutableRef& ref, const char* property, const Value& value) {
  const Result<void> result = write(ref, *ref.schema->property(property), value);
  ASSERT_TRUE(result) << result.error().message;
}

TEST(Mesh, FindsTheEdgesOfFaceSidesAndKeepsExistingOnes) {
  const Mesh mesh = square();

  ASSERT_EQ(mesh.edge_count(), 6u);
  EXPECT_EQ(mesh.edges()[0], (int2{0, 4}));
  for (std::size_t f = 0; f < 2; ++f) {
    for (int c = 0; c < 3; ++c) {
      const int2 e = mesh.edges()[std::size_t(mesh.corner_edges()[3 * f + std::size_t(c)])];
      const int a = mesh.face_vertices(f)[std::size_t(c)],
                b = mesh.face_vertices(f)[std::size_t((c + 1) % 3)];
      EXPECT_TRUE((e == int2{a, b}) || (e == int2{b, a}));
    }
  }
  EXPECT_EQ(mesh.corner_edges()[2], mesh.corner_edges()[3]) << "the diagonal is shared";
}

TEST(Mesh, VertexNormalsOfACubePointToItsCorners) {
  const Mesh mesh = cube();

  for (std::size_t v = 0; v < 8; ++v) {
    EXPECT_LT(distance(mesh.vertex_normals()[v], normalize(mesh.positions()[v])), 1e-6f);
  }
}

TEST(Mesh, NormalsFollowMovedVerticesAndCopiesKeepTheirs) {
  Mesh mesh = square();
  mesh.face_normals();
  const Mesh copy = mesh;

  for (float3& p : mesh.edit_positions()) {
    p = {p.x, p.z, p.y};
  }

  EXPECT_EQ(mesh.face_normals()[0], (float3{0, -1, 0}));
  EXPECT_EQ(copy.face_normals()[0], (float3{0, 0, 1}));
}

TEST(Mesh, NormalsReadBetweenStepsDoNotReachCopies) {
  Mesh mesh = square();
  mesh.edit_positions_in_steps()[0] = {0, 0, 0};
  const Mesh copy = mesh;

  mesh.edit_positions_in_steps()[1] = {1, 0, 5};
  mesh.face_normals();

  EXPECT_EQ(copy.face_normals()[0], (float3{0, 0, 1}));
}

TEST(Mesh, TrianglesCoverAConcavePolygon) {
  Mesh mesh;
  mesh.resize(7, 0, 0, 0);
  const float2 outline[] = {{-1, -1},  {1, -1},       {1, 0.5f}, {0.4f, 0.2f},
                            {0, 1.2f}, {-0.5f, 0.1f}, {-1, 0.6f}};
  for (std::size_t v = 0; v < 7; ++v) {
    mesh.edit_positions()[v] = {outline[v].x, 3, outline[v].y};
  }
  mesh.set_topology({}, {0, 7}, {0, 1, 2, 3, 4, 5, 6});

  float area = 0;
  for (const int3 t : mesh.triangle_vertices()) {
    const float3 a = mesh.positions()[std::size_t(t.x)];
    const float3 n =
        cross(mesh.positions()[std::size_t(t.y)] - a, mesh.positions()[std::size_t(t.z)] - a);
    EXPECT_GT(dot(n, mesh.face_normals()[0]), 0.0f) << "triangles turn like their face";
    area += 0.5f * length(n);
  }

  EXPECT_EQ(mesh.triangles().faces.size(), 5u);
  EXPECT_NEAR(area, mesh.face_area(0), 1e-6f);
}

TEST(Mesh, CornerNormalsAreSplitAtSharpAngles) {
  Mesh mesh = cube();
  auto smooth = mesh.attributes.ensure<std::uint8_t>(".smooth", Domain::Face, 6).edit();
  std::fill(smooth.begin(), smooth.end(), 1);

  mesh.use_auto_smooth = true;
  const Array<float3> split = mesh.corner_normals();
  mesh.auto_smooth_angle = 3.1415927f;
  const Array<float3> joined = mesh.corner_normals();

  for (std::size_t c = 0; c < 24; ++c) {
    EXPECT_LT(distance(split[c], mesh.face_normals()[c / 4]), 1e-6f);
    EXPECT_LT(distance(joined[c], mesh.vertex_normals()[std::size_t(mesh.corner_vertices()[c])]),
              1e-6f);
  }
}

TEST(Mesh, CustomNormalsComeBack) {
  Mesh mesh = cube();
  auto smooth = mesh.attributes.ensure<std::uint8_t>(".smooth", Domain::Face, 6).edit();
  std::fill(smooth.begin(), smooth.end(), 1);
  mesh.use_auto_smooth = true;
  mesh.auto_smooth_angle = 3.1415927f;
  std::vector<float3> wanted;
  for (int c = 0; c < 24; ++c) {
    wanted.push_back(normalize(float3{0.1f * float(c % 5), 0.2f, 1}));
  }

  mesh.set_custom_normals(Array<float3>(std::span<const float3>(wanted)));

  const Array<float3> normals = mesh.corner_normals();
  for (std::size_t c = 0; c < 24; ++c) {
    EXPECT_LT(distance(normals[c], wanted[c]), 1e-5f);
  }
}

TEST(Mesh, TangentsFollowTheUvMap) {
  Mesh mesh = square();
  Array<float2> uvs(6);
  for (std::size_t c = 0; c < 6; ++c) {
    const float3 p = mesh.positions()[std::size_t(mesh.corner_vertices()[c])];
    uvs.edit()[c] = {p.y, p.x};  // U grows along Y: mirrored
  }
  mesh.add_uv_map("UVMap", uvs);

  ASSERT_TRUE(mesh.show_corner_tangents(""));

  for (const float4 t : *mesh.shown_corner_tangents()) {
    EXPECT_NEAR(t.y, 1.0f, 1e-6f);
    EXPECT_EQ(t.w, -1.0f);
  }
  EXPECT_FALSE(mesh.show_corner_tangents("Other"));
}

TEST(Mesh, KeepsAttributesAndWeightsOfWhatStays) {
  Mesh mesh = square();
  auto values = mesh.attributes.ensure<float>("height", Domain::Point, 5).edit();
  std::iota(values.begin(), values.end(), 0.0f);
  for (int v = 0; v < 5; ++v) {
    mesh.weights.set(5, v, v, 0.5f);
  }
  const std::uint8_t vertices[] = {0, 1, 1, 1, 1};

  mesh.keep_only(vertices, {}, {});

  EXPECT_EQ(mesh.vertex_count(), 4u);
  EXPECT_EQ(mesh.face_count(), 0u) << "both triangles use vertex 0";
  EXPECT_EQ(mesh.edge_count(), 2u);
  EXPECT_EQ((*mesh.attributes.find<float>("height", Domain::Point))[0], 1.0f);
  EXPECT_EQ(mesh.weights.find(0, 1), 0.5f);
  EXPECT_FALSE(mesh.weights.find(0, 0));
}

TEST(Mesh, FlippedFacesTurnAroundAndKeepTheirCornerValues) {
  Mesh mesh = square();
  auto values = mesh.attributes.ensure<int>("vertex", Domain::Corner, 6).edit();
  std::copy(mesh.corner_vertices().begin(), mesh.corner_vertices().end(), values.begin());

  mesh.flip_faces();

  EXPECT_EQ(mesh.face_normals()[0], (float3{0, 0, -1}));
  EXPECT_EQ(mesh.face_vertices(0)[0], 0);
  EXPECT_TRUE(*mesh.attributes.find<int>("vertex", Domain::Corner) == mesh.corner_vertices());
  Mesh twice = mesh;
  twice.flip_face(0);
  twice.flip_face(1);
  EXPECT_TRUE(twice.corner_vertices() == square().corner_vertices());
  EXPECT_TRUE(twice.corner_edges() == square().corner_edges());
}

TEST(MeshBuilding, StartsAndTotalsMayComeInAnyCombination) {
  for (const int given : {1, 2, 3}) {
    Mesh mesh;
    mesh.add_vertices(5);
    mesh.add_raw(0, 7, 2);
    for (int c = 0; c < 7; ++c) {
      set(edit_element(mesh, "loops", c), "vertex_index", c % 5);
    }
    for (int f = 0; f < 2; ++f) {
      if (given & 1) {
        set(edit_element(mesh, "polygons", f), "loop_start", f * 3);
      }
      if (given & 2) {
        set(edit_element(mesh, "polygons", f), "loop_total", f == 0 ? 3 : 4);
      }
    }

    mesh.finish_editing();

    ASSERT_EQ(mesh.face_count(), 2u) << given;
    EXPECT_EQ(mesh.face_size(0), 3) << given;
    EXPECT_EQ(mesh.face_size(1), 4) << given;
    EXPECT_EQ(mesh.edge_count(), 6u) << "edges 0 1, 1 2, 2 0, 3 4, 4 0, 1 3 of which 0 1 is shared";
  }
}

TEST(MeshBuilding, FacesMayUseCornersOutOfOrder) {
  Mesh mesh;
  mesh.add_vertices(6);
  mesh.add_raw(0, 6, 2);
  for (int c = 0; c < 6; ++c) {
    set(edit_element(mesh, "loops", c), "vertex_index", c);
  }
  for (int f = 0; f < 2; ++f) {
    set(edit_element(mesh, "polygons", f), "loop_start", f == 0 ? 3 : 0);
    set(edit_element(mesh, "polygons", f), "loop_total", 3);
  }

  EXPECT_EQ(get(element(mesh, "polygons", 0), "vertices").as_numbers(), (Value::Numbers{3, 4, 5}));
  mesh.finish_editing();

  EXPECT_EQ(mesh.face_vertices(0)[0], 3);
  EXPECT_EQ(mesh.face_vertices(1)[0], 0);
}

TEST(MeshBuilding, NonsenseBecomesAUsableMesh) {
  Mesh mesh;
  mesh.add_raw(2, 4, 3);
  mesh.add_vertices(2);
  for (int c = 0; c < 4; ++c) {
    set(edit_element(mesh, "loops", c), "vertex_index", c == 1 ? 2000000000 : c);
  }
  set(edit_element(mesh, "polygons", 0), "loop_start", 2000000000);
  set(edit_element(mesh, "polygons", 0), "loop_total", 2000000000);
  set(edit_element(mesh, "polygons", 1), "loop_total", 4);
  set(edit_element(mesh, "polygons", 2), "loop_total", 4);
  set(edit_element(mesh, "edges", 1), "vertices", Value::Numbers{7, 2000000000});

  mesh.finish_editing();

  EXPECT_TRUE(mesh.finish_reading());
  mesh.vertex_normals();
  mesh.triangles();
  mesh.corner_normals();
}

TEST(MeshBuilding, VerticesAndFacesStartSelectedAndEdgesDoNot) {
  Mesh mesh;
  mesh.add_vertices(2);
  mesh.add_raw(1, 0, 1);

  EXPECT_TRUE(get(element(mesh, "vertices", 1), "select").as_bool());
  EXPECT_TRUE(get(element(mesh, "polygons", 0), "select").as_bool());
  EXPECT_FALSE(get(element(mesh, "edges", 0), "select").as_bool());
}

TEST(MeshValidate, RemovesFacesWithBadVerticesOnce) {
  Mesh mesh = square();
  set(edit_element(mesh, "loops", 2), "vertex_index", 99);

  EXPECT_TRUE(mesh.validate());
  EXPECT_EQ(mesh.face_count(), 1u);
  EXPECT_FALSE(mesh.validate());
}

TEST(MeshValidate, LeavesAGoodMeshAlone) {
  Mesh mesh = square();

  EXPECT_FALSE(mesh.validate());

  EXPECT_TRUE(mesh.corner_vertices() == square().corner_vertices());
  EXPECT_TRUE(mesh.edges() == square().edges());
}

TEST(MeshValidate, RemovesDoubledFacesAndEdges) {
  Mesh mesh;
  mesh.resize(3, 0, 0, 0);
  mesh.set_topology({{0, 1}, {1, 0}, {2, 2}}, {0, 3, 6}, {0, 1, 2, 1, 2, 0});

  EXPECT_TRUE(mesh.validate());

  EXPECT_EQ(mesh.face_count(), 1u);
  EXPECT_EQ(mesh.edge_count(), 3u);
}

class Store : public ArrayVisitor {
public:
  void array(std::string_view name, const void* data, std::size_t size, int) override {
    arrays[std::string(name)] = std::string(static_cast<const char*>(data), size);
  }
  std::map<std::string, std::string> arrays;
};

Mesh decorated() {
  Mesh mesh = square();
  mesh.add_uv_map("UV Map", Array<float2>(6, float2{0.5f, 0.25f}));
  mesh.attributes.ensure<std::string>("names", Domain::Face, 2).edit()[1] = "second";
  mesh.attributes.ensure<std::int8_t>("small", Domain::Edge, 6).edit()[3] = -7;
  mesh.vertex_groups.add(VertexGroup{"Group", true});
  mesh.weights.set(5, 2, 0, 0.75f);
  return mesh;
}

TEST(MeshArrays, ComeBackFromAFile) {
  const Mesh mesh = decorated();
  Store store;
  mesh.visit_arrays(store);

  Mesh read;
  for (const auto& [name, bytes] : store.arrays) {
    ASSERT_TRUE(read.set_array(name, bytes)) << name;
  }

  ASSERT_TRUE(read.finish_reading());
  EXPECT_TRUE(read.positions() == mesh.positions());
  EXPECT_TRUE(read.corner_edges() == mesh.corner_edges());
  ASSERT_TRUE(read.attributes.find("UV Map"));
  EXPECT_TRUE(read.attributes.find("UV Map")->is_uv_map);
  EXPECT_EQ((*read.attributes.find<std::string>("names", Domain::Face))[1], "second");
  EXPECT_EQ((*read.attributes.find<std::int8_t>("small", Domain::Edge))[3], -7);
  EXPECT_EQ(read.weights.find(2, 0), 0.75f);
  EXPECT_TRUE(read.vertex_groups[0].lock_weight);
}

TEST(MeshArrays, ContradictionsAreErrors) {
  const Mesh mesh = decorated();
  Store store;
  mesh.visit_arrays(store);

  for (const auto& [damaged, unused] : store.arrays) {
    Mesh read;
    bool is_read = true;
    for (const auto& [name, bytes] : store.arrays) {
      std::string content = bytes;
      if (name == damaged && content.size() >= 4) {
        content = name.starts_with("attribute") || name.starts_with("uv_map") ||
                          name.starts_with("weight") || name == "positions" ||
                          name == "vertex_groups"
                      ? content.substr(0, content.size() - 4)
                      : content.replace(content.size() - 4, 4, "\xff\xff\xff\x7f");
      }
      is_read &= read.set_array(name, content);
    }
    is_read = is_read && bool(read.finish_reading());
    EXPECT_FALSE(is_read) << damaged;
  }
}

TEST(MeshSchema, OptionalValuesReadAsDefaultsAndAppearWhenWritten) {
  Mesh mesh = square();

  EXPECT_EQ(get(element(mesh, "edges", 2), "crease").as_float(), 0.0);
  EXPECT_FALSE(mesh.attributes.find(".crease_edge"));
  set(edit_element(mesh, "edges", 2), "crease", 2.0);

  EXPECT_EQ(get(element(mesh, "edges", 2), "crease").as_float(), 1.0) << "kept between 0 and 1";
  EXPECT_TRUE(get(reference_to(mesh), "has_crease_edge").as_bool());
}

TEST(MeshSchema, ListsAttributesByDomainAndTypeWithoutUvMaps) {
  Mesh mesh = decorated();
  mesh.attributes.ensure<std::uint8_t>("flag", Domain::Point, 5);
  mesh.attributes.ensure<float>("height", Domain::Point, 5);
  mesh.attributes.ensure<std::uint8_t>(".sharp", Domain::Edge, 6);
  const CollectionAccess& list = *Mesh::schema().property("attributes")->collection;

  std::vector<std::string> names;
  for (std::int64_t i = 0; i < list.size(reference_to(mesh)); ++i) {
    names.push_back(list.at(reference_to(mesh), i).ref.as<Attribute>().name);
  }

  EXPECT_EQ(names, (std::vector<std::string>{"height", "flag", "small", "names"}));
}

TEST(MeshSchema, PointersToLayersLeadToTheirItems) {
  Document document;
  Mesh& mesh = document.add<Mesh>("Mesh");
  mesh.resize(3, 0, 0, 0);
  mesh.set_topology({}, {0, 3}, {0, 1, 2});
  mesh.add_uv_map("First", Array<float2>(3));
  mesh.add_uv_map("Second", Array<float2>(3));
  const Schema& layers = Mesh::schema().property("uv_layers")->collection_schema();
  const Property& active = *layers.property("active");
  ConstRef owner = reference_to(mesh);
  owner.schema = &layers;

  EXPECT_EQ(nested(owner, active).as<Attribute>().name, "First");
  const Handle second{mesh.id,
                      {{Mesh::schema().property("uv_layers"), mesh.attributes.items().id(1), -1}}};
  ASSERT_TRUE(write({&layers, &mesh, -1, &mesh, &document, nullptr}, active, second));

  EXPECT_EQ(nested(owner, active).as<Attribute>().name, "Second");
}

TEST(MeshSchema, ColumnsAreContiguous) {
  const Mesh mesh = cube();
  const Property& co = *Mesh::schema().property("vertices")->target_schema()->property("co");
  const Property& total =
      *Mesh::schema().property("polygons")->target_schema()->property("loop_total");

  EXPECT_TRUE(co.is_column);
  EXPECT_EQ(co.address(&mesh, 0), mesh.positions().data());
  EXPECT_EQ(co.address(&mesh, 8), nullptr);
  EXPECT_EQ(static_cast<const int*>(total.address(&mesh, 0)) + 5, total.address(&mesh, 5));
}

TEST(MeshSchema, VertexGroupElementsShowTheEntriesOfAVertex) {
  Mesh mesh = square();
  mesh.weights.set(5, 1, 4, 0.5f);
  mesh.weights.set(5, 3, 2, 0.25f);
  const ConstRef vertex = element(mesh, "vertices", 3);
  const CollectionAccess& groups = *vertex.schema->property("groups")->collection;

  ASSERT_EQ(groups.size(vertex), 1);
  EXPECT_EQ(get(groups.at(vertex, 0).ref, "group").as_int(), 2);
  EXPECT_EQ(get(groups.at(vertex, 0).ref, "weight").as_float(), 0.25);
  EXPECT_EQ(groups.size(element(mesh, "vertices", 0)), 0);
}

TEST(VertexWeights, AssignAddsAndSubtracts) {
  VertexWeights weights;

  weights.assign(4, std::array{0, 1, 2}, 0, 0.5f, VertexWeights::Mode::Replace);
  weights.assign(4, std::array{1, 2, 3}, 0, 0.25f, VertexWeights::Mode::Add);
  weights.assign(4, std::array{2}, 0, 0.1f, VertexWeights::Mode::Subtract);
  weights.remove(0, 0);

  EXPECT_FALSE(weights.find(0, 0));
  EXPECT_EQ(weights.find(1, 0), 0.75f);
  EXPECT_FLOAT_EQ(*weights.find(2, 0), 0.65f);
  EXPECT_EQ(weights.find(3, 0), 0.25f);
}

}  // namespace
}  // namespace kiln
