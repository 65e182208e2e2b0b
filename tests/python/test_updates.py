"""What handlers are told of changes, and what functions of `bpy.data` call their parameters."""
import unittest

import bpy
from mathutils import Matrix


class Case(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.cube = bpy.data.objects["Cube"]


class Updates(Case):
    def setUp(self):
        super().setUp()
        self.told, self.types = {}, set()
        bpy.app.handlers.depsgraph_update_post.append(self.note)
        bpy.context.view_layer.update()
        self.told.clear()

    def tearDown(self):
        bpy.app.handlers.depsgraph_update_post.clear()

    def note(self, _scene, graph):
        for update in graph.updates:
            self.told[type(update.id).__name__, update.id.name] = (update.is_updated_transform, update.is_updated_geometry, update.is_updated_shading)
            self.assertTrue(update.id.is_evaluated)
        self.types = {kind for kind in ("OBJECT", "MESH", "MATERIAL", "NODETREE", "LIGHT") if graph.id_type_updated(kind)}

    def after(self, change):
        change()
        bpy.context.view_layer.update()
        return self.told

    def test_of_a_place_name_the_object(self):
        self.assertEqual(self.after(lambda: setattr(self.cube, "location", (1, 2, 3))), {("Object", "Cube"): (True, False, False)})
        self.assertEqual(self.types, {"OBJECT"})

    def test_of_a_place_name_what_hangs_on_the_object(self):
        self.cube.parent = bpy.data.objects["Camera"]
        bpy.context.view_layer.update()
        self.told.clear()

        told = self.after(lambda: setattr(bpy.data.objects["Camera"], "location", (1, 2, 3)))

        self.assertEqual(told, {("Object", "Cube"): (True, False, False), ("Object", "Camera"): (True, False, False)})

    def test_of_a_shape_name_mesh_and_object(self):
        told = self.after(lambda: setattr(self.cube.data.vertices[0], "co", (3, 0, 0)))

        self.assertEqual(told, {("Mesh", "Cube"): (True, True, True), ("Object", "Cube"): (False, True, True)})

    def test_of_modifiers_name_the_object(self):
        told = self.after(lambda: self.cube.modifiers.new("Bevel", "BEVEL"))

        self.assertEqual(told["Object", "Cube"], (False, True, True))

    def test_of_a_node_name_the_material(self):
        material = self.cube.active_material

        told = self.after(lambda: setattr(material.node_tree.nodes["Principled BSDF"].inputs["Roughness"], "default_value", 0.1))

        self.assertTrue(told["Material", "Material"][2])
        self.assertLessEqual({"MATERIAL", "NODETREE"}, self.types)

    def test_of_a_light_name_its_object(self):
        told = self.after(lambda: setattr(bpy.data.lights["Light"], "energy", 5))

        self.assertEqual((told["PointLight", "Light"], told["Object", "Light"]), ((True, True, True), (False, True, False)))

    def test_are_there_for_handlers_only(self):
        self.after(lambda: setattr(self.cube, "location", (1, 2, 3)))

        self.assertEqual(len(bpy.context.evaluated_depsgraph_get().updates), 0)

    def test_do_not_name_what_is_gone(self):
        self.assertNotIn(("Object", "Cube"), self.after(lambda: bpy.data.objects.remove(self.cube)))


class Names(Case):
    def test_of_parameters_are_those_of_the_interface(self):
        mesh = bpy.data.meshes.new(name="gone")

        bpy.data.meshes.remove(mesh=mesh)

        self.assertNotIn("gone", bpy.data.meshes)
        for collection, name in (("Meshes", "mesh"), ("Objects", "object"), ("NodeTrees", "tree"), ("Libraries", "library")):
            function = getattr(bpy.types, f"BlendData{collection}").bl_rna.functions["remove"]
            self.assertEqual(function.parameters.keys(), [name, "do_unlink", "do_id_user", "do_ui_user"])
        self.assertEqual(bpy.types.BlendDataLights.bl_rna.functions["new"].parameters.keys(), ["name", "type", "light"])
        self.assertEqual(bpy.types.BlendDataScenes.bl_rna.functions["remove"].parameters.keys(), ["scene", "do_unlink"])

    def test_spaces_of_bones_need_none(self):
        matrix = Matrix.Translation((1, 2, 3))

        self.assertEqual(self.cube.convert_space(pose_bone=None, matrix=matrix, from_space="WORLD", to_space="WORLD"), matrix)
        with self.assertRaises((TypeError, RuntimeError)):
            self.cube.convert_space(pose_bone=self.cube, matrix=matrix)


class Copies(Case):
    """Scripts copy what can be written, and that takes facts of the class too."""

    def copy(self, source, target):
        for facts in source.bl_rna.properties:
            if not facts.is_readonly and facts.type != "COLLECTION":
                setattr(target, facts.identifier, getattr(source, facts.identifier))

    def test_of_nodes_and_sockets(self):
        tree = self.cube.active_material.node_tree
        source, target = tree.nodes["Principled BSDF"], tree.nodes.new("ShaderNodeBsdfPrincipled")

        self.copy(source, target)
        self.copy(source.inputs[0], target.inputs[0])
        with self.assertRaises(RuntimeError):
            target.bl_idname = "ShaderNodeMath"

    def test_of_trees_and_their_sockets(self):
        source, target = (bpy.data.node_groups.new("Group", "ShaderNodeTree") for _ in range(2))

        self.copy(source.inputs.new("NodeSocketFloat", "in"), target.inputs.new("NodeSocketFloat", "in"))
        self.copy(source, target)

    def test_of_passes_of_shaders(self):
        aovs = bpy.context.view_layer.aovs
        source, target = aovs.add(), aovs.add()

        target.is_valid = target.is_valid
        with self.assertRaises(RuntimeError):
            source.is_valid = not source.is_valid


unittest.main(argv=["test"])
