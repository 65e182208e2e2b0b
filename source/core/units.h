#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace kiln {

/// Named as in `bpy.utils.units.systems`.
enum class UnitSystem : std::uint8_t { None, Metric, Imperial };
constexpr int unit_system_count = 3;

/// Named as in `bpy.utils.units.categories`; in brackets what a value is counted in.
enum class UnitCategory : std::uint8_t {
  None,
  Length,        ///< [m]
  Area,          ///< [m2]
  Volume,        ///< [m3]
  Mass,          ///< [kg]
  Rotation,      ///< [rad]
  Time,          ///< [s]
  TimeAbsolute,  ///< [s], never split into several units
  Velocity,      ///< [m/s]
  Acceleration,  ///< [m/s2]
  Camera,        ///< [mm]
  Power,         ///< [W]
  Temperature,   ///< [K]
};
constexpr int unit_category_count = 13;

struct UnitFormat {
  int precision = 3;      ///< significant digits; whole digits are all shown, decimals up to 6
  bool is_split = false;  ///< "1 m 23 cm" rather than "1.23 m", where the category has such units
  bool is_compatible = false;  ///< names that are easy to type: "m2" rather than "m²"
};

/// A value as text in the unit that suits its size; without a unit where system and category have
/// none.
std::string format_with_unit(UnitSystem system, UnitCategory category, double value,
                             const UnitFormat& format = {});

/// The value of a text such as `2m`, `1' 6"`, `2*3cm + 1` or `sin(pi/2)`; 0 for an empty one and
/// where the result is not finite.
///
/// Units stand behind numbers and brackets; quantities in a row are added. Numbers without a unit
/// count in the largest unit of the system that the text has, else in that of `reference` (a quantity, or
/// a unit alone), else in
/// the usual one (metres, feet, degrees). Operators are
/// + - * / // % **, a comma adds; functions and constants are those of mathematics. Units of all
/// systems are known, by their names, plurals and abbreviations.
Result<double> parse_with_unit(UnitSystem system, UnitCategory category, std::string_view text,
                               std::string_view reference = {});

}  // namespace kiln
