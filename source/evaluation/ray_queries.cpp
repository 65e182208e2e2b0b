#include "evaluation/ray_queries.h"

#include <algorithm>

namespace kiln::evaluation {
namespace {

constexpr std::int64_t max_triangles = 20'000'000;  // of all trees that are kept

std::shared_ptr<const TriangleTree> make_tree(const Mesh& mesh) {
  const Triangles& cut = mesh.triangles();
  const Array<int>& corner_vertices = mesh.corner_vertices();
  std::vector<std::array<int, 3>> triangles;
  std::vector<int> faces;
  triangles.reserve(cut.corners.size());
  for (std::size_t t = 0; t < cut.corners.size(); ++t) {
    const int3 c = cut.corners[t];
    triangles.push_back({corner_vertices[std::size_t(c.x)], corner_vertices[std::size_t(c.y)],
                         corner_vertices[std::size_t(c.z)]});
    faces.push_back(cut.faces[t]);
  }
  const Array<float3>& positions = mesh.positions();
  return std::make_shared<const TriangleTree>(
      std::vector<float3>(positions.begin(), positions.end()), std::move(triangles),
      std::move(faces));
}

}  // namespace

std::shared_ptr<const TriangleTree> SurfaceTrees::find(const EvaluatedObject& object) {
  if (!object.mesh || object.mesh->face_count() == 0) {
    return nullptr;
  }
  const std::scoped_lock lock(mutex_);
  Entry& entry = entries_[object.geometry];
  entry.last_use = ++uses_;
  if (!entry.tree) {
    entry.tree = make_tree(*object.mesh);
    triangles_ += entry.tree->triangle_count();
  }
  const std::shared_ptr<const TriangleTree> tree = entry.tree;
  while (triangles_ > max_triangles && entries_.size() > 1) {
    const auto oldest = std::min_element(
        entries_.begin(), entries_.end(),
        [](const auto& a, const auto& b) { return a.second.last_use < b.second.last_use; });
    triangles_ -= oldest->second.tree->triangle_count();
    entries_.erase(oldest);
  }
  return tree;
}

std::optional<SceneHit> cast_ray(const EvaluatedScene& scene, SurfaceTrees& trees, float3 origin,
                                 float3 direction, float max_distance) {
  const float3 along = normalize(direction);
  if (along == float3{}) {
    return std::nullopt;
  }
  std::optional<SceneHit> nearest;
  float reach = max_distance;
  for (std::size_t i = 0; i < scene.instances.size(); ++i) {
    const Instance& instance = scene.instances[i];
    if (!instance.is_evaluated || !instance.show_self) {
      continue;
    }
    const std::shared_ptr<const TriangleTree> tree =
        trees.find(scene.objects[std::size_t(instance.object)]);
    bool is_invertible = false;
    const float4x4 to_object = inverse(instance.world_matrix, &is_invertible);
    if (!tree || !is_invertible) {
      continue;
    }
    const float3 local_origin = transform_point(to_object, origin);
    const float3 local_along = transform_direction(to_object, along);
    // Lengths are those of the object there.
    const float stretch = length(local_along);
    const auto hit = tree->ray_cast(local_origin, local_along, reach * stretch);
    if (!hit || stretch <= 0.0f) {
      continue;
    }
    const float3 position = transform_point(instance.world_matrix, hit->position);
    const float distance = dot(position - origin, along);
    if (distance <= reach) {
      reach = distance;
      nearest =
          SceneHit{position, normalize(transform_direction(transpose(to_object), hit->normal)),
                   hit->polygon, int(i)};
    }
  }
  return nearest;
}

}  // namespace kiln::evaluation
