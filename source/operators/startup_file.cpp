// Operators that begin a new document, and keep one as what new ones begin with.
#include "operators/startup_file.h"

#include "core/log.h"
#include "document/file/store.h"
#include "operators/document_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct FactorySettings {
  bool use_empty = false, use_factory_startup_app_template_only = false;
  std::string app_template;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<FactorySettings> s("WM_OT_read_factory_settings", "Load Factory Settings");
      add_common(s);
      return s.build();
    }();
    return schema;
  }
  template <typename Settings>
  static void add_common(SchemaBuilder<Settings>& s) {
    s.template add<&Settings::use_empty>("use_empty", "Empty").hidden().not_animatable();
    s.template add<&Settings::use_factory_startup_app_template_only>(
         "use_factory_startup_app_template_only", "Factory Startup App-Template Only")
        .hidden()
        .not_animatable();
    s.template add<&Settings::app_template>("app_template", "Template")
        .max_bytes(64)
        .hidden()
        .not_animatable();
  }
};

struct HomeSettings : FactorySettings {
  std::string filepath;
  bool use_factory_startup = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<HomeSettings> s("WM_OT_read_homefile", "Reload Start-Up File");
      s.add<&HomeSettings::filepath>("filepath", "File Path")
          .describe("The start-up file to read instead of the user's")
          .subtype(Subtype::FilePath)
          .max_bytes(1024)
          .hidden()
          .not_animatable();
      s.add<&HomeSettings::use_factory_startup>("use_factory_startup", "Factory Startup")
          .hidden()
            .not_animatable();
      FactorySettings::add_common(s);
      return s.build();
    }();
    return schema;
  }
};

void begin(Context& context, Document document, bool is_factory) {
  context.notify_file("load_pre", "");
  context.project.replace(std::move(document));
  notify_loaded(context, "");
  if (is_factory) {
    context.notify_file("load_factory_startup_post", "");
  }
}

Document factory_document(const Context& context, bool is_empty) {
  return is_empty ? make_empty_document() : make_startup_document(context.project.registry);
}

Result<Outcome> read_factory_settings(Context& context, const FactorySettings& s, const Given&) {
  begin(context, factory_document(context, s.use_empty), true);
  return Outcome::Finished;
}

Result<Outcome> read_homefile(Context& context, const HomeSettings& s, const Given&) {
  const auto* startup = context.project.services.find<const StartupFile>();
  const Path path = !s.filepath.empty()              ? Path(s.filepath)
                    : startup && startup->is_used ? startup->path
                                                     : Path();
  const bool is_there = !path.empty() && std::filesystem::exists(path);
  if (!s.filepath.empty() && !is_there) {
    return Error::invalid("{}: there is no such file", s.filepath);
  }
  if (s.use_factory_startup || s.use_empty || !is_there) {
    begin(context, factory_document(context, s.use_empty), true);
    return Outcome::Finished;
  }
  Result<Document> document = read_startup_file(path, context.project.registry);
  if (!document) {
    return document.error();
  }
  begin(context, std::move(*document), false);
  return Outcome::Finished;
}

struct SaveHomeSettings {
  static const Schema& schema() {
    static const Schema schema =
        SchemaBuilder<SaveHomeSettings>("WM_OT_save_homefile", "Save Startup File").build();
    return schema;
  }
};

Result<Outcome> save_homefile(Context& context, const SaveHomeSettings&, const Given&) {
  const auto* startup = context.project.services.find<const StartupFile>();
  if (!startup || startup->path.empty()) {
    return Error::invalid("there is no folder for the settings of the user");
  }
  std::error_code failure;
  std::filesystem::create_directories(startup->path.parent_path(), failure);
  Progress progress;
  const Result<SaveReport> saved =
      save_document(context.project.document, startup->path, progress);
  if (!saved) {
    return saved.error();
  }
  return Outcome::Finished;
}

}  // namespace

Result<Document> read_startup_file(const Path& path, const Registry& registry) {
  Progress progress;
  Result<OpenedDocument> opened = open_document(path, registry, progress);
  if (!opened) {
    return opened.error();
  }
  for (const std::string& warning : opened->warnings) {
    log(LogLevel::Warning, "{}: {}", path.string(), warning);
  }
  return std::move(opened->document);
}

void register_startup_file(OperatorRegistry& registry) {
  add_operator(registry, "wm.read_factory_settings", "Load Factory Settings",
               read_factory_settings);
  add_operator(registry, "wm.read_homefile", "Reload Start-Up File", read_homefile);
  add_operator(registry, "wm.save_homefile", "Save Startup File", save_homefile);
}

}  // namespace kiln::operators
