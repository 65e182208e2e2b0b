#include "render/raster/offscreen.h"

#include <GL/glew.h>
#define EGL_NO_X11
#include <EGL/egl.h>
#include <EGL/eglext.h>

#include "render/raster/gpu_store.h"

namespace kiln::render::raster {

struct OffscreenContext::State {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  GLuint framebuffer = 0, color = 0;
  int width = 0, height = 0;

  ~State() {
    if (context != EGL_NO_CONTEXT) {
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
      eglDestroyContext(display, context);
    }
    if (display != EGL_NO_DISPLAY) {
      eglTerminate(display);
    }
  }
};

OffscreenContext::OffscreenContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
OffscreenContext::~OffscreenContext() = default;

Result<std::unique_ptr<OffscreenContext>> OffscreenContext::create(int width, int height) {
  auto state = std::make_unique<State>();
  state->width = width;
  state->height = height;
  // A graphics card where there is one, else the software renderer.
  for (const EGLenum platform :
       {EGLenum(EGL_PLATFORM_DEVICE_EXT), EGLenum(EGL_PLATFORM_SURFACELESS_MESA)}) {
    const EGLDisplay display =
        eglGetPlatformDisplay(platform, reinterpret_cast<void*>(EGL_DEFAULT_DISPLAY), nullptr);
    if (display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr)) {
      state->display = display;
      break;
    }
  }
  if (state->display == EGL_NO_DISPLAY) {
    return Error::unsupported("there is no EGL display to draw off-screen");
  }
  eglBindAPI(EGL_OPENGL_API);
  const EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION,
                               4,
                               EGL_CONTEXT_MINOR_VERSION,
                               3,
                               EGL_CONTEXT_OPENGL_PROFILE_MASK,
                               EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                               EGL_NONE};
  state->context = eglCreateContext(state->display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes);
  if (state->context == EGL_NO_CONTEXT ||
      !eglMakeCurrent(state->display, EGL_NO_SURFACE, EGL_NO_SURFACE, state->context)) {
    return Error::unsupported("no OpenGL 4.3 context could be made off-screen (EGL error {:#x})",
                              eglGetError());
  }
  const Result<void> loaded = load_gl();
  if (!loaded) {
    return loaded.error();
  }
  glGenTextures(1, &state->color);
  glBindTexture(GL_TEXTURE_2D, state->color);
  glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, width, height);
  glGenFramebuffers(1, &state->framebuffer);
  glBindFramebuffer(GL_FRAMEBUFFER, state->framebuffer);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, state->color, 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    return Error::unsupported("a picture of {} x {} cannot be drawn into", width, height);
  }
  return std::unique_ptr<OffscreenContext>(new OffscreenContext(std::move(state)));
}

std::uint32_t OffscreenContext::framebuffer() const {
  return state_->framebuffer;
}
int OffscreenContext::width() const {
  return state_->width;
}
int OffscreenContext::height() const {
  return state_->height;
}

std::vector<std::uint8_t> OffscreenContext::read_pixels() const {
  std::vector<std::uint8_t> pixels(std::size_t(state_->width) * std::size_t(state_->height) * 4);
  glBindFramebuffer(GL_FRAMEBUFFER, state_->framebuffer);
  glReadPixels(0, 0, state_->width, state_->height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  return pixels;
}

}  // namespace kiln::render::raster
