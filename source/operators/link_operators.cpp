// Data-blocks from other documents: linking, appending, and making linked ones local.
#include "document/external_paths.h"
#include "document/file/libraries.h"
#include "document/file/store.h"
#include "document/library.h"
#include "document/light.h"
#include "document/preferences.h"
#include "operators/document_operators.h"
#include "operators/operator.h"
#include "operators/paths.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

/// One of several files chosen together.
struct FileListElement {
  std::string name;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<FileListElement> s("OperatorFileListElement", "Operator File List Element");
      s.add<&FileListElement::name>("name", "Name").subtype(Subtype::FileName).never_none();
      s.set_name_property("name");
      return s.build();
    }();
    return schema;
  }
};

struct LinkSettings {
  std::string filepath, directory, filename;
  ItemList<FileListElement> files;
  bool link = true;
  bool relative_path = true;
  bool autoselect = true;
  bool active_collection = true;
  bool instance_collections = true;
  bool instance_object_data = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LinkSettings> s("WM_OT_link", "Link");
      add_common(s);
      s.add<&LinkSettings::relative_path>("relative_path", "Relative Path").not_animatable();
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
    s.template add<&Settings::directory>("directory", "Directory")
        .subtype(Subtype::DirPath)
        .max_bytes(1024)
        .not_animatable();
    s.template add<&Settings::filename>("filename", "File Name")
        .subtype(Subtype::FileName)
        .max_bytes(1024)
        .not_animatable();
    s.template add<&Settings::files>("files", "Files").hidden().not_animatable();
    s.template add<&Settings::link>("link", "Link").hidden().not_animatable();
    s.template add<&Settings::autoselect>("autoselect", "Select").not_animatable();
    s.template add<&Settings::active_collection>("active_collection", "Active Collection")
        .not_animatable();
    s.template add<&Settings::instance_collections>("instance_collections", "Instance Collections")
        .not_animatable();
    s.template add<&Settings::instance_object_data>("instance_object_data", "Instance Object Data")
        .not_animatable();
  }
};

struct AppendSettings : LinkSettings {
  bool set_fake = false;
  bool use_recursive = true;
  AppendSettings() {
    link = false;
    instance_collections = false;
  }
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<AppendSettings> s("WM_OT_append", "Append");
      add_common(s);
      s.add<&AppendSettings::set_fake>("set_fake", "Fake User").not_animatable();
      s.add<&AppendSettings::use_recursive>("use_recursive", "Localize All").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// What "library.kiln/Object/Cube" names.
struct Place {
  Path library;
  LibraryItem item;
};

Result<Place> parse_place(const std::string& whole, const Path& document) {
  const Error problem = Error::invalid("\"{}\": not a library; expected \"FILE/TYPE/NAME\"", whole);
  if (whole.empty()) {
    return problem;
  }
  // The longest start that is a file; names may hold slashes.
  const std::string path = absolute_path(whole, document).string();
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const Path library = path.substr(0, slash);
    std::error_code none;
    if (!std::filesystem::is_regular_file(library, none)) {
      continue;
    }
    const std::string rest = path.substr(slash + 1);
    const std::size_t end = rest.find('/');
    if (end == std::string::npos || end + 1 >= rest.size()) {
      return problem;
    }
    const std::string type = rest.substr(0, end);
    for (int i = 0; i < block_type_count; ++i) {
      if (default_block_name(BlockType(i)) == type && BlockType(i) != BlockType::Library) {
        return Place{library.lexically_normal(), {BlockType(i), rest.substr(end + 1)}};
      }
    }
    return Error::invalid("\"{}\" names no type of data-block that can be linked", type);
  }
  return problem;
}

// All that was asked for: names in a folder of a library, or one path.
Result<std::vector<Place>> parse_places(const LinkSettings& s, const Path& document) {
  std::vector<std::string> paths;
  for (const FileListElement& file : s.files) {
    paths.push_back((Path(s.directory) / file.name).string());
  }
  if (paths.empty()) {
    paths.push_back(s.directory.empty() && s.filename.empty()
                        ? s.filepath
                        : (Path(s.directory) / s.filename).string());
  }
  std::vector<Place> places;
  for (const std::string& path : paths) {
    Result<Place> place = parse_place(path, document);
    if (!place) {
      return place.error();
    }
    places.push_back(std::move(*place));
  }
  return places;
}

bool is_in_a_collection(const Document& document, BlockId object) {
  for (const BlockId user : document.users_of(object)) {
    if (document.find<Collection>(user)) {
      return true;
    }
  }
  return false;
}

// Shows in the scene what was linked: objects by themselves, collections as children or instances,
// data through new objects.
void instantiate(Context& context, const LinkSettings& s, const std::vector<BlockId>& linked) {
  Document& document = context.document();
  const BlockId collection =
      s.active_collection ? context.active_collection() : context.get_scene().collection.id;
  std::vector<BlockId> shown;
  const auto show = [&](BlockId object) {
    document.edit<Collection>(collection, Change::Hierarchy | Change::Visibility)
        .objects.push_back({object});
    shown.push_back(object);
  };
  for (const BlockId id : linked) {
    const DataBlock* block = document.find(id);
    if (!block) {
      continue;
    }
    const std::string name = block->name;
    if (block->type() == BlockType::Object) {
      if (!is_in_a_collection(document, id)) {
        show(id);
      }
    } else if (block->type() == BlockType::Collection && s.instance_collections) {
      auto& object = document.add<Object>(name);
      object.instance_type = ObjectInstanceType::Collection;
      if (const auto* preferences = context.project.services.find<Preferences>()) {
        object.empty_display_size = preferences->edit.collection_instance_empty_size;
      }
      object.instance_collection = {id};
      object.location = context.get_scene().cursor.location;
      show(object.id);
    } else if (block->type() == BlockType::Collection) {
      if (!is_within(document, collection, id)) {
        document.edit<Collection>(collection, Change::Hierarchy | Change::Visibility)
            .children.push_back({id});
        const std::vector<BlockId> inside = all_objects(document, id);
        shown.insert(shown.end(), inside.begin(), inside.end());
      }
    } else if (s.instance_object_data && document.users(id) == 0 &&
               (block->type() == BlockType::Mesh || block->type() == BlockType::Camera ||
                block->type() == BlockType::Light)) {
      auto& object = document.add<Object>(name);
      object.data = {id};
      object.initialize_for(document.find(id));
      object.location = context.get_scene().cursor.location;
      show(object.id);
    }
  }
  if (s.autoselect && !shown.empty()) {
    context.select_only(shown);
    context.edit_layer(Change::Selection).active = {};
  }
}

Result<Outcome> bring(Context& context, const LinkSettings& s, bool is_append, bool is_recursive,
                      bool use_fake_user) {
  const Path& document_path = context.project.path;
  const Result<std::vector<Place>> places = parse_places(s, document_path);
  if (!places) {
    return places.error();
  }
  // One request for each library, in the order in which they were named.
  std::vector<LinkRequest> requests;
  for (const Place& place : *places) {
    std::error_code none;
    if (!document_path.empty() && std::filesystem::equivalent(place.library, document_path, none)) {
      return Error::invalid("\"{}\" is the file that is open; it cannot be its own library",
                            place.library.string());
    }
    auto request = std::find_if(requests.begin(), requests.end(), [&](const LinkRequest& r) {
      return r.path == place.library;
    });
    if (request == requests.end()) {
      requests.emplace_back();
      request = requests.end() - 1;
      request->path = place.library;
      request->filepath = s.relative_path && !document_path.empty()
                              ? relative_path(place.library, document_path)
                              : place.library.string();
      request->is_append = is_append;
      request->is_recursive = is_recursive;
      request->use_fake_user = use_fake_user;
    }
    request->items.push_back(place.item);
  }
  std::vector<BlockId> all;
  for (const LinkRequest& request : requests) {
    const Result<Linked> linked = link_blocks(context.document(), document_path, request,
                                              context.project.registry, context.progress);
    if (!linked) {
      return linked.error();
    }
    for (const std::string& warning : linked->warnings) {
      context.reports.push_back(warning);
    }
    for (std::size_t i = 0; i < request.items.size(); ++i) {
      if (!linked->items[i]) {
        context.reports.push_back(fmt::format("\"{}\" has no {} \"{}\"", request.path.string(),
                                              default_block_name(request.items[i].type),
                                              request.items[i].name));
      }
    }
    all.insert(all.end(), linked->items.begin(), linked->items.end());
  }
  instantiate(context, s, all);
  return Outcome::Finished;
}

// Whether libraries are named by where they lie from the document: as told, else as the user prefers.
bool wants_relative(const Context& context, bool told, const Given& given) {
  const auto* preferences = context.project.services.find<Preferences>();
  return given.contains("relative_path") || !preferences ? told
                                                         : preferences->filepaths.use_relative_paths;
}

Result<Outcome> link(Context& context, const LinkSettings& settings, const Given& given) {
  LinkSettings s = settings;
  s.relative_path = wants_relative(context, s.relative_path, given);
  return bring(context, s, !s.link, true, false);
}

Result<Outcome> append(Context& context, const AppendSettings& s, const Given&) {
  return bring(context, s, !s.link, s.use_recursive, s.set_fake);
}

enum class LocalScope : std::uint8_t { Objects, Data, Materials, All };

struct MakeLocalSettings {
  LocalScope type = LocalScope::Objects;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MakeLocalSettings> s("OBJECT_OT_make_local", "Make Local");
      s.add<&MakeLocalSettings::type>("type", "Type")
          .items({{"SELECT_OBJECT", "Selected Objects", 0},
                  {"SELECT_OBDATA", "Selected Objects and Data", 1},
                  {"SELECT_OBDATA_MATERIAL", "Selected Objects, Data and Materials", 2},
                  {"ALL", "All", 3}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> make_local(Context& context, const MakeLocalSettings& s, const Given&) {
  Document& document = context.document();
  if (s.type == LocalScope::All) {
    std::vector<BlockId> linked;
    document.for_each([&](const DataBlock& block) {
      if (block.is_linked() && !block.is_embedded()) {
        linked.push_back(block.id);
      }
    });
    for (const BlockId id : linked) {
      document.make_local(id);
    }
    return Outcome::Finished;
  }
  for (const BlockId id : context.selected) {
    const BlockId object = make_block_local(document, id);
    const auto* block = document.find<Object>(object);
    const BlockId data = s.type >= LocalScope::Data && block
                             ? make_block_local(document, block->data.id)
                             : BlockId{};
    if (s.type == LocalScope::Materials && data) {
      std::vector<BlockId> materials;
      for_each_reference(*document.find(data), [&](BlockId target) {
        const DataBlock* other = document.find(target);
        if (other && other->type() == BlockType::Material) {
          materials.push_back(target);
        }
      });
      for (const BlockId material : materials) {
        make_block_local(document, material);
      }
    }
  }
  return Outcome::Finished;
}

struct ReloadSettings {
  std::string library;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<ReloadSettings> s("WM_OT_lib_reload", "Reload Library");
      s.add<&ReloadSettings::library>("library", "Library").max_bytes(64).hidden().not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// Reads a library anew, after `change` did something to it; without success all stays as it was.
Result<Outcome> reload_after(Context& context, const std::string& name,
                             FunctionRef<void(Library&)> change) {
  Document& document = context.document();
  const Library* library = document.named<Library>(name);
  if (!library) {
    return Error::invalid("there is no library \"{}\"", name);
  }
  const Document before = document;
  const BlockId id = library->id;
  change(document.edit<Library>(id, Change::Settings));
  const Result<std::vector<std::string>> warnings = reload_library(
      document, context.project.path, id, context.project.registry, context.progress);
  if (!warnings) {
    document.restore(before);
    return warnings.error();
  }
  context.reports.insert(context.reports.end(), warnings->begin(), warnings->end());
  return Outcome::Finished;
}

Result<Outcome> reload(Context& context, const ReloadSettings& s, const Given&) {
  return reload_after(context, s.library, [](Library&) {});
}

struct RelocateSettings : ReloadSettings {
  std::string filepath, directory, filename;
  bool relative_path = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RelocateSettings> s("WM_OT_lib_relocate", "Relocate Library");
      s.add<&RelocateSettings::library>("library", "Library").max_bytes(64).hidden().not_animatable();
      s.add<&RelocateSettings::filepath>("filepath", "File Path")
          .subtype(Subtype::FilePath)
          .max_bytes(1024)
          .not_animatable();
      s.add<&RelocateSettings::directory>("directory", "Directory")
          .subtype(Subtype::DirPath)
          .max_bytes(1024)
          .not_animatable();
      s.add<&RelocateSettings::filename>("filename", "File Name")
          .subtype(Subtype::FileName)
          .max_bytes(1024)
          .not_animatable();
      s.add<&RelocateSettings::relative_path>("relative_path", "Relative Path").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> relocate(Context& context, const RelocateSettings& settings, const Given& given) {
  RelocateSettings s = settings;
  s.relative_path = wants_relative(context, s.relative_path, given);
  const Path& document_path = context.project.path;
  const std::string whole = s.directory.empty() && s.filename.empty()
                                ? s.filepath
                                : (Path(s.directory) / s.filename).string();
  if (whole.empty()) {
    return Error::invalid("there is no file path to relocate to");
  }
  const Path file = absolute_path(whole, document_path).lexically_normal();
  for (const BlockId id : context.document().all(BlockType::Library)) {
    const auto& other = *context.document().find<Library>(id);
    if (other.name != s.library && library_path(other.filepath, document_path) == file) {
      return Error::invalid("\"{}\" is a library of this document already, \"{}\"", file.string(),
                            other.name);
    }
  }
  Result<Outcome> outcome = reload_after(context, s.library, [&](Library& library) {
    library.filepath = s.relative_path && !document_path.empty()
                           ? relative_path(file, document_path)
                           : file.string();
  });
  if (outcome) {
    if (const Library* library = context.document().named<Library>(s.library)) {
      context.document().rename(library->id, file.filename().string());
    }
  }
  return outcome;
}

}  // namespace

void register_links(OperatorRegistry& registry) {
  add_operator(registry, "wm.link", "Link", link, needs_object_mode);
  add_operator(registry, "wm.append", "Append", append, needs_object_mode);
  add_operator(registry, "wm.lib_reload", "Reload Library", reload);
  add_operator(registry, "wm.lib_relocate", "Relocate Library", relocate);
  add_operator(registry, "object.make_local", "Make Local", make_local, needs_object_mode);
}

}  // namespace kiln::operators
