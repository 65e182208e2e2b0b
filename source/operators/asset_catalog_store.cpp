#include "operators/asset_catalog_store.h"

namespace kiln::operators {
namespace {

constexpr std::size_t max_undo_steps = 256;

}  // namespace

Result<AssetCatalogs*> AssetCatalogStore::of_folder(const Path& folder,
                                                    std::vector<std::string>& warnings) {
  if (!is_read_ || folder != folder_) {
    Result<AssetCatalogs> read = AssetCatalogs::read(folder / AssetCatalogs::file_name, warnings);
    if (!read) {
      return read.error();
    }
    *this = AssetCatalogStore();
    now_ = std::move(*read);
    folder_ = folder;
    is_read_ = true;
  }
  return &now_;
}

void AssetCatalogStore::push_undo() {
  undo_.push_back(now_);
  redo_.clear();
  is_dirty_ = true;
  if (undo_.size() > max_undo_steps) {
    undo_.erase(undo_.begin());
  }
}

void AssetCatalogStore::undo() {
  redo_.push_back(std::move(now_));
  now_ = std::move(undo_.back());
  undo_.pop_back();
  is_dirty_ = true;
}

void AssetCatalogStore::redo() {
  undo_.push_back(std::move(now_));
  now_ = std::move(redo_.back());
  redo_.pop_back();
  is_dirty_ = true;
}

Result<void> AssetCatalogStore::save() {
  if (!is_dirty_) {
    return {};
  }
  const Result<void> written = now_.write(folder_ / AssetCatalogs::file_name);
  is_dirty_ = !written;
  return written;
}

void AssetCatalogStore::forget() {
  *this = AssetCatalogStore();
}

}  // namespace kiln::operators
