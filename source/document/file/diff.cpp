#include "document/file/diff.h"

#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/hash.h"
#include "document/file/file_source.h"
#include "document/file/serialization.h"

namespace kiln {
namespace {

using nlohmann::json;

std::string title(const std::string& type, const std::string& name) {
  return fmt::format("{} \"{}\"", type, name);
}

// The properties of a block as a flat table from data paths to texts that do not depend on how the
// file numbers things.
class Flattener {
public:
  Flattener(const FileSource& source, const Registry& registry)
      : source_(source), registry_(registry) {}

  std::map<std::string, std::string> run(const FileSource::Row& row, const json& properties) {
    items_.clear();
    table_.clear();
    name_items(properties, "", 0);
    flatten(properties, registry_.find(row.type), "", 0);
    return std::move(table_);
  }

private:
  static constexpr int max_depth = 64;

  static std::string item_path(const std::string& list, const json& item, std::size_t index) {
    const auto name = item.find("name");
    return name != item.end() && name->is_string()
               ? fmt::format("{}[\"{}\"]", list, name->get<std::string>())
               : fmt::format("{}[{}]", list, index);
  }

  // Items are referred to by numbers that are given anew: their paths stand for them.
  void name_items(const json& object, const std::string& path, int depth) {
    if (!object.is_object() || depth > max_depth) {
      return;
    }
    for (const auto& [key, value] : object.items()) {
      const std::string here = path.empty() ? key : path + "." + key;
      if (value.is_object()) {
        name_items(value, here, depth + 1);
      } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
          if (value[i].is_object()) {
            const std::string item = item_path(here, value[i], i);
            const auto id = value[i].find("_id");
            if (id != value[i].end() && id->is_number_integer()) {
              items_[id->get<std::int64_t>()] = item;
            }
            name_items(value[i], item, depth + 1);
          }
        }
      }
    }
  }

  std::string reference(const json& value) const {
    const std::string uuid = value.is_string() ? value.get<std::string>() : std::string();
    if (const FileSource::Row* row = source_.row(uuid)) {
      return title(row->type, row->name);
    }
    const FileSource::Link* link = source_.link(uuid);
    return link ? title(link->type, link->name) + " (linked)" : "nothing";
  }

  std::string text_of(const json& value) const {
    if (value.is_object() && value.contains("_ref")) {
      return reference(value["_ref"]);
    }
    if (value.is_array()) {
      std::string text = "[";
      for (const json& item : value) {
        text += (text.size() > 1 ? ", " : "") + text_of(item);
      }
      return text + "]";
    }
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
  }

  void flatten(const json& object, const Schema* schema, const std::string& path, int depth) {
    if (!object.is_object() || depth > max_depth) {
      return;
    }
    for (const auto& [key, value] : object.items()) {
      if (key == "_id" || key == "_type") {
        continue;
      }
      const std::string here = path.empty() ? key : path + "." + key;
      const Property* property = schema ? schema->property(key) : nullptr;
      if (key == "_custom" && value.is_array()) {
        for (const json& entry : value) {
          if (entry.is_object() && entry.contains("name") && entry["name"].is_string() &&
              entry.contains("value")) {
            table_[fmt::format("{}[\"{}\"]", path, entry["name"].get<std::string>())] =
                text_at(entry, "type") == "block" ? reference(entry["value"])
                                                   : text_of(entry["value"]);
          }
        }
      } else if (property && property->storage == Storage::Item && value.is_number_integer()) {
        const auto item = items_.find(value.get<std::int64_t>());
        table_[here] = item == items_.end() ? "nothing" : item->second;
      } else if (value.is_object() && !value.contains("_ref")) {
        flatten(value, property ? property->target_schema() : nullptr, here, depth + 1);
      } else if (value.is_array() && !value.empty() && value[0].is_object() &&
                 value[0].contains("_type")) {
        flatten_list(value, here, depth);
      } else {
        table_[here] = text_of(value);
      }
    }
  }

  void flatten_list(const json& list, const std::string& path, int depth) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (!list[i].is_object()) {
        continue;
      }
      const std::string item = item_path(path, list[i], i);
      const json type = list[i].value("_type", json());
      const std::string type_name = type.is_string() ? type.get<std::string>() : std::string();
      table_[item] = type_name;
      flatten(list[i], registry_.find(type_name), item, depth + 1);
    }
  }

  const FileSource& source_;
  const Registry& registry_;
  std::unordered_map<std::int64_t, std::string> items_;
  std::map<std::string, std::string> table_;
};

class Comparison {
public:
  Comparison(const FileSource& before, const FileSource& after, const Registry& registry)
      : before_(before), after_(after), old_(before, registry), new_(after, registry) {}

  Result<std::vector<DocumentDifference>> run() {
    match();
    for (const auto& [old_row, new_row] : pairs_) {
      const Result<void> done = compare(*old_row, *new_row);
      if (!done) {
        return done.error();
      }
    }
    compare_links();
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.block, a.path) < std::tie(b.block, b.path);
    });
    return std::move(found_);
  }

private:
  using What = DocumentDifference::What;

  void match() {
    std::map<std::pair<std::string, std::string>, const FileSource::Row*> named;
    std::set<const FileSource::Row*> matched;
    for (const FileSource::Row& row : after_.rows()) {
      if (row.owner.empty()) {
        named.emplace(std::pair(row.type, row.name), &row);
      }
    }
    std::vector<const FileSource::Row*> left;
    for (const FileSource::Row& row : before_.rows()) {
      if (const FileSource::Row* same = after_.row(row.uuid)) {
        pairs_.emplace_back(&row, same);
        matched.insert(same);
      } else {
        left.push_back(&row);
      }
    }
    for (const FileSource::Row* row : left) {
      const auto same = named.find({row->type, row->name});
      if (row->owner.empty() && same != named.end() && matched.insert(same->second).second) {
        pairs_.emplace_back(row, same->second);
      } else {
        found_.push_back({What::Removed, title(row->type, row->name), {}, {}, {}});
      }
    }
    for (const FileSource::Row& row : after_.rows()) {
      if (!matched.contains(&row)) {
        found_.push_back({What::Added, title(row.type, row.name), {}, {}, {}});
      }
    }
  }

  Result<void> compare(const FileSource::Row& old_row, const FileSource::Row& new_row) {
    const std::string block = title(new_row.type, new_row.name);
    if (old_row.name != new_row.name) {
      found_.push_back(
          {What::Changed, block, "name", '"' + old_row.name + '"', '"' + new_row.name + '"'});
    }
    const Result<json> old_properties = before_.properties(old_row);
    const Result<json> new_properties = after_.properties(new_row);
    if (!old_properties || !new_properties) {
      return !old_properties ? old_properties.error() : new_properties.error();
    }
    compare_tables(block, old_.run(old_row, *old_properties), new_.run(new_row, *new_properties));
    const auto old_arrays = before_.arrays(old_row);
    const auto new_arrays = after_.arrays(new_row);
    if (!old_arrays || !new_arrays) {
      return !old_arrays ? old_arrays.error() : new_arrays.error();
    }
    const auto described = [](const FileSource::StoredArray& array) {
      return fmt::format("{} bytes", array.bytes);
    };
    std::map<std::string, std::pair<const FileSource::StoredArray*, const FileSource::StoredArray*>>
        arrays;
    for (const auto& array : *old_arrays) {
      arrays[array.name].first = &array;
    }
    for (const auto& array : *new_arrays) {
      arrays[array.name].second = &array;
    }
    for (const auto& [name, both] : arrays) {
      if (!both.first || !both.second || both.first->chunks != both.second->chunks) {
        found_.push_back({What::Changed, block, "array " + name,
                          both.first ? described(*both.first) : "",
                          both.second ? described(*both.second) : ""});
      }
    }
    return {};
  }

  void compare_tables(const std::string& block, const std::map<std::string, std::string>& old_table,
                      const std::map<std::string, std::string>& new_table) {
    for (const auto& [path, value] : old_table) {
      const auto now = new_table.find(path);
      if (now == new_table.end() || now->second != value) {
        found_.push_back(
            {What::Changed, block, path, value, now == new_table.end() ? "" : now->second});
      }
    }
    for (const auto& [path, value] : new_table) {
      if (!old_table.contains(path)) {
        found_.push_back({What::Changed, block, path, "", value});
      }
    }
  }

  void compare_links() {
    const auto names = [](const FileSource& source) {
      std::set<std::string> found;
      for (const FileSource::Link& link : source.links()) {
        const FileSource::Row* library = source.row(link.library);
        found.insert(title(link.type, link.name) + " of " + (library ? library->name : "?"));
      }
      return found;
    };
    const std::set<std::string> old_links = names(before_), new_links = names(after_);
    for (const std::string& link : old_links) {
      if (!new_links.contains(link)) {
        found_.push_back({What::Removed, link, {}, {}, {}});
      }
    }
    for (const std::string& link : new_links) {
      if (!old_links.contains(link)) {
        found_.push_back({What::Added, link, {}, {}, {}});
      }
    }
  }

  const FileSource& before_;
  const FileSource& after_;
  Flattener old_, new_;
  std::vector<std::pair<const FileSource::Row*, const FileSource::Row*>> pairs_;
  std::vector<DocumentDifference> found_;
};

}  // namespace

Result<std::vector<DocumentDifference>> diff_documents(const Path& before, const Path& after,
                                                       const Registry& registry) {
  const Result<FileSource> a = FileSource::open(before);
  if (!a) {
    return a.error();
  }
  const Result<FileSource> b = FileSource::open(after);
  if (!b) {
    return b.error();
  }
  return Comparison(*a, *b, registry).run();
}

Result<std::vector<DocumentDifference>> describe_document(const Path& path,
                                                          const Registry& registry) {
  using What = DocumentDifference::What;
  const Result<FileSource> source = FileSource::open(path);
  if (!source) {
    return source.error();
  }
  Flattener flattener(*source, registry);
  std::vector<DocumentDifference> lines;
  for (const FileSource::Row& row : source->rows()) {
    // Parts are told from each other by what they are a part of.
    const FileSource::Row* owner = source->row(row.owner);
    const std::string block =
        (owner ? title(owner->type, owner->name) + " / " : "") + title(row.type, row.name);
    const Result<json> properties = source->properties(row);
    const auto arrays = source->arrays(row);
    if (!properties || !arrays) {
      return !properties ? properties.error() : arrays.error();
    }
    lines.push_back({What::Added, block, {}, {}, {}});
    for (auto& [where, value] : flattener.run(row, *properties)) {
      lines.push_back({What::Changed, block, where, {}, value});
    }
    for (const FileSource::StoredArray& array : *arrays) {
      std::string chunks;
      for (const std::string& chunk : array.chunks) {
        chunks += chunk;
      }
      lines.push_back({What::Changed, block, "array " + array.name, {},
                       fmt::format("{} bytes, {}", array.bytes,
                                   fingerprint(chunks).hex().substr(0, 16))});
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) {
    return std::tie(a.block, a.path) < std::tie(b.block, b.path);
  });
  return lines;
}

}  // namespace kiln
