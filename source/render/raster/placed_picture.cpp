#include "render/raster/placed_picture.h"

#include <algorithm>
#include <cmath>

namespace kiln::render::raster {

PlacedPicture place_picture(const Object& object, const float4x4& world, float2 size,
                            float2 aspect) {
  const float width = std::max(1e-6f, size.x * aspect.x),
              height = std::max(1e-6f, size.y * aspect.y);
  const float unit = object.empty_display_size / std::max(width, height);
  const float2 full{width * unit, height * unit};
  const float2 low{object.empty_image_offset.x * full.x, object.empty_image_offset.y * full.y};
  PlacedPicture placed;
  for (int i = 0; i < 4; ++i) {
    placed.corners[std::size_t(i)] = transform_point(
        world, {low.x + (i & 1 ? full.x : 0.0f), low.y + (i & 2 ? full.y : 0.0f), 0.0f});
  }
  placed.alpha = object.use_empty_image_alpha ? std::clamp(object.color.w, 0.0f, 1.0f) : 1.0f;
  placed.depth = object.show_in_front ? ObjectEmptyImageDepth::Front : object.empty_image_depth;
  placed.side = object.empty_image_side;
  placed.in_perspective = object.show_empty_image_perspective;
  placed.in_orthographic = object.show_empty_image_orthographic;
  placed.only_facing = object.show_empty_image_only_axis_aligned;
  return placed;
}

bool is_shown(const PlacedPicture& picture, const ViewCamera& camera) {
  if (!(camera.is_perspective ? picture.in_perspective : picture.in_orthographic)) {
    return false;
  }
  const float3 normal = normalize(
      cross(picture.corners[1] - picture.corners[0], picture.corners[2] - picture.corners[0]));
  const float3 to_viewer{camera.view[2].x, camera.view[2].y, camera.view[2].z};
  if (picture.only_facing && std::abs(dot(normal, to_viewer)) < 0.9999f) {
    return false;
  }
  if (picture.side == ObjectEmptyImageSide::DoubleSided) {
    return true;
  }
  const float3 seen_from =
      camera.is_perspective ? camera.position() - picture.corners[0] : to_viewer;
  return (dot(normal, seen_from) > 0.0f) == (picture.side == ObjectEmptyImageSide::Front);
}

std::array<float2, 4> place_background(const CameraBackgroundImage& background, CameraSensorFit fit,
                                       float2 size, float4 frame, int width, int height) {
  const float aspect = std::max(size.x, 1e-6f) / std::max(size.y, 1e-6f);
  const float2 whole{std::max(frame.z, 1e-3f), std::max(frame.w, 1e-3f)};
  const float2 by_width{whole.x, whole.x / aspect}, by_height{whole.y * aspect, whole.y};
  const bool is_wider = aspect > whole.x / whole.y;
  float2 shown = whole;
  if (background.frame_method == CameraBackgroundImageFrameMethod::Fit) {
    shown = is_wider ? by_width : by_height;
  } else if (background.frame_method == CameraBackgroundImageFrameMethod::Crop) {
    shown = is_wider ? by_height : by_width;
  }
  const bool fits_shorter = (fit == CameraSensorFit::Horizontal && whole.y > whole.x) ||
                            (fit == CameraSensorFit::Vertical && whole.x > whole.y);
  const float unit =
      fits_shorter ? whole.x * std::min(whole.x, whole.y) / std::max(whole.x, whole.y) : whole.x;
  // Pixels from the bottom left.
  const float2 middle{
      frame.x + 0.5f * whole.x + background.offset.x * unit,
      float(height) - frame.y - 0.5f * whole.y + background.offset.y * unit / aspect};
  const float c = std::cos(background.rotation), s = std::sin(background.rotation);
  std::array<float2, 4> corners;
  for (int i = 0; i < 4; ++i) {
    const bool is_right = bool(i & 1) != background.use_flip_x,
               is_upper = bool(i & 2) != background.use_flip_y;
    const float x = (is_right ? 0.5f : -0.5f) * shown.x * background.scale,
                y = (is_upper ? 0.5f : -0.5f) * shown.y * background.scale;
    // Turned clockwise.
    corners[std::size_t(i)] = {
        (middle.x + c * x + s * y) / float(std::max(width, 1)) * 2.0f - 1.0f,
        (middle.y - s * x + c * y) / float(std::max(height, 1)) * 2.0f - 1.0f};
  }
  return corners;
}

}  // namespace kiln::render::raster
