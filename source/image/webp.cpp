#include "image/webp.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include "core/assert.h"
#include "image/file_format.h"

namespace kiln::image {
namespace {

const char* encoder_reason(WebPEncodingError error) {
  switch (error) {
    case VP8_ENC_ERROR_OUT_OF_MEMORY:
    case VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY:
      return "out of memory";
    case VP8_ENC_ERROR_BAD_DIMENSION:
      return "it is too large";
    case VP8_ENC_ERROR_FILE_TOO_BIG:
      return "its file would be too large";
    default:
      return "its encoder failed";
  }
}

}  // namespace

Result<ImageBuffer> read_webp(std::span<const std::byte> file, const Path& path) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.data());
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(bytes, file.size(), &features) != VP8_STATUS_OK || features.width < 1 ||
      features.height < 1) {
    return Error::malformed(path, "is no WebP file that can be read");
  }
  if (features.has_animation) {
    return Error::unsupported("\"{}\": is an animation, which Kiln does not read as an image",
                              path.string());
  }
  const int channels = features.has_alpha ? 4 : 3;
  if (!is_plausible_size(file.size(),
                         std::uint64_t(features.width) * std::uint64_t(features.height) * 4)) {
    return Error::malformed(path, "is {} x {} pixels, too many for its {} bytes", features.width,
                            features.height, file.size());
  }
  ImageBuffer image = ImageBuffer::of_bytes(features.width, features.height, channels);
  WebPDecoderConfig config;
  WebPInitDecoderConfig(&config);
  config.options.use_threads = 1;
  config.options.flip = 1;  // rows from the bottom
  config.output.colorspace = channels == 4 ? MODE_RGBA : MODE_RGB;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = image.edit_bytes().data();
  config.output.u.RGBA.stride = features.width * channels;
  config.output.u.RGBA.size = image.bytes().size();
  const VP8StatusCode status = WebPDecode(bytes, file.size(), &config);
  WebPFreeDecBuffer(&config.output);
  if (status != VP8_STATUS_OK) {
    return Error::malformed(
        path, "{}", status == VP8_STATUS_NOT_ENOUGH_DATA ? "ends in the middle" : "is damaged");
  }
  return image;
}

Result<void> write_webp(ByteOutput& output, const ImageBuffer& image, int quality) {
  KILN_ASSERT(!image.is_float() && image.channels() >= 3);
  if (image.width() > WEBP_MAX_DIMENSION || image.height() > WEBP_MAX_DIMENSION) {
    return Error::unsupported("WEBP cannot hold {} x {} pixels; at most {}", image.width(),
                              image.height(), WEBP_MAX_DIMENSION);
  }
  WebPConfig config;
  WebPConfigInit(&config);
  config.lossless = quality == 100;
  config.exact = 1;  // keeps color where alpha is 0
  config.quality = float(config.lossless ? 70 : quality);
  config.thread_level = 1;
  WebPPicture picture;
  WebPPictureInit(&picture);
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  picture.width = image.width();
  picture.height = image.height();
  picture.use_argb = config.lossless;
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;
  // A negative step goes up from the top row, which comes last.
  const int row_size = image.width() * image.channels();
  const std::uint8_t* top_row =
      image.bytes().data() + std::size_t(row_size) * std::size_t(image.height() - 1);
  const bool is_imported = image.channels() == 4
                               ? WebPPictureImportRGBA(&picture, top_row, -row_size) != 0
                               : WebPPictureImportRGB(&picture, top_row, -row_size) != 0;
  const bool is_encoded = is_imported && WebPEncode(&config, &picture) != 0;
  WebPPictureFree(&picture);
  const std::unique_ptr<WebPMemoryWriter, void (*)(WebPMemoryWriter*)> guard(&writer,
                                                                             WebPMemoryWriterClear);
  if (!is_encoded) {
    return Error::unsupported("WEBP cannot hold this picture: {}",
                              encoder_reason(picture.error_code));
  }
  return output.write(std::as_bytes(std::span(writer.mem, writer.size)));
}

}  // namespace kiln::image
