#include "render/pathtracer/geometry.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "core/to_int.h"
#include "render/shading/sampling.h"

namespace kiln::render {

using shading::CoordinateKind;
using shading::Lane;
using shading::Lane3;
using shading::ObjectValue;
using shading::ShadingBatch;
using shading::Shift;

namespace {

std::uint32_t visibility_mask(const RayVisibility& visibility, bool has_transparency) {
  std::uint32_t mask = 0;
  mask |= visibility.camera ? mask_camera : 0u;
  mask |= visibility.diffuse ? mask_diffuse : 0u;
  mask |= visibility.glossy ? mask_glossy : 0u;
  mask |= visibility.transmission ? mask_transmission : 0u;
  mask |= visibility.volume_scatter ? mask_volume_scatter : 0u;
  if (visibility.shadow) {
    mask |= has_transparency ? mask_shadow_transparent : mask_shadow_opaque;
  }
  return mask;
}

int3 corners_of(const TraceMesh& mesh, int triangle) {
  if (mesh.triangle_corners.empty()) {
    return {3 * triangle, 3 * triangle + 1, 3 * triangle + 2};
  }
  return mesh.triangle_corners[triangle];
}

float4 element(const MeshAttribute& attribute, std::size_t index) {
  const float* at = attribute.values.data() + index * attribute.components;
  switch (attribute.components) {
    case 1:
      return {at[0], at[0], at[0], 1.0f};
    case 2:
      return {at[0], at[1], 0.0f, 1.0f};
    case 3:
      return {at[0], at[1], at[2], 1.0f};
    default:
      return {at[0], at[1], at[2], at[3]};
  }
}

float4 interpolate(const TraceMesh& mesh, const MeshAttribute& attribute, int triangle,
                   float2 weights) {
  if (attribute.domain == AttributeDomain::Face) {
    return element(attribute,
                   mesh.triangle_faces.empty() ? triangle : mesh.triangle_faces[triangle]);
  }
  const int3 i = attribute.domain == AttributeDomain::Corner ? corners_of(mesh, triangle)
                                                             : mesh.triangles[triangle];
  return element(attribute, i.x) * (1.0f - weights.x - weights.y) +
         element(attribute, i.y) * weights.x + element(attribute, i.z) * weights.y;
}

float3 interpolate(const Array<float3>& values, int3 i, float2 weights) {
  return values[i.x] * (1.0f - weights.x - weights.y) + values[i.y] * weights.x +
         values[i.z] * weights.y;
}

/// Matrix of a moving instance at `time`: elements blend, as Embree does it.
float4x4 matrix_at(const InstanceData& instance, float time) {
  const std::vector<float4x4>& steps = instance.source->motion_matrices;
  if (!instance.is_moving || steps.size() < 2) {
    return instance.to_world;
  }
  const float at = time * float(steps.size() - 1);
  const int i = std::min(int(at), int(steps.size()) - 2);
  const float t = at - float(i);
  float4x4 m;
  for (int row = 0; row < 4; ++row) {
    m[row] = steps[i][row] * (1.0f - t) + steps[i + 1][row] * t;
  }
  return m;
}

float3 vertex_at(const TraceMesh& mesh, bool is_moving, int vertex, float time) {
  if (!is_moving || mesh.motion_positions.size() < 2) {
    return mesh.positions[vertex];
  }
  const float at = time * float(mesh.motion_positions.size() - 1);
  const int i = std::min(to_int(at), int(mesh.motion_positions.size()) - 2);
  return lerp(mesh.motion_positions[i][vertex], mesh.motion_positions[i + 1][vertex],
              at - float(i));
}

}  // namespace

float3 offset_from_surface(float3 position, float3 geometric_normal, float3 direction) {
  const float3 n = dot(geometric_normal, direction) < 0.0f ? -geometric_normal : geometric_normal;
  constexpr float near_origin = 1.0f / 32.0f, float_scale = 1.0f / 65536.0f, int_scale = 256.0f;
  float3 result;
  for (int k = 0; k < 3; ++k) {
    const float p = position[k];
    if (std::abs(p) < near_origin) {
      result[k] = p + float_scale * n[k];
    } else {
      // Unsigned, so that what is no number stays one instead of overflowing.
      const auto step = std::uint32_t(to_int(int_scale * n[k]));
      const auto bits = std::bit_cast<std::uint32_t>(p);
      result[k] = std::bit_cast<float>(p < 0.0f ? bits - step : bits + step);
    }
  }
  return result;
}

void footprint_axes(float3 geometric_normal, float3& right, float3& up) {
  make_basis(geometric_normal, right, up);
}

Result<std::unique_ptr<SceneGeometry>> SceneGeometry::build(const TraceScene& scene,
                                                            const RenderSettings& settings,
                                                            const CameraModel& camera,
                                                            BvhCache& cache) {
  for (const TraceInstance& instance : scene.instances) {
    if (instance.mesh < 0 || instance.mesh >= int(scene.meshes.size())) {
      return Error::invalid("instance \"{}\" has mesh {}; the scene has {}", instance.name,
                            instance.mesh, scene.meshes.size());
    }
    for (const int material : instance.materials) {
      if (material < 0 || material >= int(scene.materials.size())) {
        return Error::invalid("instance \"{}\" has material {}; the scene has {}", instance.name,
                              material, scene.materials.size());
      }
    }
  }
  for (const TraceMesh& mesh : scene.meshes) {
    const int count = int(mesh.positions.size());
    for (const int3& t : mesh.triangles) {
      if (std::min({t.x, t.y, t.z}) < 0 || std::max({t.x, t.y, t.z}) >= count) {
        return Error::invalid("a triangle has the corners {}, {}, {}; its mesh has {} vertices",
                              t.x, t.y, t.z, count);
      }
    }
  }
  std::unique_ptr<SceneGeometry> geometry(new SceneGeometry(scene, camera));
  geometry->prepare_instances(settings);
  geometry->displace_meshes();
  if (const Result<void> built = geometry->build_bvh(settings, cache); !built) {
    return built.error();
  }
  return geometry;
}

void SceneGeometry::prepare_instances(const RenderSettings& settings) {
  instances_.resize(scene_.instances.size());
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    InstanceData& data = instances_[i];
    data.source = &scene_.instances[i];
    data.mesh = &scene_.meshes[data.source->mesh];
    data.to_world = data.source->matrix;
    data.to_object = inverse(data.to_world);
    data.is_moving = settings.use_motion_blur && (data.source->motion_matrices.size() > 1 ||
                                                  data.mesh->motion_positions.size() > 1);
    data.has_smooth_normals =
        !data.mesh->vertex_normals.empty() || !data.mesh->corner_normals.empty();
    data.materials = data.source->materials;
    for (const int material : data.materials) {
      const TraceMaterial& m = scene_.materials[material];
      data.has_transparency = data.has_transparency || (m.has_transparent_shadow && m.shader &&
                                                        !m.shader->transparency.empty());
    }
    data.mask = visibility_mask(data.source->visibility, data.has_transparency);
    has_transparent_shadows_ = has_transparent_shadows_ || (data.mask & mask_shadow_transparent);
    for (std::size_t a = 0; a < data.mesh->attributes.size(); ++a) {
      const MeshAttribute& attribute = data.mesh->attributes[a];
      data.attributes.emplace(attribute.name, int(a));
      if (attribute.is_uv && (data.default_uv < 0 || attribute.name == data.mesh->default_uv)) {
        data.default_uv = int(a);
      }
    }
  }
}

int SceneGeometry::material_of(const TraceHit& hit) const {
  const InstanceData& instance = instances_[hit.instance];
  if (instance.materials.empty()) {
    return -1;
  }
  const int slot =
      instance.mesh->material_slots.empty() ? 0 : instance.mesh->material_slots[hit.primitive];
  return instance.materials[std::clamp(slot, 0, int(instance.materials.size()) - 1)];
}

TriangleShape SceneGeometry::triangle(int index, int primitive, float time) const {
  const InstanceData& data = instances_[index];
  const int3 t = data.mesh->triangles[primitive];
  const float4x4 m = matrix_at(data, time);
  return {transform_point(m, vertex_at(*data.mesh, data.is_moving, t.x, time)),
          transform_point(m, vertex_at(*data.mesh, data.is_moving, t.y, time)),
          transform_point(m, vertex_at(*data.mesh, data.is_moving, t.z, time))};
}

void SceneGeometry::fill_point(const TraceHit& hit, const TraceRay& ray, ShadingBatch& batch,
                               int lane) const {
  const InstanceData& data = instances_[hit.instance];
  const TraceMesh& mesh = *data.mesh;
  const int3 t = mesh.triangles[hit.primitive];
  float4x4 moved, moved_inverse;
  if (data.is_moving) {
    moved = matrix_at(data, ray.time);
    moved_inverse = inverse(moved);
  }
  const float4x4& to_world = data.is_moving ? moved : data.to_world;
  const float4x4& to_object = data.is_moving ? moved_inverse : data.to_object;
  const float3 a = vertex_at(mesh, data.is_moving, t.x, ray.time);
  const float3 e1 = vertex_at(mesh, data.is_moving, t.y, ray.time) - a;
  const float3 e2 = vertex_at(mesh, data.is_moving, t.z, ray.time) - a;
  const float3 position = transform_point(to_world, a + e1 * hit.u + e2 * hit.v);
  float3 geometric = normalize(transform_normal(to_object, cross(e1, e2)));
  float3 normal = geometric;
  if (data.has_smooth_normals && (mesh.is_smooth.empty() || mesh.is_smooth[hit.primitive])) {
    const float2 weights{hit.u, hit.v};
    const float3 local =
        mesh.corner_normals.empty()
            ? interpolate(mesh.vertex_normals, t, weights)
            : interpolate(mesh.corner_normals, corners_of(mesh, hit.primitive), weights);
    normal = normalize(transform_normal(to_object, local));
    if (is_black(normal)) {
      normal = geometric;
    }
  }
  const bool is_backfacing = dot(geometric, ray.direction) > 0.0f;
  if (is_backfacing) {
    geometric = -geometric;
    normal = -normal;
  }
  batch.position.set(lane, position);
  batch.normal.set(lane, normal);
  batch.geometric_normal.set(lane, geometric);
  batch.incoming.set(lane, -ray.direction);
  batch.u.v[lane] = hit.u;
  batch.v.v[lane] = hit.v;
  batch.time.v[lane] = ray.time;
  batch.instance[lane] = hit.instance;
  batch.primitive[lane] = hit.primitive;
  batch.is_backfacing[lane] = is_backfacing;
}

float2 SceneGeometry::shifted_weights(const ShadingBatch& batch, int lane, Shift shift) const {
  const float2 weights{batch.u.v[lane], batch.v.v[lane]};
  if (shift == Shift::None) {
    return weights;
  }
  const TriangleShape s = triangle(batch.instance[lane], batch.primitive[lane], batch.time.v[lane]);
  const float3 e1 = s.b - s.a, e2 = s.c - s.a;
  float3 right, up;
  footprint_axes(batch.geometric_normal.get(lane), right, up);
  const float3 step = (shift == Shift::X ? right : up) * batch.footprint.v[lane];
  // Least squares for step = du e1 + dv e2.
  const float a = dot(e1, e1), b = dot(e1, e2), c = dot(e2, e2), p = dot(step, e1),
              q = dot(step, e2);
  const float det = a * c - b * b;
  if (!(std::abs(det) > 1e-30f)) {
    return weights;
  }
  return {weights.x + (c * p - b * q) / det, weights.y + (a * q - b * p) / det};
}

void SceneGeometry::attribute(const ShadingBatch& batch, const std::string& name, Shift shift,
                              Lane3& color, Lane& alpha) const {
  int last = -1, index = -1;
  for (int i = 0; i < batch.count; ++i) {
    float4 value{};
    if (!batch.is_background) {
      const int instance = batch.instance[i];
      const InstanceData& data = instances_[instance];
      if (instance != last) {
        last = instance;
        if (name.empty()) {
          index = data.default_uv;
        } else {
          const auto found = data.attributes.find(name);
          index = found == data.attributes.end() ? -1 : found->second;
        }
      }
      if (index >= 0) {
        value = interpolate(*data.mesh, data.mesh->attributes[index], batch.primitive[i],
                            shifted_weights(batch, i, shift));
      }
    }
    color.set(i, xyz(value));
    alpha.v[i] = value.w;
  }
}

void SceneGeometry::named_value(const ShadingBatch& batch, shading::ValueScope scope,
                                const std::string& name, Lane3& color, Lane& alpha) const {
  const auto find = [&](const NamedValues* values) -> const float4* {
    const auto found = values ? std::find_if(values->begin(), values->end(),
                                             [&](const auto& entry) { return entry.first == name; })
                              : NamedValues::const_iterator();
    return values && found != values->end() ? &found->second : nullptr;
  };
  int last = -1;
  const float4* value =
      scope == shading::ValueScope::ViewLayer ? find(&scene_.layer_values) : nullptr;
  for (int i = 0; i < batch.count; ++i) {
    if (!batch.is_background && scope != shading::ValueScope::ViewLayer &&
        batch.instance[i] != last) {
      last = batch.instance[i];
      const TraceInstance& source = *instances_[last].source;
      value =
          scope == shading::ValueScope::Instancer ? find(source.instancer_values.get()) : nullptr;
      value = value ? value : find(source.values.get());
    }
    color.set(i, value ? xyz(*value) : float3{});
    alpha.v[i] = value ? value->w : 0.0f;
  }
}

void SceneGeometry::coordinate(const ShadingBatch& batch, CoordinateKind kind, Shift shift,
                               Lane3& out) const {
  for (int i = 0; i < batch.count; ++i) {
    float3 world = batch.position.get(i);
    if (batch.is_background) {
      if (kind == CoordinateKind::Camera) {
        out.set(i, transform_direction(camera_.world_to_camera(), world) * float3{1, 1, -1});
      } else if (kind == CoordinateKind::Window) {
        const float2 p = camera_.project(camera_.position() + world);
        out.set(i, {p.x, p.y, 0.0f});
      } else {
        out.set(i, world);
      }
      continue;
    }
    const InstanceData& data = instances_[batch.instance[i]];
    if (kind == CoordinateKind::InstancerGenerated) {
      out.set(i, data.source->dupli_generated);
      continue;
    }
    if (kind == CoordinateKind::InstancerUv) {
      out.set(i, {data.source->dupli_uv.x, data.source->dupli_uv.y, 0.0f});
      continue;
    }
    if (kind == CoordinateKind::Generated) {
      const TraceMesh& mesh = *data.mesh;
      const float2 weights = shifted_weights(batch, i, shift);
      const Array<float3>& positions =
          mesh.generated_positions.empty() ? mesh.positions : mesh.generated_positions;
      const float3 p = interpolate(positions, mesh.triangles[batch.primitive[i]], weights);
      const float3 size = max(mesh.generated_size, float3{1e-20f, 1e-20f, 1e-20f});
      out.set(i, (p - mesh.generated_min) / size);
      continue;
    }
    if (shift != Shift::None) {
      float3 right, up;
      footprint_axes(batch.geometric_normal.get(i), right, up);
      world += (shift == Shift::X ? right : up) * batch.footprint.v[i];
    }
    switch (kind) {
      case CoordinateKind::Object:
        out.set(i, transform_point(world_to_object(batch, i), world));
        break;
      case CoordinateKind::Camera:
        out.set(i, transform_point(camera_.world_to_camera(), world) * float3{1, 1, -1});
        break;
      default: {
        const float2 p = camera_.project(world);
        out.set(i, {p.x, p.y, 0.0f});
        break;
      }
    }
  }
}

float4x4 SceneGeometry::world_to_object(const ShadingBatch& batch, int lane) const {
  if (batch.is_background) {
    return {};
  }
  const InstanceData& data = instances_[batch.instance[lane]];
  return data.is_moving ? inverse(matrix_at(data, batch.time.v[lane])) : data.to_object;
}

float4x4 SceneGeometry::object_to_world(const ShadingBatch& batch, int lane) const {
  return batch.is_background ? float4x4{}
                             : matrix_at(instances_[batch.instance[lane]], batch.time.v[lane]);
}

float3 SceneGeometry::object_value(const ShadingBatch& batch, int lane, ObjectValue value) const {
  if (batch.is_background) {
    return {};
  }
  const InstanceData& data = instances_[batch.instance[lane]];
  float x = 0.0f;
  switch (value) {
    case ObjectValue::Location:
      return translation(data.to_world);
    case ObjectValue::Color:
      return xyz(data.source->color);
    case ObjectValue::Alpha:
      x = data.source->color.w;
      break;
    case ObjectValue::ObjectIndex:
      x = data.source->object_index;
      break;
    case ObjectValue::MaterialIndex:
      x = batch.material[lane] < 0 ? 0.0f : scene_.materials[batch.material[lane]].index;
      break;
    case ObjectValue::Random:
      x = data.source->random;
      break;
  }
  return {x, x, x};
}

void SceneGeometry::tangent(const ShadingBatch& batch, const std::string& uv_layer, Lane3& tangent,
                            Lane& sign) const {
  for (int i = 0; i < batch.count; ++i) {
    float3 result{1, 0, 0};
    float side = 1.0f;
    if (!batch.is_background) {
      const InstanceData& data = instances_[batch.instance[i]];
      int index = data.default_uv;
      if (!uv_layer.empty()) {
        const auto found = data.attributes.find(uv_layer);
        index = found == data.attributes.end() ? -1 : found->second;
      }
      const float3 n = batch.normal.get(i);
      if (index >= 0) {
        const MeshAttribute& layer = data.mesh->attributes[index];
        const int t = batch.primitive[i];
        const TriangleShape s = triangle(batch.instance[i], t, batch.time.v[i]);
        const float4 a = interpolate(*data.mesh, layer, t, {0, 0});
        const float4 b = interpolate(*data.mesh, layer, t, {1, 0}) - a;
        const float4 c = interpolate(*data.mesh, layer, t, {0, 1}) - a;
        const float det = b.x * c.y - b.y * c.x;
        result = ((s.b - s.a) * c.y - (s.c - s.a) * b.y) * (det < 0.0f ? -1.0f : 1.0f);
        side = det < 0.0f ? -1.0f : 1.0f;
      } else {
        const float3 p = transform_point(data.to_object, batch.position.get(i));
        result = transform_direction(data.to_world, {-p.y, p.x, 0.0f});
      }
      result = normalize(result - n * dot(result, n));
    }
    tangent.set(i, result);
    sign.v[i] = side;
  }
}

void SceneGeometry::radial_tangent(const ShadingBatch& batch, int axis, Lane3& tangent) const {
  Lane3 generated;
  coordinate(batch, CoordinateKind::Generated, Shift::None, generated);
  for (int i = 0; i < batch.count; ++i) {
    const float3 g = generated.get(i) - float3{0.5f, 0.5f, 0.5f};
    const float3 n = batch.normal.get(i);
    const float3 around = axis == 0   ? float3{0.0f, -g.z, g.y}
                          : axis == 1 ? float3{-g.z, 0.0f, g.x}
                                      : float3{-g.y, g.x, 0.0f};
    float3 t = batch.is_background ? float3{1, 0, 0}
                                   : transform_direction(object_to_world(batch, i), around);
    t = normalize(t - n * dot(t, n));
    tangent.set(i, t);
  }
}

}  // namespace kiln::render
