#include "modeling/modifiers/subsurf.h"

#include "modeling/subdivision/subdivide.h"

namespace kiln::modeling {
namespace {

/// Most faces a subdivision may make; more would not fit into memory.
constexpr std::int64_t max_faces = 200'000'000;

}  // namespace

Mesh SubsurfModifier::apply(const Mesh& mesh, ModifierContext& context) const {
  const int wanted =
      std::min(context.is_render() ? render_levels : levels, context.subdivision_limit());
  int level = wanted;
  while (level > 0 && (std::int64_t(mesh.corner_count()) << (2 * level - 2)) > max_faces) {
    --level;
  }
  if (level < wanted) {
    context.warn(fmt::format("level {} would have more than {} faces; level {} is used", wanted,
                             max_faces, level));
  }
  SurfaceSettings settings;
  settings.is_simple = subdivision_type == Type::Simple;
  settings.uses_limit = use_limit_surface;
  settings.quality = quality;
  settings.uniform_level =
      std::max({level, std::min(std::max(levels, render_levels), level + 4), 1});
  settings.uses_creases = use_creases;
  settings.uv_smooth = uv_smooth;
  settings.boundary_smooth = boundary_smooth;
  if (use_custom_normals && mesh.use_auto_smooth && mesh.attributes.find(".custom_normal") &&
      level > 0) {
    // Normals are interpolated like any other value of corners, and then hold as custom ones again.
    Mesh with_normals = mesh;
    with_normals.attributes.set(".custom_normal", Domain::Corner, mesh.corner_normals());
    Mesh result = subdivide_surface(with_normals, level, settings);
    if (const Array<float3>* normals =
            result.attributes.find<float3>(".custom_normal", Domain::Corner)) {
      result.set_custom_normals(*normals);
    }
    return result;
  }
  Mesh result = subdivide_surface(mesh, level, settings);
  if (level > 0) {
    result.attributes.remove(".custom_normal");
  }
  return result;
}

const Schema& SubsurfModifier::schema() {
  static const Schema schema = [] {
    using M = SubsurfModifier;
    SchemaBuilder<M> s("SubsurfModifier", "Subdivision Surface Modifier", &Modifier::schema());
    s.set_tag("SUBSURF");
    add_setting<&M::uv_smooth>(s, "uv_smooth", "UV Smooth")
        .items({{"NONE", "None", 0, "UVs are not smoothed, boundaries are kept sharp"},
                {"PRESERVE_CORNERS", "Keep Corners", 1,
                 "UVs are smoothed, corners on discontinuous boundary are kept sharp"},
                {"PRESERVE_CORNERS_AND_JUNCTIONS", "Keep Corners, Junctions", 2,
                 "UVs are smoothed, corners on discontinuous boundary and junctions of 3 or more "
                 "regions are kept sharp"},
                {"PRESERVE_CORNERS_JUNCTIONS_AND_CONCAVE", "Keep Corners, Junctions, Concave", 3,
                 "UVs are smoothed, corners on discontinuous boundary, junctions of 3 or more "
                 "regions and darts and "
                 "concave corners are kept sharp"},
                {"PRESERVE_BOUNDARIES", "Keep Boundaries", 4,
                 "UVs are smoothed, boundaries are kept sharp"},
                {"SMOOTH_ALL", "All", 5, "UVs and boundaries are smoothed"}});
    add_setting<&M::quality>(s, "quality", "Quality")
        .subtype(Subtype::Unsigned)
        .range(1, 10)
        .soft(1, 6);
    add_setting<&M::boundary_smooth>(s, "boundary_smooth", "Boundary Smooth")
        .items({{"PRESERVE_CORNERS", "Keep Corners", 1,
                 "Smooth boundaries, but corners are kept sharp"},
                {"ALL", "All", 0, "Smooth boundaries, including corners"}});
    add_setting<&M::subdivision_type>(s, "subdivision_type", "Subdivision Type")
        .items({{"CATMULL_CLARK", "Catmull-Clark", 0,
                 "Create a smooth curved surface, using the Catmull-Clark subdivision scheme"},
                {"SIMPLE", "Simple", 1,
                 "Use simple subdivision on the mesh's faces, without smoothing"}});
    add_setting<&M::levels>(s, "levels", "Levels")
        .subtype(Subtype::Unsigned)
        .range(0, 11)
        .soft(0, 6);
    add_setting<&M::render_levels>(s, "render_levels", "Render Levels")
        .subtype(Subtype::Unsigned)
        .range(0, 11)
        .soft(0, 6);
    add_setting<&M::show_only_control_edges>(s, "show_only_control_edges", "Optimal Display");
    add_setting<&M::use_creases>(s, "use_creases", "Use Creases");
    add_setting<&M::use_custom_normals>(s, "use_custom_normals", "Use Custom Normals");
    add_setting<&M::use_limit_surface>(s, "use_limit_surface", "Use Limit Surface")
        .default_value(false);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::modeling
