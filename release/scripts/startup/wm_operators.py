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


class WM_OT_url_open(Operator):
    """Open a page in the web browser"""
    bl_idname = "wm.url_open"
    bl_label = ""
    bl_options = {"INTERNAL"}
    url: StringProperty(name="URL", description="Address of the page")

    def execute(self, context):
        import webbrowser
        if not self.url.startswith(("http://", "https://", "mailto:", "file:")):
            self.report({"ERROR"}, f"\"{self.url}\" is no address of a page")
            return {"CANCELLED"}
        webbrowser.open(self.url)
        return {"FINISHED"}


class WM_OT_path_open(Operator):
    """Show a file or folder in the file manager"""
    bl_idname = "wm.path_open"
    bl_label = ""
    bl_options = {"INTERNAL"}
    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})

    def execute(self, context):
        import os
        import subprocess

        path = os.path.normpath(bpy.path.abspath(self.filepath))
        if not os.path.exists(path):
            self.report({"ERROR"}, f"\"{path}\" is not there")
            return {"CANCELLED"}
        try:
            subprocess.Popen(["xdg-open", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except OSError as error:
            self.report({"ERROR"}, f"no file manager can be started: {error.strerror}")
            return {"CANCELLED"}
        return {"FINISHED"}


class WM_OT_owner_enable(Operator):
    """Show an add-on in the workspace"""
    bl_idname = "wm.owner_enable"
    bl_label = "Enable Add-on"
    owner_id: StringProperty(name="UI Tag")

    def execute(self, context):
        context.workspace.owner_ids.new(self.owner_id)
        return {"FINISHED"}


class WM_OT_owner_disable(Operator):
    """Do not show an add-on in the workspace"""
    bl_idname = "wm.owner_disable"
    bl_label = "Disable UI Tag"
    owner_id: StringProperty(name="UI Tag")

    def execute(self, context):
        owners = context.workspace.owner_ids
        if self.owner_id not in owners:
            self.report({"ERROR"}, f"\"{self.owner_id}\" is not among the add-ons that the workspace shows")
            return {"CANCELLED"}
        owners.remove(owners[self.owner_id])
        return {"FINISHED"}


register, unregister = bpy.utils.register_classes_factory((WM_OT_call_menu, WM_OT_call_panel, WM_OT_call_menu_pie, WM_OT_url_open, WM_OT_path_open, WM_OT_owner_enable,
                                                             WM_OT_owner_disable))
