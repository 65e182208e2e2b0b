#include "editor/preferences/interface_settings.h"

#include <QDir>
#include <QSaveFile>
#include <algorithm>

#include <nlohmann/json.hpp>

#include "editor/window/theme.h"

namespace kiln::editor {

using Json = nlohmann::json;

std::string InterfaceSettings::to_json() const {
  return Json{{"scale", scale}, {"dark", dark}, {"light", light}}.dump(1);
}

InterfaceSettings InterfaceSettings::from_json(const std::string& text) {
  InterfaceSettings settings;
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return settings;
  }
  if (json.contains("scale") && json["scale"].is_number()) {
    settings.scale = std::clamp(json["scale"].get<float>(), 0.5f, 3.0f);
  }
  for (const auto& [name, colors] :
       {std::pair{"dark", &settings.dark}, std::pair{"light", &settings.light}}) {
    if (!json.contains(name) || !json[name].is_object()) {
      continue;
    }
    for (const auto& [color, value] : json[name].items()) {
      if (value.is_string()) {
        (*colors)[color] = value.get<std::string>();
      }
    }
  }
  return settings;
}

void InterfaceSettings::store(const Path& folder) const {
  if (folder.empty()) {
    return;
  }
  QDir().mkpath(QString::fromStdString(folder.string()));
  QSaveFile kept(QString::fromStdString(file(folder).string()));
  if (kept.open(QIODevice::WriteOnly)) {
    kept.write(QByteArray::fromStdString(to_json()));
    kept.commit();
  }
}

void InterfaceSettings::apply(Theme& theme) const {
  const auto& changed = theme.is_dark ? dark : light;
  for (const ThemeColor& color : theme_colors()) {
    const auto found = changed.find(color.name);
    if (found != changed.end()) {
      if (const QColor value(QString::fromStdString(found->second)); value.isValid()) {
        theme.*color.member = value;
      }
    }
  }
}

}  // namespace kiln::editor
