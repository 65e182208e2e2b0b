"""Helper modules: choosing classes and what they draw, signatures of functions, modules of packages."""
import inspect
import unittest

import bl_app_override
import blf
import bpy
import bpy_extras
from bl_app_override.helpers import AppOverrideState


class Layout:
    """Notes what is drawn."""

    def __init__(self, drawn):
        self.drawn = drawn

    def row(self):
        return Layout(self.drawn)

    def label(self, text=""):
        self.drawn.append(text)

    def operator(self, name):
        self.drawn.append(name)
        return self


class Panel(bpy.types.Panel):
    bl_idname, bl_label, bl_space_type, bl_region_type = "KILN_TEST_PT_filtered", "Filtered", "PROPERTIES", "WINDOW"

    def draw(self, context):
        self.layout.label(text="kept")
        row = self.layout.row()
        row.operator("mesh.hidden").anything = 1
        row.operator("mesh.shown")


class Drawn:
    def __init__(self):
        self.drawn = []
        self.layout = Layout(self.drawn)


class Overrides(unittest.TestCase):
    def test_classes_are_chosen_by_attributes_and_names(self):
        chosen = list(bl_app_override.class_filter(bpy.types.Panel, bl_space_type={"PROPERTIES"}, whitelist={"Panel"}))

        self.assertEqual(chosen, [Panel])

    def test_operators_are_left_out_while_a_filter_is_on(self):
        class State(AppOverrideState):
            @staticmethod
            def ui_ignore_classes():
                return (bpy.types.Panel,)

            @staticmethod
            def ui_ignore_operator(name):
                return name == "mesh.hidden"

        state, during, after = State(), Drawn(), Drawn()
        state.setup()
        try:
            Panel.draw(during, None)
        finally:
            state.teardown()
        Panel.draw(after, None)

        self.assertEqual(during.drawn, ["kept", "mesh.shown"])
        self.assertEqual(after.drawn, ["kept", "mesh.hidden", "mesh.shown"])


class Modules(unittest.TestCase):
    def test_modules_of_the_package_are_there_unasked(self):
        self.assertTrue(inspect.ismodule(bpy_extras.object_utils))

        with self.assertRaises(AttributeError):
            bpy_extras.nothing_of_that_name

    def test_functions_tell_their_keywords(self):
        self.assertEqual(list(inspect.signature(bpy.props.PointerProperty).parameters),
                         ["type", "name", "description", "options", "override", "tags", "poll", "update"])
        self.assertEqual(list(inspect.signature(blf.position).parameters), ["fontid", "x", "y", "z"])

    def test_materials_are_read_through_wrappers(self):
        from bpy_extras import node_shader_utils

        material = bpy.data.materials.new("wrapped")
        wrapper = node_shader_utils.PrincipledBSDFWrapper(material, is_readonly=False)
        wrapper.base_color, wrapper.roughness = (0.25, 0.5, 0.75), 0.125

        self.assertEqual(tuple(node_shader_utils.PrincipledBSDFWrapper(material).base_color)[:3], (0.25, 0.5, 0.75))
        self.assertEqual(material.node_tree.nodes["Principled BSDF"].inputs["Roughness"].default_value, 0.125)


class Views(unittest.TestCase):
    """Keys, values and items of groups of custom properties."""

    def test_views_follow_the_group(self):
        mesh = bpy.data.meshes.new("views")
        mesh["group"] = {"a": 1, "b": 2}
        group = mesh["group"]
        keys, items = group.keys(), group.items()
        group["c"] = 3

        self.assertEqual((len(keys), list(keys), "c" in keys), (3, ["a", "b", "c"], True))
        self.assertIn(("b", 2), items)
        self.assertEqual(list(group.values()), [1, 2, 3])


if __name__ == "__main__":
    import sys

    result = unittest.main(argv=["test"], exit=False).result
    sys.exit(not result.wasSuccessful())
