#include "core/schema/registry.h"
#include "document/default_trees.h"
#include "document/image.h"
#include "document/material.h"
#include "io/obj/import.h"

namespace kiln::io::obj {
namespace {

// Builds the node tree of one material. Nodes and sockets that the registry does not know are left
// out.
class TreeBuilder {
public:
  TreeBuilder(Document& document, NodeTree& tree, const Registry& registry,
              const Services* services)
      : document_(document), tree_(tree), registry_(registry), services_(services) {}

  ItemId add(std::string_view type, float2 location) {
    const Schema* schema = registry_.kind(Node::schema(), type);
    if (!schema) {
      return 0;
    }
    ItemId id = 0;
    Node& node = tree_.add_node(std::shared_ptr<Node>(static_cast<Node*>(schema->make())), &id);
    node.location = location;
    node.select = false;
    return id;
  }

  void set(ItemId node, std::string_view input, float4 value) {
    if (Node* edited = edit(node)) {
      const std::int64_t i = edited->inputs.find(input);
      if (i >= 0) {
        edited->inputs.edit(i).number = value;
      }
    }
  }
  void set(ItemId node, std::string_view input, float value) {
    set(node, input, float4{value, 0, 0, 0});
  }

  void set_property(ItemId node, std::string_view property, const Value& value) {
    if (Node* edited = edit(node)) {
      const Schema& schema = edited->dynamic_schema();
      if (const Property* found = schema.property(property)) {
        const MutableRef ref{&schema, edited, -1, &tree_, &document_, services_};
        static_cast<void>(write(ref, *found, value));
      }
    }
  }

  void connect(ItemId from, std::string_view output, ItemId to, std::string_view input) {
    const Node *a = tree_.find_node(from), *b = tree_.find_node(to);
    if (!a || !b) {
      return;
    }
    const std::int64_t out = a->outputs.find(output), in = b->inputs.find(input);
    if (out >= 0 && in >= 0) {
      static_cast<void>(tree_.connect(from, a->outputs.id(out), to, b->inputs.id(in)));
    }
  }

private:
  Node* edit(ItemId id) {
    const std::int64_t i = tree_.nodes.index_of(id);
    return i >= 0 ? &tree_.nodes.edit(i) : nullptr;
  }

  Document& document_;
  NodeTree& tree_;
  const Registry& registry_;
  const Services* services_;
};

float mean(float3 v) {
  return (v.x + v.y + v.z) / 3.0f;
}

// What a Principled surface takes from the values of the format.
struct Surface {
  float roughness = 1.0f, metallic = 0.0f, specular = 0.0f, alpha = 1.0f;
};

Surface surface_of(const Material& m) {
  Surface s;
  if (m.specular_exponent >= 0.0f) {
    s.roughness = 1.0f - std::sqrt(std::min(m.specular_exponent, 1000.0f) / 1000.0f);
  }
  if (m.roughness >= 0.0f) {
    s.roughness = m.roughness;
  }
  // Models 3 to 8 reflect; the ambient color says how much.
  if (m.illumination >= 3 && m.illumination <= 8) {
    s.metallic = mean(m.ambient);
  }
  if (m.metallic >= 0.0f) {
    s.metallic = m.metallic;
  }
  if (m.has_specular) {
    s.specular = std::clamp(mean(m.specular), 0.0f, 1.0f);
  }
  if (m.alpha >= 0.0f) {
    s.alpha = std::min(m.alpha, 1.0f);
  }
  return s;
}

// The image of a file, loaded once per document.
BlockId image_for(Document& document, const Map& map, const Scene& scene,
                  std::vector<std::string>& warnings) {
  std::vector<Path> candidates{map.path};
  for (const Path& library : scene.libraries) {
    candidates.push_back(library.parent_path() / map.path);
    candidates.push_back(library.parent_path() / Path(map.path).filename());
  }
  Path found;
  for (const Path& candidate : candidates) {
    std::error_code ignored;
    if (candidate.is_absolute() && std::filesystem::is_regular_file(candidate, ignored)) {
      found = candidate.lexically_normal();
      break;
    }
  }
  if (found.empty()) {
    warnings.push_back(fmt::format("there is no picture \"{}\"", map.path));
    found = candidates.size() > 1 ? candidates[1].lexically_normal() : Path(map.path);
  }
  for (const BlockId id : document.all(BlockType::Image)) {
    if (document.find<Image>(id)->filepath == found.string()) {
      return id;
    }
  }
  auto& image = document.add<Image>(found.filename().string());
  image.filepath = found.string();
  image.source = ImageSource::File;
  return image.id;
}

struct Use {
  MapUse use;
  const char* output;
  const char* input;
  bool is_color;
};
// In the order of the nodes from the top.
constexpr Use uses[] = {{MapUse::Color, "Color", "Base Color", true},
                        {MapUse::Specular, "Color", "Specular", false},
                        {MapUse::SpecularExponent, "Color", "Roughness", false},
                        {MapUse::Roughness, "Color", "Roughness", false},
                        {MapUse::Metallic, "Color", "Metallic", false},
                        {MapUse::Sheen, "Color", "Sheen", false},
                        {MapUse::Reflection, "Color", "Metallic", false},
                        {MapUse::Emission, "Color", "Emission", true},
                        {MapUse::Alpha, "Alpha", "Alpha", false},
                        {MapUse::Bump, "Color", "Normal", false},
                        {MapUse::Normal, "Color", "Normal", false}};

void add_maps(TreeBuilder& builder, ItemId principled, Document& document, const Material& material,
              const Scene& scene, std::vector<std::string>& warnings) {
  float y = 300.0f;
  for (const Use& use : uses) {
    const Map* map = material.map(use.use);
    if (!map) {
      continue;
    }
    const BlockId image = image_for(document, *map, scene, warnings);
    if (!use.is_color) {
      // Numbers, not colors: the picture is not to be converted.
      document.edit<Image>(image, Change::Shading).color_space = "Non-Color";
    }
    const ItemId texture = builder.add("ShaderNodeTexImage", {-480.0f, y});
    builder.set_property(texture, "image", Value(image));
    if (map->projection == "sphere") {
      builder.set_property(texture, "projection", "SPHERE");
    }
    if (map->is_clamped) {
      builder.set_property(texture, "extension", "EXTEND");
    }
    if (map->offset != float3{0, 0, 0} || map->scale != float3{1, 1, 1}) {
      const ItemId coordinates = builder.add("ShaderNodeTexCoord", {-880.0f, y});
      const ItemId mapping = builder.add("ShaderNodeMapping", {-680.0f, y});
      builder.set(mapping, "Location", {map->offset.x, map->offset.y, map->offset.z, 0});
      builder.set(mapping, "Scale", {map->scale.x, map->scale.y, map->scale.z, 0});
      builder.connect(coordinates, "UV", mapping, "Vector");
      builder.connect(mapping, "Vector", texture, "Vector");
    }
    if (use.use == MapUse::Bump || use.use == MapUse::Normal) {
      const ItemId normal_map = builder.add("ShaderNodeNormalMap", {-200.0f, y});
      builder.set(normal_map, "Strength", std::clamp(map->bump_strength, 0.0f, 10.0f));
      builder.connect(texture, use.output, normal_map, "Color");
      builder.connect(normal_map, "Normal", principled, use.input);
    } else {
      builder.connect(texture, use.output, principled, use.input);
    }
    y -= 300.0f;
  }
}

void fill_tree(Document& document, NodeTree& tree, const Material& material, const Scene& scene,
               const Registry& registry, const Services* services,
               std::vector<std::string>& warnings) {
  TreeBuilder builder(document, tree, registry, services);
  const Surface surface = surface_of(material);
  const ItemId principled = builder.add("ShaderNodeBsdfPrincipled", {0.0f, 300.0f});
  const ItemId output = builder.add("ShaderNodeOutputMaterial", {280.0f, 300.0f});
  const float3 color = material.color, emission = material.emission;
  builder.set(principled, "Base Color", {color.x, color.y, color.z, 1.0f});
  builder.set(principled, "Specular", surface.specular);
  builder.set(principled, "Roughness", surface.roughness);
  builder.set(principled, "Metallic", surface.metallic);
  builder.set(principled, "Alpha", surface.alpha);
  if (material.refraction > 0.0f) {
    builder.set(principled, "IOR", std::clamp(material.refraction, 1.0f, 1000.0f));
  }
  if (material.has_emission) {
    builder.set(principled, "Emission", {emission.x, emission.y, emission.z, 1.0f});
  }
  struct Scalar {
    float Material::*member;
    const char* input;
  };
  for (const Scalar& scalar : {Scalar{&Material::sheen, "Sheen"},
                               {&Material::clearcoat, "Clearcoat"},
                               {&Material::clearcoat_roughness, "Clearcoat Roughness"},
                               {&Material::anisotropy, "Anisotropic"},
                               {&Material::anisotropy_rotation, "Anisotropic Rotation"}}) {
    if (material.*scalar.member >= 0.0f) {
      builder.set(principled, scalar.input, std::min(material.*scalar.member, 1.0f));
    }
  }
  builder.connect(principled, "BSDF", output, "Surface");
  add_maps(builder, principled, document, material, scene, warnings);
}

}  // namespace

BlockId add_material(Document& document, const Material& material, const Scene& scene,
                     const Services* services, std::vector<std::string>& warnings) {
  const Surface surface = surface_of(material);
  auto& made = document.add<kiln::Material>(material.name);
  const BlockId id = made.id;
  made.diffuse_color = {material.color.x, material.color.y, material.color.z, 1.0f};
  made.roughness = surface.roughness;
  made.metallic = surface.metallic;
  made.use_nodes = true;
  if (surface.alpha < 1.0f || material.map(MapUse::Alpha)) {
    made.blend_method = MaterialBlendMethod::Blend;
  }
  NodeTree tree;
  if (const Registry* registry = services ? services->find<const Registry>() : nullptr) {
    fill_tree(document, tree, material, scene, *registry, services, warnings);
  }
  auto& stored = document.add<NodeTree>("Shader Nodetree", id);
  const BlockId tree_id = stored.id;
  stored.nodes = tree.nodes;
  stored.links = tree.links;
  stored.update(nullptr);
  document.edit<kiln::Material>(id, Change::Shading).node_tree = {tree_id};
  return id;
}

}  // namespace kiln::io::obj
