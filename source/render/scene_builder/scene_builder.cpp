#include "render/scene_builder/scene_builder.h"

#include <unordered_map>

#include "document/camera.h"
#include "document/scene.h"
#include "document/view3d_settings.h"
#include "render/pathtracer/camera.h"
#include "render/scene_builder/material_builder.h"
#include "render/scene_builder/mesh_builder.h"
#include "render/shading/sampling.h"

namespace kiln::render {
namespace {

using evaluation::EvaluatedObject;
using evaluation::EvaluatedScene;
using evaluation::Instance;

RayVisibility visibility_of(const Object& object) {
  return {object.visible_camera,       object.visible_diffuse,        object.visible_glossy,
          object.visible_transmission, object.visible_volume_scatter, object.visible_shadow};
}

/// The most steps that an object wants of its motion, as a power of two.
int motion_steps(const EvaluatedScene& evaluated) {
  int steps = 1;
  for (const EvaluatedObject& object : evaluated.objects) {
    const CyclesObjectSettings& wanted = object.object->cycles;
    steps = std::max(steps, wanted.use_motion_blur ? wanted.motion_steps : 1);
  }
  return std::min(steps, 6);
}

/// Frames at which a moving scene is looked at, equally spaced from shutter open to close; an odd
/// count.
std::vector<float> shutter_frames(const Scene& scene, float frame, int steps) {
  const float open_for = scene.render.motion_blur_shutter;
  float middle = frame;
  if (scene.cycles.motion_blur_position == CyclesRenderSettingsMotionBlurPosition::Start) {
    middle += 0.5f * open_for;
  } else if (scene.cycles.motion_blur_position == CyclesRenderSettingsMotionBlurPosition::End) {
    middle -= 0.5f * open_for;
  }
  const int count = (1 << steps) + 1;
  std::vector<float> frames;
  for (int i = 0; i < count; ++i) {
    frames.push_back(middle + (float(i) / float(count - 1) - 0.5f) * open_for);
  }
  return frames;
}

TraceLight make_light(const Light& light, const Object& object, const float4x4& matrix,
                      float3 node_color, const std::string& engine) {
  TraceLight out;
  out.matrix = matrix;
  out.power = light.color * node_color * light.energy;
  out.radius = light.shadow_soft_size;
  out.visibility = visibility_of(object);
  out.casts_shadow = engine == "CYCLES" ? light.cycles.cast_shadow : light.use_shadow;
  out.uses_multiple_importance = light.cycles.use_multiple_importance_sampling;
  out.max_bounces = light.cycles.max_bounces;
  switch (light.kind) {
    case LightType::Point:
      out.kind = TraceLight::Kind::Point;
      break;
    case LightType::Sun:
      out.kind = TraceLight::Kind::Sun;
      out.angle = light.angle;
      break;
    case LightType::Spot:
      out.kind = TraceLight::Kind::Spot;
      out.spot_angle = light.spot_size;
      out.spot_blend = light.spot_blend;
      break;
    case LightType::Area: {
      out.kind = TraceLight::Kind::Area;
      const bool is_round = light.shape == LightShape::Disk || light.shape == LightShape::Ellipse;
      const bool has_two_sides =
          light.shape == LightShape::Rectangle || light.shape == LightShape::Ellipse;
      out.shape = is_round ? TraceLight::Shape::Ellipse : TraceLight::Shape::Rectangle;
      out.size = {light.size, has_two_sides ? light.size_y : light.size};
      out.spread = light.spread;
      break;
    }
  }
  return out;
}

TraceWorld make_world(const World& world, MaterialBuilder& materials) {
  TraceWorld out;
  out.shader = materials.world(world);
  const CyclesVisibilitySettings& v = world.cycles_visibility;
  out.visibility = {v.camera, v.diffuse, v.glossy, v.transmission, v.scatter, v.shadow};
  out.sample_map_width = world.cycles.sampling_method == CyclesWorldSettingsSamplingMethod::None ? 0
                         : world.cycles.sampling_method == CyclesWorldSettingsSamplingMethod::Manual
                             ? world.cycles.sample_map_resolution
                             : 1024;
  out.mist_start = world.mist_settings.start;
  out.occlusion_distance = world.light_settings.distance;
  out.occlusion_factor = world.light_settings.ao_factor;
  out.mist_depth = world.mist_settings.depth;
  switch (world.mist_settings.falloff) {
    case WorldMistSettingsFalloff::Quadratic:
      out.mist_falloff = 2.0f;
      break;
    case WorldMistSettingsFalloff::Linear:
      out.mist_falloff = 1.0f;
      break;
    case WorldMistSettingsFalloff::InverseQuadratic:
      out.mist_falloff = 0.5f;
      break;
  }
  return out;
}

TraceCamera::Panorama panorama_of(CyclesCameraSettingsPanoramaType type) {
  switch (type) {
    case CyclesCameraSettingsPanoramaType::Equirectangular:
      return TraceCamera::Panorama::Equirectangular;
    case CyclesCameraSettingsPanoramaType::FisheyeEquidistant:
      return TraceCamera::Panorama::FisheyeEquidistant;
    case CyclesCameraSettingsPanoramaType::Mirrorball:
      return TraceCamera::Panorama::MirrorBall;
    case CyclesCameraSettingsPanoramaType::FisheyeLensPolynomial:
      return TraceCamera::Panorama::FisheyePolynomial;
    case CyclesCameraSettingsPanoramaType::EquiangularCubemapFace:
      return TraceCamera::Panorama::CubeFace;
    case CyclesCameraSettingsPanoramaType::FisheyeEquisolid:
      break;
  }
  return TraceCamera::Panorama::FisheyeEquisolid;
}

TraceCamera make_camera(const Camera& camera, const float4x4& matrix, const EvaluatedScene& scene) {
  TraceCamera out;
  out.kind = camera.kind == CameraType::Ortho  ? TraceCamera::Kind::Orthographic
             : camera.kind == CameraType::Pano ? TraceCamera::Kind::Panorama
                                               : TraceCamera::Kind::Perspective;
  out.panorama = panorama_of(camera.cycles.panorama_type);
  out.sensor_fit = camera.sensor_fit == CameraSensorFit::Auto ? TraceCamera::SensorFit::Auto
                   : camera.sensor_fit == CameraSensorFit::Horizontal
                       ? TraceCamera::SensorFit::Horizontal
                       : TraceCamera::SensorFit::Vertical;
  out.matrix = matrix;
  out.lens_mm = camera.lens;
  out.sensor_width_mm = camera.sensor_width;
  out.sensor_height_mm = camera.sensor_height;
  out.ortho_scale = camera.ortho_scale;
  out.shift_x = camera.shift_x;
  out.shift_y = camera.shift_y;
  out.clip_start = camera.clip_start;
  out.clip_end = camera.clip_end;
  out.has_depth_of_field = camera.dof.use_dof;
  out.focus_distance = camera.dof.focus_distance;
  if (const EvaluatedObject* focus = scene.find(camera.dof.focus_object.id)) {
    const float3 view = normalize(-axis(matrix, 2));
    out.focus_distance =
        std::abs(dot(translation(focus->world_matrix) - translation(matrix), view));
  }
  out.aperture_fstop = camera.dof.aperture_fstop;
  out.aperture_blades = camera.dof.aperture_blades;
  out.aperture_rotation = camera.dof.aperture_rotation;
  out.aperture_ratio = camera.dof.aperture_ratio;
  out.fisheye_fov = camera.cycles.fisheye_fov;
  out.fisheye_lens_mm = camera.cycles.fisheye_lens;
  out.fisheye_polynomial = {
      camera.cycles.fisheye_polynomial_k0, camera.cycles.fisheye_polynomial_k1,
      camera.cycles.fisheye_polynomial_k2, camera.cycles.fisheye_polynomial_k3,
      camera.cycles.fisheye_polynomial_k4};
  out.latitude_min = camera.cycles.latitude_min;
  out.latitude_max = camera.cycles.latitude_max;
  out.longitude_min = camera.cycles.longitude_min;
  out.longitude_max = camera.cycles.longitude_max;
  return out;
}

/// The scene's meshes and materials, each once.
class Builder {
public:
  Builder(const EvaluatedScene& evaluated, const Scene& scene, const SceneSources& sources)
      : evaluated_(evaluated),
        scene_(scene),
        materials_(evaluated.document, sources),
        needs_camera_(sources.needs_camera),
        is_for_viewport_(sources.is_for_viewport),
        hidden_kinds_(sources.hidden_kinds) {
    const std::int64_t at = scene.view_layers.find(evaluated.view_layer);
    layer_ = at < 0 ? nullptr : &scene.view_layers[at];
    if (scene.render.use_motion_blur && sources.at_frame && (!layer_ || layer_->use_motion_blur)) {
      const std::vector<float> frames =
          shutter_frames(scene, evaluated.frame, motion_steps(evaluated));
      for (const float frame : frames) {
        auto step = sources.at_frame(frame);
        if (step && step->instances.size() == evaluated.instances.size() &&
            step->objects.size() == evaluated.objects.size()) {
          steps_.push_back(std::move(step));
        }
      }
      if (steps_.size() != frames.size()) {
        steps_.clear();
      }
    }
    if (layer_ && layer_->use_pass_vector && !scene.render.use_motion_blur && sources.at_frame) {
      for (const float frame : {evaluated.frame - 1.0f, evaluated.frame + 1.0f}) {
        auto step = sources.at_frame(frame);
        if (step && step->instances.size() == evaluated.instances.size() &&
            step->objects.size() == evaluated.objects.size()) {
          neighbours_.push_back(std::move(step));
        }
      }
      if (neighbours_.size() != 2) {
        neighbours_.clear();
      }
    }
  }

  Result<TraceScene> build() {
    const EvaluatedObject* camera = evaluated_.find(scene_.camera.id);
    const Camera* lens =
        camera ? evaluated_.document.find<Camera>(camera->object->data.id) : nullptr;
    if (!lens && needs_camera_) {
      return Error::invalid("Scene \"{}\" has no camera", scene_.name);
    }
    // With the shutter moved off the frame, its middle is what is seen.
    const EvaluatedScene& now = steps_.empty() ? evaluated_ : *steps_[steps_.size() / 2];
    if (lens) {
      out_.camera = make_camera(*lens, now.find(scene_.camera.id)->world_matrix, now);
      for (const auto& step : steps_) {
        out_.camera.motion_matrices.push_back(step->find(scene_.camera.id)->world_matrix);
      }
      for (const auto& step : neighbours_) {
        out_.camera.vector_matrices.push_back(step->find(scene_.camera.id)->world_matrix);
      }
    }
    if (const World* world = evaluated_.document.find(scene_.world);
        world && (!layer_ || layer_->use_sky)) {
      out_.world = make_world(*world, materials_);
      out_.world.lightgroup = lightgroup(world->lightgroup);
    }
    for (std::size_t i = 0; i < now.instances.size(); ++i) {
      const Instance& instance = now.instances[i];
      if ((is_for_viewport_ ? instance.is_visible : instance.is_rendered) && instance.show_self) {
        add(now, i);
      }
    }
    out_.layer_values = layer_values(now.document, scene_, layer_, materials_.wanted().of_layer);
    return std::move(out_);
  }

private:
  void add(const EvaluatedScene& now, std::size_t index) {
    const Instance& instance = now.instances[index];
    const EvaluatedObject& object = now.objects[std::size_t(instance.object)];
    if (hidden_kinds_ != 0 &&
        (hidden_kinds_ & object_kind_bit(object_type(now.document, *object.object))) != 0) {
      return;
    }
    if (const Light* light = now.document.find<Light>(object.object->data.id)) {
      // Portals tell where light of the surroundings comes in; they have none of their own.
      if (light->kind == LightType::Area && light->cycles.is_portal) {
        return;
      }
      out_.lights.push_back(make_light(*light, *object.object, instance.world_matrix,
                                       materials_.light_color(*light), scene_.render.engine));
      out_.lights.back().lightgroup = lightgroup(object.object->lightgroup);
      return;
    }
    if (!object.mesh || object.mesh->face_count() == 0 || (layer_ && !layer_->use_solid) ||
        is_culled(object, instance.world_matrix)) {
      return;
    }
    TraceInstance trace;
    trace.mesh = mesh(instance.object, object);
    trace.matrix = instance.world_matrix;
    trace.materials = slots(object);
    trace.visibility = visibility_of(*object.object);
    trace.is_holdout = object.object->is_holdout || object.visibility.is_holdout;
    trace.is_shadow_catcher = object.object->is_shadow_catcher;
    trace.name = object.object->name;
    trace.asset_name = asset_name(*object.object);
    trace.object_index = float(object.object->pass_index);
    trace.random = float(instance.random_id) * (1.0f / 4294967296.0f);
    trace.color = object.object->color;
    trace.values = values_of(now, instance.object);
    if (instance.instancer >= 0) {
      trace.instancer_values = values_of(now, instance.instancer);
    }
    trace.dupli_generated = instance.generated;
    trace.dupli_uv = instance.uv;
    trace.shadow_terminator_offset = object.object->cycles.shadow_terminator_offset;
    trace.shadow_terminator_geometry_offset =
        object.object->cycles.shadow_terminator_geometry_offset;
    trace.occlusion_distance = object.object->cycles.ao_distance;
    trace.lightgroup = lightgroup(object.object->lightgroup);
    for (const auto& step : neighbours_) {
      trace.vector_matrices.push_back(step->instances[index].world_matrix);
    }
    if (!steps_.empty() && object.object->cycles.use_motion_blur) {
      bool is_moving = false;
      for (const auto& step : steps_) {
        trace.motion_matrices.push_back(step->instances[index].world_matrix);
        is_moving = is_moving || !(step->instances[index].world_matrix == trace.matrix);
      }
      if (!is_moving) {
        trace.motion_matrices.clear();
      }
    }
    out_.instances.push_back(std::move(trace));
  }

  /// The number of a light group of the layer; -1 where it has none of that name.
  int lightgroup(const std::string& name) const {
    return layer_ && !name.empty() ? int(layer_->lightgroups.find(name)) : -1;
  }

  /// What materials look up in the object by name; null where they ask for nothing.
  std::shared_ptr<const NamedValues> values_of(const EvaluatedScene& now, int object) {
    const std::set<std::string>& names = materials_.wanted().of_objects;
    if (names.empty()) {
      return nullptr;
    }
    // Materials that are compiled later may ask for more.
    auto& [count, values] = values_[object];
    if (!values || count != names.size()) {
      count = names.size();
      values = std::make_shared<const NamedValues>(
          object_values(now.document, *now.objects[std::size_t(object)].object, names));
    }
    return values;
  }

  /// Whether simplified scenes go without the object: it is out of the picture, too far away, or
  /// both where it may be culled for both.
  bool is_culled(const EvaluatedObject& object, const float4x4& matrix) const {
    const CyclesRenderSettings& settings = scene_.cycles;
    const CyclesObjectSettings& own = object.object->cycles;
    const bool by_camera = settings.use_camera_cull && own.use_camera_cull,
               by_distance = settings.use_distance_cull && own.use_distance_cull;
    float3 low, high;
    if (!scene_.render.use_simplify || !(by_camera || by_distance) ||
        !object.mesh->bounds(&low, &high)) {
      return false;
    }
    const CameraModel camera(out_.camera, make_render_settings(evaluated_));
    float2 least{1e30f, 1e30f}, most{-1e30f, -1e30f};
    float nearest = 1e30f;
    bool is_behind = true;
    for (int i = 0; i < 8; ++i) {
      const float3 corner = transform_point(
          matrix, {i & 1 ? high.x : low.x, i & 2 ? high.y : low.y, i & 4 ? high.z : low.z});
      nearest = std::min(nearest, length(corner - camera.position()));
      const bool is_in_front = dot(corner - camera.position(), camera.forward()) > 0.0f;
      is_behind = is_behind && !is_in_front;
      const float2 at = is_in_front ? camera.project(corner) : float2{0.5f, 0.5f};
      least = {std::min(least.x, at.x), std::min(least.y, at.y)};
      most = {std::max(most.x, at.x), std::max(most.y, at.y)};
    }
    const float margin = settings.camera_cull_margin;
    const bool is_outside = is_behind || most.x < -margin || least.x > 1.0f + margin ||
                            most.y < -margin || least.y > 1.0f + margin;
    const bool is_far = nearest > settings.distance_cull_margin;
    return (!by_camera || is_outside) && (!by_distance || is_far);
  }

  std::string asset_name(const Object& object) const {
    const Object* top = &object;
    for (int depth = 0; depth < 256; ++depth) {
      const Object* parent = evaluated_.document.find(top->parent);
      if (!parent) {
        break;
      }
      top = parent;
    }
    return top->name;
  }

  /// Objects with equal shapes share a mesh; where shapes move in themselves, every object has its
  /// own.
  int mesh(int object_index, const EvaluatedObject& object) {
    const bool is_deforming = deforms(steps_, object_index, object);
    const bool has_vectors = deforms(neighbours_, object_index, object);
    if (!is_deforming && !has_vectors && object.geometry != Fingerprint{}) {
      const auto [found, is_new] = meshes_.try_emplace(object.geometry, int(out_.meshes.size()));
      if (!is_new) {
        return found->second;
      }
    } else {
      const auto [found, is_new] = own_meshes_.try_emplace(object_index, int(out_.meshes.size()));
      if (!is_new) {
        return found->second;
      }
    }
    const Mesh* base = evaluated_.document.find<Mesh>(object.object->data.id);
    out_.meshes.push_back(make_trace_mesh(*object.mesh, base, object.geometry));
    if (is_deforming) {
      for (const auto& step : steps_) {
        out_.meshes.back().motion_positions.push_back(
            step->objects[std::size_t(object_index)].mesh->positions());
      }
    }
    if (has_vectors) {
      for (const auto& step : neighbours_) {
        out_.meshes.back().vector_positions.push_back(
            step->objects[std::size_t(object_index)].mesh->positions());
      }
    }
    return int(out_.meshes.size()) - 1;
  }

  using Steps = std::vector<std::shared_ptr<const EvaluatedScene>>;
  static bool deforms(const Steps& steps, int object_index, const EvaluatedObject& object) {
    if (steps.empty() || !object.object->cycles.use_deform_motion ||
        !object.object->cycles.use_motion_blur) {
      return false;
    }
    bool is_changing = false;
    for (const auto& step : steps) {
      const EvaluatedObject& then = step->objects[std::size_t(object_index)];
      if (!then.mesh || then.mesh->vertex_count() != object.mesh->vertex_count()) {
        return false;
      }
      is_changing = is_changing || then.geometry != object.geometry;
    }
    return is_changing;
  }

  std::vector<int> slots(const EvaluatedObject& object) {
    std::vector<int> out;
    const Document& document = evaluated_.document;
    const int count = std::max(slot_count(document, *object.object), 1);
    for (int slot = 0; slot < count; ++slot) {
      const Material* material = layer_ ? document.find(layer_->material_override) : nullptr;
      material = material ? material : document.find(slot_material(document, *object.object, slot));
      const BlockId id = material ? material->id : BlockId{};
      const auto [found, is_new] = material_indices_.try_emplace(id, int(out_.materials.size()));
      if (is_new) {
        out_.materials.push_back(material ? materials_.material(*material) : materials_.plain());
      }
      out.push_back(found->second);
    }
    return out;
  }

  const EvaluatedScene& evaluated_;
  const Scene& scene_;
  MaterialBuilder materials_;
  const ViewLayer* layer_ = nullptr;  ///< null: the scene does not have the one that was evaluated
  bool needs_camera_;
  bool is_for_viewport_;
  std::uint32_t hidden_kinds_;
  std::vector<std::shared_ptr<const EvaluatedScene>> steps_;
  std::vector<std::shared_ptr<const EvaluatedScene>> neighbours_;  ///< frames before and after
  std::unordered_map<Fingerprint, int> meshes_;
  std::unordered_map<int, int> own_meshes_;
  /// Of objects: of how many names, and what they are.
  std::unordered_map<int, std::pair<std::size_t, std::shared_ptr<const NamedValues>>> values_;
  std::unordered_map<BlockId, int> material_indices_;
  TraceScene out_;
};

}  // namespace

Result<TraceScene> build_trace_scene(const EvaluatedScene& evaluated, const SceneSources& sources) {
  const auto* scene = evaluated.document.find<Scene>(evaluated.scene);
  if (!scene) {
    return Error::invalid("there is no scene to render");
  }
  return Builder(evaluated, *scene, sources).build();
}

// Times by which equal shares of the light have come in, from the curve of the shutter's opening.
static std::vector<float> shutter_times(const CurveMapping& mapping) {
  if (mapping.curves.empty()) {
    return {};
  }
  const CurveTable curve(mapping, mapping.curves[0]);
  constexpr int steps = 256;
  std::vector<float> sums(steps + 1, 0.0f);
  bool is_even = true;
  for (int i = 0; i < steps; ++i) {
    const float open = std::max(curve.evaluate((float(i) + 0.5f) / steps), 0.0f);
    sums[std::size_t(i) + 1] = sums[std::size_t(i)] + open;
    is_even = is_even && std::abs(open - std::max(curve.evaluate(0.0f), 0.0f)) < 1e-4f;
  }
  if (is_even || sums.back() <= 0.0f) {
    return {};
  }
  std::vector<float> times;
  std::size_t at = 0;
  for (int i = 0; i <= steps; ++i) {
    const float wanted = sums.back() * float(i) / steps;
    while (at + 1 < steps && sums[at + 1] < wanted) {
      ++at;
    }
    const float width = sums[at + 1] - sums[at];
    times.push_back((float(at) + (width > 0.0f ? (wanted - sums[at]) / width : 0.0f)) / steps);
  }
  return times;
}

// The part of the picture that is wanted, in pixels; empty for all of it.
static PixelRect border_of(const kiln::RenderSettings& settings) {
  if (!settings.use_border) {
    return {};
  }
  const int2 size = settings.size();
  const auto pixel = [](float share, int pixels) {
    return std::clamp(int(share * float(pixels)), 0, pixels);
  };
  return {pixel(settings.border_min_x, size.x), pixel(settings.border_min_y, size.y),
          pixel(settings.border_max_x, size.x), pixel(settings.border_max_y, size.y)};
}

static DenoisePrefilter prefilter_of(CyclesDenoisingPrefilter prefilter) {
  switch (prefilter) {
    case CyclesDenoisingPrefilter::None:
      break;
    case CyclesDenoisingPrefilter::Fast:
      return DenoisePrefilter::Fast;
    case CyclesDenoisingPrefilter::Accurate:
      return DenoisePrefilter::Accurate;
  }
  return DenoisePrefilter::None;
}

// How the points of pixels differ. Fewer differences are safe where many samples even out the
// patterns that they make.
static SamplingStyle sampling_style(const CyclesRenderSettings& cycles, int samples) {
  SamplingStyle style;
  style.is_sobol = cycles.sampling_pattern == CyclesSamplingPattern::Sobol;
  style.distance = std::clamp(cycles.scrambling_distance, 0.0f, 1.0f);
  if (cycles.auto_scrambling_distance) {
    style.distance *= std::min(1.0f, 4.0f / std::sqrt(float(std::max(samples, 1))));
  }
  return style;
}

RenderSettings make_preview_settings(const EvaluatedScene& evaluated) {
  RenderSettings out = make_render_settings(evaluated);
  if (const Scene* scene = evaluated.document.find<Scene>(evaluated.scene)) {
    const CyclesRenderSettings& cycles = scene->cycles;
    const CyclesDenoisingInputPasses seen = cycles.preview_denoising_input_passes;
    out.ao_bounces = cycles.ao_bounces;
    out.samples = cycles.preview_samples > 0 ? cycles.preview_samples : 1 << 20;
    out.use_adaptive_sampling = cycles.use_preview_adaptive_sampling;
    out.adaptive_threshold = cycles.preview_adaptive_threshold;
    out.adaptive_min_samples = cycles.preview_adaptive_min_samples;
    out.use_denoising = cycles.use_preview_denoising;
    out.denoises_with_albedo = seen != CyclesDenoisingInputPasses::Rgb;
    out.denoises_with_normals = seen == CyclesDenoisingInputPasses::RgbAlbedoNormal;
    out.denoise_prefilter = prefilter_of(cycles.preview_denoising_prefilter);
    out.sampling = sampling_style(cycles, out.samples);
    if (!cycles.preview_scrambling_distance) {
      out.sampling.distance = 1.0f;
    }
  }
  return out;
}

RenderSettings make_render_settings(const EvaluatedScene& evaluated) {
  RenderSettings out;
  const auto* scene = evaluated.document.find<Scene>(evaluated.scene);
  if (!scene) {
    return out;
  }
  const CyclesRenderSettings& cycles = scene->cycles;
  const int2 size = scene->render.size();
  out.width = size.x;
  out.height = size.y;
  out.pixel_aspect_x = scene->render.pixel_aspect_x;
  out.pixel_aspect_y = scene->render.pixel_aspect_y;
  out.samples = cycles.samples;
  out.sample_offset = cycles.sample_offset;
  out.seed = std::uint32_t(cycles.seed);
  if (cycles.use_animated_seed) {
    out.seed += std::uint32_t(evaluated.frame);
  }
  switch (cycles.pixel_filter_type) {
    case CyclesRenderSettingsPixelFilterType::Box:
      out.filter = PixelFilter::Box;
      break;
    case CyclesRenderSettingsPixelFilterType::Gaussian:
      out.filter = PixelFilter::Gaussian;
      break;
    case CyclesRenderSettingsPixelFilterType::BlackmanHarris:
      out.filter = PixelFilter::BlackmanHarris;
      break;
  }
  out.filter_width = cycles.filter_width;
  out.exposure = cycles.film_exposure;
  out.film_transparent = scene->render.film_transparent;
  out.film_transparent_glass = cycles.film_transparent_glass;
  out.film_transparent_roughness = cycles.film_transparent_roughness;
  out.max_bounces = cycles.max_bounces;
  out.diffuse_bounces = cycles.diffuse_bounces;
  out.glossy_bounces = cycles.glossy_bounces;
  out.transmission_bounces = cycles.transmission_bounces;
  out.volume_bounces = cycles.volume_bounces;
  out.transparent_max_bounces = cycles.transparent_max_bounces;
  out.min_light_bounces = cycles.min_light_bounces;
  out.min_transparent_bounces = cycles.min_transparent_bounces;
  out.sample_clamp_direct = cycles.sample_clamp_direct;
  out.sample_clamp_indirect = cycles.sample_clamp_indirect;
  out.blur_glossy = cycles.blur_glossy;
  out.caustics_reflective = cycles.caustics_reflective;
  out.caustics_refractive = cycles.caustics_refractive;
  out.light_sampling_threshold = cycles.light_sampling_threshold;
  switch (cycles.direct_light_sampling_type) {
    case CyclesDirectLightSampling::MultipleImportanceSampling:
      out.light_sampling = LightSampling::Multiple;
      break;
    case CyclesDirectLightSampling::ForwardPathTracing:
      out.light_sampling = LightSampling::Forward;
      break;
    case CyclesDirectLightSampling::NextEventEstimation:
      out.light_sampling = LightSampling::Explicit;
      break;
  }
  if (cycles.use_fast_gi) {
    out.fast_gi = cycles.fast_gi_method == CyclesFastGiMethod::Add ? FastGi::Add : FastGi::Replace;
    out.ao_bounces = cycles.ao_bounces_render;
  }
  out.use_motion_blur = scene->render.use_motion_blur;
  if (cycles.rolling_shutter_type == CyclesRenderSettingsRollingShutterType::Top) {
    out.row_exposure = cycles.rolling_shutter_duration;
  }
  out.shutter_times = shutter_times(scene->render.motion_blur_shutter_curve);
  out.border = border_of(scene->render);
  out.crops_to_border = scene->render.use_crop_to_border;
  out.time_limit = cycles.time_limit;
  out.splits_triangles = cycles.debug_use_spatial_splits;
  out.has_compact_bvh = cycles.debug_use_compact_bvh;
  out.use_adaptive_sampling = cycles.use_adaptive_sampling;
  out.adaptive_threshold = cycles.adaptive_threshold;
  out.adaptive_min_samples = cycles.adaptive_min_samples;
  out.use_denoising = cycles.use_denoising;
  out.denoises_with_albedo = cycles.denoising_input_passes != CyclesDenoisingInputPasses::Rgb;
  out.denoises_with_normals =
      cycles.denoising_input_passes == CyclesDenoisingInputPasses::RgbAlbedoNormal;
  out.denoise_prefilter = prefilter_of(cycles.denoising_prefilter);

  const std::int64_t at = scene->view_layers.find(evaluated.view_layer);
  if (at < 0) {
    return out;
  }
  const ViewLayer& layer = scene->view_layers[at];
  if (layer.samples > 0 && cycles.use_layer_samples != CyclesUseLayerSamples::Ignore) {
    out.samples = cycles.use_layer_samples == CyclesUseLayerSamples::Bounded
                      ? std::min(out.samples, layer.samples)
                      : layer.samples;
  }
  out.sampling = sampling_style(cycles, out.samples);
  out.pass_alpha_threshold = layer.pass_alpha_threshold;
  out.use_denoising = out.use_denoising && layer.cycles.use_denoising;
  if (out.fast_gi == FastGi::Add && !layer.use_ao) {
    out.fast_gi = FastGi::Off;
  }
  if (!layer.use_pass_combined) {
    out.passes.clear();
  }
  const std::pair<bool, PassKind> wanted[] = {
      {layer.use_pass_z, PassKind::Depth},
      {layer.use_pass_mist, PassKind::Mist},
      {layer.use_pass_position, PassKind::Position},
      {layer.use_pass_normal, PassKind::Normal},
      {layer.use_pass_uv, PassKind::UV},
      {layer.use_pass_object_index, PassKind::ObjectIndex},
      {layer.use_pass_material_index, PassKind::MaterialIndex},
      {layer.use_pass_diffuse_direct, PassKind::DiffuseDirect},
      {layer.use_pass_diffuse_indirect, PassKind::DiffuseIndirect},
      {layer.use_pass_diffuse_color, PassKind::DiffuseColor},
      {layer.use_pass_glossy_direct, PassKind::GlossyDirect},
      {layer.use_pass_glossy_indirect, PassKind::GlossyIndirect},
      {layer.use_pass_glossy_color, PassKind::GlossyColor},
      {layer.use_pass_transmission_direct, PassKind::TransmissionDirect},
      {layer.use_pass_transmission_indirect, PassKind::TransmissionIndirect},
      {layer.use_pass_transmission_color, PassKind::TransmissionColor},
      {layer.use_pass_emit, PassKind::Emission},
      {layer.use_pass_environment, PassKind::Environment},
      {layer.use_pass_shadow, PassKind::Shadow},
      {layer.use_pass_ambient_occlusion, PassKind::AmbientOcclusion},
      {layer.use_pass_vector, PassKind::Vector},
      {layer.cycles.pass_debug_sample_count, PassKind::SampleCount},
      {layer.cycles.denoising_store_passes, PassKind::DenoisingNormal},
      {layer.cycles.denoising_store_passes, PassKind::DenoisingAlbedo},
      {layer.cycles.denoising_store_passes, PassKind::DenoisingDepth},
      {layer.cycles.denoising_store_passes && out.use_denoising, PassKind::Noisy},
  };
  for (const auto& [is_wanted, kind] : wanted) {
    if (is_wanted) {
      out.passes.push_back({kind, {}, true, 0});
    }
  }
  for (const Aov& aov : layer.aovs) {
    out.passes.push_back({PassKind::Aov, aov.name, aov.kind == AovType::Color, 0});
  }
  for (std::int64_t i = 0; i < layer.lightgroups.size(); ++i) {
    out.passes.push_back({PassKind::LightGroup, layer.lightgroups[i].name, true, int(i)});
  }
  const std::pair<bool, PassKind> cryptomattes[] = {
      {layer.use_pass_cryptomatte_object, PassKind::CryptomatteObject},
      {layer.use_pass_cryptomatte_material, PassKind::CryptomatteMaterial},
      {layer.use_pass_cryptomatte_asset, PassKind::CryptomatteAsset},
  };
  for (const auto& [is_wanted, kind] : cryptomattes) {
    if (is_wanted) {
      out.passes.push_back(
          {kind, {}, true, layer.pass_cryptomatte_depth, layer.use_pass_cryptomatte_accurate});
    }
  }
  return out;
}

}  // namespace kiln::render
