#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/hash.h"
#include "core/math.h"
#include "document/light.h"
#include "document/view3d_settings.h"
#include "evaluation/evaluated_scene.h"
#include "render/raster/camera.h"
#include "render/raster/placed_picture.h"
#include "render/raster/studio_lights.h"

namespace kiln {
struct Scene;
}

namespace kiln::render::raster {

/// A straight line in world space. Color is display-referred (sRGB), straight alpha.
struct Line {
  float3 from, to;
  float4 color;
  std::uint32_t id = 0;  ///< number of the object it stands for in the draw list; 0: of nothing
  float screen_length = 0.0f;  ///< pixels it is long on the screen; 0: as far as `to`
};
/// A dot of a given size on the screen.
struct Dot {
  float3 at;
  float radius = 3.0f;  ///< pixels
  float4 color;
};

/// A triangle in world space, shown over surfaces.
struct Fill {
  std::array<float3, 3> corners;
  float4 color;
  bool has_corner_colors = false;
  std::array<float4, 3> corner_colors = {};  ///< in place of `color`, blended between corners
};

/// How a viewport shows the scene. Colors are display-referred, those in `shading` scene-linear.
struct ViewLook {
  View3DShading shading;
  View3DOverlay overlay;
  std::uint32_t hidden_kinds = 0;  ///< of objects, bits as of `object_kind_bit`
  bool has_antialiasing = true;
  int samples = 1;               ///< pictures whose mean is shown in the end, one more each time
  bool is_refined = false;       ///< nothing has changed since the last one: its samples count
  bool has_smooth_lines = true;  ///< those of the scene
  bool has_smooth_edit_lines = true;  ///< those of what is edited
  std::optional<StudioLamps> lamps;   ///< in place of the built-in studio of the shading's name
  std::shared_ptr<const ViewPicture> matcap;  ///< in place of the built-in ball of that name
  /// What is all around, seen behind everything: longitudes across, from the bottom up,
  /// `studiolight_background_alpha` strong. Null: nothing.
  std::shared_ptr<const ViewPicture> surroundings;
  float surroundings_turn = 0.0f;  ///< radians about Z
  /// Only what lies on the positive side of these is drawn and picked: normals and distances.
  std::optional<std::array<float4, 6>> clip_planes;
  float4 background_top{0.27f, 0.28f, 0.30f, 1.0f}, background_bottom{0.22f, 0.22f, 0.24f, 1.0f};
  float4 grid{0.35f, 0.36f, 0.38f, 1.0f};
  float4 axis_x{0.85f, 0.28f, 0.31f, 1.0f}, axis_y{0.47f, 0.67f, 0.20f, 1.0f},
      axis_z{0.25f, 0.53f, 0.86f, 1.0f};
  float4 wire{0.06f, 0.06f, 0.07f, 1.0f};
  float4 select{0.93f, 0.48f, 0.13f, 1.0f}, active{1.0f, 0.69f, 0.36f, 1.0f};
  std::vector<FixedPicture> fixed_pictures;  ///< in the order they lie over each other
  float pixel_ratio = 1.0f;                  ///< device pixels a line width of 1 has
};

/// One mesh at one place.
struct DrawItem {
  const evaluation::EvaluatedObject* object = nullptr;
  float4x4 world;
  std::uint32_t id = 0;  ///< number of its object, from 1
  bool is_selected = false, is_active = false;
  bool draws_wire_only = false;
  bool is_in_front = false;     ///< of everything that is not
  bool is_faded = false;        ///< into the background, where the overlay says so
  bool is_background = false;   ///< looks like the background, and hides what is behind it
  bool is_transparent = false;  ///< its colors have an alpha that counts
  bool shows_all_edges = false;
};

/// What a viewport draws of an evaluated scene: meshes, and lines for what has none (cameras,
/// lights, empties).
struct DrawList {
  std::shared_ptr<const evaluation::EvaluatedScene> scene;  ///< kept alive
  std::vector<DrawItem> items;
  /// Objects of items that are not as in the scene, kept alive.
  std::vector<std::shared_ptr<const evaluation::EvaluatedObject>> replaced;
  std::vector<Line> lines;        ///< hidden by surfaces
  std::vector<Line> front_lines;  ///< in front of everything
  std::vector<Dot> dots;          ///< in front of everything
  std::vector<Dot> hidden_dots;   ///< hidden by surfaces
  std::vector<Fill> fills;
  std::vector<Line> through_lines;  ///< paler where surfaces lie in front of them
  std::vector<PlacedPicture> pictures;
  /// Of materials, where surfaces are shown in the colors of textures.
  std::unordered_map<BlockId, std::shared_ptr<const ViewPicture>> textures;
  View3DShading shading;         ///< colors of surfaces and edges
  float4 wire;                   ///< of edges that the shading gives no color
  Box bounds, selected_bounds;   ///< of the items, world space
  std::vector<BlockId> objects;  ///< by number - 1
  std::unordered_map<BlockId, std::uint32_t> numbers;
};

/// Selection and the active object come from `now`, the document as it is, which may be newer than
/// the scene. `only`: objects that are drawn at all, ordered by id; null: those that are visible.
/// `find_picture` gives the pixels that empties show.
DrawList make_draw_list(std::shared_ptr<const evaluation::EvaluatedScene> scene,
                        const Document& now, const ViewLook& look,
                        const std::vector<BlockId>* only = nullptr,
                        const FindPicture& find_picture = {});

/// The frame that stands for a camera, in the space of its object without scale: half its width and
/// height, and how far it is in front of the eye.
struct CameraSketch {
  float half_x = 0.5f, half_y = 0.5f, depth = 1.0f;
};
CameraSketch camera_sketch(const Camera& camera, const Scene& scene);
/// How long the line is that shows where a light shines; spots end there in a circle.
float light_reach(LightType type);
/// Half the sizes of an area light.
float2 area_half_size(const Light& light);

/// Box around what is visible, or around some objects of it; false where that is nothing.
bool bounds_of(const evaluation::EvaluatedScene& scene, const std::vector<BlockId>* only,
               float3* low, float3* high);

}  // namespace kiln::render::raster
