"""What scripts may rely on in `bmesh`, and that nothing hostile does more than raise."""
import sys
import unittest

import bmesh
import bpy
from mathutils import Matrix, Vector


def cube():
    bm = bmesh.new()
    bmesh.ops.create_cube(bm, size=2)
    for sequence in (bm.verts, bm.edges, bm.faces):
        sequence.ensure_lookup_table()
        sequence.index_update()
    return bm


class Elements(unittest.TestCase):
    def test_element_keeps_its_object(self):
        bm = cube()
        self.assertIs(bm.verts[0], bm.verts[0])
        self.assertIn(bm.verts[0], bm.verts)

    def test_removed_element_raises(self):
        bm = cube()
        vert = bm.verts[0]
        bm.verts.remove(vert)
        self.assertFalse(vert.is_valid)
        with self.assertRaisesRegex(ReferenceError, "BMesh data of type BMVert has been removed"):
            vert.co

    def test_freed_mesh_raises_everywhere(self):
        bm = cube()
        vert, face, layer, verts = bm.verts[0], bm.faces[0], bm.verts.layers.float.new("x"), bm.verts
        co = vert.co
        bm.free()
        bm.free()
        for use in (lambda: vert.co, lambda: vert[layer], lambda: len(verts), lambda: bm.verts, lambda: co.x, lambda: list(face.verts),
                    lambda: bmesh.ops.translate(bm), lambda: layer.name, lambda: bmesh.utils.face_flip(face), lambda: bm.normal_update()):
            self.assertRaises(ReferenceError, use)

    def test_slot_of_a_removed_element_is_another_element(self):
        bm = cube()
        old = bm.verts[0]
        bm.verts.remove(old)
        new = bm.verts.new((1, 2, 3))
        self.assertNotEqual(old, new)
        self.assertFalse(old.is_valid)
        self.assertEqual(tuple(new.co), (1, 2, 3))

    def test_removal_while_iterating(self):
        bm = cube()
        for vert in bm.verts:
            bm.verts.remove(vert)
        self.assertEqual((len(bm.verts), len(bm.edges), len(bm.faces)), (0, 0, 0))

    def test_adding_while_iterating_ends(self):
        bm = cube()
        for vert in bm.verts:
            bm.verts.new(vert.co)
        self.assertEqual(len(bm.verts), 16)

    def test_numbers_need_a_table(self):
        bm = cube()
        bm.verts.new()
        with self.assertRaisesRegex(IndexError, "ensure_lookup_table"):
            bm.verts[0]
        self.assertEqual(len(bm.verts[:]), 9)

    def test_elements_of_another_mesh(self):
        a, b = cube(), cube()
        for use in (lambda: a.verts.remove(b.verts[0]), lambda: a.edges.new((a.verts[0], b.verts[1])), lambda: a.faces.new(b.verts[:3]),
                    lambda: bmesh.ops.translate(a, verts=b.verts[:]), lambda: a.faces[0].copy_from(b.faces[0]), lambda: a.select_history.add(b.verts[0])):
            self.assertRaises(ValueError, use)

    def test_wrong_types(self):
        bm = cube()
        for use in (lambda: bm.verts.remove(bm.faces[0]), lambda: bm.verts.remove(1), lambda: bm.faces.new(bm.verts[:2]), lambda: bm.edges.new(5),
                    lambda: bm.to_mesh(1), lambda: bm.from_mesh(bpy.context.scene), lambda: bm.verts[0][1], lambda: bmesh.types.BMVert(),
                    lambda: bmesh.ops.delete(bm, geom=1), lambda: bmesh.ops.delete(bm, geom=[1]), lambda: bmesh.ops.delete(bm, wrong=1), lambda: bmesh.ops.delete(),
                    lambda: setattr(bm.verts[0], "co", "abc"), lambda: bm.edges[0].other_vert(None)):
            self.assertRaises(TypeError, use)

    def test_same_face_twice(self):
        bm = cube()
        with self.assertRaisesRegex(ValueError, "face already exists"):
            bm.faces.new(bm.faces[0].verts)

    def test_sort_keeps_objects_with_their_elements(self):
        bm = cube()
        places = {v: v.co.copy() for v in bm.verts}
        bm.verts.sort(key=lambda v: -v.index)
        self.assertTrue(all(v.co == co for v, co in places.items()))
        self.assertEqual([v.index for v in bm.verts], list(range(7, -1, -1)))

    def test_sort_key_that_removes(self):
        bm = cube()
        self.assertRaises(RuntimeError, bm.verts.sort, key=lambda v: bm.verts.remove(v) or 0)

    def test_key_that_frees(self):
        bm = cube()
        self.assertRaises(ReferenceError, bm.verts.sort, key=lambda v: bm.free() or 0)

    def test_coordinate_is_live(self):
        bm = cube()
        bm.verts[0].co.x = 5
        self.assertEqual(bm.verts[0].co.x, 5)


class Layers(unittest.TestCase):
    def test_values_reach_the_mesh(self):
        bm = cube()
        layer = bm.faces.layers.int.new("number")
        for face in bm.faces:
            face[layer] = face.index * 2
        mesh = bpy.data.meshes.new("Layers")
        bm.to_mesh(mesh)
        self.assertEqual([a.value for a in mesh.attributes["number"].data], [0, 2, 4, 6, 8, 10])

    def test_uv_is_live(self):
        bm = cube()
        layer = bm.loops.layers.uv.verify()
        corner = bm.faces[0].loops[0]
        corner[layer].uv.x = 0.75
        self.assertEqual(corner[layer].uv.x, 0.75)

    def test_removed_layer_raises(self):
        bm = cube()
        layer = bm.verts.layers.float.new("x")
        bm.verts.layers.float.remove(layer)
        self.assertRaises(ReferenceError, lambda: bm.verts[0][layer])

    def test_layer_of_another_kind(self):
        bm = cube()
        layer = bm.verts.layers.float.new("x")
        self.assertRaises(ValueError, lambda: bm.faces[0][layer])

    def test_weights(self):
        bm = cube()
        layer = bm.verts.layers.deform.verify()
        bm.verts[0][layer][2] = 0.5
        self.assertEqual(bm.verts[0][layer].items(), [(2, 0.5)])
        del bm.verts[0][layer][2]
        self.assertEqual(len(bm.verts[0][layer]), 0)
        self.assertRaises(KeyError, lambda: bm.verts[0][layer][2])

    def test_string_takes_bytes_only(self):
        bm = cube()
        layer = bm.verts.layers.string.new("s")
        bm.verts[0][layer] = b"abc"
        self.assertEqual(bm.verts[0][layer], b"abc")
        with self.assertRaises(TypeError):
            bm.verts[0][layer] = "abc"


class Operators(unittest.TestCase):
    def test_extruded_cube_stays_closed(self):
        bm = cube()
        face = bm.faces[0]
        made = bmesh.ops.extrude_face_region(bm, geom=[face, *face.edges, *face.verts])
        bmesh.ops.translate(bm, verts=[g for g in made["geom"] if isinstance(g, bmesh.types.BMVert)], vec=(0, 0, 1))
        self.assertTrue(all(e.is_contiguous for e in bm.edges))

    def test_missing_operator(self):
        self.assertRaises(AttributeError, lambda: bmesh.ops.no_such_operator)

    def test_utils_split_and_join(self):
        bm = cube()
        edge = bm.edges[0]
        new_edge, vert = bmesh.utils.edge_split(edge, edge.verts[0], 0.25)
        self.assertEqual(len(bm.verts), 9)
        self.assertIs(bmesh.utils.vert_collapse_edge(vert, new_edge), edge)
        self.assertEqual(len(bm.verts), 8)

    def test_transform(self):
        bm = cube()
        bm.transform(Matrix.Translation((1, 0, 0)))
        self.assertEqual(max(v.co.x for v in bm.verts), 2)
        self.assertAlmostEqual(bm.calc_volume(), 8, 5)


class EditMode(unittest.TestCase):
    def setUp(self):
        self.mesh = bpy.data.meshes.new("Edited")
        bm = cube()
        bm.to_mesh(self.mesh)
        self.object = bpy.data.objects.new("Edited", self.mesh)
        bpy.context.scene.collection.objects.link(self.object)
        bpy.context.view_layer.objects.active = self.object

    def tearDown(self):
        if self.object.mode == "EDIT":
            bpy.ops.object.mode_set(mode="OBJECT")
        bpy.data.objects.remove(self.object)

    def test_only_in_edit_mode(self):
        with self.assertRaisesRegex(ValueError, "must be in editmode"):
            bmesh.from_edit_mesh(self.mesh)

    def test_edits_arrive_when_the_mode_is_left(self):
        bpy.ops.object.mode_set(mode="EDIT")
        bm = bmesh.from_edit_mesh(self.mesh)
        bm.verts.new((0, 0, 5))
        bpy.ops.object.mode_set(mode="OBJECT")
        self.assertEqual(len(self.mesh.vertices), 9)
        self.assertRaises(ReferenceError, lambda: bm.verts)

    def test_edit_mesh_is_shared(self):
        bpy.ops.object.mode_set(mode="EDIT")
        bm = bmesh.from_edit_mesh(self.mesh)
        self.assertIs(bmesh.from_edit_mesh(self.mesh), bm)
        vert = bm.verts.new((0, 0, 5))
        bmesh.update_edit_mesh(self.mesh)
        self.assertEqual(len(self.mesh.vertices), 9)
        self.assertTrue(vert.is_valid)


if __name__ == "__main__":
    result = unittest.main(argv=["test_bmesh"], exit=False).result
    sys.exit(0 if result.wasSuccessful() else 1)
