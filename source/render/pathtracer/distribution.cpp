#include "render/pathtracer/distribution.h"

#include <algorithm>
#include <numeric>

#include "core/to_int.h"

namespace kiln::render {
namespace {

/// Cell of a cumulated table that `random` falls in, and where in it.
int find_cell(const float* cumulated, int count, float random, float& inside) {
  const float* found = std::upper_bound(cumulated, cumulated + count + 1, random);
  const int cell = std::clamp(int(found - cumulated) - 1, 0, count - 1);
  const float step = cumulated[cell + 1] - cumulated[cell];
  inside = step > 0.0f ? std::min((random - cumulated[cell]) / step, 0.9999999f) : 0.0f;
  return cell;
}

}  // namespace

AliasTable::AliasTable(std::span<const float> weights)
    : cells_(weights.size()), probabilities_(weights.size()) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const int count = int(weights.size());
  std::vector<int> small, large;
  std::vector<double> scaled(count);
  for (int i = 0; i < count; ++i) {
    probabilities_[i] = total > 0.0 ? float(weights[i] / total) : 1.0f / count;
    scaled[i] = total > 0.0 ? weights[i] / total * count : 1.0;
    (scaled[i] < 1.0 ? small : large).push_back(i);
  }
  while (!small.empty() && !large.empty()) {
    const int s = small.back(), l = large.back();
    small.pop_back();
    cells_[s] = {float(scaled[s]), l};
    scaled[l] -= 1.0 - scaled[s];
    if (scaled[l] < 1.0) {
      large.pop_back();
      small.push_back(l);
    }
  }
  for (const int i : small) {
    cells_[i] = {1.0f, i};
  }
  for (const int i : large) {
    cells_[i] = {1.0f, i};
  }
}

AliasTable::Choice AliasTable::sample(float random) const {
  const int count = int(cells_.size());
  const float at = random * float(count);
  const int cell = std::min(to_int(at), count - 1);
  const float inside = std::min(at - float(cell), 0.9999999f);
  const float threshold = cells_[cell].threshold;
  Choice choice;
  if (inside < threshold) {
    choice.index = cell;
    choice.remainder = inside / threshold;
  } else {
    choice.index = cells_[cell].alias;
    choice.remainder = (inside - threshold) / (1.0f - threshold);
  }
  choice.remainder = std::min(choice.remainder, 0.9999999f);
  choice.probability = probabilities_[choice.index];
  return choice;
}

Distribution2d::Distribution2d(std::span<const float> weights, int width, int height)
    : width_(width), height_(height), rows_(height + 1), columns_(std::size_t(width + 1) * height) {
  std::vector<double> row_sums(height);
  for (int y = 0; y < height; ++y) {
    double sum = 0.0;
    float* out = columns_.data() + std::size_t(width + 1) * y;
    for (int x = 0; x < width; ++x) {
      sum += weights[std::size_t(y) * width + x];
    }
    double at = 0.0;
    for (int x = 0; x <= width; ++x) {
      out[x] = sum > 0.0 ? float(at / sum) : float(x) / float(width);
      at += x < width ? weights[std::size_t(y) * width + x] : 0.0;
    }
    out[width] = 1.0f;
    row_sums[y] = sum;
  }
  const double total = std::accumulate(row_sums.begin(), row_sums.end(), 0.0);
  double at = 0.0;
  for (int y = 0; y <= height; ++y) {
    rows_[y] = total > 0.0 ? float(at / total) : float(y) / float(height);
    at += y < height ? row_sums[y] : 0.0;
  }
  rows_[height] = 1.0f;
}

Distribution2d::Point Distribution2d::sample(float2 random) const {
  float inside_y, inside_x;
  const int y = find_cell(rows_.data(), height_, random.y, inside_y);
  const float* row = columns_.data() + std::size_t(width_ + 1) * y;
  const int x = find_cell(row, width_, random.x, inside_x);
  Point point;
  point.at = {(float(x) + inside_x) / float(width_), (float(y) + inside_y) / float(height_)};
  point.pdf = (row[x + 1] - row[x]) * float(width_) * (rows_[y + 1] - rows_[y]) * float(height_);
  return point;
}

float Distribution2d::pdf(float2 at) const {
  const int x = std::clamp(to_int(at.x * float(width_)), 0, width_ - 1);
  const int y = std::clamp(to_int(at.y * float(height_)), 0, height_ - 1);
  const float* row = columns_.data() + std::size_t(width_ + 1) * y;
  return (row[x + 1] - row[x]) * float(width_) * (rows_[y + 1] - rows_[y]) * float(height_);
}

}  // namespace kiln::render
