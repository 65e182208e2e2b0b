#include "document/texture_mapping.h"

#include <algorithm>
#include <cmath>

#include "core/schema/registry.h"

namespace kiln {

bool TexMapping::is_identity() const {
  const bool keeps_scale = vector_type == TexMappingType::Normal || scale == float3{1, 1, 1};
  return mapping_x == TexMappingAxis::X && mapping_y == TexMappingAxis::Y &&
         mapping_z == TexMappingAxis::Z && keeps_scale && translation == float3{} &&
         rotation == float3{} && !use_min && !use_max && vector_type != TexMappingType::Normal;
}

float3 TexMapping::apply(float3 v) const {
  const auto chosen = [&](TexMappingAxis axis) {
    return axis == TexMappingAxis::None ? 0.0f : v[int(axis) - 1];
  };
  const auto divide = [](float3 a, float3 b) {
    return float3{b.x != 0.0f ? a.x / b.x : 0.0f, b.y != 0.0f ? a.y / b.y : 0.0f,
                  b.z != 0.0f ? a.z / b.z : 0.0f};
  };
  const float3x3 turn = euler_to_matrix(rotation);
  float3 p{chosen(mapping_x), chosen(mapping_y), chosen(mapping_z)};
  switch (vector_type) {
    case TexMappingType::Point:
      p = turn * (p * scale) + translation;
      break;
    case TexMappingType::Texture:
      p = divide(transpose(turn) * (p - translation), scale);
      break;
    case TexMappingType::Vector:
      p = turn * (p * scale);
      break;
    case TexMappingType::Normal:
      p = normalize(turn * divide(p, scale));
      break;
  }
  if (use_min) {
    p = kiln::max(p, min);
  }
  if (use_max) {
    p = kiln::min(p, max);
  }
  return p;
}

int ImageUser::file_number(float frame) const {
  const int count = std::max(frame_duration, 1);
  int at = int(std::floor(frame)) - frame_start;
  at = use_cyclic ? ((at % count) + count) % count : std::clamp(at, 0, count - 1);
  return at + 1 + frame_offset;
}

const Schema& TexMapping::schema() {
  static const Schema schema = [] {
    SchemaBuilder<TexMapping> s("TexMapping", "Texture Mapping");
    const std::vector<EnumItem> axes{
        {"NONE", "None", 0}, {"X", "X", 1}, {"Y", "Y", 2}, {"Z", "Z", 3}};
    s.add<&TexMapping::vector_type>("vector_type", "Type")
        .items({{"POINT", "Point", 0},
                {"TEXTURE", "Texture", 1},
                {"VECTOR", "Vector", 2},
                {"NORMAL", "Normal", 3}})
        .changes(Change::Shading);
    s.add<&TexMapping::translation>("translation", "Location")
        .subtype(Subtype::Translation)
        .step(1, 5)
        .changes(Change::Shading);
    s.add<&TexMapping::rotation>("rotation", "Rotation")
        .subtype(Subtype::Euler)
        .soft(-10000, 10000)
        .changes(Change::Shading);
    const auto vector = [](PropertyBuilder p) {
      p.subtype(Subtype::Xyz).soft(-10000, 10000).changes(Change::Shading);
    };
    vector(s.add<&TexMapping::scale>("scale", "Scale").default_value(Value::Numbers{0, 0, 0}));
    vector(s.add<&TexMapping::min>("min", "Minimum"));
    vector(s.add<&TexMapping::max>("max", "Maximum").default_value(Value::Numbers{0, 0, 0}));
    s.add<&TexMapping::use_min>("use_min", "Has Minimum").changes(Change::Shading);
    s.add<&TexMapping::use_max>("use_max", "Has Maximum").changes(Change::Shading);
    s.add<&TexMapping::mapping_x>("mapping_x", "X Mapping")
        .items(axes)
        .default_value("NONE")
        .changes(Change::Shading);
    s.add<&TexMapping::mapping_y>("mapping_y", "Y Mapping")
        .items(axes)
        .default_value("NONE")
        .changes(Change::Shading);
    s.add<&TexMapping::mapping_z>("mapping_z", "Z Mapping")
        .items(axes)
        .default_value("NONE")
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& ImageUser::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ImageUser> s("ImageUser", "Image User");
    s.add<&ImageUser::use_auto_refresh>("use_auto_refresh", "Auto Refresh")
        .not_animatable()
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::frame_current>("frame_current", "Current Frame")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574)
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::use_cyclic>("use_cyclic", "Cyclic")
        .not_animatable()
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::frame_duration>("frame_duration", "Frames")
        .range(0, 1048574)
        .not_animatable()
        .overridable()
        .default_value(0)
        .changes(Change::Shading);
    s.add<&ImageUser::frame_offset>("frame_offset", "Offset")
        .soft(-10000, 10000)
        .overridable()
        .changes(Change::Shading);
    s.add<&ImageUser::frame_start>("frame_start", "Start Frame")
        .subtype(Subtype::Time)
        .range(-1048574, 1048574)
        .not_animatable()
        .overridable()
        .default_value(0)
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

void register_texture_mapping(Registry& registry) {
  registry.add(TexMapping::schema());
  registry.add(ImageUser::schema());
}

}  // namespace kiln
