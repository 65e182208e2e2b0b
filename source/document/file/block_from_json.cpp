#include "document/file/serialization.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "document/file/stored_numbers.h"

namespace kiln {
namespace {

using nlohmann::json;

// A number as another type; the nearest that it has.
template <typename Number>
Number fitted(double value) {
  if constexpr (std::is_integral_v<Number>) {
    constexpr double low = double(std::numeric_limits<Number>::min()), high = double(std::numeric_limits<Number>::max());
    return std::isnan(value) ? Number(0) : Number(std::clamp(value, low, high));
  } else {
    return Number(value);
  }
}

class Reader {
 public:
  Reader(DataBlock& block, const Registry& registry, const std::function<BlockId(const std::string&)>& id_of, std::vector<std::string>& warnings)
      : block_(block), registry_(registry), id_of_(id_of), warnings_(warnings) {}

  void run(const json& stored) {
    json unknown = json::object();
    read_struct({&block_.dynamic_schema(), &block_, -1, &block_}, stored, "", 0, &unknown);
    if (!unknown.empty()) {
      block_.unknown_properties = unknown.dump();
    }
    for (const auto& [address, old_id] : item_references_) {
      const auto found = items_.find(old_id);
      *address = found == items_.end() ? 0 : found->second;
    }
  }

 private:
  void warn(const std::string& path, const std::string& what) {
    warnings_.push_back(fmt::format("{} \"{}\": {}: {}", block_.dynamic_schema().identifier, block_.name, path.empty() ? "properties" : path, what));
  }

  void read_struct(MutableRef ref, const json& stored, const std::string& path, int depth, json* unknown) {
    if (!stored.is_object() || depth > max_stored_depth) {
      warn(path, "is no object");
      return;
    }
    // Members that the interface shows in other ways come first: the cursor of a text needs its lines. A value may decide which struct
    // this is (the kind of a texture or socket), so what is not known at first is tried again.
    std::vector<std::string> waiting;
    for (const bool is_internal : {true, false}) {
      for (const auto& [key, value] : stored.items()) {
        if (key != "_type" && key != "_id" && key.starts_with("stored_") == is_internal && !read_member(ref, key, value, path, depth)) {
          waiting.push_back(key);
        }
      }
    }
    for (const std::string& key : waiting) {
      if (read_member(ref, key, stored[key], path, depth)) {
        continue;
      }
      if (unknown) {
        (*unknown)[key] = stored[key];
      } else {
        warn(path.empty() ? key : path + "." + key, "is not known to this version");
      }
    }
  }

  // False: the struct has no such member.
  bool read_member(MutableRef& ref, const std::string& key, const json& value, const std::string& path, int depth) {
    const std::string here = path.empty() ? key : path + "." + key;
    if (key == "_custom") {
      if (const auto bag = ref.schema->find_bag()) {
        read_bag(*bag(ref.data), value, here, depth + 1);
      }
      return true;
    }
    const Property* p = ref.schema->property(key);
    if (!p || !p->is_stored) {
      return false;
    }
    read_property(ref, *p, value, here, depth);
    if (ref.schema->dynamic) {
      ref.schema = &ref.schema->dynamic(ref.data);
    }
    return true;
  }

  void read_property(const MutableRef& ref, const Property& p, const json& stored, const std::string& path, int depth) {
    if (p.storage == Storage::Struct) {
      if (const MutableRef inner = nested(ref, p)) {
        read_struct(inner, stored, path, depth + 1, nullptr);
      }
      return;
    }
    if (p.collection) {
      read_list(ref, p, stored, path, depth);
      return;
    }
    if (p.storage == Storage::Item) {
      if (stored.is_number_integer()) {
        item_references_.emplace_back(static_cast<ItemId*>(p.edit_address(ref.data, ref.index)), stored.get<ItemId>());
      }
      return;
    }
    Value value;
    if (!read_value(p, stored, &value, depth)) {
      warn(path, "has a value of the wrong type");
      return;
    }
    // Plain members are written as they are; functions of the interface would rename or relink.
    const bool is_plain = p.edit_address && p.storage != Storage::Computed;
    Property plain;
    const bool is_special = is_plain && (p.set || p.on_change);
    if (is_special) {
      plain = p;
      plain.set = {};
      plain.on_change = {};
    }
    const Result<void> done = write(ref, is_special ? plain : p, value);
    if (!done) {
      warn(path, done.error().message);
    }
  }

  void read_list(const MutableRef& ref, const Property& p, const json& stored, const std::string& path, int depth) {
    if (!p.collection->is_stored_list() || !stored.is_array()) {
      warn(path, "is no list");
      return;
    }
    p.collection->clear(ref);
    std::int64_t i = 0;
    for (const json& item : stored) {
      const std::string here = fmt::format("{}[{}]", path, i++);
      const json type = item.is_object() ? item.value("_type", json()) : json();
      const Schema* schema = type.is_string() ? registry_.find(type.get<std::string>()) : p.target_schema();
      const MutableRef added = schema ? p.collection->append(ref, *schema, 0) : MutableRef{};
      if (!added) {
        warn(here, "is of a type that is not known here; left out");
        continue;
      }
      if (item.contains("_id") && item["_id"].is_number_integer()) {
        const ConstElement element = p.collection->at(ref, p.collection->size(ref) - 1);
        items_[item["_id"].get<ItemId>()] = element.item;
      }
      read_struct(added, item, here, depth + 1, nullptr);
    }
  }

  bool read_value(const Property& p, const json& stored, Value* out, int depth) {
    if (depth > max_stored_depth) {
      return false;
    }
    if (stored.is_object() && stored.contains("_ref") && stored["_ref"].is_string()) {
      *out = Value(id_of_(stored["_ref"].get<std::string>()));
      return true;
    }
    if (stored.is_null()) {
      *out = Value();
      return p.type == PropertyType::Pointer || p.type == PropertyType::Collection;
    }
    if (p.type == PropertyType::Collection || (p.type == PropertyType::Enum && p.is_enum_flag)) {
      if (!stored.is_array()) {
        return false;
      }
      Value::List list;
      Property item;
      item.type = PropertyType::Pointer;
      for (const json& element : stored) {
        Value value;
        if (element.is_string()) {
          value = element.get<std::string>();
        } else if (element.is_boolean()) {
          value = element.get<bool>();
        } else if (element.is_number_integer()) {
          value = element.get<std::int64_t>();
        } else if (element.is_number()) {
          value = element.get<double>();
        } else if (!read_value(item, element, &value, depth + 1)) {
          return false;
        }
        list.push_back(std::move(value));
      }
      *out = Value(std::move(list));
      return true;
    }
    if (stored.is_array()) {
      Value::Numbers numbers;
      for (const json& element : stored) {
        double number = 0.0;
        if (!number_from_json(element, &number)) {
          return false;
        }
        numbers.push_back(number);
      }
      *out = Value(std::move(numbers));
      return p.is_array();
    }
    double number = 0.0;
    if (p.type <= PropertyType::Float && !p.is_array() && number_from_json(stored, &number)) {
      *out = Value(number);
      return true;
    }
    if (stored.is_string()) {
      *out = Value(stored.get<std::string>());
      return p.type == PropertyType::String || p.type == PropertyType::Enum;
    }
    if (stored.is_number_integer()) {
      *out = Value(stored.get<std::int64_t>());
      return p.type == PropertyType::Enum;
    }
    return false;
  }

  void read_bag(PropertyBag& bag, const json& stored, const std::string& path, int depth) {
    if (!stored.is_array() || depth > max_stored_depth) {
      warn(path, "is no list of custom properties");
      return;
    }
    for (const json& entry : stored) {
      if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string() || !entry.contains("value")) {
        warn(path, "has an entry without name or value");
        continue;
      }
      CustomValue custom;
      const std::string name = entry["name"].get<std::string>();
      if (!read_custom(entry, &custom, path + "[\"" + name + "\"]", depth + 1)) {
        warn(path + "[\"" + name + "\"]", "has a value of the wrong type");
        continue;
      }
      bag.set(name, std::move(custom));
    }
  }

  template <typename Numbers>
  static bool read_numbers(const json& stored, Numbers* out) {
    if (!stored.is_array()) {
      return false;
    }
    for (const json& element : stored) {
      double number = 0.0;
      if (!number_from_json(element, &number)) {
        return false;
      }
      out->push_back(fitted<typename Numbers::value_type>(number));
    }
    return true;
  }
  template <typename Numbers>
  static bool read_custom_numbers(const json& stored, CustomValue* out) {
    Numbers numbers;
    const bool good = read_numbers(stored, &numbers);
    out->data = std::move(numbers);
    return good;
  }

  bool read_custom(const json& entry, CustomValue* out, const std::string& path, int depth) {
    const json& value = entry["value"];
    const std::string type = text_at(entry, "type");
    double number = 0.0;
    if (entry.contains("look") && entry["look"].is_object()) {
      out->look = read_look(entry["look"]);
    }
    if (type == "int" && value.is_number_integer()) {
      out->data = value.get<std::int32_t>();
    } else if (type == "float" && number_from_json(value, &number)) {
      out->data = number;
    } else if (type == "bool" && value.is_boolean()) {
      out->data = value.get<bool>();
    } else if (type == "text" && value.is_string()) {
      out->data = value.get<std::string>();
    } else if (type == "bytes") {
      std::vector<int> bytes;
      if (!read_numbers(value, &bytes)) {
        return false;
      }
      out->data = CustomValue::Bytes{std::string(bytes.begin(), bytes.end())};
    } else if (type == "group") {
      PropertyBag group;
      read_bag(group, value, path, depth);
      out->data = std::move(group);
    } else if (type == "groups" && value.is_array()) {
      CustomValue::Groups groups;
      for (const json& item : value) {
        read_bag(groups.emplace_back(), item, path, depth);
      }
      out->data = std::move(groups);
    } else if (type == "block" && value.is_string()) {
      out->data = id_of_(value.get<std::string>());
    } else if (type == "ints") {
      return read_custom_numbers<CustomValue::Ints>(value, out);
    } else if (type == "floats") {
      return read_custom_numbers<CustomValue::Floats>(value, out);
    } else if (type == "doubles") {
      return read_custom_numbers<CustomValue::Doubles>(value, out);
    } else if (type == "bools") {
      return read_custom_numbers<CustomValue::Bools>(value, out);
    } else {
      return false;
    }
    return true;
  }

  static std::shared_ptr<const CustomValueLook> read_look(const json& stored) {
    auto look = std::make_shared<CustomValueLook>();
    const auto number = [&](const char* key, double* out) {
      if (stored.contains(key)) {
        number_from_json(stored[key], out);
      }
    };
    number("min", &look->min);
    number("max", &look->max);
    number("soft_min", &look->soft_min);
    number("soft_max", &look->soft_max);
    number("step", &look->step);
    double precision = look->precision;
    number("precision", &precision);
    look->precision = fitted<int>(precision);
    const auto text = [&](const char* key, std::string* out) {
      if (stored.contains(key) && stored[key].is_string()) {
        *out = stored[key].get<std::string>();
      }
    };
    text("subtype", &look->subtype);
    text("description", &look->description);
    text("default_text", &look->default_text);
    if (stored.contains("default")) {
      read_numbers(stored["default"], &look->default_numbers);
    }
    return look;
  }

  DataBlock& block_;
  const Registry& registry_;
  const std::function<BlockId(const std::string&)>& id_of_;
  std::vector<std::string>& warnings_;
  std::unordered_map<ItemId, ItemId> items_;                          // stored id to the one given now
  std::vector<std::pair<ItemId*, ItemId>> item_references_;  // members that name items, filled in last
};

}  // namespace

void block_from_json(DataBlock& block, const json& stored, const Registry& registry, const std::function<BlockId(const std::string&)>& id_of,
                     std::vector<std::string>& warnings) {
  Reader(block, registry, id_of, warnings).run(stored);
}

}  // namespace kiln
