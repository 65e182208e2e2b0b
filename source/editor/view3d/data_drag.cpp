#include "editor/view3d/data_drag.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "document/camera.h"
#include "document/light.h"
#include "document/resolve.h"
#include "editor/layout/layout.h"
#include "evaluation/evaluator.h"
#include "render/raster/draw_list.h"

namespace kiln::editor {
namespace {

const char* label_of(DataPart part) {
  switch (part) {
    case DataPart::SpotSize:
      return "Spot Size";
    case DataPart::AreaWidth:
    case DataPart::AreaHeight:
      return "Light Size";
    case DataPart::LookAt:
      return "Aim Light";
    case DataPart::Lens:
      return "Focal Length";
    case DataPart::OrthoScale:
      return "Orthographic Scale";
    case DataPart::FocusDistance:
      return "Focus Distance";
    case DataPart::PictureOffset:
      return "Move Image";
    case DataPart::PictureSize:
      return "Scale Image";
  }
  return "";
}

// Where a ray meets a plane; none where it runs along it or the plane lies behind its start.
std::optional<float3> on_plane(const Ray& ray, float3 point, float3 normal) {
  const float across = dot(ray.direction, normal);
  if (std::abs(across) < 1e-6f) {
    return std::nullopt;
  }
  const float t = dot(point - ray.origin, normal) / across;
  return t > 0.0f ? std::optional(ray.origin + ray.direction * t) : std::nullopt;
}

// The property that holds the rotation of an object.
const char* rotation_name(const Object& object) {
  return object.rotation_mode == RotationMode::Quaternion  ? "rotation_quaternion"
         : object.rotation_mode == RotationMode::AxisAngle ? "rotation_axis_angle"
                                                           : "rotation_euler";
}

}  // namespace

DataDrag::DataDrag(Session& session, const Object& object, const std::array<float3, 4>* picture,
                   DataHandle handle, const render::raster::ViewCamera& camera, int width,
                   int height, float2 mouse)
    : session_(session),
      handle_(handle),
      camera_(camera),
      width_(width),
      height_(height),
      last_(mouse),
      effective_(mouse),
      before_(session.document()),
      object_(object.id),
      data_(object.data.id),
      world_(evaluation::Evaluator::world_matrix(session.document(), object)),
      matrix_(sketch_matrix(world_)),
      picture_(picture ? *picture : std::array<float3, 4>{}) {
  start_ = measure(mouse);
  start_on_ = on_picture(mouse);
}

// How wide a cone is that opens along -Z and goes through the mouse: the tangent of half its angle.
// Measured in the plane across it or in the one along it, whichever faces the viewer more.
std::optional<float> DataDrag::cone_tangent(const Ray& ray) const {
  const float3 side = side_direction(handle_.side);
  const float3 apex = translation(matrix_), back = transform_direction(matrix_, {0, 0, 1}),
               out = transform_direction(matrix_, side), normal = cross(back, out);
  float depth = 1.0f;
  if (const Light* light = before_.find<Light>(data_)) {
    depth = render::raster::light_reach(light->kind);
  } else if (const Scene* scene = session_.scene()) {
    depth = render::raster::camera_sketch(*before_.find<Camera>(data_), *scene).depth;
  }
  const bool is_across = std::abs(dot(ray.direction, back)) > std::abs(dot(ray.direction, normal));
  const auto place =
      is_across ? on_plane(ray, apex - back * depth, back) : on_plane(ray, apex, normal);
  if (!place) {
    return std::nullopt;
  }
  const float3 offset = *place - apex;
  const float away = std::max(-dot(offset, back), 1e-4f * depth);
  return std::max(dot(offset, out), 1e-4f * away) / away;
}

// How far along a line through the object the mouse is.
std::optional<float> DataDrag::along(const Ray& ray, float3 direction) const {
  const float3 d = normalize(transform_direction(matrix_, direction));
  const float3 from = translation(matrix_) - ray.origin;
  const float b = dot(d, ray.direction), room = 1.0f - b * b;
  if (room < 1e-5f) {
    return std::nullopt;
  }
  return (b * dot(ray.direction, from) - dot(d, from)) / room;
}

std::optional<float> DataDrag::measure(float2 mouse) const {
  const Ray ray = ray_at(camera_, width_, height_, mouse);
  switch (handle_.part) {
    case DataPart::SpotSize:
    case DataPart::Lens:
      return cone_tangent(ray);
    case DataPart::AreaWidth:
    case DataPart::AreaHeight:
      return along(ray, side_direction(handle_.side));
    case DataPart::OrthoScale: {
      // The frame lies in front of the camera: the line is that through its middle.
      const Scene* scene = session_.scene();
      const float depth =
          scene ? render::raster::camera_sketch(*before_.find<Camera>(data_), *scene).depth : 0.0f;
      Ray moved = ray;
      moved.origin += transform_direction(matrix_, {0, 0, depth});
      return along(moved, side_direction(handle_.side));
    }
    case DataPart::FocusDistance:
      return along(ray, {0, 0, -1});
    default:
      return std::nullopt;
  }
}

// The mouse in the plane of a picture, in widths and heights of it from its lower left corner.
std::optional<float2> DataDrag::on_picture(float2 mouse) const {
  const float3 right = picture_[1] - picture_[0], up = picture_[2] - picture_[0];
  const auto at =
      on_plane(ray_at(camera_, width_, height_, mouse), picture_[0], normalize(cross(right, up)));
  if (!at) {
    return std::nullopt;
  }
  // Sheared pictures, too: the dual of the two sides.
  const float3 d = *at - picture_[0];
  const float rr = dot(right, right), uu = dot(up, up), ru = dot(right, up);
  const float size = rr * uu - ru * ru;
  if (!(size > 0.0f)) {
    return std::nullopt;
  }
  return float2{(dot(d, right) * uu - dot(d, up) * ru) / size,
                (dot(d, up) * rr - dot(d, right) * ru) / size};
}

Handle DataDrag::data_owner(const char* member) const {
  Handle owner{data_, {}};
  if (member) {
    owner.steps.push_back(PathStep{before_.find(data_)->dynamic_schema().property(member)});
  }
  return owner;
}

std::vector<DataDrag::Write> DataDrag::writes(float2 mouse) const {
  const auto of_data = [&](const char* name, float value) {
    const Property* property = before_.find(data_)->dynamic_schema().property(name);
    return property ? std::vector<Write>{{data_owner(), property, Value(value)}}
                    : std::vector<Write>();
  };
  const auto of_object = [&](const char* name, Value value) {
    return Write{Handle{object_, {}}, Object::schema().property(name), std::move(value)};
  };
  if (handle_.part == DataPart::PictureOffset || handle_.part == DataPart::PictureSize) {
    const std::optional<float2> now = on_picture(mouse);
    const Object& object = *before_.find<Object>(object_);
    if (!now || !start_on_) {
      return {};
    }
    const float2 offset = object.empty_image_offset;
    if (handle_.part == DataPart::PictureOffset) {
      const float2 moved = offset + (*now - *start_on_);
      return {of_object("empty_image_offset", Value(Value::Numbers{moved.x, moved.y}))};
    }
    // The corner opposite stays where it is.
    const float2 kept{handle_.side & 1 ? 0.0f : 1.0f, handle_.side & 2 ? 0.0f : 1.0f};
    const float2 from = *start_on_ - kept, to = *now - kept;
    const float factor = std::max(dot(from, to) / std::max(dot(from, from), 1e-12f), 1e-3f);
    const float2 moved = (offset + kept) * (1.0f / factor) - kept;
    return {of_object("empty_display_size", Value(object.empty_display_size * factor)),
            of_object("empty_image_offset", Value(Value::Numbers{moved.x, moved.y}))};
  }
  const std::optional<float> now = measure(mouse);
  if (!now || !start_) {
    return {};
  }
  const float step = *now - *start_;
  // Of what grows with the measure.
  const float factor = std::abs(*start_) > 1e-9f ? std::max(*now / *start_, 1e-4f) : 1.0f;
  const Light* light = before_.find<Light>(data_);
  const Camera* camera = before_.find<Camera>(data_);
  switch (handle_.part) {
    case DataPart::SpotSize:
      return of_data("spot_size",
                     2.0f * std::atan(std::tan(std::min(light->spot_size * 0.5f, 1.5f)) * factor));
    case DataPart::AreaWidth:
      return of_data("size", std::max(0.0f, light->size + 2.0f * step));
    case DataPart::AreaHeight: {
      const bool has_two =
          light->shape == LightShape::Rectangle || light->shape == LightShape::Ellipse;
      return of_data(has_two ? "size_y" : "size",
                     std::max(0.0f, (has_two ? light->size_y : light->size) + 2.0f * step));
    }
    case DataPart::Lens:
      return of_data("lens", camera->lens / factor);
    case DataPart::OrthoScale:
      return of_data("ortho_scale", camera->ortho_scale * factor);
    case DataPart::FocusDistance:
      return {{data_owner("dof"), CameraDofSettings::schema().property("focus_distance"),
               Value(std::max(0.0f, camera->dof.focus_distance + step))}};
    default:
      return {};
  }
}

// Turns a light by the shortest way, so that it shines at what is under the mouse, or at the place
// there that is as deep in the view as the handle was.
bool DataDrag::turn_to(std::optional<float3> surface) {
  const Object& object = *before_.find<Object>(object_);
  const Light& light = *before_.find<Light>(data_);
  const float3 origin = translation(matrix_), back = transform_direction(matrix_, {0, 0, 1});
  const float3 towards_eye{camera_.view[2].x, camera_.view[2].y, camera_.view[2].z};
  const auto target =
      surface ? surface
              : on_plane(ray_at(camera_, width_, height_, effective_),
                         origin - back * render::raster::light_reach(light.kind), towards_eye);
  if (!target || !(length(*target - origin) > 1e-6f)) {
    return false;
  }
  const float3 wanted = normalize(origin - *target);
  float3 about = cross(back, wanted);
  const float angle = std::atan2(length(about), dot(back, wanted));
  if (!(length(about) > 1e-6f)) {
    // Nothing to do, or half a turn, about any axis across.
    about = transform_direction(matrix_, {1, 0, 0});
  }
  const float3x3 turn = quaternion_to_matrix(axis_angle_to_quaternion(normalize(about), angle));
  const float4x4 turned = to_float4x4(turn * upper3x3(world_), origin);
  const float4x4 local = object.local_matrix() * inverse(world_) * turned;
  Object& edited = session_.project().document.edit<Object>(object_, Change::Transform);
  const float3 scale = edited.scale, location = edited.location;
  edited.set_local_matrix(local);
  edited.scale = scale;
  edited.location = location;
  return true;
}

void DataDrag::mouse_moved(float2 mouse, bool is_precise, std::optional<float3> surface) {
  if (!is_active_ || !session_.held().empty()) {
    return;
  }
  effective_ += (mouse - last_) * (is_precise ? 0.1f : 1.0f);
  last_ = mouse;
  Document& document = session_.project().document;
  document.restore(before_);
  written_.clear();
  has_changed_ = false;
  if (handle_.part == DataPart::LookAt) {
    has_changed_ = turn_to(is_precise ? std::nullopt : surface);
  } else {
    for (Write& write : writes(effective_)) {
      if (write.property &&
          set_value(document, write.owner, *write.property, write.value, session_.services())) {
        written_.push_back(std::move(write));
        has_changed_ = true;
      }
    }
  }
  session_.announce();
}

void DataDrag::confirm() {
  if (!std::exchange(is_active_, false) || !has_changed_) {
    return;
  }
  std::string python;
  const auto add = [&](const Handle& owner, const Property& property) {
    const Result<Value> now = get_value(session_.document(), owner, property, session_.services());
    python += fmt::format("{}{} = {}", python.empty() ? "" : "\n",
                          python_path(session_.document(), owner, &property, session_.services()),
                          now ? python_literal(*now) : "None");
  };
  for (const Write& write : written_) {
    add(write.owner, *write.property);
  }
  const Object* object = session_.document().find<Object>(object_);
  if (handle_.part == DataPart::LookAt && object) {
    add({object_, {}}, *Object::schema().property(rotation_name(*object)));
  }
  session_.keep(label_of(handle_.part), python);
}

void DataDrag::cancel() {
  if (std::exchange(is_active_, false)) {
    session_.project().document.restore(before_);
    session_.announce();
  }
}

std::string DataDrag::status() const {
  std::string text = label_of(handle_.part);
  for (const Write& write : written_) {
    const Result<Value> now =
        get_value(session_.document(), write.owner, *write.property, session_.services());
    if (!now || write.property->is_array()) {
      continue;
    }
    text += fmt::format("{}{}", text.find(':') == text.npos ? ": " : ", ",
                        format_number(*write.property, now->as_float(), session_.scene()));
  }
  return text;
}

}  // namespace kiln::editor
