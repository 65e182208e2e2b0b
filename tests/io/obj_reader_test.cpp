#include <cstdlib>
#include <fstream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/tasks.h"
#include "io/obj/chunk.h"
#include "io/obj/material_library.h"
#include "io/obj/reader.h"

namespace kiln::io::obj {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Scene read(std::string_view text) {
  Progress progress;
  Result<Scene> scene = parse_obj(text, "/nowhere/test.obj", progress);
  EXPECT_TRUE(scene) << scene.error().message;
  return *scene;
}

constexpr std::string_view square =
    "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nvn 0 0 1\nf 1/1/1 2/2/1 "
    "3/3/1 4/4/1\n";

TEST(Obj, ReadsCornersWithUvsAndNormals) {
  const Scene scene = read(square);

  EXPECT_THAT(scene.face_offsets.span(), ElementsAre(0, 4));
  EXPECT_THAT(scene.corner_positions.span(), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(scene.corner_uvs.span(), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(scene.corner_normals.span(), ElementsAre(0, 0, 0, 0));
  EXPECT_EQ(scene.positions[2], (float3{1, 1, 0}));
  EXPECT_EQ(scene.uvs[3], (float2{0, 1}));
  EXPECT_THAT(scene.warnings, IsEmpty());
}

TEST(Obj, EveryFormOfACornerIsUnderstood) {
  const Scene scene = read(
      "v 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nvn 0 0 1\nf 1 2 3\nf 1/1 2/1 3\nf 1//1 2//1 3//1\nf 1/1/ "
      "2/ 3//\n");

  EXPECT_EQ(scene.face_count(), 4);
  EXPECT_THAT(scene.corner_uvs.span(), ElementsAre(-1, -1, -1, 0, 0, -1, -1, -1, -1, 0, -1, -1));
  EXPECT_THAT(scene.corner_normals.span(),
              ElementsAre(-1, -1, -1, -1, -1, -1, 0, 0, 0, -1, -1, -1));
}

TEST(Obj, NegativeIndicesCountBackFromWhereTheyStand) {
  const Scene scene = read("v 0 0 0\nv 1 0 0\nv 1 1 0\nf -3 -2 -1\nv 5 5 5\nf -1 -2 1\n");

  EXPECT_THAT(scene.corner_positions.span(), ElementsAre(0, 1, 2, 3, 2, 0));
}

TEST(Obj, NegativeIndicesReachIntoEarlierChunks) {
  std::string text = "v 1 2 3\n";
  for (int i = 0; i < 300000; ++i) {
    text += "v 0 0 0\n";
  }
  text += "f -1 -2 -300001\n";
  ASSERT_GT(cut_into_chunks(text, 1 << 20).size(), 1u);

  EXPECT_THAT(read(text).corner_positions.span(), ElementsAre(300000, 299999, 0));
}

TEST(Obj, LinesGoOnAfterABackslash) {
  const Scene scene = read("v 0 \\\n0 0\nv 1 0 \\\r\n0\nv 1 1 0\nf 1 \\\n2 \\\n3\nf 3 2 1\n");

  EXPECT_THAT(scene.corner_positions.span(), ElementsAre(0, 1, 2, 2, 1, 0));
  EXPECT_THAT(scene.warnings, IsEmpty());
}

TEST(Obj, CutsNeverSplitALogicalLine) {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += i % 3 ? "v 1 2 3\n" : "v 1 \\\n2 \\\r\n3\n";
  }
  for (std::size_t size = 1; size < 60; ++size) {
    std::size_t positions = 0, bytes = 0;
    for (const std::string_view piece : cut_into_chunks(text, size)) {
      Chunk chunk;
      chunk.text = piece;
      parse_chunk(chunk);
      positions += chunk.positions.size();
      bytes += piece.size();
      EXPECT_TRUE(chunk.problems.empty()) << size;
    }
    EXPECT_EQ(positions, 500u) << size;
    EXPECT_EQ(bytes, text.size());
  }
}

TEST(Obj, FacesMayHaveManyCorners) {
  std::string text, face = "f";
  for (int i = 1; i <= 1000; ++i) {
    text += fmt::format("v {} 0 0\n", i);
    face += fmt::format(" {}", i);
  }

  EXPECT_THAT(read(text + face).face_offsets.span(), ElementsAre(0, 1000));
}

TEST(Obj, VerticesMayHaveColorsAndWeights) {
  const Scene scene =
      read("v 0 0 0\nv 1 0 0 0.25 0.5 0.75\nv 2 0 0 1\nv 3 0 0 1 0.1 0.2 0.3\nv 4 0 0\n");

  EXPECT_EQ(scene.positions[3], (float3{3, 0, 0}));
  EXPECT_THAT(scene.colors.span(), ElementsAre(no_color, float3{0.25f, 0.5f, 0.75f}, no_color,
                                               float3{0.1f, 0.2f, 0.3f}, no_color));
  EXPECT_TRUE(read(square).colors.empty());
}

TEST(Obj, RunsTellObjectGroupMaterialAndSmoothing) {
  const Scene scene = read(
      "v 0 0 0\nv 1 0 0\nv 1 1 0\n"
      "f 1 2 3\n"
      "o First\ng Side\nusemtl Red\ns 1\nf 1 2 3\nf 1 2 3\nusemtl Blue\ns off\nf 1 2 3\n"
      "o Empty\no Second\nusemtl Red\nf 1 2 3\n");

  ASSERT_EQ(scene.objects.size(), 3u);
  EXPECT_EQ(scene.objects[0].name, "");
  EXPECT_EQ(scene.objects[1].name, "First");
  EXPECT_EQ(scene.objects[2].name, "Second");
  EXPECT_THAT(scene.groups, ElementsAre("Side"));
  ASSERT_EQ(scene.materials.size(), 2u);
  EXPECT_EQ(scene.materials[1].name, "Blue");
  EXPECT_THAT(scene.face_runs, ElementsAre(FaceRun{0, 1, 0, -1, -1, 0}, FaceRun{1, 2, 1, 0, 0, 1},
                                           FaceRun{3, 1, 1, 0, 1, 0}, FaceRun{4, 1, 2, -1, 0, 0}));
}

TEST(Obj, PolylinesBelongToTheirObject) {
  const Scene scene = read("v 0 0 0\nv 1 0 0\nv 2 0 0\no Wire\nl 1 2 3\nl 1/1 2\nvt 0 0\n");

  EXPECT_THAT(scene.line_offsets.span(), ElementsAre(0, 3, 5));
  EXPECT_THAT(scene.line_positions.span(), ElementsAre(0, 1, 2, 0, 1));
  EXPECT_THAT(scene.line_runs, ElementsAre(LineRun{0, 2, 0}));
}

TEST(Obj, WrongFacesAreLeftOutAndReported) {
  const Scene scene = read(
      "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 9\nf 1 2 3\nf 0 1 2\nf 1 2\nusemtl A\nf 3 2 1\nf -9 1 2\nf "
      "1 x 2\nf 1/5 2 3\n");

  EXPECT_THAT(scene.corner_positions.span(), ElementsAre(0, 1, 2, 2, 1, 0));
  EXPECT_THAT(scene.face_runs,
              ElementsAre(FaceRun{0, 1, 0, -1, -1, 0}, FaceRun{1, 1, 0, -1, 0, 0}));
  EXPECT_THAT(
      scene.warnings,
      testing::Contains(HasSubstr("line 4 and 2 more: a face has an index that names nothing")));
  EXPECT_THAT(scene.warnings,
              testing::Contains(HasSubstr("line 7: a face has fewer than three corners")));
}

TEST(Obj, CurvesAndUnknownLinesAreReportedOnce) {
  const Scene scene =
      read("cstype bezier\ndeg 3\ncurv 0 1 1 2 3 4\nend\nnonsense 1 2 3\nv nan inf 1\n");

  EXPECT_THAT(scene.warnings,
              testing::UnorderedElementsAre(HasSubstr("curves and surfaces are not read"),
                                            HasSubstr("line 5: a line is not understood"),
                                            HasSubstr("line 6: a number is not finite")));
  EXPECT_EQ(scene.positions[0], (float3{0, 0, 1}));
}

TEST(Obj, ReadsEveryLineEnding) {
  EXPECT_EQ(
      read("\xef\xbb\xbfv 0 0 0\r\nv 1 0 0\r\nv 1 1 0\r\n\r\n# comment\r\nf 1 2 3").face_count(),
      1);
  EXPECT_EQ(read("").face_count(), 0);
  EXPECT_EQ(read("\n\n\n").face_count(), 0);
  EXPECT_EQ(read("\tv 0 0 0\n v 1 0 0\nv\t1\t1\t0\nf\t1\t2\t3\t\n").face_count(), 1);
}

TEST(Obj, TheSameOnAnyNumberOfThreads) {
  std::string text;
  for (int i = 0; i < 60000; ++i) {
    text += fmt::format("v {} {} 0\nvt {} 0\n", i, i * 2, i);
    if (i % 1000 == 0) {
      text += fmt::format("o Object{}\nusemtl M{}\n", i, i % 7);
    }
    if (i >= 3) {
      text += fmt::format("f {}/{} {}/{} -3/-3\n", i, i, i - 1, i - 1);
    }
  }
  const Scene many = read(text);
  const ThreadLimit limit(1);
  const Scene one = read(text);

  EXPECT_EQ(many.corner_positions, one.corner_positions);
  EXPECT_EQ(many.face_runs, one.face_runs);
  EXPECT_EQ(many.positions, one.positions);
}

TEST(Obj, StopsWhenItIsCancelled) {
  Progress progress;
  progress.cancel();

  EXPECT_EQ(parse_obj(square, "x.obj", progress).error().kind, Error::Kind::Cancelled);
}

TEST(Obj, AMissingFileIsAnErrorAndAMissingLibraryAWarning) {
  Progress progress;

  EXPECT_THAT(read_obj("/nowhere/none.obj", progress).error().message, HasSubstr("none.obj"));
  EXPECT_THAT(read("mtllib none.mtl\n").warnings, ElementsAre(HasSubstr("none.mtl")));
}

TEST(Obj, MaterialsComeFromTheLibraryBesideTheFile) {
  const Path folder =
      std::filesystem::temp_directory_path() / fmt::format("kiln obj {}", ::getpid());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "with blank.mtl") << "newmtl Red\nKd 1 0 0\n";
  std::ofstream(folder / "second.mtl") << "newmtl Blue\nKd 0 0 1\n";
  std::ofstream(folder / "a.obj")
      << "usemtl Red\nmtllib with blank.mtl\nmtllib second.mtl missing.mtl\nusemtl Green\n";
  Progress progress;

  const Result<Scene> scene = read_obj(folder / "a.obj", progress);
  std::filesystem::remove_all(folder);

  ASSERT_TRUE(scene);
  ASSERT_EQ(scene->materials.size(), 3u);
  EXPECT_EQ(scene->materials[0].color, (float3{1, 0, 0}));
  EXPECT_EQ(scene->materials[1].name, "Blue");
  EXPECT_EQ(scene->materials[2].color, Material().color);
  EXPECT_THAT(scene->warnings, ElementsAre(HasSubstr("missing.mtl")));
}

TEST(Mtl, ReadsEveryValue) {
  std::vector<std::string> warnings;
  const std::vector<Material> materials = parse_materials(
      "# comment\nnewmtl Metal paint\nKa 1 1 1\nKd 0.5 0.25 0.125\nKs 0.5\nKe 0 2 0\nNs 250\nNi "
      "1.5\nTr 0.25\nillum 3\n"
      "Pr 0.4\nPm 0.9\nPs 0.1\nPc 0.2\nPcr 0.3\naniso 0.5\nanisor 0.6\nTf 1 0.5 0\n",
      "a.mtl", warnings);

  ASSERT_EQ(materials.size(), 1u);
  const Material& m = materials[0];
  EXPECT_EQ(m.name, "Metal paint");
  EXPECT_EQ(m.color, (float3{0.5f, 0.25f, 0.125f}));
  EXPECT_EQ(m.specular, (float3{0.5f, 0.5f, 0.5f}));
  EXPECT_EQ(m.emission, (float3{0, 2, 0}));
  EXPECT_EQ(m.specular_exponent, 250.0f);
  EXPECT_EQ(m.refraction, 1.5f);
  EXPECT_EQ(m.alpha, 0.75f);
  EXPECT_EQ(m.illumination, 3);
  EXPECT_EQ(m.roughness, 0.4f);
  EXPECT_EQ(m.metallic, 0.9f);
  EXPECT_EQ(m.anisotropy_rotation, 0.6f);
  EXPECT_THAT(warnings, IsEmpty());
}

TEST(Mtl, ReadsMapsWithTheirOptions) {
  std::vector<std::string> warnings;
  const std::vector<Material> materials = parse_materials(
      "newmtl A\nmap_Kd -s 2 3 -o 0.5 textures\\wood plank.png\nmap_Bump -bm 0.3 -clamp on b.png\n"
      "refl -type sphere -mm 0.1 0.9 r.png\nmap_Pr -imfchan g p.png\nnorm \"quoted "
      "name.png\"\ndisp -not-an-option.png\n",
      "a.mtl", warnings);

  ASSERT_EQ(materials.size(), 1u);
  const Map* color = materials[0].map(MapUse::Color);
  ASSERT_TRUE(color);
  EXPECT_EQ(color->path, "textures/wood plank.png");
  EXPECT_EQ(color->scale, (float3{2, 3, 1}));
  EXPECT_EQ(color->offset, (float3{0.5f, 0, 0}));
  EXPECT_EQ(materials[0].map(MapUse::Bump)->bump_strength, 0.3f);
  EXPECT_TRUE(materials[0].map(MapUse::Bump)->is_clamped);
  EXPECT_EQ(materials[0].map(MapUse::Reflection)->projection, "sphere");
  EXPECT_EQ(materials[0].map(MapUse::Reflection)->gain, 0.9f);
  EXPECT_EQ(materials[0].map(MapUse::Roughness)->channel, 'g');
  EXPECT_EQ(materials[0].map(MapUse::Normal)->path, "quoted name.png");
  EXPECT_EQ(materials[0].map(MapUse::Displacement)->path, "-not-an-option.png");
  EXPECT_THAT(warnings, IsEmpty());
}

TEST(Mtl, ReportsWhatItDoesNotUnderstand) {
  std::vector<std::string> warnings;
  const std::vector<Material> materials =
      parse_materials("Kd 1 1 1\nnewmtl A\nnonsense\nKd red\nmap_Kd\n", "a.mtl", warnings);

  EXPECT_EQ(materials.size(), 1u);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("line 1"), HasSubstr("line 3"), HasSubstr("line 4"),
                                    HasSubstr("line 5")));
}

// Damaged files must give a scene whose indices are valid, or an error. KILN_MUTATIONS sets how
// many are tried.
TEST(ObjMutation, NeverGivesIndicesOutOfRange) {
  const char* wanted = std::getenv("KILN_MUTATIONS");
  const int count = wanted ? std::atoi(wanted) : 2000;
  std::string valid = std::string(square) +
                      "mtllib a.mtl b.mtl\no Thing\ng one two\nusemtl Red\ns 1\nf -4/-4/-1 "
                      "-3/-3/-1 -2/-2/-1\nl 1 2 3 4\nv 1 2 3 0.5 0.5 0.5\n"
                      "cstype bezier\nv 1 \\\n 2 3\nf 1 2 3 4\n";
  std::mt19937 random(1);
  for (int i = 0; i < count; ++i) {
    std::string text = valid;
    for (int changes = 1 + int(random() % 5); changes > 0 && !text.empty(); --changes) {
      const std::size_t at = random() % text.size();
      static constexpr std::string_view characters = "0123456789-/. \n\\\tvfltnoexE#\0\xff";
      switch (random() % 4) {
        case 0:
          text[at] = characters[random() % characters.size()];
          break;
        case 1:
          text.insert(at, 1 + random() % 12, characters[random() % characters.size()]);
          break;
        case 2:
          text.erase(at, 1 + random() % 10);
          break;
        default:
          text.resize(at);
          break;
      }
    }
    const Scene scene = read(text);
    const auto check = [](const Array<int>& indices, std::size_t size, int least) {
      for (const int index : indices) {
        ASSERT_GE(index, least);
        ASSERT_LT(index, int(size));
      }
    };
    check(scene.corner_positions, scene.positions.size(), 0);
    check(scene.corner_uvs, scene.uvs.size(), -1);
    check(scene.corner_normals, scene.normals.size(), -1);
    check(scene.line_positions, scene.positions.size(), 0);
    int faces = 0;
    for (const FaceRun& run : scene.face_runs) {
      ASSERT_EQ(run.first_face, faces);
      faces += run.face_count;
      ASSERT_LT(run.object, int(scene.objects.size()));
      ASSERT_LT(run.group, int(scene.groups.size()));
      ASSERT_LT(run.material, int(scene.materials.size()));
    }
    ASSERT_EQ(faces, scene.face_count());
    ASSERT_EQ(scene.face_offsets[std::size_t(faces)], int(scene.corner_positions.size()));
    std::vector<std::string> warnings;
    parse_materials(text, "a.mtl", warnings);
  }
}

}  // namespace
}  // namespace kiln::io::obj
