#pragma once

#include <map>
#include <memory>
#include <set>

#include "document/document.h"
#include "document/image.h"
#include "editor/session/background_task.h"
#include "editor/session/session.h"
#include "editor/session/signal.h"
#include "render/raster/placed_picture.h"

namespace kiln::editor {

/// Images as 3D views show them, made beside the window and kept while there is room. One for all
/// views. Owner's thread only.
class ScenePictures {
public:
  explicit ScenePictures(const Session& session) : session_(session) {}
  ~ScenePictures() { *is_alive_ = false; }
  ScenePictures(const ScenePictures&) = delete;
  ScenePictures& operator=(const ScenePictures&) = delete;

  /// The picture a user of an image sees at the present frame. Null until it is ready (`changed`
  /// tells), and where there are no pixels. While an image that was edited is made again, the old
  /// picture.
  std::shared_ptr<const render::raster::ViewPicture> find(const Document& document, BlockId image,
                                                          const ImageUser& user);
  Signal<> changed;

private:
  using Key = std::pair<BlockId, int>;  ///< image, number in a sequence
  using Versions = decltype(DataBlock::versions);
  struct Entry {
    std::shared_ptr<const render::raster::ViewPicture> picture;
    std::optional<Versions> made_of;
    std::uint64_t last_use = 0;
  };
  void make_next();
  void drop_old();

  const Session& session_;
  std::map<Key, Entry> entries_;
  std::set<Key> wanted_;
  bool is_making_ = false;
  std::uint64_t uses_ = 0;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  LatestWorker worker_;
};

}  // namespace kiln::editor
