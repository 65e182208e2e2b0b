#include "io/obj/export.h"

#include <set>

#include "core/atomic_file.h"
#include "core/tasks.h"
#include "io/obj/export_elements.h"
#include "io/text_writer.h"

namespace kiln::io::obj {
namespace {

constexpr std::size_t lines_per_part = 16384;

// A name without the blanks that would end it.
std::string plain(std::string_view name) {
  std::string result(name);
  std::replace_if(
      result.begin(), result.end(),
      [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }, '_');
  return result;
}

// How many elements the objects before have written.
struct Counts {
  std::int64_t positions = 1, uvs = 1, normals = 1;  // numbers in the format begin at 1
};

// Writes `count` lines with `line(writer, i)`, formatted on all cores.
template <typename Line>
Result<void> write_lines(ByteOutput& output, std::size_t count, Line&& line) {
  const std::size_t part_count = (count + lines_per_part - 1) / lines_per_part;
  // A few parts at a time, so that the text of a large mesh is never in memory as a whole.
  constexpr std::size_t parts_at_once = 64;
  std::vector<std::string> parts;
  for (std::size_t first = 0; first < part_count; first += parts_at_once) {
    parts.assign(std::min(parts_at_once, part_count - first), {});
    parallel_for(parts.size(), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) {
        TextWriter writer;
        writer.reserve(lines_per_part * 40);
        const std::size_t from = (first + p) * lines_per_part;
        for (std::size_t i = from; i < std::min(from + lines_per_part, count); ++i) {
          line(writer, i);
        }
        parts[p] = writer.take();
      }
    });
    for (const std::string& text : parts) {
      if (Result<void> written = output.write(std::as_bytes(std::span(text))); !written) {
        return written;
      }
    }
  }
  return {};
}

Result<void> write_text(ByteOutput& output, std::string_view text) {
  return output.write(std::as_bytes(std::span(text)));
}

// One face of the output: a face of the mesh, or one of its triangles.
class Faces {
public:
  Faces(const Mesh& mesh, bool is_triangulated)
      : mesh_(mesh), triangles_(is_triangulated ? &mesh.triangles() : nullptr) {}
  std::size_t size() const { return triangles_ ? triangles_->faces.size() : mesh_.face_count(); }
  std::size_t source(std::size_t i) const {
    return triangles_ ? std::size_t(triangles_->faces.data()[i]) : i;
  }
  template <typename Visit>
  void for_corners(std::size_t i, bool is_reversed, Visit&& visit) const {
    if (triangles_) {
      const int3 corners = triangles_->corners.data()[i];
      visit(corners.x);
      visit(is_reversed ? corners.z : corners.y);
      visit(is_reversed ? corners.y : corners.z);
      return;
    }
    const int begin = mesh_.face_offsets().data()[i], end = mesh_.face_offsets().data()[i + 1];
    visit(begin);
    for (int k = begin + 1; k < end; ++k) {
      visit(is_reversed ? begin + end - k : k);
    }
  }

private:
  const Mesh& mesh_;
  const Triangles* triangles_;
};

class ObjectWriter {
public:
  ObjectWriter(const Document& document, const ExportObject& object, const ExportSettings& settings,
               const float3x3& to_file, ByteOutput& output, Counts& counts)
      : document_(document),
        object_(object),
        mesh_(*object.mesh),
        settings_(settings),
        output_(output),
        counts_(counts),
        matrix_(to_float4x4(to_file) * object.matrix),
        faces_(mesh_, settings.export_triangulated_mesh) {}

  Result<void> run() {
    TextWriter title;
    title << (settings_.export_object_groups ? "g " : "o ") << group_name() << '\n';
    if (Result<void> r = write_text(output_, title.text()); !r) {
      return r;
    }
    for (Result<void> (ObjectWriter::*step)() :
         {&ObjectWriter::write_positions, &ObjectWriter::write_normals, &ObjectWriter::write_uvs,
          &ObjectWriter::write_faces, &ObjectWriter::write_loose_edges}) {
      if (Result<void> r = (this->*step)(); !r) {
        return r;
      }
    }
    counts_.positions += std::int64_t(mesh_.vertex_count());
    counts_.normals += std::int64_t(normals_.normals.size());
    counts_.uvs += std::int64_t(uvs_.uvs.size());
    return {};
  }

private:
  std::string group_name() const {
    return settings_.export_object_groups ? plain(object_.name) + "_" + plain(object_.data_name)
                                          : plain(object_.name);
  }

  Result<void> write_positions() {
    const std::vector<float3> colors =
        settings_.export_colors ? vertex_colors(mesh_) : std::vector<float3>();
    return write_lines(output_, mesh_.vertex_count(), [&](TextWriter& out, std::size_t v) {
      const float3 p =
          transform_point(matrix_, mesh_.positions().data()[v]) * settings_.global_scale;
      (((out << "v ").fixed(p.x, 6) << ' ').fixed(p.y, 6) << ' ').fixed(p.z, 6);
      if (!colors.empty()) {
        (((out << ' ').fixed(colors[v].x, 4) << ' ').fixed(colors[v].y, 4) << ' ')
            .fixed(colors[v].z, 4);
      }
      out << '\n';
    });
  }

  Result<void> write_normals() {
    if (!settings_.export_normals || mesh_.face_count() == 0) {
      return {};
    }
    normals_ = shared_normals(mesh_, transpose(inverse(upper3x3(matrix_))));
    return write_lines(output_, normals_.normals.size(), [&](TextWriter& out, std::size_t i) {
      const float3 n = normals_.normals[i];
      (((out << "vn ").fixed(n.x, 4) << ' ').fixed(n.y, 4) << ' ').fixed(n.z, 4) << '\n';
    });
  }

  Result<void> write_uvs() {
    const Attribute* map = settings_.export_uv ? mesh_.uv_map() : nullptr;
    const Array<float2>* uvs = map ? map->as<float2>() : nullptr;
    if (!uvs || uvs->size() != mesh_.corner_count()) {
      return {};
    }
    uvs_ = shared_uvs(mesh_, *uvs);
    return write_lines(output_, uvs_.uvs.size(), [&](TextWriter& out, std::size_t i) {
      ((out << "vt ").fixed(uvs_.uvs[i].x, 6) << ' ').fixed(uvs_.uvs[i].y, 6) << '\n';
    });
  }

  // What is written before faces whose state differs from that of the face before.
  struct State {
    int material = 0;
    std::uint32_t smooth_group = 0;
    int vertex_group = -1;
    bool operator==(const State&) const = default;
  };

  std::vector<State> face_states(bool has_materials) const {
    std::vector<State> states(mesh_.face_count());
    std::vector<std::uint32_t> smooth;
    if (settings_.export_smooth_groups) {
      smooth = smooth_groups(mesh_, settings_.smooth_group_bitflags);
    } else if (const auto* flags = mesh_.attributes.find<std::uint8_t>(".smooth", Domain::Face)) {
      smooth.assign(flags->begin(), flags->end());
    }
    const std::vector<int> groups =
        settings_.export_vertex_groups ? dominant_vertex_groups(mesh_) : std::vector<int>();
    const Array<int>* materials = mesh_.attributes.find<int>("material_index", Domain::Face);
    for (std::size_t f = 0; f < states.size(); ++f) {
      if (has_materials && materials) {
        states[f].material = std::clamp((*materials)[f], 0, int(object_.materials.size()) - 1);
      }
      states[f].smooth_group = smooth.empty() ? 0 : smooth[f];
      states[f].vertex_group = groups.empty() ? -1 : groups[f];
    }
    return states;
  }

  Result<void> write_faces() {
    const bool has_materials = settings_.export_materials && !object_.materials.empty();
    const std::vector<State> states = face_states(has_materials);
    // Faces of one material stand together.
    std::vector<int> order(faces_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      order[i] = int(i);
    }
    if (has_materials && object_.materials.size() > 1) {
      std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return states[faces_.source(std::size_t(a))].material <
               states[faces_.source(std::size_t(b))].material;
      });
    }
    const bool is_mirrored = determinant(upper3x3(matrix_)) < 0.0f;
    return write_lines(output_, order.size(), [&](TextWriter& out, std::size_t i) {
      const std::size_t face = std::size_t(order[i]);
      const State& state = states[faces_.source(face)];
      const State* before = i > 0 ? &states[faces_.source(std::size_t(order[i - 1]))] : nullptr;
      if (!before || state != *before) {
        write_state(out, before, state, has_materials);
      }
      write_face(out, face, is_mirrored);
    });
  }

  void write_state(TextWriter& out, const State* before, const State& now,
                   bool has_materials) const {
    if (!before || before->smooth_group != now.smooth_group) {
      // Bit flags need the whole range.
      out << "s " << fmt::format("{}", now.smooth_group) << '\n';
    }
    if (settings_.export_vertex_groups && (!before || before->vertex_group != now.vertex_group)) {
      out << "g "
          << (now.vertex_group < 0 ? std::string("off")
                                   : plain(mesh_.vertex_groups[now.vertex_group].name))
          << '\n';
    }
    if (has_materials && (!before || before->material != now.material)) {
      const auto* material = document_.find(object_.materials[std::size_t(now.material)]);
      const std::string name = material ? plain(material->name) : std::string();
      if (settings_.export_material_groups) {
        out << "g " << plain(object_.name) << '_' << name << '\n';
      }
      out << "usemtl " << name << '\n';
    }
  }

  void write_face(TextWriter& out, std::size_t face, bool is_reversed) const {
    out << 'f';
    const int* vertices = mesh_.corner_vertices().data();
    const bool has_uvs = !uvs_.corner_indices.empty(),
               has_normals = !normals_.corner_indices.empty();
    faces_.for_corners(face, is_reversed, [&](int corner) {
      out << ' ' << int(counts_.positions + vertices[corner]);
      if (has_uvs || has_normals) {
        out << '/';
      }
      if (has_uvs) {
        out << int(counts_.uvs + uvs_.corner_indices[std::size_t(corner)]);
      }
      if (has_normals) {
        out << '/' << int(counts_.normals + normals_.corner_indices[std::size_t(corner)]);
      }
    });
    out << '\n';
  }

  Result<void> write_loose_edges() {
    std::vector<int2> loose;
    for (std::size_t e = 0; e < mesh_.edge_count(); ++e) {
      if (mesh_.edge_corners()[e].empty()) {
        loose.push_back(mesh_.edges()[e]);
      }
    }
    return write_lines(output_, loose.size(), [&](TextWriter& out, std::size_t i) {
      out << "l " << int(counts_.positions + loose[i].x) << ' '
          << int(counts_.positions + loose[i].y) << '\n';
    });
  }

  const Document& document_;
  const ExportObject& object_;
  const Mesh& mesh_;
  const ExportSettings& settings_;
  ByteOutput& output_;
  Counts& counts_;
  float4x4 matrix_;
  Faces faces_;
  SharedUvs uvs_;
  SharedNormals normals_;
};

// All materials that the objects use, by name.
std::vector<Material> used_materials(const Document& document,
                                     std::span<const ExportObject> objects) {
  std::set<BlockId> seen;
  std::vector<Material> materials;
  for (const ExportObject& object : objects) {
    for (const BlockRef<kiln::Material> slot : object.materials) {
      const kiln::Material* material = document.find(slot);
      if (material && seen.insert(slot.id).second) {
        materials.push_back(exported_material(document, *material));
        materials.back().name = plain(material->name);
      }
    }
  }
  std::sort(materials.begin(), materials.end(),
            [](const Material& a, const Material& b) { return a.name < b.name; });
  return materials;
}

Result<void> copy_pictures(std::span<const Material> materials, const Path& folder) {
  for (const Material& material : materials) {
    for (const Map& map : material.maps) {
      const Path target = folder / Path(map.path).filename();
      std::error_code error;
      if (std::filesystem::equivalent(map.path, target, error)) {
        continue;
      }
      std::filesystem::copy_file(map.path, target,
                                 std::filesystem::copy_options::overwrite_existing, error);
      if (error) {
        return Error::unreadable(map.path, fmt::format("cannot be copied to \"{}\": {}",
                                                       folder.string(), error.message()));
      }
    }
  }
  return {};
}

std::int64_t corner_total(std::span<const ExportObject> objects) {
  std::int64_t total = 0;
  for (const ExportObject& object : objects) {
    total += std::int64_t(std::max(object.mesh->corner_count(), object.mesh->vertex_count()));
  }
  return total;
}

}  // namespace

Result<void> export_obj(const Document& document, std::span<const ExportObject> objects,
                        const Path& path, const ExportSettings& settings, Progress& progress) {
  const Result<float3x3> conversion = axis_conversion(settings.forward, settings.up);
  if (!conversion) {
    return conversion.error();
  }
  if (corner_total(objects) > max_element_count) {
    return Error::unsupported("OBJ files cannot hold more than {} corners", max_element_count);
  }
  // Rotations are undone by their transpose.
  const float3x3 to_file = transpose(*conversion);
  const Path library = Path(path).replace_extension(".mtl");
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file) {
    return file.error();
  }
  TextWriter head;
  head << "# Kiln\n";
  if (settings.export_materials) {
    head << "mtllib " << library.filename().string() << '\n';
  }
  if (Result<void> written = write_text(*file, head.text()); !written) {
    return written;
  }
  Counts counts;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    if (progress.cancelled()) {
      return Error::cancelled();
    }
    progress.report(float(i) / float(objects.size()), objects[i].name);
    if (Result<void> written =
            ObjectWriter(document, objects[i], settings, to_file, *file, counts).run();
        !written) {
      return written;
    }
  }
  if (settings.export_materials) {
    const std::vector<Material> materials = used_materials(document, objects);
    if (settings.path_mode == PathMode::Copy) {
      if (Result<void> copied = copy_pictures(materials, path.parent_path()); !copied) {
        return copied;
      }
    }
    Result<AtomicFile> library_file = AtomicFile::create(library);
    if (!library_file) {
      return library_file.error();
    }
    if (Result<void> written =
            write_text(*library_file, material_library(materials, path.parent_path(), settings));
        !written) {
      return written;
    }
    if (Result<void> committed = library_file->commit(); !committed) {
      return committed;
    }
  }
  return file->commit();
}

}  // namespace kiln::io::obj
