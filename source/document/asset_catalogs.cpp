#include "document/asset_catalogs.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/atomic_file.h"
#include "document/asset.h"
#include "document/document.h"

namespace kiln {
namespace {

constexpr std::uint64_t max_file_bytes = 16 << 20;
constexpr std::size_t max_simple_name_bytes = 63;

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

// What a path becomes as one name.
std::string simple_name_of(std::string path) {
  std::replace(path.begin(), path.end(), '/', '-');
  return valid_name(path, max_simple_name_bytes);
}

bool is_below(std::string_view path, std::string_view parent) {
  return path.size() > parent.size() && path.starts_with(parent) && path[parent.size()] == '/';
}

bool is_before(const AssetCatalog& a, const AssetCatalog& b) {
  return a.path != b.path ? a.path < b.path : a.id < b.id;
}

}  // namespace

std::string AssetCatalogs::clean_path(std::string_view path) {
  std::string cleaned;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of("/\\"), path.size());
    std::string name;
    for (const char c : trimmed(path.substr(0, end))) {
      name += static_cast<unsigned char>(c) < 32 || c == 127 ? ' ' : c == ':' ? '-' : c;
    }
    name = valid_name(trimmed(name), name.size());
    if (!name.empty()) {
      cleaned += (cleaned.empty() ? "" : "/") + name;
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return cleaned;
}

Result<AssetCatalogs> AssetCatalogs::read(const Path& file, std::vector<std::string>& warnings) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) {
    return AssetCatalogs();
  }
  const auto bytes = read_file(file, max_file_bytes + 1);
  if (!bytes) {
    return bytes.error();
  }
  if (bytes->size() > max_file_bytes) {
    return Error::malformed(file, "is larger than {} MB, which no list of catalogs is",
                            max_file_bytes >> 20);
  }
  return parse({reinterpret_cast<const char*>(bytes->data()), bytes->size()}, file, warnings);
}

Result<AssetCatalogs> AssetCatalogs::parse(std::string_view text, const Path& name,
                                           std::vector<std::string>& warnings) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  AssetCatalogs catalogs;
  std::set<Uuid> known;
  bool has_version = false;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') {
      continue;
    }
    const auto worry = [&](std::string_view what) {
      if (warnings.size() < 100) {
        warnings.push_back(
            fmt::format("{}:{}: {}; the line is left out", name.string(), number, what));
      }
    };
    if (!has_version) {
      if (!line.starts_with("VERSION ")) {
        return Error::malformed(name, "line {} should be \"VERSION 1\"", number);
      }
      if (trimmed(line.substr(8)) != "1") {
        return Error::malformed(name, "has version \"{}\"; only version 1 can be read",
                                valid_name(trimmed(line.substr(8)), 40));
      }
      has_version = true;
      continue;
    }
    const std::size_t first = line.find(':');
    const std::optional<Uuid> id = parse_dashed(line.substr(0, first));
    if (first == std::string_view::npos || !id || !*id) {
      worry("it does not begin with an identifier and a colon");
      continue;
    }
    const std::string_view rest = line.substr(first + 1);
    const std::size_t second = std::min(rest.find(':'), rest.size());
    AssetCatalog catalog{*id, clean_path(rest.substr(0, second)), {}};
    if (catalog.path.empty()) {
      worry("the catalog has no path");
      continue;
    }
    if (!known.insert(*id).second) {
      worry("the identifier is that of a catalog further up");
      continue;
    }
    if (second < rest.size()) {
      catalog.simple_name = valid_name(trimmed(rest.substr(second + 1)), max_simple_name_bytes);
    }
    catalogs.catalogs_.push_back(std::move(catalog));
  }
  std::sort(catalogs.catalogs_.begin(), catalogs.catalogs_.end(), is_before);
  return catalogs;
}

std::string AssetCatalogs::text() const {
  std::string text =
      "# Catalogs of the assets in this folder and below. Lines: UUID:path/of/the/catalog:simple "
      "name\n\nVERSION 1\n\n";
  for (const AssetCatalog& catalog : catalogs_) {
    text += fmt::format("{}:{}:{}\n", dashed(catalog.id), catalog.path, catalog.simple_name);
  }
  return text;
}

Result<void> AssetCatalogs::write(const Path& file) const {
  std::vector<std::string> ignored;
  const Result<AssetCatalogs> there = read(file, ignored);
  if (!there) {
    return there.error();  // what cannot be understood is not written over
  }
  AssetCatalogs merged = *this;
  for (const AssetCatalog& catalog : there->catalogs_) {
    if (!find(catalog.id) && !removed_.contains(catalog.id)) {
      merged.insert(catalog);
    }
  }
  Result<AtomicFile> out = AtomicFile::create(file);
  if (!out) {
    return out.error();
  }
  const std::string content = merged.text();
  if (const Result<void> written = out->write(std::as_bytes(std::span(content))); !written) {
    return written;
  }
  return out->commit();
}

const AssetCatalog* AssetCatalogs::find(Uuid id) const {
  const auto found = std::find_if(catalogs_.begin(), catalogs_.end(),
                                  [&](const AssetCatalog& catalog) { return catalog.id == id; });
  return found == catalogs_.end() ? nullptr : &*found;
}

bool AssetCatalogs::has_path(std::string_view path) const {
  return std::any_of(catalogs_.begin(), catalogs_.end(), [&](const AssetCatalog& catalog) {
    return catalog.path == path || is_below(catalog.path, path);
  });
}

std::string AssetCatalogs::free_path(const std::string& wanted) const {
  std::string path = wanted;
  for (int number = 1; has_path(path); ++number) {
    path = fmt::format("{}.{:03}", wanted, number);
  }
  return path;
}

void AssetCatalogs::insert(AssetCatalog catalog) {
  catalogs_.insert(std::upper_bound(catalogs_.begin(), catalogs_.end(), catalog, is_before),
                   std::move(catalog));
}

AssetCatalog AssetCatalogs::add(std::string_view parent, std::string_view name) {
  std::string wanted = clean_path(parent);
  const std::string last = clean_path(name);
  wanted += (wanted.empty() ? "" : "/") + (last.empty() ? std::string("Catalog") : last);
  AssetCatalog catalog{Uuid::random(), free_path(wanted), {}};
  catalog.simple_name = simple_name_of(catalog.path);
  insert(catalog);
  return catalog;
}

bool AssetCatalogs::rename(Uuid id, std::string_view name) {
  const AssetCatalog* catalog = find(id);
  std::string last = clean_path(name);
  std::replace(last.begin(), last.end(), '/', '-');
  if (!catalog || last.empty()) {
    return false;
  }
  const std::string old = catalog->path;
  const std::size_t slash = old.rfind('/');
  const std::string wanted = (slash == std::string::npos ? "" : old.substr(0, slash + 1)) + last;
  if (wanted == old) {
    return true;
  }
  const std::string fresh = free_path(wanted);
  for (AssetCatalog& other : catalogs_) {
    if (other.path == old || is_below(other.path, old)) {
      other.path = fresh + other.path.substr(old.size());
      other.simple_name = simple_name_of(other.path);
    }
  }
  std::sort(catalogs_.begin(), catalogs_.end(), is_before);
  return true;
}

int AssetCatalogs::remove(Uuid id) {
  const AssetCatalog* catalog = find(id);
  if (!catalog) {
    return 0;
  }
  const std::string path = catalog->path;
  return int(std::erase_if(catalogs_, [&](const AssetCatalog& other) {
    const bool goes = other.id == id || is_below(other.path, path);
    if (goes) {
      removed_.insert(other.id);
    }
    return goes;
  }));
}

}  // namespace kiln
