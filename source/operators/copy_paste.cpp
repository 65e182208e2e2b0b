// Objects into a file beside all documents, and from there into another one, also of another
// program that runs at the same time.
#include <unistd.h>

#include "document/file/libraries.h"
#include "document/file/store.h"
#include "operators/object_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

constexpr const char* buffer_collection = "copybuffer";

// One a user.
Path buffer_file() {
  return std::filesystem::temp_directory_path() /
         fmt::format("kiln_copybuffer_{}.kiln", ::getuid());
}

Result<Outcome> copy(Context& context, const NoSettings&, const Given&) {
  if (context.selected.empty()) {
    return Error::invalid("no objects are selected");
  }
  Document part = context.document();
  auto& collection = part.add<Collection>(buffer_collection);
  const BlockId id = collection.id;
  for (const BlockId object : context.selected) {
    part.edit<Collection>(id, Change::Hierarchy).objects.push_back({object});
  }
  Document extracted = extract_blocks(part, {id}, /*use_fake_user=*/true);
  const Result<SaveReport> saved = save_document(extracted, buffer_file(), context.progress);
  if (!saved) {
    return saved.error();
  }
  context.reports.emplace_back(fmt::format("Copied {} object{}", context.selected.size(),
                                           context.selected.size() == 1 ? "" : "s"));
  return Outcome::Finished;
}

struct PasteSettings {
  bool autoselect = true, active_collection = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      using S = PasteSettings;
      SchemaBuilder<S> s("VIEW3D_OT_pastebuffer", "Paste Objects");
      s.add<&S::autoselect>("autoselect", "Select").not_animatable();
      s.add<&S::active_collection>("active_collection", "Active Collection").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> paste(Context& context, const PasteSettings& s, const Given&) {
  const Path file = buffer_file();
  std::error_code none;
  if (!std::filesystem::exists(file, none)) {
    return Error::invalid("nothing has been copied");
  }
  const Result<std::vector<LibraryItem>> offered = list_library(file, context.project.registry);
  if (!offered) {
    return offered.error();
  }
  LinkRequest request{file, file.string(), {}, /*is_append=*/true};
  for (const LibraryItem& item : *offered) {
    if (item.type == BlockType::Collection && item.name.starts_with(buffer_collection)) {
      request.items.push_back(item);
    }
  }
  const Result<Linked> linked = link_blocks(context.document(), context.project.path, request,
                                            context.project.registry, context.progress);
  if (!linked) {
    return linked.error();
  }
  Document& document = context.document();
  const BlockId target =
      s.active_collection ? context.active_collection() : context.get_scene().collection.id;
  std::vector<BlockId> pasted;
  for (const BlockId id : linked->items) {
    if (const auto* collection = document.find<Collection>(id)) {
      for (const auto& object : collection->objects) {
        pasted.push_back(object.id);
      }
      document.remove(id);
    }
  }
  for (const BlockId object : pasted) {
    document.edit<Collection>(target, Change::Hierarchy | Change::Visibility)
        .objects.push_back({object});
  }
  if (pasted.empty()) {
    return Error::invalid("what was copied has no objects");
  }
  if (s.autoselect) {
    context.select_only(pasted);
  }
  context.reports.emplace_back(
      fmt::format("Pasted {} object{}", pasted.size(), pasted.size() == 1 ? "" : "s"));
  return Outcome::Finished;
}

}  // namespace

void register_copy_paste(OperatorRegistry& registry) {
  add_operator(registry, "view3d.copybuffer", "Copy Objects", copy, needs_object_mode);
  add_operator(registry, "view3d.pastebuffer", "Paste Objects", paste, needs_object_mode);
}

}  // namespace kiln::operators
