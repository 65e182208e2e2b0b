#include "document/color_settings.h"

#include "core/schema/services.h"

namespace kiln {
namespace {

std::vector<EnumItem> items_of(const std::vector<std::string>& names) {
  std::vector<EnumItem> items;
  for (const std::string& name : names) {
    items.push_back({name, name, int(items.size())});
  }
  return items;
}

// Without a color configuration the standard names are accepted.
std::vector<EnumItem> view_items(const ConstRef& r) {
  const auto* names = r.services ? r.services->find<const ColorNames>() : nullptr;
  return items_of(names ? names->views("sRGB")
                        : std::vector<std::string>{"Standard", "Filmic", "Filmic Log", "Raw",
                                                   "False Color", "AgX"});
}

std::vector<EnumItem> look_items(const ConstRef& r) {
  const auto* names = r.services ? r.services->find<const ColorNames>() : nullptr;
  return items_of(names ? names->looks("Filmic")
                        : std::vector<std::string>{"None", "Very High Contrast", "High Contrast",
                                                   "Medium High Contrast", "Medium Contrast",
                                                   "Medium Low Contrast", "Low Contrast",
                                                   "Very Low Contrast"});
}

std::vector<EnumItem> display_items(const ConstRef& r) {
  const auto* names = r.services ? r.services->find<const ColorNames>() : nullptr;
  return items_of(names ? names->displays() : std::vector<std::string>{"sRGB", "XYZ", "None"});
}

// A name stored as text, shown as an enumeration of what the configuration offers.
template <typename T>
void add_name(SchemaBuilder<T>& s, const char* identifier, const char* label,
              std::string T::*member, std::vector<EnumItem> (*items)(const ConstRef&)) {
  s.add_computed(
       PropertyType::Enum, identifier, label,
       [member](const ConstRef& r) { return Value(r.as<T>().*member); },
       [member, items, identifier](const MutableRef& r, const Value& v) -> Result<void> {
         for (const EnumItem& item : items(r)) {
           if (item.identifier == v.as_string()) {
             r.as<T>().*member = item.identifier;
             return {};
           }
         }
         return Error::invalid("{}: enum \"{}\" not found", identifier, v.as_string());
       })
      // The names come from the configuration; the property itself tells none.
      .items({{"NONE", "None", 0}})
      .items(items)
      .default_value("NONE");
}

}  // namespace

const Schema& ColorViewSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ColorViewSettings> s("ColorManagedViewSettings", "");
    add_name(s, "look", "Look", &ColorViewSettings::look, look_items);
    add_name(s, "view_transform", "View Transform", &ColorViewSettings::view_transform, view_items);
    s.add<&ColorViewSettings::exposure>("exposure", "Exposure")
        .range(-32, 32)
        .soft(-10, 10)
        .step(1)
        .subtype(Subtype::Factor);
    s.add<&ColorViewSettings::gamma>("gamma", "Gamma").range(0, 5).subtype(Subtype::Factor);
    s.add<&ColorViewSettings::curve_mapping>("curve_mapping", "Curve");
    s.add<&ColorViewSettings::use_curve_mapping>("use_curve_mapping", "Use Curves");
    s.add<&ColorViewSettings::look>("stored_look", "").internal();
    s.add<&ColorViewSettings::view_transform>("stored_view_transform", "").internal();
    return s.build();
  }();
  return schema;
}

const Schema& ColorDisplaySettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<ColorDisplaySettings> s("ColorManagedDisplaySettings", "");
    add_name(s, "display_device", "Display Device", &ColorDisplaySettings::display_device,
             display_items);
    s.add<&ColorDisplaySettings::display_device>("stored_display_device", "").internal();
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
