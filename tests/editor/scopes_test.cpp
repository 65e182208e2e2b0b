#include "editor/image/scopes.h"

#include <gtest/gtest.h>

namespace kiln::editor {
namespace {

// One color everywhere, opaque.
DisplayPicture plain(int width, int height, std::uint8_t r, std::uint8_t g, std::uint8_t b) {
  DisplayPicture picture{width, height, {}};
  for (int i = 0; i < width * height; ++i) {
    picture.bytes.insert(picture.bytes.end(), {b, g, r, 255});
  }
  return picture;
}

int brightness(const ScriptIcon& icon, int x, int y, int channel) {
  return icon.bytes[(std::size_t(y) * std::size_t(icon.width) + std::size_t(x)) * 4 +
                    std::size_t(channel)];
}

// The brightest place of a channel.
std::pair<int, int> peak(const ScriptIcon& icon, int channel) {
  std::pair<int, int> best{0, 0};
  for (int y = 0; y < icon.height; ++y) {
    for (int x = 0; x < icon.width; ++x) {
      if (brightness(icon, x, y, channel) > brightness(icon, best.first, best.second, channel)) {
        best = {x, y};
      }
    }
  }
  return best;
}

TEST(Scopes, HistogramsStandAtTheValue) {
  Scopes scopes;
  scopes.histogram.mode = HistogramMode::R;
  const ScopePictures made = draw_scopes(plain(40, 30, 100, 200, 50), scopes);

  EXPECT_EQ(peak(*made.histogram, 0).first, 100);
  EXPECT_GT(brightness(*made.histogram, 100, made.histogram->height / 2, 0),
            3 * brightness(*made.histogram, 120, made.histogram->height / 2, 0));
}

TEST(Scopes, HistogramsOfAlphaLookAtAlpha) {
  Scopes scopes;
  scopes.histogram.mode = HistogramMode::A;
  DisplayPicture picture = plain(8, 8, 10, 10, 10);
  for (std::size_t i = 3; i < picture.bytes.size(); i += 4) {
    picture.bytes[i] = 150;
  }

  EXPECT_EQ(peak(*draw_scopes(picture, scopes).histogram, 0).first, 150);
}

TEST(Scopes, WaveformsShowBrightValuesHigh) {
  const Scopes scopes;
  const auto height_of = [&](std::uint8_t grey) {
    return peak(*draw_scopes(plain(64, 64, grey, grey, grey), scopes).waveform, 1).second;
  };
  const int height = draw_scopes(plain(4, 4, 0, 0, 0), scopes).waveform->height;

  EXPECT_NEAR(height_of(200), (1.0 - 200.0 / 255.0) * (height - 1), 1.0);
  EXPECT_LT(height_of(220), height_of(60));
}

TEST(Scopes, ParadesHaveTheChannelsSideBySide) {
  Scopes scopes;
  scopes.waveform_mode = WaveformMode::Parade;
  const auto made = draw_scopes(plain(64, 64, 255, 128, 26), scopes).waveform;

  const int third = made->width / 3;
  EXPECT_LT(peak(*made, 0).first, third);
  EXPECT_GE(peak(*made, 1).first, third);
  EXPECT_LT(peak(*made, 1).first, 2 * third);
  EXPECT_GE(peak(*made, 2).first, 2 * third);
}

TEST(Scopes, VectorscopesHaveGreyInTheMiddleAndRedAbove) {
  Scopes scopes;
  scopes.vectorscope_alpha = 1.0f;
  const auto grey = draw_scopes(plain(32, 32, 128, 128, 128), scopes).vectorscope;
  const auto red = draw_scopes(plain(32, 32, 255, 0, 0), scopes).vectorscope;

  EXPECT_NEAR(peak(*grey, 1).first, grey->width / 2, 1);
  EXPECT_NEAR(peak(*grey, 1).second, grey->height / 2, 1);
  EXPECT_LT(peak(*red, 0).second, red->height / 4);
}

TEST(Scopes, AccuracyIsAShareOfTheLines) {
  Scopes scopes;
  scopes.accuracy = 25.0f;
  EXPECT_EQ(scope_step(scopes, 100), 4);
  scopes.use_full_resolution = true;
  EXPECT_EQ(scope_step(scopes, 100), 1);
  scopes.use_full_resolution = false;
  scopes.accuracy = 0.0f;
  EXPECT_EQ(scope_step(scopes, 100), 100);
}

TEST(Scopes, PicturesWithoutPixelsAreFine) {
  EXPECT_TRUE(draw_scopes({}, Scopes()).histogram);
}

}  // namespace
}  // namespace kiln::editor
