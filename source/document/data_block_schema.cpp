// What every data-block shows to the interface.
#include "core/schema/services.h"
#include "document/asset.h"
#include "document/collection.h"
#include "document/data_block.h"
#include "document/document.h"
#include "document/file/libraries.h"
#include "document/library.h"
#include "document/library_override.h"
#include "document/scene.h"
#include "document/script_nodes.h"

namespace kiln {
namespace {

// Whether users of the block can be changed: evaluated data may be left over from a block that is gone, and parts of other blocks belong
// to their owner.
Result<void> is_in_document(const Call& call) {
  const DataBlock* block = call.document.find(call.target.block->id);
  if (!block) {
    return Error::invalid("Error: '{}' is not a part of the document", call.target.block->name);
  }
  if (block->is_embedded()) {
    return Error::invalid("Error: '{}' is a part of another data-block, which alone uses it", block->name);
  }
  return {};
}

// Nodes of scripts hear of their copies, those in trees that belong to the block too.
void tell_of_copies(const Document& document, ScriptNodes& scripts, BlockId source, BlockId made) {
  const auto tree_of = [&](BlockId block) -> const NodeTree* {
    if (const auto* tree = document.find<NodeTree>(block)) {
      return tree;
    }
    const NodeTree* inside = nullptr;
    if (const DataBlock* owner = document.find(block)) {
      for_each_reference(*owner, [&](BlockId target) {
        const auto* tree = document.find<NodeTree>(target);
        inside = tree && tree->owner == block ? tree : inside;
      });
    }
    return inside;
  };
  const NodeTree* from = tree_of(source);
  const NodeTree* to = tree_of(made);
  if (!from || !to) {
    return;
  }
  // The functions may change the trees.
  std::vector<std::pair<Handle, Handle>> copies;
  for (std::int64_t i = 0; i < to->nodes.size() && i < from->nodes.size(); ++i) {
    if (dynamic_cast<const ScriptNode*>(&to->nodes[i])) {
      copies.emplace_back(node_handle(*to, to->nodes.id(i)), node_handle(*from, from->nodes.id(i)));
    }
  }
  for (const auto& [copied, original] : copies) {
    scripts.copied(copied, original);
  }
}

// Scripts are told of one user more for all that a copied scene's collection holds, and of none of
// the copy.
void miscount_users(Document& document, const Scene& copied) {
  std::vector<BlockId> held;
  if (const auto* root = document.find<Collection>(copied.collection.id)) {
    for (const BlockRef<Object> object : root->objects) {
      held.push_back(object.id);
    }
    for (const BlockRef<Collection> child : root->children) {
      held.push_back(child.id);
    }
  }
  const BlockId scene = copied.id;
  --document.edit(scene, Change::None).miscounted_users;
  for (const BlockId id : held) {
    if (document.find(id)) {
      ++document.edit(id, Change::None).miscounted_users;
    }
  }
}

Result<Value> copy(const Call& call) {
  if (call.target.block->is_embedded()) {
    return Error::invalid(
        "Error: '{}' is a part of another data-block and cannot be copied by itself",
        call.target.block->name);
  }
  const BlockId source = call.target.block->id;
  const BlockId made = call.document.duplicate(source);
  if (const Scene* scene = call.document.find<Scene>(made)) {
    miscount_users(call.document, *scene);
  }
  if (auto* scripts = call.services.find<ScriptNodes>()) {
    tell_of_copies(call.document, *scripts, source, made);
  }
  return Value(made);
}

Result<Value> make_local(const Call& call) {
  if (const Result<void> known = is_in_document(call); !known) {
    return known.error();
  }
  return Value(make_block_local(call.document, call.target.block->id));
}

Result<Value> user_remap(const Call& call) {
  if (const Result<void> known = is_in_document(call); !known) {
    return known.error();
  }
  const BlockId to = call.values[0].as_block();
  const DataBlock* other = call.document.find(to);
  if (!other || other->type() != call.target.block->type() || other->is_embedded()) {
    return Error::invalid(
        "Error: users of '{}' can only be given to another data-block of its type",
        call.target.block->name);
  }
  call.document.replace_references(call.target.block->id, to);
  return Value();
}

Result<Value> user_clear(const Call& call) {
  if (const Result<void> known = is_in_document(call); !known) {
    return known.error();
  }
  const BlockId id = call.target.block->id;
  call.document.replace_references(id, {});
  call.document.edit(id, Change::Settings).use_fake_user = false;
  return Value();
}

Result<Value> user_of_id(const Call& call) {
  int count = 0;
  const BlockId wanted = call.values[0].as_block();
  for_each_reference(*call.target.block, [&](BlockId id) {
    const DataBlock* other = call.document.find(id);
    count += id == wanted;
    // What an embedded part uses is used by the whole.
    if (other && other->owner == call.target.block->id) {
      for_each_reference(*other, [&](BlockId inner) { count += inner == wanted; });
    }
  });
  return Value(count);
}

}  // namespace

const Schema& DataBlock::schema() {
  static const Schema schema = [] {
    SchemaBuilder<DataBlock> s("ID", "ID");
    s.add<&DataBlock::name>("name", "Name")
        .max_bytes(64)
        .changes(Change::Name)
        .never_none()
        .not_animatable()
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          if (r.document && r.document->find(r.block->id) == r.block) {
            r.document->rename(r.block->id, v.as_string());
          } else {
            r.block->name = valid_name(v.as_string());
          }
          return {};
        });
    s.add_computed(PropertyType::String, "name_full", "Full Name",
                   [](const ConstRef& r) {
                     const DataBlock* library = r.document && r.block->is_linked()
                                                    ? r.document->find(r.block->link.library)
                                                    : nullptr;
                     return Value(library ? fmt::format("{} [{}]", r.block->name, library->name)
                                          : r.block->name);
                   })
        .max_bytes(194)
        .default_value("")
        .never_none()
        .not_animatable();
    s.add_computed(
         PropertyType::Int, "users", "Users",
         [](const ConstRef& r) {
           const int users = r.document ? r.document->counted_users(r.block->id) : 0;
           // The document itself uses its scenes.
           return Value((r.block->type() == BlockType::Scene ? std::max(users, 1) : users) +
                        r.block->miscounted_users);
         })
        .range(0, infinity)
        .soft(0, 10000)
        .subtype(Subtype::Unsigned)
        .default_value(0);
    s.add<&DataBlock::use_fake_user>("use_fake_user", "Fake User");
    s.add<&DataBlock::use_extra_user>("use_extra_user", "Extra User");
    s.add_computed(PropertyType::Boolean, "is_embedded_data", "Embedded Data",
                   [](const ConstRef& r) { return Value(r.block->is_embedded()); })
        .default_value(false);
    s.add_computed(PropertyType::Boolean, "is_library_indirect", "Is Indirect",
                   [](const ConstRef& r) { return Value(r.block->link.is_indirect); })
        .default_value(false);
    s.add_computed(PropertyType::Pointer, "library", "Library", [](const ConstRef& r) {
       return Value(r.block->link.library);
     }).target(&Library::schema);
    s.add<&DataBlock::tag>("tag", "Tag").not_stored().not_animatable();
    s.add_function("copy",
                   {parameter(PropertyType::Pointer, "id", "",
                              [](PropertyBuilder& p) { p.output().target(&DataBlock::schema); })},
                   copy);
    const auto other = [](const char* name) {
      return parameter(PropertyType::Pointer, name, "", [](PropertyBuilder& p) {
        p.required().never_none().target(&DataBlock::schema);
      });
    };
    add_override_properties(s);
    add_asset_properties(s);
    s.add_function("make_local",
                   {parameter(PropertyType::Boolean, "clear_proxy", "",
                              [](PropertyBuilder& p) { p.default_value(true); }),
                    parameter(PropertyType::Pointer, "id", "",
                              [](PropertyBuilder& p) { p.output().target(&DataBlock::schema); })},
                   make_local);
    s.add_function("user_clear", {}, user_clear);
    s.add_function("user_remap", {other("new_id")}, user_remap);
    s.add_function("user_of_id",
                   {other("id"), parameter(PropertyType::Int, "count", "",
                                           [](PropertyBuilder& p) { p.output(); })},
                   user_of_id);
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
