#include "editor/view3d/live_scene.h"

#include "document/image.h"
#include "document/scene.h"
#include "editor/view3d/live_render.h"
#include "operators/shader_textures.h"
#include "render/scene_builder/scene_builder.h"
#include "render/shading/compiler.h"

namespace kiln::editor {
namespace {

// An even, dim light from everywhere.
std::shared_ptr<const render::shading::Material> plain_world() {
  using render::shading::GraphNode;
  using render::shading::ShaderGraph;
  using render::shading::SocketType;
  GraphNode first, last;
  first.type = "ShaderNodeBackground";
  first.inputs = {{"Color", SocketType::Color, {0.8f, 0.85f, 0.95f, 1.0f}},
                  {"Strength", SocketType::Float, {0.7f}}};
  first.outputs = {{"Background", SocketType::Shader, {}}};
  last.type = "ShaderNodeOutputWorld";
  last.inputs = {{"Surface", SocketType::Shader, {}}};
  ShaderGraph graph;
  graph.nodes = {first, last};
  graph.links = {{0, 0, 1, 0}};
  return render::shading::compile_material(graph, render::shading::shader_kernels());
}

// The light of a picture of everything around.
std::shared_ptr<const render::shading::Material> world_of(StudioWorld picture) {
  using render::shading::GraphNode;
  using render::shading::ShaderGraph;
  using render::shading::SocketType;
  GraphNode place, around, shade, output;
  place.type = "ShaderNodeTexCoord";
  place.outputs = {{"Generated", SocketType::Vector, {}}};
  around.type = "ShaderNodeTexEnvironment";
  around.settings["image"] = std::move(picture);
  around.settings["projection"] = std::string("EQUIRECTANGULAR");
  around.settings["interpolation"] = std::string("Linear");
  around.inputs = {{"Vector", SocketType::Vector, {}}};
  around.outputs = {{"Color", SocketType::Color, {}}};
  shade.type = "ShaderNodeBackground";
  shade.inputs = {{"Color", SocketType::Color, {0.0f, 0.0f, 0.0f, 1.0f}},
                  {"Strength", SocketType::Float, {1.0f}}};
  shade.outputs = {{"Background", SocketType::Shader, {}}};
  output.type = "ShaderNodeOutputWorld";
  output.inputs = {{"Surface", SocketType::Shader, {}}};
  ShaderGraph graph;
  graph.nodes = {place, around, shade, output};
  graph.links = {{0, 0, 1, 0}, {1, 0, 2, 0}, {2, 0, 3, 0}};
  return render::shading::compile_material(graph, render::shading::shader_kernels());
}

// A sun over the left shoulder of who looks along +Y.
render::TraceLight plain_sun() {
  render::TraceLight sun;
  sun.kind = render::TraceLight::Kind::Sun;
  sun.matrix = compose(
      {},
      quaternion_to_matrix(axis_angle_to_quaternion(normalize(float3{0.8f, 0.45f, 0.0f}), 0.75f)),
      {1, 1, 1});
  sun.power = {2.2f, 2.1f, 2.0f};
  sun.angle = 0.05f;
  return sun;
}

// Nothing for the combined pass, which is always there.
std::optional<render::PassRequest> pass_of(ViewRenderPass pass) {
  using View = ViewRenderPass;
  using Kind = render::PassKind;
  constexpr std::pair<View, Kind> kinds[] = {
      {View::Emission, Kind::Emission},
      {View::Background, Kind::Environment},
      {View::AmbientOcclusion, Kind::AmbientOcclusion},
      {View::Shadow, Kind::Shadow},
      {View::DiffuseDirect, Kind::DiffuseDirect},
      {View::DiffuseIndirect, Kind::DiffuseIndirect},
      {View::DiffuseColor, Kind::DiffuseColor},
      {View::GlossyDirect, Kind::GlossyDirect},
      {View::GlossyIndirect, Kind::GlossyIndirect},
      {View::GlossyColor, Kind::GlossyColor},
      {View::TransmissionDirect, Kind::TransmissionDirect},
      {View::TransmissionIndirect, Kind::TransmissionIndirect},
      {View::TransmissionColor, Kind::TransmissionColor},
      {View::Position, Kind::Position},
      {View::Normal, Kind::Normal},
      {View::Uv, Kind::UV},
      {View::Mist, Kind::Mist},
      {View::DenoisingAlbedo, Kind::DenoisingAlbedo},
      {View::DenoisingNormal, Kind::DenoisingNormal},
      {View::SampleCount, Kind::SampleCount}};
  for (const auto& [shown, kind] : kinds) {
    if (shown == pass) {
      return render::PassRequest{kind, {}, true, 0};
    }
  }
  return std::nullopt;
}

}  // namespace

LiveScene::LiveScene(const Services& services)
    : colors_(services.find<const operators::ColorService>()),
      images_(services.find<operators::ImageStore>()) {}

Result<void> LiveScene::build(const evaluation::EvaluatedScene& scene, const LiveView& view) {
  std::vector<operators::Report> reports;  // the final picture tells what is missing
  const Scene* owner = scene.document.find<Scene>(scene.scene);
  const int limit = owner ? operators::texture_limit(*owner, /*is_render=*/false) : 0;
  if (limit != std::exchange(texture_limit_, limit)) {
    textures_.clear();
  }
  operators::ShaderTextures loader(scene.document, images_, colors_, reports, limit);
  for (auto& [id, texture] : textures_) {
    texture.is_used = false;
  }
  render::SceneSources sources;
  sources.needs_camera = false;
  sources.is_for_viewport = true;
  sources.hidden_kinds = view.hidden_kinds;
  sources.find_texture = [&](BlockId id, const ImageUser& user) {
    const DataBlock* block = scene.document.find(id);
    const int number =
        user.file_number(user.use_auto_refresh ? scene.frame : float(user.frame_current));
    const bool is_sequence =
        block && static_cast<const Image*>(block)->source == ImageSource::Sequence;
    Texture& texture = textures_[{id, is_sequence ? number : 0}];
    if (!block || !texture.pixels || texture.versions != block->versions) {
      texture.pixels = loader.find(id, number);
      texture.versions = block ? block->versions : decltype(texture.versions){};
    }
    texture.is_used = true;
    return texture.pixels;
  };
  Result<render::TraceScene> traced = render::build_trace_scene(scene, sources);
  std::erase_if(textures_, [](const auto& entry) { return !entry.second.is_used; });
  if (!traced) {
    return traced.error();
  }
  if (!view.has_scene_lights) {
    traced->lights.clear();
    if (!view.studio) {
      traced->lights.push_back(plain_sun());
    }
  }
  render::RenderSettings settings = render::make_preview_settings(scene);
  if (!view.has_scene_world) {
    traced->world = {};
    traced->world.shader =
        view.studio
            ? world_of(turned_world(*view.studio, view.studio_rotation, view.studio_strength))
            : plain_world();
    // The studio itself is not seen.
    settings.film_transparent = settings.film_transparent || view.studio;
  }
  // Finding bright places of the surroundings costs time in proportion to its map.
  traced->world.sample_map_width = std::min(traced->world.sample_map_width, 256);
  tracer_ = nullptr;  // its shapes may be taken over
  Result<std::unique_ptr<render::ProgressiveRender>> made =
      render::ProgressiveRender::create(std::move(*traced), settings, shapes_, pass_of(view.pass));
  shapes_.drop_unused();
  if (!made) {
    return made.error();
  }
  tracer_ = std::move(*made);
  return {};
}

void LiveScene::clear() {
  tracer_ = nullptr;
  textures_.clear();
  // What was used since the last call stays, so the second one drops it.
  shapes_.drop_unused();
  shapes_.drop_unused();
}

render::TraceCamera trace_camera(const render::raster::ViewCamera& view, int width, int height,
                                 const render::TraceCamera* lens) {
  render::TraceCamera out;
  const float4x4& p = view.projection;
  const float aspect = float(std::max(height, 1)) / float(std::max(width, 1));
  out.matrix = inverse(view.view);
  out.sensor_fit = render::TraceCamera::SensorFit::Horizontal;
  out.sensor_width_mm = 36.0f;
  if (view.is_perspective) {
    out.kind = render::TraceCamera::Kind::Perspective;
    out.lens_mm = 18.0f * p[0].x;
    out.shift_x = 0.5f * p[0].z;
    out.shift_y = 0.5f * p[1].z * aspect;
    out.clip_start = p[2].w / (p[2].z - 1.0f);
    out.clip_end = p[2].w / (p[2].z + 1.0f);
  } else {
    out.kind = render::TraceCamera::Kind::Orthographic;
    out.ortho_scale = 2.0f / p[0].x;
    out.shift_x = -0.5f * p[0].w;
    out.shift_y = -0.5f * p[1].w * aspect;
    const float near_clip = (p[2].w + 1.0f) / p[2].z, far_clip = (p[2].w - 1.0f) / p[2].z;
    // What lies behind the eye is seen too: the path tracer's eye stands before all of it.
    const float back = std::max(0.0f, -near_clip);
    const float3 behind = axis(out.matrix, 2) * back;
    for (int i = 0; i < 3; ++i) {
      out.matrix[i].w += behind[i];
    }
    out.clip_start = near_clip + back;
    out.clip_end = far_clip + back;
  }
  if (lens && lens->has_depth_of_field) {
    out.has_depth_of_field = true;
    // As wide an opening as the camera's: stops count in focal lengths.
    out.aperture_fstop = view.is_perspective && lens->kind == render::TraceCamera::Kind::Perspective
                             ? lens->aperture_fstop * out.lens_mm / std::max(lens->lens_mm, 1e-3f)
                             : lens->aperture_fstop;
    out.focus_distance = lens->focus_distance;
    out.aperture_blades = lens->aperture_blades;
    out.aperture_rotation = lens->aperture_rotation;
    out.aperture_ratio = lens->aperture_ratio;
  }
  return out;
}

}  // namespace kiln::editor
