// Operators that make and remove scenes.
#include "document/preferences.h"
#include "operators/document_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

enum class SceneCopy : std::uint8_t { New, Settings, Linked, Full };

struct NewSceneSettings {
  SceneCopy type = SceneCopy::New;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<NewSceneSettings> s("SCENE_OT_new", "New Scene");
      s.add<&NewSceneSettings::type>("type", "Type")
          .items({{"NEW", "New", 0},
                  {"EMPTY", "Copy Settings", 1},
                  {"LINK_COPY", "Linked Copy", 2},
                  {"FULL_COPY", "Full Copy", 3}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// The settings of a scene without what it shows.
BlockId copy_settings(Document& document, BlockId source) {
  const BlockId made = document.duplicate(source);
  auto& root = document.edit<Collection>(document.find<Scene>(made)->collection.id);
  root.objects.clear();
  root.children.clear();
  auto& scene = document.edit<Scene>(made);
  scene.camera = {};
  scene.world = {};
  for (std::int64_t i = 0; i < scene.view_layers.size(); ++i) {
    ViewLayer& layer = scene.view_layers.edit(i);
    layer.collections.clear();
    layer.selected = {};
    layer.hidden = {};
    layer.active = {};
    layer.active_collection = {};
  }
  return made;
}

// A copy with collections, objects, their data and the world of its own.
BlockId copy_all(Document& document, BlockId source) {
  const BlockId made = document.duplicate(source);
  std::unordered_map<BlockId, BlockId> copies;
  const auto copy = [&](BlockId id) {
    const DataBlock* block = document.find(id);
    if (!block || block->is_linked() || block->is_embedded()) {
      return;
    }
    if (const auto known = copies.try_emplace(id); known.second) {
      copies[id] = document.duplicate(id);
    }
  };
  const BlockId root = document.find<Scene>(source)->collection.id;
  std::vector<BlockId> collections{root};
  for (std::size_t i = 0; i < collections.size(); ++i) {
    for (const auto& child : document.find<Collection>(collections[i])->children) {
      if (std::find(collections.begin(), collections.end(), child.id) == collections.end()) {
        collections.push_back(child.id);
        copy(child.id);
      }
    }
  }
  for (const BlockId id : all_objects(document, root)) {
    const BlockId data = document.find<Object>(id)->data.id;
    copy(id);
    copy(data);
  }
  copy(document.find<Scene>(source)->world.id);
  // Copies refer to copies.
  std::vector<BlockId> edited{made, document.find<Scene>(made)->collection.id};
  for (const auto& [id, its_copy] : copies) {
    edited.push_back(its_copy);
  }
  for (const BlockId id : edited) {
    map_references(document.edit(id, Change::All), [&](BlockId target) {
      const auto found = copies.find(target);
      return found == copies.end() ? target : found->second;
    });
  }
  return made;
}

Result<Outcome> new_scene(Context& context, const NewSceneSettings& s, const Given&) {
  Document& document = context.document();
  const BlockId now = context.scene;
  const BlockId made = s.type == SceneCopy::New        ? add_scene(document, "Scene").id
                       : s.type == SceneCopy::Settings ? copy_settings(document, now)
                       : s.type == SceneCopy::Linked   ? document.duplicate(now)
                                                       : copy_all(document, now);
  if (const auto* preferences = context.project.services.find<Preferences>();
      preferences && s.type == SceneCopy::New) {
    document.edit<Scene>(made, Change::Settings).render.filepath =
        preferences->filepaths.render_output_directory;
  }
  auto& settings = document.edit_settings();
  settings.active_scene = made;
  settings.active_view_layer = document.find<Scene>(made)->view_layers[0].name;
  return Outcome::Finished;
}

std::optional<std::string> needs_two_scenes(const Context& context) {
  return context.document().all(BlockType::Scene).size() < 2
             ? std::optional<std::string>("the last scene of a document cannot be removed")
             : std::nullopt;
}

Result<Outcome> delete_scene(Context& context, const NoSettings&, const Given&) {
  Document& document = context.document();
  const IdList& scenes = document.all(BlockType::Scene);
  const std::int64_t at = scenes.position_of(context.scene);
  const BlockId next = scenes[at == 0 ? 1 : std::size_t(at - 1)];
  auto& settings = document.edit_settings();
  settings.active_scene = next;
  settings.active_view_layer = document.find<Scene>(next)->view_layers[0].name;
  document.remove(context.scene);
  return Outcome::Finished;
}

}  // namespace

void register_scenes(OperatorRegistry& registry) {
  add_operator(registry, "scene.new", "New Scene", new_scene);
  add_operator(registry, "scene.delete", "Delete Scene", delete_scene, needs_two_scenes);
}

}  // namespace kiln::operators
