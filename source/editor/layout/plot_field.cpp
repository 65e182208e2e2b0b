#include "editor/layout/plot_field.h"

#include "editor/layout/curve_field.h"
#include "editor/layout/layout_view.h"
#include "editor/layout/ramp_field.h"
#include "editor/window/editor.h"

namespace kiln::editor {

PlotField::PlotField(EditorContext& context, QWidget* parent)
    : QWidget(parent), context_(context), access_(context.session, *this) {
  setMouseTracking(true);
}

PlotField::~PlotField() = default;

void PlotField::Access::set(const LayoutItem& item, const Value& value, std::uint64_t merge_key) {
  if (!plot_.take(item, value, merge_key)) {
    DocumentAccess::set(item, value, merge_key);
  }
}

std::unique_ptr<PlotField> PlotField::make(PlacedItem::Field field, EditorContext& context,
                                           QWidget* parent) {
  if (field == PlacedItem::Field::Ramp) {
    return std::make_unique<RampField>(context, parent);
  }
  if (field == PlacedItem::Field::Curves) {
    return std::make_unique<CurveField>(context, parent);
  }
  return nullptr;
}

void PlotField::set_owner(const Handle& owner) {
  owner_ = owner;
  refresh();
}

void PlotField::refresh() {
  if (!fields_) {
    fields_ = new LayoutView(
        context_, [this] { return make_fields(); }, access_, this);
    fields_->show();
  } else {
    fields_->rebuild();
  }
  fields_->setGeometry(0, picture_height(), width(), fields_->height());
  update();
}

void PlotField::resizeEvent(QResizeEvent*) {
  if (fields_) {
    fields_->setGeometry(0, picture_height(), width(), fields_->height());
  }
}

ConstRef PlotField::find() const {
  return resolve(context_.session.document(), owner_, &context_.session.services());
}

bool PlotField::edit(const std::string& label, FunctionRef<void(const MutableRef&)> change,
                     std::uint64_t merge_key) const {
  return context_.session.edit(
      label,
      [&](Document& document) -> Result<void> {
        const MutableRef ref = resolve_for_edit(
            document, owner_, Change::Shading | Change::Geometry, &context_.session.services());
        if (!ref) {
          return Error::invalid("what is shown here is gone");
        }
        change(ref);
        return {};
      },
      merge_key);
}

std::vector<std::pair<std::string, QRect>> PlotField::named_places() const {
  std::vector<std::pair<std::string, QRect>> places = handles();
  if (fields_) {
    for (auto& [name, rect] : fields_->named_places()) {
      places.emplace_back(name, rect.translated(fields_->pos()));
    }
  }
  return places;
}

}  // namespace kiln::editor
