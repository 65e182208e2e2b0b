"""Pictures to model by: empties that show images, backgrounds of cameras, and what images say about their display."""
import os
import sys
import tempfile
import unittest

import bpy


class Pictures(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def stored(self, name="a.png"):
        image = bpy.data.images.new("Made", 8, 4)
        image.filepath_raw, image.file_format = self.path(name), "PNG"
        image.save()
        bpy.data.images.remove(image)
        return self.path(name)

    def empty(self):
        made = bpy.data.objects.new("Empty", None)
        bpy.context.collection.objects.link(made)
        return made

    def reopened(self):
        bpy.ops.wm.save_as_mainfile(filepath=self.path("a.kiln"))
        bpy.ops.wm.open_mainfile(filepath=self.path("a.kiln"))

    def test_an_empty_shows_an_image(self):
        empty, image = self.empty(), bpy.data.images.new("Made", 8, 4)
        empty.data = image
        self.assertEqual((empty.type, empty.data, image.users), ("EMPTY", image, 1))
        empty.data = None
        self.assertIsNone(empty.data)

    def test_data_stays_of_the_kind_it_is(self):
        empty, image, cube = self.empty(), bpy.data.images.new("Made", 8, 4), bpy.data.objects["Cube"]
        for owner, data in ((empty, cube.data), (cube, image), (empty, bpy.data.texts.new("Text"))):
            with self.assertRaises(TypeError):
                owner.data = data
        with self.assertRaises(RuntimeError):
            bpy.data.objects.new("Shown", image)

    def test_an_image_user_is_there_while_a_picture_is_shown(self):
        empty = self.empty()
        self.assertIsNone(empty.image_user)
        empty.empty_display_type = "IMAGE"
        user = empty.image_user
        self.assertEqual((user.frame_duration, user.frame_start, user.use_auto_refresh), (100, 1, True))
        user.frame_duration = 7
        empty.empty_display_type = "CUBE"
        self.assertIsNone(empty.image_user)
        empty.empty_display_type = "IMAGE"
        self.assertEqual(empty.image_user.frame_duration, 100)

    def test_files_keep_pictures_of_empties(self):
        empty = self.empty()
        empty.empty_display_type, empty.data = "IMAGE", bpy.data.images.new("Made", 8, 4)
        empty.empty_image_offset, empty.empty_image_depth, empty.empty_image_side = (0, -0.25), "BACK", "FRONT"
        empty.show_empty_image_perspective, empty.use_empty_image_alpha = False, True
        empty.image_user.frame_offset = 3
        self.reopened()
        empty = bpy.data.objects["Empty"]
        self.assertEqual(empty.data.name, "Made")
        self.assertEqual((tuple(empty.empty_image_offset), empty.empty_image_depth, empty.empty_image_side), ((0, -0.25), "BACK", "FRONT"))
        self.assertEqual((empty.show_empty_image_perspective, empty.use_empty_image_alpha, empty.image_user.frame_offset), (False, True, 3))

    def test_a_reference_is_an_empty_with_the_picture(self):
        bpy.context.scene.cursor.location = (1, 2, 3)
        self.assertEqual(bpy.ops.object.load_reference_image(filepath=self.stored()), {"FINISHED"})
        added = bpy.context.object
        self.assertEqual((added.type, added.empty_display_type, added.empty_display_size), ("EMPTY", "IMAGE", 5.0))
        self.assertEqual((added.data.name, tuple(added.location), tuple(added.rotation_euler)), ("a.png", (1, 2, 3), (0, 0, 0)))
        self.assertEqual(list(bpy.context.selected_objects), [added])

    def test_a_background_lies_behind_and_faces_one_side(self):
        bpy.ops.object.load_background_image(filepath=self.stored())
        added = bpy.context.object
        self.assertEqual((added.empty_image_depth, added.empty_image_side), ("BACK", "FRONT"))

    def test_a_picture_that_is_loaded_twice_is_one_image(self):
        path = self.stored()
        for _ in range(2):
            bpy.ops.object.load_reference_image(filepath=path)
        self.assertEqual([(i.name, i.users) for i in bpy.data.images], [("a.png", 2)])

    def test_copies_of_a_picture_show_the_same_image(self):
        bpy.ops.object.load_reference_image(filepath=self.stored())
        bpy.ops.object.duplicate()
        self.assertEqual((bpy.context.object.data.name, len(bpy.data.images)), ("a.png", 1))

    def test_a_missing_file_adds_nothing(self):
        before = len(bpy.data.objects)
        for path in (self.path("none.png"), ""):
            with self.assertRaises(RuntimeError):
                bpy.ops.object.load_reference_image(filepath=path)
        self.assertEqual(len(bpy.data.objects), before)

    def test_cameras_have_background_images(self):
        camera = bpy.data.cameras[0]
        shown = camera.background_images.new()
        self.assertEqual((shown.alpha, shown.scale, shown.display_depth, shown.frame_method), (0.5, 1.0, "BACK", "STRETCH"))
        self.assertEqual((shown.image, shown.show_background_image, shown.source), (None, True, "IMAGE"))
        self.assertEqual((shown.image_user.frame_duration, shown.image_user.use_auto_refresh), (0, True))
        shown.display_depth = "FRONT"
        self.assertTrue(shown.show_on_foreground)
        shown.show_on_foreground = False
        self.assertEqual(shown.display_depth, "BACK")
        shown.rotation, shown.scale, shown.alpha = 100, -1, 4
        self.assertEqual((shown.rotation, shown.scale, shown.alpha), (100, 0, 1))

    def test_background_images_use_their_image(self):
        image = bpy.data.images.new("Made", 8, 4)
        shown = bpy.data.cameras[0].background_images.new()
        shown.image = image
        self.assertEqual(image.users, 1)
        bpy.data.images.remove(image)
        self.assertIsNone(shown.image)

    def test_background_images_are_removed(self):
        camera, other = bpy.data.cameras[0], bpy.data.cameras.new("Other")
        first, last, foreign = camera.background_images.new(), camera.background_images.new(), other.background_images.new()
        with self.assertRaises(RuntimeError):
            camera.background_images.remove(foreign)
        with self.assertRaises(TypeError):
            camera.background_images.remove(None)
        camera.background_images.remove(first)
        self.assertEqual(list(camera.background_images), [last])
        with self.assertRaises(ReferenceError):
            first.alpha
        camera.background_images.clear()
        self.assertEqual(len(camera.background_images), 0)

    def test_files_keep_background_images(self):
        camera = bpy.data.cameras[0]
        camera.show_background_images = True
        shown = camera.background_images.new()
        shown.image, shown.offset, shown.rotation = bpy.data.images.new("Made", 8, 4), (0.25, -0.5), 0.5
        shown.use_flip_x, shown.frame_method, shown.display_depth = True, "CROP", "FRONT"
        shown.image_user.frame_start = 5
        self.reopened()
        camera = bpy.data.cameras[0]
        shown = camera.background_images[0]
        self.assertTrue(camera.show_background_images)
        self.assertEqual((shown.image.name, tuple(shown.offset), shown.rotation), ("Made", (0.25, -0.5), 0.5))
        self.assertEqual((shown.use_flip_x, shown.frame_method, shown.display_depth, shown.image_user.frame_start), (True, "CROP", "FRONT", 5))

    def test_an_operator_adds_and_removes_backgrounds(self):
        camera = bpy.context.scene.camera.data
        bpy.ops.view3d.background_image_add(filepath=self.stored())
        self.assertEqual((camera.show_background_images, camera.background_images[0].image.name), (True, "a.png"))
        bpy.ops.ed.undo_push()
        bpy.ops.view3d.background_image_remove(index=0)
        self.assertEqual(len(camera.background_images), 0)

    def test_a_picture_says_how_large_it_is_on_paper(self):
        image = bpy.data.images.new("Made", 8, 4)
        self.assertAlmostEqual(image.resolution[0], 2834.6458, 2)
        image.resolution = (5000, 4000)
        image.filepath_raw, image.file_format = self.path("dense.png"), "PNG"
        image.save()
        self.assertEqual(tuple(bpy.data.images.load(self.path("dense.png")).resolution), (5000, 4000))

    def test_pixels_of_images_are_shown_as_wide_and_high_as_they_say(self):
        image = bpy.data.images.new("Made", 8, 4)
        image.display_aspect = (0, 40)
        self.assertAlmostEqual(image.display_aspect[0], 0.1)
        self.assertEqual(image.display_aspect[1], 40)
        self.assertEqual((image.use_half_precision, image.use_view_as_render), (True, False))


sys.exit(0 if unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Pictures)).wasSuccessful() else 1)
