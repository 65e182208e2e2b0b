"""Operators that change what a path in the context names, such as "scene.frame_current": for keys and buttons."""
import ast

import bpy
from bpy.props import BoolProperty, EnumProperty, FloatProperty, IntProperty, StringProperty
from bpy.types import Operator

_PATH_LENGTH = 1024


def _path():
    return StringProperty(name="Context Attributes", description="Path in the context, such as scene.render.engine", maxlen=_PATH_LENGTH)


def _owner(context, path):
    """The struct and the name of the property at the end of a path, and the position in an array or None."""
    index = None
    if path.endswith("]") and not path.endswith("\"]"):
        path, _, number = path[:-1].rpartition("[")
        index = int(number)
    head, _, name = path.rpartition(".")
    if not head:
        raise ValueError(f"\"{path}\" names no property of something")
    owner = context.path_resolve(head, False)
    if owner is None or name not in owner.bl_rna.properties:
        raise ValueError(f"\"{path}\" names nothing that can be set")
    return owner, name, index


class _Change:
    """Sets a property to what `changed` makes of its value."""

    bl_options = {"UNDO", "INTERNAL"}

    def execute(self, context):
        try:
            owner, name, index = _owner(context, self.data_path)
            value = getattr(owner, name)
            if index is None:
                setattr(owner, name, self.changed(value, owner.bl_rna.properties[name]))
            else:
                value[index] = self.changed(value[index], owner.bl_rna.properties[name])
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            self.report({"WARNING"}, f"{self.data_path}: {error}")
            return {"PASS_THROUGH"}
        return {"FINISHED"}


def _setter(kind, label, value):
    def changed(self, old, _rna):
        return old + self.value if getattr(self, "relative", False) else self.value
    notes = {"data_path": _path(), "value": value}
    if kind in ("int", "float"):
        notes["relative"] = BoolProperty(name="Relative", description="Add the value to the present one", options={"SKIP_SAVE"})
    return type(f"WM_OT_context_set_{kind}", (_Change, Operator), {"__doc__": "Set what a path in the context names", "bl_idname": f"wm.context_set_{kind}",
                                                                    "bl_label": label, "__annotations__": notes, "changed": changed, "__module__": __name__})


_SETTERS = (_setter("boolean", "Context Set Boolean", BoolProperty(name="Value", default=True)), _setter("int", "Context Set", IntProperty(name="Value")),
            _setter("float", "Context Set Float", FloatProperty(name="Value")), _setter("string", "Context Set String", StringProperty(name="Value", maxlen=_PATH_LENGTH)),
            _setter("enum", "Context Set Enum", StringProperty(name="Value", maxlen=_PATH_LENGTH)))


class WM_OT_context_set_value(_Change, Operator):
    """Set what a path in the context names to a value that is written as in Python"""
    bl_idname = "wm.context_set_value"
    bl_label = "Context Set Value"
    data_path: _path()
    value: StringProperty(name="Value", maxlen=_PATH_LENGTH)

    def changed(self, old, _rna):
        return ast.literal_eval(self.value)


class WM_OT_context_set_id(_Change, Operator):
    """Set what a path in the context names to a data-block"""
    bl_idname = "wm.context_set_id"
    bl_label = "Set Library ID"
    data_path: _path()
    value: StringProperty(name="Value", description="Name of the data-block", maxlen=_PATH_LENGTH)

    def changed(self, old, rna):
        for collection in bpy.data.bl_rna.properties:
            if collection.type == "COLLECTION" and collection.fixed_type == rna.fixed_type:
                return getattr(bpy.data, collection.identifier)[self.value]
        raise ValueError("it holds no data-block")


class WM_OT_context_toggle(_Change, Operator):
    """Turn what a path in the context names on or off"""
    bl_idname = "wm.context_toggle"
    bl_label = "Context Toggle"
    data_path: _path()
    module: StringProperty(name="Module", description="Module to look in instead of the context", maxlen=_PATH_LENGTH)

    def changed(self, old, _rna):
        return not old


class WM_OT_context_toggle_enum(_Change, Operator):
    """Change what a path in the context names between two items"""
    bl_idname = "wm.context_toggle_enum"
    bl_label = "Context Toggle Values"
    data_path: _path()
    value_1: StringProperty(name="Value", maxlen=_PATH_LENGTH)
    value_2: StringProperty(name="Value", maxlen=_PATH_LENGTH)

    def changed(self, old, _rna):
        return self.value_2 if old == self.value_1 else self.value_1


class WM_OT_context_cycle_int(_Change, Operator):
    """Go to the next number"""
    bl_idname = "wm.context_cycle_int"
    bl_label = "Context Int Cycle"
    data_path: _path()
    reverse: BoolProperty(name="Reverse", options={"SKIP_SAVE"})
    wrap: BoolProperty(name="Wrap", description="Go from the last to the first", options={"SKIP_SAVE"})

    def changed(self, old, rna):
        new = old - 1 if self.reverse else old + 1
        if self.wrap and not rna.hard_min <= new <= rna.hard_max:
            return rna.hard_max if self.reverse else rna.hard_min
        return new


class WM_OT_context_cycle_enum(_Change, Operator):
    """Go to the next item"""
    bl_idname = "wm.context_cycle_enum"
    bl_label = "Context Enum Cycle"
    data_path: _path()
    reverse: BoolProperty(name="Reverse", options={"SKIP_SAVE"})
    wrap: BoolProperty(name="Wrap", description="Go from the last to the first", options={"SKIP_SAVE"})

    def changed(self, old, rna):
        names = [item.identifier for item in rna.enum_items]
        at = names.index(old) + (-1 if self.reverse else 1)
        return names[at % len(names)] if self.wrap else names[min(max(at, 0), len(names) - 1)]


class WM_OT_context_cycle_array(_Change, Operator):
    """Move the values of an array by one place"""
    bl_idname = "wm.context_cycle_array"
    bl_label = "Context Array Cycle"
    data_path: _path()
    reverse: BoolProperty(name="Reverse", options={"SKIP_SAVE"})

    def changed(self, old, _rna):
        values = list(old)
        return values[-1:] + values[:-1] if self.reverse else values[1:] + values[:1]


class WM_OT_context_scale_float(_Change, Operator):
    """Multiply what a path in the context names"""
    bl_idname = "wm.context_scale_float"
    bl_label = "Context Scale Float"
    data_path: _path()
    value: FloatProperty(name="Value", default=1.0)

    def changed(self, old, _rna):
        return old * self.value


class WM_OT_context_scale_int(_Change, Operator):
    """Multiply what a path in the context names"""
    bl_idname = "wm.context_scale_int"
    bl_label = "Context Scale Int"
    data_path: _path()
    value: FloatProperty(name="Value", default=1.0)
    always_step: BoolProperty(name="Always Step", description="Change it by 1 at least", default=True, options={"SKIP_SAVE"})

    def changed(self, old, _rna):
        new = round(old * self.value)
        if new == old and self.always_step and self.value != 1.0:
            return old + 1 if self.value > 1.0 else old - 1
        return new


class WM_OT_context_collection_boolean_set(Operator):
    """Set a yes or no of everything in a list of the context"""
    bl_idname = "wm.context_collection_boolean_set"
    bl_label = "Context Collection Boolean Set"
    bl_options = {"UNDO", "REGISTER", "INTERNAL"}
    data_path_iter: StringProperty(description="Path of the list in the context")
    data_path_item: StringProperty(description="Path of the property in each")
    type: EnumProperty(name="Type", items=[("TOGGLE", "Toggle", ""), ("ENABLE", "Enable", ""), ("DISABLE", "Disable", "")])

    def execute(self, context):
        found = []
        for item in context.path_resolve(self.data_path_iter):
            head, _, name = self.data_path_item.rpartition(".")
            owner = item.path_resolve(head) if head else item
            if isinstance(getattr(owner, name, None), bool):
                found.append((owner, name))
        if not found:
            return {"CANCELLED"}
        value = not any(getattr(owner, name) for owner, name in found) if self.type == "TOGGLE" else self.type == "ENABLE"
        for owner, name in found:
            setattr(owner, name, value)
        return {"FINISHED"}


class WM_OT_properties_add(Operator):
    """Add a custom property"""
    bl_idname = "wm.properties_add"
    bl_label = "Add Property"
    bl_options = {"UNDO", "INTERNAL"}
    data_path: StringProperty(name="Property Edit", description="Path in the context", maxlen=_PATH_LENGTH, options={"HIDDEN"})

    def execute(self, context):
        item = context.path_resolve(self.data_path)
        taken, number = set(item.keys()) | set(item.bl_rna.properties.keys()), 0
        while (name := "prop" if number == 0 else f"prop{number}") in taken:
            number += 1
        item[name] = 1.0
        return {"FINISHED"}


class WM_OT_properties_remove(Operator):
    """Remove a custom property"""
    bl_idname = "wm.properties_remove"
    bl_label = "Remove Property"
    bl_options = {"UNDO", "INTERNAL"}
    data_path: StringProperty(name="Property Edit", description="Path in the context", maxlen=_PATH_LENGTH, options={"HIDDEN"})
    property_name: StringProperty(name="Property Name", maxlen=63)

    def execute(self, context):
        item = context.path_resolve(self.data_path)
        if self.property_name not in item.keys():
            self.report({"ERROR"}, f"there is no custom property \"{self.property_name}\"")
            return {"CANCELLED"}
        del item[self.property_name]
        return {"FINISHED"}


register, unregister = bpy.utils.register_classes_factory(
    (*_SETTERS, WM_OT_context_set_value, WM_OT_context_set_id, WM_OT_context_toggle, WM_OT_context_toggle_enum, WM_OT_context_cycle_int,
     WM_OT_context_cycle_enum, WM_OT_context_cycle_array, WM_OT_context_scale_float, WM_OT_context_scale_int, WM_OT_context_collection_boolean_set,
     WM_OT_properties_add, WM_OT_properties_remove))
