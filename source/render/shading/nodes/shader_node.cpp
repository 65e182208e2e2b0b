#include "render/shading/nodes/shader_node.h"

#include <algorithm>

namespace kiln::render::shading {
namespace {

void show_sockets(ItemList<NodeSocket>& sockets, std::initializer_list<std::string_view> shown) {
  for (std::int64_t i = 0; i < sockets.size(); ++i) {
    const bool is_shown =
        std::find(shown.begin(), shown.end(), sockets[i].identifier) != shown.end();
    if (sockets[i].enabled != is_shown || !sockets[i].label.empty()) {
      NodeSocket& socket = sockets.edit(i);
      socket.enabled = is_shown;
      socket.label.clear();
    }
  }
}

}  // namespace

void ShaderNode::show(std::initializer_list<std::string_view> shown_inputs,
                      std::initializer_list<std::string_view> shown_outputs) {
  show_sockets(inputs, shown_inputs);
  show_sockets(outputs, shown_outputs);
}

void ShaderNode::relabel(std::string_view identifier, std::string_view shown_label) {
  for (std::int64_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].identifier == identifier) {
      inputs.edit(i).label = shown_label;
    }
  }
}

const Schema& ShaderNode::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ShaderNode> s("ShaderNode", "Shader Node", &Node::schema());
    return s.build();
  }();
  return schema;
}

}  // namespace kiln::render::shading
