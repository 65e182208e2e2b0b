// Data-blocks from other documents: linking, appending, and making linked ones local.
#include "document/file/libraries.h"
#include "document/file/store.h"
#include "document/library.h"
#include "document/light.h"
#include "operators/document_operators.h"
#include "operators/operator.h"
#include "operators/paths.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

struct LinkSettings {
  std::string filepath, directory, filename;
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

Result<Place> parse_place(const LinkSettings& s, const Path& document) {
  const std::string whole = s.directory.empty() && s.filename.empty()
                                ? s.filepath
                                : (Path(s.directory) / s.filename).string();
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

std::string relative_to(const Path& file, const Path& document) {
  const Path relative = file.lexically_relative(document.parent_path());
  return relative.empty() ? file.string() : "//" + relative.string();
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
  const Result<Place> place = parse_place(s, document_path);
  if (!place) {
    return place.error();
  }
  std::error_code none;
  if (!document_path.empty() && std::filesystem::equivalent(place->library, document_path, none)) {
    return Error::invalid("\"{}\" is the file that is open; it cannot be its own library",
                          place->library.string());
  }
  LinkRequest request;
  request.path = place->library;
  request.filepath = s.relative_path && !document_path.empty()
                         ? relative_to(place->library, document_path)
                         : place->library.string();
  request.items = {place->item};
  request.is_append = is_append;
  request.is_recursive = is_recursive;
  request.use_fake_user = use_fake_user;
  const Result<Linked> linked = link_blocks(context.document(), document_path, request,
                                            context.project.registry, context.progress);
  if (!linked) {
    return linked.error();
  }
  for (const std::string& warning : linked->warnings) {
    context.reports.push_back(warning);
  }
  if (!linked->items[0]) {
    context.reports.push_back(fmt::format("\"{}\" has no {} \"{}\"", place->library.string(),
                                          default_block_name(place->item.type), place->item.name));
  }
  instantiate(context, s, linked->items);
  return Outcome::Finished;
}

Result<Outcome> link(Context& context, const LinkSettings& s, const Given&) {
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

Result<Outcome> reload(Context& context, const ReloadSettings& s, const Given&) {
  const Library* library = context.document().named<Library>(s.library);
  if (!library) {
    return Error::invalid("there is no library \"{}\"", s.library);
  }
  const Result<std::vector<std::string>> warnings =
      reload_library(context.document(), context.project.path, library->id,
                     context.project.registry, context.progress);
  if (!warnings) {
    return warnings.error();
  }
  context.reports.insert(context.reports.end(), warnings->begin(), warnings->end());
  return Outcome::Finished;
}

}  // namespace

void register_links(OperatorRegistry& registry) {
  add_operator(registry, "wm.link", "Link", link, needs_object_mode);
  add_operator(registry, "wm.append", "Append", append, needs_object_mode);
  add_operator(registry, "wm.lib_reload", "Reload Library", reload);
  add_operator(registry, "object.make_local", "Make Local", make_local, needs_object_mode);
}

}  // namespace kiln::operators
