// Operators on the document as a whole: undo, redo, starting anew, purging.
#include "document/blend_data.h"
#include "operators/document_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct PushSettings {
  std::string message = "Add an undo step *function may be moved*";
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<PushSettings> s("ED_OT_undo_push", "Undo Push");
      s.add<&PushSettings::message>("message", "Undo Message").max_bytes(64).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> undo_push(Context& context, const PushSettings& s, const Given&) {
  context.project.undo.push(context.document(), s.message);
  return Outcome::Finished;
}

Result<Outcome> undo(Context& context, const NoSettings&, const Given&) {
  if (!context.project.undo.can_undo()) {
    return Outcome::Cancelled;
  }
  context.notify("undo_pre");
  const bool is_done = context.project.undo.undo(context.document());
  context.notify("undo_post");
  if (!is_done) {
    context.reports.push_back(context.project.undo.problem());
  }
  return is_done ? Outcome::Finished : Outcome::Cancelled;
}

Result<Outcome> redo(Context& context, const NoSettings&, const Given&) {
  if (!context.project.undo.can_redo()) {
    return Outcome::Cancelled;
  }
  context.notify("redo_pre");
  const bool is_done = context.project.undo.redo(context.document());
  context.notify("redo_post");
  if (!is_done) {
    context.reports.push_back(context.project.undo.problem());
  }
  return is_done ? Outcome::Finished : Outcome::Cancelled;
}

struct HistorySettings {
  std::int32_t item = 0;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<HistorySettings> s("ED_OT_undo_history", "Undo History");
      s.add<&HistorySettings::item>("item", "Item").range(0, 2147483647).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Goes to a step of the history by its number; without one lists them.
Result<Outcome> undo_history(Context& context, const HistorySettings& s, const Given& given) {
  UndoStack& undo = context.project.undo;
  if (!given.contains("item")) {
    for (std::size_t i = 0; i < undo.steps().size(); ++i) {
      context.reports.push_back({fmt::format("{} {}{}", i, undo.steps()[i].label,
                                             i == undo.present() ? " (now)" : ""),
                                 Report::Severity::Info});
    }
    return Outcome::Finished;
  }
  const auto step = std::size_t(s.item);
  if (step >= undo.steps().size()) {
    return Error::invalid("there is no step {}; the history has {}", step, undo.steps().size());
  }
  const bool is_back = step < undo.present();
  context.notify(is_back ? "undo_pre" : "redo_pre");
  const bool is_done = undo.jump(context.document(), step);
  context.notify(is_back ? "undo_post" : "redo_post");
  return is_done ? Result<Outcome>(Outcome::Finished)
                 : Result<Outcome>(Error::invalid("{}", undo.problem()));
}

}  // namespace

void register_history(OperatorRegistry& registry) {
  add_operator(registry, "ed.undo_push", "Undo Push", undo_push);
  add_operator(registry, "ed.undo", "Undo", undo);
  add_operator(registry, "ed.redo", "Redo", redo);
  add_operator(registry, "ed.undo_history", "Undo History", undo_history);
}

}  // namespace kiln::operators
