#include "core/units.h"

#include <gtest/gtest.h>

namespace kiln {
namespace {

std::string length(double value, const UnitFormat& format = {}) {
  return format_with_unit(UnitSystem::Metric, UnitCategory::Length, value, format);
}

double parse(std::string_view text, UnitSystem system = UnitSystem::Metric,
             UnitCategory category = UnitCategory::Length, std::string_view reference = {}) {
  const Result<double> value = parse_with_unit(system, category, text, reference);
  EXPECT_TRUE(value) << text;
  return value ? *value : -1e30;
}

TEST(Units, TheUnitSuitsTheSize) {
  EXPECT_EQ(length(1.2345), "1.23 m");
  EXPECT_EQ(length(0.0567), "5.67 cm");
  EXPECT_EQ(length(0.00012), "0.12 mm");
  EXPECT_EQ(length(2e-6), "2 µm");
  EXPECT_EQ(length(12345.678), "12.3 km");
  EXPECT_EQ(length(0.0), "0 m");
  EXPECT_EQ(length(-0.5), "-50 cm");
}

TEST(Units, AlmostOneIsOne) {
  EXPECT_EQ(length(0.9999), "1 m");
  EXPECT_EQ(length(0.99), "99 cm");
}

TEST(Units, PrecisionIsThatOfTheDigits) {
  EXPECT_EQ(length(1.23456789, {.precision = 2}), "1.2 m");
  EXPECT_EQ(length(1.23456789, {.precision = 6}), "1.23457 m");
  EXPECT_EQ(length(1.23456789, {.precision = 100}), "1.234568 m");
  EXPECT_EQ(length(1234567.8, {.precision = -5}), "1235 km");
}

TEST(Units, SplitUnitsShareTheDigits) {
  EXPECT_EQ(length(1.2345, {.is_split = true}), "1 m 23 cm");
  EXPECT_EQ(length(12345.678, {.is_split = true}), "12 km 346 m");
  EXPECT_EQ(length(0.25, {.is_split = true}), "25 cm");
  EXPECT_EQ(
      format_with_unit(UnitSystem::Imperial, UnitCategory::Length, 1.2345, {.is_split = true}),
      "4' 602 thou");
  EXPECT_EQ(format_with_unit(UnitSystem::Metric, UnitCategory::Area, 1.2345, {.is_split = true}),
            "1.23 m²");
}

TEST(Units, CompatibleNamesAreTypedEasily) {
  EXPECT_EQ(format_with_unit(UnitSystem::Metric, UnitCategory::Area, 2.0, {.is_compatible = true}),
            "2 m2");
  EXPECT_EQ(
      format_with_unit(UnitSystem::Metric, UnitCategory::Rotation, 1.0, {.is_compatible = true}),
      "57.3d");
}

TEST(Units, WithoutASystemThereIsTheNumber) {
  EXPECT_EQ(format_with_unit(UnitSystem::None, UnitCategory::Length, 1.5), "1.5");
  EXPECT_EQ(parse("1.5 + 2", UnitSystem::None), 3.5);
}

TEST(Units, PlainNumbersCountInTheReferenceUnit) {
  const auto parse_in = [](const char* text, const char* reference) {
    return parse_with_unit(UnitSystem::Metric, UnitCategory::Length, text, reference).value();
  };
  EXPECT_NEAR(parse_in("3", "10mm"), 0.003, 1e-12);
  EXPECT_NEAR(parse_in("3", " mm"), 0.003, 1e-12);
  EXPECT_NEAR(parse_in("3", "kilometers"), 3000.0, 1e-9);
  EXPECT_NEAR(parse_in("3", "ft"), 3.0, 1e-12);  // not of the system
  EXPECT_NEAR(parse_in("3m", "mm"), 3.0, 1e-12);
  EXPECT_NEAR(parse_in("3", "nothing"), 3.0, 1e-12);
}

TEST(Units, QuantitiesInARowAreAdded) {
  EXPECT_NEAR(parse("1m 20cm 3mm"), 1.203, 1e-12);
  EXPECT_NEAR(parse("1m20cm"), 1.2, 1e-12);
  EXPECT_NEAR(parse("1' 6\""), 0.4572, 1e-12);
  EXPECT_NEAR(parse("2 * 1m 20cm"), 2.2, 1e-12);
  EXPECT_NEAR(parse("1,5"), 6.0, 1e-12);
}

TEST(Units, PlainNumbersCountInTheLargestUnitThere) {
  EXPECT_NEAR(parse("2*3cm + 1"), 0.07, 1e-12);
  EXPECT_NEAR(parse("10m 5"), 15.0, 1e-12);
  EXPECT_NEAR(parse("5", UnitSystem::Metric, UnitCategory::Length, "2cm"), 0.05, 1e-12);
  EXPECT_NEAR(parse("2", UnitSystem::Imperial), 0.6096, 1e-12);
  EXPECT_NEAR(parse("90", UnitSystem::Metric, UnitCategory::Rotation), 1.5707963267948966, 1e-12);
}

TEST(Units, UnitsOfOtherSystemsAreUnderstood) {
  EXPECT_NEAR(parse("5ft"), 1.524, 1e-12);
  EXPECT_NEAR(parse("2m", UnitSystem::Imperial), 2.0, 1e-12);
  EXPECT_NEAR(parse("5 square meters", UnitSystem::Metric, UnitCategory::Area), 5.0, 1e-12);
}

TEST(Units, TheRightCaseComesFirst) {
  EXPECT_NEAR(parse("5 MW", UnitSystem::Metric, UnitCategory::Power), 5e6, 1e-3);
  EXPECT_NEAR(parse("5 mW", UnitSystem::Metric, UnitCategory::Power), 5e-3, 1e-12);
  EXPECT_NEAR(parse("5 CM"), 0.05, 1e-12);
}

TEST(Units, TemperaturesHaveAnOrigin) {
  EXPECT_NEAR(parse("20 C + 1", UnitSystem::Metric, UnitCategory::Temperature), 294.15, 1e-9);
  EXPECT_NEAR(parse("68", UnitSystem::Imperial, UnitCategory::Temperature), 293.15, 1e-9);
  EXPECT_EQ(format_with_unit(UnitSystem::Imperial, UnitCategory::Temperature, 293.15), "68 °F");
}

TEST(Units, ArithmeticFollowsMathematics) {
  EXPECT_NEAR(parse("sin(pi/2)"), 1.0, 1e-12);
  EXPECT_NEAR(parse("sqrt(4)cm"), 0.02, 1e-12);
  EXPECT_NEAR(parse("(1m + 2cm) * 3"), 3.06, 1e-12);
  EXPECT_NEAR(parse("-2**2"), -4.0, 1e-12);
  EXPECT_NEAR(parse("2**-1"), 0.5, 1e-12);
  EXPECT_NEAR(parse("10 // 4 + 10 % 4"), 4.0, 1e-12);
  EXPECT_NEAR(parse("max(1, 2, atan2(1, 1))"), 2.0, 1e-12);
  EXPECT_NEAR(parse("1e-3m + .5"), 0.501, 1e-12);
}

TEST(Units, WhatIsWrittenIsReadBack) {
  for (int system = 0; system < unit_system_count; ++system) {
    for (int category = 1; category < unit_category_count; ++category) {
      for (const double value : {0.0, 1.5, -0.25, 3.0e-5, 12345.0, 400.0}) {
        for (const bool is_split : {false, true}) {
          const std::string text = format_with_unit(UnitSystem(system), UnitCategory(category),
                                                    value, {.precision = 12, .is_split = is_split});
          EXPECT_NEAR(parse(text, UnitSystem(system), UnitCategory(category)), value,
                      1e-5 * std::abs(value) + 1e-6)
              << text;
        }
      }
    }
  }
}

TEST(Units, EmptyAndInfiniteAreZero) {
  EXPECT_EQ(parse(""), 0.0);
  EXPECT_EQ(parse("   "), 0.0);
  EXPECT_EQ(parse("1e999"), 0.0);
  EXPECT_EQ(parse("log(0)"), 0.0);
}

TEST(Units, NonsenseIsAnError) {
  for (const char* text : {"nonsense",
                           "m",
                           "5 +",
                           "(5",
                           "5)",
                           "1 2",
                           "5foo",
                           "1/0",
                           "1m**2",
                           "sin",
                           "sin()",
                           "atan2(1)",
                           "__import__('os')",
                           "lambda: 1",
                           "5;6",
                           "1.5.5",
                           ".",
                           "--",
                           "5 nm",
                           "\xff",
                           "5 \xc2"}) {
    EXPECT_FALSE(parse_with_unit(UnitSystem::Metric, UnitCategory::Length, text)) << text;
  }
}

TEST(Units, DeepNestingIsAnErrorAndNoCrash) {
  for (const char* part : {"(", "-", "2**", "sin(", "1+("}) {
    std::string text;
    for (int i = 0; i < 100000; ++i) {
      text += part;
    }
    EXPECT_FALSE(parse_with_unit(UnitSystem::Metric, UnitCategory::Length, text));
  }
}

}  // namespace
}  // namespace kiln
