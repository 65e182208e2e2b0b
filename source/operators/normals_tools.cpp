// Copying a normal, and giving it to selected corners.
#include "operators/edit_mode.h"
#include "operators/mesh_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

enum class NormalsMode : std::uint8_t { Copy = 1, Paste = 2, Multiply = 3, Add = 4, Reset = 5 };

struct NormalsToolsSettings {
  NormalsMode mode = NormalsMode::Copy;
  bool absolute = false;  ///< the vector is a place that normals point to
  static const Schema& schema() {
    static const Schema schema = [] {
      using T = NormalsToolsSettings;
      SchemaBuilder<T> s("MESH_OT_normals_tools", "Normals Vector Tools");
      s.add<&T::mode>("mode", "Mode")
          .items({{"COPY", "Copy Normal", int(NormalsMode::Copy)},
                  {"PASTE", "Paste Normal", int(NormalsMode::Paste)},
                  {"ADD", "Add Normal", int(NormalsMode::Add)},
                  {"MULTIPLY", "Multiply Normal", int(NormalsMode::Multiply)},
                  {"RESET", "Reset Normal", int(NormalsMode::Reset)}})
          .hidden()
          .not_animatable();
      s.add<&T::absolute>("absolute", "Absolute Coordinates")
          .describe("The vector is the place that normals point to")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

bool is_chosen(const Mesh& mesh, const char* name, Domain domain, std::size_t i) {
  const auto* flags = mesh.attributes.find<std::uint8_t>(name, domain);
  return flags && i < flags->size() && (*flags)[i];
}

// Where only faces are selected, their own corners; else all corners at selected vertices.
std::vector<std::size_t> chosen_corners(const Mesh& mesh, bool only_faces) {
  std::vector<std::size_t> corners;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    const bool has_face = is_chosen(mesh, ".select_poly", Domain::Face, f);
    for (int c = mesh.face_offsets()[f]; c < mesh.face_offsets()[f + 1]; ++c) {
      const auto v = std::size_t(mesh.corner_vertices()[std::size_t(c)]);
      if (only_faces ? has_face : is_chosen(mesh, ".select_vert", Domain::Point, v)) {
        corners.push_back(std::size_t(c));
      }
    }
  }
  return corners;
}

// The normal of the one face or vertex that is selected; zero where nothing is.
Result<float3> selected_normal(const Mesh& mesh) {
  std::vector<std::size_t> faces, verts;
  for (std::size_t f = 0; f < mesh.face_count(); ++f) {
    if (is_chosen(mesh, ".select_poly", Domain::Face, f)) {
      faces.push_back(f);
    }
  }
  for (std::size_t v = 0; v < mesh.vertex_count(); ++v) {
    if (is_chosen(mesh, ".select_vert", Domain::Point, v)) {
      verts.push_back(v);
    }
  }
  if (verts.empty() && faces.empty()) {
    return float3();
  }
  if (faces.size() == 1 &&
      std::size_t(mesh.face_offsets()[faces[0] + 1] - mesh.face_offsets()[faces[0]]) ==
          verts.size()) {
    return mesh.face_normals()[faces[0]];
  }
  if (faces.empty() && verts.size() == 1) {
    const std::vector<std::size_t> corners = chosen_corners(mesh, false);
    return corners.empty() ? mesh.vertex_normals()[verts[0]] : mesh.corner_normals()[corners[0]];
  }
  return Error::invalid("mesh.normals_tools: one vertex or one face has to be selected to copy its normal");
}

float3 changed_normal(const NormalsToolsSettings& s, float3 vector, float3 place, float3 now) {
  const auto unit_or = [](float3 v, float3 otherwise) {
    return length(v) > 1e-8f ? normalize(v) : otherwise;
  };
  switch (s.mode) {
    case NormalsMode::Paste:
      return unit_or(s.absolute ? vector - place : vector, now);
    case NormalsMode::Add:
      return unit_or(now + vector, now);
    case NormalsMode::Multiply:
      return unit_or({now.x * vector.x, now.y * vector.y, now.z * vector.z}, now);
    case NormalsMode::Reset:
    case NormalsMode::Copy:
      break;
  }
  return {};
}

Result<Outcome> normals_tools(Context& context, const NormalsToolsSettings& s, const Given&) {
  const std::vector<BlockId> meshes = edited_meshes(context);
  Document& document = context.document();
  const Scene& scene = context.get_scene();
  if (s.mode == NormalsMode::Copy) {
    for (const BlockId id : meshes) {
      const Result<float3> normal = selected_normal(*document.find<Mesh>(id));
      if (!normal) {
        return normal.error();
      }
      if (meshes.size() == 1 || length(*normal) > 0.0f) {
        document.edit<Scene>(scene.id, Change::Selection).tool_settings.normal_vector = *normal;
        break;
      }
    }
    return Outcome::Finished;
  }
  const float3 vector = scene.tool_settings.normal_vector;
  const std::array<bool, 3> modes = scene.tool_settings.mesh_select_mode;
  for (const BlockId id : meshes) {
    const Mesh& mesh = *document.find<Mesh>(id);
    const std::vector<std::size_t> corners =
        chosen_corners(mesh, modes[2] && !modes[0] && !modes[1]);
    if (mesh.is_linked() || corners.empty()) {
      continue;
    }
    const Array<float3> normals = mesh.corner_normals();
    auto& edited = document.edit<Mesh>(id, Change::Geometry);
    edited.use_auto_smooth = true;
    Array<float3>& custom = edited.attributes.ensure<float3>(".custom_normal", Domain::Corner,
                                                             edited.corner_vertices().size());
    const std::span<float3> out = custom.edit();
    for (const std::size_t c : corners) {
      const float3 place = edited.positions()[std::size_t(edited.corner_vertices()[c])];
      out[c] = changed_normal(s, vector, place, normals[c]);
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_normals_tools(OperatorRegistry& registry) {
  add_operator(registry, "mesh.normals_tools", "Normals Vector Tools", normals_tools,
               needs_edited_mesh);
}

}  // namespace kiln::operators
