#include "modeling/modifiers/falloff.h"

namespace kiln::modeling {

Falloff::Falloff(int type, const CurveMapping& curve) : type_(type) {
  if (type == Curve && curve.curves.size() > 0) {
    table_.emplace(curve, curve.curves[0]);
  }
}

float Falloff::operator()(float x) const {
  switch (type_) {
    case Curve:
      return table_ ? table_->evaluate(x) : x;
    case Sharp:
      return x * x;
    case Smooth:
      return x * x * (3.0f - 2.0f * x);
    case Root:
      return std::sqrt(std::max(x, 0.0f));
    case Constant:
      return 1.0f;
    case Sphere:
      return std::sqrt(std::max(2.0f * x - x * x, 0.0f));
    case InverseSquare:
      return x * (2.0f - x);
    default:
      return x;
  }
}

}  // namespace kiln::modeling
