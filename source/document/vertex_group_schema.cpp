// Vertex groups as objects show them: named sets of weights that live in the mesh.
#include "document/document.h"
#include "document/mesh.h"
#include "document/object.h"

namespace kiln {
namespace {

const Mesh* mesh_of(const ConstRef& object) { return object.document ? object.document->find<Mesh>(object.as<Object>().data.id) : nullptr; }
Mesh* edit_mesh(const MutableRef& object, Change change) {
  const BlockId id = object.as<Object>().data.id;
  return object.document && object.document->find<Mesh>(id) ? &object.document->edit<Mesh>(id, change) : nullptr;
}

const Schema& group_schema();

// The groups of the mesh that an object shows.
class GroupsAccess final : public CollectionAccess {
 public:
  std::int64_t size(const ConstRef& owner) const override {
    const Mesh* mesh = mesh_of(owner);
    return mesh ? mesh->vertex_groups.size() : 0;
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    const Mesh* mesh = mesh_of(owner);
    return {{&group_schema(), &mesh->vertex_groups[i], -1, mesh, owner.document, owner.services}, mesh->vertex_groups.id(i), {}};
  }
  std::int64_t index_of(const ConstRef& owner, ItemId item, std::int64_t hint) const override {
    const Mesh* mesh = mesh_of(owner);
    return mesh ? mesh->vertex_groups.index_of(item, hint) : -1;
  }
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override {
    Mesh* mesh = edit_mesh(owner, Change::Geometry);
    return {&group_schema(), &mesh->vertex_groups.edit(i), -1, mesh, owner.document, owner.services};
  }
};

int index_of(const ConstRef& group) {
  const auto& mesh = static_cast<const Mesh&>(*group.block);
  for (std::int64_t i = 0; i < mesh.vertex_groups.size(); ++i) {
    if (&mesh.vertex_groups[i] == group.data) {
      return int(i);
    }
  }
  return -1;
}

Property indices_parameter() {
  return parameter(PropertyType::Int, "index", "", [](PropertyBuilder& p) { p.array(1).dynamic_length().required(); });
}

// The vertices a script names, those that exist.
std::vector<int> vertices_of(const Value& value, const Mesh& mesh) {
  std::vector<int> vertices;
  for (const double number : value.as_numbers()) {
    if (number >= 0 && number < double(mesh.vertex_count())) {
      vertices.push_back(int(number));
    }
  }
  return vertices;
}

Result<Value> add_weights(const Call& call) {
  const int group = index_of(call.target);
  auto& mesh = static_cast<Mesh&>(*call.edit(Change::Geometry).block);
  const std::string& how = call.values[2].as_string();
  const auto mode = how == "ADD" ? VertexWeights::Mode::Add : how == "SUBTRACT" ? VertexWeights::Mode::Subtract : VertexWeights::Mode::Replace;
  mesh.weights.assign(int(mesh.vertex_count()), vertices_of(call.values[0], mesh), group, float(std::clamp(call.values[1].as_float(), 0.0, 1.0)), mode);
  return Value();
}

Result<Value> remove_weights(const Call& call) {
  const int group = index_of(call.target);
  auto& mesh = static_cast<Mesh&>(*call.edit(Change::Geometry).block);
  for (const int vertex : vertices_of(call.values[0], mesh)) {
    mesh.weights.remove(vertex, group);
  }
  return Value();
}

Result<Value> weight(const Call& call) {
  const auto& mesh = static_cast<const Mesh&>(*call.target.block);
  const int vertex = int(call.values[0].as_int());
  const bool is_vertex = vertex >= 0 && std::size_t(vertex) < mesh.vertex_count();
  const std::optional<float> found = is_vertex ? mesh.weights.find(vertex, index_of(call.target)) : std::nullopt;
  if (!found) {
    return Error::invalid("Error: Vertex not in group");
  }
  return Value(*found);
}

const Schema& group_schema() {
  static const Schema schema = [] {
    SchemaBuilder<VertexGroup> s("VertexGroup", "Vertex Group");
    s.add<&VertexGroup::name>("name", "Name").max_bytes(64).never_none().not_animatable().changes(Change::Geometry).set(
        [](const MutableRef& r, const Value& v) -> Result<void> {
          auto& mesh = static_cast<Mesh&>(*r.block);
          auto& group = r.as<VertexGroup>();
          group.name = unique_item_name(v.as_string(), [&](std::string_view taken) {
            const std::int64_t at = mesh.vertex_groups.find(taken);
            return at >= 0 && &mesh.vertex_groups[at] != &group;
          });
          return {};
        });
    s.add<&VertexGroup::lock_weight>("lock_weight", "").not_animatable();
    s.add_computed(PropertyType::Int, "index", "Index", [](const ConstRef& r) { return Value(index_of(r)); })
        .range(0, infinity).soft(0, 10000).subtype(Subtype::Unsigned).default_value(0).not_animatable();
    s.add_function("add",
                   {indices_parameter(),
                    parameter(PropertyType::Float, "weight", "",
                              [](PropertyBuilder& p) { p.range(0, 1).required(); }),
                    parameter(PropertyType::Enum, "type", "",
                              [](PropertyBuilder& p) {
                                p.required()
                                    .items({{"REPLACE", "Replace", 1},
                                            {"ADD", "Add", 2},
                                            {"SUBTRACT", "Subtract", 3}})
                                    .default_value("REPLACE");
                              })},
                   add_weights);
    s.add_function("remove", {indices_parameter()}, remove_weights);
    s.add_function("weight",
                   {parameter(PropertyType::Int, "index", "Index", [](PropertyBuilder& p) { p.range(0, infinity).required(); }),
                    parameter(PropertyType::Float, "weight", "", [](PropertyBuilder& p) { p.range(0, 1).output(); })},
                   weight);
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

struct GroupsTag {};

const Schema& groups_schema() {
  static const Schema schema = [] {
    SchemaBuilder<GroupsTag> s("VertexGroups", "Vertex Groups");
    s.add_computed(PropertyType::Int, "active_index", "Active Vertex Group Index",
                   [](const ConstRef& r) { return Value(mesh_of(r) ? mesh_of(r)->active_vertex_group : -1); },
                   [](const MutableRef& r, const Value& v) -> Result<void> {
                     if (Mesh* mesh = edit_mesh(r, Change::Selection)) {
                       mesh->active_vertex_group = std::clamp(int(v.as_int()), -1, int(mesh->vertex_groups.size()) - 1);
                     }
                     return {};
                   })
        .range(0, infinity).soft(0, 10000).subtype(Subtype::Unsigned).default_value(0).not_animatable();
    s.add_link("active", "Active Vertex Group", &group_schema,
               [](const ConstRef& r) -> PathStep {
                 const Mesh* mesh = mesh_of(r);
                 const int at = mesh ? mesh->active_vertex_group : -1;
                 return at >= 0 && at < mesh->vertex_groups.size()
                            ? PathStep{Object::schema().property("vertex_groups"), mesh->vertex_groups.id(at), at}
                            : PathStep{};
               },
               [](const MutableRef& r, const Value& v) -> Result<void> {
                 Mesh* mesh = edit_mesh(r, Change::Selection);
                 if (mesh) {
                   mesh->active_vertex_group = v.as_handle().steps.empty() ? -1 : int(mesh->vertex_groups.index_of(v.as_handle().steps.back().item));
                 }
                 return {};
               });
    s.add_function("new",
                   {parameter(PropertyType::String, "name", "", [](PropertyBuilder& p) { p.default_value("Group"); }),
                    parameter(PropertyType::Pointer, "group", "", [](PropertyBuilder& p) { p.output().target(&group_schema); })},
                   [](const Call& call) -> Result<Value> {
                     Mesh* mesh = edit_mesh(call.edit(Change::Geometry), Change::Geometry);
                     if (!mesh) {
                       return Error::invalid("Error: Object '{}' cannot have vertex groups", call.target.block->name);
                     }
                     const std::string& wanted = call.values[0].as_string();
                     mesh->vertex_groups.add(VertexGroup{unique_item_name(wanted.empty() ? "Group" : wanted, [&](std::string_view taken) {
                       return mesh->vertex_groups.find(taken) >= 0;
                     })});
                     const std::int64_t at = mesh->vertex_groups.size() - 1;
                     mesh->active_vertex_group = int(at);
                     Handle handle = call.self;
                     handle.steps.push_back(PathStep{Object::schema().property("vertex_groups"), mesh->vertex_groups.id(at), at});
                     return Value(handle);
                   });
    s.add_function("remove", {parameter(PropertyType::Pointer, "group", "", [](PropertyBuilder& p) { p.required().never_none().target(&group_schema); })},
                   [](const Call& call) -> Result<Value> {
                     const auto& steps = call.values[0].as_handle().steps;
                     const Mesh* now = mesh_of(call.target);
                     const std::int64_t at = now && !steps.empty() ? now->vertex_groups.index_of(steps.back().item) : -1;
                     if (at < 0) {
                       return Error::invalid("Error: the vertex group is not in object '{}'", call.target.block->name);
                     }
                     Mesh& mesh = *edit_mesh(call.edit(Change::Geometry), Change::Geometry);
                     // Groups behind it move up by one, in the weights too.
                     for (std::size_t v = 0; !mesh.weights.empty() && v < mesh.vertex_count(); ++v) {
                       mesh.weights.remove(int(v), int(at));
                     }
                     for (int& group : mesh.weights.groups.edit()) {
                       group -= group > at;
                     }
                     mesh.vertex_groups.remove(at);
                     mesh.active_vertex_group = std::min(mesh.active_vertex_group, int(mesh.vertex_groups.size()) - 1);
                     return Value();
                   });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      if (Mesh* mesh = edit_mesh(call.edit(Change::Geometry), Change::Geometry)) {
        mesh->vertex_groups.clear();
        mesh->weights = {};
        mesh->active_vertex_group = -1;
      }
      return Value();
    });
    return s.build();
  }();
  return schema;
}

}  // namespace

void add_vertex_groups(SchemaBuilder<Object>& s) {
  s.add_collection("vertex_groups", "Vertex Groups", &group_schema, std::make_shared<GroupsAccess>())
      .collection_schema(&groups_schema)
      .overridable()
      .not_animatable();
}

}  // namespace kiln
