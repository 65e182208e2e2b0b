#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "image/color_management.h"

namespace kiln::operators {

/// The color configuration of the running program, read when it is first needed. Safe from any thread.
class ColorService {
 public:
  explicit ColorService(std::vector<Path> resource_folders) : folders_(std::move(resource_folders)) {}
  /// The configuration, or why there is none.
  Result<const image::ColorManagement*> get() const;

 private:
  std::vector<Path> folders_;
  mutable std::mutex mutex_;  // guards the one below
  mutable std::optional<Result<image::ColorManagement>> loaded_;
};

}  // namespace kiln::operators
