// Operators that open, save and recover documents.
#include "document/file/recovery.h"
#include "document/file/store.h"
#include "operators/document_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct SaveSettings {
  std::string filepath;
  bool compress = false, relative_remap = true, copy = false, check_existing = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SaveSettings> s("WM_OT_save_as_mainfile", "Save As");
      s.add<&SaveSettings::filepath>("filepath", "File Path").subtype(Subtype::FilePath).max_bytes(1024).not_animatable();
      s.add<&SaveSettings::check_existing>("check_existing", "Check Existing").hidden().not_animatable();
      // Files are always compressed; both values are right.
      s.add<&SaveSettings::compress>("compress", "Compress").not_animatable();
      s.add<&SaveSettings::copy>("copy", "Save Copy").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> save(Context& context, const Path& path, bool is_copy) {
  context.notify_file("save_pre", path.string());
  const Result<SaveReport> report = context.project.save(path, is_copy, context.progress);
  if (report) {
    context.notify_file("save_post", path.string());
  }
  return report ? Result<Outcome>(Outcome::Finished) : Result<Outcome>(report.error());
}

Result<Outcome> save_as(Context& context, const SaveSettings& s, const Given&) {
  const Path path = s.filepath.empty() ? context.project.path : std::filesystem::absolute(s.filepath);
  if (path.empty()) {
    return Error::invalid("there is no file path to save to");
  }
  return save(context, path, s.copy);
}

Result<Outcome> save_main(Context& context, const SaveSettings& s, const Given& given) {
  if (!given.contains("filepath") && context.project.path.empty()) {
    return Error::invalid("the document has never been saved; give a file path");
  }
  return save_as(context, s, given);
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

Result<Outcome> open(Context& context, const OpenSettings& s, const Given&) {
  const Path path = std::filesystem::absolute(s.filepath);
  context.notify_file("load_pre", path.string());
  Result<OpenedDocument> opened = open_document(path, context.project.registry, context.progress);
  if (!opened) {
    return opened.error();
  }
  for (std::string& warning : opened->warnings) {
    context.reports.push_back(std::move(warning));
  }
  context.project.replace(std::move(opened->document), path, opened->revision);
  notify_loaded(context, path.string());
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

Result<Outcome> revert(Context& context, const RevertSettings&, const Given&) {
  OpenSettings settings;
  settings.filepath = context.project.path.string();
  return open(context, settings, {});
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

Result<Outcome> recover_file(Context& context, const Path& path) {
  context.notify_file("load_pre", path.string());
  Result<OpenedDocument> opened = open_document(path, context.project.registry, context.progress);
  if (!opened) {
    return opened.error();
  }
  for (std::string& warning : opened->warnings) {
    context.reports.push_back(std::move(warning));
  }
  context.project.recover(std::move(opened->document), opened->original_path);
  notify_loaded(context, path.string());
  return Outcome::Finished;
}

Result<Outcome> recover_auto_save(Context& context, const RecoverSettings& s, const Given&) {
  if (s.filepath.empty()) {
    return Error::invalid("there is no file path to recover from");
  }
  return recover_file(context, std::filesystem::absolute(s.filepath));
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

Result<Outcome> recover_last_session(Context& context, const RecoverLastSettings&, const Given&) {
  const std::vector<Recoverable> found = find_recoverable(recovery_folder());
  if (found.empty()) {
    return Error::invalid("no session has left anything to recover in \"{}\"", recovery_folder().string());
  }
  return recover_file(context, found.front().file);
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
