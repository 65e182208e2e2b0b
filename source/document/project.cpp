#include "document/project.h"

#include "document/file/preview.h"

#include "document/file/history.h"
#include "document/preferences.h"

namespace kiln {

void Project::replace(Document fresh, Path file, std::string file_revision) {
  static_cast<void>(wait_for_saving());
  older_.clear();
  document = std::move(fresh);
  note_evaluated();
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

void Project::open(OpenedDocument opened, Path file) {
  const Path from = file;
  replace(std::move(opened.document), std::move(file), opened.revision);
  if (opened.history.empty()) {
    return;
  }
  std::vector<UndoStack::Step> steps;
  for (HistoryStep& step : opened.history) {
    steps.push_back({std::move(step.label), Document(), 0, step.id, /*is_loaded=*/false});
  }
  UndoStack::Step& present = steps[opened.history_present];
  present.state = document;
  present.is_loaded = true;
  const auto reader = std::make_shared<HistoryReader>(from, document, present.id, registry);
  undo.set(std::move(steps), opened.history_present,
           [reader](const UndoStack::Step& step) { return reader->read(step.id); });
}

std::shared_ptr<const SavedHistory> Project::history_to_save(bool is_new_file) {
  const auto* preferences = services.find<Preferences>();
  auto history = std::make_shared<SavedHistory>();
  history->max_bytes =
      std::uint64_t(preferences ? preferences->filepaths.undo_history_size : 0) << 20;
  if (is_new_file) {
    undo.load_all();
  }
  if (!undo.steps().empty() && history->max_bytes > 0) {
    history->steps = undo.steps();
    history->present = undo.present();
  }
  // What scripts changed without a step of its own is one here. Without any steps before it there
  // is nothing worth going back to.
  if (history->steps.empty() ||
      !document.is_same_state(history->steps[history->present].state)) {
    history->steps.resize(history->steps.size() < 2 ? 0 : history->present + 1);
    history->steps.push_back({"Saved", document, 0, Uuid::random(), true});
    history->present = history->steps.size() - 1;
  }
  return history;
}

BackgroundSave::Request Project::request(const Path& file) {
  document.settle();
  const auto* preferences = services.find<Preferences>();
  BackgroundSave::Request made{document, file, std::nullopt, {}};
  const bool is_ours = is_saved && file == path;
  if (is_ours) {
    made.base = SavedState{saved, revision};
    made.options.older = older_;
  }
  made.options.versions = preferences ? preferences->filepaths.save_version : 0;
  made.options.history = history_to_save(!is_ours);
  if (auto* previewer = services.find<DocumentPreviewer>()) {
    made.options.preview = previewer->make();
  }
  return made;
}

void Project::remember_versions(std::vector<SavedState> older) {
  constexpr std::size_t most_versions = 33;
  for (SavedState& state : older) {
    older_.push_back(std::move(state));
  }
  if (older_.size() > most_versions) {
    older_.erase(older_.begin(), older_.end() - std::ptrdiff_t(most_versions));
  }
}

void Project::finish_version() {
  if (version_.valid()) {
    if (std::optional<SavedState> older = version_.get()) {
      remember_versions({std::move(*older)});
    }
  }
}

Result<SaveReport> Project::save(const Path& file, bool is_copy, Progress& progress) {
  static_cast<void>(wait_for_saving());
  const BackgroundSave::Request job = request(file);
  Result<SaveReport> report =
      job.base ? save_changes(job.document, *job.base, file, progress, job.options)
               : save_document(job.document, file, progress, job.options);
  if (!report) {
    return report;
  }
  if (job.base) {
    remember_versions(std::move(report->older));
  }
  if (report->lacks_version) {
    version_ = std::async(
        std::launch::async, [job, saved_revision = report->revision]() -> std::optional<SavedState> {
          Progress unwatched;
          Result<SavedState> older =
              save_version(job.base->document, {job.document, saved_revision}, job.path,
                           job.options.versions, unwatched);
          return older ? std::optional(std::move(*older)) : std::nullopt;
        });
  }
  if (!is_copy || job.base) {
    if (path != file) {
      older_.clear();
    }
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
  saving_.start(request(file));
}

std::optional<Result<SaveReport>> Project::finish_saving() {
  return take_over(saving_.take_finished());
}

std::optional<Result<SaveReport>> Project::wait_for_saving() {
  finish_version();
  return take_over(saving_.wait());
}

std::optional<Result<SaveReport>> Project::take_over(
    std::optional<BackgroundSave::Finished> finished) {
  if (!finished) {
    return std::nullopt;
  }
  if (finished->report) {
    if (path != finished->path) {
      older_.clear();
    }
    remember_versions(std::move(finished->report->older));
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
