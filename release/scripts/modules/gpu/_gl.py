"""The part of OpenGL 4.3 (core profile) that the module needs, and a context to call it in.

The context of the window counts while an editor is drawn. Else there is one of our own without a surface (EGL), made when it is first
needed and current until the program ends. Functions are looked up by name and have their types here, so that a wrong argument is an
exception of `ctypes` and not a crash.
"""
import ctypes
from ctypes import POINTER, byref, c_char_p, c_float, c_int, c_size_t, c_ubyte, c_uint, c_void_p

# name: (result, arguments). i int, u unsigned, f float, p pointer, b byte, s size, t text.
_TYPES = {"i": c_int, "u": c_uint, "f": c_float, "p": c_void_p, "b": c_ubyte, "s": c_size_t, "t": c_char_p, "d": ctypes.c_double}
_FUNCTIONS = {
    "glActiveTexture": ("", "u"), "glAttachShader": ("", "uu"), "glBindAttribLocation": ("", "uut"), "glBindBuffer": ("", "uu"),
    "glBindBufferBase": ("", "uuu"), "glBindFramebuffer": ("", "uu"), "glBindTexture": ("", "uu"), "glBindVertexArray": ("", "u"),
    "glBlendFunc": ("", "uu"), "glBlendFuncSeparate": ("", "uuuu"), "glBufferData": ("", "uspu"), "glCheckFramebufferStatus": ("u", "u"),
    "glClear": ("", "u"), "glClearBufferfv": ("", "uip"), "glClearColor": ("", "ffff"), "glClearDepth": ("", "d"), "glClearStencil": ("", "i"),
    "glColorMask": ("", "bbbb"), "glCompileShader": ("", "u"), "glCreateProgram": ("u", ""), "glCreateShader": ("u", "u"), "glCullFace": ("", "u"),
    "glDeleteBuffers": ("", "ip"), "glDeleteFramebuffers": ("", "ip"), "glDeleteProgram": ("", "u"), "glDeleteShader": ("", "u"),
    "glDeleteTextures": ("", "ip"), "glDeleteVertexArrays": ("", "ip"), "glDepthFunc": ("", "u"), "glDepthMask": ("", "b"), "glDisable": ("", "u"),
    "glDrawArrays": ("", "uii"), "glDrawElements": ("", "uiup"), "glEnable": ("", "u"), "glEnableVertexAttribArray": ("", "u"), "glFinish": ("", ""),
    "glFramebufferTexture": ("", "uuui"), "glFramebufferTextureLayer": ("", "uuuii"), "glFrontFace": ("", "u"), "glGenBuffers": ("", "ip"),
    "glGenFramebuffers": ("", "ip"), "glGenTextures": ("", "ip"), "glGenVertexArrays": ("", "ip"), "glGenerateMipmap": ("", "u"),
    "glGetActiveAttrib": ("", "uuipppp"), "glGetActiveUniform": ("", "uuipppp"), "glGetAttribLocation": ("i", "ut"), "glGetBooleanv": ("", "up"),
    "glGetError": ("u", ""), "glGetFloatv": ("", "up"), "glGetIntegerv": ("", "up"), "glGetProgramInfoLog": ("", "uipp"), "glGetProgramiv": ("", "uup"),
    "glGetShaderInfoLog": ("", "uipp"), "glGetShaderiv": ("", "uup"), "glGetString": ("t", "u"), "glGetStringi": ("t", "uu"),
    "glGetTexImage": ("", "uiuup"), "glGetUniformBlockIndex": ("u", "ut"), "glGetUniformLocation": ("i", "ut"), "glIsEnabled": ("b", "u"),
    "glLineWidth": ("", "f"), "glLinkProgram": ("", "u"), "glPixelStorei": ("", "ui"), "glPointSize": ("", "f"), "glReadBuffer": ("", "u"),
    "glReadPixels": ("", "iiiiuup"), "glScissor": ("", "iiii"), "glShaderSource": ("", "uipp"), "glTexImage1D": ("", "uiiiiuup"),
    "glTexImage2D": ("", "uiiiiiuup"), "glTexImage3D": ("", "uiiiiiiuup"), "glTexParameteri": ("", "uui"), "glUniform1fv": ("", "iip"),
    "glUniform1iv": ("", "iip"), "glUniform2fv": ("", "iip"), "glUniform2iv": ("", "iip"), "glUniform3fv": ("", "iip"), "glUniform3iv": ("", "iip"),
    "glUniform4fv": ("", "iip"), "glUniform4iv": ("", "iip"), "glUniformBlockBinding": ("", "uuu"), "glUniformMatrix3fv": ("", "iibp"),
    "glUniformMatrix4fv": ("", "iibp"), "glUseProgram": ("", "u"), "glVertexAttribIPointer": ("", "uiuip"), "glVertexAttribPointer": ("", "uiubip"),
    "glViewport": ("", "iiii"), "glDrawBuffers": ("", "ip"), "glPolygonMode": ("", "uu"), "glLogicOp": ("", "u"), "glHint": ("", "uu"),
}

# Numbers of the interface of OpenGL.
POINTS, LINES, LINE_LOOP, LINE_STRIP, TRIANGLES, TRIANGLE_STRIP, TRIANGLE_FAN = range(7)
LINES_ADJACENCY, LINE_STRIP_ADJACENCY, TRIANGLES_ADJACENCY = 0x000A, 0x000B, 0x000C
BYTE, UNSIGNED_BYTE, SHORT, UNSIGNED_SHORT, INT, UNSIGNED_INT, FLOAT = range(0x1400, 0x1407)
DEPTH_BUFFER_BIT, STENCIL_BUFFER_BIT, COLOR_BUFFER_BIT = 0x100, 0x400, 0x4000
ARRAY_BUFFER, ELEMENT_ARRAY_BUFFER, UNIFORM_BUFFER, STATIC_DRAW, DYNAMIC_DRAW = 0x8892, 0x8893, 0x8A11, 0x88E4, 0x88E8
TEXTURE_1D, TEXTURE_2D, TEXTURE_3D, TEXTURE_CUBE_MAP, TEXTURE_1D_ARRAY, TEXTURE_2D_ARRAY, TEXTURE0 = 0x0DE0, 0x0DE1, 0x806F, 0x8513, 0x8C18, 0x8C1A, 0x84C0
FRAMEBUFFER, COLOR_ATTACHMENT0, DEPTH_ATTACHMENT, DEPTH_STENCIL_ATTACHMENT, FRAMEBUFFER_COMPLETE = 0x8D40, 0x8CE0, 0x8D00, 0x821A, 0x8CD5
FRAMEBUFFER_BINDING, VIEWPORT, MAX_TEXTURE_SIZE = 0x8CA6, 0x0BA2, 0x0D33
VERTEX_SHADER, FRAGMENT_SHADER, GEOMETRY_SHADER, COMPILE_STATUS, LINK_STATUS, INFO_LOG_LENGTH = 0x8B31, 0x8B30, 0x8DD9, 0x8B81, 0x8B82, 0x8B84
ACTIVE_ATTRIBUTES, ACTIVE_UNIFORMS = 0x8B89, 0x8B86
BLEND, DEPTH_TEST, CULL_FACE, SCISSOR_TEST, PROGRAM_POINT_SIZE, CLIP_DISTANCE0, LINE_SMOOTH = 0x0BE2, 0x0B71, 0x0B44, 0x0C11, 0x8642, 0x3000, 0x0B20


class _Library:
    """The functions of OpenGL as attributes, and whose context is current."""

    def __init__(self):
        self._egl = self._glx = None
        self._problem = None
        self._own = None

    def __getattr__(self, name):
        if name not in _FUNCTIONS:
            raise AttributeError(f"OpenGL: {name} is not known here")
        ensure()
        address = self._egl.eglGetProcAddress(name.encode())
        if not address:
            raise SystemError(f"OpenGL: this driver has no {name}")
        result, arguments = _FUNCTIONS[name]
        function = ctypes.CFUNCTYPE(_TYPES[result] if result else None, *(_TYPES[kind] for kind in arguments))(address)
        setattr(self, name, function)
        return function

    def _current(self):
        """A context of someone else that is current, or our own; None without either."""
        if self._glx is not None:
            found = self._glx.glXGetCurrentContext()
            if found:
                return ("GLX", found)
        found = self._egl.eglGetCurrentContext()
        return ("EGL", found) if found else None

    def load(self):
        """Loads EGL, and GLX where a window of the X server may have made a context."""
        if self._egl is not None:
            return
        if self._problem:
            raise SystemError(self._problem)
        try:
            egl = ctypes.CDLL("libEGL.so.1")
        except OSError as error:
            self._problem = f"GPU functions for drawing are not available: {error}"
            raise SystemError(self._problem) from None
        egl.eglGetProcAddress.restype, egl.eglGetProcAddress.argtypes = c_void_p, [c_char_p]
        egl.eglGetCurrentContext.restype = c_void_p
        egl.eglGetPlatformDisplay.restype, egl.eglGetPlatformDisplay.argtypes = c_void_p, [c_uint, c_void_p, c_void_p]
        egl.eglInitialize.argtypes = [c_void_p, c_void_p, c_void_p]
        egl.eglBindAPI.argtypes = [c_uint]
        egl.eglCreateContext.restype, egl.eglCreateContext.argtypes = c_void_p, [c_void_p, c_void_p, c_void_p, POINTER(c_int)]
        egl.eglMakeCurrent.argtypes = [c_void_p] * 4
        egl.eglDestroyContext.argtypes = [c_void_p] * 2
        egl.eglTerminate.argtypes = [c_void_p]
        self._egl = egl
        try:
            # Only where it is loaded already: nobody else could have made a context with it.
            self._glx = ctypes.CDLL("libGLX.so.0", mode=ctypes.RTLD_LOCAL | 4)
            self._glx.glXGetCurrentContext.restype = c_void_p
        except (OSError, AttributeError):
            self._glx = None

    def make_own(self):
        """A context without a surface, current from now on."""
        if self._own is not None:
            display, context = self._own
            self._egl.eglMakeCurrent(display, None, None, context)
            return
        if self._problem:
            raise SystemError(self._problem)
        for platform in (0x313F, 0x31DD):  # a device, or Mesa without a surface
            display = self._egl.eglGetPlatformDisplay(platform, None, None)
            if display and self._egl.eglInitialize(display, None, None):
                break
        else:
            self._problem = "GPU functions for drawing are not available: there is no EGL display to draw off-screen"
            raise SystemError(self._problem)
        self._egl.eglBindAPI(0x30A2)  # OpenGL
        attributes = (c_int * 7)(0x3098, 4, 0x30FB, 3, 0x30FD, 1, 0x3038)  # version 4.3, core profile
        context = self._egl.eglCreateContext(display, None, None, attributes)
        if not context or not self._egl.eglMakeCurrent(display, None, None, context):
            self._problem = "GPU functions for drawing are not available: no OpenGL 4.3 context could be made off-screen"
            raise SystemError(self._problem)
        self._own = (display, context)
        import atexit
        atexit.register(self._end)

    def _end(self):
        display, context = self._own
        self._egl.eglMakeCurrent(display, None, None, None)
        self._egl.eglDestroyContext(display, context)
        self._egl.eglTerminate(display)


GL = _Library()


def ensure():
    """Makes some context current; its name. Objects of one context are not valid in another."""
    GL.load()
    current = GL._current()
    if current is None:
        GL.make_own()
        current = GL._current()
    return current


def generate(kind):
    """A new object: "Buffers", "Textures", "Framebuffers" or "VertexArrays"."""
    name = c_uint()
    getattr(GL, f"glGen{kind}")(1, byref(name))
    return name.value


def delete(kind, name):
    """Deletes one, where its context is still there."""
    try:
        getattr(GL, f"glDelete{kind}")(1, byref(c_uint(name)))
    except Exception:
        pass  # the program ends


def integers(name, count=1):
    """State of OpenGL as a list."""
    values = (c_int * max(count, 16))()
    GL.glGetIntegerv(name, values)
    return list(values[:count])


def info_log(of, name):
    """What the compiler ("Shader") or the linker ("Program") says."""
    text = ctypes.create_string_buffer(8192)
    getattr(GL, f"glGet{of}InfoLog")(name, len(text), None, text)
    return text.value.decode("utf-8", "replace")


def status(of, name, what):
    """A fact about a shader or a program."""
    value = c_int()
    getattr(GL, f"glGet{of}iv")(name, what, byref(value))
    return value.value
