#include <thread>

#include "document/collection.h"
#include "modeling/modifiers/array.h"
#include "modeling/modifiers/mirror.h"
#include "modeling/modifiers/subsurf.h"
#include "modeling/modifiers/wave.h"
#include "support.h"

namespace kiln::evaluation {
namespace {

TEST_F(EvaluationTest, ModifiersRunAgainOnlyWhereSomethingChanged) {
  const BlockId a = add("A", mesh), b = add("B", mesh);
  add_modifier<modeling::SubsurfModifier>(a);
  add_modifier<modeling::SubsurfModifier>(b).levels = 2;
  Evaluator evaluator;
  const auto before = evaluate(evaluator);
  const std::size_t run = evaluator.statistics().steps_run;

  edit(a).location.x = 3;
  const auto after = evaluate(evaluator);

  EXPECT_EQ(evaluator.statistics().steps_run, run);
  EXPECT_EQ(after->find(a)->mesh, before->find(a)->mesh);
  EXPECT_EQ(translation(after->find(a)->world_matrix).x, 3);
}

TEST_F(EvaluationTest, AModifierFollowsTheObjectItAskedFor) {
  const BlockId target = add("Target"), a = add("A", mesh);
  add_modifier<modeling::MirrorModifier>(a).mirror_object = {target};
  Evaluator evaluator;
  const auto before = evaluate(evaluator);

  edit(target).location.x = 2;
  const auto after = evaluate(evaluator);

  EXPECT_NE(after->find(a)->mesh, before->find(a)->mesh);
  float3 low, high;
  ASSERT_TRUE(after->find(a)->mesh->bounds(&low, &high));
  EXPECT_EQ(high.x, 5);
}

TEST_F(EvaluationTest, OnlyWhatAsksForTheFrameRunsAtEveryFrame) {
  const BlockId still = add("Still", mesh), moving = add("Moving", mesh);
  add_modifier<modeling::SubsurfModifier>(still);
  add_modifier<modeling::WaveModifier>(moving);
  Evaluator evaluator;
  const auto first = evaluate(evaluator, 1);
  const std::size_t run = evaluator.statistics().steps_run;

  const auto tenth = evaluate(evaluator, 10);

  EXPECT_EQ(evaluator.statistics().steps_run, run + 1);
  EXPECT_NE(tenth->find(moving)->geometry, first->find(moving)->geometry);
}

TEST_F(EvaluationTest, ViewportAndRenderHaveLevelsOfTheirOwn) {
  const BlockId a = add("A", mesh);
  auto& settings = add_modifier<modeling::SubsurfModifier>(a);
  settings.levels = 1;
  settings.render_levels = 2;
  Evaluator evaluator;

  EXPECT_EQ(evaluate(evaluator)->find(a)->mesh->face_count(), 24u);
  EXPECT_EQ(evaluate(evaluator, 1, Purpose::Render)->find(a)->mesh->face_count(), 96u);
  EXPECT_EQ(evaluate(evaluator)->find(a)->mesh->face_count(), 24u);
}

TEST_F(EvaluationTest, ACycleIsCutAndNamed) {
  const BlockId a = add("A", mesh), b = add("B", mesh);
  add_modifier<modeling::ArrayModifier>(a).start_cap = {b};
  add_modifier<modeling::ArrayModifier>(b).start_cap = {a};
  Evaluator evaluator;

  const auto result = evaluate(evaluator);

  ASSERT_EQ(result->problems().size(), 1u);
  EXPECT_NE(result->problems()[0].find("\"A\""), std::string::npos);
  EXPECT_TRUE(result->find(a)->mesh && result->find(b)->mesh);
}

TEST_F(EvaluationTest, SeveralFramesAtOnceAreTheFramesOneByOne) {
  for (int i = 0; i < 20; ++i) {
    const BlockId object = add("Wave", mesh);
    add_modifier<modeling::SubsurfModifier>(object);
    add_modifier<modeling::WaveModifier>(object).start_position_x = float(i);
  }
  std::vector<std::string> alone(8), together(8);
  for (int f = 0; f < 8; ++f) {
    Evaluator fresh;
    alone[std::size_t(f)] = description(*evaluate(fresh, float(f)));
  }
  Evaluator shared;
  std::vector<std::thread> threads;
  for (int f = 0; f < 8; ++f) {
    threads.emplace_back([&, f, snapshot = document] {
      Progress own;
      together[std::size_t(f)] = description(
          *shared.evaluate(snapshot, scene, "ViewLayer", float(f), Purpose::Viewport, own));
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }

  EXPECT_EQ(together, alone);
  EXPECT_NE(alone[1], alone[5]);
}

TEST_F(EvaluationTest, CancellingGivesNothingAndLeavesTheNextOneWhole) {
  for (int i = 0; i < 50; ++i) {
    add_modifier<modeling::SubsurfModifier>(add("A", mesh));
  }
  Evaluator evaluator;
  progress.cancel();
  EXPECT_EQ(evaluate(evaluator), nullptr);

  Progress fresh;
  const auto whole = evaluator.evaluate(document, scene, "ViewLayer", 1, Purpose::Viewport, fresh);

  ASSERT_TRUE(whole);
  for (const EvaluatedObject& object : whole->objects) {
    EXPECT_EQ(object.mesh->face_count(), 24u);
  }
}

TEST_F(EvaluationTest, AnOldResultStaysAsItWas) {
  std::vector<BlockId> objects;
  for (int i = 0; i < 600; ++i) {
    objects.push_back(add("A", mesh));
  }
  Evaluator evaluator;
  const auto before = evaluate(evaluator);
  const std::string text = description(*before);

  edit(objects[300]).location = {1, 2, 3};
  const auto after = evaluate(evaluator);

  EXPECT_EQ(description(*before), text);
  EXPECT_NE(description(*after), text);
  EXPECT_TRUE(after->objects.shares_page_with(before->objects, 0));
  EXPECT_FALSE(after->objects.shares_page_with(before->objects, 300));
}

}  // namespace
}  // namespace kiln::evaluation
