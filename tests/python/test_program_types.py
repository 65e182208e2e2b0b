"""Types of the running program: window manager, key maps, places scripts extend, facts of bpy.app, timers."""
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import unittest

import bpy


def run_kiln(*arguments, script="", timeout=60):
    """Another process of this program that runs a script; (status, output)."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "script.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script)
        done = subprocess.run([bpy.app.binary_path, "-b", "--factory-startup", "--python", path, *arguments], capture_output=True, text=True, timeout=timeout)
        return done.returncode, done.stdout + done.stderr


class WindowManager(unittest.TestCase):
    def test_scripts_add_properties(self):
        bpy.types.WindowManager.kind_of_test = bpy.props.IntProperty(default=4, max=6)

        bpy.context.window_manager.kind_of_test = 9

        self.assertEqual(bpy.context.window_manager.kind_of_test, 6)
        del bpy.types.WindowManager.kind_of_test

    def test_stays_registered(self):
        with self.assertRaises(ValueError):
            bpy.utils.unregister_class(bpy.types.WindowManager)

    def test_is_the_one_of_the_context(self):
        self.assertIsInstance(bpy.context.window_manager, bpy.types.WindowManager)
        self.assertIs(bpy.context.window_manager.windows[0], bpy.context.window)

    def test_asking_the_user_in_batch_says_why_not(self):
        with self.assertRaisesRegex(RuntimeError, "background"):
            bpy.context.window_manager.popup_menu(lambda menu, context: None)

    def test_modal_operators_get_simulated_events(self):
        seen = []

        class Listener(bpy.types.Operator):
            bl_idname, bl_label = "test.listener", "Listener"

            def execute(self, context):
                context.window_manager.modal_handler_add(self)
                return {"RUNNING_MODAL"}

            def modal(self, context, event):
                seen.append((event.type, event.value))
                return {"FINISHED"} if event.type == "ESC" else {"RUNNING_MODAL"}
        bpy.utils.register_class(Listener)

        self.assertEqual(bpy.ops.test.listener(), {"RUNNING_MODAL"})
        for key in ("A", "ESC", "B"):
            bpy.context.window.event_simulate(key, "PRESS")

        self.assertEqual(seen, [("A", "PRESS"), ("ESC", "PRESS")])
        bpy.utils.unregister_class(Listener)


class KeyMaps(unittest.TestCase):
    def setUp(self):
        self.keymaps = bpy.context.window_manager.keyconfigs.addon.keymaps
        self.keymap = self.keymaps.new("Test", space_type="VIEW_3D")

    def tearDown(self):
        self.keymaps.remove(self.keymap)

    def test_same_name_and_place_is_the_same_map(self):
        self.assertIs(self.keymaps.new("Test", space_type="VIEW_3D"), self.keymap)
        self.assertIsNot(self.keymaps.new("Test", space_type="IMAGE_EDITOR"), self.keymap)
        self.keymaps.remove(self.keymaps.find("Test", space_type="IMAGE_EDITOR"))

    def test_item_has_settings_of_its_operator(self):
        item = self.keymap.keymap_items.new("object.delete", "X", "PRESS", ctrl=True)

        item.properties.use_global = True

        self.assertTrue(item.properties.use_global)
        self.assertEqual(item.to_string(), "Ctrl X")

    def test_unknown_key_is_refused_by_name(self):
        with self.assertRaisesRegex(TypeError, "NO_KEY"):
            self.keymap.keymap_items.new("object.delete", "NO_KEY", "PRESS")

    def test_event_finds_its_item(self):
        item = self.keymap.keymap_items.new("object.delete", "X", "PRESS", shift=True)

        found = self.keymap.keymap_items.match_event(bpy.context.window.event_simulate("X", "PRESS", shift=True))

        self.assertIs(found, item)

    def test_removed_item_cannot_be_removed_again(self):
        item = self.keymap.keymap_items.new("object.delete", "X", "PRESS")
        self.keymap.keymap_items.remove(item)

        with self.assertRaises(RuntimeError):
            self.keymap.keymap_items.remove(item)


class Places(unittest.TestCase):
    def test_functions_are_appended_to_menus_of_the_program(self):
        def draw(menu, context):
            pass
        bpy.types.VIEW3D_MT_add.append(draw)

        self.assertTrue(bpy.types.VIEW3D_MT_add.is_extended())
        bpy.types.VIEW3D_MT_add.remove(draw)

    def test_modules_have_the_classes(self):
        from bl_ui import properties_render

        self.assertIs(properties_render.RENDER_PT_context, bpy.types.RENDER_PT_context)
        self.assertIn("RENDER_PT_context", dir(properties_render))

    def test_panels_lie_in_panels_of_the_program(self):
        class Inner(bpy.types.Panel):
            bl_idname, bl_label = "TEST_PT_inner", "Inner"
            bl_space_type, bl_region_type, bl_parent_id = "FILE_BROWSER", "TOOL_PROPS", "FILE_PT_operator"

            def draw(self, context):
                pass
        bpy.utils.register_class(Inner)

        bpy.utils.unregister_class(Inner)

    def test_unknown_names_raise(self):
        with self.assertRaises(AttributeError):
            bpy.types.VIEW3D_MT_that_is_nowhere


class App(unittest.TestCase):
    def test_expressions_of_drivers_have_mathematics(self):
        names = bpy.app.driver_namespace

        self.assertEqual(eval("clamp(sin(pi / 2) * 3)", dict(names)), 1.0)
        self.assertIs(names["bpy"], bpy)

    def test_temporary_folder_exists(self):
        self.assertTrue(os.path.isdir(bpy.app.tempdir))

    def test_facts_are_read_only(self):
        with self.assertRaises(AttributeError):
            bpy.app.version = (9, 9, 9)

    def test_translations_of_add_ons_are_kept_by_module(self):
        bpy.app.translations.register("test", {"de_DE": {("*", "Add"): "Neu"}})
        with self.assertRaises(ValueError):
            bpy.app.translations.register("test", {})
        bpy.app.translations.unregister("test")

        self.assertEqual(bpy.app.translations.pgettext("Add"), "Add")


class Timers(unittest.TestCase):
    def test_batch_waits_for_the_first_call(self):
        status, output = run_kiln(script="import bpy\nbpy.app.timers.register(lambda: print('CALLED'), first_interval=0.2)\nprint('END')")

        self.assertEqual(status, 0, output)
        self.assertLess(output.index("END"), output.index("CALLED"))

    def test_returning_timers_do_not_hold_batch(self):
        status, output = run_kiln(script="import bpy\nbpy.app.timers.register(lambda: print('CALLED') or 0.05)")

        self.assertEqual((status, output.count("CALLED")), (0, 1))

    def test_run_timers_waits_until_none_is_left(self):
        script = "import bpy\nleft = [3]\ndef tick():\n    left[0] -= 1\n    print('CALLED')\n    return 0.02 if left[0] else None\nbpy.app.timers.register(tick)"

        status, output = run_kiln("--run-timers", script=script)

        self.assertEqual((status, output.count("CALLED")), (0, 3))

    def test_persistent_timers_do_not_hold_batch(self):
        status, output = run_kiln(script="import bpy\nbpy.app.timers.register(lambda: print('CALLED'), first_interval=500, persistent=True)")

        self.assertEqual((status, "CALLED" in output), (0, False))

    def test_one_that_raises_is_reported_and_dropped(self):
        status, output = run_kiln("--run-timers", script="import bpy\ndef bad():\n    raise KeyError('oops')\nbpy.app.timers.register(bad)")

        self.assertEqual((status, output.count("oops")), (0, 2))  # the line of the script, and the message

    def test_threads_have_work_done_on_the_main_thread(self):
        script = ("import bpy, threading\nmain = threading.get_ident()\n"
                  "def work():\n    bpy.app.timers.register(lambda: print('SAME', threading.get_ident() == main))\n"
                  "thread = threading.Thread(target=work)\nthread.start()\nthread.join()")

        status, output = run_kiln(script=script)

        self.assertIn("SAME True", output)

    def test_loading_a_file_drops_all_but_persistent_ones(self):
        def one():
            pass

        def two():
            pass
        bpy.app.timers.register(one, first_interval=900)
        bpy.app.timers.register(two, first_interval=900, persistent=True)

        bpy.ops.wm.read_factory_settings(use_empty=True)

        self.assertEqual((bpy.app.timers.is_registered(one), bpy.app.timers.is_registered(two)), (False, True))
        bpy.app.timers.unregister(two)


class Previews(unittest.TestCase):
    def test_names_are_taken_once(self):
        import bpy.utils.previews

        pictures = bpy.utils.previews.new()
        first = pictures.new("a")
        with self.assertRaises(KeyError):
            pictures.new("a")

        self.assertNotEqual(first.icon_id, pictures.new("b").icon_id)
        bpy.utils.previews.remove(pictures)
        with self.assertRaises(RuntimeError):
            pictures.new("c")


class Addons(unittest.TestCase):
    def test_an_add_on_finds_itself_in_the_preferences_while_it_registers(self):
        import addon_utils

        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "finds_itself.py"), "w", encoding="utf-8") as file:
                file.write("import bpy\nseen = []\ndef register():\n    seen.append(bpy.context.preferences.addons[__name__].module)\ndef unregister():\n    pass\n")
            sys.path.append(folder)
            module = addon_utils.enable("finds_itself", default_set=True)
            sys.path.remove(folder)

            self.assertEqual(module.seen, ["finds_itself"])
            addon_utils.disable("finds_itself", default_set=True)

    def test_one_that_fails_is_not_in_the_preferences(self):
        import addon_utils

        problems = []
        with contextlib.redirect_stderr(io.StringIO()):
            addon_utils.enable("there_is_no_such_add_on", default_set=True, handle_error=problems.append)

        self.assertEqual((len(problems), "there_is_no_such_add_on" in bpy.context.preferences.addons), (1, False))


class AddonLife(unittest.TestCase):
    """Reloading, listing, quarantine and what is kept for the next start; each in a home of its own."""

    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addons = os.path.join(self.home.name, "kiln", "scripts", "addons")
        os.makedirs(self.addons)

    def tearDown(self):
        self.home.cleanup()

    def write(self, name, body):
        with open(os.path.join(self.addons, name + ".py"), "w", encoding="utf-8") as file:
            file.write(f"bl_info = {{'name': 'Kit', 'author': 'Someone', 'version': (1, 2), 'blender': (3, 0, 0), 'category': 'Test'}}\n{body}\n")

    def run_script(self, script, *arguments):
        path = os.path.join(self.home.name, "script.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script)
        environment = {**os.environ, "XDG_CONFIG_HOME": self.home.name, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([bpy.app.binary_path, "-b", *arguments, "--python", path], capture_output=True, text=True, timeout=60, env=environment)
        return done.stdout + done.stderr

    def test_listing_has_author_version_and_errors(self):
        self.write("kit_bad", "def register():\n    raise KeyError('oops')\ndef unregister():\n    pass")

        output = self.run_script("import addon_utils\naddon_utils.enable('kit_bad', handle_error=lambda error: None)\n"
                                 "print([entry for entry in addon_utils.overview() if entry['module'] == 'kit_bad'][0])")

        for text in ("'author': 'Someone'", "'version': '1.2'", "oops", "kit_bad.py:3", "'is_quarantined': False"):
            self.assertIn(text, output)

    def test_one_that_keeps_failing_is_not_enabled_at_start_up_any_more(self):
        self.write("kit_bad", "print('TRIED')\ndef register():\n    raise KeyError('oops')\ndef unregister():\n    pass")
        self.run_script("import addon_utils, bpy\naddon_utils._enabled['kit_bad'] = addon_utils.Addon('kit_bad')\nbpy.ops.wm.save_userpref()")

        outputs = [self.run_script("") for _ in range(4)]

        self.assertEqual([output.count("TRIED") for output in outputs], [1, 1, 1, 0])
        self.assertIn("failed 3 times and is not enabled", outputs[3])

    def test_enabled_ones_are_enabled_at_the_next_start(self):
        self.write("kit_good", "def register():\n    print('REGISTERED')\ndef unregister():\n    pass")
        self.run_script("import bpy\nbpy.ops.preferences.addon_enable(module='kit_good')\nbpy.ops.wm.save_userpref()")

        self.assertIn("REGISTERED", self.run_script(""))
        self.assertNotIn("REGISTERED", self.run_script("", "--factory-startup"))

    def test_batch_mode_changes_nothing_of_the_user(self):
        self.write("kit_good", "def register():\n    print('REGISTERED')\ndef unregister():\n    pass")
        self.run_script("import bpy\nbpy.ops.preferences.addon_enable(module='kit_good')")

        self.assertNotIn("REGISTERED", self.run_script(""))

    def test_reloading_reads_changed_files(self):
        self.write("kit_good", "def register():\n    print('FIRST')\ndef unregister():\n    print('GONE')")
        path = os.path.join(self.addons, "kit_good.py")

        output = self.run_script(f"import bpy\nbpy.ops.preferences.addon_enable(module='kit_good')\ntext = open({path!r}).read().replace('FIRST', 'SECOND')\n"
                                 f"open({path!r}, 'w').write(text)\nbpy.ops.script.reload()")

        self.assertLess(output.index("FIRST"), output.index("GONE"))
        self.assertLess(output.index("GONE"), output.index("SECOND"))

    def test_the_command_line_enables_add_ons(self):
        self.write("kit_good", "def register():\n    print('REGISTERED')\ndef unregister():\n    pass")

        output = self.run_script("print('SCRIPT')", "--factory-startup", "--addons", "kit_good,there_is_none")

        self.assertLess(output.index("REGISTERED"), output.index("SCRIPT"))
        self.assertIn("there_is_none", output)

    def test_a_damaged_list_is_reported_and_the_program_starts(self):
        os.makedirs(os.path.join(self.home.name, "kiln", "config"))
        with open(os.path.join(self.home.name, "kiln", "config", "addons.json"), "w", encoding="utf-8") as file:
            file.write("{\"enabled\": 3")

        output = self.run_script("print('STARTED')")

        self.assertIn("STARTED", output)
        self.assertIn("addons.json", output)


class Handlers(unittest.TestCase):
    def test_one_that_keeps_failing_is_left_alone(self):
        calls = []

        def bad(scene, graph=None):
            calls.append(scene)
            raise KeyError("oops")
        bpy.app.handlers.frame_change_pre.append(bad)
        with contextlib.redirect_stderr(io.StringIO()) as text:
            for frame in range(20):
                bpy.context.scene.frame_set(frame)
        bpy.app.handlers.frame_change_pre.remove(bad)

        self.assertEqual(len(calls), 10)
        self.assertIn("is not called any more", text.getvalue())


class Facts(unittest.TestCase):
    def test_every_type_tells_all_about_itself(self):
        import _bpy

        for name in dir(bpy.types):
            if "_MT_" not in name and "_PT_" not in name:
                getattr(bpy.types, name)
                _bpy.schema_facts(name)

    def test_classes_have_no_values_of_properties(self):
        self.assertFalse(hasattr(bpy.types.Object, "location"))
        self.assertFalse(hasattr(bpy.types.Panel, "bl_idname"))


class ContextOperators(unittest.TestCase):
    def test_paths_in_the_context_are_set(self):
        bpy.ops.wm.context_set_int(data_path="scene.frame_current", value=5)
        bpy.ops.wm.context_set_int(data_path="scene.frame_current", value=2, relative=True)

        self.assertEqual(bpy.context.scene.frame_current, 7)

    def test_unknown_paths_change_nothing(self):
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(bpy.ops.wm.context_toggle(data_path="scene.nothing_at_all"), {"PASS_THROUGH"})

    def test_scripts_that_fail_are_reported_with_their_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bad.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write("x = 1\nraise KeyError('oops')\n")
            with self.assertRaisesRegex(RuntimeError, "bad.py:2: KeyError"):
                bpy.ops.script.python_file_run(filepath=path)


class Rays(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.cube = bpy.data.objects["Cube"]

    def test_objects_are_hit_in_their_own_space(self):
        self.cube.location = 5, 0, 0

        found, place, normal, index = self.cube.ray_cast((0.2, 0.1, 5), (0, 0, -1))

        self.assertEqual((found, [round(number, 5) for number in place], round(normal.z)), (True, [0.2, 0.1, 1.0], 1))
        self.assertEqual(self.cube.ray_cast((0, 0, 5), (0, 0, -1), distance=1)[0], False)

    def test_scenes_are_hit_in_the_world(self):
        self.cube.location, self.cube.scale = (1, 0, 0), (2, 2, 2)
        graph = bpy.context.evaluated_depsgraph_get()

        found, place, normal, _, item, matrix = bpy.context.scene.ray_cast(graph, (1, 0, 9), (0, 0, -1), distance=20)

        self.assertEqual((found, [round(number, 5) for number in place], item, matrix[0][3]), (True, [1, 0, 2], self.cube, 1.0))

    def test_what_has_no_mesh_says_so(self):
        with self.assertRaisesRegex(RuntimeError, "no evaluated mesh data"):
            bpy.data.objects["Light"].ray_cast((0, 0, 5), (0, 0, -1))


outcome = unittest.main(argv=["test_program_types"], exit=False)
sys.exit(not outcome.result.wasSuccessful())
