#include <unordered_map>

#include "core/tasks.h"
#include "document/mesh.h"
#include "io/obj/import.h"

namespace kiln::io::obj {
namespace {

constexpr std::size_t grain = 8192;

// Numbers of the file's vertices within one object.
class VertexNumbers {
public:
  // `uses(visit)` calls `visit(index)` for every use of a vertex.
  template <typename ForUses>
  VertexNumbers(std::size_t use_count, ForUses&& for_uses) {
    int low = std::numeric_limits<int>::max(), high = -1;
    for_uses([&](int index) {
      low = std::min(low, index);
      high = std::max(high, index);
    });
    if (high < 0) {
      return;
    }
    first_ = low;
    if (std::size_t(high - low) < 8 * use_count + 64) {
      // Marks over the range, then numbers in its order.
      dense_.assign(std::size_t(high - low) + 1, -1);
      for_uses([&](int index) { dense_[std::size_t(index - first_)] = 0; });
      for (std::size_t i = 0; i < dense_.size(); ++i) {
        if (dense_[i] == 0) {
          dense_[i] = int(used_.size());
          used_.push_back(first_ + int(i));
        }
      }
      return;
    }
    // Few vertices from far apart.
    used_.reserve(use_count);
    for_uses([&](int index) { used_.push_back(index); });
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
  }

  const std::vector<int>& used() const { return used_; }
  int operator[](int index) const {
    return dense_.empty() ? int(std::lower_bound(used_.begin(), used_.end(), index) - used_.begin())
                          : dense_[std::size_t(index - first_)];
  }

private:
  int first_ = 0;
  std::vector<int> dense_;
  std::vector<int> used_;
};

float to_linear(float display) {
  return display <= 0.04045f ? display / 12.92f : std::pow((display + 0.055f) / 1.055f, 2.4f);
}

// Where the corners and faces of an object's runs stand in its mesh.
struct Span {
  FaceRun run;
  std::size_t first_corner, first_face;  // in the mesh
};

class MeshBuilder {
public:
  MeshBuilder(const Scene& scene, const ObjectPart& part) : scene_(scene), part_(part) {
    for (const FaceRun& run : part.faces) {
      spans_.push_back({run, corner_count_, face_count_});
      corner_count_ +=
          std::size_t(offset(run.first_face + run.face_count) - offset(run.first_face));
      face_count_ += std::size_t(run.face_count);
    }
  }

  Mesh build(const ImportSettings& settings, std::vector<int>* materials) {
    const VertexNumbers numbers(corner_count_, [&](auto&& visit) {
      for (const Span& span : spans_) {
        for (int c = offset(span.run.first_face);
             c < offset(span.run.first_face + span.run.face_count); ++c) {
          visit(scene_.corner_positions[std::size_t(c)]);
        }
      }
      for (const LineRun& run : part_.lines) {
        for (int i = scene_.line_offsets[std::size_t(run.first_line)];
             i < scene_.line_offsets[std::size_t(run.first_line + run.line_count)]; ++i) {
          visit(scene_.line_positions[std::size_t(i)]);
        }
      }
    });
    Mesh mesh;
    mesh.resize(numbers.used().size(), 0, 0, 0);
    mesh.set_positions(positions(numbers, settings.global_scale));
    bool has_repeated_vertices = false;
    set_topology(mesh, numbers, &has_repeated_vertices);
    set_materials(mesh, materials);
    set_smoothness(mesh);
    set_uvs(mesh);
    set_colors(mesh, numbers);
    if (settings.import_vertex_groups) {
      set_vertex_groups(mesh, numbers);
    }
    set_normals(mesh);
    if (settings.validate_meshes || has_repeated_vertices) {
      mesh.validate();
    }
    return mesh;
  }

private:
  int offset(int face) const { return scene_.face_offsets[std::size_t(face)]; }

  // Calls `body(corner in the file, corner in the mesh)` in parallel.
  template <typename Body>
  void for_corners(Body&& body) const {
    for (const Span& span : spans_) {
      const std::size_t begin = std::size_t(offset(span.run.first_face));
      const std::size_t count =
          std::size_t(offset(span.run.first_face + span.run.face_count)) - begin;
      parallel_for(count, grain, [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
          body(begin + i, span.first_corner + i);
        }
      });
    }
  }

  Array<float3> positions(const VertexNumbers& numbers, float scale) const {
    std::vector<float3> result(numbers.used().size());
    const float3* all = scene_.positions.data();
    parallel_for(result.size(), grain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        result[i] = all[numbers.used()[i]] * scale;
      }
    });
    return result;
  }

  // Edges that the lines make, each once.
  Array<int2> line_edges(const VertexNumbers& numbers) const {
    std::vector<int2> edges;
    for (const LineRun& run : part_.lines) {
      for (int line = run.first_line; line < run.first_line + run.line_count; ++line) {
        for (int i = scene_.line_offsets[std::size_t(line)] + 1;
             i < scene_.line_offsets[std::size_t(line) + 1]; ++i) {
          const int a = numbers[scene_.line_positions[std::size_t(i) - 1]],
                    b = numbers[scene_.line_positions[std::size_t(i)]];
          if (a != b) {
            edges.push_back({std::min(a, b), std::max(a, b)});
          }
        }
      }
    }
    std::sort(edges.begin(), edges.end(),
              [](int2 a, int2 b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
  }

  void set_topology(Mesh& mesh, const VertexNumbers& numbers, bool* has_repeated_vertices) const {
    std::vector<int> corners(corner_count_), offsets(face_count_ ? face_count_ + 1 : 0);
    const int* positions = scene_.corner_positions.data();
    for_corners([&](std::size_t in, std::size_t out) { corners[out] = numbers[positions[in]]; });
    for (const Span& span : spans_) {
      const int shift = int(span.first_corner) - offset(span.run.first_face);
      for (int f = 0; f <= span.run.face_count; ++f) {
        offsets[span.first_face + std::size_t(f)] = offset(span.run.first_face + f) + shift;
      }
    }
    std::atomic<bool> is_repeated = false;
    parallel_for(face_count_, grain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t f = begin; f < end; ++f) {
        const int from = offsets[f], to = offsets[f + 1];
        // Large faces are sorted rather than compared pair by pair.
        if (to - from > 16) {
          std::vector<int> sorted(corners.begin() + from, corners.begin() + to);
          std::sort(sorted.begin(), sorted.end());
          if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
            is_repeated = true;
          }
          continue;
        }
        for (int a = from; a < to; ++a) {
          for (int b = a + 1; b < to; ++b) {
            if (corners[std::size_t(a)] == corners[std::size_t(b)]) {
              is_repeated = true;
            }
          }
        }
      }
    });
    *has_repeated_vertices = is_repeated;
    mesh.set_topology(line_edges(numbers), std::move(offsets), std::move(corners));
  }

  template <typename T, typename Value>
  Array<T> per_face(Value&& value) const {
    std::vector<T> values(face_count_);
    for (const Span& span : spans_) {
      std::fill_n(values.begin() + std::ptrdiff_t(span.first_face), span.run.face_count,
                  T(value(span.run)));
    }
    return values;
  }

  void set_materials(Mesh& mesh, std::vector<int>* materials) const {
    std::unordered_map<int, int> slots;
    for (const Span& span : spans_) {
      if (span.run.material >= 0 &&
          slots.try_emplace(span.run.material, int(slots.size())).second) {
        materials->push_back(span.run.material);
      }
    }
    if (slots.size() > 0) {
      // Faces before the first material get the first slot.
      mesh.attributes.set("material_index", Domain::Face, per_face<int>([&](const FaceRun& run) {
                            const auto found = slots.find(run.material);
                            return found == slots.end() ? 0 : found->second;
                          }));
    }
  }

  void set_smoothness(Mesh& mesh) const {
    const auto is_smooth = [](const FaceRun& run) { return run.smooth_group != 0; };
    if (std::any_of(part_.faces.begin(), part_.faces.end(), is_smooth)) {
      mesh.attributes.set(".smooth", Domain::Face, per_face<std::uint8_t>(is_smooth));
    }
  }

  // Whether any corner of the object has an index in `all`.
  bool has_any(const Array<int>& all) const {
    for (const Span& span : spans_) {
      const auto begin = all.begin() + offset(span.run.first_face),
                 end = all.begin() + offset(span.run.first_face + span.run.face_count);
      if (std::any_of(begin, end, [](int index) { return index >= 0; })) {
        return true;
      }
    }
    return false;
  }

  void set_uvs(Mesh& mesh) const {
    // If any object of a file has UVs all get a map, so that they can be joined and share
    // materials.
    if (scene_.corner_uvs.empty() || corner_count_ == 0) {
      return;
    }
    std::vector<float2> uvs(corner_count_);
    const float2* all = scene_.uvs.data();
    const int* indices = scene_.corner_uvs.data();
    for_corners([&](std::size_t in, std::size_t out) {
      if (indices[in] >= 0) {
        uvs[out] = all[indices[in]];
      }
    });
    mesh.add_uv_map("UVMap", std::move(uvs));
  }

  void set_colors(Mesh& mesh, const VertexNumbers& numbers) const {
    if (scene_.colors.empty()) {
      return;
    }
    std::vector<FloatColor> colors(numbers.used().size());
    bool has_color = false;
    for (std::size_t i = 0; i < colors.size(); ++i) {
      const float3 color = scene_.colors[std::size_t(numbers.used()[i])];
      const bool is_given = color.x >= 0.0f;
      has_color = has_color || is_given;
      colors[i] = is_given
                      ? FloatColor{to_linear(color.x), to_linear(color.y), to_linear(color.z), 1.0f}
                      : FloatColor{1.0f, 1.0f, 1.0f, 1.0f};
    }
    if (has_color) {
      mesh.attributes.set("Color", Domain::Point, Array<FloatColor>(std::move(colors)));
      mesh.active_color = mesh.render_color = "Color";
    }
  }

  void set_normals(Mesh& mesh) const {
    if (scene_.corner_normals.empty() || !has_any(scene_.corner_normals)) {
      return;
    }
    std::vector<float3> normals(corner_count_);
    const float3* all = scene_.normals.data();
    const int* indices = scene_.corner_normals.data();
    for_corners([&](std::size_t in, std::size_t out) {
      if (indices[in] >= 0) {
        normals[out] = all[indices[in]];
      }
    });
    mesh.set_custom_normals(std::move(normals));
    mesh.use_auto_smooth = true;
  }

  void set_vertex_groups(Mesh& mesh, const VertexNumbers& numbers) const {
    std::unordered_map<int, std::vector<const Span*>> spans_of;
    std::vector<int> order;
    for (const Span& span : spans_) {
      if (span.run.group >= 0) {
        auto& list = spans_of[span.run.group];
        if (list.empty()) {
          order.push_back(span.run.group);
        }
        list.push_back(&span);
      }
    }
    const int vertex_count = int(numbers.used().size());
    for (const int group : order) {
      const int index = int(mesh.vertex_groups.size());
      mesh.vertex_groups.add(VertexGroup{scene_.groups[std::size_t(group)]});
      std::vector<int> vertices;
      for (const Span* span : spans_of[group]) {
        for (int c = offset(span->run.first_face);
             c < offset(span->run.first_face + span->run.face_count); ++c) {
          vertices.push_back(numbers[scene_.corner_positions[std::size_t(c)]]);
        }
      }
      std::sort(vertices.begin(), vertices.end());
      vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
      mesh.weights.assign(vertex_count, vertices, index, 1.0f, VertexWeights::Mode::Replace);
    }
    if (!mesh.vertex_groups.empty()) {
      mesh.active_vertex_group = 0;
    }
  }

  const Scene& scene_;
  const ObjectPart& part_;
  std::vector<Span> spans_;
  std::size_t corner_count_ = 0, face_count_ = 0;
};

}  // namespace

Mesh make_mesh(const Scene& scene, const ObjectPart& part, const ImportSettings& settings,
               std::vector<int>* materials) {
  return MeshBuilder(scene, part).build(settings, materials);
}

}  // namespace kiln::io::obj
