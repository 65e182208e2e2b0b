#include "document/project.h"

namespace kiln {

void Project::replace(Document fresh, Path file, std::string file_revision) {
  static_cast<void>(wait_for_saving());
  document = std::move(fresh);
  static_cast<void>(document.take_changes());
  saved = document;
  is_saved = !file.empty();
  path = std::move(file);
  revision = std::move(file_revision);
  undo.clear();
  undo.push(document, "Original");
  if (on_other_file) {
    on_other_file();
  }
}

void Project::recover(Document fresh, Path file) {
  replace(std::move(fresh), std::move(file));
  saved = Document();
  is_saved = false;
  if (on_other_file) {
    on_other_file();
  }
}

Result<SaveReport> Project::save(const Path& file, bool is_copy, Progress& progress) {
  static_cast<void>(wait_for_saving());
  document.settle();
  Result<SaveReport> report = is_saved && file == path
                                  ? save_changes(document, {saved, revision}, file, progress)
                                  : save_document(document, file, progress);
  if (report && !is_copy) {
    path = file;
    saved = document;
    is_saved = true;
    revision = report->revision;
    if (on_other_file) {
      on_other_file();
    }
  }
  return report;
}

void Project::start_saving(const Path& file) {
  static_cast<void>(wait_for_saving());
  document.settle();
  BackgroundSave::Request request{document, file, std::nullopt};
  if (is_saved && file == path) {
    request.base = SavedState{saved, revision};
  }
  saving_.start(std::move(request));
}

std::optional<Result<SaveReport>> Project::finish_saving() {
  return take_over(saving_.take_finished());
}

std::optional<Result<SaveReport>> Project::wait_for_saving() {
  return take_over(saving_.wait());
}

std::optional<Result<SaveReport>> Project::take_over(
    std::optional<BackgroundSave::Finished> finished) {
  if (!finished) {
    return std::nullopt;
  }
  if (finished->report) {
    path = std::move(finished->path);
    saved = std::move(finished->document);
    is_saved = true;
    revision = finished->report->revision;
    if (on_other_file) {
      on_other_file();
    }
  }
  return std::move(finished->report);
}

}  // namespace kiln
