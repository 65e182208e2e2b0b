#include <chrono>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/schema/registry.h"
#include "document/image.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "io/obj/import.h"

namespace kiln::io::obj {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ObjImport : public testing::Test {
protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / fmt::format("kiln_obj_import_{}", ::getpid());
    std::filesystem::create_directories(folder_);
    collection_ = document_.add<Collection>("Collection").id;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Imported import(std::string_view text, const ImportSettings& settings = {}) {
    std::ofstream(folder_ / "thing.obj") << text;
    Progress progress;
    Result<Imported> imported =
        import_obj(document_, collection_, folder_ / "thing.obj", settings, &services_, progress);
    EXPECT_TRUE(imported) << imported.error().message;
    return *imported;
  }
  const kiln::Object& object(const Imported& imported, std::size_t i) const {
    return *document_.find<kiln::Object>(imported.objects[i]);
  }
  const Mesh& mesh(const Imported& imported, std::size_t i) const {
    return *document_.find<Mesh>(object(imported, i).data.id);
  }

  Path folder_;
  Document document_;
  Services services_;
  BlockId collection_;
};

constexpr std::string_view two_objects =
    "v 9 9 9\no First\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 5 5 5\nvt 0 0\nvt 1 0\nvt 1 1\nvt 0 "
    "1\nvn 0 0 1\n"
    "usemtl Red\ns 1\nf 2/1/1 3/2/1 4/3/1\nusemtl Blue\ns off\nf 2/1/1 4/3/1 5/4/1\nl 2 3\nl 5 6\n"
    "o Second\nusemtl Red\nf 4 3 2\no Empty\nv 3 3 3\n";

TEST_F(ObjImport, MakesAnObjectForEachThatHasSomething) {
  const Imported imported = import(two_objects);

  ASSERT_EQ(imported.objects.size(), 2u);
  EXPECT_EQ(object(imported, 0).name, "First");
  EXPECT_EQ(mesh(imported, 1).name, "Second");
  EXPECT_EQ(document_.find<Collection>(collection_)->objects.size(), 2u);
}

TEST_F(ObjImport, KeepsUsedVerticesInTheOrderOfTheFile) {
  const Mesh& first = mesh(import(two_objects), 0);

  EXPECT_THAT(first.positions().span(),
              ElementsAre(float3{0, 0, 0}, float3{1, 0, 0}, float3{1, 1, 0}, float3{0, 1, 0},
                          float3{5, 5, 5}));
  EXPECT_THAT(first.corner_vertices().span(), ElementsAre(0, 1, 2, 0, 2, 3));
  EXPECT_EQ(first.edge_count(), 6u);
}

TEST_F(ObjImport, MaterialsBecomeSlotsInTheOrderOfTheirUse) {
  const Imported imported = import(two_objects);
  const Mesh& first = mesh(imported, 0);

  ASSERT_EQ(first.materials.size(), 2u);
  EXPECT_EQ(document_.find(first.materials[0])->name, "Red");
  EXPECT_EQ(document_.find(first.materials[1])->name, "Blue");
  EXPECT_EQ(first.material_index(1), 1);
  EXPECT_EQ(mesh(imported, 1).materials[0], first.materials[0]);
}

TEST_F(ObjImport, SmoothingUvsAndNormalsCome) {
  const Imported imported = import(two_objects);
  const Mesh& first = mesh(imported, 0);

  EXPECT_TRUE(first.is_face_smooth(0));
  EXPECT_FALSE(first.is_face_smooth(1));
  ASSERT_TRUE(first.uv_map("UVMap"));
  EXPECT_EQ((*first.uv_map()->as<float2>())[5], (float2{0, 1}));
  EXPECT_TRUE(first.use_auto_smooth);
  EXPECT_EQ(first.corner_normals()[0], (float3{0, 0, 1}));
  EXPECT_EQ((*mesh(imported, 1).uv_map("UVMap")->as<float2>())[0], (float2{0, 0}));
  EXPECT_FALSE(mesh(imported, 1).use_auto_smooth);
}

TEST_F(ObjImport, AxesTurnTheObject) {
  const std::string triangle = "v 0 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\n";

  const kiln::Object& usual = object(import(triangle), 0);
  EXPECT_LT(distance(transform_point(usual.local_matrix(), {0, 1, 0}), {0, 0, 1}), 1e-6f);
  EXPECT_NEAR(usual.rotation_euler.x, 1.5707963f, 1e-6f);
  EXPECT_EQ(usual.name, "thing");
  const kiln::Object& same = object(import(triangle, {.forward = Axis::Y, .up = Axis::Z}), 0);
  EXPECT_EQ(same.rotation_euler, (float3{0, 0, 0}));
  const kiln::Object& other =
      object(import(triangle, {.forward = Axis::X, .up = Axis::NegativeY}), 0);
  EXPECT_LT(distance(transform_point(other.local_matrix(), {1, 0, 0}), {0, 1, 0}), 1e-6f);
  EXPECT_LT(distance(transform_point(other.local_matrix(), {0, -1, 0}), {0, 0, 1}), 1e-6f);
}

TEST_F(ObjImport, ParallelAxesAreAnError) {
  std::ofstream(folder_ / "thing.obj") << two_objects;
  Progress progress;

  const Result<Imported> imported =
      import_obj(document_, collection_, folder_ / "thing.obj",
                 {.forward = Axis::Y, .up = Axis::NegativeY}, &services_, progress);

  EXPECT_THAT(imported.error().message, HasSubstr("up_axis"));
}

TEST_F(ObjImport, ScaleMovesVerticesAndClampingScalesObjects) {
  const Imported imported =
      import("v 0 0 0\nv 70 0 0\nv 0 1 0\nf 1 2 3\n", {.global_scale = 2.0f, .clamp_size = 20.0f});

  EXPECT_EQ(mesh(imported, 0).positions()[1], (float3{140, 0, 0}));
  EXPECT_NEAR(object(imported, 0).scale.x, 0.1f, 1e-6f);
}

TEST_F(ObjImport, GroupsBecomeVertexGroupsWhenAskedFor) {
  const Imported imported =
      import("v 0 0 0\nv 1 0 0\nv 1 1 0\nv 2 0 0\ng Left\nf 1 2 3\ng Right\nf 2 3 4\n",
             {.import_vertex_groups = true});
  const Mesh& m = mesh(imported, 0);

  ASSERT_EQ(m.vertex_groups.size(), 2);
  EXPECT_EQ(m.vertex_groups[1].name, "Right");
  EXPECT_TRUE(m.weights.find(0, 0));
  EXPECT_FALSE(m.weights.find(0, 1));
  EXPECT_TRUE(m.weights.find(1, 0) && m.weights.find(1, 1));
}

TEST_F(ObjImport, VertexColorsBecomeLinear) {
  const Mesh& m = mesh(import("v 0 0 0 1 0 0.5\nv 1 0 0\nv 1 1 0 0 0 0\nf 1 2 3\n"), 0);

  const Array<FloatColor>* colors = m.attributes.find<FloatColor>("Color", Domain::Point);
  ASSERT_TRUE(colors);
  EXPECT_NEAR((*colors)[0].b, 0.2140f, 1e-4f);
  EXPECT_EQ((*colors)[1], (FloatColor{1, 1, 1, 1}));
}

TEST_F(ObjImport, FacesThatRepeatAVertexAreRepaired) {
  const Mesh& m =
      mesh(import("v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf 1 2 2 3\nf 1 1 2\nf 1 2 3 4\n"), 0);

  for (std::size_t f = 0; f < m.face_count(); ++f) {
    std::vector<int> vertices(m.face_vertices(f).begin(), m.face_vertices(f).end());
    std::sort(vertices.begin(), vertices.end());
    EXPECT_EQ(std::adjacent_find(vertices.begin(), vertices.end()), vertices.end());
  }
}

TEST_F(ObjImport, ManySmallObjectsFarApartTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text += fmt::format("v {} 0 0\n", i);
  }
  for (int i = 2; i < 20000; ++i) {
    text += fmt::format("o O{}\nf 1 {} 20000\n", i, i);
  }
  const auto start = std::chrono::steady_clock::now();

  EXPECT_EQ(import(text).objects.size(), 19998u);

  // Looking at every vertex for every object would take a hundred times as long.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(ObjImport, ACancelledImportLeavesTheDocumentAlone) {
  std::ofstream(folder_ / "thing.obj") << two_objects;
  const std::size_t before = document_.block_count();
  Progress progress;
  progress.cancel();

  EXPECT_FALSE(import_obj(document_, collection_, folder_ / "thing.obj", {}, &services_, progress));
  EXPECT_EQ(document_.block_count(), before);
}

TEST_F(ObjImport, MaterialsGetTheirViewportValues) {
  std::ofstream(folder_ / "a.mtl") << "newmtl Paint\nKd 0.8 0.1 0.1\nNs 250\nPm 0.7\nd 0.5\n";
  const Imported imported =
      import("mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nusemtl Paint\nf 1 2 3\n");

  const auto* material = document_.named<kiln::Material>("Paint");
  ASSERT_TRUE(material);
  EXPECT_EQ(material->diffuse_color, (float4{0.8f, 0.1f, 0.1f, 1.0f}));
  EXPECT_NEAR(material->roughness, 0.5f, 1e-6f);
  EXPECT_EQ(material->metallic, 0.7f);
  EXPECT_EQ(material->blend_method, MaterialBlendMethod::Blend);
  EXPECT_TRUE(material->use_nodes);
  EXPECT_EQ(material->node_tree.id, document_.find(material->node_tree)->id);
}

// Stand-ins for the node types of the renderer, with the sockets that matter here.
struct TextureNode : NodeType<TextureNode> {
  BlockRef<Image> image;
  TextureNode() {
    add_vector("Vector");
    add_output("NodeSocketColor", "Color");
    add_output("NodeSocketFloat", "Alpha");
  }
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<TextureNode> s("ShaderNodeTexImage", "Image Texture", &Node::schema());
      s.add<&TextureNode::image>("image", "Image");
      s.set_tag("ShaderNodeTexImage");
      return s.build();
    }();
    return schema;
  }
};

struct MappingNode : NodeType<MappingNode> {
  MappingNode() {
    add_vector("Vector");
    add_vector("Location");
    add_vector("Scale", {1, 1, 1});
    add_output("NodeSocketVector", "Vector");
  }
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MappingNode> s("ShaderNodeMapping", "Mapping", &Node::schema());
      s.set_tag("ShaderNodeMapping");
      return s.build();
    }();
    return schema;
  }
};

struct PrincipledNode : NodeType<PrincipledNode> {
  PrincipledNode() {
    add_color("Base Color", {0.8f, 0.8f, 0.8f, 1});
    add_factor("Roughness", 0.5f);
    add_factor("Alpha", 1.0f);
    add_output("NodeSocketShader", "BSDF");
  }
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<PrincipledNode> s("ShaderNodeBsdfPrincipled", "Principled BSDF",
                                      &Node::schema());
      s.set_tag("ShaderNodeBsdfPrincipled");
      return s.build();
    }();
    return schema;
  }
};

struct OutputNode : NodeType<OutputNode> {
  OutputNode() { add_shader("Surface"); }
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<OutputNode> s("ShaderNodeOutputMaterial", "Material Output", &Node::schema());
      s.set_tag("ShaderNodeOutputMaterial");
      return s.build();
    }();
    return schema;
  }
};

TEST_F(ObjImport, MaterialsGetNodesWithTheirPictures) {
  Registry registry;
  register_node_types(registry);
  registry.add(TextureNode::schema());
  registry.add(MappingNode::schema());
  registry.add(PrincipledNode::schema());
  registry.add(OutputNode::schema());
  services_.set<const Registry>(&registry);
  std::filesystem::create_directories(folder_ / "textures");
  std::ofstream(folder_ / "textures" / "wood.png") << "picture";
  std::ofstream(folder_ / "a.mtl")
      << "newmtl Paint\nKd 0.8 0.1 0.1\nmap_Kd -s 2 3 1 textures/wood.png\nmap_d missing.png\n";

  const Imported imported =
      import("mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nusemtl Paint\nf 1 2 3\n");

  const NodeTree& tree = *document_.find(document_.named<kiln::Material>("Paint")->node_tree);
  const std::int64_t principled = tree.nodes.find("Principled BSDF"),
                     texture = tree.nodes.find("Image Texture");
  ASSERT_GE(principled, 0);
  ASSERT_GE(texture, 0);
  EXPECT_EQ(tree.nodes[principled].input("Base Color")->number, (float4{0.8f, 0.1f, 0.1f, 1.0f}));
  const NodeLink* link =
      tree.link_to(tree.nodes.id(principled), tree.nodes[principled].inputs.id(0));
  ASSERT_TRUE(link);
  EXPECT_EQ(link->from_node, tree.nodes.id(texture));
  const auto& image_node = static_cast<const TextureNode&>(tree.nodes[texture]);
  EXPECT_EQ(document_.find(image_node.image)->filepath,
            (folder_ / "textures" / "wood.png").string());
  EXPECT_EQ(document_.find(image_node.image)->color_space, "sRGB");
  EXPECT_GE(tree.nodes.find("Mapping"), 0);
  EXPECT_THAT(imported.warnings, ElementsAre(HasSubstr("missing.png")));
}

}  // namespace
}  // namespace kiln::io::obj
