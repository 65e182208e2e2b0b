#include "document/preferences.h"

#include "core/schema/services.h"
#include "document/project.h"

namespace kiln {

const Schema& PreferencesEdit::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PreferencesEdit> s("PreferencesEdit", "Edit Methods");
    s.add<&PreferencesEdit::undo_steps>("undo_steps", "Undo Steps")
        .describe("Steps that can be undone (0 for as many as fit)")
        .range(0, 256)
        .not_animatable()
        .on_change([](const MutableRef& ref) {
          auto* project = ref.services ? ref.services->find<Project>() : nullptr;
          const int steps = ref.as<PreferencesEdit>().undo_steps;
          if (project) {
            project->undo.set_max_steps(steps == 0 ? 256 : std::size_t(steps) + 1);
          }
        });
    s.add<&PreferencesEdit::use_global_undo>("use_global_undo", "Global Undo")
        .describe("Operators make steps that can be undone")
        .not_animatable();
    return s.build();
  }();
  return schema;
}

const Schema& PreferencesSystem::schema() {
  static const Schema schema = [] {
    SchemaBuilder<PreferencesSystem> s("PreferencesSystem", "System");
    s.add<&PreferencesSystem::image_draw_method>("image_draw_method", "Image Display Method")
        .describe("What turns the pixels of pictures into colors of the screen")
        .items(
            {{"AUTO", "Automatic", 0, "The graphics card, where it is one and takes the picture"},
             {"2DTEXTURE", "2D Texture", 1, "The processor; the graphics card gets the result"},
             {"GLSL", "GLSL", 2, "The graphics card, whatever the size of the picture"}})
        .not_animatable();
    return s.build();
  }();
  return schema;
}

const Schema& Preferences::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Preferences> s("Preferences", "Preferences");
    s.add<&Preferences::edit>("edit", "Edit Methods");
    s.add<&Preferences::system>("system", "System");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
