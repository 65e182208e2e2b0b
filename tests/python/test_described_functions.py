"""What `bl_rna.functions` tells of functions that are written in Python, and of those that classes of scripts define."""
import inspect
import unittest

import bpy
from bpy.utils import _classes
from bpy_structs import functions


def described():
    """Types with the facts about their functions."""
    for name in functions.names():
        if name.endswith("/*"):
            base = getattr(bpy.types, name[:-2])
            for cls in base.__subclasses__() or [bpy.types.ShaderNodeMath]:
                yield cls, functions.of(cls.__name__, base.__name__)
        else:
            yield getattr(bpy.types, name), functions.of(name, "")


def inputs(facts):
    return [p for p in facts["parameters"] if not p["is_output"]]


class Functions(unittest.TestCase):
    def test_are_there_as_described(self):
        for cls, entries in described():
            for facts in entries:
                if not facts["is_registered"]:
                    with self.subTest(function=f"{cls.__name__}.{facts['identifier']}"):
                        self.compare(cls, facts)

    def compare(self, cls, facts):
        found = inspect.getattr_static(cls, facts["identifier"])
        self.assertEqual(isinstance(found, (staticmethod, classmethod)), not facts["use_self"])
        if not hasattr(found, "__code__") and not isinstance(found, (staticmethod, classmethod)):
            return  # of the program in C++
        parameters = list(inspect.signature(getattr(cls, facts["identifier"])).parameters.values())[int(facts["use_self"]):]
        named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
        self.assertEqual([p.name for p in named], [p["identifier"] for p in inputs(facts)])
        for parameter, told in zip(named, inputs(facts)):
            self.assertEqual(parameter.default is parameter.empty, told["is_required"], parameter.name)
            if not told["is_required"] and parameter.default is not None and told["type"] in ("BOOLEAN", "INT", "FLOAT", "STRING"):
                self.assertAlmostEqual(parameter.default / (told["default"] or 1) if told["type"] == "FLOAT" else parameter.default,
                                       told["default"] and 1 if told["type"] == "FLOAT" else told["default"], 5, parameter.name)

    def test_of_scripts_take_what_registration_asks_for(self):
        asked = {kind.base: kind.functions for kind in _classes.KINDS}
        for cls, entries in described():
            for facts in entries:
                if facts["is_registered"] and facts["identifier"] in asked[cls.__name__]:
                    with self.subTest(function=f"{cls.__name__}.{facts['identifier']}"):
                        self.assertEqual(len(inputs(facts)) + 1, asked[cls.__name__][facts["identifier"]])

    def test_all_that_registration_checks_are_described(self):
        for kind in _classes.KINDS:
            if kind.base == "AddonPreferences":
                continue  # the interface tells nothing of its function
            known = getattr(bpy.types, kind.base).bl_rna.functions
            for name in (*kind.functions, *kind.needed):
                with self.subTest(function=f"{kind.base}.{name}"):
                    self.assertTrue(known[name].is_registered)

    def test_are_inherited(self):
        self.assertIn("evaluated_get", bpy.types.Mesh.bl_rna.functions)
        self.assertIn("init", bpy.types.ShaderNodeMath.bl_rna.functions)

    def test_tell_what_they_do(self):
        self.assertEqual(bpy.types.UILayout.bl_rna.functions["box"].description, "A column on a background of its own.")


class Parameters(unittest.TestCase):
    def test_have_types_limits_and_defaults(self):
        rows = bpy.types.UILayout.bl_rna.functions["template_list"].parameters["rows"]
        ray = bpy.types.Object.bl_rna.functions["ray_cast"].parameters

        self.assertEqual((rows.type, rows.default, rows.hard_min, rows.is_required), ("INT", 5, 0, False))
        self.assertEqual((ray["origin"].subtype, ray["origin"].array_length, ray["origin"].is_required), ("XYZ", 3, True))
        self.assertEqual([p.identifier for p in ray if p.is_output], ["result", "location", "normal", "index"])

    def test_say_what_functions_of_scripts_give_back(self):
        result = bpy.types.Operator.bl_rna.functions["execute"].parameters["result"]

        self.assertTrue(result.is_output and result.is_enum_flag)
        self.assertEqual({item.identifier: item.value for item in result.enum_items},
                         {"RUNNING_MODAL": 1, "CANCELLED": 2, "FINISHED": 4, "PASS_THROUGH": 8, "INTERFACE": 32})

    def test_tell_their_structs(self):
        result = bpy.types.KeyMaps.bl_rna.functions["new"].parameters["keymap"]

        self.assertIs(result.fixed_type, bpy.types.KeyMap.bl_rna)


class Icons(unittest.TestCase):
    def setUp(self):
        self.items = bpy.types.UILayout.bl_rna.functions["prop"].parameters["icon"].enum_items

    def test_are_the_items_of_a_parameter(self):
        self.assertEqual(self.items.keys()[:3], ["NONE", "QUESTION", "ERROR"])
        self.assertIn("OUTLINER_OB_MESH", self.items)
        self.assertEqual(self.items["EVENT_SPACEKEY"].value, 936)

    def test_are_drawn_by_their_numbers(self):
        layout = bpy.types.UILayout()

        layout.label(text="a", icon_value=self.items["ERROR"].value)

        self.assertEqual(layout._node["children"][0]["icon"], "ERROR")

    def test_of_types_and_items_have_numbers(self):
        cube = bpy.data.objects.new("Cube", None)

        self.assertEqual(bpy.types.UILayout.icon(cube), self.items["OBJECT_DATA"].value)
        self.assertEqual(bpy.types.UILayout.enum_item_icon(cube, "type", "NONE"), 0)
        self.assertEqual(bpy.types.UILayout.enum_item_name(cube, "rotation_mode", "XYZ"), "XYZ Euler")
        self.assertEqual(bpy.types.UILayout.enum_item_name(cube, "name", "XYZ"), "")


class Templates(unittest.TestCase):
    def drawn(self, draw):
        layout = bpy.types.UILayout()
        draw(layout)
        found, open_ = [], [layout._node]
        while open_:
            node = open_.pop(0)
            found.append(node.get("property") or node.get("text", ""))
            open_ += node["children"]
        return found

    def test_of_colors_show_the_settings(self):
        view = bpy.context.scene

        self.assertIn("exposure", self.drawn(lambda layout: layout.template_colormanaged_view_settings(view, "view_settings")))

    def test_of_formats_show_what_the_format_knows(self):
        settings = bpy.context.scene.render.image_settings
        for kind, expected in (("PNG", "compression"), ("JPEG", "quality"), ("OPEN_EXR", "exr_codec")):
            settings.file_format = kind
            self.assertIn(expected, self.drawn(lambda layout: layout.template_image_settings(settings)))
        settings.file_format = "PNG"

    def test_of_keys_show_the_settings_of_the_operator(self):
        keymaps = bpy.context.window_manager.keyconfigs.addon.keymaps
        keymap = keymaps.new("Templates")
        item = keymap.keymap_items.new("mesh.primitive_cube_add", "A", "PRESS", ctrl=True)

        self.assertIn("size", self.drawn(lambda layout: layout.template_keymap_item_properties(item)))
        self.assertIn("Ctrl A adds", self.drawn(lambda layout: layout.template_event_from_keymap_item(item, text="adds")))
        keymaps.remove(keymap)

    def test_of_components_have_one_value_each(self):
        item = bpy.data.objects.new("item", None)

        self.assertEqual(self.drawn(lambda layout: layout.template_component_menu(item, "scale", name="Size"))[1:], ["Size"] + ["scale"] * 3)


class Previews(unittest.TestCase):
    def test_of_images_are_small_pictures(self):
        image = bpy.data.images.new("wide", 300, 100)
        self.assertIsNone(image.preview)

        preview = image.preview_ensure()

        self.assertEqual(tuple(preview.image_size), (128, 42))
        self.assertIs(bpy.data.images["wide"].preview, preview)

    def test_of_others_are_for_scripts_to_fill(self):
        preview = bpy.data.objects.new("item", None).preview_ensure()
        preview.image_size = (2, 2)
        preview.image_pixels_float = [0.5] * 16

        self.assertEqual(len(preview.image_pixels_float), 16)

    def test_end_with_the_file(self):
        bpy.data.objects["Cube"].preview_ensure()
        bpy.ops.wm.read_factory_settings()

        self.assertIsNone(bpy.data.objects["Cube"].preview)


class NodeTypes(unittest.TestCase):
    def test_say_whether_they_are_registered(self):
        class Node(bpy.types.Node):
            bl_idname, bl_label = "DescribedNode", "Node"

        self.assertFalse(Node.is_registered_node_type())
        bpy.utils.register_class(Node)
        self.assertTrue(Node.is_registered_node_type())
        bpy.utils.unregister_class(Node)
        self.assertTrue(bpy.types.ShaderNodeMath.is_registered_node_type())
        self.assertFalse(bpy.types.ShaderNode.is_registered_node_type())

    def test_follow_changes_when_they_are_told_to(self):
        calls = []

        class Node(bpy.types.Node):
            bl_idname, bl_label = "FollowingNode", "Node"

            def update(self):
                calls.append(self.name)
        bpy.utils.register_class(Node)
        tree = bpy.data.node_groups.new("Group", "ShaderNodeTree")
        node = tree.nodes.new("FollowingNode")
        calls.clear()

        node.socket_value_update(bpy.context)
        tree.interface_update(bpy.context)

        self.assertEqual(calls, [node.name] * 2)
        bpy.data.node_groups.remove(tree)
        bpy.utils.unregister_class(Node)

    def test_of_the_program_have_no_socket_templates(self):
        self.assertIsNone(bpy.types.ShaderNodeMath.input_template(0))
        self.assertFalse(hasattr(bpy.types.Node, "input_template"))


unittest.main(argv=["test"])
