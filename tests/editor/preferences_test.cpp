#include <fstream>

#include "editor/preferences/preferences_store.h"
#include "editor/session/recent_files.h"
#include "support.h"

namespace kiln::editor {
namespace {

TEST(PreferencesStore, KeepsValuesAndEnabledAddons) {
  Preferences preferences;
  preferences.edit.undo_steps = 7;
  preferences.system.image_draw_method = ImageDrawMethod::Glsl;
  preferences.view.rotation_angle = 30.0f;
  preferences.view.mini_axis_type = MiniAxisType::Minimal;
  preferences.inputs.view_rotate_method = ViewRotateMethod::Trackball;
  preferences.use_preferences_save = false;

  const std::string json = preferences_to_json(preferences, {"kit", "other"});
  Preferences read_again;
  const std::vector<std::string> addons = preferences_from_json(json, read_again, Services());

  EXPECT_EQ(read_again.edit.undo_steps, 7);
  EXPECT_EQ(read_again.system.image_draw_method, ImageDrawMethod::Glsl);
  EXPECT_EQ(read_again.view.rotation_angle, 30.0f);
  EXPECT_EQ(read_again.view.mini_axis_type, MiniAxisType::Minimal);
  EXPECT_EQ(read_again.inputs.view_rotate_method, ViewRotateMethod::Trackball);
  EXPECT_FALSE(read_again.use_preferences_save);
  EXPECT_EQ(addons, (std::vector<std::string>{"kit", "other"}));
}

TEST(PreferencesStore, LeavesOutWhatItDoesNotUnderstand) {
  Preferences preferences;
  for (const char* json :
       {"", "[]", "{\"edit\": 3}",
        "{\"edit\": {\"undo_steps\": \"many\", \"none\": 1}, \"addons\": [3, \"kit\"]}",
        "{\"system\": {\"image_draw_method\": \"PAPER\"}}"}) {
    static_cast<void>(preferences_from_json(json, preferences, Services()));
  }

  EXPECT_EQ(preferences.edit.undo_steps, Preferences().edit.undo_steps);
  EXPECT_EQ(preferences.system.image_draw_method, ImageDrawMethod::Automatic);
}

TEST(RecentFiles, AreTheNewestFirstAndThereAgain) {
  const Path file =
      std::filesystem::temp_directory_path() / fmt::format("kiln_recent_{}/list.txt", getpid());
  {
    RecentFiles recent(file);
    recent.add("/a.kiln");
    recent.add("/b.kiln");
    recent.add("/a.kiln");
  }

  RecentFiles again(file);

  EXPECT_EQ(again.paths(), (std::vector<Path>{"/a.kiln", "/b.kiln"}));
  std::filesystem::remove_all(file.parent_path());
}

}  // namespace
}  // namespace kiln::editor
