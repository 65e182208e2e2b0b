"""bmesh: mesh topology for scripts. Its types can be named already; editing through them is not part of Kiln yet."""
from . import types

__all__ = ("types",)
