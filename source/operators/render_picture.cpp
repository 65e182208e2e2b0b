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

// Whether the values of a pass are light or color rather than places, names or shares.
static bool is_color(const render::PassImage& pass) {
  return pass.channels.starts_with("RGB") && !pass.name.starts_with("Crypto");
}

static Result<void> write_layers(const std::vector<LayerPicture>& layers, const Scene& scene,
                                 const Path& path, const image::SaveSettings& settings,
                                 const image::ColorManagement* colors) {
  image::ExrImage exr;
  exr.width = layers.front().result->width;
  exr.height = layers.front().result->height;
  exr.metadata = settings.metadata;
  const auto add = [&](const render::PassImage& pass, const std::string& layer) -> Result<void> {
    image::ExrPass made = exr_pass(pass, layer);
    if (!settings.linear_color_space.empty() && colors && is_color(pass)) {
      const Result<image::ImageBuffer> converted =
          image::in_linear_space(image::ImageBuffer::of_floats(
                                     exr.width, exr.height, int(pass.channels.size()), made.values),
                                 settings, *colors);
      if (!converted) {
        return converted.error();
      }
      made.values = Array<float>(converted->floats());
    }
    exr.passes.push_back(std::move(made));
    return {};
  };
  if (const render::PassImage* combined = layers.front().result->find(render::PassKind::Combined)) {
    if (const Result<void> added = add(*combined, "Composite"); !added) {
      return added;
    }
    exr.passes.back().name = "Combined";
  }
  for (const LayerPicture& layer : layers) {
    if (layer.result->width != exr.width || layer.result->height != exr.height) {
      return Error::invalid("the layers of scene \"{}\" have pictures of different sizes",
                            scene.name);
    }
    for (const render::PassManifest& manifest : layer.result->manifests) {
      const std::string name = layer.name + "." + manifest.pass;
      const std::string key = "cryptomatte/" + render::cryptomatte::key(name) + "/";
      exr.metadata.emplace_back(key + "name", name);
      exr.metadata.emplace_back(key + "hash", "MurmurHash3_32");
      exr.metadata.emplace_back(key + "conversion", "uint32_to_float32");
      exr.metadata.emplace_back(key + "manifest", manifest.json);
    }
    for (const render::PassImage& pass : layer.result->passes) {
      if (const Result<void> added = add(pass, layer.name); !added) {
        return added;
      }
    }
  }
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file) {
    return file.error();
  }
  const Result<void> written = image::write_exr(*file, exr, settings);
  return written ? file->commit() : written;
}

// One picture with its depth beside the colors.
static Result<void> write_with_depth(const image::ImageBuffer& picture,
                                     const render::PassImage& depth, const Path& path,
                                     const image::SaveSettings& settings) {
  const int channels = settings.color_mode == image::ColorMode::BW    ? 1
                       : settings.color_mode == image::ColorMode::RGB ? 3
                                                                      : 4;
  image::ExrImage exr;
  exr.width = picture.width();
  exr.height = picture.height();
  exr.pixel_aspect = settings.pixel_aspect;
  exr.metadata = settings.metadata;
  image::ExrPass color;
  color.channels = channels == 1 ? "Y" : std::string("RGBA").substr(0, std::size_t(channels));
  color.values = Array<float>(image::with_channels(picture, channels).floats());
  exr.passes.push_back(std::move(color));
  exr.passes.push_back(exr_pass(depth, ""));
  exr.passes.back().name.clear();
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file) {
    return file.error();
  }
  const Result<void> written = image::write_exr(*file, exr, settings);
  return written ? file->commit() : written;
}

// The picture as screens show it, in a file of the same name.
static Result<void> write_preview(const image::ImageBuffer& light, const Scene& scene,
                                  const Path& path, const image::ColorManagement& colors) {
  image::SaveSettings settings;
  settings.format = image::FileFormat::Jpeg;
  settings.color_mode = image::ColorMode::RGB;
  settings.quality = scene.render.image_settings.quality;
  const Path beside = path.extension() == ".exr" ? Path(path).replace_extension(".jpg")
                                                 : Path(path.string() + ".jpg");
  const Result<image::ImageBuffer> picture =
      image::picture_for_file(light, settings, picture_view(scene), colors);
  return picture ? image::write_image(beside, *picture, settings) : Result<void>(picture.error());
}

Result<void> write_pictures(const std::vector<LayerPicture>& layers, const Scene& scene,
                            const Path& path, const ColorService* colors,
                            const std::vector<std::pair<std::string, std::string>>& metadata) {
  if (layers.empty()) {
    return Error::invalid("scene \"{}\" has no view layer that is rendered", scene.name);
  }
  image::SaveSettings settings = save_settings(scene.render);
  settings.metadata = metadata;
  const ImageFormatSettings& wanted = scene.render.image_settings;
  const Result<const image::ColorManagement*> management =
      colors ? colors->get()
             : Result<const image::ColorManagement*>(
                   Error::invalid("there is no color configuration"));
  const bool is_exr = settings.format == image::FileFormat::OpenExr ||
                      settings.format == image::FileFormat::OpenExrMultilayer;
  const bool has_preview = is_exr && wanted.use_preview;
  if (settings.format == image::FileFormat::OpenExrMultilayer) {
    const Result<void> written =
        write_layers(layers, scene, path, settings, management ? *management : nullptr);
    if (!written || !has_preview) {
      return written;
    }
  }
  const render::RenderResult& result = *layers.front().result;
  const render::PassImage* combined = result.find(render::PassKind::Combined);
  if (!combined) {
    return Error::invalid("view layer \"{}\" has no combined pass to write", layers.front().name);
  }
  if (!management) {
    return management.error();
  }
  image::ImageBuffer light = image::ImageBuffer::of_floats(
      result.width, result.height, 4, Array<float>(std::span<const float>(combined->pixels)));
  light.alpha_mode = image::AlphaMode::Premultiplied;
  light.color_space = (*management)->scene_linear();
  if (has_preview) {
    const Result<void> written = write_preview(light, scene, path, **management);
    if (!written || settings.format == image::FileFormat::OpenExrMultilayer) {
      return written;
    }
  }
  Result<image::ImageBuffer> picture =
      image::picture_for_file(light, settings, picture_view(scene), **management);
  if (picture && scene.render.use_stamp) {
    if (const Result<void> drawn = draw_stamps(*picture, scene.render, metadata); !drawn) {
      return drawn;
    }
  }
  if (!picture) {
    return picture.error();
  }
  const render::PassImage* depth = result.find(render::PassKind::Depth);
  if (settings.format == image::FileFormat::OpenExr && wanted.use_zbuffer && depth) {
    return write_with_depth(*picture, *depth, path, settings);
  }
  return image::write_image(path, *picture, settings);
}

Result<void> write_picture(const render::RenderResult& result, const Scene& scene,
                           const std::string& layer, const Path& path, const ColorService* colors,
                           const std::vector<std::pair<std::string, std::string>>& metadata) {
  return write_pictures({{layer, &result}}, scene, path, colors, metadata);
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

std::vector<std::string> layers_to_render(const Scene& scene, const std::string& active) {
  if (scene.render.use_single_layer) {
    return {active};
  }
  std::vector<std::string> names;
  for (const ViewLayer& layer : scene.view_layers) {
    if (layer.use) {
      names.push_back(layer.name);
    }
  }
  return names;
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
