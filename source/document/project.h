#pragma once

#include <future>
#include <string>

#include "core/result.h"
#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/file/background_save.h"
#include "document/undo.h"

namespace kiln {

/// A document being worked on: its head, its history and where it is kept. Several live side by
/// side.
class Project {
public:
  Project(Registry& types, Services& offered) : registry(types), services(offered) {}

  Document document;
  UndoStack undo;
  Registry& registry;
  Services& services;

  Path path;              ///< empty until first saved or opened
  Document saved;         ///< the last state that was saved or opened, for "is dirty"
  bool is_saved = false;  ///< the file at `path` holds `saved`, so that saving writes differences
  std::string revision;   ///< of the file then

  /// Called when another document took the place of this one, or was saved under another path.
  std::function<void()> on_other_file;

  /// Puts a new document in place of the present one, with an empty history.
  void replace(Document fresh, Path file = {}, std::string file_revision = {});
  /// The same for a document that was read from `file`, with the history that the file keeps.
  void open(OpenedDocument opened, Path file);
  /// Puts a recovered document in place of the present one: `file` is where it was kept, and holds
  /// an older state.
  void recover(Document fresh, Path file);
  bool is_dirty() const { return !document.is_same_state(saved); }
  /// All that is in the document now has been evaluated at least once.
  void note_evaluated() { evaluated_ = unique_block_serial(); }
  bool was_evaluated(BlockId id) const { return id.serial <= evaluated_; }

  /// Writes the document and waits for it. `is_copy`: path and "is dirty" stay as they are.
  Result<SaveReport> save(const Path& file, bool is_copy, Progress& progress);
  /// Begins to write the present state and returns at once; editing goes on meanwhile. A save that
  /// still runs is waited for.
  void start_saving(const Path& file);
  bool is_saving() const { return saving_.is_running(); }
  /// Takes over the end of a background save: call it now and then. Its report, once; nothing while
  /// it runs or where there was none.
  std::optional<Result<SaveReport>> finish_saving();
  /// The same after waiting for the end.
  std::optional<Result<SaveReport>> wait_for_saving();

private:
  std::optional<Result<SaveReport>> take_over(std::optional<BackgroundSave::Finished> finished);
  BackgroundSave::Request request(const Path& file);
  std::shared_ptr<const SavedHistory> history_to_save(bool is_new_file);
  void remember_versions(std::vector<SavedState> older);
  void finish_version();

  std::uint32_t evaluated_ = 0;  ///< blocks with this serial or an older one were evaluated
  BackgroundSave saving_;
  std::vector<SavedState> older_;  ///< states that version files beside the file hold
  std::future<std::optional<SavedState>> version_;  ///< a version file that is being made
};

/// An empty document: one scene.
Document make_empty_document();
/// The start-up scene: camera, light and cube.
Document make_startup_document(const Registry& registry);

}  // namespace kiln
