#include "modeling/modifiers/register.h"

#include "core/schema/registry.h"
#include "modeling/edge_split.h"
#include "modeling/modifiers/array.h"
#include "modeling/modifiers/build.h"
#include "modeling/modifiers/cast.h"
#include "modeling/modifiers/displace.h"
#include "modeling/modifiers/edge_split.h"
#include "modeling/modifiers/hook.h"
#include "modeling/modifiers/mask.h"
#include "modeling/modifiers/mirror.h"
#include "modeling/modifiers/normal_edit.h"
#include "modeling/modifiers/screw.h"
#include "modeling/modifiers/shrinkwrap.h"
#include "modeling/modifiers/simple_deform.h"
#include "modeling/modifiers/smooth.h"
#include "modeling/modifiers/solidify.h"
#include "modeling/modifiers/subsurf.h"
#include "modeling/modifiers/triangulate.h"
#include "modeling/modifiers/uv_warp.h"
#include "modeling/modifiers/vertex_weight_edit.h"
#include "modeling/modifiers/vertex_weight_mix.h"
#include "modeling/modifiers/vertex_weight_proximity.h"
#include "modeling/modifiers/warp.h"
#include "modeling/modifiers/wave.h"
#include "modeling/modifiers/weld.h"
#include "modeling/modifiers/wireframe.h"
#include "modeling/texture_sample.h"

namespace kiln::modeling {

void register_modifiers(Registry& registry) {
  for (const Schema* schema : {&ArrayModifier::schema(),
                               &BuildModifier::schema(),
                               &CastModifier::schema(),
                               &DisplaceModifier::schema(),
                               &EdgeSplitModifier::schema(),
                               &HookModifier::schema(),
                               &MaskModifier::schema(),
                               &MirrorModifier::schema(),
                               &NormalEditModifier::schema(),
                               &ScrewModifier::schema(),
                               &ShrinkwrapModifier::schema(),
                               &SimpleDeformModifier::schema(),
                               &SmoothModifier::schema(),
                               &SolidifyModifier::schema(),
                               &SubsurfModifier::schema(),
                               &TriangulateModifier::schema(),
                               &UVWarpModifier::schema(),
                               &VertexWeightEditModifier::schema(),
                               &VertexWeightMixModifier::schema(),
                               &VertexWeightProximityModifier::schema(),
                               &WarpModifier::schema(),
                               &WaveModifier::schema(),
                               &WeldModifier::schema(),
                               &WireframeModifier::schema()}) {
    registry.add(*schema);
  }
  register_texture_functions(registry);
  register_edge_split_functions(registry);
}

}  // namespace kiln::modeling
