#include "editor/properties/custom_properties.h"

#include "core/schema/bag_property.h"
#include "document/resolve.h"

namespace kiln::editor {
namespace {

// A data-block seen through a property that no schema has: it lives as long as the field.
class CustomOwner : public ScriptOwner {
public:
  CustomOwner(Session& session, BlockId block, std::shared_ptr<const Property> property)
      : session_(session), block_(block), property_(std::move(property)) {}
  ConstRef find() const override {
    return resolve(session_.document(), {block_, {}}, &session_.services());
  }
  Result<void> set(const Property& property, const Value& value) override {
    // What cannot be written has been reported by the session.
    static_cast<void>(session_.set({block_, {}}, property, value));
    return {};
  }

private:
  Session& session_;
  BlockId block_;
  std::shared_ptr<const Property> property_;
};

// A property that stands for one value; nothing for kinds that no field shows.
std::shared_ptr<Property> make_property(const std::string& name, const CustomValue& value) {
  auto made = std::make_shared<Property>();
  Property& p = *made;
  p.identifier = p.label = name;
  p.is_internal = true;
  p.change = Change::Settings;
  if (std::holds_alternative<std::int32_t>(value.data)) {
    p.type = PropertyType::Int;
  } else if (std::holds_alternative<double>(value.data)) {
    p.type = PropertyType::Float;
  } else if (std::holds_alternative<bool>(value.data)) {
    p.type = PropertyType::Boolean;
  } else if (std::holds_alternative<std::string>(value.data)) {
    p.type = PropertyType::String;
  } else if (const auto* floats = std::get_if<CustomValue::Floats>(&value.data)) {
    p.type = PropertyType::Float;
    p.length = int(floats->size());
  } else if (const auto* doubles = std::get_if<CustomValue::Doubles>(&value.data)) {
    p.type = PropertyType::Float;
    p.length = int(doubles->size());
  } else if (const auto* ints = std::get_if<CustomValue::Ints>(&value.data)) {
    p.type = PropertyType::Int;
    p.length = int(ints->size());
  } else {
    return nullptr;
  }
  const bool is_number = p.type == PropertyType::Float || p.type == PropertyType::Int;
  if (value.look && is_number && value.look->max > value.look->min) {
    p.hard_min = value.look->min;
    p.hard_max = value.look->max;
    p.soft_min = value.look->soft_min;
    p.soft_max = value.look->soft_max;
    p.precision = value.look->precision;
    p.subtype = subtype_named(value.look->subtype).value_or(Subtype::None);
    p.unit = unit_of(p.subtype);
    p.description = value.look->description;
  }
  p.default_value = p.type == PropertyType::String ? Value(std::string()) : Value(0);
  if (value.look && !value.look->default_numbers.empty() && p.length == 0) {
    p.default_value = Value(value.look->default_numbers[0]);
  }
  keep_in_bag(p);
  p.is_runtime = false;
  return made;
}

// The name itself as a text: writing it renames the value.
std::shared_ptr<Property> make_name(const std::string& name) {
  auto made = std::make_shared<Property>();
  made->identifier = made->label = "name";
  made->type = PropertyType::String;
  made->is_internal = true;
  made->get = [name](const ConstRef&) { return Value(name); };
  made->set = [name](const MutableRef& ref, const Value& value) -> Result<void> {
    PropertyBag* bag = bag_of(ref);
    const std::string& wanted = value.as_string();
    if (!bag || wanted.empty() || wanted.size() > 63 || bag->find(wanted)) {
      return Error::invalid("\"{}\" is no free name for a custom property", wanted);
    }
    // At its old place.
    PropertyBag renamed;
    for (const auto& [key, kept] : bag->items()) {
      renamed.set(key == name ? wanted : key, kept);
    }
    *bag = std::move(renamed);
    return {};
  };
  return made;
}

std::string free_name(const PropertyBag& bag) {
  for (int i = 0;; ++i) {
    const std::string name = i == 0 ? "prop" : "prop" + std::to_string(i);
    if (!bag.find(name)) {
      return name;
    }
  }
}

bool is_registered(const Session& session, const DataBlock& block, const std::string& name) {
  return session.project().registry.property(block.dynamic_schema(), name) != nullptr;
}

}  // namespace

void add_custom_properties(LayoutItem& root, Session& session, const DataBlock& block) {
  LayoutItem& panel = root.panel("custom." + block.dynamic_schema().identifier, "Custom Properties",
                                 !block.custom.empty());
  const BlockId id = block.id;
  panel.button("+  New", [&session, id] {
    session.edit("Add Custom Property", [id](Document& document) -> Result<void> {
      PropertyBag& bag = document.edit(id, Change::Settings).custom;
      auto look = std::make_shared<CustomValueLook>();
      look->max = look->soft_max = 1.0;
      look->default_numbers = {1.0};
      bag.set(free_name(bag), CustomValue{1.0, look});
      return {};
    });
  });
  for (const auto& [name, value] : block.custom.items()) {
    if (name.starts_with("_") || is_registered(session, block, name)) {
      continue;
    }
    LayoutItem& row = panel.add({.kind = LayoutItem::Kind::Row});
    const auto add_field = [&](std::shared_ptr<Property> property, bool is_name) {
      LayoutItem& field = row.prop({id, {}}, *property);
      field.script_owner = std::make_shared<CustomOwner>(session, id, std::move(property));
      field.has_no_label = true;
      field.is_plain = is_name;
      field.tip = is_name ? "Double click to rename" : "";
    };
    add_field(make_name(name), true);
    if (std::shared_ptr<Property> property = make_property(name, value)) {
      add_field(std::move(property), false);
    } else {
      row.label("…");
    }
    LayoutItem& remove = row.button("", [&session, id, key = name] {
      session.edit("Remove Custom Property", [&](Document& document) -> Result<void> {
        document.edit(id, Change::Settings).custom.remove(key);
        return {};
      });
    });
    remove.icon = "X";
  }
}

}  // namespace kiln::editor
