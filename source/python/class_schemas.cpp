#include "python/class_schemas.h"

#include "core/schema/bag_property.h"

namespace kiln::python {
namespace {

struct Text {
  const char* identifier;
  const char* value = "";
};

// Facts about a class, which its definition gives as class attributes; what is asked for and not given has these values.
std::unique_ptr<Schema> make_base(const char* identifier, const char* label, const std::vector<Text>& texts) {
  auto schema = std::make_unique<Schema>();
  schema->identifier = identifier;
  schema->label = label;
  for (const Text& text : texts) {
    Property p;
    p.identifier = text.identifier;
    p.label = text.identifier;
    p.type = PropertyType::String;
    p.default_value = Value(text.value);
    p.is_animatable = false;
    keep_in_bag(p);
    p.is_runtime = false;
    schema->properties.push_back(std::move(p));
  }
  return schema;
}

}  // namespace

void register_class_schemas(Registry& registry) {
  const std::vector<Text> verb = {{"bl_idname"}, {"bl_label"}, {"bl_translation_context", "Operator"}, {"bl_description"}, {"bl_undo_group"}};
  registry.add_owned(make_base("Operator", "Operator", verb));
  registry.add_owned(make_base("Macro", "Macro Operator", verb));
  registry.add_owned(make_base("Panel", "Panel",
                               {{"text"},
                                {"bl_idname"},
                                {"bl_label"},
                                {"bl_translation_context", "*"},
                                {"bl_description"},
                                {"bl_category"},
                                {"bl_owner_id"},
                                {"bl_context"},
                                {"bl_parent_id"}}));
  registry.add_owned(make_base("Menu", "Menu", {{"bl_idname"}, {"bl_label"}, {"bl_translation_context", "*"}, {"bl_description"}, {"bl_owner_id"}}));
  registry.add_owned(make_base("Header", "Header", {{"bl_idname"}}));
  registry.add_owned(make_base("UIList", "UIList", {{"bl_idname"}}));
  registry.add_owned(make_base("AddonPreferences", "Add-on Preferences", {{"bl_idname"}}));
}

}  // namespace kiln::python
