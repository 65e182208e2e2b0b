#include "io/obj/material_library.h"

#include <cctype>

#include "core/scanner.h"

namespace kiln::io::obj {
namespace {

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return char(std::tolower(c)); });
  return result;
}

// Three numbers, or one for all.
bool read_color(Scanner& line, float3* color) {
  float3 value;
  if (!line.number(&value.x)) {
    return false;  // "spectral" and "xyz" colors are not supported
  }
  if (!line.number(&value.y) || !line.number(&value.z)) {
    value.y = value.z = value.x;
  }
  *color = value;
  return true;
}

// One to three numbers; the others stay.
void read_vector(Scanner& line, float3* vector) {
  for (int i = 0; i < 3; ++i) {
    Scanner ahead = line;
    if (!ahead.number(&(*vector)[i])) {
      return;
    }
    line = ahead;
  }
}

bool read_map(Scanner& line, Map* map) {
  while (!line.at_end() && line.peek() == '-') {
    const Scanner before = line;
    const std::string option = lower_case(line.word());
    float ignored = 0.0f;
    if (option == "-o") {
      read_vector(line, &map->offset);
    } else if (option == "-s") {
      read_vector(line, &map->scale);
    } else if (option == "-t") {
      float3 turbulence;
      read_vector(line, &turbulence);
    } else if (option == "-bm") {
      line.number(&map->bump_strength);
    } else if (option == "-mm") {
      line.number(&map->base);
      line.number(&map->gain);
    } else if (option == "-boost" || option == "-texres") {
      line.number(&ignored);
    } else if (option == "-clamp") {
      map->is_clamped = line.word() == "on";
    } else if (option == "-blendu" || option == "-blendv" || option == "-cc") {
      line.word();
    } else if (option == "-imfchan") {
      const std::string_view channel = line.word();
      map->channel = channel.size() == 1 ? channel[0] : '\0';
    } else if (option == "-type") {
      map->projection = line.word();
    } else {
      // No option but a name that begins with a hyphen.
      line = before;
      break;
    }
  }
  map->path = line.rest();
  std::replace(map->path.begin(), map->path.end(), '\\', '/');
  if (map->path.size() >= 2 && map->path.front() == '"' && map->path.back() == '"') {
    map->path = map->path.substr(1, map->path.size() - 2);
  }
  return !map->path.empty();
}

std::optional<MapUse> use_of(const std::string& keyword) {
  struct Known {
    const char* keyword;
    MapUse use;
  };
  static constexpr Known known[] = {
      {"map_ka", MapUse::Ambient},      {"map_kd", MapUse::Color},
      {"map_ks", MapUse::Specular},     {"map_ns", MapUse::SpecularExponent},
      {"map_ke", MapUse::Emission},     {"map_d", MapUse::Alpha},
      {"map_bump", MapUse::Bump},       {"bump", MapUse::Bump},
      {"norm", MapUse::Normal},         {"map_kn", MapUse::Normal},
      {"disp", MapUse::Displacement},   {"map_disp", MapUse::Displacement},
      {"decal", MapUse::Decal},         {"refl", MapUse::Reflection},
      {"map_refl", MapUse::Reflection}, {"map_pr", MapUse::Roughness},
      {"map_pm", MapUse::Metallic},     {"map_ps", MapUse::Sheen}};
  for (const Known& k : known) {
    if (keyword == k.keyword) {
      return k.use;
    }
  }
  return {};
}

// One line of a material; false where it cannot be understood.
bool read_property(const std::string& keyword, Scanner& line, Material& material) {
  struct Scalar {
    const char* keyword;
    float Material::*member;
  };
  static constexpr Scalar scalars[] = {{"ns", &Material::specular_exponent},
                                       {"ni", &Material::refraction},
                                       {"d", &Material::alpha},
                                       {"pr", &Material::roughness},
                                       {"pm", &Material::metallic},
                                       {"ps", &Material::sheen},
                                       {"pc", &Material::clearcoat},
                                       {"pcr", &Material::clearcoat_roughness},
                                       {"aniso", &Material::anisotropy},
                                       {"anisor", &Material::anisotropy_rotation}};
  if (keyword == "d") {
    // "-halo" makes it depend on the angle; the value stands for the surface seen head-on.
    Scanner ahead = line;
    if (ahead.word() == "-halo") {
      line = ahead;
    }
  }
  for (const Scalar& scalar : scalars) {
    if (keyword == scalar.keyword) {
      return line.number(&(material.*scalar.member));
    }
  }
  if (keyword == "ka") {
    return read_color(line, &material.ambient);
  }
  if (keyword == "kd") {
    return read_color(line, &material.color);
  }
  if (keyword == "ks") {
    material.has_specular = read_color(line, &material.specular);
    return material.has_specular;
  }
  if (keyword == "ke") {
    material.has_emission = read_color(line, &material.emission);
    return material.has_emission;
  }
  if (keyword == "tf") {
    return read_color(line, &material.transmission_filter);
  }
  if (keyword == "tr") {
    float transparency = 0.0f;
    if (!line.number(&transparency)) {
      return false;
    }
    material.alpha = 1.0f - transparency;
    return true;
  }
  if (keyword == "illum") {
    return line.integer(&material.illumination);
  }
  if (const std::optional<MapUse> use = use_of(keyword)) {
    Map map{.use = *use};
    if (!read_map(line, &map)) {
      return false;
    }
    material.maps.push_back(std::move(map));
    return true;
  }
  // What has no meaning for a renderer is no error: sharpness, map_aat.
  return keyword == "sharpness" || keyword == "map_aat";
}

}  // namespace

const Map* Material::map(MapUse use) const {
  for (const Map& candidate : maps) {
    if (candidate.use == use) {
      return &candidate;
    }
  }
  return nullptr;
}

std::vector<Material> parse_materials(std::string_view text, const Path& path,
                                      std::vector<std::string>& warnings) {
  constexpr std::size_t most_warnings = 20;
  std::vector<Material> materials;
  std::size_t number = 0;
  std::size_t unknown_count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view content = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (!content.empty() && content.back() == '\r') {
      content.remove_suffix(1);
    }
    if (number == 1 && content.starts_with("\xef\xbb\xbf")) {
      content.remove_prefix(3);
    }
    Scanner line(content);
    const std::string keyword = lower_case(line.word());
    if (keyword.empty() || keyword[0] == '#') {
      continue;
    }
    if (keyword == "newmtl") {
      materials.push_back({.name = std::string(line.rest())});
    } else if (materials.empty() || !read_property(keyword, line, materials.back())) {
      if (++unknown_count <= most_warnings) {
        warnings.push_back(fmt::format("\"{}\", line {}: \"{}\" is not understood", path.string(),
                                       number, content.substr(0, 60)));
      }
    }
  }
  if (unknown_count > most_warnings) {
    warnings.push_back(fmt::format("\"{}\": {} more lines are not understood", path.string(),
                                   unknown_count - most_warnings));
  }
  return materials;
}

}  // namespace kiln::io::obj
