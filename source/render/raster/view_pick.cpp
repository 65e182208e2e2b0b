// Finding what lies under places of a view.
#include <algorithm>
#include <map>

#include "render/raster/view_renderer_state.h"

namespace kiln::render::raster {
namespace {

// The part of clip space that a rectangle of the view shows, stretched over all of it.
float4x4 crop(const PixelRect& rect, int width, int height) {
  const float sx = float(width) / float(rect.width), sy = float(height) / float(rect.height);
  const float cx = (2.0f * float(rect.x) + float(rect.width)) / float(width) - 1.0f,
              cy = (2.0f * float(rect.y) + float(rect.height)) / float(height) - 1.0f;
  float4x4 m;
  m[0] = {sx, 0, 0, -sx * cx};
  m[1] = {0, sy, 0, -sy * cy};
  return m;
}

}  // namespace

Result<void> ViewRenderer::State::draw_numbers(const ViewCamera& camera, const ViewLook& look,
                                               int w, int h, const PixelRect& rect, bool marks_hits,
                                               GLuint target) {
  clip_planes = look.clip_planes;
  const ClipScope clip(clip_planes.has_value());
  const float4x4 cropped = crop(rect, w, h) * camera.view_projection();
  const float2 viewport{float(rect.width), float(rect.height)};
  glBindFramebuffer(GL_FRAMEBUFFER, target);
  glViewport(0, 0, rect.width, rect.height);
  glDisable(GL_BLEND);
  const GLuint nothing[4] = {};
  glClearBufferuiv(GL_COLOR, 0, nothing);
  glDepthMask(GL_TRUE);
  glClear(GL_DEPTH_BUFFER_BIT);
  if (marks_hits) {
    glDisable(GL_DEPTH_TEST);
  } else {
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LEQUAL);
  }
  glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 3, marks);
  const auto draw_pictures = [&](ObjectEmptyImageDepth depth) {
    return draw_picture_numbers(camera, cropped, viewport, depth, marks_hits);
  };
  glDepthMask(GL_FALSE);
  if (const Result<void> done = draw_pictures(ObjectEmptyImageDepth::Back); !done) {
    return done;
  }
  glDepthMask(GL_TRUE);
  if (const Result<void> done = draw_pictures(ObjectEmptyImageDepth::Default); !done) {
    return done;
  }
  if (look.shading.type != ViewShadingType::Wireframe) {
    const Result<Program> solid = use("solid.vert", "pick.frag", camera, cropped, viewport);
    if (!solid) {
      return solid.error();
    }
    solid->set("marks_hits", marks_hits);
    scene.draw_surfaces(*solid);
  }
  const Result<Program> wire = use("wire.vert", "pick.frag", camera, cropped, viewport);
  if (!wire) {
    return wire.error();
  }
  wire->set("marks_hits", marks_hits);
  scene.draw_wires(*wire, /*all=*/true);
  const Result<Program> line = use("line.vert", "pick.frag", camera, cropped, viewport);
  if (!line) {
    return line.error();
  }
  line->set("marks_hits", marks_hits);
  scene.draw_lines(*line, 5.0f * look.pixel_ratio);
  glDisable(GL_DEPTH_TEST);
  return draw_pictures(ObjectEmptyImageDepth::Front);
}

std::optional<float3> ViewRenderer::surface_at(const ViewCamera& camera, int x, int y) const {
  const State& s = *state_;
  if (x < 0 || y < 0 || x >= s.width || y >= s.height) {
    return std::nullopt;
  }
  glBindFramebuffer(GL_FRAMEBUFFER, s.surface_target);
  float depth = 1.0f;
  glReadPixels(x, y, 1, 1, GL_DEPTH_COMPONENT, GL_FLOAT, &depth);
  if (depth >= 1.0f) {
    return std::nullopt;
  }
  const float4 clip{(float(x) + 0.5f) / float(s.width) * 2.0f - 1.0f,
                    (float(y) + 0.5f) / float(s.height) * 2.0f - 1.0f, depth * 2.0f - 1.0f, 1.0f};
  const float4 at = inverse(camera.view_projection()) * clip;
  return xyz(at) / at.w;
}

DepthPicture ViewRenderer::depths() const {
  const State& s = *state_;
  DepthPicture out{s.width, s.height,
                   std::vector<float>(std::size_t(s.width) * std::size_t(s.height), 1.0f)};
  if (s.width > 0 && s.height > 0) {
    glBindFramebuffer(GL_FRAMEBUFFER, s.surface_target);
    glReadPixels(0, 0, s.width, s.height, GL_DEPTH_COMPONENT, GL_FLOAT, out.values.data());
  }
  return out;
}

Result<std::vector<PickHit>> ViewRenderer::pick(std::shared_ptr<const DrawList> list,
                                                const ViewCamera& camera, const ViewLook& look,
                                                int width, int height, PixelRect rect,
                                                const std::vector<std::uint32_t>& ignored) {
  State& s = *state_;
  s.scene.take(std::move(list));
  std::vector<std::uint32_t> marks(s.scene.list().objects.size() + 1);
  for (const std::uint32_t number : ignored) {
    if (number < marks.size()) {
      marks[number] = 1;
    }
  }
  fill_buffer(s.marks, marks.data(), marks.size() * sizeof(std::uint32_t));
  const GLuint numbers = make_texture(GL_R32UI, rect.width, rect.height, false);
  const GLuint depth = make_texture(GL_DEPTH_COMPONENT32F, rect.width, rect.height, false);
  const GLuint target = make_framebuffer({numbers}, depth);
  const Result<void> drawn =
      s.draw_numbers(camera, look, width, height, rect, /*marks_hits=*/false, target);
  std::vector<std::uint32_t> pixels(std::size_t(rect.width) * std::size_t(rect.height));
  glReadPixels(0, 0, rect.width, rect.height, GL_RED_INTEGER, GL_UNSIGNED_INT, pixels.data());
  glDeleteFramebuffers(1, &target);
  glDeleteTextures(1, &numbers);
  glDeleteTextures(1, &depth);
  if (!drawn) {
    return drawn.error();
  }
  std::map<std::uint32_t, float> nearest;
  for (int y = 0; y < rect.height; ++y) {
    for (int x = 0; x < rect.width; ++x) {
      const std::uint32_t number =
          pixels[std::size_t(y) * std::size_t(rect.width) + std::size_t(x)];
      if (number == 0) {
        continue;
      }
      const float2 d{float(x) - 0.5f * float(rect.width - 1),
                     float(y) - 0.5f * float(rect.height - 1)};
      const auto [found, is_new] = nearest.try_emplace(number, length(d));
      found->second = std::min(found->second, length(d));
    }
  }
  std::vector<PickHit> hits;
  for (const auto& [number, distance] : nearest) {
    hits.push_back({number, distance});
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const PickHit& a, const PickHit& b) { return a.distance < b.distance; });
  return hits;
}

Result<std::vector<std::uint32_t>> ViewRenderer::pick_all(std::shared_ptr<const DrawList> list,
                                                          const ViewCamera& camera,
                                                          const ViewLook& look, int width,
                                                          int height, PixelRect rect) {
  State& s = *state_;
  s.scene.take(std::move(list));
  std::vector<std::uint32_t> marks(s.scene.list().objects.size() + 1);
  if (rect.width <= 0 || rect.height <= 0) {
    return std::vector<std::uint32_t>();
  }
  fill_buffer(s.marks, marks.data(), marks.size() * sizeof(std::uint32_t));
  const GLuint numbers = make_texture(GL_R32UI, rect.width, rect.height, false);
  const GLuint target = make_framebuffer({numbers}, 0);
  const Result<void> drawn =
      s.draw_numbers(camera, look, width, height, rect, /*marks_hits=*/true, target);
  glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
  glBindBuffer(GL_SHADER_STORAGE_BUFFER, s.marks);
  glGetBufferSubData(GL_SHADER_STORAGE_BUFFER, 0, GLsizeiptr(marks.size() * sizeof(std::uint32_t)),
                     marks.data());
  glDeleteFramebuffers(1, &target);
  glDeleteTextures(1, &numbers);
  if (!drawn) {
    return drawn.error();
  }
  std::vector<std::uint32_t> hits;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    if (marks[i] != 0) {
      hits.push_back(std::uint32_t(i));
    }
  }
  return hits;
}

}  // namespace kiln::render::raster
