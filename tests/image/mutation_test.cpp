// Damaged files must give an error or a picture, never a crash. KILN_MUTATIONS sets how many are
// tried per kind of file.
#include <cstdlib>

#include <gtest/gtest.h>

#include "core/atomic_file.h"
#include "image/exr.h"
#include "image/image_file.h"
#include "support.h"

namespace kiln::image {
namespace {

int mutation_count() {
  const char* wanted = std::getenv("KILN_MUTATIONS");
  return wanted ? std::atoi(wanted) : 150;
}

std::vector<std::byte> mutated(std::vector<std::byte> bytes, std::mt19937& random) {
  const int changes = 1 + int(random() % 4);
  for (int i = 0; i < changes && !bytes.empty(); ++i) {
    // Headers matter most, so half of the changes hit the beginning.
    const std::size_t range =
        random() % 2 ? std::min<std::size_t>(bytes.size(), 300) : bytes.size();
    const std::size_t at = random() % range;
    switch (random() % 6) {
      case 0:
        bytes[at] ^= std::byte(1 << (random() % 8));
        break;
      case 1:
        bytes[at] = std::byte(random());
        break;
      case 2:
        bytes[at] = std::byte(random() % 2 ? 0xff : 0);
        break;
      case 3:
        for (std::size_t k = at; k < std::min(at + 4, bytes.size()); ++k) {
          bytes[k] = std::byte(random() % 2 ? 0xff : 0x7f);
        }
        break;
      case 4:
        bytes.resize(
            random() % 4 ? bytes.size() - std::min<std::size_t>(random() % 64, bytes.size()) : at);
        break;
      default:
        bytes.insert(bytes.begin() + std::ptrdiff_t(at), 1 + random() % 8, std::byte(random()));
        break;
    }
  }
  return bytes;
}

void try_mutations(const std::vector<std::byte>& bytes, const char* name) {
  std::mt19937 random(1);
  for (int i = 0; i < mutation_count(); ++i) {
    const std::vector<std::byte> damaged = mutated(bytes, random);
    const Result<ImageFile> file = read_image(damaged, name);
    if (!file) {
      EXPECT_NE(file.error().message.find(name), std::string::npos) << file.error().message;
    }
  }
}

class Mutation : public testing::TestWithParam<SaveSettings> {};

TEST_P(Mutation, OfAFileIsAnErrorOrAPicture) {
  const SaveSettings settings = GetParam();
  const int channels = settings.color_mode == ColorMode::BW    ? 1
                       : settings.color_mode == ColorMode::RGB ? 3
                                                               : 4;
  const Result<std::vector<std::byte>> bytes =
      encode_image(test_picture(37, 29, channels, settings.depth > 8), settings);
  ASSERT_TRUE(bytes) << bytes.error().message;

  try_mutations(*bytes,
                traits(settings.format).format == FileFormat::Targa ? "damaged.tga" : "damaged");
}

TEST_P(Mutation, EveryTruncationIsAnErrorOrAPicture) {
  const Result<std::vector<std::byte>> bytes = encode_image(test_picture(9, 7, 3, false), [&] {
    SaveSettings settings = GetParam();
    settings.color_mode = ColorMode::RGB;
    return settings;
  }());
  ASSERT_TRUE(bytes) << bytes.error().message;
  const std::size_t step = std::max<std::size_t>(1, bytes->size() / 200);

  for (std::size_t size = 0; size < bytes->size(); size += step) {
    static_cast<void>(read_image(std::span(*bytes).first(size), "cut.tga"));
  }
}

std::vector<SaveSettings> kinds() {
  using F = FileFormat;
  return {{.format = F::Png},
          {.format = F::Png, .color_mode = ColorMode::BW, .depth = 16},
          {.format = F::Jpeg, .color_mode = ColorMode::RGB},
          {.format = F::Jpeg, .color_mode = ColorMode::BW},
          {.format = F::Jpeg2000, .depth = 16},
          {.format = F::Bmp, .color_mode = ColorMode::RGB},
          {.format = F::Targa},
          {.format = F::TargaRaw},
          {.format = F::Tiff},
          {.format = F::Tiff, .depth = 16, .tiff_codec = TiffCodec::Lzw},
          {.format = F::Tiff, .tiff_codec = TiffCodec::PackBits},
          {.format = F::Hdr, .color_mode = ColorMode::RGB, .depth = 32},
          {.format = F::Dpx, .depth = 10},
          {.format = F::Cineon, .color_mode = ColorMode::RGB, .depth = 10},
          {.format = F::Iris},
          {.format = F::Webp},
          {.format = F::Webp, .quality = 100},
          {.format = F::OpenExr, .depth = 16},
          {.format = F::OpenExr, .depth = 32, .exr_codec = ExrCodec::None},
          {.format = F::OpenExr, .depth = 16, .exr_codec = ExrCodec::Piz},
          {.format = F::OpenExr, .depth = 16, .exr_codec = ExrCodec::Rle},
          {.format = F::OpenExr, .depth = 16, .exr_codec = ExrCodec::Dwaa},
          {.format = F::OpenExr, .depth = 16, .exr_codec = ExrCodec::B44},
          {.format = F::OpenExr, .depth = 32, .exr_codec = ExrCodec::Pxr24}};
}

INSTANTIATE_TEST_SUITE_P(Kinds, Mutation, testing::ValuesIn(kinds()), [](const auto& kind) {
  return fmt::format("{}_{}", traits(kind.param.format).identifier, kind.index);
});

TEST(MutationOfLayers, IsAnErrorOrLayers) {
  ExrImage image{.width = 16, .height = 8};
  for (const char* name : {"Combined", "Depth"}) {
    image.passes.push_back({.layer = "ViewLayer",
                            .name = name,
                            .channels = name[0] == 'D' ? "Z" : "RGBA",
                            .values = Array<float>(16 * 8 * (name[0] == 'D' ? 1 : 4), 0.5f)});
  }
  MemoryOutput output;
  ASSERT_TRUE(write_exr(output, image, {.format = FileFormat::OpenExrMultilayer, .depth = 16}));
  const std::vector<std::byte> bytes = output.take();
  std::mt19937 random(1);

  for (int i = 0; i < mutation_count(); ++i) {
    static_cast<void>(read_exr(mutated(bytes, random), "damaged"));
  }
}

}  // namespace
}  // namespace kiln::image
