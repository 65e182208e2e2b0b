#include "modeling/modifiers/array.h"

#include "core/tasks.h"
#include "modeling/join.h"
#include "modeling/merge.h"

namespace kiln::modeling {
namespace {

/// Most vertices an array may make; more are surely a slip of the finger.
constexpr std::int64_t max_vertices = 200'000'000;

/// Length of all edges, as that of a curve in world space.
float length_of_edges(const Mesh& mesh, const float4x4& world) {
  double sum = 0;
  for (const int2 e : mesh.edges()) {
    sum += length(transform_direction(
        world, mesh.positions()[std::size_t(e.x)] - mesh.positions()[std::size_t(e.y)]));
  }
  return float(sum);
}

void move_uvs(Mesh& mesh, float2 offset) {
  for (std::int64_t i = 0; i < mesh.attributes.items().size(); ++i) {
    if (mesh.attributes.items()[i].is_uv_map) {
      for (float2& uv :
           std::get<Array<float2>>(mesh.attributes.edit_items().edit(i).values).edit()) {
        uv += offset;
      }
    }
  }
}

/// Where each vertex of the second copy finds one of the first, moved by `step`; -1: nowhere.
std::vector<int> matches(std::span<const float3> first, std::span<const float3> second,
                         const float4x4& step, float threshold) {
  const PointGrid grid(first, threshold);
  std::vector<int> result(second.size());
  parallel_for(second.size(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    for (std::size_t v = begin; v < end; ++v) {
      result[v] = grid.nearest(transform_point(step, second[v]));
    }
  });
  return result;
}

bool is_rigid(const float4x4& m) {
  for (int i = 0; i < 3; ++i) {
    for (int j = i; j < 3; ++j) {
      if (std::abs(dot(axis(m, i), axis(m, j)) - (i == j ? 1.0f : 0.0f)) > 1e-5f) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

Mesh ArrayModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  if (mesh.vertex_count() == 0) {
    return mesh;
  }
  // The step from one copy to the next: a shift, then what the offset object adds.
  float4x4 step;
  float3 shift;
  if (use_constant_offset) {
    shift += constant_offset_displace;
  }
  if (use_relative_offset) {
    float3 low, high;
    mesh.bounds(&low, &high);
    shift += (high - low) * relative_offset_displace;
  }
  step = translation_matrix(shift);
  if (use_object_offset && offset_object) {
    step = step * (inverse(context.world_matrix()) * context.world_matrix(offset_object));
  }

  // How many copies.
  std::int64_t copies = count;
  float wanted = fit_length;
  if (fit_type == Fit::FitCurve && curve) {
    const std::shared_ptr<const Mesh> path = context.mesh_of(curve);
    wanted = path ? length_of_edges(*path, context.world_matrix(curve)) : 0.0f;
  }
  if (fit_type != Fit::FixedCount) {
    const float distance = length(translation(step));
    copies = distance > 1e-6f
                 ? std::int64_t(std::clamp((wanted + 1e-6) / double(distance), 0.0, 1e9)) + 1
                 : 1;
  }
  copies = std::max<std::int64_t>(copies, 1);
  if (copies * std::int64_t(mesh.vertex_count()) > max_vertices) {
    context.warn(fmt::format("{} copies would have more than {} vertices; fewer are made", copies,
                             max_vertices));
    copies = std::max<std::int64_t>(max_vertices / std::int64_t(mesh.vertex_count()), 1);
  }

  const std::shared_ptr<const Mesh> caps[2] = {start_cap ? context.mesh_of(start_cap) : nullptr,
                                               end_cap ? context.mesh_of(end_cap) : nullptr};
  const bool has_uv_offset = offset_u != 0.0f || offset_v != 0.0f;
  std::vector<Mesh> own;  // copies that differ in more than position, and caps in place
  own.reserve(std::size_t(has_uv_offset ? copies : 0) + 2);
  std::vector<const Mesh*> parts;
  std::vector<float4x4> matrices;
  float4x4 matrix;
  for (std::int64_t k = 0; k < copies; ++k) {
    if (has_uv_offset && k > 0) {
      own.push_back(mesh);
      move_uvs(own.back(), float2{offset_u, offset_v} * float(k));
      parts.push_back(&own.back());
    } else {
      parts.push_back(&mesh);
    }
    matrices.push_back(matrix);
    matrix = matrix * step;
  }
  for (int end = 0; end < 2; ++end) {
    if (caps[end] && caps[end]->vertex_count() > 0) {
      own.push_back(*caps[end]);
      parts.push_back(&own.back());
      matrices.push_back(end == 0 ? inverse(step) : matrix);
    }
  }

  Mesh result = join(parts);
  const std::size_t size = mesh.vertex_count();
  {
    const std::span<float3> positions = result.edit_positions();
    std::vector<std::size_t> starts{0};
    for (const Mesh* part : parts) {
      starts.push_back(starts.back() + part->vertex_count());
    }
    parallel_for(parts.size(), std::max<std::size_t>(1, (1 << 14) / size),
                 [&](std::size_t begin, std::size_t end) {
                   for (std::size_t p = begin; p < end; ++p) {
                     for (std::size_t v = starts[p]; v < starts[p + 1]; ++v) {
                       positions[v] = transform_point(matrices[p], positions[v]);
                     }
                   }
                 });
  }
  if (!use_merge_vertices) {
    return result;
  }

  // Each copy merges into the one before it; with a rigid step all pairs are alike.
  std::vector<int> targets(result.vertex_count(), -1);
  const std::span<const float3> base = mesh.positions();
  std::vector<int> match;
  for (std::int64_t k = 1; k < copies; ++k) {
    if (k == 1 || !is_rigid(step)) {
      const std::span<const float3> all = result.positions();
      match = is_rigid(step)
                  ? matches(base, base, step, merge_threshold)
                  : matches(all.subspan(std::size_t(k - 1) * size, size),
                            all.subspan(std::size_t(k) * size, size), float4x4(), merge_threshold);
    }
    for (std::size_t v = 0; v < size; ++v) {
      if (match[v] >= 0) {
        targets[std::size_t(k) * size + v] = int(std::size_t(k - 1) * size) + match[v];
      }
    }
  }
  const std::span<const float3> all = result.positions();
  const std::span<const float3> first = all.subspan(0, size);
  const std::span<const float3> last = all.subspan(std::size_t(copies - 1) * size, size);
  if (use_merge_vertices_cap && copies > 1) {
    match = matches(last, first, float4x4(), merge_threshold);
    for (std::size_t v = 0; v < size; ++v) {
      if (match[v] >= 0) {
        targets[v] = int(std::size_t(copies - 1) * size) + match[v];
      }
    }
  }
  std::size_t begin = std::size_t(copies) * size;
  for (int end = 0; end < 2; ++end) {
    if (caps[end] && caps[end]->vertex_count() > 0) {
      const std::size_t cap_size = caps[end]->vertex_count();
      match = matches(end == 0 ? first : last, all.subspan(begin, cap_size), float4x4(),
                      merge_threshold);
      for (std::size_t v = 0; v < cap_size; ++v) {
        if (match[v] >= 0) {
          targets[begin + v] = int(end == 0 ? 0 : std::size_t(copies - 1) * size) + match[v];
        }
      }
      begin += cap_size;
    }
  }
  return merge_vertices(result, targets);
}

const Schema& ArrayModifier::schema() {
  static const Schema schema = [] {
    using M = ArrayModifier;
    SchemaBuilder<M> s("ArrayModifier", "Array Modifier", &Modifier::schema());
    s.set_tag("ARRAY");
    add_setting<&M::fit_type>(s, "fit_type", "Fit Type")
        .items({{"FIXED_COUNT", "Fixed Count", 0},
                {"FIT_LENGTH", "Fit Length", 1},
                {"FIT_CURVE", "Fit Curve", 2}});
    add_setting<&M::count>(s, "count", "Count").range(1, infinity).soft(1, 1000);
    add_setting<&M::fit_length>(s, "fit_length", "Length")
        .subtype(Subtype::Distance)
        .range(0, 2147483647.0)
        .soft(0, 10000)
        .step(10, 2);
    add_target<&M::curve>(s, "curve", "Curve");
    add_setting<&M::use_constant_offset>(s, "use_constant_offset", "Constant Offset");
    add_setting<&M::constant_offset_displace>(s, "constant_offset_displace",
                                              "Constant Offset Displacement")
        .subtype(Subtype::Translation)
        .step(1, 5);
    add_setting<&M::use_relative_offset>(s, "use_relative_offset", "Relative Offset");
    add_setting<&M::relative_offset_displace>(s, "relative_offset_displace",
                                              "Relative Offset Displacement")
        .soft(-10000, 10000)
        .subtype(Subtype::Xyz);
    add_setting<&M::use_merge_vertices>(s, "use_merge_vertices", "Merge Vertices");
    add_setting<&M::use_merge_vertices_cap>(s, "use_merge_vertices_cap", "Merge End Vertices");
    add_setting<&M::merge_threshold>(s, "merge_threshold", "Merge Distance")
        .subtype(Subtype::Distance)
        .range(0, infinity)
        .soft(0, 1)
        .step(1, 4);
    add_setting<&M::use_object_offset>(s, "use_object_offset", "Object Offset");
    add_target<&M::offset_object>(s, "offset_object", "Object Offset");
    add_target<&M::start_cap>(s, "start_cap", "Start Cap");
    add_target<&M::end_cap>(s, "end_cap", "End Cap");
    add_setting<&M::offset_u>(s, "offset_u", "U Offset")
        .subtype(Subtype::Factor)
        .range(-1, 1)
        .step(2, 4);
    add_setting<&M::offset_v>(s, "offset_v", "V Offset")
        .subtype(Subtype::Factor)
        .range(-1, 1)
        .step(2, 4);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
