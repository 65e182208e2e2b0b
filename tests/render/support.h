#pragma once

#include <vector>

#include <gtest/gtest.h>

#include "render/pathtracer/render.h"
#include "render/shading/compiler.h"

namespace kiln::render {

/// Small node graphs by hand.
class GraphBuilder {
public:
  /// Adds a node; inputs and outputs are found by the order of `add_input` and `add_output`.
  int add(const std::string& type);
  GraphBuilder& input(int node, const std::string& name, shading::SocketType type,
                      float4 value = {});
  GraphBuilder& output(int node, const std::string& name, shading::SocketType type);
  GraphBuilder& setting(int node, const std::string& key, shading::Setting value);
  GraphBuilder& link(int from, int from_socket, int to, int to_socket);
  const shading::ShaderGraph& graph() const { return graph_; }

private:
  shading::ShaderGraph graph_;
};

shading::NodeRegistry all_nodes();

/// Materials of one shader.
std::shared_ptr<const shading::Material> diffuse_material(float3 color);
std::shared_ptr<const shading::Material> emission_material(float3 color, float strength);
std::shared_ptr<const shading::Material> background_material(float3 color, float strength);
std::shared_ptr<const shading::Material> glass_material(float roughness, float ior);
std::shared_ptr<const shading::Material> transparent_material(float3 color);

/// Meshes around the origin.
TraceMesh quad(float size);
TraceMesh sphere(float radius, int segments, int rings);

/// A camera at `from` that looks at `to`.
TraceCamera camera(float3 from, float3 to, float lens_mm = 50.0f);

/// A scene to which meshes with materials are added one by one.
struct SceneBuilder {
  TraceScene scene;
  int add(const TraceMesh& mesh, std::shared_ptr<const shading::Material> material,
          const float4x4& matrix = {});
};

/// Settings of a small picture.
RenderSettings small_picture(int width, int height, int samples);

/// Renders, or fails the test.
RenderResult rendered(const TraceScene& scene, const RenderSettings& settings);
/// Mean colour of the combined pass.
float3 mean_color(const RenderResult& result);

}  // namespace kiln::render
