#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln {

/// Of nested structs and groups in stored properties; what is deeper is refused.
inline constexpr int max_stored_depth = 64;

/// The text under a key of a JSON object; empty where there is none.
std::string text_at(const nlohmann::json& object, const char* key);

/// Default instances of types, to tell which values differ from what a new one has. One for each save or open.
class Prototypes {
 public:
  ~Prototypes();
  /// Null for types without instances.
  const void* of(const Schema& schema);

 private:
  std::unordered_map<const Schema*, void*> made_;
};

/// The type that files name: of a type that a script registered, the program's type it derives from. The script may not be there when the
/// file is read, so blocks and items of such types say in their properties what they are.
const Schema& stored_type(const Schema& type);

/// The stored properties of a block as a JSON object, only what differs from a new one, or from `base`, a block of the same type.
/// `name_of` gives the text for a reference.
nlohmann::json block_to_json(const DataBlock& block, Prototypes& prototypes, const std::function<std::string(BlockId)>& name_of,
                             const DataBlock* base = nullptr);

/// The data paths of what a JSON object of properties holds: one for each property, lists as a whole.
std::vector<std::string> stored_paths(const nlohmann::json& properties);

/// Puts stored properties into a new block. What is not known goes to `unknown_properties`; what does not fit is left at its default
/// and named in `warnings`.
void block_from_json(DataBlock& block, const nlohmann::json& stored, const Registry& registry, const std::function<BlockId(const std::string&)>& id_of,
                     std::vector<std::string>& warnings);

}  // namespace kiln
