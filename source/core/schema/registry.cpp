#include "core/schema/registry.h"

#include <algorithm>

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
    if (found->second->is_runtime) {
      retired_types_[std::string(identifier)] = const_cast<Schema*>(found->second);
    }
    by_name_.erase(found);
    ++version_;
  }
}

Schema* Registry::revive(std::string_view identifier, const Schema* base,
                         const std::vector<std::string>& properties) {
  const auto found = retired_types_.find(std::string(identifier));
  if (found == retired_types_.end() || found->second->base != base) {
    return nullptr;
  }
  Schema* schema = found->second;
  std::vector<std::string> own;
  for (const Property& p : schema->properties) {
    if (p.is_runtime) {
      own.push_back(p.identifier);
    }
  }
  std::sort(own.begin(), own.end());
  if (own != properties) {
    return nullptr;
  }
  retired_types_.erase(found);
  remove(identifier);
  add(*schema);
  return schema;
}

const Schema* Registry::find(std::string_view identifier) const {
  const auto found = by_name_.find(identifier);
  return found == by_name_.end() ? nullptr : found->second;
}

std::vector<const Schema*> Registry::kinds_of(const Schema& base) const {
  std::vector<const Schema*> kinds;
  for (const Schema* schema : order_) {
    // Those of scripts have no tags.
    const bool is_kind = schema->is_runtime || (schema->make && !schema->tag.empty());
    if (is_kind && schema->is_a(base)) {
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

const Property& Registry::extend(const Schema& schema, Property property, bool may_reuse) {
  remove_extension(schema, property.identifier);
  ++version_;
  auto& list = extensions_[&schema].properties;
  auto& former = retired_[&schema];
  const auto same = std::find_if(former.begin(), former.end(), [&](const auto& p) {
    return may_reuse && p->identifier == property.identifier;
  });
  if (same == former.end()) {
    return *list.emplace_back(std::make_unique<Property>(std::move(property)));
  }
  **same = std::move(property);
  list.push_back(std::move(*same));
  former.erase(same);
  return *list.back();
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
      retired_[&schema].push_back(std::move(*it));
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
