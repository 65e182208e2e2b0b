// Giving what the active object uses to the other selected ones.
#include "document/collection_membership.h"
#include "document/material.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

enum class Shared : std::uint8_t { Data = 1, Materials = 2, Collections = 4, InstanceCollection = 5 };

struct MakeLinksSettings {
  Shared type = Shared::Data;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MakeLinksSettings> s("OBJECT_OT_make_links_data", "Link/Transfer Data");
      s.add<&MakeLinksSettings::type>("type", "Type")
          .items({{"OBDATA", "Link Object Data", 1},
                  {"MATERIAL", "Link Materials", 2},
                  {"GROUPS", "Link Collections", 4},
                  {"DUPLICOLLECTION", "Link Instance Collection", 5}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> make_links(Context& context, const MakeLinksSettings& s, const Given&) {
  Document& document = context.document();
  const std::shared_ptr<const DataBlock> kept = document.share(context.active);
  const Object& active = static_cast<const Object&>(*kept);
  const DataBlock* data = document.find(active.data.id);
  for (const BlockId id : context.editable()) {
    const auto* object = document.find<Object>(id);
    if (id == context.active || object->is_linked()) {
      continue;
    }
    const DataBlock* own = document.find(object->data.id);
    switch (s.type) {
      case Shared::Data:
        if (own && data && own->type() == data->type()) {
          document.edit<Object>(id, Change::Geometry | Change::Hierarchy | Change::Shading).data = active.data;
        }
        break;
      case Shared::Materials: {
        const Mesh* from = document.find<Mesh>(active.data.id);
        if (from && own && own->type() == BlockType::Mesh && own != from) {
          const auto materials = from->materials;
          document.edit<Mesh>(own->id, Change::Shading | Change::Geometry).materials = materials;
        }
        break;
      }
      case Shared::Collections: {
        const std::vector<BlockId> wanted = collections_of(document, context.active);
        for (const BlockId collection : collections_of(document, id)) {
          if (std::find(wanted.begin(), wanted.end(), collection) == wanted.end()) {
            document.edit<Collection>(collection, Change::Hierarchy | Change::Visibility)
                .objects.erase({id});
          }
        }
        for (const BlockId collection : wanted) {
          if (!document.find<Collection>(collection)->contains({id})) {
            document.edit<Collection>(collection, Change::Hierarchy | Change::Visibility).objects.push_back({id});
          }
        }
        break;
      }
      case Shared::InstanceCollection: {
        auto& changed = document.edit<Object>(id, Change::Hierarchy);
        changed.instance_collection = active.instance_collection;
        if (changed.instance_collection) {
          changed.instance_type = ObjectInstanceType::Collection;
        }
        break;
      }
    }
  }
  return Outcome::Finished;
}

}  // namespace

void register_object_links(OperatorRegistry& registry) {
  add_operator(registry, "object.make_links_data", "Link/Transfer Data", make_links, needs_active_object);
}

}  // namespace kiln::operators
