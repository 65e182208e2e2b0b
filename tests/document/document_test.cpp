#include "document/document.h"

#include <gtest/gtest.h>

#include "document/camera.h"
#include "document/collection.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/scene.h"
#include "document/undo.h"

namespace kiln {
namespace {

TEST(Document, ASnapshotKeepsWhatTheHeadChanges) {
  Document head;
  const BlockId id = head.add<Camera>("Camera").id;
  const Document snapshot = head;

  head.edit<Camera>(id).lens = 85.0f;

  EXPECT_EQ(snapshot.find<Camera>(id)->lens, 50.0f);
  EXPECT_EQ(head.find<Camera>(id)->lens, 85.0f);
}

TEST(Document, EditingCopiesOnlyTheBlockThatIsEdited) {
  Document head;
  const BlockId a = head.add<Camera>("A").id, b = head.add<Camera>("B").id;
  const Document snapshot = head;

  head.edit<Camera>(a).lens = 85.0f;

  EXPECT_NE(snapshot.find(a), head.find(a));
  EXPECT_EQ(snapshot.find(b), head.find(b));
}

TEST(Document, AnIdOfARemovedBlockNeverFindsItsSuccessor) {
  Document document;
  const BlockId old = document.add<Camera>("Camera").id;
  document.remove(old);
  const BlockId fresh = document.add<Camera>("Camera").id;

  EXPECT_EQ(fresh.slot, old.slot);
  EXPECT_EQ(document.find(old), nullptr);
  EXPECT_NE(document.find(fresh), nullptr);
}

TEST(Document, NamesAreNumberedFromTheLowestFreeNumber) {
  Document document;
  document.add<Mesh>("Cube");
  const BlockId first = document.add<Mesh>("Cube").id;
  document.add<Mesh>("Cube");
  EXPECT_EQ(document.find(first)->name, "Cube.001");

  document.remove(first);

  EXPECT_EQ(document.add<Mesh>("Cube").name, "Cube.001");
}

TEST(Document, RemovingABlockEmptiesReferencesToIt) {
  Document document;
  const BlockId mesh = document.add<Mesh>("Mesh").id;
  const BlockId object = document.add<Object>("Object").id;
  document.edit<Object>(object).data = {mesh};
  ASSERT_EQ(document.users(mesh), 1);

  document.remove(mesh);

  EXPECT_FALSE(document.find<Object>(object)->data);
}

TEST(Document, UsersFollowEdits) {
  Document document;
  const BlockId mesh = document.add<Mesh>("Mesh").id;
  const BlockId a = document.add<Object>("A").id, b = document.add<Object>("B").id;
  EXPECT_EQ(document.users(mesh), 0);
  document.edit<Object>(a).data = {mesh};
  document.edit<Object>(b).data = {mesh};
  EXPECT_EQ(document.users(mesh), 2);

  document.edit<Object>(a).data = {};

  EXPECT_EQ(document.users(mesh), 1);
  EXPECT_EQ(document.users_of(mesh), std::vector<BlockId>{b});
}

TEST(Document, DuplicatingASceneGivesItARootCollectionOfItsOwn) {
  Document document;
  const BlockId scene = add_scene(document, "Scene").id;

  const BlockId copy = document.duplicate(scene);

  const BlockId root = document.find<Scene>(scene)->collection.id, copied_root = document.find<Scene>(copy)->collection.id;
  EXPECT_NE(root, copied_root);
  EXPECT_EQ(document.find(copied_root)->owner, copy);
}

TEST(Document, DifferenceNamesWhatWasAddedRemovedAndEdited) {
  Document before;
  const BlockId edited = before.add<Camera>("Edited").id, removed = before.add<Camera>("Removed").id;
  before.add<Camera>("Kept");
  Document after = before;
  after.edit<Camera>(edited, Change::Settings).lens = 20.0f;
  after.remove(removed);
  const BlockId added = after.add<Mesh>("Added").id;

  const ChangeSet changes = Document::difference(before, after);

  std::unordered_map<BlockId, BlockChange::What> found;
  for (const BlockChange& change : changes.blocks) {
    found[change.block] = change.what;
  }
  EXPECT_EQ(found.size(), 3u);
  EXPECT_EQ(found.at(edited), BlockChange::What::Edited);
  EXPECT_EQ(found.at(removed), BlockChange::What::Removed);
  EXPECT_EQ(found.at(added), BlockChange::What::Added);
}

TEST(UndoStack, UndoBringsBackValuesAndVersions) {
  Document document;
  const BlockId id = document.add<Camera>("Camera").id;
  UndoStack undo;
  undo.push(document, "Original");
  const std::uint64_t version = document.find(id)->version(Change::Settings);
  document.edit<Camera>(id, Change::Settings).lens = 85.0f;
  undo.push(document, "Lens");

  ASSERT_TRUE(undo.undo(document));

  EXPECT_EQ(document.find<Camera>(id)->lens, 50.0f);
  EXPECT_EQ(document.find(id)->version(Change::Settings), version);
  ASSERT_TRUE(undo.redo(document));
  EXPECT_EQ(document.find<Camera>(id)->lens, 85.0f);
  EXPECT_FALSE(undo.redo(document));
}

TEST(UndoStack, StepsWithTheSameMergeKeyBecomeOne) {
  Document document;
  const BlockId id = document.add<Camera>("Camera").id;
  UndoStack undo;
  undo.push(document, "Original");
  for (const float lens : {60.0f, 70.0f, 80.0f}) {
    document.edit<Camera>(id).lens = lens;
    undo.push(document, "Drag", 7);
  }

  ASSERT_TRUE(undo.undo(document));

  EXPECT_EQ(document.find<Camera>(id)->lens, 50.0f);
}

TEST(UndoStack, NewBlocksAfterUndoDoNotTakeOverOldIds) {
  Document document;
  UndoStack undo;
  undo.push(document, "Original");
  const BlockId undone = document.add<Camera>("A").id;
  undo.push(document, "Add");
  ASSERT_TRUE(undo.undo(document));

  const BlockId fresh = document.add<Camera>("B").id;

  EXPECT_NE(fresh, undone);
  EXPECT_EQ(document.find(undone), nullptr);
}

TEST(Names, LongNamesAreCutAtACharacter) {
  const std::string name = valid_name(std::string(62, 'n') + "\xc3\xa9");
  EXPECT_EQ(name, std::string(62, 'n'));
  EXPECT_EQ(numbered_name(std::string(63, 'k'), 1), std::string(59, 'k') + ".001");
}

}  // namespace
}  // namespace kiln
