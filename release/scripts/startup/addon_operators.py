"""Operators on add-ons: enabling, disabling, installing, removing."""
import os
import shutil
import zipfile

import addon_utils
import bpy
from bpy.props import BoolProperty, StringProperty
from bpy.types import Operator


def _keep(operator):
    """Keeps the choice for the next start: in batch mode nothing of the user's is changed."""
    if bpy.app.background or bpy.app.factory_startup:
        return
    try:
        addon_utils.save_state()
    except OSError as error:
        operator.report({"WARNING"}, f"{error.filename}: {error.strerror}")


class PREFERENCES_OT_addon_enable(Operator):
    """Turn an add-on on"""
    bl_idname = "preferences.addon_enable"
    bl_label = "Enable Add-on"
    bl_options = {"INTERNAL"}
    module: StringProperty(name="Module", description="Name of the module of the add-on")

    def execute(self, context):
        problems = []
        module = addon_utils.enable(self.module, default_set=True, handle_error=problems.append)
        _keep(self)
        if module is None:
            self.report({"ERROR"}, f"add-on \"{self.module}\": {addon_utils.describe_error(problems[0]) if problems else 'cannot be enabled'}")
            return {"CANCELLED"}
        return {"FINISHED"}


class PREFERENCES_OT_addon_disable(Operator):
    """Turn an add-on off"""
    bl_idname = "preferences.addon_disable"
    bl_label = "Disable Add-on"
    bl_options = {"INTERNAL"}
    module: StringProperty(name="Module", description="Name of the module of the add-on")

    def execute(self, context):
        problems = []
        addon_utils.disable(self.module, default_set=True, handle_error=problems.append)
        _keep(self)
        if problems:
            self.report({"ERROR"}, f"add-on \"{self.module}\": {addon_utils.describe_error(problems[0])}")
        return {"FINISHED"}


class PREFERENCES_OT_addon_refresh(Operator):
    """Look into the folders for new add-ons"""
    bl_idname = "preferences.addon_refresh"
    bl_label = "Refresh"

    def execute(self, context):
        addon_utils.modules_refresh()
        return {"FINISHED"}


class WM_OT_save_userpref(Operator):
    """Keep what the preferences list for the next start"""
    bl_idname = "wm.save_userpref"
    bl_label = "Save Preferences"
    bl_options = {"INTERNAL"}

    def execute(self, context):
        try:
            addon_utils.save_state()
        except OSError as error:
            self.report({"ERROR"}, f"{error.filename}: {error.strerror}")
            return {"CANCELLED"}
        return {"FINISHED"}


class PREFERENCES_OT_addon_expand(Operator):
    """Show or hide what there is to know about an add-on"""
    bl_idname = "preferences.addon_expand"
    bl_label = ""
    bl_options = {"INTERNAL"}
    module: StringProperty(name="Module", description="Name of the module of the add-on")

    def execute(self, context):
        for module in addon_utils.modules(refresh=False):
            if module.__name__ == self.module:
                info = addon_utils.module_bl_info(module)
                info["show_expanded"] = not info["show_expanded"]
        return {"FINISHED"}


def _names_in(archive):
    """Top-level names of an archive, after a check that nothing in it would be written outside the folder."""
    names = archive.namelist()
    for name in names:
        parts = name.replace("\\", "/").split("/")
        if name.startswith("/") or ".." in parts:
            raise ValueError(f"the archive has the unsafe path \"{name}\"")
    return {name.split("/")[0] for name in names if name}


class PREFERENCES_OT_addon_install(Operator):
    """Install an add-on from a file"""
    bl_idname = "preferences.addon_install"
    bl_label = "Install Add-on"
    overwrite: BoolProperty(name="Overwrite", description="Replace add-ons of the same name", default=True)
    filepath: StringProperty(name="File Path", subtype="FILE_PATH")

    def execute(self, context):
        folder = bpy.utils.user_resource("SCRIPTS", path="addons", create=True)
        before = set(os.listdir(folder))
        try:
            installed = self._install(folder)
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            self.report({"ERROR"}, f"{self.filepath}: {error}")
            return {"CANCELLED"}
        addon_utils.modules_refresh()
        new = ", ".join(sorted(installed - before)) or ", ".join(sorted(installed))
        self.report({"INFO"}, f"Installed ({new}) into {folder}")
        return {"FINISHED"}

    def _install(self, folder):
        path = bpy.path.abspath(self.filepath)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = _names_in(archive)
                self._make_room(folder, names)
                archive.extractall(folder)
            return names
        if not path.endswith(".py"):
            raise ValueError("an add-on is a .py file or a .zip archive")
        name = os.path.basename(path)
        self._make_room(folder, {name})
        shutil.copyfile(path, os.path.join(folder, name))
        return {name}

    def _make_room(self, folder, names):
        for name in names:
            target = os.path.join(folder, name)
            if not os.path.lexists(target):
                continue
            if not self.overwrite:
                raise ValueError(f"\"{target}\" exists already")
            if os.path.isdir(target) and not os.path.islink(target):
                shutil.rmtree(target)
            else:
                os.remove(target)


class PREFERENCES_OT_addon_remove(Operator):
    """Delete the files of an add-on of the user"""
    bl_idname = "preferences.addon_remove"
    bl_label = "Remove Add-on"
    module: StringProperty(name="Module", description="Name of the module of the add-on")

    def execute(self, context):
        known = {module.__name__: module.__file__ for module in addon_utils.modules()}
        path = known.get(self.module)
        if path is None or bpy.utils.is_path_builtin(path):
            self.report({"ERROR"}, f"there is no add-on \"{self.module}\" of the user")
            return {"CANCELLED"}
        if addon_utils.check(self.module)[1]:
            addon_utils.disable(self.module, default_set=True)
        folder, name = os.path.split(path)
        if name == "__init__.py":
            shutil.rmtree(folder)
        else:
            os.remove(path)
        addon_utils.modules_refresh()
        return {"FINISHED"}


register, unregister = bpy.utils.register_classes_factory(
    (PREFERENCES_OT_addon_enable, PREFERENCES_OT_addon_disable, PREFERENCES_OT_addon_refresh, PREFERENCES_OT_addon_install, PREFERENCES_OT_addon_remove,
     PREFERENCES_OT_addon_expand, WM_OT_save_userpref))
