"""gpu: drawing with the graphics card, into the editor that is being drawn or off-screen.

OpenGL is loaded, and a context without a window made, when something is first drawn; the module can be imported everywhere. Where there
is no OpenGL a `SystemError` says why.
"""
from . import capabilities, matrix, platform, select, shader, state, texture, types

__all__ = ("capabilities", "matrix", "platform", "select", "shader", "state", "texture", "types")
