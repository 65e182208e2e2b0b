#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "document/document.h"
#include "document/render_slots.h"

namespace kiln::render {
struct RenderResult;
}

namespace kiln::operators {

/// What was rendered last into each slot, for `save_render` of the image that stands for renders. A
/// service; safe from any thread.
class RenderResults final : public RenderSlots {
public:
  /// A picture and the view layer it is of.
  struct Picture {
    std::shared_ptr<const render::RenderResult> result;
    std::string layer;
  };
  int active() const override;
  void set_active(int slot) override;
  void clear(int slot) override;
  /// Into a slot; -1: the active one.
  void put(Picture picture, int slot = -1);
  /// Of the active slot; null where nothing was rendered.
  Picture find() const;
  /// Called in the thread that makes another slot the active one.
  void set_follower(std::function<void(int slot)> follower);

private:
  mutable std::mutex mutex_;  // guards those below
  std::vector<Picture> pictures_;
  int active_ = 0;
  std::function<void(int)> follower_;
};

/// The image that stands for what was rendered ("Render Result"); made where there is none.
BlockId render_result_image(Document& document);

}  // namespace kiln::operators
