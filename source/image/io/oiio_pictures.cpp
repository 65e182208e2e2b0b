#include <OpenImageIO/filesystem.h>
#include <OpenImageIO/imageio.h>

#include "image/io/pictures.h"

namespace kiln::image::io {
namespace {

class OiioPicture final : public Picture {
public:
  explicit OiioPicture(std::span<const std::byte> file)
      : memory_(const_cast<std::byte*>(file.data()), file.size()) {}

  bool open(const std::string& format, std::string& error) {
    input_ = OIIO::ImageInput::create(format);
    if (!input_) {
      error = OIIO::geterror();
      return false;
    }
    OIIO::Filesystem::IOProxy* source = &memory_;
    OIIO::ImageSpec found, wanted;
    wanted.attribute("oiio:UnassociatedAlpha", 1);
    wanted.attribute("oiio:ioproxy", OIIO::TypeDesc::PTR, &source);
    // Some formats go by the end of the name.
    if (!input_->open("memory." + format, found, wanted)) {
      error = input_->geterror();
      return false;
    }
    describe();
    return true;
  }

  const PictureInfo& info() const override { return info_; }

  bool read(int channels, std::uint8_t* values, std::string& error) override {
    return read(channels, OIIO::TypeDesc::UINT8, values, error);
  }
  bool read(int channels, float* values, std::string& error) override {
    return read(channels, OIIO::TypeDesc::FLOAT, values, error);
  }

private:
  void describe() {
    const OIIO::ImageSpec& spec = input_->spec();
    info_.width = spec.width;
    info_.height = spec.height;
    info_.channels = spec.nchannels;
    info_.is_float = spec.format.is_floating_point();
    info_.depth = spec.get_int_attribute("oiio:BitsPerSample", int(spec.format.basesize() * 8));
    info_.is_premultiplied =
        spec.alpha_channel >= 0 && spec.get_int_attribute("oiio:UnassociatedAlpha", 0) == 0;
    info_.pixel_aspect = spec.get_float_attribute("PixelAspectRatio", 1.0f);
    for (const OIIO::ParamValue& value : spec.extra_attribs) {
      if (value.type() == OIIO::TypeString) {
        info_.metadata.emplace_back(value.name().string(), value.get_string());
      }
    }
  }

  template <typename T>
  bool read(int channels, OIIO::TypeDesc type, T* values, std::string& error) {
    try {
      const OIIO::stride_t row = OIIO::stride_t(sizeof(T)) * channels * info_.width;
      T* top_row = values + std::size_t(channels) * info_.width * std::size_t(info_.height - 1);
      if (input_->read_image(0, 0, 0, channels, type, top_row, OIIO::stride_t(sizeof(T)) * channels,
                             -row)) {
        return true;
      }
      error = input_->geterror();
    } catch (const std::exception& failure) {
      error = failure.what();
    }
    return false;
  }

  OIIO::Filesystem::IOMemReader memory_;
  std::unique_ptr<OIIO::ImageInput> input_;  // reads from memory_, so it goes first
  PictureInfo info_;
};

class OiioPictures final : public Pictures {
public:
  std::unique_ptr<Picture> open(std::span<const std::byte> file, const std::string& format,
                                std::string& error) const override {
    try {
      auto picture = std::make_unique<OiioPicture>(file);
      if (picture->open(format, error)) {
        return picture;
      }
    } catch (const std::exception& failure) {
      error = failure.what();
    }
    return nullptr;
  }

  std::vector<unsigned char> encode(const std::string& format, const PictureToWrite& picture,
                                    std::string& error) const override {
    try {
      std::unique_ptr<OIIO::ImageOutput> output = OIIO::ImageOutput::create(format);
      if (!output) {
        error = OIIO::geterror();
        return {};
      }
      std::vector<unsigned char> bytes;
      OIIO::Filesystem::IOVecOutput target(bytes);
      OIIO::Filesystem::IOProxy* proxy = &target;
      OIIO::ImageSpec spec = make_spec(picture);
      spec.attribute("oiio:ioproxy", OIIO::TypeDesc::PTR, &proxy);
      if (!output->open("memory." + format, spec)) {
        error = output->geterror();
        return {};
      }
      const OIIO::TypeDesc type = type_of(picture);
      const OIIO::stride_t pixel = OIIO::stride_t(type.size()) * picture.channels,
                           row = pixel * picture.width;
      const void* first = picture.bytes ? static_cast<const void*>(picture.bytes) : picture.words;
      const char* top_row = static_cast<const char*>(first) + row * (picture.height - 1);
      const bool is_written = output->write_image(type, top_row, pixel, -row);
      const bool is_closed = output->close();
      if (is_written && is_closed && !bytes.empty()) {
        return bytes;
      }
      error = output->geterror();
      if (error.empty()) {
        error = "its encoder gave no reason";
      }
    } catch (const std::exception& failure) {
      error = failure.what();
    }
    return {};
  }

private:
  static OIIO::TypeDesc type_of(const PictureToWrite& picture) {
    return picture.bytes ? OIIO::TypeDesc::UINT8 : OIIO::TypeDesc::UINT16;
  }

  static OIIO::ImageSpec make_spec(const PictureToWrite& picture) {
    OIIO::ImageSpec spec(picture.width, picture.height, picture.channels, type_of(picture));
    if (!picture.is_premultiplied && spec.alpha_channel >= 0) {
      spec.attribute("oiio:UnassociatedAlpha", 1);
    }
    spec.attribute("oiio:BitsPerSample", picture.depth);
    spec.attribute("CompressionQuality", picture.quality);
    spec.attribute("PixelAspectRatio", picture.pixel_aspect);
    if (!picture.compression.empty()) {
      spec.attribute("compression", picture.compression);
    }
    for (const auto& [name, text] : picture.metadata) {
      spec.attribute(name, text);
    }
    return spec;
  }
};

}  // namespace
}  // namespace kiln::image::io

extern "C" __attribute__((visibility("default"))) const kiln::image::io::Pictures* kiln_pictures() {
  static const kiln::image::io::OiioPictures pictures;
  return &pictures;
}
