#include "render/raster/gl_objects.h"

#include <algorithm>

namespace kiln::render::raster {

void by_columns(const float4x4& m, float* out) {
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 4; ++column) {
      out[column * 4 + row] = m[row][column];
    }
  }
}

void Program::set(const char* name, const float4x4& m) const {
  float columns[16];
  by_columns(m, columns);
  glUniformMatrix4fv(at(name), 1, GL_FALSE, columns);
}

void Program::set_texture(const char* name, int unit, GLuint texture) const {
  glActiveTexture(GLenum(GL_TEXTURE0 + unit));
  glBindTexture(GL_TEXTURE_2D, texture);
  set(name, unit);
}

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

void fill_buffer(GLuint buffer, const void* data, std::size_t size) {
  glBindBuffer(GL_SHADER_STORAGE_BUFFER, buffer);
  glBufferData(GL_SHADER_STORAGE_BUFFER, GLsizeiptr(std::max<std::size_t>(size, 16)), nullptr,
               GL_DYNAMIC_DRAW);
  if (size > 0) {
    glBufferSubData(GL_SHADER_STORAGE_BUFFER, 0, GLsizeiptr(size), data);
  }
}

}  // namespace kiln::render::raster
