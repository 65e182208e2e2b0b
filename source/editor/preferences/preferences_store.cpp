#include "editor/preferences/preferences_store.h"

#include <QDir>
#include <QSaveFile>
#include <algorithm>
#include <tuple>

#include <nlohmann/json.hpp>

#include "core/schema/ref.h"

namespace kiln::editor {
namespace {

using Json = nlohmann::json;

constexpr const char* list_code = R"(
import addon_utils, bpy, json
found = []
for module in addon_utils.modules():
    info = addon_utils.module_bl_info(module)
    found.append({"module": module.__name__, "name": str(info.get("name", "")) or module.__name__,
                  "category": str(info.get("category", "")), "description": str(info.get("description", "")),
                  "author": str(info.get("author", "")), "version": ".".join(map(str, info.get("version", ()))),
                  "file": module.__file__, "enabled": addon_utils.check(module.__name__)[1],
                  "user": not bpy.utils.is_path_builtin(module.__file__)})
print(json.dumps(found))
)";

// The parts of the preferences, by their names.
struct Section {
  const char* name;
  const Schema& schema;
  void* data;
};
std::vector<Section> sections(Preferences& preferences) {
  return {{"window", Preferences::schema(), &preferences},
          {"view", PreferencesView::schema(), &preferences.view},
          {"inputs", PreferencesInput::schema(), &preferences.inputs},
          {"edit", PreferencesEdit::schema(), &preferences.edit},
          {"filepaths", PreferencesFilePaths::schema(), &preferences.filepaths},
          {"system", PreferencesSystem::schema(), &preferences.system},
          {"apps", PreferencesApps::schema(), &preferences.apps}};
}

Json json_of(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value.data)) {
    return *flag;
  }
  if (const auto* whole = std::get_if<std::int64_t>(&value.data)) {
    return *whole;
  }
  if (const auto* real = std::get_if<double>(&value.data)) {
    return *real;
  }
  if (const auto* numbers = std::get_if<Value::Numbers>(&value.data)) {
    return *numbers;
  }
  return value.as_string();
}

// None where the value is of another type than the property.
Value value_of(const Json& json, const Property& property) {
  const PropertyType type = property.type;
  if (property.length > 0) {
    Value::Numbers numbers;
    for (const Json& item : json.is_array() ? json : Json::array()) {
      if (!item.is_number()) {
        return {};
      }
      numbers.push_back(item.get<double>());
    }
    return int(numbers.size()) == property.length ? Value(std::move(numbers)) : Value();
  }
  const bool is_right = type == PropertyType::Boolean ? json.is_boolean()
                        : type == PropertyType::Int   ? json.is_number_integer()
                        : type == PropertyType::Float ? json.is_number()
                                                      : json.is_string();
  return !is_right                  ? Value()
         : json.is_boolean()        ? Value(json.get<bool>())
         : json.is_number_integer() ? Value(json.get<std::int64_t>())
         : json.is_number()         ? Value(json.get<double>())
         : json.is_string()         ? Value(json.get<std::string>())
                                    : Value();
}

Json json_of(float3 v) {
  return Json::array({v.x, v.y, v.z});
}
float3 vector_of(const Json& json) {
  float3 v;
  for (std::size_t i = 0; json.is_array() && i < 3 && i < json.size(); ++i) {
    v[int(i)] = json[i].is_number() ? json[i].get<float>() : 0.0f;
  }
  return v;
}

Json lamps_to_json(const ItemList<SolidLight>& lamps) {
  Json json = Json::array();
  for (const SolidLight& lamp : lamps) {
    json.push_back({{"use", lamp.use},
                    {"smooth", lamp.smooth},
                    {"direction", json_of(lamp.direction)},
                    {"diffuse_color", json_of(lamp.diffuse_color)},
                    {"specular_color", json_of(lamp.specular_color)}});
  }
  return json;
}
// As many as a studio has.
ItemList<SolidLight> lamps_from_json(const Json& json) {
  ItemList<SolidLight> lamps;
  for (std::size_t i = 0; i < std::size_t(StudioLight::lamp_count); ++i) {
    SolidLight lamp;
    lamp.use = false;
    if (json.is_array() && i < json.size() && json[i].is_object()) {
      const Json& from = json[i];
      const auto part = [&](const char* name) { return from.contains(name) ? from[name] : Json(); };
      const Json use = part("use"), smooth = part("smooth");
      lamp.use = use.is_boolean() && use.get<bool>();
      lamp.smooth = smooth.is_number() ? std::clamp(smooth.get<float>(), 0.0f, 1.0f) : 0.5f;
      lamp.direction = vector_of(part("direction"));
      lamp.diffuse_color = vector_of(part("diffuse_color"));
      lamp.specular_color = vector_of(part("specular_color"));
    }
    lamps.add(lamp);
  }
  return lamps;
}

Json studio_lights_to_json(const Preferences& preferences) {
  Json json = Json::array();
  for (const StudioLight& light : preferences.studio_lights) {
    if (light.is_user_defined) {
      json.push_back({{"name", light.name},
                      {"type", int(light.type)},
                      {"path", light.path},
                      {"lamps", lamps_to_json(light.solid_lights)},
                      {"ambient", json_of(light.sky)}});
    }
  }
  return json;
}
void add_studio_lights(const Json& json, Preferences& preferences) {
  for (std::int64_t i = preferences.studio_lights.size(); i-- > 0;) {
    if (preferences.studio_lights[i].is_user_defined) {
      preferences.studio_lights.remove(i);
    }
  }
  for (const Json& from : json.is_array() ? json : Json::array()) {
    if (!from.is_object() || !from.contains("name") || !from["name"].is_string()) {
      continue;
    }
    StudioLight light;
    light.is_user_defined = true;
    light.name = from["name"].get<std::string>();
    const int type = from.contains("type") && from["type"].is_number_integer()
                         ? std::clamp(from["type"].get<int>(), 0, 2)
                         : 0;
    light.type = StudioLightType(type);
    light.path = from.contains("path") && from["path"].is_string() ? from["path"].get<std::string>()
                                                                   : std::string();
    if (light.type == StudioLightType::Studio) {
      light.solid_lights = lamps_from_json(from.contains("lamps") ? from["lamps"] : Json());
      light.sky = light.ground = vector_of(from.contains("ambient") ? from["ambient"] : Json());
    }
    preferences.studio_lights.add(std::move(light));
  }
}

}  // namespace

std::vector<AddonFacts> list_addons(ScriptService& scripts) {
  std::vector<AddonFacts> addons;
  const Result<std::string> output = scripts.run(list_code, "list of add-ons");
  const Json json = output ? Json::parse(*output, nullptr, /*allow_exceptions=*/false) : Json();
  for (const Json& entry : json.is_array() ? json : Json::array()) {
    addons.push_back(
        {entry.value("module", ""), entry.value("name", ""), entry.value("category", ""),
         entry.value("description", ""), entry.value("author", ""), entry.value("version", ""),
         entry.value("file", ""), entry.value("enabled", false), entry.value("user", false)});
  }
  std::sort(addons.begin(), addons.end(), [](const AddonFacts& a, const AddonFacts& b) {
    return std::tie(a.category, a.name) < std::tie(b.category, b.name);
  });
  return addons;
}

std::string preferences_to_json(const Preferences& preferences,
                                const std::vector<std::string>& enabled_addons) {
  Json json{{"addons", enabled_addons}};
  Preferences copy = preferences;
  for (const Section& section : sections(copy)) {
    for (const Property* property : section.schema.all_properties()) {
      if (property->identifier != "rna_type" && !property->is_read_only && property->is_stored &&
          property->type != PropertyType::Pointer && property->type != PropertyType::Collection) {
        json[section.name][property->identifier] =
            json_of(read({&section.schema, section.data}, *property));
      }
    }
  }
  for (std::int64_t i = 0; i < preferences.autoexec_paths.size(); ++i) {
    const PathCompare& path = preferences.autoexec_paths[i];
    json["excluded_paths"].push_back({{"path", path.path}, {"use_glob", path.use_glob}});
  }
  json["studio_lights"] = studio_lights_to_json(preferences);
  json["studio_lamps"] = lamps_to_json(preferences.system.solid_lights);
  return json.dump(1);
}

std::vector<std::string> preferences_from_json(const std::string& text, Preferences& preferences,
                                               const Services& services) {
  std::vector<std::string> addons;
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return addons;
  }
  for (const Section& section : sections(preferences)) {
    if (!json.contains(section.name) || !json[section.name].is_object()) {
      continue;
    }
    for (const auto& [name, value] : json[section.name].items()) {
      const Property* property = section.schema.property(name);
      const Value wanted = property ? value_of(value, *property) : Value();
      if (!wanted.is_none()) {
        static_cast<void>(write({&section.schema, section.data, -1, nullptr, nullptr, &services},
                                *property, wanted));
      }
    }
  }
  preferences.autoexec_paths.clear();
  for (const Json& path : json.value("excluded_paths", Json::array())) {
    if (path.is_object() && path.contains("path") && path["path"].is_string()) {
      const bool is_pattern = path.contains("use_glob") && path["use_glob"].is_boolean() &&
                              path["use_glob"].get<bool>();
      preferences.autoexec_paths.add(PathCompare{path["path"].get<std::string>(), is_pattern});
    }
  }
  if (json.contains("studio_lights")) {
    add_studio_lights(json["studio_lights"], preferences);
  }
  if (json.contains("studio_lamps")) {
    preferences.system.solid_lights = lamps_from_json(json["studio_lamps"]);
  }
  if (json.contains("addons") && json["addons"].is_array()) {
    for (const Json& name : json["addons"]) {
      if (name.is_string()) {
        addons.push_back(name.get<std::string>());
      }
    }
  }
  return addons;
}

void store_preferences(const Path& file, const Preferences& preferences, ScriptService* scripts) {
  if (file.empty()) {
    return;
  }
  std::vector<std::string> enabled;
  for (const AddonFacts& addon : scripts ? list_addons(*scripts) : std::vector<AddonFacts>()) {
    if (addon.is_enabled) {
      enabled.push_back(addon.module);
    }
  }
  QDir().mkpath(QString::fromStdString(file.parent_path().string()));
  QSaveFile kept(QString::fromStdString(file.string()));
  if (kept.open(QIODevice::WriteOnly)) {
    kept.write(QByteArray::fromStdString(preferences_to_json(preferences, enabled)));
    kept.commit();
  }
}

MutableRef PreferencesAccess::find(const LayoutItem& item) const {
  const Property& property = *item.property;
  // A lamp of the studio that is edited.
  const Property* lamps = PreferencesSystem::schema().property("solid_lights");
  if (item.owner.steps.size() == 1 && item.owner.steps[0].property == lamps) {
    return step_into(MutableRef{&PreferencesSystem::schema(), &preferences_.system, -1, nullptr,
                                nullptr, &session_.services()},
                     item.owner.steps[0]);
  }
  for (const Section& section : sections(preferences_)) {
    if (section.schema.property(property.identifier) == &property) {
      return {&section.schema, section.data, -1, nullptr, nullptr, &session_.services()};
    }
  }
  return {};
}

ConstRef PreferencesAccess::owner(const LayoutItem& item) const {
  const MutableRef ref = item.property ? find(item) : MutableRef{};
  return ref ? ConstRef(ref) : DocumentAccess::owner(item);
}

void PreferencesAccess::set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) {
  const MutableRef ref = find(item);
  if (!ref) {
    DocumentAccess::set(item, value, merge_key);
    return;
  }
  if (const Result<void> done = write(ref, *item.property, value); !done) {
    session_.report(InfoLine::Kind::Error, done.error().message);
  }
}

}  // namespace kiln::editor
