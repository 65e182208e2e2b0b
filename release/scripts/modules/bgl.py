"""bgl: OpenGL by the names of its functions, for older scripts; `gpu` takes its place.

State can be set, asked for and cleared. What draws from memory by addresses is not here, as a wrong address ends the program: `gpu` has
batches for that.
"""
import ctypes as _ctypes

from gpu import _gl
from gpu._buffer import Buffer as _GpuBuffer

GL_BYTE, GL_SHORT, GL_INT, GL_FLOAT, GL_DOUBLE = 0x1400, 0x1402, 0x1404, 0x1406, 0x140A
GL_FALSE, GL_TRUE, GL_NONE, GL_ZERO, GL_ONE = 0, 1, 0, 0, 1
_NUMBERS = {
    "GL_POINTS": 0, "GL_LINES": 1, "GL_LINE_LOOP": 2, "GL_LINE_STRIP": 3, "GL_TRIANGLES": 4, "GL_TRIANGLE_STRIP": 5, "GL_TRIANGLE_FAN": 6,
    "GL_BLEND": 0x0BE2, "GL_DEPTH_TEST": 0x0B71, "GL_CULL_FACE": 0x0B44, "GL_SCISSOR_TEST": 0x0C11, "GL_STENCIL_TEST": 0x0B90, "GL_LINE_SMOOTH": 0x0B20,
    "GL_POLYGON_SMOOTH": 0x0B41, "GL_MULTISAMPLE": 0x809D, "GL_POLYGON_OFFSET_FILL": 0x8037, "GL_PROGRAM_POINT_SIZE": 0x8642,
    "GL_SRC_COLOR": 0x0300, "GL_ONE_MINUS_SRC_COLOR": 0x0301, "GL_SRC_ALPHA": 0x0302, "GL_ONE_MINUS_SRC_ALPHA": 0x0303, "GL_DST_ALPHA": 0x0304,
    "GL_ONE_MINUS_DST_ALPHA": 0x0305, "GL_DST_COLOR": 0x0306, "GL_ONE_MINUS_DST_COLOR": 0x0307,
    "GL_NEVER": 0x0200, "GL_LESS": 0x0201, "GL_EQUAL": 0x0202, "GL_LEQUAL": 0x0203, "GL_GREATER": 0x0204, "GL_NOTEQUAL": 0x0205, "GL_GEQUAL": 0x0206,
    "GL_ALWAYS": 0x0207, "GL_FRONT": 0x0404, "GL_BACK": 0x0405, "GL_FRONT_AND_BACK": 0x0408, "GL_CW": 0x0900, "GL_CCW": 0x0901,
    "GL_COLOR_BUFFER_BIT": 0x4000, "GL_DEPTH_BUFFER_BIT": 0x0100, "GL_STENCIL_BUFFER_BIT": 0x0400, "GL_TEXTURE_1D": 0x0DE0, "GL_TEXTURE_2D": 0x0DE1,
    "GL_TEXTURE_3D": 0x806F, "GL_TEXTURE_CUBE_MAP": 0x8513, "GL_TEXTURE_MIN_FILTER": 0x2801, "GL_TEXTURE_MAG_FILTER": 0x2800, "GL_TEXTURE_WRAP_S": 0x2802,
    "GL_TEXTURE_WRAP_T": 0x2803, "GL_NEAREST": 0x2600, "GL_LINEAR": 0x2601, "GL_NEAREST_MIPMAP_NEAREST": 0x2700, "GL_LINEAR_MIPMAP_NEAREST": 0x2701,
    "GL_NEAREST_MIPMAP_LINEAR": 0x2702, "GL_LINEAR_MIPMAP_LINEAR": 0x2703, "GL_REPEAT": 0x2901, "GL_CLAMP_TO_EDGE": 0x812F, "GL_MIRRORED_REPEAT": 0x8370,
    "GL_UNSIGNED_BYTE": 0x1401, "GL_UNSIGNED_SHORT": 0x1403, "GL_UNSIGNED_INT": 0x1405, "GL_RED": 0x1903, "GL_RG": 0x8227, "GL_RGB": 0x1907,
    "GL_RGBA": 0x1908, "GL_DEPTH_COMPONENT": 0x1902, "GL_RGBA8": 0x8058, "GL_RGBA16F": 0x881A, "GL_RGBA32F": 0x8814, "GL_RGB16F": 0x881B,
    "GL_VIEWPORT": 0x0BA2, "GL_SCISSOR_BOX": 0x0C10, "GL_LINE_WIDTH": 0x0B21, "GL_MAX_TEXTURE_SIZE": 0x0D33, "GL_FRAMEBUFFER": 0x8D40,
    "GL_READ_FRAMEBUFFER": 0x8CA8, "GL_DRAW_FRAMEBUFFER": 0x8CA9, "GL_FRAMEBUFFER_BINDING": 0x8CA6, "GL_DRAW_FRAMEBUFFER_BINDING": 0x8CA6,
    "GL_CURRENT_PROGRAM": 0x8B8D, "GL_VENDOR": 0x1F00, "GL_RENDERER": 0x1F01, "GL_VERSION": 0x1F02, "GL_EXTENSIONS": 0x1F03,
    "GL_SHADING_LANGUAGE_VERSION": 0x8B8C, "GL_NO_ERROR": 0, "GL_LINE": 0x1B01, "GL_FILL": 0x1B02, "GL_POINT": 0x1B00, "GL_NICEST": 0x1102,
    "GL_LINE_SMOOTH_HINT": 0x0C52, "GL_POLYGON_SMOOTH_HINT": 0x0C53, **{f"GL_TEXTURE{i}": 0x84C0 + i for i in range(32)},
    **{f"GL_COLOR_ATTACHMENT{i}": 0x8CE0 + i for i in range(8)}, **{f"GL_CLIP_DISTANCE{i}": 0x3000 + i for i in range(6)},
}
globals().update(_NUMBERS)
_KINDS = {GL_BYTE: ("b", _ctypes.c_byte), GL_SHORT: ("h", _ctypes.c_short), GL_INT: ("i", _ctypes.c_int), GL_FLOAT: ("f", _ctypes.c_float),
          GL_DOUBLE: ("d", _ctypes.c_double)}
# Without pointers: nothing they are given can reach memory.
_SAFE = ("glActiveTexture", "glBindTexture", "glBindFramebuffer", "glBlendFunc", "glBlendFuncSeparate", "glClear", "glClearColor", "glClearDepth", "glClearStencil",
         "glColorMask", "glCullFace", "glDepthFunc", "glDepthMask", "glDisable", "glEnable", "glFinish", "glFrontFace", "glGenerateMipmap", "glGetError",
         "glHint", "glIsEnabled", "glLineWidth", "glPixelStorei", "glPointSize", "glPolygonMode", "glReadBuffer", "glScissor", "glTexParameteri",
         "glUseProgram", "glViewport", "glLogicOp", "glCheckFramebufferStatus")


class Buffer(_GpuBuffer):
    """Numbers in memory."""

    __slots__ = ()

    def __init__(self, type, dimensions, template=None):
        if type not in _KINDS:
            raise AttributeError("invalid first argument type, should be one of GL_BYTE, GL_SHORT, GL_INT, GL_FLOAT or GL_DOUBLE")
        self._dimensions = [int(dimensions)] if isinstance(dimensions, int) else [int(size) for size in dimensions]
        count = 1
        for size in self._dimensions:
            if size < 1:
                raise AttributeError("dimensions must be between 1 and 255")
            count *= size
        self.format, self._offset, self._values = "FLOAT" if type == GL_FLOAT else "INT", 0, (_KINDS[type][1] * count)()
        if template is not None:
            for i, value in enumerate(template):
                self[i] = value


def _wrap(name):
    def call(*arguments):
        _gl.ensure()
        return getattr(_gl.GL, name)(*arguments)
    call.__name__ = call.__qualname__ = name
    return call


for _name in _SAFE:
    globals()[_name] = _wrap(_name)


def glGetString(name):
    """A text about the driver."""
    _gl.ensure()
    return (_gl.GL.glGetString(name) or b"").decode("utf-8", "replace")


def _get(function, kind):
    def get(pname, params):
        """State of OpenGL into a buffer; what does not fit is left out."""
        _gl.ensure()
        values = (kind * 64)()
        getattr(_gl.GL, function)(pname, values)
        for i in range(min(64, params._count())):
            params._values[params._offset + i] = values[i]
    get.__name__ = get.__qualname__ = function
    return get


glGetIntegerv = _get("glGetIntegerv", _ctypes.c_int)
glGetFloatv = _get("glGetFloatv", _ctypes.c_float)


def __getattr__(name):
    if name.startswith("gl") and name in _gl._FUNCTIONS:
        raise AttributeError(f"bgl.{name} is not offered, as it works on addresses: use the module gpu")
    raise AttributeError(f"module 'bgl' has no attribute '{name}'")
