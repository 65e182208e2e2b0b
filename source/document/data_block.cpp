#include "document/data_block.h"

namespace kiln {
namespace {

constexpr std::string_view type_names[] = {"SCENE",    "COLLECTION", "OBJECT", "MESH",
                                           "CAMERA",   "LIGHT",      "WORLD",  "MATERIAL",
                                           "NODETREE", "IMAGE",      "TEXT",   "TEXTURE",
                                           "LIBRARY"};
constexpr std::string_view default_names[] = {"Scene",    "Collection", "Object", "Mesh",
                                              "Camera",   "Light",      "World",  "Material",
                                              "NodeTree", "Image",      "Text",   "Texture",
                                              "Library"};
static_assert(std::size(default_names) == block_type_count);
static_assert(std::size(type_names) == block_type_count);

}  // namespace

std::string_view identifier_of(BlockType type) {
  return type_names[int(type)];
}

std::string_view default_block_name(BlockType type) {
  return default_names[int(type)];
}

std::optional<BlockType> block_type_named(std::string_view identifier) {
  for (int i = 0; i < block_type_count; ++i) {
    if (type_names[i] == identifier) {
      return BlockType(i);
    }
  }
  return std::nullopt;
}

std::uint64_t DataBlock::version(Change kinds) const {
  std::uint64_t newest = 0;
  for (int k = 0; k < change_kind_count; ++k) {
    if (std::uint16_t(kinds) >> k & 1) {
      newest = std::max(newest, versions[std::size_t(k)]);
    }
  }
  return newest;
}

void DataBlock::stamp(Change kinds) {
  const std::uint64_t version = unique_number();
  for (int k = 0; k < change_kind_count; ++k) {
    if (std::uint16_t(kinds) >> k & 1) {
      versions[std::size_t(k)] = version;
    }
  }
}

const Schema& property_group_schema() {
  static const Schema schema = [] {
    Schema s;
    s.identifier = "PropertyGroup";
    s.label = "Property Group";
    return s;
  }();
  return schema;
}

}  // namespace kiln
