#include "core/schema/value.h"

#include <limits>

#include <gtest/gtest.h>

namespace kiln {
namespace {

TEST(Value, NumbersBeyondWholeOnesAreTheNearest) {
  EXPECT_EQ(Value(1e308).as_int(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Value(-1e308).as_int(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(Value(std::numeric_limits<double>::infinity()).as_int(),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Value(std::numeric_limits<double>::quiet_NaN()).as_int(), 0);
  EXPECT_EQ(Value(-2.7).as_int(), -2);
}

TEST(Value, AnyNumberButZeroIsTrue) {
  EXPECT_TRUE(Value(1e308).as_bool());
  EXPECT_TRUE(Value(0.5).as_bool());
  EXPECT_FALSE(Value(0.0).as_bool());
}

}  // namespace
}  // namespace kiln
