#include "editor/properties/preview_panel.h"

#include <unordered_set>

#include "core/tasks.h"
#include "document/material.h"
#include "document/scene.h"
#include "operators/material_preview.h"

namespace kiln::editor {
namespace {

constexpr int picture_size = 160;
constexpr float rows_high = 7.0f;

}  // namespace

PreviewPanel::PreviewPanel(Session& session, std::function<void()> made)
    : session_(session), made_(std::move(made)) {}

PreviewPanel::~PreviewPanel() {
  *is_alive_ = false;
  if (progress_) {
    progress_->cancel();
  }
}

// Of the material and everything it reaches: node trees, groups in them, images.
std::uint64_t PreviewPanel::state_of(const Material& material) const {
  const Document& document = session_.document();
  std::unordered_set<BlockId> seen{material.id};
  std::vector<BlockId> open{material.id};
  const Scene* scene = session_.scene();
  if (material.use_preview_world && scene && scene->world) {
    open.push_back(scene->world.id);
  }
  std::uint64_t sum = 0;
  while (!open.empty()) {
    const DataBlock* block = document.find(open.back());
    open.pop_back();
    if (!block) {
      continue;
    }
    sum = sum * 1099511628211ull + std::uint64_t(block->version(Change::All)) * 31 +
          std::uint64_t(block->id.slot);
    for_each_reference(*block, [&](BlockId id) {
      const DataBlock* used = document.find(id);
      // Objects and scenes that a texture names do not make it another one.
      if (used && used->type() != BlockType::Object && used->type() != BlockType::Scene &&
          seen.insert(id).second) {
        open.push_back(id);
      }
    });
  }
  return sum;
}

void PreviewPanel::ask(const Material& material) {
  const auto* colors = session_.services().find<const operators::ColorService>();
  const auto* images = session_.services().find<operators::ImageStore>();
  const Scene* scene = session_.scene();
  if (progress_) {
    progress_->cancel();
  }
  progress_ = std::make_shared<Progress>();
  worker_.ask([this, document = session_.document(), id = material.id,
               world = scene ? scene->world.id : BlockId(), colors, images, progress = progress_,
               &evaluator = session_.evaluator(), post = session_.post(), alive = is_alive_] {
    lower_thread_priority();
    auto made = std::make_shared<Result<operators::PreviewPicture>>(Error::invalid("no memory"));
    try {
      *made = operators::render_material_preview(document, id, world, picture_size, evaluator,
                                                 colors, images, *progress);
    } catch (const std::exception& problem) {
      *made = Error::invalid("{}", problem.what());
    }
    post([this, made, progress, alive] {
      if (!*alive || progress->cancelled()) {
        return;
      }
      problem_ = *made ? "" : made->error().message;
      if (*made) {
        operators::PreviewPicture& picture = **made;
        picture_ = std::make_shared<const ScriptIcon>(
            ScriptIcon{picture.width, picture.height, std::move(picture.bytes)});
      }
      made_();
    });
  });
}

void PreviewPanel::add(LayoutItem& panel, const Material& material) {
  if (!(shown_ == material.id)) {
    picture_.reset();
  }
  const std::uint64_t now = state_of(material);
  if (!(shown_ == material.id) || state_ != now) {
    shown_ = material.id;
    state_ = now;
    ask(material);
  }
  if (picture_) {
    panel.large_picture(picture_, rows_high);
  } else {
    panel.label(problem_.empty() ? "Rendering…" : problem_, !problem_.empty());
  }
  LayoutItem& shape =
      panel.prop({material.id, {}}, *Material::schema().property("preview_render_type"));
  shape.has_no_label = true;
  panel.prop({material.id, {}}, *Material::schema().property("use_preview_world"));
}

}  // namespace kiln::editor
