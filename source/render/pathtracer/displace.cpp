// Moving vertices by the displacement of their materials, before anything is traced.
#include <map>

#include "core/tasks.h"
#include "render/pathtracer/geometry.h"

namespace kiln::render {
namespace {

bool moves(const TraceScene& scene, const std::vector<int>& materials) {
  for (const int material : materials) {
    const shading::Material* shader = scene.materials[std::size_t(material)].shader.get();
    if (shader && !shader->displacement.results.empty()) {
      return true;
    }
  }
  return false;
}

/// Normals of vertices as means over the faces around them, by area.
Array<float3> smooth_normals(const TraceMesh& mesh) {
  std::vector<float3> normals(mesh.positions.size());
  for (const int3 t : mesh.triangles) {
    const float3 a = mesh.positions[std::size_t(t.x)];
    const float3 n =
        cross(mesh.positions[std::size_t(t.y)] - a, mesh.positions[std::size_t(t.z)] - a);
    for (int k = 0; k < 3; ++k) {
      normals[std::size_t(t[k])] += n;
    }
  }
  for (float3& n : normals) {
    n = normalize(n);
  }
  return Array<float3>(std::move(normals));
}

}  // namespace

TraceMesh SceneGeometry::displaced(const InstanceData& data, int instance) const {
  const TraceMesh& mesh = *data.mesh;
  const std::size_t count = mesh.positions.size();
  // Each vertex is looked at in the first triangle that has it, material by material.
  struct Place {
    int vertex, primitive, corner;
  };
  std::map<int, std::vector<Place>> places;
  std::vector<char> is_seen(count, 0);
  for (int t = 0; t < int(mesh.triangles.size()); ++t) {
    const int3 corners = mesh.triangles[std::size_t(t)];
    for (int k = 0; k < 3; ++k) {
      if (!is_seen[std::size_t(corners[k])]) {
        is_seen[std::size_t(corners[k])] = 1;
        TraceHit hit;
        hit.instance = instance;
        hit.primitive = t;
        places[material_of(hit)].push_back({corners[k], t, k});
      }
    }
  }
  std::vector<float3> offsets(count);
  std::vector<char> keeps_normal(count, 1);
  for (const auto& [material, list] : places) {
    const shading::Material* shader =
        material < 0 ? nullptr : scene_.materials[std::size_t(material)].shader.get();
    if (!shader || shader->displacement.results.empty()) {
      continue;
    }
    const shading::Program& program = shader->displacement;
    if (!shader->keeps_normals) {
      for (const Place& place : list) {
        keeps_normal[std::size_t(place.vertex)] = 0;
      }
    }
    parallel_for(list.size(), 1024, [&, used = material, &vertices = list](std::size_t begin, std::size_t end) {
      const auto batch = std::make_unique<shading::ShadingBatch>();
      shading::Workspace workspace;
      for (std::size_t first = begin; first < end; first += shading::batch_size) {
        batch->count = int(std::min<std::size_t>(shading::batch_size, end - first));
        batch->geometry = this;
        for (int lane = 0; lane < batch->count; ++lane) {
          const Place& place = vertices[first + std::size_t(lane)];
          const TriangleShape s = triangle(instance, place.primitive, 0.5f);
          TraceHit hit;
          hit.instance = instance;
          hit.primitive = place.primitive;
          hit.u = place.corner == 1 ? 1.0f : 0.0f;
          hit.v = place.corner == 2 ? 1.0f : 0.0f;
          TraceRay ray;
          ray.direction = -normalize(cross(s.b - s.a, s.c - s.a));
          ray.time = 0.5f;
          fill_point(hit, ray, *batch, lane);
          batch->ray_length.v[lane] = batch->footprint.v[lane] = 0.0f;
          batch->ray_depth.v[lane] = batch->diffuse_depth.v[lane] = batch->glossy_depth.v[lane] =
              0.0f;
          batch->transmission_depth.v[lane] = batch->transparent_depth.v[lane] = 0.0f;
          batch->ray_flags[lane] = 0;
          batch->seed[lane] = std::uint32_t(place.vertex);
          batch->material[lane] = used;
          batch->closures[lane].clear();
        }
        program.run(*batch, workspace);
        for (int lane = 0; lane < batch->count; ++lane) {
          float3 offset;
          for (int k = 0; k < 3; ++k) {
            offset[k] = workspace.registers[program.results[std::size_t(k)]].v[lane];
          }
          if (is_finite(offset)) {
            offsets[std::size_t(vertices[first + std::size_t(lane)].vertex)] =
                transform_direction(data.to_object, offset);
          }
        }
      }
    });
  }
  TraceMesh result = mesh;
  result.fingerprint = {};
  if (result.generated_positions.empty()) {
    result.generated_positions = mesh.positions;
  }
  const auto move = [&](Array<float3>& positions) {
    const std::span<float3> values = positions.edit();
    for (std::size_t v = 0; v < std::min(values.size(), count); ++v) {
      values[v] += offsets[v];
    }
  };
  move(result.positions);
  for (Array<float3>& step : result.motion_positions) {
    move(step);
  }
  result.corner_normals = {};
  if (!mesh.vertex_normals.empty()) {
    const Array<float3> smooth = smooth_normals(result);
    const std::span<float3> normals = result.vertex_normals.edit();
    for (std::size_t v = 0; v < std::min(normals.size(), count); ++v) {
      normals[v] = keeps_normal[v] ? normals[v] : smooth[v];
    }
  }
  return result;
}

void SceneGeometry::displace_meshes() {
  // Instances of one mesh with the same materials share what becomes of it.
  std::map<std::pair<int, std::vector<int>>, const TraceMesh*> known;
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    InstanceData& data = instances_[i];
    if (!moves(scene_, data.materials)) {
      continue;
    }
    const auto [found, is_new] = known.try_emplace({data.source->mesh, data.materials}, nullptr);
    if (is_new) {
      displaced_.push_back(std::make_unique<const TraceMesh>(displaced(data, int(i))));
      found->second = displaced_.back().get();
    }
    data.mesh = found->second;
  }
}

}  // namespace kiln::render
