#include "render/raster/surface_color.h"

#include <algorithm>
#include <cmath>

#include "document/material.h"

namespace kiln::render::raster {
namespace {

float to_srgb(float v) {
  return v <= 0.0031308f ? 12.92f * std::max(v, 0.0f) : 1.055f * std::pow(v, 1.0f / 2.4f) - 0.055f;
}

float4 opaque(float3 c) {
  return {c.x, c.y, c.z, 1.0f};
}

}  // namespace

std::uint32_t pack_color(float4 c) {
  const auto part = [](float v) {
    return std::uint32_t(std::clamp(v, 0.0f, 1.0f) * 255.0f + 0.5f);
  };
  return part(c.x) | part(c.y) << 8 | part(c.z) << 16 | part(c.w) << 24;
}

float3 to_display(float3 linear) {
  return {to_srgb(linear.x), to_srgb(linear.y), to_srgb(linear.z)};
}

float3 random_color(const std::string& name, float saturation, float value) {
  // FNV-1a; its upper bits make the hue.
  std::uint32_t hash = 2166136261u;
  for (const char c : name) {
    hash = (hash ^ std::uint8_t(c)) * 16777619u;
  }
  const float hue = float((hash * 2654435769u) >> 8) / float(1 << 24) * 6.0f;
  const auto channel = [&](float offset) {
    const float k = std::fmod(offset + hue, 6.0f);
    return value - value * saturation * std::clamp(std::min(k, 4.0f - k), 0.0f, 1.0f);
  };
  return {channel(5.0f), channel(3.0f), channel(1.0f)};
}

BlockId shown_material(const Document& document, const Object& object, int slot) {
  return slot_material(document, object,
                       std::min(slot, std::max(0, slot_count(document, object) - 1)))
      .id;
}

std::uint32_t surface_color(const Document& document, const Object& object, int slot,
                            const View3DShading& shading) {
  switch (shading.color_type) {
    case ViewColorType::Single:
      return pack_color(opaque(to_display(shading.single_color)));
    case ViewColorType::Object: {
      const float3 shown = to_display({object.color.x, object.color.y, object.color.z});
      return pack_color(
          {shown.x, shown.y, shown.z, has_own_alpha(object, shading) ? object.color.w : 1.0f});
    }
    case ViewColorType::Random:
      return pack_color(opaque(random_color(object.name, 0.5f, 0.9f)));
    case ViewColorType::Material:
    case ViewColorType::Texture:
    case ViewColorType::Vertex:
      break;
  }
  const Material* material = document.find<Material>(shown_material(document, object, slot));
  const float4 c = material ? material->diffuse_color : float4{0.8f, 0.8f, 0.8f, 1.0f};
  return pack_color(opaque(to_display({c.x, c.y, c.z})));
}

bool has_own_alpha(const Object& object, const View3DShading& shading) {
  return object.show_transparent && object.color.w < 1.0f &&
         shading.type == ViewShadingType::Solid && shading.color_type == ViewColorType::Object;
}

std::uint32_t wire_color(const Object& object, const View3DShading& shading, float4 theme) {
  switch (shading.wireframe_color_type) {
    case ViewColorType::Object:
      return pack_color(opaque(to_display({object.color.x, object.color.y, object.color.z})));
    case ViewColorType::Random:
      return pack_color(opaque(random_color(object.name, 0.6f, 0.85f)));
    default:
      return pack_color(theme);
  }
}

}  // namespace kiln::render::raster
