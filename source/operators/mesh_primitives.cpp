// The operators that add basic solids: a new object, or more geometry for the mesh that is being edited.
#include "document/mesh.h"
#include "evaluation/evaluator.h"
#include "modeling/join.h"
#include "modeling/primitives.h"
#include "operators/mesh_operators.h"
#include "operators/placement.h"

namespace kiln::operators {
namespace {

using modeling::CapFill;
using Given = std::unordered_set<std::string>;

std::vector<EnumItem> fill_items() { return {{"NOTHING", "Nothing", 0}, {"NGON", "N-Gon", 1}, {"TRIFAN", "Triangle Fan", 2}}; }

PropertyBuilder& length_range(PropertyBuilder&& p, double soft_min) {
  return p.range(0, 1e12).soft(soft_min, 100).step(1).subtype(Subtype::Distance).not_animatable();
}

// Adds the solid where it belongs: into the mesh that is edited, else as a new object. Flat solids and the monkey take no scale,
// as scripts expect.
Result<Outcome> add_solid(Context& context, Mesh mesh, const char* name, const Placement& placement, const Given& given,
                          bool has_scale = true) {
  ResolvedPlacement place = resolve(context, placement, given);
  if (!has_scale) {
    place.scale = {1.0f, 1.0f, 1.0f};
  }
  modeling::select_all(mesh);
  const Object* active = context.active_object();
  const Mesh* edited = active && active->mode == ObjectMode::Edit ? context.document().find<Mesh>(active->data.id) : nullptr;
  if (edited) {
    bool is_invertible = false;
    const float4x4 to_object = inverse(evaluation::Evaluator::world_matrix(context.document(), *active), &is_invertible);
    if (!is_invertible) {
      return Error::invalid("object \"{}\" has a scale of zero; nothing can be added to its mesh", active->name);
    }
    mesh.transform(to_object * place.matrix());
    const Mesh* parts[] = {edited, &mesh};
    const BlockId id = edited->id;
    Mesh joined = modeling::join(parts);
    replace_geometry(context.document().edit<Mesh>(id), std::move(joined));
    return Outcome::Finished;
  }
  if (place.scale != float3{1.0f, 1.0f, 1.0f}) {
    mesh.transform(scale_matrix(place.scale));
  }
  auto block = std::make_shared<Mesh>(std::move(mesh));
  const DataBlock& data = context.document().add(block, name);
  Object& object = context.add_object(name, &data);
  object.location = place.location;
  object.rotation_euler = place.rotation;
  if (enters_edit_mode(context, placement, given)) {
    object.mode = ObjectMode::Edit;
  }
  return Outcome::Finished;
}

struct PlaneSettings : Placement {
  float size = 2.0f;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<PlaneSettings> s("MESH_OT_primitive_plane_add", "Add Plane");
      length_range(s.add<&PlaneSettings::size>("size", "Size"), 0.001);
      s.add<&PlaneSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_plane(Context& context, const PlaneSettings& s, const Given& given) {
  return add_solid(context, modeling::plane(s.size, s.calc_uvs), "Plane", s, given, /*has_scale=*/false);
}

struct CubeSettings : Placement {
  float size = 2.0f;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CubeSettings> s("MESH_OT_primitive_cube_add", "Add Cube");
      length_range(s.add<&CubeSettings::size>("size", "Size"), 0.001);
      s.add<&CubeSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_cube(Context& context, const CubeSettings& s, const Given& given) {
  return add_solid(context, modeling::cube(s.size, s.calc_uvs), "Cube", s, given);
}

struct CircleSettings : Placement {
  int vertices = 32;
  float radius = 1.0f;
  CapFill fill_type = CapFill::Nothing;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CircleSettings> s("MESH_OT_primitive_circle_add", "Add Circle");
      s.add<&CircleSettings::vertices>("vertices", "Vertices").range(3, 10000000).soft(3, 500).not_animatable();
      length_range(s.add<&CircleSettings::radius>("radius", "Radius"), 0.001);
      s.add<&CircleSettings::fill_type>("fill_type", "Fill Type").items(fill_items()).not_animatable();
      s.add<&CircleSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_circle(Context& context, const CircleSettings& s, const Given& given) {
  return add_solid(context, modeling::circle(s.vertices, s.radius, s.fill_type, s.calc_uvs), "Circle", s, given, /*has_scale=*/false);
}

struct UvSphereSettings : Placement {
  int segments = 32;
  int ring_count = 16;
  float radius = 1.0f;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<UvSphereSettings> s("MESH_OT_primitive_uv_sphere_add", "Add UV Sphere");
      s.add<&UvSphereSettings::segments>("segments", "Segments").range(3, 100000).soft(3, 500).not_animatable();
      s.add<&UvSphereSettings::ring_count>("ring_count", "Rings").range(3, 100000).soft(3, 500).not_animatable();
      length_range(s.add<&UvSphereSettings::radius>("radius", "Radius"), 0.001);
      s.add<&UvSphereSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_uv_sphere(Context& context, const UvSphereSettings& s, const Given& given) {
  return add_solid(context, modeling::uv_sphere(s.segments, s.ring_count, s.radius, s.calc_uvs), "Sphere", s, given);
}

struct IcoSphereSettings : Placement {
  int subdivisions = 2;
  float radius = 1.0f;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<IcoSphereSettings> s("MESH_OT_primitive_ico_sphere_add", "Add Ico Sphere");
      s.add<&IcoSphereSettings::subdivisions>("subdivisions", "Subdivisions").range(1, 10).soft(1, 8).not_animatable();
      length_range(s.add<&IcoSphereSettings::radius>("radius", "Radius"), 0.001);
      s.add<&IcoSphereSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_ico_sphere(Context& context, const IcoSphereSettings& s, const Given& given) {
  return add_solid(context, modeling::ico_sphere(s.subdivisions, s.radius, s.calc_uvs), "Icosphere", s, given);
}

struct CylinderSettings : Placement {
  int vertices = 32;
  float radius = 1.0f;
  float depth = 2.0f;
  CapFill end_fill_type = CapFill::Ngon;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CylinderSettings> s("MESH_OT_primitive_cylinder_add", "Add Cylinder");
      s.add<&CylinderSettings::vertices>("vertices", "Vertices").range(3, 10000000).soft(3, 500).not_animatable();
      length_range(s.add<&CylinderSettings::radius>("radius", "Radius"), 0.001);
      length_range(s.add<&CylinderSettings::depth>("depth", "Depth"), 0.001);
      s.add<&CylinderSettings::end_fill_type>("end_fill_type", "Cap Fill Type").items(fill_items()).not_animatable();
      s.add<&CylinderSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_cylinder(Context& context, const CylinderSettings& s, const Given& given) {
  return add_solid(context, modeling::cylinder(s.vertices, s.radius, s.depth, s.end_fill_type, s.calc_uvs), "Cylinder", s, given);
}

struct ConeSettings : Placement {
  int vertices = 32;
  float radius1 = 1.0f;
  float radius2 = 0.0f;
  float depth = 2.0f;
  CapFill end_fill_type = CapFill::Ngon;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ConeSettings> s("MESH_OT_primitive_cone_add", "Add Cone");
      s.add<&ConeSettings::vertices>("vertices", "Vertices").range(3, 10000000).soft(3, 500).not_animatable();
      length_range(s.add<&ConeSettings::radius1>("radius1", "Radius 1"), 0.001);
      length_range(s.add<&ConeSettings::radius2>("radius2", "Radius 2"), 0);
      length_range(s.add<&ConeSettings::depth>("depth", "Depth"), 0.001);
      s.add<&ConeSettings::end_fill_type>("end_fill_type", "Base Fill Type").items(fill_items()).not_animatable();
      s.add<&ConeSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_cone(Context& context, const ConeSettings& s, const Given& given) {
  return add_solid(context, modeling::cone(s.vertices, s.radius1, s.radius2, s.depth, s.end_fill_type, s.calc_uvs), "Cone", s, given);
}

struct GridSettings : Placement {
  int x_subdivisions = 10;
  int y_subdivisions = 10;
  float size = 2.0f;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<GridSettings> s("MESH_OT_primitive_grid_add", "Add Grid");
      s.add<&GridSettings::x_subdivisions>("x_subdivisions", "X Subdivisions").range(1, 10000000).soft(1, 1000).not_animatable();
      s.add<&GridSettings::y_subdivisions>("y_subdivisions", "Y Subdivisions").range(1, 10000000).soft(1, 1000).not_animatable();
      length_range(s.add<&GridSettings::size>("size", "Size"), 0.001);
      s.add<&GridSettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_grid(Context& context, const GridSettings& s, const Given& given) {
  return add_solid(context, modeling::grid(s.x_subdivisions, s.y_subdivisions, s.size, s.calc_uvs), "Grid", s, given, /*has_scale=*/false);
}

struct MonkeySettings : Placement {
  float size = 2.0f;
  bool calc_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MonkeySettings> s("MESH_OT_primitive_monkey_add", "Add Monkey");
      length_range(s.add<&MonkeySettings::size>("size", "Size"), 0.001);
      s.add<&MonkeySettings::calc_uvs>("calc_uvs", "Generate UVs").not_animatable();
      add_placement(s);
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_monkey(Context& context, const MonkeySettings& s, const Given& given) {
  return add_solid(context, modeling::monkey(s.size, s.calc_uvs), "Suzanne", s, given, /*has_scale=*/false);
}

enum class TorusMode : std::uint8_t { MajorMinor, ExteriorInterior };

struct TorusSettings : Placement {
  int major_segments = 48, minor_segments = 12;
  TorusMode mode = TorusMode::MajorMinor;
  float major_radius = 1.0f, minor_radius = 0.25f, abso_major_rad = 1.25f, abso_minor_rad = 0.75f;
  bool generate_uvs = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<TorusSettings> s("MESH_OT_primitive_torus_add", "Add Torus");
      add_placement(s, false);
      s.add<&TorusSettings::major_segments>("major_segments", "Major Segments").range(3, 256).not_animatable();
      s.add<&TorusSettings::minor_segments>("minor_segments", "Minor Segments").range(3, 256).not_animatable();
      s.add<&TorusSettings::mode>("mode", "Dimensions Mode").items({{"MAJOR_MINOR", "Major/Minor", 0}, {"EXT_INT", "Exterior/Interior", 1}}).not_animatable();
      s.add<&TorusSettings::major_radius>("major_radius", "Major Radius").range(0, 10000).soft(0, 100).step(3, 2).subtype(Subtype::Distance).not_animatable();
      s.add<&TorusSettings::minor_radius>("minor_radius", "Minor Radius").range(0, 10000).soft(0, 100).step(3, 2).subtype(Subtype::Distance).not_animatable();
      s.add<&TorusSettings::abso_major_rad>("abso_major_rad", "Exterior Radius").range(0, 10000).soft(0, 100).step(3, 2).subtype(Subtype::Distance).not_animatable();
      s.add<&TorusSettings::abso_minor_rad>("abso_minor_rad", "Interior Radius").range(0, 10000).soft(0, 100).step(3, 2).subtype(Subtype::Distance).not_animatable();
      s.add<&TorusSettings::generate_uvs>("generate_uvs", "Generate UVs").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_torus(Context& context, const TorusSettings& s, const Given& given) {
  float major = s.major_radius, minor = s.minor_radius;
  if (s.mode == TorusMode::ExteriorInterior) {
    minor = (s.abso_major_rad - s.abso_minor_rad) * 0.5f;
    major = s.abso_minor_rad + minor;
  }
  return add_solid(context, modeling::torus(s.major_segments, s.minor_segments, major, minor, s.generate_uvs), "Torus", s, given);
}

}  // namespace

void register_mesh_primitives(OperatorRegistry& registry) {
  add_operator(registry, "mesh.primitive_plane_add", "Add Plane", add_plane);
  add_operator(registry, "mesh.primitive_cube_add", "Add Cube", add_cube);
  add_operator(registry, "mesh.primitive_circle_add", "Add Circle", add_circle);
  add_operator(registry, "mesh.primitive_uv_sphere_add", "Add UV Sphere", add_uv_sphere);
  add_operator(registry, "mesh.primitive_ico_sphere_add", "Add Ico Sphere", add_ico_sphere);
  add_operator(registry, "mesh.primitive_cylinder_add", "Add Cylinder", add_cylinder);
  add_operator(registry, "mesh.primitive_cone_add", "Add Cone", add_cone);
  add_operator(registry, "mesh.primitive_grid_add", "Add Grid", add_grid);
  add_operator(registry, "mesh.primitive_monkey_add", "Add Monkey", add_monkey);
  add_operator(registry, "mesh.primitive_torus_add", "Add Torus", add_torus);
}

}  // namespace kiln::operators
