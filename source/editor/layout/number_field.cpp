// Numbers in fields: how they are shown, typed and dragged.
#include <cmath>

#include "core/units.h"
#include "document/scene.h"
#include "editor/layout/layout.h"

namespace kiln::editor {
namespace {

UnitCategory category_of(const Property& property) {
  switch (property.unit) {
    case Unit::Length:
      return UnitCategory::Length;
    case Unit::Area:
      return UnitCategory::Area;
    case Unit::Volume:
      return UnitCategory::Volume;
    case Unit::Rotation:
      return UnitCategory::Rotation;
    case Unit::TimeAbsolute:
      return UnitCategory::TimeAbsolute;
    case Unit::Velocity:
      return UnitCategory::Velocity;
    case Unit::Acceleration:
      return UnitCategory::Acceleration;
    case Unit::Mass:
      return UnitCategory::Mass;
    case Unit::Camera:
      return UnitCategory::Camera;
    case Unit::Power:
      return UnitCategory::Power;
    case Unit::Temperature:
      return UnitCategory::Temperature;
    default:
      return UnitCategory::None;
  }
}

std::string trimmed(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    const std::size_t keep = text.find_last_not_of('0');
    text.resize(std::max(keep + 1, text.find('.') + 2));
  }
  return text == "-0.0" ? "0.0" : text;
}

}  // namespace

bool is_slider(const Property& p) {
  return (p.subtype == Subtype::Factor || p.subtype == Subtype::Percentage) &&
         std::isfinite(p.soft_min) && std::isfinite(p.soft_max) && p.soft_max > p.soft_min &&
         p.soft_max - p.soft_min <= 1e6;
}

std::string format_number(const Property& p, double value, const Scene* scene,
                          FactorDisplay shares) {
  if (p.type == PropertyType::Int) {
    return fmt::format("{}{}", std::int64_t(value),
                       p.subtype == Subtype::Percentage ? " %"
                       : p.subtype == Subtype::Pixel    ? " px"
                                                        : "");
  }
  if (std::isinf(value)) {
    return value > 0 ? "inf" : "-inf";
  }
  const UnitCategory category = category_of(p);
  const UnitSystem system =
      scene ? UnitSystem(int(scene->unit_settings.system)) : UnitSystem::Metric;
  if (category == UnitCategory::Rotation) {
    if (scene && scene->unit_settings.system_rotation == UnitSettingsSystemRotation::Radians) {
      return trimmed(value, 4);
    }
    return trimmed(value * 180.0 / 3.14159265358979323846, 2) + "°";
  }
  if (category == UnitCategory::Camera) {
    return trimmed(value, 2) + " mm";
  }
  if (category != UnitCategory::None && system != UnitSystem::None) {
    const double scale =
        category == UnitCategory::Length && scene ? double(scene->unit_settings.scale_length) : 1.0;
    return format_with_unit(
        system, category, value * scale,
        {.precision = 5, .is_split = scene && scene->unit_settings.use_separate});
  }
  if (p.subtype == Subtype::Percentage) {
    return trimmed(value, 1) + " %";
  }
  if (p.subtype == Subtype::Factor && shares == FactorDisplay::Percentage) {
    return trimmed(value * 100.0, 2) + " %";
  }
  if (value != 0.0 && (std::abs(value) < 1e-4 || std::abs(value) >= 1e7)) {
    return fmt::format("{:.4g}", value);
  }
  return trimmed(value, std::clamp(p.precision, 2, 5));
}

Result<double> parse_number(const Property& p, const std::string& text, const Scene* scene,
                            FactorDisplay shares) {
  const UnitCategory category = category_of(p);
  UnitSystem system = scene ? UnitSystem(int(scene->unit_settings.system)) : UnitSystem::Metric;
  std::string plain = text;
  for (const char* suffix : {"%", "px"}) {
    if (const std::size_t at = plain.find(suffix); at != std::string::npos) {
      plain.erase(at);
    }
  }
  if (category == UnitCategory::Rotation && scene &&
      scene->unit_settings.system_rotation == UnitSettingsSystemRotation::Radians) {
    return parse_with_unit(UnitSystem::None, UnitCategory::None, plain);
  }
  if (category == UnitCategory::Camera || category == UnitCategory::Rotation) {
    system = system == UnitSystem::None ? UnitSystem::Metric : system;
  }
  Result<double> value = parse_with_unit(system, category, plain);
  const bool is_percentage = p.subtype == Subtype::Factor && (shares == FactorDisplay::Percentage ||
                                                              text.find('%') != std::string::npos);
  if (value && p.type == PropertyType::Float && is_percentage) {
    return *value / 100.0;
  }
  if (value && category == UnitCategory::Length && scene && system != UnitSystem::None) {
    return *value / std::max(1e-9, double(scene->unit_settings.scale_length));
  }
  return value;
}

double dragged_number(const Property& p, double start, float pixels, float field_width,
                      bool is_precise, bool snaps) {
  double amount = double(pixels) * (is_precise ? 0.1 : 1.0);
  double value = start;
  double grain = 0.0;
  if (is_slider(p)) {
    value = start + amount / std::max(1.0, double(field_width)) * (p.soft_max - p.soft_min);
    grain = (p.soft_max - p.soft_min) / 20.0;
  } else if (p.type == PropertyType::Int) {
    const double range = p.soft_max - p.soft_min;
    const double per_pixel = std::isfinite(range) && range < 400.0
                                 ? std::max(0.02, range / std::max(1.0, double(field_width)) * 0.5)
                                 : 0.25;
    value = start + amount * per_pixel * std::max(1.0, double(p.step));
    grain = 10.0;
  } else {
    // The schema's step is in hundredths; angles are turned by half a degree a pixel.
    const double per_pixel =
        p.unit == Unit::Rotation
            ? 0.00872665
            : std::max(0.0001, double(p.step) * 0.01 * (p.step >= 10.0f ? 0.1 : 1.0));
    value = start + amount * per_pixel * std::max(1.0, std::abs(start) * 0.1);
    grain = p.unit == Unit::Rotation ? 0.0872664626 : 0.1;
  }
  if (snaps && grain > 0.0) {
    value = std::round(value / grain) * grain;
  }
  value = std::clamp(value, std::max(p.hard_min, std::min(p.soft_min, start)),
                     std::min(p.hard_max, std::max(p.soft_max, start)));
  return p.type == PropertyType::Int ? std::round(value) : value;
}

}  // namespace kiln::editor
