"""Operators around windows and values that are written in Python."""
import bpy
from bpy import _window
from bpy.props import BoolProperty, StringProperty
from bpy.types import Operator
from bpy.utils import _classes


def _registered(kind, name):
    cls = _classes.registered.get(name)
    return cls if cls is not None and issubclass(cls, kind) else None


class _Call:
    """Shows a registered class by its name."""

    kind = None
    request = None

    def execute(self, context):
        if _registered(self.kind, self.name) is None:
            self.report({"ERROR"}, f"{self.kind.__name__} \"{self.name}\" not found")
            return {"CANCELLED"}
        if bpy.app.background:
            self.report({"ERROR"}, f"{self.kind.__name__} \"{self.name}\" needs a window to be shown in")
            return {"CANCELLED"}
        _window.request(self.request, name=self.name)
        return {"INTERFACE"}


class WM_OT_call_menu(_Call, Operator):
    """Show a menu"""
    bl_idname = "wm.call_menu"
    bl_label = "Call Menu"
    bl_options = {"INTERNAL"}
    kind = bpy.types.Menu
    request = "CALL_MENU"
    name: StringProperty(name="Name", description="Name of the menu")


class WM_OT_call_menu_pie(_Call, Operator):
    """Show a pie menu"""
    bl_idname = "wm.call_menu_pie"
    bl_label = "Call Pie Menu"
    bl_options = {"INTERNAL"}
    kind = bpy.types.Menu
    request = "CALL_PIE"
    name: StringProperty(name="Name", description="Name of the pie menu")


class WM_OT_call_panel(_Call, Operator):
    """Show a panel over the window"""
    bl_idname = "wm.call_panel"
    bl_label = "Call Panel"
    bl_options = {"INTERNAL"}
    kind = bpy.types.Panel
    request = "CALL_PANEL"
    name: StringProperty(name="Name", description="Name of the panel")
    keep_open: BoolProperty(name="Keep Open", description="Keep the panel open", default=True)


register, unregister = bpy.utils.register_classes_factory((WM_OT_call_menu, WM_OT_call_menu_pie, WM_OT_call_panel))
