#pragma once

#include <memory>
#include <vector>

#include "render/raster/draw_list.h"
#include "render/raster/gl_objects.h"
#include "render/raster/gpu_store.h"

namespace kiln::render::raster {

/// What a draw list is on the graphics card: instances grouped by mesh, lines and dots. Belongs to
/// one context, which is current in every call.
class SceneBuffers {
public:
  explicit SceneBuffers(std::shared_ptr<GpuStore> store);
  ~SceneBuffers();
  SceneBuffers(const SceneBuffers&) = delete;
  SceneBuffers& operator=(const SceneBuffers&) = delete;

  /// Groups the items of a list by mesh and uploads what is new; nothing to do for the same list.
  void take(std::shared_ptr<const DrawList> list);
  const DrawList& list() const { return *list_; }
  const std::shared_ptr<const DrawList>& shared_list() const { return list_; }
  bool has_surfaces() const { return !batches_.empty(); }

  bool has_transparent() const { return has_transparent_; }
  /// Whether there are items that look like the background.
  bool has_background_items() const { return has_background_items_; }

  enum class Surfaces { All, Opaque, Transparent };
  /// `is_painted`: with the colors of the attribute or the pictures that the shading asks for.
  void draw_surfaces(const Program& program, Surfaces which = Surfaces::All,
                     bool is_painted = false);
  /// Edges of all meshes, or of those alone that show nothing else. `threshold`: see
  /// `SharpEdges::count_for`.
  void draw_wires(const Program& program, bool all, float threshold = 1.0f);
  void draw_lines(const Program& program, float width) const;
  void draw_front_lines(const Program& program, float width) const;
  void draw_through_lines(const Program& program, float width, float opacity) const;
  /// Dots in front of everything, or those that surfaces hide.
  void draw_dots(bool in_front) const;
  void draw_fills() const;
  /// Four corners as a strip; the program knows where they are.
  void draw_rectangle() const;
  /// A triangle over the whole view.
  void draw_screen() const;

private:
  // Instances of one mesh: a run of the instance buffer.
  struct Batch {
    Fingerprint geometry;
    const Mesh* mesh = nullptr;
    bool draws_wire_only = false, is_in_front = false, is_transparent = false,
         shows_all_edges = false;
    int first = 0, count = 0;
    /// Of textured shading: one for each part of each instance; null: none.
    std::vector<std::shared_ptr<const ViewPicture>> textures;
  };
  void draw_batch(const Program& program, const Batch& batch, const GpuMesh& mesh) const;
  void draw_painted_batch(const Program& program, const Batch& batch, const GpuMesh& mesh) const;
  void upload_instances();
  void upload_marks();
  void draw_line_buffer(const Program& program, GLuint buffer, int count, float width,
                        float opacity) const;

  std::shared_ptr<GpuStore> store_;
  std::shared_ptr<const DrawList> list_;
  std::vector<Batch> batches_;
  GLuint vertex_array_ = 0, empty_array_ = 0;
  GLuint instances_ = 0, colors_ = 0, lines_ = 0, front_lines_ = 0, dots_ = 0, hidden_dots_ = 0,
         fills_ = 0, through_lines_ = 0;
  int line_count_ = 0, front_line_count_ = 0, dot_count_ = 0, hidden_dot_count_ = 0,
      fill_count_ = 0, through_line_count_ = 0;
  bool has_transparent_ = false, has_background_items_ = false;
};

}  // namespace kiln::render::raster
