#include "document/file/recovery.h"

#include <cstdlib>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "document/file/file_source.h"

namespace kiln {
namespace {

constexpr const char* lock_name = "lock";
constexpr int ask_every_ms = 1000;

// The time a thread may take to hand over its state when it was asked to.
double now_seconds() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

void signal_event(int descriptor, std::uint64_t value) noexcept {
  // The only failure is a full counter, which wakes the reader as well.
  [[maybe_unused]] const ssize_t done = ::write(descriptor, &value, sizeof(value));
}

std::string stem_of(const Path& original) {
  const std::string name = original.stem().string();
  return name.empty() ? "untitled" : name.substr(0, 200);
}

SaveOptions kept_at(const Path& original) {
  SaveOptions options;
  options.original_path = original.empty() ? Path("//") : original;
  return options;
}

}  // namespace

RecoveryKeeper::RecoveryKeeper(Options options)
    : options_(std::move(options)), interval_seconds_(options_.interval_seconds) {
  session_folder_ =
      options_.folder / fmt::format("{}-{}", ::getpid(), Uuid::random().text().substr(0, 8));
  rescue_request_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  rescue_done_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  stop_request_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  thread_ = std::thread([this] { run(); });
}

RecoveryKeeper::~RecoveryKeeper() {
  signal_event(stop_request_, 1);
  thread_.join();
  for (const int descriptor : {rescue_request_, rescue_done_, stop_request_, lock_}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

void RecoveryKeeper::publish(const Document& document, const Path& original_path, bool is_dirty) {
  const std::scoped_lock lock(published_mutex_);
  published_ = {document, original_path, is_dirty};
}

Path RecoveryKeeper::file() const {
  const std::scoped_lock lock(published_mutex_);
  return session_folder_ / (stem_of(published_.original_path) + ".kiln");
}

Result<void> RecoveryKeeper::write_now() {
  const State state = [this] {
    const std::scoped_lock lock(published_mutex_);
    return published_;
  }();
  return write(state);
}

Result<void> RecoveryKeeper::make_folder() {
  std::error_code problem;
  std::filesystem::create_directories(session_folder_, problem);
  if (problem) {
    return Error::unreadable(session_folder_, "cannot be made: " + problem.message());
  }
  if (lock_ < 0) {
    lock_ = ::open((session_folder_ / lock_name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ >= 0) {
      ::flock(lock_, LOCK_EX | LOCK_NB);
    }
  }
  return {};
}

Result<void> RecoveryKeeper::write(const State& state) {
  const std::scoped_lock lock(write_mutex_);
  if (!state.is_dirty) {
    forget_written();
    return {};
  }
  if (written_ && written_->document.is_same_state(state.document) &&
      written_->original_path == state.original_path) {
    return {};
  }
  const Result<void> made = make_folder();
  if (!made) {
    return made;
  }
  const Path path = session_folder_ / (stem_of(state.original_path) + ".kiln");
  Progress progress;
  const bool is_same_file = written_ && path == file_;
  const Result<SaveReport> report =
      is_same_file ? save_changes(state.document, {written_->document, revision_}, path, progress)
                   : save_document(state.document, path, progress, kept_at(state.original_path));
  if (!report) {
    return report.error();
  }
  if (!is_same_file) {
    forget_written();
  }
  file_ = path;
  written_ = state;
  revision_ = report->revision;
  // The handler may look at the name that is in use at any time: the other one is written.
  auto& name = file_names_[std::size_t(1 - name_in_use_.load())];
  std::strncpy(name.data(), path.c_str(), name.size() - 1);
  name_in_use_ = 1 - name_in_use_.load();
  has_file_ = true;
  return {};
}

void RecoveryKeeper::forget_written() {
  if (written_) {
    std::error_code problem;
    has_file_ = false;
    std::filesystem::remove(file_, problem);
    written_.reset();
  }
}

void RecoveryKeeper::close() {
  const std::scoped_lock lock(write_mutex_);
  forget_written();
  if (lock_ >= 0) {
    std::error_code problem;
    std::filesystem::remove(session_folder_ / lock_name, problem);
    std::filesystem::remove(session_folder_, problem);
    ::close(lock_);
    lock_ = -1;
  }
}

// The document as the editing thread left it: it may be in the middle of a change, so it is written
// beside, read back, and taken only if that goes well.
void RecoveryKeeper::write_head() {
  const Document head = *options_.head;
  {
    const std::scoped_lock lock(published_mutex_);
    if (published_.document.is_same_state(head)) {
      return;
    }
  }
  const std::scoped_lock lock(write_mutex_);
  const Path original = published_.original_path;
  if (!make_folder()) {
    return;
  }
  const Path path = session_folder_ / (stem_of(original) + ".kiln");
  const Path beside = session_folder_ / "head";
  Progress progress;
  std::error_code problem;
  if (save_document(head, beside, progress, kept_at(original)) &&
      open_document(beside, *options_.registry, progress)) {
    std::filesystem::rename(beside, path, problem);
    if (!problem) {
      auto& name = file_names_[std::size_t(1 - name_in_use_.load())];
      std::strncpy(name.data(), path.c_str(), name.size() - 1);
      name_in_use_ = 1 - name_in_use_.load();
      has_file_ = true;
    }
  }
  std::filesystem::remove(beside, problem);
}

void RecoveryKeeper::run() {
  thread_id_ = ::gettid();
  double last_write = now_seconds();
  bool has_complained = false;
  for (;;) {
    pollfd waiting[2] = {{rescue_request_, POLLIN, 0}, {stop_request_, POLLIN, 0}};
    const double until_write = interval_seconds_ - (now_seconds() - last_write);
    const int timeout = int(std::clamp(until_write * 1000.0, 1.0, double(ask_every_ms)));
    ::poll(waiting, 2, timeout);
    if (waiting[1].revents) {
      return;
    }
    if (waiting[0].revents) {
      std::uint64_t what = 0;
      [[maybe_unused]] const ssize_t got = ::read(rescue_request_, &what, sizeof(what));
      static_cast<void>(write_now());
      if (Rescue(what) == Rescue::PublishedAndHead && options_.head && options_.registry) {
        write_head();
      }
      signal_event(rescue_done_, 1);
      continue;
    }
    if (now_seconds() - last_write >= interval_seconds_) {
      const Result<void> done = write_now();
      if (!done && !has_complained) {
        log(LogLevel::Warning, "the recovery file cannot be written: {}", done.error().message);
        has_complained = true;
      }
      last_write = now_seconds();
    }
    if (options_.ask_for_state) {
      options_.ask_for_state();
    }
  }
}

bool RecoveryKeeper::rescue(Rescue what, int timeout_ms) noexcept {
  if (::gettid() == thread_id_) {
    // It was this thread that crashed: what it had written before stays.
    signal_event(rescue_done_, 1);
    for (;;) {
      ::pause();
    }
  }
  signal_event(rescue_request_, std::uint64_t(what));
  pollfd waiting{rescue_done_, POLLIN, 0};
  ::poll(&waiting, 1, timeout_ms);
  return has_file_;
}

Path recovery_folder() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && state[0] == '/') {
    return Path(state) / "kiln/recovery";
  }
  const char* home = std::getenv("HOME");
  return Path(home && home[0] ? home : "/tmp") / ".local/state/kiln/recovery";
}

std::vector<Recoverable> find_recoverable(const Path& folder) {
  std::vector<Recoverable> found;
  std::error_code problem;
  for (const auto& session : std::filesystem::directory_iterator(folder, problem)) {
    const int lock = ::open((session.path() / lock_name).c_str(), O_RDWR | O_CLOEXEC);
    const bool is_running = lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) != 0;
    bool is_empty = true;
    for (const auto& entry : std::filesystem::directory_iterator(session.path(), problem)) {
      if (is_running || entry.path().extension() != ".kiln") {
        continue;
      }
      is_empty = false;
      const Result<FileSource> source = FileSource::open(entry.path());
      if (source) {
        const std::string original = source->meta(original_path_key);
        found.push_back({entry.path(), original == "//" ? Path() : Path(original),
                         std::filesystem::last_write_time(entry.path(), problem)});
      }
    }
    if (!is_running && lock >= 0 && is_empty) {
      std::filesystem::remove_all(session.path(), problem);
    }
    if (lock >= 0) {
      ::close(lock);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Recoverable& a, const Recoverable& b) { return a.time > b.time; });
  return found;
}

}  // namespace kiln
