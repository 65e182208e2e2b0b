#include "core/unit_tables.h"

#include <numbers>

namespace kiln {
namespace {

// Sizes of imperial units: International Yard and Pound Agreement, 1959; hundredweights and tons
// are the short ones of the United States.
constexpr double inch = 0.0254, foot = 12 * inch, yard = 3 * foot, chain = 22 * yard,
                 furlong = 10 * chain, mile = 8 * furlong, thousandth = inch / 1000;
constexpr double pound = 0.45359237;
constexpr double degree = std::numbers::pi / 180.0;

constexpr double squared(double length) {
  return length * length;
}
constexpr double cubed(double length) {
  return length * length * length;
}

constexpr Unit metric_lengths[] = {
    {"kilometer", "kilometers", "km", "km", "", 1e3},
    {"hectometer", "hectometers", "hm", "hm", "", 1e2, 0, false},
    {"dekameter", "dekameters", "dam", "dam", "", 1e1, 0, false},
    {"meter", "meters", "m", "m", "", 1.0},
    {"decimeter", "decimeters", "dm", "dm", "", 1e-1, 0, false},
    {"centimeter", "centimeters", "cm", "cm", "", 1e-2},
    {"millimeter", "millimeters", "mm", "mm", "", 1e-3, 0, true, false, 0.0999},
    {"micrometer", "micrometers", "µm", "um", "", 1e-6},
};
constexpr Unit imperial_lengths[] = {
    {"mile", "miles", "mi", "mi", "", mile},
    {"furlong", "furlongs", "fur", "fur", "", furlong, 0, false},
    {"chain", "chains", "ch", "ch", "", chain, 0, false},
    {"yard", "yards", "yd", "yd", "", yard, 0, false},
    {"foot", "feet", "'", "ft", "", foot, 0, true, true},
    {"inch", "inches", "\"", "in", "", inch, 0, true, true},
    {"thou", "thou", "thou", "mil", "", thousandth},
};
constexpr Unit metric_areas[] = {
    {"square kilometer", "square kilometers", "km²", "km2", "", squared(1e3)},
    {"square hectometer", "square hectometers", "hm²", "hm2", "", squared(1e2), 0, false},
    {"square dekameter", "square dekameters", "dam²", "dam2", "", squared(1e1), 0, false},
    {"square meter", "square meters", "m²", "m2", "", 1.0},
    {"square decimeter", "square decimeters", "dm²", "dm2", "", squared(1e-1), 0, false},
    {"square centimeter", "square centimeters", "cm²", "cm2", "", squared(1e-2)},
    {"square millimeter", "square millimeters", "mm²", "mm2", "", squared(1e-3), 0, true, false,
     0.0999},
    {"square micrometer", "square micrometers", "µm²", "um2", "", squared(1e-6)},
};
constexpr Unit imperial_areas[] = {
    {"square mile", "square miles", "sq mi", "sq m", "", squared(mile)},
    {"square furlong", "square furlongs", "sq fur", "sq fur", "", squared(furlong), 0, false},
    {"square chain", "square chains", "sq ch", "sq ch", "", squared(chain), 0, false},
    {"square yard", "square yards", "sq yd", "sq yd", "", squared(yard)},
    {"square foot", "square feet", "sq ft", "sq ft", "", squared(foot)},
    {"square inch", "square inches", "sq in", "sq in", "", squared(inch)},
    {"square thou", "square thou", "sq mil", "sq mil", "", squared(thousandth)},
};
constexpr Unit metric_volumes[] = {
    {"cubic kilometer", "cubic kilometers", "km³", "km3", "", cubed(1e3)},
    {"cubic hectometer", "cubic hectometers", "hm³", "hm3", "", cubed(1e2), 0, false},
    {"cubic dekameter", "cubic dekameters", "dam³", "dam3", "", cubed(1e1), 0, false},
    {"cubic meter", "cubic meters", "m³", "m3", "", 1.0},
    {"cubic decimeter", "cubic decimeters", "dm³", "dm3", "", cubed(1e-1), 0, false},
    {"cubic centimeter", "cubic centimeters", "cm³", "cm3", "", cubed(1e-2)},
    {"cubic millimeter", "cubic millimeters", "mm³", "mm3", "", cubed(1e-3), 0, true, false,
     0.0999},
    {"cubic micrometer", "cubic micrometers", "µm³", "um3", "", cubed(1e-6)},
};
constexpr Unit imperial_volumes[] = {
    {"cubic mile", "cubic miles", "cu mi", "cu m", "", cubed(mile)},
    {"cubic furlong", "cubic furlongs", "cu fur", "cu fur", "", cubed(furlong), 0, false},
    {"cubic chain", "cubic chains", "cu ch", "cu ch", "", cubed(chain), 0, false},
    {"cubic yard", "cubic yards", "cu yd", "cu yd", "", cubed(yard)},
    {"cubic foot", "cubic feet", "cu ft", "cu ft", "", cubed(foot)},
    {"cubic inch", "cubic inches", "cu in", "cu in", "", cubed(inch)},
    {"cubic thou", "cubic thou", "cu mil", "cu mil", "", cubed(thousandth)},
};
constexpr Unit metric_masses[] = {
    {"ton", "tonnes", "ton", "t", "tonne", 1e3},
    {"quintal", "quintals", "ql", "q", "", 1e2, 0, false},
    {"kilogram", "kilograms", "kg", "kg", "", 1.0},
    {"hectogram", "hectograms", "hg", "hg", "", 1e-1, 0, false},
    {"dekagram", "dekagrams", "dag", "dag", "", 1e-2, 0, false},
    {"gram", "grams", "g", "g", "", 1e-3},
    {"milligram", "milligrams", "mg", "mg", "", 1e-6},
};
constexpr Unit imperial_masses[] = {
    {"ton", "tonnes", "ton", "t", "tons", 2000 * pound},
    {"centum weight", "centum weights", "cwt", "cwt", "", 100 * pound},
    {"stone", "stones", "st", "st", "", 14 * pound},
    {"pound", "pounds", "lb", "lb", "", pound},
    {"ounce", "ounces", "oz", "oz", "", pound / 16},
};
constexpr Unit rotations[] = {
    {"radian", "radians", "r", "r", "", 1.0, 0, false},
    {"degree", "degrees", "°", "d", "", degree, 0, true, true, 0.0},
    {"arcminute", "arcminutes", "'", "'", "", degree / 60, 0, false, true},
    {"arcsecond", "arcseconds", "\"", "\"", "", degree / 3600, 0, false, true},
};
constexpr Unit times[] = {
    {"day", "days", "d", "d", "", 86400.0},
    {"hour", "hours", "hr", "h", "", 3600.0},
    {"minute", "minutes", "min", "m", "", 60.0},
    {"second", "seconds", "sec", "s", "", 1.0},
    {"millisecond", "milliseconds", "ms", "ms", "", 1e-3},
    {"microsecond", "microseconds", "µs", "us", "", 1e-6},
};
constexpr Unit metric_velocities[] = {
    {"meter per second", "meters per second", "m/s", "m/s", "", 1.0, 0, true, false, 0.0},
    {"kilometer per hour", "kilometers per hour", "km/h", "km/h", "", 1.0 / 3.6, 0, false},
};
constexpr Unit imperial_velocities[] = {
    {"mile per hour", "miles per hour", "mph", "mph", "", mile / 3600, 0, false},
    {"foot per second", "feet per second", "ft/s", "fps", "", foot, 0, true, false, 0.0},
};
constexpr Unit metric_accelerations[] = {
    {"meter per second squared", "meters per second squared", "m/s²", "m/s2", "", 1.0, 0, true,
     false, 0.0},
};
constexpr Unit imperial_accelerations[] = {
    {"foot per second squared", "feet per second squared", "ft/s²", "ft/s2", "", foot, 0, true,
     false, 0.0},
};
constexpr Unit camera_lengths[] = {
    {"meter", "meters", "m", "m", "", 1e3},
    {"decimeter", "decimeters", "dm", "dm", "", 1e2, 0, false},
    {"centimeter", "centimeters", "cm", "cm", "", 1e1, 0, false},
    {"millimeter", "millimeters", "mm", "mm", "", 1.0, 0, true, false, 0.0},
    {"micrometer", "micrometers", "µm", "um", "", 1e-3, 0, false},
};
constexpr Unit powers[] = {
    {"gigawatt", "gigawatts", "GW", "GW", "", 1e9},
    {"megawatt", "megawatts", "MW", "MW", "", 1e6},
    {"kilowatt", "kilowatts", "kW", "kW", "", 1e3, 0, false},
    {"watt", "watts", "W", "W", "", 1.0},
    {"milliwatt", "milliwatts", "mW", "mW", "", 1e-3},
    {"microwatt", "microwatts", "µW", "uW", "", 1e-6},
    {"nanowatt", "nanowatts", "nW", "nW", "", 1e-9},
};
constexpr Unit metric_temperatures[] = {
    {"kelvin", "kelvin", "K", "K", "", 1.0, 0, true, false, 0.0},
    {"celsius", "celsius", "°C", "C", "", 1.0, 273.15, false},
};
constexpr Unit imperial_temperatures[] = {
    {"kelvin", "kelvin", "K", "K", "", 1.0, 0, false},
    {"fahrenheit", "fahrenheit", "°F", "F", "", 5.0 / 9.0, 459.67},
};

constexpr UnitTable none = {};
// In the order of UnitCategory; in the system NONE there are those that no system changes.
constexpr UnitTable shared_tables[unit_category_count] = {
    none, none, none, none, none, {rotations, 1}, {times, 3, true}, {times, 3},
    none, none, none, none, none};
constexpr UnitTable metric_tables[unit_category_count] = {none,
                                                          {metric_lengths, 3, true},
                                                          {metric_areas, 3},
                                                          {metric_volumes, 3},
                                                          {metric_masses, 2, true},
                                                          {rotations, 1},
                                                          {times, 3, true},
                                                          {times, 3},
                                                          {metric_velocities, 0},
                                                          {metric_accelerations, 0},
                                                          {camera_lengths, 3, true},
                                                          {powers, 3},
                                                          {metric_temperatures, 0}};
constexpr UnitTable imperial_tables[unit_category_count] = {none,
                                                            {imperial_lengths, 4, true},
                                                            {imperial_areas, 4},
                                                            {imperial_volumes, 4},
                                                            {imperial_masses, 3, true},
                                                            {rotations, 1},
                                                            {times, 3, true},
                                                            {times, 3},
                                                            {imperial_velocities, 1},
                                                            {imperial_accelerations, 0},
                                                            {camera_lengths, 3, true},
                                                            {powers, 3},
                                                            {imperial_temperatures, 1}};

}  // namespace

const UnitTable& unit_table(UnitSystem system, UnitCategory category) {
  switch (system) {
    case UnitSystem::Metric:
      return metric_tables[int(category)];
    case UnitSystem::Imperial:
      return imperial_tables[int(category)];
    case UnitSystem::None:
      break;
  }
  return shared_tables[int(category)];
}

}  // namespace kiln
