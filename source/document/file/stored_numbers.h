#pragma once

#include <nlohmann/json_fwd.hpp>

namespace kiln {

/// Numbers in stored properties: JSON has none for NaN and infinities, which are the texts "nan", "inf" and "-inf".
nlohmann::json number_to_json(double value);
/// Reads such a number, or a boolean; false where it is neither.
bool number_from_json(const nlohmann::json& stored, double* value);

}  // namespace kiln
