"""Attribute nodes read objects, instancers and view layers by name."""
import os
import sys
import tempfile
import unittest

import bpy


class AttributeNodes(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        scene = bpy.context.scene
        scene.render.engine, scene.cycles.samples, scene.cycles.use_denoising = "CYCLES", 1, False
        scene.render.resolution_x = scene.render.resolution_y = 4
        scene.cycles.pixel_filter_type, scene.view_settings.view_transform = "BOX", "Raw"
        scene.render.image_settings.file_format, scene.render.image_settings.color_depth = "OPEN_EXR", "32"
        scene.world = bpy.data.worlds.new("World")
        bpy.ops.object.camera_add(location=(0, 0, 5))
        scene.camera = bpy.context.object
        bpy.ops.mesh.primitive_plane_add(size=50)
        self.plane = bpy.context.object
        material = bpy.data.materials.new("Reads")
        material.use_nodes = True
        tree = material.node_tree
        tree.nodes.clear()
        self.node = tree.nodes.new("ShaderNodeAttribute")
        emission, output = tree.nodes.new("ShaderNodeEmission"), tree.nodes.new("ShaderNodeOutputMaterial")
        tree.links.new(self.node.outputs["Color"], emission.inputs["Color"])
        tree.links.new(emission.outputs[0], output.inputs["Surface"])
        self.plane.data.materials.append(material)

    def pixel(self, kind, name):
        self.node.attribute_type, self.node.attribute_name = kind, name
        with tempfile.TemporaryDirectory() as folder:
            bpy.context.scene.render.filepath = os.path.join(folder, "picture.exr")
            bpy.ops.render.render(write_still=True)
            image = bpy.data.images.load(bpy.context.scene.render.filepath)
            try:
                return [round(x, 3) for x in image.pixels[:3]]
            finally:
                bpy.data.images.remove(image)

    def test_objects_and_their_data(self):
        self.plane["number"], self.plane["list"], self.plane.data["below"] = 0.25, [0.1, 0.2], 0.7
        self.plane.color = (0.5, 0.6, 0.7, 1)
        for name, expected in (("number", [0.25] * 3), ("list", [0.1, 0.2, 0]), ("below", [0.7] * 3), ("color", [0.5, 0.6, 0.7]),
                               ('["number"]', [0.25] * 3), ('data["below"]', [0.7] * 3), ("nothing", [0, 0, 0])):
            self.assertEqual(self.pixel("OBJECT", name), expected, name)

    def test_instancers_before_objects(self):
        self.plane["number"], self.plane["own"] = 0.25, 0.5
        collection = bpy.data.collections.new("Source")
        collection.objects.link(self.plane)
        bpy.context.scene.collection.objects.unlink(self.plane)
        instancer = bpy.data.objects.new("Instancer", None)
        instancer.instance_type, instancer.instance_collection = "COLLECTION", collection
        bpy.context.scene.collection.objects.link(instancer)
        instancer["number"] = 0.75
        self.assertEqual(self.pixel("INSTANCER", "number"), [0.75] * 3)
        self.assertEqual(self.pixel("INSTANCER", "own"), [0.5] * 3)
        self.assertEqual(self.pixel("OBJECT", "number"), [0.25] * 3)

    def test_layer_before_scene_before_world(self):
        scene = bpy.context.scene
        scene.world["all"], scene["all"], scene.world["far"], scene["near"] = 0.1, 0.2, 0.3, 0.4
        self.assertEqual(self.pixel("VIEW_LAYER", "all"), [0.2] * 3)
        scene.view_layers[0]["all"] = 0.6
        self.assertEqual(self.pixel("VIEW_LAYER", "all"), [0.6] * 3)
        self.assertEqual(self.pixel("VIEW_LAYER", "far"), [0.3] * 3)
        self.assertEqual(self.pixel("VIEW_LAYER", "near"), [0.4] * 3)
        self.assertEqual(self.pixel("VIEW_LAYER", "render.fps"), [24] * 3)


sys.exit(0 if unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(AttributeNodes)).wasSuccessful() else 1)
