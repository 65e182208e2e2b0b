#include "editor/image/scopes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace kiln::editor {
namespace {

using Rgb = std::array<float, 3>;

constexpr int histogram_width = 256, histogram_height = 128;
constexpr int waveform_width = 270, waveform_height = 160;
constexpr int vector_side = 200;
constexpr Rgb red{1.0f, 0.25f, 0.22f}, green{0.3f, 0.95f, 0.35f}, blue{0.35f, 0.5f, 1.0f},
    white{0.9f, 0.9f, 0.9f};

/// A dark picture that light is added to.
class Plate {
public:
  Plate(int width, int height)
      : width_(width), height_(height), light_(std::size_t(width) * std::size_t(height)) {}

  void add(int x, int y, const Rgb& color, float weight) {
    if (x >= 0 && y >= 0 && x < width_ && y < height_) {
      Rgb& at = light_[std::size_t(y) * std::size_t(width_) + std::size_t(x)];
      for (std::size_t i = 0; i < 3; ++i) {
        at[i] += color[i] * weight;
      }
    }
  }
  void line(int x0, int y0, int x1, int y1, const Rgb& color, float weight) {
    const int steps = std::max({1, std::abs(x1 - x0), std::abs(y1 - y0)});
    for (int i = 0; i <= steps; ++i) {
      add(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps, color, weight);
    }
  }
  std::shared_ptr<const ScriptIcon> developed() const {
    auto icon = std::make_shared<ScriptIcon>();
    icon->width = width_;
    icon->height = height_;
    icon->bytes.reserve(light_.size() * 4);
    for (const Rgb& at : light_) {
      // As bright as its strongest part, in its own hue.
      const float most = std::max({at[0], at[1], at[2], 1e-6f});
      const float scale = (1.0f - std::exp(-most)) / most;
      for (const float value : at) {
        icon->bytes.push_back(std::uint8_t((0.06f + 0.94f * value * scale) * 255.0f));
      }
      icon->bytes.push_back(255);
    }
    return icon;
  }

private:
  int width_, height_;
  std::vector<Rgb> light_;
};

// Calls `measure` with the place in the line, from 0 to 1, and red, green, blue and alpha.
template <typename Measure>
void for_pixels(const DisplayPicture& picture, int step, const Measure& measure) {
  for (int y = 0; y < picture.height; y += step) {
    const std::uint8_t* pixel =
        picture.bytes.data() + std::size_t(y) * std::size_t(picture.width) * 4;
    for (int x = 0; x < picture.width; ++x, pixel += 4) {
      const std::uint8_t alpha = pixel[3];
      const auto straight = [&](std::uint8_t value) {
        return alpha == 0 ? 0.0f : std::min(1.0f, float(value) / float(alpha));
      };
      measure(float(x) / float(std::max(1, picture.width - 1)),
              Rgb{straight(pixel[2]), straight(pixel[1]), straight(pixel[0])},
              float(alpha) / 255.0f);
    }
  }
}

float luma(const Rgb& c) {
  return 0.2126f * c[0] + 0.7152f * c[1] + 0.0722f * c[2];
}

// Luma and the two differences, all from 0 to 1; full range only for JPEG.
Rgb y_cb_cr(const Rgb& c, WaveformMode mode) {
  const bool is_709 = mode == WaveformMode::YCbCr709;
  const float kr = is_709 ? 0.2126f : 0.299f, kb = is_709 ? 0.0722f : 0.114f;
  const float y = kr * c[0] + (1.0f - kr - kb) * c[1] + kb * c[2];
  const float cb = 0.5f * (c[2] - y) / (1.0f - kb), cr = 0.5f * (c[0] - y) / (1.0f - kr);
  return mode == WaveformMode::YCbCrJpeg
             ? Rgb{y, 0.5f + cb, 0.5f + cr}
             : Rgb{(16.0f + 219.0f * y) / 255.0f, 0.5f + cb * 224.0f / 255.0f,
                   0.5f + cr * 224.0f / 255.0f};
}

std::shared_ptr<const ScriptIcon> draw_histogram(const DisplayPicture& picture,
                                                 const Histogram& settings, int step) {
  std::array<std::vector<float>, 5> counts;  // luma, red, green, blue, alpha
  counts.fill(std::vector<float>(histogram_width, 0.0f));
  for_pixels(picture, step, [&](float, const Rgb& c, float alpha) {
    const float values[] = {luma(c), c[0], c[1], c[2], alpha};
    for (std::size_t i = 0; i < 5; ++i) {
      counts[i][std::size_t(std::min(255.0f, values[i] * 255.0f + 0.5f))] += 1.0f;
    }
  });
  Plate plate(histogram_width, histogram_height);
  for (const int quarter : {64, 128, 192}) {
    plate.line(quarter, 0, quarter, histogram_height - 1, white, 0.08f);
  }
  using Mode = HistogramMode;
  const std::pair<std::size_t, Rgb> all[] = {
      {0, white}, {1, red}, {2, green}, {3, blue}, {4, white}};
  for (const auto& [channel, color] : all) {
    const bool is_wanted = settings.mode == Mode::Luma  ? channel == 0
                           : settings.mode == Mode::Rgb ? channel >= 1 && channel <= 3
                           : settings.mode == Mode::A   ? channel == 4
                                                        : channel + 1 == std::size_t(settings.mode);
    if (!is_wanted) {
      continue;
    }
    // Plain black and white, which pictures have most of, do not flatten the rest.
    const std::vector<float>& of = counts[channel];
    const float highest = std::max({1.0f, *std::max_element(of.begin() + 1, of.end() - 1),
                                    0.05f * std::max(of.front(), of.back())});
    int before = 0;
    for (int x = 0; x < histogram_width; ++x) {
      const float share = std::min(1.0f, of[std::size_t(x)] / highest);
      const int top = histogram_height - 1 - int(share * float(histogram_height - 4));
      if (settings.show_line) {
        plate.line(std::max(0, x - 1), x == 0 ? top : before, x, top, color, 1.2f);
      } else if (share > 0.0f) {
        plate.line(x, histogram_height - 1, x, top, color, 0.8f);
      }
      before = top;
    }
  }
  return plate.developed();
}

std::shared_ptr<const ScriptIcon> draw_waveform(const DisplayPicture& picture, const Scopes& scopes,
                                                int step) {
  Plate plate(waveform_width, waveform_height);
  for (int i = 0; i <= 4; ++i) {
    const int y = (waveform_height - 1) * i / 4;
    plate.line(0, y, waveform_width - 1, y, white, 0.08f);
  }
  // Few pixels are seen one by one, many by how close they are.
  const float weight =
      scopes.waveform_alpha *
      std::min(2.0f, 160.0f * float(step) * float(waveform_width) /
                         (float(std::max(1, picture.height)) * float(std::max(1, picture.width))));
  const auto mark = [&](float x, float value, const Rgb& color) {
    plate.add(int(x), int((1.0f - value) * float(waveform_height - 1) + 0.5f), color, weight);
  };
  const float third = float(waveform_width) / 3.0f;
  const Rgb colors[] = {red, green, blue};
  for_pixels(picture, step, [&](float at, const Rgb& c, float) {
    switch (scopes.waveform_mode) {
      case WaveformMode::Luma:
        mark(at * float(waveform_width - 1), luma(c), white);
        break;
      case WaveformMode::Rgb:
        for (std::size_t i = 0; i < 3; ++i) {
          mark(at * float(waveform_width - 1), c[i], colors[i]);
        }
        break;
      case WaveformMode::Parade:
        for (std::size_t i = 0; i < 3; ++i) {
          mark((float(i) + at * 0.98f) * third, c[i], colors[i]);
        }
        break;
      default: {
        const Rgb parts = y_cb_cr(c, scopes.waveform_mode);
        const Rgb shown[] = {white, blue, red};
        for (std::size_t i = 0; i < 3; ++i) {
          mark((float(i) + at * 0.98f) * third, parts[i], shown[i]);
        }
      }
    }
  });
  return plate.developed();
}

std::shared_ptr<const ScriptIcon> draw_vectorscope(const DisplayPicture& picture,
                                                   const Scopes& scopes, int step) {
  Plate plate(vector_side, vector_side);
  const float middle = 0.5f * float(vector_side - 1), reach = 0.92f * float(vector_side);
  for (int i = 0; i < 720; ++i) {
    const float angle = float(i) * 3.14159265f / 360.0f;
    plate.add(int(middle + 0.46f * float(vector_side) * std::cos(angle)),
              int(middle + 0.46f * float(vector_side) * std::sin(angle)), white, 0.2f);
  }
  plate.line(int(middle) - 5, int(middle), int(middle) + 5, int(middle), white, 0.3f);
  plate.line(int(middle), int(middle) - 5, int(middle), int(middle) + 5, white, 0.3f);
  // Skin of all people lies near this line.
  const float skin = 123.0f * 3.14159265f / 180.0f;
  plate.line(int(middle), int(middle), int(middle + 0.44f * float(vector_side) * std::cos(skin)),
             int(middle - 0.44f * float(vector_side) * std::sin(skin)), {0.8f, 0.6f, 0.45f}, 0.3f);
  const float weight =
      scopes.vectorscope_alpha *
      std::min(2.0f, 80000.0f * float(step) /
                         (float(std::max(1, picture.height)) * float(std::max(1, picture.width))));
  for_pixels(picture, step, [&](float, const Rgb& c, float) {
    const Rgb parts = y_cb_cr(c, WaveformMode::YCbCr709);
    const Rgb color{0.25f + 0.75f * c[0], 0.25f + 0.75f * c[1], 0.25f + 0.75f * c[2]};
    plate.add(int(middle + (parts[1] - 0.5f) * reach), int(middle - (parts[2] - 0.5f) * reach),
              color, weight);
  });
  return plate.developed();
}

}  // namespace

int scope_step(const Scopes& scopes, int height) {
  const float share = scopes.use_full_resolution ? 1.0f : scopes.accuracy * 0.01f;
  return share <= 0.0f ? std::max(1, height)
                       : std::clamp(int(1.0f / share + 0.5f), 1, std::max(1, height));
}

ScopePictures draw_scopes(const DisplayPicture& picture, const Scopes& scopes) {
  const int step = scope_step(scopes, picture.height);
  return {draw_histogram(picture, scopes.histogram, step), draw_waveform(picture, scopes, step),
          draw_vectorscope(picture, scopes, step)};
}

}  // namespace kiln::editor
