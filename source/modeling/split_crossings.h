#pragma once

#include "modeling/edit_mesh.h"

namespace kiln::modeling {

/// Joins what is selected with what it lies on: vertices with others, which come to the place of
/// the selected one; edges that a vertex lies on or that cross each other get a vertex there; and
/// flat faces that edges then run across, from corner to corner, are cut by them. Of two elements
/// that meet one has to belong to something selected. Hidden ones take no part.
///
/// `distance` is how near to each other they have to be. New vertices lie on the selected edge. True
/// when something was changed. Time: edges sorted along an axis, so about n log n for meshes whose
/// edges are short; k n where everything is as long as the mesh (k: selected edges).
bool split_crossings(EditMesh& mesh, float distance);

}  // namespace kiln::modeling
