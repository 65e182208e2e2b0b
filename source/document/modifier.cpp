#include "document/modifier.h"

#include "document/image_pixels.h"

namespace kiln {

std::shared_ptr<const ImagePixels> ModifierContext::pixels_of(const Image& image) const {
  return image_pixels(image, nullptr);
}

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
    s.add<&Modifier::show_on_cage>("show_on_cage", "On Cage")
        .changes(Change::Geometry)
        .overridable();
    s.add<&Modifier::show_expanded>("show_expanded", "Expanded")
        .changes(Change::Settings);
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
