#include "editor/layout/value_access.h"

namespace kiln::editor {

ConstRef DocumentAccess::owner(const LayoutItem& item) const {
  return item.script_owner ? item.script_owner->find()
                           : resolve(session_.document(), item.owner, &session_.services());
}

void DocumentAccess::set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) {
  if (!item.script_owner) {
    session_.set(item.owner, *item.property, value, merge_key);
    return;
  }
  if (const Result<void> done = item.script_owner->set(*item.property, value); !done) {
    session_.report(InfoLine::Kind::Error, done.error().message);
  }
  // Functions of scripts may have changed anything.
  session_.script_ran(item.property->label);
}

LastOperationAccess::LastOperationAccess(Session& session) : session_(session) {
  const LastOperation* last = session.last_operation();
  if (!last) {
    return;
  }
  type_ = last->type;
  given_ = last->settings;
  data_ = type_->settings->make();
  for (const auto& [name, value] : given_) {
    if (const Property* property = type_->settings->property(name)) {
      static_cast<void>(write({type_->settings, data_}, *property, value));
    }
  }
}

LastOperationAccess::~LastOperationAccess() {
  if (data_) {
    type_->settings->destroy(data_);
  }
}

ConstRef LastOperationAccess::owner(const LayoutItem&) const {
  return data_ ? ConstRef{type_->settings, data_} : ConstRef{};
}

void LastOperationAccess::set(const LayoutItem& item, const Value& value, std::uint64_t) {
  if (!data_ || !write({type_->settings, data_}, *item.property, value)) {
    return;
  }
  const Value now = read(owner(item), *item.property);
  std::erase_if(given_,
                [&](const auto& entry) { return entry.first == item.property->identifier; });
  given_.emplace_back(item.property->identifier, now);
  session_.repeat_last(given_);
}

LayoutItem LastOperationAccess::layout() const {
  LayoutItem root;
  if (!data_) {
    root.label("The last step has no settings to change");
    return root;
  }
  for (const Property* property : type_->settings->all_properties()) {
    if (!property->is_hidden && !property->is_internal && !property->is_read_only &&
        property->type != PropertyType::Pointer && property->type != PropertyType::Collection) {
      root.prop({}, *property);
    }
  }
  if (root.children.empty()) {
    root.label("No settings");
  }
  return root;
}

}  // namespace kiln::editor
