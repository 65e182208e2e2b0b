#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "document/camera.h"
#include "document/object.h"
#include "render/raster/camera.h"

namespace kiln {
class Document;
}

namespace kiln::render::raster {

/// Pixels for the screen: four bytes each, display-referred, premultiplied, rows from the bottom.
struct ViewPicture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bytes;
};

/// The pixels of an image data-block; null while there are none.
using FindPicture = std::function<std::shared_ptr<const ViewPicture>(
    const Document& document, BlockId image, const ImageUser& user)>;

/// A picture on a rectangle of the scene, as an empty shows it.
struct PlacedPicture {
  /// World space: lower left, lower right, upper left, upper right.
  std::array<float3, 4> corners;
  std::shared_ptr<const ViewPicture> picture;  ///< null: only the frame is drawn
  float alpha = 1.0f;
  ObjectEmptyImageDepth depth = ObjectEmptyImageDepth::Default;
  ObjectEmptyImageSide side = ObjectEmptyImageSide::DoubleSided;
  bool in_perspective = true, in_orthographic = true, only_facing = false;
  float4 frame;          ///< color of its border, display-referred
  std::uint32_t id = 0;  ///< number of its object in the draw list
};

/// Where the empty `object` has a picture of that size, which is that of its data: the longer side
/// is as long as the empty's size, pixels are as wide and high as the image says (`aspect`).
PlacedPicture place_picture(const Object& object, const float4x4& world, float2 size,
                            float2 aspect);
/// Whether a view shows it.
bool is_shown(const PlacedPicture& picture, const ViewCamera& camera);

/// A picture fixed to the view, behind or in front of all there is.
struct FixedPicture {
  /// Places in the view, -1 to 1 from the bottom left, in the order of `PlacedPicture`.
  std::array<float2, 4> corners;
  std::shared_ptr<const ViewPicture> picture;
  float alpha = 1.0f;
  bool is_front = false;
};

/// Where a camera's picture of that size, pixels as wide and high as they are shown, lies in a view
/// of `width` times `height` pixels whose `frame` (left, top, width, height in pixels) is what the
/// camera takes. Offsets count in frame widths; where the sensor fits the shorter side of the
/// frame, in that much shorter ones.
std::array<float2, 4> place_background(const CameraBackgroundImage& background, CameraSensorFit fit,
                                       float2 size, float4 frame, int width, int height);

}  // namespace kiln::render::raster
