#include "image/jpeg2000.h"

#include <cstring>

#include <openjpeg.h>

#include "core/assert.h"
#include "core/tasks.h"

namespace kiln::image {
namespace {

struct CodecDeleter {
  void operator()(opj_codec_t* codec) const { opj_destroy_codec(codec); }
};
struct StreamDeleter {
  void operator()(opj_stream_t* stream) const { opj_stream_destroy(stream); }
};
struct PictureDeleter {
  void operator()(opj_image_t* image) const { opj_image_destroy(image); }
};
using Codec = std::unique_ptr<opj_codec_t, CodecDeleter>;
using Stream = std::unique_ptr<opj_stream_t, StreamDeleter>;
using Picture = std::unique_ptr<opj_image_t, PictureDeleter>;

// A file in memory that OpenJPEG reads from.
struct Source {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
};

OPJ_SIZE_T read_source(void* out, OPJ_SIZE_T size, void* data) {
  auto& source = *static_cast<Source*>(data);
  const std::size_t count = std::min<std::size_t>(size, source.bytes.size() - source.at);
  std::memcpy(out, source.bytes.data() + source.at, count);
  source.at += count;
  return count > 0 ? count : OPJ_SIZE_T(-1);
}

OPJ_OFF_T skip_source(OPJ_OFF_T count, void* data) {
  auto& source = *static_cast<Source*>(data);
  if (count < 0 || std::uint64_t(count) > source.bytes.size() - source.at) {
    return -1;
  }
  source.at += std::size_t(count);
  return count;
}

OPJ_BOOL seek_source(OPJ_OFF_T position, void* data) {
  auto& source = *static_cast<Source*>(data);
  if (position < 0 || std::uint64_t(position) > source.bytes.size()) {
    return OPJ_FALSE;
  }
  source.at = std::size_t(position);
  return OPJ_TRUE;
}

// A file in memory that OpenJPEG writes.
OPJ_SIZE_T write_target(void* bytes, OPJ_SIZE_T size, void* data) {
  const Result<void> written =
      static_cast<MemoryOutput*>(data)->write({static_cast<const std::byte*>(bytes), size});
  return written ? size : OPJ_SIZE_T(-1);
}

OPJ_BOOL seek_target(OPJ_OFF_T position, void* data) {
  return static_cast<MemoryOutput*>(data)->seek(std::uint64_t(position)) ? OPJ_TRUE : OPJ_FALSE;
}

OPJ_OFF_T skip_target(OPJ_OFF_T count, void* data) {
  // Space that is filled in later.
  const std::vector<std::byte> zeros(std::size_t(std::max<OPJ_OFF_T>(count, 0)));
  return static_cast<MemoryOutput*>(data)->write(zeros) ? count : -1;
}

void keep_message(const char* message, void* data) {
  std::string& kept = *static_cast<std::string*>(data);
  if (kept.empty()) {
    kept = message;
    while (!kept.empty() && std::isspace(static_cast<unsigned char>(kept.back()))) {
      kept.pop_back();
    }
  }
}

void ignore_message(const char*, void*) {}

void set_handlers(opj_codec_t* codec, std::string& message) {
  opj_set_error_handler(codec, keep_message, &message);
  opj_set_warning_handler(codec, ignore_message, nullptr);
  opj_set_info_handler(codec, ignore_message, nullptr);
}

// Luminance and two color differences to red, green and blue (T.800, G.3), in units of the full
// range.
void to_rgb(float* pixel) {
  const float y = pixel[0], cb = pixel[1] - 0.5f, cr = pixel[2] - 0.5f;
  pixel[0] = y + 1.402f * cr;
  pixel[1] = y - 0.344136f * cb - 0.714136f * cr;
  pixel[2] = y + 1.772f * cb;
}

// The reverse of that (T.800, G.2).
void from_rgb(float* pixel) {
  const float r = pixel[0], g = pixel[1], b = pixel[2];
  const float y = 0.299f * r + 0.587f * g + 0.114f * b;
  pixel[0] = y;
  pixel[1] = 0.5f + (b - y) / 1.772f;
  pixel[2] = 0.5f + (r - y) / 1.402f;
}

ImageBuffer from_components(const opj_image_t& picture, int channels) {
  const int width = int(picture.comps[0].w), height = int(picture.comps[0].h);
  ImageBuffer image = ImageBuffer::of_floats(width, height, channels);
  const std::span<float> values = image.edit_floats();
  parallel_for(std::size_t(height), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t y = begin; y < end; ++y) {
      float* out =
          &values[(std::size_t(height) - 1 - y) * std::size_t(width) * std::size_t(channels)];
      for (int c = 0; c < channels; ++c) {
        const opj_image_comp_t& component = picture.comps[c];
        const float scale = 1.0f / float((std::uint64_t(1) << component.prec) - 1);
        const std::int64_t zero = component.sgnd ? std::int64_t(1) << (component.prec - 1) : 0;
        // Color differences may have a fraction of the columns and rows.
        const std::size_t row =
            std::min<std::size_t>(y * component.h / std::size_t(height), component.h - 1);
        for (int x = 0; x < width; ++x) {
          const std::size_t column = std::size_t(x) * component.w / std::size_t(width);
          out[x * channels + c] = float(component.data[row * component.w + column] + zero) * scale;
        }
      }
      if (picture.color_space == OPJ_CLRSPC_SYCC && channels >= 3) {
        for (int x = 0; x < width; ++x) {
          to_rgb(out + x * channels);
        }
      }
    }
  });
  return image;
}

Picture to_components(const ImageBuffer& image, int depth, bool is_ycc) {
  opj_image_cmptparm_t parameters[4] = {};
  for (int c = 0; c < image.channels(); ++c) {
    parameters[c].dx = parameters[c].dy = 1;
    parameters[c].w = OPJ_UINT32(image.width());
    parameters[c].h = OPJ_UINT32(image.height());
    parameters[c].prec = OPJ_UINT32(depth);
  }
  Picture picture(opj_image_create(OPJ_UINT32(image.channels()), parameters,
                                   image.channels() < 3 ? OPJ_CLRSPC_GRAY
                                   : is_ycc             ? OPJ_CLRSPC_SYCC
                                                        : OPJ_CLRSPC_SRGB));
  if (!picture) {
    return picture;
  }
  picture->x1 = OPJ_UINT32(image.width());
  picture->y1 = OPJ_UINT32(image.height());
  if (image.channels() == 4) {
    picture->comps[3].alpha = 1;
  }
  const float top = float((1 << depth) - 1);
  const std::size_t width = std::size_t(image.width()), height = std::size_t(image.height());
  for (int c = 0; c < image.channels(); ++c) {
    for (std::size_t y = 0; y < height; ++y) {
      const float* in =
          image.floats().data() + (height - 1 - y) * width * std::size_t(image.channels()) + c;
      for (std::size_t x = 0; x < width; ++x, in += image.channels()) {
        const float value = *in > 0.0f ? std::min(*in, 1.0f) : 0.0f;
        picture->comps[c].data[y * width + x] = OPJ_INT32(value * top + 0.5f);
      }
    }
  }
  return picture;
}

}  // namespace

Result<ImageBuffer> read_jpeg2000(std::span<const std::byte> file, const Path& path) {
  const bool is_bare = file.size() >= 2 && file[0] == std::byte(0xff) && file[1] == std::byte(0x4f);
  std::string message;
  const Codec codec(opj_create_decompress(is_bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2));
  set_handlers(codec.get(), message);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  Source source{file, 0};
  const Stream stream(opj_stream_default_create(OPJ_TRUE));
  opj_stream_set_read_function(stream.get(), read_source);
  opj_stream_set_skip_function(stream.get(), skip_source);
  opj_stream_set_seek_function(stream.get(), seek_source);
  opj_stream_set_user_data(stream.get(), &source, nullptr);
  opj_stream_set_user_data_length(stream.get(), file.size());
  opj_setup_decoder(codec.get(), &parameters);
  opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE);
  opj_codec_set_threads(codec.get(), hardware_threads());

  opj_image_t* header = nullptr;
  const bool has_header = opj_read_header(stream.get(), codec.get(), &header) != OPJ_FALSE;
  const Picture picture(header);
  if (!has_header || !picture) {
    return Error::malformed(path, "is no JPEG 2000 file that can be read: {}", message);
  }
  const std::uint64_t width = std::uint64_t(picture->x1) - picture->x0,
                      height = std::uint64_t(picture->y1) - picture->y0;
  if (picture->x1 <= picture->x0 || picture->y1 <= picture->y0 || width > max_image_size ||
      height > max_image_size || picture->numcomps == 0) {
    return Error::malformed(path, "is {} x {} pixels with {} channels; expected 1 to {} pixels",
                            width, height, picture->numcomps, max_image_size);
  }
  // Every component takes four bytes a pixel while it is decoded.
  if (width * height * picture->numcomps / 8192 > file.size() + 128) {
    return Error::malformed(path, "is {} x {} pixels, too many for its {} bytes", width, height,
                            file.size());
  }
  if (!opj_decode(codec.get(), stream.get(), picture.get()) ||
      !opj_end_decompress(codec.get(), stream.get())) {
    return Error::malformed(path, "is damaged: {}", message);
  }
  const int channels = int(std::min<OPJ_UINT32>(picture->numcomps, 4));
  OPJ_UINT32 depth = 0;
  for (int c = 0; c < channels; ++c) {
    const opj_image_comp_t& component = picture->comps[c];
    depth = std::max(depth, component.prec);
    if (!component.data || component.w == 0 || component.h == 0 || component.prec == 0 ||
        component.prec > 31 || component.w > picture->comps[0].w ||
        component.h > picture->comps[0].h) {
      return Error::malformed(path, "is damaged: its channel {} has no pixels", c);
    }
  }
  ImageBuffer image = from_components(*picture, channels);
  return depth <= 8 ? to_bytes(image) : image;
}

namespace {

// Digital cinema (ISO/IEC 15444-1:2004/Amd 1, profile 3) has three channels of 12 bits, one tile,
// blocks of 32 by 32, and at most so many bytes a frame.
ImageBuffer for_cinema(const ImageBuffer& image) {
  return with_channels(image.channels() == 1 ? with_channels(image, 3) : image, 3);
}

void set_cinema(opj_cparameters_t& parameters, const SaveSettings& settings) {
  parameters.rsiz = OPJ_PROFILE_CINEMA_2K;
  parameters.max_cs_size = settings.use_cinema_48 ? OPJ_CINEMA_48_CS : OPJ_CINEMA_24_CS;
  parameters.max_comp_size = settings.use_cinema_48 ? OPJ_CINEMA_48_COMP : OPJ_CINEMA_24_COMP;
  parameters.irreversible = 1;
  parameters.tcp_rates[0] = 0.0f;
}

}  // namespace

Result<void> write_jpeg2000(ByteOutput& output, const ImageBuffer& image,
                            const SaveSettings& settings) {
  ImageBuffer pixels = to_floats(image);
  if (settings.use_cinema_preset) {
    pixels = for_cinema(pixels);
  }
  const bool is_ycc = settings.use_ycc && pixels.channels() >= 3 && !settings.use_cinema_preset &&
                      settings.jpeg2000_codec == Jpeg2000Codec::Jp2;
  if (is_ycc) {
    const std::span<float> values = pixels.edit_floats();
    for (std::size_t i = 0; i < values.size(); i += std::size_t(pixels.channels())) {
      from_rgb(&values[i]);
    }
  }
  const Picture picture =
      to_components(pixels, settings.use_cinema_preset ? 12 : settings.depth, is_ycc);
  if (!picture) {
    return Error::unsupported("JPEG2000 cannot hold {} x {} pixels: out of memory", image.width(),
                              image.height());
  }
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.irreversible = settings.quality < 100;
  parameters.tcp_rates[0] =
      settings.quality < 100 ? 100.0f / float(std::max(settings.quality, 1)) : 0.0f;
  parameters.tcp_mct = pixels.channels() >= 3 && !is_ycc ? 1 : 0;
  if (settings.use_cinema_preset) {
    set_cinema(parameters, settings);
  }
  // A small picture cannot be halved five times.
  while (parameters.numresolution > 1 &&
         (std::min(image.width(), image.height()) >> (parameters.numresolution - 1)) == 0) {
    --parameters.numresolution;
  }
  std::string message = "the encoder gave no reason";
  const Codec codec(opj_create_compress(
      settings.jpeg2000_codec == Jpeg2000Codec::J2k ? OPJ_CODEC_J2K : OPJ_CODEC_JP2));
  set_handlers(codec.get(), message);
  MemoryOutput encoded;
  const Stream stream(opj_stream_default_create(OPJ_FALSE));
  opj_stream_set_write_function(stream.get(), write_target);
  opj_stream_set_skip_function(stream.get(), skip_target);
  opj_stream_set_seek_function(stream.get(), seek_target);
  opj_stream_set_user_data(stream.get(), &encoded, nullptr);
  const bool is_encoded = opj_setup_encoder(codec.get(), &parameters, picture.get()) &&
                          opj_start_compress(codec.get(), picture.get(), stream.get()) &&
                          opj_encode(codec.get(), stream.get()) &&
                          opj_end_compress(codec.get(), stream.get());
  if (!is_encoded) {
    return Error::unsupported("JPEG2000 cannot hold this picture: {}", message);
  }
  return output.write(encoded.take());
}

}  // namespace kiln::image
