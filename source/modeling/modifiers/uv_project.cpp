#include "modeling/modifiers/uv_project.h"

#include "core/tasks.h"
#include "document/camera.h"
#include "document/object.h"

namespace kiln::modeling {
namespace {

/// How a projector sees points of the owner: UVs are the first two coordinates, divided by the last
/// of a perspective camera.
struct Projection {
  float4x4 matrix;   ///< from the owner's space
  float3 direction;  ///< in which it looks, in the owner's space
  bool is_camera = false, is_perspective = false;
  float scale = 1;    ///< from coordinates to half the picture
  float2 size{1, 1};  ///< of the picture: the side that the sensor fits is 1

  float2 operator()(float3 p) const {
    const float3 q = transform_point(matrix, p);
    if (!is_camera) {
      return {0.5f + 0.5f * q.x, 0.5f + 0.5f * q.y};
    }
    const float depth = is_perspective ? std::max(std::abs(q.z), 1e-9f) : 1.0f;
    return {0.5f + q.x / depth * scale * size.x, 0.5f + q.y / depth * scale * size.y};
  }
};

}  // namespace

Mesh UVProjectModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const Attribute* map = mesh.uv_map(uv_layer);
  if (!map || mesh.corner_count() == 0) {
    return mesh;
  }
  const float4x4 own = context.world_matrix();
  std::vector<Projection> projections;
  for (std::int64_t i = 0; i < projectors.size() && i < projector_count; ++i) {
    const Object* object = context.find(projectors[i].object);
    if (!object) {
      continue;
    }
    Projection p;
    const float4x4 world = context.world_matrix(projectors[i].object);
    p.matrix = inverse(world) * own;
    p.direction = normalize(transform_direction(inverse(own), kiln::axis(world, 2)));
    const DataBlock* data = object->data ? context.find(object->data.id) : nullptr;
    if (data && data->type() == BlockType::Camera) {
      const auto& camera = static_cast<const Camera&>(*data);
      p.is_camera = true;
      p.is_perspective = camera.kind != CameraType::Ortho;
      const float sensor = camera.sensor_fit == CameraSensorFit::Vertical ? camera.sensor_height
                                                                          : camera.sensor_width;
      p.scale = p.is_perspective ? camera.lens / sensor : 1.0f / camera.ortho_scale;
    }
    const float aspect = aspect_x / aspect_y;
    bool is_wide = aspect > 1.0f;
    if (data && data->type() == BlockType::Camera) {
      const CameraSensorFit fit = static_cast<const Camera&>(*data).sensor_fit;
      is_wide = fit == CameraSensorFit::Auto ? is_wide : fit == CameraSensorFit::Horizontal;
    }
    p.size = is_wide ? float2{1, aspect} : float2{1 / aspect, 1};
    p.size = {p.size.x / std::max(scale_x, 1e-6f), p.size.y / std::max(scale_y, 1e-6f)};
    projections.push_back(p);
  }
  if (projections.empty()) {
    return mesh;
  }
  const std::string name = map->name;
  Array<float2> values = *map->as<float2>();
  const std::span<float2> uvs = values.edit();
  parallel_for(mesh.face_count(), 1 << 12, [&](std::size_t begin, std::size_t end) {
    for (std::size_t f = begin; f < end; ++f) {
      // Each face takes the projector that looks at it most directly.
      std::size_t best = 0;
      for (std::size_t i = 1; i < projections.size(); ++i) {
        if (dot(projections[i].direction, mesh.face_normals()[f]) >
            dot(projections[best].direction, mesh.face_normals()[f])) {
          best = i;
        }
      }
      for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1]; ++c) {
        const float3 p = mesh.positions()[std::size_t(mesh.corner_vertices()[std::size_t(c)])];
        uvs[std::size_t(c)] = projections[best](p);
      }
    }
  });
  Mesh result = mesh;
  result.attributes.ensure<float2>(name, Domain::Corner, values.size()) = std::move(values);
  return result;
}

const Schema& UVProjector::schema() {
  static const Schema schema = [] {
    SchemaBuilder<UVProjector> s("UVProjector", "UVProjector");
    s.add<&UVProjector::object>("object", "Object")
        .changes(Change::Geometry)
        .not_animatable()
        .overridable();
    return s.build();
  }();
  return schema;
}

UVProjectModifier::UVProjectModifier() {
  for (int i = 0; i < max_projectors; ++i) {
    projectors.add(UVProjector());
  }
}

const Schema& UVProjectModifier::schema() {
  static const Schema schema = [] {
    using M = UVProjectModifier;
    SchemaBuilder<M> s("UVProjectModifier", "UV Project Modifier", &Modifier::schema());
    s.set_tag("UV_PROJECT");
    add_name<&M::uv_layer>(s, "uv_layer", "UV Map");
    add_setting<&M::projector_count>(s, "projector_count", "Number of Projectors").range(1, 10);
    add_setting<&M::projectors>(s, "projectors", "Projectors").not_animatable();
    add_setting<&M::aspect_x>(s, "aspect_x", "Aspect X").range(1, infinity).soft(1, 1000).step(1);
    add_setting<&M::aspect_y>(s, "aspect_y", "Aspect Y").range(1, infinity).soft(1, 1000).step(1);
    add_setting<&M::scale_x>(s, "scale_x", "Scale X").range(0, infinity).soft(0, 1000).step(1);
    add_setting<&M::scale_y>(s, "scale_y", "Scale Y").range(0, infinity).soft(0, 1000).step(1);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
