// Rendering the active scene into a file.
#include "core/log.h"
#include "core/tasks.h"
#include "document/image.h"
#include "evaluation/evaluator.h"
#include "image/exr.h"
#include "image/image_file.h"
#include "image/render_output.h"
#include "operators/color_service.h"
#include "operators/image_store.h"
#include "operators/operator.h"
#include "operators/paths.h"
#include "operators/picture_settings.h"
#include "operators/shader_textures.h"
#include "operators/render_operators.h"
#include "render/pathtracer/render.h"
#include "render/scene_builder/scene_builder.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;
using evaluation::EvaluatedScene;
using evaluation::Evaluator;
using evaluation::Purpose;

struct RenderOperatorSettings {
  bool animation = false, write_still = false, use_viewport = false;
  std::string layer, scene;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RenderOperatorSettings> s("RENDER_OT_render", "Render");
      s.add<&RenderOperatorSettings::animation>("animation", "Animation").not_animatable();
      s.add<&RenderOperatorSettings::write_still>("write_still", "Write Image").not_animatable();
      s.add<&RenderOperatorSettings::use_viewport>("use_viewport", "Use 3D Viewport").not_animatable();
      s.add<&RenderOperatorSettings::layer>("layer", "Render Layer").max_bytes(64).not_animatable();
      s.add<&RenderOperatorSettings::scene>("scene", "Scene").max_bytes(64).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Channels of a pass as the file has them; depths and indices need all their bits.
image::ExrPass exr_pass(const render::PassImage& pass, const std::string& layer) {
  image::ExrPass out;
  out.layer = layer;
  out.name = pass.name;
  out.channels = pass.channels;
  out.values = Array<float>(std::span<const float>(pass.pixels));
  out.is_float = pass.channels.size() == 1 || pass.name.starts_with("Crypto");
  return out;
}

Result<void> write_picture(const render::RenderResult& result, const Scene& scene, const std::string& layer, const Path& path, const ColorService* colors) {
  const image::SaveSettings settings = save_settings(scene.render);
  const render::PassImage* combined = result.find(render::PassKind::Combined);
  if (settings.format == image::FileFormat::OpenExrMultilayer) {
    image::ExrImage exr;
    exr.width = result.width;
    exr.height = result.height;
    if (combined) {
      image::ExrPass composite = exr_pass(*combined, "Composite");
      composite.name = "Combined";
      exr.passes.push_back(std::move(composite));
    }
    for (const render::PassImage& pass : result.passes) {
      exr.passes.push_back(exr_pass(pass, layer));
    }
    Result<AtomicFile> file = AtomicFile::create(path);
    if (!file) {
      return file.error();
    }
    const Result<void> written = image::write_exr(*file, exr, settings);
    return written ? file->commit() : written;
  }
  if (!combined) {
    return Error::invalid("view layer \"{}\" has no combined pass to write", layer);
  }
  image::ImageBuffer light = image::ImageBuffer::of_floats(result.width, result.height, 4, Array<float>(std::span<const float>(combined->pixels)));
  light.alpha_mode = image::AlphaMode::Premultiplied;
  const Result<const image::ColorManagement*> management = colors ? colors->get() : Result<const image::ColorManagement*>(Error::invalid("there is no color configuration"));
  if (!management) {
    return management.error();
  }
  light.color_space = (*management)->scene_linear();
  const Result<image::ImageBuffer> picture =
      image::picture_for_file(light, settings, picture_view(scene), **management);
  return picture ? image::write_image(path, *picture, settings) : Result<void>(picture.error());
}

Result<Outcome> render_frame(Context& context, bool writes, float frame) {
  Project& project = context.project;
  auto* evaluator = project.services.find<Evaluator>();
  const auto* colors = project.services.find<const ColorService>();
  if (!evaluator) {
    return Error::unsupported("this program cannot evaluate scenes");
  }
  project.document.settle();
  const Document snapshot = project.document;
  const std::string layer = context.layer().name;
  const auto evaluated = evaluator->evaluate(snapshot, context.scene, layer, frame, Purpose::Render, context.progress);
  if (!evaluated) {
    return Error::cancelled();
  }
  for (const std::string& problem : evaluated->problems) {
    context.reports.push_back(problem);
  }
  for (const evaluation::EvaluatedObject& object : evaluated->objects) {
    for (const std::string& warning : object.warnings) {
      context.reports.push_back(fmt::format("Object \"{}\": {}", object.object->name, warning));
    }
  }
  ShaderTextures textures(snapshot, project.services.find<ImageStore>(), colors, context.reports);
  render::SceneSources sources;
  sources.find_texture = [&](BlockId image) { return textures.find(image); };
  sources.at_frame = [&](float other) { return evaluator->evaluate(snapshot, context.scene, layer, other, Purpose::Render, context.progress); };
  const Result<render::TraceScene> scene = render::build_trace_scene(*evaluated, sources);
  if (!scene) {
    return scene.error();
  }
  const Scene& settings = *snapshot.find<Scene>(context.scene);
  const ThreadLimit threads(settings.render.threads_mode == RenderSettingsThreadsMode::Fixed ? settings.render.threads : 0);
  const Result<render::RenderResult> result = render::render(*scene, render::make_render_settings(*evaluated), context.progress);
  if (!result) {
    return result.error();
  }
  if (writes) {
    const std::string extension(settings.render.use_file_extension ? file_extension(settings.render.image_settings.file_format) : "");
    const Path path = absolute_path(settings.render.filepath.empty() ? "//" : settings.render.filepath, project.path);
    // A still takes the path as it is; # and frame numbers are for sequences.
    const Path file = context.is_sequence ? Path(frame_path(path.string(), int(frame), extension))
                                          : Path(path.string().ends_with(extension) ? path.string() : path.string() + extension);
    std::error_code ignored;
    if (file.has_parent_path()) {
      std::filesystem::create_directories(file.parent_path(), ignored);
    }
    const Result<void> done = write_picture(*result, settings, layer, file, colors);
    if (!done) {
      return done.error();
    }
    log(LogLevel::Info, "Saved: '{}'", file.string());
  }
  return Outcome::Finished;
}

Result<Outcome> render_scene(Context& context, const RenderOperatorSettings& s, const Given&) {
  if (!s.scene.empty()) {
    const Scene* scene = context.document().named<Scene>(s.scene);
    if (!scene) {
      return Error::invalid("there is no scene \"{}\"", s.scene);
    }
    context.scene = scene->id;
    context.view_layer = scene->view_layers.id(0);
  }
  if (!s.layer.empty()) {
    const std::int64_t at = context.get_scene().view_layers.find(s.layer);
    if (at < 0) {
      return Error::invalid("scene \"{}\" has no view layer \"{}\"", context.get_scene().name, s.layer);
    }
    context.view_layer = context.get_scene().view_layers.id(at);
  }
  if (!s.animation) {
    return render_frame(context, s.write_still, context.get_scene().frame());
  }
  context.is_sequence = true;
  const Scene& scene = context.get_scene();
  const int first = scene.frame_start, last = scene.frame_end, step = std::max(1, scene.frame_step);
  for (int frame = first; frame <= last; frame += step) {
    context.document().edit<Scene>(context.scene, Change::Settings).frame_current = frame;
    const Result<Outcome> outcome = render_frame(context, true, float(frame));
    if (!outcome || *outcome != Outcome::Finished) {
      return outcome;
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_render(OperatorRegistry& registry) { add_operator(registry, "render.render", "Render", render_scene); }

}  // namespace kiln::operators
