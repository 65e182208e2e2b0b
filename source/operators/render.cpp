// Rendering the active scene into a file.
#include <fstream>

#include "core/log.h"
#include "core/stopwatch.h"
#include "image/file_format.h"
#include "operators/image_store.h"
#include "operators/operator.h"
#include "operators/paths.h"
#include "operators/picture_stamps.h"
#include "operators/render_operators.h"
#include "operators/render_picture.h"
#include "operators/render_results.h"
#include "operators/script_engines.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct RenderOperatorSettings {
  bool animation = false, write_still = false, use_viewport = false;
  std::string layer, scene;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RenderOperatorSettings> s("RENDER_OT_render", "Render");
      s.add<&RenderOperatorSettings::animation>("animation", "Animation").not_animatable();
      s.add<&RenderOperatorSettings::write_still>("write_still", "Write Image").not_animatable();
      s.add<&RenderOperatorSettings::use_viewport>("use_viewport", "Use 3D Viewport")
          .not_animatable();
      s.add<&RenderOperatorSettings::layer>("layer", "Render Layer").max_bytes(64).not_animatable();
      s.add<&RenderOperatorSettings::scene>("scene", "Scene").max_bytes(64).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// The picture of an engine that a script registered, as that of the program's own.
Result<render::RenderResult> render_by_script(Context& context, ScriptEngines& engines,
                                              const std::string& engine) {
  const int2 size = context.get_scene().render.size();
  Result<ScriptPicture> picture = engines.render(context, engine, size.x, size.y);
  if (!picture) {
    return picture.error();
  }
  render::RenderResult result;
  result.width = picture->width;
  result.height = picture->height;
  for (ScriptPicture::Pass& pass : picture->passes) {
    render::PassImage made;
    made.request.kind =
        pass.name == "Combined" ? render::PassKind::Combined : render::PassKind::Aov;
    made.name = std::move(pass.name);
    made.channels = std::move(pass.channels);
    made.pixels = std::move(pass.pixels);
    result.passes.push_back(std::move(made));
  }
  return result;
}

// Where the picture of a frame goes.
Path output_file(const Context& context, float frame) {
  const RenderSettings& settings = context.get_scene().render;
  const std::string extension(
      settings.use_file_extension ? file_extension(settings.image_settings.file_format) : "");
  const Path path =
      absolute_path(settings.filepath.empty() ? "//" : settings.filepath, context.project.path);
  // A still takes the path as it is; # and frame numbers are for sequences.
  return context.is_sequence
             ? Path(frame_path(path.string(), int(frame), extension))
             : Path(path.string().ends_with(extension) ? path.string() : path.string() + extension);
}

// The picture of one view layer.
Result<render::RenderResult> render_layer(Context& context, const PictureRequest& request,
                                          evaluation::Evaluator& evaluator) {
  Project& project = context.project;
  const std::string engine = context.get_scene().render.engine;
  auto* engines = project.services.find<ScriptEngines>();
  if (engines && engines->has(engine)) {
    const ItemId before = context.view_layer;
    const auto& layers = context.get_scene().view_layers;
    context.view_layer = layers.id(std::max<std::int64_t>(0, layers.find(request.layer)));
    Result<render::RenderResult> result = render_by_script(context, *engines, engine);
    context.view_layer = before;
    return result;
  }
  return render_picture(request, evaluator, project.services.find<const ColorService>(),
                        project.services.find<ImageStore>(), context.progress, context.reports);
}

/// What of a scene is rendered in one go.
struct RenderedPart {
  std::string layer;                   ///< the only view layer; empty: those the scene says
  render::BvhCache* shapes = nullptr;  ///< kept from frame to frame
};

Result<Outcome> render_frame(Context& context, bool writes, float frame, const RenderedPart& part) {
  Project& project = context.project;
  auto* evaluator = project.services.find<evaluation::Evaluator>();
  if (!evaluator) {
    return Error::unsupported("this program cannot evaluate scenes");
  }
  context.notify("render_pre");
  project.document.settle();
  const std::vector<std::string> names =
      part.layer.empty() ? layers_to_render(context.get_scene(), context.layer().name)
                         : std::vector{part.layer};
  if (names.empty()) {
    return Error::invalid("scene \"{}\": no view layer is enabled for rendering",
                          context.get_scene().name);
  }
  PictureRequest request{project.document, project.path, context.scene, {}, frame, part.shapes};
  const Stopwatch watch;
  std::vector<render::RenderResult> results;
  std::vector<LayerPicture> pictures;
  results.reserve(names.size());
  for (const std::string& name : names) {
    request.layer = name;
    Result<render::RenderResult> result = render_layer(context, request, *evaluator);
    if (!result) {
      return result.error();
    }
    results.push_back(std::move(*result));
    pictures.push_back({name, &results.back()});
  }
  context.notify("render_post");
  const auto keep = [&] {
    if (auto* kept = project.services.find<RenderResults>(); kept && !results.empty()) {
      kept->put({std::make_shared<const render::RenderResult>(std::move(results.front())),
                 pictures.front().name});
      render_result_image(project.document);
    }
  };
  const Scene& settings = *request.document.find<Scene>(context.scene);
  if (writes) {
    const Path file = output_file(context, frame);
    std::error_code ignored;
    if (file.has_parent_path()) {
      std::filesystem::create_directories(file.parent_path(), ignored);
    }
    const Result<void> done =
        write_pictures(pictures, settings, file, project.services.find<const ColorService>(),
                       picture_stamps(request, watch.seconds()));
    if (!done) {
      return done.error();
    }
    context.notify("render_write");
    log(LogLevel::Info, "Saved: '{}'", file.string());
  }
  keep();
  return Outcome::Finished;
}

// All frames of the scene, each with the functions that scripts attached to going to it.
Result<Outcome> render_frames(Context& context, const std::string& layer) {
  const Scene& scene = context.get_scene();
  const int first = scene.frame_start, last = scene.frame_end, step = std::max(1, scene.frame_step);
  // Shapes that stay the same from frame to frame are kept where memory is given for time.
  const auto shapes =
      scene.render.use_persistent_data ? std::make_unique<render::BvhCache>() : nullptr;
  for (int frame = first; frame <= last; frame += step) {
    context.document().edit<Scene>(context.scene, Change::Settings).frame_current = frame;
    context.notify("frame_change_pre");
    context.notify("frame_change_post");
    const RenderSettings& settings = context.get_scene().render;
    const Path file = output_file(context, float(frame));
    std::error_code ignored;
    if (!settings.use_overwrite && std::filesystem::exists(file, ignored)) {
      log(LogLevel::Info, "skipping existing frame \"{}\"", file.string());
      continue;
    }
    if (settings.use_placeholder && !std::filesystem::exists(file, ignored)) {
      // Other programs that render the same frames see that this one is taken.
      std::filesystem::create_directories(file.parent_path(), ignored);
      std::ofstream(file).flush();
    }
    const Result<Outcome> outcome =
        render_frame(context, true, float(frame), {layer, shapes.get()});
    if (!outcome || *outcome != Outcome::Finished) {
      return outcome;
    }
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
      return Error::invalid("scene \"{}\" has no view layer \"{}\"", context.get_scene().name,
                            s.layer);
    }
    context.view_layer = context.get_scene().view_layers.id(at);
  }
  context.is_sequence = context.is_sequence || s.animation;
  context.notify("render_init");
  const Result<Outcome> outcome =
      s.animation ? render_frames(context, s.layer)
                  : render_frame(context, s.write_still, context.get_scene().frame(), {s.layer});
  context.notify(outcome && *outcome == Outcome::Finished ? "render_complete" : "render_cancel");
  return outcome;
}

}  // namespace

void register_render(OperatorRegistry& registry) {
  add_operator(registry, "render.render", "Render", render_scene);
}

}  // namespace kiln::operators
