// Lists of parts of data.
#include "document/resolve.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {

LayoutItem& add_list(LayoutItem& root, const Document& document, const Handle& owner,
                     const char* collection, const char* index,
                     const std::vector<ListButton>& buttons) {
  const ConstRef of = resolve(document, owner);
  const Property& list_property = *of.schema->property(collection);
  const Property* active_property =
      list_property.collection_schema ? list_property.collection_schema().property(index) : nullptr;
  active_property = active_property ? active_property : of.schema->property(index);
  const std::int64_t size = list_property.collection->size(of);
  const std::int64_t active = read(of, *active_property).as_int();

  LayoutItem& row = root.row();
  LayoutItem& list = row.add({.kind = LayoutItem::Kind::List, .name = collection});
  list.owner = owner;
  list.property = active_property;
  list.count = int(std::clamp<std::int64_t>(size, 2, 5));
  list.has_no_filter = size < 8;
  Handle chosen;
  const Property* name = nullptr;
  for (std::int64_t i = 0; i < size; ++i) {
    const auto element = list_property.collection->at(of, i);
    LayoutItem& entry = list.add({.kind = LayoutItem::Kind::Row, .owner = owner});
    entry.property = active_property;
    entry.item = std::to_string(i);
    entry.is_active = i == active;
    const Property* of_entry = element.ref.schema->property("name");
    entry.label(of_entry ? read(element.ref, *of_entry).as_string() : std::to_string(i));
    if (entry.is_active) {
      chosen = owner;
      chosen.steps.push_back({&list_property, element.item, i});
      name = of_entry;
    }
  }
  LayoutItem& side = row.column();
  for (const ListButton& with : buttons) {
    LayoutItem& button = side.button("", with.command, with.settings);
    button.icon = with.icon;
    button.tip = with.tip;
  }
  if (chosen && name && !name->is_read_only) {
    root.prop(chosen, *name, "Name");
  }
  return list;
}

}  // namespace kiln::editor
