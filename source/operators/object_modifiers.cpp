// Operators on modifier stacks.
#include "document/mesh.h"
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
  modifier->name = unique_item_name(kind->label, [&](std::string_view taken) { return object.modifiers.find(taken) >= 0; });
  object.modifiers.add(std::move(modifier));
  object.active_modifier = object.modifiers.id(object.modifiers.size() - 1);
  return Outcome::Finished;
}

}  // namespace

void register_object_modifiers(OperatorRegistry& registry) {
  add_operator(registry, "object.modifier_apply", "Apply Modifier", apply_modifier, needs_active_object);
  add_operator(registry, "object.modifier_remove", "Remove Modifier", remove_modifier, needs_active_object);
  add_operator(registry, "object.modifier_add", "Add Modifier", add_modifier, needs_active_object);
}

}  // namespace kiln::operators
