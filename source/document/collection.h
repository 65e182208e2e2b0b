#pragma once

#include <vector>

#include "document/data_block.h"
#include "document/ref_list.h"

namespace kiln {

struct Object;

enum class CollectionColorTag : std::int32_t {
  None = -1,
  Color01 = 0,
  Color02 = 1,
  Color03 = 2,
  Color04 = 3,
  Color05 = 4,
  Color06 = 5,
  Color07 = 6,
  Color08 = 7
};

/// A set of objects and further collections. The root collection of a scene is embedded in it.
struct Collection : Block<Collection, BlockType::Collection> {
  float3 instance_offset;
  bool hide_select = false;
  bool hide_viewport = false;
  bool hide_render = false;
  CollectionColorTag color_tag = CollectionColorTag::None;
  RefList<Object> objects;                     ///< in the order they were linked, each once
  std::vector<BlockRef<Collection>> children;  ///< without cycles

  bool contains(BlockRef<Object> object) const;
  void visit_references(FunctionRef<void(BlockId)> visit) const override;
  void map_references(FunctionRef<BlockId(BlockId)> visit) override;
  const IdList* long_list() const override { return &objects.ids(); }
  IdList* edit_long_list() override { return &objects.edit_ids(); }
  static const Schema& schema();
};

/// Objects of a collection and of all below it, each once, in depth-first order.
std::vector<BlockId> all_objects(const Document& document, BlockId collection);
/// Whether an object lies in a collection or in one below it, without going through all objects.
/// `leads_up` says whether what lies in a collection counts at all.
bool is_object_within(const Document& document, BlockId object, BlockId collection,
                      FunctionRef<bool(BlockId)> leads_up = [](BlockId) { return true; });
/// Whether `inner` is `outer` or lies below it.
bool is_within(const Document& document, BlockId inner, BlockId outer);

void register_collection_types(class Registry& registry);

}  // namespace kiln
