#include "document/file/history.h"

#include "document/collection.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/preferences.h"
#include "document/scene.h"
#include "support.h"

namespace kiln {
namespace {

class HistoryTest : public DocumentFileTest {
protected:
  void SetUp() override {
    DocumentFileTest::SetUp();
    preferences.filepaths.save_version = 0;
    services.set<Preferences>(&preferences);
    project.replace(make_startup_document(registry));
    file = folder / "a.kiln";
  }
  BlockId cube() { return project.document.named(BlockType::Object, "Cube"); }
  void move_cube(float x) {
    project.document.edit<Object>(cube()).location.x = x;
    project.undo.push(project.document, "Move");
  }
  void save() {
    const Result<SaveReport> report = project.save(file, false, progress);
    ASSERT_TRUE(report) << report.error().message;
  }
  // As if the program had been started anew.
  void reopen() {
    project.replace(make_empty_document());
    Result<OpenedDocument> opened = open_document(file, registry, progress);
    ASSERT_TRUE(opened) << opened.error().message;
    project.open(std::move(*opened), file);
  }
  float place() { return project.document.find<Object>(cube())->location.x; }

  Preferences preferences;
  Project project{registry, services};
  Path file;
};

TEST_F(HistoryTest, StepsAreFoundAgainAfterReopening) {
  move_cube(1.0f);
  move_cube(2.0f);
  move_cube(3.0f);
  save();
  reopen();

  ASSERT_EQ(project.undo.steps().size(), 4u);
  EXPECT_EQ(project.undo.steps()[1].label, "Move");
  EXPECT_EQ(project.undo.present(), 3u);
  ASSERT_TRUE(project.undo.undo(project.document)) << project.undo.problem();
  EXPECT_EQ(place(), 2.0f);
  ASSERT_TRUE(project.undo.jump(project.document, 0)) << project.undo.problem();
  EXPECT_EQ(place(), 0.0f);
  ASSERT_TRUE(project.undo.jump(project.document, 3));
  EXPECT_EQ(place(), 3.0f);
}

TEST_F(HistoryTest, WhatWasUndoneCanBeRedone) {
  move_cube(1.0f);
  move_cube(2.0f);
  ASSERT_TRUE(project.undo.undo(project.document));
  save();
  reopen();

  EXPECT_EQ(place(), 1.0f);
  ASSERT_TRUE(project.undo.redo(project.document)) << project.undo.problem();
  EXPECT_EQ(place(), 2.0f);
}

TEST_F(HistoryTest, BlocksThatAreGoneComeBackWithTheirData) {
  const BlockId mesh_id = project.document.find<Object>(cube())->data.id;
  const Array<float3> positions = project.document.find<Mesh>(mesh_id)->positions();
  project.document.remove(cube());
  project.document.remove(mesh_id);
  project.undo.push(project.document, "Delete");
  save();
  reopen();
  ASSERT_FALSE(project.document.named<Object>("Cube"));

  ASSERT_TRUE(project.undo.undo(project.document)) << project.undo.problem();

  const Object* object = project.document.named<Object>("Cube");
  ASSERT_TRUE(object);
  ASSERT_TRUE(project.document.find<Mesh>(object->data.id));
  EXPECT_EQ(project.document.find<Mesh>(object->data.id)->positions(), positions);
  EXPECT_TRUE(active_layer(project.document, *active_scene(project.document)).is_selected(object->id));
  ASSERT_TRUE(project.undo.redo(project.document));
  EXPECT_FALSE(project.document.named<Object>("Cube"));
}

TEST_F(HistoryTest, NamesAndNewBlocksGoBack) {
  project.document.rename(cube(), "Box");
  project.undo.push(project.document, "Rename");
  project.document.add<Mesh>("New");
  project.undo.push(project.document, "Add");
  save();
  reopen();

  ASSERT_TRUE(project.undo.undo(project.document));
  EXPECT_FALSE(project.document.named<Mesh>("New"));
  ASSERT_TRUE(project.document.named<Object>("Box"));
  ASSERT_TRUE(project.undo.undo(project.document));
  EXPECT_FALSE(project.document.named<Object>("Box"));
  EXPECT_TRUE(project.document.named<Object>("Cube"));
}

TEST_F(HistoryTest, TheHistoryGoesOnOverSeveralSessions) {
  move_cube(1.0f);
  save();
  reopen();
  move_cube(2.0f);
  save();
  move_cube(3.0f);
  save();
  reopen();

  for (const float x : {2.0f, 1.0f, 0.0f}) {
    ASSERT_TRUE(project.undo.undo(project.document)) << project.undo.problem();
    EXPECT_EQ(place(), x);
  }
  EXPECT_FALSE(project.undo.can_undo());
}

TEST_F(HistoryTest, ANewBranchReplacesWhatWasUndone) {
  move_cube(1.0f);
  move_cube(2.0f);
  save();
  reopen();
  ASSERT_TRUE(project.undo.undo(project.document));
  move_cube(5.0f);
  save();
  reopen();

  EXPECT_EQ(place(), 5.0f);
  ASSERT_TRUE(project.undo.undo(project.document)) << project.undo.problem();
  EXPECT_EQ(place(), 1.0f);
  ASSERT_TRUE(project.undo.undo(project.document));
  EXPECT_EQ(place(), 0.0f);
}

TEST_F(HistoryTest, ItMovesAlongToAnotherFile) {
  move_cube(1.0f);
  move_cube(2.0f);
  save();
  reopen();
  file = folder / "b.kiln";
  save();
  std::filesystem::remove(folder / "a.kiln");
  reopen();

  ASSERT_TRUE(project.undo.jump(project.document, 1)) << project.undo.problem();
  EXPECT_EQ(place(), 1.0f);
}

TEST_F(HistoryTest, TheOldestStepsGoWhereThereIsNoRoom) {
  preferences.filepaths.undo_history_size = 1;
  auto& mesh = project.document.add<Mesh>("Big");
  mesh.set_positions(Array<float3>(std::vector<float3>(50000)));
  const BlockId id = mesh.id;
  std::uint32_t random = 1;
  for (int step = 0; step < 8; ++step) {
    std::vector<float3> points(50000);
    for (float3& p : points) {
      random = random * 1664525u + 1013904223u;
      p = {float(random), float(random * 3), float(random * 7)};
    }
    project.document.edit<Mesh>(id).set_positions(Array<float3>(std::move(points)));
    project.undo.push(project.document, "Scramble");
    save();
  }
  reopen();

  EXPECT_GE(project.undo.steps().size(), 2u);
  EXPECT_LT(project.undo.steps().size(), 6u);
  EXPECT_LT(std::filesystem::file_size(file), std::uintmax_t(4) << 20);
  ASSERT_TRUE(project.undo.jump(project.document, 0)) << project.undo.problem();
}

TEST_F(HistoryTest, AHistoryOfSizeZeroIsNone) {
  move_cube(1.0f);
  preferences.filepaths.undo_history_size = 0;
  save();
  reopen();

  EXPECT_EQ(project.undo.steps().size(), 1u);
}

TEST_F(HistoryTest, ASmallStepAddsLittleToABigFile) {
  auto& mesh = project.document.add<Mesh>("Big");
  std::vector<float3> points(1000000);
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i] = {float(i % 9973), float(i % 7919), float(i)};
  }
  mesh.set_positions(Array<float3>(std::move(points)));
  project.undo.push(project.document, "Add");
  save();
  move_cube(1.0f);

  const Result<SaveReport> report = project.save(file, false, progress);

  ASSERT_TRUE(report);
  EXPECT_LT(report->bytes_written, 100000u);
}

TEST_F(HistoryTest, EditsWithoutAStepOfTheirOwnAreOneInTheFile) {
  move_cube(1.0f);
  project.document.edit<Object>(cube()).location.x = 7.0f;
  save();
  reopen();

  EXPECT_EQ(place(), 7.0f);
  ASSERT_TRUE(project.undo.undo(project.document)) << project.undo.problem();
  EXPECT_EQ(place(), 1.0f);
}

TEST_F(HistoryTest, AHistoryThatBelongsToAnotherStateIsNotOffered) {
  move_cube(1.0f);
  save();
  {
    Result<Database> database = Database::open(file, true, false);
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->run("UPDATE meta SET value = 'x' WHERE key = 'history_revision'"));
  }
  reopen();

  EXPECT_EQ(project.undo.steps().size(), 1u);
}

TEST_F(HistoryTest, ADamagedStepIsAnErrorAndTheDocumentStays) {
  move_cube(1.0f);
  move_cube(2.0f);
  save();
  {
    Result<Database> database = Database::open(file, true, false);
    ASSERT_TRUE(database);
    ASSERT_TRUE(database->run("UPDATE history_versions SET properties = 'junk', type = 'Nothing'"));
  }
  reopen();

  EXPECT_FALSE(project.undo.undo(project.document));
  EXPECT_FALSE(project.undo.problem().empty());
  EXPECT_EQ(place(), 2.0f);
}

}  // namespace
}  // namespace kiln
