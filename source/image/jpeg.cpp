#include "image/jpeg.h"

#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jerror.h>
#include <jpeglib.h>

#include "core/assert.h"
#include "image/file_format.h"

namespace kiln::image {
namespace {

// libjpeg reports failures by a call that must not return. Between the setjmp and the longjmp
// stands no object with a destructor.
struct ErrorManager {
  jpeg_error_mgr base;
  std::jmp_buf escape;
  char message[JMSG_LENGTH_MAX];
  bool is_cut_off;
};

void fail(j_common_ptr info) {
  auto* errors = reinterpret_cast<ErrorManager*>(info->err);
  info->err->format_message(info, errors->message);
  std::longjmp(errors->escape, 1);
}

// Warnings: only an early end counts; damaged parts of a picture show.
void note(j_common_ptr info, int level) {
  auto* errors = reinterpret_cast<ErrorManager*>(info->err);
  if (level < 0) {
    ++info->err->num_warnings;
    errors->is_cut_off = errors->is_cut_off || info->err->msg_code == JWRN_JPEG_EOF;
  }
}

jpeg_error_mgr* set_up(ErrorManager& errors) {
  jpeg_std_error(&errors.base);
  errors.base.error_exit = fail;
  errors.base.emit_message = note;
  errors.message[0] = 0;
  errors.is_cut_off = false;
  return &errors.base;
}

// Adobe stores four-color prints inverted, and so does nearly everyone.
void print_to_rgb(const std::uint8_t* in, int width, std::uint8_t* out, int channels) {
  for (int x = 0; x < width; ++x, in += 4, out += channels) {
    for (int c = 0; c < 3; ++c) {
      out[c] = std::uint8_t((in[c] * in[3] + 127) / 255);
    }
    if (channels == 4) {
      out[3] = 255;
    }
  }
}

void grey_to_rgba(const std::uint8_t* in, int width, std::uint8_t* out) {
  for (int x = 0; x < width; ++x, out += 4) {
    out[0] = out[1] = out[2] = in[x];
    out[3] = 255;
  }
}

// Reads the header; false with the reason in the error manager.
bool open(jpeg_decompress_struct& info, ErrorManager& errors, std::span<const std::byte> file) {
  if (setjmp(errors.escape) != 0) {
    return false;
  }
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(file.data()), file.size());
  jpeg_read_header(&info, TRUE);
  return true;
}

// Decodes all rows into `pixels`; `row` has space for four values a pixel.
bool decode(jpeg_decompress_struct& info, ErrorManager& errors, std::uint8_t* pixels, int channels,
            std::uint8_t* row) {
  if (setjmp(errors.escape) != 0) {
    return false;
  }
  const bool is_print = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  const bool is_grey = info.jpeg_color_space == JCS_GRAYSCALE;
  info.out_color_space = is_print  ? JCS_CMYK
                         : is_grey ? JCS_GRAYSCALE
                                   : (channels == 4 ? JCS_EXT_RGBA : JCS_RGB);
  jpeg_start_decompress(&info);
  const std::size_t row_size = std::size_t(info.output_width) * std::size_t(channels);
  const bool is_direct = !is_print && !(is_grey && channels == 4);
  while (info.output_scanline < info.output_height) {
    std::uint8_t* out = pixels + row_size * (info.output_height - 1 - info.output_scanline);
    JSAMPROW target = is_direct ? out : row;
    jpeg_read_scanlines(&info, &target, 1);
    if (is_print) {
      print_to_rgb(row, int(info.output_width), out, channels);
    } else if (!is_direct) {
      grey_to_rgba(row, int(info.output_width), out);
    }
    if (errors.is_cut_off) {
      std::strcpy(errors.message, "it ends early");
      return false;
    }
  }
  jpeg_finish_decompress(&info);
  return true;
}

bool encode(jpeg_compress_struct& info, ErrorManager& errors, const std::uint8_t* pixels,
            int quality, PixelDensity density, unsigned char** bytes, unsigned long* size) {
  if (setjmp(errors.escape) != 0) {
    return false;
  }
  jpeg_mem_dest(&info, bytes, size);
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.write_JFIF_header = TRUE;
  info.density_unit = 1;
  const auto per_inch = [](float per_metre) {
    return UINT16(std::lround(std::clamp(per_metre * 0.0254f, 1.0f, 65535.0f)));
  };
  info.X_density = per_inch(density.x);
  info.Y_density = per_inch(density.y);
  jpeg_start_compress(&info, TRUE);
  const std::size_t row_size = std::size_t(info.image_width) * std::size_t(info.input_components);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row =
        const_cast<JSAMPROW>(pixels + row_size * (info.image_height - 1 - info.next_scanline));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

}  // namespace

Result<ImageBuffer> read_jpeg(std::span<const std::byte> file, const Path& path, int channels,
                              int* stored_channels, PixelDensity* density) {
  ErrorManager errors;
  jpeg_decompress_struct info = {};
  info.err = set_up(errors);
  jpeg_create_decompress(&info);
  // Frees what libjpeg holds on every way out.
  const std::unique_ptr<jpeg_decompress_struct, void (*)(jpeg_decompress_struct*)> guard(
      &info, jpeg_destroy_decompress);
  if (!open(info, errors, file)) {
    return Error::malformed(path, "is no JPEG file that can be read: {}", errors.message);
  }
  const int stored = info.jpeg_color_space == JCS_GRAYSCALE ? 1 : 3;
  if (int(info.image_width) > max_image_size || int(info.image_height) > max_image_size ||
      info.image_width == 0 || info.image_height == 0) {
    return Error::malformed(path, "is {} x {} pixels; expected 1 to {}", info.image_width,
                            info.image_height, max_image_size);
  }
  if (!is_plausible_size(file.size(),
                         std::uint64_t(info.image_width) * info.image_height * stored)) {
    return Error::malformed(path, "is {} x {} pixels, too many for its {} bytes", info.image_width,
                            info.image_height, file.size());
  }
  *stored_channels = stored;
  if (density && info.saw_JFIF_marker && (info.density_unit == 1 || info.density_unit == 2)) {
    const float units = info.density_unit == 1 ? 1.0f / 0.0254f : 100.0f;
    *density = {float(info.X_density) * units, float(info.Y_density) * units};
  }
  const int made = channels ? channels : stored;
  ImageBuffer image = ImageBuffer::of_bytes(int(info.image_width), int(info.image_height), made);
  std::vector<std::uint8_t> row(std::size_t(info.image_width) * 4);
  if (!decode(info, errors, image.edit_bytes().data(), made, row.data())) {
    return Error::malformed(path, "is damaged: {}", errors.message);
  }
  return image;
}

Result<void> write_jpeg(ByteOutput& output, const ImageBuffer& image, int quality,
                        PixelDensity density) {
  KILN_ASSERT(!image.is_float() && (image.channels() == 1 || image.channels() == 3));
  if (image.width() > JPEG_MAX_DIMENSION || image.height() > JPEG_MAX_DIMENSION) {
    return Error::unsupported("JPEG cannot hold {} x {} pixels; at most {}", image.width(),
                              image.height(), JPEG_MAX_DIMENSION);
  }
  ErrorManager errors;
  jpeg_compress_struct info = {};
  info.err = set_up(errors);
  jpeg_create_compress(&info);
  info.image_width = JDIMENSION(image.width());
  info.image_height = JDIMENSION(image.height());
  info.input_components = image.channels();
  info.in_color_space = image.channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const bool is_encoded =
      encode(info, errors, image.bytes().data(), quality, density, &bytes, &size);
  jpeg_destroy_compress(&info);
  const std::unique_ptr<unsigned char, void (*)(void*)> guard(bytes, std::free);
  if (!is_encoded) {
    return Error::unsupported("JPEG cannot hold this picture: {}", errors.message);
  }
  return output.write(std::as_bytes(std::span(bytes, size)));
}

}  // namespace kiln::image
