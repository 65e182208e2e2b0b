#include "document/camera_background.h"

#include "core/schema/registry.h"
#include "document/camera.h"
#include "document/image.h"

namespace kiln {
namespace {

const Property& list_property() {
  return *Camera::schema().property("background_images");
}

Result<Value> add_background(const Call& call) {
  auto& camera = call.edit(Change::Settings).as<Camera>();
  camera.background_images.add(CameraBackgroundImage());
  const ItemId added = camera.background_images.id(camera.background_images.size() - 1);
  return Value(Handle{camera.id, {PathStep{&list_property(), added}}});
}

Result<Value> remove_background(const Call& call) {
  const Handle& handle = call.values[0].as_handle();
  const std::int64_t at =
      handle.steps.empty() || handle.block != call.target.block->id
          ? -1
          : call.target.as<Camera>().background_images.index_of(handle.steps.back().item);
  if (at < 0) {
    return Error::invalid("Error: Background image is not one of camera '{}'",
                          call.target.block->name);
  }
  call.edit(Change::Settings).as<Camera>().background_images.remove(at);
  return Value();
}

Result<Value> clear_backgrounds(const Call& call) {
  call.edit(Change::Settings).as<Camera>().background_images.clear();
  return Value();
}

}  // namespace

const Schema& CameraBackgroundImage::schema() {
  static const Schema schema = [] {
    using T = CameraBackgroundImage;
    SchemaBuilder<T> s("CameraBackgroundImage", "Background Image");
    // Overrides of linked cameras have the pictures of these and no others.
    s.add_computed(PropertyType::Boolean, "is_override_data", "Override Background Image",
                   [](const ConstRef& r) { return Value(r.block && r.block->is_override()); })
        .default_value(false);
    s.add<&T::source>("source", "Background Source")
        .items({{"IMAGE", "Image", 0}, {"MOVIE_CLIP", "Movie Clip", 1}})
        .overridable();
    s.add<&T::image>("image", "Image")
        .changes(Change::Settings | Change::Hierarchy)
        .not_animatable()
        .overridable();
    s.add<&T::image_user>("image_user", "Image User").never_none().not_animatable().overridable();
    s.add<&T::offset>("offset", "Offset").step(0.1, 5).subtype(Subtype::Xyz).overridable();
    s.add<&T::scale>("scale", "Scale")
        .range(0, infinity)
        .soft(0, 10)
        .step(0.1, 5)
        .overridable()
        .default_value(0.0);
    s.add<&T::rotation>("rotation", "Rotation")
        .describe("Turns the picture clockwise about its middle")
        .soft(-10000, 10000)
        .subtype(Subtype::Angle)
        .overridable();
    s.add<&T::use_flip_x>("use_flip_x", "Flip Horizontally").overridable();
    s.add<&T::use_flip_y>("use_flip_y", "Flip Vertically").overridable();
    s.add<&T::alpha>("alpha", "Opacity").range(0, 1).overridable().default_value(0.0);
    s.add<&T::show_expanded>("show_expanded", "Show Expanded").overridable().default_value(false);
    s.add<&T::show_background_image>("show_background_image", "Show Background Image")
        .describe("The picture is shown in views through the camera")
        .overridable()
        .default_value(false);
    s.add_computed(
         PropertyType::Boolean, "show_on_foreground", "Show On Foreground",
         [](const ConstRef& r) {
           return Value(r.as<T>().display_depth == CameraBackgroundImageDepth::Front);
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.as<T>().display_depth =
               v.as_bool() ? CameraBackgroundImageDepth::Front : CameraBackgroundImageDepth::Back;
           return {};
         })
        .describe("The picture lies in front of the scene, as Depth says too")
        .overridable()
        .default_value(false);
    s.add<&T::display_depth>("display_depth", "Depth")
        .items({{"BACK", "Back", 0}, {"FRONT", "Front", 16}})
        .overridable();
    s.add<&T::frame_method>("frame_method", "Frame Method")
        .items({{"STRETCH", "Stretch", 0}, {"FIT", "Fit", 32}, {"CROP", "Crop", 96}})
        .overridable();
    return s.build();
  }();
  return schema;
}

const Schema& camera_background_images_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("CameraBackgroundImages", "Background Images");
    s.add_function(
        "new",
        {parameter(PropertyType::Pointer, "image", "",
                   [](PropertyBuilder& p) { p.output().target(&CameraBackgroundImage::schema); })},
        add_background);
    s.add_function("remove",
                   {parameter(PropertyType::Pointer, "image", "",
                              [](PropertyBuilder& p) {
                                p.required().never_none().target(&CameraBackgroundImage::schema);
                              })},
                   remove_background);
    s.add_function("clear", {}, clear_backgrounds);
    return s.build();
  }();
  return schema;
}

void register_camera_background(Registry& registry) {
  registry.add(CameraBackgroundImage::schema());
  registry.add(camera_background_images_schema());
}

}  // namespace kiln
