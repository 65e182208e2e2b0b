#include "document/library_override.h"

#include "core/schema/registry.h"
#include "document/document.h"
#include "document/file/override_changes.h"
#include "document/override_hierarchy.h"
#include "document/scene.h"

namespace kiln {
namespace {

// What differs is replaced as a whole.
const Schema& override_operation_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("IDOverrideLibraryPropertyOperation",
                         "ID Library Override Property Operation");
    s.add_computed(PropertyType::Enum, "operation", "Operation",
                   [](const ConstRef&) { return Value("REPLACE"); })
        .describe("What an override does to the value of the library")
        .items({{"NOOP", "No-Op", 0, "Nothing"},
                {"REPLACE", "Replace", 1, "It takes another value"},
                {"DIFF_ADD", "Differential", 2, "Something is added to it"},
                {"DIFF_SUB", "Differential", 3, "Something is taken from it"},
                {"FACT_MULTIPLY", "Factor", 4, "It is multiplied"},
                {"INSERT_AFTER", "Insert After", 5, "Items are put behind one of a list"},
                {"INSERT_BEFORE", "Insert Before", 6, "Items are put before one of a list"}})
        .default_value("REPLACE");
    s.add_computed(PropertyType::Enum, "flag", "Flag",
                   [](const ConstRef&) { return Value("MANDATORY"); })
        .describe("Whether an override may do without it")
        .items({{"MANDATORY", "Mandatory", 1, "It cannot be left out"},
                {"LOCKED", "Locked", 2, "It cannot be changed"}})
        .default_value("MANDATORY");
    for (const char* side : {"reference", "local"}) {
      const std::string name = side;
      s.add_computed(PropertyType::String, "subitem_" + name + "_name",
                     "Subitem " + std::string(name == "local" ? "Local" : "Reference") + " Name",
                     [](const ConstRef&) { return Value(std::string()); })
          .never_none()
          .not_animatable();
      s.add_computed(PropertyType::Int, "subitem_" + name + "_index",
                     "Subitem " + std::string(name == "local" ? "Local" : "Reference") + " Index",
                     [](const ConstRef&) { return Value(std::int64_t(-1)); })
          .range(-1, infinity)
          .default_value(std::int64_t(-1));
    }
    return s.build();
  }();
  return schema;
}

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
    s.add_view("operations", "Operations", &override_operation_schema, [](const ConstRef&) {
       return std::int64_t(1);
     }).not_animatable();
    return s.build();
  }();
  return schema;
}

bool is_override(const DataBlock& block) {
  return block.is_override();
}

// The override a function was called on, and those below it where these are wanted too.
Result<std::vector<BlockId>> overrides_of(const Call& call, bool with_hierarchy) {
  const BlockId id = call.target.block->id;
  if (!call.document.find(id)) {
    return Error::invalid("Error: '{}' is not a part of the document", call.target.block->name);
  }
  return with_hierarchy ? overrides_below(call.document, id) : std::vector<BlockId>{id};
}

Result<Value> destroy(const Call& call) {
  const Result<std::vector<BlockId>> ids = overrides_of(call, call.values[0].as_bool());
  if (!ids) {
    return ids.error();
  }
  remove_overrides(call.document, *ids);
  return Value();
}

Result<Value> reset(const Call& call) {
  const Result<std::vector<BlockId>> ids = overrides_of(call, call.values[0].as_bool());
  if (!ids) {
    return ids.error();
  }
  const bool becomes_system = call.values[1].as_bool();
  for (const BlockId id : *ids) {
    reset_override(call.document, id);
    if (becomes_system) {
      call.document.edit(id, Change::None).library_override.is_system = true;
    }
  }
  return Value();
}

Result<Value> operations_update(const Call& call) {
  const Result<std::vector<BlockId>> ids = overrides_of(call, false);
  if (!ids) {
    return ids.error();
  }
  note_override_changes(call.document, ids->front());
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
    s.add_computed(PropertyType::Pointer, "hierarchy_root", "Hierarchy Root ID",
                   [](const ConstRef& r) {
                     return Value(r.document ? hierarchy_root(*r.document, *r.block) : r.block->id);
                   })
        .describe("The override that others were made with; of one that stands alone itself")
        .target(&DataBlock::schema)
        .not_animatable();
    s.add_computed(
         PropertyType::Boolean, "is_in_hierarchy", "Is In Hierarchy",
         [](const ConstRef& r) { return Value(bool(r.block->library_override.hierarchy)); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           LibraryOverride& own = r.block->library_override;
           if (!v.as_bool()) {
             own.hierarchy = {};
             own.is_root = false;
           } else if (!own.hierarchy) {
             own.hierarchy = Uuid::random();
             own.is_root = true;
           }
           return {};
         })
        .describe("It was made with others, and uses these in place of the linked ones")
        .default_value(true)
        .overridable();
    s.add_computed(
         PropertyType::Boolean, "is_system_override", "Is System Override",
         [](const ConstRef& r) { return Value(r.block->library_override.is_system); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           r.block->library_override.is_system = v.as_bool();
           return {};
         })
        .describe("The window does not offer to edit it")
        .default_value(false)
        .overridable();
    s.add_view("properties", "Properties", &override_property_schema, [](const ConstRef& r) {
       return std::int64_t(r.block->library_override.paths.size());
     }).not_animatable();
    s.add_function("destroy",
                   {parameter(PropertyType::Boolean, "do_hierarchy", "",
                              [](PropertyBuilder& p) { p.default_value(true); })},
                   destroy);
    s.add_function("reset",
                   {parameter(PropertyType::Boolean, "do_hierarchy", "",
                              [](PropertyBuilder& p) { p.default_value(true); }),
                    parameter(PropertyType::Boolean, "set_system_override", "",
                              [](PropertyBuilder& p) { p.default_value(false); })},
                   reset);
    s.add_function("operations_update", {}, operations_update);
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

// Nothing where the block is not linked.
Result<Value> override_hierarchy_create(const Call& call) {
  const bool is_system = !call.values[3].as_bool();
  return Value(create_override_hierarchy(call.document, call.target.block->id,
                                         call.values[0].as_block(), is_system));
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

void note_override_changes(Document& document, BlockId id) {
  std::vector<std::string> paths = override_changes(document, *document.find(id));
  document.edit(id, Change::None).library_override.paths = std::move(paths);
}

void add_override_properties(SchemaBuilder<DataBlock>& s) {
  s.add_optional_nested<is_override>("override_library", "Library Override", &override_schema)
      .not_animatable();
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
       PropertyType::String, "stored_override_hierarchy", "",
       [](const ConstRef& r) {
         const Uuid id = r.as<DataBlock>().library_override.hierarchy;
         return Value(id ? id.text() : std::string());
       },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         r.as<DataBlock>().library_override.hierarchy = Uuid::parse(v.as_string()).value_or(Uuid());
         return {};
       })
      .default_value("")
      .internal()
      .stored();
  s.add_computed(
       PropertyType::Int, "stored_override_role", "",
       [](const ConstRef& r) {
         const LibraryOverride& own = r.as<DataBlock>().library_override;
         return Value(std::int64_t((own.is_root ? 1 : 0) | (own.is_system ? 2 : 0)));
       },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         LibraryOverride& own = r.as<DataBlock>().library_override;
         own.is_root = (v.as_int() & 1) != 0;
         own.is_system = (v.as_int() & 2) != 0;
         return {};
       })
      .default_value(std::int64_t(0))
      .internal()
      .stored();
  s.add_function("override_create",
                 {parameter(PropertyType::Pointer, "id", "",
                            [](PropertyBuilder& p) { p.output().target(&DataBlock::schema); }),
                  parameter(PropertyType::Boolean, "remap_local_usages", "",
                            [](PropertyBuilder& p) { p.default_value(false); })},
                 override_create);
  s.add_function(
      "override_hierarchy_create",
      {parameter(PropertyType::Pointer, "id", "",
                 [](PropertyBuilder& p) { p.output().target(&DataBlock::schema); }),
       parameter(PropertyType::Pointer, "scene", "",
                 [](PropertyBuilder& p) { p.required().never_none().target(&Scene::schema); }),
       parameter(PropertyType::Pointer, "view_layer", "",
                 [](PropertyBuilder& p) { p.required().never_none().target(&ViewLayer::schema); }),
       parameter(PropertyType::Pointer, "reference", "",
                 [](PropertyBuilder& p) { p.target(&DataBlock::schema); }),
       parameter(PropertyType::Boolean, "do_fully_editable", "",
                 [](PropertyBuilder& p) { p.default_value(false); })},
      override_hierarchy_create);
}

void register_override_types(Registry& registry) {
  registry.add(override_schema());
  registry.add(override_property_schema());
  registry.add(override_operation_schema());
}

}  // namespace kiln
