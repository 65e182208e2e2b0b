"""What scripts ask: flags of view layers on objects, whether modifiers change them, projections of cameras, paths of renders, texts from files."""
import os
import re
import tempfile
import unittest

import bpy
from mathutils import Vector


class Case(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.cube, self.scene, self.layer = bpy.data.objects["Cube"], bpy.context.scene, bpy.context.view_layer


class Layers(Case):
    def test_holdouts_and_indirect_objects_come_from_layer_collections(self):
        collection = self.layer.layer_collection.children[0]
        collection.holdout = collection.indirect_only = True

        self.assertTrue(self.cube.holdout_get() and self.cube.indirect_only_get(view_layer=self.layer))
        collection.exclude = True
        self.assertFalse(self.cube.holdout_get() or self.cube.indirect_only_get())

    def test_collections_take_over_from_those_above(self):
        inner = bpy.data.collections.new("inner")
        bpy.data.collections["Collection"].children.link(inner)
        item = bpy.data.objects.new("item", None)
        inner.objects.link(item)
        self.layer.layer_collection.children[0].holdout = True

        self.assertTrue(item.holdout_get())

    def test_an_object_can_be_a_holdout_by_itself(self):
        self.cube.is_holdout = True

        self.assertTrue(self.cube.holdout_get())


class Modifiers(Case):
    def test_change_the_object_where_they_are_shown(self):
        modifier = self.cube.modifiers.new("Smooth", "SMOOTH")
        modifier.show_viewport = False

        self.assertEqual([self.cube.is_modified(self.scene, way) for way in ("PREVIEW", "RENDER")], [False, True])
        self.assertTrue(self.cube.is_deform_modified(self.scene, "RENDER"))

    def test_that_add_vertices_do_more_than_deform(self):
        self.cube.modifiers.new("Array", "ARRAY")

        self.assertTrue(self.cube.is_modified(self.scene, "PREVIEW"))
        self.assertFalse(self.cube.is_deform_modified(self.scene, "PREVIEW"))

    def test_that_lack_their_object_do_nothing(self):
        self.cube.modifiers.new("Hook", "HOOK")

        self.assertFalse(self.cube.is_modified(self.scene, "PREVIEW"))

    def test_wrong_settings_are_refused(self):
        with self.assertRaisesRegex(TypeError, "PREVIEW"):
            self.cube.is_modified(self.scene, "BOTH")


class Cameras(Case):
    def test_project_the_corners_of_their_frame_onto_those_of_the_picture(self):
        camera = bpy.data.objects["Camera"]
        graph = bpy.context.evaluated_depsgraph_get()
        self.scene.render.resolution_x, self.scene.render.resolution_y = 300, 200
        for kind in ("PERSP", "ORTHO"):
            camera.data.type, camera.data.shift_x, camera.data.shift_y = kind, 0.1, -0.3
            for fit in ("AUTO", "HORIZONTAL", "VERTICAL"):
                camera.data.sensor_fit = fit
                graph.update()
                matrix = camera.calc_matrix_camera(graph, x=300, y=200)
                corner = matrix @ Vector((*camera.data.view_frame(scene=self.scene)[0], 1.0))

                self.assertAlmostEqual(corner.x / corner.w, 1, 5)
                self.assertAlmostEqual(corner.y / corner.w, 1, 5)

    def test_project_their_clip_distances_onto_the_ends(self):
        camera = bpy.data.objects["Camera"]
        matrix = camera.calc_matrix_camera(bpy.context.evaluated_depsgraph_get())

        for distance, depth in ((camera.data.clip_start, -1), (camera.data.clip_end, 1)):
            place = matrix @ Vector((0, 0, -distance, 1))
            self.assertAlmostEqual(place.z / place.w, depth, 4)


class Renders(Case):
    def test_the_number_of_the_frame_stands_at_the_end_or_at_the_signs(self):
        render = self.scene.render
        self.scene.frame_current = 7
        for path, expected in (("/tmp/a", "/tmp/a0007.png"), ("/tmp/a_##_b", "/tmp/a_07_b.png"), ("/tmp/#/a###", "/tmp/#/a007.png"), ("/tmp/", "/tmp/0007.png"),
                               ("/tmp/a.png", "/tmp/a.png0007.png")):
            render.filepath = path
            self.assertEqual(render.frame_path(), expected)

    def test_other_frames_and_no_ending(self):
        render = self.scene.render
        render.filepath, render.use_file_extension = "/tmp/a", False

        self.assertEqual([render.frame_path(frame=frame) for frame in (3, -5, 123456)], ["/tmp/a0003", "/tmp/a-0005", "/tmp/a123456"])

    def test_of_outputs_one_for_the_renderer_comes_first(self):
        tree = bpy.data.materials["Material"].node_tree
        own = tree.nodes.new("ShaderNodeOutputMaterial")
        own.target = "CYCLES"

        self.assertEqual(tree.get_output_node("CYCLES"), own)
        self.assertEqual(tree.get_output_node("EEVEE").name, "Material Output")
        tree.nodes["Material Output"].target = "EEVEE"
        self.assertIsNone(tree.get_output_node("ALL"))


class Scenes(Case):
    def test_say_what_they_hold(self):
        line = re.sub(r"Memory: [\d.]+ MiB", "Memory", self.scene.statistics(self.layer))

        self.assertEqual(line, f"Collection | Cube | Verts:8 | Faces:6 | Tris:12 | Objects:1/3 | Memory | {bpy.app.version_string}")


class Users(Case):
    def test_of_collections_are_the_objects_that_show_them(self):
        collection, item = bpy.data.collections["Collection"], bpy.data.objects.new("item", None)
        item.instance_collection = collection

        self.assertEqual(collection.users_dupli_group, (item,))

    def test_of_textures_are_the_objects_whose_modifiers_read_them(self):
        texture = bpy.data.textures.new("Clouds", "CLOUDS")
        self.cube.modifiers.new("Displace", "DISPLACE").texture = texture

        self.assertEqual(texture.users_object_modifier, (self.cube,))


class Parts(Case):
    def test_triangles_have_a_center(self):
        mesh = self.cube.data
        mesh.calc_loop_triangles()
        triangle = mesh.loop_triangles[0]

        self.assertAlmostEqual(triangle.center.x, sum(mesh.vertices[index].co.x for index in triangle.vertices) / 3, 6)

    def test_sockets_say_what_their_type_is_called(self):
        tree = bpy.data.node_groups.new("Group", "ShaderNodeTree")
        node = tree.nodes.new("ShaderNodeMath")

        self.assertEqual((tree.inputs.new("NodeSocketFloatFactor", "in").bl_label, node.inputs[0].bl_label), ("Float", "Float"))


class Texts(Case):
    def test_are_read_from_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write("one\ntwo")

            text, internal = bpy.data.texts.load(path), bpy.data.texts.load(path, internal=True)

        self.assertEqual((text.name, text.filepath, text.as_string(), text.is_in_memory), ("a.py", path, "one\ntwo", False))
        self.assertEqual((internal.name, internal.filepath), ("a.py.001", ""))

    def test_that_are_not_there_are_told(self):
        with self.assertRaisesRegex(RuntimeError, "/nowhere/a.py"):
            bpy.data.texts.load("/nowhere/a.py")

    def test_are_colored_as_python(self):
        for name, is_python in (("a.py", True), ("a", True), ("a.py.002", True), ("a.txt", False)):
            self.assertEqual(bpy.data.texts.new(name).is_syntax_highlight_supported(), is_python)


unittest.main(argv=["test"])
