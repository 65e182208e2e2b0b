// Operators that add pictures to model by: empties that show an image, and backgrounds of cameras.
#include "core/schema/services.h"
#include "document/camera.h"
#include "document/image.h"
#include "document/view3d_space.h"
#include "document/window_layout.h"
#include "operators/image_functions.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct ReferenceImageSettings {
  std::string filepath;
  bool view_align = true;
};

template <typename Settings>
const Schema& schema_of_settings(const char* name, const char* label) {
  SchemaBuilder<Settings> s(name, label);
  s.template add<&Settings::filepath>("filepath", "File Path")
      .subtype(Subtype::FilePath)
      .describe("The picture to be shown")
      .never_none()
      .not_animatable();
  s.template add<&Settings::view_align>("view_align", "Align to View")
      .describe("Faces the 3D view that is worked in")
      .not_animatable();
  static const Schema schema = s.build();
  return schema;
}

struct LoadReferenceSettings : ReferenceImageSettings {
  static const Schema& schema() {
    static const Schema& schema = schema_of_settings<LoadReferenceSettings>(
        "OBJECT_OT_load_reference_image", "Load Reference Image");
    return schema;
  }
};
struct LoadBackgroundSettings : ReferenceImageSettings {
  static const Schema& schema() {
    static const Schema& schema = schema_of_settings<LoadBackgroundSettings>(
        "OBJECT_OT_load_background_image", "Load Background Image");
    return schema;
  }
};

// The 3D view of a window that is worked in: that under the mouse, else the first. Nothing without
// a window.
const SpaceView3D* present_view(const Context& context) {
  auto* layout = context.project.services.find<WindowLayout>();
  if (!layout || !layout->exchange) {
    return nullptr;
  }
  layout->exchange();
  const ItemList<ScreenArea>& areas = layout->screens[layout->active_screen].areas;
  const auto view_of = [&](std::int64_t i) {
    return i >= 0 && i < areas.size() && !areas[i].spaces.empty()
               ? dynamic_cast<const SpaceView3D*>(&areas[i].spaces[0])
               : nullptr;
  };
  const SpaceView3D* view = view_of(layout->active_area);
  for (std::int64_t i = 0; !view && i < areas.size(); ++i) {
    view = view_of(i);
  }
  return view;
}

Result<Object*> add_picture(Context& context, const ReferenceImageSettings& settings,
                            const SpaceView3D* view) {
  const Result<BlockId> image = load_image(context.document(), context.project.services,
                                           settings.filepath, /*is_shared=*/true);
  if (!image) {
    return Error::invalid("Error: Cannot read '{}': there is no such file", settings.filepath);
  }
  Object& object = context.add_object("Empty", context.document().find(*image));
  object.empty_display_type = ObjectEmptyDisplayType::Image;
  object.empty_display_size = 5.0f;
  object.location = context.get_scene().cursor.location;
  if (view && settings.view_align) {
    object.rotation_euler = matrix_to_euler(transpose(upper3x3(view->region.view_matrix())));
  }
  return &object;
}

Result<Outcome> load_reference(Context& context, const LoadReferenceSettings& settings,
                               const Given&) {
  const Result<Object*> added = add_picture(context, settings, present_view(context));
  return added ? Result<Outcome>(Outcome::Finished) : added.error();
}

// Behind everything; one that is added to a view without perspective is for such views.
Result<Outcome> load_background(Context& context, const LoadBackgroundSettings& settings,
                                const Given&) {
  const SpaceView3D* view = present_view(context);
  const Result<Object*> added = add_picture(context, settings, view);
  if (!added) {
    return added.error();
  }
  (*added)->empty_image_depth = ObjectEmptyImageDepth::Back;
  (*added)->empty_image_side = ObjectEmptyImageSide::Front;
  (*added)->show_empty_image_perspective =
      !view || view->region.view_perspective != ViewPerspective::Ortho;
  return Outcome::Finished;
}

// The camera that is active, else that of the scene.
Camera* edited_camera(Context& context) {
  for (const BlockId id : {context.active, context.get_scene().camera.id}) {
    const Object* object = context.document().find<Object>(id);
    if (object && context.document().find<Camera>(object->data.id)) {
      return &context.document().edit<Camera>(object->data.id, Change::Settings);
    }
  }
  return nullptr;
}

std::optional<std::string> needs_camera(const Context& context) {
  for (const BlockId id : {context.active, context.get_scene().camera.id}) {
    const Object* object = context.document().find<Object>(id);
    if (object && context.document().find<Camera>(object->data.id)) {
      return std::nullopt;
    }
  }
  return "neither the active object nor the scene has a camera";
}

struct BackgroundAddSettings {
  std::string filepath;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<BackgroundAddSettings> s("VIEW3D_OT_background_image_add",
                                             "Add Background Image");
      s.add<&BackgroundAddSettings::filepath>("filepath", "File Path")
          .subtype(Subtype::FilePath)
          .describe("The picture; none adds a place for one")
          .max_bytes(1024)
          .never_none()
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_background(Context& context, const BackgroundAddSettings& settings,
                               const Given&) {
  BlockRef<Image> image;
  if (!settings.filepath.empty()) {
    const Result<BlockId> loaded = load_image(context.document(), context.project.services,
                                              settings.filepath, /*is_shared=*/true);
    if (!loaded) {
      return loaded.error();
    }
    image = {*loaded};
  }
  Camera* camera = edited_camera(context);
  if (!camera) {
    return Outcome::Cancelled;
  }
  camera->show_background_images = true;
  camera->background_images.add(CameraBackgroundImage()).image = image;
  return Outcome::Finished;
}

struct BackgroundRemoveSettings {
  int index = 0;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<BackgroundRemoveSettings> s("VIEW3D_OT_background_image_remove",
                                                "Remove Background Image");
      s.add<&BackgroundRemoveSettings::index>("index", "Index")
          .describe("Which one of the camera's")
          .range(0, infinity)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> remove_background(Context& context, const BackgroundRemoveSettings& settings,
                                  const Given&) {
  Camera* camera = edited_camera(context);
  if (!camera || settings.index >= camera->background_images.size()) {
    return Outcome::Cancelled;
  }
  camera->background_images.remove(settings.index);
  return Outcome::Finished;
}

}  // namespace

void register_reference_images(OperatorRegistry& registry) {
  add_operator(registry, "object.load_reference_image", "Load Reference Image", load_reference,
               needs_object_mode);
  add_operator(registry, "object.load_background_image", "Load Background Image", load_background,
               needs_object_mode);
  add_operator(registry, "view3d.background_image_add", "Add Background Image", add_background,
               needs_camera);
  add_operator(registry, "view3d.background_image_remove", "Remove Background Image",
               remove_background, needs_camera);
}

}  // namespace kiln::operators
