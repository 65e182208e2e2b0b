#include "document/modifier_names.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace kiln {
namespace {

// Those that are not named as their identifiers say.
struct Exception {
  std::string_view tag, label, name;
};
constexpr Exception exceptions[] = {
    {"SUBSURF", "Subdivision Surface", "Subdivision"},
    {"LAPLACIANSMOOTH", "Smooth Laplacian", "LaplacianSmooth"},
    {"CORRECTIVE_SMOOTH", "Smooth Corrective", "CorrectiveSmooth"},
    {"LAPLACIANDEFORM", "Laplacian Deform", "LaplacianDeform"},
    {"MULTIRES", "Multiresolution", "Multires"},
    {"NODES", "Geometry Nodes", "GeometryNodes"},
};

const Exception* find_exception(const Schema& kind) {
  const auto* found = std::find_if(std::begin(exceptions), std::end(exceptions),
                                   [&](const Exception& e) { return e.tag == kind.tag; });
  return found == std::end(exceptions) ? nullptr : found;
}

}  // namespace

std::string modifier_label(const Schema& kind) {
  if (const Exception* exception = find_exception(kind)) {
    return std::string(exception->label);
  }
  // "UV_PROJECT" is "UV Project".
  std::string label(kind.tag);
  bool is_first = true;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const bool is_short = is_first && label.compare(i, 3, "UV_") == 0;
    if (label[i] == '_') {
      label[i] = ' ';
      is_first = true;
    } else if (is_short) {
      ++i;
      is_first = false;
    } else {
      label[i] = is_first ? label[i] : char(std::tolower(static_cast<unsigned char>(label[i])));
      is_first = false;
    }
  }
  return label;
}

std::string default_modifier_name(const Schema& kind) {
  if (const Exception* exception = find_exception(kind)) {
    return std::string(exception->name);
  }
  std::string name = modifier_label(kind);
  std::erase(name, ' ');
  return name;
}

}  // namespace kiln
