#include "editor/keymap/keymap.h"

#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

namespace kiln::editor {
namespace {

using Json = nlohmann::json;

Value value_of(const Json& json) {
  if (json.is_boolean()) {
    return json.get<bool>();
  }
  if (json.is_number_integer()) {
    return json.get<std::int64_t>();
  }
  if (json.is_number()) {
    return json.get<double>();
  }
  if (json.is_string()) {
    return json.get<std::string>();
  }
  if (json.is_array()) {
    Value::Numbers numbers;
    for (const Json& item : json) {
      numbers.push_back(item.is_number()    ? item.get<double>()
                        : item.is_boolean() ? double(item.get<bool>())
                                            : 0.0);
    }
    return numbers;
  }
  return {};
}

}  // namespace

KeyStroke KeyStroke::parse(const std::string& text) {
  KeyStroke stroke;
  std::stringstream parts(text);
  for (std::string part; std::getline(parts, part, '+');) {
    if (part == "shift") {
      stroke.shift = true;
    } else if (part == "ctrl") {
      stroke.ctrl = true;
    } else if (part == "alt") {
      stroke.alt = true;
    } else {
      stroke.key = part;
    }
  }
  return stroke;
}

std::string KeyStroke::text() const {
  return std::string(shift ? "shift+" : "") + (ctrl ? "ctrl+" : "") + (alt ? "alt+" : "") + key;
}

std::string KeyStroke::label() const {
  if (key.empty()) {
    return {};
  }
  std::string name = key.starts_with("NUMPAD_") ? "Numpad " + key.substr(7) : key;
  if (name.size() > 1 && !key.starts_with("NUMPAD_") && !(name[0] == 'F' && name.size() <= 3)) {
    for (std::size_t i = 1; i < name.size(); ++i) {
      name[i] = char(std::tolower(static_cast<unsigned char>(name[i])));
    }
  }
  return std::string(ctrl ? "Ctrl " : "") + (shift ? "Shift " : "") + (alt ? "Alt " : "") + name;
}

Result<Keymap> Keymap::parse(const std::string& text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_array()) {
    return Error::invalid("a keymap is a list of bindings");
  }
  Keymap map;
  for (const Json& entry : json) {
    if (!entry.is_object() || !entry.value("map", Json()).is_string() ||
        !entry.value("key", Json()).is_string() || !entry.value("command", Json()).is_string()) {
      return Error::invalid("a binding needs \"map\", \"key\" and \"command\"");
    }
    KeyBinding binding{entry["map"].get<std::string>(),
                       KeyStroke::parse(entry["key"].get<std::string>()),
                       entry["command"].get<std::string>(),
                       {}};
    if (entry.contains("settings") && entry["settings"].is_object()) {
      for (const auto& [name, value] : entry["settings"].items()) {
        binding.settings.emplace_back(name, value_of(value));
      }
    }
    binding.original = binding.stroke;
    map.bindings_.push_back(std::move(binding));
  }
  return map;
}

Result<Keymap> Keymap::load(const Path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return Error::unreadable(path, "the keymap cannot be opened for reading");
  }
  std::stringstream text;
  text << stream.rdbuf();
  Result<Keymap> map = parse(text.str());
  return map ? std::move(map) : Result<Keymap>(Error::malformed(path, "{}", map.error().message));
}

const KeyBinding* Keymap::find(const std::vector<std::string>& maps,
                               const KeyStroke& stroke) const {
  for (const std::string& map : maps) {
    for (const KeyBinding& binding : bindings_) {
      if (binding.map == map && binding.stroke == stroke && !stroke.key.empty()) {
        return &binding;
      }
    }
  }
  return nullptr;
}

std::string Keymap::strokes_of(const std::string& command) const {
  for (const KeyBinding& binding : bindings_) {
    if (binding.command == command && binding.settings.empty()) {
      return binding.stroke.label();
    }
  }
  for (const KeyBinding& binding : bindings_) {
    if (binding.command == command) {
      return binding.stroke.label();
    }
  }
  return {};
}

void Keymap::assign(std::size_t binding, const KeyStroke& stroke) {
  if (binding < bindings_.size()) {
    bindings_[binding].stroke = stroke;
  }
}

void Keymap::reset(std::size_t binding) {
  if (binding < bindings_.size()) {
    bindings_[binding].stroke = bindings_[binding].original;
  }
}

const KeyBinding* Keymap::conflict(std::size_t binding) const {
  const KeyBinding& own = bindings_[binding];
  for (const KeyBinding& other : bindings_) {
    if (&other != &own && !own.stroke.key.empty() && other.map == own.map &&
        other.stroke == own.stroke) {
      return &other;
    }
  }
  return nullptr;
}

std::string Keymap::changes() const {
  Json json = Json::array();
  for (std::size_t i = 0; i < bindings_.size(); ++i) {
    const KeyBinding& binding = bindings_[i];
    if (binding.is_changed()) {
      json.push_back({{"map", binding.map},
                      {"key", binding.original.text()},
                      {"command", binding.command},
                      {"to", binding.stroke.text()}});
    }
  }
  return json.dump(1);
}

Result<void> Keymap::apply_changes(const std::string& text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_array()) {
    return Error::invalid("changes of a keymap are a list");
  }
  for (const Json& entry : json) {
    const auto word = [&](const char* name) {
      return entry.is_object() && entry.contains(name) && entry[name].is_string()
                 ? entry[name].get<std::string>()
                 : std::string();
    };
    for (KeyBinding& binding : bindings_) {
      if (binding.map == word("map") && binding.command == word("command") &&
          binding.original == KeyStroke::parse(word("key")) && entry.contains("to")) {
        binding.stroke = KeyStroke::parse(word("to"));
      }
    }
  }
  return {};
}

}  // namespace kiln::editor
