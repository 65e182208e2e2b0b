#include "editor/session/document_job.h"

#include <filesystem>
#include <thread>

#include "support.h"

namespace kiln::editor {
namespace {

class DocumentJobTest : public SessionTest {
protected:
  DocumentJobTest()
      : folder_(std::filesystem::temp_directory_path() / fmt::format("kiln_job_{}", getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~DocumentJobTest() override { std::filesystem::remove_all(folder_); }
  void finish(DocumentJob& job) {
    for (int i = 0; i < 5000 && job.is_running(); ++i) {
      job.poll();
      pump();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ASSERT_FALSE(job.is_running());
  }
  void move_cube(float x) {
    session_->set({session_->active_object()->id, {}}, *Object::schema().property("location"),
                  Value(Value::Numbers{double(x), 0, 0}));
  }
  Path folder_;
};

TEST_F(DocumentJobTest, WhatWasSavedBesideTheWindowIsOpenedAgain) {
  DocumentJob job(*session_);
  move_cube(4.0f);
  ASSERT_TRUE(job.save(folder_ / "a.kiln"));
  move_cube(9.0f);
  finish(job);
  EXPECT_TRUE(session_->project().is_dirty());

  ASSERT_TRUE(job.open(folder_ / "a.kiln"));
  finish(job);

  EXPECT_EQ(session_->active_object()->location.x, 4.0f);
  EXPECT_FALSE(session_->project().is_dirty());
}

TEST_F(DocumentJobTest, WhileAFileIsOpenedTheDocumentStays) {
  DocumentJob job(*session_);
  ASSERT_TRUE(job.save(folder_ / "a.kiln"));
  finish(job);
  ASSERT_TRUE(job.open(folder_ / "a.kiln"));

  move_cube(2.0f);

  EXPECT_EQ(session_->active_object()->location.x, 0.0f);
  EXPECT_NE(session_->log.lines().back().text.find("has to wait"), std::string::npos);
  finish(job);
  EXPECT_TRUE(session_->held().empty());
}

TEST_F(DocumentJobTest, AFileThatCannotBeReadLeavesTheDocument) {
  DocumentJob job(*session_);
  move_cube(3.0f);
  ASSERT_TRUE(job.open(folder_ / "none.kiln"));
  finish(job);

  EXPECT_EQ(session_->active_object()->location.x, 3.0f);
  EXPECT_EQ(session_->log.lines().back().kind, InfoLine::Kind::Error);
}

TEST_F(DocumentJobTest, AnExportAndAnImportAreOneUndoStep) {
  DocumentJob job(*session_);
  const std::string file = (folder_ / "a.obj").string();
  ASSERT_TRUE(job.run(*session_->operators().find("wm.obj_export"), {{"filepath", Value(file)}}));
  finish(job);
  EXPECT_EQ(undo_labels(), std::vector<std::string>{"Original"});
  const std::size_t objects = session_->document().all(BlockType::Object).size();

  ASSERT_TRUE(job.run(*session_->operators().find("wm.obj_import"), {{"filepath", Value(file)}}));
  finish(job);

  EXPECT_EQ(session_->document().all(BlockType::Object).size(), objects + 1);
  EXPECT_EQ(undo_labels().back(), "Import Wavefront OBJ");
  session_->undo();
  EXPECT_EQ(session_->document().all(BlockType::Object).size(), objects);
}

TEST_F(DocumentJobTest, WhatRunsIsTheOnlyWork) {
  DocumentJob job(*session_);
  ASSERT_TRUE(job.open(folder_ / "none.kiln"));

  EXPECT_FALSE(job.save(folder_ / "b.kiln"));
  finish(job);
}

}  // namespace
}  // namespace kiln::editor
