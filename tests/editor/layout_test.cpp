#include "editor/layout/layout.h"

#include "document/scene.h"
#include "document/view3d_settings.h"
#include "editor/layout/script_layout.h"
#include "editor/layout/value_access.h"
#include "editor/properties/panels.h"
#include "support.h"

namespace kiln::editor {
namespace {

TEST(Layout, RowsShareTheWidthAndColumnsStack) {
  LayoutItem root;
  root.label("above");
  LayoutItem& row = root.row();
  row.button("a", "x");
  row.button("b", "y");

  const PlacedLayout placed = place_layout(root, 200, {});

  ASSERT_EQ(placed.items.size(), 3u);
  EXPECT_EQ(placed.items[1].rect.y, placed.items[2].rect.y);
  EXPECT_EQ(placed.items[1].rect.width, placed.items[2].rect.width);
  EXPECT_GT(placed.items[1].rect.y, placed.items[0].rect.y);
  EXPECT_GT(placed.height, placed.items[2].rect.y + placed.items[2].rect.height);
}

TEST(Layout, ButtonsWithoutTextAreAsWideAsHighAndLeaveTheRestToOthers) {
  LayoutItem root;
  LayoutItem& row = root.row();
  row.button("long", "x");
  row.button("", "y").icon = "ADD";

  const PlacedLayout placed = place_layout(root, 200, {});

  EXPECT_EQ(placed.items[1].rect.width, LayoutMeasures().row);
  EXPECT_GT(placed.items[0].rect.width, 120.0f);
}

TEST(Layout, SplitsGiveTheFirstChildItsShare) {
  LayoutItem root;
  LayoutItem& split = root.add({.kind = LayoutItem::Kind::Split, .factor = 0.25f});
  split.button("a", "x");
  split.button("b", "y");

  const PlacedLayout placed = place_layout(root, 400, {});

  EXPECT_NEAR(placed.items[0].rect.width * 3.0f, placed.items[1].rect.width, 2.0f);
}

TEST(Layout, ListsShowSomeOfTheirRowsFromTheOffsetOn) {
  LayoutItem root;
  LayoutItem& list = root.add({.kind = LayoutItem::Kind::List, .name = "l"});
  list.count = 3;
  for (int i = 0; i < 10; ++i) {
    LayoutItem& row = list.add({.kind = LayoutItem::Kind::Row});
    row.item = std::to_string(i);
    row.label("row");
  }

  const PlacedLayout placed = place_layout(root, 200, {}, {}, {{"l", 4}});

  std::vector<std::string> shown;
  for (const PlacedItem& item : placed.items) {
    if (item.field == PlacedItem::Field::Row) {
      shown.push_back(item.item->item);
    }
  }
  EXPECT_EQ(shown, (std::vector<std::string>{"4", "5", "6"}));
  EXPECT_EQ(placed.items.back().field, PlacedItem::Field::Filter);
}

TEST(Layout, ChoicesOfDataBlocksHaveTheirPartsAtTheRight) {
  LayoutItem root;
  root.prop({}, *Object::schema().property("active_material")).is_block = true;

  const PlacedLayout placed = place_layout(root, 300, {});

  ASSERT_EQ(placed.items.size(), 5u);
  EXPECT_EQ(placed.items[0].field, PlacedItem::Field::Part);
  EXPECT_EQ(BlockPart(placed.items[0].index), BlockPart::Unlink);
  EXPECT_LT(placed.items[4].rect.x + placed.items[4].rect.width, placed.items[3].rect.x + 1.0f);
}

TEST(Layout, WhatAScriptDescribesKeepsItsOrderAndSaysWhyButtonsAreOff) {
  ScriptLayoutItem list;
  list.kind = ScriptLayoutItem::Kind::Column;
  ScriptLayoutItem empty_row;
  empty_row.kind = ScriptLayoutItem::Kind::Row;
  ScriptLayoutItem label;
  label.kind = ScriptLayoutItem::Kind::Label;
  label.text = "failed";
  label.is_warning = true;
  list.children = {empty_row, label};

  class Test : public SessionTest {
  public:
    void TestBody() override {}
    Session& session() { return *session_; }
  } test;
  ScriptLayoutItem button;
  button.kind = ScriptLayoutItem::Kind::Operator;
  button.operator_name = "wm.revert_mainfile";
  list.children.push_back(button);
  const LayoutItem made = from_script(list, test.session());

  ASSERT_EQ(made.children.size(), 2u);
  EXPECT_TRUE(made.children[0].is_warning);
  EXPECT_FALSE(made.children[1].is_enabled);
  EXPECT_NE(made.children[1].tip.find("never been saved"), std::string::npos);
}

TEST(Layout, ClosedPanelsShowNothingInside) {
  LayoutItem root;
  LayoutItem& panel = root.panel("p", "Panel");
  panel.label("inside");

  EXPECT_EQ(place_layout(root, 200, {}).items.size(), 2u);
  EXPECT_EQ(place_layout(root, 200, {{"p", false}}).items.size(), 1u);
}

TEST(Layout, VectorsHaveAFieldForEachComponent) {
  LayoutItem root;
  root.prop({}, *Object::schema().property("location"));

  const PlacedLayout placed = place_layout(root, 300, {});

  ASSERT_EQ(placed.items.size(), 3u);
  EXPECT_EQ(placed.items[0].label, "Location X");
  EXPECT_EQ(placed.items[2].label, "Z");
  EXPECT_EQ(placed.items[1].field, PlacedItem::Field::Number);
}

TEST(Layout, NumbersAreShownAndReadInTheirUnits) {
  const Property& location = *Object::schema().property("location");
  const Property& rotation = *Object::schema().property("rotation_euler");
  Scene scene;

  EXPECT_EQ(format_number(rotation, 1.5707963267948966, &scene), "90.0°");
  EXPECT_NEAR(*parse_number(rotation, "45", &scene), 0.785398, 1e-5);
  EXPECT_NEAR(*parse_number(location, "1m + 50cm", &scene), 1.5, 1e-9);
  EXPECT_NEAR(*parse_number(location, "2*3", &scene), 6.0, 1e-9);
  EXPECT_FALSE(bool(parse_number(location, "one", &scene)));
}

TEST(Layout, SharesMayBePercentages) {
  const Property& share = *View3DOverlay::schema().property("wireframe_opacity");
  constexpr auto percentage = FactorDisplay::Percentage;

  EXPECT_EQ(format_number(share, 0.25, nullptr), "0.25");
  EXPECT_EQ(format_number(share, 0.25, nullptr, percentage), "25.0 %");
  EXPECT_NEAR(*parse_number(share, "40", nullptr, percentage), 0.4, 1e-9);
  EXPECT_NEAR(*parse_number(share, "40%", nullptr), 0.4, 1e-9);
  EXPECT_NEAR(*parse_number(share, "0.4", nullptr), 0.4, 1e-9);
}

TEST(Layout, LengthsMayHaveSeveralUnits) {
  const Property& location = *Object::schema().property("location");
  Scene scene;
  scene.unit_settings.use_separate = true;

  EXPECT_EQ(format_number(location, 1.23, &scene), "1 m 23 cm");
}

TEST(Layout, DraggingStaysInTheSoftRange) {
  const Property& factor = *ColorViewSettings::schema().property("exposure");

  EXPECT_EQ(dragged_number(factor, 0.0, 100000, 100, false, false), 10.0);
  EXPECT_EQ(dragged_number(factor, 0.0, -100000, 100, false, false), -10.0);
}

using PanelsTest = SessionTest;

TEST_F(PanelsTest, EveryTabOfEveryStartUpObjectIsMadeAndHasItsProperties) {
  for (const char* name : {"Cube", "Light", "Camera"}) {
    session_->edit("Activate", [&](Document& document) -> Result<void> {
      document.edit<Scene>(session_->scene()->id, Change::Selection).view_layers.edit(0).active = {
          object(name)};
      return {};
    });
    DocumentAccess access(*session_);
    for (int tab = 0; tab < properties_tab_count; ++tab) {
      const PropertiesTarget target = properties_target(*session_, {});
      if (!has_tab(*session_, target, PropertiesTab(tab))) {
        continue;
      }
      const LayoutItem root = make_panels(*session_, target, PropertiesTab(tab));
      const PlacedLayout placed = place_layout(root, 300, {});
      EXPECT_FALSE(placed.items.empty());
      for (const PlacedItem& item : placed.items) {
        if (item.item->property) {
          EXPECT_TRUE(bool(access.owner(*item.item))) << name << " " << label_of(PropertiesTab(tab))
                                                      << " " << item.item->property->identifier;
        }
      }
    }
  }
}

TEST_F(PanelsTest, ASettingOfTheLastOperationDoesItAgain) {
  session_->run("mesh.primitive_cube_add");
  LastOperationAccess access(*session_);
  const LayoutItem root = access.layout();
  const Property& size = *session_->last_operation()->type->settings->property("size");

  access.set({.kind = LayoutItem::Kind::Property, .property = &size}, Value(5.0), 0);

  float3 low, high;
  ASSERT_TRUE(
      project_.document.find<Mesh>(session_->active_object()->data.id)->bounds(&low, &high));
  EXPECT_NEAR(high.z, 2.5f, 1e-5f);
  EXPECT_FALSE(root.children.empty());
}

}  // namespace
}  // namespace kiln::editor
