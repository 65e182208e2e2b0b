#pragma once

#include <functional>
#include <memory>

#include "core/progress.h"
#include "editor/layout/layout.h"
#include "editor/session/background_task.h"

namespace kiln {
struct Material;
}

namespace kiln::editor {

/// The picture of the material that a properties editor shows, rendered beside the window whenever
/// the material, or something it uses, is another one than it was.
class PreviewPanel {
public:
  /// `made` is called when there is a new picture.
  PreviewPanel(Session& session, std::function<void()> made);
  ~PreviewPanel();
  PreviewPanel(const PreviewPanel&) = delete;
  PreviewPanel& operator=(const PreviewPanel&) = delete;

  /// Fills a panel; asks for a picture where that of the material is old.
  void add(LayoutItem& panel, const Material& material);

private:
  std::uint64_t state_of(const Material& material) const;
  void ask(const Material& material);

  Session& session_;
  std::function<void()> made_;
  BlockId shown_;
  std::uint64_t state_ = 0;  ///< of what was asked for last
  std::shared_ptr<const ScriptIcon> picture_;
  std::string problem_;
  std::shared_ptr<Progress> progress_;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  LatestWorker worker_;
};

}  // namespace kiln::editor
