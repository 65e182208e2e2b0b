#pragma once

#include <string>

#include "core/ids.h"
#include "core/schema/builder.h"
#include "core/schema/item_list.h"

namespace kiln {

class DataBlock;
class Registry;

/// A word by which assets are found.
struct AssetTag {
  std::string name;
  static const Schema& schema();
};

/// What those who look for assets are told of a data-block that is one.
struct AssetMetaData {
  std::string author, description;
  Uuid catalog;                     ///< see `AssetCatalogs`; none: not in a catalog
  std::string catalog_simple_name;  ///< of the catalog when it was given, for when its file is lost
  ItemList<AssetTag> tags;          ///< names are unique when they are added
  std::int16_t active_tag = 0;
  static const Schema& schema();
};

/// Makes a block an asset; one that is keeps what is known of it. It is kept from then on although
/// nothing uses it. False: it was one before.
bool mark_as_asset(DataBlock& block);
/// Takes the mark away with all that is known; false where there was none.
bool clear_asset(DataBlock& block);
/// Adds a tag under a free name derived from `name`.
void add_asset_tag(AssetMetaData& asset, std::string_view name);

/// An identifier as catalog files and scripts write it: 36 characters, hexadecimal digits in groups
/// of 8, 4, 4, 4 and 12.
std::string dashed(Uuid id);
/// Nothing where the text is none. Capital letters and spaces before it are allowed.
std::optional<Uuid> parse_dashed(std::string_view text);

/// For the schema of `DataBlock`: `asset_data`, with what it needs stored, and its functions.
void add_asset_properties(SchemaBuilder<DataBlock>& schema);
void register_asset_types(Registry& registry);

}  // namespace kiln
