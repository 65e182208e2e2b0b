#include "editor/keymap/keymap.h"

#include <gtest/gtest.h>

namespace kiln::editor {
namespace {

TEST(Keymap, TheFirstMapThatHasTheStrokeDecides) {
  const Result<Keymap> map = Keymap::parse(
      R"([{"map":"Window","key":"A","command":"window.a"},{"map":"3D View","key":"A","command":"view.a"},
                                               {"map":"3D View","key":"shift+ctrl+B","command":"view.b","settings":{"type":"TOP","count":2}}])");

  ASSERT_TRUE(bool(map));
  EXPECT_EQ(map->find({"3D View", "Window"}, {"A"})->command, "view.a");
  EXPECT_EQ(map->find({"Window"}, {"A"})->command, "window.a");
  EXPECT_EQ(map->find({"Window"}, {"B"}), nullptr);
  const KeyBinding* b = map->find({"3D View"}, {"B", true, true, false});
  ASSERT_TRUE(b);
  EXPECT_EQ(b->settings.size(), 2u);
  EXPECT_EQ(map->strokes_of("view.b"), "Ctrl Shift B");
}

TEST(Keymap, MalformedOnesAreErrors) {
  for (const char* text :
       {"", "{}", R"([{"map":"Window"}])", R"([{"map":1,"key":"A","command":"x"}])", "[1]"}) {
    EXPECT_FALSE(bool(Keymap::parse(text))) << text;
  }
}

}  // namespace
}  // namespace kiln::editor
