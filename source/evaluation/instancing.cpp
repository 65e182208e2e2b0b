#include "evaluation/instancing.h"

#include "core/tracking.h"
#include "document/collection.h"
#include "evaluation/plan.h"

namespace kiln::evaluation {
namespace {

constexpr int max_depth = 8;

std::uint32_t mix(std::uint32_t h, std::uint32_t v) {
  h ^= v + 0x9e3779b9u + (h << 6) + (h >> 2);
  h *= 0x85ebca6bu;
  return h ^ (h >> 13);
}

// What surrounds a copy: the transform so far and which copies of which instancers it is in.
struct Place {
  float4x4 matrix;  ///< put in front of the world matrix of the copied object
  std::array<int, 8> ids{};
  int depth = 0;
  int instancer = -1;
  bool is_visible = true, is_evaluated = true, is_rendered = true;
  float3 generated;
  float2 uv;
};

// Instances on vertices are turned to the normal.
float3x3 turned_to(float3 normal, const Object& instancer) {
  const int track = int(instancer.track_axis);
  return tracking_rotation(normal, track % 3, track >= 3, int(instancer.up_axis));
}

class Maker {
public:
  explicit Maker(const EvaluatedScene& scene) : scene_(scene) {}

  /// An object in the layer, and the copies it makes.
  void add_object(int i) {
    const EvaluatedObject& object = scene_.objects[std::size_t(i)];
    Instance self;
    self.object = i;
    self.world_matrix = object.world_matrix;
    self.random_id = mix(std::uint32_t(fingerprint(object.object->name).low), 0);
    self.is_visible = object.visibility.is_visible;
    self.is_rendered = object.visibility.is_rendered;
    self.is_evaluated = object.visibility.is_evaluated;
    self.is_listed = shows_itself(*object.object);
    self.show_self = self.is_listed && !is_copied_by_parent(object);
    made.push_back(self);
    Place place;
    place.is_visible = self.is_visible;
    place.is_evaluated = self.is_evaluated;
    place.is_rendered = self.is_rendered;
    copies_of(i, place);
  }

  std::vector<Instance> made;

private:
  bool shows_itself(const Object& object) const {
    if (object.instance_type == ObjectInstanceType::None ||
        object.instance_type == ObjectInstanceType::Collection) {
      return true;
    }
    return scene_.purpose == Purpose::Render ? object.show_instancer_for_render
                                             : object.show_instancer_for_viewport;
  }
  // Children of vertex and face instancers appear as copies only.
  bool is_copied_by_parent(const EvaluatedObject& object) const {
    const EvaluatedObject* parent = scene_.find(object.object->parent.id);
    return parent && (parent->object->instance_type == ObjectInstanceType::Verts ||
                      parent->object->instance_type == ObjectInstanceType::Faces);
  }

  void add_copy(int object, const Place& place) {
    const EvaluatedObject& source = scene_.objects[std::size_t(object)];
    Instance copy;
    copy.object = object;
    copy.world_matrix = place.matrix * source.world_matrix;
    copy.instancer = place.instancer;
    copy.persistent_id = place.ids;
    std::uint32_t h = std::uint32_t(fingerprint(source.object->name).low);
    for (int i = 0; i < place.depth; ++i) {
      h = mix(h, std::uint32_t(place.ids[std::size_t(i)]));
    }
    copy.random_id = h;
    copy.generated = place.generated;
    copy.uv = place.uv;
    copy.is_visible = place.is_visible && !source.object->hide_viewport;
    copy.is_rendered = place.is_rendered && !source.object->hide_render;
    copy.is_evaluated = place.is_evaluated && !source.object->hide_viewport;
    copy.show_self = shows_itself(*source.object);
    copy.is_listed = copy.show_self;
    made.push_back(copy);
    copies_of(object, place);
  }

  Place inside(const Place& outer, int instancer, int id) const {
    Place place = outer;
    for (std::size_t i = place.ids.size() - 1; i > 0; --i) {
      place.ids[i] = outer.ids[i - 1];
    }
    place.ids[0] = id;
    place.depth = outer.depth + 1;
    if (outer.instancer < 0) {
      place.instancer = instancer;
    }
    return place;
  }

  void copies_of(int index, const Place& outer) {
    const EvaluatedObject& object = scene_.objects[std::size_t(index)];
    if (outer.depth >= max_depth) {
      return;
    }
    switch (object.object->instance_type) {
      case ObjectInstanceType::Collection: {
        const Collection* collection = scene_.document.find(object.object->instance_collection);
        if (!collection || is_within_own(index, collection->id)) {
          return;
        }
        int id = 0;
        for (const BlockId member : members(collection->id)) {
          const auto found = scene_.plan->index.find(member);
          if (found != scene_.plan->index.end()) {
            Place place = inside(outer, index, id);
            place.matrix = outer.matrix * object.world_matrix *
                           translation_matrix(-collection->instance_offset);
            add_copy(found->second, place);
          }
          ++id;
        }
        return;
      }
      case ObjectInstanceType::Verts:
        copies_on_vertices(index, outer);
        return;
      case ObjectInstanceType::Faces:
        copies_on_faces(index, outer);
        return;
      default:
        return;
    }
  }

  const std::vector<BlockId>& members(BlockId collection) {
    const auto [found, is_new] = members_.try_emplace(collection);
    if (is_new) {
      found->second = all_objects(scene_.document, collection);
    }
    return found->second;
  }

  // Whether the instancer itself lies in what it would copy.
  bool is_within_own(int index, BlockId collection) {
    const std::vector<BlockId>& inside = members(collection);
    return std::find(inside.begin(), inside.end(), scene_.objects[std::size_t(index)].id) !=
           inside.end();
  }

  // A child is copied as it stands relative to its instancer.
  Place around(int index, const Place& outer, int id, const float4x4& local) const {
    const EvaluatedObject& object = scene_.objects[std::size_t(index)];
    Place place = inside(outer, index, id);
    place.matrix = outer.matrix * object.world_matrix * local * inverse(object.world_matrix);
    return place;
  }

  // All that hangs on an instancer, children of children too.
  std::vector<int> descendants(int index) const {
    std::vector<int> found;
    const auto add = [&](int of) {
      const std::vector<int>& children = scene_.plan->children[std::size_t(of)];
      const bool makes_copies =
          scene_.objects[std::size_t(of)].object->instance_type != ObjectInstanceType::None;
      if (of == index || !makes_copies) {
        found.insert(found.end(), children.begin(), children.end());
      }
    };
    add(index);
    for (std::size_t i = 0; i < found.size() && found.size() < scene_.objects.size(); ++i) {
      add(found[i]);
    }
    return found;
  }

  void copies_on_vertices(int index, const Place& outer) {
    const EvaluatedObject& object = scene_.objects[std::size_t(index)];
    if (!object.mesh) {
      return;
    }
    const Array<float3>& positions = object.mesh->positions();
    for (const int child : descendants(index)) {
      for (std::size_t v = 0; v < positions.size(); ++v) {
        const float3x3 rotation = object.object->use_instance_vertices_rotation
                                      ? turned_to(object.mesh->vertex_normals()[v], *object.object)
                                      : float3x3();
        Place place = around(index, outer, int(v), to_float4x4(rotation, positions[v]));
        place.generated = positions[v];
        add_copy(child, place);
      }
    }
  }

  void copies_on_faces(int index, const Place& outer) {
    const EvaluatedObject& object = scene_.objects[std::size_t(index)];
    if (!object.mesh) {
      return;
    }
    const Mesh& mesh = *object.mesh;
    for (const int child : descendants(index)) {
      for (std::size_t f = 0; f < mesh.face_count(); ++f) {
        const std::span<const int> corners = mesh.face_vertices(f);
        const float3 a = mesh.positions()[std::size_t(corners[0])],
                     b = mesh.positions()[std::size_t(corners[1])];
        const float3 z = mesh.face_normals()[f], x = normalize(b - a), y = cross(z, x);
        const float scale = object.object->use_instance_faces_scale
                                ? std::sqrt(mesh.face_area(f)) * object.object->instance_faces_scale
                                : 1.0f;
        float3x3 m;
        for (int r = 0; r < 3; ++r) {
          m[r] = float3{x[r], y[r], z[r]} * scale;
        }
        Place place = around(index, outer, int(f), to_float4x4(m, mesh.face_center(f)));
        place.generated = mesh.face_center(f);
        add_copy(child, place);
      }
    }
  }

  const EvaluatedScene& scene_;
  std::unordered_map<BlockId, std::vector<BlockId>>
      members_;  // of collections, as far as asked for
};

}  // namespace

void make_instances(EvaluatedScene& scene) {
  Maker maker(scene);
  auto copies = std::make_shared<Copies>();
  copies->first.reserve(scene.objects.size() + 1);
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    copies->first.push_back(int(maker.made.size()));
    if (scene.objects[i].is_in_layer) {
      maker.add_object(int(i));
    }
  }
  copies->first.push_back(int(maker.made.size()));
  scene.instances.clear();
  for (const Instance& instance : maker.made) {
    if (instance.instancer >= 0) {
      copies->copied.insert(instance.object);
    }
    scene.instances.push_back(instance);
  }
  scene.copies = std::move(copies);
}

bool renew_instances(EvaluatedScene& scene, std::span<const int> objects) {
  Maker maker(scene);
  for (const int object : objects) {
    if (scene.copies->copied.contains(object)) {
      return false;
    }
    if (!scene.objects[std::size_t(object)].is_in_layer) {
      continue;
    }
    maker.made.clear();
    maker.add_object(object);
    const int first = scene.copies->first[std::size_t(object)],
              end = scene.copies->first[std::size_t(object) + 1];
    if (int(maker.made.size()) != end - first) {
      return false;
    }
    for (std::size_t i = 0; i < maker.made.size(); ++i) {
      scene.instances.edit(std::size_t(first) + i) = maker.made[i];
    }
  }
  return true;
}

}  // namespace kiln::evaluation
