#include "document/blend_data.h"

#include <unordered_set>

#include "core/schema/registry.h"
#include "document/camera.h"
#include "document/collection.h"
#include "document/image.h"
#include "document/library.h"
#include "document/light.h"
#include "document/material.h"
#include "document/mesh.h"
#include "document/node_tree.h"
#include "document/object.h"
#include "document/preferences.h"
#include "document/project.h"
#include "document/scene.h"
#include "document/script_nodes.h"
#include "document/text.h"
#include "document/texture.h"
#include "document/world.h"

namespace kiln {
namespace {

// All blocks of one type, by name.
class BlocksAccess final : public CollectionAccess {
public:
  explicit BlocksAccess(BlockType type) : type_(type) {}
  bool holds_blocks() const override { return true; }
  std::vector<BlockId> blocks(const ConstRef& owner) const override {
    return list(owner).to_vector();
  }
  std::int64_t size(const ConstRef& owner) const override {
    return std::int64_t(list(owner).size());
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    return {{}, 0, list(owner)[std::size_t(i)]};
  }
  std::int64_t find(const ConstRef& owner, std::string_view name) const override {
    return owner.document->index_of_name(type_, name);
  }

private:
  const IdList& list(const ConstRef& owner) const { return owner.document->all(type_); }
  BlockType type_;
};

using NewBlock = std::function<Result<BlockId>(const Call&)>;

struct Kind {
  BlockType type;
  const char* identifier;
  const char* label;
  const char* collection;  ///< struct of the collection
  const char* block;       ///< what functions call one of them
  const char* name;        ///< what the interface tells as the name of a new one
  const Schema& (*schema)();
};

constexpr Kind kinds[] = {
    {BlockType::Camera, "cameras", "Cameras", "BlendDataCameras", "camera", "Camera",
     &Camera::schema},
    {BlockType::Scene, "scenes", "Scenes", "BlendDataScenes", "scene", "Scene", &Scene::schema},
    {BlockType::Object, "objects", "Objects", "BlendDataObjects", "object", "Object",
     &Object::schema},
    {BlockType::Material, "materials", "Materials", "BlendDataMaterials", "material", "Material",
     &Material::schema},
    {BlockType::NodeTree, "node_groups", "Node Groups", "BlendDataNodeTrees", "tree", "NodeGroup",
     &NodeTree::schema},
    {BlockType::Mesh, "meshes", "Meshes", "BlendDataMeshes", "mesh", "Mesh", &Mesh::schema},
    {BlockType::Light, "lights", "Lights", "BlendDataLights", "light", "Light", &Light::schema},
    {BlockType::Image, "images", "Images", "BlendDataImages", "image", "Image", &Image::schema},
    {BlockType::World, "worlds", "Worlds", "BlendDataWorlds", "world", "World", &World::schema},
    {BlockType::Text, "texts", "Texts", "BlendDataTexts", "text", "Text", &Text::schema},
    {BlockType::Texture, "textures", "Textures", "BlendDataTextures", "texture", "Texture",
     &Texture::schema},
    {BlockType::Collection, "collections", "Collections", "BlendDataCollections", "collection",
     "Collection", &Collection::schema},
    {BlockType::Library, "libraries", "Libraries", "BlendDataLibraries", "library", "",
     &Library::schema},
};

// Types of node trees: those of the program, and those that scripts registered.
std::vector<EnumItem> node_tree_items(const ConstRef& owner) {
  std::vector<EnumItem> items{{"ShaderNodeTree", "Shader Node Tree", 0},
                              {"TextureNodeTree", "Texture Node Tree", 1},
                              {"CompositorNodeTree", "Compositor Node Tree", 2},
                              {"GeometryNodeTree", "Geometry Node Tree", 3}};
  const auto* registry = owner.services ? owner.services->find<const Registry>() : nullptr;
  for (std::size_t i = 0; registry && i < registry->all().size(); ++i) {
    const Schema& schema = *registry->all()[i];
    if (schema.is_runtime && schema.is_a(NodeTree::schema())) {
      items.push_back({schema.identifier, schema.label, int(items.size())});
    }
  }
  return items;
}

// What `new` takes.
std::vector<Property> new_parameters(const Kind& kind) {
  std::vector<Property> list{parameter(PropertyType::String, "name", "", [&](PropertyBuilder& p) {
    p.required().default_value(kind.name);
  })};
  switch (kind.type) {
    case BlockType::Object:
      list.push_back(parameter(PropertyType::Pointer, "object_data", "", [](PropertyBuilder& p) {
        p.required().target(&DataBlock::schema);
      }));
      list.back().is_required = false;
      list.back().is_optional = true;
      break;
    case BlockType::Light:
      list.push_back(parameter(PropertyType::Enum, "type", "Type", [](PropertyBuilder& p) {
        p.required()
            .items({{"POINT", "Point", 0},
                    {"SUN", "Sun", 1},
                    {"SPOT", "Spot", 2},
                    {"AREA", "Area", 4}})
            .default_value("POINT");
      }));
      break;
    case BlockType::Texture:
      list.push_back(parameter(PropertyType::Enum, "type", "Type", [](PropertyBuilder& p) {
        p.required().items(texture_type_items()).default_value("NONE");
      }));
      break;
    case BlockType::NodeTree:
      list.push_back(parameter(PropertyType::Enum, "type", "Type", [](PropertyBuilder& p) {
        p.required().items(node_tree_items({})).items(node_tree_items);
      }));
      break;
    case BlockType::Image:
      for (const char* size : {"width", "height"}) {
        list.push_back(parameter(PropertyType::Int, size, "", [](PropertyBuilder& p) {
          p.required().range(1, max_image_size).default_value(1024);
        }));
      }
      for (const char* flag : {"alpha", "float_buffer", "stereo3d", "is_data", "tiled"}) {
        list.push_back(parameter(PropertyType::Boolean, flag, "",
                                 [](PropertyBuilder& p) { p.default_value(false); }));
      }
      break;
    default:
      break;
  }
  return list;
}

Result<BlockId> make_new(BlockType type, const Call& call) {
  Document& document = call.document;
  const std::string& name = call.values[0].as_string();
  switch (type) {
    case BlockType::Scene: {
      Scene& scene = add_scene(document, name);
      if (const auto* preferences = call.services.find<Preferences>()) {
        scene.render.filepath = preferences->filepaths.render_output_directory;
      }
      return scene.id;
    }
    case BlockType::Object: {
      BlockId data = call.values[1].as_block();
      const auto* evaluated = std::get_if<std::shared_ptr<const DataBlock>>(&call.values[1].data);
      if (evaluated) {
        data = (*evaluated)->id;
      }
      const DataBlock* block = document.find(data);
      if (block && block->type() != BlockType::Mesh && block->type() != BlockType::Camera &&
          block->type() != BlockType::Light) {
        return Error::invalid("Error: ID type of '{}' is not valid for an object", block->name);
      }
      auto& object = document.add<Object>(name);
      object.data = {data};
      object.initialize_for(block);
      return object.id;
    }
    case BlockType::Mesh:
      return document.add<Mesh>(name).id;
    case BlockType::Camera:
      return document.add<Camera>(name).id;
    case BlockType::Light: {
      auto& light = document.add<Light>(name);
      const std::string& kind = call.values[1].as_string();
      light.kind = kind == "SUN"    ? LightType::Sun
                   : kind == "SPOT" ? LightType::Spot
                   : kind == "AREA" ? LightType::Area
                                    : LightType::Point;
      return light.id;
    }
    case BlockType::Texture: {
      auto& texture = document.add<Texture>(name);
      for (const EnumItem& item : texture_type_items()) {
        if (item.identifier == call.values[1].as_string()) {
          texture.kind = Texture::Type(item.value);
        }
      }
      return texture.id;
    }
    case BlockType::World:
      return document.add<World>(name).id;
    case BlockType::Material:
      return document.add<Material>(name).id;
    case BlockType::NodeTree: {
      auto& tree = document.add<NodeTree>(name);
      const std::string& kind = call.values[1].as_string();
      tree.kind = kind == "TextureNodeTree"      ? NodeTreeKind::Texture
                  : kind == "CompositorNodeTree" ? NodeTreeKind::Compositing
                  : kind == "GeometryNodeTree"   ? NodeTreeKind::Geometry
                                                 : NodeTreeKind::Shader;
      if (const auto* registry = call.services.find<const Registry>(); registry && kind != tree.dynamic_schema().identifier) {
        const BlockId id = tree.id;
        tree.script_kind = kind;
        resolve_script_nodes(document, *registry);
        return id;
      }
      return tree.id;
    }
    case BlockType::Image:
      return add_image(document, name, int(call.values[1].as_int()), int(call.values[2].as_int()),
                       call.values[3].as_bool(), call.values[4].as_bool(), call.values[6].as_bool())
          .id;
    case BlockType::Text: {
      auto& text = document.add<Text>(name);
      const auto* preferences = call.services.find<Preferences>();
      text.indentation = !preferences || preferences->filepaths.use_tabs_as_spaces
                             ? TextIndentation::Spaces
                             : TextIndentation::Tabs;
      return text.id;
    }
    case BlockType::Collection:
      return document.add<Collection>(name).id;
    default:
      return Error::unsupported("Error: this type of data-block cannot be made");
  }
}

Result<Value> remove_block(BlockType type, const Call& call) {
  const BlockId id = call.values[0].as_block();
  const DataBlock* block = call.document.find(id);
  const bool do_unlink = call.values[1].as_bool();
  if (!block || block->type() != type) {
    return Error::invalid("Error: the data-block is not in this document");
  }
  if (block->is_embedded()) {
    return Error::invalid(
        "Error: '{}' is a part of another data-block and cannot be removed by itself", block->name);
  }
  if (type == BlockType::Scene && call.document.all(BlockType::Scene).size() == 1) {
    return Error::invalid("Error: Scene '{}' is the last local one, cannot be removed",
                          block->name);
  }
  if (!do_unlink && call.document.users(id) > 0) {
    return Error::invalid(
        "Error: {} '{}' must have zero users to be removed, found {} (try with do_unlink=True "
        "parameter)",
        block->dynamic_schema().label, block->name, call.document.users(id));
  }
  std::vector<BlockId> doomed{id};
  if (do_unlink &&
      (type == BlockType::Mesh || type == BlockType::Camera || type == BlockType::Light)) {
    // An object cannot go on without its data.
    for (const BlockId user : call.document.users_of(id)) {
      const auto* object = call.document.find<Object>(user);
      if (object && object->data.id == id) {
        doomed.push_back(user);
      }
    }
  }
  call.document.remove(doomed);
  return Value();
}

Schema make_collection_schema(const Kind& kind) {
  struct Tag {};
  SchemaBuilder<Tag> s(kind.collection, kind.label);
  std::vector<Property> parameters = new_parameters(kind);
  parameters.push_back(parameter(PropertyType::Pointer, kind.block, "",
                                 [&](PropertyBuilder& p) { p.output().target(kind.schema); }));
  const BlockType type = kind.type;
  if (type != BlockType::Library) {
    s.add_function("new", std::move(parameters), [type](const Call& call) -> Result<Value> {
      const Result<BlockId> made = make_new(type, call);
      return made ? Result<Value>(Value(*made)) : Result<Value>(made.error());
    });
  }
  const auto flag = [](const char* name) {
    return parameter(PropertyType::Boolean, name, "",
                     [](PropertyBuilder& p) { p.default_value(true); });
  };
  std::vector<Property> removed{
      parameter(PropertyType::Pointer, kind.block, "",
                [&](PropertyBuilder& p) { p.required().never_none().target(kind.schema); }),
      flag("do_unlink")};
  if (type != BlockType::Scene) {
    removed.insert(removed.end(), {flag("do_id_user"), flag("do_ui_user")});
  }
  s.add_function("remove", std::move(removed),
                 [type](const Call& call) { return remove_block(type, call); });
  s.add_function("tag",
                 {parameter(PropertyType::Boolean, "value", "Value",
                            [](PropertyBuilder& p) { p.required(); })},
                 [type](const Call& call) -> Result<Value> {
                   for (const BlockId id : call.document.all(type).to_vector()) {
                     call.document.edit(id, Change::None).tag = call.values[0].as_bool();
                   }
                   return Value();
                 });
  return s.build();
}

template <std::size_t I>
const Schema& collection_schema() {
  static const Schema schema = make_collection_schema(kinds[I]);
  return schema;
}

template <std::size_t... I>
void add_collections(auto& s, std::index_sequence<I...>) {
  (s.add_collection(kinds[I].identifier, kinds[I].label, kinds[I].schema,
                    std::make_shared<BlocksAccess>(kinds[I].type))
       .collection_schema(&collection_schema<I>)
       .not_animatable(),
   ...);
}

template <std::size_t... I>
void register_collections(Registry& registry, std::index_sequence<I...>) {
  (registry.add(collection_schema<I>()), ...);
}

using Indices = std::make_index_sequence<std::size(kinds)>;

}  // namespace

int purge_orphans(Document& document, bool is_recursive, bool local, bool linked) {
  int removed = 0;
  for (bool again = true; again;) {
    std::vector<BlockId> orphans;
    std::unordered_set<BlockId> libraries;  // that something is linked from
    document.for_each([&](const DataBlock& block) { libraries.insert(block.link.library); });
    document.for_each([&](const DataBlock& block) {
      if (!block.is_embedded() && block.type() != BlockType::Scene &&
          (block.is_linked() ? linked : local) && !libraries.contains(block.id) &&
          document.users(block.id) == 0) {
        orphans.push_back(block.id);
      }
    });
    document.remove(orphans);
    removed += int(orphans.size());
    again = is_recursive && !orphans.empty();
  }
  return removed;
}

const Schema& blend_data_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("BlendData", "Blendfile Data");
    const auto project = [](const ConstRef& r) {
      return r.services ? r.services->find<Project>() : nullptr;
    };
    s.add_computed(PropertyType::String, "filepath", "Filename",
                   [project](const ConstRef& r) {
                     return Value(project(r) ? project(r)->path.string() : std::string());
                   })
        .subtype(Subtype::FilePath)
        .default_value("")
        .never_none()
        .not_animatable();
    s.add_computed(
         PropertyType::Boolean, "is_dirty", "File Has Unsaved Changes",
         [project](const ConstRef& r) { return Value(project(r) && project(r)->is_dirty()); })
        .default_value(false);
    s.add_computed(
         PropertyType::Boolean, "is_saved", "File is Saved",
         [project](const ConstRef& r) { return Value(project(r) && project(r)->is_saved); })
        .default_value(false);
    s.add_computed(
         PropertyType::Boolean, "use_autopack", "Use Auto-Pack",
         [](const ConstRef& r) {
           return Value(r.document && r.document->settings().use_autopack);
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           if (r.document) {
             r.document->edit_settings().use_autopack = v.as_bool();
           }
           return {};
         })
        .default_value(false);
    s.add_computed(PropertyType::Int, "version", "Version",
                   [](const ConstRef&) {
                     return Value(Value::Numbers{3, 4, 6});  // of files, see `bpy.app.version_file`
                   })
        .array(3)
        .range(0, infinity)
        .subtype(Subtype::Xyz)
        .default_value(Value::Numbers{0, 0, 0});
    add_collections(s, Indices());
    s.add_function(
        "orphans_purge",
        {parameter(PropertyType::Boolean, "do_local_ids", "",
                   [](PropertyBuilder& p) { p.default_value(true); }),
         parameter(PropertyType::Boolean, "do_linked_ids", "",
                   [](PropertyBuilder& p) { p.default_value(true); }),
         parameter(PropertyType::Boolean, "do_recursive", "",
                   [](PropertyBuilder& p) { p.default_value(false); }),
         parameter(PropertyType::Int, "removed", "", [](PropertyBuilder& p) { p.output(); })},
        [](const Call& call) -> Result<Value> {
          return Value(purge_orphans(call.document, call.values[2].as_bool(),
                                     call.values[0].as_bool(), call.values[1].as_bool()));
        });
    s.add_function("batch_remove",
                   {parameter(PropertyType::Collection, "ids", "",
                              [](PropertyBuilder& p) { p.required().target(&DataBlock::schema); })},
                   [](const Call& call) -> Result<Value> {
                     std::vector<BlockId> ids;
                     for (const Value& id : call.values[0].as_list()) {
                       ids.push_back(id.as_block());
                     }
                     call.document.remove(ids);
                     return Value();
                   });
    return s.build();
  }();
  return schema;
}

void register_blend_data(Registry& registry) {
  registry.add(blend_data_schema());
  register_collections(registry, Indices());
}

}  // namespace kiln
