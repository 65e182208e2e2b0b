"""Operators around images that are written in Python."""
import os
import shlex
import subprocess

import bpy
from bpy.props import StringProperty
from bpy.types import Operator


class IMAGE_OT_external_edit(Operator):
    """Edit an image in the program that the preferences name"""
    bl_idname = "image.external_edit"
    bl_label = "Image Edit Externally"
    bl_options = {"REGISTER"}
    filepath: StringProperty(subtype="FILE_PATH")

    def execute(self, context):
        program = context.preferences.filepaths.image_editor
        path = os.path.normpath(bpy.path.abspath(self.filepath)) if self.filepath else ""
        if not path or not os.path.exists(path):
            self.report({"ERROR"}, f"there is no file {path!r}: images that were never saved or are packed have to be written first")
            return {"CANCELLED"}
        if not program:
            self.report({"ERROR"}, "no program for editing images is chosen (Preferences, File Paths)")
            return {"CANCELLED"}
        # A program with arguments, unless the whole is the name of a file.
        command = [program] if os.path.exists(program) else shlex.split(program)
        try:
            subprocess.Popen([*command, path], start_new_session=True)
        except OSError as error:
            self.report({"ERROR"}, f"{command[0]} cannot be started: {error.strerror}")
            return {"CANCELLED"}
        return {"FINISHED"}

    def invoke(self, context, event):
        space = context.space_data
        image = getattr(space, "image", None)
        if image is None:
            self.report({"ERROR"}, "this editor shows no image")
            return {"CANCELLED"}
        if image.packed_file is not None:
            self.report({"ERROR"}, f"{image.name} is packed: unpack it first")
            return {"CANCELLED"}
        self.filepath = image.filepath
        return self.execute(context)


register, unregister = bpy.utils.register_classes_factory((IMAGE_OT_external_edit,))
