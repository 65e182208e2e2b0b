// What is written, and where.
#include "document/image.h"
#include "editor/properties/panel_parts.h"

namespace kiln::editor {
namespace {

void add_format(LayoutItem& root, const Handle& render, const Scene& scene) {
  const Schema& schema = RenderSettings::schema();
  LayoutItem& format = root.panel("output.format", "Format");
  add_properties(format, render, schema,
                 {"resolution_x", "resolution_y", "resolution_percentage", "pixel_aspect_x",
                  "pixel_aspect_y", "use_border"});
  if (scene.render.use_border) {
    add_properties(format, render, schema, {"use_crop_to_border"});
    add_properties(format.panel("output.region", "Region", false), render, schema,
                   {"border_min_x", "border_max_x", "border_min_y", "border_max_y"});
  }
  add_properties(format, render, schema, {"fps", "fps_base"});
}

void add_metadata(LayoutItem& root, const Handle& render, const Scene& scene) {
  const Schema& schema = RenderSettings::schema();
  LayoutItem& panel = root.panel("output.metadata", "Metadata", false);
  for (const Property* property : schema.all_properties()) {
    if (property->identifier.starts_with("use_stamp_") &&
        property->identifier != "use_stamp_labels") {
      panel.prop(render, *property);
    }
  }
  if (scene.render.use_stamp_note) {
    add_properties(panel, render, schema, {"stamp_note_text"});
  }
  LayoutItem& burned = panel.panel("output.burned", "Burn Into Image", false);
  add_properties(
      burned, render, schema,
      {"use_stamp", "use_stamp_labels", "stamp_font_size", "stamp_foreground", "stamp_background"});
}

// What the kind of file knows.
void add_file(LayoutItem& root, const Handle& render, const Scene& scene) {
  const Schema& schema = RenderSettings::schema();
  LayoutItem& output = root.panel("output.output", "Output");
  add_properties(output, render, schema,
                 {"filepath", "use_file_extension", "use_overwrite", "use_placeholder"});
  const Handle image = handle_inside(render, schema, "image_settings");
  const Schema& format = ImageFormatSettings::schema();
  add_properties(output, image, format, {"file_format", "color_mode", "color_depth"});
  switch (scene.render.image_settings.file_format) {
    case ImageFormatSettingsFileFormat::Png:
      add_properties(output, image, format, {"compression"});
      break;
    case ImageFormatSettingsFileFormat::OpenExr:
    case ImageFormatSettingsFileFormat::OpenExrMultilayer:
      add_properties(output, image, format, {"exr_codec", "use_zbuffer", "use_preview"});
      break;
    case ImageFormatSettingsFileFormat::Tiff:
      add_properties(output, image, format, {"tiff_codec"});
      break;
    case ImageFormatSettingsFileFormat::Jpeg2000:
      add_properties(output, image, format,
                     {"quality", "jpeg2k_codec", "use_jpeg2k_cinema_preset"});
      add_properties(output, image, format,
                     {scene.render.image_settings.use_jpeg2k_cinema_preset ? "use_jpeg2k_cinema_48"
                                                                           : "use_jpeg2k_ycc"});
      break;
    case ImageFormatSettingsFileFormat::Jpeg:
    case ImageFormatSettingsFileFormat::Webp:
      add_properties(output, image, format, {"quality"});
      break;
    case ImageFormatSettingsFileFormat::Dpx:
      add_properties(output, image, format, {"use_cineon_log"});
      if (scene.render.image_settings.use_cineon_log) {
        add_properties(output, image, format, {"cineon_black", "cineon_white", "cineon_gamma"});
      }
      break;
    case ImageFormatSettingsFileFormat::Cineon:
      add_properties(output, image, format, {"cineon_black", "cineon_white", "cineon_gamma"});
      break;
    default:
      break;
  }
  LayoutItem& color = output.panel("output.color", "Color Management", false);
  add_properties(color, image, format, {"color_management"});
  if (scene.render.image_settings.color_management != PictureColorManagement::Override) {
    return;
  }
  if (scene.render.image_settings.has_linear_color_space()) {
    add_properties(color, handle_inside(image, format, "linear_colorspace_settings"),
                   color_space_schema(), {"name"});
    return;
  }
  add_properties(color, handle_inside(image, format, "display_settings"),
                 ColorDisplaySettings::schema(), {"display_device"});
  add_properties(color, handle_inside(image, format, "view_settings"), ColorViewSettings::schema(),
                 {"view_transform", "look", "exposure", "gamma"});
}

}  // namespace

void add_output_panels(LayoutItem& root, const Scene& scene) {
  const Handle handle{scene.id, {}};
  const Schema& schema = Scene::schema();
  const Handle render = handle_inside(handle, schema, "render");
  add_format(root, render, scene);
  LayoutItem& frames = root.panel("output.frames", "Frame Range");
  add_properties(frames, handle, schema, {"frame_start", "frame_end", "frame_step"});
  add_properties(frames.panel("output.stretching", "Time Stretching", false), render,
                 RenderSettings::schema(), {"frame_map_old", "frame_map_new"});
  add_file(root, render, scene);
  add_metadata(root, render, scene);
}

}  // namespace kiln::editor
