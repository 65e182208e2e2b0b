"""Studio lights of views, the lamps that users edit, and the tools of workspaces."""
import os
import tempfile
import unittest

import bpy


def view():
    return next(area for area in bpy.data.screens["Layout"].areas if area.type == "VIEW_3D").spaces.active


class StudioLights(unittest.TestCase):
    def setUp(self):
        self.lights = bpy.context.preferences.studio_lights

    def tearDown(self):
        for light in [light for light in self.lights if light.is_user_defined]:
            self.lights.remove(light)

    def test_each_type_has_lights_of_the_program(self):
        self.assertEqual({light.type for light in self.lights}, {"STUDIO", "WORLD", "MATCAP"})
        self.assertEqual([light.index for light in self.lights], list(range(len(self.lights))))
        self.assertEqual(len(self.lights["Default"].solid_lights), 4)
        self.assertTrue(self.lights["Default"].has_specular_highlight_pass)
        # More light from above than from below.
        self.assertGreater(self.lights["Top"].spherical_harmonics_coefficients[1][0], 0.1)

    def test_shadings_choose_among_those_of_their_type(self):
        shading = view().shading
        shading.type, shading.light = "SOLID", "STUDIO"
        shading.studio_light = "Rim"
        self.assertEqual(shading.selected_studio_light.name, "Rim")
        shading.light = "MATCAP"
        shading.studio_light = "Jade"
        self.assertEqual(shading.selected_studio_light.type, "MATCAP")
        shading.type = "MATERIAL"
        shading.studio_light = "Sunset"
        self.assertEqual(shading.selected_studio_light.type, "WORLD")
        with self.assertRaises(TypeError):
            shading.studio_light = "Rim"
        shading.type, shading.light = "SOLID", "STUDIO"
        self.assertEqual(shading.studio_light, "Rim")
        shading.studio_light = "Default"

    def test_lamps_that_are_edited_can_be_kept(self):
        system = bpy.context.preferences.system
        before = tuple(system.solid_lights[0].diffuse_color)
        system.solid_lights[0].diffuse_color = (1, 0, 0)
        kept = self.lights.new("/tmp/Evening.sl")
        system.solid_lights[0].diffuse_color = before
        self.assertEqual(kept.name, "Evening.sl")
        self.assertTrue(kept.is_user_defined)
        self.assertEqual(tuple(kept.solid_lights[0].diffuse_color), (1, 0, 0))
        shading = view().shading
        shading.studio_light = "Evening.sl"
        self.assertEqual(shading.selected_studio_light.index, kept.index)
        shading.studio_light = "Default"
        self.lights.remove(kept)
        self.assertNotIn("Evening.sl", self.lights)

    def test_pictures_become_worlds(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "around.png")
            image = bpy.data.images.new("around", 8, 4)
            image.filepath_raw, image.file_format = path, "PNG"
            image.save()
            bpy.data.images.remove(image)
            world = self.lights.load(path, "WORLD")
            self.assertEqual((world.name, world.type, world.path), ("around.png", "WORLD", path))
            with self.assertRaises(RuntimeError):
                self.lights.load(os.path.join(folder, "nothing.png"), "WORLD")
            with self.assertRaises(TypeError):
                self.lights.load(path, "STUDIO")

    def test_lights_of_the_program_stay(self):
        with self.assertRaises(RuntimeError):
            self.lights.remove(self.lights["Default"])


class Tools(unittest.TestCase):
    def test_operators_choose_the_tool_of_views(self):
        tools = bpy.data.workspaces["Layout"].tools
        self.assertEqual(tools.from_space_view3d_mode("OBJECT").idname, "builtin.select_box")
        bpy.ops.wm.tool_set_by_id(name="builtin.move")
        tool = tools.from_space_view3d_mode("OBJECT")
        self.assertEqual((tool.idname, tool.space_type, tool.mode), ("builtin.move", "VIEW_3D", "OBJECT"))
        self.assertTrue(tool.widget)
        bpy.ops.wm.tool_set_by_id(name="builtin.select_box")
        self.assertEqual(tool.idname, "builtin.select_box")
        self.assertEqual(tool.widget, "")
        self.assertEqual(bpy.ops.wm.tool_set_by_id(name="builtin.nothing"), {"CANCELLED"})
        with self.assertRaises(AttributeError):
            tool.mode = "EDIT_MESH"


class Libraries(unittest.TestCase):
    def test_libraries_tell_the_version_of_their_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "library.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=path, copy=True)
            with bpy.data.libraries.load(path, link=True) as (there, here):
                here.materials = there.materials[:1]
            library = bpy.data.libraries[-1]
            self.assertEqual(tuple(library.version), tuple(bpy.app.version))
            bpy.data.libraries.remove(library)


unittest.main(argv=["test"])
