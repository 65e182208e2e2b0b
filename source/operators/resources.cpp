// Operators on files that data-blocks name: packing them, the paths to them, finding what is
// missing.
#include "operators/resources.h"

#include <map>

#include "core/schema/registry.h"
#include "document/external_paths.h"
#include "document/file/libraries.h"
#include "document/image.h"
#include "document/image_pixels.h"
#include "operators/document_operators.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

constexpr std::size_t max_files_searched = 1000000;

std::string title(const DataBlock& block) {
  return fmt::format("{} \"{}\"", block.dynamic_schema().label, block.name);
}

// Calls a function of the interface on an image.
Result<void> call_on_image(Context& context, BlockId id, const char* name,
                           std::vector<Value> values) {
  const Project& project = context.project;
  const Function* function = project.registry.function(Image::schema(), name);
  Document& document = context.document();
  const auto* image = document.find<Image>(id);
  if (!function || !image) {
    return Error::unsupported("this program has no images");
  }
  const Call call{document,
                  project.services,
                  Handle{id, {}},
                  reference_to(*image, &document, &project.services),
                  [&](Change kinds) -> MutableRef {
                    DataBlock& block = document.edit(id, kinds);
                    return {&block.dynamic_schema(), &block, -1, &block, &document,
                            &project.services};
                  },
                  values};
  const Result<Value> done = function->call(call);
  return done ? Result<void>() : Result<void>(done.error());
}

std::vector<BlockId> local_images(const Document& document, bool (*is_wanted)(const Image&)) {
  std::vector<BlockId> images;
  for (const BlockId id : document.all(BlockType::Image)) {
    const auto* image = document.find<Image>(id);
    if (image && !image->is_linked() && is_wanted(*image)) {
      images.push_back(id);
    }
  }
  return images;
}

bool can_be_packed(const Image& image) {
  return image.is_dirty || (image.packed.empty() && image.source == ImageSource::File &&
                            !image.filepath.empty());
}

Result<Outcome> run_pack_all(Context& context, const NoSettings&, const Given&) {
  const int count = pack_all(context);
  context.reports.push_back(
      {fmt::format("{} file{} packed", count, count == 1 ? "" : "s"), Report::Severity::Info});
  return Outcome::Finished;
}

enum class UnpackMethod : std::uint8_t {
  Remove,
  WriteLocal,
  UseLocal,
  UseOriginal,
  WriteOriginal,
  Keep
};

std::vector<EnumItem> unpack_methods(bool has_all) {
  std::vector<EnumItem> items{
      {"USE_LOCAL", "Use files in current directory (create when necessary)", 2},
      {"WRITE_LOCAL", "Write files to current directory (overwrite existing files)", 1},
      {"USE_ORIGINAL", "Use files in original location (create when necessary)", 3},
      {"WRITE_ORIGINAL", "Write files to original location (overwrite existing files)", 4}};
  if (has_all) {
    items.push_back({"KEEP", "Disable auto-pack, keep all packed files", 5});
    items.push_back({"REMOVE", "Remove Pack", 0});
  }
  return items;
}

std::string name_of(UnpackMethod method) {
  for (const EnumItem& item : unpack_methods(true)) {
    if (item.value == int(method)) {
      return item.identifier;
    }
  }
  return {};
}

struct UnpackAllSettings {
  UnpackMethod method = UnpackMethod::UseLocal;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<UnpackAllSettings> s("FILE_OT_unpack_all", "Unpack Resources");
      s.add<&UnpackAllSettings::method>("method", "Method")
          .items(unpack_methods(true))
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> unpack_all(Context& context, const UnpackAllSettings& s, const Given&) {
  context.document().edit_settings().use_autopack = false;
  if (s.method == UnpackMethod::Keep) {
    return Outcome::Finished;
  }
  if (context.project.path.empty() &&
      (s.method == UnpackMethod::UseLocal || s.method == UnpackMethod::WriteLocal)) {
    context.reports.push_back(
        "the document has never been saved: its folder is the one the program runs in");
  }
  for (const BlockId id :
       local_images(context.document(), [](const Image& image) { return !image.packed.empty(); })) {
    const Result<void> done = call_on_image(context, id, "unpack", {Value(name_of(s.method))});
    if (!done) {
      context.reports.push_back(done.error().message);
    }
  }
  return Outcome::Finished;
}

struct UnpackItemSettings {
  UnpackMethod method = UnpackMethod::UseLocal;
  std::string id_name;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<UnpackItemSettings> s("FILE_OT_unpack_item", "Unpack Item");
      s.add<&UnpackItemSettings::method>("method", "Method")
          .items(unpack_methods(false))
          .not_animatable();
      s.add<&UnpackItemSettings::id_name>("id_name", "ID Name").max_bytes(64).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> unpack_item(Context& context, const UnpackItemSettings& s, const Given&) {
  const Image* image = context.document().named<Image>(s.id_name);
  if (!image) {
    return Error::invalid("there is no image \"{}\"", s.id_name);
  }
  const Result<void> done = call_on_image(context, image->id, "unpack", {Value(name_of(s.method))});
  return done ? Result<Outcome>(Outcome::Finished) : Result<Outcome>(done.error());
}

Result<Outcome> toggle_autopack(Context& context, const NoSettings&, const Given&) {
  const bool is_on = context.document().settings().use_autopack;
  if (!is_on) {
    pack_all(context);
  }
  context.document().edit_settings().use_autopack = !is_on;
  return Outcome::Finished;
}

Result<Outcome> make_paths(Context& context, PathRemap how) {
  const Path& path = context.project.path;
  if (path.empty() && how == PathRemap::RelativeAll) {
    return Error::invalid("the document has never been saved: paths have nothing to be relative to");
  }
  const int count = remap_external_paths(context.document(), path, path, how);
  context.reports.push_back(
      {fmt::format("{} path{} changed", count, count == 1 ? "" : "s"), Report::Severity::Info});
  return Outcome::Finished;
}

Result<Outcome> make_paths_relative(Context& context, const NoSettings&, const Given&) {
  return make_paths(context, PathRemap::RelativeAll);
}
Result<Outcome> make_paths_absolute(Context& context, const NoSettings&, const Given&) {
  return make_paths(context, PathRemap::Absolute);
}

bool is_inside(const DataBlock& block) {
  const auto* image =
      block.type() == BlockType::Image ? static_cast<const Image*>(&block) : nullptr;
  return image && (!image->packed.empty() || image->source == ImageSource::Generated);
}

bool is_file(const Path& path) {
  std::error_code problem;
  return std::filesystem::is_regular_file(path, problem);
}

Result<Outcome> report_missing(Context& context, const NoSettings&, const Given&) {
  const Document& document = context.document();
  document.for_each([&](const DataBlock& block) {
    if (block.is_linked() || is_inside(block)) {
      return;
    }
    for_each_external_path(block, [&](const std::string& path) {
      const Path file = library_path(path, context.project.path);
      if (!is_file(file)) {
        context.reports.push_back(
            fmt::format("{}: there is no file \"{}\"", title(block), file.string()));
      }
    });
  });
  return Outcome::Finished;
}

struct FindMissingSettings {
  std::string directory;
  bool find_all = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<FindMissingSettings> s("FILE_OT_find_missing_files", "Find Missing Files");
      s.add<&FindMissingSettings::find_all>("find_all", "Find All")
          .describe("Also of files that are where they should be")
          .not_animatable();
      s.add<&FindMissingSettings::directory>("directory", "Directory")
          .subtype(Subtype::DirPath)
          .max_bytes(1024)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Files in a folder and those in it by name; of several the largest.
std::map<std::string, Path> files_below(const Path& folder) {
  std::map<std::string, std::pair<std::uintmax_t, Path>> found;
  std::error_code problem;
  std::size_t count = 0;
  using Iterator = std::filesystem::recursive_directory_iterator;
  for (Iterator i(folder, std::filesystem::directory_options::skip_permission_denied, problem), end;
       i != end && !problem && ++count < max_files_searched; i.increment(problem)) {
    std::error_code none;
    if (i->is_regular_file(none)) {
      const std::uintmax_t size = i->file_size(none);
      auto& best = found[i->path().filename().string()];
      if (best.second.empty() || size > best.first) {
        best = {size, i->path()};
      }
    }
  }
  std::map<std::string, Path> files;
  for (auto& [name, file] : found) {
    files.emplace(name, std::move(file.second));
  }
  return files;
}

Result<Outcome> find_missing(Context& context, const FindMissingSettings& s, const Given&) {
  Document& document = context.document();
  const Path folder = library_path(s.directory, context.project.path);
  std::error_code problem;
  if (s.directory.empty() || !std::filesystem::is_directory(folder, problem)) {
    return Error::invalid("\"{}\" is no folder to look in", s.directory);
  }
  const std::map<std::string, Path> files = files_below(folder);
  std::vector<BlockId> blocks;
  document.for_each([&](const DataBlock& block) {
    if (!block.is_linked() && !is_inside(block)) {
      for_each_external_path(block, [&](const std::string&) { blocks.push_back(block.id); });
    }
  });
  for (const BlockId id : blocks) {
    std::map<std::string, std::string> moved;
    const DataBlock& block = *document.find(id);
    for_each_external_path(block, [&](const std::string& path) {
      const Path file = library_path(path, context.project.path);
      if (is_file(file) && !s.find_all) {
        return;
      }
      const auto found = files.find(file.filename().string());
      if (found != files.end()) {
        moved[path] = path.starts_with("//") && !context.project.path.empty()
                          ? relative_path(found->second, context.project.path)
                          : found->second.string();
      } else if (!is_file(file)) {
        context.reports.push_back(fmt::format("{}: \"{}\" is not in \"{}\"", title(block),
                                              file.filename().string(), folder.string()));
      }
    });
    if (!moved.empty()) {
      map_external_paths(document.edit(id, Change::Shading | Change::Settings),
                         [&](const std::string& path) {
                           const auto to = moved.find(path);
                           return to == moved.end() ? path : to->second;
                         });
      if (auto* images = context.project.services.find<ImageLoader>()) {
        images->forget(id);
      }
    }
  }
  return Outcome::Finished;
}

}  // namespace

int pack_all(Context& context) {
  int count = 0;
  for (const BlockId id : local_images(context.document(), can_be_packed)) {
    const Result<void> done = call_on_image(context, id, "pack", {Value(""), Value(0)});
    if (done) {
      ++count;
    } else {
      context.reports.push_back(done.error().message);
    }
  }
  return count;
}

void register_resources(OperatorRegistry& registry) {
  add_operator(registry, "file.pack_all", "Pack Resources", run_pack_all);
  add_operator(registry, "file.unpack_all", "Unpack Resources", unpack_all);
  add_operator(registry, "file.unpack_item", "Unpack Item", unpack_item);
  add_operator(registry, "file.autopack_toggle", "Automatically Pack Resources", toggle_autopack);
  add_operator(registry, "file.make_paths_relative", "Make Paths Relative", make_paths_relative);
  add_operator(registry, "file.make_paths_absolute", "Make Paths Absolute", make_paths_absolute);
  add_operator(registry, "file.report_missing_files", "Report Missing Files", report_missing);
  add_operator(registry, "file.find_missing_files", "Find Missing Files", find_missing);
}

}  // namespace kiln::operators
