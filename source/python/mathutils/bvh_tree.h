#pragma once

#include <memory>
#include <span>
#include <vector>

#include <Python.h>

#include "core/triangle_tree.h"
#include "python/mathutils/mathutils.h"

namespace kiln::python::mathutils {

/// A `mathutils.bvhtree.BVHTree` of polygons, given as indices into `positions` (must be in range);
/// those with fewer than three corners count but are never hit.
PyObject* new_bvh_tree(State* state, std::vector<float3> positions,
                       std::span<const std::vector<int>> polygons, float epsilon);
PyObject* new_bvh_tree(State* state, std::shared_ptr<const TriangleTree> tree);

/// The class, borrowed. It is open: the binding of `bpy` adds the class methods FromObject and
/// FromBMesh.
PyTypeObject* bvh_tree_type(State* state);

}  // namespace kiln::python::mathutils
