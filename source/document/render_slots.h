#pragma once

#include <string>

#include "core/schema/schema.h"

namespace kiln {

/// A place for a picture that was rendered, in the image that stands for renders.
struct RenderSlot {
  std::string name;
  static const Schema& schema();
};

/// Number of places that the image has from the start.
inline constexpr int render_slot_count = 8;

/// The pictures in those places, and which of them renders go into and views show. A service; what
/// is in it lies in no file.
class RenderSlots {
public:
  virtual ~RenderSlots() = default;
  virtual int active() const = 0;
  virtual void set_active(int slot) = 0;
  virtual void clear(int slot) = 0;
};

/// `Image.render_slots`.
const Schema& render_slots_schema();

}  // namespace kiln
