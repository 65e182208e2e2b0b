#pragma once

#include <string>
#include <vector>

#include "document/data_block.h"

namespace kiln {

struct Collection;
struct Material;
struct Object;
struct Scene;

enum class AovType : std::uint8_t { Color = 1, Value = 0 };

/// An extra picture that materials write into while rendering.
struct Aov {
  std::string name;
  AovType kind = AovType::Color;
  static const Schema& schema();
};

/// Lights, shining objects and worlds by whose light alone a pass is rendered. They name the group
/// they are in.
struct Lightgroup {
  std::string name;  ///< without dots, which part names of passes in files
  static const Schema& schema();
};

/// What the path tracer makes of a view layer.
struct CyclesRenderLayerSettings {
  bool use_denoising = true;
  bool denoising_store_passes = false;   ///< what the denoiser looks at are passes, too
  bool pass_debug_sample_count = false;  ///< how many samples pixels got, as a share of the most
  static const Schema& schema();
};

/// How one collection takes part in a view layer.
struct LayerCollectionState {
  BlockRef<Collection> collection;
  bool exclude = false, holdout = false, indirect_only = false, hide_viewport = false;
  bool is_default() const { return !exclude && !holdout && !indirect_only && !hide_viewport; }
};

/// One way to look at a scene: which collections take part, what is selected and hidden, which
/// passes are rendered.
struct ViewLayer {
  std::string name;
  BlockRef<Material> material_override;
  int samples = 0;
  float pass_alpha_threshold = 0.5f;
  bool use_pass_combined = true;
  bool use_pass_z = false;
  bool use_pass_position = false;
  bool use_pass_normal = false;
  bool use_pass_uv = false;
  bool use_pass_vector = false;
  bool use_pass_mist = false;
  bool use_pass_object_index = false;
  bool use_pass_material_index = false;
  bool use_pass_shadow = false;
  bool use_pass_ambient_occlusion = false;
  bool use_pass_emit = false;
  bool use_pass_environment = false;
  bool use_pass_diffuse_direct = false;
  bool use_pass_diffuse_indirect = false;
  bool use_pass_diffuse_color = false;
  bool use_pass_glossy_direct = false;
  bool use_pass_glossy_indirect = false;
  bool use_pass_glossy_color = false;
  bool use_pass_transmission_direct = false;
  bool use_pass_transmission_indirect = false;
  bool use_pass_transmission_color = false;
  bool use_pass_cryptomatte_object = false;
  bool use_pass_cryptomatte_material = false;
  bool use_pass_cryptomatte_asset = false;
  int pass_cryptomatte_depth = 6;
  bool use_pass_cryptomatte_accurate = true;
  bool use = true;
  bool use_sky = true;          ///< false: no world
  bool use_solid = true;        ///< false: no surfaces
  bool use_ao = true;           ///< false: fast global illumination adds no light
  bool use_motion_blur = true;  ///< false: everything stands still
  ItemList<Aov> aovs;
  ItemId active_aov = 0;
  ItemList<Lightgroup> lightgroups;
  ItemId active_lightgroup = 0;
  CyclesRenderLayerSettings cycles;

  std::vector<LayerCollectionState> collections;  ///< those that differ from the default only
  IdSet selected;                                 ///< objects
  IdSet hidden;                                   ///< objects
  BlockRef<Object> active;
  BlockRef<Collection> active_collection;  ///< nothing: the root
  PropertyBag custom;

  LayerCollectionState state_of(BlockId collection) const;
  LayerCollectionState& edit_state_of(BlockId collection);
  bool is_selected(BlockId object) const;
  bool is_hidden(BlockId object) const;
  void set_selected(BlockId object, bool selected);
  void set_hidden(BlockId object, bool hidden);
  static const Schema& schema();
};

/// An object as it appears in a view layer.
struct LayerObject {
  BlockId object;
  bool is_visible = false;  ///< in viewports
  bool is_evaluated =
      false;  ///< the same, but also where the eye of its collection is closed in the layer
  bool is_rendered = false;
  bool is_selectable = false;
  bool is_holdout = false, is_indirect_only = false;
};

/// The objects of a view layer, each once: those of child collections before those of the
/// collection itself.
std::vector<LayerObject> layer_objects(const Document& document, const Scene& scene,
                                       const ViewLayer& layer);
/// The objects of the scenes in the background of `scene` that are not in `layer` itself: seen and
/// rendered, not selectable.
std::vector<LayerObject> background_objects(const Document& document, const Scene& scene,
                                            const ViewLayer& layer);
/// A name for a light group of the layer that is near `wanted`; `self`: the one that gets it.
std::string lightgroup_name(const ViewLayer& layer, std::string_view wanted,
                            const Lightgroup* self = nullptr);
/// Whether the layer has the object at all (it lies in a collection that is not excluded).
bool is_in_layer(const Document& document, const Scene& scene, const ViewLayer& layer,
                 BlockId object);

void register_view_layer_types(class Registry& registry);

}  // namespace kiln
