#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfOutputFile.h>
#include <OpenEXR/ImfStringAttribute.h>
#include <OpenEXR/ImfThreading.h>

#include "core/assert.h"
#include "core/tasks.h"
#include "image/exr.h"
#include "image/exr_streams.h"
#include "image/half.h"

namespace kiln::image {
namespace {

constexpr int band_rows = 256;  // a multiple of what every codec packs together

Imf::Compression compression_of(ExrCodec codec) {
  switch (codec) {
    case ExrCodec::None:
      return Imf::NO_COMPRESSION;
    case ExrCodec::Pxr24:
      return Imf::PXR24_COMPRESSION;
    case ExrCodec::Zip:
      return Imf::ZIP_COMPRESSION;
    case ExrCodec::Piz:
      return Imf::PIZ_COMPRESSION;
    case ExrCodec::Rle:
      return Imf::RLE_COMPRESSION;
    case ExrCodec::Zips:
      return Imf::ZIPS_COMPRESSION;
    case ExrCodec::B44:
      return Imf::B44_COMPRESSION;
    case ExrCodec::B44a:
      return Imf::B44A_COMPRESSION;
    case ExrCodec::Dwaa:
      return Imf::DWAA_COMPRESSION;
    case ExrCodec::Dwab:
      return Imf::DWAB_COMPRESSION;
  }
  return Imf::ZIP_COMPRESSION;
}

std::string channel_name(const ExrPass& pass, char letter) {
  std::string name;
  for (const std::string* part : {&pass.layer, &pass.name}) {
    if (!part->empty()) {
      name += *part + ".";
    }
  }
  return name + letter;
}

Imf::Header make_header(const ExrImage& image, const SaveSettings& settings) {
  Imf::Header header(image.width, image.height, image.pixel_aspect);
  header.compression() = compression_of(settings.exr_codec);
  if (settings.exr_codec == ExrCodec::Dwaa || settings.exr_codec == ExrCodec::Dwab) {
    // 45 is the library's usual loss, which quality 90 stands for.
    header.dwaCompressionLevel() = 4.5f * float(100 - settings.quality);
  }
  for (const ExrPass& pass : image.passes) {
    const bool is_float = settings.depth == 32 || pass.is_float;
    for (const char letter : pass.channels) {
      header.channels().insert(channel_name(pass, letter),
                               Imf::Channel(is_float ? Imf::FLOAT : Imf::HALF));
    }
  }
  for (const auto& [name, text] : image.metadata) {
    // What the format itself keeps under such names must not become text.
    if (!name.empty() && name.size() < 256 && (header.find(name) == header.end()) &&
        name != "type" && name != "name") {
      header.insert(name, Imf::StringAttribute(text));
    }
  }
  return header;
}

}  // namespace

Result<void> write_exr(ByteOutput& output, const ExrImage& image, const SaveSettings& settings) {
  KILN_ASSERT(image.width >= 1 && image.height >= 1);
  static const bool started = [] {
    Imf::setGlobalThreadCount(hardware_threads());
    return true;
  }();
  static_cast<void>(started);
  ExrOutputStream stream(output);
  try {
    Imf::OutputFile file(stream, make_header(image, settings), Imf::globalThreadCount());
    // Half floats are made for one band of rows at a time.
    std::vector<std::vector<std::uint16_t>> halves(image.passes.size());
    for (int top = 0; top < image.height; top += band_rows) {
      const int rows = std::min(band_rows, image.height - top);
      Imf::FrameBuffer buffer;
      for (std::size_t i = 0; i < image.passes.size(); ++i) {
        const ExrPass& pass = image.passes[i];
        const std::size_t row_values = pass.channels.size() * image.width;
        const bool is_float = settings.depth == 32 || pass.is_float;
        // The band's rows from the bottom begin here.
        const float* values =
            pass.values.data() + row_values * std::size_t(image.height - top - rows);
        const char* lowest = reinterpret_cast<const char*>(values);
        std::size_t value_size = sizeof(float);
        if (!is_float) {
          halves[i].resize(row_values * rows);
          parallel_for(std::size_t(rows), 16, [&](std::size_t begin, std::size_t end) {
            to_half({values + begin * row_values, (end - begin) * row_values},
                    std::span(halves[i]).subspan(begin * row_values, (end - begin) * row_values));
          });
          lowest = reinterpret_cast<const char*>(halves[i].data());
          value_size = sizeof(std::uint16_t);
        }
        const std::size_t x_step = value_size * pass.channels.size();
        const std::size_t row_size = value_size * row_values;
        // Row `y` of the file, counted from the top, stands at origin - y * row_size.
        const std::uintptr_t origin =
            reinterpret_cast<std::uintptr_t>(lowest) + row_size * std::size_t(top + rows - 1);
        for (std::size_t c = 0; c < pass.channels.size(); ++c) {
          buffer.insert(channel_name(pass, pass.channels[c]),
                        Imf::Slice(is_float ? Imf::FLOAT : Imf::HALF,
                                   reinterpret_cast<char*>(origin + c * value_size), x_step,
                                   std::size_t(0) - row_size));
        }
      }
      file.setFrameBuffer(buffer);
      file.writePixels(rows);
    }
  } catch (const std::exception& error) {
    return stream.error() ? *stream.error()
                          : Error{Error::Kind::Invalid,
                                  fmt::format("OpenEXR cannot write this: {}", error.what())};
  }
  // The table of line positions is written when the file closes, where nothing can be thrown.
  if (stream.error()) {
    return *stream.error();
  }
  return {};
}

}  // namespace kiln::image
