#pragma once

#include <filesystem>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "image/buffer.h"

namespace kiln::image {

/// A folder for the files of one test, removed with it.
class FolderTest : public testing::Test {
protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / fmt::format("kiln_image_test_{}", ::getpid());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  Path folder_;
};

/// A smooth picture with some noise: a different value in every channel and row.
inline ImageBuffer test_picture(int width, int height, int channels, bool is_float) {
  std::mt19937 random(7);
  std::vector<float> values;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < channels; ++c) {
        const float noise = float(random() % 1000) / 10000.0f;
        const float slope = float(x * (c + 1) + 3 * y) / float(4 * width + 3 * height);
        values.push_back(channels == 4 && c == 3 ? 0.25f + 0.75f * float(y) / float(height)
                                                 : 0.9f * slope + noise);
      }
    }
  }
  const ImageBuffer image = ImageBuffer::of_floats(width, height, channels, std::move(values));
  return is_float ? image : to_bytes(image);
}

/// Greatest difference of any value.
inline float largest_difference(const ImageBuffer& a, const ImageBuffer& b) {
  EXPECT_EQ(a.width(), b.width());
  EXPECT_EQ(a.height(), b.height());
  EXPECT_EQ(a.channels(), b.channels());
  const ImageBuffer fa = to_floats(a), fb = to_floats(b);
  float largest = 0.0f;
  for (std::size_t i = 0; i < std::min(fa.floats().size(), fb.floats().size()); ++i) {
    largest = std::max(largest, std::abs(fa.floats()[i] - fb.floats()[i]));
  }
  return largest;
}

}  // namespace kiln::image
