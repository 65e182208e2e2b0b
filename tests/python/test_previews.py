"""Small pictures of scripts."""
import array
import unittest

import bpy
import bpy.utils.previews


class Previews(unittest.TestCase):

    def setUp(self):
        self.collection = bpy.utils.previews.new()
        self.preview = self.collection.new("picture")

    def tearDown(self):
        bpy.utils.previews.remove(self.collection)

    def test_they_begin_empty(self):
        self.assertEqual((tuple(self.preview.image_size), len(self.preview.image_pixels_float), self.preview.is_image_custom), ((0, 0), 0, False))

    def test_pixels_are_floats_and_bytes(self):
        self.preview.image_size = (2, 2)
        self.assertTrue(self.preview.is_image_custom)
        self.preview.image_pixels_float = (1, 0, 0, 1) * 4
        self.assertEqual(list(self.preview.image_pixels), [-16776961] * 4)
        self.preview.image_pixels = [255] * 4
        self.assertEqual(self.preview.image_pixels_float[:4], (1, 0, 0, 0))

    def test_parts_are_written(self):
        self.preview.image_size = (2, 1)
        self.preview.image_pixels_float[4:8] = (0, 1, 0, 1)
        self.preview.image_pixels_float[0] = 0.5
        self.assertEqual(self.preview.image_pixels_float[:], (0.5, 0, 0, 0, 0, 1, 0, 1))
        self.preview.image_pixels_float.foreach_set(array.array("f", [0.25] * 8))
        values = array.array("f", [0] * 8)
        self.preview.image_pixels_float.foreach_get(values)
        self.assertEqual(values.tolist(), [0.25] * 8)

    def test_wrong_numbers_are_refused(self):
        self.preview.image_size = (2, 2)
        with self.assertRaises(ValueError):
            self.preview.image_pixels = [0] * 3
        with self.assertRaises(ValueError):
            self.preview.image_pixels_float[0:4] = (1, 1)
        with self.assertRaises(ValueError):
            self.preview.image_pixels_float[0] = "red"

    def test_icons_follow_until_they_are_their_own(self):
        self.preview.image_size = (128, 64)
        self.assertEqual(tuple(self.preview.icon_size), (32, 16))
        self.preview.image_pixels_float[0:4] = (1, 1, 1, 1)
        self.assertEqual(self.preview.icon_pixels_float[:4], (1, 1, 1, 1))
        self.preview.icon_size = (1, 1)
        self.preview.icon_pixels = [-1]
        self.assertTrue(self.preview.is_icon_custom)
        self.assertEqual((tuple(self.preview.icon_size), self.preview.icon_pixels_float[:]), ((1, 1), (1, 1, 1, 1)))

    def test_numbers_are_their_own(self):
        other = self.collection.new("other")
        self.assertGreater(self.preview.icon_id, 0)
        self.assertNotEqual(self.preview.icon_id, other.icon_id)
        self.assertEqual(self.preview.icon_id, self.preview.icon_id)


unittest.main(argv=["test"])
