#include "modeling/modifiers/mirror.h"

#include "core/tasks.h"
#include "modeling/bisect.h"
#include "modeling/join.h"
#include "modeling/merge.h"
#include "modeling/side_names.h"

namespace kiln::modeling {
namespace {

void swap_sides(Mesh& image) {
  std::vector<int> other(std::size_t(image.vertex_groups.size()));
  for (std::size_t g = 0; g < other.size(); ++g) {
    const std::string flipped = flip_side(image.vertex_groups[std::int64_t(g)].name);
    const std::int64_t found = image.vertex_groups.find(flipped);
    other[g] = found < 0 ? int(g) : int(found);
  }
  for (int& group : image.weights.groups.edit()) {
    if (std::size_t(group) < other.size()) {
      group = other[std::size_t(group)];
    }
  }
}

}  // namespace

Mesh MirrorModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  Mesh result = mesh;
  // From the mesh's space to that of the mirror object.
  float4x4 to_mirror, from_mirror;
  if (mirror_object) {
    to_mirror = inverse(context.world_matrix(mirror_object)) * context.world_matrix();
    from_mirror = inverse(to_mirror);
  }
  for (int k = 0; k < 3; ++k) {
    if (!use_axis[std::size_t(k)]) {
      continue;
    }
    if (use_bisect_axis[std::size_t(k)]) {
      // Row k of the matrix gives coordinate k of the mirror's space.
      const float3 row = xyz(to_mirror[k]);
      const float size = length(row), sign = use_bisect_flip_axis[std::size_t(k)] ? -1.0f : 1.0f;
      if (size > 0.0f) {
        result =
            bisect(result, {row * (sign / size), -sign * to_mirror[k].w / size}, bisect_threshold);
      }
    }
    float3 scale{1, 1, 1};
    scale[k] = -1.0f;
    const float4x4 matrix = from_mirror * scale_matrix(scale) * to_mirror;

    Mesh image = result;
    image.transform(matrix);
    image.flip_faces();
    if (use_mirror_vertex_groups) {
      swap_sides(image);
    }
    for (std::int64_t i = 0; i < image.attributes.items().size(); ++i) {
      if (!image.attributes.items()[i].is_uv_map) {
        continue;
      }
      const auto flip = [&](float c, float offset) {
        const float tile = use_mirror_udim ? std::floor(c) : 0.0f;
        return 2.0f * tile + 1.0f - c + offset;
      };
      for (float2& uv :
           std::get<Array<float2>>(image.attributes.edit_items().edit(i).values).edit()) {
        uv.x = (use_mirror_u ? flip(uv.x, mirror_offset_u) : uv.x) + offset_u;
        uv.y = (use_mirror_v ? flip(uv.y, mirror_offset_v) : uv.y) + offset_v;
      }
    }

    const std::size_t count = result.vertex_count();
    const Mesh* parts[] = {&result, &image};
    Mesh both = join(parts);
    if (use_mirror_merge) {
      // A vertex near its own image meets it half-way.
      std::vector<int> targets(2 * count, -1);
      std::size_t merged = 0;
      for (std::size_t v = 0; v < count; ++v) {
        if (distance(both.positions()[v], both.positions()[count + v]) <= merge_threshold) {
          targets[count + v] = int(v);
          ++merged;
        }
      }
      if (merged > 0) {
        const std::span<float3> positions = both.edit_positions();
        for (std::size_t v = 0; v < count; ++v) {
          if (targets[count + v] >= 0) {
            positions[v] = (positions[v] + positions[count + v]) * 0.5f;
          }
        }
        both = merge_vertices(both, targets);
      }
    }
    result = std::move(both);
  }
  return result;
}

const Schema& MirrorModifier::schema() {
  static const Schema schema = [] {
    using M = MirrorModifier;
    SchemaBuilder<M> s("MirrorModifier", "Mirror Modifier", &Modifier::schema());
    s.set_tag("MIRROR");
    add_setting<&M::use_axis>(s, "use_axis", "Mirror Axis").default_value(Value::Numbers{1, 1, 1});
    add_setting<&M::use_bisect_axis>(s, "use_bisect_axis", "Bisect Axis");
    add_setting<&M::use_bisect_flip_axis>(s, "use_bisect_flip_axis", "Bisect Flip Axis");
    add_setting<&M::use_clip>(s, "use_clip", "Clip");
    add_setting<&M::use_mirror_vertex_groups>(s, "use_mirror_vertex_groups",
                                              "Mirror Vertex Groups");
    add_setting<&M::use_mirror_merge>(s, "use_mirror_merge", "Merge Vertices").default_value(false);
    add_setting<&M::use_mirror_u>(s, "use_mirror_u", "Mirror U");
    add_setting<&M::use_mirror_v>(s, "use_mirror_v", "Mirror V");
    add_setting<&M::use_mirror_udim>(s, "use_mirror_udim", "Mirror UDIM");
    const auto factor = [](PropertyBuilder p) {
      return p.subtype(Subtype::Factor).range(-1, 1).step(2, 4);
    };
    factor(add_setting<&M::mirror_offset_u>(s, "mirror_offset_u", "Flip U Offset"));
    factor(add_setting<&M::mirror_offset_v>(s, "mirror_offset_v", "Flip V Offset"));
    factor(add_setting<&M::offset_u>(s, "offset_u", "U Offset")).range(-10000, 10000).soft(-1, 1);
    factor(add_setting<&M::offset_v>(s, "offset_v", "V Offset")).range(-10000, 10000).soft(-1, 1);
    const auto distance = [](PropertyBuilder p) {
      p.subtype(Subtype::Distance).range(0, infinity).soft(0, 1).step(0.01f, 6);
    };
    distance(add_setting<&M::merge_threshold>(s, "merge_threshold", "Merge Distance"));
    distance(add_setting<&M::bisect_threshold>(s, "bisect_threshold", "Bisect Distance"));
    add_target<&M::mirror_object>(s, "mirror_object", "Mirror Object");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
