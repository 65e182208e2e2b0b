#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Moves a UV map as one object lies to another.
struct UVWarpModifier : ModifierType<UVWarpModifier> {
  enum class AxisU : std::uint8_t { X = 0, Y = 1, Z = 2 };
  enum class AxisV : std::uint8_t { X = 0, Y = 1, Z = 2 };

  AxisU axis_u = AxisU::X;
  AxisV axis_v = AxisV::Y;
  float2 center{0.5f, 0.5f};
  float2 offset{0, 0};
  float2 scale{1, 1};
  float rotation = 0;
  BlockRef<Object> object_from;
  std::string bone_from;
  BlockRef<Object> object_to;
  std::string bone_to;
  std::string vertex_group;
  bool invert_vertex_group = false;
  std::string uv_layer;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
