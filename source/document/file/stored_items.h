#pragma once

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "core/schema/registry.h"

namespace kiln {

/// Stored blocks in a form that can be compared across files: items of lists are numbered by where
/// they are (lists of named items by the names), so that equal content gives equal JSON.
///
/// One for each block; the files' forms of it share the numbers.
class ItemNumbers {
public:
  explicit ItemNumbers(const Registry& registry) : registry_(registry) {}

  /// `name_of` gives the common name of what a reference's uuid stands for.
  nlohmann::json common_form(const nlohmann::json& properties, const std::string& type,
                             const std::function<std::string(const std::string&)>& name_of);

private:
  class Walk;
  const Registry& registry_;
  std::map<std::string, std::int64_t> numbers_;
};

/// What names an item in a list: its name, or an empty text where the list goes by position.
/// Items of equal names are counted.
std::vector<std::string> item_keys(const nlohmann::json& list);

/// Whether a value is a list of structs, and one of references to data-blocks.
bool is_item_list(const nlohmann::json& value);
bool is_reference_list(const nlohmann::json& value);

/// Calls `change` on every text that stands for a data-block.
void map_stored_references(nlohmann::json& properties,
                           const std::function<std::string(const std::string&)>& change);

}  // namespace kiln
