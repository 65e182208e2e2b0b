#include "document/color_ramp.h"

#include "core/schema/registry.h"

namespace kiln {
namespace {

float saturate(float x) {
  return std::clamp(x, 0.0f, 1.0f);
}

/// Hue, saturation and value. Smith, "Color gamut transform pairs", SIGGRAPH 1978.
float3 to_hsv(float4 c) {
  const float most = std::max({c.x, c.y, c.z}), least = std::min({c.x, c.y, c.z}),
              span = most - least;
  if (most <= 0.0f || span <= 0.0f) {
    return {0.0f, 0.0f, most};
  }
  const float h = most == c.x   ? (c.y - c.z) / span
                  : most == c.y ? 2.0f + (c.z - c.x) / span
                                : 4.0f + (c.x - c.y) / span;
  return {h < 0.0f ? h / 6.0f + 1.0f : h / 6.0f, span / most, most};
}

float3 to_hsl(float4 c) {
  const float most = std::max({c.x, c.y, c.z}), least = std::min({c.x, c.y, c.z}),
              span = most - least;
  const float l = 0.5f * (most + least);
  if (span <= 0.0f) {
    return {0.0f, 0.0f, l};
  }
  return {to_hsv(c).x, l > 0.5f ? span / (2.0f - most - least) : span / (most + least), l};
}

/// A pure hue.
float3 hue_color(float h) {
  return {saturate(std::abs(h * 6.0f - 3.0f) - 1.0f), saturate(2.0f - std::abs(h * 6.0f - 2.0f)),
          saturate(2.0f - std::abs(h * 6.0f - 4.0f))};
}

float3 from_hsv(float3 c) {
  return (hue_color(c.x) * c.y + float3{1, 1, 1} * (1.0f - c.y)) * c.z;
}
float3 from_hsl(float3 c) {
  const float chroma = (1.0f - std::abs(2.0f * c.z - 1.0f)) * c.y;
  return (hue_color(c.x) - float3{0.5f, 0.5f, 0.5f}) * chroma + float3{c.z, c.z, c.z};
}

float mix_hue(float a, float b, float t, ColorRampHue way) {
  float d = b - a;
  const bool is_ahead = d >= 0.0f;
  switch (way) {
    case ColorRampHue::Near:
      d -= d > 0.5f ? 1.0f : d < -0.5f ? -1.0f : 0.0f;
      break;
    case ColorRampHue::Far:
      if (is_ahead && d < 0.5f) {
        d -= 1.0f;
      } else if (!is_ahead && d > -0.5f) {
        d += 1.0f;
      }
      break;
    case ColorRampHue::CounterClockwise:
      d += is_ahead ? 0.0f : 1.0f;
      break;
    case ColorRampHue::Clockwise:
      d -= d > 0.0f ? 1.0f : 0.0f;
      break;
  }
  const float h = a + d * t;
  return h - std::floor(h);
}

float4 mix(const ColorRamp& ramp, float4 a, float4 b, float t) {
  if (ramp.color_mode == ColorRampMode::Rgb) {
    return a * (1.0f - t) + b * t;
  }
  const bool is_hsv = ramp.color_mode == ColorRampMode::Hsv;
  const float3 x = is_hsv ? to_hsv(a) : to_hsl(a), y = is_hsv ? to_hsv(b) : to_hsl(b);
  const float3 mixed{mix_hue(x.x, y.x, t, ramp.hue_interpolation), lerp(x.y, y.y, t),
                     lerp(x.z, y.z, t)};
  const float3 c = is_hsv ? from_hsv(mixed) : from_hsl(mixed);
  return {c.x, c.y, c.z, lerp(a.w, b.w, t)};
}

/// Weights of four neighbouring elements on a spline.
std::array<float, 4> spline_weights(float t, ColorRampInterpolation kind) {
  const float t2 = t * t, t3 = t2 * t;
  if (kind == ColorRampInterpolation::Cardinal) {
    constexpr float f = 0.71f;
    return {-f * t3 + 2.0f * f * t2 - f * t, (2.0f - f) * t3 + (f - 3.0f) * t2 + 1.0f,
            (f - 2.0f) * t3 + (3.0f - 2.0f * f) * t2 + f * t, f * t3 - f * t2};
  }
  return {(1.0f - 3.0f * t + 3.0f * t2 - t3) / 6.0f, (4.0f - 6.0f * t2 + 3.0f * t3) / 6.0f,
          (1.0f + 3.0f * t + 3.0f * t2 - 3.0f * t3) / 6.0f, t3 / 6.0f};
}

const Schema& elements_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ColorRamp> s("ColorRampElements", "Color Ramp Elements");
    s.add_function(
        "new",
        {parameter(PropertyType::Float, "position", "Position",
                   [](PropertyBuilder& p) { p.required().range(0, 1); }),
         parameter(PropertyType::Pointer, "element", "",
                   [](PropertyBuilder& p) { p.output().target(&ColorRampElement::schema); })},
        [](const Call& call) -> Result<Value> {
          if (call.target.as<ColorRamp>().elements.size() >= max_color_ramp_elements) {
            return Error::invalid("Unable to add element to colorband (limit {})",
                                  max_color_ramp_elements);
          }
          Handle handle = call.self;
          auto& ramp = call.edit(Change::Shading).as<ColorRamp>();
          ColorRampElement element;
          element.position = float(call.values[0].as_float());
          element.color = ramp.evaluate(element.position);
          ramp.elements.add(element);
          const ItemId id = ramp.elements.id(ramp.elements.size() - 1);
          ramp.sort();
          handle.steps.push_back(PathStep{ColorRamp::schema().property("elements"), id});
          return Value(std::move(handle));
        });
    s.add_function(
        "remove",
        {parameter(PropertyType::Pointer, "element", "",
                   [](PropertyBuilder& p) {
                     p.required().never_none().target(&ColorRampElement::schema);
                   })},
        [](const Call& call) -> Result<Value> {
          const auto& steps = call.values[0].as_handle().steps;
          const auto& ramp = call.target.as<ColorRamp>();
          const std::int64_t at = steps.empty() ? -1 : ramp.elements.index_of(steps.back().item);
          if (at < 0 || ramp.elements.size() < 2) {
            return Error::invalid("Element not found in element collection or last element");
          }
          call.edit(Change::Shading).as<ColorRamp>().elements.remove(at);
          return Value();
        });
    return s.build();
  }();
  return schema;
}

}  // namespace

ColorRamp::ColorRamp() {
  elements.add(ColorRampElement{0.0f, {0, 0, 0, 1}});
  elements.add(ColorRampElement{1.0f, {1, 1, 1, 1}});
}

void ColorRamp::sort() {
  for (std::int64_t i = 1; i < elements.size(); ++i) {
    std::int64_t to = i;
    while (to > 0 && elements[to - 1].position > elements[i].position) {
      --to;
    }
    if (to != i) {
      elements.move(i, to);
    }
  }
}

float4 ColorRamp::evaluate(float position) const {
  const std::int64_t count = elements.size();
  if (count == 0) {
    return {};
  }
  if (count == 1) {
    return elements[0].color;
  }
  std::int64_t next = 0;
  while (next < count && elements[next].position <= position) {
    ++next;
  }
  const bool is_spline = interpolation == ColorRampInterpolation::BSpline ||
                         interpolation == ColorRampInterpolation::Cardinal;
  if (!is_spline) {
    if (next == 0) {
      return elements[0].color;
    }
    if (next == count || interpolation == ColorRampInterpolation::Constant) {
      return elements[next - 1].color;
    }
  }
  // The ends are repeated at the borders.
  const ColorRampElement left =
      next > 0 ? elements[next - 1] : ColorRampElement{0.0f, elements[0].color};
  const ColorRampElement right =
      next < count ? elements[next] : ColorRampElement{1.0f, elements[count - 1].color};
  const float span = right.position - left.position;
  float t = span != 0.0f ? saturate((position - left.position) / span) : next < count ? 0.0f : 1.0f;
  if (!is_spline) {
    if (interpolation == ColorRampInterpolation::Ease) {
      t = t * t * (3.0f - 2.0f * t);
    }
    return mix(*this, left.color, right.color, t);
  }
  const float4 before = next >= 2 ? elements[next - 2].color : left.color;
  const float4 after = next + 1 < count ? elements[next + 1].color : right.color;
  const std::array<float, 4> w = spline_weights(t, interpolation);
  const float4 c = before * w[0] + left.color * w[1] + right.color * w[2] + after * w[3];
  return {saturate(c.x), saturate(c.y), saturate(c.z), saturate(c.w)};
}

const Schema& ColorRampElement::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ColorRampElement> s("ColorRampElement", "Color Ramp Element");
    s.add<&ColorRampElement::color>("color", "Color")
        .subtype(Subtype::Color)
        .range(0, infinity)
        .soft(0, 1)
        .default_value(Value::Numbers{0, 0, 0, 0})
        .changes(Change::Shading);
    s.add_computed(
         PropertyType::Float, "alpha", "Alpha",
         [](const ConstRef& r) { return Value(double(r.as<ColorRampElement>().color.w)); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<ColorRampElement>().color.w = float(v.as_float());
           return {};
         })
        .subtype(Subtype::Color)
        .range(0, infinity)
        .soft(0, 1)
        .default_value(0.0)
        .changes(Change::Shading);
    s.add<&ColorRampElement::position>("position", "Position")
        .range(0, 1)
        .step(1)
        .changes(Change::Shading);
    return s.build();
  }();
  return schema;
}

const Schema& ColorRamp::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ColorRamp> s("ColorRamp", "Color Ramp");
    s.add<&ColorRamp::elements>("elements", "Elements")
        .subtype(Subtype::Color)
        .not_animatable()
        .collection_schema(&elements_schema);
    s.add<&ColorRamp::interpolation>("interpolation", "Interpolation")
        .items({{"EASE", "Ease", 1},
                {"CARDINAL", "Cardinal", 3},
                {"LINEAR", "Linear", 0},
                {"B_SPLINE", "B-Spline", 2},
                {"CONSTANT", "Constant", 4}})
        .changes(Change::Shading);
    s.add<&ColorRamp::hue_interpolation>("hue_interpolation", "Color Interpolation")
        .items({{"NEAR", "Near", 0},
                {"FAR", "Far", 1},
                {"CW", "Clockwise", 2},
                {"CCW", "Counter-Clockwise", 3}})
        .changes(Change::Shading);
    s.add<&ColorRamp::color_mode>("color_mode", "Color Mode")
        .items({{"RGB", "RGB", 0}, {"HSV", "HSV", 1}, {"HSL", "HSL", 2}})
        .changes(Change::Shading);
    s.add_function(
        "evaluate",
        {parameter(PropertyType::Float, "position", "Position",
                   [](PropertyBuilder& p) { p.required().range(0, 1).step(1).default_value(1.0); }),
         parameter(
             PropertyType::Float, "color", "Color",
             [](PropertyBuilder& p) { p.output().array(4).subtype(Subtype::Color).step(1); })},
        [](const Call& call) -> Result<Value> {
          const float4 c = call.target.as<ColorRamp>().evaluate(float(call.values[0].as_float()));
          return Value(Value::Numbers{c.x, c.y, c.z, c.w});
        });
    return s.build();
  }();
  return schema;
}

void register_color_ramp(Registry& registry) {
  registry.add(ColorRampElement::schema());
  registry.add(ColorRamp::schema());
  registry.add(elements_schema());
}

}  // namespace kiln
