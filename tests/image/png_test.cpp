#include "image/png.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "support.h"

namespace kiln::image {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

void append_word(Bytes& bytes, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(std::uint8_t(value >> shift));
  }
}

void append_chunk(Bytes& file, const char* type, const Bytes& data) {
  append_word(file, std::uint32_t(data.size()));
  Bytes body(type, type + 4);
  body.insert(body.end(), data.begin(), data.end());
  file.insert(file.end(), body.begin(), body.end());
  append_word(file, std::uint32_t(crc32(0, body.data(), uInt(body.size()))));
}

struct Made {
  int width, height, depth, color_type;
  Bytes rows;  // with the filter bytes
  bool is_interlaced = false;
  Bytes palette = {}, transparency = {};
};

std::vector<std::byte> make_png(const Made& made) {
  Bytes file{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, header;
  append_word(header, std::uint32_t(made.width));
  append_word(header, std::uint32_t(made.height));
  header.insert(header.end(), {std::uint8_t(made.depth), std::uint8_t(made.color_type), 0, 0,
                               std::uint8_t(made.is_interlaced)});
  append_chunk(file, "IHDR", header);
  if (!made.palette.empty()) {
    append_chunk(file, "PLTE", made.palette);
  }
  if (!made.transparency.empty()) {
    append_chunk(file, "tRNS", made.transparency);
  }
  uLongf size = compressBound(made.rows.size());
  Bytes packed(size);
  compress(packed.data(), &size, made.rows.data(), made.rows.size());
  packed.resize(size);
  append_chunk(file, "IDAT", packed);
  append_chunk(file, "IEND", {});
  const auto* start = reinterpret_cast<const std::byte*>(file.data());
  return {start, start + file.size()};
}

Result<ImageBuffer> read(const Made& made) {
  return read_png(make_png(made), "test.png", 0);
}

TEST(Png, ResolvesPalettesWithTransparency) {
  const Result<ImageBuffer> image = read({.width = 3,
                                          .height = 1,
                                          .depth = 2,
                                          .color_type = 3,
                                          .rows = {0, 0b00011000},
                                          .palette = {1, 2, 3, 10, 20, 30, 100, 110, 120},
                                          .transparency = {255, 40}});

  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(image->channels(), 4);
  EXPECT_THAT(image->bytes().span(), ElementsAre(1, 2, 3, 255, 10, 20, 30, 40, 100, 110, 120, 255));
}

TEST(Png, SpreadsSmallDepthsOverTheWholeRange) {
  const Result<ImageBuffer> one =
      read({.width = 3, .height = 1, .depth = 1, .color_type = 0, .rows = {0, 0b01000000}});
  const Result<ImageBuffer> four =
      read({.width = 2, .height = 1, .depth = 4, .color_type = 0, .rows = {0, 0x3f}});

  EXPECT_THAT(one->bytes().span(), ElementsAre(0, 255, 0));
  EXPECT_THAT(four->bytes().span(), ElementsAre(51, 255));
}

TEST(Png, ATransparentColorBecomesAlpha) {
  const Result<ImageBuffer> image = read({.width = 2,
                                          .height = 1,
                                          .depth = 8,
                                          .color_type = 2,
                                          .rows = {0, 1, 2, 3, 4, 5, 6},
                                          .transparency = {0, 4, 0, 5, 0, 6}});

  EXPECT_THAT(image->bytes().span(), ElementsAre(1, 2, 3, 255, 4, 5, 6, 0));
}

TEST(Png, UndoesEveryFilter) {
  // Two rows of four grey pixels 10 20 30 40 and 11 22 33 44; the second one filtered in five ways.
  const std::vector<Bytes> second{
      {0, 11, 22, 33, 44}, {1, 11, 11, 11, 11}, {2, 1, 2, 3, 4}, {3, 6, 7, 7, 8}, {4, 1, 2, 3, 4}};
  for (const Bytes& row : second) {
    Bytes rows{0, 10, 20, 30, 40};
    rows.insert(rows.end(), row.begin(), row.end());
    const Result<ImageBuffer> image =
        read({.width = 4, .height = 2, .depth = 8, .color_type = 0, .rows = rows});
    ASSERT_TRUE(image);
    EXPECT_THAT(image->bytes().span(), ElementsAre(11, 22, 33, 44, 10, 20, 30, 40)) << int(row[0]);
  }
}

TEST(Png, PutsInterlacedPixelsWhereTheyBelong) {
  // A picture of 3 x 3 pixels with values 1 to 9 in reading order, taken apart into the seven
  // passes.
  const Result<ImageBuffer> image = read({.width = 3,
                                          .height = 3,
                                          .depth = 8,
                                          .color_type = 0,
                                          .rows = {0, 1,         // every eighth
                                                   0, 3,         // columns 2, 6 of every fourth row
                                                   0, 7, 9,      // every second column of row 2
                                                   0, 2, 0, 8,   // columns 1, 3 of every second row
                                                   0, 4, 5, 6},  // the rows in between
                                          .is_interlaced = true});

  ASSERT_TRUE(image) << image.error().message;
  EXPECT_THAT(image->bytes().span(), ElementsAre(7, 8, 9, 4, 5, 6, 1, 2, 3));
}

TEST(Png, SixteenBitsBecomeFloats) {
  const Result<ImageBuffer> image = read(
      {.width = 1, .height = 1, .depth = 16, .color_type = 4, .rows = {0, 0x80, 0x00, 0xff, 0xff}});

  EXPECT_TRUE(image->is_float());
  EXPECT_THAT(image->floats().span(), ElementsAre(32768.0f / 65535.0f, 1.0f));
}

TEST(Png, EveryEffortGivesTheSamePicture) {
  const ImageBuffer image = test_picture(211, 173, 3, false);
  for (int level = 0; level <= 9; ++level) {
    MemoryOutput output;
    const auto row = [&](int y, std::uint8_t* out) {
      std::copy_n(image.bytes().data() + std::size_t(172 - y) * 211 * 3, 211 * 3, out);
    };
    ASSERT_TRUE(write_png(output,
                          {.width = 211, .height = 173, .channels = 3, .depth = 8, .row = row},
                          level, usual_density(1.0f), {}));
    const Result<ImageBuffer> back = read_png(output.take(), "test.png", 0);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, image) << level;
  }
}

TEST(Png, AWrongCheckSumIsDamage) {
  std::vector<std::byte> file =
      make_png({.width = 1, .height = 1, .depth = 8, .color_type = 0, .rows = {0, 7}});
  file[45] ^= std::byte(1);

  EXPECT_THAT(read_png(file, "test.png", 0).error().message, HasSubstr("check sum"));
}

TEST(Png, HugeSizesAreRefusedBeforeMemoryIsTaken) {
  const Result<ImageBuffer> image =
      read({.width = 60000, .height = 60000, .depth = 8, .color_type = 6, .rows = {0, 1, 2, 3, 4}});

  EXPECT_THAT(image.error().message, HasSubstr("too many for its"));
}

TEST(Png, PixelsThatEndEarlyAreDamage) {
  EXPECT_FALSE(read({.width = 4, .height = 4, .depth = 8, .color_type = 2, .rows = Bytes(20)}));
}

TEST(Png, UnknownFiltersAreDamage) {
  EXPECT_FALSE(read({.width = 1, .height = 1, .depth = 8, .color_type = 0, .rows = {9, 1}}));
}

// Damage inside the parts, with correct check sums, so that it reaches the decoder.
TEST(Png, SurvivesDamagedParts) {
  std::mt19937 random(3);
  for (int i = 0; i < 2000; ++i) {
    const auto any = [&](std::initializer_list<int> of) {
      return *(of.begin() + random() % of.size());
    };
    Made made{.width = any({1, 2, 7, 30}),
              .height = any({1, 3, 9}),
              .depth = any({1, 2, 4, 8, 16, 3}),
              .color_type = any({0, 2, 3, 4, 6, 5}),
              .rows = Bytes(random() % 3000),
              .is_interlaced = random() % 2 == 0,
              .palette = Bytes(random() % 20),
              .transparency = Bytes(random() % 7)};
    for (std::uint8_t& value : made.rows) {
      value = std::uint8_t(random() % 5);
    }
    for (const int channels : {0, 4}) {
      static_cast<void>(read_png(make_png(made), "test.png", channels));
    }
  }
}

TEST(Png, KeepsHowDenselyPixelsLie) {
  const ImageBuffer image = test_picture(4, 3, 3, false);
  MemoryOutput output;
  const auto row = [&](int y, std::uint8_t* out) {
    std::copy_n(image.bytes().data() + std::size_t(2 - y) * 12, 12, out);
  };
  const PngRows rows{.width = 4, .height = 3, .channels = 3, .depth = 8, .row = row};

  ASSERT_TRUE(write_png(output, rows, 1, {5000.0f, 4000.0f}, {}));
  PngInfo info;
  ASSERT_TRUE(read_png(output.take(), "test.png", 0, &info));

  EXPECT_EQ(info.density, (PixelDensity{5000.0f, 4000.0f}));
}

}  // namespace
}  // namespace kiln::image
