#include "editor/view3d/view_state.h"

#include <gtest/gtest.h>

namespace kiln::editor {
namespace {

TEST(ViewState, KeepsWhatDiffersByItsName) {
  View3DShading shading;
  View3DOverlay overlay;
  shading.type = ViewShadingType::Rendered;
  shading.light = ViewShadingLight::Matcap;
  shading.matcap = "Jade";
  shading.single_color = {0.25f, 0.5f, 0.75f};
  overlay.show_floor = false;

  const std::string text = write_view_state(shading, overlay);
  View3DShading other;
  View3DOverlay other_overlay;
  read_view_state(text, other, other_overlay);

  EXPECT_NE(text.find("\"RENDERED\""), text.npos);
  EXPECT_EQ(other.type, ViewShadingType::Rendered);
  EXPECT_EQ(other.matcap, "Jade");
  EXPECT_EQ(other.single_color, shading.single_color);
  EXPECT_FALSE(other_overlay.show_floor);
  EXPECT_EQ(write_view_state(other, other_overlay), text);
}

TEST(ViewState, HostileTextsChangeNothing) {
  View3DShading shading;
  View3DOverlay overlay;
  const std::string before = write_view_state(shading, overlay);

  for (const char* text : {"", "[", "7", "{\"shading\": 3}", "{\"shading\": {\"type\": \"NONE\"}}",
                           "{\"shading\": {\"single_color\": [1, 2]}}",
                           "{\"shading\": {\"show_xray\": \"yes\", \"studio_light\": \"???\"}}",
                           "{\"overlay\": {\"grid_scale\": null}}"}) {
    read_view_state(text, shading, overlay);

    EXPECT_EQ(write_view_state(shading, overlay), before) << text;
  }
}

}  // namespace
}  // namespace kiln::editor
