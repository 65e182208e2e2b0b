"""Operators that add and remove parts of data."""
import unittest

import bpy


class DataOperators(unittest.TestCase):

    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.mesh = bpy.context.object.data

    def test_uv_maps(self):
        bpy.ops.mesh.uv_texture_add()
        self.assertEqual([layer.name for layer in self.mesh.uv_layers], ["UVMap", "UVMap.001"])
        self.assertEqual(self.mesh.uv_layers.active_index, 1)
        bpy.ops.mesh.uv_texture_remove()
        bpy.ops.mesh.uv_texture_remove()
        self.assertFalse(bpy.ops.mesh.uv_texture_remove.poll())
        for _ in range(8):
            bpy.ops.mesh.uv_texture_add()
        self.assertEqual(bpy.ops.mesh.uv_texture_add(), {"CANCELLED"})

    def test_colors(self):
        colors = self.mesh.color_attributes
        bpy.ops.geometry.color_attribute_add(name="Paint", domain="CORNER", data_type="BYTE_COLOR", color=(1, 0, 0, 1))
        self.assertEqual((colors[0].name, colors[0].domain, colors[0].data_type, tuple(colors[0].data[3].color)), ("Paint", "CORNER", "BYTE_COLOR", (1, 0, 0, 1)))
        bpy.ops.geometry.color_attribute_duplicate()
        self.assertEqual((colors.active_color.name, tuple(colors.active_color.data[3].color)), ("Paint.001", (1, 0, 0, 1)))
        bpy.ops.geometry.color_attribute_render_set(name="Paint")
        self.assertEqual(colors.render_color_index, 0)
        bpy.ops.geometry.color_attribute_remove()
        self.assertEqual([color.name for color in colors], ["Paint"])

    def test_attributes(self):
        bpy.ops.geometry.attribute_add(name="Weight", domain="FACE", data_type="INT")
        self.assertEqual((self.mesh.attributes.active.name, self.mesh.attributes["Weight"].domain), ("Weight", "FACE"))
        bpy.ops.geometry.attribute_remove()
        self.assertNotIn("Weight", self.mesh.attributes)

    def test_normals_that_are_kept(self):
        self.assertEqual(bpy.ops.mesh.customdata_custom_splitnormals_add(), {"FINISHED"})
        self.assertTrue(self.mesh.has_custom_normals)
        self.assertEqual(bpy.ops.mesh.customdata_custom_splitnormals_add(), {"CANCELLED"})
        self.assertEqual(bpy.ops.mesh.customdata_custom_splitnormals_clear(), {"FINISHED"})
        self.assertFalse(self.mesh.has_custom_normals)
        self.assertEqual(bpy.ops.mesh.customdata_custom_splitnormals_clear(), {"CANCELLED"})

    def test_view_layers(self):
        scene = bpy.context.scene
        scene.view_layers[0].samples = 7
        scene.view_layers[0].layer_collection.children[0].holdout = True
        bpy.ops.scene.view_layer_add(type="COPY")
        copy = scene.view_layers[1]
        self.assertEqual((copy.name, copy.samples, copy.layer_collection.children[0].holdout), ("ViewLayer_001", 7, True))
        bpy.ops.scene.view_layer_add(type="EMPTY")
        self.assertTrue(scene.view_layers[2].layer_collection.children[0].exclude)
        self.assertEqual((scene.view_layers[2].name, bpy.context.view_layer.name), ("ViewLayer_002", "ViewLayer_002"))
        bpy.ops.scene.view_layer_remove()
        bpy.ops.scene.view_layer_remove()
        self.assertFalse(bpy.ops.scene.view_layer_remove.poll())

    def test_output_variables(self):
        layer = bpy.context.view_layer
        bpy.ops.scene.view_layer_add_aov()
        bpy.ops.scene.view_layer_add_aov()
        self.assertEqual(([aov.name for aov in layer.aovs], layer.active_aov_index), (["AOV", "AOV_001"], 1))
        bpy.ops.scene.view_layer_remove_aov()
        self.assertEqual(([aov.name for aov in layer.aovs], layer.active_aov_index), (["AOV"], 0))

    def test_worlds(self):
        bpy.context.scene.world.color = (1, 0, 0)
        bpy.ops.world.new()
        self.assertEqual(tuple(bpy.data.worlds["World.001"].color), (1, 0, 0))
        bpy.context.scene.world = None
        bpy.ops.world.new()
        self.assertTrue(bpy.context.scene.world.use_nodes)


unittest.main(argv=["test"])
