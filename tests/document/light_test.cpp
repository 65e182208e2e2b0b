#include "document/light.h"

#include <gtest/gtest.h>

#include "core/schema/ref.h"

namespace kiln {
namespace {

// What a file keeps for all types of lights has the range that the types show it with.
TEST(LightTest, StoredNumbersStayInTheRangeOfThoseThatAreShown) {
  Light light;
  const auto stored = [&](const char* name, double value) {
    const Property* property = Light::schema().property(name);
    EXPECT_TRUE(write({&Light::schema(), &light}, *property, Value(value)));
    return read({&Light::schema(), &light}, *property).as_float();
  };

  EXPECT_EQ(stored("stored_shadow_soft_size", -3.0), 0.0);
  EXPECT_EQ(stored("stored_spot_blend", 7.0), 1.0);
  EXPECT_NEAR(stored("stored_spread", 100.0), 3.1415927, 1e-6);
}

}  // namespace
}  // namespace kiln
