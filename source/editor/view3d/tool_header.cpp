#include "editor/view3d/tool_header.h"

#include <QHBoxLayout>
#include <QPainter>

#include "document/scene.h"
#include "editor/layout/layout_view.h"
#include "editor/view3d/transform_target.h"
#include "editor/window/editor.h"

namespace kiln::editor {
namespace {

constexpr int bar_height = 28, side_margin = 8;

// The slot of directions that a tool goes by; none: it does not turn or move anything.
std::optional<int> orientation_slot(ViewTool tool) {
  switch (tool) {
    case ViewTool::Transform:
      return 0;
    case ViewTool::Move:
      return 1;
    case ViewTool::Rotate:
      return 2;
    case ViewTool::Scale:
      return 3;
    default:
      return std::nullopt;
  }
}

}  // namespace

LayoutItem tool_header_layout(const Session& session, ViewTool tool) {
  LayoutItem root;
  const Scene* scene = session.scene();
  if (!scene) {
    return root;
  }
  LayoutItem& row = root.row();
  row.label(Toolbar::label(tool));
  const Handle tools{scene->id, {PathStep{Scene::schema().property("tool_settings")}}};
  const auto add = [&](const Handle& owner, const Schema& schema, const char* name,
                       const char* label = "") -> LayoutItem& {
    LayoutItem& item = row.prop(owner, *schema.property(name), label);
    item.is_toggle = item.property->type == PropertyType::Boolean;
    return item;
  };
  if (const std::optional<int> slot = orientation_slot(tool)) {
    PathStep step{Scene::schema().property("transform_orientation_slots")};
    step.index = *slot;
    add({scene->id, {step}}, transform_orientation_slot_schema(), "type", "Orientation");
    add(tools, ToolSettings::schema(), "transform_pivot_point", "Pivot");
    add(tools, ToolSettings::schema(), "use_snap");
  }
  if (tool == ViewTool::Cursor) {
    const Handle cursor{scene->id, {PathStep{Scene::schema().property("cursor")}}};
    for (int i = 0; i < 3; ++i) {
      static constexpr const char* labels[] = {"X", "Y", "Z"};
      add(cursor, Cursor3D::schema(), "location", labels[i]).index = i;
    }
  }
  if (const EditedMesh edited = edited_mesh(session); edited.mesh) {
    const Handle mesh{edited.mesh->id, {}};
    add(mesh, Mesh::schema(), "use_mirror_x", "Mirror X");
    add(mesh, Mesh::schema(), "use_mirror_y", "Mirror Y");
    add(mesh, Mesh::schema(), "use_mirror_z", "Mirror Z");
    add(tools, ToolSettings::schema(), "use_mesh_automerge", "Auto Merge");
  } else {
    add(tools, ToolSettings::schema(), "use_transform_data_origin", "Origins");
    add(tools, ToolSettings::schema(), "use_transform_pivot_point_align", "Locations");
    add(tools, ToolSettings::schema(), "use_transform_skip_children", "Parents");
  }
  return root;
}

ToolHeader::ToolHeader(EditorContext& context, std::function<ViewTool()> tool, QWidget* parent)
    : QWidget(parent), context_(context), access_(context.session) {
  setFixedHeight(bar_height);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(side_margin, 3, side_margin, 3);
  view_ = new LayoutView(
      context,
      [&session = context.session, tool = std::move(tool)] {
        return tool_header_layout(session, tool());
      },
      access_, this);
  view_->fit_header();
  row->addWidget(view_);
  // Other tools ask for another hint.
  connection_ = context.hint_changed.connect([this](const QString&) {
    if (isVisible()) {
      view_->rebuild();
    }
  });
}

std::vector<std::pair<std::string, QRect>> ToolHeader::named_places() const {
  std::vector<std::pair<std::string, QRect>> places;
  for (const auto& [name, rect] : view_->named_places()) {
    places.emplace_back("tool_header:" + name, rect.translated(view_->pos()));
  }
  return places;
}

void ToolHeader::paintEvent(QPaintEvent*) {
  QPainter(this).fillRect(rect(), context_.theme.header);
}

}  // namespace kiln::editor
