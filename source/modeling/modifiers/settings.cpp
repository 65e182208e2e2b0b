#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

int vertex_group_index(const Mesh& mesh, std::string_view name) {
  return name.empty() ? -1 : int(mesh.vertex_groups.find(name));
}

std::vector<float> group_weights(const Mesh& mesh, std::string_view name, bool is_inverted) {
  const int group = vertex_group_index(mesh, name);
  if (group < 0) {
    return {};
  }
  std::vector<float> weights = mesh.weights.group_weights(group, int(mesh.vertex_count()));
  if (is_inverted) {
    for (float& w : weights) {
      w = 1.0f - w;
    }
  }
  return weights;
}

}  // namespace kiln::modeling
