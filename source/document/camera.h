#pragma once

#include "document/camera_background.h"

namespace kiln {

struct Object;

enum class CameraType : std::uint8_t { Persp = 0, Ortho = 1, Pano = 2 };
enum class CameraSensorFit : std::uint8_t { Auto = 0, Horizontal = 1, Vertical = 2 };
enum class CameraLensUnit : std::uint8_t { Millimeters = 0, Fov = 32 };
enum class CyclesCameraSettingsPanoramaType : std::uint8_t {
  Equirectangular = 0,
  EquiangularCubemapFace = 5,
  Mirrorball = 3,
  FisheyeEquidistant = 1,
  FisheyeEquisolid = 2,
  FisheyeLensPolynomial = 4
};

struct CameraDofSettings {
  bool use_dof = false;
  BlockRef<Object> focus_object;
  float focus_distance = 10.0f;
  float aperture_fstop = 2.8f;
  int aperture_blades = 0;
  float aperture_rotation = 0.0f;
  float aperture_ratio = 1.0f;
  static const Schema& schema();
};

/// Panoramic projections of the path tracer; angles in radians, lens in millimetres.
struct CyclesCameraSettings {
  CyclesCameraSettingsPanoramaType panorama_type =
      CyclesCameraSettingsPanoramaType::FisheyeEquisolid;
  float fisheye_fov = 3.1415927f;
  float fisheye_lens = 10.5f;
  float latitude_min = -1.5707964f;
  float latitude_max = 1.5707964f;
  float longitude_min = -3.1415927f;
  float longitude_max = 3.1415927f;
  float fisheye_polynomial_k0 = -1.1735144e-05f;
  float fisheye_polynomial_k1 = -0.019988736f;
  float fisheye_polynomial_k2 = -3.3525323e-06f;
  float fisheye_polynomial_k3 = 3.0992753e-06f;
  float fisheye_polynomial_k4 = -2.6064647e-08f;
  static const Schema& schema();
};

/// How a view is projected: lens and sensor in millimetres, distances in scene units. Looks along
/// -Z of its object.
struct Camera : Block<Camera, BlockType::Camera> {
  CameraType kind = CameraType::Persp;
  CameraSensorFit sensor_fit = CameraSensorFit::Auto;
  float passepartout_alpha = 0.5f;
  float clip_start = 0.1f;
  float clip_end = 1000.0f;
  float lens = 50.0f;
  float sensor_width = 36.0f;
  float sensor_height = 24.0f;
  float ortho_scale = 6.0f;
  float display_size = 1.0f;
  float shift_x = 0.0f;
  float shift_y = 0.0f;
  bool show_limits = false;
  bool show_mist = false;
  bool show_passepartout = true;
  bool show_safe_areas = false;
  bool show_safe_center = false;
  bool show_name = false;
  bool show_sensor = false;
  CameraLensUnit lens_unit = CameraLensUnit::Millimeters;
  bool show_composition_center = false;
  bool show_composition_center_diagonal = false;
  bool show_composition_thirds = false;
  bool show_composition_golden = false;
  bool show_composition_golden_tria_a = false;
  bool show_composition_golden_tria_b = false;
  bool show_composition_harmony_tri_a = false;
  bool show_composition_harmony_tri_b = false;
  bool show_background_images = false;
  ItemList<CameraBackgroundImage> background_images;  ///< later ones lie over earlier ones
  CameraDofSettings dof;
  CyclesCameraSettings cycles;

  /// Field of view in radians of the sensor side that counts (`fit` resolved), for the horizontal
  /// or vertical side.
  float field_of_view(float sensor) const;
  static const Schema& schema();
};

}  // namespace kiln
