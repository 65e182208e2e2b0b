#include "document/library_override.h"

#include "core/schema/registry.h"
#include "document/document.h"

namespace kiln {
namespace {

const Schema& override_property_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("IDOverrideLibraryProperty", "ID Library Override Property");
    s.add_column<std::string>(
         "rna_path", "RNA Path",
         [](const void* data, std::int64_t i) -> const void* {
           return &static_cast<const DataBlock*>(data)->library_override.paths[std::size_t(i)];
         },
         [](void* data, std::int64_t i) -> void* {
           return &static_cast<DataBlock*>(data)->library_override.paths[std::size_t(i)];
         },
         false)
        .default_value("")
        .read_only()
        .never_none()
        .not_animatable();
    return s.build();
  }();
  return schema;
}

bool is_override(const DataBlock& block) {
  return block.is_override();
}
bool is_asset(const DataBlock& block) {
  return block.asset.is_asset;
}

// Gives the references to an override to the linked block, and removes it.
Result<Value> destroy(const Call& call) {
  const BlockId id = call.target.block->id;
  const BlockId reference = call.target.block->library_override.reference.id;
  if (!call.document.find(id)) {
    return Error::invalid("Error: '{}' is not a part of the document", call.target.block->name);
  }
  call.document.replace_references(id, reference);
  call.document.remove(id);
  return Value();
}

const Schema& override_schema() {
  static const Schema schema = [] {
    struct Tag {};  // a view of the block that is no block itself
    SchemaBuilder<Tag> s("IDOverrideLibrary", "ID Library Override");
    s.add_computed(PropertyType::Pointer, "reference", "Reference ID",
                   [](const ConstRef& r) { return Value(r.block->library_override.reference.id); })
        .target(&DataBlock::schema)
        .not_animatable();
    s.add_computed(PropertyType::Boolean, "is_in_hierarchy", "Is In Hierarchy",
                   [](const ConstRef&) { return Value(false); })
        .default_value(true);
    s.add_computed(PropertyType::Boolean, "is_system_override", "Is System Override",
                   [](const ConstRef&) { return Value(false); })
        .default_value(false);
    s.add_view("properties", "Properties", &override_property_schema, [](const ConstRef& r) {
       return std::int64_t(r.block->library_override.paths.size());
     }).not_animatable();
    s.add_function("destroy",
                   {parameter(PropertyType::Boolean, "do_hierarchy", "",
                              [](PropertyBuilder& p) { p.default_value(true); })},
                   destroy);
    s.set_nested_in("ID");
    return s.build();
  }();
  return schema;
}

const Schema& asset_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("AssetMetaData", "Asset Data");
    const auto add_text = [&](const char* identifier, const char* label,
                              std::string AssetMark::*member) {
      s.add_computed(
           PropertyType::String, identifier, label,
           [member](const ConstRef& r) { return Value(r.block->asset.*member); },
           [member](const MutableRef& r, const Value& v) -> Result<void> {
             r.block->asset.*member = v.as_string();
             return {};
           })
          .default_value("")
          .never_none()
          .not_animatable();
    };
    add_text("author", "Author", &AssetMark::author);
    add_text("description", "Description", &AssetMark::description);
    add_text("catalog_id", "Catalog UUID", &AssetMark::catalog_id);
    s.set_nested_in("ID");
    return s.build();
  }();
  return schema;
}

Result<Value> override_create(const Call& call) {
  const BlockId made =
      create_override(call.document, call.target.block->id, call.values[0].as_bool());
  if (!made) {
    return Error::invalid("Error: '{}' is not linked and cannot be overridden",
                          call.target.block->name);
  }
  return Value(made);
}

Result<Value> asset_mark(const Call& call) {
  if (!call.document.find(call.target.block->id)) {
    return Error::invalid("Error: '{}' is not a part of the document", call.target.block->name);
  }
  call.document.edit(call.target.block->id, Change::Settings).asset.is_asset = true;
  return Value();
}

Result<Value> asset_clear(const Call& call) {
  if (!call.document.find(call.target.block->id)) {
    return Error::invalid("Error: '{}' is not a part of the document", call.target.block->name);
  }
  call.document.edit(call.target.block->id, Change::Settings).asset = {};
  return Value();
}

// A text of the asset's description, as it is stored.
void store_text(SchemaBuilder<DataBlock>& s, const char* identifier,
                std::string AssetMark::*member) {
  s.add_computed(
       PropertyType::String, identifier, "",
       [member](const ConstRef& r) { return Value(r.as<DataBlock>().asset.*member); },
       [member](const MutableRef& r, const Value& v) -> Result<void> {
         r.as<DataBlock>().asset.*member = v.as_string();
         return {};
       })
      .internal()
      .stored()
      .default_value("");
}

}  // namespace

BlockId create_override(Document& document, BlockId linked, bool remaps) {
  const DataBlock* block = document.find(linked);
  if (!block || !block->is_linked() || block->is_embedded()) {
    return {};
  }
  const std::vector<BlockId> users = document.users_of(linked);
  const BlockId made = document.duplicate(linked);
  document.edit(made, Change::None).library_override = {{linked}, {}};
  for (const BlockId user : users) {
    const DataBlock* other = document.find(user);
    if (remaps && other && !other->is_linked() && other->id != made) {
      map_references(document.edit(user, Change::Hierarchy | Change::Geometry | Change::Shading |
                                             Change::Transform | Change::Settings),
                     [&](BlockId target) { return target == linked ? made : target; });
    }
  }
  return made;
}

void add_override_properties(SchemaBuilder<DataBlock>& s) {
  s.add_optional_nested<is_override>("override_library", "Library Override", &override_schema)
      .not_animatable();
  s.add_optional_nested<is_asset>("asset_data", "Asset Data", &asset_schema).not_animatable();
  const auto as_reference = [](const ConstRef& r) {
    return Value(r.as<DataBlock>().library_override.reference.id);
  };
  s.add_computed(PropertyType::Pointer, "stored_override", "", as_reference,
                 [](const MutableRef& r, const Value& v) -> Result<void> {
                   r.as<DataBlock>().library_override.reference = {v.as_block()};
                   return {};
                 })
      .target(&DataBlock::schema)
      .internal()
      .stored();
  s.add_computed(
       PropertyType::Boolean, "stored_is_asset", "",
       [](const ConstRef& r) { return Value(r.as<DataBlock>().asset.is_asset); },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         r.as<DataBlock>().asset.is_asset = v.as_bool();
         return {};
       })
      .internal()
      .stored()
      .default_value(false);
  store_text(s, "stored_asset_author", &AssetMark::author);
  store_text(s, "stored_asset_description", &AssetMark::description);
  store_text(s, "stored_asset_catalog", &AssetMark::catalog_id);
  s.add_function("asset_mark", {}, asset_mark);
  s.add_function("asset_clear", {}, asset_clear);
  s.add_function("override_create",
                 {parameter(PropertyType::Boolean, "remap_local_usages", "",
                            [](PropertyBuilder& p) { p.default_value(false); }),
                  parameter(PropertyType::Pointer, "id", "",
                            [](PropertyBuilder& p) { p.output().target(&DataBlock::schema); })},
                 override_create);
}

Schema with_editable_asset(Schema schema) {
  for (Property& p : schema.properties) {
    if (p.identifier == "asset_data") {
      p.edit_address = [](void* data, std::int64_t) -> void* {
        return is_asset(*static_cast<DataBlock*>(data)) ? data : nullptr;
      };
    }
  }
  return schema;
}

void register_override_types(Registry& registry) {
  registry.add(override_schema());
  registry.add(override_property_schema());
  registry.add(asset_schema());
}

}  // namespace kiln
