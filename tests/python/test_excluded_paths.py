"""Scripts in files of folders that are excluded do not run by themselves."""
import os
import tempfile
import unittest

import bpy


class ExcludedPaths(unittest.TestCase):

    def setUp(self):
        self.preferences = bpy.context.preferences
        self.kept = self.preferences.filepaths.use_scripts_auto_execute
        self.preferences.filepaths.use_scripts_auto_execute = True
        bpy.ops.wm.read_factory_settings()

    def tearDown(self):
        self.preferences.filepaths.use_scripts_auto_execute = self.kept
        while len(self.preferences.autoexec_paths):
            self.preferences.autoexec_paths.remove(self.preferences.autoexec_paths[0])

    def runs(self, folder):
        text = bpy.data.texts.new("run.py")
        text.use_module = True
        text.write("import bpy\nbpy.app.driver_namespace['ran'] = True\n")
        path = os.path.join(folder, "scripted.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=path)
        bpy.app.driver_namespace.pop("ran", None)
        bpy.ops.wm.open_mainfile(filepath=path)
        bpy.data.texts.remove(bpy.data.texts["run.py"])
        return "ran" in bpy.app.driver_namespace

    def test_paths_are_a_list(self):
        paths = self.preferences.autoexec_paths
        first, second = paths.new(), paths.new()
        first.path, second.path = "/a", "/b"
        self.assertEqual([path.path for path in paths], ["/a", "/b"])
        self.assertFalse(first.use_glob)
        paths.remove(first)
        self.assertEqual([path.path for path in paths], ["/b"])
        self.assertIn("/b", paths)

    def test_scripts_of_an_excluded_folder_do_not_run(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertTrue(self.runs(folder))
            excluded = self.preferences.autoexec_paths.new()
            excluded.path = folder
            self.assertFalse(self.runs(folder))
            self.assertTrue(bpy.app.autoexec_fail)
            excluded.path, excluded.use_glob = folder + "/other*", True
            self.assertTrue(self.runs(folder))
            excluded.path = folder + "/*.kiln"
            self.assertFalse(self.runs(folder))


unittest.main(argv=["test"])
