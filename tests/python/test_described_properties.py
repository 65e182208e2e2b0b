"""Properties that are written in Python: lists of the dependency graph, layers of meshes, what classes of nodes say, static items."""
import unittest
from array import array

import bpy


class Graph(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.graph = bpy.context.evaluated_depsgraph_get()

    def test_lists_can_be_asked_by_name(self):
        self.assertTrue(self.graph.objects["Cube"].is_evaluated)
        self.assertEqual(self.graph.objects.keys(), ["Cube", "Light", "Camera"])
        self.assertEqual(len(self.graph.object_instances), 3)

    def test_has_all_that_the_scene_needs(self):
        names = {(type(block).__name__, block.name) for block in self.graph.ids}

        self.assertLessEqual({("Scene", "Scene"), ("Object", "Cube"), ("Mesh", "Cube"), ("Material", "Material"), ("ShaderNodeTree", "Shader Nodetree"),
                              ("Collection", "Scene Collection"), ("Collection", "Collection"), ("World", "World")}, names)
        bpy.data.materials.new("unused")
        self.assertNotIn("unused", self.graph.ids)

    def test_has_the_scene_as_it_is_and_evaluated(self):
        self.assertEqual(self.graph.scene, bpy.context.scene)
        self.assertTrue(self.graph.scene_eval.is_evaluated)
        self.assertFalse(self.graph.view_layer.id_data.is_evaluated)

    def test_gives_evaluated_blocks(self):
        self.assertTrue(self.graph.id_eval_get(bpy.data.worlds[0]).is_evaluated)

    def test_tells_its_properties(self):
        self.assertEqual(bpy.types.Depsgraph.bl_rna.properties["ids"].fixed_type.identifier, "ID")
        instance = next(iter(self.graph.object_instances))
        for name in instance.bl_rna.properties.keys()[1:]:
            self.assertTrue(hasattr(instance, name), name)


class Layers(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.mesh = bpy.data.meshes["Cube"]

    def test_of_numbers_are_attributes(self):
        layer = self.mesh.vertex_layers_float.new(name="weight")
        layer.data[2].value = 0.5

        self.assertEqual(type(layer).__name__, "MeshVertexFloatPropertyLayer")
        self.assertEqual(self.mesh.attributes["weight"].data[2].value, 0.5)
        self.assertEqual(self.mesh.vertex_layers_float["weight"], layer)

    def test_of_texts_have_bytes(self):
        layer = self.mesh.polygon_layers_string.new()
        layer.data[0].value = b"abc"

        self.assertEqual((layer.name, layer.data[0].value, len(layer.data)), ("String Prop", b"abc", 6))
        with self.assertRaises(TypeError):
            layer.data[0].value = "abc"

    def test_of_creases_are_there_when_an_edge_has_one(self):
        self.assertEqual(len(self.mesh.edge_creases), 0)
        self.mesh.edges[3].crease = 0.5
        layer = self.mesh.edge_creases[0]
        layer.data[0].value = 1.0

        read = array("f", bytes(4 * 12))
        layer.data.foreach_get("value", read)
        self.assertEqual((read[0], read[3]), (1.0, 0.5))
        self.assertEqual(self.mesh.edges[0].crease, 1.0)


class Nodes(unittest.TestCase):
    def setUp(self):
        self.tree = bpy.data.node_groups.new("Group", "ShaderNodeTree")

    def test_facts_of_the_class_can_be_set_to_what_they_are(self):
        node = self.tree.nodes.new("ShaderNodeMath")

        for name in ("bl_width_default", "bl_width_min", "bl_height_max", "bl_icon", "bl_description", "bl_static_type"):
            self.assertFalse(node.bl_rna.properties[name].is_readonly)
            setattr(node, name, getattr(node, name))
        with self.assertRaises(TypeError):
            node.bl_icon = 3

    def test_facts_of_the_class_count_for_all_nodes_of_it(self):
        one, other = (self.tree.nodes.new("ShaderNodeClamp") for _ in range(2))
        one.bl_width_default = 150

        self.assertEqual((other.bl_width_default, self.tree.nodes.new("ShaderNodeMath").bl_width_default), (150.0, 140.0))
        one.bl_width_default = 140

    def test_of_the_program_say_their_type(self):
        self.assertEqual(self.tree.nodes.new("ShaderNodeMath").bl_static_type, "MATH")


class Operators(unittest.TestCase):
    def test_settings_tell_their_properties(self):
        keymaps = bpy.context.window_manager.keyconfigs.addon.keymaps
        keymap = keymaps.new("Settings")
        settings = keymap.keymap_items.new("mesh.primitive_cube_add", "A", "PRESS").properties

        self.assertEqual(settings.bl_rna.properties["size"].type, "FLOAT")
        self.assertEqual(settings.bl_rna.properties.keys(), bpy.ops.mesh.primitive_cube_add.get_rna_type().properties.keys())
        keymaps.remove(keymap)


class Items(unittest.TestCase):
    def test_that_come_from_elsewhere_have_static_ones(self):
        engine = bpy.types.RenderSettings.bl_rna.properties["engine"]

        self.assertIn("CYCLES", engine.enum_items)
        self.assertEqual(engine.enum_items_static.keys(), ["BLENDER_EEVEE"])
        self.assertEqual(bpy.types.SpaceNodeEditor.bl_rna.properties["tree_type"].enum_items_static.keys(), ["DUMMY"])

    def test_that_are_not_offered_are_static_only(self):
        kind = bpy.types.Area.bl_rna.properties["type"]

        self.assertNotIn("SEQUENCE_EDITOR", kind.enum_items)
        self.assertEqual(kind.enum_items_static["SEQUENCE_EDITOR"].value, 8)

    def test_of_other_properties_are_the_same(self):
        rotation = bpy.types.Object.bl_rna.properties["rotation_mode"]

        self.assertEqual(rotation.enum_items_static.keys(), rotation.enum_items.keys())

    def test_can_be_icons(self):
        self.assertIn("NODE_MATERIAL", bpy.types.NodeTree.bl_rna.properties["bl_icon"].enum_items)


unittest.main(argv=["test"])
