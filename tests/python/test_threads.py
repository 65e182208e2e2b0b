"""Other threads read the document; what they want changed is refused with a message that says how to do it."""
import sys
import threading
import unittest

import bpy


def on_thread(function):
    """What the function gives back, or raises, on another thread."""
    outcome = []

    def work():
        try:
            outcome.append(function())
        except Exception as error:
            outcome.append(error)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return outcome[0]


class Threads(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.cube = bpy.data.objects["Cube"]

    def test_reading_works(self):
        self.cube.location = 1, 2, 3

        self.assertEqual(on_thread(lambda: (list(self.cube.location), self.cube.visible_get(), len(self.cube.data.vertices))), ([1, 2, 3], True, 8))

    def test_writing_is_refused_by_name(self):
        problem = on_thread(lambda: setattr(self.cube, "location", (1, 2, 3)))

        self.assertIsInstance(problem, RuntimeError)
        self.assertRegex(str(problem), "Object.*main thread.*bpy.app.timers.register")
        self.assertEqual(list(self.cube.location), [0, 0, 0])

    def test_everything_that_changes_something_is_refused(self):
        class Kit(bpy.types.PropertyGroup):
            pass
        for change in (lambda: bpy.data.meshes.new("m"), lambda: self.cube.data.vertices.add(1), lambda: bpy.ops.object.select_all(action="SELECT"),
                       lambda: self.cube.__setitem__("key", 1), lambda: bpy.utils.register_class(Kit), lambda: bpy.data.objects.remove(self.cube),
                       lambda: setattr(bpy.types.Object, "kit", bpy.props.IntProperty()), lambda: bpy.ops.ed.undo_push(message="x"),
                       lambda: self.cube.location.__setitem__(0, 5.0), lambda: self.cube.data.vertices.foreach_set("co", [0.0] * 24)):
            self.assertIsInstance(on_thread(change), RuntimeError)
        self.assertEqual((len(self.cube.data.vertices), "key" in self.cube, hasattr(bpy.types.Object, "kit")), (8, False, False))

    def test_timers_make_the_change_on_the_main_thread(self):
        from bpy.app import timers

        on_thread(lambda: timers.register(lambda: setattr(self.cube, "location", (4, 5, 6))))
        timers._run_due()

        self.assertEqual(list(self.cube.location), [4, 5, 6])

    def test_readers_see_whole_states_while_the_main_thread_writes(self):
        stop, problems = threading.Event(), []

        def read():
            while not stop.is_set():
                x, y, z = self.cube.location
                if not x == y == z:
                    problems.append((x, y, z))
        threads = [threading.Thread(target=read) for _ in range(2)]
        for thread in threads:
            thread.start()
        for i in range(3000):
            self.cube.location = i, i, i
            if i % 100 == 0:
                bpy.ops.mesh.primitive_cube_add()
                bpy.ops.object.delete()
                self.cube = bpy.data.objects["Cube"]
        stop.set()
        for thread in threads:
            thread.join()

        self.assertEqual(problems, [])


outcome = unittest.main(argv=["test_threads"], exit=False)
sys.exit(not outcome.result.wasSuccessful())
