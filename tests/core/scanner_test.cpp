#include "core/scanner.h"

#include <cmath>
#include <cstdlib>

#include <gtest/gtest.h>

namespace kiln {
namespace {

float number(std::string_view text) {
  Scanner scanner(text);
  float value = -12345.0f;
  EXPECT_TRUE(scanner.number(&value)) << text;
  return value;
}

TEST(Scanner, ReadsNumbersAsTheStandardLibraryDoes) {
  for (const char* text : {"0", "1", "-1", "+2.5", ".5", "5.", "-0.000001", "123456.789", "1e10",
                           "1.5E-7", "3.4028234e38", "0.1234567890123456789012345", "16777217",
                           "9007199254740993", "1e-45", "0.3333333333333333333"}) {
    EXPECT_EQ(number(text), std::strtof(text, nullptr)) << text;
  }
  EXPECT_EQ(number("1e60"), INFINITY);
  EXPECT_EQ(number("-1e60"), -INFINITY);
  EXPECT_EQ(number("1e-60"), 0.0f);
  EXPECT_TRUE(std::isnan(number("nan")));
}

TEST(Scanner, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "-", ".", "e5", "x", "--1"}) {
    float value = 0.0f;
    EXPECT_FALSE(Scanner(text).number(&value)) << text;
  }
  int integer = 0;
  EXPECT_FALSE(Scanner("99999999999").integer(&integer));
  EXPECT_FALSE(Scanner("-").integer(&integer));
}

TEST(Scanner, TakesWordsAndWhatIsLeft) {
  Scanner scanner("  one\ttwo  the rest of it \r");

  EXPECT_EQ(scanner.word(), "one");
  EXPECT_EQ(scanner.word(), "two");
  EXPECT_EQ(scanner.rest(), "the rest of it");
  EXPECT_TRUE(scanner.at_end());
}

}  // namespace
}  // namespace kiln
