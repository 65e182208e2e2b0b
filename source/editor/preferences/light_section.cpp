// The lights of views: which there are, and the lamps of the studio that is edited.
#include <QFileDialog>
#include <QInputDialog>

#include "editor/preferences/preferences_window.h"

namespace kiln::editor {
namespace {

const char* type_name(StudioLightType type) {
  return type == StudioLightType::Studio  ? "Studio"
         : type == StudioLightType::World ? "World"
                                          : "MatCap";
}

}  // namespace

void PreferencesWindow::add_studio_light(StudioLightType type) {
  StudioLight light;
  light.type = type;
  light.is_user_defined = true;
  if (type == StudioLightType::Studio) {
    const QString name =
        QInputDialog::getText(this, QStringLiteral("Keep as Studio"), QStringLiteral("Name"),
                              QLineEdit::Normal, QStringLiteral("My Studio"));
    light.name = name.toStdString();
    light.solid_lights = preferences_.system.solid_lights;
    light.sky = light.ground = preferences_.system.light_ambient;
  } else {
    const QString file = QFileDialog::getOpenFileName(
        this, QStringLiteral("Add %1").arg(type_name(type)), QString(),
        QStringLiteral("Pictures (*.exr *.hdr *.png *.jpg *.jpeg *.tif *.tiff)"));
    light.path = file.toStdString();
    light.name = std::filesystem::path(light.path).filename().string();
  }
  if (!light.name.empty()) {
    preferences_.studio_lights.add(std::move(light));
    store();
    view_->rebuild();
  }
}

void PreferencesWindow::lamps(LayoutItem& root) {
  LayoutItem& editor = root.panel("preferences.lamps", "Editor");
  const Schema& system = PreferencesSystem::schema();
  editor.prop({}, *system.property("use_studio_light_edit"));
  has_lamps_ = preferences_.system.use_studio_light_edit;
  if (!has_lamps_) {
    return;
  }
  editor.button("Keep as Studio…", [this] { add_studio_light(StudioLightType::Studio); });
  editor.prop({}, *system.property("light_ambient"));
  const Property* list = system.property("solid_lights");
  for (std::int64_t i = 0; i < preferences_.system.solid_lights.size(); ++i) {
    LayoutItem& panel =
        editor.panel("preferences.lamp" + std::to_string(i), "Light " + std::to_string(i + 1));
    const Handle lamp{{}, {{list, preferences_.system.solid_lights.id(i), i}}};
    for (const char* name : {"use", "direction", "smooth", "diffuse_color", "specular_color"}) {
      panel.prop(lamp, *SolidLight::schema().property(name));
    }
  }
}

void PreferencesWindow::lights(LayoutItem& root) {
  lamps(root);
  for (const StudioLightType type :
       {StudioLightType::Studio, StudioLightType::World, StudioLightType::Matcap}) {
    LayoutItem& panel = root.panel(std::string("preferences.lights.") + type_name(type),
                                   std::string(type_name(type)) + " Lights");
    for (std::int64_t i = 0; i < preferences_.studio_lights.size(); ++i) {
      const StudioLight& light = preferences_.studio_lights[i];
      if (light.type != type) {
        continue;
      }
      LayoutItem& row = panel.row();
      row.label(light.name);
      if (light.is_user_defined) {
        row.button("Remove", [this, i] {
          preferences_.studio_lights.remove(i);
          store();
          view_->rebuild();
        });
      }
    }
    if (type != StudioLightType::Studio) {
      panel.button("Add…", [this, type] { add_studio_light(type); });
    }
  }
}

}  // namespace kiln::editor
