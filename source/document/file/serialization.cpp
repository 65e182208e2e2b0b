#include "document/file/serialization.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace kiln {
namespace {

using nlohmann::json;

constexpr int max_depth = 64;  // of nested structs and groups; deeper input is refused

json number_to_json(double value) {
  if (std::isfinite(value)) {
    return value;
  }
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

bool number_from_json(const json& stored, double* value) {
  if (stored.is_number()) {
    *value = stored.get<double>();
    return true;
  }
  if (stored.is_boolean()) {
    *value = stored.get<bool>();
    return true;
  }
  if (stored == "nan" || stored == "inf" || stored == "-inf") {
    *value = stored == "nan" ? std::nan("") : stored == "inf" ? HUGE_VAL : -HUGE_VAL;
    return true;
  }
  return false;
}

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

// Invalid UTF-8 must not stop a save: names from foreign files may hold it.
std::string text_to_json(const std::string& text) { return valid_name(text, text.size()); }

// Writing.

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
      // An empty list is stored too where a new struct has items (sockets of nodes).
      if (count > 0 || (prototype && p.collection->size({ref.schema, prototype}) > 0)) {
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

// Reading.

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
    if (!stored.is_object() || depth > max_depth) {
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
    if (depth > max_depth) {
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
    if (!stored.is_array() || depth > max_depth) {
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

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Schema& stored_type(const Schema& type) {
  const Schema* found = &type;
  while (found->is_runtime && found->base) {
    found = found->base;
  }
  return *found;
}

Prototypes::~Prototypes() {
  for (const auto& [schema, instance] : made_) {
    schema->destroy(instance);
  }
}

const void* Prototypes::of(const Schema& schema) {
  if (!schema.make) {
    return nullptr;
  }
  void*& instance = made_[&schema];
  if (!instance) {
    instance = schema.make();
  }
  return instance;
}

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

std::vector<std::string> stored_paths(const json& properties) {
  std::vector<std::string> paths;
  const auto walk = [&](const auto& self, const json& object, const std::string& path, int depth) -> void {
    for (const auto& [key, value] : object.items()) {
      const std::string here = path.empty() ? key : path + "." + key;
      if (key.starts_with("stored_") || key.starts_with("_")) {
        continue;
      }
      if (value.is_object() && !value.contains("_ref") && depth < max_depth) {
        self(self, value, here, depth + 1);
      } else {
        paths.push_back(here);
      }
    }
  };
  walk(walk, properties, "", 0);
  return paths;
}

void block_from_json(DataBlock& block, const json& stored, const Registry& registry, const std::function<BlockId(const std::string&)>& id_of,
                     std::vector<std::string>& warnings) {
  Reader(block, registry, id_of, warnings).run(stored);
}

}  // namespace kiln
