#include "core/schema/schema.h"

#include "core/schema/builder.h"

namespace kiln {

const Property* Schema::property(std::string_view name) const {
  for (const Schema* s = this; s; s = s->base) {
    for (const Property& p : s->properties) {
      if (p.identifier == name) {
        return &p;
      }
    }
  }
  return nullptr;
}

const Function* Schema::function(std::string_view name) const {
  for (const Schema* s = this; s; s = s->base) {
    for (const Function& f : s->functions) {
      if (f.identifier == name) {
        return &f;
      }
    }
  }
  return nullptr;
}

bool Schema::is_a(const Schema& other) const {
  for (const Schema* s = this; s; s = s->base) {
    if (s == &other) {
      return true;
    }
  }
  return false;
}

std::vector<const Property*> Schema::all_properties() const {
  std::vector<const Property*> all;
  if (base) {
    all = base->all_properties();
  }
  for (const Property& p : properties) {
    all.push_back(&p);
  }
  return all;
}

PropertyBag* (*Schema::find_bag() const)(void*) {
  for (const Schema* s = this; s; s = s->base) {
    if (s->bag) {
      return s->bag;
    }
  }
  return nullptr;
}

PropertyBuilder& PropertyBuilder::range(double min, double max) {
  p_->hard_min = p_->soft_min = min;
  p_->hard_max = p_->soft_max = max;
  return *this;
}

PropertyBuilder& PropertyBuilder::soft(double min, double max) {
  p_->soft_min = min;
  p_->soft_max = max;
  return *this;
}

PropertyBuilder& PropertyBuilder::step(float step, int precision) {
  p_->step = step;
  p_->precision = precision;
  return *this;
}

PropertyBuilder& PropertyBuilder::subtype(Subtype subtype) {
  return this->subtype(subtype, unit_of(subtype));
}

PropertyBuilder& PropertyBuilder::subtype(Subtype subtype, Unit unit) {
  p_->subtype = subtype;
  p_->unit = unit;
  return *this;
}

PropertyBuilder& PropertyBuilder::items(std::vector<EnumItem> items) {
  p_->items = std::move(items);
  return *this;
}

PropertyBuilder& PropertyBuilder::items(
    std::function<std::vector<EnumItem>(const ConstRef&)> items) {
  p_->dynamic_items = std::move(items);
  return *this;
}

Property parameter(PropertyType type, std::string identifier, std::string label,
                   const std::function<void(PropertyBuilder&)>& set_up) {
  Property p;
  p.identifier = std::move(identifier);
  p.label = std::move(label);
  p.type = type;
  p.step = type == PropertyType::Float ? 10.0f : 1.0f;
  p.is_animatable = false;
  PropertyBuilder builder(p);
  if (set_up) {
    set_up(builder);
  }
  return p;
}

}  // namespace kiln
