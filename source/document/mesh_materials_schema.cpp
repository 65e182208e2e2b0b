#include "document/material.h"
#include "document/mesh_schema.h"

namespace kiln {
namespace {

class MaterialAccess final : public CollectionAccess {
public:
  bool holds_blocks() const override { return true; }
  std::int64_t size(const ConstRef& owner) const override {
    return std::int64_t(owner.as<Mesh>().materials.size());
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    return {{}, 0, owner.as<Mesh>().materials[std::size_t(i)].id};
  }
  std::vector<BlockId> blocks(const ConstRef& owner) const override {
    std::vector<BlockId> ids;
    for (const BlockRef<Material>& slot : owner.as<Mesh>().materials) {
      ids.push_back(slot.id);
    }
    return ids;
  }
  Result<void> assign(const MutableRef& owner, std::int64_t i, BlockId block) const override {
    owner.as<Mesh>().materials[std::size_t(i)].id = block;
    return {};
  }
};

/// Faces above a removed slot move down by one; those in it get the one before.
void shift_material_indices(Mesh& mesh, int removed) {
  Attribute* attribute = mesh.attributes.edit("material_index");
  Array<int>* indices = attribute ? std::get_if<Array<int>>(&attribute->values) : nullptr;
  if (indices) {
    for (int& i : indices->edit()) {
      i -= i > 0 && i >= removed;
    }
  }
}

Result<Value> pop_material(const Call& call) {
  Mesh* mesh = edit_mesh(call, Change::Geometry | Change::Shading | Change::Hierarchy);
  if (!mesh) {
    return not_editable();
  }
  const std::int64_t count = std::int64_t(mesh->materials.size());
  const std::int64_t given = call.values[0].as_int();
  const std::int64_t i = given < 0 ? given + count : given;
  if (i < 0 || i >= count) {
    return Error::invalid("Index out of range");
  }
  const BlockId removed = mesh->materials[std::size_t(i)].id;
  mesh->materials.erase(mesh->materials.begin() + i);
  shift_material_indices(*mesh, int(i));
  return Value(removed);
}

const Schema& id_materials_schema() {
  static const Schema schema = [] {
    constexpr Change change = Change::Geometry | Change::Shading | Change::Hierarchy;
    SchemaBuilder<ElementView> s("IDMaterials", "ID Materials");
    s.add_function("append",
                   {parameter(PropertyType::Pointer, "material", "",
                              [](PropertyBuilder& p) { p.target(&Material::schema).required(); })},
                   [](const Call& call) -> Result<Value> {
                     Mesh* mesh = edit_mesh(call, change);
                     if (!mesh) {
                       return not_editable();
                     }
                     mesh->materials.push_back({call.values[0].as_block()});
                     return Value();
                   });
    s.add_function("pop",
                   {parameter(PropertyType::Int, "index", "",
                              [](PropertyBuilder& p) {
                                p.range(-32766, 32766).soft(0, 32766).default_value(-1);
                              }),
                    parameter(PropertyType::Pointer, "material", "",
                              [](PropertyBuilder& p) { p.target(&Material::schema).output(); })},
                   pop_material);
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      Mesh* mesh = edit_mesh(call, change);
      if (!mesh) {
        return not_editable();
      }
      mesh->materials.clear();
      mesh->attributes.remove("material_index");
      return Value();
    });
    return s.build();
  }();
  return schema;
}

}  // namespace

void add_materials(SchemaBuilder<Mesh>& s) {
  s.add_collection("materials", "Materials", &Material::schema, std::make_shared<MaterialAccess>())
      .collection_schema(&id_materials_schema)
      .overridable();
}

void Mesh::visit_references(FunctionRef<void(BlockId)> visit) const {
  for (const BlockRef<Material>& slot : materials) {
    if (slot) {
      visit(slot.id);
    }
  }
}

void Mesh::map_references(FunctionRef<BlockId(BlockId)> map) {
  for (BlockRef<Material>& slot : materials) {
    if (slot) {
      slot.id = map(slot.id);
    }
  }
}

}  // namespace kiln
