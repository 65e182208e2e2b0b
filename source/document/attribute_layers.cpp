#include "document/attribute_layers.h"

#include "document/document.h"

namespace kiln {
namespace {

/// Shown by properties of elements, not as attributes.
constexpr std::string_view hidden_names[] = {".smooth",        ".seam",           ".sharp",
                                             ".crease_edge",   ".crease_vert",    ".bevel_edge",
                                             ".bevel_vert",    ".freestyle_edge", ".freestyle_face",
                                             ".custom_normal", ".paint_mask",     ".face_map"};
constexpr std::string_view hidden_prefixes[] = {".pin ", ".select ", ".select_edge "};

/// Place of a type in lists of attributes.
int type_rank(AttributeType type) {
  switch (type) {
    case AttributeType::Float:
      return 0;
    case AttributeType::Int:
      return 1;
    case AttributeType::String:
      return 2;
    case AttributeType::ByteColor:
      return 3;
    case AttributeType::Int8:
      return 4;
    case AttributeType::FloatColor:
      return 5;
    case AttributeType::Float3:
      return 6;
    case AttributeType::Float2:
      return 7;
    case AttributeType::Bool:
      return 8;
  }
  return 9;
}

}  // namespace

bool is_listed_attribute(const Attribute& attribute) {
  if (attribute.is_uv_map) {
    return false;
  }
  if (!attribute.is_internal()) {
    return true;
  }
  return std::find(std::begin(hidden_names), std::end(hidden_names), attribute.name) ==
             std::end(hidden_names) &&
         std::none_of(std::begin(hidden_prefixes), std::end(hidden_prefixes),
                      [&](std::string_view prefix) { return attribute.name.starts_with(prefix); });
}

bool is_color(const Attribute& attribute) {
  return (attribute.type() == AttributeType::FloatColor ||
          attribute.type() == AttributeType::ByteColor) &&
         (attribute.domain == Domain::Point || attribute.domain == Domain::Corner);
}

std::vector<std::int64_t> listed_attributes(const AttributeSet& attributes,
                                            bool (*filter)(const Attribute&)) {
  std::vector<std::int64_t> listed;
  for (std::int64_t i = 0; i < attributes.items().size(); ++i) {
    if (filter(attributes.items()[i])) {
      listed.push_back(i);
    }
  }
  std::stable_sort(listed.begin(), listed.end(), [&](std::int64_t a, std::int64_t b) {
    const Attribute &x = attributes.items()[a], &y = attributes.items()[b];
    return std::pair(int(x.domain), type_rank(x.type())) <
           std::pair(int(y.domain), type_rank(y.type()));
  });
  return listed;
}

std::int64_t AttributeListAccess::size(const ConstRef& owner) const {
  std::int64_t count = 0;
  for (const Attribute& attribute : owner.as<Mesh>().attributes.items()) {
    count += filter_(attribute);
  }
  return count;
}

ConstElement AttributeListAccess::at(const ConstRef& owner, std::int64_t i) const {
  const AttributeSet& attributes = owner.as<Mesh>().attributes;
  const std::int64_t index = listed_attributes(attributes, filter_)[std::size_t(i)];
  const Attribute& item = attributes.items()[index];
  return {{element_ ? &element_() : &item.dynamic_schema(), &item, -1, owner.block, owner.document,
           owner.services},
          attributes.items().id(index),
          {}};
}

MutableRef AttributeListAccess::edit_at(const MutableRef& owner, std::int64_t i) const {
  AttributeSet& attributes = owner.as<Mesh>().attributes;
  const std::int64_t index = listed_attributes(attributes, filter_)[std::size_t(i)];
  Attribute& item = attributes.edit_items().edit(index);
  return {element_ ? &element_() : &item.dynamic_schema(),
          &item,
          -1,
          owner.block,
          owner.document,
          owner.services};
}

std::int64_t AttributeListAccess::index_of(const ConstRef& owner, ItemId item, std::int64_t) const {
  const AttributeSet& attributes = owner.as<Mesh>().attributes;
  const std::vector<std::int64_t> listed = listed_attributes(attributes, filter_);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (attributes.items().id(listed[i]) == item) {
      return std::int64_t(i);
    }
  }
  return -1;
}

PathStep attribute_step(const Mesh& mesh, const char* collection, std::string_view name) {
  const std::int64_t i = name.empty() ? -1 : mesh.attributes.items().find(name);
  return i < 0 ? PathStep{}
               : PathStep{Mesh::schema().property(collection), mesh.attributes.items().id(i), -1};
}

std::int64_t attribute_of_handle(const Mesh& mesh, const Handle& handle) {
  return handle.block == mesh.id && !handle.steps.empty()
             ? mesh.attributes.items().index_of(handle.steps.back().item)
             : -1;
}

std::int64_t position_in_list(const Mesh& mesh, bool (*filter)(const Attribute&),
                              std::string_view name) {
  const std::vector<std::int64_t> listed = listed_attributes(mesh.attributes, filter);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (mesh.attributes.items()[listed[i]].name == name) {
      return std::int64_t(i);
    }
  }
  return -1;
}

std::string name_at(const Mesh& mesh, bool (*filter)(const Attribute&), std::int64_t position) {
  const std::vector<std::int64_t> listed = listed_attributes(mesh.attributes, filter);
  return std::uint64_t(position) < listed.size()
             ? mesh.attributes.items()[listed[std::size_t(position)]].name
             : "";
}

std::string free_attribute_name(const Mesh& mesh, std::string_view name) {
  return unique_item_name(valid_name(name),
                          [&](std::string_view n) { return mesh.attributes.find(n) != nullptr; });
}

void rename_attribute(Mesh& mesh, Attribute& attribute, std::string_view name) {
  const std::string old = attribute.name;
  attribute.name = "";  // its own name does not count as taken
  const std::string fresh = name.empty() ? old : free_attribute_name(mesh, name);
  attribute.name = fresh;
  for (std::string* reference :
       {&mesh.active_attribute, &mesh.active_uv, &mesh.render_uv, &mesh.clone_uv, &mesh.stencil_uv,
        &mesh.active_color, &mesh.render_color}) {
    if (*reference == old) {
      *reference = fresh;
    }
  }
  for (const std::string_view prefix : hidden_prefixes) {
    if (Attribute* companion = mesh.attributes.edit(std::string(prefix) + old)) {
      companion->name = std::string(prefix) + fresh;
    }
  }
}

void remove_attribute(Mesh& mesh, std::int64_t index) {
  const std::string name = mesh.attributes.items()[index].name;
  const bool is_uv_map = mesh.attributes.items()[index].is_uv_map;
  const bool was_color = is_color(mesh.attributes.items()[index]);
  mesh.attributes.edit_items().remove(index);
  for (const std::string_view prefix : hidden_prefixes) {
    mesh.attributes.remove(std::string(prefix) + name);
  }
  const auto replace = [&](std::string& reference, bool (*filter)(const Attribute&)) {
    if (reference == name) {
      reference = name_at(mesh, filter, 0);
    }
  };
  if (is_uv_map) {
    const auto uv_map = [](const Attribute& a) { return a.is_uv_map; };
    replace(mesh.active_uv, uv_map);
    replace(mesh.render_uv, uv_map);
    replace(mesh.clone_uv, uv_map);
    replace(mesh.stencil_uv, uv_map);
  } else if (was_color) {
    replace(mesh.active_color, is_color);
    replace(mesh.render_color, is_color);
  }
  replace(mesh.active_attribute, is_listed_attribute);
}

void add_layer_name(SchemaBuilder<Attribute>& s) {
  s.add<&Attribute::name>("name", "Name")
      .max_bytes(64)
      .not_animatable()
      .never_none()
      .changes(Change::Geometry)
      .set([](const MutableRef& ref, const Value& value) -> Result<void> {
        rename_attribute(mesh_of_block(ref), ref.as<Attribute>(), valid_name(value.as_string()));
        return {};
      });
  s.set_name_property("name");
}

}  // namespace kiln
