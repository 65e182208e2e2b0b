"""What scripts rely on: handles, names, undo, custom properties and bulk access."""
import array
import os
import sys
import tempfile
import unittest

import bpy


class Document(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)

    def add(self, name="Item", data=None):
        item = bpy.data.objects.new(name, data)
        bpy.context.scene.collection.objects.link(item)
        return item

    def grid(self, count=3):
        mesh = bpy.data.meshes.new("Grid")
        points = [(x, y, 0) for y in range(count) for x in range(count)]
        faces = [(y * count + x, y * count + x + 1, (y + 1) * count + x + 1, (y + 1) * count + x) for y in range(count - 1) for x in range(count - 1)]
        mesh.from_pydata(points, [], faces)
        return mesh

    def test_a_removed_object_raises_reference_error(self):
        item = self.add()
        location = item.location
        bpy.data.objects.remove(item)
        self.assertRaises(ReferenceError, lambda: item.name)
        self.assertRaises(ReferenceError, lambda: location.x)
        self.assertRaises(ReferenceError, setattr, item, "name", "x")

    def test_a_vertex_of_a_removed_mesh_raises_reference_error(self):
        mesh = self.grid()
        vertex = mesh.vertices[4]
        bpy.data.meshes.remove(mesh)
        self.assertRaises(ReferenceError, lambda: vertex.co)
        self.assertRaises(ReferenceError, setattr, vertex, "co", (1, 2, 3))

    def test_a_handle_survives_undo_and_redo(self):
        item = self.add()
        bpy.ops.ed.undo_push(message="add")
        item.location.x = 5
        bpy.ops.ed.undo_push(message="move")
        bpy.ops.ed.undo()
        self.assertEqual(item.location.x, 0)
        bpy.ops.ed.redo()
        self.assertEqual(item.location.x, 5)

    def test_an_object_that_undo_takes_away_is_gone(self):
        bpy.ops.ed.undo_push(message="before")
        item = self.add()
        bpy.ops.ed.undo_push(message="add")
        bpy.ops.ed.undo()
        self.assertRaises(ReferenceError, lambda: item.name)
        bpy.ops.ed.redo()
        self.assertEqual(item.name, "Item")

    def test_a_modifier_keeps_its_identity_when_others_move(self):
        item = self.add(data=self.grid())
        first, second = item.modifiers.new("A", "ARRAY"), item.modifiers.new("B", "MIRROR")
        item.modifiers.remove(first)
        self.assertEqual(second.name, "B")
        self.assertRaises(ReferenceError, lambda: first.name)

    def test_views_write_through(self):
        item = self.add()
        place = item.location
        item.location = (1, 2, 3)
        self.assertEqual(tuple(place), (1, 2, 3))
        place.y = 7
        self.assertEqual(item.location.y, 7)

    def test_bulk_access_takes_buffers_and_lists(self):
        mesh = self.grid()
        values = array.array("f", [0.0]) * 27
        mesh.vertices.foreach_get("co", values)
        self.assertEqual(list(values[3:6]), [1, 0, 0])
        values[5] = 9
        mesh.vertices.foreach_set("co", values)
        self.assertEqual(mesh.vertices[1].co.z, 9)
        self.assertRaises(RuntimeError, mesh.vertices.foreach_get, "co", [0.0] * 5)

    def test_custom_properties_survive_a_file(self):
        item = self.add()
        item["n"] = {"x": [1.0, 2.0], "y": "text", "z": {"deep": 3}}
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "scene.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=path)
            bpy.ops.wm.read_factory_settings(use_empty=True)
            bpy.ops.wm.open_mainfile(filepath=path)
        self.assertEqual(bpy.data.objects["Item"]["n"].to_dict(), {"x": [1.0, 2.0], "y": "text", "z": {"deep": 3}})

    def test_names_of_any_length_and_encoding_are_taken(self):
        for name in ("n" * 10000, "\udcff\udcfe", "", "a\0b"):
            item = bpy.data.objects.new(name, None)
            self.assertLessEqual(len(item.name.encode("utf-8", "surrogateescape")), 63)

    def test_a_parent_below_the_object_is_not_taken(self):
        a, b = self.add("a"), self.add("b")
        b.parent = a
        a.parent = b
        self.assertIsNone(a.parent)
        self.assertRaises(TypeError, setattr, a, "parent", a)

    def test_not_a_number_in_a_transform_does_no_harm(self):
        item = self.add(data=self.grid())
        item.location = (float("nan"), float("inf"), 0)
        bpy.context.view_layer.update()
        item.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()

    def test_files_that_are_none_give_an_error_and_keep_the_document(self):
        self.add("Kept")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bad.kiln")
            with open(path, "wb") as out:
                out.write(b"SQLite format 3\0" + os.urandom(3000))
            self.assertRaises(RuntimeError, bpy.ops.wm.open_mainfile, filepath=path)
            self.assertRaises(RuntimeError, bpy.ops.wm.open_mainfile, filepath=os.path.join(folder, "none.kiln"))
            self.assertRaises(RuntimeError, bpy.ops.wm.save_as_mainfile, filepath=os.path.join(folder, "no", "x.kiln"))
        self.assertIn("Kept", bpy.data.objects)

    def test_the_same_evaluation_is_not_done_twice_and_follows_changes(self):
        item = self.add(data=self.grid())
        modifier = item.modifiers.new("A", "ARRAY")
        graph = bpy.context.evaluated_depsgraph_get()
        self.assertEqual(len(item.evaluated_get(graph).data.vertices), 18)
        modifier.count = 3
        self.assertEqual(len(item.evaluated_get(graph).data.vertices), 27)
        bpy.ops.mesh.primitive_cube_add()
        self.assertEqual(len(item.evaluated_get(graph).data.vertices), 27)


result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromTestCase(Document))
sys.exit(0 if result.wasSuccessful() else 1)
