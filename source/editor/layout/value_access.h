#pragma once

#include "document/resolve.h"
#include "editor/layout/layout.h"

namespace kiln::editor {

/// Where the values of a layout come from and go to.
class ValueAccess {
public:
  virtual ~ValueAccess() = default;
  /// The struct that has the item's property; empty when it is gone.
  virtual ConstRef owner(const LayoutItem& item) const = 0;
  /// Writes the whole property. Calls with the same `merge_key` make one undo step.
  virtual void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) = 0;
};

/// Values in the document, through the session, and in structs of scripts that lie in none.
class DocumentAccess : public ValueAccess {
public:
  explicit DocumentAccess(Session& session) : session_(session) {}
  ConstRef owner(const LayoutItem& item) const override;
  void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;

private:
  Session& session_;
};

/// Settings of the last operation: a change does it again.
class LastOperationAccess : public ValueAccess {
public:
  explicit LastOperationAccess(Session& session);
  ~LastOperationAccess() override;
  LastOperationAccess(const LastOperationAccess&) = delete;
  LastOperationAccess& operator=(const LastOperationAccess&) = delete;

  ConstRef owner(const LayoutItem& item) const override;
  void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;
  /// Fields for its settings.
  LayoutItem layout() const;

private:
  Session& session_;
  const operators::OperatorType* type_ = nullptr;
  void* data_ = nullptr;
  OperatorSettings given_;
};

}  // namespace kiln::editor
