#include "document/library.h"

#include "core/schema/registry.h"
#include "document/document.h"
#include "document/file/libraries.h"
#include "document/project.h"

namespace kiln {
namespace {

Result<Value> reload(const Call& call) {
  auto* project = call.services.find<Project>();
  if (!project || &project->document != &call.document) {
    return Error::unsupported(
        "Error: a library can be reloaded in the document that is worked on only");
  }
  Progress progress;
  const Result<std::vector<std::string>> warnings = reload_library(
      call.document, project->path, call.target.block->id, project->registry, progress);
  return warnings ? Result<Value>(Value()) : Result<Value>(warnings.error());
}

}  // namespace

const Schema& Library::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Library> s("Library", "Library", &DataBlock::schema());
    s.add<&Library::filepath>("filepath", "File Path")
        .subtype(Subtype::FilePath)
        .max_bytes(1024)
        .never_none()
        .not_animatable();
    s.add<&Library::parent>("parent", "Parent")
        .target(&Library::schema)
        .read_only()
        .not_animatable();
    s.add<&Library::version>("version", "Version")
        .describe("The version of the program that wrote the file")
        .subtype(Subtype::Xyz)
        .range(0, infinity)
        .read_only()
        .not_stored();
    s.add_function("reload", {}, reload);
    return s.build();
  }();
  return schema;
}

void register_library_types(Registry& registry) {
  registry.add(Library::schema());
}

}  // namespace kiln
