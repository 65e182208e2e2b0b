#include "core/schema/registry.h"

namespace kiln {

void Registry::add(const Schema& schema) {
  // What a type refers to is registered with it.
  std::vector<const Schema*> open{&schema};
  while (!open.empty()) {
    const Schema& next = *open.back();
    open.pop_back();
    if (!by_name_.emplace(next.identifier, &next).second) {
      continue;
    }
    order_.push_back(&next);
    ++version_;
    if (next.base) {
      open.push_back(next.base);
    }
    const auto refer = [&](const Property& p) {
      if (const Schema* target = p.target_schema()) {
        open.push_back(target);
      }
      if (p.collection_schema) {
        open.push_back(&p.collection_schema());
      }
    };
    for (const Property& p : next.properties) {
      refer(p);
    }
    for (const Function& f : next.functions) {
      for (const Property& p : f.parameters) {
        refer(p);
      }
    }
  }
}

const Schema& Registry::add_owned(std::unique_ptr<Schema> schema) {
  const Schema& added = *owned_.emplace_back(std::move(schema));
  if (by_name_.contains(added.identifier)) {
    remove(added.identifier);
  }
  add(added);
  return added;
}

void Registry::remove(std::string_view identifier) {
  const auto found = by_name_.find(identifier);
  if (found != by_name_.end()) {
    std::erase(order_, found->second);
    by_name_.erase(found);
    ++version_;
  }
}

const Schema* Registry::find(std::string_view identifier) const {
  const auto found = by_name_.find(identifier);
  return found == by_name_.end() ? nullptr : found->second;
}

std::vector<const Schema*> Registry::kinds_of(const Schema& base) const {
  std::vector<const Schema*> kinds;
  for (const Schema* schema : order_) {
    if (schema->make && !schema->tag.empty() && schema->is_a(base)) {
      kinds.push_back(schema);
    }
  }
  return kinds;
}

const Schema* Registry::kind(const Schema& base, std::string_view tag) const {
  for (const Schema* schema : order_) {
    if (schema->make && schema->is_a(base) && (schema->tag == tag || schema->identifier == tag)) {
      return schema;
    }
  }
  return nullptr;
}

const Property& Registry::extend(const Schema& schema, Property property) {
  remove_extension(schema, property.identifier);
  ++version_;
  return *extensions_[&schema].properties.emplace_back(
      std::make_unique<Property>(std::move(property)));
}

const Function& Registry::extend(const Schema& schema, Function function) {
  ++version_;
  return *extensions_[&schema].functions.emplace_back(
      std::make_unique<Function>(std::move(function)));
}

bool Registry::remove_extension(const Schema& schema, std::string_view name) {
  const auto found = extensions_.find(&schema);
  if (found == extensions_.end()) {
    return false;
  }
  auto& list = found->second.properties;
  for (auto it = list.begin(); it != list.end(); ++it) {
    if ((*it)->identifier == name) {
      retired_.push_back(std::move(*it));
      list.erase(it);
      ++version_;
      return true;
    }
  }
  return false;
}

const Registry::Extension* Registry::extension(const Schema& schema) const {
  const auto found = extensions_.find(&schema);
  return found == extensions_.end() ? nullptr : &found->second;
}

const Property* Registry::property(const Schema& schema, std::string_view name) const {
  if (const Property* own = schema.property(name)) {
    return own;
  }
  for (const Schema* s = &schema; s; s = s->base) {
    if (const Extension* e = extension(*s)) {
      for (const auto& p : e->properties) {
        if (p->identifier == name) {
          return p.get();
        }
      }
    }
  }
  return nullptr;
}

const Function* Registry::function(const Schema& schema, std::string_view name) const {
  for (const Schema* s = &schema; s; s = s->base) {
    if (const Extension* e = extension(*s)) {
      for (const auto& f : e->functions) {
        if (f->identifier == name) {
          return f.get();
        }
      }
    }
  }
  return schema.function(name);
}

}  // namespace kiln
