#include "document/file/inspect.h"

#include <map>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "document/asset.h"
#include "document/asset_catalogs.h"
#include "document/file/database.h"
#include "document/file/file_source.h"
#include "document/file/serialization.h"
#include "document/file/libraries.h"
#include "document/file/preview.h"

namespace kiln {
namespace {

// The blocks that are marked, with their catalogs from the file beside.
void gather_assets(const FileSource& source, const Path& path, DocumentInfo& info) {
  Result<AssetCatalogs> catalogs =
      AssetCatalogs::read(path.parent_path() / AssetCatalogs::file_name, info.warnings);
  if (!catalogs) {
    info.warnings.push_back(catalogs.error().message);
    catalogs = AssetCatalogs();
  }
  for (const FileSource::Row& row : source.rows()) {
    const Result<nlohmann::json> properties = source.properties(row);
    if (!properties || properties->value("stored_is_asset", nlohmann::json()) != true) {
      continue;
    }
    DocumentInfo::Asset asset{
        row.type, row.name, text_at(*properties, "stored_asset_catalog"), {}};
    const std::optional<Uuid> id = parse_dashed(asset.catalog);
    if (const AssetCatalog* catalog = id ? catalogs->find(*id) : nullptr) {
      asset.catalog = catalog->path;
    }
    const auto tags = properties->find("stored_asset_tags");
    if (tags != properties->end() && tags->is_array()) {
      for (const nlohmann::json& tag : *tags) {
        if (tag.is_string()) {
          asset.tags.push_back(tag.get<std::string>());
        }
      }
    }
    info.assets.push_back(std::move(asset));
  }
  std::sort(info.assets.begin(), info.assets.end(), [](const auto& a, const auto& b) {
    return std::tie(a.catalog, a.name, a.type) < std::tie(b.catalog, b.name, b.type);
  });
}

}  // namespace

Result<std::string> read_preview(const Path& path) {
  const Result<Database> database = Database::open(path, /*is_writable=*/false, /*is_created=*/false);
  if (!database) {
    return database.error();
  }
  Database::Statement query(*database, "SELECT value FROM meta WHERE key = ?");
  query.bind(preview_key);
  const std::string picture = query.step() ? std::string(query.text(0)) : std::string();
  const Result<void> done = query.finish();
  return done ? Result<std::string>(picture) : done.error();
}

Result<DocumentInfo> inspect_document(const Path& path) {
  const Result<FileSource> source = FileSource::open(path);
  if (!source) {
    return source.error();
  }
  DocumentInfo info;
  std::error_code problem;
  info.file_bytes = std::filesystem::file_size(path, problem);
  info.format_version = source->meta("format_version");
  info.links = int(source->links().size());
  std::map<std::string, DocumentInfo::Count> counts;
  for (const FileSource::Row& row : source->rows()) {
    DocumentInfo::Count& count = counts[row.type];
    count.type = row.type;
    ++count.blocks;
    const auto arrays = source->arrays(row);
    if (!arrays) {
      return arrays.error();
    }
    for (const FileSource::StoredArray& array : *arrays) {
      count.array_bytes += array.bytes;
    }
    if (row.type == "Scene") {
      info.scenes.push_back(row.name);
      if (row.uuid == source->meta("active_scene")) {
        info.active_scene = row.name;
      }
    }
  }
  gather_assets(*source, path, info);
  for (auto& [type, count] : counts) {
    info.counts.push_back(std::move(count));
  }
  std::sort(info.scenes.begin(), info.scenes.end());
  return info;
}

Result<std::vector<Dependency>> find_dependencies(const Path& path) {
  std::vector<Dependency> found;
  std::set<Path> seen;
  std::error_code problem;
  std::vector<Path> documents{std::filesystem::absolute(path, problem).lexically_normal()};
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Path document = documents[i];
    const Result<FileSource> source = FileSource::open(document);
    if (!source) {
      if (i == 0) {
        return source.error();
      }
      continue;
    }
    std::set<Path> named;
    for (const FileSource::Row& row : source->rows()) {
      const bool is_library = row.type == "Library";
      if (!is_library && row.type != "Image" && row.type != "Text") {
        continue;
      }
      const Result<nlohmann::json> properties = source->properties(row);
      const std::string filepath =
          properties ? text_at(*properties, "filepath") : std::string();
      if (filepath.empty()) {
        continue;
      }
      if (row.type == "Image") {
        const auto arrays = source->arrays(row);
        const bool is_inside =
            arrays && std::any_of(arrays->begin(), arrays->end(),
                                  [](const auto& array) { return array.bytes > 0; });
        if (is_inside) {
          continue;
        }
      }
      const Path target = library_path(filepath, document);
      if (!named.insert(target).second) {
        continue;
      }
      found.push_back({is_library            ? "library"
                       : row.type == "Image" ? "image"
                                             : "text",
                       row.name, target, document,
                       std::filesystem::is_regular_file(target, problem)});
      if (is_library && seen.insert(target).second && target != documents[0]) {
        documents.push_back(target);
      }
    }
  }
  return found;
}

}  // namespace kiln
