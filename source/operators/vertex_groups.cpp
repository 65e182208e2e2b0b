// Operators on the vertex groups of a mesh and their weights.
#include <functional>

#include "core/kd_tree.h"
#include "document/mesh.h"
#include "operators/mesh_operators.h"
#include "operators/operator.h"

namespace kiln::operators {
namespace {

using Given = std::unordered_set<std::string>;

// The weights as one list of (group, weight) for each vertex, which can be changed one by one.
struct Rows {
  struct Entry {
    int group;
    float weight;
  };
  std::vector<std::vector<Entry>> vertices;

  explicit Rows(const Mesh& mesh) : vertices(mesh.vertex_count()) {
    const VertexWeights& w = mesh.weights;
    for (std::size_t v = 0; v + 1 < w.offsets.size() && v < vertices.size(); ++v) {
      for (int i = w.offsets[v]; i < w.offsets[v + 1]; ++i) {
        // Files may have weights of groups that are not there.
        if (w.groups[std::size_t(i)] < mesh.vertex_groups.size()) {
          vertices[v].push_back({w.groups[std::size_t(i)], w.weights[std::size_t(i)]});
        }
      }
    }
  }
  VertexWeights packed() const {
    std::vector<int> offsets{0}, groups;
    std::vector<float> weights;
    for (const auto& row : vertices) {
      for (const Entry& entry : row) {
        groups.push_back(entry.group);
        weights.push_back(std::clamp(entry.weight, 0.0f, 1.0f));
      }
      offsets.push_back(int(groups.size()));
    }
    VertexWeights packed;
    if (!groups.empty()) {
      packed.offsets = Array<int>(std::move(offsets));
      packed.groups = Array<int>(std::move(groups));
      packed.weights = Array<float>(std::move(weights));
    }
    return packed;
  }
};

const Mesh* active_mesh(const Context& context) {
  const Object* object = context.active_object();
  return object ? context.document().find<Mesh>(object->data.id) : nullptr;
}

std::optional<std::string> needs_mesh(const Context& context) {
  const Mesh* mesh = active_mesh(context);
  return !mesh               ? std::optional<std::string>("the active object has no mesh")
         : mesh->is_linked() ? std::optional<std::string>("the mesh is linked from a library")
                             : std::nullopt;
}

std::optional<std::string> needs_groups(const Context& context) {
  const std::optional<std::string> problem = needs_mesh(context);
  return problem ? problem
         : active_mesh(context)->vertex_groups.empty()
             ? std::optional<std::string>("the mesh has no vertex groups")
             : std::nullopt;
}

Mesh& edit_mesh(Context& context) {
  return context.document().edit<Mesh>(active_mesh(context)->id, Change::Geometry);
}

enum class GroupSubset : std::uint8_t { Active, All };

template <typename Settings>
void add_subset(SchemaBuilder<Settings>& s) {
  s.template add<&Settings::group_select_mode>("group_select_mode", "Subset")
      .items({{"ACTIVE", "Active Group", 0}, {"ALL", "All Groups", 1}})
      .default_value("")
      .not_animatable();
}

// Which groups may change: those of the subset that are not locked.
std::vector<char> chosen_groups(const Mesh& mesh, GroupSubset subset) {
  std::vector<char> chosen(std::size_t(mesh.vertex_groups.size()), 0);
  for (std::int64_t g = 0; g < mesh.vertex_groups.size(); ++g) {
    chosen[std::size_t(g)] = !mesh.vertex_groups[g].lock_weight &&
                             (subset == GroupSubset::All || g == mesh.active_vertex_group);
  }
  return chosen;
}

// Calls `change` with the row of each vertex.
Outcome change_rows(Context& context,
                    const std::function<void(std::vector<Rows::Entry>&)>& change) {
  Rows rows(*active_mesh(context));
  for (auto& row : rows.vertices) {
    change(row);
  }
  edit_mesh(context).weights = rows.packed();
  return Outcome::Finished;
}

Result<Outcome> normalize(Context& context, const NoSettings&, const Given&) {
  const std::vector<char> chosen = chosen_groups(*active_mesh(context), GroupSubset::Active);
  float highest = 0.0f;
  const Rows rows(*active_mesh(context));
  for (const auto& row : rows.vertices) {
    for (const Rows::Entry& entry : row) {
      highest = chosen[std::size_t(entry.group)] ? std::max(highest, entry.weight) : highest;
    }
  }
  if (highest <= 0.0f) {
    return Outcome::Cancelled;
  }
  return change_rows(context, [&](std::vector<Rows::Entry>& row) {
    for (Rows::Entry& entry : row) {
      entry.weight /= chosen[std::size_t(entry.group)] ? highest : 1.0f;
    }
  });
}

struct NormalizeAllSettings {
  GroupSubset group_select_mode = GroupSubset::All;
  bool lock_active = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<NormalizeAllSettings> s("OBJECT_OT_vertex_group_normalize_all",
                                            "Normalize All Vertex Groups");
      add_subset(s);
      s.add<&NormalizeAllSettings::lock_active>("lock_active", "Lock Active")
          .describe("The weights of the active group stay, the others share what is left")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> normalize_all(Context& context, const NormalizeAllSettings& s, const Given&) {
  const Mesh& mesh = *active_mesh(context);
  std::vector<char> counted(std::size_t(mesh.vertex_groups.size()),
                            s.group_select_mode == GroupSubset::All);
  std::vector<char> locked(counted.size());
  for (std::int64_t g = 0; g < mesh.vertex_groups.size(); ++g) {
    const bool is_active = g == mesh.active_vertex_group;
    counted[std::size_t(g)] = counted[std::size_t(g)] || is_active;
    locked[std::size_t(g)] = mesh.vertex_groups[g].lock_weight || (s.lock_active && is_active);
  }
  return change_rows(context, [&](std::vector<Rows::Entry>& row) {
    float fixed = 0.0f, free = 0.0f;
    int free_count = 0;
    for (const Rows::Entry& entry : row) {
      if (counted[std::size_t(entry.group)]) {
        (locked[std::size_t(entry.group)] ? fixed : free) += entry.weight;
        free_count += !locked[std::size_t(entry.group)];
      }
    }
    const float left = std::max(0.0f, 1.0f - fixed);
    for (Rows::Entry& entry : row) {
      if (counted[std::size_t(entry.group)] && !locked[std::size_t(entry.group)]) {
        entry.weight = free > 0.0f ? entry.weight * left / free : left / float(free_count);
      }
    }
  });
}

struct LevelsSettings {
  GroupSubset group_select_mode = GroupSubset::Active;
  float offset = 0.0f, gain = 1.0f;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LevelsSettings> s("OBJECT_OT_vertex_group_levels", "Vertex Group Levels");
      add_subset(s);
      s.add<&LevelsSettings::offset>("offset", "Offset").range(-1, 1).step(1).not_animatable();
      s.add<&LevelsSettings::gain>("gain", "Gain")
          .range(0, infinity)
          .soft(0, 10)
          .step(1)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> levels(Context& context, const LevelsSettings& s, const Given&) {
  const std::vector<char> chosen = chosen_groups(*active_mesh(context), s.group_select_mode);
  return change_rows(context, [&](std::vector<Rows::Entry>& row) {
    for (Rows::Entry& entry : row) {
      if (chosen[std::size_t(entry.group)]) {
        entry.weight = s.gain * (entry.weight + s.offset);
      }
    }
  });
}

struct CleanSettings {
  GroupSubset group_select_mode = GroupSubset::Active;
  float limit = 0.0f;
  bool keep_single = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<CleanSettings> s("OBJECT_OT_vertex_group_clean", "Clean Vertex Group Weights");
      add_subset(s);
      s.add<&CleanSettings::limit>("limit", "Limit")
          .range(0, 1)
          .soft(0, 0.99)
          .step(1)
          .not_animatable();
      s.add<&CleanSettings::keep_single>("keep_single", "Keep Single")
          .describe("A vertex stays in its last group")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> clean(Context& context, const CleanSettings& s, const Given&) {
  const std::vector<char> chosen = chosen_groups(*active_mesh(context), s.group_select_mode);
  return change_rows(context, [&](std::vector<Rows::Entry>& row) {
    for (std::size_t i = row.size(); i-- > 0;) {
      if (s.keep_single && row.size() == 1) {
        break;
      }
      if (chosen[std::size_t(row[i].group)] && row[i].weight <= s.limit) {
        row.erase(row.begin() + std::ptrdiff_t(i));
      }
    }
  });
}

struct QuantizeSettings {
  GroupSubset group_select_mode = GroupSubset::Active;
  std::int32_t steps = 4;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<QuantizeSettings> s("OBJECT_OT_vertex_group_quantize",
                                        "Quantize Vertex Weights");
      add_subset(s);
      s.add<&QuantizeSettings::steps>("steps", "Steps")
          .range(1, 1000)
          .soft(1, 100)
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> quantize(Context& context, const QuantizeSettings& s, const Given&) {
  const std::vector<char> chosen = chosen_groups(*active_mesh(context), s.group_select_mode);
  return change_rows(context, [&](std::vector<Rows::Entry>& row) {
    for (Rows::Entry& entry : row) {
      if (chosen[std::size_t(entry.group)]) {
        entry.weight = std::floor(entry.weight * float(s.steps) + 0.5f) / float(s.steps);
      }
    }
  });
}

struct LimitSettings {
  GroupSubset group_select_mode = GroupSubset::All;
  std::int32_t limit = 4;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LimitSettings> s("OBJECT_OT_vertex_group_limit_total",
                                     "Limit Number of Weights per Vertex");
      add_subset(s);
      s.add<&LimitSettings::limit>("limit", "Limit").range(1, 32).not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> limit_total(Context& context, const LimitSettings& s, const Given&) {
  const std::vector<char> chosen = chosen_groups(*active_mesh(context), s.group_select_mode);
  std::size_t removed = 0;
  const Outcome outcome = change_rows(context, [&](std::vector<Rows::Entry>& row) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (chosen[std::size_t(row[i].group)]) {
        order.push_back(i);
      }
    }
    if (order.size() <= std::size_t(s.limit)) {
      return;
    }
    // The smallest go.
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return row[a].weight < row[b].weight; });
    order.resize(order.size() - std::size_t(s.limit));
    std::sort(order.rbegin(), order.rend());
    for (const std::size_t i : order) {
      row.erase(row.begin() + std::ptrdiff_t(i));
    }
    removed += order.size();
  });
  return removed > 0 ? outcome : Outcome::Cancelled;
}

struct InvertSettings {
  GroupSubset group_select_mode = GroupSubset::Active;
  bool auto_assign = true, auto_remove = true;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<InvertSettings> s("OBJECT_OT_vertex_group_invert", "Invert Vertex Group");
      add_subset(s);
      s.add<&InvertSettings::auto_assign>("auto_assign", "Add Weights")
          .describe("Vertices outside of a group become members")
          .not_animatable();
      s.add<&InvertSettings::auto_remove>("auto_remove", "Remove Weights")
          .describe("Vertices whose weight becomes zero leave")
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> invert(Context& context, const InvertSettings& s, const Given&) {
  const std::vector<char> chosen = chosen_groups(*active_mesh(context), s.group_select_mode);
  return change_rows(context, [&](std::vector<Rows::Entry>& row) {
    for (std::size_t g = 0; g < chosen.size(); ++g) {
      if (!chosen[g]) {
        continue;
      }
      const auto entry = std::find_if(
          row.begin(), row.end(), [&](const Rows::Entry& e) { return std::size_t(e.group) == g; });
      if (entry == row.end()) {
        if (s.auto_assign) {
          row.push_back({int(g), 1.0f});
        }
        continue;
      }
      entry->weight = 1.0f - entry->weight;
      if (s.auto_remove && entry->weight <= 0.0f) {
        row.erase(entry);
      }
    }
  });
}

// "Arm.L" and "Arm.R", "left_leg" and "right_leg", ...; the name itself where it has no side.
std::string other_side(const std::string& name) {
  if (name.size() >= 2) {
    const auto flipped = [](char c) {
      return c == 'l' ? 'r' : c == 'r' ? 'l' : c == 'L' ? 'R' : c == 'R' ? 'L' : '\0';
    };
    const auto is_separator = [](char c) { return c == '.' || c == ' ' || c == '-' || c == '_'; };
    std::string out = name;
    if (is_separator(name[name.size() - 2]) && flipped(name.back())) {
      out.back() = flipped(name.back());
      return out;
    }
    if (is_separator(name[1]) && flipped(name[0])) {
      out[0] = flipped(name[0]);
      return out;
    }
  }
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"left", "right"},
                                 {"right", "left"},
                                 {"Left", "Right"},
                                 {"Right", "Left"},
                                 {"LEFT", "RIGHT"},
                                 {"RIGHT", "LEFT"}}) {
    if (name.starts_with(from)) {
      return to + name.substr(from.size());
    }
    if (name.ends_with(from)) {
      return name.substr(0, name.size() - from.size()) + to;
    }
  }
  return name;
}

struct MirrorSettings {
  bool mirror_weights = true, flip_group_names = true, all_groups = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MirrorSettings> s("OBJECT_OT_vertex_group_mirror", "Mirror Vertex Group");
      s.add<&MirrorSettings::mirror_weights>("mirror_weights", "Mirror Weights").not_animatable();
      s.add<&MirrorSettings::flip_group_names>("flip_group_names", "Flip Group Names")
          .not_animatable();
      s.add<&MirrorSettings::all_groups>("all_groups", "All Groups").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// For each vertex the one at its mirror image across X; -1 where there is none.
std::vector<int> mirror_images(const Mesh& mesh) {
  constexpr float reach = 2e-5f;
  const Array<float3>& positions = mesh.positions();
  std::vector<KdTree::Point> points;
  for (std::size_t v = 0; v < positions.size(); ++v) {
    points.push_back({positions[v], int(v)});
  }
  const KdTree tree(std::move(points));
  std::vector<int> images(positions.size(), -1);
  for (std::size_t v = 0; v < positions.size(); ++v) {
    const float3 p = positions[v];
    const KdTree::Found found = tree.find_nearest({-p.x, p.y, p.z});
    if (found.distance < reach) {
      images[v] = found.index;
    }
  }
  return images;
}

Result<Outcome> mirror(Context& context, const MirrorSettings& s, const Given&) {
  const Mesh& mesh = *active_mesh(context);
  if (!s.mirror_weights && !s.flip_group_names) {
    return Outcome::Cancelled;
  }
  // Where the entries of a group go.
  std::vector<int> partner(std::size_t(mesh.vertex_groups.size()));
  std::vector<char> chosen(partner.size());
  for (std::int64_t g = 0; g < mesh.vertex_groups.size(); ++g) {
    const std::int64_t other =
        s.flip_group_names ? mesh.vertex_groups.find(other_side(mesh.vertex_groups[g].name)) : -1;
    partner[std::size_t(g)] = other < 0 ? int(g) : int(other);
  }
  for (std::size_t g = 0; g < chosen.size(); ++g) {
    const bool is_active =
        int(g) == mesh.active_vertex_group ||
        (mesh.active_vertex_group >= 0 && partner[g] == mesh.active_vertex_group);
    chosen[g] = (s.all_groups || is_active) && !mesh.vertex_groups[std::int64_t(g)].lock_weight;
  }
  Rows rows(mesh);
  const Rows before = rows;
  const std::vector<int> images =
      s.mirror_weights ? mirror_images(mesh) : std::vector<int>(rows.vertices.size(), -1);
  for (std::size_t v = 0; v < rows.vertices.size(); ++v) {
    if (s.mirror_weights && images[v] < 0) {
      continue;
    }
    const auto& from = before.vertices[s.mirror_weights ? std::size_t(images[v]) : v];
    auto& row = rows.vertices[v];
    std::erase_if(row, [&](const Rows::Entry& e) { return chosen[std::size_t(e.group)] != 0; });
    for (const Rows::Entry& entry : from) {
      if (chosen[std::size_t(entry.group)]) {
        row.push_back({partner[std::size_t(entry.group)], entry.weight});
      }
    }
  }
  edit_mesh(context).weights = rows.packed();
  return Outcome::Finished;
}

// The groups themselves.

// Entries of group g go to `to[g]`, or away where that is -1.
void renumber(Mesh& mesh, const std::vector<int>& to) {
  Rows rows(mesh);
  for (auto& row : rows.vertices) {
    std::erase_if(row, [&](const Rows::Entry& e) { return to[std::size_t(e.group)] < 0; });
    for (Rows::Entry& entry : row) {
      entry.group = to[std::size_t(entry.group)];
    }
  }
  mesh.weights = rows.packed();
}

std::string free_name(const Mesh& mesh, const std::string& name) {
  return unique_item_name(
      name, [&](std::string_view taken) { return mesh.vertex_groups.find(taken) >= 0; });
}

Result<Outcome> add_group(Context& context, const NoSettings&, const Given&) {
  Mesh& mesh = edit_mesh(context);
  mesh.vertex_groups.add(VertexGroup{free_name(mesh, "Group")});
  mesh.active_vertex_group = int(mesh.vertex_groups.size()) - 1;
  return Outcome::Finished;
}

struct RemoveSettings {
  bool all = false, all_unlocked = false;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<RemoveSettings> s("OBJECT_OT_vertex_group_remove", "Remove Vertex Group");
      s.add<&RemoveSettings::all>("all", "All").not_animatable();
      s.add<&RemoveSettings::all_unlocked>("all_unlocked", "All Unlocked").not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> remove_groups(Context& context, const RemoveSettings& s, const Given&) {
  Mesh& mesh = edit_mesh(context);
  const std::int64_t count = mesh.vertex_groups.size();
  std::vector<int> to(static_cast<std::size_t>(count), -1);
  std::vector<std::int64_t> gone;
  int next = 0;
  for (std::int64_t g = 0; g < count; ++g) {
    const bool goes = s.all || (s.all_unlocked ? !mesh.vertex_groups[g].lock_weight
                                               : g == mesh.active_vertex_group);
    if (goes) {
      gone.push_back(g);
    } else {
      to[std::size_t(g)] = next++;
    }
  }
  if (gone.empty()) {
    return Outcome::Cancelled;
  }
  renumber(mesh, to);
  for (auto g = gone.rbegin(); g != gone.rend(); ++g) {
    mesh.vertex_groups.remove(*g);
  }
  mesh.active_vertex_group = std::clamp(mesh.active_vertex_group, next > 0 ? 0 : -1, next - 1);
  return Outcome::Finished;
}

Result<Outcome> copy_group(Context& context, const NoSettings&, const Given&) {
  Mesh& mesh = edit_mesh(context);
  const int active = mesh.active_vertex_group;
  if (active < 0 || active >= mesh.vertex_groups.size()) {
    return Outcome::Cancelled;
  }
  VertexGroup copy = mesh.vertex_groups[active];
  copy.name = free_name(mesh, copy.name + "_copy");
  mesh.vertex_groups.add(copy);
  const int made = int(mesh.vertex_groups.size()) - 1;
  Rows rows(mesh);
  for (auto& row : rows.vertices) {
    const auto entry = std::find_if(row.begin(), row.end(),
                                    [&](const Rows::Entry& e) { return e.group == active; });
    if (entry != row.end()) {
      row.push_back({made, entry->weight});
    }
  }
  mesh.weights = rows.packed();
  mesh.active_vertex_group = made;
  return Outcome::Finished;
}

// Puts the groups into another order: group i becomes what `order[i]` was.
void reorder(Mesh& mesh, const std::vector<std::int64_t>& order) {
  std::vector<int> to(order.size());
  ItemList<VertexGroup> sorted = mesh.vertex_groups;
  for (std::size_t i = 0; i < order.size(); ++i) {
    to[std::size_t(order[i])] = int(i);
    const std::int64_t at = sorted.index_of(mesh.vertex_groups.id(order[i]));
    sorted.move(at, std::int64_t(i));
  }
  renumber(mesh, to);
  mesh.vertex_groups = std::move(sorted);
  if (mesh.active_vertex_group >= 0) {
    mesh.active_vertex_group = to[std::size_t(mesh.active_vertex_group)];
  }
}

enum class GroupOrder : std::uint8_t { Name };

struct SortSettings {
  GroupOrder sort_type = GroupOrder::Name;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<SortSettings> s("OBJECT_OT_vertex_group_sort", "Sort Vertex Groups");
      s.add<&SortSettings::sort_type>("sort_type", "Sort Type")
          .items({{"NAME", "Name", 0}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> sort_groups(Context& context, const SortSettings&, const Given&) {
  Mesh& mesh = edit_mesh(context);
  std::vector<std::int64_t> order(std::size_t(mesh.vertex_groups.size()));
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = std::int64_t(i);
  }
  const auto folded = [&](std::int64_t g) {
    std::string name = mesh.vertex_groups[g].name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return char(std::tolower(c)); });
    return name;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::int64_t a, std::int64_t b) { return folded(a) < folded(b); });
  reorder(mesh, order);
  return Outcome::Finished;
}

enum class MoveDirection : std::uint8_t { Up, Down };

struct MoveSettings {
  MoveDirection direction = MoveDirection::Up;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<MoveSettings> s("OBJECT_OT_vertex_group_move", "Move Vertex Group");
      s.add<&MoveSettings::direction>("direction", "Direction")
          .items({{"UP", "Up", 0}, {"DOWN", "Down", 1}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

Result<Outcome> move_group(Context& context, const MoveSettings& s, const Given&) {
  Mesh& mesh = edit_mesh(context);
  const int count = int(mesh.vertex_groups.size()), active = mesh.active_vertex_group;
  const int other = active + (s.direction == MoveDirection::Up ? -1 : 1);
  if (active < 0 || other < 0 || other >= count) {
    return Outcome::Cancelled;
  }
  std::vector<std::int64_t> order(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = std::int64_t(i);
  }
  std::swap(order[std::size_t(active)], order[std::size_t(other)]);
  reorder(mesh, order);
  return Outcome::Finished;
}

enum class LockAction : std::uint8_t { Toggle, Lock, Unlock, Invert };
enum class LockMask : std::uint8_t { All, Selected, Unselected, InvertUnselected };

struct LockSettings {
  LockAction action = LockAction::Toggle;
  LockMask mask = LockMask::All;
  static const Schema& schema() {
    static const Schema schema = [] {
      SchemaBuilder<LockSettings> s("OBJECT_OT_vertex_group_lock",
                                    "Change the Lock On Vertex Groups");
      s.add<&LockSettings::action>("action", "Action")
          .items({{"TOGGLE", "Toggle", 0},
                  {"LOCK", "Lock", 1},
                  {"UNLOCK", "Unlock", 2},
                  {"INVERT", "Invert", 3}})
          .not_animatable();
      s.add<&LockSettings::mask>("mask", "Mask")
          .items({{"ALL", "All", 0},
                  {"SELECTED", "Selected", 1},
                  {"UNSELECTED", "Unselected", 2},
                  {"INVERT_UNSELECTED", "Invert Unselected", 3}})
          .not_animatable();
      return s.build();
    }();
    return schema;
  }
};

// The active group is the selected one.
Result<Outcome> lock_groups(Context& context, const LockSettings& s, const Given&) {
  Mesh& mesh = edit_mesh(context);
  const auto is_masked = [&](std::int64_t g) {
    const bool is_active = g == mesh.active_vertex_group;
    return s.mask == LockMask::All || s.mask == LockMask::InvertUnselected ||
           (s.mask == LockMask::Selected) == is_active;
  };
  LockAction action = s.action;
  if (action == LockAction::Toggle) {
    action = LockAction::Lock;
    for (std::int64_t g = 0; g < mesh.vertex_groups.size(); ++g) {
      const bool counts =
          s.mask == LockMask::InvertUnselected ? g == mesh.active_vertex_group : is_masked(g);
      if (counts && mesh.vertex_groups[g].lock_weight) {
        action = LockAction::Unlock;
      }
    }
  }
  for (std::int64_t g = 0; g < mesh.vertex_groups.size(); ++g) {
    if (!is_masked(g)) {
      continue;
    }
    const bool is_opposite = s.mask == LockMask::InvertUnselected && g != mesh.active_vertex_group;
    bool& lock = mesh.vertex_groups.edit(g).lock_weight;
    lock = action == LockAction::Invert ? !lock : (action == LockAction::Lock) != is_opposite;
  }
  return Outcome::Finished;
}

}  // namespace

void register_vertex_groups(OperatorRegistry& registry) {
  add_operator(registry, "object.vertex_group_add", "Add Vertex Group", add_group, needs_mesh);
  add_operator(registry, "object.vertex_group_remove", "Remove Vertex Group", remove_groups,
               needs_groups);
  add_operator(registry, "object.vertex_group_copy", "Copy Vertex Group", copy_group, needs_groups);
  add_operator(registry, "object.vertex_group_sort", "Sort Vertex Groups", sort_groups,
               needs_groups);
  add_operator(registry, "object.vertex_group_move", "Move Vertex Group", move_group, needs_groups);
  add_operator(registry, "object.vertex_group_lock", "Change the Lock On Vertex Groups",
               lock_groups, needs_groups);
  add_operator(registry, "object.vertex_group_normalize", "Normalize Vertex Group", normalize,
               needs_groups);
  add_operator(registry, "object.vertex_group_normalize_all", "Normalize All Vertex Groups",
               normalize_all, needs_groups);
  add_operator(registry, "object.vertex_group_levels", "Vertex Group Levels", levels, needs_groups);
  add_operator(registry, "object.vertex_group_clean", "Clean Vertex Group Weights", clean,
               needs_groups);
  add_operator(registry, "object.vertex_group_quantize", "Quantize Vertex Weights", quantize,
               needs_groups);
  add_operator(registry, "object.vertex_group_limit_total", "Limit Number of Weights per Vertex",
               limit_total, needs_groups);
  add_operator(registry, "object.vertex_group_invert", "Invert Vertex Group", invert, needs_groups);
  add_operator(registry, "object.vertex_group_mirror", "Mirror Vertex Group", mirror, needs_groups);
}

}  // namespace kiln::operators
