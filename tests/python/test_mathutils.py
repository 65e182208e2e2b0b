"""Values of mathutils: construction, access, comparison, copies, frozen values and matrix rows."""
import copy
import math
import pickle
import sys
import unittest

from mathutils import Color, Euler, Matrix, Quaternion, Vector, bvhtree, geometry, interpolate, kdtree, noise

NAN, INF = float("nan"), float("inf")
ALL = (Vector((1, 2, 3)), Matrix(), Quaternion((1, 2, 3, 4)), Euler((1, 2, 3)), Color((0.1, 0.2, 0.3)))


def near(test, value, expected, tolerance=1e-6):
    test.assertEqual(len(value), len(expected))
    for a, b in zip(value, expected):
        test.assertAlmostEqual(a, b, delta=tolerance)


class Construction(unittest.TestCase):
    def test_a_vector_takes_any_iterable(self):
        for given in ((1, 2, 3), [1, 2, 3], range(1, 4), iter((1, 2, 3)), (x for x in (1, 2, 3)), {1: 0, 2: 0, 3: 0}, bytes((1, 2, 3))):
            self.assertEqual(tuple(Vector(given)), (1, 2, 3))

    def test_a_vector_has_at_least_two_components(self):
        for given in ((), (1,)):
            self.assertRaises(ValueError, Vector, given)
        self.assertRaises(RuntimeError, Vector.Fill, 1)
        self.assertEqual(tuple(Vector()), (0, 0, 0))

    def test_other_values_are_refused(self):
        for given in (3, None, ("a", "b"), (1, None), (1, 2j), object()):
            self.assertRaises(TypeError, Vector, given)
        self.assertRaises(TypeError, Vector, (1, 2), (3, 4))
        self.assertRaises(TypeError, Vector, (1, 2), size=2)

    def test_numbers_come_from_their_methods(self):
        class Number:
            def __float__(self):
                return 2.5

        class Index:
            def __index__(self):
                return 2

        self.assertEqual(tuple(Vector((Number(), Index(), True))), (2.5, 2, 1))

    def test_fixed_sizes(self):
        for kind, count in ((Quaternion, 4), (Euler, 3), (Color, 3)):
            self.assertEqual(len(kind(range(count))), count)
            for wrong in (0, count - 1 if kind is not Quaternion else 2, count + 1, 1000):
                self.assertRaises(ValueError, kind, range(wrong))

    def test_a_quaternion_from_axis_and_angle(self):
        near(self, Quaternion((0, 0, 2), math.pi), (0, 0, 0, 1))
        near(self, Quaternion((0, 0, math.pi)), (0, 0, 0, 1))

    def test_orders_of_euler_angles(self):
        for order in ("XYZ", "XZY", "YXZ", "YZX", "ZXY", "ZYX"):
            value = Euler((0.1, 0.2, 0.3), order)
            self.assertEqual(value.order, order)
            near(self, value.to_matrix().to_euler(order), value)
        for order in ("", "XX", "XYZW", "xyz", "X\0Y"):
            self.assertRaises(ValueError, Euler, (1, 2, 3), order)
            self.assertRaises(ValueError, setattr, Euler(), "order", order)
        self.assertRaises(TypeError, setattr, Euler(), "order", 3)

    def test_matrices_have_two_to_four_rows_and_columns(self):
        for rows in range(6):
            for columns in range(6):
                given = [[1.0] * columns for _ in range(rows)]
                if 2 <= rows <= 4 and 2 <= columns <= 4:
                    self.assertEqual((len(Matrix(given)), len(Matrix(given)[0])), (rows, columns))
                elif rows:
                    self.assertRaises((TypeError, ValueError), Matrix, given)

    def test_ragged_matrices_are_refused(self):
        for given in (((1, 2), (3, 4, 5)), ((1, 2, 3), (4, 5)), ((1, 2), 3), ("ab", "cd"), 5, None):
            self.assertRaises((TypeError, ValueError), Matrix, given)

    def test_factories_check_their_arguments(self):
        self.assertRaises(ValueError, Matrix.Rotation, 1, 4, "Q")
        self.assertRaises(ValueError, Matrix.Rotation, 1, 5, "X")
        self.assertRaises(ValueError, Matrix.Rotation, 1, 3)
        self.assertRaises(RuntimeError, Matrix.Identity, 5)
        self.assertRaises(ValueError, Matrix.Shear, "QQ", 4, (1, 1))
        self.assertRaises((TypeError, ValueError), Matrix.LocRotScale, (1, 2), None, None)
        self.assertRaises((OverflowError, MemoryError), Vector.Fill, 10**10)
        self.assertRaises(RuntimeError, Vector.Range, 0, 10, 0)
        self.assertRaises(RuntimeError, Vector.Linspace, 0, 1, 1)

    def test_long_vectors(self):
        value = Vector.Range(0, 100000)
        self.assertEqual((len(value), value[-1]), (100000, 99999.0))
        self.assertEqual((value + value)[77777], 155554.0)


class Access(unittest.TestCase):
    def test_indices(self):
        for value in (Vector((1, 2, 3)), Euler((1, 2, 3)), Color((1, 2, 3))):
            self.assertEqual((value[0], value[2], value[-1], value[-3]), (1, 3, 3, 1))
            for index in (3, -4, 2**62, -(2**62)):
                self.assertRaises(IndexError, value.__getitem__, index)
                self.assertRaises(IndexError, value.__setitem__, index, 0.0)
            for index in (2**70, -(2**70)):
                self.assertRaises((IndexError, OverflowError), value.__getitem__, index)
            for index in ("x", None, 1.0, ()):
                self.assertRaises(TypeError, value.__getitem__, index)

    def test_items_cannot_be_deleted(self):
        for value in ALL:
            with self.assertRaises((TypeError, ValueError, NotImplementedError)):
                del value[0]
            with self.assertRaises((TypeError, ValueError, NotImplementedError)):
                del value[0:2]
        for value, name in ((Vector(), "x"), (Vector(), "xy"), (Vector(), "length"), (Quaternion(), "w"), (Euler(), "order"),
                            (Color(), "h"), (Color(), "hsv"), (Matrix(), "translation"), (Quaternion(), "axis")):
            with self.assertRaises((TypeError, ValueError, AttributeError)):
                delattr(value, name)

    def test_slices(self):
        value = Vector((1, 2, 3, 4))
        self.assertEqual(tuple(value[1:3]), (2, 3))
        self.assertEqual(tuple(value[-3:-1]), (2, 3))
        self.assertEqual(tuple(value[3:1]), ())
        self.assertEqual(tuple(value[:10**30]), (1, 2, 3, 4))
        value[1:3] = 8, 9
        self.assertEqual(tuple(value), (1, 8, 9, 4))
        for wrong in ((1,), (), (1, "a"), None, 4):
            self.assertRaises((TypeError, ValueError), value.__setitem__, slice(1, 3), wrong)
        self.assertEqual(tuple(value), (1, 8, 9, 4))
        self.assertRaises((IndexError, TypeError), value.__getitem__, slice(0, 4, 2))

    def test_a_slice_of_itself(self):
        value = Vector((1, 2, 3, 4))
        value[0:4] = value
        value[:] = reversed(tuple(value))
        self.assertEqual(tuple(value), (4, 3, 2, 1))

    def test_swizzles(self):
        value = Vector((1, 2, 3))
        self.assertEqual(tuple(value.zyx), (3, 2, 1))
        self.assertEqual(tuple(value.xxxx), (1, 1, 1, 1))
        value.zx = 7, 8
        self.assertEqual(tuple(value), (8, 2, 7))
        value.xy = 5
        self.assertEqual(tuple(value), (5, 5, 7))
        for name in ("xx", "xyx"):
            self.assertRaises((AttributeError, ValueError, TypeError), setattr, value, name, range(len(name)))
        self.assertRaises(AttributeError, setattr, value, "xy", (1, 2, 3))
        self.assertRaises(AttributeError, getattr, value, "xw")
        self.assertRaises(AttributeError, getattr, value, "qq")
        self.assertRaises(AttributeError, setattr, Vector((1, 2)), "xz", (1, 2))

    def test_a_failed_assignment_changes_nothing(self):
        value = Vector((1, 2, 3))
        for name, given in (("x", "a"), ("xyz", (9, 9, "a")), ("xyz", (9, 9)), ("length", "a"), ("magnitude", None)):
            self.assertRaises((TypeError, AttributeError), setattr, value, name, given)
        self.assertEqual(tuple(value), (1, 2, 3))
        matrix = Matrix()
        self.assertRaises((TypeError, ValueError), matrix.__setitem__, slice(None), ((9,) * 4, (9,) * 4, (9,) * 4, (9, 9, 9, "a")))
        self.assertEqual(matrix, Matrix())

    def test_extreme_numbers(self):
        value = Vector((1e39, -1e39, NAN))
        self.assertEqual(tuple(value[:2]), (INF, -INF))
        self.assertTrue(math.isnan(value.z))
        self.assertRaises((TypeError, OverflowError), Vector, (10**400, 1))
        self.assertEqual(repr(Vector((INF, -INF, NAN))), "Vector((inf, -inf, nan))")
        for given in (Vector((NAN,) * 3), Vector((INF,) * 3), Vector((1e38,) * 3), Vector((1e-45,) * 3)):
            for result in (given.normalized(), given.cross(given), given.project(given), given.orthogonal(),
                           given.reflect(given), given.lerp(given, NAN), given.rotation_difference(given)):
                str(result)
        for given in (Euler((INF, NAN, 1e38)), Euler((1e30, -1e30, 5))):
            str(given.to_matrix().to_euler().to_quaternion().to_axis_angle())
            given.make_compatible(Euler((NAN, INF, -INF)))
        for given in (NAN, INF, 1e38, 0.0):
            matrix = Matrix(((given,) * 4,) * 4)
            str((matrix.decompose(), matrix.inverted_safe(), matrix.to_euler(), matrix.inverted(None), matrix.adjugated(), matrix.normalized()))
            str((Color((given,) * 3).hsv, Quaternion((given,) * 4).inverted().to_euler(), Quaternion((given,) * 4).slerp(Quaternion(), 0.5)))

    def test_text_has_the_digits_of_single_precision(self):
        self.assertEqual(repr(Vector((0.1, 2, 1e-8))), "Vector((0.10000000149011612, 2.0, 9.99999993922529e-09))")
        self.assertEqual(str(Vector((0.1, 2))), "<Vector (0.1000, 2.0000)>")
        self.assertEqual(str(Euler((0.5, 1, 2), "ZYX")), "<Euler (x=0.5000, y=1.0000, z=2.0000), order='ZYX'>")
        self.assertEqual(str(Matrix.Identity(2)), "<Matrix 2x2 (1.0000, 0.0000)\n            (0.0000, 1.0000)>")
        self.assertIn("340282346638528859811704183484516925440.0000", str(Matrix.Scale(3.4028234e38, 4)))

    def test_membership_and_iteration(self):
        self.assertIn(2, Vector((1, 2, 3)))
        self.assertNotIn(7, Vector((1, 2, 3)))
        self.assertEqual([float(x) for x in Quaternion()], [1, 0, 0, 0])


class Comparison(unittest.TestCase):
    def test_equality_allows_rounding(self):
        self.assertEqual(Vector((1, 2, 3)), Vector((1 + 1e-8, 2, 3)))
        self.assertNotEqual(Vector((1, 2, 3)), Vector((1.001, 2, 3)))
        self.assertNotEqual(Vector((1, 2, 3)), Vector((1, 2)))

    def test_other_types_are_never_equal(self):
        for value in ALL:
            for other in (None, 1, "x", tuple(value), object(), Vector((1, 2))):
                self.assertFalse(value == other)
                self.assertTrue(value != other)

    def test_order_of_lengths(self):
        self.assertTrue(Vector((1, 0)) < Vector((2, 0)))
        self.assertTrue(Vector((3, 0)) >= Vector((2, 0)))
        self.assertFalse(Vector((1, 2)) < 3)

    def test_only_frozen_values_have_a_hash(self):
        for value in ALL:
            self.assertRaises(TypeError, hash, value)
            frozen = value.copy().freeze()
            self.assertEqual(hash(frozen), hash(value.copy().freeze()))
            self.assertIs({frozen: 5}[value.copy().freeze()], 5)

    def test_frozen_values_do_not_change(self):
        value = Vector((1, 2, 3)).freeze()
        self.assertTrue(value.is_frozen)
        attempts = (lambda: value.__setitem__(0, 9), lambda: setattr(value, "x", 9), lambda: setattr(value, "xy", (9, 9)), value.normalize,
                    value.negate, value.zero, lambda: value.resize(4), value.resize_2d, lambda: value.rotate(Euler((1, 0, 0))),
                    lambda: value.__iadd__(value), lambda: value.__imul__(2), lambda: setattr(value, "length", 9))
        for attempt in attempts:
            self.assertRaises(TypeError, attempt)
        self.assertEqual(tuple(value), (1, 2, 3))
        matrix = Matrix().freeze()
        for attempt in (matrix.invert, matrix.transpose, matrix.zero, matrix.identity, matrix.normalize, matrix.resize_4x4,
                        lambda: matrix.__setitem__(0, (9, 9, 9, 9)), lambda: setattr(matrix, "translation", (9, 9, 9))):
            self.assertRaises(TypeError, attempt)
        self.assertEqual(matrix, Matrix())
        self.assertFalse(matrix.copy().is_frozen)


class Operators(unittest.TestCase):
    def test_in_place_operators_keep_the_object(self):
        value = original = Vector((1, 2, 3))
        value += (4 * Vector((1, 1, 1)))
        value *= 2
        value -= value / 2
        self.assertIs(value, original)
        self.assertEqual(tuple(value), (5, 6, 7))
        matrix = original = Matrix.Scale(2, 4)
        matrix @= matrix
        self.assertIs(matrix, original)
        self.assertEqual(matrix[0][0], 4)

    def test_sizes_must_agree(self):
        self.assertRaises((ValueError, AttributeError), lambda: Vector((1, 2)) + Vector((1, 2, 3)))
        self.assertRaises(ValueError, lambda: Vector((1, 2)) @ Vector((1, 2, 3)))
        self.assertRaises(ValueError, lambda: Matrix() @ Vector((1, 2)))
        self.assertRaises(ValueError, lambda: Matrix.Identity(3) @ Matrix.Identity(2))
        self.assertRaises((ValueError, TypeError), lambda: Matrix.Identity(3) + Matrix.Identity(2))
        self.assertRaises((ValueError, TypeError), Vector((1, 2)).cross, (1, 2, 3))

    def test_types_must_agree(self):
        for wrong in (lambda: Vector() + 1, lambda: 1 + Vector(), lambda: Vector() + (1, 2, 3), lambda: Vector() * "a", lambda: Vector() @ 3,
                      lambda: Quaternion() @ Matrix(), lambda: Euler() + Euler(), lambda: Color() + Vector(), lambda: Matrix() + 1,
                      lambda: Vector() / Vector(), lambda: 1 / Vector(), lambda: Vector() ** 2):
            self.assertRaises((TypeError, AttributeError), wrong)

    def test_division_by_zero(self):
        self.assertRaises(ZeroDivisionError, lambda: Vector((1, 2)) / 0)
        self.assertRaises(ZeroDivisionError, Vector((1, 2)).__itruediv__, 0)
        self.assertRaises(ZeroDivisionError, lambda: Color((1, 2, 3)) / 0)

    def test_singular_matrices(self):
        for size in (2, 3, 4):
            matrix = Matrix.Identity(size)
            matrix.zero()
            self.assertRaises(ValueError, matrix.inverted)
            self.assertRaises(ValueError, matrix.invert)
            self.assertIsNone(matrix.inverted(None))
            self.assertEqual(matrix.inverted("other"), "other")
            self.assertRaises(ValueError, matrix.inverted, None, None)
            self.assertRaises(TypeError, Matrix.Identity(size).invert, None)  # also where there is an inverse
            self.assertRaises(TypeError, Matrix.Identity(size).invert, Matrix.Identity(3 if size == 2 else 2))
            matrix.invert(Matrix.Identity(size))
            self.assertEqual(matrix, Matrix.Identity(size))
        self.assertRaises((TypeError, ValueError), Matrix(((0, 0), (0, 0))).invert, Matrix.Identity(3))

    def test_the_weight_of_four_components_is_no_direction(self):
        vector = Vector((3, 0, 4, 7))
        self.assertEqual(vector.normalized(), Vector((0.6, 0, 0.8, 7)))
        vector.normalize()
        self.assertEqual(vector, Vector((0.6, 0, 0.8, 7)))
        self.assertAlmostEqual(Vector((1, 2, 3, 4, 5)).normalized().length, 1, 6)
        matrix = Matrix(((0, 2, 0, 5), (4, 0, 0, 6), (0, 0, 1, 7), (8, 6, 3, 9))).normalized()
        self.assertEqual(matrix.row[3], Vector((2, 3, 3, 9)))

    def test_sheared_matrices_turn_angles_by_the_axes_they_make(self):
        shear = Matrix(((1, 0.3, 2), (2, 1, 0.4), (0.3, 0.5, 3)))
        angles = Euler((0.1, 0.2, 0.3))
        axes = (shear.normalized() @ angles.to_matrix()).normalized()
        angles.rotate(shear)
        for own, expected in zip(angles, axes.to_euler("XYZ", Euler((0.1, 0.2, 0.3)))):
            self.assertAlmostEqual(own, expected, 5)

    def test_further_components_are_left_out(self):
        self.assertEqual(Vector((1, 2, 3)).dot((1, 2, 3, 4)), 14)
        self.assertEqual(Vector((1, 2)).lerp((3, 4, 5), 0.5), Vector((2, 3)))
        self.assertEqual(Vector((0, 2)).project(Vector((0, 5, 0))), Vector((0, 2)))
        for other in ((1, 2), ("a", "b"), "abcd"):
            self.assertRaises((ValueError, TypeError), Vector((1, 2, 3)).dot, other)
        self.assertRaises(ValueError, Vector((1, 2, 3)).angle, (1, 2, 3, 4))

    def test_a_product_does_not_touch_its_operands(self):
        a, b = Matrix.Rotation(1, 3, "X"), Matrix.Rotation(0.5, 3, "Y")
        before = a.copy(), b.copy()
        a @ b
        self.assertEqual((a, b), before)


class Copies(unittest.TestCase):
    def test_copies_are_independent(self):
        for value in ALL:
            for other in (value.copy(), copy.copy(value), copy.deepcopy(value), value.__copy__()):
                self.assertEqual(other, value)
                self.assertIsNot(other, value)
                self.assertIs(type(other), type(value))
                kept = repr(value)
                if isinstance(value, Matrix):
                    other[0][0] = 77
                else:
                    other[0] = 77
                self.assertEqual(repr(value), kept)

    def test_a_copy_keeps_the_order_of_angles(self):
        self.assertEqual(Euler((1, 2, 3), "ZXY").copy().order, "ZXY")

    def test_nothing_is_pickled(self):
        for value in ALL:
            self.assertRaises(TypeError, pickle.dumps, value)

    def test_derived_classes(self):
        class Place(Vector):
            def __init__(self, *arguments):
                self.note = "new"

        place = Place((1, 2, 3))
        place.x = 4
        self.assertEqual((tuple(place), place.note), ((4, 2, 3), "new"))
        self.assertEqual(tuple(place + Vector((1, 1, 1))), (5, 3, 4))
        self.assertEqual(tuple(Matrix() @ place), (4, 2, 3))
        for base in (Matrix, Quaternion, Euler, Color):
            derived = type("Derived", (base,), {})()
            derived.extra = derived  # a cycle for the collector
            self.assertTrue(isinstance(derived, base))

    def test_types_cannot_be_changed_or_called_unbound(self):
        self.assertRaises(TypeError, Vector.normalize, Matrix())
        self.assertRaises(TypeError, Vector.x.__get__, Matrix())
        self.assertRaises(TypeError, Vector.__new__, Matrix)
        self.assertRaises(TypeError, Vector.__add__, 3, 4)
        self.assertRaises(TypeError, setattr, Vector(), "__class__", Color)


class Rows(unittest.TestCase):
    def test_rows_are_live(self):
        matrix = Matrix()
        row = matrix[1]
        row.x = 5
        self.assertEqual(matrix[1][0], 5)
        matrix[1] = 1, 2, 3, 4
        self.assertEqual(tuple(row), (1, 2, 3, 4))
        self.assertIs(row.owner, matrix)

    def test_columns_and_translation_are_live(self):
        matrix = Matrix()
        column, place = matrix.col[3], matrix.translation
        place.xyz = 1, 2, 3
        self.assertEqual(tuple(column), (1, 2, 3, 1))
        column *= 2
        self.assertEqual(tuple(matrix.translation), (2, 4, 6))
        column.normalize()
        self.assertAlmostEqual(matrix.col[3].xyz.length, 1, places=6)

    def test_whole_rows_and_columns_are_assigned(self):
        matrix = Matrix.Identity(3)
        matrix.row[0] = 1, 2, 3
        matrix.col[2] = 7, 8, 9
        self.assertEqual([tuple(row) for row in matrix], [(1, 2, 7), (0, 1, 8), (0, 0, 9)])
        for lines in (matrix.row, matrix.col):
            self.assertEqual(len(lines), 3)
            self.assertRaises(IndexError, lines.__getitem__, 3)
            self.assertRaises((TypeError, ValueError), lines.__setitem__, 0, (1, 2))
        matrix[0:2] = (1, 1, 1), (2, 2, 2)
        self.assertEqual(tuple(matrix[1]), (2, 2, 2))

    def test_a_row_outlives_its_matrix(self):
        row = Matrix.Scale(3, 4)[1]
        row.y += 1
        self.assertEqual(tuple(row), (0, 4, 0, 0))
        self.assertEqual(row.owner[1][1], 4)

    def test_views_of_a_matrix_that_shrank(self):
        matrix = Matrix(((1, 2), (3, 4)))
        views = [matrix[1], matrix.col[1], matrix.row[1]]
        matrix.resize_4x4()
        for view in views:
            try:
                view[1] = 5
                view.normalize()
                list(view)
            except Exception as problem:
                self.assertIsInstance(problem, (RuntimeError, ValueError, AttributeError, ReferenceError, TypeError))

    def test_views_cannot_change_their_size(self):
        for change in (lambda v: v.resize(3), lambda v: v.resize_2d(), lambda v: v.resize_3d(), lambda v: v.resize_4d()):
            self.assertRaises((TypeError, ValueError, RuntimeError), change, Matrix()[0])
        self.assertRaises(TypeError, Matrix()[0].freeze)

    def test_rows_of_rows_in_one_expression(self):
        matrix = Matrix()
        matrix[0], matrix[1] = matrix[1], matrix[0].copy()
        matrix[2].xyz, matrix[3].xyz = matrix.col[0].xyz, (4, 5, 6)
        matrix[:] = matrix
        matrix[:] = matrix.transposed()
        self.assertEqual(len(matrix), 4)


class Submodules(unittest.TestCase):
    def test_all_can_be_imported(self):
        for name in ("geometry", "kdtree", "bvhtree", "interpolate", "noise"):
            self.assertIn("mathutils." + name, sys.modules)
            self.assertTrue(hasattr(sys.modules["mathutils"], name))

    def test_a_tree_of_points(self):
        tree = kdtree.KDTree(100)
        self.assertRaises((TypeError, ValueError), tree.insert, (1, 2), 0)
        self.assertRaises(TypeError, tree.insert, (1, 2, 3), "a")
        for i in range(100):
            tree.insert((i, 0, 0), i)
        self.assertRaises((RuntimeError, ValueError), tree.insert, (0, 0, 0), 100)
        self.assertRaises(RuntimeError, tree.find, (0, 0, 0))
        tree.balance()
        self.assertEqual(tree.find((41.2, 0, 0))[1], 41)
        self.assertEqual([entry[1] for entry in tree.find_n((41.2, 0, 0), 3)], [41, 42, 40])
        self.assertEqual(len(tree.find_range((50, 0, 0), 2.5)), 5)
        self.assertEqual(tree.find((41.2, 0, 0), filter=lambda index: index < 10)[1], 9)
        self.assertEqual(tree.find((0, 0, 0), filter=lambda index: False), (None, None, None))
        self.assertRaises(TypeError, tree.find, (0, 0, 0), filter=3)
        tree.find((NAN, 0, 0)), tree.find_n((NAN, 0, 0), 5), tree.find_range((0, 0, 0), NAN), tree.find_range((0, 0, 0), INF)
        self.assertRaises(RuntimeError, tree.find_n, (0, 0, 0), -1)
        self.assertRaises((ValueError, OverflowError, MemoryError), kdtree.KDTree, -1)
        self.assertRaises((ValueError, OverflowError, MemoryError), kdtree.KDTree, 2**62)

    def test_a_tree_of_polygons(self):
        points = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]
        tree = bvhtree.BVHTree.FromPolygons(points, [(0, 1, 2, 3)])
        place, normal, index, distance = tree.ray_cast((0.3, 0.4, 5), (0, 0, -1))
        near(self, place, (0.3, 0.4, 0))
        self.assertEqual((abs(normal.z), index, distance), (1, 0, 5))
        self.assertEqual(tree.ray_cast((0.3, 0.4, 5), (0, 0, 1)), (None, None, None, None))
        self.assertEqual(tree.ray_cast((0.3, 0.4, 5), (0, 0, -1), 4), (None, None, None, None))
        self.assertEqual(tree.find_nearest((0.5, 0.5, 2))[3], 2)
        wall = bvhtree.BVHTree.FromPolygons([(0.5, -1, -1), (0.5, 2, -1), (0.5, 0, 1)], [(0, 1, 2)])
        self.assertEqual(tree.overlap(wall), [(0, 0)])
        for direction in ((0, 0, 0), (NAN, 0, 0), (INF, 0, 0)):
            tree.ray_cast((0, 0, 0), direction)
        tree.find_nearest((NAN, NAN, NAN)), tree.find_nearest_range((0, 0, 0), -1), tree.find_nearest((1e38, 1e38, 1e38))

    def test_wrong_polygons_are_refused(self):
        points = [(0, 0, 0), (1, 0, 0), (1, 1, 0)]
        for faces in ([(0, 1, 3)], [(-1, 0, 1)], [(0, 1, 2**40)], [(0, 1, "a")], [3], 3, None):
            self.assertRaises((TypeError, ValueError, OverflowError), bvhtree.BVHTree.FromPolygons, points, faces)
        for wrong in ([(0, 0)], [3], 3, [("a", "b", "c")]):
            self.assertRaises((TypeError, ValueError), bvhtree.BVHTree.FromPolygons, wrong, [(0, 0, 0)])
        self.assertRaises((TypeError, ValueError), bvhtree.BVHTree.FromPolygons, points, [(0, 1, 2, 0)], all_triangles=True)
        empty = bvhtree.BVHTree.FromPolygons([], [])
        self.assertEqual(empty.find_nearest((0, 0, 0)), (None, None, None, None))
        self.assertEqual(empty.ray_cast((0, 0, 0), (1, 0, 0)), (None, None, None, None))
        self.assertEqual(empty.overlap(empty), [])
        flat = bvhtree.BVHTree.FromPolygons(points, [(), (0,), (0, 1), (0, 0, 0), (0, 1, 2)])
        self.assertEqual(flat.find_nearest((0.9, 0.1, 1))[2], 4)

    def test_geometry_with_degenerate_input(self):
        for number in (0.0, NAN, INF, 1e38, -1e38):
            point = (number,) * 3
            for count, function in ((3, geometry.area_tri), (4, geometry.distance_point_to_plane), (3, geometry.intersect_point_line),
                                    (4, geometry.intersect_point_tri), (4, geometry.intersect_line_line), (4, geometry.intersect_line_plane),
                                    (4, geometry.intersect_plane_plane), (5, geometry.intersect_ray_tri), (3, geometry.normal),
                                    (5, geometry.intersect_point_quad_2d), (4, geometry.intersect_line_line_2d), (5, geometry.intersect_tri_tri_2d),
                                    (4, geometry.interpolate_bezier), (1, lambda point: geometry.box_pack_2d([[0, 0, *point[:2]]] * 3))):
                try:
                    function(*(point,) * count)
                except (TypeError, ValueError):
                    pass
            geometry.convex_hull_2d([point[:2]] * 5)
            geometry.tessellate_polygon([[point] * 5])
            geometry.box_fit_2d([point[:2]] * 5)
            geometry.points_in_planes([(*point, 1)] * 4)
            interpolate.poly_3d_calc([point] * 4, point)
            for basis in ("BLENDER", "CELLNOISE", "VORONOI_F1", "PERLIN_NEW"):
                noise.noise(point, noise_basis=basis)

    def test_triangulation_with_degenerate_input(self):
        for points, edges, faces in (([], [], []), ([(0, 0)], [], []), ([(0, 0)] * 6, [(0, 1), (2, 3)], [[0, 1, 2]]),
                                     ([(0, 0), (1, 0), (2, 0)], [(0, 2)], [[0, 1, 2]]), ([(0, 0), (1, 1), (1, 0), (0, 1)], [(0, 1), (2, 3)], [])):
            for output in range(6):
                result = geometry.delaunay_2d_cdt([Vector(p) for p in points], edges, faces, output, 1e-5)
                self.assertEqual(len(result), 6)
        points = [Vector((0, 0)), Vector((1, 0)), Vector((0, 1))]
        for edges, faces in (([(0, 9)], []), ([(-1, 0)], []), ([], [[0, 1, 9]]), ([], [[-5, 2**31 - 1, 0]])):
            self.assertEqual(len(geometry.delaunay_2d_cdt(points, edges, faces, 0, 1e-5)[2]), 1)
        for edges, faces in (([(0,)], []), ([3], []), ([], [3]), ([(0, 2**40)], [])):
            self.assertRaises((TypeError, ValueError), geometry.delaunay_2d_cdt, points, edges, faces, 0, 1e-5)

    def test_resolutions_are_limited(self):
        corners = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0))
        self.assertEqual(len(geometry.interpolate_bezier(*corners, 2)), 2)
        for resolution in (1, 0, -5, 2**31, 2**70):
            self.assertRaises((ValueError, OverflowError, MemoryError), geometry.interpolate_bezier, *corners, resolution)


if __name__ == "__main__":
    result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
    sys.exit(0 if result.wasSuccessful() else 1)
