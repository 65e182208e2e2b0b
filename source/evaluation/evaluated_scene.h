#pragma once

#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/hash.h"
#include "core/paged_array.h"
#include "document/document.h"
#include "document/mesh.h"
#include "document/object.h"
#include "document/view_layer.h"

namespace kiln::evaluation {

/// Settings for quick viewing or for the final picture: levels of modifiers, what is hidden.
enum class Purpose { Viewport, Render };

/// An object at one time: where it is and what it shows after its modifiers.
struct EvaluatedObject {
  BlockId id;
  std::shared_ptr<const Object> object;  ///< as in the document
  float4x4 world_matrix;
  std::shared_ptr<const Mesh> mesh;   ///< after the modifiers; null for objects without geometry
  Fingerprint geometry;               ///< equal fingerprints mean equal meshes; caches go by it
  std::vector<std::string> warnings;  ///< what modifiers had to say, "modifier name: what"
  bool is_in_layer = false;           ///< false: only needed by others (instanced, a target)
  LayerObject visibility;             ///< of objects in the layer
  bool asks_frame = false;            ///< its modifiers depend on the frame
  bool asks_blocks = false;           ///< its modifiers use textures, images or the like
};

/// One appearance of an object in the scene: itself, or a copy made by an instancer.
struct Instance {
  int object = 0;  ///< index into `EvaluatedScene::objects`
  float4x4 world_matrix;
  int instancer = -1;  ///< index of the object that made the copy; -1: the object itself
  std::array<int, 8>
      persistent_id{};  ///< which copy, from the outermost instancer's point of view last
  std::uint32_t random_id = 0;
  float3 generated;  ///< where on the instancer: original coordinates
  float2 uv;
  bool is_visible = true;    ///< in viewports
  bool is_evaluated = true;  ///< the same, but also where the eye of its collection is closed
  bool is_rendered = true;
  bool show_self =
      true;  ///< false: an instancer that does not show itself, or what it makes copies of
  bool is_listed = true;  ///< for scripts: false for an instancer that does not show itself
};

struct Plan;
struct Copies;

/// A scene at one time, ready to be drawn, rendered or exported. Immutable; shares everything with
/// other ones it can, so that a scene after a small edit costs little.
struct EvaluatedScene {
  Document document;  ///< the snapshot it was made from
  BlockId scene;
  std::string view_layer;
  float frame = 1.0f;
  Purpose purpose = Purpose::Viewport;
  PagedArray<EvaluatedObject> objects;  ///< those in the layer in its order, then the others
  PagedArray<Instance> instances;
  std::shared_ptr<const Plan> plan;      ///< how it was made
  std::shared_ptr<const Copies> copies;  ///< where the instances come from

  /// Cycles that had to be broken, by name.
  std::vector<std::string> problems() const;
  const EvaluatedObject* find(BlockId object) const;
};

}  // namespace kiln::evaluation
