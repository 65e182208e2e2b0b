"""Operators on material slots."""
import sys
import unittest

import bpy


def cube(slots, faces):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.mesh.primitive_cube_add()
    item = bpy.context.object
    for i in range(slots):
        item.data.materials.append(bpy.data.materials.new(f"M{i}"))
    for polygon, slot in zip(item.data.polygons, faces):
        polygon.material_index = slot
    return item


def names(item):
    return [slot.material.name if slot.material else None for slot in item.material_slots]


def faces(item):
    return [polygon.material_index for polygon in item.data.polygons]


class MaterialSlots(unittest.TestCase):
    def test_a_new_slot_is_the_last_and_active(self):
        item = cube(3, [0] * 6)
        item.active_material_index = 1
        bpy.ops.object.material_slot_add()
        self.assertEqual(names(item), ["M0", "M1", "M2", None])
        self.assertEqual(item.active_material_index, 3)

    def test_faces_of_a_removed_slot_go_to_the_one_before(self):
        item = cube(3, [0, 1, 2, 0, 1, 2])
        item.active_material_index = 1
        bpy.ops.object.material_slot_remove()
        self.assertEqual(names(item), ["M0", "M2"])
        self.assertEqual(faces(item), [0, 0, 1, 0, 0, 1])

    def test_removing_keeps_what_the_object_says_of_later_slots(self):
        item = cube(3, [0] * 6)
        item.material_slots[2].link = "OBJECT"
        item.material_slots[2].material = bpy.data.materials.new("own")
        item.active_material_index = 0
        bpy.ops.object.material_slot_remove()
        self.assertEqual([(slot.link, slot.material.name) for slot in item.material_slots], [("DATA", "M1"), ("OBJECT", "own")])

    def test_a_moved_slot_takes_its_faces_with_it(self):
        item = cube(3, [0, 1, 2, 0, 1, 2])
        item.active_material_index = 1
        self.assertEqual(bpy.ops.object.material_slot_move(direction="UP"), {"FINISHED"})
        self.assertEqual(names(item), ["M1", "M0", "M2"])
        self.assertEqual(faces(item), [1, 0, 2, 1, 0, 2])
        self.assertEqual(item.active_material_index, 0)
        self.assertEqual(bpy.ops.object.material_slot_move(direction="UP"), {"CANCELLED"})

    def test_unused_slots_go(self):
        item = cube(4, [0, 2, 0, 2, 0, 2])
        item.active_material_index = 3
        bpy.ops.object.material_slot_remove_unused()
        self.assertEqual(names(item), ["M0", "M2"])
        self.assertEqual(faces(item), [0, 1, 0, 1, 0, 1])
        self.assertEqual(item.active_material_index, 1)
        self.assertEqual(bpy.ops.object.material_slot_remove_unused(), {"CANCELLED"})

    def test_slots_are_copied_to_selected_objects(self):
        item = cube(2, [0] * 6)
        bpy.ops.mesh.primitive_plane_add()
        plane = bpy.context.object
        item.select_set(True)
        bpy.context.view_layer.objects.active = item
        bpy.ops.object.material_slot_copy()
        self.assertEqual(names(plane), ["M0", "M1"])

    def test_selected_faces_are_assigned_and_found_again(self):
        item = cube(3, [0, 1, 2, 0, 1, 2])
        for polygon in item.data.polygons:
            polygon.select = polygon.index in (0, 4)
        bpy.ops.object.mode_set(mode="EDIT")
        bpy.ops.mesh.select_mode(type="FACE")
        item.active_material_index = 2
        bpy.ops.object.material_slot_assign()
        bpy.ops.mesh.select_all(action="DESELECT")
        item.active_material_index = 1
        bpy.ops.object.material_slot_select()
        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertEqual(faces(item), [2, 1, 2, 0, 2, 2])
        self.assertEqual([polygon.index for polygon in item.data.polygons if polygon.select], [1])

    def test_slots_stay_in_edit_mode(self):
        cube(2, [0] * 6)
        bpy.ops.object.mode_set(mode="EDIT")
        with self.assertRaises(RuntimeError):
            bpy.ops.object.material_slot_remove()
        bpy.ops.object.mode_set(mode="OBJECT")


sys.exit(0 if unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(MaterialSlots)).wasSuccessful() else 1)
