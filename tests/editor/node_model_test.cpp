#include "editor/node/node_model.h"

#include "support.h"

namespace kiln::editor {
namespace {

// The start-up cube has a material with Principled and output nodes.
class NodeModelTest : public SessionTest {
protected:
  NodeModelTest() : model_(*session_) { model_.rebuild(); }
  const NodeView& node(const std::string& title) const {
    for (const NodeView& view : model_.nodes()) {
      if (view.title == title) {
        return view;
      }
    }
    ADD_FAILURE() << "no node " << title;
    return model_.nodes().front();
  }
  const NodeSocketView& socket(const std::string& title, const std::string& label) const {
    for (const NodeSocketView& view : node(title).sockets) {
      if (view.label == label) {
        return view;
      }
    }
    ADD_FAILURE() << "no socket " << label;
    return node(title).sockets.front();
  }
  NodeModel model_;
};

TEST_F(NodeModelTest, ShowsTheActiveMaterial) {
  EXPECT_EQ(model_.nodes().size(), 2u);
  EXPECT_EQ(model_.links().size(), 1u);
  EXPECT_EQ(model_.title(), "Material");
}

TEST_F(NodeModelTest, ANodeIsAddedAndLinked) {
  ASSERT_TRUE(model_.add("ShaderNodeTexChecker", {-300, 0}));
  model_.rebuild();

  ASSERT_TRUE(
      model_.connect(socket("Checker Texture", "Color"), socket("Principled BSDF", "Base Color")));
  model_.rebuild();

  EXPECT_EQ(model_.links().size(), 2u);
  EXPECT_EQ(undo_labels(), (std::vector<std::string>{"Original", "Add Node", "Link"}));
}

TEST_F(NodeModelTest, TwoOutputsCannotBeLinked) {
  model_.add("ShaderNodeTexChecker", {-300, 0});
  model_.rebuild();

  EXPECT_FALSE(
      model_.connect(socket("Checker Texture", "Color"), socket("Principled BSDF", "BSDF")));
}

TEST_F(NodeModelTest, ALineThroughALinkCutsIt) {
  const NodeLinkView link = model_.links()[0];
  const float2 middle = (link.from + link.to) * 0.5f;

  model_.cut(middle + float2{0, -200}, middle + float2{0, 200});
  model_.rebuild();

  EXPECT_TRUE(model_.links().empty());
}

TEST_F(NodeModelTest, MovingGoesDownOnTheScreenAndIsOneStep) {
  const ItemId id = node("Principled BSDF").id;
  model_.select({id}, id, false);
  model_.rebuild();
  const float2 before = node("Principled BSDF").corner;
  const std::uint64_t key = unique_number();

  model_.move({10, 5}, key);
  model_.move({10, 5}, key);
  model_.rebuild();

  EXPECT_NEAR(node("Principled BSDF").corner.x, before.x + 20, 1e-4f);
  EXPECT_NEAR(node("Principled BSDF").corner.y, before.y + 10, 1e-4f);
  EXPECT_EQ(undo_labels().back(), "Move Nodes");
}

TEST_F(NodeModelTest, DeletingTakesLinksAlong) {
  const ItemId id = node("Principled BSDF").id;
  model_.select({id}, id, false);
  model_.rebuild();

  model_.remove_selected();
  model_.rebuild();

  EXPECT_EQ(model_.nodes().size(), 1u);
  EXPECT_TRUE(model_.links().empty());
}

TEST_F(NodeModelTest, CopiesKeepTheirLinksAmongThemselves) {
  model_.rebuild();
  std::vector<ItemId> all;
  for (const NodeView& view : model_.nodes()) {
    all.push_back(view.id);
  }
  model_.select(all, std::nullopt, false);
  model_.rebuild();

  model_.duplicate_selected();
  model_.rebuild();

  EXPECT_EQ(model_.nodes().size(), 4u);
  EXPECT_EQ(model_.links().size(), 2u);
  EXPECT_EQ(undo_labels().back(), "Duplicate Nodes");
}

TEST_F(NodeModelTest, AFrameLiesAroundItsNodesAndCarriesThem) {
  const NodeView before = node("Principled BSDF");
  model_.select({before.id}, before.id, false);
  model_.rebuild();
  model_.join_in_frame();
  model_.rebuild();
  const NodeView frame = node("Frame");
  EXPECT_LT(frame.corner.x, before.corner.x);
  EXPECT_GT(frame.size.x, before.size.x);
  EXPECT_EQ(node("Principled BSDF").corner, before.corner);

  model_.select({frame.id}, frame.id, false);
  model_.move({50, 20}, 1);
  model_.rebuild();
  EXPECT_EQ(node("Principled BSDF").corner, before.corner + float2({50, 20}));

  model_.select({before.id}, before.id, false);
  model_.rebuild();
  model_.leave_frame();
  model_.rebuild();
  EXPECT_EQ(node("Principled BSDF").corner, before.corner + float2({50, 20}));
}

TEST_F(NodeModelTest, AReroutePassesOnWhatCrossesTheLine) {
  const NodeLinkView link = model_.links().front();
  const float2 middle = (link.from + link.to) * 0.5f;

  model_.add_reroutes(middle - float2{0, 80}, middle + float2{0, 80});
  model_.rebuild();

  EXPECT_EQ(model_.nodes().size(), 3u);
  EXPECT_EQ(model_.links().size(), 2u);
  EXPECT_TRUE(node("Reroute").is_reroute);
}

TEST_F(NodeModelTest, DeletingWithReconnectClosesTheGap) {
  const ItemId mix = model_.add("ShaderNodeMixShader", {100, 0});
  model_.rebuild();
  const auto of_mix = [&](bool is_output) {
    const auto& sockets = node("Mix Shader").sockets;
    return *std::find_if(sockets.begin(), sockets.end(), [&](const NodeSocketView& s) {
      return s.is_output == is_output && s.label == "Shader";
    });
  };
  ASSERT_TRUE(model_.connect(socket("Principled BSDF", "BSDF"), of_mix(false)));
  model_.rebuild();
  ASSERT_TRUE(model_.connect(of_mix(true), socket("Material Output", "Surface")));
  model_.rebuild();
  model_.select({mix}, mix, false);
  model_.rebuild();

  model_.remove_selected_reconnecting();
  model_.rebuild();

  EXPECT_EQ(model_.nodes().size(), 2u);
  EXPECT_EQ(model_.links().size(), 1u);
}

TEST_F(NodeModelTest, SelectedNodesAreLinkedFromLeftToRight) {
  const ItemId checker = model_.add("ShaderNodeTexChecker", {-300, 0});
  model_.rebuild();
  model_.select({checker, node("Principled BSDF").id}, checker, false);
  model_.rebuild();

  ASSERT_TRUE(model_.link_selected(false));
  model_.rebuild();

  EXPECT_TRUE(model_.link_into(socket("Principled BSDF", "Base Color")));
}

TEST_F(NodeModelTest, ANodeOnALinkGoesIntoIt) {
  const NodeLinkView link = model_.links()[0];
  const float2 middle = (link.from + link.to) * 0.5f;
  const ItemId add = model_.add("ShaderNodeAddShader", {middle.x - 40, middle.y - 30});
  model_.rebuild();

  ASSERT_TRUE(model_.link_under(add));
  ASSERT_TRUE(model_.insert_into_link(add, model_.link_under(add), {}));
  model_.rebuild();

  EXPECT_EQ(model_.links().size(), 2u);
  EXPECT_FALSE(model_.link_under(add));
}

TEST_F(NodeModelTest, UnusedSocketsHideAndComeBack) {
  const ItemId id = node("Principled BSDF").id;
  const std::size_t all = node("Principled BSDF").sockets.size();
  model_.select({id}, id, false);
  model_.rebuild();

  model_.toggle_unused_sockets();
  model_.rebuild();
  EXPECT_EQ(node("Principled BSDF").sockets.size(), 1u);

  model_.toggle_unused_sockets();
  model_.rebuild();
  EXPECT_EQ(node("Principled BSDF").sockets.size(), all);
}

TEST_F(NodeModelTest, SelectionFollowsLinks) {
  const ItemId output = node("Material Output").id;
  model_.select({output}, output, false);
  model_.rebuild();

  model_.select_linked(/*is_upstream=*/true);
  model_.rebuild();

  EXPECT_TRUE(node("Principled BSDF").is_selected);
}

TEST_F(NodeModelTest, NodesGoIntoLinksAndPushWhatFollowsAside) {
  const float output = node("Material Output").corner.x, shader = node("Principled BSDF").corner.x;
  const ItemId id = model_.add("ShaderNodeMixShader", {-2000, 0});
  model_.rebuild();
  const NodeModel::InsertOffset offset{true, InsertOffsetDirection::Right, 60.0f};

  ASSERT_TRUE(model_.insert_into_link(id, model_.links()[0].link, offset));
  model_.rebuild();

  const auto right = [&](const std::string& title) {
    return node(title).corner.x + node(title).size.x;
  };
  EXPECT_EQ(node("Principled BSDF").corner.x, shader);
  EXPECT_NEAR(node("Mix Shader").corner.x - right("Principled BSDF"), 60.0f, 1e-3f);
  EXPECT_GE(node("Material Output").corner.x - right("Mix Shader"), 60.0f - 1e-3f);
  EXPECT_GT(node("Material Output").corner.x, output);
}

TEST_F(NodeModelTest, ToTheLeftWhatComesBeforeMakesRoom) {
  const float output = node("Material Output").corner.x;
  const ItemId id = model_.add("ShaderNodeMixShader", {2000, 0});
  model_.rebuild();

  model_.insert_into_link(id, model_.links()[0].link, {true, InsertOffsetDirection::Left, 60.0f});
  model_.rebuild();

  EXPECT_EQ(node("Material Output").corner.x, output);
  EXPECT_NEAR(output - node("Mix Shader").corner.x - node("Mix Shader").size.x, 60.0f, 1e-3f);
  EXPECT_NEAR(node("Mix Shader").corner.x - node("Principled BSDF").corner.x -
                  node("Principled BSDF").size.x,
              60.0f, 1e-3f);
}

TEST_F(NodeModelTest, DraggedNodesSnapToTheGridAndToSidesOfOthers) {
  const ItemId id = node("Principled BSDF").id;
  model_.select({id}, id, false);
  model_.rebuild();
  const NodeView &moved = node("Principled BSDF"), &other = node("Material Output");

  const float2 grid = model_.snapped({7, 13}, {}, SnapNodeElement::Grid, 15);
  EXPECT_NEAR(std::remainder(moved.corner.x + grid.x, 20.0f), 0.0f, 1e-3f);
  EXPECT_NEAR(std::remainder(moved.corner.y + grid.y, 20.0f), 0.0f, 1e-3f);
  // Near to the left side of the other one.
  const float to_side = other.corner.x - moved.corner.x;
  EXPECT_NEAR(model_.snapped({to_side + 6, 500}, {}, SnapNodeElement::NodeX, 15).x, to_side, 1e-3f);
  EXPECT_EQ(model_.snapped({to_side + 6, 500}, {}, SnapNodeElement::NodeY, 15).x, to_side + 6);
  EXPECT_EQ(model_.snapped({to_side + 40, 0}, {}, SnapNodeElement::NodeX, 15).x, to_side + 40);
}

}  // namespace
}  // namespace kiln::editor
