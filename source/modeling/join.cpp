#include "modeling/join.h"

#include "core/tasks.h"

namespace kiln::modeling {
namespace {

/// Where the elements of each part begin, and their sum at the end.
struct Starts {
  std::vector<std::size_t> vertices{0}, edges{0}, corners{0}, faces{0};
  const std::vector<std::size_t>& of(Domain domain) const {
    return domain == Domain::Point  ? vertices
           : domain == Domain::Edge ? edges
           : domain == Domain::Face ? faces
                                    : corners;
  }
};

/// Copies an array of each part (or nothing, where it has none), changed by `map(part, value)`,
/// into one array.
template <typename T, typename Get, typename Map>
Array<T> joined(std::span<const Mesh* const> parts, const std::vector<std::size_t>& starts,
                Get&& get, Map&& map) {
  Array<T> result(starts.back());
  const std::span<T> out = result.edit();
  parallel_for(parts.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      if (const Array<T>* values = get(*parts[p])) {
        const std::size_t count = std::min(values->size(), starts[p + 1] - starts[p]);
        for (std::size_t i = 0; i < count; ++i) {
          out[starts[p] + i] = map(p, values->data()[i]);
        }
      }
    }
  });
  return result;
}

void join_attributes(std::span<const Mesh* const> parts, const Starts& starts,
                     AttributeSet& result) {
  for (const Mesh* part : parts) {
    for (const Attribute& model : part->attributes.items()) {
      if (result.find(model.name)) {
        continue;
      }
      AttributeArray values = std::visit(
          [&](const auto& array) -> AttributeArray {
            using T = std::remove_cvref_t<decltype(array[0])>;
            return joined<T>(
                parts, starts.of(model.domain),
                [&](const Mesh& mesh) { return mesh.attributes.find<T>(model.name, model.domain); },
                [](std::size_t, const T& value) { return value; });
          },
          model.values);
      result.set(model.name, model.domain, std::move(values)).is_uv_map = model.is_uv_map;
    }
  }
}

void join_weights(std::span<const Mesh* const> parts, const Starts& starts, Mesh& result) {
  std::vector<std::vector<int>> group_of(parts.size());
  bool has_weights = false;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    has_weights |= !parts[p]->weights.empty();
    for (const VertexGroup& group : parts[p]->vertex_groups) {
      std::int64_t i = result.vertex_groups.find(group.name);
      if (i < 0) {
        i = result.vertex_groups.size();
        result.vertex_groups.add(group);
      }
      group_of[p].push_back(int(i));
    }
  }
  if (!has_weights) {
    result.weights = {};
    return;
  }
  std::vector<int> offsets{0}, groups;
  std::vector<float> weights;
  offsets.reserve(starts.vertices.back() + 1);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const VertexWeights& w = parts[p]->weights;
    const std::size_t rows = starts.vertices[p + 1] - starts.vertices[p];
    for (std::size_t v = 0; v < rows; ++v) {
      for (int e = w.empty() ? 0 : w.offsets[v]; e < (w.empty() ? 0 : w.offsets[v + 1]); ++e) {
        const int group = w.groups[std::size_t(e)];
        groups.push_back(std::size_t(group) < group_of[p].size() ? group_of[p][std::size_t(group)]
                                                                 : group);
        weights.push_back(w.weights[std::size_t(e)]);
      }
      offsets.push_back(int(groups.size()));
    }
  }
  result.weights.offsets = Array<int>(std::move(offsets));
  result.weights.groups = Array<int>(std::move(groups));
  result.weights.weights = Array<float>(std::move(weights));
}

void join_materials(std::span<const Mesh* const> parts, const Starts& starts, Mesh& result) {
  std::vector<std::vector<int>> slot_of(parts.size());
  bool has_other_slots = false;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    for (std::size_t s = 0; s < parts[p]->materials.size(); ++s) {
      const BlockRef<Material> material = parts[p]->materials[s];
      auto slot = std::find(result.materials.begin(), result.materials.end(), material);
      if (p > 0 && slot == result.materials.end()) {
        result.materials.push_back(material);
        slot = result.materials.end() - 1;
      }
      slot_of[p].push_back(p == 0 ? int(s) : int(slot - result.materials.begin()));
      has_other_slots |= slot_of[p].back() != int(s);
    }
  }
  if (!has_other_slots) {
    return;
  }
  const std::span<int> indices =
      result.attributes.ensure<int>("material_index", Domain::Face, starts.faces.back()).edit();
  for (std::size_t p = 1; p < parts.size(); ++p) {
    for (std::size_t f = starts.faces[p]; f < starts.faces[p + 1] && !slot_of[p].empty(); ++f) {
      indices[f] = slot_of[p][std::size_t(std::clamp(indices[f], 0, int(slot_of[p].size()) - 1))];
    }
  }
}

}  // namespace

Mesh join(std::span<const Mesh* const> parts) {
  if (parts.empty()) {
    return {};
  }
  Starts starts;
  for (const Mesh* part : parts) {
    starts.vertices.push_back(starts.vertices.back() + part->vertex_count());
    starts.edges.push_back(starts.edges.back() + part->edge_count());
    starts.corners.push_back(starts.corners.back() + part->corner_count());
    starts.faces.push_back(starts.faces.back() + part->face_count());
  }
  Mesh result = *parts[0];
  result.attributes = {};
  join_attributes(parts, starts, result.attributes);
  join_weights(parts, starts, result);
  join_materials(parts, starts, result);

  Array<int> offsets = joined<int>(
      parts, starts.faces,
      [](const Mesh& m) { return m.face_count() > 0 ? &m.face_offsets() : nullptr; },
      [&](std::size_t p, int offset) { return offset + int(starts.corners[p]); });
  if (starts.faces.back() > 0) {
    offsets.resize(starts.faces.back() + 1, int(starts.corners.back()));
  }
  result.replace_geometry(
      joined<float3>(
          parts, starts.vertices, [](const Mesh& m) { return &m.positions(); },
          [](std::size_t, float3 position) { return position; }),
      joined<int2>(
          parts, starts.edges, [](const Mesh& m) { return &m.edges(); },
          [&](std::size_t p, int2 edge) {
            const int start = int(starts.vertices[p]);
            return int2{edge.x + start, edge.y + start};
          }),
      std::move(offsets),
      joined<int>(
          parts, starts.corners, [](const Mesh& m) { return &m.corner_vertices(); },
          [&](std::size_t p, int vertex) { return vertex + int(starts.vertices[p]); }),
      joined<int>(
          parts, starts.corners, [](const Mesh& m) { return &m.corner_edges(); },
          [&](std::size_t p, int edge) { return edge + int(starts.edges[p]); }));
  return result;
}

}  // namespace kiln::modeling
