#pragma once

#include <type_traits>
#include <typeindex>
#include <unordered_map>

namespace kiln {

/// What the floors of the running program offer to each other's functions, by type: a function of
/// the interface that needs the evaluator asks for it here, so that lower floors need not know it.
/// Set up once by the program; borrowed pointers.
class Services {
public:
  /// `T` may be const: only `find<const T>` then gets it.
  template <typename T>
  void set(T* service) {
    services_[typeid(T*)] = const_cast<std::remove_const_t<T>*>(service);
  }
  /// Null when the program runs without it.
  template <typename T>
  T* find() const {
    const auto found = services_.find(typeid(T*));
    return found == services_.end() ? nullptr : static_cast<T*>(found->second);
  }

private:
  std::unordered_map<std::type_index, void*> services_;
};

}  // namespace kiln
