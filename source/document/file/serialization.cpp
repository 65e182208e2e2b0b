#include "document/file/serialization.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "document/file/stored_numbers.h"

namespace kiln {

using nlohmann::json;

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

std::vector<std::string> stored_paths(const json& properties) {
  std::vector<std::string> paths;
  const auto walk = [&](const auto& self, const json& object, const std::string& path, int depth) -> void {
    for (const auto& [key, value] : object.items()) {
      const std::string here = path.empty() ? key : path + "." + key;
      if (key.starts_with("stored_") || key.starts_with("_")) {
        continue;
      }
      if (value.is_object() && !value.contains("_ref") && depth < max_stored_depth) {
        self(self, value, here, depth + 1);
      } else {
        paths.push_back(here);
      }
    }
  };
  walk(walk, properties, "", 0);
  return paths;
}

}  // namespace kiln
