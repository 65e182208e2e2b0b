"""Custom properties: groups and arrays as scripts see them."""
from . import types

__all__ = ("types",)
