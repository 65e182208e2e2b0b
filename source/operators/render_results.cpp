#include "operators/render_results.h"

#include <fmt/format.h>

#include "document/image.h"

namespace kiln::operators {

int RenderResults::active() const {
  const std::scoped_lock lock(mutex_);
  return active_;
}

void RenderResults::set_active(int slot) {
  std::function<void(int)> follower;
  {
    const std::scoped_lock lock(mutex_);
    if (slot < 0 || slot == active_) {
      return;
    }
    active_ = slot;
    follower = follower_;
  }
  if (follower) {
    follower(slot);
  }
}

void RenderResults::clear(int slot) {
  const std::scoped_lock lock(mutex_);
  if (slot >= 0 && slot < int(pictures_.size())) {
    pictures_[std::size_t(slot)] = {};
  }
}

void RenderResults::put(Picture picture, int slot) {
  const std::scoped_lock lock(mutex_);
  const auto at = std::size_t(slot < 0 ? active_ : slot);
  if (at >= pictures_.size()) {
    pictures_.resize(at + 1);
  }
  pictures_[at] = std::move(picture);
}

RenderResults::Picture RenderResults::find() const {
  const std::scoped_lock lock(mutex_);
  return active_ < int(pictures_.size()) ? pictures_[std::size_t(active_)] : Picture{};
}

void RenderResults::set_follower(std::function<void(int)> follower) {
  const std::scoped_lock lock(mutex_);
  follower_ = std::move(follower);
}

BlockId render_result_image(Document& document) {
  for (const BlockId id : document.all(BlockType::Image)) {
    if (document.find<Image>(id)->source == ImageSource::Viewer) {
      return id;
    }
  }
  auto& image = document.add<Image>("Render Result");
  image.source = ImageSource::Viewer;
  for (int i = 1; i <= render_slot_count; ++i) {
    image.render_slots.add(RenderSlot{fmt::format("Slot {}", i)});
  }
  return image.id;
}

}  // namespace kiln::operators
