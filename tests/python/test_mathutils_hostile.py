"""Arguments of mathutils that change, lie or fail while they are read: exceptions are fine, crashes are not."""
import array
import gc
import itertools
import sys
import threading
import unittest

import mathutils
from mathutils import Color, Euler, Matrix, Quaternion, Vector, bvhtree, geometry, interpolate, kdtree, noise

KINDS = (Vector, Quaternion, Euler, Color)


class Boom(Exception):
    pass


class Lying:
    """A sequence that claims a length of its own."""

    def __init__(self, claimed, real):
        self.claimed, self.real = claimed, real

    def __len__(self):
        return self.claimed

    def __getitem__(self, index):
        if index >= self.real:
            raise IndexError
        return float(index)


class Changing:
    """A number that does something when it is read."""

    def __init__(self, action, result=1.0):
        self.action, self.result = action, result

    def __float__(self):
        self.action()
        return self.result


def shrinking(count):
    numbers = [1.0] * count
    numbers[0] = Changing(numbers.clear)
    return numbers


def growing(count):
    numbers = [1.0] * count
    numbers[1] = Changing(lambda: numbers.extend([2.0] * 10000))
    return numbers


def replacing(count):
    numbers = [1.0] * count

    def replace():
        numbers[:] = [object() for _ in range(count)]
        gc.collect()

    numbers[0] = Changing(replace)
    return numbers


def failing(count):
    def fail():
        raise Boom

    return [Changing(fail)] + [1.0] * (count - 1)


def anything(function, *arguments, **named):
    """Calls it; any ordinary exception will do."""
    try:
        return function(*arguments, **named)
    except Exception as problem:
        str(problem)
        return None


class Sequences(unittest.TestCase):
    def test_a_list_that_changes_while_it_is_read(self):
        for make in (shrinking, growing, replacing, failing):
            for kind in KINDS:
                anything(kind, make(4 if kind is Quaternion else 3))
            vector = Vector((1, 2, 3))
            for use in (vector.dot, vector.cross, vector.angle, vector.project, vector.reflect, vector.rotation_difference,
                        lambda other: vector.lerp(other, 0.5), lambda other: setattr(vector, "xyz", other), lambda other: vector.__setitem__(slice(0, 3), other),
                        Matrix.Translation, Matrix.Diagonal, lambda axis: Matrix.Rotation(1, 4, axis), lambda axis: Quaternion(axis, 1)):
                anything(use, make(3))
            anything(Matrix, (make(3), make(3), make(3)))
            anything(Matrix().__setitem__, 0, make(4))
            anything(setattr, Matrix(), "translation", make(3))
            anything(setattr, Color(), "hsv", make(3))

    def test_rows_that_change_the_list_of_rows(self):
        rows = [[1.0] * 4 for _ in range(4)]
        rows[0][0] = Changing(rows.clear)
        anything(Matrix, rows)
        rows = [[1.0] * 4 for _ in range(4)]
        rows[1][1] = Changing(lambda: rows.__setitem__(1, None))
        anything(Matrix, rows)
        matrix, rows = Matrix(), [[1.0] * 4 for _ in range(4)]
        rows[2][0] = Changing(lambda: (rows.clear(), matrix.resize_4x4()))
        anything(matrix.__setitem__, slice(None), rows)

    def test_the_target_changes_while_the_argument_is_read(self):
        for change in ("vector.resize(2)", "vector.resize(1000)", "vector.__init__((1, 2))", "vector.zero()", "vector.freeze()"):
            for use in ("vector.xyz = n3", "vector[0:4] = n4", "vector[3] = n", "vector.w = n", "vector.wx = n, n", "vector.dot(n4)", "vector.lerp(n4, n)",
                        "vector.lerp(vector, n)", "vector *= n", "vector.length = n", "vector.slerp(n4, n)", "vector / n", "vector.resize(n)"):
                scope = {"vector": Vector((1, 2, 3, 4))}
                scope["n"] = Changing(lambda: exec(change, scope))
                scope["n3"], scope["n4"] = [scope["n"], 1.0, 1.0], [1.0, scope["n"], 1.0, 1.0]
                anything(exec, use, scope)
                anything(exec, "str(vector), vector + vector", scope)

    def test_a_matrix_changes_while_the_argument_is_read(self):
        for use in ("m[1] = row", "m[1][1] = n", "m.row[1] = row", "m.col[1] = row", "m[:] = [row] * 2", "m *= n", "m.lerp(m, n)", "m.translation = [n, 1, 1]",
                    "m[1].xy = [n, 1]", "m[1][0:2] = [n, 1]", "m.col[1].y = n", "m.col[1] *= n"):
            scope = {"m": Matrix(((1, 2), (3, 4)))}
            scope["n"] = Changing(lambda: scope["m"].resize_4x4())
            scope["row"] = [scope["n"], 1.0]
            anything(exec, use, scope)
            anything(exec, "str(m), m @ m", scope)

    def test_lengths_that_lie(self):
        for claimed, real in ((3, 1), (1, 3), (0, 3), (10**6, 3), (sys.maxsize, 3), (3, 0), (-1, 3), (2**70, 3)):
            for kind in KINDS + (Matrix,):
                anything(kind, Lying(claimed, real))
            anything(Matrix, [Lying(claimed, real)] * 3)
            anything(Vector().__setitem__, slice(0, 3), Lying(claimed, real))
            anything(setattr, Vector(), "xyz", Lying(claimed, real))
            anything(bvhtree.BVHTree.FromPolygons, [Lying(claimed, real)] * 3, [Lying(claimed, real)])
            anything(geometry.tessellate_polygon, Lying(claimed, real))
            anything(geometry.convex_hull_2d, Lying(claimed, real))

    def test_endless_iterators_end(self):
        for kind in (Quaternion, Euler, Color):
            self.assertRaises(ValueError, kind, itertools.repeat(1.0))
        anything(setattr, Vector(), "xyz", itertools.repeat(1.0, 10**6))
        anything(Matrix, itertools.repeat([1.0, 2.0]))
        anything(Matrix, [itertools.repeat(1.0)] * 3)
        anything(Matrix().__setitem__, 0, itertools.repeat(1.0))
        anything(kdtree.KDTree(3).insert, itertools.repeat(1.0), 0)

    def test_errors_of_the_argument_are_seen(self):
        class Failing:
            def __iter__(self):
                raise Boom

            def __getitem__(self, index):
                raise Boom

            def __len__(self):
                raise Boom

        for kind in KINDS + (Matrix,):
            self.assertRaises((Boom, TypeError), kind, Failing())

        def later():
            yield 1.0
            raise Boom

        self.assertRaises(Boom, Vector, later())

    def test_an_interrupt_is_not_swallowed(self):
        def interrupt():
            raise KeyboardInterrupt

        for kind in KINDS:
            self.assertRaises(KeyboardInterrupt, kind, [Changing(interrupt)] * (4 if kind is Quaternion else 3))
        tree = kdtree.KDTree(1)
        tree.insert((0, 0, 0), 0)
        tree.balance()
        self.assertRaises(KeyboardInterrupt, tree.find, (0, 0, 0), filter=lambda index: interrupt())

    def test_numbers_of_the_wrong_type(self):
        class Wrong:
            def __float__(self):
                return "one"

            def __index__(self):
                return 1.5

        self.assertRaises(TypeError, Vector, (Wrong(), 1))
        self.assertRaises(TypeError, Vector().__getitem__, Wrong())
        self.assertRaises(TypeError, Vector().__setitem__, 0, Wrong())

    def test_an_index_that_shrinks_the_vector(self):
        vector = Vector((1, 2, 3, 4))

        class Index:
            def __index__(self):
                vector.resize(2)
                return 3

        anything(vector.__getitem__, Index())
        vector.resize(4)
        anything(vector.__setitem__, Index(), 1.0)
        vector.resize(4)
        anything(vector.__getitem__, slice(Index(), None))
        vector.resize(4)
        anything(vector.__setitem__, slice(0, Index()), (1, 2, 3))

    def test_deep_nesting(self):
        nested = [1.0]
        for _ in range(100000):
            nested = [nested]
        for function in (Vector, Matrix, geometry.tessellate_polygon, geometry.convex_hull_2d, lambda value: bvhtree.BVHTree.FromPolygons(value, value)):
            anything(function, [nested, nested, nested])
        while nested and isinstance(nested[0], list):  # taken apart without recursion
            nested = nested[0]

    def test_a_list_that_contains_itself(self):
        endless = []
        endless.append(endless)
        endless.append(endless)
        for function in (Vector, Matrix, Color, geometry.tessellate_polygon, geometry.box_pack_2d, geometry.points_in_planes):
            anything(function, endless)


class Classes(unittest.TestCase):
    def test_derived_classes_that_lie(self):
        class Odd(Vector):
            def __getitem__(self, index):
                return "text"

            def __len__(self):
                return 10**6

            def __iter__(self):
                return itertools.repeat("x", 5)

        odd = Odd((1, 2, 3))
        for use in (lambda: Vector(odd), lambda: odd + Vector((1, 2, 3)), lambda: Matrix() @ odd, lambda: Matrix.Translation(odd), lambda: list(odd), lambda: odd[0:2],
                    lambda: Vector((1, 2, 3)).dot(odd), lambda: str(odd), lambda: odd.xyz, lambda: odd == odd, lambda: Color(odd)):
            anything(use)

    def test_constructing_again(self):
        for value in (Vector((1, 2, 3)), Matrix(), Quaternion(), Euler(), Color()):
            for arguments in ((), ((9, 9, 9, 9, 9, 9),), (3,), (None, None, None)):
                anything(value.__init__, *arguments)
            str(value)

    def test_attributes_of_the_classes(self):
        for kind in KINDS + (Matrix, kdtree.KDTree, bvhtree.BVHTree):
            for name in dir(kind):
                member = getattr(kind, name)
                if callable(member) and name not in ("__init_subclass__", "__subclasshook__", "__class__", "__subclasses__", "mro"):
                    for arguments in ((), (None,), (kind,), (3, 4), (Matrix(), Vector()), (Vector(), None, None)):
                        anything(member, *arguments)

    def test_every_function_with_odd_arguments(self):
        odd = (None, 3, -1, 2**70, float("nan"), "text", b"bytes", [], [[]], {}, Vector((1, 2)), Matrix(), Euler(), object())
        submodules = (mathutils.geometry, mathutils.interpolate, mathutils.noise, mathutils.kdtree, mathutils.bvhtree)
        for module in submodules:
            for name in dir(module):
                function = getattr(module, name)
                if callable(function) and not name.startswith("_"):
                    for count in range(7):
                        for value in odd:
                            anything(function, *[value] * count)
        noise.seed_set(0)

    def test_every_method_with_odd_arguments(self):
        odd = (None, 3, -1, 2**70, float("inf"), "XYZ", [], (1, 2, 3), (1, 2, 3, 4), Vector((1, 2)), Vector((1, 2, 3)), Matrix(), Matrix.Identity(2), Quaternion(), Euler())
        makers = (lambda: Vector((1, 2)), lambda: Vector((1, 2, 3, 4, 5)), Matrix, lambda: Matrix.Identity(2), Quaternion, Euler, Color, lambda: Matrix()[0],
                  lambda: Matrix().translation, lambda: Matrix().row, lambda: Matrix().col, lambda: Vector((1, 2, 3)).freeze())
        for make in makers:
            for name in dir(make()):
                if name in ("__class__", "__init_subclass__", "__subclasshook__", "__new__", "__reduce__", "__reduce_ex__"):
                    continue
                for value in odd:
                    target = make()
                    member = anything(getattr, target, name)
                    if callable(member):
                        for count in range(4):
                            anything(member, *[value] * count)
                    else:
                        anything(setattr, target, name, value)
                    anything(str, target)

    def test_a_collection_in_the_middle_that_changes_the_operands(self):
        uses = ("v + w", "v - w", "v * 2", "v / 2", "-v", "v * w", "v.lerp(w, 0.5)", "v.project(w)", "v.normalized()", "v.copy()", "repr(v)", "str(v)", "v[1:39]",
                "v[:]", "v.to_tuple()", "v.to_tuple(3)", "tuple(v)", "v.negate()", "v.dot(w)", "m @ m", "m[:]", "list(m)", "m.row[:]", "m.inverted()", "m.copy()",
                "repr(m)", "m + m", "m * 2", "m.lerp(m, 0.5)", "m.transposed()", "s.xyz", "s.xy", "s.normalized()", "s + s", "m @ s", "s @ m", "v.slerp(w, 0.5)", "v == w",
                "s.cross(s)", "s.reflect(s)", "s.to_2d()", "s.to_4d()", "s.resized(9)", "q @ s", "s[0:2]", "m.to_3x3()", "m.decompose()", "m.adjugated()", "v.freeze()")

        class Trap:
            def __init__(self, action):
                self.action, self.me = action, self

            def __del__(self):
                self.action()

        for size, use, delay in itertools.product((2, 3000), uses, range(12)):
            v, w, s, q, m = Vector(range(40)), Vector(range(40)), Vector((1, 2, 3)), Quaternion(), Matrix(((1, 2, 3), (0, 1, 2), (3, 0, 1)))
            function = eval("lambda v, w, s, q, m: " + use)
            kept = [Vector((0, 0)) for _ in range(100)] + [Matrix() for _ in range(100)]  # leaves nothing in the free lists
            gc.disable()
            Trap(lambda: [anything(vector.resize, size) for vector in (v, w, s)] + [anything(m.resize_4x4)])
            gc.set_threshold(gc.get_count()[0] + delay)
            gc.enable()
            try:
                function(v, w, s, q, m)
            except Exception:
                pass
            gc.set_threshold(700)
            del kept
            gc.collect()

    def test_cycles_are_collected(self):
        class Node(Vector):
            pass

        freed = []
        for _ in range(10):
            node = Node((1, 2, 3))
            node.me = node
            node.watch = type("Watch", (), {"__del__": lambda self: freed.append(1)})()
        del node
        gc.collect()
        self.assertEqual(len(freed), 10)

    def test_memory_is_given_back(self):
        for _ in range(3):
            values = [Vector((1, 2, 3)) for _ in range(5000)] + [Matrix() for _ in range(5000)] + [Matrix()[1] for _ in range(5000)]
            del values
        before = len(gc.get_objects())
        for _ in range(2000):
            matrix = Matrix()
            anything(Vector, (1, "a"))
            matrix[0] + matrix.col[0]
            matrix.row[1].xyz *= 2
        gc.collect()
        self.assertLess(len(gc.get_objects()) - before, 500)


class Trees(unittest.TestCase):
    def tree(self, count=50):
        tree = kdtree.KDTree(count)
        for i in range(count):
            tree.insert((i, 0, 0), i)
        tree.balance()
        return tree

    def test_a_filter_that_uses_the_tree(self):
        tree = self.tree()
        for change in (tree.balance, lambda: tree.__init__(5), lambda: tree.insert((0, 0, 0), 3), lambda: tree.find((1, 0, 0)),
                       lambda: tree.find_range((0, 0, 0), 100)):
            anything(tree.find, (20, 0, 0), filter=lambda index: (change(), index > 40)[1])
        anything(tree.find, (0, 0, 0))

    def test_a_filter_that_fails_or_answers_oddly(self):
        tree = self.tree()

        def fail(index):
            raise Boom

        class NoTruth:
            def __bool__(self):
                raise Boom

        self.assertRaises(Boom, tree.find, (0, 0, 0), filter=fail)
        for answer in (None, 1, "x", [], NoTruth(), 2**70):
            anything(tree.find, (0, 0, 0), filter=lambda index: answer)

    def test_a_filter_that_recurses(self):
        tree = self.tree()

        def again(index):
            return tree.find((0, 0, 0), filter=again) is None

        self.assertRaises(RecursionError, tree.find, (0, 0, 0), filter=again)

    def test_trees_filled_while_points_are_read(self):
        tree = kdtree.KDTree(2)
        anything(tree.insert, (Changing(lambda: (tree.insert((0, 0, 0), 5), tree.insert((0, 0, 0), 6))), 0.0, 0.0), 1)
        tree.balance()
        anything(tree.find, (Changing(lambda: tree.__init__(1)), 0.0, 0.0))

    def test_polygons_that_change_while_they_are_read(self):
        points = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]
        faces = [[0, 1, 2], [0, 1, 2]]

        class Index:
            def __index__(self):
                faces.clear()
                points.clear()
                return 1

        faces[0][1] = Index()
        anything(bvhtree.BVHTree.FromPolygons, points, faces)
        points = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]
        points[0][0] = Changing(points.clear)
        anything(bvhtree.BVHTree.FromPolygons, points, [[0, 1, 2]])

    def test_trees_of_equal_points(self):
        tree = kdtree.KDTree(20000)
        for i in range(20000):
            tree.insert((1, 1, 1), i)
        tree.balance()
        self.assertEqual(len(tree.find_range((1, 1, 1), 0.1)), 20000)
        same = bvhtree.BVHTree.FromPolygons([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [(0, 1, 2)] * 5000)
        self.assertEqual(same.find_nearest((0.2, 0.2, 1))[3], 1)

    def test_many_threads(self):
        tree, matrix, problems = self.tree(), Matrix(), []

        def work():
            try:
                for i in range(300):
                    tree.find((i % 50, 0, 0), filter=lambda index: index % 3 == 0)
                    matrix[i % 4] = (i, 0, 0, 0)
                    [row.copy() for row in matrix]
                    noise.random_vector()
            except Exception as problem:
                problems.append(problem)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(problems, [])


class Buffers(unittest.TestCase):
    def test_arrays_and_memory_views(self):
        numbers = array.array("d", (1, 2, 3))
        self.assertEqual(tuple(Vector(numbers)), (1, 2, 3))
        view = memoryview(numbers)
        self.assertEqual(tuple(Euler(view)), (1, 2, 3))
        view.release()
        self.assertRaises((ValueError, TypeError), Vector, view)
        anything(Vector, memoryview(bytes(64)).cast("d", (2, 4)))
        for value in (Vector(), Matrix(), Color()):
            anything(memoryview, value)
            anything(array.array("f").frombytes, value)


if __name__ == "__main__":
    result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
    sys.exit(0 if result.wasSuccessful() else 1)
