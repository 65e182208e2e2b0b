#pragma once

#include <span>
#include <string_view>

#include "core/units.h"

/// The units behind core/units.h.
namespace kiln {

struct Unit {
  std::string_view name, plural;
  std::string_view symbol;        ///< as shown
  std::string_view typed_symbol;  ///< as typed on any keyboard; may be the same
  std::string_view other_symbol;  ///< understood as well; may be empty
  double scale = 1.0;             ///< size, in what the category counts in
  double offset = 0.0;            ///< added before scaling: degrees Fahrenheit do not begin at zero
  bool is_shown = true;           ///< else it is only understood
  bool follows_directly = false;  ///< shown without a space before it: 57.3°
  double shown_from = 0.999;      ///< least number of it that is shown
};

struct UnitTable {
  std::span<const Unit>
      units;      ///< the largest first; empty: the category has no units in this system
  int usual = 0;  ///< which one plain numbers count in and what is too small is shown in
  bool can_split = false;
};

const UnitTable& unit_table(UnitSystem system, UnitCategory category);

}  // namespace kiln
