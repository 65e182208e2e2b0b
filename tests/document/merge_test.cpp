#include "document/file/merge.h"

#include "document/camera.h"
#include "document/collection.h"
#include "document/file/database.h"
#include "document/file/diff.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/scene.h"
#include "support.h"

namespace kiln {
namespace {

class MergeTest : public DocumentFileTest {
protected:
  void SetUp() override {
    DocumentFileTest::SetUp();
    base = folder / "base.kiln";
    ours = folder / "ours.kiln";
    theirs = folder / "theirs.kiln";
    out = folder / "out.kiln";
    write(make_startup_document(registry), base);
  }
  // Writes what an edit makes of the base.
  void edit(const Path& path, const std::function<void(Document&)>& change) {
    Document document = read(base);
    change(document);
    write(document, path);
  }
  Object& cube(Document& document) {
    return document.edit<Object>(document.named(BlockType::Object, "Cube"));
  }
  void merge() {
    Result<MergeReport> merged = merge_documents(base, ours, theirs, out, registry, progress);
    ASSERT_TRUE(merged) << merged.error().message;
    report = std::move(*merged);
  }
  void expect_same_content(const Path& a, const Path& b) {
    const auto differences = diff_documents(a, b, registry);
    ASSERT_TRUE(differences) << differences.error().message;
    for (const DocumentDifference& d : *differences) {
      ADD_FAILURE() << d.block << " " << d.path << ": " << d.before << " -> " << d.after;
    }
  }

  Path base, ours, theirs, out;
  MergeReport report;
};

TEST_F(MergeTest, DifferentPropertiesOfOneBlockAreBothTaken) {
  edit(ours, [&](Document& d) { cube(d).location.x = 1.0f; });
  edit(theirs, [&](Document& d) { cube(d).scale.x = 2.0f; });

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  const Document merged = read(out);
  EXPECT_EQ(merged.named<Object>("Cube")->location.x, 1.0f);
  EXPECT_EQ(merged.named<Object>("Cube")->scale.x, 2.0f);
}

TEST_F(MergeTest, TheSamePropertyIsAConflictAndOursStays) {
  edit(ours, [&](Document& d) { cube(d).location.x = 1.0f; });
  edit(theirs, [&](Document& d) { cube(d).location.x = 2.0f; });

  merge();

  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_EQ(report.conflicts[0].block, "Object \"Cube\"");
  EXPECT_EQ(report.conflicts[0].path, "location");
  EXPECT_EQ(report.conflicts[0].theirs, "[2.0, 0.0, 0.0]");
  EXPECT_EQ(read(out).named<Object>("Cube")->location.x, 1.0f);
}

TEST_F(MergeTest, WithoutChangesInTheirsTheResultIsOurs) {
  edit(ours, [&](Document& d) {
    cube(d).location.x = 1.0f;
    d.remove(d.named(BlockType::Object, "Light"));
    d.add<Material>("New");
  });
  std::filesystem::copy_file(base, theirs);

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  EXPECT_TRUE(report.taken.empty());
  expect_same_content(ours, out);
}

TEST_F(MergeTest, WithoutChangesInOursTheResultIsTheirs) {
  std::filesystem::copy_file(base, ours);
  edit(theirs, [&](Document& d) {
    cube(d).location.x = 1.0f;
    d.remove(d.named(BlockType::Object, "Light"));
    d.rename(d.named(BlockType::Object, "Camera"), "Eye");
    auto& object = d.add<Object>("New");
    const BlockId id = object.id;
    d.edit<Collection>(d.named(BlockType::Collection, "Collection")).objects.push_back({id});
  });

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  expect_same_content(theirs, out);
}

TEST_F(MergeTest, ObjectsThatBothAddedAreThere) {
  const auto add = [&](const char* name) {
    return [=](Document& d) {
      const BlockId id = d.add<Object>(name).id;
      d.edit<Collection>(d.named(BlockType::Collection, "Collection")).objects.push_back({id});
    };
  };
  edit(ours, add("A"));
  edit(theirs, add("B"));

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  const Document merged = read(out);
  const auto& objects = merged.named<Collection>("Collection")->objects;
  EXPECT_EQ(objects.size(), 5u);
  EXPECT_TRUE(merged.named<Object>("A"));
  EXPECT_TRUE(merged.named<Object>("B"));
}

TEST_F(MergeTest, NewBlocksOfOneNameAreNumbered) {
  edit(ours, [](Document& d) { d.add<Material>("New").roughness = 0.1f; });
  edit(theirs, [](Document& d) { d.add<Material>("New").roughness = 0.2f; });

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  EXPECT_EQ(read(out).named<Material>("New")->roughness, 0.1f);
  EXPECT_EQ(read(out).named<Material>("New.001")->roughness, 0.2f);
}

TEST_F(MergeTest, WhatTheirsRemovedAndOursChangedStays) {
  edit(ours, [&](Document& d) { cube(d).location.x = 1.0f; });
  edit(theirs, [](Document& d) { d.remove(d.named(BlockType::Object, "Cube")); });

  merge();

  ASSERT_FALSE(report.conflicts.empty());
  const Document merged = read(out);
  const Object* object = merged.named<Object>("Cube");
  ASSERT_TRUE(object);
  EXPECT_TRUE(merged.named<Collection>("Collection")->contains({object->id}));
}

TEST_F(MergeTest, WhatOursRemovedAndTheirsChangedIsAConflict) {
  edit(ours, [](Document& d) { d.remove(d.named(BlockType::Object, "Cube")); });
  edit(theirs, [&](Document& d) { cube(d).location.x = 1.0f; });

  merge();

  EXPECT_EQ(report.conflicts.size(), 1u);
  EXPECT_FALSE(read(out).named<Object>("Cube"));
}

TEST_F(MergeTest, ArraysOfOneTopologyAreMergedOneByOne) {
  edit(ours, [&](Document& d) {
    auto& mesh = d.edit<Mesh>(d.named(BlockType::Mesh, "Cube"));
    mesh.set_positions(Array<float3>(std::vector<float3>(8, float3{1, 2, 3})));
  });
  edit(theirs, [&](Document& d) {
    d.edit<Mesh>(d.named(BlockType::Mesh, "Cube"))
        .attributes.set("mark", Domain::Point, Array<float>(std::vector<float>(8, 0.5f)));
  });

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  const Document merged = read(out);
  EXPECT_EQ(merged.named<Mesh>("Cube")->positions()[3], (float3{1, 2, 3}));
  EXPECT_TRUE(merged.named<Mesh>("Cube")->attributes.find("mark"));
}

TEST_F(MergeTest, SelectionIsNoConflict) {
  edit(ours, [](Document& d) {
    d.edit<Scene>(active_scene(d)->id).view_layers.edit(0).active = {
        d.named(BlockType::Object, "Light")};
  });
  edit(theirs, [](Document& d) {
    d.edit<Scene>(active_scene(d)->id).view_layers.edit(0).active = {
        d.named(BlockType::Object, "Camera")};
  });

  merge();

  EXPECT_TRUE(report.conflicts.empty());
}

TEST_F(MergeTest, CustomPropertiesGoByName) {
  edit(ours, [&](Document& d) { cube(d).custom.set("a", CustomValue{std::int32_t(1)}); });
  edit(theirs, [&](Document& d) { cube(d).custom.set("b", CustomValue{std::int32_t(2)}); });

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  const Document merged = read(out);
  EXPECT_TRUE(merged.named<Object>("Cube")->custom.find("a"));
  EXPECT_TRUE(merged.named<Object>("Cube")->custom.find("b"));
}

TEST_F(MergeTest, ATamperedSideIsAnErrorAndNothingIsWritten) {
  edit(ours, [&](Document& d) { cube(d).location.x = 1.0f; });
  edit(theirs, [&](Document& d) { cube(d).scale.x = 2.0f; });
  std::filesystem::resize_file(theirs, std::filesystem::file_size(theirs) / 2);

  const Result<MergeReport> merged = merge_documents(base, ours, theirs, out, registry, progress);

  EXPECT_FALSE(merged);
  EXPECT_FALSE(std::filesystem::exists(out));
}

TEST_F(MergeTest, WhatIsOnlySelectedDoesNotKeepWhatTheirsRemoved) {
  std::filesystem::copy_file(base, ours);
  edit(theirs, [](Document& d) { d.remove(d.named(BlockType::Object, "Cube")); });

  merge();

  EXPECT_TRUE(report.conflicts.empty());
  EXPECT_FALSE(read(out).named<Object>("Cube"));
  expect_same_content(theirs, out);
}

TEST_F(MergeTest, PropertiesNestedWithoutEndAreRefused) {
  std::filesystem::copy_file(base, ours);
  edit(theirs, [&](Document& d) { cube(d).scale.x = 2.0f; });
  {
    Result<Database> database = Database::open(theirs, true, false);
    ASSERT_TRUE(database);
    const std::string deep = R"({"a":)" + std::string(200000, '[') + std::string(200000, ']') + "}";
    Database::Statement update(*database, "UPDATE blocks SET properties = ? WHERE type = 'Object'");
    ASSERT_TRUE(update.bind(deep).finish());
  }

  EXPECT_FALSE(merge_documents(base, ours, theirs, out, registry, progress));
}

}  // namespace
}  // namespace kiln
