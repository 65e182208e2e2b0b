#include "modeling/modifiers/data_transfer.h"

#include <functional>

#include "modeling/modifiers/weight_mask.h"
#include "modeling/surface_map.h"

namespace kiln::modeling {
namespace {

using Mode = DataTransferModifier::MixMode;

float mixed(Mode mode, float old, float value, float factor) {
  switch (mode) {
    case Mode::Replace:
    case Mode::Mix:
      break;
    case Mode::AboveThreshold:
      return old >= factor ? value : old;
    case Mode::BelowThreshold:
      return old <= factor ? value : old;
    case Mode::Add:
      value = old + value;
      break;
    case Mode::Sub:
      value = old - value;
      break;
    case Mode::Mul:
      value = old * value;
      break;
  }
  return lerp(old, value, factor);
}

/// How much of the result counts at an element: the factor times the weights of its vertices.
struct Influence {
  Mode mode;
  float factor;
  std::vector<float> weights;

  float operator()(int vertex) const {
    return factor * (weights.empty() ? 1.0f : weights[std::size_t(vertex)]);
  }
};

bool has_sources(const Mixture& m, std::size_t i) {
  return m.offsets[i + 1] > m.offsets[i];
}

/// A number per vertex or edge that other elements have too.
void transfer_numbers(const Mesh& source, Mesh& mesh, const char* name, Domain domain,
                      const Mixture& map, const Influence& influence,
                      const std::function<int(std::size_t)>& vertex_of) {
  const Array<float>* from = source.attributes.find<float>(name, domain);
  const Array<float>* present = mesh.attributes.find<float>(name, domain);
  // Nothing is made that the mesh has not.
  if (!present) {
    return;
  }
  const Array<float> values = from ? mix(*from, map) : Array<float>(mesh.domain_size(domain), 0.0f);
  const std::span<float> out =
      mesh.attributes.ensure<float>(name, domain, mesh.domain_size(domain)).edit();
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (has_sources(map, i)) {
      out[i] =
          std::clamp(mixed(influence.mode, out[i], values[i], influence(vertex_of(i))), 0.0f, 1.0f);
    }
  }
}

void transfer_flags(const Mesh& source, Mesh& mesh, const char* name, Domain domain,
                    const Mixture& map, const Influence& influence,
                    const std::function<int(std::size_t)>& vertex_of) {
  const Array<std::uint8_t>* from = source.attributes.find<std::uint8_t>(name, domain);
  const std::span<std::uint8_t> out =
      mesh.attributes.ensure<std::uint8_t>(name, domain, mesh.domain_size(domain)).edit();
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!has_sources(map, i)) {
      continue;
    }
    float value = 0;
    for (int k = map.offsets[i]; k < map.offsets[i + 1]; ++k) {
      value += from && (*from)[std::size_t(map.sources[std::size_t(k)])]
                   ? map.weights[std::size_t(k)]
                   : 0.0f;
    }
    const float old = out[i] ? 1.0f : 0.0f;
    out[i] = mixed(influence.mode, old, value > 0.5f ? 1.0f : 0.0f, influence(vertex_of(i))) > 0.5f;
  }
}

/// Pairs of source and destination layers.
template <typename Names>
std::vector<std::pair<int, int>> pair_layers(DataTransferModifier::LayersSource from,
                                             DataTransferModifier::LayersDestination to,
                                             const Names& source_names, int source_active,
                                             const Names& names, int active) {
  using From = DataTransferModifier::LayersSource;
  using To = DataTransferModifier::LayersDestination;
  std::vector<std::pair<int, int>> pairs;
  for (int s = 0; s < int(source_names.size()); ++s) {
    if (from == From::Active && s != source_active) {
      continue;
    }
    int d = -1;
    if (to == To::Active) {
      d = from == From::Active ? active : -1;
    } else if (to == To::Index) {
      d = s < int(names.size()) ? s : -1;
    } else {
      const auto found = std::find(names.begin(), names.end(), source_names[std::size_t(s)]);
      d = found == names.end() ? -1 : int(found - names.begin());
    }
    if (d >= 0) {
      pairs.push_back({s, d});
    }
  }
  return pairs;
}

std::vector<std::string> group_names(const Mesh& mesh) {
  std::vector<std::string> names;
  for (const VertexGroup& g : mesh.vertex_groups) {
    names.push_back(g.name);
  }
  return names;
}

std::vector<std::string> uv_names(const Mesh& mesh) {
  std::vector<std::string> names;
  for (const Attribute& a : mesh.attributes.items()) {
    if (a.is_uv_map) {
      names.push_back(a.name);
    }
  }
  return names;
}

void transfer_groups(const Mesh& source, Mesh& mesh, const DataTransferModifier& settings,
                     const Mixture& map, const Influence& influence) {
  const int count = int(mesh.vertex_count());
  for (const auto& [from, to] :
       pair_layers(settings.layers_vgroup_select_src, settings.layers_vgroup_select_dst,
                   group_names(source), source.active_vertex_group, group_names(mesh),
                   mesh.active_vertex_group)) {
    const std::vector<float> given = source.weights.group_weights(from, int(source.vertex_count()));
    const std::vector<float> old = mesh.weights.group_weights(to, count);
    const std::vector<std::uint8_t> in_source = group_members(source, from);
    std::vector<std::uint8_t> is_member = group_members(mesh, to);
    std::vector<float> weights = old;
    for (std::size_t v = 0; v < weights.size(); ++v) {
      if (!has_sources(map, v)) {
        continue;
      }
      float value = 0;
      bool has_any = false;
      for (int k = map.offsets[v]; k < map.offsets[v + 1]; ++k) {
        const std::size_t s = std::size_t(map.sources[std::size_t(k)]);
        value += given[s] * map.weights[std::size_t(k)];
        has_any |= in_source[s] != 0;
      }
      if (!has_any && !is_member[v]) {
        continue;
      }
      weights[v] = mixed(influence.mode, old[v], value, influence(int(v)));
      is_member[v] = 1;
    }
    set_group_weights(mesh, to, weights, is_member);
  }
}

void transfer_uvs(const Mesh& source, Mesh& mesh, const DataTransferModifier& settings,
                  const Mixture& map, const Influence& influence) {
  const std::vector<std::string> from_names = uv_names(source), names = uv_names(mesh);
  const auto index = [](const std::vector<std::string>& list, const Mesh& m) {
    const Attribute* active = m.uv_map();
    return active ? int(std::find(list.begin(), list.end(), active->name) - list.begin()) : -1;
  };
  for (const auto& [from, to] :
       pair_layers(settings.layers_uv_select_src, settings.layers_uv_select_dst, from_names,
                   index(from_names, source), names, index(names, mesh))) {
    const Array<float2> given =
        mix(*source.attributes.find<float2>(from_names[std::size_t(from)], Domain::Corner), map);
    const std::span<float2> uvs =
        mesh.attributes.ensure<float2>(names[std::size_t(to)], Domain::Corner, mesh.corner_count())
            .edit();
    for (std::size_t c = 0; c < uvs.size(); ++c) {
      if (has_sources(map, c)) {
        const float amount = influence(mesh.corner_vertices()[c]);
        uvs[c] = {mixed(influence.mode, uvs[c].x, given[c].x, amount),
                  mixed(influence.mode, uvs[c].y, given[c].y, amount)};
      }
    }
  }
}

}  // namespace

Mesh DataTransferModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const std::shared_ptr<const Mesh> shown = object ? context.mesh_of(object) : nullptr;
  if (!shown || mesh.vertex_count() == 0 || shown->vertex_count() == 0) {
    return mesh;
  }
  const Mesh& source = *shown;
  // Everything happens in the space of the source.
  float4x4 to_source;
  if (use_object_transform) {
    to_source = inverse(context.world_matrix(object)) * context.world_matrix();
  }
  const float4x4 from_source = inverse(to_source);
  std::vector<float3> positions(mesh.positions().begin(), mesh.positions().end());
  for (float3& p : positions) {
    p = transform_point(to_source, p);
  }
  const auto turned = [&](std::span<const float3> normals) {
    std::vector<float3> result(normals.begin(), normals.end());
    for (float3& n : result) {
      n = normalize(transform_normal(from_source, n));
    }
    return result;
  };
  const float reach = use_max_distance ? max_distance : 1e18f;
  const Influence influence{mix_mode, mix_factor,
                            group_weights(mesh, vertex_group, invert_vertex_group)};
  Mesh result = mesh;

  if (use_vert_data && int(data_types_verts) != 0) {
    const VertexMap map = [&] {
      switch (vert_mapping) {
        case VertMapping::Topology:
          return VertexMap::Topology;
        case VertMapping::Nearest:
          return VertexMap::Nearest;
        case VertMapping::EdgeNearest:
          return VertexMap::EdgeNearest;
        case VertMapping::EdgeinterpNearest:
          return VertexMap::EdgeInterpolated;
        case VertMapping::PolyNearest:
          return VertexMap::FaceNearest;
        case VertMapping::PolyinterpNearest:
          return VertexMap::FaceInterpolated;
        case VertMapping::PolyinterpVnorproj:
          return VertexMap::AlongNormal;
      }
      return VertexMap::Nearest;
    }();
    const Mixture from = map_vertices(source, map, positions, turned(mesh.vertex_normals()), reach);
    if (has_flag(data_types_verts, DataTypesVerts::VgroupWeights)) {
      transfer_groups(source, result, *this, from, influence);
    }
    if (has_flag(data_types_verts, DataTypesVerts::BevelWeightVert)) {
      transfer_numbers(source, result, ".bevel_vert", Domain::Point, from, influence,
                       [](std::size_t v) { return int(v); });
    }
  }
  if (use_edge_data && int(data_types_edges) != 0 && mesh.edge_count() > 0) {
    const EdgeMap map = edge_mapping == EdgeMapping::Topology      ? EdgeMap::Topology
                        : edge_mapping == EdgeMapping::VertNearest ? EdgeMap::VertexNearest
                        : edge_mapping == EdgeMapping::Nearest     ? EdgeMap::Nearest
                                                                   : EdgeMap::FaceNearest;
    const Mixture from = map_edges(source, map, positions, mesh.edges(), reach);
    const auto vertex_of = [&](std::size_t e) { return mesh.edges()[e].x; };
    const std::pair<DataTypesEdges, const char*> flags[] = {
        {DataTypesEdges::SharpEdge, ".sharp"},
        {DataTypesEdges::Seam, ".seam"},
        {DataTypesEdges::FreestyleEdge, ".freestyle_edge"}};
    for (const auto& [type, name] : flags) {
      if (has_flag(data_types_edges, type)) {
        transfer_flags(source, result, name, Domain::Edge, from, influence, vertex_of);
      }
    }
    const std::pair<DataTypesEdges, const char*> numbers[] = {
        {DataTypesEdges::Crease, ".crease_edge"}, {DataTypesEdges::BevelWeightEdge, ".bevel_edge"}};
    for (const auto& [type, name] : numbers) {
      if (has_flag(data_types_edges, type)) {
        transfer_numbers(source, result, name, Domain::Edge, from, influence, vertex_of);
      }
    }
  }
  if (use_loop_data && int(data_types_loops) != 0 && mesh.face_count() > 0) {
    const CornerMap map = loop_mapping == LoopMapping::Topology        ? CornerMap::Topology
                          : loop_mapping == LoopMapping::NearestNormal ? CornerMap::NearestNormal
                          : loop_mapping == LoopMapping::NearestPolynor
                              ? CornerMap::NearestFaceNormal
                          : loop_mapping == LoopMapping::NearestPoly ? CornerMap::NearestFace
                                                                     : CornerMap::FaceInterpolated;
    const Array<float3> normals = mesh.corner_normals();
    const Mixture from = map_corners(source, mesh, map, positions, turned(mesh.face_normals()),
                                     turned(normals), reach);
    if (has_flag(data_types_loops, DataTypesLoops::Uv)) {
      transfer_uvs(source, result, *this, from, influence);
    }
    if (has_flag(data_types_loops, DataTypesLoops::CustomNormal)) {
      const Array<float3> given = mix(source.corner_normals(), from);
      Array<float3> custom = normals;
      const std::span<float3> out = custom.edit();
      for (std::size_t c = 0; c < out.size(); ++c) {
        if (has_sources(from, c)) {
          const float3 n = normalize(transform_normal(to_source, given[c]));
          const float amount = influence(mesh.corner_vertices()[c]);
          out[c] = normalize(float3{mixed(mix_mode, out[c].x, n.x, amount),
                                    mixed(mix_mode, out[c].y, n.y, amount),
                                    mixed(mix_mode, out[c].z, n.z, amount)});
        }
      }
      result.set_custom_normals(std::move(custom));
    }
  }
  if (use_poly_data && int(data_types_polys) != 0 && mesh.face_count() > 0) {
    std::vector<float3> centers(mesh.face_count());
    for (std::size_t f = 0; f < centers.size(); ++f) {
      centers[f] = transform_point(to_source, mesh.face_center(f));
    }
    const FaceMap map = poly_mapping == PolyMapping::Topology  ? FaceMap::Topology
                        : poly_mapping == PolyMapping::Nearest ? FaceMap::Nearest
                                                               : FaceMap::Normal;
    const Mixture from = map_faces(source, map, centers, turned(mesh.face_normals()), reach);
    const auto vertex_of = [&](std::size_t f) {
      return mesh.face_size(f) > 0 ? mesh.face_vertices(f)[0] : 0;
    };
    if (has_flag(data_types_polys, DataTypesPolys::Smooth)) {
      transfer_flags(source, result, ".smooth", Domain::Face, from, influence, vertex_of);
    }
    if (has_flag(data_types_polys, DataTypesPolys::FreestyleFace)) {
      transfer_flags(source, result, ".freestyle_face", Domain::Face, from, influence, vertex_of);
    }
  }
  return result;
}

const Schema& DataTransferModifier::schema() {
  static const Schema schema = [] {
    using M = DataTransferModifier;
    SchemaBuilder<M> s("DataTransferModifier", "Data Transfer Modifier", &Modifier::schema());
    s.set_tag("DATA_TRANSFER");
    add_target<&M::object>(s, "object", "Source Object");
    add_setting<&M::use_object_transform>(s, "use_object_transform", "Object Transform");
    add_setting<&M::use_vert_data>(s, "use_vert_data", "Vertex Data");
    add_setting<&M::use_edge_data>(s, "use_edge_data", "Edge Data");
    add_setting<&M::use_loop_data>(s, "use_loop_data", "Face Corner Data");
    add_setting<&M::use_poly_data>(s, "use_poly_data", "Face Data");
    add_setting<&M::data_types_verts>(s, "data_types_verts", "Vertex Data Types")
        .items({{"VGROUP_WEIGHTS", "Vertex Groups", 1}, {"BEVEL_WEIGHT_VERT", "Bevel Weight", 8}})
        .enum_flag()
        .default_value(Value::List{Value("VGROUP_WEIGHTS")});
    add_setting<&M::data_types_edges>(s, "data_types_edges", "Edge Data Types")
        .items({{"SHARP_EDGE", "Sharp", 256},
                {"SEAM", "UV Seam", 512},
                {"CREASE", "Crease", 1024},
                {"BEVEL_WEIGHT_EDGE", "Bevel Weight", 2048},
                {"FREESTYLE_EDGE", "Freestyle", 4096}})
        .enum_flag()
        .default_value(Value::List{Value("SHARP_EDGE")});
    add_setting<&M::data_types_loops>(s, "data_types_loops", "Face Corner Data Types")
        .items({{"CUSTOM_NORMAL", "Custom Normals", 131072}, {"UV", "UVs", 16777216}})
        .enum_flag()
        .default_value(Value::List{Value("CUSTOM_NORMAL")});
    add_setting<&M::data_types_polys>(s, "data_types_polys", "Poly Data Types")
        .items({{"SMOOTH", "Smooth", 33554432}, {"FREESTYLE_FACE", "Freestyle Mark", 67108864}})
        .enum_flag()
        .default_value(Value::List{Value("SMOOTH")});
    add_setting<&M::vert_mapping>(s, "vert_mapping", "Vertex Mapping")
        .items({{"TOPOLOGY", "Topology", 251658240},
                {"NEAREST", "Nearest Vertex", 16777488},
                {"EDGE_NEAREST", "Nearest Edge Vertex", 16777504},
                {"EDGEINTERP_NEAREST", "Nearest Edge Interpolated", 16778528},
                {"POLY_NEAREST", "Nearest Face Vertex", 16777600},
                {"POLYINTERP_NEAREST", "Nearest Face Interpolated", 16778624},
                {"POLYINTERP_VNORPROJ", "Projected Face Interpolated", 16778880}});
    add_setting<&M::edge_mapping>(s, "edge_mapping", "Edge Mapping")
        .items({{"TOPOLOGY", "Topology", 251658240},
                {"VERT_NEAREST", "Nearest Vertices", 33554704},
                {"NEAREST", "Nearest Edge", 33554720},
                {"POLY_NEAREST", "Nearest Face Edge", 33554816}});
    add_setting<&M::loop_mapping>(s, "loop_mapping", "Face Corner Mapping")
        .items({{"TOPOLOGY", "Topology", 251658240},
                {"NEAREST_NORMAL", "Nearest Corner and Best Matching Normal", 67111248},
                {"NEAREST_POLYNOR", "Nearest Corner and Best Matching Face Normal", 67111312},
                {"NEAREST_POLY", "Nearest Corner of Nearest Face", 67109248},
                {"POLYINTERP_NEAREST", "Nearest Face Interpolated", 67110272}});
    add_setting<&M::poly_mapping>(s, "poly_mapping", "Face Mapping")
        .items({{"TOPOLOGY", "Topology", 251658240},
                {"NEAREST", "Nearest Face", 134218112},
                {"NORMAL", "Best Normal-Matching", 134219904}});
    add_setting<&M::use_max_distance>(s, "use_max_distance", "Only Neighbor Geometry");
    add_setting<&M::max_distance>(s, "max_distance", "Max Distance")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 100)
        .step(1);
    add_setting<&M::layers_vgroup_select_src>(s, "layers_vgroup_select_src",
                                              "Source Layers Selection")
        .items({{"ACTIVE", "Active Layer", -1}, {"ALL", "All Layers", -2}});
    add_setting<&M::layers_uv_select_src>(s, "layers_uv_select_src", "Source Layers Selection")
        .items({{"ACTIVE", "Active Layer", -1}, {"ALL", "All Layers", -2}});
    add_setting<&M::layers_vgroup_select_dst>(s, "layers_vgroup_select_dst",
                                              "Destination Layers Matching")
        .items(
            {{"ACTIVE", "Active Layer", -1}, {"NAME", "By Name", -2}, {"INDEX", "By Order", -3}});
    add_setting<&M::layers_uv_select_dst>(s, "layers_uv_select_dst", "Destination Layers Matching")
        .items(
            {{"ACTIVE", "Active Layer", -1}, {"NAME", "By Name", -2}, {"INDEX", "By Order", -3}});
    add_setting<&M::mix_mode>(s, "mix_mode", "Mix Mode")
        .items({{"REPLACE", "Replace", 0},
                {"ABOVE_THRESHOLD", "Above Threshold", 1},
                {"BELOW_THRESHOLD", "Below Threshold", 2},
                {"MIX", "Mix", 16},
                {"ADD", "Add", 17},
                {"SUB", "Subtract", 18},
                {"MUL", "Multiply", 19}});
    add_setting<&M::mix_factor>(s, "mix_factor", "Mix Factor")
        .default_value(0.0)
        .subtype(Subtype::Factor)
        .range(0, 1)
        .step(1);
    add_name<&M::vertex_group>(s, "vertex_group", "Vertex Group");
    add_setting<&M::invert_vertex_group>(s, "invert_vertex_group", "Invert");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
