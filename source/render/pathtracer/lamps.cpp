#include "render/pathtracer/lamps.h"

#include "render/shading/sampling.h"

namespace kiln::render {
namespace {

constexpr float smallest_radius = 1e-6f;

float smoothstep(float t) {
  return t * t * (3.0f - 2.0f * t);
}

}  // namespace

LampModel::LampModel(const TraceLight& light)
    : source_(light), position_(translation(light.matrix)) {
  const float4x4& m = light.matrix;
  axis_ = normalize(-axis(m, 2));
  const float3 watts = light.power;
  switch (light.kind) {
    case TraceLight::Kind::Spot:
      cos_cone_ = std::cos(std::min(0.5f * light.spot_angle, 0.5f * pi));
      soft_ = (1.0f - cos_cone_) * light.spot_blend;
      to_local_ = transpose(rotation_part(m));
      // The scale of the lamp stretches its cone.
      for (int i = 0; i < 3; ++i) {
        to_local_[i] = to_local_[i] * (1.0f / std::max(length(axis(m, i)), 1e-10f));
      }
      [[fallthrough]];
    case TraceLight::Kind::Point:
      disk_radius_ = light.radius;
      is_delta_ = light.radius < smallest_radius;
      area_ = pi * square(light.radius);
      // A Lambertian ball of this power: radiance P / (4 pi^2 r^2), intensity P / (4 pi).
      radiance_ = watts * (is_delta_ ? 0.25f * inverse_pi : 0.25f * inverse_pi / area_);
      power_ = max_component(watts);
      if (light.kind == TraceLight::Kind::Spot) {
        power_ *= std::max(1.0f - cos_cone_, 0.01f);
      }
      reach_ = light.radius;
      break;
    case TraceLight::Kind::Sun: {
      disk_radius_ = std::tan(std::min(0.5f * light.angle, 0.4999f * pi));
      is_delta_ = disk_radius_ < smallest_radius;
      area_ = pi * square(disk_radius_);
      radiance_ = is_delta_ ? watts : watts * (1.0f / area_);
      power_ = max_component(watts);
      break;
    }
    case TraceLight::Kind::Area: {
      side_x_ = axis(m, 0) * (0.5f * light.size.x);
      side_y_ = axis(m, 1) * (0.5f * light.size.y);
      const float sides = 4.0f * length(cross(side_x_, side_y_));
      area_ = light.shape == TraceLight::Shape::Ellipse ? sides * 0.25f * pi : sides;
      area_ = std::max(area_, 1e-12f);
      radiance_ = watts * (0.25f / area_);
      const float half = 0.5f * light.spread;
      if (half < 0.5f * pi - 1e-4f) {
        // Emission falls off as tan(half) - tan(angle); the power stays: its hemisphere integral is
        // tan(half) - half.
        tan_spread_ = std::tan(std::max(half, 1e-3f));
        spread_scale_ = 1.0f / std::max(tan_spread_ - std::max(half, 1e-3f), 1e-9f);
      }
      power_ = max_component(watts);
      reach_ = length(side_x_) + length(side_y_);
      break;
    }
  }
}

float LampModel::spot_factor(float3 from_lamp) const {
  if (source_.kind != TraceLight::Kind::Spot) {
    return 1.0f;
  }
  const float c = -normalize(to_local_ * from_lamp).z;
  if (c <= cos_cone_) {
    return 0.0f;
  }
  const float t = c - cos_cone_;
  return t < soft_ ? c * smoothstep(t / soft_) : c;
}

float LampModel::spread_factor(float cos_angle) const {
  if (tan_spread_ == 0.0f) {
    return 1.0f;
  }
  const float tangent = safe_sqrt(1.0f / square(std::max(cos_angle, 1e-6f)) - 1.0f);
  return std::max((tan_spread_ - tangent) * spread_scale_, 0.0f);
}

LampSample LampModel::sample(float3 point, float2 random) const {
  LampSample sample;
  switch (source_.kind) {
    case TraceLight::Kind::Point:
    case TraceLight::Kind::Spot: {
      const float3 to_lamp = position_ - point;
      const float d = length(to_lamp);
      if (d <= 0.0f) {
        return sample;
      }
      const float3 facing = to_lamp * (1.0f / d);
      if (is_delta_) {
        sample.is_delta = true;
        sample.direction = facing;
        sample.distance = d;
        sample.radiance = radiance_ * (spot_factor(-facing) / square(d));
        sample.pdf = 1.0f;
        return sample;
      }
      float3 x, y;
      make_basis(facing, x, y);
      const float2 p = sample_disk(random);
      const float3 to_point = to_lamp + (x * p.x + y * p.y) * disk_radius_;
      sample.distance = length(to_point);
      sample.direction = to_point * (1.0f / sample.distance);
      sample.radiance = radiance_ * spot_factor(-sample.direction);
      sample.pdf =
          square(sample.distance) / (area_ * std::max(dot(sample.direction, facing), 1e-6f));
      return sample;
    }
    case TraceLight::Kind::Sun: {
      sample.direction = -axis_;
      sample.radiance = radiance_;
      sample.pdf = 1.0f;
      sample.is_delta = is_delta_;
      if (!is_delta_) {
        float3 x, y;
        make_basis(sample.direction, x, y);
        const float2 p = sample_disk(random);
        const float3 d = sample.direction + (x * p.x + y * p.y) * disk_radius_;
        const float l = length(d);
        sample.direction = d * (1.0f / l);
        // Every point of the disk gives the same irradiance across its own direction.
        sample.pdf = l * l * l / area_;
        sample.radiance = radiance_ * (l * l * l);
      }
      return sample;
    }
    case TraceLight::Kind::Area: {
      float2 p{2.0f * random.x - 1.0f, 2.0f * random.y - 1.0f};
      if (source_.shape == TraceLight::Shape::Ellipse) {
        p = sample_disk(random);
      }
      const float3 to_point = position_ + side_x_ * p.x + side_y_ * p.y - point;
      sample.distance = length(to_point);
      sample.direction = to_point * (1.0f / std::max(sample.distance, 1e-20f));
      const float c = -dot(sample.direction, axis_);
      if (c <= 0.0f) {
        sample.pdf = 0.0f;
        return sample;
      }
      sample.radiance = radiance_ * spread_factor(c);
      sample.pdf = is_black(sample.radiance) ? 0.0f : square(sample.distance) / (area_ * c);
      return sample;
    }
  }
  return sample;
}

std::optional<LampSample> LampModel::intersect(float3 origin, float3 direction,
                                               float length_limit) const {
  if (is_delta_) {
    return std::nullopt;
  }
  LampSample sample;
  sample.direction = direction;
  switch (source_.kind) {
    case TraceLight::Kind::Point:
    case TraceLight::Kind::Spot: {
      const float3 to_lamp = position_ - origin;
      const float d2 = dot(to_lamp, to_lamp);
      const float along = dot(to_lamp, direction);
      if (along <= 0.0f || d2 <= 0.0f) {
        return std::nullopt;
      }
      // The disk through the lamp's place, across the line to the origin.
      sample.distance = d2 / along;
      const float3 offset = direction * sample.distance - to_lamp;
      if (sample.distance >= length_limit || dot(offset, offset) > square(disk_radius_)) {
        return std::nullopt;
      }
      sample.radiance = radiance_ * spot_factor(-direction);
      sample.pdf = square(sample.distance) / (area_ * std::max(along / std::sqrt(d2), 1e-6f));
      return sample;
    }
    case TraceLight::Kind::Sun: {
      const float c = -dot(direction, axis_);
      if (length_limit < 1e29f || c <= 0.0f || 1.0f - c * c > square(disk_radius_ * c)) {
        return std::nullopt;
      }
      const float l = 1.0f / c;
      sample.pdf = l * l * l / area_;
      sample.radiance = radiance_ * (l * l * l);
      return sample;
    }
    case TraceLight::Kind::Area: {
      const float c = -dot(direction, axis_);
      if (c <= 0.0f) {
        return std::nullopt;
      }
      sample.distance = dot(position_ - origin, axis_) / dot(direction, axis_);
      if (sample.distance <= 0.0f || sample.distance >= length_limit) {
        return std::nullopt;
      }
      const float3 p = origin + direction * sample.distance - position_;
      const float3 n = cross(side_x_, side_y_);
      const float inverse_n2 = 1.0f / std::max(dot(n, n), 1e-30f);
      const float a = dot(cross(p, side_y_), n) * inverse_n2,
                  b = dot(cross(side_x_, p), n) * inverse_n2;
      const bool is_inside = source_.shape == TraceLight::Shape::Ellipse
                                 ? a * a + b * b <= 1.0f
                                 : std::abs(a) <= 1.0f && std::abs(b) <= 1.0f;
      if (!is_inside) {
        return std::nullopt;
      }
      sample.radiance = radiance_ * spread_factor(c);
      sample.pdf = square(sample.distance) / (area_ * c);
      return sample;
    }
  }
  return std::nullopt;
}

}  // namespace kiln::render
