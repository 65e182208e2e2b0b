"""Operators that run scripts."""
import os
import traceback

import addon_utils
import bpy
from bpy.props import StringProperty
from bpy.types import Operator


class SCRIPT_OT_reload(Operator):
    """Read all scripts and add-ons again, without a restart"""
    bl_idname = "script.reload"
    bl_label = "Reload Scripts"
    bl_options = set()

    def execute(self, context):
        bpy.utils.load_scripts(reload_scripts=True)
        for name, problem in addon_utils.reload_enabled():
            self.report({"WARNING"}, f"add-on \"{name}\": {problem}")
        return {"FINISHED"}


class SCRIPT_OT_python_file_run(Operator):
    """Run a script"""
    bl_idname = "script.python_file_run"
    bl_label = "Run Python File"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}
    filepath: StringProperty(name="Path", subtype="FILE_PATH", maxlen=1023)

    def execute(self, context):
        return _run(self, bpy.path.abspath(self.filepath))


class SCRIPT_OT_execute_preset(Operator):
    """Use a preset"""
    bl_idname = "script.execute_preset"
    bl_label = "Execute a Python Preset"
    bl_options = {"REGISTER", "UNDO"}
    filepath: StringProperty(subtype="FILE_PATH", options={"SKIP_SAVE"})
    menu_idname: StringProperty(name="Menu ID Name", description="Name of the menu that shows it", options={"SKIP_SAVE"})

    def execute(self, context):
        menu = getattr(bpy.types, self.menu_idname, None)
        if hasattr(menu, "reset_cb"):
            menu.reset_cb(context)
        outcome = _run(self, self.filepath)
        if outcome == {"FINISHED"} and menu is not None:
            menu.bl_label = bpy.path.display_name(os.path.basename(self.filepath), title_case=False)
            if hasattr(menu, "post_cb"):
                menu.post_cb(context)
        return outcome


def _run(operator, path):
    """Runs a script; what it raises is reported with file and line."""
    if not os.path.isfile(path):
        operator.report({"ERROR"}, f"there is no script \"{path}\"")
        return {"CANCELLED"}
    try:
        bpy.utils.execfile(path)
    except SystemExit:
        pass
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]
        line = frames[-1].lineno if frames else getattr(error, "lineno", "?")
        operator.report({"ERROR"}, f"{path}:{line}: {type(error).__name__}: {error}")
        return {"CANCELLED"}
    return {"FINISHED"}


register, unregister = bpy.utils.register_classes_factory((SCRIPT_OT_reload, SCRIPT_OT_python_file_run, SCRIPT_OT_execute_preset))
