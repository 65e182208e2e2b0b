#pragma once

#include <QWidget>
#include <functional>

#include "editor/layout/value_access.h"
#include "render/raster/draw_list.h"

namespace kiln::editor {

struct EditorContext;
class LayoutView;

/// Values of how a viewport looks: shading and overlays, which belong to no document.
class LookAccess : public ValueAccess {
public:
  LookAccess(render::raster::ViewLook& look, std::function<void()> changed)
      : look_(look), changed_(std::move(changed)) {}
  ConstRef owner(const LayoutItem& item) const override;
  void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;

  /// What can be chosen of the kind of shading that is shown.
  LayoutItem shading_layout() const;
  LayoutItem overlay_layout() const;

private:
  render::raster::ViewLook& look_;
  std::function<void()> changed_;
};

/// Such a layout in a window of its own that closes with a click beside it.
class LookPopover : public QWidget {
  Q_OBJECT
public:
  enum class What { Shading, Overlays };
  LookPopover(EditorContext& context, render::raster::ViewLook& look, What what,
              std::function<void()> changed, QWidget* parent);
  void show_below(const QRect& button_on_screen);
  const LayoutView& view() const { return *view_; }

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  void fit();
  EditorContext& context_;
  LookAccess access_;
  LayoutView* view_ = nullptr;
};

}  // namespace kiln::editor
