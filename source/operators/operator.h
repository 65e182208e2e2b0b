#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/progress.h"
#include "core/schema/builder.h"
#include "document/collection.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/project.h"
#include "document/scene.h"
#include "operators/report.h"

namespace kiln::operators {

/// What an operator works on: the document, and what is chosen in it. Made from the present state
/// of a project; scripts and panels may replace parts of it.
struct Context {
  Project& project;
  Progress& progress;
  BlockId scene;
  ItemId view_layer = 0;
  BlockId active;                 ///< active object
  std::vector<BlockId> selected;  ///< selected and visible objects, in the order of the layer
  std::vector<BlockId> chosen;    ///< data-blocks that were pointed at apart from objects
  bool is_invoked =
      false;  ///< called by a person, not by a script: the operator may ask and wait for events
  bool is_redone = false;       ///< in place of its last run, with other settings
  bool is_repeated = false;     ///< once more, with the settings of its last run
  bool is_sequence = false;     ///< rendering frames of a sequence: file names get frame numbers
  std::vector<Report> reports;  ///< for the user, in the order they came up

  explicit Context(Project& of_project, Progress& with_progress);

  Document& document() const { return project.document; }
  const Scene& get_scene() const { return *project.document.find<Scene>(scene); }
  const ViewLayer& layer() const { return get_scene().view_layers[layer_index()]; }
  ViewLayer& edit_layer(Change kinds) const;
  std::int64_t layer_index() const {
    return std::max<std::int64_t>(0, get_scene().view_layers.index_of(view_layer));
  }
  /// Calls functions that scripts attached to an event, for the scene that is worked on or for a
  /// file.
  void notify(std::string_view event) const;
  void notify_file(std::string_view event, const std::string& path) const;
  const Object* active_object() const { return project.document.find<Object>(active); }
  /// The collection new objects go to: the active one of the layer, else the root.
  BlockId active_collection() const;
  /// The selected objects that belong to this document: linked ones are changed in their library.
  /// Where all are linked a report says so.
  std::vector<BlockId> editable();
  /// Objects that are visible and may be selected.
  std::vector<BlockId> selectable() const;
  /// Selects these alone, and makes the last active.
  void select_only(const std::vector<BlockId>& objects);
  /// Adds a new object to the active collection, selected and active, all others deselected.
  Object& add_object(std::string_view name, const DataBlock* data);
};

/// How a call ended. The last three come from operators of scripts that go on after the call, or
/// leave the event to others.
enum class Outcome { Finished, Cancelled, RunningModal, PassThrough, Interface };

/// A verb: settings with a schema, whether it can run, and what it does. Operators are free of any
/// window; what they need from the context they take from `Context`.
struct OperatorType {
  std::string identifier;  ///< "mesh.primitive_cube_add"
  std::string label;
  const Schema* settings = nullptr;
  std::string description;
  bool is_undoable = true;
  bool is_registered = true;  ///< shown in the history of operators and in search
  std::vector<std::string> options = {"REGISTER", "UNDO"};  ///< as `bl_options` shows them
  /// Nothing when it can run, else why not.
  std::function<std::optional<std::string>(const Context&)> poll;
  /// `given` are the names of the settings the caller set.
  std::function<Result<Outcome>(Context&, const void* settings,
                                const std::unordered_set<std::string>& given)>
      run;
};

class OperatorRegistry {
public:
  /// Replaces an operator of the same name.
  OperatorType& add(OperatorType type);
  void remove(std::string_view identifier);
  const OperatorType* find(std::string_view identifier) const;
  const std::vector<std::unique_ptr<OperatorType>>& all() const { return types_; }

private:
  std::vector<std::unique_ptr<OperatorType>> types_;
  std::vector<std::unique_ptr<OperatorType>> retired_;  // one may be running while it is removed
  std::unordered_map<std::string_view, const OperatorType*> by_name_;
};

/// Declares an operator from its settings struct: `Settings::schema()`, and
/// `Result<Outcome> run(Context&, const Settings&, given)`.
template <typename Settings>
OperatorType& add_operator(OperatorRegistry& registry, std::string identifier, std::string label,
                           Result<Outcome> (*run)(Context&, const Settings&,
                                                  const std::unordered_set<std::string>&),
                           std::function<std::optional<std::string>(const Context&)> poll = {}) {
  OperatorType type;
  type.identifier = std::move(identifier);
  type.label = std::move(label);
  type.settings = &Settings::schema();
  type.poll = std::move(poll);
  type.run = [run](Context& context, const void* settings,
                   const std::unordered_set<std::string>& given) {
    return run(context, *static_cast<const Settings*>(settings), given);
  };
  return registry.add(std::move(type));
}

/// After another document has taken the place of the old one: calls what scripts attached to that.
/// `use_scripts`: whether texts of the file run; as the preferences say where it is nothing.
void notify_loaded(const Context& context, const std::string& path,
                   std::optional<bool> use_scripts = {});

/// Puts the geometry and attributes of one mesh in place of those of a data-block, which keeps its
/// name and identity.
void replace_geometry(Mesh& block, Mesh geometry);

/// For operators without settings.
struct NoSettings {
  static const Schema& schema();
};

// Polls that many operators share.
std::optional<std::string> needs_object_mode(const Context& context);
std::optional<std::string> needs_active_object(const Context& context);

}  // namespace kiln::operators
