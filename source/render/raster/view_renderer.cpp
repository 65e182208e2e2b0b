#include "render/raster/view_renderer.h"

#include <algorithm>

#include "document/scene.h"
#include "document/world.h"
#include "render/raster/studio_lights.h"
#include "render/raster/surface_color.h"
#include "render/raster/view_renderer_state.h"

namespace kiln::render::raster {
namespace {

// Towards the light that casts shadows, in world space.
const float3 shadow_light{0.57735f, -0.57735f, 0.57735f};

bool is_seen_through(const View3DShading& shading) {
  return shading.type == ViewShadingType::Solid && shading.show_xray && shading.xray_alpha < 1.0f;
}

// As shaders have it: 0: of materials or objects, 1: an attribute, 2: pictures.
int color_source(const View3DShading& shading) {
  return shading.color_type == ViewColorType::Vertex    ? 1
         : shading.color_type == ViewColorType::Texture ? 2
                                                        : 0;
}

float4 opaque(float3 c) {
  return {c.x, c.y, c.z, 1.0f};
}

float3 in_view(const float4x4& view, float3 d) {
  return {dot(float3{view[0].x, view[0].y, view[0].z}, d),
          dot(float3{view[1].x, view[1].y, view[1].z}, d),
          dot(float3{view[2].x, view[2].y, view[2].z}, d)};
}

// Sample i of a pixel: everything moved by less than half a pixel. Roberts' R2 sequence, 2018; the
// first one stays in the middle.
ViewCamera shifted_camera(const ViewCamera& camera, int i, int width, int height) {
  const auto part = [i](float step) {
    const float x = 0.5f + step * float(i);
    return x - std::floor(x) - 0.5f;
  };
  const float dx = part(0.7548776662f) * 2.0f / float(std::max(1, width)),
              dy = part(0.5698402910f) * 2.0f / float(std::max(1, height));
  ViewCamera out = camera;
  out.projection[0] += camera.projection[3] * dx;
  out.projection[1] += camera.projection[3] * dy;
  return out;
}

void set_lights(const Program& program, const ViewCamera& camera, const ViewLook& look) {
  const View3DShading& shading = look.shading;
  const StudioLamps light = look.lamps ? *look.lamps : studio_lamps(shading.studio_light);
  // Lights fixed to the world stand as those of a view from the front do: Z up, the viewer at -Y.
  const auto turned = [&](float3 d) {
    if (!shading.use_world_space_lighting) {
      return d;
    }
    const float c = std::cos(shading.studiolight_rotate_z),
                s = std::sin(shading.studiolight_rotate_z);
    const float3 world{d.x, -d.z, d.y};
    return in_view(camera.view, {c * world.x - s * world.y, s * world.x + c * world.y, world.z});
  };
  for (std::size_t i = 0; i < light.lamps.size(); ++i) {
    const std::string at = "[" + std::to_string(i) + "]";
    program.set(("lamp_directions" + at).c_str(), turned(light.lamps[i].direction));
    program.set(("lamp_colors" + at).c_str(), light.lamps[i].color);
    program.set(("lamp_speculars" + at).c_str(), light.lamps[i].specular);
    program.set(("lamp_wraps" + at).c_str(), light.lamps[i].wrap);
  }
  program.set("sky", light.sky);
  program.set("ground", light.ground);
  program.set("up", turned({0, 1, 0}));
  program.set("shininess", light.shininess);
}

}  // namespace

// From far away along the light, around everything there is.
Result<float4x4> ViewRenderer::State::draw_shadow_map(const ViewCamera& camera) {
  need_shadow_map();
  const float3 low = scene.list().bounds.low, high = scene.list().bounds.high;
  const float3 center = (low + high) * 0.5f;
  const float radius = std::max(1e-4f, 0.5f * length(high - low));
  const float3 z = shadow_light, x = normalize(cross(float3{0, 0, 1}, z)), y = cross(z, x);
  float4x4 view;
  view[0] = {x.x, x.y, x.z, -dot(x, center)};
  view[1] = {y.x, y.y, y.z, -dot(y, center)};
  view[2] = {z.x, z.y, z.z, -dot(z, center)};
  const float4x4 projection = orthographic(radius, radius, -radius, radius) * view;
  glBindFramebuffer(GL_FRAMEBUFFER, shadow_target);
  glViewport(0, 0, shadow_size, shadow_size);
  glClear(GL_DEPTH_BUFFER_BIT);
  const Result<Program> depth_only =
      use("solid.vert", "depth.frag", camera, projection, {float(shadow_size), float(shadow_size)});
  if (!depth_only) {
    return depth_only.error();
  }
  scene.draw_surfaces(*depth_only);
  glViewport(0, 0, width, height);
  return projection;
}

// Color, what it belongs to, normal, depth.
Result<void> ViewRenderer::State::draw_surfaces(const ViewCamera& camera, const ViewLook& look) {
  const View3DShading& shading = look.shading;
  glDepthMask(GL_TRUE);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LEQUAL);
  glDisable(GL_BLEND);
  const bool is_solid = shading.type == ViewShadingType::Solid;
  const bool has_shadows = is_solid && shading.show_shadows && scene.has_surfaces();
  float4x4 shadow_projection;
  if (has_shadows) {
    const Result<float4x4> drawn = draw_shadow_map(camera);
    if (!drawn) {
      return drawn.error();
    }
    shadow_projection = *drawn;
  }
  const ClipScope clip(clip_planes.has_value());
  glBindFramebuffer(GL_FRAMEBUFFER, surface_target);
  const GLuint nothing[4] = {};
  const float black[4] = {};
  glClearBufferfv(GL_COLOR, 0, black);
  glClearBufferuiv(GL_COLOR, 1, nothing);
  glClear(GL_DEPTH_BUFFER_BIT);
  // Edges that surfaces do not hide need none; a rendered picture needs them for what lies over it.
  const bool needs_none = (shading.type == ViewShadingType::Wireframe &&
                           shading.show_xray_wireframe && shading.xray_alpha_wireframe <= 0.0f) ||
                          (shading.is_traced() && !look.overlay.show_overlays);
  if (needs_none || !scene.has_surfaces()) {
    return {};
  }
  const float2 viewport{float(width), float(height)};
  ShaderConstants constants;
  if (is_solid) {
    constants.with("lighting", int(shading.light)).with("has_shadows", has_shadows);
    constants.with("has_highlights", shading.show_specular_highlight);
    constants.with("hides_backs", shading.show_backface_culling);
    constants.with("color_source", color_source(shading));
    constants.with("has_face_orientation",
                   look.overlay.show_overlays && look.overlay.show_face_orientation);
  }
  const Result<Program> program = use("solid.vert", is_solid ? "solid.frag" : "facts.frag", camera,
                                      camera.view_projection(), viewport, constants);
  if (!program) {
    return program.error();
  }
  if (!is_solid) {
    scene.draw_surfaces(*program);
    return {};
  }
  set_lights(*program, camera, look);
  const GLuint ball = matcap_of(look);
  program->set_texture("matcap", 0, ball);
  program->set_texture("shadow_map", 1, shadow_map);
  program->set("shadow_projection", shadow_projection);
  program->set("shadow_direction", in_view(camera.view, shadow_light));
  program->set("shadow_intensity", shading.shadow_intensity);
  const bool is_through = is_seen_through(shading),
             is_mixed = !is_through && scene.has_transparent();
  const bool is_painted = color_source(shading) != 0;
  scene.draw_surfaces(*program,
                      is_mixed ? SceneBuffers::Surfaces::Opaque : SceneBuffers::Surfaces::All,
                      is_painted);
  if (is_through || is_mixed) {
    // All surfaces once more, in any order, or those that are transparent, where opaque ones do not
    // hide them: weighted sums of colors, products of what they let pass.
    need_layers();
    glBindFramebuffer(GL_FRAMEBUFFER, layer_target);
    const float one[4] = {1, 1, 1, 1};
    glClearBufferfv(GL_COLOR, 0, black);
    glClearBufferfv(GL_COLOR, 1, one);
    is_mixed ? glEnable(GL_DEPTH_TEST) : glDisable(GL_DEPTH_TEST);
    glDepthMask(GL_FALSE);
    glEnable(GL_BLEND);
    ShaderConstants of_layers;
    of_layers.with("lighting", int(shading.light));
    of_layers.with("has_highlights", shading.show_specular_highlight);
    of_layers.with("hides_backs", shading.show_backface_culling);
    of_layers.with("color_source", color_source(shading));
    const Result<Program> layered =
        use("solid.vert", "layer.frag", camera, camera.view_projection(), viewport, of_layers);
    if (!layered) {
      return layered.error();
    }
    set_lights(*layered, camera, look);
    layered->set_texture("matcap", 0, ball);
    layered->set("alpha", is_through ? shading.xray_alpha : 1.0f);
    glBlendFunci(0, GL_ONE, GL_ONE);
    glBlendFunci(1, GL_ZERO, GL_ONE_MINUS_SRC_COLOR);
    scene.draw_surfaces(
        *layered, is_mixed ? SceneBuffers::Surfaces::Transparent : SceneBuffers::Surfaces::All,
        is_painted);
    glDisable(GL_BLEND);
    glDepthMask(GL_TRUE);
  }
  if (is_mixed) {
    // Outlines and what asks for depths know the transparent ones too.
    glBindFramebuffer(GL_FRAMEBUFFER, surface_target);
    glColorMaski(0, GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    const Result<Program> facts_only =
        use("solid.vert", "facts.frag", camera, camera.view_projection(), viewport);
    if (facts_only) {
      scene.draw_surfaces(*facts_only, SceneBuffers::Surfaces::Transparent);
    }
    glColorMaski(0, GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    if (!facts_only) {
      return facts_only.error();
    }
  }
  return {};
}

// Background, surfaces, outlines: each only where it can be seen.
Result<void> ViewRenderer::State::draw_composite(const ViewCamera& camera, const ViewLook& look) {
  const View3DShading& shading = look.shading;
  glBindFramebuffer(GL_FRAMEBUFFER, picture_target);
  glDepthMask(GL_FALSE);
  glDisable(GL_DEPTH_TEST);
  float4 top = look.background_top, bottom = look.background_bottom;
  if (shading.background_type == ViewBackgroundType::Viewport) {
    top = bottom = opaque(to_display(shading.background_color));
  } else if (shading.background_type == ViewBackgroundType::World && scene.list().scene) {
    const Document& document = scene.list().scene->document;
    const Scene* settings = document.find<Scene>(scene.list().scene->scene);
    if (const World* world = settings ? document.find(settings->world) : nullptr) {
      top = bottom = opaque(to_display(world->color));
    }
  }
  const bool is_rendered = shading.is_traced() && rendered_from;
  const bool is_solid = shading.type == ViewShadingType::Solid && scene.has_surfaces();
  const bool has_layers = is_seen_through(shading) || (is_solid && scene.has_transparent());
  const bool is_mixed = is_solid && !is_seen_through(shading) && scene.has_transparent();
  const int content = is_rendered ? 3 : !is_solid ? 0 : is_mixed ? 4 : has_layers ? 2 : 1;
  const bool has_backdrop = has_pictures_behind(camera, look);
  const bool has_surroundings =
      look.surroundings && shading.is_traced() && shading.studiolight_background_alpha > 0.0f;
  const auto draw = [&](int what, const PixelRect& rect) -> Result<void> {
    if (rect.width <= 0 || rect.height <= 0) {
      return {};
    }
    const bool has_cavity = what == 1 && shading.show_cavity;
    ShaderConstants constants;
    constants.with("content", what);
    constants.with("has_screen_cavity", has_cavity && shading.cavity_type != ViewCavityType::World);
    constants.with("has_world_cavity", has_cavity && shading.cavity_type != ViewCavityType::Screen);
    constants.with("has_backdrop", has_backdrop && what != 0);
    constants.with("has_surroundings", has_surroundings);
    constants.with("has_outline",
                   (what == 1 || what == 2 || what == 4) && shading.show_object_outline);
    constants.with("has_fading", look.overlay.show_overlays && look.overlay.show_fade_inactive);
    constants.with("has_background_items", what != 0 && what != 3 && scene.has_background_items());
    const Result<Program> program =
        use("full_screen.vert", "composite.frag", camera, camera.view_projection(),
            {float(width), float(height)}, constants);
    if (!program) {
      return program.error();
    }
    program->set_texture("shaded", 0, shaded);
    program->set_texture("facts", 1, facts);
    program->set_texture("depths", 2, depth);
    program->set_texture("layers", 3, has_layers ? layers : shaded);
    program->set_texture("passed", 4, has_layers ? passed : shaded);
    program->set_texture("rendered", 5, is_rendered ? rendered : shaded);
    program->set_texture("backdrop", 6, has_backdrop ? backdrop : shaded);
    program->set_texture("surroundings", 7,
                         has_surroundings ? store->picture(look.surroundings) : shaded);
    program->set("surroundings_alpha", shading.studiolight_background_alpha);
    program->set("surroundings_turn", look.surroundings_turn);
    program->set("is_perspective", camera.is_perspective);
    program->set("view_to_world", inverse(camera.view));
    glActiveTexture(GL_TEXTURE0);
    program->set("background_top", top);
    program->set("background_bottom", bottom);
    program->set("curvature",
                 float2{shading.curvature_ridge_factor, shading.curvature_valley_factor});
    program->set("cavity", float2{shading.cavity_ridge_factor, shading.cavity_valley_factor});
    program->set("projection", camera.projection);
    program->set("inverse_projection", inverse(camera.projection));
    program->set("outline_color", to_display(shading.object_outline_color));
    program->set("fading", look.overlay.fade_inactive_alpha);
    glScissor(rect.x, rect.y, rect.width, rect.height);
    scene.draw_screen();
    return {};
  };
  const PixelRect all{0, 0, width, height};
  const float4x4 view_projection = camera.view_projection();
  const PixelRect surfaces =
      content == 3   ? all
      : content == 0 ? PixelRect{}
                     : seen_rect(scene.list().bounds, view_projection, width, height, 2);
  glEnable(GL_SCISSOR_TEST);
  Result<void> done;
  if (has_backdrop || surfaces.width < width || surfaces.height < height) {
    done = draw(0, all);
  }
  if (done && has_backdrop) {
    need_backdrop();
    glScissor(0, 0, width, height);
    done = draw_pictures(camera, look, ObjectEmptyImageDepth::Back);
    glCopyImageSubData(picture, GL_TEXTURE_2D, 0, 0, 0, 0, backdrop, GL_TEXTURE_2D, 0, 0, 0, 0,
                       width, height, 1);
  }
  if (done) {
    done = draw(content, surfaces);
  }
  if (done && content != 0 && look.overlay.show_overlays && look.overlay.show_outline_selected) {
    const float outline_width = 2.0f * look.pixel_ratio;
    done = draw_select_outline(camera, look,
                               seen_rect(scene.list().selected_bounds, view_projection, width,
                                         height, int(outline_width) + 2),
                               outline_width);
  }
  glDisable(GL_SCISSOR_TEST);
  return done;
}

Result<void> ViewRenderer::State::draw_select_outline(const ViewCamera& camera,
                                                      const ViewLook& look, const PixelRect& rect,
                                                      float outline_width) {
  if (rect.width <= 0 || rect.height <= 0) {
    return {};
  }
  const Result<Program> program = use("full_screen.vert", "outline.frag", camera,
                                      camera.view_projection(), {float(width), float(height)});
  if (!program) {
    return program.error();
  }
  program->set_texture("facts", 1, facts);
  glActiveTexture(GL_TEXTURE0);
  program->set("select_color", look.select);
  program->set("active_color", look.active);
  program->set("outline_width", outline_width);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
  glScissor(rect.x, rect.y, rect.width, rect.height);
  scene.draw_screen();
  glDisable(GL_BLEND);
  return {};
}

// Lines in the scene, hidden by surfaces, and what lies in front of everything.
Result<void> ViewRenderer::State::draw_overlays(const ViewCamera& camera, const ViewLook& look) {
  const View3DOverlay& overlay = look.overlay;
  const View3DShading& shading = look.shading;
  const float4x4 view_projection = camera.view_projection();
  const float2 viewport{float(width), float(height)};
  const auto program = [&](const char* vertex, const char* fragment,
                           const ShaderConstants& constants = {}) {
    return use(vertex, fragment, camera, view_projection, viewport, constants);
  };
  const ShaderConstants smooth = ShaderConstants().with("is_smooth", look.has_smooth_lines);
  const ShaderConstants smooth_edit =
      ShaderConstants().with("is_smooth", look.has_smooth_edit_lines);
  if (const Result<void> done = draw_pictures(camera, look, ObjectEmptyImageDepth::Default);
      !done) {
    return done;
  }
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  // Views along an axis without perspective see the plane across it.
  int normal_axis = 2;
  if (!camera.is_perspective) {
    for (int i = 0; i < 2; ++i) {
      if (std::abs(camera.view[2][i]) > 0.9999f) {
        normal_axis = i;
      }
    }
  }
  const bool is_axis_view =
      !camera.is_perspective && std::abs(camera.view[2][normal_axis]) > 0.9999f;
  if (overlay.show_overlays && (is_axis_view ? overlay.show_ortho_grid : overlay.show_floor)) {
    ShaderConstants constants;
    constants.with("normal_axis", normal_axis).with("fades", camera.is_perspective);
    const Result<Program> grid =
        use("grid.vert", "grid.frag", camera, view_projection, viewport, constants);
    if (!grid) {
      return grid.error();
    }
    grid->set("inverse_view_projection", inverse(view_projection));
    grid->set("grid_color", look.grid);
    const auto axis = [&](float4 color, bool is_shown) {
      return is_shown ? color : float4{color.x, color.y, color.z, 0.0f};
    };
    grid->set("axis_colors[0]", axis(look.axis_x, overlay.show_axis_x));
    grid->set("axis_colors[1]", axis(look.axis_y, overlay.show_axis_y));
    grid->set("axis_colors[2]", axis(look.axis_z, overlay.show_axis_z || is_axis_view));
    grid->set("spacing", std::max(overlay.grid_scale, 1e-6f));
    grid->set("subdivisions", float(std::clamp(overlay.grid_subdivisions, 2, 1024)));
    grid->set("eye", camera.position());
    grid->set("far_distance", std::max(60.0f, length(camera.position()) * 12.0f));
    scene.draw_screen();
  }
  const ClipScope clip(clip_planes.has_value());
  const Result<Program> wire = program("wire.vert", "wire.frag");
  if (!wire) {
    return wire.error();
  }
  wire->set("select_color", look.select);
  wire->set("active_color", look.active);
  const bool is_wireframe = shading.type == ViewShadingType::Wireframe;
  const bool shows_wires = overlay.show_overlays && overlay.show_wireframes;
  const float opacity = !is_wireframe && shows_wires ? overlay.wireframe_opacity : 1.0f;
  wire->set("opacity", opacity);
  const float threshold = overlay.wireframe_threshold;
  const bool is_through = is_seen_through(shading) || (is_wireframe && shading.show_xray_wireframe);
  if (!shading.is_traced() || shows_wires) {
    scene.draw_wires(*wire, is_wireframe || shows_wires, threshold);
    // Edges shine through as clearly as surfaces do not cover them.
    const float behind =
        is_wireframe ? 1.0f - shading.xray_alpha_wireframe : overlay.backwire_opacity;
    if (is_through && behind > 0.0f) {
      // Those behind surfaces that are seen through.
      glDepthFunc(GL_GREATER);
      wire->set("opacity", opacity * behind);
      scene.draw_wires(*wire, is_wireframe || shows_wires, threshold);
      glDepthFunc(GL_LEQUAL);
    }
  }
  if (!overlay.show_overlays) {
    return {};
  }
  const Result<Program> fill = program("fill.vert", "fill.frag");
  if (!fill) {
    return fill.error();
  }
  scene.draw_fills();
  const Result<Program> line = program("line.vert", "line.frag", smooth);
  if (!line) {
    return line.error();
  }
  scene.draw_lines(*line, 1.2f * look.pixel_ratio);
  const Result<Program> edit_line = program("line.vert", "line.frag", smooth_edit);
  if (!edit_line) {
    return edit_line.error();
  }
  scene.draw_through_lines(*edit_line, 1.2f * look.pixel_ratio, 1.0f);
  glDepthFunc(GL_GREATER);
  scene.draw_through_lines(*edit_line, 1.2f * look.pixel_ratio, overlay.backwire_opacity);
  glDepthFunc(GL_LEQUAL);
  const Result<Program> dot = program("dot.vert", "dot.frag");
  if (!dot) {
    return dot.error();
  }
  scene.draw_dots(/*in_front=*/false);
  glDisable(GL_DEPTH_TEST);
  if (const Result<void> done = draw_pictures(camera, look, ObjectEmptyImageDepth::Front); !done) {
    return done;
  }
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  const Result<Program> front = program("line.vert", "line.frag", smooth);
  scene.draw_front_lines(*front, 1.2f * look.pixel_ratio);
  static_cast<void>(program("dot.vert", "dot.frag"));
  scene.draw_dots(/*in_front=*/true);
  return {};
}

Result<void> ViewRenderer::State::add_sample(const ViewCamera& camera) {
  need_sum();
  glBindFramebuffer(GL_FRAMEBUFFER, sum_target);
  glDisable(GL_DEPTH_TEST);
  if (sample_count == 0) {
    const float black[4] = {};
    glClearBufferfv(GL_COLOR, 0, black);
  }
  const Result<Program> copy = use("full_screen.vert", "copy.frag", camera,
                                   camera.view_projection(), {float(width), float(height)});
  if (!copy) {
    return copy.error();
  }
  copy->set_texture("picture", 0, picture);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE);
  scene.draw_screen();
  glDisable(GL_BLEND);
  ++sample_count;
  return {};
}

int ViewRenderer::sample_count() const {
  return state_->sample_count;
}

ViewRenderer::ViewRenderer(std::shared_ptr<GpuStore> store)
    : state_(std::make_unique<State>(std::move(store))) {}
ViewRenderer::~ViewRenderer() = default;

Result<void> ViewRenderer::draw(std::shared_ptr<const DrawList> list, const ViewCamera& camera,
                                const ViewLook& look, int width, int height,
                                std::uint32_t framebuffer,
                                std::shared_ptr<const ViewPicture> picture) {
  State& s = *state_;
  s.resize(std::max(1, width), std::max(1, height));
  s.scene.take(std::move(list));
  s.clip_planes = look.clip_planes;
  s.take_picture(look.shading.is_traced() ? std::move(picture) : nullptr);
  glViewport(0, 0, s.width, s.height);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_CULL_FACE);
  const bool is_sampled = look.samples > 1;
  const bool goes_on = is_sampled && look.is_refined && s.sampled_list.get() == &s.scene.list() &&
                       s.sampled_camera.view == camera.view &&
                       s.sampled_camera.projection == camera.projection;
  s.sample_count = goes_on ? std::min(s.sample_count, look.samples - 1) : 0;
  const ViewCamera shifted =
      is_sampled ? shifted_camera(camera, s.sample_count, width, height) : camera;
  for (const auto step : {&State::draw_surfaces, &State::draw_composite, &State::draw_overlays}) {
    const Result<void> done = (s.*step)(shifted, look);
    if (!done) {
      return done;
    }
  }
  if (is_sampled) {
    s.sampled_list = s.scene.shared_list();
    s.sampled_camera = camera;
    const Result<void> done = s.add_sample(camera);
    if (!done) {
      return done;
    }
  }

  // Into the caller's framebuffer. A rendered picture has smooth edges already, but lines over it
  // do not.
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_BLEND);
  const char* shown = is_sampled && s.sample_count > 1 ? "mean.frag"
                      : look.has_antialiasing          ? "smooth.frag"
                                                       : "copy.frag";
  const Result<Program> last = s.use("full_screen.vert", shown, camera, camera.view_projection(),
                                     {float(s.width), float(s.height)});
  if (!last) {
    return last.error();
  }
  last->set_texture("picture", 0, is_sampled && s.sample_count > 1 ? s.sum : s.picture);
  last->set("scale", 1.0f / float(std::max(1, s.sample_count)));
  s.scene.draw_screen();
  glBindVertexArray(0);
  glUseProgram(0);
  glDepthMask(GL_TRUE);
  s.store->trim();
  return {};
}

}  // namespace kiln::render::raster
