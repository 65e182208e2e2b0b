// Operators that open, save and recover documents.
#include "document/external_paths.h"
#include "document/file/recovery.h"
#include "document/file/store.h"
#include "operators/asset_catalog_store.h"
#include "operators/document_operators.h"
#include "operators/operator.h"
#include "operators/resources.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct SaveSettings {
  std::string filepath;
  bool compress = false, relative_remap = false, check_existing = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SaveSettings> s("WM_OT_save_mainfile", "Save");
      add_common(s);
      return s.build();
    }();
    return schema;
  }
  template <typename Settings>
  static void add_common(SchemaBuilder<Settings>& s) {
    s.template add<&Settings::filepath>("filepath", "File Path")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .not_animatable();
    s.template add<&Settings::check_existing>("check_existing", "Check Existing")
        .hidden()
        .not_animatable();
    // Files are always compressed; both values are right.
    s.template add<&Settings::compress>("compress", "Compress").not_animatable();
    s.template add<&Settings::relative_remap>("relative_remap", "Remap Relative")
        .describe("Relative paths name the same files from the new folder")
        .not_animatable();
  }
};

struct SaveAsSettings : SaveSettings {
  bool copy = false;
  SaveAsSettings() { relative_remap = true; }
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SaveAsSettings> s("WM_OT_save_as_mainfile", "Save As");
      add_common(s);
      s.add<&SaveAsSettings::copy>("copy", "Save Copy").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Paths are those of the new place while the document is written, and stay so unless it is a copy.
Result<Outcome> save(Context& context, const SaveSettings& s, bool is_copy) {
  const Path now = context.project.path;
  if (s.filepath.empty() && now.empty()) {
    return Error::invalid("the document has never been saved; give a file path");
  }
  const Path path = s.filepath.empty() ? now : std::filesystem::absolute(s.filepath);
  context.notify_file("save_pre", path.string());
  Document& document = context.document();
  if (document.settings().use_autopack) {
    pack_all(context);
  }
  const Document before = document;
  if (s.relative_remap && path.parent_path() != now.parent_path()) {
    // A document without a place has no relative paths: all become such.
    remap_external_paths(document, now, path,
                         now.empty() ? PathRemap::RelativeAll : PathRemap::Relative);
  }
  const Result<SaveReport> report = context.project.save(path, is_copy, context.progress);
  if (!report || is_copy) {
    document.restore(before);
  }
  if (!report) {
    return report.error();
  }
  if (auto* catalogs = context.project.services.find<AssetCatalogStore>()) {
    if (const Result<void> written = catalogs->save(); !written) {
      context.reports.push_back(written.error().message);
    }
  }
  context.notify_file("save_post", path.string());
  return Outcome::Finished;
}

Result<Outcome> save_as(Context& context, const SaveAsSettings& s, const Given&) {
  return save(context, s, s.copy);
}

Result<Outcome> save_main(Context& context, const SaveSettings& s, const Given&) {
  return save(context, s, /*is_copy=*/false);
}

struct OpenSettings {
  std::string filepath;
  bool load_ui = true, use_scripts = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<OpenSettings> s("WM_OT_open_mainfile", "Open");
      s.add<&OpenSettings::filepath>("filepath", "File Path").subtype(Subtype::FilePath).max_bytes(1024).not_animatable();
      s.add<&OpenSettings::load_ui>("load_ui", "Load UI").not_animatable();
      s.add<&OpenSettings::use_scripts>("use_scripts", "Trusted Source").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// What the call says about scripts, where it says something.
std::optional<bool> told(bool use_scripts, const Given& given) {
  return given.contains("use_scripts") ? std::optional(use_scripts) : std::nullopt;
}

Result<Outcome> open(Context& context, const OpenSettings& s, const Given& given) {
  const Path path = std::filesystem::absolute(s.filepath);
  context.notify_file("load_pre", path.string());
  Result<OpenedDocument> opened = open_document(path, context.project.registry, context.progress);
  if (!opened) {
    return opened.error();
  }
  for (std::string& warning : opened->warnings) {
    context.reports.push_back(std::move(warning));
  }
  context.project.open(std::move(*opened), path);
  notify_loaded(context, path.string(), told(s.use_scripts, given));
  return Outcome::Finished;
}

// Begins to read the file of the document again, without what was not saved.
struct RevertSettings {
  bool use_scripts = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RevertSettings> s("WM_OT_revert_mainfile", "Revert");
      s.add<&RevertSettings::use_scripts>("use_scripts", "Trusted Source").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> revert(Context& context, const RevertSettings& s, const Given& given) {
  OpenSettings settings;
  settings.filepath = context.project.path.string();
  settings.use_scripts = s.use_scripts;
  return open(context, settings, given);
}

std::optional<std::string> needs_file(const Context& context) {
  return context.project.path.empty() ? std::optional<std::string>("the document has never been saved") : std::nullopt;
}

struct RecoverSettings {
  std::string filepath;
  bool use_scripts = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RecoverSettings> s("WM_OT_recover_auto_save", "Recover Auto Save");
      s.add<&RecoverSettings::filepath>("filepath", "File Path").subtype(Subtype::FilePath).max_bytes(1024).not_animatable();
      s.add<&RecoverSettings::use_scripts>("use_scripts", "Trusted Source").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> recover_file(Context& context, const Path& path, std::optional<bool> use_scripts) {
  context.notify_file("load_pre", path.string());
  Result<OpenedDocument> opened = open_document(path, context.project.registry, context.progress);
  if (!opened) {
    return opened.error();
  }
  for (std::string& warning : opened->warnings) {
    context.reports.push_back(std::move(warning));
  }
  context.project.recover(std::move(opened->document), opened->original_path);
  notify_loaded(context, path.string(), use_scripts);
  return Outcome::Finished;
}

Result<Outcome> recover_auto_save(Context& context, const RecoverSettings& s, const Given& given) {
  if (s.filepath.empty()) {
    return Error::invalid("there is no file path to recover from");
  }
  return recover_file(context, std::filesystem::absolute(s.filepath), told(s.use_scripts, given));
}

struct RecoverLastSettings {
  bool use_scripts = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RecoverLastSettings> s("WM_OT_recover_last_session", "Recover Last Session");
      s.add<&RecoverLastSettings::use_scripts>("use_scripts", "Trusted Source").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> recover_last_session(Context& context, const RecoverLastSettings& s, const Given& given) {
  const std::vector<Recoverable> found = find_recoverable(recovery_folder());
  if (found.empty()) {
    return Error::invalid("no session has left anything to recover in \"{}\"", recovery_folder().string());
  }
  return recover_file(context, found.front().file, told(s.use_scripts, given));
}

}  // namespace

void register_files(OperatorRegistry& registry) {
  add_operator(registry, "wm.save_as_mainfile", "Save As", save_as);
  add_operator(registry, "wm.save_mainfile", "Save", save_main);
  add_operator(registry, "wm.open_mainfile", "Open", open);
  add_operator(registry, "wm.revert_mainfile", "Revert", revert, needs_file);
  add_operator(registry, "wm.recover_auto_save", "Recover Auto Save", recover_auto_save);
  add_operator(registry, "wm.recover_last_session", "Recover Last Session", recover_last_session);
}

}  // namespace kiln::operators
