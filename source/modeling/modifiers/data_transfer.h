#pragma once

#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

/// Takes values over from another mesh, from where it is near.
struct DataTransferModifier : ModifierType<DataTransferModifier> {
  enum class DataTypesVerts : std::int32_t { VgroupWeights = 1, BevelWeightVert = 8 };  ///< flags
  enum class DataTypesEdges : std::int32_t {
    SharpEdge = 256,
    Seam = 512,
    Crease = 1024,
    BevelWeightEdge = 2048,
    FreestyleEdge = 4096
  };                                                                                  ///< flags
  enum class DataTypesLoops : std::int32_t { CustomNormal = 131072, Uv = 16777216 };  ///< flags
  enum class DataTypesPolys : std::int32_t {
    Smooth = 33554432,
    FreestyleFace = 67108864
  };  ///< flags
  enum class VertMapping : std::int32_t {
    Topology = 251658240,
    Nearest = 16777488,
    EdgeNearest = 16777504,
    EdgeinterpNearest = 16778528,
    PolyNearest = 16777600,
    PolyinterpNearest = 16778624,
    PolyinterpVnorproj = 16778880
  };
  enum class EdgeMapping : std::int32_t {
    Topology = 251658240,
    VertNearest = 33554704,
    Nearest = 33554720,
    PolyNearest = 33554816
  };
  enum class LoopMapping : std::int32_t {
    Topology = 251658240,
    NearestNormal = 67111248,
    NearestPolynor = 67111312,
    NearestPoly = 67109248,
    PolyinterpNearest = 67110272
  };
  enum class PolyMapping : std::int32_t {
    Topology = 251658240,
    Nearest = 134218112,
    Normal = 134219904
  };
  enum class LayersSource : std::int32_t { Active = -1, All = -2 };
  enum class LayersDestination : std::int32_t { Active = -1, Name = -2, Index = -3 };
  enum class MixMode : std::uint8_t {
    Replace = 0,
    AboveThreshold = 1,
    BelowThreshold = 2,
    Mix = 16,
    Add = 17,
    Sub = 18,
    Mul = 19
  };

  BlockRef<Object> object;
  bool use_object_transform = true;
  bool use_vert_data = false;
  bool use_edge_data = false;
  bool use_loop_data = false;
  bool use_poly_data = false;
  DataTypesVerts data_types_verts = DataTypesVerts(0);
  DataTypesEdges data_types_edges = DataTypesEdges(0);
  DataTypesLoops data_types_loops = DataTypesLoops(0);
  DataTypesPolys data_types_polys = DataTypesPolys(0);
  VertMapping vert_mapping = VertMapping::Nearest;
  EdgeMapping edge_mapping = EdgeMapping::Nearest;
  LoopMapping loop_mapping = LoopMapping::NearestPolynor;
  PolyMapping poly_mapping = PolyMapping::Nearest;
  bool use_max_distance = false;
  float max_distance = 1;
  LayersSource layers_vgroup_select_src = LayersSource::All;
  LayersSource layers_uv_select_src = LayersSource::All;
  LayersDestination layers_vgroup_select_dst = LayersDestination::Name;
  LayersDestination layers_uv_select_dst = LayersDestination::Name;
  MixMode mix_mode = MixMode::Replace;
  float mix_factor = 1;
  std::string vertex_group;
  bool invert_vertex_group = false;

  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
