"""What the settings of pictures and layers make of written files."""
import os
import sys
import tempfile
import unittest

import bpy


class WrittenPictures(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.scene = bpy.context.scene
        self.scene.render.engine = "CYCLES"
        self.scene.cycles.samples = 1
        self.scene.cycles.use_denoising = False
        self.scene.render.resolution_x = self.scene.render.resolution_y = 8
        self.settings = self.scene.render.image_settings
        self.layer = bpy.context.view_layer
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def render(self, name, **arguments):
        self.scene.render.filepath = self.path(name)
        bpy.ops.render.render(write_still=True, **arguments)
        with open(self.path(name), "rb") as file:
            return file.read()

    def pixel(self, name, at=0):
        """Values of a pixel as they are stored."""
        image = bpy.data.images.load(self.path(name))
        image.colorspace_settings.name = "Non-Color"
        values = [round(v, 4) for v in image.pixels[4 * at : 4 * at + 4]]
        bpy.data.images.remove(image)
        return values

    def empty_room(self, color=(0.5, 0.2, 0.1)):
        for thing in list(bpy.data.objects):
            if thing.type != "CAMERA":
                bpy.data.objects.remove(thing)
        self.scene.world.use_nodes = False
        self.scene.world.color = color

    def reopened(self):
        bpy.ops.wm.save_as_mainfile(filepath=self.path("a.kiln"))
        bpy.ops.wm.open_mainfile(filepath=self.path("a.kiln"))

    def test_the_depth_is_a_channel_of_plain_files_where_it_is_rendered(self):
        self.settings.file_format, self.settings.color_mode = "OPEN_EXR", "RGB"
        self.settings.use_zbuffer = True
        self.assertNotIn(b"\0Z\0", self.render("a.exr")[:400])
        self.layer.use_pass_z = True
        with_depth = self.render("b.exr")
        self.assertIn(b"\0Z\0", with_depth[:400])
        self.assertIn(b"\0R\0", with_depth[:400])
        self.settings.use_zbuffer = False
        self.assertNotIn(b"\0Z\0", self.render("c.exr")[:400])

    def test_a_preview_lies_beside_an_exr_file(self):
        self.empty_room()
        self.settings.use_preview = True
        for name, form in (("a.png", "PNG"), ("b.exr", "OPEN_EXR"), ("c.exr", "OPEN_EXR_MULTILAYER")):
            self.settings.file_format = form
            self.render(name)
        made = sorted(os.listdir(self.folder.name))
        self.assertEqual(made, ["a.png", "b.exr", "b.jpg", "c.exr", "c.jpg"])
        self.scene.render.use_file_extension = False
        self.settings.file_format = "OPEN_EXR"
        self.render("d.0001")
        self.assertIn("d.0001.jpg", os.listdir(self.folder.name))
        # As the view shows it.
        self.assertAlmostEqual(self.pixel("b.jpg")[0], self.pixel("a.png")[0], delta=0.02)

    def test_formats_tell_whether_they_hold_light(self):
        linear = []
        for form in ("PNG", "OPEN_EXR", "OPEN_EXR_MULTILAYER", "HDR", "DPX", "CINEON", "TIFF", "JPEG2000"):
            self.settings.file_format = form
            if self.settings.has_linear_colorspace:
                linear.append(form)
        self.assertEqual(linear, ["OPEN_EXR", "OPEN_EXR_MULTILAYER", "HDR", "DPX", "CINEON"])
        with self.assertRaises(AttributeError):
            self.settings.has_linear_colorspace = True

    def test_light_is_written_in_the_space_that_overrides(self):
        self.empty_room()
        self.settings.file_format, self.settings.color_depth = "OPEN_EXR", "32"
        space = self.settings.linear_colorspace_settings
        self.assertEqual((space.name, space.is_data), ("Linear", False))
        space.name = "XYZ"
        self.render("a.exr")
        self.assertEqual(self.pixel("a.exr"), [0.5, 0.2, 0.1, 1.0])
        self.settings.color_management = "OVERRIDE"
        self.render("b.exr")
        for value, expected in zip(self.pixel("b.exr"), (0.2958, 0.2566, 0.1285, 1.0)):
            self.assertAlmostEqual(value, expected, delta=2e-3)
        self.reopened()
        self.assertEqual(bpy.context.scene.render.image_settings.linear_colorspace_settings.name, "XYZ")

    def test_film_has_the_curve_of_the_settings(self):
        self.empty_room((0, 0, 0))
        self.settings.file_format = "CINEON"
        word = lambda data: int.from_bytes(data[2048:2052], "big") >> 22
        self.assertEqual(word(self.render("a.cin")), 95)
        self.settings.cineon_black, self.settings.cineon_white, self.settings.cineon_gamma = 200, 900, 2.0
        self.assertEqual(word(self.render("b.cin")), 200)

    def test_jpeg2000_settings_reach_the_file(self):
        self.settings.file_format, self.settings.color_mode = "JPEG2000", "RGB"
        plain = self.render("a.jp2")
        self.settings.use_jpeg2k_ycc = True
        colors = self.render("b.jp2")
        self.assertEqual((plain[0x4C], colors[0x4C]), (16, 18))
        self.settings.use_jpeg2k_cinema_preset = True
        cinema = self.render("c.jp2")
        size = cinema.index(b"\xff\x4f\xff\x51")
        self.assertEqual(cinema[size + 42], 11)  # 12 bits a channel

    def test_the_note_of_the_scene_is_that_of_the_stamp(self):
        self.scene.use_stamp_note = "first"
        self.assertEqual(self.scene.render.stamp_note_text, "first")
        self.scene.render.stamp_note_text = "second"
        self.assertEqual(self.scene.use_stamp_note, "second")

    def two_layers(self):
        """The second one has a black world of its own making: it shows no sky."""
        self.empty_room()
        self.settings.file_format = "OPEN_EXR_MULTILAYER"
        second = self.scene.view_layers.new("Second")
        second.use_sky = False
        return second

    def test_all_layers_that_are_enabled_are_rendered(self):
        second = self.two_layers()
        both = self.render("a.exr")[:2000]
        self.assertIn(b"ViewLayer.Combined.R", both)
        self.assertIn(b"Second.Combined.R", both)
        second.use = False
        self.assertNotIn(b"Second.Combined.R", self.render("b.exr")[:2000])

    def test_plain_files_show_the_first_layer_that_is_enabled(self):
        second = self.two_layers()
        self.settings.file_format, self.settings.color_depth = "OPEN_EXR", "32"
        bpy.context.window.view_layer = second
        self.render("a.exr")
        self.assertEqual(self.pixel("a.exr")[0], 0.5)
        self.layer.use = False
        self.render("b.exr")
        self.assertEqual(self.pixel("b.exr")[0], 0.0)

    def test_a_single_layer_is_the_active_one(self):
        second = self.two_layers()
        self.scene.render.use_single_layer = True
        self.assertNotIn(b"Second.Combined.R", self.render("a.exr")[:2000])
        bpy.context.window.view_layer = second
        only = self.render("b.exr")[:2000]
        self.assertIn(b"Second.Combined.R", only)
        self.assertNotIn(b"ViewLayer.Combined.R", only)

    def test_a_layer_that_is_named_is_rendered_alone(self):
        self.two_layers().use = False
        only = self.render("a.exr", layer="Second")[:2000]
        self.assertIn(b"Second.Combined.R", only)
        self.assertNotIn(b"ViewLayer.Combined.R", only)

    def test_without_an_enabled_layer_there_is_nothing_to_render(self):
        self.layer.use = False
        with self.assertRaisesRegex(RuntimeError, "view layer"):
            self.render("a.exr")


class BackgroundScenes(WrittenPictures):
    def behind(self, name, *objects):
        scene = bpy.data.scenes.new(name)
        for thing in objects:
            scene.collection.objects.link(thing)
        return scene

    def instances(self):
        return [i.object.name for i in bpy.context.evaluated_depsgraph_get().object_instances]

    def test_objects_of_scenes_behind_are_seen_and_not_of_the_layer(self):
        near, far = bpy.data.objects.new("Near", None), bpy.data.objects.new("Far", None)
        first = self.behind("First", near)
        first.background_set = self.behind("Second", far, near)
        self.assertNotIn("Near", self.instances())
        self.scene.background_set = first
        seen = self.instances()
        self.assertEqual((seen.count("Near"), seen.count("Far")), (1, 1))
        self.assertNotIn("Near", self.layer.objects)
        self.assertFalse(near.visible_get())
        first.collection.objects.unlink(near)
        first.background_set = None
        self.assertNotIn("Far", self.instances())

    def test_they_are_rendered(self):
        cube = bpy.data.objects["Cube"]
        lit = self.render("a.png")
        self.scene.collection.children[0].objects.unlink(cube)
        self.assertNotEqual(self.render("b.png"), lit)
        self.scene.background_set = self.behind("Behind", cube)
        self.render("c.png")
        picture = lambda name: [self.pixel(name, at) for at in range(64)]
        self.assertEqual(picture("c.png"), picture("a.png"))

    def test_what_is_hidden_behind_stays_hidden(self):
        thing = bpy.data.objects.new("Thing", None)
        scene = self.behind("Behind", thing)
        self.scene.background_set = scene
        self.assertIn("Thing", self.instances())
        thing.hide_viewport = True
        self.assertNotIn("Thing", self.instances())

    def test_no_scene_stands_behind_itself(self):
        first, second = self.behind("First"), self.behind("Second")
        self.scene.background_set, first.background_set = first, second
        second.background_set = self.scene
        self.assertIsNone(second.background_set)
        with self.assertRaises(TypeError):
            self.scene.background_set = self.scene
        self.reopened()
        self.assertEqual(bpy.data.scenes["First"].background_set, bpy.data.scenes["Second"])


suite = unittest.TestSuite()
for case in WrittenPictures, BackgroundScenes:
    for name in sorted(n for n in vars(case) if n.startswith("test_")):
        suite.addTest(case(name))
sys.exit(0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1)
