#include "image/image_pixels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kiln::image {
namespace {

using testing::FloatNear;
using testing::Pointwise;

class ImagePixels : public testing::Test {
protected:
  ImagePixels() : colors_(*ColorManagement::load(KILN_COLOR_CONFIG)) {}

  static ImageFile bytes() {
    ImageFile file;
    file.pixels = ImageBuffer::of_bytes(1, 1, 4, {135, 74, 0, 173});
    file.stored_channels = 4;
    return file;
  }
  static ImageFile floats(FileFormat format, bool is_scene_linear) {
    ImageFile file;
    file.format = format;
    file.pixels = ImageBuffer::of_floats(1, 1, 4, {0.5271f, 0.3811f, 0.2495f, 0.75f});
    file.is_scene_linear = is_scene_linear;
    return file;
  }
  std::vector<float> loaded(const ImageFile& file, const char* space, AlphaMode alpha) {
    const Result<ImageBuffer> image = loaded_pixels(file, space, alpha, colors_);
    EXPECT_TRUE(image) << image.error().message;
    const ImageBuffer values = to_floats(*image);
    return {values.floats().begin(), values.floats().end()};
  }

  ColorManagement colors_;
};

TEST_F(ImagePixels, BytesStayAsTheyAreStored) {
  for (const char* space : {"sRGB", "Linear", "Non-Color", "Filmic Log"}) {
    EXPECT_EQ(loaded_pixels(bytes(), space, AlphaMode::Straight, colors_)->bytes(),
              bytes().pixels.bytes())
        << space;
  }
}

// Numbers read off the reference program.
TEST_F(ImagePixels, PremultipliedBytesBecomeStraight) {
  EXPECT_THAT(loaded(bytes(), "sRGB", AlphaMode::Premultiplied),
              Pointwise(FloatNear(2e-3f), {0.7804f, 0.4275f, 0.0f, 0.6784f}));
}

TEST_F(ImagePixels, AlphaCanBeIgnored) {
  EXPECT_EQ(loaded(bytes(), "sRGB", AlphaMode::None)[3], 1.0f);
}

TEST_F(ImagePixels, StraightFloatsBecomeLightScaledByAlpha) {
  EXPECT_THAT(loaded(floats(FileFormat::Png, false), "sRGB", AlphaMode::Straight),
              Pointwise(FloatNear(1e-3f), {0.18f, 0.09f, 0.038f, 0.75f}));
}

TEST_F(ImagePixels, PremultipliedFloatsAreConvertedBehindTheirAlpha) {
  ImageFile file = floats(FileFormat::Tiff, false);
  file.pixels = ImageBuffer::of_floats(1, 1, 4, {0.3953f, 0.2858f, 0.1871f, 0.75f});

  EXPECT_THAT(loaded(file, "sRGB", AlphaMode::Premultiplied),
              Pointwise(FloatNear(1e-3f), {0.18f, 0.09f, 0.038f, 0.75f}));
}

TEST_F(ImagePixels, DataIsLeftAlone) {
  EXPECT_THAT(loaded(floats(FileFormat::Png, false), "Non-Color", AlphaMode::Straight),
              Pointwise(FloatNear(0.0f), {0.5271f, 0.3811f, 0.2495f, 0.75f}));
}

TEST_F(ImagePixels, TheFileSaysTheColorSpace) {
  EXPECT_EQ(default_color_space(floats(FileFormat::OpenExr, true), colors_), "Linear");
  EXPECT_EQ(default_color_space(floats(FileFormat::Png, false), colors_), "sRGB");
}

TEST_F(ImagePixels, RenderingGetsLight) {
  const Result<ImageBuffer> pixels = loaded_pixels(bytes(), "sRGB", AlphaMode::Straight, colors_);
  ImageBuffer packed = *pixels, data = *pixels;
  packed.alpha_mode = AlphaMode::ChannelPacked;
  data.color_space = "Non-Color";

  EXPECT_THAT(render_pixels(*pixels, colors_)->floats().span(),
              Pointwise(FloatNear(1e-3f), {0.1644f, 0.0465f, 0.0f, 0.6784f}));
  EXPECT_NEAR(render_pixels(packed, colors_)->floats()[0], 0.2423f, 1e-3f);
  EXPECT_NEAR(render_pixels(data, colors_)->floats()[0], 135.0f / 255.0f, 1e-6f);
}

TEST_F(ImagePixels, AnUnknownColorSpaceIsData) {
  EXPECT_TRUE(
      loaded_pixels(floats(FileFormat::Png, false), "Nonsense", AlphaMode::Straight, colors_));
}

}  // namespace
}  // namespace kiln::image
