// Two threads read snapshots and evaluate them while the head is edited: the design's promise, watched by the thread sanitizer.

#include <thread>

#include "document/texture.h"
#include "modeling/modifiers/array.h"
#include "modeling/modifiers/displace.h"
#include "support.h"

namespace kiln::evaluation {
namespace {

// Reads every stored value of a struct and of what lies in it; returns how many.
std::size_t read_all(const ConstRef& ref) {
  std::size_t count = 0;
  for (const Schema* s = ref.schema; s; s = s->base) {
    for (const Property& p : s->properties) {
      if (!p.is_stored) {
        continue;
      }
      if (p.storage == Storage::Struct) {
        const ConstRef inner = nested(ref, p);
        count += inner ? read_all(inner) : 0;
      } else if (p.collection) {
        const std::int64_t size = p.collection->is_stored_list() ? p.collection->size(ref) : 0;
        for (std::int64_t i = 0; i < size; ++i) {
          count += read_all(p.collection->at(ref, i).ref);
        }
      } else {
        static_cast<void>(read(ref, p));
        ++count;
      }
    }
  }
  return count;
}

TEST_F(EvaluationTest, SnapshotsAreReadWhileTheHeadIsEdited) {
  const BlockId texture = document.add<Texture>("Texture").id;
  document.edit<Texture>(texture).kind = Texture::Type::Clouds;
  std::vector<BlockId> objects;
  for (int i = 0; i < 40; ++i) {
    objects.push_back(add("Object", mesh));
    add_modifier<modeling::ArrayModifier>(objects.back()).count = 3;
    add_modifier<modeling::DisplaceModifier>(objects.back()).texture = {texture};
  }
  Evaluator evaluator;
  std::mutex mutex;  // guards `published`
  Document published = document;
  std::atomic<bool> is_over{false};
  std::atomic<std::size_t> values{0}, scenes{0};
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r) {
    readers.emplace_back([&] {
      while (!is_over) {
        Document snapshot;
        {
          const std::scoped_lock lock(mutex);
          snapshot = published;
        }
        Progress own;
        scenes += evaluator.evaluate(snapshot, scene, "ViewLayer", 1, Purpose::Viewport, own) ? 1 : 0;
        snapshot.for_each([&](const DataBlock& block) {
          values += read_all({.schema = &block.dynamic_schema(), .data = &block, .block = &block, .document = &snapshot});
        });
      }
    });
  }
  std::mt19937 draw;
  for (int i = 0; i < 3000 || scenes < 20; ++i) {
    const BlockId object = objects[draw() % objects.size()];
    switch (draw() % 5) {
      case 0:
        document.edit<Mesh>(mesh, Change::Geometry).edit_positions()[draw() % 8].x = float(draw() % 10);
        break;
      case 1:
        document.edit<Texture>(texture, Change::Settings).noise_scale = 0.1f + float(draw() % 10);
        break;
      case 2:
        document.edit<Object>(object).custom.set("Key", CustomValue(std::int32_t(i)));
        break;
      case 3:
        document.rename(object, "Name " + std::to_string(draw() % 1000));
        break;
      default:
        document.edit<Object>(object, Change::Transform).location.x = float(draw() % 100);
        break;
    }
    document.settle();
    const std::scoped_lock lock(mutex);
    published = document;
  }
  is_over = true;
  for (std::thread& reader : readers) {
    reader.join();
  }

  EXPECT_GT(values, 1000u);
  EXPECT_EQ(published.find<Object>(objects[0])->custom.size(), document.find<Object>(objects[0])->custom.size());
}

}  // namespace
}  // namespace kiln::evaluation
