#!/usr/bin/env python3
"""What the command line promises: order, exit statuses, cancelling, crashes, progress.

    command_line.py APP
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

APP = os.path.abspath(sys.argv[1])
SMALL = "import bpy; r = bpy.context.scene.render; r.resolution_x, r.resolution_y = 16, 16; bpy.context.scene.cycles.samples = 1"
ENDLESS = "import bpy; bpy.context.scene.cycles.samples = 1000000"


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.environment = {**os.environ, "XDG_STATE_HOME": os.path.join(self.folder, "state"), "TMPDIR": self.folder}

    def start(self, *arguments):
        return subprocess.Popen([APP, "-b", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, errors="surrogateescape",
                                cwd=self.folder, env=self.environment)

    def run_to_end(self, *arguments, factory=True):
        process = self.start(*(["--factory-startup"] if factory else []), *arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def path(self, name):
        return os.path.join(self.folder, name)

    def pictures(self):
        return sorted(name for name in os.listdir(self.folder) if name.endswith(".png") or ".png" in name)

    # Order and frames.

    def test_arguments_are_done_in_order(self):
        status, out, _ = self.run_to_end("--python-expr", "print('one')", "--python-expr", "import bpy; print(bpy.context.scene.frame_start)", "-s", "7",
                                         "--python-expr", "import bpy; print(bpy.context.scene.frame_start)")
        self.assertEqual((status, out.split()), (0, ["one", "1", "7"]))

    def test_output_and_format_before_frames_count(self):
        status, _, err = self.run_to_end("--python-expr", SMALL, "-o", "//a_##", "-F", "PNG", "-f", "3,5..6", "-o", "//b_", "-f", "2")
        self.assertEqual((status, self.pictures()), (0, ["a_03.png", "a_05.png", "a_06.png", "b_0002.png"]), err)

    def test_relative_frames(self):
        status, out, _ = self.run_to_end("-s", "10", "-e", "20", "-s", "+5", "-e", "-2", "-j", "3", "--python-expr",
                                         "import bpy; s = bpy.context.scene; print(s.frame_start, s.frame_end, s.frame_step)")
        self.assertEqual((status, out.split()), (0, ["15", "18", "3"]))

    def test_arguments_behind_two_dashes_are_the_scripts(self):
        status, out, _ = self.run_to_end("--python-expr", "import sys; print(sys.argv[-2:])", "--", "--unknown", "-f")
        self.assertEqual((status, out.strip()), (0, "['--unknown', '-f']"))

    def test_the_log_tells_of_steps_in_categories(self):
        evaluate = ("--python-expr", "import bpy; bpy.context.evaluated_depsgraph_get()")
        _, told, _ = self.run_to_end("--log", "e*,python", *evaluate)
        self.assertIn("evaluation: frame 1", told)
        self.assertNotIn("app:", told)
        self.assertNotIn("evaluation:", self.run_to_end("--log", "*,^e*", *evaluate)[1])
        self.assertNotIn("evaluation:", self.run_to_end(*evaluate)[1])
        self.assertNotIn("app:", self.run_to_end("--log", "app", "--log-file", self.path("log.txt"), "--log-show-timestamp")[1])
        with open(self.path("log.txt")) as file:
            self.assertRegex(file.read(), r"^ +0\.\d{3} app: ")
        self.assertEqual(self.run_to_end("--log", "app", "--log-file", "/nowhere/log.txt")[0], 6)

    def test_the_last_file_is_opened_again(self):
        self.environment["XDG_CONFIG_HOME"] = self.folder
        self.assertEqual(self.run_to_end("--open-last")[0], 2)
        path = self.path("scene.kiln")
        self.run_to_end("--python-expr", f"import bpy; bpy.ops.wm.save_as_mainfile(filepath={path!r})")
        os.mkdir(self.path("kiln"))
        with open(self.path("kiln/recent_files.txt"), "w") as file:
            file.write(path + "\n")
        self.assertIn(path, self.run_to_end("--open-last", "--python-expr", "import bpy; print(bpy.data.filepath)")[1])

    def test_the_windows_place_is_four_numbers(self):
        self.assertEqual(self.run_to_end("-p", "0", "0", "800", "600", "-M", "--no-window-focus", "-w", "-W")[0], 0)
        self.assertEqual(self.run_to_end("-p", "0", "0", "800")[0], 2)
        self.assertEqual(self.run_to_end("-p", "0", "0", "800", "many")[0], 2)

    def test_debug_flags_set_attributes(self):
        status, out, _ = self.run_to_end("-d", "--debug-value", "7", "--debug-depsgraph", "--python-expr",
                                         "import bpy; print(bpy.app.debug, bpy.app.debug_value, bpy.app.debug_depsgraph, bpy.app.debug_wm)")
        self.assertEqual((status, out.split()), (0, ["True", "7", "True", "False"]))

    # Exit statuses.

    def test_statuses(self):
        for arguments, expected in ((("--unknown",), 2), (("-t", "x"), 2), (("-F", "NOPE"), 2), (("missing.kiln",), 3), (("--python-expr", "1/0"), 4),
                                    (("--python", "missing.py"), 4), (("--python-exit-code", "77", "--python-expr", "1/0"), 77),
                                    (("--python-expr", "import sys; sys.exit(55)"), 55), (("-S", "Nobody"), 2), (("-f", "1-2"), 2),
                                    (("--python-expr", SMALL, "-o", "/proc/none/x_", "-f", "1"), 6)):
            with self.subTest(arguments=arguments):
                status, _, err = self.run_to_end(*arguments)
                self.assertEqual(status, expected, err)
                self.assertTrue(err or expected == 55)

    def test_a_failed_action_ends_the_rest(self):
        status, out, _ = self.run_to_end("missing.kiln", "--python-expr", "print('reached')")
        self.assertEqual((status, out), (3, ""))

    # Cancelling.

    def cancel(self, number, *arguments):
        process = self.start("--factory-startup", *arguments)
        time.sleep(1.0)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def test_ctrl_c_ends_a_render_without_a_picture(self):
        status, _, err = self.cancel(signal.SIGINT, "--python-expr", ENDLESS, "-o", "//a_##", "-F", "PNG", "-a")
        self.assertEqual((status, self.pictures()), (130, []))
        self.assertIn("SIGINT", err)

    def test_termination_has_its_own_status(self):
        status, _, err = self.cancel(signal.SIGTERM, "--python-expr", ENDLESS, "-o", "//a_##", "-F", "PNG", "-f", "1")
        self.assertEqual((status, self.pictures()), (143, []))
        self.assertIn("SIGTERM", err)

    def test_a_render_of_a_script_ends_too(self):
        status, out, _ = self.cancel(signal.SIGINT, "--python-expr", ENDLESS + "; bpy.ops.render.render(); print('reached')")
        self.assertEqual((status, out.count("reached")), (130, 0))

    def test_scripts_that_wait_or_loop_are_ended(self):
        for code in ("import time; time.sleep(60)", "while True: pass"):
            with self.subTest(code=code):
                self.assertEqual(self.cancel(signal.SIGINT, "--python-expr", code)[0], 130)

    def test_a_script_may_handle_the_interrupt(self):
        code = "import time\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('handled')"
        status, out, _ = self.cancel(signal.SIGINT, "--python-expr", code)
        self.assertEqual((status, out.strip()), (130, "handled"))

    # Progress.

    def test_progress_is_one_object_a_line(self):
        status, out, _ = self.run_to_end("--progress", "json", "--python-expr", SMALL, "-o", "//a_", "-F", "PNG", "-f", "1,2")
        events = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        self.assertEqual(status, 0)
        self.assertEqual([e["frame"] for e in events if e["event"] == "frame_begin"], [1, 2])
        self.assertEqual([e["frame"] for e in events if e["event"] == "frame_end"], [1, 2])
        self.assertEqual(events[-1], {"event": "end", "status": 0})
        progress = [e for e in events if e["event"] == "progress"]
        self.assertTrue(progress and all(0 <= e["fraction"] <= 1 and e["remaining_seconds"] >= 0 and e["memory_mb"] > 0 for e in progress))

    def test_progress_names_the_error(self):
        status, out, _ = self.run_to_end("--progress", "json", "--python-expr", SMALL, "-o", "/proc/none/x_", "-f", "1")
        events = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        error = next(e for e in events if e["event"] == "error")
        self.assertIn("/proc/none", error["message"])
        self.assertEqual(events[-1], {"event": "end", "status": status})

    # Crashes.

    CRASH = "import bpy, ctypes; bpy.ops.wm.open_mainfile(filepath={!r}); bpy.data.objects['Cube'].location.x = 42\ndef dies(): ctypes.string_at(0)\ndies()"

    def crash(self):
        scene = self.path("scene.kiln")
        self.run_to_end("--python-expr", f"import bpy; bpy.ops.wm.save_as_mainfile(filepath={scene!r})")
        time.sleep(0.02)
        return scene, self.run_to_end("--python-expr", self.CRASH.format(scene))

    def test_a_crash_keeps_the_document_and_tells_why(self):
        scene, (status, _, err) = self.crash()
        self.assertEqual(status, -signal.SIGSEGV)
        with open(self.path("scene.crash.txt")) as text:
            crash = text.read()
        self.assertIn("# backtrace\n", crash)
        self.assertIn("in dies", crash.split("# Python backtrace")[1])
        self.assertIn(self.path("scene.crash.txt"), err)
        status, out, err = self.run_to_end(scene, "--python-expr",
                                           "import bpy; bpy.ops.wm.recover_last_session(); o = bpy.data; print(o.objects['Cube'].location.x, o.filepath, o.is_dirty)")
        self.assertEqual((status, out.split()), (0, ["42.0", scene, "True"]))
        self.assertRegex(err, r'recover_auto_save')
        self.assertIn(scene, err)

    def test_a_recovered_document_is_saved_where_it_was(self):
        scene, _ = self.crash()
        self.run_to_end("--python-expr", "import bpy; bpy.ops.wm.recover_last_session(); bpy.ops.wm.save_mainfile()")
        _, out, err = self.run_to_end(scene, "--python-expr", "import bpy; print(bpy.data.objects['Cube'].location.x)")
        self.assertEqual((out.strip(), err), ("42.0", ""))

    def test_an_abort_keeps_the_document(self):
        status, _, err = self.run_to_end("--python-expr", "import bpy, os; bpy.data.objects['Cube'].name = 'Kept'; os.abort()")
        self.assertEqual(status, -signal.SIGABRT)
        path = err.split("kept in: ")[1].strip()
        _, out, _ = self.run_to_end("--python-expr", f"import bpy; bpy.ops.wm.recover_auto_save(filepath={path!r}); print('Kept' in bpy.data.objects)")
        self.assertEqual(out.strip(), "True")

    def test_a_crash_of_an_unchanged_document_leaves_none(self):
        status, _, err = self.run_to_end("--python-expr", "import os; os.abort()")
        self.assertEqual((status, "kept in" in err), (-signal.SIGABRT, False))

    def test_the_crash_handler_can_be_left_out(self):
        status, _, err = self.run_to_end("--disable-crash-handler", "--python-expr", "import bpy, os; bpy.data.objects['Cube'].name = 'X'; os.abort()")
        self.assertEqual((status, "kept in" in err, os.path.exists(self.path("kiln.crash.txt"))), (-signal.SIGABRT, False, False))

    def test_an_end_in_order_leaves_nothing(self):
        self.run_to_end("--python-expr", "import bpy; bpy.data.objects['Cube'].name = 'X'")
        self.assertEqual([f for _, _, files in os.walk(self.path("state")) for f in files], [])

    def test_nothing_to_recover(self):
        status, _, err = self.run_to_end("--python-expr", "import bpy; bpy.ops.wm.recover_last_session()")
        self.assertEqual(status, 4)
        self.assertIn("recover", err)

    # Commands about files.

    def saved(self, name, change="pass"):
        path = self.path(name)
        self.run_to_end("--python-expr", f"import bpy; {change}; bpy.ops.wm.save_as_mainfile(filepath={path!r})")
        return path

    def command(self, *arguments):
        done = subprocess.run([APP, *arguments], capture_output=True, text=True, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def test_diff_names_what_changed(self):
        a = self.saved("a.kiln")
        b = self.path("b.kiln")
        self.run_to_end(a, "--python-expr", f"import bpy; o = bpy.data.objects['Cube']; o.location.x = 2; o.data.vertices[0].co.x = 5; "
                        f"bpy.data.objects['Light'].name = 'Lamp'; bpy.data.texts.new('T'); bpy.data.cameras.remove(bpy.data.cameras[0]); "
                        f"bpy.ops.wm.save_as_mainfile(filepath={b!r})")
        status, out, _ = self.command("diff", a, b)
        self.assertEqual(status, 1)
        for line in ('  Object "Cube" location: (default) -> [2.0, 0.0, 0.0]', '  Object "Lamp" name: "Light" -> "Lamp"', '+ Text "T"', '- Camera "Camera"',
                     '  Mesh "Cube" array positions: 96 bytes -> 96 bytes'):
            self.assertIn(line, out.splitlines())
        self.assertNotIn("Material", out)

    def test_diff_of_equal_documents_is_empty(self):
        a = self.saved("a.kiln")
        b = self.path("b.kiln")
        self.run_to_end(a, "--python-expr", f"import bpy; bpy.ops.wm.save_as_mainfile(filepath={b!r})")
        self.assertEqual(self.command("diff", a, b), (0, "", ""))

    def test_diff_as_json(self):
        a, b = self.saved("a.kiln"), self.saved("b.kiln", "bpy.context.scene.frame_end = 9")
        status, out, _ = self.command("diff", "--json", a, b)
        self.assertIn({"what": "changed", "block": 'Scene "Scene"', "path": "frame_end", "before": "", "after": "9"}, json.loads(out))
        self.assertEqual(status, 1)

    def test_info(self):
        status, out, _ = self.command("info", self.saved("a.kiln"), "--json")
        found = json.loads(out)
        self.assertEqual((status, found["types"]["Object"]["blocks"], found["active_scene"]), (0, 3, "Scene"))

    def test_deps_lists_what_is_missing(self):
        library = self.saved("library.kiln")
        change = (f"c = bpy.data.libraries.load({library!r}, link=True); s, t = c.__enter__(); t.objects = ['Cube']; c.__exit__(None, None, None); "
                  "i = bpy.data.images.new('Gone', 1, 1); i.source = 'FILE'; i.filepath = '//gone.png'")
        status, out, err = self.command("deps", self.saved("main.kiln", change))
        self.assertEqual(status, 7, err)
        self.assertIn(library, out)
        self.assertIn(self.path("gone.png") + "  (missing)", out)

    def test_commands_say_what_they_need(self):
        self.assertEqual(self.command("diff", "one")[0], 2)
        self.assertEqual(self.command("info", self.path("missing.kiln"))[0], 3)
        self.assertEqual(self.command("deps", "--nonsense", "x")[0], 2)

    # Files that are not what they should be.

    def test_bad_files_are_named(self):
        for name, content in (("empty.kiln", b""), ("foreign.kiln", b"BLENDER-v304RENDH" * 100), ("zeros.kiln", bytes(4096)),
                              ("sqlite.kiln", b"SQLite format 3\0" + bytes(4080)), (b"\xff\xfe.kiln", b"x")):
            with self.subTest(name=name):
                path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
                with open(path, "wb") as stream:
                    stream.write(content)
                status, _, err = self.run_to_end(path)
                self.assertEqual(status, 3)
                self.assertIn(".kiln", err)

    def test_a_folder_is_no_file(self):
        status, _, err = self.run_to_end(self.folder)
        self.assertEqual(status, 3)
        self.assertIn(self.folder, err)

    def test_names_that_are_no_text(self):
        path = os.path.join(self.folder, os.fsdecode(b"gr\xfcn.kiln"))
        status, _, err = self.run_to_end("--python-expr", "import bpy, sys; bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-1])", "--", path)
        self.assertEqual((status, os.path.exists(path)), (0, True), err)
        status, out, err = self.run_to_end(path, "--python-expr", "import bpy; print(len(bpy.data.objects))")
        self.assertEqual((status, out.strip()), (0, "3"), err)

    def test_names_that_are_too_long(self):
        name = "n" * 10000
        status, _, err = self.run_to_end("--python-expr", f"import bpy; bpy.ops.wm.save_as_mainfile(filepath='/tmp/{name}.kiln')")
        self.assertEqual(status, 4)
        self.assertIn("nnn", err)
        status, _, err = self.run_to_end(f"{name}.kiln")
        self.assertEqual(status, 3)

    @unittest.skipIf(os.geteuid() == 0, "the superuser may write everywhere")
    def test_folders_that_are_read_only(self):
        closed = self.path("closed")
        os.mkdir(closed, 0o500)
        status, _, err = self.run_to_end("--python-expr", f"import bpy; bpy.ops.wm.save_as_mainfile(filepath='{closed}/a.kiln')")
        self.assertEqual(status, 4)
        self.assertIn("closed/a.kiln", err)


unittest.main(argv=["command_line.py", *sys.argv[2:]])
