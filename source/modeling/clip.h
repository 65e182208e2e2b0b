#pragma once

#include "document/mesh.h"

namespace kiln::modeling {

/// The part of the mesh where a function of the surface is positive. `values` has one per vertex,
/// linear along edges; `is_kept` says which vertices stay (those that are positive, and as many of
/// the zeros as wanted). Edges between a vertex that stays and one that goes are cut where the
/// value is zero, their attributes interpolated; a face leaves one face for every run of vertices
/// that stays. Old vertices keep their order, new ones follow in the order of the edges they cut.
Mesh clip(const Mesh& mesh, std::span<const float> values, std::span<const std::uint8_t> is_kept);

}  // namespace kiln::modeling
