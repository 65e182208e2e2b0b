#pragma once

#include <vector>

#include <GL/glew.h>

#include "core/math.h"

namespace kiln::render::raster {

/// Sixteen numbers as GLSL has matrices: by columns.
void by_columns(const float4x4& m, float* out);

/// Uniforms of a program by name; setting one that it does not use does nothing. The program is in
/// use from the construction on.
class Program {
public:
  explicit Program(GLuint id) : id_(id) { glUseProgram(id); }
  void set(const char* name, int v) const { glUniform1i(at(name), v); }
  void set(const char* name, bool v) const { glUniform1i(at(name), v); }
  void set(const char* name, float v) const { glUniform1f(at(name), v); }
  void set(const char* name, float2 v) const { glUniform2f(at(name), v.x, v.y); }
  void set(const char* name, float3 v) const { glUniform3f(at(name), v.x, v.y, v.z); }
  void set(const char* name, float4 v) const { glUniform4f(at(name), v.x, v.y, v.z, v.w); }
  void set(const char* name, const float4x4& m) const;
  /// Binds a 2D texture to a unit for a sampler.
  void set_texture(const char* name, int unit, GLuint texture) const;

private:
  GLint at(const char* name) const { return glGetUniformLocation(id_, name); }
  GLuint id_;
};

GLuint make_texture(GLenum format, int width, int height, bool is_filtered);
/// With these color attachments; `depth` 0: none.
GLuint make_framebuffer(const std::vector<GLuint>& colors, GLuint depth);
/// Gives a buffer of any size new contents.
void fill_buffer(GLuint buffer, const void* data, std::size_t size);

}  // namespace kiln::render::raster
