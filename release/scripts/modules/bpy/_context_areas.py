"""Members of the context that only some editors have: what they show and edit. Each is a function of the area.

In the properties editor they follow its tab: an object and its slots in the tabs of objects, its data in theirs, and so on.
"""
import _bpy

# Tabs by their names in `Panel.bl_context`, which show something of the active object.
_OBJECT_TABS = ("object", "modifier", "data", "material", "physics", "constraint", "particle", "bone", "bone_constraint", "shaderfx")

# Kinds of object data by the member that holds them.
_DATA = {"mesh": "MESH", "light": "LIGHT", "camera": "CAMERA", "armature": "ARMATURE", "lattice": "LATTICE", "curve": "CURVE", "curves": "CURVES", "meta_ball": "META",
         "speaker": "SPEAKER", "lightprobe": "LIGHT_PROBE", "volume": "VOLUME"}

# What the properties editor would show if a scene had it.
_ABSENT_PROPERTIES = ("bone", "edit_bone", "pose_bone", "brush", "cloth", "collision", "dynamic_paint", "fluid", "gpencil", "line_style", "particle_settings", "particle_system",
                      "particle_system_editable", "soft_body", "texture", "texture_user", "texture_user_property")

_tabs = []  # of the panels that are drawn at the moment, the innermost last


def _shows(area, *tabs):
    """Whether the editor is at one of these tabs."""
    tab = _tabs[-1] if _tabs else getattr(area.spaces.active, "context", "").lower()
    return not tab or tab in tabs


def _pinned(area, cls):
    """The data-block the editor is kept at, if it is of that class."""
    space = area.spaces.active
    pinned = getattr(space, "pin_id", None) if getattr(space, "use_pin_id", False) else None
    return pinned if isinstance(pinned, cls) else None


def _object(area):
    if not _shows(area, *_OBJECT_TABS):
        return None
    return _pinned(area, _bpy.types.Object) or _bpy.active_view_layer().objects.active


def _data(kind):
    def data(area):
        item = _object(area) if _shows(area, "data") else None
        return item.data if item is not None and item.type == kind else None
    return data


def _material_slot(area):
    item = _object(area)
    slots = item.material_slots if item is not None else ()
    return slots[item.active_material_index] if 0 <= getattr(item, "active_material_index", -1) < len(slots) else None


def _material(area):
    if not _shows(area, "material"):
        return None
    pinned = _pinned(area, _bpy.types.Material)
    if pinned is not None:
        return pinned
    item = _object(area)
    return item.active_material if item is not None else None


def _world(area):
    return (_pinned(area, _bpy.types.World) or _bpy.active_scene().world) if _shows(area, "world") else None


def _nodes(area):
    tree = getattr(area.spaces.active, "edit_tree", None)
    return tree.nodes if tree is not None else ()


def _edited(kind):
    """What has the nodes that an editor shows, if it is of that class."""
    def edited(area):
        owner = getattr(area.spaces.active, "id", None)
        return owner if isinstance(owner, getattr(_bpy.types, kind)) else None
    return edited


def _active_node(area):
    nodes = _nodes(area)
    return nodes.active if nodes else None


def _selected_ids(_area):
    return [item for item in _bpy.active_view_layer().objects.selected if item.visible_get()]


_PROPERTIES = {
    "object": _object,
    "material": _material,
    "material_slot": _material_slot,
    "world": _world,
    **{name: _data(kind) for name, kind in _DATA.items()},
    **{name: lambda _area: None for name in _ABSENT_PROPERTIES},
}
_AREAS = {
    "PROPERTIES": _PROPERTIES,
    "NODE_EDITOR": {"active_node": _active_node, "selected_nodes": lambda area: [node for node in _nodes(area) if node.select],
                    "material": _edited("Material"), "light": _edited("Light"), "world": _edited("World")},
    "IMAGE_EDITOR": {"edit_image": lambda area: area.spaces.active.image, "edit_mask": lambda area: None},
    "TEXT_EDITOR": {"edit_text": lambda area: area.spaces.active.text},
    "OUTLINER": {"selected_ids": _selected_ids},
    "VIEW_3D": {"selected_ids": _selected_ids},
}
names = frozenset(name for found in _AREAS.values() for name in found)


def members(area):
    """The members that this area has, by name."""
    return _AREAS.get(area.type, {}) if area is not None else {}


class drawing:
    """While panels of a region are drawn the context is that of their editor, wherever the mouse is."""

    def __init__(self, space, region="WINDOW", tab=""):
        self.space, self.region, self.tab = space, region, tab

    def __enter__(self):
        from . import _context
        from bpy_structs import spaces

        _tabs.append(self.tab)
        area = spaces.area_of_kind(self.space)
        self.layer = {}
        if area is not None:
            shown = area.spaces.active
            regions = [region for region in area.regions if region.type == self.region]
            self.layer = {"area": area, "space_data": shown, "region": regions[0] if regions else None, "region_data": getattr(shown, "region_3d", None)}
        _context._stack.append(self.layer)

    def __exit__(self, *_):
        from . import _context

        # By identity: layers of nested panels may be equal.
        _context._stack[:] = [layer for layer in _context._stack if layer is not self.layer]
        _tabs.pop()
