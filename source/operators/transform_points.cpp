#include "operators/transform_points.h"

#include "document/scene.h"
#include "evaluation/evaluator.h"
#include "modeling/correct_corners.h"
#include "modeling/edit_mesh.h"
#include "modeling/mesh_selection.h"

namespace kiln::operators {
namespace {

float3 unit(float3 v) {
  const float l = length(v);
  return l > 1e-12f ? v / l : float3();
}

// Normals at vertices from the selected faces; where there are none from all.
void vertex_directions(const Mesh& mesh, const std::vector<std::uint8_t>& faces,
                       std::vector<float3>& normals, std::vector<float3>& even) {
  normals.assign(mesh.vertex_count(), {});
  even.assign(mesh.vertex_count(), {});
  std::vector<float> angles(mesh.vertex_count()), steps(mesh.vertex_count());
  const auto angle_at = [&](std::size_t f, int c) {
    const int first = mesh.face_offsets()[f], last = mesh.face_offsets()[f + 1];
    const auto at = [&](int corner) {
      return mesh.positions()[std::size_t(mesh.corner_vertices()[std::size_t(corner)])];
    };
    const float3 a = unit(at(c == first ? last - 1 : c - 1) - at(c)),
                 b = unit(at(c + 1 == last ? first : c + 1) - at(c));
    return std::acos(std::clamp(dot(a, b), -1.0f, 1.0f));
  };
  const auto for_each = [&](auto&& visit) {
    for (std::size_t f = 0; f < mesh.face_count(); ++f) {
      for (int c = mesh.face_offsets()[f]; faces[f] && c < mesh.face_offsets()[f + 1]; ++c) {
        visit(f, std::size_t(mesh.corner_vertices()[std::size_t(c)]), angle_at(f, c));
      }
    }
  };
  for_each([&](std::size_t f, std::size_t v, float angle) {
    normals[v] += mesh.face_normals()[f] * angle;
  });
  for (std::size_t v = 0; v < normals.size(); ++v) {
    normals[v] = unit(normals[v]);
    normals[v] = length(normals[v]) > 0.0f ? normals[v] : mesh.vertex_normals()[v];
  }
  for_each([&](std::size_t f, std::size_t v, float angle) {
    const float across = dot(normals[v], mesh.face_normals()[f]);
    angles[v] += angle;
    steps[v] += angle * (across > 1e-3f ? 1.0f / across : 1.0f);
  });
  for (std::size_t v = 0; v < normals.size(); ++v) {
    even[v] = normals[v] * (angles[v] > 0.0f ? steps[v] / angles[v] : 1.0f);
  }
}

}  // namespace

TransformPoints::TransformPoints(const Document& document, const std::vector<Edited>& meshes,
                                 const Proportional& proportional, bool has_normals)
    : before_(document) {
  if (const Scene* scene = active_scene(document)) {
    corrects_corners_ = scene->tool_settings.use_transform_correct_face_attributes;
    keeps_connected_ = scene->tool_settings.use_transform_correct_keep_connected;
  }
  for (const Edited& edited : meshes) {
    const Mesh& mesh = *document.find<Mesh>(edited.mesh);
    const modeling::MeshSelection selection = modeling::read_selection(mesh);
    Part part{edited.mesh,      edited.world, inverse(edited.world),
              mesh.positions(), {},           points_.size()};
    std::vector<float3> places;
    places.reserve(mesh.vertex_count());
    for (const float3 p : mesh.positions()) {
      places.push_back(transform_point(edited.world, p));
    }
    std::vector<float> weights =
        proportional_weights(proportional, places, selection.verts, mesh.edges());
    if (const auto* hidden = mesh.attributes.find<std::uint8_t>(".hide_vert", Domain::Point)) {
      for (std::size_t v = 0; v < weights.size(); ++v) {
        weights[v] = (*hidden)[v] ? 0.0f : weights[v];
      }
    }
    std::vector<float3> normals(has_normals ? 0 : weights.size()),
        even(has_normals ? 0 : weights.size());
    if (has_normals) {
      vertex_directions(mesh, selection.faces, normals, even);
    }
    const float3x3 to_world = transpose(upper3x3(part.to_object));
    for (std::size_t v = 0; v < weights.size(); ++v) {
      if (weights[v] > 0.0f) {
        const float3 normal = unit(to_world * normals[v]);
        part.vertices.push_back(int(v));
        points_.push_back({places[v], weights[v], normal, normal * length(even[v])});
      }
    }
    parts_.push_back(std::move(part));
  }
}

TransformPoints::TransformPoints(const Document& document, const std::vector<BlockId>& objects,
                                 const std::vector<BlockId>& others,
                                 const Proportional& proportional) {
  std::vector<float3> places;
  std::vector<std::uint8_t> selected;
  std::vector<BlockId> all = ObjectTransform(document, objects).objects();
  const std::size_t count = all.size();
  for (const BlockId id : proportional.is_on ? others : std::vector<BlockId>()) {
    if (std::find(objects.begin(), objects.end(), id) == objects.end()) {
      all.push_back(id);
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    places.push_back(
        translation(evaluation::Evaluator::world_matrix(document, *document.find<Object>(all[i]))));
    selected.push_back(i < count);
  }
  const std::vector<float> weights = proportional_weights(proportional, places, selected);
  for (std::size_t i = 0; i < all.size(); ++i) {
    ObjectTransform one(document, {all[i]});
    if (weights[i] > 0.0f && !one.empty()) {
      objects_.push_back(std::move(one));
      points_.push_back({places[i], weights[i], {}, {}});
    }
  }
}

float3 TransformPoints::median() const {
  float3 sum;
  int count = 0;
  for (const Point& point : points_) {
    if (point.weight >= 1.0f) {
      sum += point.place;
      ++count;
    }
  }
  return sum / float(std::max(count, 1));
}

void TransformPoints::apply_weighted(Document& document,
                                     FunctionRef<float3(const Point&)> move) const {
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    objects_[i].translate(document, move(points_[i]) - points_[i].place);
  }
  for (const Part& part : parts_) {
    const Mesh* mesh = document.find<Mesh>(part.id);
    if (!mesh || mesh->vertex_count() != part.start.size() || part.vertices.empty()) {
      continue;
    }
    Array<float3> positions = part.start;
    const std::span<float3> out = positions.edit();
    for (std::size_t k = 0; k < part.vertices.size(); ++k) {
      out[std::size_t(part.vertices[k])] =
          transform_point(part.to_object, move(points_[part.first_point + k]));
    }
    put(document, part, std::move(positions));
  }
}

void TransformPoints::put(Document& document, const Part& part, Array<float3> positions) const {
  auto& mesh = document.edit<Mesh>(part.id, Change::Geometry);
  mesh.set_positions(std::move(positions));
  const Mesh* before = corrects_corners_ ? before_.find<Mesh>(part.id) : nullptr;
  if (before) {
    modeling::correct_corners(*before, part.vertices, keeps_connected_, mesh);
  }
}

void TransformPoints::settle(Document& document, FunctionRef<float3(float3, float3)> map) const {
  for (const Part& part : parts_) {
    const Mesh* mesh = document.find<Mesh>(part.id);
    if (!mesh || mesh->vertex_count() != part.start.size() || part.vertices.empty()) {
      continue;
    }
    Array<float3> positions = mesh->positions();
    const std::span<float3> out = positions.edit();
    for (std::size_t k = 0; k < part.vertices.size(); ++k) {
      float3& place = out[std::size_t(part.vertices[k])];
      place = transform_point(part.to_object, map(points_[part.first_point + k].place,
                                                  transform_point(part.to_world, place)));
    }
    put(document, part, std::move(positions));
  }
}

void TransformPoints::apply(Document& document, FunctionRef<float3(const Point&)> move) const {
  apply_weighted(document, [&](const Point& point) {
    return point.place + (move(point) - point.place) * point.weight;
  });
}

void TransformPoints::translate(Document& document, float3 offset) const {
  apply(document, [&](const Point& point) { return point.place + offset; });
}

void TransformPoints::rotate(Document& document, float3 pivot, float3 axis, float angle) const {
  apply_weighted(document, [&](const Point& point) {
    return pivot + quaternion_to_matrix(axis_angle_to_quaternion(axis, angle * point.weight)) *
                       (point.place - pivot);
  });
}

void TransformPoints::resize(Document& document, float3 pivot, const float3x3& axes,
                             float3 factors) const {
  float3x3 diagonal;
  for (int i = 0; i < 3; ++i) {
    diagonal[i][i] = factors[i];
  }
  const float3x3 stretch = axes * diagonal * transpose(axes);
  apply(document, [&](const Point& point) { return pivot + stretch * (point.place - pivot); });
}

}  // namespace kiln::operators
