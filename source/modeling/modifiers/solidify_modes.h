#pragma once

#include "modeling/modifiers/solidify.h"

// The two ways of the Solidify modifier.
namespace kiln::modeling {

/// Corner of a new quad: its vertex, the corner of the old mesh whose values it takes, and the edge
/// to the next corner.
struct QuadCorner {
  int vertex, source, edge;
};

Mesh solidify_extrude(const Mesh& mesh, const SolidifyModifier& settings);
Mesh solidify_non_manifold(const Mesh& mesh, const SolidifyModifier& settings);

/// Raises the material slots of the copied faces [first_copy, first_rim) and of the rim behind
/// them, within the slots there are.
void set_solid_materials(Mesh& mesh, const SolidifyModifier& settings, std::size_t first_copy,
                         std::size_t first_rim);

}  // namespace kiln::modeling
