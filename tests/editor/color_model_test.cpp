#include "editor/layout/color_model.h"

#include <gtest/gtest.h>

namespace kiln::editor {
namespace {

using Shape = ColorPickerShape;
constexpr Shape shapes[] = {Shape::SquareSv, Shape::SquareHs, Shape::SquareHv, Shape::CircleHsv,
                            Shape::CircleHsl};

void expect_near(float3 a, float3 b) {
  EXPECT_NEAR(a.x, b.x, 1e-4f);
  EXPECT_NEAR(a.y, b.y, 1e-4f);
  EXPECT_NEAR(a.z, b.z, 1e-4f);
}

TEST(ColorModel, KnownColorsHaveTheirHues) {
  EXPECT_NEAR(to_hsv({0.0f, 1.0f, 0.0f}).hue, 1.0 / 3.0, 1e-6);
  EXPECT_NEAR(to_hsv({0.0f, 0.0f, 0.5f}).value, 0.5, 1e-6);
  const Hsl pale = to_hsl({1.0f, 0.5f, 0.5f});
  EXPECT_NEAR(pale.lightness, 0.75, 1e-6);
  EXPECT_NEAR(pale.saturation, 1.0, 1e-6);
  expect_near(to_rgb(Hsl{0.5, 1.0, 0.5}), {0.0f, 1.0f, 1.0f});
}

TEST(ColorModel, BrightColorsKeepTheirValue) {
  expect_near(to_rgb(to_hsv({4.0f, 2.0f, 1.0f})), {4.0f, 2.0f, 1.0f});
}

TEST(ColorModel, GrayKeepsTheHueThatWasChosen) {
  const Hsv before{0.7, 0.4, 0.5};
  EXPECT_EQ(to_hsv({0.2f, 0.2f, 0.2f}, before).hue, 0.7);
  EXPECT_EQ(to_hsv({0.0f, 0.0f, 0.0f}, before).saturation, 0.4);
}

TEST(ColorField, TheColorOfAPlaceLiesThere) {
  for (const Shape shape : shapes) {
    const ColorField field(shape);
    for (const float3 rgb :
         {float3{0.9f, 0.3f, 0.2f}, float3{0.1f, 0.6f, 0.4f}, float3{0.3f, 0.3f, 0.7f}}) {
      const Hsv color = to_hsv(rgb);
      expect_near(to_rgb(field.at(field.place(color), color)), rgb);
      expect_near(to_rgb(field.at_bar(field.bar_place(color), color)), rgb);
    }
  }
}

TEST(ColorField, PlacesAndTheBarChangeDifferentThings) {
  const Hsv color{0.3, 0.5, 0.6};
  const Hsv moved = ColorField(Shape::SquareSv).at({0.9f, 0.1f}, color);
  EXPECT_EQ(moved.hue, color.hue);
  EXPECT_NEAR(moved.saturation, 0.9, 1e-6);
  EXPECT_NEAR(ColorField(Shape::SquareSv).at_bar(0.75, color).hue, 0.75, 1e-6);
  EXPECT_NEAR(ColorField(Shape::CircleHsv).at_bar(0.25, color).value, 0.75, 1e-6);
  EXPECT_NEAR(ColorField(Shape::CircleHsv).at({0.5f, 0.0f}, color).hue, 0.25, 1e-6);
}

}  // namespace
}  // namespace kiln::editor
