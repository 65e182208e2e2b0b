#include "render/pathtracer/denoise.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "core/tasks.h"
#include "render/pathtracer/render.h"

namespace kiln::render {
namespace {

constexpr int window = 8;  // neighbours are at most so many pixels away
constexpr int patch = 3;   // half the side of the surroundings that are compared
constexpr int margin = window + patch;
constexpr int tile_width = 32, tile_height = 16;
constexpr int wide = tile_width + 2 * margin, high = tile_height + 2 * margin;
constexpr int tile_pixels = tile_width * tile_height;

// The model: a constant, two coordinates, the features.
constexpr int terms = 3 + DenoiseInput::feature_count;
constexpr int products = terms * (terms + 1) / 2;

// How much noise counts as a difference: less keeps more detail, and more noise.
constexpr float noise_tolerance = 0.6f;

using Plane = std::array<float, std::size_t(wide) * high>;

/// A tile with its margin, and the sums of its pixels.
struct Workspace {
  std::array<Plane, 3> color, variance;
  std::array<Plane, DenoiseInput::feature_count> features;
  Plane is_inside;
  Plane distance, row_sums;
  std::array<float, tile_pixels> weight;
  std::array<std::array<float, tile_pixels>, products> matrix;
  std::array<std::array<std::array<float, tile_pixels>, terms>, 3> right;
};

// Single bright pixels that none of their neighbours has a share in are limited to the brightest of
// these: no neighbourhood could tell what they stand for.
void limit_fireflies(DenoiseInput& input) {
  const int width = input.width, height = input.height;
  std::vector<float> brightness(std::size_t(width) * std::size_t(height));
  for (std::size_t p = 0; p < brightness.size(); ++p) {
    brightness[p] = input.color[0][p] + input.color[1][p] + input.color[2][p];
  }
  parallel_for(std::size_t(height), 16, [&](std::size_t begin, std::size_t end) {
    for (int y = int(begin); y < int(end); ++y) {
      for (int x = 0; x < width; ++x) {
        const std::size_t at = std::size_t(y) * std::size_t(width) + std::size_t(x);
        float first = 0.0f, second = 0.0f;
        for (int j = std::max(y - 1, 0); j <= std::min(y + 1, height - 1); ++j) {
          for (int i = std::max(x - 1, 0); i <= std::min(x + 1, width - 1); ++i) {
            const float b = brightness[std::size_t(j) * std::size_t(width) + std::size_t(i)];
            if ((i != x || j != y) && b > second) {
              second = std::min(b, std::max(first, second));
              first = std::max(first, b);
            }
          }
        }
        const float limit = 2.0f * second;
        if (brightness[at] > limit && brightness[at] > 0.0f) {
          const float noise =
              std::sqrt(input.variance[0][at] + input.variance[1][at] + input.variance[2][at]);
          if (noise > 0.1f * brightness[at]) {
            const float scale = std::max(limit, 0.0f) / brightness[at];
            for (int c = 0; c < 3; ++c) {
              input.color[c][at] *= scale;
              input.variance[c][at] *= scale * scale;
            }
          }
        }
      }
    }
  });
}

// Variances are noisy themselves: a mean of nine.
void smooth(std::vector<float>& plane, int width, int height) {
  std::vector<float> result(plane.size());
  parallel_for(std::size_t(height), 16, [&](std::size_t begin, std::size_t end) {
    for (int y = int(begin); y < int(end); ++y) {
      for (int x = 0; x < width; ++x) {
        float sum = 0.0f;
        int count = 0;
        for (int j = std::max(y - 1, 0); j <= std::min(y + 1, height - 1); ++j) {
          for (int i = std::max(x - 1, 0); i <= std::min(x + 1, width - 1); ++i) {
            sum += plane[std::size_t(j) * std::size_t(width) + std::size_t(i)];
            ++count;
          }
        }
        result[std::size_t(y) * std::size_t(width) + std::size_t(x)] = sum / float(count);
      }
    }
  });
  plane = std::move(result);
}

void load(const DenoiseInput& input, int x0, int y0, Workspace& w) {
  for (int j = 0; j < high; ++j) {
    const int y = y0 + j - margin;
    const int row = std::clamp(y, 0, input.height - 1);
    for (int i = 0; i < wide; ++i) {
      const int x = x0 + i - margin;
      const std::size_t from = std::size_t(row) * std::size_t(input.width) +
                               std::size_t(std::clamp(x, 0, input.width - 1));
      const std::size_t to = std::size_t(j) * wide + std::size_t(i);
      w.is_inside[to] = x >= 0 && y >= 0 && x < input.width && y < input.height ? 1.0f : 0.0f;
      for (int c = 0; c < 3; ++c) {
        w.color[c][to] = input.color[c][from];
        w.variance[c][to] = input.variance[c][from];
      }
      for (int f = 0; f < DenoiseInput::feature_count; ++f) {
        w.features[f][to] = input.features[f][from];
      }
    }
  }
}

// Weights of the neighbours at one offset, for all pixels of the tile.
void weigh(int dx, int dy, Workspace& w) {
  constexpr float tolerance = noise_tolerance * noise_tolerance;
  const int shift = dy * wide + dx;
  for (int j = window; j < high - window; ++j) {
    const int row = j * wide;
    for (int i = window; i < wide - window; ++i) {
      const int p = row + i, q = p + shift;
      float sum = 0.0f;
      for (int c = 0; c < 3; ++c) {
        const float d = w.color[c][p] - w.color[c][q];
        const float vp = w.variance[c][p], vq = w.variance[c][q];
        sum += (d * d - (vp + std::min(vp, vq))) / (1e-7f + tolerance * (vp + vq));
      }
      w.distance[p] = sum;
    }
    // Sums of the patch, along rows first.
    for (int i = margin; i < wide - margin; ++i) {
      float sum = 0.0f;
      for (int k = -patch; k <= patch; ++k) {
        sum += w.distance[row + i + k];
      }
      w.row_sums[row + i] = sum;
    }
  }
  constexpr float scale = 1.0f / (3.0f * (2 * patch + 1) * (2 * patch + 1));
  for (int j = 0; j < tile_height; ++j) {
    for (int i = 0; i < tile_width; ++i) {
      const int p = (j + margin) * wide + i + margin;
      float sum = 0.0f;
      for (int k = -patch; k <= patch; ++k) {
        sum += w.row_sums[p + k * wide];
      }
      // exp(-d) as a power, for d up to 8.
      const float base = std::max(0.0f, 1.0f - 0.125f * std::max(sum * scale, 0.0f));
      const float two = base * base, four = two * two;
      w.weight[j * tile_width + i] = four * four * w.is_inside[p + shift];
    }
  }
}

// Adds the neighbours at one offset to the normal equations.
void accumulate(int dx, int dy, Workspace& w) {
  const int shift = dy * wide + dx;
  for (int j = 0; j < tile_height; ++j) {
    const int first = (j + margin) * wide + margin, at = j * tile_width;
    float x[terms][tile_width];
    for (int i = 0; i < tile_width; ++i) {
      x[0][i] = 1.0f;
      x[1][i] = float(dx) * (1.0f / window);
      x[2][i] = float(dy) * (1.0f / window);
    }
    for (int f = 0; f < DenoiseInput::feature_count; ++f) {
      const float* values = w.features[f].data() + first;
      for (int i = 0; i < tile_width; ++i) {
        x[3 + f][i] = values[i + shift] - values[i];
      }
    }
    const float* weight = w.weight.data() + at;
    int product = 0;
    for (int a = 0; a < terms; ++a) {
      float weighted[tile_width];
      for (int i = 0; i < tile_width; ++i) {
        weighted[i] = weight[i] * x[a][i];
      }
      for (int b = 0; b <= a; ++b, ++product) {
        float* sum = w.matrix[product].data() + at;
        for (int i = 0; i < tile_width; ++i) {
          sum[i] += weighted[i] * x[b][i];
        }
      }
      for (int c = 0; c < 3; ++c) {
        float* sum = w.right[c][a].data() + at;
        const float* color = w.color[c].data() + first + shift;
        for (int i = 0; i < tile_width; ++i) {
          sum[i] += weighted[i] * color[i];
        }
      }
    }
  }
}

// The constant term of the fitted models of one pixel, by a Cholesky decomposition. The constant is
// put last, so that forward elimination already gives it.
std::array<float, 3> solve(const Workspace& w, int pixel) {
  float l[terms][terms], r[3][terms];
  const float total = w.matrix[0][pixel];
  for (int a = 0; a < terms; ++a) {
    // Order: coordinates, features, constant.
    const int from_a = a + 1 < terms ? a + 1 : 0;
    for (int b = 0; b <= a; ++b) {
      const int from_b = b + 1 < terms ? b + 1 : 0;
      const int high_term = std::max(from_a, from_b), low_term = std::min(from_a, from_b);
      l[a][b] = w.matrix[std::size_t(high_term * (high_term + 1) / 2 + low_term)][pixel];
    }
    // Terms that hardly vary explain nothing but noise.
    if (from_a != 0) {
      l[a][a] += total * (from_a < 3 ? 2e-2f : 2e-3f) + 1e-9f;
    }
    for (int c = 0; c < 3; ++c) {
      r[c][a] = w.right[c][from_a][pixel];
    }
  }
  for (int a = 0; a < terms; ++a) {
    for (int b = 0; b <= a; ++b) {
      float sum = l[a][b];
      for (int k = 0; k < b; ++k) {
        sum -= l[a][k] * l[b][k];
      }
      l[a][b] = a == b ? std::sqrt(std::max(sum, 1e-12f)) : sum / l[b][b];
    }
    for (int c = 0; c < 3; ++c) {
      float sum = r[c][a];
      for (int k = 0; k < a; ++k) {
        sum -= l[a][k] * r[c][k];
      }
      r[c][a] = sum / l[a][a];
    }
  }
  std::array<float, 3> result;
  for (int c = 0; c < 3; ++c) {
    result[c] = r[c][terms - 1] / l[terms - 1][terms - 1];
  }
  return result;
}

}  // namespace

DenoiseInput::DenoiseInput(int width_of, int height_of) : width(width_of), height(height_of) {
  const std::size_t count = std::size_t(width) * std::size_t(height);
  for (std::vector<float>& plane : color) {
    plane.resize(count);
  }
  for (std::vector<float>& plane : variance) {
    plane.resize(count);
  }
  for (std::vector<float>& plane : features) {
    plane.resize(count);
  }
}

std::vector<float> denoise(const DenoiseInput& noisy, Progress& progress) {
  DenoiseInput input = noisy;
  if (!prefilter_features(input, progress)) {
    return {};
  }
  limit_fireflies(input);
  for (std::vector<float>& plane : input.variance) {
    smooth(plane, input.width, input.height);
  }
  std::vector<float> result(3 * input.color[0].size());
  const int across = (input.width + tile_width - 1) / tile_width;
  const int up = (input.height + tile_height - 1) / tile_height;
  std::atomic<int> done = 0;
  parallel_for(std::size_t(across) * std::size_t(up), 1, [&](std::size_t begin, std::size_t end) {
    const auto w = std::make_unique<Workspace>();
    for (std::size_t tile = begin; tile < end && !progress.cancelled(); ++tile) {
      const int x0 = int(tile) % across * tile_width, y0 = int(tile) / across * tile_height;
      load(input, x0, y0, *w);
      w->distance.fill(0.0f);
      w->row_sums.fill(0.0f);
      for (auto& sums : w->matrix) {
        sums.fill(0.0f);
      }
      for (auto& of_channel : w->right) {
        for (auto& sums : of_channel) {
          sums.fill(0.0f);
        }
      }
      for (int dy = -window; dy <= window; ++dy) {
        for (int dx = -window; dx <= window; ++dx) {
          weigh(dx, dy, *w);
          accumulate(dx, dy, *w);
        }
      }
      for (int j = 0; j < std::min(tile_height, input.height - y0); ++j) {
        for (int i = 0; i < std::min(tile_width, input.width - x0); ++i) {
          const std::array<float, 3> color = solve(*w, j * tile_width + i);
          const std::size_t at =
              std::size_t(y0 + j) * std::size_t(input.width) + std::size_t(x0 + i);
          for (int c = 0; c < 3; ++c) {
            // Light is not negative; where the fit fails the pixel stays.
            result[3 * at + std::size_t(c)] =
                std::isfinite(color[c]) ? std::max(color[c], 0.0f) : input.color[c][at];
          }
        }
      }
      progress.report(float(++done) / float(across * up), "Denoising");
    }
  });
  return progress.cancelled() ? std::vector<float>() : result;
}

bool put_denoised(const DenoiseInput& input, RenderResult& result, Progress& progress) {
  const std::vector<float> colors = denoise(input, progress);
  for (PassImage& pass : result.passes) {
    if (pass.request.kind != PassKind::Combined) {
      continue;
    }
    for (std::size_t p = 0; 3 * p < colors.size(); ++p) {
      std::copy_n(colors.data() + 3 * p, 3, pass.pixels.data() + 4 * p);
    }
  }
  return !colors.empty();
}

}  // namespace kiln::render
