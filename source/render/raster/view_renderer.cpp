#include "render/raster/view_renderer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>

#include <GL/glew.h>

#include "document/material.h"

namespace kiln::render::raster {
namespace {

// As the shaders have it; matrices by columns.
struct GpuInstance {
  float world[16];
  std::uint32_t facts[4];
};
struct GpuLine {
  float from[4], to[4], color[4];
};
struct GpuDot {
  float at[4], color[4];
};

void by_columns(const float4x4& m, float* out) {
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column) {
      out[column * 4 + row] = m[row][column];
    }
  }
}

std::uint32_t pack_color(float4 c) {
  const auto part = [](float v) {
    return std::uint32_t(std::clamp(v, 0.0f, 1.0f) * 255.0f + 0.5f);
  };
  return part(c.x) | part(c.y) << 8 | part(c.z) << 16 | part(c.w) << 24;
}

float to_srgb(float v) {
  return v <= 0.0031308f ? 12.92f * v : 1.055f * std::pow(v, 1.0f / 2.4f) - 0.055f;
}

// The viewport color of a slot, display-referred.
std::uint32_t slot_color(const Document& document, const Object& object, int slot) {
  const Material* material = document.find(slot_material(
      document, object, std::min(slot, std::max(0, slot_count(document, object) - 1))));
  const float4 c = material ? material->diffuse_color : float4{0.8f, 0.8f, 0.8f, 1.0f};
  return pack_color({to_srgb(c.x), to_srgb(c.y), to_srgb(c.z), 1.0f});
}

// Instances of one mesh: a run of the instance buffer.
struct Batch {
  Fingerprint geometry;
  const Mesh* mesh = nullptr;
  bool draws_wire_only = false;
  int first = 0, count = 0;
};

// Uniforms by name; setting one that a program does not use does nothing.
class Program {
public:
  explicit Program(GLuint id) : id_(id) { glUseProgram(id); }
  void set(const char* name, int v) const { glUniform1i(at(name), v); }
  void set(const char* name, bool v) const { glUniform1i(at(name), v); }
  void set(const char* name, float v) const { glUniform1f(at(name), v); }
  void set(const char* name, float2 v) const { glUniform2f(at(name), v.x, v.y); }
  void set(const char* name, float3 v) const { glUniform3f(at(name), v.x, v.y, v.z); }
  void set(const char* name, float4 v) const { glUniform4f(at(name), v.x, v.y, v.z, v.w); }
  void set(const char* name, const float4x4& m) const {
    float columns[16];
    by_columns(m, columns);
    glUniformMatrix4fv(at(name), 1, GL_FALSE, columns);
  }

private:
  GLint at(const char* name) const { return glGetUniformLocation(id_, name); }
  GLuint id_;
};

GLuint make_texture(GLenum format, int width, int height, bool is_filtered) {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexStorage2D(GL_TEXTURE_2D, 1, format, width, height);
  const GLint filter = is_filtered ? GL_LINEAR : GL_NEAREST;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return texture;
}

GLuint make_framebuffer(const std::vector<GLuint>& colors, GLuint depth) {
  GLuint framebuffer = 0;
  glGenFramebuffers(1, &framebuffer);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  std::vector<GLenum> targets;
  for (std::size_t i = 0; i < colors.size(); ++i) {
    targets.push_back(GLenum(GL_COLOR_ATTACHMENT0 + i));
    glFramebufferTexture2D(GL_FRAMEBUFFER, targets.back(), GL_TEXTURE_2D, colors[i], 0);
  }
  if (depth) {
    glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, depth, 0);
  }
  glDrawBuffers(GLsizei(targets.size()), targets.data());
  return framebuffer;
}

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

struct ViewRenderer::State {
  std::shared_ptr<GpuStore> store;
  std::shared_ptr<const DrawList> list;
  std::vector<Batch> batches;
  GLuint vertex_array = 0, empty_array = 0;
  GLuint instances = 0, colors = 0, lines = 0, dots = 0, marks = 0;
  int line_count = 0, dot_count = 0;

  // Pictures of the present size.
  int width = 0, height = 0;
  GLuint shaded = 0, facts = 0, depth = 0, picture = 0;
  GLuint surface_target = 0, picture_target = 0;

  explicit State(std::shared_ptr<GpuStore> s) : store(std::move(s)) {
    glGenVertexArrays(1, &vertex_array);
    glGenVertexArrays(1, &empty_array);
    glBindVertexArray(vertex_array);
    glVertexAttribFormat(0, 3, GL_FLOAT, GL_FALSE, 0);
    glVertexAttribBinding(0, 0);
    glEnableVertexAttribArray(0);
    glVertexAttribFormat(1, 4, GL_INT_2_10_10_10_REV, GL_TRUE, 0);
    glVertexAttribBinding(1, 1);
    glBindVertexArray(0);
    GLuint buffers[5];
    glGenBuffers(5, buffers);
    instances = buffers[0];
    colors = buffers[1];
    lines = buffers[2];
    dots = buffers[3];
    marks = buffers[4];
  }
  ~State() {
    drop_pictures();
    const GLuint buffers[] = {instances, colors, lines, dots, marks};
    glDeleteBuffers(5, buffers);
    glDeleteVertexArrays(1, &vertex_array);
    glDeleteVertexArrays(1, &empty_array);
  }
  void drop_pictures() {
    const GLuint textures[] = {shaded, facts, depth, picture};
    glDeleteTextures(4, textures);
    const GLuint targets[] = {surface_target, picture_target};
    glDeleteFramebuffers(2, targets);
    width = height = 0;
  }

  void resize(int w, int h) {
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

  static void fill(GLuint buffer, const void* data, std::size_t size) {
    glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffer);
    glBufferData(GL_SHADER_STORAGE_BUFFER, GLsizeiptr(std::max<std::size_t>(size, 16)), nullptr,
                 GL_DYNAMIC_DRAW);
    if (size > 0) {
      glBufferSubData(GL_SHADER_STORAGE_BUFFER, 0, GLsizeiptr(size), data);
    }
  }

  // Groups the items by mesh and brings the list to the graphics card.
  void take(std::shared_ptr<const DrawList> fresh) {
    if (fresh == list) {
      return;
    }
    list = std::move(fresh);
    batches.clear();
    struct Key {
      Fingerprint geometry;
      bool is_wire;
      bool operator==(const Key&) const = default;
    };
    struct KeyHash {
      std::size_t operator()(const Key& k) const {
        return std::hash<Fingerprint>()(k.geometry) ^ std::size_t(k.is_wire);
      }
    };
    std::unordered_map<Key, std::size_t, KeyHash> groups;
    std::vector<std::vector<const DrawItem*>> members;
    for (const DrawItem& item : list->items) {
      const auto [found, is_new] =
          groups.try_emplace(Key{item.object->geometry, item.draws_wire_only}, batches.size());
      if (is_new) {
        batches.push_back(
            {item.object->geometry, item.object->mesh.get(), item.draws_wire_only, 0, 0});
        members.emplace_back();
      }
      members[found->second].push_back(&item);
    }
    std::vector<GpuInstance> instance_data;
    std::vector<std::uint32_t> color_data;
    std::unordered_map<const evaluation::EvaluatedObject*, std::uint32_t> first_colors;
    instance_data.reserve(list->items.size());
    for (std::size_t b = 0; b < batches.size(); ++b) {
      Batch& batch = batches[b];
      batch.first = int(instance_data.size());
      batch.count = int(members[b].size());
      const std::vector<DrawGeometry::Part>& parts = store->mesh(batch.geometry, *batch.mesh).parts;
      for (const DrawItem* item : members[b]) {
        const auto [colors_at, is_new] =
            first_colors.try_emplace(item->object, std::uint32_t(color_data.size()));
        if (is_new) {
          for (const DrawGeometry::Part& part : parts) {
            color_data.push_back(
                slot_color(list->scene->document, *item->object->object, part.slot));
          }
        }
        GpuInstance& instance = instance_data.emplace_back();
        by_columns(item->world, instance.world);
        instance.facts[0] = item->id | std::uint32_t(item->is_selected) << 30 |
                            std::uint32_t(item->is_active && item->is_selected) << 31;
        instance.facts[1] = colors_at->second;
        instance.facts[2] = instance.facts[3] = 0;
      }
    }
    fill(instances, instance_data.data(), instance_data.size() * sizeof(GpuInstance));
    fill(colors, color_data.data(), color_data.size() * sizeof(std::uint32_t));
    std::vector<GpuLine> line_data;
    line_data.reserve(list->lines.size());
    for (const Line& line : list->lines) {
      line_data.push_back({{line.from.x, line.from.y, line.from.z, 0},
                           {line.to.x, line.to.y, line.to.z, std::bit_cast<float>(line.id)},
                           {line.color.x, line.color.y, line.color.z, line.color.w}});
    }
    fill(lines, line_data.data(), line_data.size() * sizeof(GpuLine));
    line_count = int(line_data.size());
    std::vector<GpuDot> dot_data;
    for (const Dot& dot : list->dots) {
      dot_data.push_back({{dot.at.x, dot.at.y, dot.at.z, dot.radius},
                          {dot.color.x, dot.color.y, dot.color.z, dot.color.w}});
    }
    fill(dots, dot_data.data(), dot_data.size() * sizeof(GpuDot));
    dot_count = int(dot_data.size());
  }

  void bind_scene() const {
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, instances);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, colors);
  }

  void draw_surfaces(const Program& program) {
    glBindVertexArray(vertex_array);
    bind_scene();
    for (const Batch& batch : batches) {
      if (batch.draws_wire_only) {
        continue;
      }
      const GpuMesh& mesh = store->mesh(batch.geometry, *batch.mesh);
      if (!mesh.triangles) {
        continue;
      }
      glBindVertexBuffer(0, mesh.positions, 0, sizeof(float3));
      if (mesh.is_flat) {
        glDisableVertexAttribArray(1);
      } else {
        glEnableVertexAttribArray(1);
        glBindVertexBuffer(1, mesh.normals, 0, sizeof(std::uint32_t));
      }
      glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, mesh.triangles);
      program.set("is_flat", mesh.is_flat);
      program.set("first_instance", batch.first);
      for (std::size_t part = 0; part < mesh.parts.size(); ++part) {
        program.set("part", int(part));
        glDrawElementsInstanced(GL_TRIANGLES, GLsizei(mesh.parts[part].count), GL_UNSIGNED_INT,
                                reinterpret_cast<const void*>(
                                    std::uintptr_t(mesh.parts[part].first) * sizeof(std::uint32_t)),
                                batch.count);
      }
    }
  }

  void draw_wires(const Program& program, bool all) {
    glBindVertexArray(vertex_array);
    glDisableVertexAttribArray(1);
    bind_scene();
    for (const Batch& batch : batches) {
      if (!all && !batch.draws_wire_only) {
        continue;
      }
      const GpuMesh& mesh = store->mesh(batch.geometry, *batch.mesh);
      if (!mesh.edges) {
        continue;
      }
      glBindVertexBuffer(0, mesh.positions, 0, sizeof(float3));
      glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, mesh.edges);
      program.set("first_instance", batch.first);
      glDrawElementsInstanced(GL_LINES, GLsizei(mesh.edge_count), GL_UNSIGNED_INT, nullptr,
                              batch.count);
    }
  }

  void draw_lines(const Program& program, float line_width) const {
    if (line_count == 0) {
      return;
    }
    glBindVertexArray(empty_array);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, lines);
    program.set("width", line_width);
    glDrawArrays(GL_TRIANGLES, 0, line_count * 6);
  }

  Result<Program> use(const std::string& vertex, const std::string& fragment,
                      const ViewCamera& camera, const float4x4& view_projection,
                      float2 viewport) const {
    const Result<std::uint32_t> id = store->program(vertex, fragment);
    if (!id) {
      return id.error();
    }
    Program program(*id);
    program.set("view", camera.view);
    program.set("view_projection", view_projection);
    program.set("viewport", viewport);
    program.set("is_perspective", camera.is_perspective);
    return program;
  }

  // Draws object numbers of a rectangle into a small picture of its own. `marks_hits`: without
  // depth, noting all.
  Result<void> draw_numbers(const ViewCamera& camera, const ViewLook& look, int w, int h,
                            const PixelRect& rect, bool marks_hits, GLuint target) {
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
    if (look.shading == ShadingMode::Solid) {
      const Result<Program> solid = use("solid.vert", "pick.frag", camera, cropped, viewport);
      if (!solid) {
        return solid.error();
      }
      solid->set("marks_hits", marks_hits);
      draw_surfaces(*solid);
    }
    const Result<Program> wire = use("wire.vert", "pick.frag", camera, cropped, viewport);
    if (!wire) {
      return wire.error();
    }
    wire->set("marks_hits", marks_hits);
    draw_wires(*wire, /*all=*/true);
    const Result<Program> line = use("line.vert", "pick.frag", camera, cropped, viewport);
    if (!line) {
      return line.error();
    }
    line->set("marks_hits", marks_hits);
    draw_lines(*line, 5.0f * look.pixel_ratio);
    return {};
  }
};

ViewRenderer::ViewRenderer(std::shared_ptr<GpuStore> store)
    : state_(std::make_unique<State>(std::move(store))) {}
ViewRenderer::~ViewRenderer() = default;

Result<void> ViewRenderer::draw(std::shared_ptr<const DrawList> list, const ViewCamera& camera,
                                const ViewLook& look, int width, int height,
                                std::uint32_t framebuffer) {
  State& s = *state_;
  s.resize(std::max(1, width), std::max(1, height));
  s.take(std::move(list));
  const float2 viewport{float(s.width), float(s.height)};
  const float4x4 view_projection = camera.view_projection();
  const auto use = [&](const char* vertex, const char* fragment) {
    return s.use(vertex, fragment, camera, view_projection, viewport);
  };
  glViewport(0, 0, s.width, s.height);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_BLEND);

  // Surfaces: color, what they belong to, normal, depth.
  glBindFramebuffer(GL_FRAMEBUFFER, s.surface_target);
  const GLuint nothing[4] = {};
  const float black[4] = {};
  glClearBufferfv(GL_COLOR, 0, black);
  glClearBufferuiv(GL_COLOR, 1, nothing);
  glDepthMask(GL_TRUE);
  glClear(GL_DEPTH_BUFFER_BIT);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LEQUAL);
  const bool has_surfaces = look.shading == ShadingMode::Solid && !s.batches.empty();
  if (has_surfaces) {
    const Result<Program> solid = use("solid.vert", "solid.frag");
    if (!solid) {
      return solid.error();
    }
    s.draw_surfaces(*solid);
  }

  // Background, surfaces, outlines.
  glBindFramebuffer(GL_FRAMEBUFFER, s.picture_target);
  glDepthMask(GL_FALSE);
  glDisable(GL_DEPTH_TEST);
  glBindVertexArray(s.empty_array);
  const Result<Program> composite = use("full_screen.vert", "composite.frag");
  if (!composite) {
    return composite.error();
  }
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, s.shaded);
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, s.facts);
  composite->set("shaded", 0);
  composite->set("facts", 1);
  composite->set("background_top", look.background_top);
  composite->set("background_bottom", look.background_bottom);
  composite->set("select_color", look.select);
  composite->set("active_color", look.active);
  composite->set("has_cavity", look.has_cavity);
  composite->set("has_outline", look.has_outline);
  composite->set("has_surfaces", has_surfaces);
  composite->set("outline_width", 2.0f * look.pixel_ratio);
  glDrawArrays(GL_TRIANGLES, 0, 3);

  // Lines in the scene, hidden by surfaces.
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  if (look.has_overlays && look.has_grid) {
    const Result<Program> grid = use("full_screen.vert", "grid.frag");
    if (!grid) {
      return grid.error();
    }
    // Views along an axis without perspective see the plane across it.
    int normal_axis = 2;
    if (!camera.is_perspective) {
      for (int i = 0; i < 2; ++i) {
        if (std::abs(camera.view[2][i]) > 0.9999f) {
          normal_axis = i;
        }
      }
    }
    grid->set("inverse_view_projection", inverse(view_projection));
    grid->set("grid_color", look.grid);
    grid->set("axis_colors[0]", look.axis_x);
    grid->set("axis_colors[1]", look.axis_y);
    grid->set("axis_colors[2]", look.axis_z);
    grid->set("normal_axis", normal_axis);
    grid->set("eye", camera.position());
    const float distance = length(camera.position());
    grid->set("far_distance", std::max(60.0f, distance * 12.0f));
    glBindVertexArray(s.empty_array);
    glDrawArrays(GL_TRIANGLES, 0, 3);
  }
  const Result<Program> wire = use("wire.vert", "wire.frag");
  if (!wire) {
    return wire.error();
  }
  wire->set("wire_color", look.wire);
  wire->set("select_color", look.select);
  wire->set("active_color", look.active);
  s.draw_wires(*wire, look.shading == ShadingMode::Wireframe);
  if (look.has_overlays) {
    const Result<Program> line = use("line.vert", "line.frag");
    if (!line) {
      return line.error();
    }
    s.draw_lines(*line, 1.2f * look.pixel_ratio);
    if (s.dot_count > 0) {
      const Result<Program> dot = use("dot.vert", "dot.frag");
      if (!dot) {
        return dot.error();
      }
      glDisable(GL_DEPTH_TEST);
      glBindVertexArray(s.empty_array);
      glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, s.dots);
      glDrawArrays(GL_TRIANGLES, 0, s.dot_count * 6);
    }
  }

  // Into the caller's framebuffer.
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_BLEND);
  const Result<Program> last =
      use("full_screen.vert", look.has_antialiasing ? "smooth.frag" : "copy.frag");
  if (!last) {
    return last.error();
  }
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, s.picture);
  last->set("picture", 0);
  glBindVertexArray(s.empty_array);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
  glUseProgram(0);
  glDepthMask(GL_TRUE);
  s.store->trim();
  return {};
}

Result<std::vector<PickHit>> ViewRenderer::pick(std::shared_ptr<const DrawList> list,
                                                const ViewCamera& camera, const ViewLook& look,
                                                int width, int height, PixelRect rect,
                                                const std::vector<std::uint32_t>& ignored) {
  State& s = *state_;
  s.take(std::move(list));
  std::vector<std::uint32_t> marks(s.list->objects.size() + 1);
  for (const std::uint32_t number : ignored) {
    if (number < marks.size()) {
      marks[number] = 1;
    }
  }
  State::fill(s.marks, marks.data(), marks.size() * sizeof(std::uint32_t));
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
  s.take(std::move(list));
  std::vector<std::uint32_t> marks(s.list->objects.size() + 1);
  if (rect.width <= 0 || rect.height <= 0) {
    return std::vector<std::uint32_t>();
  }
  State::fill(s.marks, marks.data(), marks.size() * sizeof(std::uint32_t));
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
