#pragma once

#include <array>
#include <cstdint>

#include "core/math.h"

/// Solid noise: pure functions of a position in space, the same on every machine and in Blender 3.4
/// (textures, `mathutils.noise`). Any position is allowed; where it is so large that floats have no
/// fraction left, noise is constant.
namespace kiln {

/// Named and ordered as in the Python interface.
enum class NoiseBasis : std::uint8_t {
  Blender,         ///< gradient noise, smooth
  PerlinOriginal,  ///< Perlin, "An image synthesizer", SIGGRAPH 1985
  PerlinNew,       ///< Perlin, "Improving noise", SIGGRAPH 2002
  VoronoiF1,       ///< distance to the nearest feature point (Worley, "A cellular texture basis
                   ///< function", SIGGRAPH 1996)
  VoronoiF2,
  VoronoiF3,
  VoronoiF4,
  VoronoiF2F1,     ///< difference of the two smallest distances
  VoronoiCrackle,  ///< the same ten times steeper, up to 1
  CellNoise,       ///< a random value for each unit cube
};
constexpr int noise_basis_count = 10;

enum class DistanceMetric : std::uint8_t {
  Distance,
  DistanceSquared,
  Manhattan,
  Chebychev,
  Minkovsky,  ///< with an exponent
  MinkovskyHalf,
  MinkovskyFour,
};
constexpr int distance_metric_count = 7;

/// Mostly between -1 and 1 (the Voronoi bases may exceed 1).
float noise(float3 position, NoiseBasis basis);
/// As `noise`, mapped to mostly between 0 and 1.
float unsigned_noise(float3 position, NoiseBasis basis);

/// The four nearest feature points, nearest first, and their distances.
struct VoronoiPoints {
  std::array<float, 4> distances;
  std::array<float3, 4> points;
};
VoronoiPoints voronoi(float3 position, DistanceMetric metric = DistanceMetric::Distance,
                      float exponent = 2.5f);

/// Random value in [0, 1), and random point in the unit cube, of the unit cube around a position.
float cell_noise(float3 position);
float3 cell_noise_vector(float3 position);

/// Sum of `octaves` (at least 1 is taken) noises; `is_hard` takes their magnitudes.
float turbulence(float3 position, int octaves, bool is_hard, NoiseBasis basis,
                 float amplitude_scale, float frequency_scale);

/// Fractals after Ebert, Musgrave, Peachey, Perlin and Worley, "Texturing and Modeling: A
/// Procedural Approach", chapter "Procedural fractal terrains". `h` is the fractal increment,
/// `lacunarity` the gap between frequencies; a fraction of `octaves` fades the last one in. At most
/// `max_noise_octaves` are computed.
constexpr float max_noise_octaves = 64.0f;
float fractal_noise(float3 position, float h, float lacunarity, float octaves, NoiseBasis basis);
float multi_fractal(float3 position, float h, float lacunarity, float octaves, NoiseBasis basis);
float hetero_terrain(float3 position, float h, float lacunarity, float octaves, float offset,
                     NoiseBasis basis);
float hybrid_multi_fractal(float3 position, float h, float lacunarity, float octaves, float offset,
                           float gain, NoiseBasis basis);
float ridged_multi_fractal(float3 position, float h, float lacunarity, float octaves, float offset,
                           float gain, NoiseBasis basis);
/// Noise of type `basis` at a position moved by `distortion` times noises of type
/// `distortion_basis`.
float distorted_noise(float3 position, float distortion, NoiseBasis distortion_basis,
                      NoiseBasis basis);

}  // namespace kiln
