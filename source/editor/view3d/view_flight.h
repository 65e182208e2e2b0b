#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <functional>

#include "editor/view3d/navigation.h"

namespace kiln::editor {

/// A view on its way to where a key sent it. Meant to be seen only: whoever asks where the view is
/// gets its end.
class ViewFlight {
public:
  /// `moved` is called for every picture on the way, and at the end. `count` is of all views that
  /// are on their way.
  ViewFlight(int& count, std::function<void()> moved);
  ~ViewFlight() { stop(); }
  ViewFlight(const ViewFlight&) = delete;
  ViewFlight& operator=(const ViewFlight&) = delete;

  /// Leaves for where `to` looks from, unless that is no different from `from`.
  void begin(const Navigation& from, const Navigation& to, int milliseconds);
  void stop();
  bool is_on_its_way() const { return timer_.isActive(); }
  /// Where it looks from now, with all else as `end` has it.
  Navigation shown(const Navigation& end) const;

private:
  int& count_;
  QTimer timer_;
  QElapsedTimer passed_;
  int milliseconds_ = 0;
  Navigation from_;
  std::function<void()> moved_;
};

}  // namespace kiln::editor
