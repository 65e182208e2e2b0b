#pragma once

#include "document/data_block.h"

namespace kiln {

class NodeTree;

enum class WorldMistSettingsFalloff : std::uint8_t {
  Quadratic = 0,
  Linear = 1,
  InverseQuadratic = 2
};
enum class CyclesWorldSettingsSamplingMethod : std::uint8_t { None = 0, Automatic = 1, Manual = 2 };

struct WorldMistSettings {
  float start = 5.0f;
  float depth = 25.0f;
  WorldMistSettingsFalloff falloff = WorldMistSettingsFalloff::Quadratic;
  static const Schema& schema();
};

/// How far the ambient occlusion pass and fast global illumination look around.
struct WorldLighting {
  float ao_factor = 1.0f;  ///< on the light of fast global illumination
  float distance = 10.0f;  ///< surfaces farther away do not occlude
  static const Schema& schema();
};

struct CyclesWorldSettings {
  CyclesWorldSettingsSamplingMethod sampling_method = CyclesWorldSettingsSamplingMethod::Automatic;
  int sample_map_resolution = 1024;
  int max_bounces = 1024;
  static const Schema& schema();
};

/// Kinds of rays that see the background.
struct CyclesVisibilitySettings {
  bool camera = true;
  bool diffuse = true;
  bool glossy = true;
  bool transmission = true;
  bool shadow = true;
  bool scatter = true;
  static const Schema& schema();
};

/// The background of a scene. Without nodes it has one color, scene-linear.
struct World : Block<World, BlockType::World> {
  float3 color{0.05f, 0.05f, 0.05f};
  WorldMistSettings mist_settings;
  WorldLighting light_settings;
  bool use_nodes = false;
  BlockRef<NodeTree> node_tree;  ///< embedded; made when `use_nodes` is first switched on
  CyclesWorldSettings cycles;
  CyclesVisibilitySettings cycles_visibility;
  std::string lightgroup;  ///< that its light counts to
  static const Schema& schema();
};

}  // namespace kiln
