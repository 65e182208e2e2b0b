#include "image/image_file.h"

#include <csignal>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "core/atomic_file.h"
#include "core/tasks.h"
#include "support.h"

namespace kiln::image {
namespace {

using testing::HasSubstr;

class ImageFileTest : public FolderTest {};

std::string label(const SaveSettings& s) {
  return fmt::format("{} {} {} bits", traits(s.format).identifier, int(s.color_mode), s.depth);
}

std::vector<SaveSettings> all_settings() {
  std::vector<SaveSettings> all;
  for (const FormatTraits& format : all_formats()) {
    for (const int depth : format.depths) {
      for (const ColorMode mode : {ColorMode::BW, ColorMode::RGB, ColorMode::RGBA}) {
        const SaveSettings settings{
            .format = format.format, .color_mode = mode, .depth = depth, .quality = 100};
        if (depth != 0 && check(settings)) {
          all.push_back(settings);
        }
      }
    }
  }
  return all;
}

// What one step of the file's numbers, or its loss, amounts to.
float tolerance(const SaveSettings& s) {
  switch (s.format) {
    case FileFormat::Jpeg:
      return 0.06f;
    case FileFormat::Webp:
      return 0.005f;
    case FileFormat::Jpeg2000:
      return 0.02f;
    case FileFormat::Hdr:
      return 0.01f;
    case FileFormat::OpenExr:
    case FileFormat::OpenExrMultilayer:
      return s.depth == 16 ? 1e-3f : 0.0f;
    default:
      return 1.5f / float((1 << std::min(s.depth, 16)) - 1);
  }
}

TEST_F(ImageFileTest, EveryFormatDepthAndModeComesBackAsItWas) {
  for (const SaveSettings& settings : all_settings()) {
    const int channels = settings.color_mode == ColorMode::BW    ? 1
                         : settings.color_mode == ColorMode::RGB ? 3
                                                                 : 4;
    const ImageBuffer image = test_picture(67, 41, channels, settings.depth > 8);
    const Path path = folder_ / "picture";

    const Result<void> written = write_image(path, image, settings);
    ASSERT_TRUE(written) << label(settings) << ": " << written.error().message;
    const Result<ImageFile> file = read_image(path, {.channels = 0});
    ASSERT_TRUE(file) << label(settings) << ": " << file.error().message;

    ImageBuffer pixels = file->pixels;
    if (settings.format == FileFormat::Dpx || settings.format == FileFormat::Cineon) {
      continue;  // comes back as light; has a test of its own
    }
    const bool is_grey_kept_as_color = channels == 1 && file->stored_channels != 1;
    if (is_grey_kept_as_color) {
      pixels = with_channels(pixels, 1);
    }
    ASSERT_EQ(pixels.channels(), channels) << label(settings);
    EXPECT_EQ(file->format, settings.format) << label(settings);
    // Alpha may have been premultiplied for the file.
    if (pixels.alpha_mode == AlphaMode::Premultiplied) {
      pixels = straight(pixels);
    }
    EXPECT_LE(largest_difference(pixels, image), 4.0f * tolerance(settings) + 1e-6f)
        << label(settings);
  }
}

TEST_F(ImageFileTest, ThePythonInterfaceCountsBitsPerPixel) {
  struct Known {
    SaveSettings settings;
    int depth;
  };
  const Known known[] = {
      {{.format = FileFormat::Png}, 32},
      {{.format = FileFormat::Png, .depth = 16}, 128},
      {{.format = FileFormat::Png, .color_mode = ColorMode::RGB, .depth = 16}, 96},
      {{.format = FileFormat::Png, .color_mode = ColorMode::BW}, 8},
      {{.format = FileFormat::Bmp, .color_mode = ColorMode::RGB}, 24},
      {{.format = FileFormat::Jpeg, .color_mode = ColorMode::BW}, 8},
      {{.format = FileFormat::OpenExr, .color_mode = ColorMode::RGB, .depth = 16}, 96},
      {{.format = FileFormat::Hdr, .color_mode = ColorMode::RGB, .depth = 32}, 128},
      {{.format = FileFormat::Dpx, .color_mode = ColorMode::RGB, .depth = 10}, 128}};
  for (const Known& k : known) {
    ASSERT_TRUE(write_image(folder_ / "picture", test_picture(16, 8, 4, true), k.settings));
    const Result<ImageFile> file = read_image(folder_ / "picture");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->depth(), k.depth) << label(k.settings);
    EXPECT_EQ(file->pixels.channels(), 4);
  }
}

TEST_F(ImageFileTest, RowsComeFromTheBottom) {
  ImageBuffer image = ImageBuffer::of_bytes(2, 3, 3);
  image.edit_bytes()[0] = 200;  // red, lower left
  for (const SaveSettings& settings : all_settings()) {
    if (settings.color_mode != ColorMode::RGB || settings.format == FileFormat::Jpeg) {
      continue;
    }
    ASSERT_TRUE(write_image(folder_ / "picture", image, settings)) << label(settings);
    const Result<ImageFile> file = read_image(folder_ / "picture");
    ASSERT_TRUE(file) << label(settings) << file.error().message;
    EXPECT_GT(file->pixels.value(0, 0, 0), 0.4f) << label(settings);
    EXPECT_LT(file->pixels.value(0, 2, 0), 0.1f) << label(settings);
  }
}

TEST_F(ImageFileTest, AlphaIsStoredAsTheFormatWantsIt) {
  ImageBuffer light = ImageBuffer::of_floats(1, 1, 4, {0.2f, 0.1f, 0.4f, 0.5f});
  light.alpha_mode = AlphaMode::Premultiplied;

  ASSERT_TRUE(write_image(folder_ / "a", light, {.format = FileFormat::Png, .depth = 16}));
  ASSERT_TRUE(write_image(folder_ / "b", light, {.format = FileFormat::OpenExr, .depth = 32}));
  ASSERT_TRUE(write_image(folder_ / "c", light, {.format = FileFormat::Tiff, .depth = 16}));
  ASSERT_TRUE(write_image(folder_ / "d", light, {.format = FileFormat::Tiff, .depth = 8}));
  const ImageBuffer png = read_image(folder_ / "a")->pixels,
                    exr = read_image(folder_ / "b")->pixels;
  const ImageBuffer tiff_16 = read_image(folder_ / "c")->pixels,
                    tiff_8 = read_image(folder_ / "d")->pixels;

  EXPECT_EQ(png.alpha_mode, AlphaMode::Straight);
  EXPECT_NEAR(png.value(0, 0, 0), 0.4f, 1e-4f);
  EXPECT_EQ(exr.alpha_mode, AlphaMode::Premultiplied);
  EXPECT_EQ(exr.value(0, 0, 0), 0.2f);
  EXPECT_EQ(tiff_16.alpha_mode, AlphaMode::Premultiplied);
  EXPECT_NEAR(tiff_16.value(0, 0, 0), 0.2f, 1e-4f);
  EXPECT_EQ(tiff_8.alpha_mode, AlphaMode::Straight);
  EXPECT_NEAR(tiff_8.value(0, 0, 0), 0.4f, 3e-3f);
}

TEST_F(ImageFileTest, WithoutAlphaThePictureLiesOnBlack) {
  const ImageBuffer image = ImageBuffer::of_floats(1, 1, 4, {0.8f, 0.8f, 0.8f, 0.5f});

  ASSERT_TRUE(
      write_image(folder_ / "a", image, {.format = FileFormat::Png, .color_mode = ColorMode::RGB}));

  EXPECT_NEAR(read_image(folder_ / "a")->pixels.value(0, 0, 0), 0.4f, 3e-3f);
}

TEST_F(ImageFileTest, FilmScansComeBackAsLight) {
  const ImageBuffer image =
      ImageBuffer::of_floats(2, 1, 3, {0.4614f, 0.4614f, 0.4614f, 1.0f, 0.0f, 0.0f});
  const SaveSettings all[] = {
      {.format = FileFormat::Dpx, .color_mode = ColorMode::RGB, .depth = 10},
      {.format = FileFormat::Dpx,
       .color_mode = ColorMode::RGB,
       .depth = 10,
       .use_cineon_log = true},
      {.format = FileFormat::Cineon, .color_mode = ColorMode::RGB, .depth = 10}};
  for (const SaveSettings& settings : all) {
    ASSERT_TRUE(write_image(folder_ / "film", image, settings));
    const Result<ImageFile> file = read_image(folder_ / "film");
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->is_scene_linear);
    EXPECT_NEAR(file->pixels.value(0, 0, 1), 0.18f, 2e-3f) << label(settings);
    EXPECT_NEAR(file->pixels.value(1, 0, 0), 1.0f, 1e-2f) << label(settings);
  }
}

TEST_F(ImageFileTest, FilmHasTheBlackAndWhiteOfItsCurve) {
  const ImageBuffer image = ImageBuffer::of_floats(1, 1, 3, {0.0f, 1.0f, 0.5f});
  const auto steps = [&](const FilmCurve& curve) {
    const Result<std::vector<std::byte>> file = encode_image(image, {.format = FileFormat::Cineon,
                                                                     .color_mode = ColorMode::RGB,
                                                                     .depth = 10,
                                                                     .film_curve = curve});
    EXPECT_TRUE(file);
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      word = word << 8 | std::uint32_t((*file)[2048 + i]);
    }
    return std::array<std::uint32_t, 3>{word >> 22, word >> 12 & 1023, word >> 2 & 1023};
  };

  EXPECT_THAT(steps({}), testing::ElementsAre(95u, 685u, 596u));
  EXPECT_THAT(steps({.black = 200.0f, .white = 900.0f}), testing::ElementsAre(200u, 900u, 810u));
  // Flatter film has the same middle farther down.
  EXPECT_LT(steps({.gamma = 1.0f})[2], 596u);
}

TEST_F(ImageFileTest, BrightnessAndColorsGiveTheSameJpeg2000Picture) {
  const ImageBuffer image = test_picture(64, 48, 3, false);
  SaveSettings settings{.format = FileFormat::Jpeg2000, .color_mode = ColorMode::RGB};
  const auto file = [&](bool is_ycc) {
    settings.use_ycc = is_ycc;
    return *encode_image(image, settings);
  };
  const std::vector<std::byte> rgb = file(false), ycc = file(true);

  // What the header calls the colors: sRGB, and sYCC.
  EXPECT_EQ(int(rgb[0x4d - 1]), 16);
  EXPECT_EQ(int(ycc[0x4d - 1]), 18);
  EXPECT_LT(largest_difference(read_image(rgb, "a.jp2")->pixels, read_image(ycc, "a.jp2")->pixels),
            0.1f);
}

TEST_F(ImageFileTest, CinemaFilesKeepToTheirSize) {
  std::mt19937 random(3);
  std::vector<float> noise(std::size_t(2048) * 1080 * 3);
  for (float& value : noise) {
    value = float(random() % 1024) / 1023.0f;
  }
  const ImageBuffer image = ImageBuffer::of_floats(2048, 1080, 3, std::move(noise));
  SaveSettings settings{.format = FileFormat::Jpeg2000,
                        .color_mode = ColorMode::RGB,
                        .quality = 100,
                        .jpeg2000_codec = Jpeg2000Codec::J2k,
                        .use_cinema_preset = true};
  const std::vector<std::byte> slow = *encode_image(image, settings);
  settings.use_cinema_48 = true;
  const std::vector<std::byte> fast = *encode_image(image, settings);

  // Profile 3 in the size marker, and 12 bits.
  EXPECT_EQ(int(slow[7]), 3);
  EXPECT_EQ(int(slow[42]), 11);
  EXPECT_LE(slow.size(), 1302083u);
  EXPECT_GT(slow.size(), 1000000u);
  EXPECT_LE(fast.size(), 651041u);
}

TEST_F(ImageFileTest, MemoryAndFileHoldTheSame) {
  const ImageBuffer image = test_picture(31, 17, 4, false);
  for (const FileFormat format :
       {FileFormat::Png, FileFormat::OpenExr, FileFormat::Tiff, FileFormat::Targa}) {
    SaveSettings settings{.format = format, .depth = traits(format).depths[0]};
    const Result<std::vector<std::byte>> bytes = encode_image(image, settings);
    ASSERT_TRUE(bytes) << bytes.error().message;
    ASSERT_TRUE(write_image(folder_ / "a.tga", image, settings));

    const Result<ImageFile> from_memory = read_image(*bytes, "packed.tga");
    const Result<ImageFile> from_file = read_image(folder_ / "a.tga");

    ASSERT_TRUE(from_memory && from_file) << traits(format).identifier;
    EXPECT_EQ(from_memory->pixels, from_file->pixels) << traits(format).identifier;
  }
}

TEST_F(ImageFileTest, TheSameBytesOnAnyNumberOfThreads) {
  const ImageBuffer image = test_picture(700, 900, 3, false);
  const SaveSettings settings{.format = FileFormat::Png, .color_mode = ColorMode::RGB};

  const Result<std::vector<std::byte>> many = encode_image(image, settings);
  const ThreadLimit limit(1);
  const Result<std::vector<std::byte>> one = encode_image(image, settings);

  EXPECT_EQ(*many, *one);
}

TEST_F(ImageFileTest, MetadataSurvivesInPngAndExr) {
  for (const FileFormat format : {FileFormat::Png, FileFormat::OpenExr}) {
    const SaveSettings settings{
        .format = format, .depth = 16, .metadata = {{"Camera", "Kamera Süd"}, {"Frame", "001"}}};
    ASSERT_TRUE(write_image(folder_ / "a", test_picture(8, 8, 4, true), settings));
    EXPECT_THAT(read_image(folder_ / "a")->metadata,
                testing::Contains(std::pair<std::string, std::string>("Camera", "Kamera Süd")));
  }
}

TEST_F(ImageFileTest, ErrorsNameTheFile) {
  std::ofstream(folder_ / "empty.png");
  std::ofstream(folder_ / "text.png")
      << "this is text, not a picture, whatever its name says, and long enough";

  EXPECT_THAT(read_image(folder_ / "missing.png").error().message, HasSubstr("missing.png"));
  EXPECT_THAT(read_image(folder_ / "empty.png").error().message, HasSubstr("is empty"));
  EXPECT_THAT(read_image(folder_ / "text.png").error().message, HasSubstr("text.png"));
  EXPECT_FALSE(read_image(folder_));
}

TEST_F(ImageFileTest, SettingsThatAFormatDoesNotHaveAreNamed) {
  const ImageBuffer image = test_picture(4, 4, 4, false);
  const Path path = folder_ / "a";

  EXPECT_THAT(write_image(path, image, {.format = FileFormat::Jpeg}).error().message,
              HasSubstr("'BW' or 'RGB'"));
  EXPECT_THAT(write_image(path, image, {.format = FileFormat::Png, .depth = 32}).error().message,
              HasSubstr("expected 8, 16"));
  EXPECT_THAT(write_image(path, image, {.format = FileFormat::Psd}).error().message,
              HasSubstr("not written"));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ImageFileTest, AFailedWriteKeepsTheOldFileAndLeavesNothing) {
  std::signal(SIGXFSZ, SIG_IGN);
  const ImageBuffer image = test_picture(300, 300, 4, true);
  for (const FileFormat format : {FileFormat::Png, FileFormat::OpenExr, FileFormat::Tiff,
                                  FileFormat::Targa, FileFormat::Iris}) {
    const Path path = folder_ / "picture";
    std::ofstream(path) << "old";
    rlimit before;
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit small = before;
    small.rlim_cur = 5000;
    ::setrlimit(RLIMIT_FSIZE, &small);
    const Result<void> written =
        write_image(path, image, {.format = format, .depth = traits(format).depths[0]});
    ::setrlimit(RLIMIT_FSIZE, &before);

    ASSERT_FALSE(written) << traits(format).identifier;
    EXPECT_THAT(written.error().message, HasSubstr("picture")) << traits(format).identifier;
    EXPECT_EQ(std::filesystem::file_size(path), 3u) << traits(format).identifier;
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1)
        << traits(format).identifier;
  }
}

TEST_F(ImageFileTest, AFolderThatIsNotThereIsAnError) {
  const Result<void> written =
      write_image(folder_ / "none" / "a.png", test_picture(4, 4, 4, false), {});

  EXPECT_THAT(written.error().message, HasSubstr("none/a.png"));
}

TEST(FileFormat, IsFoundByNameAndContent) {
  EXPECT_EQ(format_by_extension("/x/PICTURE.JPEG"), FileFormat::Jpeg);
  EXPECT_EQ(format_by_extension("a.exr"), FileFormat::OpenExr);
  EXPECT_EQ(format_by_extension("a.txt"), std::nullopt);
  EXPECT_EQ(format_by_extension("none"), std::nullopt);
  EXPECT_EQ(format_by_identifier("TARGA_RAW"), FileFormat::TargaRaw);
  EXPECT_EQ(format_by_identifier(""), std::nullopt);
  for (const FormatTraits& format : all_formats()) {
    EXPECT_EQ(&traits(format.format), &format);
  }
}

}  // namespace
}  // namespace kiln::image
