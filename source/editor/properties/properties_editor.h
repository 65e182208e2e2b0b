#pragma once

#include "editor/layout/layout_view.h"
#include "editor/properties/panels.h"
#include "editor/window/editor.h"

class QScrollArea;

namespace kiln::editor {

/// Everything that can be set on what is active, by tabs.
class PropertiesEditor : public Editor {
  Q_OBJECT
public:
  explicit PropertiesEditor(EditorContext& context);
  std::vector<std::string> keymaps() const override { return {"Property Editor"}; }
  bool modal_key(const KeyStroke& stroke, const QString&) override { return view_->key(stroke); }
  QString hint() const override {
    return QStringLiteral(
        "Drag numbers to change them  ·  Click to type, with units and arithmetic  ·  Shift "
        "precise  ·  Ctrl snap");
  }
  std::vector<std::pair<std::string, QRect>> named_places() const override;
  void set_tab(PropertiesTab tab);

private:
  class TabStrip;
  DocumentAccess access_;
  PropertiesTab tab_ = PropertiesTab::Object;
  TabStrip* strip_ = nullptr;
  QScrollArea* scroll_ = nullptr;
  LayoutView* view_ = nullptr;
};

void register_properties(EditorRegistry& registry);

}  // namespace kiln::editor
