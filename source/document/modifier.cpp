#include "document/modifier.h"

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/image_pixels.h"
#include "document/modifier_names.h"
#include "document/object.h"

namespace kiln {

std::shared_ptr<const ImagePixels> ModifierContext::pixels_of(const Image& image) const {
  return image_pixels(image, nullptr);
}

namespace {

// The id of a modifier among those of its object; 0 where it is none of them.
ItemId id_of(const Object& object, const Modifier& modifier) {
  for (std::int64_t i = 0; i < object.modifiers.size(); ++i) {
    if (&object.modifiers[i] == &modifier) {
      return object.modifiers.id(i);
    }
  }
  return 0;
}

}  // namespace

const Schema& Modifier::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Modifier> s("Modifier", "Modifier");
    s.add<&Modifier::name>("name", "Name").max_bytes(64).changes(Change::Geometry).not_animatable();
    s.add<&Modifier::show_viewport>("show_viewport", "Realtime")
        .changes(Change::Geometry)
        .overridable();
    s.add<&Modifier::show_render>("show_render", "Render").changes(Change::Geometry).overridable();
    s.add<&Modifier::show_in_editmode>("show_in_editmode", "Edit Mode")
        .changes(Change::Geometry)
        .overridable();
    s.add<&Modifier::show_expanded>("show_expanded", "Expanded")
        .changes(Change::Settings)
        .not_animatable();
    s.add_computed(PropertyType::Enum, "type", "Type",
                   [](const ConstRef& r) { return Value(r.schema->tag); })
        .items([](const ConstRef& r) {
          std::vector<EnumItem> items;
          const auto* registry = r.services ? r.services->find<const Registry>() : nullptr;
          if (registry) {
            for (const Schema* kind : registry->kinds_of(Modifier::schema())) {
              items.push_back({kind->tag, modifier_label(*kind), int(items.size())});
            }
          }
          return items;
        })
        .default_value("")
        .not_animatable();
    s.add_computed(
         PropertyType::Boolean, "is_active", "Active",
         [](const ConstRef& r) {
           const auto* object = static_cast<const Object*>(r.block);
           const ItemId own = object ? id_of(*object, r.as<Modifier>()) : 0;
           return Value(own != 0 && object->active_modifier == own);
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           auto* object = static_cast<Object*>(r.block);
           const ItemId own = object ? id_of(*object, r.as<Modifier>()) : 0;
           if (own != 0 && (v.as_bool() || object->active_modifier == own)) {
             object->active_modifier = v.as_bool() ? own : 0;
           }
           return {};
         })
        .default_value(false)
        .changes(Change::Settings)
        .overridable();
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
