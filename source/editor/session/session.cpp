#include "editor/session/session.h"

#include <exception>

#include "document/resolve.h"

namespace kiln::editor {
namespace {

InfoLine::Kind kind_of(operators::Report::Severity severity) {
  using Severity = operators::Report::Severity;
  return severity == Severity::Error     ? InfoLine::Kind::Error
         : severity == Severity::Warning ? InfoLine::Kind::Warning
         : severity == Severity::Debug   ? InfoLine::Kind::Debug
                                         : InfoLine::Kind::Info;
}

std::uint64_t fresh_key() {
  return unique_number();
}

}  // namespace

Result<void> PreparedSettings::fill(const OperatorSettings& settings, Document& document,
                                    const Services& services) {
  for (const auto& [name, value] : settings) {
    const Property* property = schema_.property(name);
    if (!property) {
      return Error::invalid("{} has no setting \"{}\"", schema_.identifier, name);
    }
    if (Result<void> written =
            write({&schema_, data_, -1, nullptr, &document, &services}, *property, value);
        !written) {
      return written;
    }
    given_.insert(name);
  }
  return {};
}

Session::Session(Project& project, evaluation::Evaluator& evaluator,
                 const operators::OperatorRegistry& operators, Post post)
    : project_(project), evaluator_(evaluator), operators_(operators), post_(std::move(post)) {
  static_cast<void>(project_.document.take_changes());
  announced_ = project_.document;
}

Session::~Session() {
  *is_alive_ = false;
}

const ViewLayer* Session::layer() const {
  const Scene* now = scene();
  return now ? &active_layer(document(), *now) : nullptr;
}

const Object* Session::active_object() const {
  const ViewLayer* now = layer();
  return now ? document().find(now->active) : nullptr;
}

std::vector<BlockId> Session::selected() const {
  Progress progress;
  return operators::Context(project_, progress).selected;
}

float Session::frame() const {
  const Scene* now = scene();
  return playback_frame_ ? *playback_frame_ : now ? now->frame() : 1.0f;
}

void Session::set_playback_frame(std::optional<float> frame) {
  playback_frame_ = frame;
  request_evaluation();
}

void Session::request_evaluation() {
  const Scene* now = scene();
  if (!now) {
    evaluated_ = nullptr;
    scene_evaluated.emit();
    return;
  }
  project_.document.settle();
  project_.note_evaluated();
  const std::uint64_t ticket = ++asked_;
  worker_.ask([this, ticket, snapshot = project_.document, scene_id = now->id,
               layer_name = active_layer(document(), *now).name, at = frame(), alive = is_alive_,
               prepare = prepare_] {
    Progress progress;
    std::shared_ptr<const evaluation::EvaluatedScene> result;
    try {
      result = evaluator_.evaluate(snapshot, scene_id, layer_name, at,
                                   evaluation::Purpose::Viewport, progress);
      if (result && prepare) {
        prepare(*result);
      }
    } catch (const std::exception&) {
      // Out of memory: the picture of before stays.
    }
    post_([this, ticket, result = std::move(result), alive] {
      if (!*alive || ticket <= delivered_) {
        return;
      }
      delivered_ = ticket;
      if (result) {
        evaluated_ = result;
      }
      scene_evaluated.emit();
    });
  });
}

void Session::announce() {
  project_.document.settle();
  ChangeSet changes = project_.document.take_changes();
  if (changes.empty() && !project_.document.is_same_state(announced_)) {
    // Another document has taken the place of the old one.
    changes = Document::difference(Document(), project_.document);
  }
  announced_ = project_.document;
  if (changes.empty()) {
    return;
  }
  request_evaluation();
  changed.emit(changes);
}

void Session::keep(const std::string& label, const std::string& python, std::uint64_t merge_key) {
  project_.undo.push(project_.document, label, merge_key);
  last_ = {};
  if (!python.empty()) {
    log.add({InfoLine::Kind::Action, python}, merge_key);
  }
  announce();
}

void Session::report(InfoLine::Kind kind, const std::string& text) {
  const InfoLine line{kind, text};
  log.add(line);
  reported.emit(line);
}

void Session::report_all(const std::vector<operators::Report>& reports) {
  for (const operators::Report& entry : reports) {
    report(kind_of(entry.severity), entry.text);
  }
}

bool Session::refuses(const std::string& what) {
  if (held_.empty()) {
    return false;
  }
  report(InfoLine::Kind::Warning, fmt::format("{} has to wait: {}", what, held_));
  return true;
}

std::optional<std::string> Session::why_not(const operators::OperatorType& type) const {
  if (!held_.empty()) {
    return held_;
  }
  if (!type.poll) {
    return std::nullopt;
  }
  Progress progress;
  return type.poll(operators::Context(project_, progress));
}

bool Session::run(std::string_view identifier, const OperatorSettings& settings, bool is_invoked) {
  const operators::OperatorType* type = operators_.find(identifier);
  if (!type) {
    report(InfoLine::Kind::Error, fmt::format("there is no operator \"{}\"", identifier));
    return false;
  }
  return run_type(*type, settings, 0, is_invoked ? Manner::Invoked : Manner::Called);
}

Result<void> Session::preview(const operators::OperatorType& type, const OperatorSettings& settings,
                              const Document& before) {
  project_.document.restore(before);
  PreparedSettings prepared(*type.settings);
  Result<void> done = prepared.fill(settings, project_.document, project_.services);
  if (done) {
    Progress progress;
    operators::Context context(project_, progress);
    try {
      const Result<operators::Outcome> outcome =
          type.run(context, prepared.edit(), prepared.given());
      if (!outcome) {
        done = outcome.error();
      }
    } catch (const std::exception& problem) {
      done = Error::invalid("{}", problem.what());
    }
  }
  if (!done) {
    project_.document.restore(before);
  }
  announce();
  return done;
}

bool Session::run_type(const operators::OperatorType& type, const OperatorSettings& settings,
                       std::uint64_t merge_key, Manner manner) {
  if (const std::optional<std::string> reason = why_not(type)) {
    report(InfoLine::Kind::Warning, fmt::format("{}: {}", type.label, *reason));
    return false;
  }
  project_.document.settle();
  const Document before = project_.document;
  PreparedSettings prepared(*type.settings);
  if (const Result<void> filled = prepared.fill(settings, project_.document, project_.services);
      !filled) {
    report(InfoLine::Kind::Error, filled.error().message);
    return false;
  }
  Progress progress;
  operators::Context context(project_, progress);
  context.is_invoked = manner == Manner::Invoked;
  context.is_redone = manner == Manner::Redone;
  context.is_repeated = manner == Manner::Repeated;
  const bool was_history = type.identifier == "ed.undo" || type.identifier == "ed.redo" ||
                           type.identifier == "ed.undo_push";
  const std::size_t steps_before = project_.undo.present();
  Result<operators::Outcome> outcome = [&]() -> Result<operators::Outcome> {
    try {
      return type.run(context, prepared.edit(), prepared.given());
    } catch (const std::bad_alloc&) {
      return Error::invalid("out of memory");
    } catch (const std::exception& problem) {
      return Error::invalid("{}", problem.what());
    }
  }();
  report_all(context.reports);
  if (!outcome) {
    project_.document.restore(before);
    report(InfoLine::Kind::Error, fmt::format("{}: {}", type.label, outcome.error().message));
    announce();
    return false;
  }
  if (*outcome != operators::Outcome::Finished) {
    announce();
    return false;
  }
  const std::uint64_t key = merge_key ? merge_key : fresh_key();
  const bool keeps_history =
      type.is_undoable &&
      std::find(type.options.begin(), type.options.end(), "UNDO") != type.options.end() &&
      !was_history && project_.undo.present() == steps_before &&
      !project_.document.is_same_state(before);
  if (keeps_history) {
    project_.undo.push(project_.document, type.label, key);
    last_ = {&type, settings, before, key};
  } else {
    last_ = {};
  }
  log.add({InfoLine::Kind::Action, python_call(type.identifier, settings)},
          keeps_history ? key : 0);
  announce();
  return true;
}

void Session::operator_ended(const ScriptOutcome& outcome) {
  for (const auto& [severity, text] : outcome.reports) {
    report(kind_of(operators::severity_of(severity)), text);
  }
  if (!outcome.error.empty()) {
    report(InfoLine::Kind::Error, fmt::format("{}: {}", outcome.label, outcome.error));
  }
  project_.document.settle();
  if (outcome.outcome == "FINISHED") {
    const std::vector<UndoStack::Step>& steps = project_.undo.steps();
    if (outcome.is_undoable &&
        (steps.empty() || !project_.document.is_same_state(steps[project_.undo.present()].state))) {
      project_.undo.push(project_.document, outcome.label);
    }
    last_ = {};
    log.add({InfoLine::Kind::Action, python_call(outcome.identifier, outcome.settings)});
  }
  announce();
  // What scripts keep outside the document changes without telling.
  changed.emit({});
}

bool Session::do_again() {
  const LastOperation last = last_;
  return last.type && run_type(*last.type, last.settings, 0, Manner::Repeated);
}

bool Session::repeat_last(const OperatorSettings& settings) {
  if (!last_.type || refuses(last_.type->label)) {
    return false;
  }
  const LastOperation last = last_;
  project_.document.restore(last.before);
  if (run_type(*last.type, settings, last.merge_key, Manner::Redone)) {
    return true;
  }
  // What cannot be done leaves the step as it was, and its settings to be changed again.
  project_.document.restore(project_.undo.steps()[project_.undo.present()].state);
  last_ = last;
  announce();
  return false;
}

bool Session::set(const Handle& owner, const Property& property, const Value& value,
                  std::uint64_t merge_key) {
  if (refuses(property.label)) {
    return false;
  }
  project_.document.settle();
  const Document before = project_.document;
  const std::string path = python_path(document(), owner, &property, services());
  const Result<void> done = set_value(project_.document, owner, property, value, services());
  if (!done) {
    project_.document.restore(before);
    report(InfoLine::Kind::Error, done.error().message);
    announce();
    return false;
  }
  const Result<Value> now = get_value(document(), owner, property, services());
  project_.undo.push(project_.document,
                     property.label.empty() ? property.identifier : property.label, merge_key);
  last_ = {};
  log.add(
      {InfoLine::Kind::Action, fmt::format("{} = {}", path, python_literal(now ? *now : value))},
      merge_key);
  announce();
  return true;
}

bool Session::edit(const std::string& label, FunctionRef<Result<void>(Document&)> change,
                   std::uint64_t merge_key, const std::string& python) {
  if (refuses(label)) {
    return false;
  }
  project_.document.settle();
  const Document before = project_.document;
  const Result<void> done = change(project_.document);
  if (!done) {
    project_.document.restore(before);
    report(InfoLine::Kind::Error, done.error().message);
    announce();
    return false;
  }
  keep(label, python, merge_key);
  return true;
}

void Session::script_ran(const std::string& name) {
  project_.document.settle();
  const std::vector<UndoStack::Step>& steps = project_.undo.steps();
  if (steps.empty() || !project_.document.is_same_state(steps[project_.undo.present()].state)) {
    project_.undo.push(project_.document, "Script: " + name);
    last_ = {};
  }
  announce();
  // Scripts register panels and properties, which are no change of the document.
  changed.emit({});
}

void Session::undo() {
  jump(project_.undo.present() > 0 ? project_.undo.present() - 1 : 0);
}
void Session::redo() {
  jump(project_.undo.present() + 1);
}

void Session::jump(std::size_t step) {
  if (refuses("Undo")) {
    return;
  }
  const std::size_t from = project_.undo.present();
  if (step == from || step >= project_.undo.steps().size()) {
    report(InfoLine::Kind::Info, step == from ? "nothing to undo" : "nothing to redo");
    return;
  }
  const std::string& label = project_.undo.steps()[step < from ? from : step].label;
  const std::string text = fmt::format("{}: {}", step < from ? "Undo" : "Redo", label);
  if (!project_.undo.jump(project_.document, step)) {
    report(InfoLine::Kind::Error, project_.undo.problem());
    return;
  }
  last_ = {};
  reported.emit({InfoLine::Kind::Info, text});
  announce();
}

bool Session::opened(const Path& path, Result<OpenedDocument> document) {
  if (!document) {
    const bool is_cancelled = document.error().kind == Error::Kind::Cancelled;
    report(is_cancelled ? InfoLine::Kind::Info : InfoLine::Kind::Error, document.error().message);
    return false;
  }
  for (const std::string& warning : document->warnings) {
    report(InfoLine::Kind::Warning, warning);
  }
  if (auto* scripts = services().find<ScriptWindow>()) {
    scripts->cancel_all();
  }
  project_.open(std::move(*document), path);
  last_ = {};
  playback_frame_.reset();
  Progress progress;
  operators::notify_loaded(operators::Context(project_, progress), path.string());
  log.add({InfoLine::Kind::Action,
           python_call("wm.open_mainfile", {{"filepath", Value(path.string())}})});
  announce();
  return true;
}

bool Session::adopt(const Document& before, const Document& after, const std::string& label,
                    const std::string& python) {
  project_.document.settle();
  if (!project_.document.is_same_state(before)) {
    report(InfoLine::Kind::Error,
           fmt::format("{}: the document was changed meanwhile, so nothing was taken over", label));
    return false;
  }
  if (after.is_same_state(before)) {
    log.add({InfoLine::Kind::Action, python});
    report(InfoLine::Kind::Info, label + " is done");
    return true;
  }
  project_.document.restore(after);
  keep(label, python);
  return true;
}

std::string python_literal(const Value& value) {
  struct Writer {
    std::string operator()(std::monostate) const { return "None"; }
    std::string operator()(bool v) const { return v ? "True" : "False"; }
    std::string operator()(std::int64_t v) const { return fmt::format("{}", v); }
    std::string operator()(double v) const { return fmt::format("{:.6g}", v); }
    std::string operator()(const std::string& v) const { return "\"" + escape_name(v) + "\""; }
    std::string operator()(const Value::Numbers& v) const {
      std::string text;
      for (const double number : v) {
        text += fmt::format("{}{:.6g}", text.empty() ? "" : ", ", number);
      }
      return "(" + text + (v.size() == 1 ? ",)" : ")");
    }
    std::string operator()(const Handle& v) const { return v ? "..." : "None"; }
    std::string operator()(const Value::List& v) const {
      std::string text;
      for (const Value& item : v) {
        text += (text.empty() ? "" : ", ") + python_literal(item);
      }
      return "{" + text + "}";
    }
    std::string operator()(const std::shared_ptr<const DataBlock>&) const { return "..."; }
  };
  return std::visit(Writer{}, value.data);
}

std::string python_call(std::string_view operator_identifier, const OperatorSettings& settings) {
  std::string text;
  for (const auto& [name, value] : settings) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", name, python_literal(value));
  }
  return fmt::format("bpy.ops.{}({})", operator_identifier, text);
}

std::string python_path(const Document& document, const Handle& owner, const Property* property,
                        const Services& services) {
  static constexpr const char* lists[block_type_count] = {
      "scenes", "collections", "objects",     "meshes", "cameras", "lights",
      "worlds", "materials",   "node_groups", "images", "texts",   "textures"};
  const DataBlock* block = document.find(owner.block);
  std::string text = "...";
  if (block && block->is_embedded()) {
    const DataBlock* whole = document.find(block->owner);
    const char* part = block->type() == BlockType::NodeTree ? "node_tree" : "collection";
    text = whole ? fmt::format("bpy.data.{}[\"{}\"].{}", lists[int(whole->type())],
                               escape_name(whole->name), part)
                 : text;
  } else if (block) {
    text = fmt::format("bpy.data.{}[\"{}\"]", lists[int(block->type())], escape_name(block->name));
  }
  const std::string inner =
      owner.steps.empty() ? std::string() : path_of(document, owner, &services);
  if (!inner.empty()) {
    text += "." + inner;
  }
  if (property) {
    text += property->is_internal ? "[\"" + escape_name(property->identifier) + "\"]"
                                  : "." + property->identifier;
  }
  return text;
}

}  // namespace kiln::editor
