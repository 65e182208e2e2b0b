#pragma once

#include <QWidget>
#include <memory>

#include "editor/layout/layout.h"
#include "editor/layout/value_access.h"

namespace kiln::editor {

struct EditorContext;
class LayoutView;

/// A struct that is drawn as a picture to drag in, such as a color ramp, with fields of what is
/// chosen in it below. Lies in a layout in place of a field; which part is chosen is its own state.
class PlotField : public QWidget {
  Q_OBJECT
public:
  ~PlotField() override;

  /// The plot for such a field; null for others.
  static std::unique_ptr<PlotField> make(PlacedItem::Field field, EditorContext& context,
                                         QWidget* parent);
  virtual PlacedItem::Field field() const = 0;
  /// Which struct it shows.
  void set_owner(const Handle& owner);
  /// For tests: what can be dragged, and the fields below.
  std::vector<std::pair<std::string, QRect>> named_places() const;

protected:
  PlotField(EditorContext& context, QWidget* parent);
  /// Fields of what is chosen.
  virtual LayoutItem make_fields() const = 0;
  /// Pixels of the picture, above the fields.
  virtual int picture_height() const = 0;
  virtual std::vector<std::pair<std::string, QRect>> handles() const = 0;
  /// Takes a value of one of the fields; false: it is written as it is.
  virtual bool take(const LayoutItem& item, const Value& value, std::uint64_t merge_key) = 0;

  ConstRef find() const;
  /// One undo step on the struct; calls with the same `merge_key` make one together.
  bool edit(const std::string& label, FunctionRef<void(const MutableRef&)> change,
            std::uint64_t merge_key = 0) const;
  /// Asks for the fields again, after something else was chosen.
  void refresh();
  void resizeEvent(QResizeEvent* event) override;

  EditorContext& context_;
  Handle owner_;
  std::uint64_t merge_key_ = 0;

private:
  class Access : public DocumentAccess {
  public:
    Access(Session& session, PlotField& plot) : DocumentAccess(session), plot_(plot) {}
    void set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) override;

  private:
    PlotField& plot_;
  };
  Access access_;
  LayoutView* fields_ = nullptr;  ///< made when it is first asked for
};

}  // namespace kiln::editor
