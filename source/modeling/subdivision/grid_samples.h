#pragma once

#include "modeling/subdivision/surface.h"

namespace kiln::modeling {

/// Points and UVs of one grid, j slow; filled in by whoever evaluates it and then handed out.
struct GridSamples {
  std::vector<float3> positions;
  std::vector<std::vector<float2>> uvs;

  void resize(int size, std::size_t channels) {
    positions.resize(std::size_t(size + 1) * std::size_t(size + 1));
    uvs.resize(channels);
    for (std::vector<float2>& map : uvs) {
      map.resize(positions.size());
    }
  }
};

/// Hands samples out to the vertices and corners of the new mesh. A vertex that several faces share
/// is written by the first of them only, so that blocks of faces can be evaluated at the same time.
class SampleWriter {
public:
  SampleWriter(const GridLayout& layout, std::span<float3> positions,
               std::span<const UvChannel> uvs)
      : layout_(layout), positions_(positions), uvs_(uvs) {}
  std::span<const UvChannel> uvs() const { return uvs_; }
  const GridLayout& layout() const { return layout_; }

  /// `grid` holds the numbers of the elements of this grid.
  void write(std::size_t face, int grid_index, const GridLayout::Grid& grid,
             const GridSamples& samples) const;

private:
  const GridLayout& layout_;
  std::span<float3> positions_;
  std::span<const UvChannel> uvs_;
};

/// Evaluates faces with OpenSubdiv, whatever surrounds them.
void evaluate_irregular(const SampleWriter& writer, const SurfaceSettings& settings,
                        std::span<const int> faces);

}  // namespace kiln::modeling
