"""gpu.platform: which graphics card and driver draw."""
from . import _gl
from ._gl import GL as _GL


def _text(name):
    _gl.ensure()
    return (_GL.glGetString(name) or b"").decode("utf-8", "replace")


def vendor_get():
    """Who made it."""
    return _text(0x1F00)


def renderer_get():
    """What it is called."""
    return _text(0x1F01)


def version_get():
    """The version of the driver."""
    return _text(0x1F02)


def device_type_get():
    """The kind of card."""
    name = (vendor_get() + renderer_get()).lower()
    for word, kind in (("nvidia", "NVIDIA"), ("amd", "AMD"), ("radeon", "AMD"), ("intel", "INTEL"), ("llvmpipe", "SOFTWARE"), ("softpipe", "SOFTWARE")):
        if word in name:
            return kind
    return "UNKNOWN"


def backend_type_get():
    """What drawing stands on."""
    return "OPENGL"
