#include "editor/screen/screen_tree.h"

#include <gtest/gtest.h>

#include "editor/screen/workspaces.h"

namespace kiln::editor {
namespace {

using Axis = ScreenTree::Axis;

TEST(ScreenTree, SplitsCoverTheWindowWithoutOverlap) {
  ScreenTree tree;
  const AreaId first = tree.areas()[0].id;
  const AreaId right = *tree.split(first, Axis::Columns, 0.7f);
  tree.split(right, Axis::Rows, 0.25f);

  const std::vector<ScreenTree::Area> areas = tree.areas({0, 0, 1004, 604}, 4);

  ASSERT_EQ(areas.size(), 3u);
  int covered = 0;
  for (const ScreenTree::Area& area : areas) {
    covered += area.rect.width * area.rect.height;
  }
  // What is left are the gaps: one of the full height, one of the right column's width.
  EXPECT_EQ(1004 * 604 - covered, 4 * 604 + 4 * areas[1].rect.width);
  EXPECT_EQ(areas[0].rect.width, 700);
  EXPECT_EQ(areas[1].rect.height, 150);
}

TEST(ScreenTree, JoiningUndoesASplit) {
  ScreenTree tree("TEXT_EDITOR");
  const AreaId kept = tree.areas()[0].id;
  const AreaId added = *tree.split(kept, Axis::Rows, 0.5f);

  EXPECT_TRUE(tree.join(kept, added));

  ASSERT_EQ(tree.areas().size(), 1u);
  EXPECT_EQ(tree.areas()[0].id, kept);
  EXPECT_EQ(tree.areas()[0].editor, "TEXT_EDITOR");
}

TEST(ScreenTree, TheLastAreaCannotGo) {
  ScreenTree tree;
  const AreaId only = tree.areas()[0].id;

  EXPECT_FALSE(tree.join(only, only));
  EXPECT_FALSE(tree.join(only, only + 1));
  EXPECT_EQ(tree.areas().size(), 1u);
}

TEST(ScreenTree, SwappingKeepsEditorsWithTheirIds) {
  ScreenTree tree("VIEW_3D");
  const AreaId a = tree.areas()[0].id;
  const AreaId b = *tree.split(a, Axis::Columns, 0.5f);
  tree.set_editor(b, "OUTLINER");

  tree.swap(a, b);

  EXPECT_EQ(tree.areas()[0].id, b);
  EXPECT_EQ(tree.areas()[0].editor, "OUTLINER");
}

TEST(ScreenTree, ComesBackFromJson) {
  ScreenTree tree;
  const AreaId a = tree.areas()[0].id;
  tree.set_editor(*tree.split(a, Axis::Rows, 0.3f), "TIMELINE");

  const std::optional<ScreenTree> again = ScreenTree::from_json(tree.to_json());

  ASSERT_TRUE(again);
  EXPECT_EQ(again->to_json(), tree.to_json());
}

TEST(ScreenTree, BarsAreKeptAndGoWithTheirArea) {
  ScreenTree tree("VIEW_3D");
  const AreaId first = tree.areas()[0].id;
  ASSERT_TRUE(tree.set_bar(first, {.is_shown = false, .is_below = true, .has_menus = false}));
  const AreaId second = *tree.split(first, ScreenTree::Axis::Columns, 0.5f);
  ASSERT_TRUE(tree.set_bar(second, AreaBar{}));

  const std::optional<ScreenTree> again = ScreenTree::from_json(tree.to_json());

  ASSERT_TRUE(again);
  EXPECT_EQ(again->areas()[0].bar, (AreaBar{false, true, false}));
  EXPECT_EQ(again->areas()[1].bar, AreaBar());
  tree.swap(first, second);
  EXPECT_EQ(tree.areas()[0].bar, AreaBar());
  EXPECT_FALSE(tree.set_bar(99, AreaBar()));
}

TEST(ScreenTree, HostileJsonIsRefused) {
  std::string deep;
  for (int i = 0; i < 10000; ++i) {
    deep += R"({"axis":"ROWS","factor":0.5,"first":)";
  }
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string(R"({"axis":"ROWS"})"),
        std::string(R"({"axis":3,"factor":"x","first":1,"second":2})"), deep}) {
    EXPECT_FALSE(ScreenTree::from_json(text));
  }
  EXPECT_TRUE(ScreenTree::from_json(R"({"editor":"INFO","bar":{"a":[1]}})"));
  EXPECT_TRUE(ScreenTree::from_json(R"({"editor":"INFO","bar":[1,null,"HIDDEN",[]]})"));
}

TEST(Workspaces, StandardOnesComeBackFromJson) {
  const Workspaces before = Workspaces::standard();

  const std::optional<Workspaces> after = Workspaces::from_json(before.to_json());

  ASSERT_TRUE(after);
  ASSERT_EQ(after->list.size(), before.list.size());
  EXPECT_EQ(after->to_json(), before.to_json());
}

}  // namespace
}  // namespace kiln::editor
