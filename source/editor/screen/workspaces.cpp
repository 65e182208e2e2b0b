#include "editor/screen/workspaces.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace kiln::editor {
namespace {

using Axis = ScreenTree::Axis;
using Json = nlohmann::json;

// A column at the right with the outliner above the properties, and a timeline below the rest.
Workspace with_side(const std::string& name, const std::string& main, const std::string& below,
                    float below_factor) {
  ScreenTree tree(main);
  const AreaId area = tree.areas()[0].id;
  const AreaId side = *tree.split(area, Axis::Columns, 0.755f);
  tree.set_editor(side, "OUTLINER");
  tree.set_editor(*tree.split(side, Axis::Rows, 0.3f), "PROPERTIES");
  if (!below.empty()) {
    tree.set_editor(*tree.split(area, Axis::Rows, below_factor), below);
  }
  return {name, std::move(tree)};
}

}  // namespace

Workspaces Workspaces::standard() {
  Workspaces out;
  out.list.push_back(with_side("Layout", "VIEW_3D", "TIMELINE", 0.86f));
  out.list.push_back(with_side("Modeling", "VIEW_3D", "", 0.0f));
  out.list.push_back(with_side("Shading", "VIEW_3D", "NODE_EDITOR", 0.5f));
  out.list.push_back(with_side("Rendering", "IMAGE_EDITOR", "", 0.0f));
  Workspace scripting = with_side("Scripting", "TEXT_EDITOR", "", 0.0f);
  const AreaId text = scripting.screen.areas()[0].id;
  const AreaId view = *scripting.screen.split(text, Axis::Columns, 0.45f, /*new_is_first=*/true);
  scripting.screen.set_editor(view, "VIEW_3D");
  const AreaId console = *scripting.screen.split(view, Axis::Rows, 0.55f);
  scripting.screen.set_editor(console, "CONSOLE");
  scripting.screen.set_editor(*scripting.screen.split(text, Axis::Rows, 0.72f), "INFO");
  out.list.push_back(std::move(scripting));
  return out;
}

std::string Workspaces::to_json() const {
  Json workspaces = Json::array();
  for (const Workspace& workspace : list) {
    workspaces.push_back(
        {{"name", workspace.name}, {"screen", Json::parse(workspace.screen.to_json())}});
  }
  return Json{{"version", 1},
              {"workspaces", workspaces},
              {"active", active},
              {"theme", is_dark ? "dark" : "light"}}
      .dump(1);
}

std::optional<Workspaces> Workspaces::from_json(const std::string& text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("workspaces") || !json["workspaces"].is_array()) {
    return std::nullopt;
  }
  Workspaces out;
  for (const Json& entry : json["workspaces"]) {
    if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string() ||
        !entry.contains("screen")) {
      continue;
    }
    std::optional<ScreenTree> screen = ScreenTree::from_json(entry["screen"].dump());
    if (screen) {
      out.list.push_back({entry["name"].get<std::string>(), std::move(*screen)});
    }
  }
  if (out.list.empty()) {
    return std::nullopt;
  }
  if (json.contains("active") && json["active"].is_number_integer()) {
    out.active = std::clamp(json["active"].get<int>(), 0, int(out.list.size()) - 1);
  }
  out.is_dark = !json.contains("theme") || json["theme"] != "light";
  return out;
}

}  // namespace kiln::editor
