"""Operators that choose tools of the toolbar."""
import bpy
from bpy.props import StringProperty
from bpy.types import Operator


class WM_OT_tool_set_by_id(Operator):
    """Use the tool of this name in the 3D views of the screen"""
    bl_idname = "wm.tool_set_by_id"
    bl_label = "Set Tool by Name"
    name: StringProperty(name="Identifier")

    def execute(self, _context):
        from bpy_structs import tools

        if not tools.set_view3d_tool(self.name):
            self.report({"WARNING"}, f"there is no tool {self.name!r}; there are {', '.join(tools.VIEW3D)}")
            return {"CANCELLED"}
        return {"FINISHED"}


def register():
    bpy.utils.register_class(WM_OT_tool_set_by_id)


def unregister():
    bpy.utils.unregister_class(WM_OT_tool_set_by_id)
