#include "document/file/merge_properties.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "document/file/stored_items.h"

namespace kiln {
namespace {

using nlohmann::json;

constexpr int max_depth = 64;

const json& part_of(const json& object, const std::string& key) {
  static const json none;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

bool is_struct(const json& value) {
  return value.is_object() && !value.contains("_ref");
}

// Lists by key; nothing where the list goes by position.
struct Keyed {
  std::vector<std::string> order;
  std::map<std::string, json> items;
  bool is_named = true;

  explicit Keyed(const json& list) {
    if (!list.is_array()) {
      return;
    }
    const std::vector<std::string> keys = item_keys(list);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      is_named = is_named && !keys[i].empty();
      order.push_back(keys[i]);
      items.emplace(keys[i], list[i]);
    }
  }
  const json& operator[](const std::string& key) const {
    static const json none;
    const auto found = items.find(key);
    return found == items.end() ? none : found->second;
  }
  bool has(const std::string& key) const { return items.contains(key); }
};

// `first` with what only `second` has put behind what it follows there.
std::vector<std::string> merged_order(const std::vector<std::string>& first,
                                      const std::vector<std::string>& second) {
  std::vector<std::string> order = first;
  std::set<std::string> known(first.begin(), first.end());
  auto at = order.begin();
  for (const std::string& key : second) {
    if (known.insert(key).second) {
      at = order.insert(at, key) + 1;
    } else {
      at = std::find(order.begin(), order.end(), key) + 1;
    }
  }
  return order;
}

std::vector<std::string> common_part(const std::vector<std::string>& order, const Keyed& a,
                                     const Keyed& b) {
  std::vector<std::string> part;
  std::copy_if(order.begin(), order.end(), std::back_inserter(part),
               [&](const std::string& key) { return a.has(key) && b.has(key); });
  return part;
}

bool is_absent_or(const json& value, bool (*is)(const json&)) {
  return value.is_null() || (value.is_array() && value.empty()) || is(value);
}

bool is_custom_list(const json& value) {
  if (!value.is_array()) {
    return false;
  }
  return std::all_of(value.begin(), value.end(), [](const json& entry) {
    return entry.is_object() && entry.contains("name") && entry["name"].is_string();
  });
}

}  // namespace

bool is_view_state(const std::string& key) {
  return key == "select" || key.starts_with("select_") || key == "stored_selected" ||
         key == "stored_hidden" || key.starts_with("stored_active") || key == "frame_current" ||
         key == "frame_subframe" || key.starts_with("active_") || key == "show_expanded" ||
         key == "is_dirty";
}

json PropertyMerge::run(const json& base, const json& ours, const json& theirs) {
  return merge(base, ours, theirs, "", 0);
}

void PropertyMerge::note(std::vector<MergeConflict>& list, const std::string& path,
                         const json& base, const json& ours, const json& theirs) {
  const auto shown = [&](const json& value) {
    return value.is_null() ? std::string() : text_of_(value);
  };
  list.push_back({block_, path, shown(base), shown(ours), shown(theirs)});
}

json PropertyMerge::merge(const json& base, const json& ours, const json& theirs,
                          const std::string& path, int depth) {
  if (ours == theirs || theirs == base) {
    return ours;
  }
  const bool is_deep = depth > max_depth;
  const bool are_structs =
      is_struct(ours) && is_struct(theirs) && (base.is_null() || is_struct(base));
  if (are_structs && !is_deep) {
    return merge_objects(base, ours, theirs, path, depth);
  }
  const auto all = [&](bool (*is)(const json&)) {
    return is_absent_or(base, is) && is_absent_or(ours, is) && is_absent_or(theirs, is);
  };
  if (!is_deep && all(is_item_list)) {
    return merge_items(base, ours, theirs, path, depth);
  }
  if (all(is_reference_list) && !base.is_null() + !ours.is_null() + !theirs.is_null() > 1) {
    json merged = merge_references(base, ours, theirs);
    if (merged != ours) {
      note(report_.taken, path, base, ours, theirs);
    }
    return merged;
  }
  if (ours == base) {
    note(report_.taken, path, base, ours, theirs);
    return theirs;
  }
  note(report_.conflicts, path, base, ours, theirs);
  return ours;
}

json PropertyMerge::merge_objects(const json& base, const json& ours, const json& theirs,
                                  const std::string& path, int depth) {
  std::set<std::string> keys;
  for (const json* side : {&base, &ours, &theirs}) {
    if (side->is_object()) {
      for (const auto& [key, value] : side->items()) {
        keys.insert(key);
      }
    }
  }
  json merged = json::object();
  for (const std::string& key : keys) {
    const json &b = part_of(base, key), &o = part_of(ours, key), &t = part_of(theirs, key);
    const std::string here = path.empty() ? key : path + "." + key;
    json value;
    if (is_view_state(key)) {
      value = o == b ? t : o;
    } else if (key == "_id") {
      value = o.is_null() ? t : o;
    } else if (key == "_custom" && is_absent_or(b, is_custom_list) &&
               is_absent_or(o, is_custom_list) && is_absent_or(t, is_custom_list)) {
      // Custom properties go by name, in an order of their own.
      const Keyed of_base(b), of_ours(o), of_theirs(t);
      value = json::array();
      for (const std::string& name : merged_order(of_ours.order, of_theirs.order)) {
        json entry = of_ours[name] == of_theirs[name] || of_theirs[name] == of_base[name]
                         ? of_ours[name]
                         : of_theirs[name];
        if (entry != of_ours[name]) {
          const bool is_conflict = of_ours[name] != of_base[name];
          note(is_conflict ? report_.conflicts : report_.taken, fmt::format("{}[{}]", path, name),
               part_of(of_base[name], "value"), part_of(of_ours[name], "value"),
               part_of(of_theirs[name], "value"));
          entry = is_conflict ? of_ours[name] : entry;
        }
        if (!entry.is_null()) {
          value.push_back(std::move(entry));
        }
      }
      value = value.empty() ? json() : value;
    } else {
      value = merge(b, o, t, here, depth + 1);
    }
    if (!value.is_null()) {
      merged[key] = std::move(value);
    }
  }
  return merged;
}

json PropertyMerge::merge_items(const json& base, const json& ours, const json& theirs,
                                const std::string& path, int depth) {
  const Keyed of_base(base), of_ours(ours), of_theirs(theirs);
  if (!of_base.is_named || !of_ours.is_named || !of_theirs.is_named) {
    // By position: item by item where there are as many, else as a whole.
    if (ours.size() == theirs.size() && base.size() == ours.size() && base.is_array()) {
      json merged = json::array();
      for (std::size_t i = 0; i < ours.size(); ++i) {
        merged.push_back(
            merge(base[i], ours[i], theirs[i], fmt::format("{}[{}]", path, i), depth + 1));
      }
      return merged;
    }
    note(ours == base ? report_.taken : report_.conflicts, path, base, ours, theirs);
    return ours == base ? theirs : ours;
  }
  // The order of ours, unless only theirs changed it.
  const bool ours_keeps = common_part(of_ours.order, of_base, of_theirs) ==
                          common_part(of_base.order, of_ours, of_theirs);
  const std::vector<std::string> order = ours_keeps ? merged_order(of_theirs.order, of_ours.order)
                                                    : merged_order(of_ours.order, of_theirs.order);
  json merged = json::array();
  for (const std::string& key : order) {
    const json &b = of_base[key], &o = of_ours[key], &t = of_theirs[key];
    const std::string here = fmt::format("{}[{}]", path, key);
    const bool is_other_type =
        !o.is_null() && !t.is_null() && part_of(o, "_type") != part_of(t, "_type");
    json item;
    if (o == t || t == b) {
      item = o;
    } else if (o.is_null() || t.is_null() || is_other_type) {
      // Added or removed by one side, or made something else.
      const bool is_conflict = o != b;
      note(is_conflict ? report_.conflicts : report_.taken, here, part_of(b, "_type"),
           part_of(o, "_type"), part_of(t, "_type"));
      item = is_conflict ? o : t;
    } else {
      item = merge(b, o, t, here, depth + 1);
    }
    if (!item.is_null()) {
      merged.push_back(std::move(item));
    }
  }
  return merged;
}

// Sets of data-blocks: what either side added is in, what either removed is not.
json PropertyMerge::merge_references(const json& base, const json& ours, const json& theirs) {
  const auto has = [](const json& list, const json& reference) {
    return list.is_array() && std::find(list.begin(), list.end(), reference) != list.end();
  };
  json merged = json::array();
  for (const json& reference : ours.is_array() ? ours : json::array()) {
    if (has(theirs, reference) || !has(base, reference) ||
        stays_(reference["_ref"].get<std::string>())) {
      merged.push_back(reference);
    }
  }
  for (const json& reference : theirs.is_array() ? theirs : json::array()) {
    if (!has(base, reference) && !has(ours, reference)) {
      merged.push_back(reference);
    }
  }
  return merged.empty() ? json() : merged;
}

}  // namespace kiln
