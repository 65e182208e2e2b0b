#pragma once

#include "core/tasks.h"
#include "modeling/edit_operators.h"
#include "operators/operator.h"

/// What operators on meshes in edit mode share.
namespace kiln::operators {

/// Why there is nothing to edit: a poll.
std::optional<std::string> needs_edited_mesh(const Context& context);

/// The meshes of all objects in edit mode, the active one first. What scripts changed in their edit
/// meshes is written first.
std::vector<BlockId> edited_meshes(Context& context);

/// Slots of the selected elements of a kind, in their order.
std::vector<int> selected_slots(modeling::EditMesh& mesh, modeling::ElementKind kind);
/// Slots of all elements of a kind.
std::vector<int> all_slots(const modeling::EditMesh& mesh, modeling::ElementKind kind);
/// Vertices, edges and faces that are selected, as an argument named "geom".
modeling::SlotValues selected_geometry(modeling::EditMesh& mesh);
void deselect_all(modeling::EditMesh& mesh);
/// Selects elements with what belongs to them; those that are gone or hidden are left out.
void select_all_of(modeling::EditMesh& mesh, const std::vector<modeling::Element>& elements);
void select_slots(modeling::EditMesh& mesh, modeling::ElementKind kind, std::span<const int> slots);

/// Runs one of `modeling::edit_operators()`.
Result<modeling::SlotValues> run_edit_operator(modeling::EditMesh& mesh, std::string_view name,
                                               const modeling::SlotValues& arguments);

/// Calls `change` for every mesh in edit mode, and writes those for which it says that they were
/// changed. Finished where any was. Cost: linear in the meshes.
Result<Outcome> edit_meshes(Context& context,
                            FunctionRef<Result<bool>(modeling::EditMesh&)> change);
/// The same for changes of what is selected or hidden alone: geometry stays as it is.
Result<Outcome> edit_selections(Context& context,
                                FunctionRef<Result<bool>(modeling::EditMesh&)> change);

/// Joins selected vertices with others that they lie on, where the tool settings ask for it
/// (`use_mesh_automerge`): after they were moved.
Result<void> merge_moved_vertices(Context& context);

}  // namespace kiln::operators
