#include <cmath>
#include <cstring>

#include "document/mesh.h"
#include "document/mesh_derived.h"

// How a mesh lies in a file: its arrays under these names, attributes as "attribute DOMAIN TYPE
// NAME" (UV maps with "uv_map" for "attribute"), text as strings that each end with a zero byte.
namespace kiln {
namespace {

template <typename T>
constexpr int component_size() {
  if constexpr (std::is_same_v<T, ByteColor> || sizeof(T) == 1) {
    return 1;
  } else {
    return 4;
  }
}

std::string joined(const Array<std::string>& texts) {
  std::string bytes;
  for (const std::string& text : texts) {
    bytes.append(text.c_str());  // a zero byte inside would start another one
    bytes.push_back('\0');
  }
  return bytes;
}

std::optional<std::vector<std::string>> split(std::string_view bytes) {
  if (!bytes.empty() && bytes.back() != '\0') {
    return std::nullopt;
  }
  std::vector<std::string> texts;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\0');
    texts.emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
  }
  return texts;
}

template <typename T>
bool read_array(Array<T>& array, std::string_view bytes) {
  if (bytes.size() % sizeof(T) != 0) {
    return false;
  }
  if constexpr (!std::is_same_v<T, bool>) {
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(T) == 0) {
      array = Array<T>(std::span(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)));
      return true;
    }
  }
  array = Array<T>(bytes.size() / sizeof(T));
  if (!bytes.empty()) {
    std::memcpy(array.edit().data(), bytes.data(), bytes.size());
  }
  return true;
}

bool are_below(std::span<const int> indices, std::size_t count) {
  return std::all_of(indices.begin(), indices.end(),
                     [&](int i) { return i >= 0 && std::size_t(i) < count; });
}

}  // namespace

void Mesh::visit_arrays(ArrayVisitor& visitor) const {
  const auto visit = [&](std::string_view array_name, const auto& array) {
    using T = std::remove_cvref_t<decltype(array[0])>;
    visitor.array(array_name, array.data(), array.size() * sizeof(T), component_size<T>());
  };
  visit("positions", positions_);
  visit("edges", edges_);
  visit("face_offsets", face_offsets_);
  visit("corner_vertices", corner_vertices_);
  visit("corner_edges", corner_edges_);
  for (const Attribute& attribute : attributes.items()) {
    const std::string array_name = fmt::format(
        "{} {} {} {}", attribute.is_uv_map ? "uv_map" : "attribute",
        identifier_of(attribute.domain), identifier_of(attribute.type()), attribute.name);
    if (const Array<std::string>* texts = attribute.as<std::string>()) {
      const std::string bytes = joined(*texts);
      visitor.array(array_name, bytes.data(), bytes.size(), 1);
    } else {
      std::visit(
          [&](const auto& array) {
            if constexpr (!std::is_same_v<decltype(array), const Array<std::string>&>) {
              visit(array_name, array);
            }
          },
          attribute.values);
    }
  }
  visit("weight_offsets", weights.offsets);
  visit("weight_groups", weights.groups);
  visit("weights", weights.weights);
  std::string groups;
  for (const VertexGroup& group : vertex_groups) {
    groups.append(group.lock_weight ? "L" : " ").append(group.name.c_str()).push_back('\0');
  }
  visitor.array("vertex_groups", groups.data(), groups.size(), 1);
}

bool Mesh::set_array(std::string_view array_name, std::string_view bytes) {
  topology_changed();
  if (array_name == "positions") {
    return read_array(positions_, bytes);
  }
  if (array_name == "edges") {
    return read_array(edges_, bytes);
  }
  if (array_name == "face_offsets") {
    return read_array(face_offsets_, bytes);
  }
  if (array_name == "corner_vertices") {
    return read_array(corner_vertices_, bytes);
  }
  if (array_name == "corner_edges") {
    return read_array(corner_edges_, bytes);
  }
  if (array_name == "weight_offsets") {
    return read_array(weights.offsets, bytes);
  }
  if (array_name == "weight_groups") {
    return read_array(weights.groups, bytes);
  }
  if (array_name == "weights") {
    return read_array(weights.weights, bytes);
  }
  if (array_name == "vertex_groups") {
    const std::optional<std::vector<std::string>> texts = split(bytes);
    if (!texts) {
      return false;
    }
    vertex_groups.clear();
    for (const std::string& text : *texts) {
      if (text.empty()) {
        return false;
      }
      vertex_groups.add(VertexGroup{text.substr(1), text[0] == 'L'});
    }
    return true;
  }

  // "attribute CORNER FLOAT2 Name with spaces"
  const std::size_t first = array_name.find(' ');
  const std::size_t second = first == array_name.npos ? first : array_name.find(' ', first + 1);
  const std::size_t third = second == array_name.npos ? second : array_name.find(' ', second + 1);
  if (third == array_name.npos) {
    return false;
  }
  const std::string_view kind = array_name.substr(0, first);
  const std::optional<Domain> domain =
      domain_named(array_name.substr(first + 1, second - first - 1));
  const std::optional<AttributeType> value_type =
      attribute_type_named(array_name.substr(second + 1, third - second - 1));
  if ((kind != "attribute" && kind != "uv_map") || !domain || !value_type) {
    return false;
  }
  AttributeArray values = make_attribute(*value_type, 0);
  const bool is_read = std::visit(
      [&](auto& array) {
        if constexpr (std::is_same_v<decltype(array), Array<std::string>&>) {
          std::optional<std::vector<std::string>> texts = split(bytes);
          if (texts) {
            array = Array<std::string>(std::move(*texts));
          }
          return texts.has_value();
        } else {
          return read_array(array, bytes);
        }
      },
      values);
  if (!is_read) {
    return false;
  }
  Attribute& attribute = attributes.set(array_name.substr(third + 1), *domain, std::move(values));
  attribute.is_uv_map =
      kind == "uv_map" && *value_type == AttributeType::Float2 && *domain == Domain::Corner;
  return true;
}

namespace {

// Files hand these back in 255 steps, as those of the interface do.
void round_weights(AttributeSet& attributes) {
  for (const std::string_view name : {".crease_edge", ".bevel_edge", ".bevel_vert"}) {
    const Attribute* found = attributes.find(name);
    if (!found || !std::holds_alternative<Array<float>>(found->values)) {
      continue;
    }
    const Array<float>& weights = std::get<Array<float>>(found->values);
    const auto rounded = [](float weight) {
      return std::floor(std::clamp(weight, 0.0f, 1.0f) * 255.0f) / 255.0f;
    };
    if (std::all_of(weights.begin(), weights.end(), [&](float w) { return rounded(w) == w; })) {
      continue;
    }
    for (float& weight : std::get<Array<float>>(attributes.edit(name)->values).edit()) {
      weight = rounded(weight);
    }
  }
}

}  // namespace

Result<void> Mesh::finish_reading() {
  raw_.reset();
  round_weights(attributes);
  topology_changed();
  const std::size_t vertices = vertex_count(), corners = corner_count();
  if (std::max({vertices, edge_count(), corners, face_offsets_.size()}) >
      std::size_t(max_element_count)) {
    return Error::invalid("mesh \"{}\" has more than {} elements", name, max_element_count);
  }
  if (corner_edges_.size() != corners) {
    return Error::invalid("mesh \"{}\": {} corner edges for {} corners", name, corner_edges_.size(),
                          corners);
  }
  if (!are_below({edges_.empty() ? nullptr : &edges_.data()->x, 2 * edges_.size()}, vertices) ||
      !are_below(corner_vertices_, vertices) || !are_below(corner_edges_, edge_count())) {
    return Error::invalid("mesh \"{}\" refers to vertices or edges it does not have", name);
  }
  const bool has_good_offsets =
      face_offsets_.empty()
          ? corners == 0
          : face_offsets_[0] == 0 && std::size_t(face_offsets_.back()) == corners &&
                std::is_sorted(face_offsets_.begin(), face_offsets_.end());
  if (!has_good_offsets) {
    return Error::invalid("mesh \"{}\": face offsets do not divide the {} corners", name, corners);
  }
  for (const Attribute& attribute : attributes.items()) {
    if (attribute_size(attribute.values) != domain_size(attribute.domain)) {
      return Error::invalid("mesh \"{}\": attribute \"{}\" has {} values for {} elements", name,
                            attribute.name, attribute_size(attribute.values),
                            domain_size(attribute.domain));
    }
  }
  const bool has_good_weights =
      weights.offsets.empty()
          ? weights.groups.empty() && weights.weights.empty()
          : weights.offsets.size() == vertices + 1 && weights.offsets[0] == 0 &&
                std::size_t(weights.offsets.back()) == weights.groups.size() &&
                weights.groups.size() == weights.weights.size() &&
                std::is_sorted(weights.offsets.begin(), weights.offsets.end()) &&
                std::all_of(weights.groups.begin(), weights.groups.end(),
                            [](int group) { return group >= 0; });
  if (!has_good_weights) {
    return Error::invalid("mesh \"{}\": the rows of vertex weights contradict each other", name);
  }
  // Files of older versions did not keep the roles.
  for (std::string* role : {&active_uv, &render_uv}) {
    const Attribute* map = uv_map(*role);
    *role = map ? map->name : std::string();
  }
  active_vertex_group = std::clamp(active_vertex_group, -1, int(vertex_groups.size()) - 1);
  return {};
}

}  // namespace kiln
