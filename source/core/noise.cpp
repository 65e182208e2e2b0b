#include "core/noise.h"

#include <cmath>

#include "core/noise_tables.h"

namespace kiln {
namespace {

/// A position in the lattice of unit cubes: the corner, and the way from it in [0, 1).
struct LatticePosition {
  std::array<int, 3> corner;
  float3 fraction;
};

/// Lattice coordinates repeat every 256, so all that counts of a corner is its remainder.
int lattice_index(float floor) {
  return std::abs(floor) < 1e9f ? int(floor) & 255 : 0;
}

int permute(int index) {
  return noise_tables::permutation[std::size_t(index & 255)];
}

int corner_hash(const std::array<int, 3>& corner, int x, int y, int z) {
  return permute(permute(permute(corner[0] + x) + corner[1] + y) + corner[2] + z);
}

float3 table_vector(const std::array<int, 3>& millionths) {
  return {float(millionths[0] * 1e-6), float(millionths[1] * 1e-6), float(millionths[2] * 1e-6)};
}

/// Sum over the eight corners of their weights times what `value(hash, way from the corner)` gives.
template <typename Fade, typename Value>
float interpolate_corners(const LatticePosition& p, Fade fade, Value value) {
  const float3 weight{fade(p.fraction.x), fade(p.fraction.y), fade(p.fraction.z)};
  float sum = 0.0f;
  for (int corner = 0; corner < 8; ++corner) {
    const int x = corner >> 2, y = (corner >> 1) & 1, z = corner & 1;
    const float3 way = p.fraction - float3{float(x), float(y), float(z)};
    const float corner_weight = (x ? weight.x : 1.0f - weight.x) *
                                (y ? weight.y : 1.0f - weight.y) * (z ? weight.z : 1.0f - weight.z);
    sum += corner_weight * value(corner_hash(p.corner, x, y, z), way);
  }
  return sum;
}

float smooth_fade(float t) {
  return t * t * (3.0f - 2.0f * t);
}

/// In [0, 1]. In plain noise and turbulence the lattice is moved by 1, in fractals it is not.
float blender_noise(float3 position, float offset = 1.0f) {
  LatticePosition p;
  for (int i = 0; i < 3; ++i) {
    const float coordinate = position[i] + offset;
    const float floor = std::floor(coordinate);
    p.corner[i] = lattice_index(floor);
    p.fraction[i] = coordinate - floor;
  }
  const float sum = interpolate_corners(p, smooth_fade, [](int hash, float3 way) {
    return dot(table_vector(noise_tables::gradients[std::size_t(hash)]), way);
  });
  return sum > -0.5f ? std::min(0.5f + sum, 1.0f) : (std::isnan(sum) ? sum : 0.0f);
}

/// In [-1, 1], about.
float perlin_original(float3 position) {
  // Positions are moved by 10000 and truncated, not floored: beyond -10000 the lattice is mirrored.
  LatticePosition p;
  for (int i = 0; i < 3; ++i) {
    const float coordinate = position[i] + 10000.0f;
    const float whole = std::trunc(coordinate);
    p.corner[i] = lattice_index(whole);
    p.fraction[i] = coordinate - whole;
  }
  return 1.5f * interpolate_corners(p, smooth_fade, [](int hash, float3 way) {
           return dot(table_vector(noise_tables::perlin_gradients[std::size_t(hash)]), way);
         });
}

/// In [-1, 1]; the gradients point at the edges of a cube.
float perlin_new(float3 position) {
  LatticePosition p;
  for (int i = 0; i < 3; ++i) {
    const float floor = std::floor(position[i]);
    p.corner[i] = lattice_index(floor);
    p.fraction[i] = position[i] - floor;
  }
  const auto fade = [](float t) { return t * t * t * (t * (t * 6.0f - 15.0f) + 10.0f); };
  return interpolate_corners(p, fade, [](int hash, float3 way) {
    const int edge = hash & 15;
    const float u = edge < 8 ? way.x : way.y;
    const float v = edge < 4 ? way.y : (edge == 12 || edge == 14 ? way.x : way.z);
    return ((edge & 1) ? -u : u) + ((edge & 2) ? -v : v);
  });
}

float distance_between(float3 way, DistanceMetric metric, float exponent) {
  const float x = std::abs(way.x), y = std::abs(way.y), z = std::abs(way.z);
  switch (metric) {
    case DistanceMetric::Distance:
      return length(way);
    case DistanceMetric::DistanceSquared:
      return length_squared(way);
    case DistanceMetric::Manhattan:
      return x + y + z;
    case DistanceMetric::Chebychev:
      return std::max(x, std::max(y, z));
    case DistanceMetric::Minkovsky:
      return std::pow(std::pow(x, exponent) + std::pow(y, exponent) + std::pow(z, exponent),
                      1.0f / exponent);
    case DistanceMetric::MinkovskyHalf: {
      const float sum = std::sqrt(x) + std::sqrt(y) + std::sqrt(z);
      return sum * sum;
    }
    case DistanceMetric::MinkovskyFour:
      return std::sqrt(std::sqrt(x * x * x * x + y * y * y * y + z * z * z * z));
  }
  return 0.0f;
}

float3 feature_point(const std::array<int, 3>& cell) {
  // Unlike in gradient noise, the last axis is hashed first.
  const int hash = permute(permute(permute(cell[2]) + cell[1]) + cell[0]);
  return table_vector(noise_tables::cell_points[std::size_t(hash)]);
}

/// Cube of cell noise; its borders are moved a little, so that positions with whole coordinates
/// fall inside.
std::array<std::int64_t, 3> noise_cell(float3 position) {
  std::array<std::int64_t, 3> cell;
  for (int i = 0; i < 3; ++i) {
    const float floor = std::floor((position[i] + 1e-6f) * 1.00001f);
    cell[i] = std::abs(floor) < 1e12f ? std::int64_t(floor) : 0;
  }
  return cell;
}

float crackle(float difference) {
  return std::min(10.0f * difference, 1.0f);
}

/// Noise as fractals take it.
float unmoved_noise(float3 position, NoiseBasis basis) {
  return basis == NoiseBasis::Blender ? 2.0f * blender_noise(position, 0.0f) - 1.0f
                                      : noise(position, basis);
}

struct Octaves {
  int whole;
  float fraction;
  explicit Octaves(float octaves) {
    const float clamped = octaves > 0.0f ? std::min(octaves, max_noise_octaves) : 0.0f;
    whole = int(clamped);
    fraction = clamped - float(whole);
  }
};

}  // namespace

VoronoiPoints voronoi(float3 position, DistanceMetric metric, float exponent) {
  VoronoiPoints result;
  result.distances.fill(1e10f);
  std::array<float, 3> floors;
  for (int i = 0; i < 3; ++i) {
    floors[i] = std::floor(position[i]);
  }
  for (int x = -1; x <= 1; ++x) {
    for (int y = -1; y <= 1; ++y) {
      for (int z = -1; z <= 1; ++z) {
        const std::array<int, 3> cell = {lattice_index(floors[0]) + x, lattice_index(floors[1]) + y,
                                         lattice_index(floors[2]) + z};
        const float3 point =
            feature_point(cell) +
            float3{floors[0] + float(x), floors[1] + float(y), floors[2] + float(z)};
        const float distance = distance_between(position - point, metric, exponent);
        // Insert it among the nearest four.
        for (std::size_t i = 0; i < 4; ++i) {
          if (distance < result.distances[i]) {
            for (std::size_t j = 3; j > i; --j) {
              result.distances[j] = result.distances[j - 1];
              result.points[j] = result.points[j - 1];
            }
            result.distances[i] = distance;
            result.points[i] = point;
            break;
          }
        }
      }
    }
  }
  return result;
}

float cell_noise(float3 position) {
  const std::array<std::int64_t, 3> cell = noise_cell(position);
  auto n = std::uint32_t(cell[0] + cell[1] * 1301 + cell[2] * 314159);
  n ^= n << 13;
  return float((n * (n * n * 15731u + 789221u) + 1376312589u) / 4294967296.0);
}

float3 cell_noise_vector(float3 position) {
  const std::array<std::int64_t, 3> cell = noise_cell(position);
  return feature_point({int(cell[0] & 255), int(cell[1] & 255), int(cell[2] & 255)});
}

float noise(float3 position, NoiseBasis basis) {
  switch (basis) {
    case NoiseBasis::PerlinOriginal:
      return perlin_original(position);
    case NoiseBasis::PerlinNew:
      return perlin_new(position);
    default:
      return 2.0f * unsigned_noise(position, basis) - 1.0f;
  }
}

float unsigned_noise(float3 position, NoiseBasis basis) {
  switch (basis) {
    case NoiseBasis::Blender:
      return blender_noise(position);
    case NoiseBasis::PerlinOriginal:
    case NoiseBasis::PerlinNew:
      return 0.5f + 0.5f * noise(position, basis);
    case NoiseBasis::VoronoiF1:
      return voronoi(position).distances[0];
    case NoiseBasis::VoronoiF2:
      return voronoi(position).distances[1];
    case NoiseBasis::VoronoiF3:
      return voronoi(position).distances[2];
    case NoiseBasis::VoronoiF4:
      return voronoi(position).distances[3];
    case NoiseBasis::VoronoiF2F1: {
      const VoronoiPoints nearest = voronoi(position);
      return nearest.distances[1] - nearest.distances[0];
    }
    case NoiseBasis::VoronoiCrackle: {
      const VoronoiPoints nearest = voronoi(position);
      return crackle(nearest.distances[1] - nearest.distances[0]);
    }
    case NoiseBasis::CellNoise:
      return cell_noise(position);
  }
  return 0.0f;
}

float turbulence(float3 position, int octaves, bool is_hard, NoiseBasis basis,
                 float amplitude_scale, float frequency_scale) {
  float sum = 0.0f, amplitude = 1.0f;
  const int count = std::clamp(octaves, 1, int(max_noise_octaves));
  for (int i = 0; i < count; ++i) {
    const float value = amplitude * noise(position, basis);
    sum += is_hard ? std::abs(value) : value;
    amplitude *= amplitude_scale;
    position *= frequency_scale;
  }
  return sum;
}

float fractal_noise(float3 position, float h, float lacunarity, float octaves, NoiseBasis basis) {
  const Octaves count(octaves);
  const float falloff = std::pow(lacunarity, -h);
  float sum = 0.0f, amplitude = 1.0f;
  for (int i = 0; i < count.whole; ++i) {
    sum += unmoved_noise(position, basis) * amplitude;
    amplitude *= falloff;
    position *= lacunarity;
  }
  return count.fraction > 0.0f ? sum + count.fraction * unmoved_noise(position, basis) * amplitude
                               : sum;
}

float multi_fractal(float3 position, float h, float lacunarity, float octaves, NoiseBasis basis) {
  const Octaves count(octaves);
  const float falloff = std::pow(lacunarity, -h);
  float product = 1.0f, amplitude = 1.0f;
  for (int i = 0; i < count.whole; ++i) {
    product *= amplitude * unmoved_noise(position, basis) + 1.0f;
    amplitude *= falloff;
    position *= lacunarity;
  }
  return count.fraction > 0.0f
             ? product * (count.fraction * unmoved_noise(position, basis) * amplitude + 1.0f)
             : product;
}

float hetero_terrain(float3 position, float h, float lacunarity, float octaves, float offset,
                     NoiseBasis basis) {
  const Octaves count(octaves);
  const float falloff = std::pow(lacunarity, -h);
  float amplitude = falloff;
  float altitude = offset + unmoved_noise(position, basis);
  position *= lacunarity;
  for (int i = 1; i < count.whole; ++i) {
    altitude += (unmoved_noise(position, basis) + offset) * amplitude * altitude;
    amplitude *= falloff;
    position *= lacunarity;
  }
  if (count.fraction > 0.0f) {
    altitude += count.fraction * (unmoved_noise(position, basis) + offset) * amplitude * altitude;
  }
  return altitude;
}

float hybrid_multi_fractal(float3 position, float h, float lacunarity, float octaves, float offset,
                           float gain, NoiseBasis basis) {
  const Octaves count(octaves);
  const float falloff = std::pow(lacunarity, -h);
  float amplitude = falloff;
  float result = unmoved_noise(position, basis) + offset;
  float weight = gain * result;
  position *= lacunarity;
  for (int i = 1; i < count.whole && weight > 0.001f; ++i) {
    weight = std::min(weight, 1.0f);
    const float signal = (unmoved_noise(position, basis) + offset) * amplitude;
    amplitude *= falloff;
    result += weight * signal;
    weight *= gain * signal;
    position *= lacunarity;
  }
  if (count.fraction > 0.0f) {
    result += count.fraction * (unmoved_noise(position, basis) + offset) * amplitude;
  }
  return result;
}

float ridged_multi_fractal(float3 position, float h, float lacunarity, float octaves, float offset,
                           float gain, NoiseBasis basis) {
  const Octaves count(octaves);
  const float falloff = std::pow(lacunarity, -h);
  float amplitude = falloff;
  const auto ridge = [&] {
    const float height = offset - std::abs(unmoved_noise(position, basis));
    return height * height;
  };
  float signal = ridge();
  float result = signal;
  for (int i = 1; i < count.whole; ++i) {
    position *= lacunarity;
    const float weight = std::clamp(signal * gain, 0.0f, 1.0f);
    signal = ridge() * weight;
    result += signal * amplitude;
    amplitude *= falloff;
  }
  return result;
}

float distorted_noise(float3 position, float distortion, NoiseBasis distortion_basis,
                      NoiseBasis basis) {
  const float3 apart{13.5f, 13.5f, 13.5f};
  const float3 moved{position.x + distortion * unmoved_noise(position + apart, distortion_basis),
                     position.y + distortion * unmoved_noise(position, distortion_basis),
                     position.z + distortion * unmoved_noise(position - apart, distortion_basis)};
  return unmoved_noise(moved, basis);
}

}  // namespace kiln
