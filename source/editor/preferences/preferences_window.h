#pragma once

#include <QDialog>

#include "editor/layout/layout_view.h"
#include "editor/preferences/preferences_store.h"

class QLineEdit;
class QListWidget;

namespace kiln::editor {

/// The preferences: interface, editing, navigation, input, add-ons, keymap, system, file paths.
/// What is changed holds at once and is kept in a file.
class PreferencesWindow : public QDialog {
  Q_OBJECT
public:
  enum class Section {
    Interface,
    Lights,
    Editing,
    Navigation,
    Input,
    Addons,
    Keymap,
    System,
    FilePaths
  };
  /// `file`: where preferences are kept; empty: nowhere.
  PreferencesWindow(EditorContext& context, Preferences& preferences, const Path& file,
                    QWidget* parent);
  void show_section(Section section);
  /// For tests: sections and fields, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  /// The next key is for the binding that waits for one.
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  LayoutItem make();
  void interface(LayoutItem& root);
  void navigation(LayoutItem& root);
  void addons(LayoutItem& root);
  void keymap(LayoutItem& root);
  void add_binding(LayoutItem& panel, std::size_t index);
  void theme_colors_panel(LayoutItem& root);
  void choose_color(const std::string& name, const QColor& now);
  void store_keymap();
  void store_interface();
  void file_paths(LayoutItem& root);
  void lights(LayoutItem& root);
  void lamps(LayoutItem& root);
  void add_studio_light(StudioLightType type);
  void switch_addon(const AddonFacts& addon);
  void install_addon();
  void reload_addons();
  void store();

  EditorContext& context_;
  Preferences& preferences_;
  Path file_;
  PreferencesAccess access_;
  Section section_ = Section::Interface;
  std::vector<AddonFacts> addons_;
  std::unordered_map<std::string, std::string> problems_;  ///< of add-ons, by module
  QListWidget* sections_;
  QLineEdit* filter_;
  LayoutView* view_ = nullptr;
  bool has_lamps_ = false;  ///< fields of the lamps that are edited are shown
  Connection reported_;
  std::string last_problem_;
  std::optional<std::size_t> waiting_;  ///< the binding that gets the next key
};

}  // namespace kiln::editor
