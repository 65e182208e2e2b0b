#include "render/shading/graph.h"

#include <algorithm>
#include <set>

namespace kiln::render::shading {
namespace {

const Setting* find(const GraphNode& node, const std::string& key) {
  const auto found = node.settings.find(key);
  return found == node.settings.end() ? nullptr : &found->second;
}

/// A socket seen from outside: what feeds it in the flat graph.
struct Source {
  int node = -1, socket = 0;
  float4 value;
  SocketType type = SocketType::Float;
};

constexpr int max_group_depth = 32;

/// Copies graphs into one flat graph, group by group.
class Flattener {
public:
  explicit Flattener(ShaderGraph& out) : out_(out) {}

  /// `outer` holds what feeds the inputs of the group; returns what feeds its outputs.
  std::vector<Source> add(const ShaderGraph& graph, const std::vector<Source>& outer, int depth) {
    const int count = int(graph.nodes.size());
    Level level{graph,
                outer,
                depth,
                std::vector<int>(count, -1),
                std::vector<std::vector<Source>>(count),
                std::vector<char>(count, 0)};
    for (int i = 0; i < count; ++i) {
      if (!is_passage(graph.nodes[i])) {
        level.flat[i] = int(out_.nodes.size());
        out_.nodes.push_back(graph.nodes[i]);
      }
    }
    for (int i = 0; i < count; ++i) {
      if (level.flat[i] < 0) {
        continue;
      }
      for (int s = 0; s < int(graph.nodes[i].inputs.size()); ++s) {
        const Source source = input(level, i, s);
        if (source.node >= 0) {
          out_.links.push_back({source.node, source.socket, level.flat[i], s});
        } else {
          out_.nodes[level.flat[i]].inputs[s].value = source.value;
        }
      }
    }
    std::vector<Source> results;
    for (int i = 0; i < count; ++i) {
      if (graph.nodes[i].type == "NodeGroupOutput") {
        for (int s = 0; s < int(graph.nodes[i].inputs.size()); ++s) {
          results.push_back(input(level, i, s));
        }
        break;
      }
    }
    return results;
  }

private:
  struct Level {
    const ShaderGraph& graph;
    const std::vector<Source>& outer;
    int depth;
    std::vector<int> flat;                     // index in the flat graph
    std::vector<std::vector<Source>> results;  // of groups
    std::vector<char> visiting;
  };

  static bool is_passage(const GraphNode& node) {
    return node.is_muted || node.type == "ShaderNodeGroup" || node.type == "NodeReroute" ||
           node.type == "NodeGroupInput" || node.type == "NodeGroupOutput" ||
           node.type == "NodeFrame";
  }

  Source input(Level& level, int node, int socket) {
    const GraphNode& to = level.graph.nodes[node];
    for (const GraphLink& link : level.graph.links) {
      if (link.to_node == node && link.to_socket == socket) {
        const Source source = output(level, link.from_node, link.from_socket);
        if (source.node >= 0 || source.type != SocketType::Shader) {
          return source.node >= 0 ? source : convert(source, to.inputs[socket].type);
        }
        return source;
      }
    }
    return {-1, 0, to.inputs[socket].value, to.inputs[socket].type};
  }

  static Source convert(Source source, SocketType to) {
    const auto is_triple = [](SocketType t) {
      return t == SocketType::Vector || t == SocketType::Color;
    };
    const float4 v = source.value;
    if (is_triple(to) && !is_triple(source.type)) {
      source.value = {v.x, v.x, v.x, 1.0f};
    } else if (!is_triple(to) && is_triple(source.type)) {
      source.value.x = source.type == SocketType::Color
                           ? 0.2126f * v.x + 0.7152f * v.y + 0.0722f * v.z
                           : (v.x + v.y + v.z) / 3.0f;
    }
    source.type = to;
    return source;
  }

  Source output(Level& level, int node, int socket) {
    const GraphNode& from = level.graph.nodes[node];
    if (!is_passage(from)) {
      return {level.flat[node], socket, {}, from.outputs[socket].type};
    }
    if (level.visiting[node] || level.depth > max_group_depth) {
      return {-1, 0, {}, from.outputs[socket].type};
    }
    level.visiting[node] = 1;
    Source source{-1, 0, {}, from.outputs[socket].type};
    if (from.type == "NodeGroupInput") {
      if (socket < int(level.outer.size())) {
        source = level.outer[socket];
      }
    } else if (from.type == "NodeReroute") {
      source = input(level, node, 0);
    } else if (from.is_muted) {
      // A muted node hands on the first input of the type of the output.
      for (int s = 0; s < int(from.inputs.size()); ++s) {
        if (from.inputs[s].type == from.outputs[socket].type) {
          source = input(level, node, s);
          break;
        }
      }
    } else if (from.type == "ShaderNodeGroup") {
      if (level.results[node].empty()) {
        std::vector<Source> feeds;
        for (int s = 0; s < int(from.inputs.size()); ++s) {
          feeds.push_back(input(level, node, s));
        }
        if (const auto inner = from.object<ShaderGraph>("node_tree")) {
          level.results[node] = add(*inner, feeds, level.depth + 1);
        }
      }
      if (socket < int(level.results[node].size())) {
        source = level.results[node][socket];
      }
    }
    level.visiting[node] = 0;
    return source;
  }

  ShaderGraph& out_;
};

}  // namespace

bool GraphNode::flag(const std::string& key) const {
  const Setting* setting = find(*this, key);
  const bool* value = setting ? std::get_if<bool>(setting) : nullptr;
  return value && *value;
}

int GraphNode::integer(const std::string& key, int otherwise) const {
  const Setting* setting = find(*this, key);
  const int* value = setting ? std::get_if<int>(setting) : nullptr;
  return value ? *value : otherwise;
}

float GraphNode::number(const std::string& key, float otherwise) const {
  const Setting* setting = find(*this, key);
  const float* value = setting ? std::get_if<float>(setting) : nullptr;
  return value ? *value
               : float(integer(key, int(otherwise)) == int(otherwise) ? otherwise : integer(key));
}

float3 GraphNode::vector(const std::string& key, float3 otherwise) const {
  const Setting* setting = find(*this, key);
  const float4* value = setting ? std::get_if<float4>(setting) : nullptr;
  return value ? xyz(*value) : otherwise;
}

const std::string& GraphNode::text(const std::string& key) const {
  static const std::string none;
  const Setting* setting = find(*this, key);
  const std::string* value = setting ? std::get_if<std::string>(setting) : nullptr;
  return value ? *value : none;
}

ShaderGraph flatten(const ShaderGraph& graph) {
  ShaderGraph flat;
  Flattener(flat).add(graph, {}, 0);
  return flat;
}

}  // namespace kiln::render::shading
