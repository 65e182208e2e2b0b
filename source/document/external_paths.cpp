#include "document/external_paths.h"

#include "document/file/libraries.h"

namespace kiln {
namespace {

bool names_files(BlockType type) {
  return type == BlockType::Image || type == BlockType::Text || type == BlockType::Library ||
         type == BlockType::NodeTree;
}

bool is_path(const Property& p) {
  return (p.subtype == Subtype::FilePath || p.identifier == "filepath") &&
         p.storage == Storage::String && p.is_stored && p.address && p.edit_address;
}

void walk(const ConstRef& ref, FunctionRef<void(const std::string&)> visit) {
  for (const Property* p : ref.schema->all_properties()) {
    if (is_path(*p)) {
      const auto& path = *static_cast<const std::string*>(p->address(ref.data, ref.index));
      if (!path.empty()) {
        visit(path);
      }
    } else if (p->collection && p->collection->is_stored_list()) {
      for (std::int64_t i = 0; i < p->collection->size(ref); ++i) {
        walk(p->collection->at(ref, i).ref, visit);
      }
    }
  }
}

bool has_paths(const ConstRef& ref) {
  bool found = false;
  walk(ref, [&](const std::string&) { found = true; });
  return found;
}

void map(const MutableRef& ref, FunctionRef<std::string(const std::string&)> change) {
  for (const Property* p : ref.schema->all_properties()) {
    if (is_path(*p)) {
      auto& path = *static_cast<std::string*>(p->edit_address(ref.data, ref.index));
      if (!path.empty()) {
        path = change(path);
      }
    } else if (p->collection && p->collection->is_stored_list()) {
      for (std::int64_t i = 0; i < p->collection->size(ref); ++i) {
        if (has_paths(p->collection->at(ref, i).ref)) {
          map(p->collection->edit_at(ref, i), change);
        }
      }
    }
  }
}

}  // namespace

void for_each_external_path(const DataBlock& block, FunctionRef<void(const std::string&)> visit) {
  if (names_files(block.type())) {
    walk(reference_to(block), visit);
  }
}

void map_external_paths(DataBlock& block, FunctionRef<std::string(const std::string&)> change) {
  if (names_files(block.type())) {
    map({&block.dynamic_schema(), &block, -1, &block}, change);
  }
}

std::string relative_path(const Path& file, const Path& document) {
  const Path folder = std::filesystem::absolute(document).lexically_normal().parent_path();
  const Path relative = file.lexically_normal().lexically_relative(folder);
  return relative.empty() ? file.string() : "//" + relative.string();
}

int remap_external_paths(Document& document, const Path& from, const Path& to, PathRemap how) {
  if (how == PathRemap::None) {
    return 0;
  }
  const auto changed = [&](const std::string& path) -> std::string {
    const bool is_relative = path.starts_with("//");
    if ((is_relative && from.empty()) || (!is_relative && !path.starts_with("/")) ||
        (!is_relative && how != PathRemap::RelativeAll)) {
      return path;
    }
    const Path file = library_path(path, from);
    return how == PathRemap::Absolute ? file.string() : relative_path(file, to);
  };
  std::vector<BlockId> affected;
  document.for_each([&](const DataBlock& block) {
    bool is_affected = false;
    if (!block.is_linked()) {
      for_each_external_path(block, [&](const std::string& path) {
        is_affected = is_affected || changed(path) != path;
      });
    }
    if (is_affected) {
      affected.push_back(block.id);
    }
  });
  int count = 0;
  for (const BlockId id : affected) {
    map_external_paths(document.edit(id, Change::Settings | Change::Shading),
                       [&](const std::string& path) {
                         std::string now = changed(path);
                         count += now != path;
                         return now;
                       });
  }
  return count;
}

}  // namespace kiln
