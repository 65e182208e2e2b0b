#pragma once

#include "document/scene.h"
#include "image/color_management.h"
#include "image/save_settings.h"

namespace kiln::operators {

/// What the document says about writing pictures, as the image module takes it.
image::SaveSettings save_settings(const RenderSettings& render);
image::ViewSettings view_settings(const ColorViewSettings& view, const ColorDisplaySettings& display);
/// How the scene's pictures are shown in files: as the scene says, or as their own settings override it.
image::ViewSettings picture_view(const Scene& scene);

}  // namespace kiln::operators
