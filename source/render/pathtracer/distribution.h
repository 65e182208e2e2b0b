#pragma once

#include <span>
#include <vector>

#include "core/math.h"

namespace kiln::render {

/// Choice among weighted items in constant time. Walker, "New fast method for generating discrete
/// random numbers", 1974; Vose 1991 for the table.
class AliasTable {
public:
  AliasTable() = default;
  explicit AliasTable(std::span<const float> weights);

  struct Choice {
    int index = -1;
    float probability = 0.0f;
    float remainder = 0.0f;  ///< a fresh number in [0, 1) left over from the choice
  };
  Choice sample(float random) const;
  float probability(int index) const { return probabilities_[index]; }
  bool empty() const { return probabilities_.empty(); }

private:
  struct Cell {
    float threshold = 1.0f;
    int alias = 0;
  };
  std::vector<Cell> cells_;
  std::vector<float> probabilities_;
};

/// Piecewise constant density over the unit square, sampled so that nearby numbers stay nearby
/// (rows, then columns).
class Distribution2d {
public:
  Distribution2d() = default;
  /// Weights row by row; at least one must be positive.
  Distribution2d(std::span<const float> weights, int width, int height);

  struct Point {
    float2 at;         ///< in [0, 1)^2
    float pdf = 0.0f;  ///< per area of the square
  };
  Point sample(float2 random) const;
  float pdf(float2 at) const;
  bool empty() const { return width_ == 0; }

private:
  int width_ = 0, height_ = 0;
  std::vector<float> rows_;     // cumulated, height + 1
  std::vector<float> columns_;  // cumulated in every row, (width + 1) * height
};

}  // namespace kiln::render
