#include "image/buffer.h"

#include <atomic>

#include "core/assert.h"
#include "core/tasks.h"

namespace kiln::image {
namespace {

constexpr std::size_t grain = 16384;  // pixels per task

[[maybe_unused]] bool is_size(int width, int height, int channels) {
  return width >= 1 && height >= 1 && width <= max_image_size && height <= max_image_size &&
         channels >= 1 && channels <= 4;
}

// Copies the description of `from` to a buffer with other pixels.
ImageBuffer described_as(const ImageBuffer& from, ImageBuffer to) {
  to.color_space = from.color_space;
  to.alpha_mode = from.alpha_mode;
  return to;
}

// One pixel from `in` channels to `out` channels; `one` is the value of full opacity.
template <typename T>
void convert_pixel(const T* in, int in_count, T* out, int out_count, T one) {
  const bool is_grey = in_count <= 2;
  const T alpha = in_count == 2 ? in[1] : in_count == 4 ? in[3] : one;
  if (out_count <= 2) {
    if (is_grey) {
      out[0] = in[0];
    } else {
      const float grey = 0.2126f * float(in[0]) + 0.7152f * float(in[1]) + 0.0722f * float(in[2]);
      out[0] = std::is_same_v<T, float> ? T(grey) : T(grey + 0.5f);
    }
  } else {
    out[0] = in[0];
    out[1] = is_grey ? in[0] : in[1];
    out[2] = is_grey ? in[0] : in[2];
  }
  if (out_count == 2 || out_count == 4) {
    out[out_count - 1] = alpha;
  }
}

template <typename T>
void convert_pixels(std::span<const T> in, int in_count, std::span<T> out, int out_count, T one) {
  parallel_for(in.size() / in_count, grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      convert_pixel(&in[i * in_count], in_count, &out[i * out_count], out_count, one);
    }
  });
}

// Whether alpha changes nothing, which is common and saves a copy.
bool is_opaque(const ImageBuffer& image) {
  const int channels = image.channels();
  std::atomic<bool> is_full = true;
  const auto check = [&](const auto* values, auto full) {
    parallel_for(image.pixel_count(), 4 * grain, [&](std::size_t begin, std::size_t end) {
      bool all = true;
      for (std::size_t i = begin; i < end; ++i) {
        all &= values[(i + 1) * channels - 1] == full;
      }
      if (!all) {
        is_full.store(false, std::memory_order_relaxed);
      }
    });
  };
  if (image.is_float()) {
    check(image.floats().data(), 1.0f);
  } else {
    check(image.bytes().data(), std::uint8_t(255));
  }
  return is_full;
}

ImageBuffer scaled_by_alpha(const ImageBuffer& image, bool divide) {
  ImageBuffer result = image;
  result.alpha_mode = divide ? AlphaMode::Straight : AlphaMode::Premultiplied;
  if (is_opaque(image)) {
    return result;
  }
  const int channels = image.channels();
  const auto factor_of = [divide](float alpha) {
    return alpha <= 0.0f ? (divide ? 1.0f : 0.0f) : divide ? 1.0f / alpha : alpha;
  };
  const auto for_pixels = [&](auto values, auto scaled, float unit) {
    parallel_for(image.pixel_count(), grain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        auto* pixel = &values[i * channels];
        const float factor = factor_of(float(pixel[channels - 1]) / unit);
        for (int c = 0; c + 1 < channels; ++c) {
          pixel[c] = scaled(float(pixel[c]) / unit * factor);
        }
      }
    });
  };
  if (image.is_float()) {
    for_pixels(
        result.edit_floats(), [](float v) { return v; }, 1.0f);
  } else {
    for_pixels(
        result.edit_bytes(), [](float v) { return to_byte(v); }, 255.0f);
  }
  return result;
}

bool has_alpha(const ImageBuffer& image) {
  return image.channels() == 2 || image.channels() == 4;
}

}  // namespace

ImageBuffer ImageBuffer::of_bytes(int width, int height, int channels) {
  return of_bytes(width, height, channels,
                  Array<std::uint8_t>(std::size_t(width) * height * channels));
}

ImageBuffer ImageBuffer::of_floats(int width, int height, int channels) {
  return of_floats(width, height, channels, Array<float>(std::size_t(width) * height * channels));
}

ImageBuffer ImageBuffer::of_bytes(int width, int height, int channels, Array<std::uint8_t> values) {
  KILN_ASSERT(is_size(width, height, channels));
  KILN_ASSERT(values.size() == std::size_t(width) * height * channels);
  ImageBuffer image;
  image.width_ = width;
  image.height_ = height;
  image.channels_ = channels;
  image.bytes_ = std::move(values);
  return image;
}

ImageBuffer ImageBuffer::of_floats(int width, int height, int channels, Array<float> values) {
  KILN_ASSERT(is_size(width, height, channels));
  KILN_ASSERT(values.size() == std::size_t(width) * height * channels);
  ImageBuffer image;
  image.width_ = width;
  image.height_ = height;
  image.channels_ = channels;
  image.is_float_ = true;
  image.floats_ = std::move(values);
  return image;
}

float ImageBuffer::value(int x, int row, int channel) const {
  const std::size_t i = (std::size_t(row) * width_ + x) * channels_ + channel;
  return is_float_ ? floats_[i] : float(bytes_[i]) / 255.0f;
}

ImageBuffer to_floats(const ImageBuffer& image) {
  if (image.is_float() || image.empty()) {
    return image;
  }
  ImageBuffer result =
      described_as(image, ImageBuffer::of_floats(image.width(), image.height(), image.channels()));
  const std::span<const std::uint8_t> in = image.bytes();
  const std::span<float> out = result.edit_floats();
  parallel_for(in.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      out[i] = float(in[i]) * (1.0f / 255.0f);
    }
  });
  return result;
}

ImageBuffer to_bytes(const ImageBuffer& image) {
  if (!image.is_float()) {
    return image;
  }
  ImageBuffer result =
      described_as(image, ImageBuffer::of_bytes(image.width(), image.height(), image.channels()));
  const std::span<const float> in = image.floats();
  const std::span<std::uint8_t> out = result.edit_bytes();
  parallel_for(in.size(), grain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      out[i] = to_byte(in[i]);
    }
  });
  return result;
}

ImageBuffer with_channels(const ImageBuffer& image, int channels) {
  if (image.channels() == channels || image.empty()) {
    return image;
  }
  if (image.is_float()) {
    ImageBuffer result =
        described_as(image, ImageBuffer::of_floats(image.width(), image.height(), channels));
    convert_pixels<float>(image.floats(), image.channels(), result.edit_floats(), channels, 1.0f);
    return result;
  }
  ImageBuffer result =
      described_as(image, ImageBuffer::of_bytes(image.width(), image.height(), channels));
  convert_pixels<std::uint8_t>(image.bytes(), image.channels(), result.edit_bytes(), channels, 255);
  return result;
}

ImageBuffer premultiplied(const ImageBuffer& image) {
  return has_alpha(image) && image.alpha_mode == AlphaMode::Straight ? scaled_by_alpha(image, false)
                                                                     : image;
}

ImageBuffer straight(const ImageBuffer& image) {
  return has_alpha(image) && image.alpha_mode == AlphaMode::Premultiplied
             ? scaled_by_alpha(image, true)
             : image;
}

}  // namespace kiln::image
