#include "modeling/texture_sample.h"

#include <cstring>
#include <numbers>

#include "core/schema/registry.h"
#include "core/to_int.h"
#include "document/document.h"
#include "document/image_pixels.h"

namespace kiln::modeling {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

NoiseBasis basis_of(Texture::Basis basis) {
  return basis == Texture::Basis::CellNoise ? NoiseBasis::CellNoise : NoiseBasis(int(basis));
}

/// Noise between 0 and 1 of features of a size. The first basis is scaled around (-1, -1, -1),
/// others around the origin.
class ScaledNoise {
public:
  ScaledNoise(float size, Texture::Basis basis, bool is_hard)
      : basis_(basis_of(basis)),
        origin_(basis == Texture::Basis::BlenderOriginal ? 1.0f : 0.0f),
        scale_(size != 0.0f ? 1.0f / size : 1.0f),
        is_hard_(is_hard) {}
  float at(float3 p, float frequency = 1.0f) const {
    const float3 o{origin_, origin_, origin_};
    const float n = unsigned_noise((p + o) * scale_ * frequency - o, basis_);
    return is_hard_ ? std::abs(2.0f * n - 1.0f) : n;
  }

private:
  NoiseBasis basis_;
  float origin_, scale_;
  bool is_hard_;
};

float basis_noise(float size, float3 p, bool is_hard, Texture::Basis basis) {
  return ScaledNoise(size, basis, is_hard).at(p);
}

/// Octaves of noise, each of half the size and weight of the one before, brought back to about 0
/// to 1.
float basis_turbulence(float size, float3 p, int depth, bool is_hard, Texture::Basis basis) {
  const ScaledNoise noise_of(size, basis, is_hard);
  float sum = 0, weight = 1, frequency = 1, total = 0;
  for (int octave = 0; octave <= depth; ++octave) {
    sum += weight * noise_of.at(p, frequency);
    total += weight;
    weight *= 0.5f;
    frequency *= 2.0f;
  }
  return sum / total;
}

float wave(Texture::Wave shape, float a) {
  switch (shape) {
    case Texture::Wave::Sine:
      return 0.5f + 0.5f * std::sin(a);
    case Texture::Wave::Saw: {
      const float turns = a / (2.0f * pi);
      return turns - std::floor(turns);
    }
    case Texture::Wave::Triangle: {
      const float turns = a / (2.0f * pi);
      return 1.0f - 2.0f * std::abs(std::floor(turns + 0.5f) - turns);
    }
  }
  return 0;
}

float clouds(const Texture& t, float3 p) {
  return basis_turbulence(t.noise_scale, p, t.noise_depth, t.noise_type == Texture::NoiseType::Hard,
                          t.noise_basis);
}

float wood(const Texture& t, float3 p) {
  const bool is_hard = t.noise_type == Texture::NoiseType::Hard;
  const bool is_ring =
      t.wood_type == Texture::WoodType::Rings || t.wood_type == Texture::WoodType::RingNoise;
  float a = is_ring ? length(p) * 20.0f : (p.x + p.y + p.z) * 10.0f;
  if (t.wood_type == Texture::WoodType::BandNoise || t.wood_type == Texture::WoodType::RingNoise) {
    a += t.turbulence * basis_noise(t.noise_scale, p, is_hard, t.noise_basis);
  }
  return wave(t.noise_basis_2, a);
}

float marble(const Texture& t, float3 p) {
  const float n = wave(t.noise_basis_2, 5.0f * (p.x + p.y + p.z) + t.turbulence * clouds(t, p));
  switch (t.marble_type) {
    case Texture::MarbleType::Soft:
      return n;
    case Texture::MarbleType::Sharp:
      return std::sqrt(std::max(n, 0.0f));
    case Texture::MarbleType::Sharper:
      return std::sqrt(std::sqrt(std::max(n, 0.0f)));
  }
  return n;
}

float3 magic(const Texture& t, float3 p) {
  float strength = t.turbulence / 5.0f;
  float x = std::sin((p.x + p.y + p.z) * 5.0f), y = std::cos((-p.x + p.y - p.z) * 5.0f);
  float z = -std::cos((-p.x - p.y + p.z) * 5.0f);
  if (t.noise_depth > 0) {
    x *= strength;
    y *= strength;
    z *= strength;
    y = -std::cos(x - y + z) * strength;
  }
  // Each further step turns one of the three by the sum of all.
  if (t.noise_depth > 1) {
    x = std::cos(x - y - z) * strength;
  }
  if (t.noise_depth > 2) {
    z = std::sin(-x - y - z) * strength;
  }
  if (t.noise_depth > 3) {
    x = -std::cos(-x + y - z) * strength;
  }
  if (t.noise_depth > 4) {
    y = -std::sin(-x + y + z) * strength;
  }
  if (t.noise_depth > 5) {
    y = -std::cos(-x + y + z) * strength;
  }
  if (t.noise_depth > 6) {
    x = std::cos(x + y + z) * strength;
  }
  if (t.noise_depth > 7) {
    z = std::sin(x + y - z) * strength;
  }
  if (t.noise_depth > 8) {
    x = -std::cos(-x - y + z) * strength;
  }
  if (t.noise_depth > 9) {
    y = -std::sin(x - y + z) * strength;
  }
  if (strength != 0.0f) {
    const float scale = 1.0f / (2.0f * strength);
    x *= scale;
    y *= scale;
    z *= scale;
  }
  return {0.5f - x, 0.5f - y, 0.5f - z};
}

float blend(const Texture& t, float3 p) {
  if (t.flip_axis == Texture::FlipAxis::Vertical) {
    std::swap(p.x, p.y);
  }
  const float ramp = (1.0f + p.x) / 2.0f;
  switch (t.progression) {
    case Texture::Progression::Linear:
      return ramp;
    case Texture::Progression::Quadratic:
      return ramp < 0.0f ? 0.0f : ramp * ramp;
    case Texture::Progression::Easing: {
      const float c = std::clamp(ramp, 0.0f, 1.0f);
      return 3.0f * c * c - 2.0f * c * c * c;
    }
    case Texture::Progression::Diagonal:
      return (2.0f + p.x + p.y) / 4.0f;
    case Texture::Progression::Radial:
      return std::atan2(p.y, p.x) / (2.0f * pi) + 0.5f;
    case Texture::Progression::Spherical:
      return std::max(1.0f - length(p), 0.0f);
    case Texture::Progression::QuadraticSphere: {
      const float r = std::max(1.0f - length(p), 0.0f);
      return r * r;
    }
  }
  return 0;
}

float stucci(const Texture& t, float3 p) {
  const bool is_hard = t.noise_type == Texture::NoiseType::Hard;
  const float here = basis_noise(t.noise_scale, p, is_hard, t.noise_basis);
  float offset = t.turbulence / 200.0f;
  if (t.stucci_type != Texture::StucciType::Plastic) {
    offset *= here * here;
  }
  const float above = basis_noise(t.noise_scale, p + float3{0, 0, offset}, is_hard, t.noise_basis);
  return std::max(t.stucci_type == Texture::StucciType::WallOut ? 1.0f - above : above, 0.0f);
}

float musgrave(const Texture& t, float3 p) {
  p = p * (1.0f / t.noise_scale);
  const NoiseBasis basis = basis_of(t.noise_basis);
  float n = 0;
  switch (t.musgrave_type) {
    case Texture::MusgraveType::Multifractal:
      n = multi_fractal(p, t.dimension_max, t.lacunarity, t.octaves, basis);
      break;
    case Texture::MusgraveType::Fbm:
      n = fractal_noise(p, t.dimension_max, t.lacunarity, t.octaves, basis);
      break;
    case Texture::MusgraveType::RidgedMultifractal:
      n = ridged_multi_fractal(p, t.dimension_max, t.lacunarity, t.octaves, t.offset, t.gain,
                               basis);
      break;
    case Texture::MusgraveType::HybridMultifractal:
      n = hybrid_multi_fractal(p, t.dimension_max, t.lacunarity, t.octaves, t.offset, t.gain,
                               basis);
      break;
    case Texture::MusgraveType::HeteroTerrain:
      n = hetero_terrain(p, t.dimension_max, t.lacunarity, t.octaves, t.offset, basis);
      break;
  }
  return n * t.noise_intensity;
}

TextureSample voronoi_cells(const Texture& t, float3 p) {
  constexpr DistanceMetric metrics[] = {
      DistanceMetric::Distance,  DistanceMetric::DistanceSquared, DistanceMetric::Manhattan,
      DistanceMetric::Chebychev, DistanceMetric::MinkovskyHalf,   DistanceMetric::MinkovskyFour,
      DistanceMetric::Minkovsky};
  const VoronoiPoints found =
      voronoi(p * (1.0f / t.noise_scale), metrics[int(t.distance_metric)], t.minkovsky_exponent);
  float sum_of_weights = 0, weighted = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum_of_weights += std::abs(t.weights[i]);
    weighted += t.weights[i] * found.distances[i];
  }
  const float scale =
      sum_of_weights != 0.0f ? t.noise_intensity / sum_of_weights : t.noise_intensity;
  TextureSample result;
  result.intensity = scale * std::abs(weighted);
  if (t.color_mode != Texture::VoronoiColor::Intensity) {
    result.has_color = true;
    for (std::size_t i = 0; i < 4; ++i) {
      result.color += cell_noise_vector(found.points[i]) * std::abs(t.weights[i]);
    }
    if (t.color_mode == Texture::VoronoiColor::Position) {
      result.color *= scale;
    } else {
      const float outline = std::min((found.distances[1] - found.distances[0]) * 10.0f, 1.0f);
      result.color *= outline * (t.color_mode == Texture::VoronoiColor::PositionOutlineIntensity
                                     ? result.intensity
                                     : scale);
    }
  }
  return result;
}

/// A number between 0 and 1 out of nothing but a position and a seed.
float random_value(float3 p, std::uint32_t seed) {
  std::uint32_t h = seed * 0x9e3779b9u + 0x85ebca6bu;
  for (const float c : {p.x, p.y, p.z}) {
    std::uint32_t bits;
    static_assert(sizeof(bits) == sizeof(c));
    std::memcpy(&bits, &c, sizeof(bits));
    h = (h ^ bits) * 0xcc9e2d51u;
    h ^= h >> 15;
  }
  return float(h >> 8) * (1.0f / 16777216.0f);
}

TextureSample image_sample(const Texture& t, float3 p, const ImagePixels* image) {
  TextureSample result;
  result.has_color = true;
  result.alpha = 0;
  if (!image || image->width < 1 || image->height < 1 ||
      image->values.size() < std::size_t(image->width) * std::size_t(image->height) * 4) {
    return result;
  }
  float u = 0.5f * (p.x + 1.0f), v = 0.5f * (p.y + 1.0f);
  if (t.use_image_flip_axis) {
    std::swap(u, v);
  }
  const auto repeated = [](float c, int count, bool is_mirrored) {
    const float scaled = c * float(count), tile = std::floor(scaled);
    const float inside = scaled - tile;
    return is_mirrored && (std::int64_t(tile) & 1) ? 1.0f - inside : inside;
  };
  const bool is_outside = u < 0.0f || u > 1.0f || v < 0.0f || v > 1.0f;
  switch (t.extension) {
    case Texture::Extension::Clip:
    case Texture::Extension::ClipCube:
      if (is_outside || (t.extension == Texture::Extension::ClipCube && std::abs(p.z) > 1.0f)) {
        return result;
      }
      break;
    case Texture::Extension::Checker: {
      const bool is_odd = (to_int(std::floor(u)) ^ to_int(std::floor(v))) & 1;
      if (is_odd ? !t.use_checker_odd : !t.use_checker_even) {
        return result;
      }
      u -= std::floor(u);
      v -= std::floor(v);
      break;
    }
    case Texture::Extension::Repeat:
      u = repeated(u, t.repeat_x, t.use_mirror_x);
      v = repeated(v, t.repeat_y, t.use_mirror_y);
      break;
    case Texture::Extension::Extend:
      break;
  }
  u = lerp(t.crop_min_x, t.crop_max_x, std::clamp(u, 0.0f, 1.0f));
  v = lerp(t.crop_min_y, t.crop_max_y, std::clamp(v, 0.0f, 1.0f));
  const bool wraps = t.extension == Texture::Extension::Repeat;
  const auto pixel = [&](int x, int y) {
    const int w = image->width, h = image->height;
    x = wraps ? (x % w + w) % w : std::clamp(x, 0, w - 1);
    y = wraps ? (y % h + h) % h : std::clamp(y, 0, h - 1);
    const float* c = image->values.data() + 4 * (std::size_t(y) * std::size_t(w) + std::size_t(x));
    return float4{c[0], c[1], c[2], c[3]};
  };
  const float x = u * float(image->width), y = v * float(image->height);
  float4 color;
  if (t.use_interpolation) {
    const float x0 = std::floor(x - 0.5f), y0 = std::floor(y - 0.5f), fx = x - 0.5f - x0,
                fy = y - 0.5f - y0;
    const auto within = [](float v) { return to_int(std::min(std::max(-1e9f, v), 1e9f)); };
    const int i = within(x0), j = within(y0);
    color = (pixel(i, j) * (1 - fx) + pixel(i + 1, j) * fx) * (1 - fy) +
            (pixel(i, j + 1) * (1 - fx) + pixel(i + 1, j + 1) * fx) * fy;
  } else {
    color = pixel(to_int(std::floor(x)), to_int(std::floor(y)));
  }
  result.color = xyz(color);
  result.alpha = t.use_calculate_alpha ? max_component(result.color) : t.use_alpha ? color.w : 1.0f;
  if (t.invert_alpha) {
    result.alpha = 1.0f - result.alpha;
  }
  result.intensity = result.value();
  return result;
}

/// Changes only how grey a colour is.
float3 saturated(float3 c, float saturation) {
  // In hue, saturation and value: the largest component stays, the others move toward or away from
  // it.
  const float largest = max_component(c), smallest = std::min(c.x, std::min(c.y, c.z));
  if (largest <= 0.0f || largest == smallest) {
    return c;
  }
  const float s = (largest - smallest) / largest;
  const float factor = s * saturation / s;
  return {largest - (largest - c.x) * factor, largest - (largest - c.y) * factor,
          largest - (largest - c.z) * factor};
}

}  // namespace

TextureSample sample(const Texture& t, float3 p, const ImagePixels* image, std::uint32_t seed) {
  TextureSample result;
  switch (t.kind) {
    case Texture::Type::None:
      return result;
    case Texture::Type::Clouds:
      result.intensity = clouds(t, p);
      if (t.cloud_type == Texture::CloudType::Color) {
        result.has_color = true;
        result.color = {result.intensity, clouds(t, {p.y, p.x, p.z}), clouds(t, {p.y, p.z, p.x})};
      }
      break;
    case Texture::Type::Wood:
      result.intensity = wood(t, p);
      break;
    case Texture::Type::Marble:
      result.intensity = marble(t, p);
      break;
    case Texture::Type::Magic:
      result.color = magic(t, p);
      result.has_color = true;
      result.intensity = result.value();
      break;
    case Texture::Type::Blend:
      result.intensity = blend(t, p);
      break;
    case Texture::Type::Stucci:
      // Neither brightness nor clamping apply to it.
      result.intensity = stucci(t, p);
      if (!t.use_color_ramp) {
        return result;
      }
      break;
    case Texture::Type::Noise:
      result.intensity = random_value(p, seed);
      break;
    case Texture::Type::Image:
      result = image_sample(t, p, image);
      break;
    case Texture::Type::Musgrave:
      result.intensity = musgrave(t, p);
      break;
    case Texture::Type::Voronoi:
      result = voronoi_cells(t, p);
      break;
    case Texture::Type::DistortedNoise:
      result.intensity = distorted_noise(p * (1.0f / t.noise_scale), t.distortion,
                                         basis_of(t.noise_distortion), basis_of(t.noise_basis));
      break;
  }

  // Brightness and contrast: of the colour where there is one, else of the intensity.
  if (t.use_color_ramp) {
    const float4 c = t.color_ramp.evaluate(result.intensity);
    result.color = xyz(c);
    result.alpha = c.w;
    result.has_color = true;
  }
  const auto adjusted = [&](float c, float factor) {
    const float value = factor * ((c - 0.5f) * t.contrast + t.intensity - 0.5f);
    return t.use_clamp ? std::max(value, 0.0f) : value;
  };
  if (result.has_color && !t.use_color_ramp) {
    result.color = {adjusted(result.color.x, t.factor_red),
                    adjusted(result.color.y, t.factor_green),
                    adjusted(result.color.z, t.factor_blue)};
    if (t.saturation != 1.0f) {
      result.color = saturated(result.color, t.saturation);
    }
  } else if (!result.has_color) {
    const float value = (result.intensity - 0.5f) * t.contrast + t.intensity - 0.5f;
    result.intensity = t.use_clamp ? std::clamp(value, 0.0f, 1.0f) : value;
  }
  return result;
}

void register_texture_functions(Registry& registry) {
  Function evaluate;
  evaluate.identifier = "evaluate";
  evaluate.description = "Evaluate the texture at the a given coordinate and returns the result";
  evaluate.parameters = {
      parameter(PropertyType::Float, "value", "",
                [](PropertyBuilder& p) { p.array(3).subtype(Subtype::Xyz).required(); }),
      parameter(PropertyType::Float, "result", "",
                [](PropertyBuilder& p) { p.array(4).subtype(Subtype::Xyz).output(); })};
  evaluate.call = [](const Call& call) -> Result<Value> {
    const Texture& texture = call.target.as<Texture>();
    const Value::Numbers& v = call.values[0].as_numbers();
    const float3 p = v.size() == 3 ? float3{float(v[0]), float(v[1]), float(v[2])} : float3{};
    const Image* image = call.document.find<Image>(texture.image.id);
    const auto pixels = image ? image_pixels(*image, &call.services) : nullptr;
    const TextureSample s = sample(texture, p, pixels.get());
    return Value(Value::Numbers{s.color.x, s.color.y, s.color.z, s.intensity});
  };
  registry.extend(Texture::schema(), std::move(evaluate));
}

}  // namespace kiln::modeling
