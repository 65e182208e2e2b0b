#include "support.h"

#include "render/shading/sampling.h"

namespace kiln::render {

using shading::SocketType;

int GraphBuilder::add(const std::string& type) {
  shading::GraphNode node;
  node.type = node.name = type;
  graph_.nodes.push_back(std::move(node));
  return int(graph_.nodes.size()) - 1;
}
GraphBuilder& GraphBuilder::input(int node, const std::string& name, SocketType type,
                                  float4 value) {
  graph_.nodes[node].inputs.push_back({name, type, value});
  return *this;
}
GraphBuilder& GraphBuilder::output(int node, const std::string& name, SocketType type) {
  graph_.nodes[node].outputs.push_back({name, type, {}});
  return *this;
}
GraphBuilder& GraphBuilder::setting(int node, const std::string& key, shading::Setting value) {
  graph_.nodes[node].settings[key] = std::move(value);
  return *this;
}
GraphBuilder& GraphBuilder::link(int from, int from_socket, int to, int to_socket) {
  graph_.links.push_back({from, from_socket, to, to_socket});
  return *this;
}

shading::NodeRegistry all_nodes() {
  return shading::shader_kernels();
}

namespace {

float4 color4(float3 c) {
  return {c.x, c.y, c.z, 1.0f};
}

std::shared_ptr<const shading::Material> single_shader(
    const std::string& type, const std::string& end,
    const std::vector<shading::GraphSocket>& inputs) {
  GraphBuilder g;
  const int shader = g.add(type), output = g.add(end);
  for (const shading::GraphSocket& socket : inputs) {
    g.input(shader, socket.name, socket.type, socket.value);
  }
  g.output(shader, "BSDF", SocketType::Shader)
      .input(output, "Surface", SocketType::Shader)
      .link(shader, 0, output, 0);
  return shading::compile_material(g.graph(), all_nodes());
}

}  // namespace

std::shared_ptr<const shading::Material> diffuse_material(float3 color) {
  return single_shader("ShaderNodeBsdfDiffuse", "ShaderNodeOutputMaterial",
                       {{"Color", SocketType::Color, color4(color)},
                        {"Roughness", SocketType::Float, {}},
                        {"Normal", SocketType::Vector, {}}});
}
std::shared_ptr<const shading::Material> emission_material(float3 color, float strength) {
  return single_shader(
      "ShaderNodeEmission", "ShaderNodeOutputMaterial",
      {{"Color", SocketType::Color, color4(color)}, {"Strength", SocketType::Float, {strength}}});
}
std::shared_ptr<const shading::Material> background_material(float3 color, float strength) {
  return single_shader(
      "ShaderNodeBackground", "ShaderNodeOutputWorld",
      {{"Color", SocketType::Color, color4(color)}, {"Strength", SocketType::Float, {strength}}});
}
std::shared_ptr<const shading::Material> glass_material(float roughness, float ior) {
  return single_shader("ShaderNodeBsdfGlass", "ShaderNodeOutputMaterial",
                       {{"Color", SocketType::Color, {1, 1, 1, 1}},
                        {"Roughness", SocketType::Float, {roughness}},
                        {"IOR", SocketType::Float, {ior}},
                        {"Normal", SocketType::Vector, {}}});
}
std::shared_ptr<const shading::Material> transparent_material(float3 color) {
  return single_shader("ShaderNodeBsdfTransparent", "ShaderNodeOutputMaterial",
                       {{"Color", SocketType::Color, color4(color)}});
}

TraceMesh quad(float size) {
  const float h = 0.5f * size;
  TraceMesh mesh;
  mesh.positions = Array<float3>{{-h, -h, 0}, {h, -h, 0}, {h, h, 0}, {-h, h, 0}};
  mesh.triangles = Array<int3>{{0, 1, 2}, {0, 2, 3}};
  return mesh;
}

TraceMesh sphere(float radius, int segments, int rings) {
  std::vector<float3> positions, normals;
  std::vector<int3> triangles;
  for (int r = 0; r <= rings; ++r) {
    const float theta = pi * float(r) / float(rings);
    for (int s = 0; s < segments; ++s) {
      const float phi = 2.0f * pi * float(s) / float(segments);
      const float3 n{std::sin(theta) * std::cos(phi), std::sin(theta) * std::sin(phi),
                     std::cos(theta)};
      normals.push_back(n);
      positions.push_back(n * radius);
    }
  }
  for (int r = 0; r < rings; ++r) {
    for (int s = 0; s < segments; ++s) {
      const int a = r * segments + s, b = r * segments + (s + 1) % segments;
      const int c = a + segments, d = b + segments;
      if (r > 0) {
        triangles.push_back({a, c, b});
      }
      if (r + 1 < rings) {
        triangles.push_back({b, c, d});
      }
    }
  }
  TraceMesh mesh;
  mesh.positions = Array<float3>(std::move(positions));
  mesh.vertex_normals = Array<float3>(std::move(normals));
  mesh.triangles = Array<int3>(std::move(triangles));
  return mesh;
}

TraceCamera camera(float3 from, float3 to, float lens_mm) {
  TraceCamera c;
  const float3 z = normalize(from - to);
  const float3 x = normalize(cross(std::abs(z.z) > 0.999f ? float3{0, 1, 0} : float3{0, 0, 1}, z));
  const float3 y = cross(z, x);
  for (int i = 0; i < 3; ++i) {
    c.matrix[i] = {x[i], y[i], z[i], from[i]};
  }
  c.lens_mm = lens_mm;
  return c;
}

int SceneBuilder::add(const TraceMesh& mesh, std::shared_ptr<const shading::Material> material,
                      const float4x4& matrix) {
  scene.meshes.push_back(mesh);
  TraceMaterial m;
  m.shader = std::move(material);
  scene.materials.push_back(m);
  TraceInstance instance;
  instance.mesh = int(scene.meshes.size()) - 1;
  instance.materials = {int(scene.materials.size()) - 1};
  instance.matrix = matrix;
  scene.instances.push_back(instance);
  return int(scene.instances.size()) - 1;
}

RenderSettings small_picture(int width, int height, int samples) {
  RenderSettings settings;
  settings.width = width;
  settings.height = height;
  settings.samples = samples;
  return settings;
}

RenderResult rendered(const TraceScene& scene, const RenderSettings& settings) {
  Progress progress;
  Result<RenderResult> result = render(scene, settings, progress);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? *result : RenderResult{};
}

float3 mean_color(const RenderResult& result) {
  const PassImage* combined = result.find(PassKind::Combined);
  float3 sum;
  const std::size_t count = combined->pixels.size() / 4;
  for (std::size_t i = 0; i < count; ++i) {
    sum += {combined->pixels[4 * i], combined->pixels[4 * i + 1], combined->pixels[4 * i + 2]};
  }
  return sum / float(count);
}

}  // namespace kiln::render
