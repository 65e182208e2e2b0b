#include "render/shading/color.h"
#include "render/shading/compiler.h"
#include "render/shading/sampling.h"

namespace kiln::render::shading {
namespace {

constexpr int table_size = 256;

struct Table {
  std::array<float4, table_size> colors;
  bool is_stepped = false;
};

float mix_hue(float a, float b, float t, const std::string& way) {
  float d = b - a;
  if (way == "NEAR") {
    d -= std::floor(d + 0.5f);
  } else if (way == "FAR") {
    d -= std::floor(d + 0.5f);
    if (d != 0.0f) {
      d += d > 0.0f ? -1.0f : 1.0f;
    }
  } else if (way == "CW") {
    d -= std::ceil(d);
  } else {
    d -= std::floor(d);
  }
  const float h = a + d * t;
  return h - std::floor(h);
}

float4 mix_stops(const ColorRamp& ramp, float4 a, float4 b, float t) {
  if (ramp.color_mode == "RGB") {
    return a * (1.0f - t) + b * t;
  }
  const bool is_hsv = ramp.color_mode == "HSV";
  const float3 x = is_hsv ? rgb_to_hsv(xyz(a)) : rgb_to_hsl(xyz(a));
  const float3 y = is_hsv ? rgb_to_hsv(xyz(b)) : rgb_to_hsl(xyz(b));
  // Greys take the hue of the other end.
  const float from = x.y == 0.0f ? y.x : x.x, to = y.y == 0.0f ? x.x : y.x;
  const float3 mixed{mix_hue(from, to, t, ramp.hue_interpolation), lerp(x.y, y.y, t),
                     lerp(x.z, y.z, t)};
  const float3 c = is_hsv ? hsv_to_rgb(mixed) : hsl_to_rgb(mixed);
  return {c.x, c.y, c.z, lerp(a.w, b.w, t)};
}

/// The colour of the ramp at `at`.
float4 evaluate(const ColorRamp& ramp, float at) {
  const std::vector<ColorRamp::Stop>& stops = ramp.stops;
  const int count = int(stops.size());
  if (count == 0) {
    return {};
  }
  int next = 0;
  while (next < count && stops[next].position <= at) {
    ++next;
  }
  const bool is_spline = ramp.interpolation == "CARDINAL" || ramp.interpolation == "B_SPLINE";
  if (count == 1) {
    return stops[0].color;
  }
  if (!is_spline) {
    if (next == 0) {
      return stops.front().color;
    }
    if (next == count || ramp.interpolation == "CONSTANT") {
      return stops[next - 1].color;
    }
  }
  // Ends are repeated at the borders of the ramp.
  ColorRamp::Stop left = next > 0 ? stops[next - 1] : ColorRamp::Stop{0.0f, stops.front().color};
  ColorRamp::Stop right = next < count ? stops[next] : ColorRamp::Stop{1.0f, stops.back().color};
  const float span = right.position - left.position;
  float t = span != 0.0f ? saturate((at - left.position) / span) : (next < count ? 0.0f : 1.0f);
  if (!is_spline) {
    if (ramp.interpolation == "EASE") {
      t = t * t * (3.0f - 2.0f * t);
    }
    return mix_stops(ramp, left.color, right.color, t);
  }
  const float4 before = next >= 2 ? stops[next - 2].color : left.color;
  const float4 after = next + 1 < count ? stops[next + 1].color : right.color;
  float w[4];
  const float t2 = t * t, t3 = t2 * t;
  if (ramp.interpolation == "CARDINAL") {
    constexpr float f = 0.71f;
    w[0] = -f * t3 + 2.0f * f * t2 - f * t;
    w[1] = (2.0f - f) * t3 + (f - 3.0f) * t2 + 1.0f;
    w[2] = (f - 2.0f) * t3 + (3.0f - 2.0f * f) * t2 + f * t;
    w[3] = f * t3 - f * t2;
  } else {
    w[0] = (1.0f - 3.0f * t + 3.0f * t2 - t3) / 6.0f;
    w[1] = (4.0f - 6.0f * t2 + 3.0f * t3) / 6.0f;
    w[2] = (1.0f + 3.0f * t + 3.0f * t2 - 3.0f * t3) / 6.0f;
    w[3] = t3 / 6.0f;
  }
  const float4 c = before * w[0] + left.color * w[1] + right.color * w[2] + after * w[3];
  return {saturate(c.x), saturate(c.y), saturate(c.z), saturate(c.w)};
}

void kernel(const KernelCall& call) {
  const Table& table = call.get<Table>();
  for (int i = 0; i < call.count; ++i) {
    const float at = saturate(call.in(0)[i]) * (table_size - 1);
    const int k = std::min(int(at), table_size - 1);
    const float t = at - float(k);
    float4 c = table.colors[k];
    if (!table.is_stepped && t > 0.0f) {
      c = c * (1.0f - t) + table.colors[std::min(k + 1, table_size - 1)] * t;
    }
    call.set3(0, i, xyz(c));
    call.out(3)[i] = c.w;
  }
}

void compile(NodeCompiler& node) {
  const auto ramp = node.node().object<ColorRamp>("color_ramp");
  if (!ramp) {
    return;
  }
  auto table = std::make_shared<Table>();
  table->is_stepped = ramp->interpolation == "CONSTANT";
  for (int i = 0; i < table_size; ++i) {
    table->colors[i] = evaluate(*ramp, float(i) / (table_size - 1));
  }
  Value3 color;
  Scalar alpha;
  node.emit(kernel, Purity::Pure, {node.input("Fac")}, {&color.x, &color.y, &color.z, &alpha},
            table);
  node.set_output(node.find_output("Color"), color);
  node.set_output(node.find_output("Alpha"), alpha);
}

}  // namespace

void register_color_ramp(NodeRegistry& registry) {
  registry.add("ShaderNodeValToRGB", compile);
}

}  // namespace kiln::render::shading
