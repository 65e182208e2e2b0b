#include "python/class_schemas.h"

#include "core/schema/bag_property.h"
#include "document/window_layout.h"

namespace kiln::python {
namespace {

struct Fact {
  const char* identifier;
  PropertyType type = PropertyType::String;
  Value value = "";
  std::vector<EnumItem> items = {};
  bool is_read_only = false;
};

std::vector<EnumItem> named(std::initializer_list<const char*> names) {
  std::vector<EnumItem> items;
  for (const char* name : names) {
    items.push_back({name, name, 1 << int(items.size())});
  }
  return items;
}

Fact space(const char* value) {
  std::vector<EnumItem> items;
  for (const SpaceKind& kind : space_kinds()) {
    items.push_back({kind.identifier, kind.label, int(items.size())});
  }
  return {"bl_space_type", PropertyType::Enum, value, std::move(items)};
}

Fact region(const char* value) {
  return {"bl_region_type", PropertyType::Enum, value,
          named({"WINDOW", "HEADER", "CHANNELS", "TEMPORARY", "UI", "TOOLS", "TOOL_PROPS", "PREVIEW", "HUD", "NAVIGATION_BAR",
                 "EXECUTE", "FOOTER", "TOOL_HEADER", "XR"})};
}

Fact options(std::initializer_list<const char*> names, const char* value) {
  return {"bl_options", PropertyType::Enum, Value::List{Value(value)}, named(names)};
}

Fact flag(const char* identifier) { return {identifier, PropertyType::Boolean, false}; }
Fact count(const char* identifier) { return {identifier, PropertyType::Int, 0}; }

// Facts about a class, which its definition gives as class attributes; what is asked for and not given has these values.
std::unique_ptr<Schema> make_base(const char* identifier, const char* label, const std::vector<Fact>& facts) {
  auto schema = std::make_unique<Schema>();
  schema->identifier = identifier;
  schema->label = label;
  for (const Fact& fact : facts) {
    Property p;
    p.identifier = fact.identifier;
    p.label = fact.identifier;
    p.type = fact.type;
    p.items = fact.items;
    p.is_enum_flag = std::holds_alternative<Value::List>(fact.value.data);
    p.default_value = fact.value;
    if (p.type == PropertyType::Int) {
      p.subtype = Subtype::Unsigned;
      p.hard_min = p.soft_min = 0.0;
      p.soft_max = 10000.0;
    }
    p.is_animatable = false;
    keep_in_bag(p);
    p.is_runtime = false;
    p.is_read_only = fact.is_read_only;
    schema->properties.push_back(std::move(p));
  }
  return schema;
}

}  // namespace

void register_class_schemas(Registry& registry) {
  const auto text = [](const char* identifier, const char* value) { return Fact{identifier, PropertyType::String, value}; };
  const std::vector<Fact> verb = {
      {"name", PropertyType::String, "", {}, true},
      {"has_reports", PropertyType::Boolean, false, {}, true},
      {"bl_idname"},
      {"bl_label"},
      text("bl_translation_context", "Operator"),
      {"bl_description"},
      {"bl_undo_group"},
      options({"REGISTER", "UNDO", "UNDO_GROUPED", "BLOCKING", "MACRO", "GRAB_CURSOR", "GRAB_CURSOR_X", "GRAB_CURSOR_Y", "DEPENDS_ON_CURSOR",
               "PRESET", "INTERNAL"},
              "REGISTER")};
  registry.add_owned(make_base("Operator", "Operator", verb));
  registry.add_owned(make_base("Macro", "Macro Operator", verb));
  registry.add_owned(make_base("Panel", "Panel",
                               {{"text"},
                                {"bl_idname"},
                                {"bl_label"},
                                text("bl_translation_context", "*"),
                                {"bl_description"},
                                {"bl_category"},
                                {"bl_owner_id"},
                                {"bl_context"},
                                {"bl_parent_id"},
                                space("EMPTY"),
                                region("WINDOW"),
                                options({"DEFAULT_CLOSED", "HIDE_HEADER", "INSTANCED", "HEADER_LAYOUT_EXPAND"}, "DEFAULT_CLOSED"),
                                count("bl_ui_units_x"),
                                count("bl_order")}));
  registry.add_owned(make_base("Menu", "Menu", {{"bl_idname"}, {"bl_label"}, text("bl_translation_context", "*"), {"bl_description"}, {"bl_owner_id"}}));
  registry.add_owned(make_base("Header", "Header", {{"bl_idname"}, space("EMPTY"), region("HEADER")}));
  registry.add_owned(make_base("UIList", "UIList",
                               {{"bl_idname"},
                                {"list_id", PropertyType::String, "", {}, true},
                                {"layout_type", PropertyType::Enum, "DEFAULT",
                                 {{"DEFAULT", "Default Layout", 0}, {"COMPACT", "Compact Layout", 1}, {"GRID", "Grid Layout", 2}}, true},
                                {"bitflag_filter_item", PropertyType::Int, 0, {}, true},
                                {"filter_name"},
                                flag("use_filter_show"),
                                flag("use_filter_invert"),
                                flag("use_filter_sort_alpha"),
                                flag("use_filter_sort_reverse"),
                                flag("use_filter_sort_lock")}));
  registry.add_owned(make_base("AddonPreferences", "Add-on Preferences", {{"bl_idname"}}));
}

}  // namespace kiln::python
