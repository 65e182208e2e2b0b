#include "image/exr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/half.h"
#include "image/image_file.h"
#include "support.h"

namespace kiln::image {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ExrTest : public FolderTest {
protected:
  Result<void> write(const ExrImage& image, const SaveSettings& settings) {
    Result<AtomicFile> file = AtomicFile::create(folder_ / "a.exr");
    if (!file) {
      return file.error();
    }
    Result<void> written = write_exr(*file, image, settings);
    return written ? file->commit() : written;
  }
};

ExrImage layers() {
  ExrImage image{.width = 2, .height = 2};
  image.passes = {
      {.layer = "ViewLayer",
       .name = "Combined",
       .channels = "RGBA",
       .values = Array<float>(16, 0.5f)},
      {.layer = "ViewLayer",
       .name = "Depth",
       .channels = "Z",
       .values = {1.0f, 2.0f, 3.0f, 1e10f},
       .is_float = true},
      {.layer = "ViewLayer",
       .name = "Normal",
       .channels = "XYZ",
       .values = Array<float>(12, -0.25f)},
      {.layer = "Other", .name = "UV", .channels = "UVA", .values = Array<float>(12, 0.75f)}};
  image.metadata = {{"Camera", "Kamera"}};
  return image;
}

TEST_F(ExrTest, LayersAndPassesComeBack) {
  ASSERT_TRUE(write(layers(), {.format = FileFormat::OpenExrMultilayer, .depth = 16}));

  const Result<ExrImage> back = read_exr(folder_ / "a.exr");

  ASSERT_TRUE(back) << back.error().message;
  EXPECT_TRUE(back->is_multilayer());
  EXPECT_EQ(back->passes.size(), 4u);
  ASSERT_TRUE(back->find("ViewLayer", "Depth"));
  EXPECT_THAT(back->find("ViewLayer", "Depth")->values.span(),
              ElementsAre(1.0f, 2.0f, 3.0f, 1e10f));
  EXPECT_EQ(back->find("ViewLayer", "Normal")->channels, "XYZ");
  EXPECT_EQ(back->find("ViewLayer", "Normal")->values[7], -0.25f);
  EXPECT_EQ(back->find("Other", "UV")->values[4], 0.75f);
  EXPECT_EQ(back->find("ViewLayer", "Missing"), nullptr);
  EXPECT_THAT(back->metadata,
              testing::Contains(std::pair<std::string, std::string>("Camera", "Kamera")));
}

TEST_F(ExrTest, AnImageOfLayersShowsTheCombinedOne) {
  ASSERT_TRUE(write(layers(), {.format = FileFormat::OpenExrMultilayer, .depth = 32}));

  const Result<ImageFile> file = read_image(folder_ / "a.exr");

  ASSERT_TRUE(file);
  EXPECT_EQ(file->format, FileFormat::OpenExrMultilayer);
  EXPECT_TRUE(file->is_scene_linear);
  EXPECT_EQ(file->pixels.value(1, 1, 2), 0.5f);
}

TEST_F(ExrTest, EveryCodecComesBack) {
  const ImageBuffer image = test_picture(70, 300, 4, true);
  for (int codec = 0; codec < 10; ++codec) {
    for (const int depth : {16, 32}) {
      const SaveSettings settings{.format = FileFormat::OpenExr,
                                  .depth = depth,
                                  .quality = 100,
                                  .exr_codec = ExrCodec(codec)};
      ASSERT_TRUE(write_image(folder_ / "b.exr", premultiplied(image), settings));
      const Result<ImageFile> back = read_image(folder_ / "b.exr");
      ASSERT_TRUE(back);
      const bool is_blocky = codec == int(ExrCodec::B44) || codec == int(ExrCodec::B44a);
      EXPECT_LT(largest_difference(back->pixels, premultiplied(image)), is_blocky ? 0.1f : 2e-3f)
          << codec << " " << depth;
    }
  }
}

TEST_F(ExrTest, OneDepthAloneShowsAsGrey) {
  ExrImage image{.width = 1, .height = 1};
  image.passes = {{.layer = "", .name = "", .channels = "Z", .values = {3.0f}}};
  ASSERT_TRUE(write(image, {.format = FileFormat::OpenExr, .depth = 32}));

  EXPECT_THAT(read_image(folder_ / "a.exr")->pixels.floats().span(),
              ElementsAre(3.0f, 3.0f, 3.0f, 1.0f));
}

TEST_F(ExrTest, NamesOfSettingsOfTheFormatCannotBeTakenByText) {
  ExrImage image = layers();
  image.metadata = {{"channels", "x"}, {"dataWindow", "y"}, {"", "z"}, {"compression", "w"}};

  EXPECT_TRUE(write(image, {.format = FileFormat::OpenExrMultilayer, .depth = 16}));
  EXPECT_TRUE(read_exr(folder_ / "a.exr"));
}

TEST_F(ExrTest, AnotherFileIsAnError) {
  const std::vector<std::byte> junk(1000, std::byte(0x76));

  EXPECT_THAT(read_exr(junk, "junk.exr").error().message, HasSubstr("junk.exr"));
  EXPECT_FALSE(read_exr(folder_ / "missing.exr"));
}

TEST(Half, RoundsToNearestEvenAndStaysFinite) {
  const std::vector<float> values{0.0f,  1.0f,  -2.0f,     65504.0f, 1e9f,    -1e9f,
                                  6e-8f, 1e-5f, 0.333333f, 2049.0f,  2051.0f, INFINITY};
  const std::vector<std::uint16_t> expected{0x0000, 0x3c00, 0xc000, 0x7bff, 0x7bff, 0xfbff,
                                            0x0001, 0x00a8, 0x3555, 0x6800, 0x6802, 0x7c00};
  std::vector<std::uint16_t> halves(values.size());

  to_half(values, halves);
  EXPECT_EQ(halves, expected);
  // One at a time goes through the code for machines without conversion instructions.
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint16_t one = 0;
    to_half({&values[i], 1}, {&one, 1});
    EXPECT_EQ(one, expected[i]) << values[i];
  }
}

}  // namespace
}  // namespace kiln::image
