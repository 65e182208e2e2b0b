#pragma once

#include "core/math.h"
#include "render/shading/program.h"

namespace kiln::render::shading {

/// The programs of one node tree. What a program cannot do is known beforehand, so that callers
/// skip it.
struct Material {
  Program surface;       ///< all closures: scattering, emission, transparency, holdout
  Program emission;      ///< emission alone; empty: the surface does not shine
  Program transparency;  ///< transparency alone; empty: the surface is opaque
  Program displacement;  ///< where vertices go, world space; no results: they stay
  bool keeps_normals = false;  ///< of moved vertices: the surface program bumps them itself
  bool has_scattering = false;
  bool has_constant_emission = false;  ///< `constant_emission` everywhere and from every side
  float3 constant_emission;
};

}  // namespace kiln::render::shading
