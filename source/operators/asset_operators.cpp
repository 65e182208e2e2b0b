// Operators on marks as assets, and on the catalogs of the folder the document lies in.
#include "document/asset.h"
#include "operators/asset_catalog_store.h"
#include "operators/document_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

// What marks are put on: data-blocks that were pointed at, else the selected objects.
std::vector<BlockId> targets(const Context& context, bool assets_only) {
  std::vector<BlockId> found;
  for (const BlockId id : context.chosen.empty() ? context.selected : context.chosen) {
    const DataBlock* block = context.document().find(id);
    if (block && !block->is_linked() && !block->is_embedded() && (!assets_only || block->asset)) {
      found.push_back(id);
    }
  }
  return found;
}

std::optional<std::string> needs_targets(const Context& context) {
  return targets(context, false).empty()
             ? std::optional<std::string>("no data-block of this document is selected")
             : std::nullopt;
}

std::optional<std::string> needs_assets(const Context& context) {
  return targets(context, true).empty() ? std::optional<std::string>("no asset is selected")
                                        : std::nullopt;
}

Report count_report(const Context& context, const std::vector<BlockId>& done, const char* one,
                    const char* several) {
  return {done.size() == 1 ? fmt::format("\"{}\" {}", context.document().find(done[0])->name, one)
                           : fmt::format("{} data-blocks {}", done.size(), several),
          Report::Severity::Info};
}

Result<Outcome> mark(Context& context, const NoSettings&, const Given&) {
  std::vector<BlockId> done;
  for (const BlockId id : targets(context, false)) {
    if (!context.document().find(id)->asset) {
      mark_as_asset(context.document().edit(id, Change::Settings));
      done.push_back(id);
    }
  }
  if (done.empty()) {
    return Error::invalid("what is selected are assets already");
  }
  context.reports.push_back(count_report(context, done, "is an asset now", "are assets now"));
  return Outcome::Finished;
}

struct ClearSettings {
  bool set_fake_user = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ClearSettings> s("ASSET_OT_clear", "Clear Asset");
      s.add<&ClearSettings::set_fake_user>("set_fake_user", "Set Fake User")
          .describe("The data-block is kept although nothing uses it")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> clear(Context& context, const ClearSettings& s, const Given&) {
  const std::vector<BlockId> done = targets(context, true);
  for (const BlockId id : done) {
    DataBlock& block = context.document().edit(id, Change::Settings);
    clear_asset(block);
    block.use_fake_user = s.set_fake_user;
  }
  context.reports.push_back(
      count_report(context, done, "is no asset any more", "are no assets any more"));
  return done.empty() ? Outcome::Cancelled : Outcome::Finished;
}

Result<Outcome> add_tag(Context& context, const NoSettings&, const Given&) {
  for (const BlockId id : targets(context, true)) {
    AssetMetaData& asset = own(context.document().edit(id, Change::Settings).asset);
    add_asset_tag(asset, "Tag");
    asset.active_tag = std::int16_t(std::min<std::int64_t>(asset.tags.size() - 1, 32767));
  }
  return Outcome::Finished;
}

Result<Outcome> remove_tag(Context& context, const NoSettings&, const Given&) {
  bool found = false;
  for (const BlockId id : targets(context, true)) {
    const AssetMetaData& now = *context.document().find(id)->asset;
    const std::int64_t at = now.active_tag;
    if (at >= 0 && at < now.tags.size()) {
      AssetMetaData& asset = own(context.document().edit(id, Change::Settings).asset);
      asset.tags.remove(at);
      asset.active_tag = std::int16_t(std::max<std::int64_t>(0, at - 1));
      found = true;
    }
  }
  return found ? Outcome::Finished : Outcome::Cancelled;
}

AssetCatalogStore* store_of(const Context& context) {
  return context.project.services.find<AssetCatalogStore>();
}

Result<AssetCatalogs*> catalogs_of(Context& context) {
  std::vector<std::string> warnings;
  const Result<AssetCatalogs*> found =
      store_of(context)->of_folder(context.project.path.parent_path(), warnings);
  for (std::string& warning : warnings) {
    context.reports.push_back(std::move(warning));
  }
  return found;
}

std::optional<std::string> needs_folder(const Context& context) {
  return context.project.path.empty() || !store_of(context)
             ? std::optional<std::string>(
                   "catalogs lie beside the file of the document, and it has never been saved")
             : std::nullopt;
}

std::optional<std::string> needs_undo(const Context& context) {
  const AssetCatalogStore* store = store_of(context);
  return store && store->can_undo() ? std::nullopt
                                    : std::optional<std::string>("no catalog was changed");
}

std::optional<std::string> needs_redo(const Context& context) {
  const AssetCatalogStore* store = store_of(context);
  return store && store->can_redo()
             ? std::nullopt
             : std::optional<std::string>("no change of catalogs was undone");
}

struct CatalogNewSettings {
  std::string parent_path;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CatalogNewSettings> s("ASSET_OT_catalog_new", "New Asset Catalog");
      s.add<&CatalogNewSettings::parent_path>("parent_path", "Parent Path")
          .describe("Catalog that the new one lies in; empty: at the top")
          .never_none()
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

struct CatalogDeleteSettings {
  std::string catalog_id;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CatalogDeleteSettings> s("ASSET_OT_catalog_delete", "Delete Asset Catalog");
      s.add<&CatalogDeleteSettings::catalog_id>("catalog_id", "Catalog ID")
          .never_none()
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

struct CatalogRenameSettings {
  std::string catalog_id, name;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CatalogRenameSettings> s("ASSET_OT_catalog_rename", "Rename Asset Catalog");
      s.add<&CatalogRenameSettings::catalog_id>("catalog_id", "Catalog ID")
          .never_none()
          .not_animatable();
      s.add<&CatalogRenameSettings::name>("name", "Name").never_none().not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> new_catalog(Context& context, const CatalogNewSettings& s, const Given&) {
  const Result<AssetCatalogs*> catalogs = catalogs_of(context);
  if (!catalogs) {
    return catalogs.error();
  }
  store_of(context)->push_undo();
  const AssetCatalog made = (*catalogs)->add(s.parent_path, "Catalog");
  context.reports.push_back(
      {fmt::format("Catalog \"{}\" has the identifier {}", made.path, dashed(made.id)),
       Report::Severity::Info});
  return Outcome::Finished;
}

// The catalog of an identifier, or an error that says what is wrong with it.
Result<Uuid> known_catalog(const AssetCatalogs& catalogs, const std::string& text) {
  const std::optional<Uuid> id = parse_dashed(text);
  if (!id || !catalogs.find(*id)) {
    return Error::invalid("there is no catalog with the identifier \"{}\"", valid_name(text, 60));
  }
  return *id;
}

Result<Outcome> delete_catalog(Context& context, const CatalogDeleteSettings& s, const Given&) {
  const Result<AssetCatalogs*> catalogs = catalogs_of(context);
  if (!catalogs) {
    return catalogs.error();
  }
  const Result<Uuid> id = known_catalog(**catalogs, s.catalog_id);
  if (!id) {
    return id.error();
  }
  store_of(context)->push_undo();
  (*catalogs)->remove(*id);
  return Outcome::Finished;
}

Result<Outcome> rename_catalog(Context& context, const CatalogRenameSettings& s, const Given&) {
  const Result<AssetCatalogs*> catalogs = catalogs_of(context);
  if (!catalogs) {
    return catalogs.error();
  }
  const Result<Uuid> id = known_catalog(**catalogs, s.catalog_id);
  if (!id) {
    return id.error();
  }
  if (AssetCatalogs::clean_path(s.name).empty()) {
    return Error::invalid("a catalog needs a name");
  }
  store_of(context)->push_undo();
  (*catalogs)->rename(*id, s.name);
  return Outcome::Finished;
}

Result<Outcome> save_catalogs(Context& context, const NoSettings&, const Given&) {
  const Result<AssetCatalogs*> catalogs = catalogs_of(context);
  if (!catalogs) {
    return catalogs.error();
  }
  const Result<void> saved = store_of(context)->save();
  return saved ? Result<Outcome>(Outcome::Finished) : Result<Outcome>(saved.error());
}

Result<Outcome> undo_catalogs(Context& context, const NoSettings&, const Given&) {
  store_of(context)->undo();
  return Outcome::Finished;
}

Result<Outcome> redo_catalogs(Context& context, const NoSettings&, const Given&) {
  store_of(context)->redo();
  return Outcome::Finished;
}

Result<Outcome> push_catalogs(Context& context, const NoSettings&, const Given&) {
  const Result<AssetCatalogs*> catalogs = catalogs_of(context);
  if (!catalogs) {
    return catalogs.error();
  }
  store_of(context)->push_undo();
  return Outcome::Finished;
}

Result<Outcome> refresh(Context& context, const NoSettings&, const Given&) {
  if (!store_of(context)->is_dirty()) {
    store_of(context)->forget();
  }
  return Outcome::Finished;
}

}  // namespace

void register_assets(OperatorRegistry& registry) {
  add_operator(registry, "asset.mark", "Mark as Asset", mark, needs_targets);
  add_operator(registry, "asset.clear", "Clear Asset", clear, needs_assets);
  add_operator(registry, "asset.tag_add", "Add Asset Tag", add_tag, needs_assets);
  add_operator(registry, "asset.tag_remove", "Remove Asset Tag", remove_tag, needs_assets);
  // Catalogs are no part of the document, and have a history of their own.
  for (OperatorType* type : {&add_operator(registry, "asset.catalog_new", "New Asset Catalog",
                                           new_catalog, needs_folder),
                             &add_operator(registry, "asset.catalog_delete", "Delete Asset Catalog",
                                           delete_catalog, needs_folder),
                             &add_operator(registry, "asset.catalog_rename", "Rename Asset Catalog",
                                           rename_catalog, needs_folder),
                             &add_operator(registry, "asset.catalogs_save", "Save Asset Catalogs",
                                           save_catalogs, needs_folder),
                             &add_operator(registry, "asset.catalog_undo", "Undo Catalog Edits",
                                           undo_catalogs, needs_undo),
                             &add_operator(registry, "asset.catalog_redo", "Redo Catalog Edits",
                                           redo_catalogs, needs_redo),
                             &add_operator(registry, "asset.catalog_undo_push",
                                           "Store Catalogs for Undo", push_catalogs, needs_folder),
                             &add_operator(registry, "asset.library_refresh",
                                           "Refresh Asset Library", refresh, needs_folder)}) {
    type->is_undoable = false;
    type->options.clear();
  }
}

}  // namespace kiln::operators
