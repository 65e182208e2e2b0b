"""bpy.utils.toolsystem: how tools are described."""
import collections as _collections

_FIELDS = ("idname", "label", "description", "icon", "cursor", "widget", "widget_properties", "keymap", "data_block", "operator", "draw_settings", "draw_cursor")


class ToolDef(_collections.namedtuple("ToolDef", _FIELDS)):
    """A tool of the toolbar."""

    __slots__ = ()

    @classmethod
    def from_dict(cls, facts):
        """From the names that are known; all others are None."""
        for name in ("idname", "label"):
            if name not in facts:
                raise KeyError(f"a tool needs \"{name}\"")
        return cls(**{name: facts.get(name) for name in _FIELDS})

    @classmethod
    def from_fn(cls, function):
        """From a function that gives these names."""
        return cls.from_dict(function())
