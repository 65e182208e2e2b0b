// Pictures of empties, and those that are fixed to the view.
#include <algorithm>

#include "render/raster/view_renderer_state.h"

namespace kiln::render::raster {
namespace {

float3 middle_of(const PlacedPicture& picture) {
  return (picture.corners[0] + picture.corners[3]) * 0.5f;
}

template <typename Corner>
void set_corners(const Program& program, const std::array<Corner, 4>& corners) {
  static constexpr const char* names[] = {"corners[0]", "corners[1]", "corners[2]", "corners[3]"};
  for (std::size_t i = 0; i < 4; ++i) {
    if constexpr (std::is_same_v<Corner, float2>) {
      program.set(names[i], float4{corners[i].x, corners[i].y, 0.0f, 1.0f});
    } else {
      program.set(names[i], float4{corners[i].x, corners[i].y, corners[i].z, 1.0f});
    }
  }
}

}  // namespace

std::vector<const PlacedPicture*> ViewRenderer::State::shown_pictures(
    const ViewCamera& camera, ObjectEmptyImageDepth depth) const {
  std::vector<const PlacedPicture*> shown;
  for (const PlacedPicture& picture : scene.list().pictures) {
    if (picture.depth == depth && is_shown(picture, camera)) {
      shown.push_back(&picture);
    }
  }
  // From the far ones to the near ones.
  const auto distance = [&](const PlacedPicture* picture) {
    return transform_point(camera.view, middle_of(*picture)).z;
  };
  std::stable_sort(shown.begin(), shown.end(),
                   [&](const auto* a, const auto* b) { return distance(a) < distance(b); });
  return shown;
}

bool ViewRenderer::State::has_pictures_behind(const ViewCamera& camera,
                                              const ViewLook& look) const {
  const auto is_behind = [](const FixedPicture& picture) { return !picture.is_front; };
  return look.overlay.show_overlays &&
         (std::any_of(look.fixed_pictures.begin(), look.fixed_pictures.end(), is_behind) ||
          !shown_pictures(camera, ObjectEmptyImageDepth::Back).empty());
}

Result<void> ViewRenderer::State::draw_pictures(const ViewCamera& camera, const ViewLook& look,
                                                ObjectEmptyImageDepth depth) {
  const bool is_in_scene = depth == ObjectEmptyImageDepth::Default;
  const std::vector<const PlacedPicture*> placed = look.overlay.show_overlays
                                                       ? shown_pictures(camera, depth)
                                                       : std::vector<const PlacedPicture*>();
  std::vector<const FixedPicture*> fixed;
  for (const FixedPicture& picture : look.fixed_pictures) {
    if (look.overlay.show_overlays && !is_in_scene &&
        picture.is_front == (depth == ObjectEmptyImageDepth::Front)) {
      fixed.push_back(&picture);
    }
  }
  if (placed.empty() && fixed.empty()) {
    return {};
  }
  is_in_scene ? glEnable(GL_DEPTH_TEST) : glDisable(GL_DEPTH_TEST);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  const auto draw = [&](const auto& picture, auto&& set) -> Result<void> {
    ShaderConstants constants;
    constants.with("is_fixed",
                   std::is_same_v<std::remove_cvref_t<decltype(picture)>, FixedPicture>);
    constants.with("has_picture", picture.picture != nullptr);
    const Result<Program> program =
        use("picture.vert", "picture.frag", camera, camera.view_projection(),
            {float(width), float(height)}, constants);
    if (!program) {
      return program.error();
    }
    if (picture.picture) {
      program->set_texture("picture", 0, store->picture(picture.picture));
    }
    set_corners(*program, picture.corners);
    program->set("alpha", picture.alpha);
    program->set("clip_alpha", store->rules().clip_alpha);
    program->set("frame_width", 1.2f * look.pixel_ratio);
    set(*program);
    scene.draw_rectangle();
    return {};
  };
  const auto draw_fixed = [&]() -> Result<void> {
    for (const FixedPicture* picture : fixed) {
      const Result<void> done =
          draw(*picture, [](const Program& program) { program.set("frame", float4{}); });
      if (!done) {
        return done;
      }
    }
    return {};
  };
  Result<void> done;
  if (depth == ObjectEmptyImageDepth::Back) {
    done = draw_fixed();
  }
  {
    const ClipScope clip(clip_planes.has_value());
    for (std::size_t i = 0; done && i < placed.size(); ++i) {
      // What can be seen through hides nothing behind it.
      glDepthMask(is_in_scene && placed[i]->picture && placed[i]->alpha >= 1.0f ? GL_TRUE
                                                                                : GL_FALSE);
      done =
          draw(*placed[i], [&](const Program& program) { program.set("frame", placed[i]->frame); });
    }
  }
  glDepthMask(GL_FALSE);
  if (done && depth == ObjectEmptyImageDepth::Front) {
    done = draw_fixed();
  }
  glDisable(GL_BLEND);
  return done;
}

Result<void> ViewRenderer::State::draw_picture_numbers(const ViewCamera& camera,
                                                       const float4x4& cropped, float2 viewport,
                                                       ObjectEmptyImageDepth depth,
                                                       bool marks_hits) {
  for (const PlacedPicture* picture : shown_pictures(camera, depth)) {
    const Result<Program> program = use("picture.vert", "pick.frag", camera, cropped, viewport,
                                        ShaderConstants().with("is_fixed", false));
    if (!program) {
      return program.error();
    }
    program->set("marks_hits", marks_hits);
    program->set("number", int(picture->id));
    set_corners(*program, picture->corners);
    scene.draw_rectangle();
  }
  return {};
}

}  // namespace kiln::render::raster
