#include "document/file/background_save.h"

namespace kiln {

namespace {

Result<SaveReport> save_with_versions(const BackgroundSave::Request& job, Progress& progress) {
  if (!job.base) {
    return save_document(job.document, job.path, progress, job.options);
  }
  Result<SaveReport> report =
      save_changes(job.document, *job.base, job.path, progress, job.options);
  if (report && report->lacks_version) {
    Result<SavedState> older =
        save_version(job.base->document, {job.document, report->revision}, job.path,
                     job.options.versions, progress);
    if (older) {
      report->older.push_back(std::move(*older));
    }
    report->lacks_version = false;
  }
  return report;
}

}  // namespace

BackgroundSave::~BackgroundSave() {
  if (thread_.joinable()) {
    thread_.join();
  }
}

void BackgroundSave::start(Request request) {
  KILN_ASSERT(!is_running());
  if (thread_.joinable()) {
    thread_.join();
  }
  progress_ = std::make_unique<Progress>();
  finished_.reset();
  is_running_ = true;
  thread_ = std::thread([this, job = std::move(request)]() mutable {
    Result<SaveReport> report = [&]() -> Result<SaveReport> {
      try {
        return save_with_versions(job, *progress_);
      } catch (const std::bad_alloc&) {
        return Error::unreadable(job.path, "cannot be written: out of memory");
      } catch (const std::exception& problem) {
        return Error::unreadable(job.path, std::string("cannot be written: ") + problem.what());
      }
    }();
    const std::scoped_lock lock(mutex_);
    finished_.emplace(Finished{std::move(job.document), std::move(job.path), std::move(report)});
    is_running_ = false;
    changed_.notify_all();
  });
}

bool BackgroundSave::is_running() const {
  const std::scoped_lock lock(mutex_);
  return is_running_;
}

float BackgroundSave::fraction() const {
  return progress_ ? progress_->fraction() : 0.0f;
}

void BackgroundSave::cancel() {
  if (progress_) {
    progress_->cancel();
  }
}

std::optional<BackgroundSave::Finished> BackgroundSave::take_finished() {
  const std::scoped_lock lock(mutex_);
  return is_running_ ? std::nullopt : std::exchange(finished_, std::nullopt);
}

std::optional<BackgroundSave::Finished> BackgroundSave::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_running_; });
  return std::exchange(finished_, std::nullopt);
}

}  // namespace kiln
