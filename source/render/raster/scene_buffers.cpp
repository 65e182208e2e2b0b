#include "render/raster/scene_buffers.h"

#include <bit>

#include "render/raster/surface_color.h"

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
struct GpuFill {
  float corners[3][4], colors[3][4];
};

std::vector<GpuLine> to_gpu(const std::vector<Line>& lines) {
  std::vector<GpuLine> out;
  out.reserve(lines.size());
  for (const Line& line : lines) {
    out.push_back({{line.from.x, line.from.y, line.from.z, line.screen_length},
                   {line.to.x, line.to.y, line.to.z, std::bit_cast<float>(line.id)},
                   {line.color.x, line.color.y, line.color.z, line.color.w}});
  }
  return out;
}

std::vector<GpuDot> to_gpu(const std::vector<Dot>& dots) {
  std::vector<GpuDot> out;
  out.reserve(dots.size());
  for (const Dot& dot : dots) {
    out.push_back({{dot.at.x, dot.at.y, dot.at.z, dot.radius},
                   {dot.color.x, dot.color.y, dot.color.z, dot.color.w}});
  }
  return out;
}

}  // namespace

SceneBuffers::SceneBuffers(std::shared_ptr<GpuStore> store) : store_(std::move(store)) {
  glGenVertexArrays(1, &vertex_array_);
  glGenVertexArrays(1, &empty_array_);
  glBindVertexArray(vertex_array_);
  glVertexAttribFormat(0, 3, GL_FLOAT, GL_FALSE, 0);
  glVertexAttribBinding(0, 0);
  glEnableVertexAttribArray(0);
  glVertexAttribFormat(1, 4, GL_INT_2_10_10_10_REV, GL_TRUE, 0);
  glVertexAttribBinding(1, 1);
  glVertexAttribFormat(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, 0);
  glVertexAttribBinding(2, 2);
  glVertexAttribFormat(3, 2, GL_FLOAT, GL_FALSE, 0);
  glVertexAttribBinding(3, 3);
  glBindVertexArray(0);
  for (GLuint* buffer : {&instances_, &colors_, &lines_, &front_lines_, &dots_, &hidden_dots_,
                         &fills_, &through_lines_}) {
    glGenBuffers(1, buffer);
  }
}

SceneBuffers::~SceneBuffers() {
  for (const GLuint* buffer : {&instances_, &colors_, &lines_, &front_lines_, &dots_, &hidden_dots_,
                               &fills_, &through_lines_}) {
    glDeleteBuffers(1, buffer);
  }
  glDeleteVertexArrays(1, &vertex_array_);
  glDeleteVertexArrays(1, &empty_array_);
}

void SceneBuffers::take(std::shared_ptr<const DrawList> fresh) {
  if (fresh == list_) {
    return;
  }
  list_ = std::move(fresh);
  upload_instances();
  upload_marks();
}

void SceneBuffers::upload_instances() {
  batches_.clear();
  has_transparent_ = has_background_items_ = false;
  struct Key {
    Fingerprint geometry;
    bool is_wire, is_in_front, is_transparent, shows_all_edges;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& k) const {
      return std::hash<Fingerprint>()(k.geometry) ^ std::size_t(k.is_wire) ^
             std::size_t(k.is_in_front) << 1 ^ std::size_t(k.is_transparent) << 2 ^
             std::size_t(k.shows_all_edges) << 3;
    }
  };
  std::unordered_map<Key, std::size_t, KeyHash> groups;
  std::vector<std::vector<const DrawItem*>> members;
  for (const DrawItem& item : list_->items) {
    const auto [found, is_new] =
        groups.try_emplace(Key{item.object->geometry, item.draws_wire_only, item.is_in_front,
                               item.is_transparent, item.shows_all_edges},
                           batches_.size());
    if (is_new) {
      batches_.push_back({item.object->geometry, item.object->mesh.get(), item.draws_wire_only,
                          item.is_in_front, item.is_transparent, item.shows_all_edges});
      members.emplace_back();
    }
    members[found->second].push_back(&item);
    has_transparent_ = has_transparent_ || item.is_transparent;
    has_background_items_ = has_background_items_ || item.is_background;
  }
  std::vector<GpuInstance> instance_data;
  std::vector<std::uint32_t> color_data;
  std::unordered_map<const evaluation::EvaluatedObject*, std::uint32_t> first_colors;
  instance_data.reserve(list_->items.size());
  for (std::size_t b = 0; b < batches_.size(); ++b) {
    Batch& batch = batches_[b];
    batch.first = int(instance_data.size());
    batch.count = int(members[b].size());
    const std::vector<DrawGeometry::Part>& parts = store_->mesh(batch.geometry, *batch.mesh).parts;
    for (const DrawItem* item : members[b]) {
      const auto [colors_at, is_new] =
          first_colors.try_emplace(item->object, std::uint32_t(color_data.size()));
      if (is_new) {
        // One more for edges.
        const Object& object = *item->object->object;
        color_data.push_back(wire_color(object, list_->shading, list_->wire));
        for (const DrawGeometry::Part& part : parts) {
          color_data.push_back(
              surface_color(list_->scene->document, object, part.slot, list_->shading));
        }
      }
      GpuInstance& instance = instance_data.emplace_back();
      by_columns(item->world, instance.world);
      instance.facts[0] = item->id | std::uint32_t(item->is_background) << 28 |
                          std::uint32_t(item->is_faded) << 29 |
                          std::uint32_t(item->is_selected) << 30 |
                          std::uint32_t(item->is_active && item->is_selected) << 31;
      instance.facts[1] = colors_at->second;
      instance.facts[2] = determinant(upper3x3(item->world)) < 0.0f ? 1u : 0u;
      instance.facts[3] = 0;
      if (list_->shading.color_type == ViewColorType::Texture) {
        const Object& object = *item->object->object;
        for (const DrawGeometry::Part& part : parts) {
          const BlockId material = shown_material(list_->scene->document, object, part.slot);
          const auto found = list_->textures.find(material);
          batch.textures.push_back(found == list_->textures.end() ? nullptr : found->second);
        }
      }
    }
  }
  fill_buffer(instances_, instance_data.data(), instance_data.size() * sizeof(GpuInstance));
  fill_buffer(colors_, color_data.data(), color_data.size() * sizeof(std::uint32_t));
}

void SceneBuffers::upload_marks() {
  const std::vector<GpuLine> line_data = to_gpu(list_->lines),
                             front_data = to_gpu(list_->front_lines);
  fill_buffer(lines_, line_data.data(), line_data.size() * sizeof(GpuLine));
  fill_buffer(front_lines_, front_data.data(), front_data.size() * sizeof(GpuLine));
  const std::vector<GpuLine> through_data = to_gpu(list_->through_lines);
  fill_buffer(through_lines_, through_data.data(), through_data.size() * sizeof(GpuLine));
  through_line_count_ = int(through_data.size());
  line_count_ = int(line_data.size());
  front_line_count_ = int(front_data.size());
  const std::vector<GpuDot> dot_data = to_gpu(list_->dots),
                            hidden_data = to_gpu(list_->hidden_dots);
  fill_buffer(dots_, dot_data.data(), dot_data.size() * sizeof(GpuDot));
  fill_buffer(hidden_dots_, hidden_data.data(), hidden_data.size() * sizeof(GpuDot));
  dot_count_ = int(dot_data.size());
  hidden_dot_count_ = int(hidden_data.size());
  std::vector<GpuFill> fill_data;
  fill_data.reserve(list_->fills.size());
  for (const Fill& fill : list_->fills) {
    GpuFill& out = fill_data.emplace_back();
    for (int i = 0; i < 3; ++i) {
      out.corners[i][0] = fill.corners[std::size_t(i)].x;
      out.corners[i][1] = fill.corners[std::size_t(i)].y;
      out.corners[i][2] = fill.corners[std::size_t(i)].z;
      out.corners[i][3] = 1.0f;
    }
    for (std::size_t corner = 0; corner < 3; ++corner) {
      for (int i = 0; i < 4; ++i) {
        out.colors[corner][i] =
            fill.has_corner_colors ? fill.corner_colors[corner][i] : fill.color[i];
      }
    }
  }
  fill_buffer(fills_, fill_data.data(), fill_data.size() * sizeof(GpuFill));
  fill_count_ = int(fill_data.size());
}

// What is in front of all else gets the first thousandth of the depths, which nothing else reaches
// but for what touches the eye.
static void set_depth_range(bool is_in_front) {
  glDepthRange(0.0, is_in_front ? 0.001 : 1.0);
}

void SceneBuffers::draw_surfaces(const Program& program, Surfaces which, bool is_painted) {
  glBindVertexArray(vertex_array_);
  glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, instances_);
  glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, colors_);
  for (const Batch& batch : batches_) {
    if (batch.draws_wire_only ||
        (which != Surfaces::All && batch.is_transparent != (which == Surfaces::Transparent))) {
      continue;
    }
    const GpuMesh& mesh = is_painted ? store_->mesh_with_paint(batch.geometry, *batch.mesh)
                                     : store_->mesh(batch.geometry, *batch.mesh);
    if (!mesh.triangles) {
      continue;
    }
    set_depth_range(batch.is_in_front);
    program.set("is_flat", mesh.is_flat);
    if (is_painted) {
      draw_painted_batch(program, batch, mesh);
    } else {
      draw_batch(program, batch, mesh);
    }
  }
  set_depth_range(false);
}

namespace {

// A buffer of one attribute of vertices; 0: they have none.
void bind_attribute(GLuint attribute, GLuint buffer, GLsizei stride) {
  if (buffer == 0) {
    glDisableVertexAttribArray(attribute);
    return;
  }
  glEnableVertexAttribArray(attribute);
  glBindVertexBuffer(attribute, buffer, 0, stride);
}

}  // namespace

void SceneBuffers::draw_batch(const Program& program, const Batch& batch,
                              const GpuMesh& mesh) const {
  glBindVertexBuffer(0, mesh.positions, 0, sizeof(float3));
  bind_attribute(1, mesh.is_flat ? 0 : mesh.normals, sizeof(std::uint32_t));
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, mesh.triangles);
  program.set("first_instance", batch.first);
  for (std::size_t part = 0; part < mesh.parts.size(); ++part) {
    program.set("part", int(part));
    glDrawElementsInstanced(GL_TRIANGLES, GLsizei(mesh.parts[part].count), GL_UNSIGNED_INT,
                            reinterpret_cast<const void*>(std::uintptr_t(mesh.parts[part].first) *
                                                          sizeof(std::uint32_t)),
                            batch.count);
  }
}

void SceneBuffers::draw_painted_batch(const Program& program, const Batch& batch,
                                      const GpuMesh& mesh) const {
  const GpuMesh::Painted& painted = mesh.painted;
  glBindVertexBuffer(0, painted.positions, 0, sizeof(float3));
  bind_attribute(1, painted.normals, sizeof(std::uint32_t));
  bind_attribute(2, painted.colors, sizeof(std::uint32_t));
  bind_attribute(3, painted.uvs, sizeof(float2));
  const bool has_textures = !batch.textures.empty();
  const auto draw = [&](int instance, int count, std::size_t part, bool has_paint) {
    program.set("first_instance", instance);
    program.set("part", int(part));
    program.set("has_paint", has_paint);
    glDrawArraysInstanced(GL_TRIANGLES, GLint(mesh.parts[part].first),
                          GLsizei(mesh.parts[part].count), count);
  };
  for (std::size_t part = 0; part < mesh.parts.size(); ++part) {
    if (!has_textures) {
      draw(batch.first, batch.count, part, painted.colors != 0);
      continue;
    }
    // Instances that follow each other with the same picture go together.
    const auto texture_of = [&](int i) -> const std::shared_ptr<const ViewPicture>& {
      return batch.textures[std::size_t(i) * mesh.parts.size() + part];
    };
    for (int from = 0, to = 0; from < batch.count; from = to) {
      to = from + 1;
      while (to < batch.count && texture_of(to) == texture_of(from)) {
        ++to;
      }
      const bool has_picture = texture_of(from) && painted.uvs != 0;
      if (has_picture) {
        const GLuint texture = store_->picture(texture_of(from));
        program.set_texture("surface_picture", 2, texture);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_REPEAT);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_REPEAT);
      }
      draw(batch.first + from, to - from, part, has_picture);
    }
  }
  glDisableVertexAttribArray(2);
  glDisableVertexAttribArray(3);
}

void SceneBuffers::draw_wires(const Program& program, bool all, float threshold) {
  glBindVertexArray(vertex_array_);
  glDisableVertexAttribArray(1);
  glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 0, instances_);
  glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 1, colors_);
  for (const Batch& batch : batches_) {
    if (!all && !batch.draws_wire_only) {
      continue;
    }
    const bool is_sorted = threshold < 1.0f && !batch.shows_all_edges;
    const GpuMesh& mesh = is_sorted ? store_->mesh_with_sharp_edges(batch.geometry, *batch.mesh)
                                    : store_->mesh(batch.geometry, *batch.mesh);
    if (!mesh.edges) {
      continue;
    }
    const std::uint32_t indices =
        is_sorted ? 2 * mesh.sharpness.count_for(threshold) : mesh.edge_count;
    glBindVertexBuffer(0, mesh.positions, 0, sizeof(float3));
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, is_sorted ? mesh.sharp_edges : mesh.edges);
    set_depth_range(batch.is_in_front);
    program.set("first_instance", batch.first);
    glDrawElementsInstanced(GL_LINES, GLsizei(indices), GL_UNSIGNED_INT, nullptr, batch.count);
  }
  set_depth_range(false);
}

void SceneBuffers::draw_line_buffer(const Program& program, GLuint buffer, int count, float width,
                                    float opacity) const {
  if (count > 0) {
    glBindVertexArray(empty_array_);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, buffer);
    program.set("width", width);
    program.set("opacity", opacity);
    glDrawArrays(GL_TRIANGLES, 0, count * 6);
  }
}

void SceneBuffers::draw_lines(const Program& program, float width) const {
  draw_line_buffer(program, lines_, line_count_, width, 1.0f);
}

void SceneBuffers::draw_front_lines(const Program& program, float width) const {
  draw_line_buffer(program, front_lines_, front_line_count_, width, 1.0f);
}

void SceneBuffers::draw_through_lines(const Program& program, float width, float opacity) const {
  draw_line_buffer(program, through_lines_, through_line_count_, width, opacity);
}

void SceneBuffers::draw_dots(bool in_front) const {
  const int count = in_front ? dot_count_ : hidden_dot_count_;
  if (count > 0) {
    glBindVertexArray(empty_array_);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, in_front ? dots_ : hidden_dots_);
    glDrawArrays(GL_TRIANGLES, 0, count * 6);
  }
}

void SceneBuffers::draw_fills() const {
  if (fill_count_ > 0) {
    glBindVertexArray(empty_array_);
    glBindBufferBase(GL_SHADER_STORAGE_BUFFER, 2, fills_);
    glDrawArrays(GL_TRIANGLES, 0, fill_count_ * 3);
  }
}

void SceneBuffers::draw_rectangle() const {
  glBindVertexArray(empty_array_);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

void SceneBuffers::draw_screen() const {
  glBindVertexArray(empty_array_);
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

}  // namespace kiln::render::raster
