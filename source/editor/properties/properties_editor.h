#pragma once

#include "document/editor_spaces.h"
#include "editor/layout/layout_view.h"
#include "editor/properties/panels.h"
#include "editor/window/editor.h"

class QLabel;
class QLineEdit;
class QScrollArea;
class QToolButton;

namespace kiln::editor {

/// Everything that can be set on what is active, or on a block that is pinned, by tabs.
class PropertiesEditor : public Editor {
  Q_OBJECT
public:
  explicit PropertiesEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Property Editor"}; }
  bool modal_key(const KeyStroke& stroke, const QString&) override { return view_->key(stroke); }
  bool run_command(const std::string& command, const OperatorSettings& settings) override;
  void build_header(QHBoxLayout& header) override;
  QString hint() const override {
    return QStringLiteral(
        "Drag numbers to change them  ·  Click to type, with units and arithmetic  ·  Shift "
        "precise  ·  Ctrl snap");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  void fill_space(Space& space) const override;
  void take_space(const Space& space) override;
  void set_tab(PropertiesTab tab);

private:
  class TabStrip;
  PropertiesTarget target() const { return properties_target(session(), pinned_); }
  /// The tab that is wanted, or another one where what is active has no such tab.
  PropertiesTab shown_tab() const;
  LayoutItem make();
  /// Whether the tab has something with the text that is looked for.
  bool has_result(PropertiesTab tab) const;
  void pin(BlockId block);
  void settings_changed();
  /// Icons of data were clicked in another editor.
  void follow(PropertiesContext about, const QWidget& editor);

  DocumentAccess access_;
  PropertiesTab tab_ = PropertiesTab::Object;
  OutlinerSync outliner_sync_ = OutlinerSync::Auto;
  BlockId pinned_;      ///< what is shown whatever is active; empty: nothing
  std::string search_;  ///< only what has this text is shown
  std::array<bool, properties_tab_count> found_{};  ///< tabs with something of that
  TabStrip* strip_ = nullptr;
  QScrollArea* scroll_ = nullptr;
  LayoutView* view_ = nullptr;
  QLineEdit* search_field_ = nullptr;
  QToolButton* pin_ = nullptr;
  QLabel* path_ = nullptr;
  std::vector<Connection> connections_;
};

void register_properties(EditorRegistry& registry);

}  // namespace kiln::editor
