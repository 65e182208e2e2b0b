#include "editor/window/commands.h"
#include "support.h"

namespace kiln::editor {
namespace {

const Property& location() {
  return *Object::schema().property("location");
}

TEST_F(SessionTest, SettingAPropertyIsAnUndoStepWithItsPython) {
  session_->set({object("Cube"), {}}, location(), Value(Value::Numbers{1, 2, 3}));

  EXPECT_EQ(get("Cube").location, (float3{1, 2, 3}));
  EXPECT_EQ(undo_labels(), (std::vector<std::string>{"Original", "Location"}));
  EXPECT_EQ(session_->log.lines().back().text, "bpy.data.objects[\"Cube\"].location = (1, 2, 3)");
  session_->undo();
  EXPECT_EQ(get("Cube").location, float3{});
}

TEST_F(SessionTest, ADragIsOneStepAndOneLine) {
  const std::uint64_t key = unique_number();
  for (int i = 1; i <= 5; ++i) {
    session_->set({object("Cube"), {}}, location(), Value(Value::Numbers{double(i), 0, 0}), key);
  }

  EXPECT_EQ(undo_labels().size(), 2u);
  EXPECT_EQ(session_->log.lines().size(), 1u);
  session_->undo();
  EXPECT_EQ(get("Cube").location, float3{});
}

TEST_F(SessionTest, WrongValuesChangeNothingAndAreReported) {
  std::string told;
  const Connection connection =
      session_->reported.connect([&](const InfoLine& line) { told = line.text; });

  EXPECT_FALSE(session_->set({object("Cube"), {}}, location(), Value("far away")));

  EXPECT_EQ(undo_labels().size(), 1u);
  EXPECT_FALSE(told.empty());
}

TEST_F(SessionTest, OperatorsAreDoneAgainWithOtherSettings) {
  ASSERT_TRUE(session_->run("mesh.primitive_cube_add", {{"size", Value(1.0)}}));
  const std::size_t objects = project_.document.all(BlockType::Object).size();

  ASSERT_TRUE(session_->repeat_last({{"size", Value(6.0)}}));

  EXPECT_EQ(project_.document.all(BlockType::Object).size(), objects);
  EXPECT_EQ(undo_labels().size(), 2u);
  float3 low, high;
  const Mesh& mesh = *project_.document.find<Mesh>(session_->active_object()->data.id);
  ASSERT_TRUE(mesh.bounds(&low, &high));
  EXPECT_NEAR(high.x - low.x, 6.0f, 1e-5f);
}

TEST_F(SessionTest, ListenersHearOfUndo) {
  session_->set({object("Cube"), {}}, location(), Value(Value::Numbers{1, 0, 0}));
  int heard = 0;
  const Connection connection = session_->changed.connect(
      [&](const ChangeSet& changes) { heard += int(changes.blocks.size()); });

  session_->undo();

  EXPECT_GE(heard, 1);
}

TEST_F(SessionTest, TheSceneIsEvaluatedBesideAndTheNewestStays) {
  for (int i = 1; i <= 20; ++i) {
    session_->set({object("Cube"), {}}, location(), Value(Value::Numbers{double(i), 0, 0}));
  }

  pump();

  ASSERT_TRUE(session_->evaluated());
  EXPECT_EQ(translation(session_->evaluated()->find(object("Cube"))->world_matrix).x, 20.0f);
}

TEST_F(SessionTest, WhatCannotRunSaysWhy) {
  session_->edit("Deselect", [&](Document& document) -> Result<void> {
    document.edit<Scene>(session_->scene()->id, Change::Selection).view_layers.edit(0).active = {};
    return {};
  });

  EXPECT_FALSE(session_->run("object.modifier_add"));

  EXPECT_NE(session_->log.lines().back().text.find("there is no active object"), std::string::npos);
}

TEST_F(SessionTest, SearchFindsAllWordsAndPutsWhatBeginsWithThemFirst) {
  Commands commands(*session_);
  commands.add({"wm.monkey_business", "Monkey Business", [](const OperatorSettings&) {}, {}});

  const std::vector<SearchItem> found = search_commands(*session_, commands, "monkey");

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].label, "Monkey Business");
  EXPECT_EQ(found[1].identifier, "mesh.primitive_monkey_add");
  EXPECT_TRUE(search_commands(*session_, commands, "monkey torus").empty());
}

TEST(PythonLiteral, IsPython) {
  EXPECT_EQ(python_literal(Value(true)), "True");
  EXPECT_EQ(python_literal(Value(0.5)), "0.5");
  EXPECT_EQ(python_literal(Value("a'b")), "\"a'b\"");
  EXPECT_EQ(python_literal(Value()), "None");
  EXPECT_EQ(python_literal(Value(Value::Numbers{1, 2})), "(1, 2)");
}

}  // namespace
}  // namespace kiln::editor
