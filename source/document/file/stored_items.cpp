#include "document/file/stored_items.h"

#include <fmt/format.h>

namespace kiln {
namespace {

using nlohmann::json;

constexpr int max_depth = 64;

const json* member(const json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? &*found : nullptr;
}

bool is_link(const json& item) {
  const json* type = member(item, "_type");
  return type && *type == "NodeLink";
}

void map_references_below(json& value, const std::function<std::string(const std::string&)>& change,
                          int depth) {
  if (depth > max_depth) {
    return;
  }
  if (value.is_object()) {
    const auto reference = value.find("_ref");
    if (reference != value.end() && reference->is_string()) {
      *reference = change(reference->get<std::string>());
    }
    const json* type = member(value, "type");
    const auto custom = value.find("value");
    if (type && *type == "block" && custom != value.end() && custom->is_string()) {
      *custom = change(custom->get<std::string>());
    }
  }
  if (value.is_structured()) {
    for (json& part : value) {
      map_references_below(part, change, depth + 1);
    }
  }
}

}  // namespace

bool is_item_list(const json& value) {
  if (!value.is_array() || value.empty()) {
    return false;
  }
  for (const json& item : value) {
    if (!member(item, "_type")) {
      return false;
    }
  }
  return true;
}

bool is_reference_list(const json& value) {
  if (!value.is_array() || value.empty()) {
    return false;
  }
  for (const json& item : value) {
    const json* reference = member(item, "_ref");
    if (!reference || !reference->is_string()) {
      return false;
    }
  }
  return true;
}

std::vector<std::string> item_keys(const json& list) {
  std::vector<std::string> keys;
  std::map<std::string, int> counts;
  for (const json& item : list) {
    const json* name = member(item, "name");
    std::string key;
    if (name && name->is_string()) {
      key = '"' + name->get<std::string>() + '"';
    } else if (is_link(item)) {
      json content = item;
      content.erase("_id");
      key = content.dump(-1, ' ', false, json::error_handler_t::replace);
    } else {
      return std::vector<std::string>(list.size());
    }
    const int count = counts[key]++;
    keys.push_back(count ? fmt::format("{}#{}", key, count) : key);
  }
  return keys;
}

void map_stored_references(json& properties,
                           const std::function<std::string(const std::string&)>& change) {
  map_references_below(properties, change, 0);
}

class ItemNumbers::Walk {
public:
  Walk(const Registry& registry, std::map<std::string, std::int64_t>& numbers)
      : registry_(registry), numbers_(numbers) {}

  void run(json& properties, const std::string& type) {
    number(properties, "", 0);
    refer(properties, registry_.find(type), 0);
    number_links(properties, 0);
  }

private:
  std::int64_t number_of(const std::string& path) {
    return numbers_.try_emplace(path, std::int64_t(numbers_.size()) + 1).first->second;
  }

  // Numbers all items but links, which are known by what they refer to.
  void number(json& value, const std::string& path, int depth) {
    if (depth > max_depth) {
      return;
    }
    if (value.is_object()) {
      for (auto& [key, part] : value.items()) {
        number(part, path + "." + key, depth + 1);
      }
    } else if (is_item_list(value)) {
      const std::vector<std::string> keys = item_keys(value);
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (is_link(value[i])) {
          continue;
        }
        const std::string here =
            fmt::format("{}[{}]", path, keys[i].empty() ? std::to_string(i) : keys[i]);
        const std::int64_t its_number = number_of(here);
        if (const json* id = member(value[i], "_id"); id && id->is_number_integer()) {
          given_[id->get<std::int64_t>()] = its_number;
        }
        value[i]["_id"] = its_number;
        number(value[i], here, depth + 1);
      }
    }
  }

  // References to items, which only the schema tells from other numbers.
  void refer(json& object, const Schema* schema, int depth) {
    if (!object.is_object() || depth > max_depth) {
      return;
    }
    for (auto& [key, value] : object.items()) {
      const Property* property = schema ? schema->property(key) : nullptr;
      if (property && property->storage == Storage::Item && value.is_number_integer()) {
        const auto found = given_.find(value.get<std::int64_t>());
        value = found == given_.end() ? 0 : found->second;
      } else if (value.is_object()) {
        refer(value, property ? property->target_schema() : nullptr, depth + 1);
      } else if (is_item_list(value)) {
        for (json& item : value) {
          const json& type = item["_type"];
          refer(item, type.is_string() ? registry_.find(type.get<std::string>()) : nullptr,
                depth + 1);
        }
      }
    }
  }

  void number_links(json& value, int depth) {
    if (depth > max_depth || !value.is_structured()) {
      return;
    }
    if (is_item_list(value) && is_link(value[0])) {
      const std::vector<std::string> keys = item_keys(value);
      for (std::size_t i = 0; i < value.size(); ++i) {
        value[i]["_id"] = number_of("link " + keys[i]);
      }
      return;
    }
    for (json& part : value) {
      number_links(part, depth + 1);
    }
  }

  const Registry& registry_;
  std::map<std::string, std::int64_t>& numbers_;
  std::map<std::int64_t, std::int64_t> given_;
};

json ItemNumbers::common_form(const json& properties, const std::string& type,
                              const std::function<std::string(const std::string&)>& name_of) {
  json form = properties;
  map_stored_references(form, name_of);
  Walk(registry_, numbers_).run(form, type);
  return form;
}

}  // namespace kiln
