#include "evaluation/interface.h"

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/project.h"
#include "evaluation/evaluator.h"

namespace kiln::evaluation {
namespace {

// What stands between an object's own matrix and the world: its parent.
float4x4 above(const ConstRef& r) {
  const auto& object = r.as<Object>();
  bool is_invertible = false;
  const float4x4 own = inverse(object.local_matrix(), &is_invertible);
  if (is_invertible) {
    return Evaluator::world_matrix(*r.document, object) * own;
  }
  Object unmoved;
  unmoved.parent = object.parent;
  unmoved.parent_type = object.parent_type;
  unmoved.parent_vertices = object.parent_vertices;
  unmoved.matrix_parent_inverse = object.matrix_parent_inverse;
  return Evaluator::world_matrix(*r.document, unmoved);
}

float4x4 parent_world(const ConstRef& r) {
  const Object* parent = r.document->find(r.as<Object>().parent);
  return parent ? Evaluator::world_matrix(*r.document, *parent) : float4x4();
}

// The project whose document a struct is in; null for evaluated copies.
Project* project_of(const Services* services, const Document* document) {
  auto* project = services ? services->find<Project>() : nullptr;
  return project && document == &project->document ? project : nullptr;
}

Property matrix_property(const char* identifier, const char* label,
                         const Value& default_value, float4x4 (*get)(const ConstRef&),
                         float4x4 (*to_own)(const ConstRef&, const float4x4&)) {
  Property p = parameter(PropertyType::Float, identifier, label, [&](PropertyBuilder& b) {
    b.matrix(4, 4)
        .soft(-10000, 10000)
        .subtype(Subtype::Matrix)
        .changes(Change::Transform)
        .not_stored();
    b.default_value(default_value);
  });
  p.is_animatable = false;
  p.get = [get](const ConstRef& r) { return matrix_value(get(r)); };
  p.set = [to_own](const MutableRef& r, const Value& v) -> Result<void> {
    const float4x4 own = to_own(r, value_matrix(v));
    r.as<Object>().set_local_matrix(own);
    r.as<Object>().is_never_evaluated = false;
    // A place that was given counts from now on.
    if (Project* project = project_of(r.services, r.document)) {
      project->note_evaluated();
    }
    return {};
  };
  return p;
}

const Mesh* mesh_of(const ConstRef& r) {
  return r.document ? r.document->find<Mesh>(r.as<Object>().data.id) : nullptr;
}

float3 dimensions(const ConstRef& r) {
  float3 min, max;
  const Mesh* mesh = mesh_of(r);
  if (!mesh || !mesh->bounds(&min, &max)) {
    return {};
  }
  const float4x4 world = Evaluator::world_matrix(*r.document, r.as<Object>());
  const float3 size = max - min;
  return {size.x * length(axis(world, 0)), size.y * length(axis(world, 1)),
          size.z * length(axis(world, 2))};
}

Property dimensions_property() {
  Property p = parameter(PropertyType::Float, "dimensions", "Dimensions", [](PropertyBuilder& b) {
    b.array(3)
        .soft(0, infinity)
        .step(1)
        .subtype(Subtype::XyzLength)
        .changes(Change::Transform)
        .not_stored();
    b.default_value(Value::Numbers(3, 0.0));
  });
  p.get = [](const ConstRef& r) {
    const float3 d = dimensions(r);
    return Value(Value::Numbers{d.x, d.y, d.z});
  };
  p.set = [](const MutableRef& r, const Value& v) -> Result<void> {
    const float3 now = dimensions(r);
    const Value::Numbers& wanted = v.as_numbers();
    for (int i = 0; i < 3; ++i) {
      if (now[i] > 0.0f) {
        r.as<Object>().scale[i] *= float(wanted[std::size_t(i)]) / now[i];
      }
    }
    return {};
  };
  return p;
}

Property bounds_property() {
  Property p = parameter(PropertyType::Float, "bound_box", "Bounding Box", [](PropertyBuilder& b) {
    b.matrix(8, 3).soft(-10000, 10000).read_only().not_stored().overridable();
    b.default_value(Value::Numbers(24, 0.0));
  });
  p.is_animatable = true;
  p.get = [](const ConstRef& r) {
    float3 min, max;
    const Mesh* mesh = mesh_of(r);
    if (!mesh || !mesh->bounds(&min, &max)) {
      min = max = {};
    }
    Value::Numbers corners;
    for (const auto& [x, y, z] : {std::array{0, 0, 0},
                                  {0, 0, 1},
                                  {0, 1, 1},
                                  {0, 1, 0},
                                  {1, 0, 0},
                                  {1, 0, 1},
                                  {1, 1, 1},
                                  {1, 1, 0}}) {
      corners.push_back(x ? max.x : min.x);
      corners.push_back(y ? max.y : min.y);
      corners.push_back(z ? max.z : min.z);
    }
    return Value(std::move(corners));
  };
  return p;
}

// Whether an object that is hidden in viewports is evaluated because of one that is not.
bool has_shown_child(const Document& document, BlockId parent) {
  for (const BlockId id : document.users_of(parent)) {
    const Object* child = document.find<Object>(id);
    if (child && child->parent.id == parent &&
        (!child->hide_viewport || has_shown_child(document, id))) {
      return true;
    }
  }
  return false;
}

// Objects are in the middle of the world until they are evaluated for the first time; what was
// hidden before that stays there.
float4x4 world_of(const ConstRef& r) {
  const Project* project = project_of(r.services, r.document);
  const bool is_new = project && !project->was_evaluated(r.block->id);
  if (is_new || (r.as<Object>().is_never_evaluated && !has_shown_child(*r.document, r.block->id))) {
    return {};
  }
  return Evaluator::world_matrix(*r.document, r.as<Object>());
}

// A matrix in the space of the object's location, or in the world's, in terms of the other.
Result<Value> convert_space(const Call& call) {
  const std::string &from = call.values[2].as_string(), &to = call.values[3].as_string();
  if (call.values[0].as_handle()) {
    return Error::invalid("Error: the object has no pose");
  }
  for (const std::string* space : {&from, &to}) {
    if (*space != "WORLD" && *space != "LOCAL") {
      return Error::invalid("Error: the space {} is one of bones; an object has WORLD and LOCAL", *space);
    }
  }
  float4x4 matrix = value_matrix(call.values[1]);
  const float4x4 parent = above(call.target);
  if (from == "LOCAL" && to == "WORLD") {
    matrix = parent * matrix;
  } else if (from == "WORLD" && to == "LOCAL") {
    matrix = inverse(parent) * matrix;
  }
  return matrix_value(matrix);
}

Function convert_space_function() {
  const auto matrix = [](const char* name) {
    return parameter(PropertyType::Float, name, "", [](PropertyBuilder& p) {
      p.matrix(4, 4).soft(-10000, 10000).subtype(Subtype::Matrix);
      p.default_value(matrix_value(float4x4()));
    });
  };
  const auto space = [](const char* name) {
    return parameter(PropertyType::Enum, name, "", [](PropertyBuilder& p) {
      p.items({{"WORLD", "World Space", 0}, {"POSE", "Pose Space", 1}, {"LOCAL_WITH_PARENT", "Local With Parent", 2}, {"LOCAL", "Local Space", 3}})
          .default_value("WORLD");
    });
  };
  Function f;
  f.identifier = "convert_space";
  f.parameters = {parameter(PropertyType::Pointer, "pose_bone", "", [](PropertyBuilder&) {}), matrix("matrix"), matrix("matrix_return"), space("from_space"),
                  space("to_space")};
  f.parameters[2].is_output = true;
  f.call = convert_space;
  return f;
}

}  // namespace

void register_evaluation_interface(Registry& registry) {
  const Schema& object = Object::schema();
  registry.extend(object, matrix_property("matrix_world", "Matrix World", matrix_value(float4x4()), world_of,
                                          [](const ConstRef& r, const float4x4& m) {
                                            return inverse(above(r)) * m;
                                          }));
  registry.extend(object,
                  matrix_property(
                      "matrix_local", "Local Matrix", Value(Value::Numbers(16, 0.0)),
                      [](const ConstRef& r) { return inverse(parent_world(r)) * world_of(r); },
                      [](const ConstRef& r, const float4x4& m) {
                        return inverse(above(r)) * parent_world(r) * m;
                      }));
  registry.extend(object, convert_space_function());
  registry.extend(object, dimensions_property());
  registry.extend(object, bounds_property());
}

}  // namespace kiln::evaluation
