#include "render/raster/gpu_store.h"

#include <algorithm>

#include <GL/glew.h>

#include "render/raster/shaders.h"

namespace kiln::render::raster {
namespace {

template <typename T>
std::uint32_t upload(const std::vector<T>& values, std::size_t* bytes) {
  if (values.empty()) {
    return 0;
  }
  GLuint buffer = 0;
  glGenBuffers(1, &buffer);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glBufferData(GL_ARRAY_BUFFER, GLsizeiptr(values.size() * sizeof(T)), values.data(),
               GL_STATIC_DRAW);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  *bytes += values.size() * sizeof(T);
  return buffer;
}

// The text of a shader with its lines `#include "name"` replaced by the files of that name.
std::string with_includes(std::string_view body) {
  static constexpr std::string_view mark = "#include \"";
  std::string text;
  for (std::size_t at = body.find(mark); at != body.npos; at = body.find(mark)) {
    const std::size_t end = body.find('"', at + mark.size());
    text += body.substr(0, at);
    text += shader_source(body.substr(at + mark.size(), end - at - mark.size()));
    body.remove_prefix(end + 1);
  }
  return text.append(body);
}

Result<GLuint> compile(GLenum kind, const std::string& name, const ShaderConstants& constants) {
  const std::string_view body = shader_source(name);
  if (body.empty()) {
    return Error::invalid("there is no shader \"{}\"", name);
  }
  const std::string text = "#version 430 core\n" + constants.text() +
                           std::string(shader_source("common")) + with_includes(body);
  const char* source = text.c_str();
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &source, nullptr);
  glCompileShader(shader);
  GLint is_good = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &is_good);
  if (!is_good) {
    char log[2048] = {};
    glGetShaderInfoLog(shader, sizeof(log), nullptr, log);
    glDeleteShader(shader);
    return Error::unsupported("shader \"{}\" does not compile: {}", name, log);
  }
  return shader;
}

// Halved as often as it takes until its longest edge is within the limit; without bytes where it is
// small enough, or there is no limit.
ViewPicture within(const ViewPicture& picture, int limit) {
  ViewPicture small;
  const ViewPicture* from = &picture;
  while (limit > 0 && std::max(from->width, from->height) > limit) {
    ViewPicture half{std::max(1, from->width / 2), std::max(1, from->height / 2), {}};
    half.bytes.resize(std::size_t(half.width) * std::size_t(half.height) * 4);
    for (int y = 0; y < half.height; ++y) {
      for (int x = 0; x < half.width * 4; ++x) {
        const auto at = [&](int dx, int dy) {
          const int column = std::min(x / 4 * 2 + dx, from->width - 1),
                    row = std::min(y * 2 + dy, from->height - 1);
          return int(
              from->bytes[(std::size_t(row) * std::size_t(from->width) + std::size_t(column)) * 4 +
                          std::size_t(x % 4)]);
        };
        half.bytes[std::size_t(y) * std::size_t(half.width) * 4 + std::size_t(x)] =
            std::uint8_t((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) / 4);
      }
    }
    small = std::move(half);
    from = &small;
  }
  return small;
}

}  // namespace

Result<void> load_gl() {
  const GLenum status = glewInit();
  // Without GLX (EGL, Wayland) it says so although everything is loaded.
  if (status != GLEW_OK && !(status == 4 && glDispatchCompute)) {
    return Error::unsupported("OpenGL could not be loaded: {}",
                              reinterpret_cast<const char*>(glewGetErrorString(status)));
  }
  static_cast<void>(glGetError());
  GLint major = 0, minor = 0;
  glGetIntegerv(GL_MAJOR_VERSION, &major);
  glGetIntegerv(GL_MINOR_VERSION, &minor);
  if (major * 10 + minor < 43) {
    return Error::unsupported("OpenGL 4.3 is needed; this one is {}.{}", major, minor);
  }
  return {};
}

std::optional<GpuMemory> gpu_memory() {
  if (!GLEW_NVX_gpu_memory_info) {
    return std::nullopt;
  }
  GLint total = 0, free = 0;  // KiB
  glGetIntegerv(GL_GPU_MEMORY_INFO_TOTAL_AVAILABLE_MEMORY_NVX, &total);
  glGetIntegerv(GL_GPU_MEMORY_INFO_CURRENT_AVAILABLE_VIDMEM_NVX, &free);
  return total > 0 ? std::optional<GpuMemory>(
                         {std::size_t(total) << 10, std::size_t(std::max(0, free)) << 10})
                   : std::nullopt;
}

bool is_software_gl() {
  const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const std::string_view renderer = name ? name : "";
  return renderer.find("llvmpipe") != renderer.npos || renderer.find("softpipe") != renderer.npos ||
         renderer.find("SWR") != renderer.npos;
}

GpuStore::GpuStore(std::shared_ptr<GeometryCache> geometry, std::size_t max_bytes)
    : geometry_(std::move(geometry)), max_bytes_(max_bytes) {}

const GpuMesh& GpuStore::mesh(const Fingerprint& fingerprint, const Mesh& source) {
  const auto [found, is_new] = meshes_.try_emplace(fingerprint);
  GpuMesh& mesh = found->second;
  if (is_new) {
    const std::shared_ptr<const DrawGeometry> geometry = geometry_->take(fingerprint, source);
    mesh.positions = upload(geometry->positions, &mesh.bytes);
    mesh.normals = upload(geometry->normals, &mesh.bytes);
    mesh.triangles = upload(geometry->triangles, &mesh.bytes);
    mesh.edges = upload(geometry->edges, &mesh.bytes);
    mesh.edge_count = std::uint32_t(geometry->edges.size());
    mesh.is_flat = geometry->is_flat;
    mesh.parts = geometry->parts;
    bytes_ += mesh.bytes;
    ++upload_count_;
    geometry_->uploaded(fingerprint);
  }
  mesh.last_use = ++clock_;
  mesh.last_time = Clock::now();
  return mesh;
}

std::uint32_t GpuStore::picture(const std::shared_ptr<const ViewPicture>& picture) {
  for (PictureTexture& known : pictures_) {
    if (!known.of.owner_before(picture) && !picture.owner_before(known.of)) {
      known.last_time = Clock::now();
      return known.texture;
    }
  }
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  const ViewPicture small = within(*picture, rules_.picture_limit);
  const ViewPicture& shown = small.bytes.empty() ? *picture : small;
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, shown.width, shown.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
               shown.bytes.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glGenerateMipmap(GL_TEXTURE_2D);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  if (rules_.anisotropy > 1 && GLEW_EXT_texture_filter_anisotropic) {
    glTexParameterf(GL_TEXTURE_2D, GL_TEXTURE_MAX_ANISOTROPY_EXT, float(rules_.anisotropy));
  }
  pictures_.push_back({picture, texture, Clock::now()});
  return texture;
}

const GpuMesh& GpuStore::mesh_with_sharp_edges(const Fingerprint& geometry, const Mesh& source) {
  static_cast<void>(mesh(geometry, source));
  GpuMesh& known = meshes_[geometry];
  if (!known.sharp_edges && known.edges) {
    known.sharpness = make_sharp_edges(source);
    std::size_t bytes = 0;
    known.sharp_edges = upload(known.sharpness.edges, &bytes);
    known.sharpness.edges = {};
    known.bytes += bytes;
    bytes_ += bytes;
  }
  return known;
}

const GpuMesh& GpuStore::mesh_with_paint(const Fingerprint& geometry, const Mesh& source) {
  static_cast<void>(mesh(geometry, source));
  GpuMesh& known = meshes_[geometry];
  if (!known.painted.positions && known.triangles) {
    const PaintedGeometry made = make_painted_geometry(source);
    std::size_t bytes = 0;
    known.painted.positions = upload(made.positions, &bytes);
    known.painted.normals = upload(made.normals, &bytes);
    known.painted.colors = upload(made.colors, &bytes);
    known.painted.uvs = upload(made.uvs, &bytes);
    known.bytes += bytes;
    bytes_ += bytes;
  }
  return known;
}

void GpuStore::set_rules(const GpuRules& rules) {
  const bool changes_pictures =
      rules.picture_limit != rules_.picture_limit || rules.anisotropy != rules_.anisotropy;
  rules_ = rules;
  if (changes_pictures) {
    for (const PictureTexture& known : pictures_) {
      glDeleteTextures(1, &known.texture);
    }
    pictures_.clear();
  }
}

void GpuStore::drop(std::unordered_map<Fingerprint, GpuMesh>::iterator mesh) {
  const GpuMesh& gone = mesh->second;
  const GLuint buffers[] = {gone.positions,       gone.normals,        gone.triangles,
                            gone.edges,           gone.sharp_edges,    gone.painted.positions,
                            gone.painted.normals, gone.painted.colors, gone.painted.uvs};
  glDeleteBuffers(9, buffers);
  bytes_ -= mesh->second.bytes;
  geometry_->forget(mesh->first);
  meshes_.erase(mesh);
}

void GpuStore::trim(Clock::time_point now) {
  const auto is_due = [now](int time_out, int interval, Clock::time_point& looked_at) {
    if (time_out <= 0 || now - looked_at < std::chrono::seconds(interval)) {
      return false;
    }
    looked_at = now;
    return true;
  };
  const bool looks_at_pictures =
      is_due(rules_.picture_time_out, rules_.picture_interval, pictures_looked_at_);
  std::erase_if(pictures_, [&](const PictureTexture& known) {
    const bool is_old =
        looks_at_pictures && now - known.last_time >= std::chrono::seconds(rules_.picture_time_out);
    if (is_old || known.of.expired()) {
      glDeleteTextures(1, &known.texture);
      return true;
    }
    return false;
  });
  if (is_due(rules_.mesh_time_out, rules_.mesh_interval, meshes_looked_at_)) {
    for (auto it = meshes_.begin(); it != meshes_.end();) {
      const auto next = std::next(it);
      if (now - it->second.last_time >= std::chrono::seconds(rules_.mesh_time_out)) {
        drop(it);
      }
      it = next;
    }
  }
  while (bytes_ > max_bytes_ && meshes_.size() > 1) {
    drop(std::min_element(meshes_.begin(), meshes_.end(), [](const auto& a, const auto& b) {
      return a.second.last_use < b.second.last_use;
    }));
  }
}

Result<std::uint32_t> GpuStore::program(const std::string& vertex, const std::string& fragment,
                                        const ShaderConstants& constants) {
  const std::string key = vertex + " " + fragment + "\n" + constants.text();
  if (const auto known = programs_.find(key); known != programs_.end()) {
    return known->second;
  }
  const Result<GLuint> a = compile(GL_VERTEX_SHADER, vertex, constants);
  if (!a) {
    return a.error();
  }
  const Result<GLuint> b = compile(GL_FRAGMENT_SHADER, fragment, constants);
  if (!b) {
    return b.error();
  }
  const GLuint program = glCreateProgram();
  glAttachShader(program, *a);
  glAttachShader(program, *b);
  glLinkProgram(program);
  glDeleteShader(*a);
  glDeleteShader(*b);
  GLint is_good = 0;
  glGetProgramiv(program, GL_LINK_STATUS, &is_good);
  if (!is_good) {
    char log[2048] = {};
    glGetProgramInfoLog(program, sizeof(log), nullptr, log);
    return Error::unsupported("shaders \"{}\" do not link: {}", key, log);
  }
  programs_[key] = program;
  return program;
}

}  // namespace kiln::render::raster
