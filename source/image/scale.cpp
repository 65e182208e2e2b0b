#include "image/scale.h"

#include "core/assert.h"
#include "core/tasks.h"

namespace kiln::image {
namespace {

// What source pixels one target pixel is made of: `weights[k]` of pixel `first + k`.
struct Footprint {
  int first = 0;
  std::size_t weights_begin = 0, weights_end = 0;
};

struct Filter {
  std::vector<Footprint> footprints;
  std::vector<float> weights;
};

// The box leaves a hundredth of a pixel at the far end uncovered and the line stops a thousandth
// short, as in pictures that scripts have compared with so far.
constexpr double box_margin = 0.01, line_margin = 0.001;

Filter box_filter(int from, int to) {
  Filter filter;
  const double step = (from - box_margin) / to;
  for (int i = 0; i < to; ++i) {
    const double begin = i * step, end = begin + step;
    Footprint footprint{int(begin), filter.weights.size(), 0};
    for (int k = footprint.first; k < from && k < end; ++k) {
      filter.weights.push_back(
          float((std::min<double>(k + 1, end) - std::max<double>(k, begin)) / step));
    }
    footprint.weights_end = filter.weights.size();
    filter.footprints.push_back(footprint);
  }
  return filter;
}

Filter line_filter(int from, int to) {
  Filter filter;
  const double step = to > 1 ? std::max(0.0, from - 1 - line_margin) / (to - 1) : 0.0;
  for (int i = 0; i < to; ++i) {
    const double at = i * step;
    const int first = int(at);
    filter.footprints.push_back({first, filter.weights.size(), 0});
    filter.weights.push_back(float(first + 1 - at));
    if (first + 1 < from) {
      filter.weights.push_back(float(at - first));
    }
    filter.footprints.back().weights_end = filter.weights.size();
  }
  return filter;
}

Filter make_filter(int from, int to) {
  return to < from ? box_filter(from, to) : line_filter(from, to);
}

void store(float value, float& out) {
  out = value;
}
void store(float value, std::uint8_t& out) {
  out = std::uint8_t(value + 0.5f);
}

template <typename T>
void scale_rows(std::span<const T> in, int width, std::span<T> out, int new_width, int channels) {
  const Filter filter = make_filter(width, new_width);
  parallel_for(out.size() / new_width / channels, 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      const T* source = &in[row * width * channels];
      T* target = &out[row * new_width * channels];
      for (const Footprint& footprint : filter.footprints) {
        float sum[4] = {};
        const T* pixel = source + std::size_t(footprint.first) * channels;
        for (std::size_t k = footprint.weights_begin; k < footprint.weights_end; ++k) {
          for (int c = 0; c < channels; ++c) {
            sum[c] += filter.weights[k] * float(*pixel++);
          }
        }
        for (int c = 0; c < channels; ++c) {
          store(sum[c], *target++);
        }
      }
    }
  });
}

template <typename T>
void scale_columns(std::span<const T> in, int height, std::span<T> out, int new_height,
                   std::size_t row_size) {
  const Filter filter = make_filter(height, new_height);
  parallel_for(new_height, 4, [&](std::size_t begin, std::size_t end) {
    std::vector<float> sum(row_size);
    for (std::size_t row = begin; row < end; ++row) {
      const Footprint& footprint = filter.footprints[row];
      std::fill(sum.begin(), sum.end(), 0.0f);
      for (std::size_t k = footprint.weights_begin; k < footprint.weights_end; ++k) {
        const T* source = &in[(footprint.first + (k - footprint.weights_begin)) * row_size];
        const float weight = filter.weights[k];
        for (std::size_t i = 0; i < row_size; ++i) {
          sum[i] += weight * float(source[i]);
        }
      }
      for (std::size_t i = 0; i < row_size; ++i) {
        store(sum[i], out[row * row_size + i]);
      }
    }
  });
}

template <typename T>
std::vector<T> scaled_values(const Array<T>& values, const ImageBuffer& image, int width,
                             int height) {
  const int channels = image.channels();
  const std::size_t row_size = std::size_t(width) * channels;
  std::vector<T> result;
  std::span<const T> in = values;
  if (width != image.width()) {
    std::vector<T> wide(row_size * image.height());
    scale_rows<T>(in, image.width(), wide, width, channels);
    result = std::move(wide);
    in = result;
  }
  if (height != image.height()) {
    std::vector<T> tall(row_size * height);
    scale_columns<T>(in, image.height(), tall, height, row_size);
    result = std::move(tall);
  }
  return result;
}

}  // namespace

ImageBuffer scaled(const ImageBuffer& image, int width, int height) {
  KILN_ASSERT(width >= 1 && height >= 1 && width <= max_image_size && height <= max_image_size);
  if (image.empty() || (width == image.width() && height == image.height())) {
    return image;
  }
  ImageBuffer result =
      image.is_float() ? ImageBuffer::of_floats(width, height, image.channels(),
                                                scaled_values(image.floats(), image, width, height))
                       : ImageBuffer::of_bytes(width, height, image.channels(),
                                               scaled_values(image.bytes(), image, width, height));
  result.color_space = image.color_space;
  result.alpha_mode = image.alpha_mode;
  return result;
}

}  // namespace kiln::image
