#include "modeling/modifiers/register.h"

#include "core/schema/registry.h"
#include "modeling/edge_split.h"
#include "modeling/modifiers/array.h"
#include "modeling/modifiers/displace.h"
#include "modeling/modifiers/mirror.h"
#include "modeling/modifiers/solidify.h"
#include "modeling/modifiers/subsurf.h"
#include "modeling/modifiers/triangulate.h"
#include "modeling/texture_sample.h"

namespace kiln::modeling {

void register_modifiers(Registry& registry) {
  for (const Schema* schema :
       {&ArrayModifier::schema(), &DisplaceModifier::schema(), &MirrorModifier::schema(),
        &SolidifyModifier::schema(), &SubsurfModifier::schema(), &TriangulateModifier::schema()}) {
    registry.add(*schema);
  }
  register_texture_functions(registry);
  register_edge_split_functions(registry);
}

}  // namespace kiln::modeling
