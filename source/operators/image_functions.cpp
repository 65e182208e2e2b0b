#include "operators/image_functions.h"

#include <fstream>

#include "core/atomic_file.h"
#include "core/schema/registry.h"
#include "image/saved_pixels.h"
#include "image/scale.h"
#include "operators/image_store.h"
#include "operators/paths.h"
#include "operators/picture_settings.h"
#include "operators/render_picture.h"
#include "operators/render_results.h"

namespace kiln::operators {
namespace {

/// The image a function was called on, and what it works with.
struct Target {
  const Image& image;
  ImageStore& store;
  const image::ColorManagement& colors;
  const Path& project;
};

Result<Target> target_of(const Call& call) {
  auto* store = call.services.find<ImageStore>();
  const auto* service = call.services.find<const ColorService>();
  const auto* project = call.services.find<Project>();
  if (!store || !service || !project) {
    return Error::unsupported("this program has no images");
  }
  const Result<const image::ColorManagement*> colors = service->get();
  if (!colors) {
    return colors.error();
  }
  return Target{call.target.as<Image>(), *store, **colors, project->path};
}

Error without_data(const Image& image, const std::string& why = {}) {
  return Error::invalid("Error: Image '{}' does not have any image data{}{}", image.name,
                        why.empty() ? "" : ": ", why);
}

image::FileFormat format_of(const Image& image) {
  for (const EnumItem& item : picture_format_items()) {
    if (item.value == int(image.file_format)) {
      return image::format_by_identifier(item.identifier).value_or(image::FileFormat::Png);
    }
  }
  return image::FileFormat::Png;
}

// How the image's own file is written: with the channels it has, in as many bits as its values
// need.
image::SaveSettings own_settings(const image::ImageBuffer& pixels, int depth,
                                 image::FileFormat format, int quality) {
  image::SaveSettings settings;
  settings.format = format;
  const image::FormatTraits& traits = image::traits(format);
  const int channels = depth / (pixels.is_float() ? 32 : 8);
  settings.color_mode = channels == 1 && traits.has_grey    ? image::ColorMode::BW
                        : channels == 4 && traits.has_alpha ? image::ColorMode::RGBA
                                                            : image::ColorMode::RGB;
  settings.depth = traits.depths[0];
  for (const int has : traits.depths) {
    // Most bits for floats; for bytes half floats where there are no 8 bits.
    if (has > 0 && pixels.is_float() && has <= 32) {
      settings.depth = has;
    }
  }
  if (format == image::FileFormat::Jpeg2000 || format == image::FileFormat::Dpx) {
    settings.depth = pixels.is_float() ? 16 : traits.depths[0];
  }
  settings.quality = quality > 0 ? std::min(quality, 100) : 90;
  return settings;
}

struct Encoded {
  image::ImageBuffer pixels;
  image::SaveSettings settings;
};

Result<Encoded> encoded(const Target& target, const Call& call, image::FileFormat format,
                        bool keeps_light, int quality) {
  const Image& image = target.image;
  const Result<image::ImageBuffer> pixels = target.store.buffer(image);
  if (!pixels) {
    return without_data(image, pixels.error().message);
  }
  const ImagePixels about = describe_pixels(image, &call.services);
  image::SaveSettings settings = own_settings(*pixels, about.depth, format, quality);
  const float2 density = pixel_resolution(image, &call.services);
  settings.density = {density.x, density.y};
  // Floats that were made here are written as display values, whatever the format: so do files that
  // scripts expect.
  const bool is_generated = image.source == ImageSource::Generated;
  const std::string space = keeps_light    ? pixels->color_space
                            : is_generated ? target.colors.default_byte()
                                           : image.color_space;
  const Result<image::ImageBuffer> stored =
      image::stored_pixels(*pixels, space, settings, target.colors);
  if (!stored) {
    return stored.error();
  }
  return Encoded{*stored, settings};
}

Result<void> write(const Path& path, const Encoded& picture) {
  return image::write_image(path, picture.pixels, picture.settings);
}

// The pixels as a file in the document: PNG, or OpenEXR for floats.
Result<void> pack_pixels(const Target& target, const Call& call) {
  const Result<image::ImageBuffer> pixels = target.store.buffer(target.image);
  if (!pixels) {
    return without_data(target.image, pixels.error().message);
  }
  const image::FileFormat format =
      pixels->is_float() ? image::FileFormat::OpenExr : image::FileFormat::Png;
  const Result<Encoded> picture = encoded(target, call, format, true, 0);
  if (!picture) {
    return picture.error();
  }
  const Result<std::vector<std::byte>> file =
      image::encode_image(picture->pixels, picture->settings);
  if (!file) {
    return file.error();
  }
  auto& image = call.edit(Change::Shading).as<Image>();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(file->data());
  image.packed = Array<std::uint8_t>(std::span(bytes, file->size()));
  image.packed_path = image.filepath;
  if (image.source == ImageSource::Generated) {
    image.source = ImageSource::File;
  }
  image.file_format = pixels->is_float() ? ImageFormatSettingsFileFormat::OpenExr
                                         : ImageFormatSettingsFileFormat::Png;
  if (pixels->is_float()) {
    image.alpha_mode = ImageAlphaMode::Premultiplied;
  }
  drop_pixels(image);
  return {};
}

Result<Array<std::uint8_t>> file_bytes(const Path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(stream),
                                std::istreambuf_iterator<char>()};
  if (!stream || bytes.empty()) {
    return Error::unreadable(path, "cannot be read");
  }
  return Array<std::uint8_t>(
      std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

Result<Value> save(const Call& call) {
  const Result<Target> target = target_of(call);
  if (!target) {
    return target.error();
  }
  const Image& image = target->image;
  const std::string& given = call.values[0].as_string();
  if (!image.packed.empty() && given.empty()) {
    const Result<void> packed = pack_pixels(*target, call);
    return packed ? Result<Value>(Value()) : packed.error();
  }
  const Result<Encoded> picture =
      encoded(*target, call, format_of(image), false, int(call.values[1].as_int()));
  if (!picture) {
    return picture.error();
  }
  const std::string& path = given.empty() ? image.filepath : given;
  if (path.empty()) {
    return Error::invalid("Error: Image '{}' could not be saved: it has no file path", image.name);
  }
  const Result<void> written = write(absolute_path(path, target->project), *picture);
  if (!written) {
    return Error::invalid("Error: Image '{}' could not be saved to '{}': {}", image.name, path,
                          written.error().message);
  }
  auto& saved = call.edit(Change::Shading).as<Image>();
  if (given.empty() && saved.source == ImageSource::Generated) {
    // The pixels stay as they are until the file is read again.
    static_cast<void>(own_pixels(saved, &call.services));
    saved.source = ImageSource::File;
  }
  saved.is_dirty = false;
  return Value();
}

Result<Value> save_render(const Call& call) {
  const Result<Target> target = target_of(call);
  if (!target) {
    return target.error();
  }
  const std::string& path = call.values[0].as_string();
  if (path.empty()) {
    return Error::invalid("Error: Image '{}' could not be saved: the path is empty",
                          target->image.name);
  }
  const Scene* scene = call.document.find<Scene>(call.values[1].as_block());
  scene = scene ? scene : active_scene(call.document);
  if (!scene) {
    return Error::invalid("Error: there is no scene whose settings could be used");
  }
  if (target->image.source == ImageSource::Viewer) {
    const auto* kept = call.services.find<RenderResults>();
    const RenderResults::Picture picture = kept ? kept->find() : RenderResults::Picture{};
    if (!picture.result) {
      return Error::invalid(
          "Error: Could not write image: nothing was rendered into the slot that is active");
    }
    const Result<void> written =
        write_picture(*picture.result, *scene, picture.layer, absolute_path(path, target->project),
                      call.services.find<const ColorService>());
    return written ? Result<Value>(Value()) : Result<Value>(written.error());
  }
  image::SaveSettings settings = save_settings(scene->render);
  settings.dither = 0.0f;  // hides bands of rendered pictures
  if (const int quality = int(call.values[2].as_int()); quality > 0) {
    settings.quality = std::min(quality, 100);
  }
  const Result<image::ImageBuffer> pixels = target->store.buffer(target->image);
  if (!pixels) {
    return without_data(target->image, pixels.error().message);
  }
  const Result<image::ImageBuffer> shown =
      image::shown_pixels(*pixels, settings, picture_view(*scene), target->colors);
  if (!shown) {
    return shown.error();
  }
  const Result<void> written =
      image::write_image(absolute_path(path, target->project), *shown, settings);
  if (!written) {
    return Error::invalid("Error: Image '{}' could not be saved to '{}': {}", target->image.name,
                          path, written.error().message);
  }
  return Value();
}

Result<Value> pack(const Call& call) {
  const Result<Target> target = target_of(call);
  if (!target) {
    return target.error();
  }
  const Image& image = target->image;
  const std::string& data = call.values[0].as_string();
  if (!data.empty()) {
    const std::size_t length =
        call.values[1].as_int() > 0 ? std::size_t(call.values[1].as_int()) : data.size();
    auto& edited = call.edit(Change::Shading).as<Image>();
    edited.packed = Array<std::uint8_t>(std::span(
        reinterpret_cast<const std::uint8_t*>(data.data()), std::min(length, data.size())));
    edited.packed_path = edited.filepath;
    drop_pixels(edited);
    target->store.forget(edited.id);
    return Value();
  }
  if (image.is_dirty) {
    const Result<void> packed = pack_pixels(*target, call);
    return packed ? Result<Value>(Value()) : packed.error();
  }
  if (image.source == ImageSource::Generated || !image.packed.empty()) {
    return Value();
  }
  const Result<Array<std::uint8_t>> file =
      file_bytes(absolute_path(image.filepath, target->project));
  if (!file) {
    return Error::invalid("Error: Image '{}' could not be packed: {}", image.name,
                          file.error().message);
  }
  auto& edited = call.edit(Change::Shading).as<Image>();
  edited.packed = *file;
  edited.packed_path = edited.filepath;
  return Value();
}

Result<Value> unpack(const Call& call) {
  const Result<Target> target = target_of(call);
  if (!target) {
    return target.error();
  }
  const Image& image = target->image;
  if (image.packed.empty()) {
    return Error::invalid("Error: Image not packed");
  }
  const std::string& method = call.values[0].as_string();
  std::string path = image.filepath;
  if (method != "REMOVE") {
    std::string base =
        Path(image.packed_path.starts_with("//") ? image.packed_path.substr(2) : image.packed_path)
            .filename()
            .string();
    if (base.empty()) {
      base = image.name + image::traits(format_of(image)).extension;
      std::replace(base.begin(), base.end(), '/', '_');
    }
    const bool is_local = method.ends_with("LOCAL");
    path = is_local                    ? "//textures/" + base
           : image.packed_path.empty() ? "//" + base
                                       : image.packed_path;
    const Path file = absolute_path(path, target->project);
    std::error_code ignored;
    if (method.starts_with("WRITE") || !std::filesystem::exists(file, ignored)) {
      std::filesystem::create_directories(file.parent_path(), ignored);
      Result<AtomicFile> output = AtomicFile::create(file);
      const Result<void> written =
          output ? output->write(std::as_bytes(image.packed.span())) : Result<void>(output.error());
      const Result<void> done = written ? output->commit() : written;
      if (!done) {
        return Error::invalid("Error: Image '{}' could not be unpacked: {}", image.name,
                              done.error().message);
      }
    }
  }
  auto& edited = call.edit(Change::Shading).as<Image>();
  edited.filepath = path;
  edited.packed = {};
  edited.packed_path.clear();
  return Value();
}

Result<Value> scale(const Call& call) {
  const Result<Target> target = target_of(call);
  if (!target) {
    return target.error();
  }
  auto& image = call.edit(Change::Shading).as<Image>();
  if (!own_pixels(image, &call.services)) {
    return without_data(image);
  }
  const auto side = [&](std::size_t i) {
    return int(std::clamp<std::int64_t>(call.values[i].as_int(), 1, max_image_size));
  };
  const image::ImageBuffer floats =
      image::ImageBuffer::of_floats(image.width, image.height, 4, image.pixels);
  const image::ImageBuffer result =
      image::scaled(image.is_float ? floats : image::to_bytes(floats), side(0), side(1));
  image.pixels = image::to_floats(result).floats();
  image.width = result.width();
  image.height = result.height();
  image.is_dirty = true;
  return Value();
}

Result<Value> forget(const Call& call) {
  auto& image = call.edit(Change::Shading).as<Image>();
  drop_pixels(image);
  if (auto* loader = call.services.find<ImageLoader>()) {
    loader->forget(image.id);
  }
  return Value();
}

Result<Value> update(const Call& call) {
  std::string problem;
  if (describe_pixels(call.target.as<Image>(), &call.services).width == 0) {
    return without_data(call.target.as<Image>());
  }
  call.edit(Change::Shading);
  return Value();
}

Result<Value> load(const Call& call) {
  const Result<BlockId> id = load_image(call.document, call.services, call.values[0].as_string(),
                                        call.values[1].as_bool());
  return id ? Result<Value>(Value(*id)) : Result<Value>(id.error());
}

void add(Registry& registry, const Schema& schema, const char* identifier,
         std::vector<Property> parameters, std::function<Result<Value>(const Call&)> call) {
  Function f;
  f.identifier = identifier;
  f.parameters = std::move(parameters);
  f.call = std::move(call);
  registry.extend(schema, std::move(f));
}

}  // namespace

Result<BlockId> load_image(Document& document, const Services& services, const std::string& path,
                           bool is_shared) {
  auto* store = services.find<ImageStore>();
  const auto* project = services.find<Project>();
  if (!store || !project) {
    return Error::unsupported("this program has no images");
  }
  const Path file = absolute_path(path, project->path);
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) {
    return Error::unreadable(path, "Error: Cannot read: there is no such file");
  }
  if (is_shared) {
    for (const BlockId id : document.all(BlockType::Image)) {
      const auto* image = document.find<Image>(id);
      if (image && !image->filepath.empty() &&
          absolute_path(image->filepath, project->path).lexically_normal() ==
              file.lexically_normal()) {
        return id;
      }
    }
  }
  auto& image = document.add<Image>(file.filename().string());
  image.filepath = path;
  // A file that is no picture gives an image without pixels; what uses it says why.
  static_cast<void>(store->open(image));
  return image.id;
}

void register_image_functions(Registry& registry) {
  const Schema& image = Image::schema();
  const auto path = [](const char* id, bool is_required) {
    return parameter(PropertyType::String, id, "", [&](PropertyBuilder& p) {
      p.subtype(Subtype::FilePath).max_bytes(1024).default_value("");
      if (is_required) {
        p.required();
      }
    });
  };
  const auto number = [](const char* id, int least, int most, bool is_required) {
    return parameter(PropertyType::Int, id, "", [&](PropertyBuilder& p) {
      p.range(least, most).default_value(0);
      if (is_required) {
        p.required();
      }
    });
  };
  add(registry, image, "save", {path("filepath", false), number("quality", 0, 100, false)}, save);
  add(registry, image, "save_render",
      {path("filepath", true),
       parameter(PropertyType::Pointer, "scene", "",
                 [](PropertyBuilder& p) { p.target(&Scene::schema); }),
       number("quality", 0, 100, false)},
      save_render);
  add(registry, image, "pack",
      {parameter(PropertyType::String, "data", "",
                 [](PropertyBuilder& p) { p.subtype(Subtype::ByteString).default_value(""); }),
       number("data_len", 0, 2147483647, false)},
      pack);
  add(registry, image, "unpack",
      {parameter(PropertyType::Enum, "method", "",
                 [](PropertyBuilder& p) {
                   p.items({{"REMOVE", "Remove Pack", 0},
                            {"USE_LOCAL", "Use Local File", 3},
                            {"WRITE_LOCAL", "Write Local File (overwrite existing)", 4},
                            {"USE_ORIGINAL", "Use Original File", 5},
                            {"WRITE_ORIGINAL", "Write Original File (overwrite existing)", 6}})
                       .default_value("USE_LOCAL");
                 })},
      unpack);
  add(registry, image, "reload", {}, forget);
  add(registry, image, "buffers_free", {}, forget);
  add(registry, image, "update", {}, update);
  add(registry, image, "scale",
      {number("width", 1, max_image_size, true), number("height", 1, max_image_size, true)}, scale);
  add(registry, image, "filepath_from_user",
      {parameter(
          PropertyType::String, "filepath", "",
          [](PropertyBuilder& p) { p.subtype(Subtype::FilePath).max_bytes(1024).output(); })},
      [](const Call& call) -> Result<Value> {
        const auto* project = call.services.find<Project>();
        const std::string& own = call.target.as<Image>().filepath;
        return Value(own.empty() || !project ? own : absolute_path(own, project->path).string());
      });
  if (const Schema* images = registry.find("BlendDataImages")) {
    add(registry, *images, "load",
        {path("filepath", true),
         parameter(PropertyType::Boolean, "check_existing", "",
                   [](PropertyBuilder& p) { p.default_value(false); }),
         parameter(PropertyType::Pointer, "image", "",
                   [](PropertyBuilder& p) { p.output().target(&Image::schema); })},
        load);
  }
}

}  // namespace kiln::operators
