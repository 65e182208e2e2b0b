#pragma once

#include "core/schema/builder.h"
#include "document/mesh.h"

// Lists of attributes as the Python interface shows them: some of a mesh's attributes, in its
// order.
namespace kiln {

/// Whether `mesh.attributes` of the interface lists it: no UV map and nothing that other properties
/// show.
bool is_listed_attribute(const Attribute& attribute);
bool is_color(const Attribute& attribute);

/// Indices into the attributes of those a filter lets through, ordered as the interface does: by
/// domain, then by type.
std::vector<std::int64_t> listed_attributes(const AttributeSet& attributes,
                                            bool (*filter)(const Attribute&));

/// Elements are `Attribute`s shown as `element` (or their own type where that is null).
class AttributeListAccess final : public CollectionAccess {
public:
  using Filter = bool (*)(const Attribute&);
  explicit AttributeListAccess(Filter filter, const Schema& (*element)() = nullptr)
      : filter_(filter), element_(element) {}
  std::int64_t size(const ConstRef& owner) const override;
  ConstElement at(const ConstRef& owner, std::int64_t i) const override;
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override;
  std::int64_t index_of(const ConstRef& owner, ItemId item, std::int64_t hint) const override;

private:
  Filter filter_;
  const Schema& (*element_)();
};

/// The way to an attribute through the collection property of this name; empty when there is no
/// such attribute.
PathStep attribute_step(const Mesh& mesh, const char* collection, std::string_view name);
/// Position of the attribute a handle names, by its last step; -1 when it is not one of this mesh.
std::int64_t attribute_of_handle(const Mesh& mesh, const Handle& handle);
/// Position of an attribute among those a filter lets through; -1 when it is not among them.
std::int64_t position_in_list(const Mesh& mesh, bool (*filter)(const Attribute&),
                              std::string_view name);
/// The name of the one at a position, or nothing.
std::string name_at(const Mesh& mesh, bool (*filter)(const Attribute&), std::int64_t position);
/// A name no other attribute has.
std::string free_attribute_name(const Mesh& mesh, std::string_view name);
/// Gives an attribute another (free) name and keeps what refers to it by name.
void rename_attribute(Mesh& mesh, Attribute& attribute, std::string_view name);
/// Removes an attribute and what refers to it by name.
void remove_attribute(Mesh& mesh, std::int64_t index);

/// `name`, shown by every kind of layer. The owner is the attribute, the block its mesh.
void add_layer_name(SchemaBuilder<Attribute>& s);

/// The mesh that holds a layer or an element of one.
inline const Mesh& mesh_of_block(const ConstRef& ref) {
  return *static_cast<const Mesh*>(ref.block);
}
inline Mesh& mesh_of_block(const MutableRef& ref) {
  return *static_cast<Mesh*>(ref.block);
}

}  // namespace kiln
