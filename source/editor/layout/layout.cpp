#include "editor/layout/layout.h"

#include <cmath>

#include "core/units.h"
#include "document/scene.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;
using Field = PlacedItem::Field;

class Placer {
public:
  Placer(const OpenPanels& open, const LayoutMeasures& measures) : open_(open), m_(measures) {}

  PlacedLayout place(const LayoutItem& root, float width) {
    out_.height = column(root, {m_.margin, m_.margin, width - 2 * m_.margin, 0}, 0) + m_.margin;
    return std::move(out_);
  }

private:
  bool is_open(const LayoutItem& panel) const {
    const auto found = open_.find(panel.identifier);
    return found == open_.end() ? panel.is_open : found->second;
  }

  // Both return where the next thing below goes.
  float column(const LayoutItem& item, LayoutRect area, int depth) {
    float y = area.y;
    for (const LayoutItem& child : item.children) {
      y = place_item(child, {area.x, y, area.width, 0}, depth) + m_.gap;
    }
    return item.children.empty() ? y : y - m_.gap;
  }

  float place_item(const LayoutItem& item, LayoutRect area, int depth) {
    switch (item.kind) {
      case Kind::Column:
        return column(item, area, depth);
      case Kind::Row: {
        float bottom = area.y;
        const float count = float(std::max<std::size_t>(1, item.children.size()));
        const float width = (area.width - m_.gap * (count - 1)) / count;
        float x = area.x;
        const bool was_in_row = std::exchange(in_row_, true);
        for (const LayoutItem& child : item.children) {
          bottom = std::max(bottom, place_item(child, {x, area.y, width, 0}, depth));
          x += width + m_.gap;
        }
        in_row_ = was_in_row;
        return bottom;
      }
      case Kind::Box: {
        const std::size_t at = out_.items.size();
        out_.items.push_back({&item, area, {}, {}, Field::None, -1, depth});
        const float bottom =
            column(item, {area.x + m_.margin, area.y + m_.margin, area.width - 2 * m_.margin, 0},
                   depth) +
            m_.margin;
        out_.items[at].rect.height = bottom - area.y;
        return bottom;
      }
      case Kind::Panel: {
        const std::size_t at = out_.items.size();
        area.height = m_.row;
        out_.items.push_back(
            {&item, area, area, item.text, Field::None, is_open(item) ? 1 : 0, depth});
        float bottom = area.y + m_.row;
        if (is_open(item)) {
          bottom =
              column(item, {area.x + m_.indent, bottom + m_.gap, area.width - 2 * m_.indent + 2, 0},
                     depth + 1) +
              m_.gap * 2;
        }
        out_.items[at].rect.height = bottom - area.y;
        return bottom;
      }
      case Kind::Label:
      case Kind::Button:
      case Kind::Menu:
        area.height = m_.row;
        out_.items.push_back({&item, area, {}, item.text, Field::None, -1, depth});
        return area.y + m_.row;
      case Kind::Separator:
        return area.y + m_.row * 0.3f;
      case Kind::Property:
        return property(item, area, depth);
    }
    return area.y;
  }

  float property(const LayoutItem& item, LayoutRect area, int depth) {
    const Property& p = *item.property;
    const std::string label = !item.text.empty() ? item.text
                              : p.label.empty()  ? p.identifier
                                                 : p.label;
    const float split = in_row_ ? 0.0f : area.width * m_.split;
    const LayoutRect left{area.x, area.y, split - 6, m_.row};
    const LayoutRect right{area.x + split, area.y, area.width - split, m_.row};
    const Field field = field_of(p);
    const std::string inside = in_row_ ? label : std::string();
    if (field == Field::Check) {
      // The label stands behind the box.
      const bool is_array = p.length > 0 && item.index < 0;
      if (is_array) {
        out_.items.push_back({&item, {}, left, label, Field::None, -1, depth});
        const float width = (right.width - m_.gap * float(p.length - 1)) / float(p.length);
        for (int i = 0; i < p.length; ++i) {
          out_.items.push_back({&item,
                                {right.x + (width + m_.gap) * float(i), area.y, width, m_.row},
                                {},
                                component_name(p, i),
                                Field::Toggle,
                                i,
                                depth});
        }
      } else {
        // Wide enough for its label.
        const float left_edge = in_row_ ? 0.0f : area.width * 0.2f;
        const LayoutRect box{area.x + left_edge, area.y, area.width - left_edge, m_.row};
        out_.items.push_back({&item,
                              box,
                              {},
                              label,
                              item.is_toggle ? Field::Toggle : Field::Check,
                              item.index,
                              depth});
      }
      return area.y + m_.row;
    }
    if (field == Field::Enum && item.is_expanded) {
      if (!in_row_) {
        out_.items.push_back({&item, {}, left, label, Field::None, -1, depth});
      }
      const float count = float(std::max<std::size_t>(1, p.items.size()));
      const float width = (right.width - (count - 1)) / count;
      for (std::size_t i = 0; i < p.items.size(); ++i) {
        out_.items.push_back({&item,
                              {right.x + (width + 1) * float(i), area.y, width, m_.row},
                              {},
                              p.items[i].label,
                              Field::EnumItem,
                              int(i),
                              depth});
      }
      return area.y + m_.row;
    }
    const bool is_vector =
        field == Field::Number && p.length > 0 && item.index < 0 && p.length <= 16;
    if (is_vector) {
      for (int i = 0; i < p.length; ++i) {
        const float y = area.y + float(i) * (m_.row + 1);
        const std::string name = component_name(p, i);
        PlacedItem placed{&item,
                          {right.x, y, right.width, m_.row},
                          {left.x, y, left.width, m_.row},
                          i == 0 ? label + " " + name : name,
                          Field::Number,
                          i,
                          depth};
        if (in_row_) {
          placed.label_rect = {};
          placed.label = name;
        }
        out_.items.push_back(std::move(placed));
      }
      return area.y + float(p.length) * (m_.row + 1) - 1;
    }
    out_.items.push_back({&item, right, in_row_ ? LayoutRect{} : left, in_row_ ? inside : label,
                          field, item.index, depth});
    return area.y + m_.row;
  }

  static std::string component_name(const Property& p, int i) {
    if (p.length > 4 || (p.length == 4 && p.subtype != Subtype::Quaternion &&
                         p.subtype != Subtype::AxisAngle && p.subtype != Subtype::Xyz)) {
      return std::to_string(i);
    }
    const bool has_w = p.subtype == Subtype::Quaternion || p.subtype == Subtype::AxisAngle;
    return std::string(1, has_w ? "WXYZ"[i] : "XYZW"[i]);
  }

  const OpenPanels& open_;
  LayoutMeasures m_;
  PlacedLayout out_;
  bool in_row_ = false;
};

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

PlacedLayout place_layout(const LayoutItem& root, float width, const OpenPanels& open,
                          const LayoutMeasures& measures) {
  return Placer(open, measures).place(root, width);
}

PlacedItem::Field field_of(const Property& p) {
  switch (p.type) {
    case PropertyType::Boolean:
      return Field::Check;
    case PropertyType::Int:
    case PropertyType::Float:
      return (p.subtype == Subtype::Color || p.subtype == Subtype::ColorGamma) &&
                     (p.length == 3 || p.length == 4)
                 ? Field::Color
                 : Field::Number;
    case PropertyType::String:
      return Field::Text;
    case PropertyType::Enum:
      return Field::Enum;
    case PropertyType::Pointer:
      return Field::Pointer;
    case PropertyType::Collection:
      break;
  }
  return Field::None;
}

bool is_slider(const Property& p) {
  return (p.subtype == Subtype::Factor || p.subtype == Subtype::Percentage) &&
         std::isfinite(p.soft_min) && std::isfinite(p.soft_max) && p.soft_max > p.soft_min &&
         p.soft_max - p.soft_min <= 1e6;
}

std::string format_number(const Property& p, double value, const Scene* scene) {
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
    return format_with_unit(system, category, value * scale, {.precision = 5});
  }
  if (p.subtype == Subtype::Percentage) {
    return trimmed(value, 1) + " %";
  }
  if (value != 0.0 && (std::abs(value) < 1e-4 || std::abs(value) >= 1e7)) {
    return fmt::format("{:.4g}", value);
  }
  return trimmed(value, std::clamp(p.precision, 2, 5));
}

Result<double> parse_number(const Property& p, const std::string& text, const Scene* scene) {
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
