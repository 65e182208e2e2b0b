#include "support.h"

#include <fmt/format.h>

#include "document/collection.h"
#include "document/project.h"
#include "modeling/primitives.h"

namespace kiln::evaluation {
namespace {

class ContentHasher final : public ArrayVisitor {
public:
  void array(std::string_view name, const void* data, std::size_t size, int) override {
    hasher.add(name);
    hasher.add_bytes(data, size);
  }
  Hasher hasher;
};

std::string text(const float4x4& m) {
  std::string out;
  for (int r = 0; r < 4; ++r) {
    for (int c = 0; c < 4; ++c) {
      out += fmt::format("{} ", m[r][c]);
    }
  }
  return out;
}

std::string text(const std::shared_ptr<const Mesh>& mesh) {
  if (!mesh) {
    return "-";
  }
  ContentHasher content;
  mesh->visit_arrays(content);
  return fmt::format("{}:{:x}", mesh->vertex_count(), content.hasher.finish().low);
}

}  // namespace

Document EvaluationTest::start(BlockId* scene, BlockId* root, BlockId* mesh) {
  Document document = make_empty_document();
  *scene = document.settings().active_scene;
  *root = document.find<Scene>(*scene)->collection.id;
  *mesh = document.add(std::make_shared<Mesh>(modeling::cube(2)), "Cube").id;
  return document;
}

BlockId EvaluationTest::add(const char* name, BlockId data, BlockId collection) {
  const BlockId id = document.add<Object>(name).id;
  document.edit<Object>(id).data = {data};
  document.edit<Collection>(collection ? collection : root).objects.push_back({id});
  return id;
}

std::string description(const EvaluatedScene& scene) {
  std::string out;
  for (const EvaluatedObject& o : scene.objects) {
    out += fmt::format("{} {}{} {}{}{}\n", o.object->name, text(o.world_matrix), text(o.mesh),
                       int(o.is_in_layer), int(o.visibility.is_visible),
                       int(o.visibility.is_rendered));
    for (const std::string& warning : o.warnings) {
      out += "  " + warning + "\n";
    }
  }
  for (const Instance& i : scene.instances) {
    out += fmt::format("{} {}{} {} {} {}{}{}{}{} {} {} {}\n", i.object, text(i.world_matrix),
                       i.instancer, i.persistent_id[0], i.random_id, int(i.is_visible),
                       int(i.is_evaluated), int(i.is_rendered), int(i.show_self), int(i.is_listed),
                       i.generated.x, i.uv.x, i.persistent_id[1]);
  }
  for (const std::string& problem : scene.problems()) {
    out += problem + "\n";
  }
  return out;
}

}  // namespace kiln::evaluation
