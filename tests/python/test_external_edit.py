"""Images are edited in a program of the user's choice."""
import os
import stat
import sys
import tempfile
import time
import unittest

import bpy


class ExternalEdit(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program, self.told, self.picture = (os.path.join(folder.name, name) for name in ("edit me.sh", "told.txt", "made.png"))
        with open(self.program, "w", encoding="utf-8") as file:
            file.write(f"#!/bin/sh\necho \"$@\" > '{self.told}.part' && mv '{self.told}.part' '{self.told}'\n")
        os.chmod(self.program, os.stat(self.program).st_mode | stat.S_IXUSR)
        image = bpy.data.images.new("Made", 4, 4)
        image.filepath_raw, image.file_format = self.picture, "PNG"
        image.save()
        self.paths = bpy.context.preferences.filepaths
        self.paths.image_editor = self.program
        self.addCleanup(setattr, self.paths, "image_editor", "")

    def waits_for(self, wanted):
        for _ in range(200):
            if os.path.exists(self.told):
                with open(self.told, encoding="utf-8") as file:
                    self.assertEqual(file.read().strip(), wanted)
                return
            time.sleep(0.05)
        self.fail("the program was not started")

    def fails(self, path, word):
        with self.assertRaisesRegex(RuntimeError, word):
            bpy.ops.image.external_edit(filepath=path)

    def test_the_program_gets_the_file(self):
        self.assertEqual(bpy.ops.image.external_edit(filepath=self.picture), {"FINISHED"})
        self.waits_for(self.picture)

    def test_the_program_may_have_arguments(self):
        self.paths.image_editor = f"/bin/sh '{self.program}' --canvas"
        bpy.ops.image.external_edit(filepath=self.picture)
        self.waits_for(f"--canvas {self.picture}")

    def test_what_is_missing_is_said(self):
        self.fails(self.picture + ".none", "made.png.none")
        self.fails("", "no file")
        self.paths.image_editor = "/nowhere/at_all"
        self.fails(self.picture, "/nowhere/at_all")
        self.paths.image_editor = ""
        self.fails(self.picture, "Preferences")


class DebugReports(unittest.TestCase):
    def test_reports_of_all_kinds_are_taken(self):
        class WM_OT_tells(bpy.types.Operator):
            bl_idname, bl_label = "wm.tells", "Tells"

            def execute(self, context):
                for kind in ("DEBUG", "INFO", "OPERATOR", "PROPERTY", "WARNING"):
                    self.report({kind}, "a word")
                return {"FINISHED"}

        bpy.utils.register_class(WM_OT_tells)
        self.addCleanup(bpy.utils.unregister_class, WM_OT_tells)
        self.assertEqual(bpy.ops.wm.tells(), {"FINISHED"})


suites = [unittest.defaultTestLoader.loadTestsFromTestCase(case) for case in (ExternalEdit, DebugReports)]
sys.exit(0 if unittest.TextTestRunner().run(unittest.TestSuite(suites)).wasSuccessful() else 1)
