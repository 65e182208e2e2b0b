"""Members of the context: what every script has, and what only some editors have."""
import unittest

import bpy
from bpy import _ui


def area(kind):
    return next(found for screen in bpy.data.screens for found in screen.areas if found.type == kind)


class Members(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.cube = bpy.data.objects["Cube"]
        bpy.context.view_layer.objects.active = self.cube

    def test_without_an_editor_its_members_are_not_there(self):
        for name in ("material", "mesh", "selected_nodes", "edit_text", "selected_ids"):
            with self.assertRaises(AttributeError):
                getattr(bpy.context, name)

    def test_of_what_no_scene_has_nothing_is_chosen(self):
        self.assertIsNone(bpy.context.active_bone)
        self.assertEqual(bpy.context.selected_sequences, [])

    def test_objects_in_a_mode_that_share_data_count_once(self):
        twin = bpy.data.objects.new("Twin", self.cube.data)
        bpy.context.collection.objects.link(twin)
        twin.select_set(True)
        self.cube.select_set(True)
        bpy.ops.object.mode_set(mode="EDIT")

        unique = bpy.context.objects_in_mode_unique_data

        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertEqual(len(unique), 1)

    def test_the_outliner_knows_what_is_selected(self):
        bpy.ops.object.select_all(action="DESELECT")
        self.cube.select_set(True)

        with bpy.context.temp_override(area=area("OUTLINER")):
            self.assertEqual(bpy.context.selected_ids, [self.cube])

    def test_a_dictionary_of_the_context_has_members_of_the_editor(self):
        with bpy.context.temp_override(area=area("PROPERTIES")):
            self.assertIn("material", bpy.context.copy())
            self.assertIn("material", dir(bpy.context))
        self.assertNotIn("material", bpy.context.copy())


class Panels(unittest.TestCase):
    """Panels of the properties editor see what their tab shows, as measured in the window of the reference."""

    def seen(self, tab):
        values = {}

        def draw(self, context):
            for name in ("object", "mesh", "light", "material", "material_slot", "world", "armature"):
                value = getattr(context, name)
                values[name] = value.name if value is not None else None
            values["active_object"] = context.active_object.name
        panel = type("SEEN_PT_panel", (bpy.types.Panel,), {"bl_label": "Seen", "bl_space_type": "PROPERTIES", "bl_region_type": "WINDOW", "bl_context": tab, "draw": draw})
        bpy.utils.register_class(panel)
        try:
            with bpy.context.temp_override(area=area("PROPERTIES")):
                _ui.draw_panels("PROPERTIES", "WINDOW", tab)
        finally:
            bpy.utils.unregister_class(panel)
        return values

    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        bpy.context.view_layer.objects.active = bpy.data.objects["Cube"]

    def test_tab_of_the_object(self):
        self.assertEqual(self.seen("object"), {"object": "Cube", "mesh": None, "light": None, "material": None, "material_slot": "Material", "world": None, "armature": None,
                                               "active_object": "Cube"})

    def test_tab_of_its_data(self):
        seen = self.seen("data")

        self.assertEqual((seen["object"], seen["mesh"], seen["light"], seen["material"]), ("Cube", "Cube", None, None))

    def test_tab_of_its_data_with_a_light(self):
        bpy.context.view_layer.objects.active = bpy.data.objects["Light"]

        seen = self.seen("data")

        self.assertEqual((seen["mesh"], seen["light"], seen["material_slot"]), (None, "Light", None))

    def test_tab_of_the_material(self):
        seen = self.seen("material")

        self.assertEqual((seen["material"], seen["material_slot"], seen["mesh"]), ("Material", "Material", None))

    def test_tab_of_the_world(self):
        seen = self.seen("world")

        self.assertEqual((seen["world"], seen["object"], seen["active_object"]), ("World", None, "Cube"))


if __name__ == "__main__":
    import sys

    result = unittest.main(argv=["test"], exit=False).result
    sys.exit(not result.wasSuccessful())
