#include <fstream>

#include <gtest/gtest.h>

#include "core/schema/registry.h"
#include "document/camera.h"
#include "document/file/chunks.h"
#include "document/file/database.h"
#include "document/file/store.h"
#include "document/image.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/project.h"
#include "document/register.h"
#include "document/scene.h"
#include "document/text.h"
#include "document/texture.h"
#include "document/view_layer.h"

namespace kiln {
namespace {

class FileTest : public ::testing::Test {
protected:
  void SetUp() override {
    register_document_types(registry);
    folder = std::filesystem::temp_directory_path() / ("kiln_file_test_" + Uuid::random().text());
    std::filesystem::create_directory(folder);
    path = folder / "scene.kiln";
    document = make_startup_document(registry);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  void save() {
    const Result<SaveReport> report = save_document(document, path, progress);
    ASSERT_TRUE(report) << report.error().message;
    saved = {document, report->revision};
  }
  Result<OpenedDocument> open() { return open_document(path, registry, progress); }

  // The properties of a block in the file, as text.
  std::string properties_of(const std::string& name) {
    const Result<Database> database = Database::open(path, false, false);
    Database::Statement find(*database, "SELECT properties FROM blocks WHERE name = ?");
    find.bind(std::string_view(name));
    return find.step() ? find.text(0) : std::string();
  }
  void set_properties(const std::string& name, const std::string& properties) {
    const Result<Database> database = Database::open(path, true, false);
    Database::Statement change(
        *database, "UPDATE blocks SET properties = ? WHERE name = ? AND type != 'Mesh'");
    ASSERT_TRUE(change.bind(std::string_view(properties)).bind(std::string_view(name)).finish());
  }

  Registry registry;
  Progress progress;
  Path folder, path;
  Document document;
  SavedState saved;
};

TEST_F(FileTest, WhatIsOpenedIsWhatWasSaved) {
  const BlockId cube = document.named(BlockType::Object, "Cube");
  document.edit<Object>(cube).location = {1.0f, -2.5f, 1e-7f};
  document.edit<Object>(cube).custom.set("note", CustomValue{std::string("h\xc3\xa9llo")});
  save();

  const Result<OpenedDocument> opened = open();

  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE(opened->warnings.empty());
  const Document& read = opened->document;
  EXPECT_EQ(read.block_count(), document.block_count());
  const Object& object = *read.named<Object>("Cube");
  EXPECT_EQ(object.location, (float3{1.0f, -2.5f, 1e-7f}));
  EXPECT_EQ(std::get<std::string>(object.custom.find("note")->data), "h\xc3\xa9llo");
  EXPECT_EQ(read.find<Mesh>(object.data.id)->positions(),
            document.find<Mesh>(document.find<Object>(cube)->data.id)->positions());
  EXPECT_TRUE(active_layer(read, *active_scene(read)).is_selected(object.id));
}

TEST_F(FileTest, WhatOnlyAKindOfTextureHasIsKept) {
  Texture& made = document.add<Texture>("Clouds");
  made.kind = Texture::Type::Clouds;
  made.noise_depth = 5;
  save();

  const Result<OpenedDocument> opened = open();

  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->document.named<Texture>("Clouds")->noise_depth, 5);
  EXPECT_TRUE(opened->document.named<Texture>("Clouds")->unknown_properties.empty());
}

TEST_F(FileTest, TheCursorOfATextIsKept) {
  Text& made = document.add<Text>("Lines");
  made.from_string("one\ntwo\nthree");
  made.current_line = 2;
  save();

  const Result<OpenedDocument> opened = open();

  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->document.named<Text>("Lines")->current_line, 2);
}

TEST_F(FileTest, RemovedObjectsLeaveNothingInWhatIsSelected) {
  document.remove(document.named(BlockType::Object, "Cube"));
  save();

  EXPECT_EQ(properties_of("Scene").find("stored_selected"), std::string::npos);
}

TEST_F(FileTest, CustomPropertiesOfNoKnownTypeAreLeftOut) {
  save();
  set_properties(
      "Cube",
      R"({"_custom":[{"name":"a","type":6,"value":1},{"name":"b","type":"int","value":2}]})");

  const Result<OpenedDocument> opened = open();

  ASSERT_TRUE(opened);
  const Object& cube = *opened->document.named<Object>("Cube");
  EXPECT_FALSE(cube.custom.find("a"));
  EXPECT_EQ(std::get<std::int32_t>(cube.custom.find("b")->data), 2);
  EXPECT_EQ(opened->warnings.size(), 1u);
}

TEST_F(FileTest, IntegersThatAreNoNumbersGetAnAllowedValue) {
  document.add<Image>("Picture");
  save();
  set_properties("Picture", R"({"generated_width":"nan"})");

  const Result<OpenedDocument> opened = open();

  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->document.named<Image>("Picture")->generated_width, 1);
}

TEST_F(FileTest, AnIncrementalSaveWritesOnlyWhatChanged) {
  save();
  document.edit<Object>(document.named(BlockType::Object, "Cube"), Change::Transform).location.x =
      5.0f;

  const Result<SaveReport> report = save_changes(document, saved, path, progress);

  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->blocks_written, 1u);
  EXPECT_EQ(report->chunks_written, 0u);
  EXPECT_EQ(open()->document.named<Object>("Cube")->location.x, 5.0f);
}

TEST_F(FileTest, EqualArraysAreStoredOnce) {
  const BlockId mesh = document.named(BlockType::Mesh, "Cube");
  document.duplicate(mesh);

  const Result<SaveReport> report = save_document(document, path, progress);

  ASSERT_TRUE(report);
  EXPECT_GE(report->chunks_shared, report->chunks_written / 2);
}

TEST_F(FileTest, UnknownPropertiesAreKept) {
  const BlockId camera = document.named(BlockType::Camera, "Camera");
  document.edit<Camera>(camera).unknown_properties = R"({"from_the_future":{"x":[1,2]}})";
  save();
  Result<OpenedDocument> opened = open();
  ASSERT_TRUE(opened);
  document = opened->document;
  save();

  opened = open();

  EXPECT_EQ(opened->document.named<Camera>("Camera")->unknown_properties,
            R"({"from_the_future":{"x":[1,2]}})");
}

TEST_F(FileTest, TruncatedAndDamagedFilesGiveAnErrorThatNamesTheFile) {
  save();
  std::string bytes;
  {
    std::ifstream stream(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(stream), {});
  }
  std::uint32_t random = 1;
  for (int round = 0; round < 200; ++round) {
    std::string damaged = bytes;
    random = random * 1664525u + 1013904223u;
    if (round % 2) {
      damaged.resize(random % damaged.size());
    } else {
      for (int i = 0; i < 8; ++i) {
        random = random * 1664525u + 1013904223u;
        damaged[random % damaged.size()] = char(random >> 24);
      }
    }
    std::ofstream(path, std::ios::binary) << damaged;

    const Result<OpenedDocument> opened = open();

    if (!opened) {
      EXPECT_NE(opened.error().message.find("scene.kiln"), std::string::npos)
          << opened.error().message;
    }
  }
}

TEST_F(FileTest, ForeignAndMissingFilesAreRefused) {
  std::ofstream(path) << "not a document at all";
  EXPECT_FALSE(open());
  path = folder / "missing.kiln";
  EXPECT_FALSE(open());
}

TEST_F(FileTest, SavingIntoAMissingFolderKeepsTheDocumentAndSaysWhy) {
  const Result<SaveReport> report = save_document(document, folder / "no" / "scene.kiln", progress);
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("no folder"), std::string::npos);
}

}  // namespace
}  // namespace kiln
