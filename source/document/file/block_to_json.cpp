#include "document/file/serialization.h"

#include <nlohmann/json.hpp>

#include "document/file/stored_numbers.h"

namespace kiln {
namespace {

using nlohmann::json;

// Invalid UTF-8 must not stop a save: names from foreign files may hold it.
std::string text_to_json(const std::string& text) { return valid_name(text, text.size()); }

class Writer {
 public:
  /// `base`: the prototype is this block, with which lists and computed values are compared as well.
  Writer(Prototypes& prototypes, const std::function<std::string(BlockId)>& name_of, const DataBlock* base = nullptr)
      : prototypes_(prototypes), name_of_(name_of), base_(base) {}

  json write_struct(const ConstRef& ref, const void* prototype) {
    json out = json::object();
    for (const Schema* s = ref.schema; s; s = s->base) {
      for (const Property& p : s->properties) {
        if (!p.is_stored || p.is_column || p.is_runtime) {
          continue;
        }
        write_property(ref, p, prototype, out);
      }
    }
    if (const auto bag = ref.schema->find_bag()) {
      const PropertyBag& custom = *bag(const_cast<void*>(ref.data));
      if (!custom.empty()) {
        out["_custom"] = write_bag(custom);
      }
    }
    return out;
  }

 private:
  void write_property(const ConstRef& ref, const Property& p, const void* prototype, json& out) {
    if (p.storage == Storage::Struct) {
      const ConstRef inner = nested(ref, p);
      if (inner) {
        json value = write_struct(inner, prototype ? p.address(prototype, -1) : nullptr);
        if (!value.empty()) {
          out[p.identifier] = std::move(value);
        }
      }
    } else if (p.collection) {
      if (!p.collection->is_stored_list()) {
        return;
      }
      json list = write_list(ref, p);
      const std::int64_t count = p.collection->size(ref);
      if (base_ && prototype && without_ids(list) == without_ids(write_list({ref.schema, prototype, -1, base_}, p))) {
        return;
      }
      // An empty list is stored too where a new struct has items (sockets of nodes), or may have.
      if (count > 0 || !prototype || p.collection->size({ref.schema, prototype}) > 0) {
        out[p.identifier] = std::move(list);
      }
    } else {
      Value value = read(ref, p);
      const bool is_same = prototype && (p.storage != Storage::Computed || base_) && value == read({ref.schema, prototype, -1, base_}, p);
      const bool is_default_computed = p.storage == Storage::Computed && !base_ && value == p.default_value;
      const bool is_empty_reference = p.storage == Storage::Block && !base_ && !value.as_block();
      if (!is_same && !is_default_computed && !is_empty_reference) {
        json stored = write_value(value);
        // A set of blocks that are all gone is an empty one.
        if (!(stored.is_array() && stored.empty() && p.storage == Storage::Computed && !base_ && p.default_value == Value(Value::List()))) {
          out[p.identifier] = std::move(stored);
        }
      }
    }
  }

  // Items are compared with new ones, also in overrides: a list is stored as a whole.
  json write_list(const ConstRef& ref, const Property& p) {
    Writer plain(prototypes_, name_of_);
    json list = json::array();
    const std::int64_t count = p.collection->size(ref);
    for (std::int64_t i = 0; i < count; ++i) {
      const ConstElement element = p.collection->at(ref, i);
      json item = plain.write_struct(element.ref, prototypes_.of(*element.ref.schema));
      item["_type"] = stored_type(*element.ref.schema).identifier;
      item["_id"] = element.item;
      list.push_back(std::move(item));
    }
    return list;
  }

  static json without_ids(json value) {
    if (value.is_object()) {
      value.erase("_id");
    }
    if (value.is_structured()) {
      for (json& item : value) {
        item = without_ids(std::move(item));
      }
    }
    return value;
  }

  json write_value(const Value& value) {
    return std::visit(
        [&](const auto& v) -> json {
          using T = std::remove_cvref_t<decltype(v)>;
          if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t>) {
            return v;
          } else if constexpr (std::is_same_v<T, double>) {
            return number_to_json(v);
          } else if constexpr (std::is_same_v<T, std::string>) {
            return text_to_json(v);
          } else if constexpr (std::is_same_v<T, Value::Numbers>) {
            json list = json::array();
            for (const double number : v) {
              list.push_back(number_to_json(number));
            }
            return list;
          } else if constexpr (std::is_same_v<T, Handle>) {
            const std::string name = v.block ? name_of_(v.block) : std::string();
            return name.empty() ? json() : json{{"_ref", name}};
          } else if constexpr (std::is_same_v<T, Value::List>) {
            // Lists of blocks are sets: members that are gone (the selected objects are not told of it) need no place.
            const bool is_set = std::all_of(v.begin(), v.end(), [](const Value& item) { return std::holds_alternative<Handle>(item.data); });
            json list = json::array();
            for (const Value& item : v) {
              json stored = write_value(item);
              if (!is_set || !stored.is_null()) {
                list.push_back(std::move(stored));
              }
            }
            return list;
          } else {
            return json();
          }
        },
        value.data);
  }

  json write_bag(const PropertyBag& bag) {
    json list = json::array();
    for (const auto& [name, value] : bag.items()) {
      json entry = write_custom(value);
      entry["name"] = text_to_json(name);
      list.push_back(std::move(entry));
    }
    return list;
  }

  json write_custom(const CustomValue& custom) {
    json out = std::visit(
        [&](const auto& v) -> json {
          using T = std::remove_cvref_t<decltype(v)>;
          if constexpr (std::is_same_v<T, std::int32_t>) {
            return {{"type", "int"}, {"value", v}};
          } else if constexpr (std::is_same_v<T, double>) {
            return {{"type", "float"}, {"value", number_to_json(v)}};
          } else if constexpr (std::is_same_v<T, bool>) {
            return {{"type", "bool"}, {"value", v}};
          } else if constexpr (std::is_same_v<T, std::string>) {
            return {{"type", "text"}, {"value", text_to_json(v)}};
          } else if constexpr (std::is_same_v<T, CustomValue::Bytes>) {
            json bytes = json::array();
            for (const char c : v.data) {
              bytes.push_back(static_cast<unsigned char>(c));
            }
            return {{"type", "bytes"}, {"value", std::move(bytes)}};
          } else if constexpr (std::is_same_v<T, PropertyBag>) {
            return {{"type", "group"}, {"value", write_bag(v)}};
          } else if constexpr (std::is_same_v<T, CustomValue::Groups>) {
            json groups = json::array();
            for (const PropertyBag& group : v) {
              groups.push_back(write_bag(group));
            }
            return {{"type", "groups"}, {"value", std::move(groups)}};
          } else if constexpr (std::is_same_v<T, BlockId>) {
            return {{"type", "block"}, {"value", v ? name_of_(v) : std::string()}};
          } else {
            json numbers = json::array();
            for (const auto number : v) {
              numbers.push_back(number_to_json(double(number)));
            }
            const char* type = std::is_same_v<T, CustomValue::Ints>      ? "ints"
                               : std::is_same_v<T, CustomValue::Floats>  ? "floats"
                               : std::is_same_v<T, CustomValue::Doubles> ? "doubles"
                                                                         : "bools";
            return {{"type", type}, {"value", std::move(numbers)}};
          }
        },
        custom.data);
    if (custom.look) {
      const CustomValueLook& look = *custom.look;
      out["look"] = {{"min", number_to_json(look.min)}, {"max", number_to_json(look.max)}, {"soft_min", number_to_json(look.soft_min)},
                     {"soft_max", number_to_json(look.soft_max)}, {"step", number_to_json(look.step)}, {"precision", look.precision},
                     {"subtype", look.subtype}, {"description", text_to_json(look.description)}, {"default", look.default_numbers},
                     {"default_text", text_to_json(look.default_text)}};
    }
    return out;
  }

  Prototypes& prototypes_;
  const std::function<std::string(BlockId)>& name_of_;
  const DataBlock* base_;
};

}  // namespace

json block_to_json(const DataBlock& block, Prototypes& prototypes, const std::function<std::string(BlockId)>& name_of, const DataBlock* base) {
  if (base && &base->dynamic_schema() != &block.dynamic_schema()) {
    base = nullptr;
  }
  json out = Writer(prototypes, name_of, base).write_struct(reference_to(block), base ? base : prototypes.of(block.dynamic_schema()));
  out.erase("name");
  if (!block.unknown_properties.empty()) {
    const json unknown = json::parse(block.unknown_properties, nullptr, /*allow_exceptions=*/false);
    if (unknown.is_object()) {
      for (const auto& [key, value] : unknown.items()) {
        if (!out.contains(key)) {
          out[key] = value;
        }
      }
    }
  }
  return out;
}

}  // namespace kiln
