"""Render passes: what multi-layer files hold of them."""
import os
import struct
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

    def picture(self):
        """The mean of red, green and blue of the combined picture."""
        with tempfile.TemporaryDirectory() as folder:
            self.scene.render.image_settings.file_format = "OPEN_EXR"
            self.scene.render.filepath = os.path.join(folder, "picture.exr")
            bpy.ops.render.render(write_still=True)
            image = bpy.data.images.load(self.scene.render.filepath)
            pixels = list(image.pixels)
            bpy.data.images.remove(image)
        return [sum(pixels[k::4]) * 4 / len(pixels) for k in range(3)]

    def open_floor(self):
        """A white floor that fills the picture, under a grey sky and nothing else."""
        for thing in list(bpy.data.objects):
            if thing.type in {"MESH", "LIGHT"}:
                bpy.data.objects.remove(thing)
        bpy.ops.mesh.primitive_plane_add(size=200)
        floor = bpy.context.object
        material = bpy.data.materials.new("Floor")
        material.diffuse_color = (1, 1, 1, 1)
        floor.data.materials.append(material)
        self.scene.camera.location = (0, 0, 5)
        self.scene.camera.rotation_euler = (0, 0, 0)
        self.scene.world.use_nodes = False
        self.scene.world.color = (0.5, 0.5, 0.5)
        self.scene.cycles.use_denoising = False
        self.scene.cycles.samples = 16
        return floor

    def test_fast_global_illumination_adds_white_light(self):
        self.open_floor()
        before = self.picture()[0]
        self.scene.cycles.use_fast_gi = True
        self.scene.cycles.fast_gi_method = "ADD"
        self.scene.world.light_settings.ao_factor = 0.5

        after = self.picture()[0]

        # The sky of 0.5 gave as much as half of the white light.
        self.assertAlmostEqual(after / before, 2.0, delta=0.05)

    def test_fast_global_illumination_ends_at_what_is_near(self):
        floor = self.open_floor()
        bpy.ops.mesh.primitive_plane_add(size=200, location=(0, 0, 6))
        self.scene.cycles.use_fast_gi = True
        self.scene.world.light_settings.distance = 1
        far = self.picture()[0]
        floor.cycles.ao_distance = 1000
        near = self.picture()[0]

        self.assertGreater(far, 0.2)
        self.assertLess(near, 0.1 * far)

    def test_bounces_of_renders_are_not_those_of_views(self):
        self.open_floor()
        bpy.ops.mesh.primitive_plane_add(size=200, location=(0, 0, 6))
        self.scene.cycles.use_fast_gi = True
        self.scene.world.light_settings.distance = 1
        first = self.picture()
        self.scene.cycles.ao_bounces = 0
        self.assertEqual(self.picture(), first)
        self.scene.cycles.ao_bounces_render = 0
        self.assertNotEqual(self.picture(), first)

    def test_layers_go_without_the_white_light(self):
        self.open_floor()
        before = self.picture()[0]
        self.scene.cycles.use_fast_gi = True
        self.scene.cycles.fast_gi_method = "ADD"
        self.layer.use_ao = False

        self.assertAlmostEqual(self.picture()[0] / before, 1.0, delta=0.05)

    def test_light_groups_are_passes_of_the_layer(self):
        groups = self.layer.lightgroups
        self.assertEqual((len(groups), self.layer.active_lightgroup, self.layer.active_lightgroup_index), (0, None, -1))
        sun = groups.add(name="sun")
        self.assertEqual([g.name for g in (sun, groups.add(name="sun"), groups.add(name="a.b"), groups.add())], ["sun", "sun_001", "a_b", "Lightgroup"])
        self.assertEqual((self.layer.active_lightgroup.name, self.layer.active_lightgroup_index), ("Lightgroup", 3))
        self.layer.active_lightgroup_index = 1
        self.assertEqual(self.layer.active_lightgroup.name, "sun_001")

        header = self.header()

        for name in b"sun", b"sun_001", b"a_b", b"Lightgroup":
            self.assertIn(b"ViewLayer.Combined_" + name + b".R", header)
        self.assertNotIn(b"Combined_sun.A", header)

    def test_what_names_a_group_follows_its_name(self):
        cube = bpy.data.objects["Cube"]
        group = self.layer.lightgroups.add(name="old")
        cube.lightgroup = self.scene.world.lightgroup = "old"
        group.name = "new.er"
        self.assertEqual((group.name, cube.lightgroup, self.scene.world.lightgroup), ("new_er", "new_er", "new_er"))

    def test_groups_are_added_and_removed_as_they_are_used(self):
        names = lambda: sorted(g.name for g in self.layer.lightgroups)
        bpy.data.objects["Light"].lightgroup, self.scene.world.lightgroup = "lamp", "sky"
        bpy.ops.scene.view_layer_add_lightgroup()
        bpy.ops.scene.view_layer_add_lightgroup(name="lamp")
        bpy.ops.scene.view_layer_add_used_lightgroups()
        self.assertEqual(names(), ["Lightgroup", "lamp", "sky"])
        bpy.ops.scene.view_layer_remove_unused_lightgroups()
        self.assertEqual(names(), ["lamp", "sky"])
        for left in 1, 0, 0:
            self.assertEqual(bpy.ops.scene.view_layer_remove_lightgroup(), {"FINISHED"})
            self.assertEqual(len(names()), left)

    def test_groups_hold_the_light_of_what_is_in_them(self):
        self.open_floor()
        self.scene.world.lightgroup = "sky"
        for name in "sky", "dark":
            self.layer.lightgroups.add(name=name)
        row = self.last_row()
        self.assertGreater(row("Combined.R"), 0.1)
        self.assertAlmostEqual(row("Combined_sky.R"), row("Combined.R"), delta=1e-4)
        self.assertEqual(row("Combined_dark.R"), 0.0)

    def last_row(self):
        """What tells the largest value of a channel in the last row of a rendered file, counted without sign."""
        settings = self.scene.render.image_settings
        settings.color_depth, settings.exr_codec = "32", "NONE"
        with tempfile.TemporaryDirectory() as folder:
            self.scene.render.filepath = os.path.join(folder, "row.exr")
            bpy.ops.render.render(write_still=True)
            with open(self.scene.render.filepath, "rb") as file:
                data = file.read()
        names, at = [], data.index(b"channels\0chlist\0") + 20
        while data[at]:
            end = data.index(b"\0", at)
            names.append(data[at:end].decode())
            at = end + 17
        # Without compression a row holds the channels one after the other.
        width = self.scene.render.resolution_x
        row = struct.unpack(f"<{width * len(names)}f", data[-4 * width * len(names) :])
        return lambda name: max((row[width * names.index("ViewLayer." + name) :][:width]), key=abs)

    def test_vectors_tell_how_surfaces_move(self):
        self.open_floor()
        bpy.ops.object.select_all(action="DESELECT")
        self.layer.use_pass_vector = True
        still = self.last_row()
        self.assertEqual([still("Vector." + c) for c in "XYZW"], [0, 0, 0, 0])

        bpy.data.objects.remove(bpy.context.object)
        bpy.ops.mesh.primitive_grid_add(size=6, x_subdivisions=40, y_subdivisions=40)
        wave = bpy.context.object.modifiers.new("Wave", "WAVE")
        wave.height, wave.width = 0.5, 1.5
        self.scene.frame_set(20)
        moving = self.last_row()
        for channel in "XYZW":
            self.assertGreater(abs(moving("Vector." + channel)), 0.01)

    def test_motion_and_what_the_denoiser_sees_are_passes(self):
        before = self.header()
        self.layer.use_pass_vector = True
        self.layer.cycles.denoising_store_passes = self.layer.cycles.pass_debug_sample_count = True
        self.scene.cycles.use_denoising = True

        after = self.header()

        for channel in (b"Vector.X", b"Vector.W", b"Denoising Albedo.R", b"Denoising Normal.X", b"Denoising Depth.Z", b"Noisy Image.A", b"Debug Sample Count.X"):
            self.assertNotIn(b"ViewLayer." + channel, before)
            self.assertIn(b"ViewLayer." + channel, after)
        self.layer.cycles.use_denoising = False
        self.assertNotIn(b"Noisy Image", self.header())

    def test_the_sky_is_found_in_every_way(self):
        self.open_floor()
        expected = self.picture()[0]
        for way in "FORWARD_PATH_TRACING", "NEXT_EVENT_ESTIMATION":
            self.scene.cycles.direct_light_sampling_type = way
            self.assertAlmostEqual(self.picture()[0] / expected, 1.0, delta=0.05)


sys.exit(0 if unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Passes)).wasSuccessful() else 1)
