#include "image/image_file.h"

#include <cstring>

#include "core/assert.h"
#include "core/atomic_file.h"
#include "core/tasks.h"
#include "image/cineon.h"
#include "image/dpx.h"
#include "image/exr.h"
#include "image/film_log.h"
#include "image/iris.h"
#include "image/jpeg.h"
#include "image/jpeg2000.h"
#include "image/picture_library.h"
#include "image/png.h"
#include "image/radiance.h"
#include "image/targa.h"
#include "image/webp.h"

namespace kiln::image {
namespace {

// OpenImageIO's names of the formats that are left to it.
const char* library_format(FileFormat format) {
  switch (format) {
    case FileFormat::Bmp:
      return "bmp";
    case FileFormat::Tiff:
      return "tiff";
    case FileFormat::Psd:
      return "psd";
    case FileFormat::Dds:
      return "dds";
    default:
      return "";
  }
}

PixelDensity density_of(const SaveSettings& settings) {
  return settings.density == PixelDensity{} ? usual_density(settings.pixel_aspect)
                                            : settings.density;
}

bool is_film_scan(FileFormat format) {
  return format == FileFormat::Dpx || format == FileFormat::Cineon;
}

Result<ImageFile> read_png_file(std::span<const std::byte> bytes, const Path& path,
                                const ReadOptions& options) {
  PngInfo info;
  Result<ImageBuffer> pixels = read_png(bytes, path, options.channels, &info);
  if (!pixels) {
    return pixels.error();
  }
  ImageFile file;
  file.pixels = std::move(*pixels);
  file.stored_channels = info.channels;
  file.metadata = std::move(info.texts);
  file.density = info.density;
  return file;
}

Result<ImageFile> exr_file(Result<ExrPicture> picture) {
  if (!picture) {
    return picture.error();
  }
  ImageFile file;
  file.pixels = std::move(picture->pixels);
  file.format = picture->is_multilayer ? FileFormat::OpenExrMultilayer : FileFormat::OpenExr;
  file.stored_channels = picture->channels;
  file.is_scene_linear = true;
  file.pixel_aspect = picture->pixel_aspect;
  file.metadata = std::move(picture->metadata);
  return file;
}

Result<ImageFile> read_with_library(std::span<const std::byte> bytes, const Path& path,
                                    FileFormat format, const ReadOptions& options) {
  const Result<const io::Pictures*> library = picture_library();
  if (!library) {
    return library.error();
  }
  std::string reason;
  const std::unique_ptr<io::Picture> picture =
      (*library)->open(bytes, library_format(format), reason);
  if (!picture) {
    return Error::malformed(path, "is no {} file that can be read: {}", traits(format).extension,
                            reason);
  }
  const io::PictureInfo& info = picture->info();
  if (info.width < 1 || info.height < 1 || info.width > max_image_size ||
      info.height > max_image_size || info.channels < 1) {
    return Error::malformed(path, "is {} x {} pixels with {} channels; expected 1 to {} pixels",
                            info.width, info.height, info.channels, max_image_size);
  }
  if (!is_plausible_size(
          bytes.size(), std::uint64_t(info.width) * info.height * info.channels * info.depth / 8)) {
    return Error::malformed(path, "is {} x {} pixels, too many for its {} bytes", info.width,
                            info.height, bytes.size());
  }
  const int stored = std::min(info.channels, 4);
  ImageFile file;
  file.format = format;
  file.stored_channels = stored;
  file.pixel_aspect = info.pixel_aspect;
  file.metadata = info.metadata;
  bool is_read = false;
  if (info.is_float || info.depth > 8) {
    file.pixels = ImageBuffer::of_floats(info.width, info.height, stored);
    is_read = picture->read(stored, file.pixels.edit_floats().data(), reason);
  } else {
    file.pixels = ImageBuffer::of_bytes(info.width, info.height, stored);
    is_read = picture->read(stored, file.pixels.edit_bytes().data(), reason);
  }
  if (!is_read) {
    return Error::malformed(path, "is damaged: {}", reason);
  }
  file.pixels.alpha_mode = info.is_premultiplied ? AlphaMode::Premultiplied : AlphaMode::Straight;
  file.is_scene_linear = info.is_float;
  if (options.channels != 0) {
    file.pixels = with_channels(file.pixels, options.channels);
  }
  return file;
}

Result<ImageFile> read_jpeg_file(std::span<const std::byte> bytes, const Path& path,
                                 const ReadOptions& options) {
  ImageFile file;
  Result<ImageBuffer> pixels =
      read_jpeg(bytes, path, options.channels, &file.stored_channels, &file.density);
  if (!pixels) {
    return pixels.error();
  }
  file.format = FileFormat::Jpeg;
  file.pixels = std::move(*pixels);
  return file;
}

Result<ImageBuffer> read_stored_pixels(std::span<const std::byte> bytes, const Path& path,
                                       FileFormat format, bool* is_logarithmic) {
  switch (format) {
    case FileFormat::Jpeg2000:
      return read_jpeg2000(bytes, path);
    case FileFormat::Webp:
      return read_webp(bytes, path);
    case FileFormat::Targa:
    case FileFormat::TargaRaw:
      return read_targa(bytes, path);
    case FileFormat::Hdr:
      return read_radiance(bytes, path);
    case FileFormat::Iris:
      return read_iris(bytes, path);
    case FileFormat::Cineon:
      *is_logarithmic = true;
      return read_cineon(bytes, path);
    default:
      KILN_ASSERT(format == FileFormat::Dpx);
      return read_dpx(bytes, path, is_logarithmic);
  }
}

// Formats whose readers give the stored channels.
Result<ImageFile> read_pixels(std::span<const std::byte> bytes, const Path& path, FileFormat format,
                              const ReadOptions& options) {
  bool is_logarithmic = false;
  Result<ImageBuffer> pixels = read_stored_pixels(bytes, path, format, &is_logarithmic);
  if (!pixels) {
    return pixels.error();
  }
  ImageFile file;
  file.format = format;
  file.stored_channels = pixels->channels();
  file.is_scene_linear = format == FileFormat::Hdr || is_film_scan(format);
  if (is_film_scan(format)) {
    film_to_linear(pixels->edit_floats(), pixels->channels(), is_logarithmic);
  }
  file.pixels =
      options.channels != 0 ? with_channels(*pixels, options.channels) : std::move(*pixels);
  return file;
}

Result<FileFormat> recognized(std::span<const std::byte> start, const Path& path) {
  if (start.empty()) {
    return Error::malformed(path, "is empty");
  }
  const std::optional<FileFormat> format = format_by_content(start);
  if (!format) {
    return Error::malformed(path, "is no image of a format that Kiln knows");
  }
  // A plain header can look like Targa by chance; the name decides.
  if ((*format == FileFormat::Targa || *format == FileFormat::TargaRaw) &&
      format_by_extension(path.string()) != FileFormat::Targa && path.has_extension()) {
    return Error::malformed(path, "is no image of a format that Kiln knows");
  }
  return *format;
}

// The picture as the file is to hold it: channels and alpha.
ImageBuffer prepared(const ImageBuffer& image, const SaveSettings& settings) {
  const bool keeps_alpha = settings.color_mode == ColorMode::RGBA;
  ImageBuffer result = image;
  if (!keeps_alpha || stored_alpha(settings) == AlphaMode::Premultiplied) {
    // Without alpha the picture lies on black.
    result = premultiplied(result);
  } else {
    result = straight(result);
  }
  return with_channels(result, settings.color_mode == ColorMode::BW    ? 1
                               : settings.color_mode == ColorMode::RGB ? 3
                                                                       : 4);
}

Result<void> write_png_file(ByteOutput& output, const ImageBuffer& image,
                            const SaveSettings& settings) {
  const ImageBuffer pixels = settings.depth == 8 ? to_bytes(image) : image;
  const std::size_t row_values = std::size_t(image.width()) * image.channels();
  const auto row = [&](int y, std::uint8_t* out) {
    const std::size_t at = std::size_t(image.height() - 1 - y) * row_values;
    if (settings.depth == 8) {
      std::memcpy(out, pixels.bytes().data() + at, row_values);
      return;
    }
    for (std::size_t i = 0; i < row_values; ++i, out += 2) {
      const std::uint16_t word = pixels.is_float()
                                     ? to_word(pixels.floats().data()[at + i])
                                     : std::uint16_t(pixels.bytes().data()[at + i] * 257);
      out[0] = std::uint8_t(word >> 8);
      out[1] = std::uint8_t(word);
    }
  };
  const PngRows rows{.width = image.width(),
                     .height = image.height(),
                     .channels = image.channels(),
                     .depth = settings.depth,
                     .row = row};
  return write_png(output, rows, settings.compression * 9 / 100, density_of(settings),
                   settings.metadata);
}

Result<void> write_exr_file(ByteOutput& output, const ImageBuffer& image,
                            const SaveSettings& settings) {
  const ImageBuffer pixels = to_floats(image);
  ExrImage file{.width = image.width(),
                .height = image.height(),
                .passes = {},
                .pixel_aspect = settings.pixel_aspect,
                .metadata = settings.metadata};
  ExrPass pass;
  pass.channels =
      image.channels() == 1 ? "Y" : std::string("RGBA").substr(0, std::size_t(image.channels()));
  pass.values = pixels.floats();
  if (settings.format == FileFormat::OpenExrMultilayer) {
    pass.layer = "ViewLayer";
    pass.name = "Combined";
  }
  file.passes.push_back(std::move(pass));
  return write_exr(output, file, settings);
}

const char* compression_name(TiffCodec codec) {
  switch (codec) {
    case TiffCodec::Deflate:
      return "zip";
    case TiffCodec::Lzw:
      return "lzw";
    case TiffCodec::PackBits:
      return "packbits";
    case TiffCodec::None:
      break;
  }
  return "none";
}

Result<void> write_with_library(ByteOutput& output, const ImageBuffer& image,
                                const SaveSettings& settings) {
  const Result<const io::Pictures*> library = picture_library();
  if (!library) {
    return library.error();
  }
  io::PictureToWrite picture{.width = image.width(),
                             .height = image.height(),
                             .channels = image.channels(),
                             .depth = settings.depth,
                             .is_premultiplied = stored_alpha(settings) == AlphaMode::Premultiplied,
                             .quality = settings.quality,
                             .compression = settings.format == FileFormat::Tiff
                                                ? compression_name(settings.tiff_codec)
                                                : "",
                             .pixel_aspect = settings.pixel_aspect,
                             .metadata = settings.metadata};
  ImageBuffer kept;
  std::vector<std::uint16_t> words;
  if (settings.depth == 8) {
    kept = to_bytes(image);
    picture.bytes = kept.bytes().data();
  } else {
    kept = to_floats(image);
    words.resize(kept.floats().size());
    const std::span<const float> values = kept.floats();
    parallel_for(words.size(), 65536, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        words[i] = to_word(values[i]);
      }
    });
    picture.words = words.data();
  }
  std::string reason;
  const std::vector<unsigned char> bytes =
      (*library)->encode(library_format(settings.format), picture, reason);
  if (bytes.empty()) {
    return Error::unsupported("{} cannot hold this picture: {}", traits(settings.format).identifier,
                              reason);
  }
  return output.write(std::as_bytes(std::span(bytes)));
}

Result<void> write(ByteOutput& output, const ImageBuffer& image, const SaveSettings& settings) {
  const ImageBuffer ready = prepared(image, settings);
  switch (settings.format) {
    case FileFormat::Png:
      return write_png_file(output, ready, settings);
    case FileFormat::OpenExr:
    case FileFormat::OpenExrMultilayer:
      return write_exr_file(output, ready, settings);
    case FileFormat::Jpeg:
      return write_jpeg(output, to_bytes(ready), settings.quality, density_of(settings));
    case FileFormat::Jpeg2000:
      return write_jpeg2000(output, ready, settings);
    case FileFormat::Webp:
      return write_webp(output, to_bytes(ready), settings.quality);
    case FileFormat::Targa:
    case FileFormat::TargaRaw:
      return write_targa(output, to_bytes(ready), settings.format == FileFormat::Targa);
    case FileFormat::Hdr:
      return write_radiance(output, with_channels(to_floats(ready), 3));
    case FileFormat::Iris:
      return write_iris(output, to_bytes(ready));
    case FileFormat::Dpx: {
      ImageBuffer values = to_floats(ready);
      if (settings.use_cineon_log) {
        display_to_film_log(values.edit_floats(), values.channels(), settings.film_curve);
      }
      return write_dpx(output, values, settings.depth, settings.use_cineon_log);
    }
    case FileFormat::Cineon: {
      ImageBuffer densities = to_floats(ready);
      display_to_film_log(densities.edit_floats(), densities.channels(), settings.film_curve);
      return write_cineon(output, densities);
    }
    default:
      return write_with_library(output, ready, settings);
  }
}

Result<ImageFile> read(std::span<const std::byte> bytes, const Path& path, FileFormat format,
                       const ReadOptions& options) {
  switch (format) {
    case FileFormat::Png:
      return read_png_file(bytes, path, options);
    case FileFormat::OpenExr:
      return exr_file(read_exr_picture(bytes, path, options.channels));
    case FileFormat::Jpeg:
      return read_jpeg_file(bytes, path, options);
    case FileFormat::Jpeg2000:
    case FileFormat::Webp:
    case FileFormat::Targa:
    case FileFormat::TargaRaw:
    case FileFormat::Hdr:
    case FileFormat::Iris:
    case FileFormat::Dpx:
    case FileFormat::Cineon:
      return read_pixels(bytes, path, format, options);
    default:
      return read_with_library(bytes, path, format, options);
  }
}

}  // namespace

AlphaMode stored_alpha(const SaveSettings& settings) {
  const bool is_premultiplied = traits(settings.format).is_scene_linear ||
                                (settings.format == FileFormat::Tiff && settings.depth == 16);
  return is_premultiplied ? AlphaMode::Premultiplied : AlphaMode::Straight;
}

int ImageFile::depth() const {
  if (!pixels.is_float()) {
    return 8 * stored_channels;
  }
  return format == FileFormat::Hdr || is_film_scan(format) ? 128 : 32 * stored_channels;
}

Result<ImageFile> read_image(const Path& path, const ReadOptions& options) {
  KILN_ASSERT(options.channels == 0 || options.channels == 4);
  const Result<std::vector<std::byte>> start = read_file(path, 64);
  if (!start) {
    return start.error();
  }
  const Result<FileFormat> format = recognized(*start, path);
  if (!format) {
    return format.error();
  }
  if (*format == FileFormat::OpenExr) {
    // Not read as a whole: of a file with many passes only a part is wanted.
    return exr_file(read_exr_picture(path, options.channels));
  }
  const Result<std::vector<std::byte>> bytes = read_file(path);
  return bytes ? read(*bytes, path, *format, options) : Result<ImageFile>(bytes.error());
}

Result<ImageFile> read_image(std::span<const std::byte> file, const Path& name,
                             const ReadOptions& options) {
  KILN_ASSERT(options.channels == 0 || options.channels == 4);
  const Result<FileFormat> format =
      recognized(file.first(std::min<std::size_t>(file.size(), 64)), name);
  return format ? read(file, name, *format, options) : Result<ImageFile>(format.error());
}

Result<void> write_image(const Path& path, const ImageBuffer& image, const SaveSettings& settings) {
  if (image.empty()) {
    return Error::unreadable(path, "cannot be written: the image has no pixels");
  }
  if (Result<void> checked = check(settings); !checked) {
    return checked;
  }
  Result<AtomicFile> file = AtomicFile::create(path);
  if (!file) {
    return file.error();
  }
  Result<void> written = write(*file, image, settings);
  return written ? file->commit() : written;
}

Result<std::vector<std::byte>> encode_image(const ImageBuffer& image,
                                            const SaveSettings& settings) {
  if (image.empty()) {
    return Error::invalid("the image has no pixels");
  }
  if (const Result<void> checked = check(settings); !checked) {
    return checked.error();
  }
  MemoryOutput output;
  if (const Result<void> written = write(output, image, settings); !written) {
    return written.error();
  }
  return output.take();
}

}  // namespace kiln::image
