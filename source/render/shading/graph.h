#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/math.h"
#include "document/color_ramp.h"
#include "document/curve_mapping.h"
#include "document/texture_mapping.h"
#include "render/shading/texture_image.h"

/// A node tree as the shader compiler takes it: types, settings and sockets by the names of the
/// Python interface.
namespace kiln::render::shading {

enum class SocketType : std::uint8_t { Float, Int, Vector, Color, Shader, String };

struct GraphSocket {
  std::string name;  ///< the identifier
  SocketType type = SocketType::Float;
  float4 value;  ///< of an unlinked input; Float and Int use x
};

struct ShaderGraph;

/// The curves of a mapping, ready for use.
struct CurveTables {
  std::vector<CurveTable> curves;
};

using Setting = std::variant<std::monostate, bool, int, float, float4, std::string,
                             std::shared_ptr<const ColorRamp>, std::shared_ptr<const CurveTables>,
                             std::shared_ptr<const TextureImage>,
                             std::shared_ptr<const ShaderGraph>, std::shared_ptr<const TexMapping>>;

struct GraphNode {
  std::string type;  ///< `bl_idname`
  std::string name;
  bool is_muted = false;
  std::map<std::string, Setting> settings;
  std::vector<GraphSocket> inputs;
  std::vector<GraphSocket> outputs;

  bool flag(const std::string& key) const;
  int integer(const std::string& key, int otherwise = 0) const;
  float number(const std::string& key, float otherwise = 0.0f) const;
  float3 vector(const std::string& key, float3 otherwise = {}) const;
  const std::string& text(const std::string& key) const;
  template <typename T>
  std::shared_ptr<const T> object(const std::string& key) const {
    const auto found = settings.find(key);
    if (found == settings.end()) {
      return nullptr;
    }
    const auto* value = std::get_if<std::shared_ptr<const T>>(&found->second);
    return value ? *value : nullptr;
  }
};

/// From an output socket to an input socket, by index.
struct GraphLink {
  int from_node = 0, from_socket = 0;
  int to_node = 0, to_socket = 0;
};

struct ShaderGraph {
  std::vector<GraphNode> nodes;
  std::vector<GraphLink> links;
};

/// The same graph without groups, reroutes and muted nodes. Groups are nodes of type
/// `ShaderNodeGroup` with the setting `node_tree`; groups within themselves are cut at 32 levels.
ShaderGraph flatten(const ShaderGraph& graph);

}  // namespace kiln::render::shading
