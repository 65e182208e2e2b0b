#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/script_window.h"
#include "core/tasks.h"
#include "document/file/store.h"
#include "document/project.h"
#include "document/scene.h"
#include "editor/session/background_task.h"
#include "editor/session/info_log.h"
#include "editor/session/signal.h"
#include "evaluation/evaluator.h"
#include "operators/operator.h"

namespace kiln::editor {

/// Settings of an operator by name; what is not named keeps its default.
using OperatorSettings = std::vector<std::pair<std::string, Value>>;

/// The value of a setting; null where it is not given.
inline const Value* find_setting(const OperatorSettings& settings, std::string_view name) {
  for (const auto& [key, value] : settings) {
    if (key == name) {
      return &value;
    }
  }
  return nullptr;
}

/// Settings of an operator as it takes them.
class PreparedSettings {
public:
  explicit PreparedSettings(const Schema& schema) : schema_(schema), data_(schema.make()) {}
  ~PreparedSettings() { schema_.destroy(data_); }
  PreparedSettings(const PreparedSettings&) = delete;
  PreparedSettings& operator=(const PreparedSettings&) = delete;
  /// Fails with the name of what does not exist or has no such value.
  Result<void> fill(const OperatorSettings& settings, Document& document, const Services& services);
  const void* data() const { return data_; }
  void* edit() { return data_; }
  const std::unordered_set<std::string>& given() const { return given_; }

private:
  const Schema& schema_;
  void* data_;
  std::unordered_set<std::string> given_;
};

/// The last operator that was run, ready to be run again with other settings.
struct LastOperation {
  const operators::OperatorType* type = nullptr;
  OperatorSettings settings;
  Document before;
  std::uint64_t merge_key = 0;
};

/// One project being worked on in windows: the only place where editors change the document. Every
/// change gets an undo step, a line of Python in the log, and is told to all listeners; the scene
/// is evaluated beside it. Owner's thread only.
class Session {
public:
  Session(Project& project, evaluation::Evaluator& evaluator,
          const operators::OperatorRegistry& operators, Post post);
  ~Session();

  Project& project() const { return project_; }
  const Document& document() const { return project_.document; }
  const Services& services() const { return project_.services; }
  const operators::OperatorRegistry& operators() const { return operators_; }
  evaluation::Evaluator& evaluator() const { return evaluator_; }
  const Post& post() const { return post_; }

  /// The scene that is worked on, its layer and the active object; null where there is none.
  const Scene* scene() const { return active_scene(document()); }
  const ViewLayer* layer() const;
  const Object* active_object() const;
  /// Selected objects that are visible.
  std::vector<BlockId> selected() const;

  /// Runs an operator with undo, log and reports. False when it could not or had nothing to do.
  /// `is_invoked`: for a person, so that it may ask and wait for events.
  bool run(std::string_view identifier, const OperatorSettings& settings = {},
           bool is_invoked = false);
  /// An operator of a script that had waited ended: its undo step, line in the log and reports.
  void operator_ended(const ScriptOutcome& outcome);
  /// Why an operator cannot run now; nothing when it can.
  std::optional<std::string> why_not(const operators::OperatorType& type) const;
  /// What can be done again with other settings; null after other changes.
  const LastOperation* last_operation() const { return last_.type ? &last_ : nullptr; }
  /// Undoes the last operation and does it with these settings instead; one undo step stays.
  bool repeat_last(const OperatorSettings& settings);
  /// Does the last operation once more, with the same settings.
  bool do_again();

  /// Writes a property. Calls with the same `merge_key` (other than 0) in a row make one undo step.
  bool set(const Handle& owner, const Property& property, const Value& value,
           std::uint64_t merge_key = 0);
  /// Any other change: `change` edits the document; on failure nothing is kept.
  bool edit(const std::string& label, FunctionRef<Result<void>(Document&)> change,
            std::uint64_t merge_key = 0, const std::string& python = {});
  /// For tools that run an operator while the mouse moves: does it to a state of before, tells
  /// listeners, and keeps no undo step. On failure the state is that of before.
  Result<void> preview(const operators::OperatorType& type, const OperatorSettings& settings,
                       const Document& before);
  /// For tools that edit while the mouse moves: tells listeners without an undo step.
  void announce();
  /// Ends such an edit with an undo step.
  void keep(const std::string& label, const std::string& python = {}, std::uint64_t merge_key = 0);
  /// Notes what a tool did, so that it can be repeated with other settings.
  void set_last_operation(LastOperation last) { last_ = std::move(last); }

  /// After a script ran: keeps what it changed as one undo step, and lets everyone know.
  void script_ran(const std::string& name);

  void undo();
  void redo();
  void jump(std::size_t step);
  /// Puts a document that was read in place of the present one, or says why it was not read.
  bool opened(const Path& path, Result<OpenedDocument> document);
  /// Takes over what was made of `before` beside the window, as one undo step; refused where the
  /// document has changed since.
  bool adopt(const Document& before, const Document& after, const std::string& label,
             const std::string& python);
  /// While work on the document runs beside the window all changes are refused with this reason;
  /// empty: no longer.
  void hold(const std::string& reason) { held_ = reason; }
  const std::string& held() const { return held_; }
  void report(InfoLine::Kind kind, const std::string& text);
  void report_all(const std::vector<operators::Report>& reports);

  /// The frame that is shown: the document's, or where playback is.
  float frame() const;
  void set_playback_frame(std::optional<float> frame);
  /// Whether the animation plays; told by who plays it.
  bool is_playing() const { return is_playing_; }
  void set_playing(bool is_playing) {
    is_playing_ = is_playing;
    playing_changed.emit();
  }

  /// The newest evaluated scene; null before the first.
  const std::shared_ptr<const evaluation::EvaluatedScene>& evaluated() const { return evaluated_; }
  bool is_evaluating() const { return delivered_ != asked_; }

  /// Called with every new evaluated scene beside the owner's thread, before anyone sees it.
  void set_preparation(std::function<void(const evaluation::EvaluatedScene&)> prepare) {
    prepare_ = std::move(prepare);
    request_evaluation();
  }

  InfoLog log;
  Signal<const ChangeSet&> changed;
  Signal<> scene_evaluated;
  Signal<> playing_changed;
  Signal<const InfoLine&> reported;  ///< for the status bar

private:
  void request_evaluation();
  /// How an operator comes to run.
  enum class Manner { Called, Invoked, Redone, Repeated };
  bool run_type(const operators::OperatorType& type, const OperatorSettings& settings,
                std::uint64_t merge_key, Manner manner);
  /// True, with a report, while the document is held.
  bool refuses(const std::string& what);

  Project& project_;
  evaluation::Evaluator& evaluator_;
  const operators::OperatorRegistry& operators_;
  Post post_;
  LastOperation last_;
  std::string held_;
  Document announced_;  ///< the state listeners know
  std::shared_ptr<const evaluation::EvaluatedScene> evaluated_;
  std::optional<float> playback_frame_;
  bool is_playing_ = false;
  std::function<void(const evaluation::EvaluatedScene&)> prepare_;
  std::uint64_t asked_ = 0, delivered_ = 0;
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
  LatestWorker worker_;  // last: its thread ends first
};

/// `bpy.data.objects["Cube"].location` for what a handle and a property name.
std::string python_path(const Document& document, const Handle& owner, const Property* property,
                        const Services& services);
/// A value as Python source.
std::string python_literal(const Value& value);
/// `bpy.ops.mesh.primitive_cube_add(size=2)`.
std::string python_call(std::string_view operator_identifier, const OperatorSettings& settings);

}  // namespace kiln::editor
