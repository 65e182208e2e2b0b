#include "document/camera.h"
#include "document/collection.h"
#include "document/light.h"
#include "document/project.h"
#include "document/scene.h"

namespace kiln {

Document make_empty_document() {
  Document document;
  const BlockId scene = add_scene(document, "Scene").id;
  auto& settings = document.edit_settings();
  settings.active_scene = scene;
  settings.active_view_layer = "ViewLayer";
  document.edit<Scene>(scene).render.image_settings.exr_codec = ImageFormatSettingsExrCodec::Zip;
  document.edit<Scene>(scene).render.filepath = "/tmp/";
  return document;
}

}  // namespace kiln
