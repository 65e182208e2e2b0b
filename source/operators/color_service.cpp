#include "operators/color_service.h"

namespace kiln::operators {

Result<const image::ColorManagement*> ColorService::get() const {
  const std::scoped_lock lock(mutex_);
  if (!loaded_) {
    const Result<Path> config = image::ColorManagement::find_config(folders_);
    loaded_ = config ? image::ColorManagement::load(*config) : Result<image::ColorManagement>(config.error());
  }
  if (!*loaded_) {
    return loaded_->error();
  }
  return &loaded_->value();
}

}  // namespace kiln::operators
