// Directions that the user keeps under a name.
#include "operators/orientation.h"

#include "document/view3d_space.h"
#include "document/window_layout.h"
#include "evaluation/evaluator.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

constexpr float tiny = 1e-8f;

float3x3 columns(float3 x, float3 y, float3 z) {
  float3x3 out;
  for (int i = 0; i < 3; ++i) {
    out[i][0] = x[i];
    out[i][1] = y[i];
    out[i][2] = z[i];
  }
  return out;
}

std::vector<std::size_t> selected_of(const Mesh& mesh, const char* name, Domain domain) {
  std::vector<std::size_t> out;
  const auto* flags = mesh.attributes.find<std::uint8_t>(name, domain);
  for (std::size_t i = 0; flags && i < flags->size(); ++i) {
    if ((*flags)[i]) {
      out.push_back(i);
    }
  }
  return out;
}

// A direction along the sides of a face: of a quad the longer pair of opposite sides, else its
// longest side.
float3 face_tangent(const Mesh& mesh, std::size_t face) {
  std::vector<float3> p;
  for (const int v : mesh.face_vertices(face)) {
    p.push_back(mesh.positions()[std::size_t(v)]);
  }
  if (p.size() == 4) {
    const float3 a = (p[0] - p[1]) + (p[3] - p[2]), b = (p[1] - p[2]) + (p[0] - p[3]);
    return length(b) > length(a) * 1.00001f ? b : a;
  }
  float3 longest;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const float3 side = p[i] - p[(i + 1) % p.size()];
    longest = length(side) > length(longest) * 1.00001f ? side : longest;
  }
  return longest;
}

std::optional<float3x3> from_normal_and_tangent(float3 normal, float3 tangent) {
  if (length(normal) < tiny) {
    return std::nullopt;
  }
  const float3 z = normalize(normal);
  float3 x = cross(z, length(tangent) > tiny ? normalize(tangent) : float3{0, 0, 1});
  if (length(x) < 1e-5f) {
    x = cross(z, std::abs(z.x) > 0.9f ? float3{0, 1, 0} : float3{1, 0, 0});
  }
  x = normalize(x);
  return columns(x, cross(z, x), z);
}

}  // namespace

std::optional<SelectionAxes> selection_axes(const Mesh& mesh, const float4x4& world) {
  const float3x3 to_world = upper3x3(world);
  const float3x3 of_normals = transpose(upper3x3(inverse(world)));
  const std::vector<std::size_t> faces = selected_of(mesh, ".select_poly", Domain::Face),
                                 edges = selected_of(mesh, ".select_edge", Domain::Edge),
                                 verts = selected_of(mesh, ".select_vert", Domain::Point);
  const auto place = [&](std::size_t v) { return mesh.positions()[v]; };
  const auto made = [](const std::optional<float3x3>& axes, const char* name) {
    return axes ? std::optional(SelectionAxes{*axes, name}) : std::nullopt;
  };
  if (!faces.empty()) {
    float3 normal, tangent;
    for (const std::size_t f : faces) {
      normal += mesh.face_normals()[f];
      tangent += face_tangent(mesh, f);
    }
    return made(from_normal_and_tangent(of_normals * normal, of_normals * tangent), "Face");
  }
  if (verts.size() == 3) {
    float3 normal = cross(place(verts[1]) - place(verts[0]), place(verts[2]) - place(verts[0]));
    float3 around;
    for (const std::size_t v : verts) {
      around += mesh.vertex_normals()[v];
    }
    normal = dot(normal, around) < 0.0f ? -normal : normal;
    const float3 tangent = place(verts[0]) - place(verts[1]);
    return made(from_normal_and_tangent(of_normals * normal, of_normals * tangent), "Face");
  }
  if (edges.size() == 1 || verts.size() == 2) {
    std::size_t a = verts.size() == 2 ? verts[0] : std::size_t(mesh.edges()[edges[0]].x),
                b = verts.size() == 2 ? verts[1] : std::size_t(mesh.edges()[edges[0]].y);
    if (b < a) {
      std::swap(a, b);
    }
    const float3 along = place(a) - place(b);
    const float3 normal = mesh.vertex_normals()[a] + mesh.vertex_normals()[b];
    float3 side = cross(along, length(normal) > 1e-4f ? normal : float3{0, 0, 1});
    if (length(side) < tiny) {
      side = cross(along, float3{1, 0, 0});
    }
    const float3 y = to_world * along, x = of_normals * side;
    if (length(y) < tiny || length(x) < tiny) {
      return std::nullopt;
    }
    const float3 unit_x = normalize(x), unit_y = normalize(y);
    return SelectionAxes{columns(unit_x, unit_y, cross(unit_x, unit_y)), "Edge"};
  }
  float3 normal;
  for (const std::size_t v : verts) {
    normal += mesh.vertex_normals()[v];
  }
  return length(normal) < 1e-4f
             ? std::nullopt
             : made(from_normal_and_tangent(of_normals * normal, {0, 0, 0}), "Vertex");
}

namespace {

struct CreateSettings {
  std::string name;
  bool use_view = false;
  bool use = false;
  bool overwrite = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = CreateSettings;
      SchemaBuilder<T> s("TRANSFORM_OT_create_orientation", "Create Orientation");
      s.add<&T::name>("name", "Name").max_bytes(64).never_none().not_animatable();
      s.add<&T::use_view>("use_view", "Use View")
          .describe("The axes of the view instead of those of what is selected")
          .not_animatable();
      s.add<&T::use>("use", "Use After Creation").not_animatable();
      s.add<&T::overwrite>("overwrite", "Overwrite Previous").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// The axes of the 3D viewport under the mouse, or of the first one.
std::optional<float3x3> view_axes(const Context& context) {
  const auto* layout = context.project.services.find<WindowLayout>();
  if (!layout || layout->screens.empty()) {
    return std::nullopt;
  }
  const Screen& screen = layout->screens[layout->active_screen];
  const SpaceView3D* found = nullptr;
  for (std::int64_t i = 0; i < screen.areas.size(); ++i) {
    const auto& spaces = screen.areas[i].spaces;
    const auto* space = spaces.empty() ? nullptr : dynamic_cast<const SpaceView3D*>(&spaces[0]);
    if (space && (!found || i == layout->active_area)) {
      found = space;
    }
  }
  return found ? std::optional(quaternion_to_matrix(normalize(found->region.view_rotation)))
               : std::nullopt;
}

std::string unique_name(const ItemList<CustomOrientation>& all, const std::string& wanted) {
  std::string name = wanted;
  for (int i = 1; all.find(name) >= 0; ++i) {
    name = fmt::format("{}.{:03}", wanted, i);
  }
  return name;
}

Result<Outcome> create(Context& context, const CreateSettings& s, const Given&) {
  const Object* object = context.active_object();
  std::optional<SelectionAxes> found;
  std::string name = s.name;
  if (s.use_view) {
    const std::optional<float3x3> view = view_axes(context);
    if (!view) {
      return Error::invalid("transform.create_orientation: there is no 3D viewport");
    }
    found = SelectionAxes{*view, "View"};
  } else if (object) {
    const float4x4 world = evaluation::Evaluator::world_matrix(context.document(), *object);
    const Mesh* mesh =
        object->mode == ObjectMode::Edit ? context.document().find<Mesh>(object->data.id) : nullptr;
    found = mesh ? selection_axes(*mesh, world) : SelectionAxes{rotation_part(world), ""};
    name = name.empty() && !mesh ? object->name : name;
  }
  if (!found) {
    return Error::invalid("transform.create_orientation: what is selected has no direction");
  }
  name = name.empty() ? found->name : name;
  auto& scene = context.document().edit<Scene>(context.scene, Change::Selection);
  std::int64_t at = s.overwrite ? scene.custom_orientations.find(name) : -1;
  if (at < 0) {
    scene.custom_orientations.add(
        CustomOrientation{unique_name(scene.custom_orientations, name), {}});
    at = scene.custom_orientations.size() - 1;
  }
  scene.custom_orientations.edit(at).matrix = found->axes;
  if (s.use) {
    OrientationSlot& slot = scene.orientation_slots[0];
    slot = {TransformOrientation::Custom, slot.use, int(at)};
  }
  return Outcome::Finished;
}

struct SelectSettings {
  std::string orientation = "GLOBAL";
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = SelectSettings;
      SchemaBuilder<T> s("TRANSFORM_OT_select_orientation", "Select Orientation");
      const Property& type = *transform_orientation_slot_schema().property("type");
      s.add_computed(
           PropertyType::Enum, "orientation", "Orientation",
           [](const ConstRef& r) { return Value(r.as<T>().orientation); },
           [](const MutableRef& r, const Value& v) -> Result<void> {
             r.as<T>().orientation = v.as_string();
             return {};
           })
          .items([&type](const ConstRef& r) {
            // Those of the scene that is worked on.
            const Scene* scene = r.document ? active_scene(*r.document) : nullptr;
            return scene ? type.dynamic_items({&transform_orientation_slot_schema(), scene, 0})
                         : type.items;
          })
          .default_value("GLOBAL")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> select(Context& context, const SelectSettings& s, const Given&) {
  const Property& type = *transform_orientation_slot_schema().property("type");
  auto& scene = context.document().edit<Scene>(context.scene, Change::Selection);
  const Result<void> done =
      type.set({&transform_orientation_slot_schema(), &scene, 0}, Value(s.orientation));
  return done ? Result<Outcome>(Outcome::Finished) : Result<Outcome>(done.error());
}

std::optional<std::string> lacks_custom(const Context& context) {
  const Scene& scene = context.get_scene();
  return scene.custom_orientation(scene.orientation_slots[0])
             ? std::nullopt
             : std::optional<std::string>("the orientation in use is none of the scene's own");
}

// What used it has the directions of the world again.
Result<Outcome> remove(Context& context, const NoSettings&, const Given&) {
  auto& scene = context.document().edit<Scene>(context.scene, Change::Selection);
  const int gone = scene.orientation_slots[0].custom;
  scene.custom_orientations.remove(gone);
  for (OrientationSlot& slot : scene.orientation_slots) {
    if (slot.type == TransformOrientation::Custom && slot.custom == gone) {
      slot = {TransformOrientation::Global, slot.use, -1};
    } else if (slot.custom > gone) {
      --slot.custom;
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_orientations(OperatorRegistry& registry) {
  add_operator(registry, "transform.create_orientation", "Create Orientation", create);
  add_operator(registry, "transform.select_orientation", "Select Orientation", select);
  add_operator(registry, "transform.delete_orientation", "Delete Orientation", remove,
               lacks_custom);
}

}  // namespace kiln::operators
