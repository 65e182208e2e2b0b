"""Operators on whole objects: clearing, selecting by relation, joining, collections, own data, stacks of modifiers."""
import unittest

import bpy


def new_object(name, data=None, parent=None, collection=None):
    obj = bpy.data.objects.new(name, data)
    (collection or bpy.context.scene.collection).objects.link(obj)
    obj.parent = parent
    return obj


def triangle(name, z, materials=(), groups=()):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata([(0, 0, z), (1, 0, z), (0, 1, z)], [], [(0, 1, 2)])
    for material in materials:
        mesh.materials.append(bpy.data.materials.get(material) or bpy.data.materials.new(material))
    obj = new_object(name, mesh)
    for group in groups:
        obj.vertex_groups.new(name=group).add([0, 1], 0.5, "REPLACE")
    return obj


def select(*objects, active=None):
    for obj in bpy.context.scene.objects:
        obj.select_set(obj in objects)
    bpy.context.view_layer.objects.active = active or (objects[0] if objects else None)


def selected():
    return sorted(obj.name for obj in bpy.context.selected_objects)


class ObjectTest(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)


class Clearing(ObjectTest):
    def setUp(self):
        super().setUp()
        self.obj = new_object("A")
        select(self.obj)

    def test_locked_parts_stay(self):
        self.obj.location = (1, 2, 3)
        self.obj.lock_location = (False, True, False)
        bpy.ops.object.location_clear()
        self.assertEqual(list(self.obj.location), [0, 2, 0])

    def test_deltas_go_when_asked(self):
        self.obj.delta_scale = (2, 2, 2)
        bpy.ops.object.scale_clear()
        self.assertEqual(list(self.obj.delta_scale), [2, 2, 2])
        bpy.ops.object.scale_clear(clear_delta=True)
        self.assertEqual(list(self.obj.delta_scale), [1, 1, 1])

    def test_locked_angle_of_a_quaternion(self):
        self.obj.rotation_mode = "QUATERNION"
        self.obj.rotation_quaternion = (0.5, 0.5, 0.5, 0.5)
        self.obj.lock_rotations_4d = False
        self.obj.lock_rotation = (True, True, False)
        bpy.ops.object.rotation_clear()
        self.assertEqual([round(x, 4) for x in self.obj.rotation_quaternion], [0.7071, 0.7071, 0, 0])

    def test_nothing_selected(self):
        select()
        self.assertEqual(bpy.ops.object.location_clear(), {"CANCELLED"})

    def test_origin_of_a_child(self):
        child = new_object("B", parent=self.obj)
        child.location = (1, 2, 3)
        select(child)
        bpy.ops.object.origin_clear()
        self.assertEqual([row[3] for row in child.matrix_parent_inverse], [-1, -2, -3, 1])


class Selecting(ObjectTest):
    def setUp(self):
        super().setUp()
        mesh = bpy.data.meshes.new("M")
        self.a = new_object("A", mesh)
        self.b = new_object("B", mesh, self.a)
        self.c = new_object("C", None, self.b)
        self.d = new_object("D.L", bpy.data.lights.new("L", "SUN"))
        self.e = new_object("D.R", bpy.data.lights.new("L", "POINT"))

    def test_grouped(self):
        for kind, active, expected in (("CHILDREN_RECURSIVE", self.a, ["B", "C"]), ("CHILDREN", self.a, ["B"]), ("PARENT", self.c, ["B"]),
                                       ("SIBLINGS", self.a, ["A", "D.L", "D.R"]), ("TYPE", self.d, ["D.L", "D.R"]), ("LIGHT_TYPE", self.d, ["D.L"])):
            select(active)
            bpy.ops.object.select_grouped(type=kind)
            self.assertEqual(selected(), expected, kind)
        select(self.a)
        with self.assertRaisesRegex(RuntimeError, "must be a light"):
            bpy.ops.object.select_grouped(type="LIGHT_TYPE")

    def test_linked(self):
        select(self.a)
        bpy.ops.object.select_linked(type="OBDATA")
        self.assertEqual(selected(), ["A", "B"])

    def test_hierarchy_moves_the_active_object(self):
        select(self.b)
        bpy.ops.object.select_hierarchy(direction="PARENT")
        self.assertEqual((selected(), bpy.context.object.name), (["A"], "A"))
        bpy.ops.object.select_hierarchy(direction="CHILD", extend=True)
        self.assertEqual((selected(), bpy.context.object.name), (["A", "B"], "B"))

    def test_more_and_less(self):
        select(self.b)
        bpy.ops.object.select_more()
        self.assertEqual(selected(), ["A", "B", "C"])
        select(self.a, self.b)
        bpy.ops.object.select_less()
        self.assertEqual(selected(), ["A"])

    def test_mirror(self):
        select(self.d)
        bpy.ops.object.select_mirror()
        self.assertEqual(selected(), ["D.R"])

    def test_pattern(self):
        bpy.ops.object.select_pattern(pattern="d*")
        self.assertEqual(selected(), ["D.L", "D.R"])
        bpy.ops.object.select_pattern(pattern="a", case_sensitive=True, extend=False)
        self.assertEqual(selected(), [])

    def test_random_takes_the_part_asked_for(self):
        for seed in range(5):
            select()
            bpy.ops.object.select_random(ratio=0.4, seed=seed)
            self.assertEqual(len(selected()), 2)
        for ratio, count in ((float("nan"), 0), (0.0, 0), (1.0, 5)):
            select()
            bpy.ops.object.select_random(ratio=ratio)
            self.assertEqual(len(selected()), count)


class Joining(ObjectTest):
    def test_meshes_materials_and_groups(self):
        a, b = triangle("A", 0, ["X"], ["g1"]), triangle("B", 1, ["Y", "X"], ["g2", "g1"])
        a.location, a.scale = (0, 5, 0), (2, 2, 2)
        b.location = (10, 0, 0)
        bpy.context.view_layer.update()
        select(b, a, active=b)
        self.assertEqual(bpy.ops.object.join(), {"FINISHED"})
        self.assertEqual([obj.name for obj in bpy.data.objects], ["B"])
        self.assertEqual([tuple(round(x, 4) for x in v.co) for v in b.data.vertices][3:], [(-10, 5, 0), (-8, 5, 0), (-10, 7, 0)])
        self.assertEqual([m.name for m in b.data.materials], ["Y", "X"])
        self.assertEqual([p.material_index for p in b.data.polygons], [0, 1])
        self.assertEqual([[(g.group, g.weight) for g in v.groups] for v in b.data.vertices][3], [(1, 0.5)])

    def test_nothing_to_join(self):
        a = triangle("A", 0)
        select(a)
        self.assertEqual(bpy.ops.object.join(), {"CANCELLED"})
        select(new_object("E"))
        self.assertFalse(bpy.ops.object.join.poll())


class Collections(ObjectTest):
    def setUp(self):
        super().setUp()
        root = bpy.context.scene.collection
        self.outer, self.inner, self.other = (bpy.data.collections.new(n) for n in ("Outer", "Inner", "Other"))
        root.children.link(self.outer)
        self.outer.children.link(self.inner)
        root.children.link(self.other)
        self.obj = new_object("A")
        select(self.obj)

    def homes(self):
        return sorted(c.name for c in self.obj.users_collection)

    def test_move_counts_depth_first(self):
        for index, name in enumerate(("Scene Collection", "Outer", "Inner", "Other")):
            bpy.ops.object.move_to_collection(collection_index=index)
            self.assertEqual(self.homes(), [name])
        with self.assertRaisesRegex(RuntimeError, "not found"):
            bpy.ops.object.move_to_collection(collection_index=4)

    def test_link_and_new(self):
        bpy.ops.object.link_to_collection(collection_index=1, is_new=True, new_collection_name="N")
        self.assertEqual(self.homes(), ["N", "Scene Collection"])
        self.assertIn("N", self.outer.children)

    def test_hide_shows_one_alone(self):
        bpy.ops.object.hide_collection(collection_index=3)
        children = bpy.context.view_layer.layer_collection.children
        self.assertEqual([children["Outer"].hide_viewport, children["Outer"].children["Inner"].hide_viewport, children["Other"].hide_viewport],
                         [False, False, True])
        bpy.ops.object.hide_collection(collection_index=0)
        self.assertFalse(children["Other"].hide_viewport)

    def test_create_and_leave_all(self):
        bpy.ops.collection.create(name="Group")
        self.assertEqual(self.homes(), ["Group", "Scene Collection"])
        bpy.ops.collection.objects_remove_all()
        self.assertEqual(self.homes(), [])


class SingleUser(ObjectTest):
    def test_objects_data_and_materials(self):
        a = triangle("A", 0, ["X"])
        new_object("B", a.data)
        child = new_object("C", None, a)
        second = bpy.data.scenes.new("Second")
        second.collection.objects.link(a)
        second.collection.objects.link(child)
        select(a, child, active=a)
        bpy.ops.object.make_single_user(object=True, obdata=True, material=True)
        own = bpy.context.scene.objects["A.001"]
        self.assertNotIn("A", bpy.context.scene.objects)
        self.assertEqual(bpy.context.scene.objects["C.001"].parent, own)
        self.assertEqual(second.objects["C"].parent, a)
        self.assertNotEqual(own.data, a.data)
        self.assertNotEqual(own.data.materials[0], a.data.materials[0])
        self.assertEqual(selected(), ["A.001", "C.001"])


class Modifiers(ObjectTest):
    def setUp(self):
        super().setUp()
        self.obj = triangle("A", 0)
        select(self.obj)

    def names(self):
        return [m.name for m in self.obj.modifiers]

    def test_default_names(self):
        for kind in ("SUBSURF", "EDGE_SPLIT", "UV_WARP", "ARRAY"):
            bpy.ops.object.modifier_add(type=kind)
        self.assertEqual(self.names(), ["Subdivision", "EdgeSplit", "UVWarp", "Array"])

    def test_moving_and_copying(self):
        for name in "abc":
            self.obj.modifiers.new(name, "TRIANGULATE")
        bpy.ops.object.modifier_move_up(modifier="b")
        self.assertEqual(self.names(), ["b", "a", "c"])
        self.assertEqual(bpy.ops.object.modifier_move_up(modifier="b"), {"CANCELLED"})
        bpy.ops.object.modifier_move_to_index(modifier="b", index=2)
        self.assertEqual(self.names(), ["a", "c", "b"])
        bpy.ops.object.modifier_copy(modifier="a")
        self.assertEqual(self.names(), ["a", "Triangulate", "c", "b"])

    def test_subdivision_set(self):
        bpy.ops.object.subdivision_set(level=2)
        bpy.ops.object.subdivision_set(level=1, relative=True)
        self.assertEqual([(m.name, m.levels) for m in self.obj.modifiers], [("Subdivision", 3)])


class Macros(ObjectTest):
    def test_linked_duplicates_share_data(self):
        obj = triangle("A", 0)
        select(obj)
        bpy.ops.object.duplicate_move_linked(TRANSFORM_OT_translate={"value": (1, 0, 0)})
        self.assertEqual((bpy.context.object.name, bpy.context.object.data, bpy.context.object.location.x), ("A.001", obj.data, 1.0))
        select(obj)
        bpy.ops.object.duplicate_move(TRANSFORM_OT_translate={"value": (2, 0, 0)})
        self.assertNotEqual(bpy.context.object.data, obj.data)
        self.assertEqual(bpy.context.object.location.x, 2.0)


if __name__ == "__main__":
    import sys
    sys.exit(not unittest.main(argv=["test"], exit=False).result.wasSuccessful())
