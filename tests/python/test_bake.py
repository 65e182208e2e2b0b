"""Baking: what lands in which pixel, and what is refused."""
import sys
import unittest

import bpy


class Bake(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.cycles.samples = 1
        mesh = bpy.data.meshes.new("Square")
        mesh.from_pydata([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], [], [(0, 1, 2, 3)])
        # The left half of the picture.
        layer = mesh.uv_layers.new(name="UVMap")
        for loop, uv in zip(layer.data, ((0, 0), (0.5, 0), (0.5, 1), (0, 1))):
            loop.uv = uv
        self.object = bpy.data.objects.new("Square", mesh)
        scene.collection.objects.link(self.object)
        bpy.context.view_layer.objects.active = self.object
        self.object.select_set(True)
        self.material = bpy.data.materials.new("Surface")
        self.material.use_nodes = True
        mesh.materials.append(self.material)
        self.tree = self.material.node_tree
        self.image = bpy.data.images.new("Baked", 8, 4, float_buffer=True)
        self.image.generated_color = (1, 0, 1, 1)
        self.target = self.tree.nodes.new("ShaderNodeTexImage")
        self.target.image = self.image
        self.tree.nodes.active = self.target

    def emit(self, color):
        emission = self.tree.nodes.new("ShaderNodeEmission")
        emission.inputs["Color"].default_value = color
        self.tree.links.new(emission.outputs[0], self.tree.nodes["Material Output"].inputs["Surface"])
        self.tree.nodes.active = self.target

    def pixel(self, x, y):
        at = 4 * (y * 8 + x)
        return [round(v, 4) for v in self.image.pixels[at:at + 4]]

    def test_emission_fills_the_pixels_of_the_surface_alone(self):
        self.emit((0.25, 3.0, 0.0, 1))
        bpy.ops.object.bake(type="EMIT", margin=0, use_clear=False)
        self.assertEqual(self.pixel(3, 2), [0.25, 3.0, 0, 1])
        self.assertEqual(self.pixel(4, 2), [1, 0, 1, 1])
        self.assertTrue(self.image.is_dirty)

    def test_clearing_and_margin(self):
        self.emit((0.5, 0.5, 0.5, 1))
        bpy.ops.object.bake(type="EMIT", margin=2, use_clear=True)
        self.assertEqual(self.pixel(5, 1), [0.5, 0.5, 0.5, 1])
        self.assertEqual(self.pixel(6, 1), [0, 0, 0, 0])

    def test_the_scene_says_what_the_call_does_not(self):
        self.emit((0.5, 0.5, 0.5, 1))
        bpy.context.scene.render.bake.margin = 0
        bpy.context.scene.render.bake.use_clear = True
        bpy.ops.object.bake(type="EMIT")
        self.assertEqual(self.pixel(4, 1), [0, 0, 0, 0])

    def test_color_of_diffuse_surfaces_needs_no_light(self):
        self.tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (0.2, 0.4, 0.6, 1)
        bpy.ops.object.bake(type="DIFFUSE", pass_filter={"COLOR"}, margin=0)
        self.assertEqual(self.pixel(1, 1)[:3], [0.2, 0.4, 0.6])

    def test_normals_are_encoded_in_the_wanted_space(self):
        self.object.rotation_euler = (1.5707963, 0, 0)
        bpy.ops.object.bake(type="NORMAL", normal_space="OBJECT", margin=0)
        self.assertEqual([round(v, 3) for v in self.pixel(1, 1)[:3]], [0.5, 0.5, 1.0])
        bpy.ops.object.bake(type="NORMAL", normal_space="TANGENT", margin=0)
        self.assertEqual([round(v, 3) for v in self.pixel(1, 1)[:3]], [0.5, 0.5, 1.0])

    def test_missing_images_uvs_and_engines_are_refused(self):
        bpy.context.scene.render.engine = "BLENDER_EEVEE"
        self.assertRaises(RuntimeError, bpy.ops.object.bake, type="EMIT")
        bpy.context.scene.render.engine = "CYCLES"
        self.assertRaises(RuntimeError, bpy.ops.object.bake, type="EMIT", uv_layer="None such")
        self.tree.nodes.active = self.tree.nodes["Material Output"]
        self.assertRaises(RuntimeError, bpy.ops.object.bake, type="EMIT")
        self.object.data.materials.clear()
        self.assertRaises(RuntimeError, bpy.ops.object.bake, type="EMIT")


sys.exit(0 if unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Bake)).wasSuccessful() else 1)
