#include "document/image.h"
#include "document/node_tree.h"
#include "io/obj/export.h"
#include "io/text_writer.h"

namespace kiln::io::obj {
namespace {

// Follows the links of one node tree.
class TreeReader {
public:
  TreeReader(const Document& document, const NodeTree& tree) : document_(document), tree_(tree) {}

  // Index of the first node of a type; -1 when there is none.
  std::int64_t find(std::string_view type) const {
    for (std::int64_t i = 0; i < tree_.nodes.size(); ++i) {
      if (tree_.nodes[i].dynamic_schema().tag == type) {
        return i;
      }
    }
    return -1;
  }

  float4 number(std::int64_t node, std::string_view input, float4 otherwise) const {
    const std::int64_t i = tree_.nodes[node].inputs.find(input);
    return i < 0 ? otherwise : tree_.nodes[node].inputs[i].number;
  }
  float value(std::int64_t node, std::string_view input, float otherwise) const {
    return number(node, input, {otherwise, 0, 0, 0}).x;
  }

  // The node that feeds an input; -1 when nothing does.
  std::int64_t source(std::int64_t node, std::string_view input) const {
    const std::int64_t i = tree_.nodes[node].inputs.find(input);
    if (i < 0) {
      return -1;
    }
    const NodeLink* link = tree_.link_to(tree_.nodes.id(node), tree_.nodes[node].inputs.id(i));
    return link ? tree_.nodes.index_of(link->from_node) : -1;
  }

  bool is_type(std::int64_t node, std::string_view type) const {
    return node >= 0 && tree_.nodes[node].dynamic_schema().tag == type;
  }

  // The picture that feeds an input, with its mapping.
  std::optional<Map> map(std::int64_t node, std::string_view input, MapUse use) const {
    const std::int64_t texture = source(node, input);
    if (!is_type(texture, "ShaderNodeTexImage")) {
      return {};
    }
    const Node& texture_node = tree_.nodes[texture];
    const Property* property = texture_node.dynamic_schema().property("image");
    const auto* image =
        property ? document_.find<Image>(read({&texture_node.dynamic_schema(), &texture_node, -1,
                                               &tree_, &document_, nullptr},
                                              *property)
                                             .as_block())
                 : nullptr;
    if (!image || image->filepath.empty()) {
      return {};
    }
    Map found{.use = use, .path = image->filepath};
    const std::int64_t mapping = source(texture, "Vector");
    if (is_type(mapping, "ShaderNodeMapping")) {
      const float4 location = number(mapping, "Location", {}),
                   scale = number(mapping, "Scale", {1, 1, 1, 0});
      found.offset = xyz(location);
      found.scale = xyz(scale);
    }
    return found;
  }

private:
  const Document& document_;
  const NodeTree& tree_;
};

void read_principled(const TreeReader& tree, std::int64_t node, Material& out) {
  out.color = xyz(tree.number(node, "Base Color", {0.8f, 0.8f, 0.8f, 1}));
  out.roughness = tree.value(node, "Roughness", 0.5f);
  out.metallic = tree.value(node, "Metallic", 0.0f);
  out.alpha = tree.value(node, "Alpha", 1.0f);
  const float specular = tree.value(node, "Specular", 0.5f);
  out.specular = {specular, specular, specular};
  out.refraction = tree.value(node, "IOR", 1.45f);
  out.emission =
      xyz(tree.number(node, "Emission", {})) * tree.value(node, "Emission Strength", 1.0f);
  out.sheen = tree.value(node, "Sheen", 0.0f);
  out.clearcoat = tree.value(node, "Clearcoat", 0.0f);
  out.clearcoat_roughness = tree.value(node, "Clearcoat Roughness", 0.03f);
  out.anisotropy = tree.value(node, "Anisotropic", 0.0f);
  out.anisotropy_rotation = tree.value(node, "Anisotropic Rotation", 0.0f);
  struct Known {
    const char* input;
    MapUse use;
  };
  for (const Known& known : {Known{"Base Color", MapUse::Color},
                             {"Specular", MapUse::Specular},
                             {"Roughness", MapUse::Roughness},
                             {"Metallic", MapUse::Metallic},
                             {"Sheen", MapUse::Sheen},
                             {"Emission", MapUse::Emission},
                             {"Alpha", MapUse::Alpha}}) {
    if (const std::optional<Map> map = tree.map(node, known.input, known.use)) {
      out.maps.push_back(*map);
    }
  }
  const std::int64_t normal_map = tree.source(node, "Normal");
  if (tree.is_type(normal_map, "ShaderNodeNormalMap")) {
    if (std::optional<Map> map = tree.map(normal_map, "Color", MapUse::Bump)) {
      map->bump_strength = tree.value(normal_map, "Strength", 1.0f);
      out.maps.push_back(*map);
    }
  }
}

std::string shown_path(const Path& picture, const Path& folder, PathMode mode) {
  std::error_code ignored;
  switch (mode) {
    case PathMode::Strip:
    case PathMode::Copy:
      return picture.filename().generic_string();
    case PathMode::Absolute:
      return std::filesystem::absolute(picture, ignored).lexically_normal().generic_string();
    case PathMode::Match:
      return picture.generic_string();
    case PathMode::Relative:
    case PathMode::Auto: {
      const Path relative = picture.lexically_normal().lexically_relative(
          std::filesystem::absolute(folder, ignored).lexically_normal());
      const bool is_below = !relative.empty() && *relative.begin() != "..";
      if (relative.empty() || (mode == PathMode::Auto && !is_below)) {
        return picture.generic_string();
      }
      return relative.generic_string();
    }
  }
  return picture.generic_string();
}

void write_color(TextWriter& out, std::string_view keyword, float3 color) {
  out << keyword;
  for (int i = 0; i < 3; ++i) {
    (out << ' ').fixed(color[i], 6);
  }
  out << '\n';
}

void write_number(TextWriter& out, std::string_view keyword, float value) {
  (out << keyword << ' ').fixed(value, 6) << '\n';
}

// The lighting model that comes closest.
int illumination(const Material& m) {
  if (m.metallic > 0.0f) {
    return m.alpha < 1.0f ? 6 : 3;
  }
  return m.alpha < 1.0f ? 9 : m.specular.x > 0.0f ? 2 : 1;
}

void write_map(TextWriter& out, std::string_view keyword, const Map& map, const Path& folder,
               PathMode mode) {
  out << keyword;
  const auto write_vector = [&](std::string_view option, float3 value) {
    out << option;
    for (int i = 0; i < 3; ++i) {
      (out << ' ').fixed(value[i], 6);
    }
  };
  if (map.offset != float3{0, 0, 0}) {
    write_vector(" -o", map.offset);
  }
  if (map.scale != float3{1, 1, 1}) {
    write_vector(" -s", map.scale);
  }
  if (map.use == MapUse::Bump && map.bump_strength >= 0.0f) {
    (out << " -bm ").fixed(map.bump_strength, 6);
  }
  out << ' ' << shown_path(map.path, folder, mode) << '\n';
}

}  // namespace

Material exported_material(const Document& document, const kiln::Material& material) {
  Material out;
  out.name = material.name;
  out.color = xyz(material.diffuse_color);
  out.roughness = material.roughness;
  out.metallic = material.metallic;
  out.alpha = material.diffuse_color.w;
  out.specular = {material.specular_intensity, material.specular_intensity,
                  material.specular_intensity};
  out.refraction = 1.0f;
  if (const NodeTree* tree = material.use_nodes ? document.find(material.node_tree) : nullptr) {
    const TreeReader reader(document, *tree);
    if (const std::int64_t node = reader.find("ShaderNodeBsdfPrincipled"); node >= 0) {
      read_principled(reader, node, out);
    }
  }
  out.ambient =
      out.metallic > 0.0f ? float3{out.metallic, out.metallic, out.metallic} : float3{1, 1, 1};
  out.specular_exponent = 1000.0f * (1.0f - out.roughness) * (1.0f - out.roughness);
  out.illumination = illumination(out);
  return out;
}

std::string material_library(std::span<const Material> materials, const Path& folder,
                             const ExportSettings& settings) {
  TextWriter out;
  out << "# Kiln\n";
  const bool has_pbr = settings.export_pbr_extensions;
  for (const Material& m : materials) {
    // A value that a picture gives is left out.
    const auto has = [&](MapUse use) { return m.map(use) != nullptr; };
    out << "\nnewmtl " << m.name << '\n';
    if (!has_pbr) {
      if (!has(MapUse::Roughness)) {
        write_number(out, "Ns", m.specular_exponent);
      }
      write_color(out, "Ka", m.ambient);
    }
    if (!has(MapUse::Color)) {
      write_color(out, "Kd", m.color);
    }
    if (!has(MapUse::Specular)) {
      write_color(out, "Ks", m.specular);
    }
    if (!has(MapUse::Emission)) {
      write_color(out, "Ke", m.emission);
    }
    write_number(out, "Ni", m.refraction);
    if (!has(MapUse::Alpha)) {
      write_number(out, "d", m.alpha);
    }
    out << "illum " << m.illumination << '\n';
    if (has_pbr) {
      if (!has(MapUse::Roughness)) {
        write_number(out, "Pr", m.roughness);
      }
      if (!has(MapUse::Metallic)) {
        write_number(out, "Pm", m.metallic);
      }
      if (!has(MapUse::Sheen)) {
        write_number(out, "Ps", std::max(m.sheen, 0.0f));
      }
      write_number(out, "Pc", std::max(m.clearcoat, 0.0f));
      write_number(out, "Pcr", std::max(m.clearcoat_roughness, 0.0f));
      write_number(out, "aniso", std::max(m.anisotropy, 0.0f));
      write_number(out, "anisor", std::max(m.anisotropy_rotation, 0.0f));
    }
    for (const Map& map : m.maps) {
      std::string_view keyword;
      switch (map.use) {
        case MapUse::Color:
          keyword = "map_Kd";
          break;
        case MapUse::Specular:
          keyword = "map_Ks";
          break;
        case MapUse::Roughness:
          keyword = has_pbr ? "map_Pr" : "map_Ns";
          break;
        case MapUse::Metallic:
          keyword = has_pbr ? "map_Pm" : "map_refl";
          break;
        case MapUse::Sheen:
          keyword = has_pbr ? "map_Ps" : "";
          break;
        case MapUse::Emission:
          keyword = "map_Ke";
          break;
        case MapUse::Alpha:
          keyword = "map_d";
          break;
        case MapUse::Bump:
          keyword = "map_Bump";
          break;
        default:
          break;
      }
      if (!keyword.empty()) {
        write_map(out, keyword, map, folder, settings.path_mode);
      }
    }
  }
  return out.take();
}

}  // namespace kiln::io::obj
