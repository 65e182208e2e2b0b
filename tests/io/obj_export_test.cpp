#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/tasks.h"
#include "io/obj/export.h"
#include "io/obj/material_library.h"
#include "io/obj/reader.h"
#include "io/text_writer.h"

namespace kiln::io::obj {
namespace {

using testing::HasSubstr;
using testing::Not;

class ObjExport : public testing::Test {
protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / fmt::format("kiln_obj_export_{}", ::getpid());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string written(const std::vector<ExportObject>& objects,
                      const ExportSettings& settings = {}) {
    Progress progress;
    const Result<void> result =
        export_obj(document_, objects, folder_ / "out.obj", settings, progress);
    EXPECT_TRUE(result) << result.error().message;
    return content("out.obj");
  }
  std::string content(const char* name) const {
    std::ifstream stream(folder_ / name);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  Scene read_back() const {
    Progress progress;
    return *read_obj(folder_ / "out.obj", progress);
  }

  Path folder_;
  Document document_;
};

int count_lines(const std::string& text, const std::string& keyword) {
  std::istringstream stream(text);
  int count = 0;
  for (std::string line; std::getline(stream, line);) {
    count += line.starts_with(keyword + " ") ? 1 : 0;
  }
  return count;
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

Mesh square_with_loose_edge() {
  Mesh mesh;
  mesh.resize(5, 0, 0, 0);
  const std::array<float3, 5> points{float3{0, 0, 0}, float3{1, 0, 0}, float3{1, 1, 0},
                                     float3{0, 1, 0}, float3{0, 0, 1}};
  std::copy(points.begin(), points.end(), mesh.edit_positions().begin());
  mesh.set_topology({{0, 4}}, {0, 4}, {0, 1, 2, 3});
  return mesh;
}

void make_smooth(Mesh& mesh) {
  mesh.attributes.set(".smooth", Domain::Face, Array<std::uint8_t>(mesh.face_count(), 1));
}

TEST(TextWriter, RoundsToTheDigitsThatAreAskedFor) {
  const auto fixed = [](float value, int digits) {
    return TextWriter().fixed(value, digits).text();
  };

  EXPECT_EQ(fixed(1.0f, 6), "1.000000");
  EXPECT_EQ(fixed(-0.5f, 4), "-0.5000");
  EXPECT_EQ(fixed(0.00006f, 4), "0.0001");
  EXPECT_EQ(fixed(-0.0f, 4), "0.0000");
  EXPECT_EQ(fixed(-0.00001f, 4), "0.0000");
  EXPECT_EQ(fixed(123456.789f, 2), "123456.79");
  EXPECT_EQ(fixed(NAN, 1), "0.0");
  EXPECT_EQ(fixed(1e20f, 2), "100000002004087734272.00");
}

TEST_F(ObjExport, WritesWhatTheFormatWants) {
  const Mesh mesh = cube();

  const std::string text = written(
      {{.name = "My Cube", .data_name = "Cube", .mesh = &mesh, .matrix = {}, .materials = {}}});

  EXPECT_THAT(text, HasSubstr("o My_Cube\n"));
  EXPECT_EQ(count_lines(text, "v"), 8);
  EXPECT_EQ(count_lines(text, "vn"), 6);
  EXPECT_EQ(count_lines(text, "f"), 6);
  EXPECT_EQ(count_lines(text, "s"), 1);
  EXPECT_THAT(text, HasSubstr("mtllib out.mtl"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out.mtl"));
}

TEST_F(ObjExport, TurnsAxesSoThatYPointsUp) {
  const Mesh mesh = square_with_loose_edge();

  EXPECT_THAT(written({{.name = "A", .mesh = &mesh}}),
              HasSubstr("v 0.000000 0.000000 -1.000000\n"));
  EXPECT_THAT(written({{.name = "A", .mesh = &mesh}}, {.forward = Axis::Y, .up = Axis::Z}),
              HasSubstr("v 0.000000 1.000000 0.000000\n"));
}

TEST_F(ObjExport, PutsObjectsWhereTheyAre) {
  const Mesh mesh = cube();
  const ExportSettings settings{.forward = Axis::Y, .up = Axis::Z, .global_scale = 2.0f};

  written({{.name = "A", .mesh = &mesh, .matrix = translation_matrix({10, 0, 0})},
           {.name = "B", .mesh = &mesh}},
          settings);
  const Scene scene = read_back();

  EXPECT_EQ(scene.positions[0], (float3{18, -2, -2}));
  EXPECT_EQ(scene.positions[8], (float3{-2, -2, -2}));
  EXPECT_EQ(scene.corner_positions[24], 8);
  EXPECT_TRUE(scene.warnings.empty());
}

TEST_F(ObjExport, LooseEdgesBecomeLines) {
  const Mesh mesh = square_with_loose_edge();

  EXPECT_THAT(written({{.name = "A", .mesh = &mesh}}), HasSubstr("l 1 5\n"));
}

TEST_F(ObjExport, TheSameMeshComesBack) {
  Mesh mesh = cube();
  std::vector<float2> uvs;
  for (std::size_t c = 0; c < mesh.corner_count(); ++c) {
    uvs.push_back({float(c % 5) * 0.2f, float(c % 3) * 0.3f});
  }
  mesh.add_uv_map("UVMap", Array<float2>(std::span<const float2>(uvs)));
  make_smooth(mesh);

  written({{.name = "A", .mesh = &mesh}}, {.forward = Axis::Y, .up = Axis::Z});
  const Scene scene = read_back();

  EXPECT_EQ(scene.corner_positions, mesh.corner_vertices());
  EXPECT_EQ(scene.face_offsets, mesh.face_offsets());
  const Array<float3> normals = mesh.corner_normals();
  for (std::size_t c = 0; c < mesh.corner_count(); ++c) {
    EXPECT_NEAR(scene.uvs[std::size_t(scene.corner_uvs[c])].x, uvs[c].x, 1e-5f);
    EXPECT_NEAR(scene.uvs[std::size_t(scene.corner_uvs[c])].y, uvs[c].y, 1e-5f);
    EXPECT_LT(distance(scene.normals[std::size_t(scene.corner_normals[c])], normals[c]), 2e-4f);
  }
  EXPECT_EQ(scene.face_runs[0].smooth_group, 1);
}

TEST_F(ObjExport, MirroredObjectsKeepTheirOutside) {
  const Mesh mesh = cube();

  written({{.name = "A", .mesh = &mesh, .matrix = scale_matrix({-1, 1, 1})}},
          {.forward = Axis::Y, .up = Axis::Z});
  const Scene scene = read_back();

  for (int f = 0; f < scene.face_count(); ++f) {
    const auto corner = [&](int k) {
      return scene.positions[std::size_t(scene.corner_positions[std::size_t(4 * f + k)])];
    };
    const float3 winding = cross(corner(1) - corner(0), corner(2) - corner(0));
    const float3 normal = scene.normals[std::size_t(scene.corner_normals[std::size_t(4 * f)])];
    EXPECT_GT(dot(winding, normal), 0.0f);
    EXPECT_GT(dot(normal, corner(0) + corner(2)), 0.0f);
  }
}

TEST_F(ObjExport, TrianglesAreMadeWhenAskedFor) {
  const Mesh mesh = cube();

  EXPECT_EQ(
      count_lines(written({{.name = "A", .mesh = &mesh}}, {.export_triangulated_mesh = true}), "f"),
      12);
}

TEST_F(ObjExport, PartsCanBeLeftOut) {
  const Mesh mesh = cube();

  const std::string text =
      written({{.name = "A", .mesh = &mesh}},
              {.export_uv = false, .export_normals = false, .export_materials = false});

  EXPECT_EQ(count_lines(text, "vn"), 0);
  EXPECT_THAT(text, Not(HasSubstr("/")));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out.mtl"));
}

TEST_F(ObjExport, FacesOfOneMaterialStandTogether) {
  Mesh mesh = cube();
  mesh.attributes.set("material_index", Domain::Face, Array<int>{1, 0, 1, 0, 2, 0});
  const BlockId red = document_.add<kiln::Material>("Red paint").id,
                blue = document_.add<kiln::Material>("Blue").id;
  document_.edit<kiln::Material>(red).diffuse_color = {0.8f, 0.1f, 0.1f, 0.5f};

  const std::string text =
      written({{.name = "A", .mesh = &mesh, .materials = {{red}, {blue}, {}}}});

  EXPECT_EQ(count_lines(text, "usemtl"), 3);
  EXPECT_LT(text.find("usemtl Red_paint"), text.find("usemtl Blue"));
  const std::string library = content("out.mtl");
  EXPECT_LT(library.find("newmtl Blue"), library.find("newmtl Red_paint"));
  EXPECT_THAT(library, HasSubstr("Kd 0.800000 0.100000 0.100000"));
  EXPECT_THAT(library, HasSubstr("d 0.500000"));
  EXPECT_THAT(library, HasSubstr("illum 9"));
}

TEST_F(ObjExport, MaterialsAreReadFromTheLibraryThatIsWritten) {
  Material material;
  material.name = "M";
  material.color = {0.1f, 0.2f, 0.3f};
  material.specular_exponent = 250.0f;
  material.alpha = 0.5f;
  material.illumination = 9;
  material.refraction = 1.45f;
  material.maps.push_back({.use = MapUse::Color, .path = "/x/wood.png", .scale = {2, 3, 1}});
  std::vector<std::string> warnings;

  const std::vector<Material> back =
      parse_materials(material_library({&material, 1}, "/x", {}), "a.mtl", warnings);

  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0].specular_exponent, 250.0f);
  EXPECT_EQ(back[0].alpha, 0.5f);
  EXPECT_EQ(back[0].map(MapUse::Color)->path, "wood.png");
  EXPECT_EQ(back[0].map(MapUse::Color)->scale, (float3{2, 3, 1}));
  EXPECT_TRUE(warnings.empty());
}

TEST_F(ObjExport, SmoothGroupsEndAtSharpEdges) {
  Mesh mesh = cube();
  make_smooth(mesh);
  // All edges of the first face are sharp.
  Array<std::uint8_t> sharp(mesh.edge_count());
  for (int c = 0; c < 4; ++c) {
    sharp.edit()[std::size_t(mesh.corner_edges()[std::size_t(c)])] = 1;
  }
  mesh.attributes.set(".sharp", Domain::Edge, sharp);

  const std::string groups =
      written({{.name = "A", .mesh = &mesh}}, {.export_smooth_groups = true});
  const std::string bits = written({{.name = "A", .mesh = &mesh}},
                                   {.export_smooth_groups = true, .smooth_group_bitflags = true});

  EXPECT_THAT(groups, HasSubstr("s 1\n"));
  EXPECT_THAT(groups, HasSubstr("s 2\n"));
  EXPECT_EQ(count_lines(groups, "s"), 2);
  EXPECT_THAT(bits, HasSubstr("s 2\n"));
}

TEST_F(ObjExport, GroupsOfVerticesObjectsAndMaterials) {
  Mesh mesh = cube();
  mesh.vertex_groups.add(VertexGroup{"Left side"});
  mesh.weights.assign(8, std::vector<int>{0, 2, 4, 6}, 0, 1.0f, VertexWeights::Mode::Replace);
  const BlockId red = document_.add<kiln::Material>("Red").id;

  const std::string text = written(
      {{.name = "A", .data_name = "Data", .mesh = &mesh, .materials = {{red}}}},
      {.export_object_groups = true, .export_material_groups = true, .export_vertex_groups = true});

  EXPECT_THAT(text, HasSubstr("g A_Data\n"));
  EXPECT_THAT(text, HasSubstr("g A_Red\n"));
  EXPECT_THAT(text, HasSubstr("g Left_side\n"));
  EXPECT_THAT(text, HasSubstr("g off\n"));
}

TEST_F(ObjExport, ColorsBecomeDisplayValues) {
  Mesh mesh = square_with_loose_edge();
  mesh.attributes.set("C", Domain::Point,
                      Array<FloatColor>(5, FloatColor{0.214f, 0.0f, 1.0f, 1.0f}));
  mesh.active_color = "C";

  EXPECT_THAT(written({{.name = "A", .mesh = &mesh}}, {.export_colors = true}),
              HasSubstr(" 0.5000 0.0000 1.0000\n"));
}

TEST_F(ObjExport, TheSameBytesOnAnyNumberOfThreads) {
  Mesh mesh;
  mesh.resize(90000, 0, 0, 0);
  std::vector<int> corners, offsets{0};
  for (int i = 0; i + 301 < 90000; ++i) {
    mesh.edit_positions()[std::size_t(i)] = {float(i % 300), float(i / 300), float(i % 7)};
    if (i % 300 != 299) {
      corners.insert(corners.end(), {i, i + 1, i + 301, i + 300});
      offsets.push_back(int(corners.size()));
    }
  }
  mesh.set_topology({}, std::move(offsets), std::move(corners));
  const std::string many = written({{.name = "A", .mesh = &mesh}});
  const ThreadLimit limit(1);

  EXPECT_EQ(written({{.name = "A", .mesh = &mesh}}), many);
}

TEST_F(ObjExport, AFolderThatIsMissingIsAnError) {
  Progress progress;

  EXPECT_THAT(export_obj(document_, {}, folder_ / "none" / "a.obj", {}, progress).error().message,
              HasSubstr("none/a.obj"));
}

TEST_F(ObjExport, ACancelledExportLeavesNoFile) {
  const Mesh mesh = cube();
  const ExportObject object{.name = "A", .mesh = &mesh};
  Progress progress;
  progress.cancel();

  EXPECT_FALSE(export_obj(document_, {&object, 1}, folder_ / "a.obj", {}, progress));
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

}  // namespace
}  // namespace kiln::io::obj
