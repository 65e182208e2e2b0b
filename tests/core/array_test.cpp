#include "core/array.h"

#include <gtest/gtest.h>

namespace kiln {
namespace {

TEST(Array, SharesItsElementsWithACopyUntilOneIsWritten) {
  const Array<int> original{1, 2, 3};
  Array<int> copy = original;
  EXPECT_TRUE(copy.shares_storage_with(original));

  copy.edit()[1] = 20;

  EXPECT_EQ(original[1], 2);
  EXPECT_EQ(copy[1], 20);
  EXPECT_FALSE(copy.shares_storage_with(original));
}

TEST(Array, EditingTheOnlyOwnerKeepsTheElementsInPlace) {
  Array<int> values{1, 2, 3};
  const int* before = values.data();

  values.edit()[0] = 5;

  EXPECT_EQ(values.data(), before);
}

TEST(Array, ReadingASharedArrayNeverCopies) {
  Array<float> a(1000, 1.0f);
  const Array<float> b = a;
  const std::size_t before = array_detach_count();

  float sum = 0.0f;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += a[i] + b[i];
  }

  EXPECT_EQ(sum, 2000.0f);
  EXPECT_EQ(array_detach_count(), before);
  EXPECT_TRUE(a.shares_storage_with(b));
}

TEST(Array, ResizeGrowsWithTheGivenValue) {
  Array<int> values{7};
  const Array<int> kept = values;

  values.resize(3, 9);

  EXPECT_EQ(values, (Array<int>{7, 9, 9}));
  EXPECT_EQ(kept, (Array<int>{7}));
}

}  // namespace
}  // namespace kiln
