#include "document/camera.h"

#include <cmath>

#include "document/object.h"

namespace kiln {
namespace {

float lens_for(float sensor, double angle) {
  return float(sensor / (2.0 * std::tan(angle * 0.5)));
}

// An angle of view as a property: computed from the lens, which it sets.
void add_angle(SchemaBuilder<Camera>& s, const char* identifier, const char* label,
               float (*sensor)(const Camera&)) {
  s.add_computed(
       PropertyType::Float, identifier, label,
       [sensor](const ConstRef& r) {
         return Value(r.as<Camera>().field_of_view(sensor(r.as<Camera>())));
       },
       [sensor](const MutableRef& r, const Value& v) -> Result<void> {
         auto& camera = r.as<Camera>();
         camera.lens = std::max(
             1.0f, lens_for(sensor(camera), std::clamp(v.as_float(), 0.006405358, 3.0167491)));
         return {};
       })
      .range(0.006405358, 3.0167491)
      .subtype(Subtype::Angle)
      .default_value(0.0)
      .not_animatable()
      .overridable();
}

}  // namespace

float Camera::field_of_view(float sensor) const {
  return 2.0f * std::atan(sensor / (2.0f * lens));
}

const Schema& CameraDofSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CameraDofSettings> s("CameraDOFSettings", "Depth of Field");
    s.add<&CameraDofSettings::use_dof>("use_dof", "Depth of Field").overridable();
    s.add<&CameraDofSettings::focus_object>("focus_object", "Focus Object")
        .not_animatable()
        .overridable();
    s.add<&CameraDofSettings::focus_distance>("focus_distance", "Focus Distance")
        .range(0, infinity)
        .soft(0, 5000)
        .step(1, 2)
        .subtype(Subtype::Distance)
        .overridable();
    s.add<&CameraDofSettings::aperture_fstop>("aperture_fstop", "F-Stop")
        .range(0, infinity)
        .soft(0.1, 128)
        .step(10, 1)
        .overridable();
    s.add<&CameraDofSettings::aperture_blades>("aperture_blades", "Blades")
        .range(0, 16)
        .overridable();
    s.add<&CameraDofSettings::aperture_rotation>("aperture_rotation", "Rotation")
        .range(-3.1415927, 3.1415927)
        .subtype(Subtype::Angle)
        .overridable();
    s.add<&CameraDofSettings::aperture_ratio>("aperture_ratio", "Ratio")
        .range(0.01, infinity)
        .soft(1, 2)
        .step(0.1)
        .overridable();
    return s.build();
  }();
  return schema;
}

const Schema& CyclesCameraSettings::schema() {
  static const Schema schema = [] {
    SchemaBuilder<CyclesCameraSettings> s("CyclesCameraSettings", "", &property_group_schema());
    s.add<&CyclesCameraSettings::panorama_type>("panorama_type", "Panorama Type")
        .items({{"EQUIRECTANGULAR", "Equirectangular", 0},
                {"EQUIANGULAR_CUBEMAP_FACE", "Equiangular Cubemap Face", 5},
                {"MIRRORBALL", "Mirror Ball", 3},
                {"FISHEYE_EQUIDISTANT", "Fisheye Equidistant", 1},
                {"FISHEYE_EQUISOLID", "Fisheye Equisolid", 2},
                {"FISHEYE_LENS_POLYNOMIAL", "Fisheye Lens Polynomial", 4}});
    s.add<&CyclesCameraSettings::fisheye_fov>("fisheye_fov", "Field of View")
        .range(0.1745, 31.415926)
        .soft(0.1745, 6.2831855)
        .step(3, 2)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::fisheye_lens>("fisheye_lens", "Fisheye Lens")
        .range(0.01, 100)
        .soft(0.01, 15)
        .step(3, 2);
    s.add<&CyclesCameraSettings::latitude_min>("latitude_min", "Min Latitude")
        .range(-1.5707964, 1.5707964)
        .step(3, 2)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::latitude_max>("latitude_max", "Max Latitude")
        .range(-1.5707964, 1.5707964)
        .step(3, 2)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::longitude_min>("longitude_min", "Min Longitude")
        .range(-3.1415927, 3.1415927)
        .step(3, 2)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::longitude_max>("longitude_max", "Max Longitude")
        .range(-3.1415927, 3.1415927)
        .step(3, 2)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::fisheye_polynomial_k0>("fisheye_polynomial_k0",
                                                        "Fisheye Polynomial K0")
        .step(0.1, 6)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::fisheye_polynomial_k1>("fisheye_polynomial_k1",
                                                        "Fisheye Polynomial K1")
        .step(0.1, 6)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::fisheye_polynomial_k2>("fisheye_polynomial_k2",
                                                        "Fisheye Polynomial K2")
        .step(0.1, 6)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::fisheye_polynomial_k3>("fisheye_polynomial_k3",
                                                        "Fisheye Polynomial K3")
        .step(0.1, 6)
        .subtype(Subtype::Angle);
    s.add<&CyclesCameraSettings::fisheye_polynomial_k4>("fisheye_polynomial_k4",
                                                        "Fisheye Polynomial K4")
        .step(0.1, 6)
        .subtype(Subtype::Angle);
    return s.build();
  }();
  return schema;
}

const Schema& Camera::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Camera> s("Camera", "Camera", &DataBlock::schema());
    s.add<&Camera::kind>("type", "Type")
        .items(
            {{"PERSP", "Perspective", 0}, {"ORTHO", "Orthographic", 1}, {"PANO", "Panoramic", 2}})
        .overridable();
    s.add<&Camera::sensor_fit>("sensor_fit", "Sensor Fit")
        .items({{"AUTO", "Auto", 0}, {"HORIZONTAL", "Horizontal", 1}, {"VERTICAL", "Vertical", 2}})
        .overridable();
    s.add<&Camera::passepartout_alpha>("passepartout_alpha", "Passepartout Alpha")
        .range(0, 1)
        .subtype(Subtype::Factor)
        .overridable();
    add_angle(s, "angle_x", "Horizontal FOV", [](const Camera& c) { return c.sensor_width; });
    add_angle(s, "angle_y", "Vertical FOV", [](const Camera& c) { return c.sensor_height; });
    add_angle(s, "angle", "Field of View", [](const Camera& c) {
      return c.sensor_fit == CameraSensorFit::Vertical ? c.sensor_height : c.sensor_width;
    });
    s.add<&Camera::clip_start>("clip_start", "Clip Start")
        .range(1e-06, infinity)
        .soft(0.001, infinity)
        .subtype(Subtype::Distance)
        .overridable();
    s.add<&Camera::clip_end>("clip_end", "Clip End")
        .range(1e-06, infinity)
        .soft(0.001, infinity)
        .subtype(Subtype::Distance)
        .overridable();
    s.add<&Camera::lens>("lens", "Focal Length")
        .range(1, infinity)
        .soft(1, 5000)
        .step(100, 4)
        .subtype(Subtype::DistanceCamera)
        .overridable();
    s.add<&Camera::sensor_width>("sensor_width", "Sensor Width")
        .range(1, infinity)
        .soft(1, 100)
        .step(100, 4)
        .subtype(Subtype::DistanceCamera)
        .overridable();
    s.add<&Camera::sensor_height>("sensor_height", "Sensor Height")
        .range(1, infinity)
        .soft(1, 100)
        .step(100, 4)
        .subtype(Subtype::DistanceCamera)
        .overridable();
    s.add<&Camera::ortho_scale>("ortho_scale", "Orthographic Scale")
        .range(0, infinity)
        .soft(0.001, 10000)
        .overridable();
    s.add<&Camera::display_size>("display_size", "Display Size")
        .range(0.01, 1000)
        .soft(0.01, 100)
        .step(1, 2)
        .subtype(Subtype::Distance)
        .overridable();
    s.add<&Camera::shift_x>("shift_x", "Shift X").soft(-2, 2).step(1).overridable();
    s.add<&Camera::shift_y>("shift_y", "Shift Y").soft(-2, 2).step(1).overridable();
    s.add<&Camera::show_limits>("show_limits", "Show Limits").overridable();
    s.add<&Camera::show_mist>("show_mist", "Show Mist").overridable();
    s.add<&Camera::show_passepartout>("show_passepartout", "Show Passepartout").overridable();
    s.add<&Camera::show_safe_areas>("show_safe_areas", "Show Safe Areas").overridable();
    s.add<&Camera::show_safe_center>("show_safe_center", "Show Center-Cut Safe Areas")
        .overridable();
    s.add<&Camera::show_name>("show_name", "Show Name").overridable();
    s.add<&Camera::show_sensor>("show_sensor", "Show Sensor Size").overridable();
    s.add<&Camera::lens_unit>("lens_unit", "Lens Unit")
        .items({{"MILLIMETERS", "Millimeters", 0}, {"FOV", "Field of View", 32}})
        .overridable();
    s.add<&Camera::show_composition_center>("show_composition_center", "Center").overridable();
    s.add<&Camera::show_composition_center_diagonal>("show_composition_center_diagonal",
                                                     "Center Diagonal")
        .overridable();
    s.add<&Camera::show_composition_thirds>("show_composition_thirds", "Thirds").overridable();
    s.add<&Camera::show_composition_golden>("show_composition_golden", "Golden Ratio")
        .overridable();
    s.add<&Camera::show_composition_golden_tria_a>("show_composition_golden_tria_a",
                                                   "Golden Triangle A")
        .overridable();
    s.add<&Camera::show_composition_golden_tria_b>("show_composition_golden_tria_b",
                                                   "Golden Triangle B")
        .overridable();
    s.add<&Camera::show_composition_harmony_tri_a>("show_composition_harmony_tri_a",
                                                   "Harmonious Triangle A")
        .overridable();
    s.add<&Camera::show_composition_harmony_tri_b>("show_composition_harmony_tri_b",
                                                   "Harmonious Triangle B")
        .overridable();
    s.add<&Camera::show_background_images>("show_background_images", "Display Background Images")
        .describe("Views through the camera show its pictures in their frame")
        .overridable();
    s.add<&Camera::background_images>("background_images", "Background Images")
        .collection_schema(&camera_background_images_schema)
        .not_animatable()
        .overridable();
    s.add<&Camera::dof>("dof", "Depth Of Field").not_animatable();
    s.add<&Camera::cycles>("cycles", "Cycles Camera Settings").not_animatable();
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
