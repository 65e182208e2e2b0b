"""gpu.state: how pixels are mixed, which are drawn, and how wide lines are."""
from . import _gl
from ._buffer import check_choice as _check
from ._gl import GL as _GL

_ONE, _ZERO, _SRC_COLOR, _SRC_ALPHA, _LESS_SRC_ALPHA, _DST_COLOR, _LESS_DST_COLOR = 1, 0, 0x0300, 0x0302, 0x0303, 0x0306, 0x0307
_BLEND = {"NONE": None, "ALPHA": (_SRC_ALPHA, _LESS_SRC_ALPHA, _ONE, _LESS_SRC_ALPHA), "ALPHA_PREMULT": (_ONE, _LESS_SRC_ALPHA, _ONE, _LESS_SRC_ALPHA),
          "ADDITIVE": (_SRC_ALPHA, _ONE, _ZERO, _ONE), "ADDITIVE_PREMULT": (_ONE, _ONE, _ONE, _ONE), "MULTIPLY": (_DST_COLOR, _ZERO, 0x0304, _ZERO),
          "SUBTRACT": (_ZERO, 0x0301, _ZERO, _LESS_SRC_ALPHA), "INVERT": (_LESS_DST_COLOR, _ZERO, _ZERO, _ONE)}
_DEPTH = {"NONE": None, "ALWAYS": 0x0207, "LESS": 0x0201, "LESS_EQUAL": 0x0203, "EQUAL": 0x0202, "GREATER": 0x0204, "GREATER_EQUAL": 0x0206}
_now = {"blend": "NONE", "depth": "NONE", "mask": False, "line": 1.0}


def _switch(what, on):
    (_GL.glEnable if on else _GL.glDisable)(what)


def blend_set(mode):
    """How new pixels are mixed with old ones."""
    factors = _BLEND[_check(mode, _BLEND)]
    _gl.ensure()
    _switch(_gl.BLEND, factors is not None)
    if factors is not None:
        _GL.glBlendFuncSeparate(*factors)
    _now["blend"] = mode


def blend_get():
    """How they are mixed."""
    return _now["blend"]


def depth_test_set(mode):
    """Which pixels are drawn, by their depth."""
    function = _DEPTH[_check(mode, _DEPTH)]
    _gl.ensure()
    _switch(_gl.DEPTH_TEST, function is not None)
    if function is not None:
        _GL.glDepthFunc(function)
    _now["depth"] = mode


def depth_test_get():
    """Which are."""
    return _now["depth"]


def depth_mask_set(value):
    """Whether depths are written."""
    _gl.ensure()
    _GL.glDepthMask(bool(value))
    _now["mask"] = bool(value)


def depth_mask_get():
    """Whether they are."""
    return _now["mask"]


def color_mask_set(r, g, b, a):
    """Which channels are written."""
    _gl.ensure()
    _GL.glColorMask(bool(r), bool(g), bool(b), bool(a))


def face_culling_set(culling):
    """Which faces are left out: NONE, FRONT or BACK."""
    side = {"NONE": None, "FRONT": 0x0404, "BACK": 0x0405}[_check(culling, ("NONE", "FRONT", "BACK"))]
    _gl.ensure()
    _switch(_gl.CULL_FACE, side is not None)
    if side is not None:
        _GL.glCullFace(side)


def front_facing_set(invert):
    """Whether faces are turned round."""
    _gl.ensure()
    _GL.glFrontFace(0x0900 if invert else 0x0901)


def line_width_set(width):
    """How wide lines are, in pixels; the driver may have a limit."""
    _gl.ensure()
    _now["line"] = float(width)
    _GL.glLineWidth(max(float(width), 1.0))
    _GL.glGetError()  # wide lines may be refused, then they are one pixel wide


def line_width_get():
    """How wide they are."""
    return _now["line"]


def point_size_set(size):
    """How large points are."""
    _gl.ensure()
    _GL.glPointSize(max(float(size), 1.0))


def program_point_size_set(enable):
    """Whether the shader says it."""
    _gl.ensure()
    _switch(_gl.PROGRAM_POINT_SIZE, enable)


def clip_distances_set(distances_enabled):
    """How many planes that shaders give cut things off."""
    if not 0 <= distances_enabled <= 6:
        raise ValueError(f"expected 0 to 6 distances, not {distances_enabled}")
    _gl.ensure()
    for i in range(6):
        _switch(_gl.CLIP_DISTANCE0 + i, i < distances_enabled)


def viewport_set(x, y, xsize, ysize):
    """The part of the picture that is drawn into."""
    _gl.ensure()
    _GL.glViewport(int(x), int(y), max(int(xsize), 0), max(int(ysize), 0))


def viewport_get():
    """(x, y, width, height)."""
    _gl.ensure()
    return tuple(_gl.integers(_gl.VIEWPORT, 4))


def active_framebuffer_get(enable=False):
    """What is drawn into."""
    from . import types
    return types.GPUFrameBuffer._of_name(_gl.integers(_gl.FRAMEBUFFER_BINDING)[0])
