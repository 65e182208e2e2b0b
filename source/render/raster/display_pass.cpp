#include "render/raster/display_pass.h"

#include <string>
#include <string_view>
#include <vector>

#include <GL/glew.h>

namespace kiln::render::raster {
namespace {

constexpr const char* vertex_source = R"glsl(#version 430 core
uniform vec4 rect;    // left, top, width, height
uniform vec4 shown;   // the same of what is drawn; outside the picture it is repeated
uniform vec2 target;
out vec2 place;       // in the picture, from its bottom left
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 pixel = shown.xy + corner * shown.zw;
  place = (pixel - rect.xy) / rect.zw;
  place.y = 1.0 - place.y;
  vec2 at = pixel / target * 2.0 - 1.0;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
}
)glsl";

// Composites over the checkerboard after the transform; bytes are premultiplied display values.
constexpr const char* fragment_source = R"glsl(
uniform sampler2D picture;
uniform float gain;
uniform float checker;
in vec2 place;
out vec4 color;
void main() {
  vec4 c = texture(picture, IS_BYTES ? vec2(place.x, 1.0 - place.y) : place);
  if (!IS_BYTES) {
    float alpha = clamp(c.a, 0.0, 1.0);
    c.rgb = (alpha > 0.0 && alpha < 1.0 ? c.rgb / alpha : c.rgb) * gain;
    c.rgb = TRANSFORM(vec4(c.rgb, 1.0)).rgb;
    c = vec4(clamp(c.rgb, 0.0, 1.0) * alpha, alpha);
  }
  vec3 below = vec3(0.0);
  if (checker > 0.0) {
    ivec2 cell = ivec2(floor(gl_FragCoord.xy / checker));
    below = vec3(((cell.x + cell.y) & 1) == 1 ? 0.4 : 0.541);
  }
  color = vec4(c.rgb + below * (1.0 - c.a), 1.0);
}
)glsl";

Result<GLuint> compile(GLenum kind, const std::string& source) {
  const GLuint shader = glCreateShader(kind);
  const char* text = source.c_str();
  glShaderSource(shader, 1, &text, nullptr);
  glCompileShader(shader);
  GLint is_good = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &is_good);
  if (!is_good) {
    char message[1024] = {};
    glGetShaderInfoLog(shader, sizeof(message), nullptr, message);
    glDeleteShader(shader);
    return Error::unsupported("the display transform cannot be compiled for the graphics card: {}",
                              message);
  }
  return shader;
}

void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

Result<GLuint> link(const std::string& functions, const std::string& transform, bool is_bytes) {
  std::string body = fragment_source;
  replace_all(body, "IS_BYTES", is_bytes ? "true" : "false");
  replace_all(body, "TRANSFORM", transform);
  const Result<GLuint> vertex = compile(GL_VERTEX_SHADER, vertex_source);
  if (!vertex) {
    return vertex.error();
  }
  const Result<GLuint> fragment =
      compile(GL_FRAGMENT_SHADER, "#version 430 core\n" + functions + body);
  if (!fragment) {
    glDeleteShader(*vertex);
    return fragment.error();
  }
  const GLuint program = glCreateProgram();
  glAttachShader(program, *vertex);
  glAttachShader(program, *fragment);
  glLinkProgram(program);
  glDeleteShader(*vertex);
  glDeleteShader(*fragment);
  GLint is_good = 0;
  glGetProgramiv(program, GL_LINK_STATUS, &is_good);
  if (!is_good) {
    glDeleteProgram(program);
    return Error::unsupported("the display transform cannot be linked for the graphics card");
  }
  return program;
}

}  // namespace

struct DisplayPass::State {
  GLuint vertex_array = 0, picture = 0, transform = 0, plain = 0;
  struct Table {
    GLuint texture = 0;
    GLenum kind = GL_TEXTURE_1D;
    std::string sampler;
  };
  std::vector<Table> tables;
  int width = 0, height = 0;
  bool is_bytes = false;

  State() { glGenVertexArrays(1, &vertex_array); }
  ~State() {
    drop_transform();
    glDeleteProgram(plain);
    glDeleteTextures(1, &picture);
    glDeleteVertexArrays(1, &vertex_array);
  }
  void drop_transform() {
    glDeleteProgram(transform);
    transform = 0;
    for (const Table& table : tables) {
      glDeleteTextures(1, &table.texture);
    }
    tables.clear();
  }
  Result<void> upload(int w, int h, GLint internal, GLenum format, GLenum type,
                      const void* pixels) {
    const int most = limits().texture_size;
    if (w > most || h > most) {
      return Error::unsupported(
          "{} x {} pixels are more than the {} along an edge that the graphics card takes", w, h,
          most);
    }
    if (!picture) {
      glGenTextures(1, &picture);
    }
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, picture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    while (glGetError() != GL_NO_ERROR) {
    }
    glTexImage2D(GL_TEXTURE_2D, 0, internal, w, h, 0, format, type, pixels);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);  // as others who draw here expect it
    if (glGetError() != GL_NO_ERROR) {
      return Error::unsupported("the graphics card has no room for a picture of {} x {} pixels", w,
                                h);
    }
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    width = w;
    height = h;
    return {};
  }
};

DisplayPass::DisplayPass() : state_(std::make_unique<State>()) {}
DisplayPass::~DisplayPass() = default;

DisplayPass::Limits DisplayPass::limits() {
  Limits limits;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &limits.texture_size);
  const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const std::string_view renderer = name ? name : "";
  limits.is_software = renderer.find("llvmpipe") != std::string_view::npos ||
                       renderer.find("softpipe") != std::string_view::npos ||
                       renderer.find("SWR") != std::string_view::npos;
  return limits;
}

Result<void> DisplayPass::set_transform(const image::GpuShader& shader) {
  state_->drop_transform();
  const Result<GLuint> program = link(shader.source, shader.function, false);
  if (!program) {
    return program.error();
  }
  state_->transform = *program;
  for (const image::GpuShader::Texture& table : shader.textures) {
    GLuint texture = 0;
    glGenTextures(1, &texture);
    const GLenum kind = table.depth > 1    ? GL_TEXTURE_3D
                        : table.height > 1 ? GL_TEXTURE_2D
                                           : GL_TEXTURE_1D;
    const GLenum format = table.channels == 1 ? GL_RED : GL_RGB;
    const GLint internal = table.channels == 1 ? GL_R32F : GL_RGB32F;
    const float* texels = table.texels.data();
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(kind, texture);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    if (kind == GL_TEXTURE_3D) {
      glTexImage3D(kind, 0, internal, table.width, table.height, table.depth, 0, format, GL_FLOAT,
                   texels);
    } else if (kind == GL_TEXTURE_2D) {
      glTexImage2D(kind, 0, internal, table.width, table.height, 0, format, GL_FLOAT, texels);
    } else {
      glTexImage1D(kind, 0, internal, table.width, 0, format, GL_FLOAT, texels);
    }
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    const GLint filter = table.use_nearest ? GL_NEAREST : GL_LINEAR;
    glTexParameteri(kind, GL_TEXTURE_MIN_FILTER, filter);
    glTexParameteri(kind, GL_TEXTURE_MAG_FILTER, filter);
    for (const GLenum edge : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T, GL_TEXTURE_WRAP_R}) {
      glTexParameteri(kind, edge, GL_CLAMP_TO_EDGE);
    }
    glBindTexture(kind, 0);
    state_->tables.push_back({texture, kind, table.sampler});
  }
  return {};
}

Result<void> DisplayPass::set_scene_linear(int width, int height, int channels, const float* pixels,
                                           bool keeps_floats) {
  const GLenum format = channels == 4 ? GL_RGBA : channels == 3 ? GL_RGB : GL_RED;
  state_->is_bytes = false;
  if (Result<void> done = state_->upload(width, height, keeps_floats ? GL_RGBA32F : GL_RGBA16F,
                                         format, GL_FLOAT, pixels);
      !done) {
    return done;
  }
  // A single channel is grey.
  const GLint grey[4] = {GL_RED, GL_RED, GL_RED, GL_ONE},
              all[4] = {GL_RED, GL_GREEN, GL_BLUE, GL_ALPHA};
  glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, channels == 1 ? grey : all);
  return {};
}

Result<void> DisplayPass::set_display_bytes(int width, int height, const std::uint8_t* pixels) {
  if (!state_->plain) {
    const Result<GLuint> program = link("", "", true);
    if (!program) {
      return program.error();
    }
    state_->plain = *program;
  }
  state_->is_bytes = true;
  if (Result<void> done =
          state_->upload(width, height, GL_RGBA8, GL_BGRA, GL_UNSIGNED_BYTE, pixels);
      !done) {
    return done;
  }
  const GLint all[4] = {GL_RED, GL_GREEN, GL_BLUE, GL_ALPHA};
  glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, all);
  return {};
}

Result<void> DisplayPass::draw(const Place& place, std::uint32_t framebuffer) {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glViewport(0, 0, place.width, place.height);
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_BLEND);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(place.background.x, place.background.y, place.background.z, place.background.w);
  glClear(GL_COLOR_BUFFER_BIT);
  const GLuint program = state_->is_bytes ? state_->plain : state_->transform;
  if (!program || !state_->picture) {
    return {};
  }
  glUseProgram(program);
  const auto at = [program](const char* name) { return glGetUniformLocation(program, name); };
  glUniform4f(at("rect"), place.rect.x, place.rect.y, place.rect.z, place.rect.w);
  const float4 all{0.0f, 0.0f, float(place.width), float(place.height)};
  const float4 shown = place.repeats ? all : place.rect;
  glUniform4f(at("shown"), shown.x, shown.y, shown.z, shown.w);
  glUniform2f(at("target"), float(place.width), float(place.height));
  glUniform1f(at("gain"), place.gain);
  glUniform1f(at("checker"), place.checker);
  glUniform1i(at("picture"), 0);
  for (std::size_t i = 0; !state_->is_bytes && i < state_->tables.size(); ++i) {
    glActiveTexture(GLenum(GL_TEXTURE1 + i));
    glBindTexture(state_->tables[i].kind, state_->tables[i].texture);
    glUniform1i(at(state_->tables[i].sampler.c_str()), GLint(i + 1));
  }
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, state_->picture);
  // Enlarged pixels show as squares.
  const bool is_enlarged = place.rect.z > float(state_->width) * 1.5f;
  const GLint filter = is_enlarged ? GL_NEAREST : GL_LINEAR;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  const GLint beyond = place.repeats ? GL_REPEAT : GL_CLAMP_TO_EDGE;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, beyond);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, beyond);
  glBindVertexArray(state_->vertex_array);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  glBindVertexArray(0);
  glUseProgram(0);
  return {};
}

}  // namespace kiln::render::raster
