"""What is done to many objects takes ten times as long for ten times as many, no more.

Times are compared with each other, not with a clock, and the bound is generous: what takes n^2 is a hundred times slower.
"""
import sys
import time
import unittest

import bpy

SMALL, LARGE = 3000, 30000
BOUND = 45  # linear: 10, with caches that no longer hold everything about 20; quadratic: 100


def new_scene(count):
    bpy.ops.wm.read_homefile(use_empty=True)
    mesh = bpy.data.meshes.new("Mesh")
    objects = []
    for _ in range(count):
        added = bpy.data.objects.new("Object", mesh)
        bpy.context.scene.collection.objects.link(added)
        objects.append(added)
    return objects


def seconds(action, count):
    objects = new_scene(count)
    start = time.perf_counter()
    action(objects)
    return time.perf_counter() - start


class Scale(unittest.TestCase):
    def check(self, action):
        # The smaller of two, since anything else that runs makes one of them longer.
        small = max(min(seconds(action, SMALL) for _ in range(2)), 0.002)
        large = seconds(action, LARGE)
        if large > BOUND * small:
            large = min(large, seconds(action, LARGE))
        self.assertLess(large, BOUND * small, f"{SMALL} objects: {small:.4f} s, {LARGE}: {large:.4f} s")

    def test_delete_operator(self):
        def delete(objects):
            bpy.ops.object.select_all(action="SELECT")
            bpy.ops.object.delete()
            self.assertEqual(len(bpy.data.objects), 0)
        self.check(delete)

    def test_duplicate_linked(self):
        def duplicate(objects):
            bpy.ops.object.select_all(action="SELECT")
            bpy.ops.object.duplicate(linked=True)
            self.assertEqual(len(bpy.data.objects), 2 * len(objects))
        self.check(duplicate)

    def test_remove_one_by_one(self):
        def remove(objects):
            for item in objects:
                bpy.data.objects.remove(item)
        self.check(remove)

    def test_remove_backwards(self):
        def remove(objects):
            for item in reversed(objects):
                bpy.data.objects.remove(item)
        self.check(remove)

    def test_remove_and_make_again_under_the_same_name(self):
        def renew(objects):
            for item in objects:
                bpy.data.objects.remove(item)
                bpy.data.objects.new("Object", None)
        self.check(renew)

    def test_batch_remove(self):
        self.check(lambda objects: bpy.data.batch_remove(objects))

    def test_remove_data_of_many(self):
        def remove(objects):
            bpy.data.meshes.remove(bpy.data.meshes["Mesh"])
            self.assertEqual(len(bpy.data.objects), 0)
        self.check(remove)

    def test_purge(self):
        def purge(objects):
            bpy.ops.object.select_all(action="SELECT")
            for item in objects:
                bpy.context.scene.collection.objects.unlink(item)
            self.assertEqual(bpy.data.orphans_purge(do_recursive=True), len(objects) + 1)
        self.check(purge)

    def test_link_to_another_collection(self):
        def move(objects):
            other = bpy.data.collections.new("Other")
            bpy.context.scene.collection.children.link(other)
            for item in objects:
                other.objects.link(item)
                bpy.context.scene.collection.objects.unlink(item)
        self.check(move)

    def test_select_and_hide_one_by_one(self):
        def select(objects):
            for item in objects:
                item.select_set(True)
            for item in objects:
                item.hide_set(True)
        self.check(select)

    def test_parent_and_users(self):
        def parent(objects):
            for item in objects[1:]:
                item.parent = objects[0]
                item.users_collection
                objects[0].data.users
            self.assertEqual(len(objects[0].children), len(objects) - 1)
        self.check(parent)

    def test_look_up_by_name(self):
        def look_up(objects):
            names = [item.name for item in objects]
            for collection in (bpy.data.objects, bpy.context.scene.objects, bpy.context.view_layer.objects,
                               bpy.context.scene.collection.objects, bpy.context.scene.collection.all_objects):
                for name in names:
                    collection[name]
        self.check(look_up)

    def test_rename(self):
        def rename(objects):
            for i, item in enumerate(objects):
                item.name = f"Renamed {i * 7919 % len(objects)}"
        self.check(rename)


result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromTestCase(Scale))
sys.exit(0 if result.wasSuccessful() else 1)
