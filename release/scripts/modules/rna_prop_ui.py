"""Custom properties: making, describing and drawing them."""
import bpy
from bpy.utils import escape_identifier
from idprop.types import IDPropertyArray
from mathutils import Vector

ARRAY_TYPES = (list, tuple, IDPropertyArray, Vector, bpy.types.bpy_prop_array)
MAX_DISPLAY_ROWS = 8


def rna_idprop_quote_path(prop):
    """The path of a custom property."""
    return f"[\"{escape_identifier(prop)}\"]"


def _declared(item):
    return {p.identifier for p in item.bl_rna.properties if p.is_runtime}


def rna_idprop_has_properties(rna_item):
    """Whether it has custom properties, but those that classes declare."""
    return any(name not in _declared(rna_item) for name in rna_item.keys())


def rna_idprop_value_to_python(value):
    """A value as ordinary lists and dictionaries."""
    for method in ("to_dict", "to_list"):
        if hasattr(value, method):
            return getattr(value, method)()
    return list(value) if isinstance(value, ARRAY_TYPES) else value


def rna_idprop_value_item_type(value):
    """The type of a value, or of its elements, and whether it is an array."""
    is_array = isinstance(value, ARRAY_TYPES) and len(value) > 0
    return type(value[0] if is_array else value), is_array


def rna_idprop_ui_prop_default_set(item, prop, value):
    """Changes the default of a custom property."""
    item.id_properties_ui(prop).update(default=value)


def rna_idprop_ui_prop_update(item, prop):
    """Tells that a custom property was changed; the program knows."""


def rna_idprop_ui_prop_clear(item, prop):
    """Drops how a custom property is shown."""
    item.id_properties_ui(prop).clear()


def rna_idprop_ui_create(item, prop, *, default, min=0.0, max=1.0, soft_min=None, soft_max=None, description=None, overridable=False, subtype=None):
    """Makes a custom property with its default as its value."""
    kind, _ = rna_idprop_value_item_type(default)
    item[prop] = default
    look = {"default": default, "description": description, "subtype": subtype}
    if kind in (int, float):
        look.update(min=kind(min), max=kind(max), soft_min=kind(min if soft_min is None else soft_min), soft_max=kind(max if soft_max is None else soft_max))
    elif kind is not str:
        look = {"description": description}
    item.id_properties_ui(prop).update(**{name: value for name, value in look.items() if value is not None})
    if overridable:
        item.property_overridable_library_set(rna_idprop_quote_path(prop), True)


def rna_idprop_context_value(context, context_member, property_type):
    """What a path in the context names, and the path; None where it is of another type."""
    path = context_member
    if context_member == "space_data.pin_id" or context_member.startswith("space_data"):
        value = getattr(context.space_data, context_member.partition(".")[2], None)
    else:
        value = context.path_resolve(context_member)
    return (value, path) if isinstance(value, property_type) else (None, path)


def draw(layout, context, context_member, property_type, *, use_edit=True):
    """Draws the custom properties of something in the context."""
    item, path = rna_idprop_context_value(context, context_member, property_type)
    if item is None:
        return
    declared = _declared(item)
    names = [name for name in sorted(item.keys()) if name not in declared]
    if use_edit:
        layout.operator("wm.properties_add", text="New").data_path = path
    for name in names:
        row = layout.row()
        value = item[name]
        if isinstance(value, ARRAY_TYPES) and len(value) > MAX_DISPLAY_ROWS or hasattr(value, "to_dict"):
            row.label(text=f"{name}: {type(value).__name__}")
        else:
            row.prop(item, rna_idprop_quote_path(name), text=name)


class PropertyPanel:
    """A panel with the custom properties of what `_context_path` names, of the type `_property_type`."""

    bl_label = "Custom Properties"
    bl_options = {"DEFAULT_CLOSED"}
    bl_order = 1000

    @classmethod
    def poll(cls, context):
        item, _ = rna_idprop_context_value(context, cls._context_path, cls._property_type)
        return bool(item)

    def draw(self, context):
        draw(self.layout, context, self._context_path, self._property_type)
