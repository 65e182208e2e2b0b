#pragma once

#include <QWidget>
#include <functional>
#include <vector>

#include "editor/layout/layout_view.h"
#include "editor/layout/value_access.h"

namespace kiln::editor {

/// Values of structs that lie in no document, such as the settings of an editor. They are asked for
/// with every use. Items that name an owner in the document have their values there.
class StructAccess : public ValueAccess {
public:
  using Structs = std::function<std::vector<MutableRef>()>;
  StructAccess(Session& session, Structs structs, std::function<void()> changed)
      : document_(session), structs_(std::move(structs)), changed_(std::move(changed)) {}
  /// The first struct that has the property.
  ConstRef owner(const LayoutItem& item) const override;
  void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;

private:
  MutableRef find(const LayoutItem& item) const;
  DocumentAccess document_;
  Structs structs_;
  std::function<void()> changed_;
};

/// Such values in a window of their own, which closes with a click beside it.
class SettingsPopover : public QWidget {
  Q_OBJECT
public:
  /// `changed` is called after each write; `make` makes the layout, again after each write.
  SettingsPopover(EditorContext& context, StructAccess::Structs structs, LayoutView::Make make,
                  std::function<void()> changed, QWidget* parent);
  void show_below(const QWidget& button);
  /// For tests: its fields, in this widget.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  void fit();
  EditorContext& context_;
  StructAccess access_;
  LayoutView* view_ = nullptr;
};

}  // namespace kiln::editor
