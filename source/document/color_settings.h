#pragma once

#include <string>

#include "core/schema/builder.h"
#include "document/curve_mapping.h"

namespace kiln {

/// How scene-linear values become a picture. Names are those of the OpenColorIO configuration.
struct ColorViewSettings {
  std::string view_transform = "Filmic";
  std::string look = "None";
  float exposure = 0.0f;
  float gamma = 1.0f;
  bool use_curve_mapping = false;
  /// Of red, green, blue, and all three: what scene-linear values become before the exposure.
  CurveMapping curve_mapping{4, 0.0f, 1.0f};
  static const Schema& schema();
};

struct ColorDisplaySettings {
  std::string display_device = "sRGB";
  static const Schema& schema();
};

/// Names the program's color configuration offers; asked for when a name is set, so that wrong ones
/// are refused.
class ColorNames {
public:
  virtual ~ColorNames() = default;
  virtual std::vector<std::string> displays() const = 0;
  virtual std::vector<std::string> views(std::string_view display) const = 0;
  virtual std::vector<std::string> looks(std::string_view view) const = 0;
};

}  // namespace kiln
