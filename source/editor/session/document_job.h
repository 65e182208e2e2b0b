#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "editor/session/session.h"

namespace kiln::editor {

/// Whether an operator of the program is long work that needs nothing but the document and files:
/// importers and exporters.
bool runs_beside(const operators::OperatorType& type);

/// Long work on the document beside the window, one at a time: opening, saving, importing,
/// exporting. Saving writes a snapshot while editing goes on; during all other work the document is
/// looked at but not changed. Owner's thread only.
class DocumentJob {
public:
  explicit DocumentJob(Session& session) : session_(session) {}
  /// Cancels what runs and waits for it; a save is waited for.
  ~DocumentJob();

  /// Each begins its work, or says through the session why it cannot. False then.
  bool open(const Path& path);
  bool save(const Path& path);
  /// Runs an operator on a copy of the document, which takes its place at the end as one undo step.
  bool run(const operators::OperatorType& type, const OperatorSettings& settings);

  void cancel();
  /// Takes over what has ended; to be called now and then while it runs.
  void poll();
  bool is_running() const { return is_running_; }
  bool can_cancel() const { return is_running_ && progress_; }
  /// "Opening scene.kiln", and the share done in [0, 1].
  const std::string& label() const { return label_; }
  float fraction() const { return progress_ ? progress_->fraction() : 0.0f; }

  Signal<> started, ended;

private:
  /// Runs on the owner's thread once the work is done.
  using Finish = std::function<void()>;
  bool begin(const std::string& label);
  void start(std::function<Finish(Progress&)> work);
  void end();

  Session& session_;
  std::string label_;
  std::shared_ptr<Progress> progress_;
  bool is_running_ = false, is_saving_ = false;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  std::thread thread_;
};

}  // namespace kiln::editor
