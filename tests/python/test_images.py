"""Images as scripts use them: pixels, files, packing, and what damaged files do."""
import array
import os
import sys
import tempfile
import unittest

import bpy


class Images(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def stored(self, name="a.png", file_format="PNG", value=0.2, **settings):
        image = bpy.data.images.new("Made", 4, 3, **settings)
        image.pixels = [value] * len(image.pixels)
        image.filepath_raw, image.file_format = self.path(name), file_format
        image.save()
        return image

    def test_pixels_read_and_write_single_values_slices_and_buffers(self):
        image = bpy.data.images.new("Made", 2, 1, float_buffer=True)
        image.pixels[1] = 0.25
        image.pixels[4:6] = (2.0, -1.0)
        values = array.array("f", [0.0]) * 8
        image.pixels.foreach_get(values)
        self.assertEqual(list(values), [0, 0.25, 0, 1, 2, -1, 0, 1])
        self.assertEqual(image.pixels[4:6], (2.0, -1.0))

    def test_byte_pixels_are_clamped_and_rounded(self):
        image = bpy.data.images.new("Made", 1, 1)
        image.pixels = [float("nan"), 2.0, -1.0, 0.3]
        self.assertEqual([round(v * 255, 3) for v in image.pixels], [0, 255, 0, 77])

    def test_foreach_refuses_a_wrong_length(self):
        image = bpy.data.images.new("Made", 1, 1)
        self.assertRaises(TypeError, image.pixels.foreach_set, [1.0] * 3)
        self.assertRaises(TypeError, image.pixels.foreach_get, [1.0] * 5)

    def test_a_saved_picture_loads_equal(self):
        made = self.stored(alpha=True)
        loaded = bpy.data.images.load(self.path("a.png"))
        self.assertEqual(list(loaded.pixels), list(made.pixels))
        self.assertEqual((loaded.file_format, tuple(loaded.size), loaded.is_dirty), ("PNG", (4, 3), False))

    def test_reload_drops_what_was_written(self):
        self.stored()
        image = bpy.data.images.load(self.path("a.png"))
        before = image.pixels[0]
        image.pixels[0] = 1.0
        self.assertTrue(image.is_dirty)
        image.reload()
        self.assertEqual((image.pixels[0], image.is_dirty), (before, False))

    def test_check_existing_finds_the_image_of_the_file(self):
        self.stored()
        first = bpy.data.images.load(self.path("a.png"))
        bpy.data.images.remove(bpy.data.images["Made"])
        self.assertEqual(bpy.data.images.load(self.path("a.png"), check_existing=True), first)
        self.assertNotEqual(bpy.data.images.load(self.path("a.png")), first)

    def test_what_cannot_be_read_raises_or_has_no_pixels(self):
        self.assertRaises(RuntimeError, bpy.data.images.load, self.path("none.png"))
        self.stored()
        with open(self.path("a.png"), "rb") as file:
            data = file.read()
        for name, content in (("cut.png", data[:-30]), ("empty.png", b""), ("text.png", b"no picture")):
            with open(self.path(name), "wb") as file:
                file.write(content)
            image = bpy.data.images.load(self.path(name))
            self.assertEqual((tuple(image.size), len(image.pixels)), ((0, 0), 0), name)
            self.assertRaises(RuntimeError, image.update)
            self.assertRaises(RuntimeError, image.save)

    def test_saving_without_a_path_or_folder_raises(self):
        image = bpy.data.images.new("Made", 1, 1)
        self.assertRaises(RuntimeError, image.save)
        self.assertRaises(RuntimeError, image.save_render, "/no/such/folder/a.png")

    def test_a_packed_image_survives_its_file_and_the_document(self):
        self.stored()
        image = bpy.data.images.load(self.path("a.png"))
        values = list(image.pixels)
        image.pack()
        image.use_fake_user = True
        os.remove(self.path("a.png"))
        bpy.ops.wm.save_as_mainfile(filepath=self.path("a.kiln"))
        bpy.ops.wm.open_mainfile(filepath=self.path("a.kiln"))
        image = bpy.data.images["a.png"]
        self.assertEqual(list(image.pixels), values)
        image.unpack(method="WRITE_ORIGINAL")
        self.assertTrue(os.path.exists(self.path("a.png")))
        self.assertIsNone(image.packed_file)

    def test_written_pixels_are_kept_in_the_document(self):
        image = bpy.data.images.new("Made", 2, 2, float_buffer=True)
        image.pixels[5] = 7.0
        image.use_fake_user = True
        bpy.ops.wm.save_as_mainfile(filepath=self.path("a.kiln"))
        bpy.ops.wm.open_mainfile(filepath=self.path("a.kiln"))
        self.assertEqual(bpy.data.images["Made"].pixels[5], 7.0)

    def test_generated_settings_make_the_pixels_again(self):
        image = bpy.data.images.new("Made", 4, 4)
        image.pixels[0] = 0.5
        image.generated_width = 8
        self.assertEqual((tuple(image.size), image.pixels[0], image.is_dirty), ((8, 4), 0.0, False))

    def test_scale_changes_the_size(self):
        image = bpy.data.images.new("Made", 8, 8)
        image.generated_color = (1, 0, 0, 1)
        image.scale(3, 5)
        self.assertEqual(tuple(image.size), (3, 5))
        self.assertEqual(tuple(image.pixels[:4]), (1, 0, 0, 1))

    def test_view_curves_change_what_is_shown(self):
        scene = bpy.context.scene
        scene.view_settings.view_transform = "Standard"
        image = self.stored(float_buffer=True, value=0.5)
        means = []
        for uses in (False, True):
            scene.view_settings.use_curve_mapping = uses
            if uses:
                scene.view_settings.curve_mapping.curves[3].points.new(0.5, 0.1)
            image.save_render(self.path("shown.png"), scene=scene)
            means.append(bpy.data.images.load(self.path("shown.png")).pixels[0])
        self.assertLess(means[1], means[0] - 0.2)


sys.exit(0 if unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Images)).wasSuccessful() else 1)
