#include "document/curve_mapping.h"

#include <algorithm>

#include "core/schema/registry.h"

namespace kiln {
namespace {

constexpr int table_steps = 256;
constexpr int segment_steps = 32;

/// A point with the handles of a cubic Bézier curve.
struct BezierPoint {
  float2 before, at, after;
  CurveMapHandle handle = CurveMapHandle::Auto;
};

/// Handles that make the curve smooth through `p`. The length of 1 / 2.5614 of the way to a
/// neighbour is that of the Bézier approximation of a circle through the points.
void set_handles(BezierPoint& p, const BezierPoint* previous, const BezierPoint* next) {
  const float2 from = previous ? previous->at : p.at * 2.0f - next->at;
  const float2 to = next ? next->at : p.at * 2.0f - previous->at;
  const float2 a = p.at - from, b = to - p.at;
  const float length_a = length(a) > 0.0f ? length(a) : 1.0f,
              length_b = length(b) > 0.0f ? length(b) : 1.0f;
  if (p.handle == CurveMapHandle::Vector) {
    p.before = p.at - a * (1.0f / 3.0f);
    p.after = p.at + b * (1.0f / 3.0f);
    return;
  }
  const float2 direction{b.x / length_b + a.x / length_a, b.y / length_b + a.y / length_a};
  const float l = length(direction) * 2.5614f;
  if (l == 0.0f) {
    p.before = p.after = p.at;
    return;
  }
  p.before = p.at - direction * (length_a / l);
  p.after = p.at + direction * (length_b / l);
  if (p.handle == CurveMapHandle::AutoClamped && previous && next) {
    const float rise_in = previous->at.y - p.at.y, rise_out = next->at.y - p.at.y;
    if ((rise_in <= 0.0f && rise_out <= 0.0f) || (rise_in >= 0.0f && rise_out >= 0.0f)) {
      // Peaks and valleys stay where their point is.
      p.before.y = p.after.y = p.at.y;
    } else {
      const bool falls = rise_in > 0.0f;
      const auto clamp_side = [&](float2& handle, float limit, bool is_above) {
        if (is_above ? handle.y > limit : handle.y < limit) {
          handle.y = limit;
        }
      };
      clamp_side(p.before, previous->at.y, falls);
      clamp_side(p.after, next->at.y, !falls);
    }
  }
}

/// Shortens handles that would let the curve run backwards in x.
void limit_handles(float2 a, float2& after, float2& before, float2 b) {
  const float2 h1 = a - after, h2 = b - before;
  const float span = b.x - a.x;
  const float reach = std::abs(h1.x) + std::abs(h2.x);
  if (reach > span && reach > 0.0f) {
    const float scale = span / reach;
    after = a - h1 * scale;
    before = b - h2 * scale;
  }
}

float2 bezier(float2 a, float2 b, float2 c, float2 d, float t) {
  const float s = 1.0f - t;
  return a * (s * s * s) + b * (3.0f * s * s * t) + c * (3.0f * s * t * t) + d * (t * t * t);
}

std::vector<BezierPoint> make_bezier(const CurveMap& curve) {
  std::vector<BezierPoint> points;
  for (const CurveMapPoint& p : curve.points) {
    points.push_back({p.location, p.location, p.location, p.handle_type});
  }
  const int count = int(points.size());
  for (int i = 0; i < count; ++i) {
    set_handles(points[i], i > 0 ? &points[i - 1] : nullptr,
                i + 1 < count ? &points[i + 1] : nullptr);
  }
  // The ends look toward the handles of their neighbours.
  if (count > 2) {
    const auto aim = [](BezierPoint& end, float2 target, bool is_first) {
      const float2 way = target - end.at;
      const float reach = length(is_first ? end.after - end.at : end.before - end.at);
      const float l = length(way);
      if (end.handle == CurveMapHandle::Auto && l > 1e-4f) {
        const float2 step = way * (reach / l);
        end.after = is_first ? end.at + step : end.at - step;
        end.before = is_first ? end.at - step : end.at + step;
      }
    };
    // Not past the ends themselves, however long those handles are.
    aim(points.front(), {std::max(points[1].before.x, points[0].at.x), points[1].before.y}, true);
    const float2 last = points[count - 2].after;
    aim(points.back(), {std::min(last.x, points.back().at.x), last.y}, false);
  }
  return points;
}

Result<Value> new_point(const Call& call) {
  Handle handle = call.self;
  auto& curve = call.edit(Change::Shading | Change::Geometry).as<CurveMap>();
  CurveMapPoint point;
  point.location = {float(call.values[0].as_float()), float(call.values[1].as_float())};
  point.select = true;
  curve.points.add(point);
  const ItemId id = curve.points.id(curve.points.size() - 1);
  curve.sort();
  handle.steps.push_back(PathStep{CurveMap::schema().property("points"), id});
  return Value(std::move(handle));
}

Result<Value> remove_point(const Call& call) {
  const auto& steps = call.values[0].as_handle().steps;
  const auto& curve = call.target.as<CurveMap>();
  const std::int64_t at = steps.empty() ? -1 : curve.points.index_of(steps.back().item);
  if (at < 0 || curve.points.size() <= 2) {
    return Error::invalid("Unable to remove curve point");
  }
  call.edit(Change::Shading | Change::Geometry).as<CurveMap>().points.remove(at);
  return Value();
}

const Schema& points_schema() {
  static const Schema schema = [] {
    SchemaBuilder<CurveMap> s("CurveMapPoints", "Curve Map Point");
    const auto number = [](const char* id, const char* label) {
      return parameter(PropertyType::Float, id, label, [](PropertyBuilder& p) { p.required(); });
    };
    s.add_function(
        "new",
        {number("position", "Position"), number("value", "Value"),
         parameter(PropertyType::Pointer, "point", "",
                   [](PropertyBuilder& p) { p.output().target(&CurveMapPoint::schema); })},
        new_point);
    s.add_function("remove",
                   {parameter(PropertyType::Pointer, "point", "",
                              [](PropertyBuilder& p) {
                                p.required().never_none().target(&CurveMapPoint::schema);
                              })},
                   remove_point);
    return s.build();
  }();
  return schema;
}

}  // namespace

void CurveMap::sort() {
  for (std::int64_t i = 1; i < points.size(); ++i) {
    std::int64_t to = i;
    while (to > 0 && points[to - 1].location.x > points[i].location.x) {
      --to;
    }
    if (to != i) {
      points.move(i, to);
    }
  }
}

CurveMapping::CurveMapping(int count, float minimum, float maximum)
    : clip_min_x(minimum), clip_min_y(minimum), clip_max_x(maximum), clip_max_y(maximum) {
  for (int i = 0; i < count; ++i) {
    CurveMap curve;
    curve.points.add(CurveMapPoint{{minimum, minimum}});
    curve.points.add(CurveMapPoint{{maximum, maximum}});
    curves.add(curve);
  }
}

CurveTable::CurveTable(const CurveMapping& mapping, const CurveMap& curve)
    : extends_(mapping.extend == CurveMappingExtend::Extrapolated) {
  std::vector<BezierPoint> points = make_bezier(curve);
  if (points.size() < 2) {
    values_ = {points.empty() ? 0.0f : points[0].at.y};
    return;
  }
  minimum_ = points.front().at.x;
  maximum_ = points.back().at.x;
  slope_in_ = points.front().at - points.front().before;
  slope_out_ = points.back().after - points.back().at;
  std::vector<float2> line;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    float2 after = points[i].after, before = points[i + 1].before;
    limit_handles(points[i].at, after, before, points[i + 1].at);
    for (int k = 0; k < segment_steps; ++k) {
      line.push_back(
          bezier(points[i].at, after, before, points[i + 1].at, float(k) / segment_steps));
    }
  }
  line.push_back(points.back().at);
  values_.resize(table_steps + 1);
  std::size_t at = 0;
  for (int i = 0; i <= table_steps; ++i) {
    const float x = lerp(minimum_, maximum_, float(i) / table_steps);
    while (at + 2 < line.size() && line[at + 1].x < x) {
      ++at;
    }
    const float span = line[at + 1].x - line[at].x;
    const float t = span > 0.0f ? std::clamp((x - line[at].x) / span, 0.0f, 1.0f) : 0.0f;
    values_[i] = lerp(line[at].y, line[at + 1].y, t);
  }
}

float CurveTable::slope(float2 direction) const {
  if (!extends_) {
    return 0.0f;
  }
  // Straight up or down counts as very steep.
  return direction.x != 0.0f ? direction.y / direction.x : direction.y > 0.0f ? 1e4f : -1e4f;
}

float CurveTable::evaluate(float x) const {
  if (values_.size() < 2) {
    return values_[0];
  }
  if (x <= minimum_ || x >= maximum_) {
    const bool is_before = x <= minimum_;
    const float edge = is_before ? minimum_ : maximum_,
                y = is_before ? values_.front() : values_.back();
    const float2 slope = is_before ? slope_in_ : slope_out_;
    if (!extends_ || x == edge) {
      return y;
    }
    if (slope.x == 0.0f) {
      // Straight up or down, as far as anyone looks.
      return y + (slope.y > 0.0f ? 10000.0f : -10000.0f) * (is_before ? -1.0f : 1.0f);
    }
    return y + slope.y * (x - edge) / slope.x;
  }
  const float at = (x - minimum_) / (maximum_ - minimum_) * table_steps;
  const int i = std::min(int(at), table_steps - 1);
  return lerp(values_[i], values_[i + 1], at - float(i));
}

const Schema& CurveMapPoint::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CurveMapPoint> s("CurveMapPoint", "");
    s.add<&CurveMapPoint::location>("location", "Location")
        .subtype(Subtype::Xyz)
        .soft(-10000, 10000)
        .changes(Change::Shading | Change::Geometry);
    s.add<&CurveMapPoint::handle_type>("handle_type", "Handle Type")
        .items({{"AUTO", "Auto Handle", 0},
                {"AUTO_CLAMPED", "Auto Clamped Handle", 4},
                {"VECTOR", "Vector Handle", 1}})
        .changes(Change::Shading | Change::Geometry);
    s.add<&CurveMapPoint::select>("select", "Select").changes(Change::Selection);
    return s.build();
  }();
  return schema;
}

const Schema& CurveMap::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CurveMap> s("CurveMap", "");
    s.add<&CurveMap::points>("points", "Points").not_animatable().collection_schema(&points_schema);
    return s.build();
  }();
  return schema;
}

const Schema& CurveMapping::schema() {
  static const Schema schema = [] {
    constexpr Change change = Change::Shading | Change::Geometry;
    SchemaBuilder<CurveMapping> s("CurveMapping", "");
    s.add<&CurveMapping::tone>("tone", "Tone")
        .items({{"STANDARD", "Standard", 0}, {"FILMLIKE", "Filmlike", 2}})
        .changes(change);
    s.add<&CurveMapping::use_clip>("use_clip", "Clip").default_value(false).changes(change);
    s.add<&CurveMapping::clip_min_x>("clip_min_x", "Clip Min X").range(-100, 100).changes(change);
    s.add<&CurveMapping::clip_min_y>("clip_min_y", "Clip Min Y").range(-100, 100).changes(change);
    s.add<&CurveMapping::clip_max_x>("clip_max_x", "Clip Max X")
        .range(-100, 100)
        .default_value(0.0)
        .changes(change);
    s.add<&CurveMapping::clip_max_y>("clip_max_y", "Clip Max Y")
        .range(-100, 100)
        .default_value(0.0)
        .changes(change);
    s.add<&CurveMapping::extend>("extend", "Extend")
        .items({{"HORIZONTAL", "Horizontal", 0}, {"EXTRAPOLATED", "Extrapolated", 16}})
        .default_value("HORIZONTAL")
        .changes(change);
    s.add<&CurveMapping::curves>("curves", "Curves").not_animatable();
    s.add<&CurveMapping::black_level>("black_level", "Black Level")
        .subtype(Subtype::Color)
        .range(-infinity, infinity)
        .soft(-1000, 1000)
        .step(1)
        .changes(change);
    s.add<&CurveMapping::white_level>("white_level", "White Level")
        .subtype(Subtype::Color)
        .range(-infinity, infinity)
        .soft(-1000, 1000)
        .step(1)
        .default_value(Value::Numbers{0, 0, 0})
        .changes(change);
    // Curves are always up to date; the functions are there for scripts that call them.
    const auto nothing = [](const Call&) -> Result<Value> { return Value(); };
    s.add_function("update", {}, [](const Call& call) -> Result<Value> {
      auto& mapping = call.edit(Change::Shading | Change::Geometry).as<CurveMapping>();
      for (std::int64_t i = 0; i < mapping.curves.size(); ++i) {
        for (std::int64_t k = 0; mapping.use_clip && k < mapping.curves[i].points.size(); ++k) {
          float2& at = mapping.curves.edit(i).points.edit(k).location;
          at = {std::clamp(at.x, mapping.clip_min_x,
                           std::max(mapping.clip_min_x, mapping.clip_max_x)),
                std::clamp(at.y, mapping.clip_min_y,
                           std::max(mapping.clip_min_y, mapping.clip_max_y))};
        }
        mapping.curves.edit(i).sort();
      }
      return Value();
    });
    s.add_function("reset_view", {}, nothing);
    s.add_function("initialize", {}, nothing);
    s.add_function(
        "evaluate",
        {parameter(PropertyType::Pointer, "curve", "",
                   [](PropertyBuilder& p) { p.required().never_none().target(&CurveMap::schema); }),
         parameter(PropertyType::Float, "position", "Position",
                   [](PropertyBuilder& p) { p.required().step(1); }),
         parameter(PropertyType::Float, "value", "Value",
                   [](PropertyBuilder& p) { p.output().step(1); })},
        [](const Call& call) -> Result<Value> {
          const auto& mapping = call.target.as<CurveMapping>();
          const auto& steps = call.values[0].as_handle().steps;
          const std::int64_t at = steps.empty() ? -1 : mapping.curves.index_of(steps.back().item);
          if (at < 0) {
            return Error::invalid("CurveMapping does not own CurveMap");
          }
          return Value(double(
              CurveTable(mapping, mapping.curves[at]).evaluate(float(call.values[1].as_float()))));
        });
    return s.build();
  }();
  return schema;
}

void register_curve_mapping(Registry& registry) {
  registry.add(CurveMapPoint::schema());
  registry.add(CurveMap::schema());
  registry.add(CurveMapping::schema());
  registry.add(points_schema());
}

}  // namespace kiln
