// A scene made from the one before must be what a fresh evaluation gives, whatever was edited in
// between.

#include "document/collection.h"
#include "document/material.h"
#include "document/texture.h"
#include "modeling/modifiers/array.h"
#include "modeling/modifiers/displace.h"
#include "modeling/modifiers/mirror.h"
#include "modeling/modifiers/subsurf.h"
#include "modeling/modifiers/wave.h"
#include "support.h"

namespace kiln::evaluation {
namespace {

class RenewalTest : public EvaluationTest {
protected:
  int random(int count) { return int(std::uniform_int_distribution<int>(0, count - 1)(draw)); }
  BlockId any_object() { return objects[std::size_t(random(int(objects.size())))]; }
  float any_number() { return float(random(400)) * 0.01f - 2; }

  void reset() {
    document = EvaluationTest::start(&scene, &root, &mesh);
    objects.clear();
    meshes.clear();
    textures.clear();
  }

  void build(int count) {
    inner = document.add<Collection>("Inner").id;
    document.edit<Collection>(root).children.push_back({inner});
    hidden = document.add<Collection>("Not in the layer").id;
    for (const char* name : {"A", "B"}) {
      textures.push_back(document.add<Texture>(name).id);
      document.edit<Texture>(textures.back()).kind = Texture::Type::Clouds;
      meshes.push_back(document.add(std::make_shared<Mesh>(*document.find<Mesh>(mesh)), name).id);
    }
    for (int i = 0; i < count; ++i) {
      const BlockId where[] = {root, root, inner, hidden};
      objects.push_back(
          add("Object", random(4) ? meshes[std::size_t(random(2))] : BlockId{}, where[random(4)]));
    }
    for (int i = 0; i < 3 * count; ++i) {
      edit_something();
    }
  }

  void add_some_modifier(BlockId object) {
    if (document.find<Object>(object)->modifiers.size() >= 2) {
      document.edit<Object>(object).modifiers.clear();
      return;
    }
    switch (random(5)) {
      case 0:
        add_modifier<modeling::ArrayModifier>(object).offset_object = {any_object()};
        break;
      case 1:
        add_modifier<modeling::MirrorModifier>(object).mirror_object = {any_object()};
        break;
      case 2:
        add_modifier<modeling::DisplaceModifier>(object).texture = {
            textures[std::size_t(random(2))]};
        break;
      case 3:
        add_modifier<modeling::WaveModifier>(object).start_position_object = {any_object()};
        break;
      default:
        add_modifier<modeling::ArrayModifier>(object).start_cap = {any_object()};
        break;
    }
  }

  void edit_layer() {
    ViewLayer& layer = document.edit<Scene>(scene).view_layers.edit(0);
    switch (random(4)) {
      case 0:
        layer.set_selected(any_object(), random(2));
        break;
      case 1:
        layer.set_hidden(any_object(), random(2));
        break;
      case 2:
        layer.edit_state_of(inner).hide_viewport = random(2);
        break;
      default:
        layer.edit_state_of(inner).exclude = random(2);
        break;
    }
  }

  // Writes `attempt` as a boolean or the item of an enumeration; false for other properties.
  bool edit_property(BlockId object, const Property& p, int attempt) {
    if (!p.address || !p.is_stored || p.length > 0 || p.is_enum_flag) {
      return false;
    }
    const bool is_boolean = p.type == PropertyType::Boolean;
    if (!is_boolean && (p.type != PropertyType::Enum || p.items.empty())) {
      return false;
    }
    Object& edited = document.edit<Object>(object, p.change);
    const MutableRef ref{
        .schema = &Object::schema(), .data = &edited, .block = &edited, .document = &document};
    const Value value = is_boolean
                            ? Value(attempt % 2 == 1)
                            : Value(p.items[std::size_t(attempt) % p.items.size()].identifier);
    EXPECT_TRUE(write(ref, p, value));
    return true;
  }

  void edit_something() {
    const BlockId object = any_object();
    switch (random(14)) {
      case 0:
      case 1:
      case 2:
        edit(object, Change::Transform).location = {any_number(), any_number(), any_number()};
        break;
      case 3:
        edit(object).parent = {random(3) ? any_object() : BlockId{}};
        break;
      case 4:
        edit(object).data = {random(4) ? meshes[std::size_t(random(2))] : BlockId{}};
        break;
      case 5:
        add_some_modifier(object);
        break;
      case 6:
        edit_layer();
        break;
      case 7:
        edit_property(object,
                      Object::schema()
                          .properties[std::size_t(random(int(Object::schema().properties.size())))],
                      random(8));
        break;
      case 8:
        document.edit<Texture>(textures[std::size_t(random(2))]).noise_scale =
            0.1f + float(random(10)) * 0.1f;
        break;
      case 9: {
        Mesh& edited = document.edit<Mesh>(meshes[std::size_t(random(2))]);
        edited.edit_positions()[std::size_t(random(8))] = {any_number(), any_number(),
                                                           any_number()};
        edited.finish_editing();
        break;
      }
      case 10:
        edit(object).instance_collection = {random(2) ? hidden : inner};
        edit(object).instance_type = ObjectInstanceType::Collection;
        break;
      case 11:
        edit(object).parent_type = random(2) ? ObjectParentType::Vertex : ObjectParentType::Object;
        edit(object).parent_vertices = {random(8), 1, 2};
        break;
      case 12:
        document.rename(object, "Name " + std::to_string(random(100)));
        break;
      default:
        if (objects.size() < 40) {
          objects.push_back(add("New", meshes[std::size_t(random(2))]));
        } else {
          document.remove(object);
          std::erase(objects, object);
        }
        break;
    }
  }

  std::mt19937 draw;
  BlockId inner, hidden;
  std::vector<BlockId> objects, meshes, textures;
};

TEST_F(RenewalTest, IsWhatAFreshEvaluationGives) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    reset();
    draw.seed(seed);
    build(25);
    Evaluator kept;
    kept.set_checked(true);
    float frame = 1;
    for (int round = 0; round < 60; ++round) {
      for (int edits = 1 + random(3); edits > 0; --edits) {
        edit_something();
      }
      frame = random(8) == 0 ? float(1 + random(20)) : frame;
      Evaluator fresh;
      ASSERT_EQ(description(*evaluate(kept, frame)), description(*evaluate(fresh, frame)))
          << "seed " << seed << ", round " << round;
    }
    EXPECT_EQ(kept.check_failures(), std::vector<std::string>());
  }
}

TEST_F(RenewalTest, KnowsEveryPropertyOfObjects) {
  const BlockId parent = add("Parent", mesh), child = add("Child", mesh), other = add("Instancer");
  edit(child).parent = {parent};
  edit(child).parent_vertices = {3, 1, 2};
  const BlockId members = document.add<Collection>("Members").id;
  edit(other).instance_collection = {members};
  const BlockId member = add("Member", mesh, members);
  edit(other).instance_type = ObjectInstanceType::Collection;
  Evaluator kept;
  int edited = 0;
  auto last = evaluate(kept);
  for (const Property& p : Object::schema().properties) {
    for (int attempt = 0; attempt < 9; ++attempt) {
      for (const BlockId object : {parent, child, other, member}) {
        if (edit_property(object, p, attempt)) {
          ++edited;
          Evaluator fresh;
          last = evaluate(kept);
          ASSERT_EQ(description(*last), description(*evaluate(fresh)))
              << p.identifier << " of " << document.find(object)->name;
        }
      }
    }
    edit(other).instance_type = ObjectInstanceType::Collection;
  }
  EXPECT_GT(edited, 800);
}

TEST_F(RenewalTest, CostsWhatChanged) {
  for (int i = 0; i < 20000; ++i) {
    objects.push_back(add("Object", mesh));
  }
  Evaluator evaluator;
  auto last = evaluate(evaluator);
  const auto seconds = [](auto work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const double whole = seconds(
      [&] { Evaluator().evaluate(document, scene, "ViewLayer", 1, Purpose::Viewport, progress); });
  const double one = seconds([&] {
                       for (int i = 0; i < 20; ++i) {
                         edit(any_object(), Change::Transform).location.x = any_number();
                         last = evaluate(evaluator);
                       }
                     }) /
                     20;

  EXPECT_LT(one * 10, whole) << one << " s for one, " << whole << " s for all";
}

}  // namespace
}  // namespace kiln::evaluation
