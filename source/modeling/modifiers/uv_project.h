#pragma once

#include "core/schema/item_list.h"
#include "document/object.h"
#include "modeling/modifiers/settings.h"

namespace kiln::modeling {

struct UVProjector {
  BlockRef<Object> object;
  static const Schema& schema();
};

/// Projects UVs from cameras and other objects.
struct UVProjectModifier : ModifierType<UVProjectModifier> {
  static constexpr int max_projectors = 10;

  std::string uv_layer;
  int projector_count = 1;
  ItemList<UVProjector> projectors;  ///< as many as `max_projectors`; the first count
  float aspect_x = 1;
  float aspect_y = 1;
  float scale_x = 1;
  float scale_y = 1;

  UVProjectModifier();
  Mesh apply(const Mesh& mesh, ModifierContext& context) const override;
  static const Schema& schema();
};

}  // namespace kiln::modeling
