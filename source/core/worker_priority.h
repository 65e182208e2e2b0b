#pragma once

#include <memory>

namespace kiln {

/// While it lives, the threads that do parallel work for others let every other thread go first: those
/// that a person waits for (the window's own, the display's) answer at once whatever else goes on.
class WorkersAside {
public:
  WorkersAside();
  ~WorkersAside();
  WorkersAside(const WorkersAside&) = delete;
  WorkersAside& operator=(const WorkersAside&) = delete;

private:
  class Observer;
  std::unique_ptr<Observer> observer_;
};

}  // namespace kiln
