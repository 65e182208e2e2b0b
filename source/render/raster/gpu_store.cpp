#include "render/raster/gpu_store.h"

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
  return mesh;
}

std::uint32_t GpuStore::picture(const std::shared_ptr<const ViewPicture>& picture) {
  for (const PictureTexture& known : pictures_) {
    if (!known.of.owner_before(picture) && !picture.owner_before(known.of)) {
      return known.texture;
    }
  }
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, picture->width, picture->height, 0, GL_RGBA,
               GL_UNSIGNED_BYTE, picture->bytes.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glGenerateMipmap(GL_TEXTURE_2D);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  pictures_.push_back({picture, texture});
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

void GpuStore::trim() {
  std::erase_if(pictures_, [](const PictureTexture& known) {
    if (known.of.expired()) {
      glDeleteTextures(1, &known.texture);
      return true;
    }
    return false;
  });
  while (bytes_ > max_bytes_ && meshes_.size() > 1) {
    auto oldest = meshes_.begin();
    for (auto it = meshes_.begin(); it != meshes_.end(); ++it) {
      if (it->second.last_use < oldest->second.last_use) {
        oldest = it;
      }
    }
    const GLuint buffers[] = {oldest->second.positions, oldest->second.normals,
                              oldest->second.triangles, oldest->second.edges,
                              oldest->second.sharp_edges};
    glDeleteBuffers(5, buffers);
    bytes_ -= oldest->second.bytes;
    geometry_->forget(oldest->first);
    meshes_.erase(oldest);
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
