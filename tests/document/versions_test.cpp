#include "document/file/versions.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/preferences.h"
#include "support.h"

namespace kiln {
namespace {

class VersionsTest : public DocumentFileTest {
protected:
  void SetUp() override {
    DocumentFileTest::SetUp();
    services.set<Preferences>(&preferences);
    project.replace(make_startup_document(registry));
    file = folder / "a.kiln";
  }
  // Saves with the cube at a place.
  Result<SaveReport> save(float x) {
    project.document.edit<Object>(project.document.named(BlockType::Object, "Cube")).location.x = x;
    return project.save(file, false, progress);
  }
  float place_in(const Path& path) { return read(path).named<Object>("Cube")->location.x; }

  Preferences preferences;
  Project project{registry, services};
  Path file;
};

TEST_F(VersionsTest, WhatTheFileWasBeforeIsKeptBeside) {
  preferences.filepaths.save_version = 2;
  for (const float x : {1.0f, 2.0f, 3.0f, 4.0f, 5.0f}) {
    ASSERT_TRUE(save(x));
  }

  EXPECT_EQ(place_in(file), 5.0f);
  EXPECT_EQ(place_in(version_path(file, 1)), 4.0f);
  EXPECT_EQ(place_in(version_path(file, 2)), 3.0f);
  EXPECT_FALSE(std::filesystem::exists(version_path(file, 3)));
}

TEST_F(VersionsTest, NoneAreKeptWhereNoneAreWanted) {
  preferences.filepaths.save_version = 0;
  ASSERT_TRUE(save(1.0f));
  ASSERT_TRUE(save(2.0f));

  EXPECT_FALSE(std::filesystem::exists(version_path(file, 1)));
}

TEST_F(VersionsTest, AFullSaveKeepsTheOldFileToo) {
  ASSERT_TRUE(save(1.0f));
  project.is_saved = false;
  ASSERT_TRUE(save(2.0f));

  EXPECT_EQ(place_in(file), 2.0f);
  EXPECT_EQ(place_in(version_path(file, 1)), 1.0f);
}

TEST_F(VersionsTest, OnceAVersionIsKnownASaveWritesDifferencesOnly) {
  for (const float x : {1.0f, 2.0f, 3.0f}) {
    ASSERT_TRUE(save(x));
  }

  const Result<SaveReport> report = save(4.0f);

  ASSERT_TRUE(report);
  EXPECT_LE(report->blocks_written, 2u);
  EXPECT_EQ(place_in(file), 4.0f);
  EXPECT_EQ(place_in(version_path(file, 1)), 3.0f);
}

TEST_F(VersionsTest, AVersionThatAnotherProgramReplacedIsNotBuiltUpon) {
  for (const float x : {1.0f, 2.0f, 3.0f}) {
    ASSERT_TRUE(save(x));
  }
  write(make_empty_document(), version_path(file, 1));

  ASSERT_TRUE(save(4.0f));

  EXPECT_EQ(place_in(file), 4.0f);
  EXPECT_EQ(place_in(version_path(file, 1)), 3.0f);
}

TEST_F(VersionsTest, ALargeFileGetsItsVersionInTheEnd) {
  auto& mesh = project.document.add<Mesh>("Big");
  std::vector<float3> points(4000000);
  std::uint32_t random = 1;
  for (float3& p : points) {
    for (int i = 0; i < 3; ++i) {
      random = random * 1664525u + 1013904223u;
      p[i] = float(random);
    }
  }
  mesh.set_positions(Array<float3>(std::move(points)));
  ASSERT_TRUE(save(1.0f));
  ASSERT_GT(std::filesystem::file_size(file), std::uintmax_t(32) << 20);
  ASSERT_TRUE(save(2.0f));

  static_cast<void>(project.wait_for_saving());

  EXPECT_EQ(place_in(version_path(file, 1)), 1.0f);
  EXPECT_EQ(place_in(file), 2.0f);
}

}  // namespace
}  // namespace kiln
