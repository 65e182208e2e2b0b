#include "document/file/libraries.h"

#include "document/library.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "document/scene.h"
#include "support.h"

namespace kiln {
namespace {

// A file with an object "Box" (mesh, material "Red", parent "Root"), linked into an empty document.
class LibrariesTest : public DocumentFileTest {
protected:
  void SetUp() override {
    DocumentFileTest::SetUp();
    library_file = folder / "library.kiln";
    write(library_document(1.0f), library_file);
    document = make_empty_document();
    main_file = folder / "main.kiln";
  }

  static Document library_document(float x) {
    Document made;
    const BlockId red = made.add<Material>("Red").id;
    const BlockId root = made.add<Object>("Root").id;
    auto& mesh = made.add<Mesh>("Box");
    mesh.set_positions(Array<float3>{{x, 0, 0}, {0, 1, 0}});
    mesh.materials.push_back({red});
    const BlockId mesh_id = mesh.id;
    auto& box = made.add<Object>("Box");
    box.data = {mesh_id};
    box.parent = {root};
    box.location.x = x;
    return made;
  }

  BlockId bring(const std::string& name, bool is_append, BlockType type = BlockType::Object) {
    LinkRequest request;
    request.path = library_file;
    request.filepath = "//library.kiln";
    request.items = {{type, name}};
    request.is_append = is_append;
    const Result<Linked> linked = link_blocks(document, main_file, request, registry, progress);
    EXPECT_TRUE(linked) << linked.error().message;
    return linked ? linked->items[0] : BlockId{};
  }
  // Saves and opens the document.
  void reopen() {
    write(document, main_file);
    document = read(main_file);
  }

  Path library_file, main_file;
  Document document;
};

TEST_F(LibrariesTest, ALinkBringsWhatTheBlockRefersTo) {
  const BlockId box = bring("Box", false);

  const auto* object = document.find<Object>(box);
  ASSERT_NE(object, nullptr);
  EXPECT_TRUE(object->is_linked());
  EXPECT_FALSE(object->link.is_indirect);
  EXPECT_EQ(document.find<Object>(object->parent)->name, "Root");
  EXPECT_TRUE(document.find<Object>(object->parent)->link.is_indirect);
  EXPECT_EQ(document.find<Mesh>(object->data.id)->positions().size(), 2u);
  EXPECT_EQ(document.all(BlockType::Library).size(), 1u);
}

TEST_F(LibrariesTest, AFileKeepsReferencesOnly) {
  const BlockId box = bring("Box", false);
  const BlockId user = document.add<Object>("User").id;
  document.edit<Object>(user).parent = {box};
  write(document, main_file);
  write(library_document(9.0f), library_file);

  document = read(main_file);

  const auto* parent = document.find<Object>(document.named<Object>("User")->parent);
  ASSERT_NE(parent, nullptr);
  EXPECT_EQ(parent->location.x, 9.0f);
  EXPECT_TRUE(warnings.empty());
}

TEST_F(LibrariesTest, AnAppendIsLocalAndNumbered) {
  bring("Box", true);
  const BlockId second = bring("Box", true);

  EXPECT_EQ(document.find(second)->name, "Box.001");
  EXPECT_FALSE(document.find(second)->is_linked());
  EXPECT_TRUE(document.named<Material>("Red.001"));
  EXPECT_TRUE(document.all(BlockType::Library).empty());
}

TEST_F(LibrariesTest, LinkingTwiceGivesTheSameBlock) {
  EXPECT_EQ(bring("Box", false), bring("Box", false));
}

TEST_F(LibrariesTest, ALinkedBlockAndALocalOneMayShareAName) {
  const BlockId linked = bring("Box", false);
  const BlockId local = document.add<Object>("Box").id;

  EXPECT_EQ(document.find(local)->name, "Box");
  EXPECT_EQ(document.named(BlockType::Object, "Box"), local);
  EXPECT_EQ(document.named_in(BlockType::Object, "Box", document.find(linked)->link.library),
            linked);
}

TEST_F(LibrariesTest, AMissingLibraryLeavesPlaceholdersAndKeepsTheReference) {
  const BlockId box = bring("Box", false);
  document.edit<Object>(document.add<Object>("User").id).parent = {box};
  write(document, main_file);
  std::filesystem::rename(library_file, folder / "away.kiln");

  document = read(main_file);

  ASSERT_FALSE(warnings.empty());
  EXPECT_NE(warnings[0].find("library.kiln"), std::string::npos);
  EXPECT_TRUE(document.find(document.named<Object>("User")->parent)->link.is_missing);
  reopen();
  std::filesystem::rename(folder / "away.kiln", library_file);
  document = read(main_file);
  EXPECT_EQ(document.find<Object>(document.named<Object>("User")->parent)->location.x, 1.0f);
}

TEST_F(LibrariesTest, WhatIsAddedToALinkedBlockIsNotSavedHere) {
  const BlockId box = bring("Box", false);
  const BlockId part = document.add<NodeTree>("Part", box).id;
  EXPECT_TRUE(document.find(part)->is_linked());
  write(document, main_file);

  EXPECT_EQ(read(main_file).block_count(), document.block_count() - 1);
}

TEST_F(LibrariesTest, MakingLocalInPlaceKeepsUsers) {
  const BlockId box = bring("Box", false);
  const BlockId user = document.add<Object>("User").id;
  document.edit<Object>(user).parent = {box};

  EXPECT_EQ(make_block_local(document, box), box);

  EXPECT_FALSE(document.find(box)->is_linked());
  EXPECT_EQ(document.find<Object>(user)->parent.id, box);
  reopen();
  EXPECT_FALSE(document.named<Object>("Box")->is_linked());
  EXPECT_TRUE(document.find<Mesh>(document.named<Object>("Box")->data.id)->is_linked());
}

TEST_F(LibrariesTest, MakingLocalCopiesWhatLinkedBlocksUseToo) {
  const BlockId box = bring("Box", false);
  const BlockId mesh = document.find<Object>(box)->data.id;
  const BlockId user = document.add<Object>("User").id;
  document.edit<Object>(user).data = {mesh};

  const BlockId copy = make_block_local(document, mesh);

  EXPECT_NE(copy, mesh);
  EXPECT_EQ(document.find<Object>(user)->data.id, copy);
  EXPECT_EQ(document.find<Object>(box)->data.id, mesh);
}

TEST_F(LibrariesTest, ReloadingSeesWhatChanged) {
  const BlockId box = bring("Box", false);
  const BlockId user = document.add<Object>("User").id;
  document.edit<Object>(user).parent = {box};
  write(library_document(4.0f), library_file);

  const auto done =
      reload_library(document, main_file, document.all(BlockType::Library)[0], registry, progress);

  ASSERT_TRUE(done) << done.error().message;
  const auto* parent = document.find<Object>(document.find<Object>(user)->parent);
  ASSERT_NE(parent, nullptr);
  EXPECT_EQ(parent->name, "Box");
  EXPECT_EQ(parent->location.x, 4.0f);
  EXPECT_EQ(document.all(BlockType::Mesh).size(), 1u);
}

TEST_F(LibrariesTest, LibrariesOfLibrariesComeAlong) {
  Document middle;
  LinkRequest request;
  request.path = library_file;
  request.filepath = "//library.kiln";
  request.items = {{BlockType::Mesh, "Box"}};
  const auto linked = link_blocks(middle, folder / "middle.kiln", request, registry, progress);
  ASSERT_TRUE(linked);
  middle.edit<Object>(middle.add<Object>("Outer").id).data = {linked->items[0]};
  write(middle, folder / "middle.kiln");
  request.path = folder / "middle.kiln";
  request.filepath = "//middle.kiln";
  request.items = {{BlockType::Object, "Outer"}};

  const auto outer = link_blocks(document, main_file, request, registry, progress);

  ASSERT_TRUE(outer);
  const auto* object = document.find<Object>(outer->items[0]);
  const auto* mesh = document.find<Mesh>(object->data.id);
  ASSERT_NE(mesh, nullptr);
  EXPECT_EQ(document.find(mesh->link.library)->name, "library.kiln");
  EXPECT_EQ(mesh->positions().size(), 2u);
}

TEST_F(LibrariesTest, FilesThatLinkEachOtherOpen) {
  // main links Box of library; library then links User of main.
  const BlockId box = bring("Box", false);
  document.edit<Object>(document.add<Object>("User").id).parent = {box};
  write(document, main_file);
  Document library = read(library_file);
  LinkRequest request;
  request.path = main_file;
  request.filepath = "//main.kiln";
  request.items = {{BlockType::Object, "User"}};
  const auto user = link_blocks(library, library_file, request, registry, progress);
  ASSERT_TRUE(user);
  library.edit<Object>(library.named(BlockType::Object, "Root")).parent = {user->items[0]};
  write(library, library_file);

  document = read(main_file);

  EXPECT_NE(document.named<Object>("User"), nullptr);
}

TEST_F(LibrariesTest, AnIncrementalSaveKeepsLinks) {
  Project project(registry, services);
  project.replace(document);
  ASSERT_TRUE(project.save(main_file, false, progress));
  document = project.document;
  const BlockId box = bring("Box", false);
  project.document.restore(document);
  project.document.edit<Object>(project.document.add<Object>("User").id).parent = {box};
  ASSERT_TRUE(project.save(main_file, false, progress));
  make_block_local(project.document, box);
  ASSERT_TRUE(project.save(main_file, false, progress));

  document = read(main_file);

  const auto* parent = document.find<Object>(document.named<Object>("User")->parent);
  ASSERT_NE(parent, nullptr);
  EXPECT_FALSE(parent->is_linked());
}

TEST_F(LibrariesTest, RemovingALibraryRemovesWhatItBrought) {
  bring("Box", false);

  document.remove(document.all(BlockType::Library)[0]);

  EXPECT_EQ(document.named<Object>("Box"), nullptr);
  EXPECT_TRUE(document.all(BlockType::Mesh).empty());
}

TEST_F(LibrariesTest, ADamagedLibraryChangesNothing) {
  std::ofstream(library_file) << "no document";
  const Document before = document;
  LinkRequest request;
  request.path = library_file;
  request.filepath = library_file.string();
  request.items = {{BlockType::Object, "Box"}};

  const auto linked = link_blocks(document, main_file, request, registry, progress);

  ASSERT_FALSE(linked);
  EXPECT_NE(linked.error().message.find("library.kiln"), std::string::npos);
  EXPECT_TRUE(document.is_same_state(before));
}

}  // namespace
}  // namespace kiln
