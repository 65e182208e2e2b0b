#pragma once

#include <QWidget>
#include <functional>
#include <string>
#include <vector>

#include "editor/layout/layout_view.h"

class QScrollArea;

namespace kiln::editor {

/// The region at the right of an editor: tabs with panels of the editor itself, and one for every
/// category of the panels that scripts have for this region (`bl_region_type` "UI").
class Sidebar : public QWidget {
  Q_OBJECT
public:
  /// Adds the editor's own panels of a tab.
  using Fill = std::function<void(const std::string& tab, LayoutItem& root)>;
  /// `space`: the kind of editor by its name in the interface. `tabs`: those of the editor itself.
  Sidebar(EditorContext& context, std::string space, std::vector<std::string> tabs, Fill fill,
          QWidget* parent);

  const std::string& tab() const { return tab_; }
  void set_tab(const std::string& tab);
  void rebuild() { view_->rebuild(); }
  LayoutView& view() const { return *view_; }
  /// For tests: tabs as "sidebar:Item", and what lies in them, in the widget `in`.
  std::vector<std::pair<std::string, QRect>> named_places(const QWidget& in) const;

protected:
  void showEvent(QShowEvent* event) override;

private:
  class Strip;
  LayoutItem make();

  EditorContext& context_;
  std::string space_;
  std::vector<std::string> own_tabs_, tabs_;
  Fill fill_;
  std::string tab_;
  DocumentAccess access_;
  LayoutView* view_ = nullptr;
  QScrollArea* scroll_ = nullptr;
  Strip* strip_ = nullptr;
};

}  // namespace kiln::editor
