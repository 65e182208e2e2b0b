#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace kiln::editor {

/// Keeps a listener listening for as long as it lives.
class Connection {
public:
  Connection() = default;
  explicit Connection(std::shared_ptr<void> alive) : alive_(std::move(alive)) {}
  void disconnect() { alive_.reset(); }

private:
  std::shared_ptr<void> alive_;
};

/// Tells listeners that something happened, in the order they came. Listeners may connect,
/// disconnect and emit again while they are told. One thread only.
template <typename... Args>
class Signal {
public:
  using Listener = std::function<void(Args...)>;

  [[nodiscard]] Connection connect(Listener listener) {
    auto kept = std::make_shared<Listener>(std::move(listener));
    listeners_.push_back(kept);
    return Connection(std::move(kept));
  }
  void emit(Args... args) {
    const std::vector<std::weak_ptr<Listener>> now = listeners_;
    for (const std::weak_ptr<Listener>& weak : now) {
      if (const std::shared_ptr<Listener> listener = weak.lock()) {
        (*listener)(args...);
      }
    }
    std::erase_if(listeners_, [](const std::weak_ptr<Listener>& weak) { return weak.expired(); });
  }

private:
  std::vector<std::weak_ptr<Listener>> listeners_;
};

}  // namespace kiln::editor
