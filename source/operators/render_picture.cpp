// Rendering a snapshot into a picture, and writing it.
#include "operators/render_picture.h"

#include "core/log.h"
#include "core/stopwatch.h"
#include "core/tasks.h"
#include "document/image.h"
#include "image/exr.h"
#include "image/image_file.h"
#include "image/image_pixels.h"
#include "image/render_output.h"
#include "image/text.h"
#include "operators/broken_numbers.h"
#include "operators/paths.h"
#include "operators/picture_settings.h"
#include "operators/shader_textures.h"
#include "render/pathtracer/cryptomatte.h"
#include "render/scene_builder/scene_builder.h"

namespace kiln::operators {
namespace {

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

}  // namespace

// Shows what the picture tells about itself: the file and how it was made at the top, place and
// time in the film at the bottom.
static Result<void> draw_stamps(image::ImageBuffer& picture, const RenderSettings& settings,
                                const std::vector<std::pair<std::string, std::string>>& stamps) {
  std::vector<std::string> top, bottom;
  for (const auto& [name, text] : stamps) {
    const bool is_at_bottom = name == "Marker" || name == "Time" || name == "Frame" ||
                              name == "FrameRange" || name == "Camera" || name == "Lens" ||
                              name == "Scene";
    (is_at_bottom ? bottom : top).push_back(settings.use_stamp_labels ? name + " " + text : text);
  }
  image::TextLook look;
  look.size = settings.stamp_font_size;
  for (int i = 0; i < 4; ++i) {
    look.color[i] = settings.stamp_foreground[i];
    look.background[i] = settings.stamp_background[i];
  }
  const Result<void> drawn = image::draw_text(picture, top, /*is_at_top=*/true, look);
  return drawn ? image::draw_text(picture, bottom, /*is_at_top=*/false, look) : drawn;
}

Result<void> write_picture(const render::RenderResult& result, const Scene& scene,
                           const std::string& layer, const Path& path, const ColorService* colors,
                           const std::vector<std::pair<std::string, std::string>>& metadata) {
  image::SaveSettings settings = save_settings(scene.render);
  settings.metadata = metadata;
  const render::PassImage* combined = result.find(render::PassKind::Combined);
  if (settings.format == image::FileFormat::OpenExrMultilayer) {
    image::ExrImage exr;
    exr.width = result.width;
    exr.height = result.height;
    exr.metadata = metadata;
    for (const render::PassManifest& manifest : result.manifests) {
      const std::string name = layer + "." + manifest.pass;
      const std::string key = "cryptomatte/" + render::cryptomatte::key(name) + "/";
      exr.metadata.emplace_back(key + "name", name);
      exr.metadata.emplace_back(key + "hash", "MurmurHash3_32");
      exr.metadata.emplace_back(key + "conversion", "uint32_to_float32");
      exr.metadata.emplace_back(key + "manifest", manifest.json);
    }
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
  image::ImageBuffer light = image::ImageBuffer::of_floats(
      result.width, result.height, 4, Array<float>(std::span<const float>(combined->pixels)));
  light.alpha_mode = image::AlphaMode::Premultiplied;
  const Result<const image::ColorManagement*> management =
      colors ? colors->get()
             : Result<const image::ColorManagement*>(
                   Error::invalid("there is no color configuration"));
  if (!management) {
    return management.error();
  }
  light.color_space = (*management)->scene_linear();
  Result<image::ImageBuffer> picture =
      image::picture_for_file(light, settings, picture_view(scene), **management);
  if (picture && scene.render.use_stamp) {
    if (const Result<void> drawn = draw_stamps(*picture, scene.render, metadata); !drawn) {
      return drawn;
    }
  }
  return picture ? image::write_image(path, *picture, settings) : Result<void>(picture.error());
}

// A setting that is no number would make every pixel one that is none; it is named instead.
static Result<void> check_numbers(const PictureRequest& request) {
  const auto check = [](const DataBlock* block) -> Result<void> {
    const auto broken =
        block ? find_broken_number(
                    {.schema = &block->dynamic_schema(), .data = block, .block = block})
              : std::nullopt;
    return broken ? Error::invalid("{} \"{}\": {} is not a number", block->dynamic_schema().label,
                                   block->name, *broken)
                  : Result<void>();
  };
  const Scene* scene = request.document.find<Scene>(request.scene);
  const Object* camera = scene ? request.document.find(scene->camera) : nullptr;
  if (const Result<void> checked = check(scene); !checked) {
    return checked;
  }
  return camera ? check(request.document.find(camera->data.id)) : Result<void>();
}

Result<render::RenderResult> render_picture(
    const PictureRequest& request, evaluation::Evaluator& evaluator, const ColorService* colors,
    const ImageStore* images, Progress& progress, std::vector<Report>& reports,
    const std::function<void(const render::RenderResult&)>& on_chunk) {
  if (const Result<void> checked = check_numbers(request); !checked) {
    return checked.error();
  }
  const auto at_frame = [&](float frame) {
    return evaluator.evaluate(request.document, request.scene, request.layer, frame,
                              evaluation::Purpose::Render, progress);
  };
  const auto evaluated = at_frame(request.frame);
  if (!evaluated) {
    return Error::cancelled();
  }
  for (const std::string& problem : evaluated->problems()) {
    reports.push_back(problem);
  }
  for (const evaluation::EvaluatedObject& object : evaluated->objects) {
    for (const std::string& warning : object.warnings) {
      reports.push_back(fmt::format("Object \"{}\": {}", object.object->name, warning));
    }
  }
  const Stopwatch watch;
  const Scene& settings = *request.document.find<Scene>(request.scene);
  ShaderTextures textures(request.document, images, colors, reports, texture_limit(settings, true));
  render::SceneSources sources;
  sources.find_texture = [&](BlockId image, const ImageUser& user) {
    return textures.find(image, user.file_number(request.frame));
  };
  sources.at_frame = at_frame;
  const Result<render::TraceScene> scene = render::build_trace_scene(*evaluated, sources);
  if (!scene) {
    return scene.error();
  }
  trace("render", "scene built in {:.3f} s: {} meshes, {} instances, {} lights", watch.seconds(),
        scene->meshes.size(), scene->instances.size(), scene->lights.size());
  const ThreadLimit threads(settings.render.threads_mode == RenderSettingsThreadsMode::Fixed
                                ? settings.render.threads
                                : 0);
  Result<render::RenderResult> result = render::render(
      *scene, render::make_render_settings(*evaluated), progress, request.shapes, on_chunk);
  if (request.shapes) {
    request.shapes->drop_unused();
  }
  trace("render", "done after {:.3f} s", watch.seconds());
  return result;
}

}  // namespace kiln::operators
