#pragma once

#include "document/texture_mapping.h"

namespace kiln {

struct Image;

enum class CameraBackgroundImageSource : std::uint8_t { Image = 0, MovieClip = 1 };
enum class CameraBackgroundImageDepth : std::uint8_t { Back = 0, Front = 16 };
enum class CameraBackgroundImageFrameMethod : std::uint8_t { Stretch = 0, Fit = 32, Crop = 96 };

/// A picture in the frame of views through a camera, behind or in front of the scene.
struct CameraBackgroundImage {
  CameraBackgroundImageSource source = CameraBackgroundImageSource::Image;
  BlockRef<Image> image;
  ImageUser image_user{.use_auto_refresh = true, .frame_duration = 0, .frame_start = 0};
  float2 offset;  ///< in sizes of the frame
  float scale = 1.0f;
  float rotation = 0.0f;  ///< radians
  bool use_flip_x = false, use_flip_y = false;
  float alpha = 0.5f;
  bool show_expanded = true;  ///< in the panel
  bool show_background_image = true;
  CameraBackgroundImageDepth display_depth = CameraBackgroundImageDepth::Back;
  CameraBackgroundImageFrameMethod frame_method = CameraBackgroundImageFrameMethod::Stretch;
  static const Schema& schema();
};

/// The list of these, as of `Camera::background_images`.
const Schema& camera_background_images_schema();

void register_camera_background(class Registry& registry);

}  // namespace kiln
