#pragma once

#include <vector>

#include "document/data_block.h"

namespace kiln {

enum class CurveMapHandle : std::uint8_t { Auto = 0, Vector = 1, AutoClamped = 4 };
enum class CurveMappingTone : std::uint8_t { Standard = 0, Filmlike = 2 };
enum class CurveMappingExtend : std::uint8_t { Horizontal = 0, Extrapolated = 16 };

struct CurveMapPoint {
  float2 location;
  CurveMapHandle handle_type = CurveMapHandle::Auto;
  bool select = false;
  static const Schema& schema();
};

/// One curve: points in order of x.
struct CurveMap {
  ItemList<CurveMapPoint> points;
  void sort();
  static const Schema& schema();
};

/// Curves that map numbers to numbers, as users draw them: of a colour (red, green, blue, and one
/// for all), a vector, or one value.
struct CurveMapping {
  ItemList<CurveMap> curves;
  CurveMappingTone tone = CurveMappingTone::Standard;
  CurveMappingExtend extend = CurveMappingExtend::Extrapolated;
  bool use_clip = true;
  float clip_min_x = 0.0f, clip_min_y = 0.0f, clip_max_x = 1.0f, clip_max_y = 1.0f;
  float3 black_level, white_level{1, 1, 1};

  CurveMapping() = default;
  /// `count` straight lines over [minimum, maximum] in both directions.
  CurveMapping(int count, float minimum, float maximum);
  static const Schema& schema();
};

/// A curve in a form that is quick to evaluate: samples at 256 equal steps between its first and
/// last point.
class CurveTable {
public:
  CurveTable(const CurveMapping& mapping, const CurveMap& curve);
  float evaluate(float x) const;
  float minimum() const { return minimum_; }
  float maximum() const { return maximum_; }
  /// Values at equal steps from the minimum to the maximum.
  const std::vector<float>& values() const { return values_; }
  /// Slopes of the straight lines below the minimum and above the maximum; 0 where the ends are held.
  float slope_before() const { return slope(slope_in_); }
  float slope_after() const { return slope(slope_out_); }

private:
  float slope(float2 direction) const;

  float minimum_ = 0.0f, maximum_ = 1.0f;
  float2 slope_in_, slope_out_;  ///< directions of the straight lines beyond the ends
  bool extends_ = true;
  std::vector<float> values_;
};

void register_curve_mapping(class Registry& registry);

}  // namespace kiln
