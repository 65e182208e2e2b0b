#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/result.h"
#include "render/raster/geometry_cache.h"
#include "render/raster/placed_picture.h"

namespace kiln::render::raster {

/// Loads the functions of the context that is current; error: it offers less than OpenGL 4.3.
Result<void> load_gl();

/// Memory of the graphics card of the context that is current, in bytes.
struct GpuMemory {
  std::size_t total = 0, free = 0;
};
/// What the driver tells (GL_NVX_gpu_memory_info); nothing where it tells nothing.
std::optional<GpuMemory> gpu_memory();

/// Whether shaders of the context that is current run on the processor, where every pixel counts.
bool is_software_gl();

/// What is fixed when a shader is compiled, as lines of GLSL. Where there is no branch at run time
/// the other side costs nothing, which matters most where shaders run on the processor.
class ShaderConstants {
public:
  ShaderConstants& with(const char* name, bool value) {
    text_ += std::string("const bool ") + name + (value ? " = true;\n" : " = false;\n");
    return *this;
  }
  ShaderConstants& with(const char* name, int value) {
    text_ += std::string("const int ") + name + " = " + std::to_string(value) + ";\n";
    return *this;
  }
  const std::string& text() const { return text_; }

private:
  std::string text_;
};

/// A mesh on the graphics card.
struct GpuMesh {
  std::uint32_t positions = 0, normals = 0, triangles = 0, edges = 0;  ///< buffers; 0: none
  std::uint32_t edge_count = 0;                                        ///< indices
  bool is_flat = true;
  std::vector<DrawGeometry::Part> parts;
  /// Triangles with what is painted on them, not indexed; see `PaintedGeometry`.
  struct Painted {
    std::uint32_t positions = 0, normals = 0, colors = 0, uvs = 0;  ///< buffers; 0: none
  };
  Painted painted;                ///< where it was asked for
  std::uint32_t sharp_edges = 0;  ///< a buffer; 0: not asked for
  SharpEdges sharpness;           ///< without the edges themselves
  std::size_t bytes = 0;
  std::uint64_t last_use = 0;
  std::chrono::steady_clock::time_point last_time;
};

/// What is kept on the card for how long, and how pictures lie there. Times are in seconds.
struct GpuRules {
  int mesh_time_out = 0, mesh_interval = 60;        ///< unused ones go after that; 0: never
  int picture_time_out = 0, picture_interval = 60;  ///< the same of pictures
  int picture_limit = 0;                            ///< longest edge; 0: any
  int anisotropy = 1;                               ///< samples along the longer way
  float clip_alpha = 0.004f;                        ///< pictures that cover less are not seen
};

/// Buffers and programs that all contexts of a program share. Used while one of these contexts is
/// current, by one thread.
class GpuStore {
public:
  explicit GpuStore(std::shared_ptr<GeometryCache> geometry, std::size_t max_bytes = std::size_t(1)
                                                                                     << 30);
  GpuStore(const GpuStore&) = delete;
  GpuStore& operator=(const GpuStore&) = delete;

  /// Uploads what is not there yet.
  const GpuMesh& mesh(const Fingerprint& geometry, const Mesh& source);
  /// The same with its edges by sharpness, which are uploaded when they are first asked for.
  const GpuMesh& mesh_with_sharp_edges(const Fingerprint& geometry, const Mesh& source);
  /// The same with what is painted on it, which is uploaded when it is first asked for.
  const GpuMesh& mesh_with_paint(const Fingerprint& geometry, const Mesh& source);
  /// Drops meshes that were not used for longest, above the limit, and what was not used for as
  /// long as the rules say. To be called after a frame.
  void trim(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());
  /// Pictures are uploaded anew where their size or filter changes.
  void set_rules(const GpuRules& rules);
  const GpuRules& rules() const { return rules_; }
  std::size_t mesh_count() const { return meshes_.size(); }
  std::size_t picture_count() const { return pictures_.size(); }
  /// The texture of a picture, uploaded when it is first asked for. It goes with the picture.
  std::uint32_t picture(const std::shared_ptr<const ViewPicture>& picture);
  /// A program from the shaders of this folder, "solid.vert" and "solid.frag", both with these
  /// constants. Compiled once for each set of these.
  Result<std::uint32_t> program(const std::string& vertex, const std::string& fragment,
                                const ShaderConstants& constants = {});
  /// Number of meshes uploaded since the beginning.
  std::size_t upload_count() const { return upload_count_; }
  GeometryCache& geometry() const { return *geometry_; }

private:
  std::shared_ptr<GeometryCache> geometry_;
  std::size_t max_bytes_, bytes_ = 0, upload_count_ = 0;
  std::uint64_t clock_ = 0;
  using Clock = std::chrono::steady_clock;
  void drop(std::unordered_map<Fingerprint, GpuMesh>::iterator mesh);

  GpuRules rules_;
  Clock::time_point meshes_looked_at_, pictures_looked_at_;
  std::unordered_map<Fingerprint, GpuMesh> meshes_;
  std::unordered_map<std::string, std::uint32_t> programs_;
  struct PictureTexture {
    std::weak_ptr<const ViewPicture> of;
    std::uint32_t texture = 0;
    Clock::time_point last_time;
  };
  std::vector<PictureTexture> pictures_;
};

}  // namespace kiln::render::raster
