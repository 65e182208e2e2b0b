#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "render/raster/camera.h"
#include "render/raster/draw_list.h"
#include "render/raster/gpu_store.h"

namespace kiln::render::raster {

/// An object under a place of the view.
struct PickHit {
  std::uint32_t number = 0;  ///< in the draw list
  float distance = 0.0f;     ///< pixels from the middle of the rectangle
};

/// Depths of a view in [0, 1], rows from the bottom; 1 where there is nothing.
struct DepthPicture {
  int width = 0, height = 0;
  std::vector<float> values;
};

/// Draws views in one context, which must be current in every call, the destructor included.
class ViewRenderer {
public:
  explicit ViewRenderer(std::shared_ptr<GpuStore> store);
  ~ViewRenderer();
  ViewRenderer(const ViewRenderer&) = delete;
  ViewRenderer& operator=(const ViewRenderer&) = delete;

  /// Draws a whole view into a framebuffer. What only follows from the list is kept while the list
  /// is the same object; the same goes for `picture`, of the whole view, which rendered shading
  /// shows (null: the background). It may be smaller than the view and is stretched then.
  Result<void> draw(std::shared_ptr<const DrawList> list, const ViewCamera& camera,
                    const ViewLook& look, int width, int height, std::uint32_t framebuffer,
                    std::shared_ptr<const ViewPicture> picture = nullptr);

  /// Samples in the picture that was drawn last.
  int sample_count() const;

  /// Where a surface lies under a pixel (from the bottom left) of the view that was drawn last, in
  /// world space; nothing where there is none.
  std::optional<float3> surface_at(const ViewCamera& camera, int x, int y) const;
  /// Of the view that was drawn last.
  DepthPicture depths() const;

  /// Objects that a small rectangle of the view of that size shows, the nearest to its middle
  /// first; those in `ignored` (by number) are looked through.
  Result<std::vector<PickHit>> pick(std::shared_ptr<const DrawList> list, const ViewCamera& camera,
                                    const ViewLook& look, int width, int height, PixelRect rect,
                                    const std::vector<std::uint32_t>& ignored = {});
  /// All objects with a pixel in the rectangle, hidden ones included, by number.
  Result<std::vector<std::uint32_t>> pick_all(std::shared_ptr<const DrawList> list,
                                              const ViewCamera& camera, const ViewLook& look,
                                              int width, int height, PixelRect rect);

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kiln::render::raster
