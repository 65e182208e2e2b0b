// Operators on modifier stacks.
#include "document/mesh.h"
#include "document/modifier_names.h"
#include "evaluation/evaluator.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct NamedModifier {
  std::string modifier;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<NamedModifier> s("OBJECT_OT_modifier", "Modifier");
      s.add<&NamedModifier::modifier>("modifier", "Modifier").max_bytes(64).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<std::int64_t> find_modifier(const Context& context, const std::string& name) {
  const std::int64_t at = context.active_object()->modifiers.find(name);
  if (at < 0) {
    return Error::invalid("object \"{}\" has no modifier \"{}\"", context.active_object()->name, name);
  }
  return at;
}

// Evaluates the object with this one modifier only and keeps the result as its mesh.
Result<Outcome> apply_modifier(Context& context, const NamedModifier& s, const Given&) {
  const Result<std::int64_t> at = find_modifier(context, s.modifier);
  if (!at) {
    return at.error();
  }
  Document& document = context.document();
  const Mesh* mesh = document.find<Mesh>(context.active_object()->data.id);
  if (!mesh) {
    return Error::invalid("object \"{}\" has no mesh", context.active_object()->name);
  }
  if (document.users(mesh->id) - (mesh->use_fake_user ? 1 : 0) > 1) {
    return Error::invalid("Modifiers cannot be applied to multi-user data");
  }
  const BlockId mesh_id = mesh->id;
  document.settle();
  Document alone = document;
  auto& object = alone.edit<Object>(context.active);
  for (std::int64_t i = object.modifiers.size() - 1; i >= 0; --i) {
    if (i != *at) {
      object.modifiers.remove(i);
    }
  }
  object.modifiers.edit(0).show_viewport = true;
  evaluation::Evaluator evaluator;
  const auto scene = evaluator.evaluate(alone, context.scene, context.layer().name, context.get_scene().frame(), evaluation::Purpose::Viewport, context.progress);
  const evaluation::EvaluatedObject* evaluated = scene ? scene->find(context.active) : nullptr;
  if (!evaluated || !evaluated->mesh) {
    return Error::invalid("modifier \"{}\" could not be evaluated; is the object in the scene?", s.modifier);
  }
  for (const std::string& warning : evaluated->warnings) {
    context.reports.push_back(warning);
  }
  replace_geometry(document.edit<Mesh>(mesh_id, Change::Geometry), Mesh(*evaluated->mesh));
  document.edit<Object>(context.active, Change::Geometry).modifiers.remove(*at);
  return Outcome::Finished;
}

Result<Outcome> remove_modifier(Context& context, const NamedModifier& s, const Given&) {
  const Result<std::int64_t> at = find_modifier(context, s.modifier);
  if (!at) {
    return at.error();
  }
  context.document().edit<Object>(context.active, Change::Geometry).modifiers.remove(*at);
  return Outcome::Finished;
}

Result<Outcome> copy_modifier(Context& context, const NamedModifier& s, const Given&) {
  const Result<std::int64_t> at = find_modifier(context, s.modifier);
  if (!at) {
    return at.error();
  }
  auto& object = context.document().edit<Object>(context.active, Change::Geometry);
  const Modifier& model = object.modifiers[*at];
  std::shared_ptr<Modifier> copy = model.clone();
  copy->name = unique_item_name(default_modifier_name(model.dynamic_schema()), [&](std::string_view taken) { return object.modifiers.find(taken) >= 0; });
  object.modifiers.add(std::move(copy), *at + 1);
  object.active_modifier = object.modifiers.id(*at + 1);
  return Outcome::Finished;
}

Result<Outcome> move_modifier(Context& context, const std::string& name, std::int64_t from, std::int64_t to) {
  auto& modifiers = context.active_object()->modifiers;
  if (to < 0 || to >= modifiers.size()) {
    context.reports.push_back("Cannot move modifier \"" + name + "\" beyond the " + (to < 0 ? "start" : "end") + " of the stack");
    return Outcome::Cancelled;
  }
  context.document().edit<Object>(context.active, Change::Geometry).modifiers.move(from, to);
  return Outcome::Finished;
}

Result<Outcome> move_modifier_up(Context& context, const NamedModifier& s, const Given&) {
  const Result<std::int64_t> at = find_modifier(context, s.modifier);
  return at ? move_modifier(context, s.modifier, *at, *at - 1) : at.error();
}

Result<Outcome> move_modifier_down(Context& context, const NamedModifier& s, const Given&) {
  const Result<std::int64_t> at = find_modifier(context, s.modifier);
  return at ? move_modifier(context, s.modifier, *at, *at + 1) : at.error();
}

Result<Outcome> set_active_modifier(Context& context, const NamedModifier& s, const Given&) {
  const Result<std::int64_t> at = find_modifier(context, s.modifier);
  if (!at) {
    return at.error();
  }
  auto& object = context.document().edit<Object>(context.active, Change::Selection);
  object.active_modifier = object.modifiers.id(*at);
  return Outcome::Finished;
}

struct MoveToIndexSettings {
  std::string modifier;
  int index = 0;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MoveToIndexSettings> s("OBJECT_OT_modifier_move_to_index", "Move Active Modifier to Index");
      s.add<&MoveToIndexSettings::modifier>("modifier", "Modifier").max_bytes(64).hidden().not_animatable();
      s.add<&MoveToIndexSettings::index>("index", "Index").range(0, infinity).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> move_modifier_to(Context& context, const MoveToIndexSettings& s, const Given&) {
  const Result<std::int64_t> at = find_modifier(context, s.modifier);
  return at ? move_modifier(context, s.modifier, *at, s.index) : at.error();
}

struct SubdivisionSettings {
  int level = 1;
  bool relative = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SubdivisionSettings> s("OBJECT_OT_subdivision_set", "Subdivision Set");
      s.add<&SubdivisionSettings::level>("level", "Level").range(-100, 100).soft(-6, 6).not_animatable();
      s.add<&SubdivisionSettings::relative>("relative", "Relative").describe("The level is added to the present one").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// The last subdivision of each selected mesh gets the level; meshes without one get one.
Result<Outcome> subdivision_set(Context& context, const SubdivisionSettings& s, const Given&) {
  Document& document = context.document();
  const Schema* kind = context.project.registry.kind(Modifier::schema(), "SUBSURF");
  const Property* levels = kind ? kind->property("levels") : nullptr;
  for (const BlockId id : context.editable()) {
    if (!levels || !document.find<Mesh>(document.find<Object>(id)->data.id)) {
      continue;
    }
    auto& object = document.edit<Object>(id, Change::Geometry);
    std::int64_t at = object.modifiers.size() - 1;
    while (at >= 0 && &object.modifiers[at].dynamic_schema() != kind) {
      --at;
    }
    const bool is_new = at < 0;
    if (is_new) {
      std::shared_ptr<Modifier> modifier(static_cast<Modifier*>(kind->make()));
      modifier->name = unique_item_name(default_modifier_name(*kind), [&](std::string_view taken) { return object.modifiers.find(taken) >= 0; });
      object.modifiers.add(std::move(modifier));
      at = object.modifiers.size() - 1;
    }
    Modifier& modifier = object.modifiers.edit(at);
    const auto now = is_new ? 0.0 : double(read({kind, &modifier}, *levels).as_int());
    const double level = std::clamp(s.relative ? now + s.level : double(s.level), 0.0, 11.0);
    if (const Result<void> done = write({kind, &modifier}, *levels, Value(int(level))); !done) {
      return done.error();
    }
  }
  return Outcome::Finished;
}

struct AddModifierSettings {
  std::string type = "SUBSURF";
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<AddModifierSettings> s("OBJECT_OT_modifier_add", "Add Modifier");
      s.add<&AddModifierSettings::type>("type", "Type").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> add_modifier(Context& context, const AddModifierSettings& s, const Given&) {
  const Schema* kind = context.project.registry.kind(Modifier::schema(), s.type);
  if (!kind) {
    return Error::invalid("\"{}\" is no type of modifier", s.type);
  }
  if (!context.document().find<Mesh>(context.active_object()->data.id)) {
    return Error::invalid("object \"{}\" has no mesh to modify", context.active_object()->name);
  }
  auto& object = context.document().edit<Object>(context.active, Change::Geometry);
  std::shared_ptr<Modifier> modifier(static_cast<Modifier*>(kind->make()));
  modifier->name = unique_item_name(default_modifier_name(*kind), [&](std::string_view taken) { return object.modifiers.find(taken) >= 0; });
  object.modifiers.add(std::move(modifier));
  object.active_modifier = object.modifiers.id(object.modifiers.size() - 1);
  return Outcome::Finished;
}

}  // namespace

void register_object_modifiers(OperatorRegistry& registry) {
  add_operator(registry, "object.modifier_apply", "Apply Modifier", apply_modifier, needs_active_object);
  add_operator(registry, "object.modifier_remove", "Remove Modifier", remove_modifier, needs_active_object);
  add_operator(registry, "object.modifier_copy", "Copy Modifier", copy_modifier, needs_active_object);
  add_operator(registry, "object.modifier_move_up", "Move Up Modifier", move_modifier_up, needs_active_object);
  add_operator(registry, "object.modifier_move_down", "Move Down Modifier", move_modifier_down, needs_active_object);
  add_operator(registry, "object.modifier_move_to_index", "Move Active Modifier to Index", move_modifier_to, needs_active_object);
  add_operator(registry, "object.modifier_set_active", "Set Active Modifier", set_active_modifier, needs_active_object);
  add_operator(registry, "object.subdivision_set", "Subdivision Set", subdivision_set, needs_object_mode);
  add_operator(registry, "object.modifier_add", "Add Modifier", add_modifier, needs_active_object);
}

}  // namespace kiln::operators
