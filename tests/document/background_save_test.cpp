#include "document/mesh.h"
#include "document/object.h"
#include "support.h"

namespace kiln {
namespace {

class BackgroundSaveTest : public DocumentFileTest {
protected:
  void SetUp() override {
    DocumentFileTest::SetUp();
    project.replace(make_startup_document(registry));
  }
  Object& cube() {
    return project.document.edit<Object>(project.document.named(BlockType::Object, "Cube"));
  }

  Project project{registry, services};
};

TEST_F(BackgroundSaveTest, TheFileHoldsTheStateOfTheStartWhileEditingGoesOn) {
  cube().location.x = 1.0f;
  project.start_saving(folder / "a.kiln");
  cube().location.x = 2.0f;

  const std::optional<Result<SaveReport>> report = project.wait_for_saving();

  ASSERT_TRUE(report && *report) << (*report).error().message;
  EXPECT_EQ(read(folder / "a.kiln").named<Object>("Cube")->location.x, 1.0f);
  EXPECT_TRUE(project.is_dirty());
}

TEST_F(BackgroundSaveTest, TheNextSaveWritesDifferencesToTheBackgroundOne) {
  project.start_saving(folder / "a.kiln");
  cube().location.x = 2.0f;
  static_cast<void>(project.wait_for_saving());

  const Result<SaveReport> report = project.save(folder / "a.kiln", false, progress);

  ASSERT_TRUE(report);
  EXPECT_EQ(report->blocks_written, 1u);
  EXPECT_FALSE(project.is_dirty());
  EXPECT_EQ(read(folder / "a.kiln").named<Object>("Cube")->location.x, 2.0f);
}

TEST_F(BackgroundSaveTest, StartingReturnsLongBeforeABigFileIsWritten) {
  auto& mesh = project.document.add<Mesh>("Big");
  std::vector<float3> points(2000000);
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i] = {float(i % 9973), float(i % 7919), float(i)};
  }
  mesh.set_positions(Array<float3>(std::move(points)));

  project.start_saving(folder / "a.kiln");

  EXPECT_TRUE(project.is_saving());
  EXPECT_FALSE(std::filesystem::exists(folder / "a.kiln"));
  ASSERT_TRUE(*project.wait_for_saving());
  EXPECT_TRUE(std::filesystem::exists(folder / "a.kiln"));
}

TEST_F(BackgroundSaveTest, AnErrorIsReportedAndTheDocumentStaysDirty) {
  cube().location.x = 1.0f;
  project.start_saving(folder / "missing" / "a.kiln");

  const std::optional<Result<SaveReport>> report = project.wait_for_saving();

  ASSERT_TRUE(report && !*report);
  EXPECT_NE(report->error().message.find("a.kiln"), std::string::npos);
  EXPECT_TRUE(project.is_dirty());
  EXPECT_TRUE(project.path.empty());
}

TEST_F(BackgroundSaveTest, AFileThatAnotherProgramReplacedIsWrittenAnew) {
  ASSERT_TRUE(project.save(folder / "a.kiln", false, progress));
  Document other = make_empty_document();
  other.add<Object>("Foreign");
  write(other, folder / "a.kiln");
  cube().location.x = 3.0f;

  ASSERT_TRUE(project.save(folder / "a.kiln", false, progress));

  const Document held = read(folder / "a.kiln");
  EXPECT_EQ(held.named<Object>("Foreign"), nullptr);
  EXPECT_EQ(held.named<Object>("Cube")->location.x, 3.0f);
}

TEST_F(BackgroundSaveTest, ALinkStaysALinkAndPermissionsStay) {
  ASSERT_TRUE(project.save(folder / "real.kiln", false, progress));
  std::filesystem::permissions(folder / "real.kiln", std::filesystem::perms(0640));
  std::filesystem::create_symlink(folder / "real.kiln", folder / "link.kiln");

  ASSERT_TRUE(project.save(folder / "link.kiln", false, progress));

  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.kiln"));
  EXPECT_EQ(std::filesystem::status(folder / "real.kiln").permissions(),
            std::filesystem::perms(0640));
}

}  // namespace
}  // namespace kiln
