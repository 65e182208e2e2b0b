"""The image that stands for what was rendered, and its slots."""
import os
import tempfile
import unittest

import bpy


class RenderResult(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        scene = bpy.context.scene
        scene.render.engine = "CYCLES"
        scene.cycles.samples, scene.cycles.use_denoising = 1, False
        scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = 12, 8, 100

    def saved(self, image):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "picture.png")
            image.save_render(path)
            written = bpy.data.images.load(path)
            size, pixels = tuple(written.size), written.pixels[:]
            bpy.data.images.remove(written)
        return size, pixels

    def test_is_there_after_a_render(self):
        self.assertNotIn("Render Result", bpy.data.images)
        bpy.ops.render.render()
        image = bpy.data.images["Render Result"]
        self.assertEqual((image.type, image.source), ("RENDER_RESULT", "VIEWER"))
        self.assertEqual([slot.name for slot in image.render_slots], [f"Slot {i}" for i in range(1, 9)])
        bpy.ops.render.render()
        self.assertEqual(sum(image.type == "RENDER_RESULT" for image in bpy.data.images), 1)

    def test_is_saved_as_the_scene_says(self):
        bpy.ops.render.render()
        size, pixels = self.saved(bpy.data.images["Render Result"])
        self.assertEqual(size, (12, 8))
        self.assertGreater(max(pixels[0::4]), 0)

    def test_slots_keep_pictures_apart(self):
        bpy.ops.render.render()
        image = bpy.data.images["Render Result"]
        slots = image.render_slots
        slots.active_index = 1
        self.assertEqual(slots.active, slots[1])
        with self.assertRaises(RuntimeError):
            self.saved(image)
        bpy.context.scene.render.resolution_x = 20
        bpy.ops.render.render()
        self.assertEqual(self.saved(image)[0], (20, 8))
        slots.active_index = 0
        self.assertEqual(self.saved(image)[0], (12, 8))
        slots.active = slots[1]
        self.assertEqual(slots.active_index, 1)
        slots[1].clear(None)
        with self.assertRaises(RuntimeError):
            self.saved(image)
        slots.active_index = 0

    def test_slots_are_added(self):
        bpy.ops.render.render()
        slots = bpy.data.images["Render Result"].render_slots
        self.assertEqual(slots.new().name, "Slot 9")
        self.assertEqual(slots.new(name="Late").name, "Late")
        self.assertEqual(len(slots), 10)


unittest.main(argv=["test"])
