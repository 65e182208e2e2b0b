"""What panels are described with, and tools of the toolbar."""
from bpy import _ui

from . import add

add(_ui.UILayout)
tools = []  # registered tools, in their order


@add
class WorkSpaceTool:
    """Base of the tools of scripts; `bpy.utils.register_tool` adds them."""

    __slots__ = ()


def register_tool(cls, after=None, separator=False, group=False):
    """Adds a tool behind those named by `after`, or at the end."""
    for name in ("bl_idname", "bl_label", "bl_space_type", "bl_context_mode"):
        if not hasattr(cls, name):
            raise AttributeError(f"tool {cls.__name__} has no \"{name}\"")
    if cls in tools:
        raise Exception(f"tool {cls.bl_idname!r} is registered already")
    behind = [i for i, tool in enumerate(tools) if after and tool.bl_idname in after]
    tools.insert(behind[-1] + 1 if behind else len(tools), cls)
    cls._has_separator, cls._opens_group = separator, group


def unregister_tool(cls):
    """Takes a tool away."""
    if cls not in tools:
        raise Exception(f"tool {getattr(cls, 'bl_idname', cls)!r} is not registered")
    tools.remove(cls)
