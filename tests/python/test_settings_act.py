"""Settings do what their names say: of renders, tools, preferences and handlers."""
import os
import tempfile
import unittest

import bpy


class Case(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()


class Rendering(Case):
    def setUp(self):
        super().setUp()
        self.scene = scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 16, 8, 100
        scene.cycles.samples, scene.cycles.use_denoising, scene.cycles.use_adaptive_sampling = 1, False, False
        scene.cycles.pixel_filter_type, scene.cycles.max_bounces = "BOX", 0
        scene.view_settings.view_transform = "Raw"
        scene.world.use_nodes = False
        scene.world.color = (0, 0, 0)
        scene.render.image_settings.file_format, scene.render.image_settings.color_depth = "OPEN_EXR", "32"
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.folder.cleanup()

    def wall(self, material=None):
        """A plane that fills the picture, with a material that shines."""
        bpy.ops.mesh.primitive_plane_add(size=50)
        wall = bpy.context.object
        wall.data.materials.append(material or self.shining((1, 1, 1)))
        self.camera_above()
        return wall

    def camera_above(self):
        camera = self.scene.camera
        camera.location, camera.rotation_euler, camera.data.type, camera.data.ortho_scale = (0, 0, 5), (0, 0, 0), "ORTHO", 2
        for name in ("Cube", "Light"):
            if name in bpy.data.objects:
                bpy.data.objects.remove(bpy.data.objects[name])

    def shining(self, color, name="Shining"):
        material = bpy.data.materials.new(name)
        material.use_nodes = True
        tree = material.node_tree
        tree.nodes.clear()
        output, emission = tree.nodes.new("ShaderNodeOutputMaterial"), tree.nodes.new("ShaderNodeEmission")
        emission.inputs["Color"].default_value = (*color, 1)
        tree.links.new(emission.outputs[0], output.inputs["Surface"])
        return material

    def picture(self):
        """Width, height and pixels as rows of colors."""
        self.scene.render.filepath = os.path.join(self.folder.name, "a.exr")
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(self.scene.render.filepath)
        width, height = image.size
        pixels = list(image.pixels)
        bpy.data.images.remove(image)
        return width, height, [pixels[i:i + 4] for i in range(0, len(pixels), 4)]

    def test_nothing_is_rendered_outside_of_the_border(self):
        self.wall()
        self.scene.render.film_transparent = True
        self.scene.render.use_border = True
        self.scene.render.border_min_x, self.scene.render.border_max_x = 0.5, 1.0

        width, height, pixels = self.picture()

        self.assertEqual((width, height), (16, 8))
        self.assertEqual(pixels[0], [0, 0, 0, 0])
        self.assertEqual(pixels[8], [1, 1, 1, 1])

    def test_pictures_are_cut_to_the_border(self):
        self.wall()
        self.scene.render.use_border = self.scene.render.use_crop_to_border = True
        self.scene.render.border_min_x, self.scene.render.border_max_x, self.scene.render.border_max_y = 0.25, 0.75, 0.5

        width, height, pixels = self.picture()

        self.assertEqual((width, height), (8, 4))
        self.assertTrue(all(pixel[0] == 1 for pixel in pixels))

    def test_layers_override_materials(self):
        self.wall()
        bpy.context.view_layer.material_override = self.shining((0, 0.5, 0), "Override")

        self.assertEqual(self.picture()[2][0][:3], [0, 0.5, 0])

    def test_texture_nodes_move_their_coordinates(self):
        wall = self.wall()
        tree = wall.data.materials[0].node_tree
        checker = tree.nodes.new("ShaderNodeTexChecker")
        checker.inputs["Scale"].default_value = 0.1
        tree.links.new(checker.outputs["Color"], tree.nodes["Emission"].inputs["Color"])
        before = self.picture()[2][0][0]

        checker.texture_mapping.translation = (11, 0, 0)

        self.assertNotAlmostEqual(self.picture()[2][0][0], before, places=3)

    def test_limits_of_texture_coordinates_hold(self):
        wall = self.wall()
        tree = wall.data.materials[0].node_tree
        gradient = tree.nodes.new("ShaderNodeTexGradient")
        gradient.texture_mapping.use_min, gradient.texture_mapping.min = True, (0.9, 0, 0)
        tree.links.new(gradient.outputs["Color"], tree.nodes["Emission"].inputs["Color"])

        self.assertAlmostEqual(self.picture()[2][0][0], 0.9, places=4)

    def test_simplified_scenes_limit_subdivision(self):
        cube = bpy.data.objects["Cube"]
        modifier = cube.modifiers.new("s", "SUBSURF")
        modifier.levels = 3
        graph = bpy.context.evaluated_depsgraph_get()
        self.assertEqual(len(cube.evaluated_get(graph).data.polygons), 6 * 64)

        self.scene.render.use_simplify, self.scene.render.simplify_subdivision = True, 1

        self.assertEqual(len(cube.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.polygons), 6 * 4)

    def test_time_is_mapped(self):
        cube = bpy.data.objects["Cube"]
        build = cube.modifiers.new("b", "BUILD")
        build.frame_start, build.frame_duration = 1, 6
        self.scene.frame_set(4)
        at_four = len(cube.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.polygons)

        self.scene.render.frame_map_old, self.scene.render.frame_map_new = 100, 200
        self.scene.frame_set(8)

        self.assertEqual(len(cube.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.polygons), at_four)

    def test_objects_out_of_the_picture_are_culled(self):
        wall = self.wall()
        wall.cycles.use_distance_cull = True
        self.scene.render.use_simplify = self.scene.cycles.use_distance_cull = True
        self.scene.cycles.distance_cull_margin = 1000
        self.assertEqual(self.picture()[2][0][0], 1)

        self.scene.cycles.distance_cull_margin = 1

        self.assertEqual(self.picture()[2][0][0], 0)

    def test_stamps_are_drawn_into_the_picture(self):
        self.wall()
        self.scene.render.resolution_x = self.scene.render.resolution_y = 256
        self.scene.render.use_stamp_note, self.scene.render.stamp_note_text = True, "note"
        self.scene.render.stamp_background = (1, 0, 0, 1)
        self.assertTrue(all(pixel[1] == 1 for pixel in self.picture()[2]))

        self.scene.render.use_stamp = True

        _, _, pixels = self.picture()
        self.assertIn([1, 0, 0], [pixel[:3] for pixel in pixels])
        self.assertEqual(pixels[256 * 128 + 255][:3], [1, 1, 1])

    def test_pictures_of_sequences_follow_the_frame(self):
        paths = []
        for number, value in ((1, 0.25), (2, 0.75)):
            image = bpy.data.images.new("s", 2, 2, float_buffer=True)
            image.pixels = [value, value, value, 1] * 4
            image.file_format = "OPEN_EXR"
            paths.append(os.path.join(self.folder.name, f"s_{number:03}.exr"))
            image.filepath_raw = paths[-1]
            image.save()
        wall = self.wall()
        tree = wall.data.materials[0].node_tree
        texture = tree.nodes.new("ShaderNodeTexImage")
        texture.image = bpy.data.images.load(paths[0])
        texture.image.source, texture.image.colorspace_settings.name = "SEQUENCE", "Non-Color"
        texture.image_user.frame_duration, texture.image_user.frame_start = 2, 1
        tree.links.new(texture.outputs["Color"], tree.nodes["Emission"].inputs["Color"])
        self.scene.frame_set(1)
        first = self.picture()[2][0][0]

        self.scene.frame_set(2)

        self.assertGreater(self.picture()[2][0][0], first + 0.1)

    def test_textures_are_limited(self):
        image = bpy.data.images.new("i", 256, 1, float_buffer=True)
        image.pixels = [value for x in range(256) for value in ((x % 2,) * 3 + (1,))]
        wall = self.wall()
        tree = wall.data.materials[0].node_tree
        texture = tree.nodes.new("ShaderNodeTexImage")
        texture.image, texture.interpolation = image, "Closest"
        tree.links.new(texture.outputs["Color"], tree.nodes["Emission"].inputs["Color"])
        self.assertIn(self.picture()[2][0][0], (0.0, 1.0))

        self.scene.render.use_simplify, self.scene.cycles.texture_limit_render = True, "128"

        self.assertAlmostEqual(self.picture()[2][0][0], 0.5, places=4)

    def test_renders_end_with_their_time(self):
        self.wall()
        self.scene.cycles.samples, self.scene.cycles.time_limit = 1000000, 0.05

        self.assertAlmostEqual(self.picture()[2][0][0], 1, places=5)

    def test_modifiers_stay_out_of_edit_mode(self):
        cube = bpy.data.objects["Cube"]
        bpy.context.view_layer.objects.active = cube
        cube.modifiers.new("s", "SUBSURF").show_in_editmode = False
        self.assertEqual(len(cube.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.polygons), 24)

        bpy.ops.object.mode_set(mode="EDIT")

        self.assertEqual(len(cube.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.polygons), 6)


class Tools(Case):
    def setUp(self):
        super().setUp()
        self.settings = bpy.context.scene.tool_settings
        self.cube = bpy.data.objects["Cube"]
        bpy.ops.object.select_all(action="DESELECT")
        self.cube.select_set(True)
        bpy.context.view_layer.objects.active = self.cube

    def test_children_stay_where_only_parents_move(self):
        child = bpy.data.objects.new("child", None)
        bpy.context.collection.objects.link(child)
        child.parent, child.location = self.cube, (1, 0, 0)
        self.settings.use_transform_skip_children = True

        bpy.ops.transform.translate(value=(5, 0, 0))

        self.assertEqual(tuple(self.cube.location), (5, 0, 0))
        self.assertEqual(tuple(child.matrix_world.translation), (1, 0, 0))

    def test_shapes_stay_where_only_origins_move(self):
        self.settings.use_transform_data_origin = True

        bpy.ops.transform.translate(value=(5, 0, 0))

        self.assertEqual(tuple(self.cube.location), (5, 0, 0))
        self.assertEqual({round((self.cube.matrix_world @ v.co).x, 5) for v in self.cube.data.vertices}, {-1, 1})

    def test_numbers_of_quaternions_have_locks(self):
        self.cube.rotation_mode = "QUATERNION"
        self.cube.lock_rotations_4d, self.cube.lock_rotation_w = True, True

        bpy.ops.transform.rotate(value=1.0)

        self.assertEqual(self.cube.rotation_quaternion.w, 1)
        self.assertNotEqual(self.cube.rotation_quaternion.z, 0)

    def test_selected_vertices_get_the_weight_of_the_tool(self):
        bpy.ops.object.vertex_group_add()
        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.mesh.select_all(action="SELECT")
        self.settings.vertex_group_weight = 0.25

        bpy.ops.object.vertex_group_assign()

        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertEqual({v.groups[0].weight for v in self.cube.data.vertices}, {0.25})

    def test_members_of_groups_are_selected_and_taken_out(self):
        group = self.cube.vertex_groups.new(name="G")
        group.add([0, 1, 2], 1, "REPLACE")
        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.mesh.select_all(action="DESELECT")
        bpy.ops.object.vertex_group_select()
        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertEqual([v.index for v in self.cube.data.vertices if v.select], [0, 1, 2])

        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.object.vertex_group_remove_from()
        bpy.ops.object.mode_set(mode="OBJECT")

        self.assertEqual([len(v.groups) for v in self.cube.data.vertices], [0] * 8)


class Choices(Case):
    """What the user prefers."""

    def setUp(self):
        super().setUp()
        self.preferences = bpy.context.preferences
        self.kept = {(part, p.identifier): getattr(part, p.identifier) for part in (self.preferences.edit, self.preferences.filepaths)
                     for p in part.bl_rna.properties if not p.is_readonly}

    def tearDown(self):
        for (part, name), value in self.kept.items():
            setattr(part, name, value)

    def test_new_slots_are_linked_where_it_is_preferred(self):
        bpy.context.view_layer.objects.active = bpy.data.objects["Cube"]
        self.preferences.edit.material_link = "OBJECT"

        bpy.ops.object.material_slot_add()

        self.assertEqual(bpy.context.object.material_slots[-1].link, "OBJECT")

    def test_copies_get_materials_where_it_is_preferred(self):
        cube = bpy.data.objects["Cube"]
        material = bpy.data.materials.new("M")
        cube.data.materials.clear()
        cube.data.materials.append(material)
        bpy.ops.object.select_all(action="DESELECT")
        cube.select_set(True)
        bpy.context.view_layer.objects.active = cube
        self.preferences.edit.use_duplicate_material = True

        bpy.ops.object.duplicate()

        self.assertNotEqual(bpy.context.object.data.materials[0], material)

    def test_frames_are_not_negative_where_that_is_preferred(self):
        self.preferences.edit.use_negative_frames = False

        bpy.context.scene.frame_current = -5

        self.assertEqual(bpy.context.scene.frame_current, 0)

    def test_scripts_are_found_in_the_preferred_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "addons"))
            self.preferences.filepaths.script_directory = folder

            self.assertEqual(bpy.utils.script_path_pref(), folder)
            self.assertIn(os.path.join(folder, "addons"), bpy.utils.script_paths(subdir="addons"))


class Updates(Case):
    """Handlers for evaluations."""

    def setUp(self):
        super().setUp()
        self.calls = []
        handlers = bpy.app.handlers
        handlers.depsgraph_update_pre.append(lambda scene, graph: self.calls.append(("pre", type(graph).__name__)))
        handlers.depsgraph_update_post.append(lambda scene, graph: self.calls.append(("post", type(graph).__name__)))
        bpy.context.view_layer.update()
        self.calls.clear()

    def tearDown(self):
        bpy.app.handlers.depsgraph_update_pre.clear()
        bpy.app.handlers.depsgraph_update_post.clear()

    once = [("pre", "NoneType"), ("post", "Depsgraph")]

    def test_assigning_alone_tells_nobody(self):
        bpy.data.objects["Cube"].location.x = 1

        self.assertEqual(self.calls, [])

    def test_an_update_tells_once_of_what_has_changed(self):
        bpy.data.objects["Cube"].location.x = 1
        bpy.context.view_layer.update()
        bpy.context.view_layer.update()

        self.assertEqual(self.calls, self.once)

    def test_asking_for_the_graph_is_an_update(self):
        bpy.data.objects["Cube"].location.x = 1
        bpy.context.evaluated_depsgraph_get()

        self.assertEqual(self.calls, self.once)

    def test_operators_that_change_something_tell_once(self):
        bpy.ops.mesh.primitive_cube_add()

        self.assertEqual(self.calls, self.once)

    def test_operators_that_change_nothing_tell_nobody(self):
        with tempfile.TemporaryDirectory() as folder:
            bpy.ops.wm.save_as_mainfile(filepath=os.path.join(folder, "a.kiln"), copy=True)

        self.assertEqual(self.calls, [])


class Values(Case):
    """Custom properties that are lists."""

    def test_lists_of_lists_and_of_texts_are_kept(self):
        cube = bpy.data.objects["Cube"]
        cube["rows"], cube["names"] = [[1, 2], [3.5]], ["a", "b"]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=path)
            bpy.ops.wm.open_mainfile(filepath=path)

        cube = bpy.data.objects["Cube"]
        self.assertEqual([row.to_list() for row in cube["rows"]], [[1, 2], [3.5]])
        self.assertEqual(cube["names"], ["a", "b"])

    def test_items_of_lists_are_written_in_place(self):
        cube = bpy.data.objects["Cube"]
        cube["rows"] = [[1, 2], [3, 4]]
        cube["rows"][1][0] = 7

        self.assertEqual(cube["rows"][1].to_list(), [7, 4])

    def test_mixed_lists_are_refused(self):
        with self.assertRaises(TypeError):
            bpy.data.objects["Cube"]["mixed"] = [1, [2]]


class Nodes(Case):
    """Functions of node classes."""

    def setUp(self):
        super().setUp()
        self.calls = calls = []

        class Tree(bpy.types.NodeTree):
            bl_idname, bl_label = "KilnTestTree", "Tree"

        class Told(bpy.types.Node):
            bl_idname, bl_label = "KilnTestTold", "Told"

            def copy(self, node):
                calls.append(("copy", self.id_data.name, node.id_data.name, self.name))

            def free(self):
                calls.append(("free", self.name))

        self.classes = (Tree, Told)
        for cls in self.classes:
            bpy.utils.register_class(cls)
        self.tree = bpy.data.node_groups.new("T", "KilnTestTree")
        self.tree.nodes.new("KilnTestTold")

    def tearDown(self):
        for cls in reversed(self.classes):
            bpy.utils.unregister_class(cls)

    def test_nodes_hear_of_their_copies(self):
        self.tree.copy()

        self.assertEqual(self.calls, [("copy", "T.001", "T", "Told")])

    def test_nodes_hear_that_all_are_cleared(self):
        self.tree.nodes.clear()

        self.assertEqual(self.calls, [("free", "Told")])

    def test_nodes_of_a_removed_tree_hear_nothing(self):
        bpy.data.node_groups.remove(self.tree)

        self.assertEqual(self.calls, [])


class Facts(Case):
    def test_operators_know_whether_they_reported(self):
        class Told(bpy.types.Operator):
            bl_idname, bl_label = "kiln_test.told", "Told"
            seen = []

            def execute(self, context):
                Told.seen.append((self.name, self.has_reports))
                self.report({"INFO"}, "something")
                Told.seen.append(self.has_reports)
                return {"FINISHED"}

        bpy.utils.register_class(Told)
        try:
            bpy.ops.kiln_test.told()
        finally:
            bpy.utils.unregister_class(Told)

        self.assertEqual(Told.seen, [("Told", False), True])

    def test_extra_users_count(self):
        mesh = bpy.data.meshes.new("m")
        mesh.use_extra_user = True

        self.assertEqual(mesh.users, 1)

    def test_names_of_classes_stay(self):
        material = bpy.data.materials.new("m")
        material.use_nodes = True

        with self.assertRaises(Exception):
            material.node_tree.nodes[0].bl_idname = "ShaderNodeMath"


if __name__ == "__main__":
    import sys

    result = unittest.main(argv=["test"], exit=False).result
    sys.exit(not result.wasSuccessful())
