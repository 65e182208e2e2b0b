#include "document/file/recovery.h"

#include <chrono>
#include <csignal>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include "document/object.h"
#include "support.h"

namespace kiln {
namespace {

class RecoveryTest : public DocumentFileTest {
protected:
  void SetUp() override {
    DocumentFileTest::SetUp();
    document = make_startup_document(registry);
  }
  RecoveryKeeper::Options options(double interval = 1e9) {
    RecoveryKeeper::Options o;
    o.folder = folder / "recovery";
    o.interval_seconds = interval;
    o.registry = &registry;
    o.head = &document;
    return o;
  }
  void move_cube(float x) {
    document.edit<Object>(document.named(BlockType::Object, "Cube")).location.x = x;
  }
  // A program that crashes with this document at work; its recovery file is what is left.
  template <typename Function>
  std::vector<Recoverable> left_by(Function&& session) {
    const pid_t child = ::fork();
    if (child == 0) {
      session();
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    return find_recoverable(folder / "recovery");
  }

  Document document;
};

TEST_F(RecoveryTest, ADirtyDocumentIsWrittenAfterTheInterval) {
  RecoveryKeeper keeper(options(0.05));
  move_cube(5.0f);
  keeper.publish(document, {}, true);
  for (int i = 0; i < 500 && !std::filesystem::exists(keeper.file()); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }

  EXPECT_EQ(read(keeper.file()).named<Object>("Cube")->location.x, 5.0f);
}

TEST_F(RecoveryTest, LaterStatesAreWrittenAsDifferences) {
  RecoveryKeeper keeper(options());
  keeper.publish(document, folder / "scene.kiln", true);
  ASSERT_TRUE(keeper.write_now());
  move_cube(6.0f);
  keeper.publish(document, folder / "scene.kiln", true);
  ASSERT_TRUE(keeper.write_now());

  EXPECT_EQ(read(keeper.file()).named<Object>("Cube")->location.x, 6.0f);
}

TEST_F(RecoveryTest, ASavedDocumentNeedsNoFile) {
  RecoveryKeeper keeper(options());
  keeper.publish(document, {}, true);
  ASSERT_TRUE(keeper.write_now());
  ASSERT_TRUE(std::filesystem::exists(keeper.file()));
  keeper.publish(document, {}, false);
  ASSERT_TRUE(keeper.write_now());

  EXPECT_FALSE(std::filesystem::exists(keeper.file()));
}

TEST_F(RecoveryTest, AnEndInOrderLeavesNothing) {
  const auto left = left_by([&] {
    RecoveryKeeper keeper(options());
    keeper.publish(document, {}, true);
    static_cast<void>(keeper.write_now());
    keeper.close();
  });

  EXPECT_TRUE(left.empty());
  EXPECT_TRUE(std::filesystem::is_empty(folder / "recovery"));
}

TEST_F(RecoveryTest, WhatACrashLeavesNamesTheFileItCameFrom) {
  const Path original = folder / "scene.kiln";
  move_cube(7.0f);
  const auto left = left_by([&] {
    auto* keeper = new RecoveryKeeper(options());
    keeper->publish(document, original, true);
    keeper->rescue(RecoveryKeeper::Rescue::Published, 10000);
  });

  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].original_path, original);
  EXPECT_EQ(read(left[0].file).named<Object>("Cube")->location.x, 7.0f);
}

TEST_F(RecoveryTest, TheStateAtTheCrashGoesBeforeThePublishedOne) {
  const auto left = left_by([&] {
    auto* keeper = new RecoveryKeeper(options());
    keeper->publish(document, {}, true);
    move_cube(8.0f);
    keeper->rescue(RecoveryKeeper::Rescue::PublishedAndHead, 10000);
  });

  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(read(left[0].file).named<Object>("Cube")->location.x, 8.0f);
}

TEST_F(RecoveryTest, ASessionThatRunsIsNotOffered) {
  RecoveryKeeper keeper(options());
  keeper.publish(document, {}, true);
  ASSERT_TRUE(keeper.write_now());

  EXPECT_TRUE(find_recoverable(folder / "recovery").empty());
}

TEST_F(RecoveryTest, ARecoveredDocumentIsDirtyAndKeepsItsPath) {
  const Path original = folder / "scene.kiln";
  Project project(registry, services);
  project.recover(document, original);

  EXPECT_TRUE(project.is_dirty());
  EXPECT_EQ(project.path, original);
  ASSERT_TRUE(project.save(original, false, progress));
  EXPECT_EQ(read(original).block_count(), document.block_count());
}

}  // namespace
}  // namespace kiln
