"""What scripts are told of users, of hidden objects, of weights from files, of texts and of preferences."""
import contextlib
import io
import os
import sys
import tempfile
import unittest

import bpy
from mathutils import Matrix


class Case(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.folder.cleanup()

    def reopen(self, **settings):
        path = os.path.join(self.folder.name, "a.blend")
        bpy.ops.wm.save_as_mainfile(filepath=path)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            bpy.ops.wm.open_mainfile(filepath=path, **settings)
        return printed.getvalue()


def add(name, **settings):
    item = bpy.data.objects.new(name, None)
    bpy.context.scene.collection.objects.link(item)
    for key, value in settings.items():
        setattr(item, key, value)
    return item


class Users(Case):
    def test_a_parent_and_a_camera_are_no_users(self):
        a, b = add("a"), add("b")

        b.parent = a
        bpy.context.scene.camera = a

        self.assertEqual(a.users, 1)

    def test_a_custom_property_and_a_node_are_users(self):
        a, b = add("a"), add("b")
        b["other"] = a
        material = bpy.data.materials.new("M")
        material.use_nodes = True

        material.node_tree.nodes.new("ShaderNodeTexCoord").object = a

        self.assertEqual(a.users, 3)

    def test_copying_a_scene_counts_what_its_collection_holds_twice(self):
        a = add("a")

        copied = bpy.context.scene.copy()

        self.assertEqual([a.users, copied.users], [3, 0])

    def test_reading_a_file_counts_anew(self):
        add("a")
        bpy.context.scene.copy()

        self.reopen()

        self.assertEqual(bpy.data.objects["a"].users, 2)


class Places(Case):
    def test_a_new_object_has_none_before_the_scene_is_evaluated(self):
        a = add("a", location=(1, 2, 3))
        before = list(a.matrix_world.translation)

        bpy.context.view_layer.update()

        self.assertEqual([before, list(a.matrix_world.translation)], [[0, 0, 0], [1, 2, 3]])

    def test_a_place_that_is_given_counts_at_once(self):
        a = add("a")

        a.matrix_world = Matrix.Translation((1, 2, 3))

        self.assertEqual([list(a.matrix_world.translation), list(a.location)], [[1, 2, 3]] * 2)


class Hidden(Case):
    def test_what_was_hidden_before_it_was_evaluated_has_no_place(self):
        a = add("a", location=(1, 2, 3), hide_viewport=True)

        bpy.context.view_layer.update()

        self.assertEqual(list(a.matrix_world.translation), [0, 0, 0])

    def test_it_has_none_after_reading_the_file(self):
        add("a", location=(1, 2, 3), hide_viewport=True)

        self.reopen()

        self.assertEqual(list(bpy.data.objects["a"].matrix_world.translation), [0, 0, 0])

    def test_what_was_evaluated_before_keeps_its_place(self):
        a = add("a", location=(1, 2, 3))
        bpy.context.view_layer.update()

        a.hide_viewport = True

        self.assertEqual(list(a.matrix_world.translation), [1, 2, 3])

    def test_showing_it_again_and_a_visible_child_bring_the_place_back(self):
        a = add("a", location=(1, 2, 3), hide_viewport=True)
        b = add("b", location=(4, 0, 0), hide_viewport=True)
        c = add("c")

        a.hide_viewport = False
        c.parent = b
        bpy.context.view_layer.update()

        self.assertEqual([list(x.matrix_world.translation) for x in (a, b, c)], [[1, 2, 3], [4, 0, 0], [4, 0, 0]])


class Weights(Case):
    def test_creases_and_bevel_weights_of_files_have_255_steps(self):
        mesh = bpy.data.meshes.new("M")
        mesh.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [], [(0, 1, 2)])
        mesh.use_fake_user = True
        mesh.edges.foreach_set("crease", [0.5, 0.1, 1.0])
        mesh.edges.foreach_set("bevel_weight", [0.25, 3 / 255, 0.001])
        mesh.vertices.foreach_set("bevel_weight", [0.5, 0, 1])

        for _ in range(2):
            self.reopen()

        mesh = bpy.data.meshes["M"]
        steps = [[round(e.crease * 255, 4) for e in mesh.edges], [round(e.bevel_weight * 255, 4) for e in mesh.edges],
                 [round(v.bevel_weight * 255, 4) for v in mesh.vertices]]
        self.assertEqual(steps, [[127, 25, 255], [63, 3, 0], [127, 0, 255]])


class Texts(Case):
    def setUp(self):
        super().setUp()
        self.text = bpy.data.texts.new("T")
        self.text.from_string("one\ntwö three\nfour")

    def place(self):
        t = self.text
        return [t.current_line_index, t.current_character, t.select_end_line_index, t.select_end_character]

    def test_the_cursor_goes_where_it_is_put_and_not_beyond_the_text(self):
        places = []
        for arguments in ((1, 3), (9, 99), (2,)):
            self.text.cursor_set(*arguments)
            places.append(self.place())

        self.assertEqual(places, [[1, 3, 1, 3], [2, 4, 2, 4], [2, 0, 2, 0]])

    def test_a_selection_may_end_before_it_begins(self):
        self.text.cursor_set(1, character=3)

        self.text.cursor_set(0, character=1, select=True)

        self.assertEqual(self.place(), [1, 3, 0, 1])
        self.assertEqual(self.text.region_as_string(), "ne\ntwö")
        self.assertEqual([self.text.current_line.body, self.text.select_end_line.body], ["twö three", "one"])

    def test_writing_replaces_what_is_selected(self):
        self.text.select_set(0, 1, 1, 2)

        self.text.write("XX")

        self.assertEqual(self.text.as_string(), "oXXö three\nfour")
        self.assertEqual(self.place(), [0, 3, 0, 3])

    def test_a_region_can_be_read_and_replaced(self):
        read = self.text.region_as_string(range=((0, 1), (2, 1)))

        self.text.region_from_string("Z\nY", range=((0, 1), (2, 1)))

        self.assertEqual([read, self.text.as_string()], ["ne\ntwö three\nf", "oZ\nYour"])

    def test_choosing_another_line_goes_to_its_begin(self):
        self.text.select_set(0, 2, 2, 3)

        self.text.current_line_index = 1
        self.text.select_end_line_index = 0

        self.assertEqual(self.place(), [1, 0, 0, 0])

    def test_a_text_becomes_a_module(self):
        self.text.from_string("def double(x):\n    return 2 * x\n")

        self.assertEqual(self.text.as_module().double(4), 8)


class RegisteredTexts(Case):
    def setUp(self):
        super().setUp()
        text = bpy.data.texts.new("start.py")
        text.from_string("import bpy\nbpy.app.driver_namespace['ran'] = __name__")
        text.use_module = True
        bpy.app.driver_namespace.pop("ran", None)

    def tearDown(self):
        bpy.context.preferences.filepaths.use_scripts_auto_execute = False
        super().tearDown()

    def test_files_do_not_run_them_unless_they_may(self):
        printed = self.reopen()

        self.assertNotIn("ran", bpy.app.driver_namespace)
        self.assertIn("skipping 'start.py'", printed)
        self.assertEqual([bpy.app.autoexec_fail, bpy.app.autoexec_fail_message], [True, "Text 'start.py'"])

    def test_a_trusted_file_runs_them(self):
        self.reopen(use_scripts=True)

        self.assertEqual(bpy.app.driver_namespace.get("ran"), "__main__")

    def test_the_preferences_let_all_files_run_them(self):
        bpy.context.preferences.filepaths.use_scripts_auto_execute = True

        self.reopen()

        self.assertEqual(bpy.app.driver_namespace.get("ran"), "__main__")

    def test_what_raises_is_told_and_the_file_is_open(self):
        bpy.data.texts["start.py"].from_string("raise ValueError('no')")

        with contextlib.redirect_stderr(io.StringIO()) as told:
            self.reopen(use_scripts=True)

        self.assertIn("ValueError: no", told.getvalue())
        self.assertIn("start.py", bpy.data.texts)


class Preferences(Case):
    def test_new_scenes_write_where_the_preferences_say(self):
        files = bpy.context.preferences.filepaths
        before, files.render_output_directory = files.render_output_directory, "/somewhere/"
        self.addCleanup(setattr, files, "render_output_directory", before)

        made = bpy.data.scenes.new("S")
        bpy.ops.scene.new(type="NEW")

        self.assertEqual([made.render.filepath, bpy.context.scene.render.filepath], ["/somewhere/"] * 2)

    def test_new_texts_indent_as_the_preferences_say(self):
        files = bpy.context.preferences.filepaths
        self.addCleanup(setattr, files, "use_tabs_as_spaces", files.use_tabs_as_spaces)
        kinds = []
        for uses_spaces in (True, False):
            files.use_tabs_as_spaces = uses_spaces
            kinds.append(bpy.data.texts.new("T").indentation)

        self.assertEqual(kinds, ["SPACES", "TABS"])

    def test_views_and_input_have_the_values_of_the_interface(self):
        chosen = bpy.context.preferences

        self.assertEqual([chosen.view.rotation_angle, chosen.view.pie_menu_radius, chosen.inputs.view_rotate_method, chosen.inputs.drag_threshold_mouse],
                         [15, 100, "TURNTABLE", 3])
        with self.assertRaises(TypeError):
            chosen.inputs.view_rotate_method = "NONE"


class AutoMerge(Case):
    def moved(self, **settings):
        bpy.ops.mesh.primitive_plane_add(size=2)
        mesh = bpy.context.object.data
        for name, value in settings.items():
            setattr(bpy.context.scene.tool_settings, name, value)
        mesh.vertices.foreach_set("select", [True, False, False, False])
        mesh.edges.foreach_set("select", [False] * 4)
        mesh.polygons.foreach_set("select", [False])
        bpy.context.scene.tool_settings.mesh_select_mode = (True, False, False)
        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.transform.translate(value=(1.9, 0, 0))
        bpy.ops.object.mode_set(mode="OBJECT")
        return [len(mesh.vertices), len(mesh.edges), len(mesh.polygons)]

    def test_moved_vertices_stay_apart(self):
        self.assertEqual(self.moved(double_threshold=0.2), [4, 4, 1])

    def test_moved_vertices_join_with_those_they_lie_on(self):
        self.assertEqual(self.moved(use_mesh_automerge=True, double_threshold=0.2), [3, 3, 1])

    def test_those_that_are_too_far_away_stay(self):
        self.assertEqual(self.moved(use_mesh_automerge=True, double_threshold=0.01), [4, 4, 1])


result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__]))
sys.exit(0 if result.wasSuccessful() else 1)
