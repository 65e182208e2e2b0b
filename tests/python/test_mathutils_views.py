"""Vectors, angles and matrices of objects: live views onto the document."""
import sys
import unittest

import bpy
from mathutils import Euler, Matrix, Vector


class Views(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.item = bpy.data.objects.new("Item", None)
        self.item.location = 1, 2, 3

    def place(self):
        return tuple(self.item.location)

    def test_a_view_shows_the_present_value(self):
        view = self.item.location
        self.item.location = 4, 5, 6
        self.assertEqual((view.x, view[1], view.z, view.xy, tuple(view)), (4, 5, 6, Vector((4, 5)), (4, 5, 6)))
        self.assertEqual(view + view, Vector((8, 10, 12)))
        self.assertEqual(view.length, Vector((4, 5, 6)).length)

    def test_every_change_is_written(self):
        view = self.item.location
        view.x = 7
        self.assertEqual(self.place(), (7, 2, 3))
        view[-1] = 8
        self.assertEqual(self.place(), (7, 2, 8))
        view[0:2] = 3, 4
        self.assertEqual(self.place(), (3, 4, 8))
        view.zyx = 1, 2, 3
        self.assertEqual(self.place(), (3, 2, 1))
        view.xy = 9
        self.assertEqual(self.place(), (9, 9, 1))
        view += Vector((1, 1, 1))
        self.assertEqual(self.place(), (10, 10, 2))
        view *= 0.5
        self.assertEqual(self.place(), (5, 5, 1))
        view.negate()
        self.assertEqual(self.place(), (-5, -5, -1))
        view.zero()
        self.assertEqual(self.place(), (0, 0, 0))
        view.x = 5
        view.normalize()
        self.assertEqual(self.place(), (1, 0, 0))
        view.length = 3
        self.assertEqual(self.place(), (3, 0, 0))
        view.rotate(Euler((0, 0, 1.5707963)))
        self.assertAlmostEqual(self.item.location.y, 3, places=5)

    def test_attributes_of_a_view(self):
        view = self.item.location
        self.assertEqual(view.owner, self.item)
        self.assertTrue(view.is_valid)
        self.assertFalse(view.is_frozen)
        self.assertIsNone(view.copy().owner)
        self.assertRaises(TypeError, view.freeze)
        self.assertRaises((TypeError, ValueError), view.resize, 2)
        self.assertRaises(TypeError, hash, view)

    def test_a_copy_is_no_view(self):
        copy = self.item.location.copy()
        copy.x = 9
        self.assertEqual(self.place(), (1, 2, 3))
        self.assertEqual(tuple(self.item.location.xyz), (1, 2, 3))

    def test_a_swizzle_is_no_view(self):
        self.item.location.xy.x = 9
        self.assertEqual(self.place(), (1, 2, 3))

    def test_in_place_operators_through_the_attribute(self):
        self.item.location += Vector((1, 0, 0))
        self.item.location.x *= 2
        self.assertEqual(self.place(), (4, 2, 3))

    def test_failed_changes_leave_the_value(self):
        view = self.item.location
        for attempt in (lambda: setattr(view, "x", "a"), lambda: view.__setitem__(slice(0, 3), (9, 9, "a")), lambda: view.__iadd__(3), lambda: view.__setitem__(3, 1),
                        lambda: view.__itruediv__(0), lambda: setattr(self.item, "location", (1, 2)), lambda: setattr(self.item, "location", (9, 9, None))):
            self.assertRaises((TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError), attempt)
        self.assertEqual(self.place(), (1, 2, 3))

    def test_angles_write_through(self):
        view = self.item.rotation_euler
        view.x = 1
        view[2] = 0.5
        self.assertEqual(tuple(self.item.rotation_euler), (1, 0, 0.5))
        view.rotate_axis("X", 0.5)
        self.assertEqual(self.item.rotation_euler.x, 1.5)
        view.zero()
        self.assertEqual(tuple(self.item.rotation_euler), (0, 0, 0))

    def test_angles_have_the_order_of_their_object(self):
        view = self.item.rotation_euler
        self.item.rotation_mode = "ZYX"
        self.assertEqual(self.item.rotation_euler.order, "ZYX")
        self.assertEqual(view.order, "ZYX")
        self.item.rotation_mode = "XYZ"
        view.order = "YXZ"
        self.assertEqual(self.item.rotation_mode, "YXZ")
        self.item.rotation_mode = "QUATERNION"
        self.assertEqual(view.order, "YXZ")
        view.order = "XYZ"
        self.assertEqual((view.order, self.item.rotation_mode), ("XYZ", "QUATERNION"))

    def test_quaternions_write_through(self):
        self.item.rotation_mode = "QUATERNION"
        view = self.item.rotation_quaternion
        view.x = 1
        view.normalize()
        self.assertAlmostEqual(self.item.rotation_quaternion.w, 0.5**0.5, places=6)
        view.identity()
        self.assertEqual(tuple(self.item.rotation_quaternion), (1, 0, 0, 0))

    def test_rows_of_matrices_write_through(self):
        self.item.matrix_basis = Matrix()
        basis = self.item.matrix_basis
        basis[0][3] = 5
        self.assertEqual(self.place(), (5, 0, 0))
        basis.translation = 1, 2, 3
        self.assertEqual(self.place(), (1, 2, 3))
        basis.col[3].xyz = 4, 5, 6
        self.assertEqual(self.place(), (4, 5, 6))
        basis.translation.x += 1
        self.assertEqual(self.place(), (5, 5, 6))

    def test_colors_write_through(self):
        light = bpy.data.lights.new("Light", "POINT")
        view = light.color
        view.r = 0.25
        view.hsv = 0.5, 1, 1
        self.assertAlmostEqual(light.color.g, 1, places=6)
        view *= 0.5
        self.assertAlmostEqual(light.color.g, 0.5, places=6)

    def test_views_of_a_removed_object(self):
        views = [self.item.location, self.item.rotation_euler, self.item.matrix_basis, self.item.matrix_basis[0], self.item.matrix_basis.translation]
        bpy.data.objects.remove(self.item)
        for view in views:
            self.assertFalse(view.is_valid)
            for use in (lambda: view[0], lambda: list(view), lambda: view.copy(), lambda: view.__setitem__(0, view[0]), lambda: view == view, lambda: repr(view),
                        lambda: len(view[:]), lambda: view[0:2]):
                self.assertRaises(ReferenceError, use)

    def test_views_of_a_closed_file(self):
        view, row = self.item.location, self.item.matrix_world[1]
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.assertRaises(ReferenceError, lambda: view.x)
        self.assertRaises(ReferenceError, lambda: row[0])

    def test_an_object_removed_while_its_argument_is_read(self):
        class Number:
            def __init__(self, item):
                self.item = item

            def __float__(self):
                try:
                    bpy.data.objects.remove(self.item)
                except ReferenceError:
                    pass
                return 1.0

        for use in ("view.x = n", "view[0] = n", "view[0:2] = [n, 1]", "view.xy = [n, 1]", "view *= n", "view.length = n", "item.location = [n, 1, 1]",
                    "row[0] = n", "row.xy = [n, 1]", "angles.x = n", "matrix[0] = [n, 1, 1, 1]", "matrix.translation = [n, 1, 1]", "view.lerp(view, n)"):
            item = bpy.data.objects.new("Gone", None)
            scope = {"item": item, "view": item.location, "row": item.matrix_basis[0], "matrix": item.matrix_basis, "angles": item.rotation_euler, "n": Number(item)}
            try:
                exec(use, scope)
            except (ReferenceError, TypeError, ValueError):
                pass
            self.assertRaises(ReferenceError, lambda: item.name)


result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromTestCase(Views))
sys.exit(0 if result.wasSuccessful() else 1)
