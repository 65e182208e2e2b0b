"""The window as scripts see it where there is none, facts about types that are written in Python, and settings that tools and renders read."""
import unittest

import bpy
from bpy import _ui
from bpy_structs import described


def struct_class(identifier):
    return getattr(bpy.types, identifier)


class Layout(unittest.TestCase):
    def setUp(self):
        self.screen = bpy.context.window.screen

    def area(self, kind):
        return next(area for area in self.screen.areas if area.type == kind)

    def test_the_screen_begins_with_four_areas(self):
        self.assertEqual(sorted(area.ui_type for area in self.screen.areas), ["OUTLINER", "PROPERTIES", "TIMELINE", "VIEW_3D"])

    def test_no_area_is_under_the_mouse(self):
        self.assertIsNone(bpy.context.area)
        self.assertIsNone(bpy.context.space_data)

    def test_spaces_have_the_type_of_their_editor(self):
        space = self.area("VIEW_3D").spaces.active

        self.assertIsInstance(space, bpy.types.SpaceView3D)
        self.assertIsInstance(space.shading, bpy.types.View3DShading)
        self.assertEqual(space.type, "VIEW_3D")

    def test_a_view_keeps_what_is_written(self):
        space = self.area("VIEW_3D").spaces[0]

        space.lens, space.shading.type, space.show_object_viewport_light = 400, "WIREFRAME", False

        again = self.area("VIEW_3D").spaces[0]
        self.assertEqual((again.lens, again.shading.type, again.show_object_viewport_light, again.show_object_viewport_mesh), (250.0, "WIREFRAME", False, True))

    def test_a_view_matrix_moves_the_view(self):
        region = self.area("VIEW_3D").spaces[0].region_3d
        region.view_distance = 3

        region.view_matrix = ((1, 0, 0, -1), (0, 1, 0, -2), (0, 0, 1, -5), (0, 0, 0, 1))

        for value, expected in zip(region.view_location, (1, 2, 2)):
            self.assertAlmostEqual(value, expected, places=5)

    def test_an_area_takes_another_editor(self):
        area = self.area("PROPERTIES")

        area.type = "TEXT_EDITOR"

        self.assertIsInstance(area.spaces.active, bpy.types.SpaceTextEditor)
        area.type = "PROPERTIES"

    def test_an_old_space_is_gone(self):
        area = self.area("PROPERTIES")
        old = area.spaces[0]

        area.type = "CONSOLE"

        with self.assertRaises(ReferenceError):
            old.type
        area.type = "PROPERTIES"

    def test_editors_that_do_not_exist_are_refused(self):
        with self.assertRaises((TypeError, ValueError, RuntimeError)):
            self.area("OUTLINER").type = "GRAPH_EDITOR"

    def test_a_text_shown_is_forgotten_with_it(self):
        area = self.area("PROPERTIES")
        area.type = "TEXT_EDITOR"
        text = bpy.data.texts.new("t")
        area.spaces[0].text = text

        bpy.data.texts.remove(text)

        self.assertIsNone(area.spaces[0].text)
        area.type = "PROPERTIES"

    def test_workspaces_have_screens(self):
        workspace = bpy.context.workspace

        self.assertEqual(workspace.screens[0].name, bpy.context.screen.name)

    def test_an_override_brings_the_editor_of_an_area(self):
        area = self.area("VIEW_3D")

        with bpy.context.temp_override(area=area):
            self.assertEqual((bpy.context.area, bpy.context.space_data, bpy.context.region.type), (area, area.spaces[0], "WINDOW"))
            self.assertEqual(bpy.context.region_data, area.spaces[0].region_3d)

        self.assertIsNone(bpy.context.area)
        with self.assertRaises(SystemError):
            bpy.context.temp_override(area=3)

    def test_nonsense_is_refused(self):
        space = self.area("VIEW_3D").spaces[0]
        for name, value in (("lens", "x"), ("clip_start", None), ("type", "OUTLINER"), ("overlay", 3), ("region_3d", space)):
            with self.subTest(name), self.assertRaises((TypeError, ValueError, AttributeError)):
                setattr(space, name, value)


class Facts(unittest.TestCase):
    def test_what_is_described_exists(self):
        self.assertGreater(len(bpy.context.preferences.bl_rna.properties), 3)  # makes its Python part
        for identifier, facts in described._DESCRIBED.items():
            for fact in facts:
                name = fact["identifier"]
                with self.subTest(f"{identifier}.{name}"):
                    if identifier in SET_WHEN_MADE:
                        self.assertIn(name, SET_WHEN_MADE[identifier])
                        continue
                    if identifier == "Context":
                        self.assertIn(name, dir(bpy.context))
                        continue
                    member = None
                    for cls in struct_class(identifier).__mro__:
                        member = vars(cls).get(name, member)
                    if member is None:  # given by the program while something of the script runs
                        self.assertIn((identifier, name), GIVEN)
                    elif isinstance(member, property):
                        self.assertEqual(member.fset is None, fact["is_readonly"])

    def test_events_are_read_only(self):
        event = bpy.context.window.event_simulate("A", "PRESS")

        with self.assertRaises(AttributeError):
            event.type = "B"
        self.assertTrue(bpy.types.Event.bl_rna.properties["type"].is_readonly)


SET_WHEN_MADE = {"UILayout": vars(_ui.UILayout("COLUMN", None)), "Addon": ("module", "preferences"), "KeyConfigurations": ("active", "default", "addon", "user")}
GIVEN = {("Panel", "layout"), ("Panel", "is_popover"), ("Menu", "layout"), ("Header", "layout"), ("Operator", "layout"), ("PropertyGroup", "name")}


class Settings(unittest.TestCase):
    def test_new_objects_follow_the_preferences(self):
        edit = bpy.context.preferences.edit
        edit.use_enter_edit_mode = True
        try:
            bpy.ops.mesh.primitive_cube_add()
            self.assertEqual(bpy.context.object.mode, "EDIT")
            bpy.ops.object.mode_set(mode="OBJECT")
        finally:
            edit.use_enter_edit_mode = False

    def test_duplicates_share_what_the_preferences_say(self):
        bpy.ops.mesh.primitive_cube_add()
        data = bpy.context.object.data
        edit = bpy.context.preferences.edit
        edit.use_duplicate_mesh = False
        try:
            bpy.ops.object.duplicate()
            self.assertEqual(bpy.context.object.data, data)
        finally:
            edit.use_duplicate_mesh = True

    def test_symmetry_lies_with_the_mesh(self):
        bpy.ops.mesh.primitive_cube_add()

        bpy.context.object.use_mesh_mirror_y = True

        self.assertTrue(bpy.context.object.data.use_mirror_y)

    def test_a_mesh_knows_that_it_is_edited(self):
        bpy.ops.mesh.primitive_cube_add()
        mesh = bpy.context.object.data
        self.assertFalse(mesh.is_editmode)

        bpy.ops.object.mode_set(mode="EDIT")

        self.assertTrue(mesh.is_editmode)
        bpy.ops.object.mode_set(mode="OBJECT")

    def test_new_objects_go_to_the_active_collection(self):
        layer = bpy.context.view_layer
        inner = bpy.data.collections.new("Inner")
        layer.active_layer_collection.collection.children.link(inner)

        layer.active_layer_collection = layer.active_layer_collection.children["Inner"]
        bpy.ops.object.empty_add()

        self.assertEqual(bpy.context.collection, inner)
        self.assertIn(bpy.context.object.name, inner.objects)
        with self.assertRaises((TypeError, ValueError)):
            layer.active_layer_collection = inner

    def test_layers_of_numbers_are_attributes(self):
        mesh = bpy.data.meshes.new("m")
        mesh.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [], [(0, 1, 2)])

        mesh.vertex_layers_float.new(name="heat").data[1].value = 3

        self.assertEqual(mesh.attributes["heat"].data[1].value, 3)
        self.assertEqual((mesh.vertex_layers_float.keys(), mesh.polygon_layers_float.keys()), (["heat"], []))

    def test_the_newest_aov_is_active(self):
        layer = bpy.context.view_layer
        layer.aovs.add()
        second = layer.aovs.add()

        self.assertEqual((layer.active_aov, layer.active_aov_index), (second, 1))

    def test_light_settings_outlive_a_change_of_type(self):
        light = bpy.data.lights.new("l", "SPOT")
        light.show_cone = True
        light.type = "POINT"
        light = bpy.data.lights["l"]
        self.assertFalse(hasattr(light, "show_cone"))

        light.type = "SPOT"

        self.assertTrue(bpy.data.lights["l"].show_cone)

    def test_what_is_measured_of_meshes_can_be_chosen(self):
        measure = bpy.context.scene.tool_settings.statvis
        self.assertIsInstance(measure, bpy.types.MeshStatVis)
        self.assertEqual((measure.type, measure.overhang_axis, measure.thickness_samples), ("OVERHANG", "NEG_Z", 1))
        self.assertAlmostEqual(measure.sharp_min, 1.5707964, places=6)

        measure.type, measure.thickness_samples, measure.sharp_min, measure.overhang_min = "SHARP", 99, -9, -1

        again = bpy.context.scene.tool_settings.statvis
        self.assertEqual((again.type, again.thickness_samples, again.overhang_min), ("SHARP", 32, 0.0))
        self.assertAlmostEqual(again.sharp_min, -3.1415927, places=6)
        with self.assertRaises(AttributeError):
            bpy.context.scene.tool_settings.statvis = again

    def test_tool_settings_are_in_the_file(self):
        import os
        import tempfile

        settings = bpy.context.scene.tool_settings
        settings.vertex_group_weight, settings.use_transform_skip_children, settings.use_snap_edit = 0.25, True, False
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=path)
            settings.vertex_group_weight = 0.5
            bpy.ops.wm.open_mainfile(filepath=path)

        settings = bpy.context.scene.tool_settings
        self.assertEqual((settings.vertex_group_weight, settings.use_transform_skip_children, settings.use_snap_edit), (0.25, True, False))


class Rendering(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()

    def mean(self, path):
        image = bpy.data.images.load(path)
        pixels = list(image.pixels)
        return sum(pixels[::4]) / (len(pixels) // 4)

    def render_mean(self):
        import os
        import tempfile

        scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.render.resolution_x = scene.render.resolution_y = 16
        scene.render.resolution_percentage = 100
        scene.cycles.samples, scene.cycles.use_denoising = 2, False
        with tempfile.TemporaryDirectory() as folder:
            scene.render.filepath = os.path.join(folder, "a.png")
            bpy.ops.render.render(write_still=True)
            return self.mean(scene.render.filepath)

    def test_pictures_tell_about_themselves(self):
        import os
        import tempfile

        scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.render.resolution_x = scene.render.resolution_y = 8
        scene.cycles.samples = 1
        scene.render.use_stamp_note, scene.render.stamp_note_text, scene.render.use_stamp_camera = True, "take 7", False
        with tempfile.TemporaryDirectory() as folder:
            scene.render.filepath = os.path.join(folder, "a.png")
            bpy.ops.render.render(write_still=True)
            with open(scene.render.filepath, "rb") as file:
                content = file.read()

        self.assertIn(b"take 7", content)
        self.assertIn(b"RenderTime", content)
        self.assertNotIn(b"Camera", content)

    def test_frames_that_exist_are_kept_where_that_is_wanted(self):
        import os
        import tempfile

        scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.render.resolution_x = scene.render.resolution_y = 8
        scene.cycles.samples, scene.frame_end, scene.render.use_overwrite = 1, 2, False
        with tempfile.TemporaryDirectory() as folder:
            scene.render.filepath = os.path.join(folder, "f_")
            with open(os.path.join(folder, "f_0001.png"), "w", encoding="utf-8") as file:
                file.write("mine")
            bpy.ops.render.render(animation=True)

            with open(os.path.join(folder, "f_0001.png"), "rb") as file:
                self.assertEqual(file.read(), b"mine")
            self.assertTrue(os.path.exists(os.path.join(folder, "f_0002.png")))

    def test_a_layer_without_sky_has_no_world(self):
        for item in list(bpy.data.objects):
            if item.type != "CAMERA":
                bpy.data.objects.remove(item)
        self.assertGreater(self.render_mean(), 0.01)

        bpy.context.view_layer.use_sky = False

        self.assertLess(self.render_mean(), 0.005)  # dithering


if __name__ == "__main__":
    import sys

    result = unittest.main(argv=["test"], exit=False).result
    sys.exit(not result.wasSuccessful())
