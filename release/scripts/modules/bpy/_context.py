"""bpy.context: what is chosen at the moment, read from the document whenever it is asked."""
import contextlib

import _bpy

from . import _context_areas

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
    "active_operator": lambda: next(iter(list(_program().manager.operators)[::-1]), None),
    "ui_list": lambda: None,
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
    "objects_in_mode_unique_data": lambda: _with_own_data(_members["objects_in_mode"]()),
    "image_paint_object": lambda: _in_mode("TEXTURE_PAINT"),
    "particle_edit_object": lambda: _in_mode("PARTICLE_EDIT"),
    "pose_object": lambda: _in_mode("POSE"),
    "sculpt_object": lambda: _in_mode("SCULPT"),
    "vertex_paint_object": lambda: _in_mode("VERTEX_PAINT"),
    "weight_paint_object": lambda: _in_mode("WEIGHT_PAINT"),
    "gizmo_group": lambda: None,
    "asset_file_handle": lambda: None,
    "asset_library_ref": lambda: None,
}


# Of kinds of data that no scene can hold yet: there is nothing chosen among them.
_NONE = ("active_action active_annotation_layer active_bone active_editable_fcurve active_gpencil_frame active_gpencil_layer active_nla_strip active_nla_track "
         "active_pose_bone active_sequence_strip annotation_data annotation_data_owner editable_bones editable_fcurves editable_gpencil_layers "
         "editable_gpencil_strokes gpencil_data gpencil_data_owner selected_bones selected_editable_actions selected_editable_bones selected_editable_fcurves "
         "selected_editable_keyframes selected_movieclip_tracks selected_nla_strips selected_pose_bones selected_pose_bones_from_active_object "
         "selected_visible_actions selected_visible_fcurves visible_bones visible_fcurves visible_gpencil_layers visible_pose_bones").split()
_EMPTY = "sequences selected_sequences selected_editable_sequences".split()
_members.update({name: lambda: None for name in _NONE})
_members.update({name: list for name in _EMPTY})


def _in_mode(mode):
    item = _active()
    return item if item is not None and item.mode == mode else None


def _with_own_data(items):
    """The first of those that share their data."""
    known = set()
    return [item for item in items if item.data not in known and not known.add(item.data)]


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
        # Editors come first: the object of the properties editor depends on its tab. There is no area in the background but by overrides.
        if name in _context_areas.names and (_stack or not _bpy.is_background):
            area = self.area
            member = _context_areas.members(area).get(name)
            if member is not None:
                return member(area)
        try:
            member = _members[name]
        except KeyError:
            raise AttributeError(f"'Context' object has no attribute '{name}'") from None
        return member()

    def __setattr__(self, name, value):
        raise AttributeError(f"bpy_struct: attribute \"{name}\" from \"Context\" is read-only")

    def __dir__(self):
        return sorted({*super().__dir__(), *_members, *_context_areas.members(self.area)})

    def copy(self):
        """The members as a dictionary."""
        return {name: getattr(self, name) for name in {*_members, *_context_areas.members(self.area)}}

    def evaluated_depsgraph_get(self):
        """The scene, evaluated."""
        from .app import handlers

        handlers._update()
        return _bpy.depsgraph(False)

    def temp_override(self, window=None, area=None, region=None, **members):
        """Replaces members for the length of a `with` block."""
        import bpy

        for value, cls in ((window, bpy.types.Window), (area, bpy.types.Area), (region, bpy.types.Region)):
            if value is not None and not isinstance(value, cls):
                raise SystemError(f"temp_override: expected a {cls.__name__} type")
        if area is not None:
            space = area.spaces.active
            chosen = region if region is not None else next((known for known in area.regions if known.type == "WINDOW"), None)
            members = {"area": area, "space_data": space, "region": chosen, "region_data": getattr(space, "region_3d", None), **members}
        elif region is not None:
            members = {"region": region, **members}
        if window is not None:
            members = {"window": window, "screen": window.screen, "workspace": window.workspace, **members}
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
