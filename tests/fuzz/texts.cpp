// Small texts that people type and files hold: numbers with units, data paths, asset catalogs.
#include "core/units.h"
#include "damage.h"
#include "document/asset_catalogs.h"
#include "document/project.h"
#include "document/resolve.h"

namespace kiln::fuzz {
namespace {

constexpr const char* number_parts[] = {"1",    "2.5", "m", "cm", "'",     "\"", "ft", "+",
                                        "-",    "*",   "/", "//", "%",     "**", "(",  ")",
                                        "sin(", "pi",  ",", " ",  "1e308", ".",  "°",  "deg"};
constexpr const char* path_parts[] = {"location",    "[",
                                      "]",           "\"",
                                      ".",           "0",
                                      "-1",          "data",
                                      "modifiers",   "[\"Cube\"]",
                                      "scale",       "\\",
                                      "[0]",         "material_slots",
                                      "material",    "node_tree.nodes",
                                      "color",       "objects",
                                      "view_layers", "render",
                                      "users"};

template <std::size_t count>
std::string parts_from(Choices& choices, const char* const (&parts)[count]) {
  std::string out;
  while (!choices.is_over() && out.size() < 400) {
    out += choices.index(10) == 0 ? choices.text(4) : std::string(parts[choices.index(count)]);
  }
  return out;
}

void check_catalogs(Choices& choices) {
  std::string text = "VERSION 1\n";
  while (!choices.is_over()) {
    text += choices.index(2) ? "0123456789abcdef0123456789abcdef:"
                             : "ffd27a1e-6df0-4f41-a3b6-fa2b9d2ab4d2:";
    text += choices.text(40) + "\n";
  }
  std::vector<std::string> warnings;
  if (const auto catalogs = AssetCatalogs::parse(text, "catalogs.txt", warnings)) {
    const auto again = AssetCatalogs::parse(catalogs->text(), "catalogs.txt", warnings);
    if (!again || again->text() != catalogs->text()) {
      fail("catalogs are other when read again");
    }
  }
}

void check_path(Choices& choices) {
  static const Document document = make_startup_document(world().registry);
  const Handle from{choices.index(2) ? document.named(BlockType::Object, "Cube")
                                     : document.settings().active_scene,
                    {}};
  const auto found =
      resolve_path(document, from, parts_from(choices, path_parts), world().registry);
  if (found && !resolve(document, found->owner)) {
    fail("a path leads to what is not there");
  }
}

}  // namespace
}  // namespace kiln::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiln;
  fuzz::Choices choices(data, size);
  switch (choices.index(3)) {
    case 0:
      fuzz::check_catalogs(choices);
      break;
    case 1:
      fuzz::check_path(choices);
      break;
    default: {
      const auto system = UnitSystem(choices.index(unit_system_count));
      const auto category = UnitCategory(choices.index(unit_category_count));
      (void)parse_with_unit(system, category, fuzz::parts_from(choices, fuzz::number_parts));
    }
  }
  return 0;
}
