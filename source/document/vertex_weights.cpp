#include "core/tasks.h"
#include "document/mesh.h"

namespace kiln {

std::optional<float> VertexWeights::find(int vertex, int group) const {
  if (vertex < 0 || std::size_t(vertex) + 1 >= offsets.size()) {
    return std::nullopt;
  }
  for (int i = offsets[std::size_t(vertex)]; i < offsets[std::size_t(vertex) + 1]; ++i) {
    if (groups[std::size_t(i)] == group) {
      return weights[std::size_t(i)];
    }
  }
  return std::nullopt;
}

void VertexWeights::set(int vertex_count, int vertex, int group, float weight) {
  const float clamped = std::clamp(weight, 0.0f, 1.0f);
  if (offsets.empty()) {
    offsets = Array<int>(std::size_t(vertex_count) + 1);
  } else if (int(offsets.size()) < vertex_count + 1) {
    offsets.resize(std::size_t(vertex_count) + 1, offsets.back());
  }
  const int begin = offsets[std::size_t(vertex)], end = offsets[std::size_t(vertex) + 1];
  for (int i = begin; i < end; ++i) {
    if (groups[std::size_t(i)] == group) {
      weights.edit()[std::size_t(i)] = clamped;
      return;
    }
  }
  // A new entry moves all later ones: O(entries). Whoever fills whole groups builds the rows at
  // once instead.
  groups.resize(groups.size() + 1);
  weights.resize(weights.size() + 1);
  const std::span<int> g = groups.edit();
  const std::span<float> w = weights.edit();
  std::move_backward(g.begin() + end, g.end() - 1, g.end());
  std::move_backward(w.begin() + end, w.end() - 1, w.end());
  g[std::size_t(end)] = group;
  w[std::size_t(end)] = clamped;
  const std::span<int> o = offsets.edit();
  for (std::size_t v = std::size_t(vertex) + 1; v < o.size(); ++v) {
    ++o[v];
  }
}

void VertexWeights::assign(int vertex_count, std::span<const int> vertices, int group, float weight,
                           Mode mode) {
  if (offsets.empty()) {
    offsets = Array<int>(std::size_t(vertex_count) + 1);
  }
  resize(std::size_t(vertex_count));
  std::vector<std::uint8_t> is_new(std::size_t(vertex_count), 0);
  const std::span<float> old_weights = weights.edit();
  std::size_t new_count = 0;
  for (const int v : vertices) {
    if (v < 0 || v >= vertex_count) {
      continue;
    }
    bool found = false;
    for (int i = offsets[std::size_t(v)]; i < offsets[std::size_t(v) + 1] && !found; ++i) {
      if (groups[std::size_t(i)] == group) {
        float& w = old_weights[std::size_t(i)];
        w = std::clamp(mode == Mode::Replace ? weight
                       : mode == Mode::Add   ? w + weight
                                             : w - weight,
                       0.0f, 1.0f);
        found = true;
      }
    }
    if (!found && mode != Mode::Subtract && !is_new[std::size_t(v)]) {
      is_new[std::size_t(v)] = 1;
      ++new_count;
    }
  }
  if (new_count == 0) {
    return;
  }
  // Rows move up by the new entries before them; from the end, so that nothing is overwritten.
  groups.resize(groups.size() + new_count);
  weights.resize(groups.size());
  const std::span<int> g = groups.edit();
  const std::span<float> w = weights.edit();
  const std::span<int> o = offsets.edit();
  int to = int(g.size());
  for (int v = vertex_count - 1; v >= 0; --v) {
    const int begin = o[std::size_t(v)], end = o[std::size_t(v) + 1];
    o[std::size_t(v) + 1] = to;
    if (is_new[std::size_t(v)]) {
      --to;
      g[std::size_t(to)] = group;
      w[std::size_t(to)] = std::clamp(weight, 0.0f, 1.0f);
    }
    for (int i = end - 1; i >= begin; --i) {
      --to;
      g[std::size_t(to)] = g[std::size_t(i)];
      w[std::size_t(to)] = w[std::size_t(i)];
    }
  }
}

void VertexWeights::remove(int vertex, int group) {
  if (vertex < 0 || std::size_t(vertex) + 1 >= offsets.size()) {
    return;
  }
  for (int i = offsets[std::size_t(vertex)]; i < offsets[std::size_t(vertex) + 1]; ++i) {
    if (groups[std::size_t(i)] == group) {
      const std::span<int> g = groups.edit();
      const std::span<float> w = weights.edit();
      std::move(g.begin() + i + 1, g.end(), g.begin() + i);
      std::move(w.begin() + i + 1, w.end(), w.begin() + i);
      groups.resize(g.size() - 1);
      weights.resize(w.size() - 1);
      const std::span<int> o = offsets.edit();
      for (std::size_t v = std::size_t(vertex) + 1; v < o.size(); ++v) {
        --o[v];
      }
      return;
    }
  }
}

std::vector<float> VertexWeights::group_weights(int group, int vertex_count) const {
  std::vector<float> dense(std::size_t(vertex_count), 0.0f);
  const std::size_t rows = offsets.empty() ? 0 : std::min(offsets.size() - 1, dense.size());
  for (std::size_t v = 0; v < rows; ++v) {
    for (int i = offsets[v]; i < offsets[v + 1]; ++i) {
      if (groups[std::size_t(i)] == group) {
        dense[v] = weights[std::size_t(i)];
      }
    }
  }
  return dense;
}

void VertexWeights::resize(std::size_t vertex_count) {
  if (offsets.empty() || offsets.size() == vertex_count + 1) {
    return;
  }
  const std::size_t entries =
      vertex_count + 1 < offsets.size() ? std::size_t(offsets[vertex_count]) : groups.size();
  offsets.resize(vertex_count + 1, offsets.back());
  groups.resize(entries);
  weights.resize(entries);
}

VertexWeights VertexWeights::gathered(std::span<const int> kept) const {
  VertexWeights result;
  if (empty()) {
    return result;
  }
  std::vector<int> rows(kept.size() + 1, 0);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    rows[i + 1] =
        rows[i] +
        (kept[i] < 0 ? 0 : offsets[std::size_t(kept[i]) + 1] - offsets[std::size_t(kept[i])]);
  }
  result.groups = Array<int>(std::size_t(rows.back()));
  result.weights = Array<float>(std::size_t(rows.back()));
  const std::span<int> g = result.groups.edit();
  const std::span<float> w = result.weights.edit();
  parallel_for(kept.size(), 1 << 14, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (kept[i] >= 0) {
        const int source = offsets.data()[kept[i]];
        const int count = rows[i + 1] - rows[i];
        std::copy_n(groups.data() + source, count, g.data() + rows[i]);
        std::copy_n(weights.data() + source, count, w.data() + rows[i]);
      }
    }
  });
  result.offsets = Array<int>(std::move(rows));
  return result;
}

}  // namespace kiln
