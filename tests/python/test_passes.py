"""Render passes: what multi-layer files hold of them."""
import os
import sys
import tempfile
import unittest

import bpy


class Passes(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.scene = bpy.context.scene
        self.scene.render.engine = "CYCLES"
        self.scene.cycles.samples = 1
        self.scene.render.resolution_x = self.scene.render.resolution_y = 8
        self.scene.render.image_settings.file_format = "OPEN_EXR_MULTILAYER"
        self.layer = bpy.context.view_layer

    def header(self):
        """The bytes of the file's header."""
        with tempfile.TemporaryDirectory() as folder:
            self.scene.render.filepath = os.path.join(folder, "passes.exr")
            bpy.ops.render.render(write_still=True)
            with open(self.scene.render.filepath, "rb") as file:
                return file.read(8192)

    def test_cryptomattes_come_with_their_manifest(self):
        self.layer.use_pass_cryptomatte_object = True
        self.layer.pass_cryptomatte_depth = 4

        header = self.header()

        self.assertIn(b"ViewLayer.CryptoObject00.r", header)
        self.assertIn(b"ViewLayer.CryptoObject01.a", header)
        self.assertNotIn(b"ViewLayer.CryptoObject02.r", header)
        # The key is made of the pass' name.
        self.assertIn(b"cryptomatte/542cafa/manifest", header)
        self.assertIn(b'{"Cube":"a8fce865"}', header)

    def test_materials_and_assets_have_mattes(self):
        self.layer.use_pass_cryptomatte_material = self.layer.use_pass_cryptomatte_asset = True

        header = self.header()

        self.assertIn(b'"Material":"3913209d"', header)
        self.assertIn(b"ViewLayer.CryptoAsset02.r", header)
        self.assertNotIn(b"CryptoObject", header)

    def test_shadow_and_occlusion_are_written_where_asked_for(self):
        before = self.header()
        self.layer.use_pass_ambient_occlusion = self.layer.use_pass_shadow = True

        after = self.header()

        for channel in b"ViewLayer.AO.R", b"ViewLayer.Shadow.R":
            self.assertNotIn(channel, before)
            self.assertIn(channel, after)


sys.exit(0 if unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Passes)).wasSuccessful() else 1)
