"""bpy.context: what is chosen at the moment, read from the document whenever it is asked."""
import contextlib

import _bpy

_stack = []


def overrides():
    """All members that are replaced at the moment, the innermost replacement counting."""
    merged = {}
    for layer in _stack:
        merged.update(layer)
    return merged


def _layer():
    return _bpy.active_view_layer()


def _visible():
    return [item for item in _layer().objects if item.visible_get()]


def _selected():
    return [item for item in _layer().objects.selected if item.visible_get()]


def _active():
    return _layer().objects.active


def _mode():
    item = _active()
    if item is None or item.mode == "OBJECT":
        return "OBJECT"
    return f"EDIT_{item.type}" if item.mode == "EDIT" else item.mode


def _active_collection():
    layer = _layer()
    return layer.active_layer_collection.collection


def _program():
    """The module of the window and its manager."""
    from bpy_structs import window
    return window


def _spaces():
    from bpy_structs import spaces
    return spaces


def _space():
    area = _spaces().area()
    return area.spaces.active if area is not None else None


def _region_data():
    return getattr(_space(), "region_3d", None)


_members = {
    "scene": _bpy.active_scene,
    "view_layer": _layer,
    "collection": _active_collection,
    "layer_collection": lambda: _layer().active_layer_collection,
    "object": _active,
    "active_object": _active,
    "edit_object": lambda: _active() if _active() is not None and _active().mode == "EDIT" else None,
    "selected_objects": _selected,
    "selected_editable_objects": _selected,
    "visible_objects": _visible,
    "editable_objects": _visible,
    "selectable_objects": lambda: [item for item in _visible() if not item.hide_select],
    "objects_in_mode": lambda: [item for item in _selected() if item.mode == "EDIT"],
    "mode": _mode,
    "engine": lambda: _bpy.active_scene().render.engine,
    "tool_settings": lambda: _bpy.active_scene().tool_settings,
    "blend_data": lambda: _bpy.data,
    "window": lambda: _program().window,
    "window_manager": lambda: _program().manager,
    "preferences": lambda: _preferences(),
    "workspace": lambda: _program().window.workspace,
    "screen": lambda: _program().window.screen,
    "area": lambda: _spaces().area(),
    "region": lambda: _spaces().region(),
    "space_data": _space,
    "region_data": _region_data,
    "gizmo_group": lambda: None,
    "asset_file_handle": lambda: None,
}


def _preferences():
    from . import _preferences  # noqa: F401  (adds what is written in Python)
    return _bpy.preferences()


class Context:
    """Members of the context as attributes."""

    __slots__ = ()

    def __getattr__(self, name):
        for layer in reversed(_stack):
            if name in layer:
                return layer[name]
        try:
            member = _members[name]
        except KeyError:
            raise AttributeError(f"'Context' object has no attribute '{name}'") from None
        return member()

    def __setattr__(self, name, value):
        raise AttributeError(f"bpy_struct: attribute \"{name}\" from \"Context\" is read-only")

    def __dir__(self):
        return [*super().__dir__(), *_members]

    def copy(self):
        """The members as a dictionary."""
        return {name: getattr(self, name) for name in _members}

    def evaluated_depsgraph_get(self):
        """The scene, evaluated."""
        return _bpy.depsgraph(False)

    def temp_override(self, window=None, area=None, region=None, **members):
        """Replaces members for the length of a `with` block."""
        if window is not None and not isinstance(window, _program().Window):
            raise SystemError("temp_override: expected a Window type")
        return _override(members)

    def path_resolve(self, path, coerce=True):
        """The value a path such as "object.location" names."""
        head, _, rest = path.partition(".")
        value = getattr(self, head)
        return value.path_resolve(rest, coerce) if rest else value


@contextlib.contextmanager
def _override(members):
    _stack.append(members)
    try:
        yield
    finally:
        _stack.remove(members)


context = Context()
