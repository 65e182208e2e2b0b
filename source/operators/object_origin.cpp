// Moving the origin of objects, or their geometry to the origin.
#include "document/mesh.h"
#include "evaluation/evaluator.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

enum class OriginKind : std::uint8_t { GeometryToOrigin, ToGeometry, ToCursor, ToSurfaceMass, ToVolumeMass };
enum class OriginCenter : std::uint8_t { Median, Bounds };

struct OriginSettings {
  OriginKind type = OriginKind::GeometryToOrigin;
  OriginCenter center = OriginCenter::Median;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<OriginSettings> s("OBJECT_OT_origin_set", "Set Origin");
      s.add<&OriginSettings::type>("type", "Type")
          .items({{"GEOMETRY_ORIGIN", "Geometry to Origin", 0},
                  {"ORIGIN_GEOMETRY", "Origin to Geometry", 1},
                  {"ORIGIN_CURSOR", "Origin to 3D Cursor", 2},
                  {"ORIGIN_CENTER_OF_MASS", "Origin to Center of Mass (Surface)", 3},
                  {"ORIGIN_CENTER_OF_VOLUME", "Origin to Center of Mass (Volume)", 4}})
          .not_animatable();
      s.add<&OriginSettings::center>("center", "Center").items({{"MEDIAN", "Median Center", 0}, {"BOUNDS", "Bounds Center", 1}}).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

float3 mean(const Array<float3>& points) {
  double x = 0, y = 0, z = 0;
  for (const float3 p : points) {
    x += p.x;
    y += p.y;
    z += p.z;
  }
  const double n = double(std::max<std::size_t>(points.size(), 1));
  return {float(x / n), float(y / n), float(z / n)};
}

float3 middle_of_bounds(const Array<float3>& points) {
  if (points.empty()) {
    return {};
  }
  float3 low = points[0], high = points[0];
  for (const float3 p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  return (low + high) * 0.5f;
}

// Calls `visit` for every triangle of the fans that make up the faces.
template <typename Visit>
void for_each_triangle(const Mesh& mesh, std::size_t face, Visit&& visit) {
  const std::span<const int> corners = mesh.face_vertices(face);
  for (std::size_t i = 2; i < corners.size(); ++i) {
    visit(mesh.positions()[std::size_t(corners[0])], mesh.positions()[std::size_t(corners[i - 1])], mesh.positions()[std::size_t(corners[i])]);
  }
}

// The mean of the surface; of the vertices where there is no area.
float3 center_of_surface(const Mesh& mesh) {
  double weight = 0, x = 0, y = 0, z = 0;
  for (std::size_t face = 0; face < mesh.face_count(); ++face) {
    float3 normal;
    for_each_triangle(mesh, face, [&](float3 a, float3 b, float3 c) { normal = normal + cross(b - a, c - a); });
    if (length(normal) == 0.0f) {
      continue;
    }
    normal = normalize(normal);
    // Parts of a fan outside of a concave face count negative.
    for_each_triangle(mesh, face, [&](float3 a, float3 b, float3 c) {
      const double area = dot(cross(b - a, c - a), normal);
      weight += area;
      x += area * double(a.x + b.x + c.x) / 3.0;
      y += area * double(a.y + b.y + c.y) / 3.0;
      z += area * double(a.z + b.z + c.z) / 3.0;
    });
  }
  return std::abs(weight) < 1e-12 ? mean(mesh.positions()) : float3{float(x / weight), float(y / weight), float(z / weight)};
}

// The mean of the enclosed volume, from signed tetrahedra; of the vertices where nothing is enclosed.
float3 center_of_volume(const Mesh& mesh) {
  const float3 base = mean(mesh.positions());
  double weight = 0, x = 0, y = 0, z = 0;
  for (std::size_t face = 0; face < mesh.face_count(); ++face) {
    for_each_triangle(mesh, face, [&](float3 a, float3 b, float3 c) {
      a = a - base;
      b = b - base;
      c = c - base;
      const double volume = dot(a, cross(b, c));
      weight += volume;
      x += volume * double(a.x + b.x + c.x) / 4.0;
      y += volume * double(a.y + b.y + c.y) / 4.0;
      z += volume * double(a.z + b.z + c.z) / 4.0;
    });
  }
  return std::abs(weight) < 1e-12 ? base : base + float3{float(x / weight), float(y / weight), float(z / weight)};
}

Result<Outcome> origin_set(Context& context, const OriginSettings& s, const Given&) {
  Document& document = context.document();
  const float3 cursor = context.get_scene().cursor.location;
  std::unordered_set<BlockId> done;
  for (const BlockId id : context.editable()) {
    const auto* object = document.find<Object>(id);
    const Mesh* mesh = document.find<Mesh>(object->data.id);
    if (!mesh || mesh->is_linked() || object->is_linked()) {
      continue;
    }
    if (!done.insert(mesh->id).second) {
      context.reports.push_back(fmt::format("Object \"{}\" shares its mesh with another one; its origin stays", object->name));
      continue;
    }
    const float4x4 world = evaluation::Evaluator::world_matrix(document, *object);
    float3 center = s.center == OriginCenter::Bounds ? middle_of_bounds(mesh->positions()) : mean(mesh->positions());
    if (s.type == OriginKind::ToSurfaceMass) {
      center = center_of_surface(*mesh);
    } else if (s.type == OriginKind::ToVolumeMass) {
      center = center_of_volume(*mesh);
    } else if (s.type == OriginKind::ToCursor) {
      bool is_invertible = false;
      const float4x4 to_object = inverse(world, &is_invertible);
      if (!is_invertible) {
        return Error::invalid("Object \"{}\" is flat in space: its scale has a zero", object->name);
      }
      center = transform_point(to_object, cursor);
    }
    document.edit<Mesh>(mesh->id, Change::Geometry).transform(translation_matrix(-center));
    if (s.type == OriginKind::GeometryToOrigin) {
      continue;
    }
    auto& moved = document.edit<Object>(id, Change::Transform);
    moved.location = moved.location + (transform_point(moved.local_matrix(), center) - transform_point(moved.local_matrix(), {}));
    // Children stay where they are.
    for (const BlockId child : document.users_of(id)) {
      const auto* other = document.find<Object>(child);
      if (other && other->parent.id == id) {
        auto& kept = document.edit<Object>(child, Change::Transform);
        kept.matrix_parent_inverse = translation_matrix(-center) * kept.matrix_parent_inverse;
      }
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_object_origin(OperatorRegistry& registry) {
  add_operator(registry, "object.origin_set", "Set Origin", origin_set, needs_object_mode);
}

}  // namespace kiln::operators
