#include "render/raster/view_renderer_state.h"

#include <fmt/format.h>

#include "render/raster/matcaps.h"

namespace kiln::render::raster {

ViewRenderer::State::State(std::shared_ptr<GpuStore> gpu_store)
    : store(gpu_store), scene(std::move(gpu_store)) {
  glGenBuffers(1, &marks);
}

ViewRenderer::State::~State() {
  drop_pictures();
  glDeleteBuffers(1, &marks);
  const GLuint textures[] = {shadow_map, matcap, rendered};
  glDeleteTextures(3, textures);
  glDeleteFramebuffers(1, &shadow_target);
}

void ViewRenderer::State::drop_pictures() {
  const GLuint textures[] = {shaded, facts, depth, picture, layers, passed, backdrop, sum};
  glDeleteTextures(8, textures);
  const GLuint targets[] = {surface_target, picture_target, layer_target, sum_target};
  glDeleteFramebuffers(4, targets);
  layers = passed = layer_target = backdrop = sum = sum_target = 0;
  sample_count = 0;
  width = height = 0;
}

void ViewRenderer::State::resize(int w, int h) {
  if (w == width && h == height) {
    return;
  }
  drop_pictures();
  width = w;
  height = h;
  shaded = make_texture(GL_RGBA8, w, h, false);
  facts = make_texture(GL_RG32UI, w, h, false);
  depth = make_texture(GL_DEPTH_COMPONENT32F, w, h, false);
  picture = make_texture(GL_RGBA8, w, h, true);
  surface_target = make_framebuffer({shaded, facts}, depth);
  picture_target = make_framebuffer({picture}, depth);
}

void ViewRenderer::State::need_layers() {
  if (!layers) {
    layers = make_texture(GL_RGBA16F, width, height, false);
    passed = make_texture(GL_R16F, width, height, false);
    layer_target = make_framebuffer({layers, passed}, depth);
  }
}

void ViewRenderer::State::need_backdrop() {
  if (!backdrop) {
    backdrop = make_texture(GL_RGBA8, width, height, false);
  }
}

void ViewRenderer::State::need_sum() {
  if (!sum) {
    sum = make_texture(GL_RGBA32F, width, height, false);
    sum_target = make_framebuffer({sum}, 0);
  }
}

void ViewRenderer::State::need_shadow_map() {
  if (!shadow_map) {
    shadow_map = make_texture(GL_DEPTH_COMPONENT32F, shadow_size, shadow_size, true);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
    shadow_target = make_framebuffer({}, shadow_map);
  }
}

void ViewRenderer::State::need_matcap(const std::string& name) {
  if (matcap && matcap_name == name) {
    return;
  }
  constexpr int size = 256;
  if (!matcap) {
    matcap = make_texture(GL_RGBA8, size, size, true);
  }
  matcap_name = name;
  const std::vector<std::uint8_t> pixels = matcap_pixels(name, size);
  glBindTexture(GL_TEXTURE_2D, matcap);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, size, size, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
}

GLuint ViewRenderer::State::matcap_of(const ViewLook& look) {
  if (look.matcap) {
    return store->picture(look.matcap);
  }
  need_matcap(look.shading.matcap);
  return matcap;
}

void ViewRenderer::State::take_picture(std::shared_ptr<const ViewPicture> fresh) {
  if (fresh == rendered_from) {
    return;
  }
  const bool has_size = fresh && rendered_from && fresh->width == rendered_from->width &&
                        fresh->height == rendered_from->height;
  rendered_from = std::move(fresh);
  if (!rendered_from) {
    return;
  }
  if (!has_size || !rendered) {
    glDeleteTextures(1, &rendered);
    rendered = make_texture(GL_RGBA8, rendered_from->width, rendered_from->height, true);
  }
  glBindTexture(GL_TEXTURE_2D, rendered);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, rendered_from->width, rendered_from->height, GL_RGBA,
                  GL_UNSIGNED_BYTE, rendered_from->bytes.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

Result<Program> ViewRenderer::State::use(const std::string& vertex, const std::string& fragment,
                                         const ViewCamera& camera, const float4x4& view_projection,
                                         float2 viewport, const ShaderConstants& constants) const {
  ShaderConstants all = constants;
  all.with("has_clip_planes", clip_planes.has_value());
  const Result<std::uint32_t> id = store->program(vertex, fragment, all);
  if (!id) {
    return id.error();
  }
  Program program(*id);
  program.set("view", camera.view);
  program.set("view_projection", view_projection);
  program.set("viewport", viewport);
  program.set("is_perspective", camera.is_perspective);
  for (int i = 0; clip_planes && i < 6; ++i) {
    program.set(fmt::format("clip_planes[{}]", i).c_str(), (*clip_planes)[std::size_t(i)]);
  }
  return program;
}

}  // namespace kiln::render::raster
