#pragma once

#include "document/curve_mapping.h"

namespace kiln::modeling {

/// How an influence falls from 1 to 0. Values as in the Python interface.
class Falloff {
public:
  enum Type {
    None = 0,
    Curve = 1,
    Sharp = 2,
    Smooth = 3,
    Root = 4,
    Linear = 5,
    Constant = 6,
    Sphere = 7,
    InverseSquare = 8
  };
  /// `curve` is used by `Curve` only.
  Falloff(int type, const CurveMapping& curve);
  /// `x` from 0 (far) to 1 (near).
  float operator()(float x) const;

private:
  int type_;
  std::optional<CurveTable> table_;
};

}  // namespace kiln::modeling
