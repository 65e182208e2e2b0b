#include "editor/image/display.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "render/raster/display_pass.h"
#include "render/raster/offscreen.h"

namespace kiln::editor {
namespace {

using render::raster::DisplayPass;
using render::raster::OffscreenContext;

constexpr int side = 64;

// Values from deep shadows to strong lights, greys, pure colors and zeros.
LinearPicture test_picture() {
  std::mt19937 generator(7);
  std::uniform_real_distribution<float> stops(-12.0f, 6.0f), share(0.0f, 1.0f);
  auto pixels = std::make_shared<std::vector<float>>();
  for (int i = 0; i < side * side; ++i) {
    const float level = std::exp2(stops(generator));
    const int kind = i % 4;
    for (int c = 0; c < 3; ++c) {
      pixels->push_back(kind == 0   ? level
                        : kind == 1 ? level * share(generator)
                        : kind == 2 ? (c == i / 4 % 3 ? level : 0.0f)
                                    : share(generator));
    }
    pixels->push_back(1.0f);
  }
  // What the card keeps are half floats.
  for (float& value : *pixels) {
    int exponent = 0;
    const float mantissa = std::frexp(value, &exponent);
    value = std::ldexp(std::round(std::ldexp(mantissa, 11)), exponent - 11);
  }
  return {side, side, 4, pixels->data(), pixels};
}

TEST(DisplayMethod, LeavesWhatTheCardCannotTakeToTheProcessor) {
  using Method = ImageDrawMethod;

  EXPECT_EQ(display_method(Method::Automatic, 1920, 1080, 16384, false), DisplayMethod::Shader);
  EXPECT_EQ(display_method(Method::Automatic, 1920, 1080, 16384, true), DisplayMethod::Bytes);
  EXPECT_EQ(display_method(Method::Automatic, 16000, 8000, 16384, false), DisplayMethod::Bytes);
  EXPECT_EQ(display_method(Method::Glsl, 16000, 8000, 16384, true), DisplayMethod::Shader);
  EXPECT_EQ(display_method(Method::Glsl, 20000, 8000, 16384, false), DisplayMethod::Bytes);
  EXPECT_EQ(display_method(Method::Glsl, 640, 480, 0, false), DisplayMethod::Bytes);
  EXPECT_EQ(display_method(Method::Texture2D, 640, 480, 16384, false), DisplayMethod::Bytes);
}

TEST(ShownChannels, AreOneOrThreeOfThePicture) {
  const float pixels[] = {0.5f, 0.25f, 0.0f, 0.5f, 1.0f, 2.0f, 3.0f, 1.0f};
  const LinearPicture picture{.width = 2, .height = 1, .channels = 4, .pixels = pixels};

  const LinearPicture color = shown_channels(picture, ImageChannels::Color),
                      green = shown_channels(picture, ImageChannels::Green),
                      alpha = shown_channels(picture, ImageChannels::Alpha);

  // Color without its alpha.
  ASSERT_EQ(color.channels, 3);
  EXPECT_EQ(color.pixels[0], 1.0f);
  ASSERT_EQ(green.channels, 1);
  EXPECT_EQ(green.pixels[0], 0.5f);
  EXPECT_EQ(green.pixels[1], 2.0f);
  EXPECT_EQ(alpha.pixels[0], 0.5f);
  EXPECT_EQ(shown_channels(picture, ImageChannels::ColorAlpha).pixels, pixels);
}

TEST(ShownChannels, OfDepthsAreLightWhereNear) {
  const float depths[] = {2.0f, 4.0f, 1e10f};
  const LinearPicture picture{.width = 3, .height = 1, .channels = 1, .pixels = depths};

  const LinearPicture shown = shown_channels(picture, ImageChannels::ZBuffer);

  EXPECT_EQ(shown.pixels[0], 1.0f);
  EXPECT_EQ(shown.pixels[1], 0.0f);
  EXPECT_EQ(shown.pixels[2], 0.0f);
}

TEST(DisplayTransform, IsTheSameOnTheCardAndOnTheProcessorForEveryViewAndLook) {
  const auto context = OffscreenContext::create(side, side);
  if (!context) {
    GTEST_SKIP() << context.error().message;
  }
  const Result<image::ColorManagement> colors = image::ColorManagement::load(KILN_COLOR_CONFIG);
  ASSERT_TRUE(colors) << colors.error().message;
  const LinearPicture picture = test_picture();
  DisplayPass pass;
  ASSERT_TRUE(pass.set_scene_linear(side, side, 4, picture.pixels));
  DisplayPass::Place place;
  place.rect = {0, 0, side, side};
  place.width = place.height = side;
  place.checker = 0.0f;

  int combinations = 0;
  for (const std::string& display : colors->displays()) {
    for (const std::string& view : colors->views(display)) {
      for (const std::string& look : colors->looks(view)) {
        image::ViewSettings settings;
        settings.display = display;
        settings.view = view;
        settings.look = look;
        settings.exposure = 0.25f;
        const Result<DisplayPicture> bytes = display_picture(picture, *colors, settings, 0.0f);
        const Result<image::GpuShader> shader = colors->display_shader(settings);
        const std::string name = display + " / " + view + " / " + look;
        ASSERT_TRUE(bytes) << name << bytes.error().message;
        ASSERT_TRUE(shader) << name << shader.error().message;
        const Result<void> compiled = pass.set_transform(*shader);
        ASSERT_TRUE(compiled) << name << ": " << compiled.error().message;
        ASSERT_TRUE(pass.draw(place, (*context)->framebuffer()));

        const std::vector<std::uint8_t> drawn = (*context)->read_pixels();
        int worst = 0, beyond = 0;
        for (int y = 0; y < side; ++y) {
          for (int x = 0; x < side; ++x) {
            for (int c = 0; c < 3; ++c) {
              // Bytes have blue first and rows from the top.
              const int a = drawn[std::size_t((y * side + x) * 4 + c)];
              const int b = bytes->bytes[std::size_t(((side - 1 - y) * side + x) * 4 + 2 - c)];
              worst = std::max(worst, std::abs(a - b));
              beyond += std::abs(a - b) > 1;
            }
          }
        }
        EXPECT_LE(worst, 1) << name << ": " << beyond << " values differ by more";
        ++combinations;
      }
    }
  }
  EXPECT_GE(combinations, 10);
}

}  // namespace
}  // namespace kiln::editor
