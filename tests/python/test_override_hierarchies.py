"""Overrides of hierarchies: collections and objects that belong together."""
import os
import shutil
import tempfile
import unittest

import bpy


class Hierarchies(unittest.TestCase):
    """A library with a collection "Group": "Body" (mirrored at "Target", which lies elsewhere), its child "Hand" in a collection within, and a
    camera that focuses on the body."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = os.path.join(self.folder, "library.kiln")
        self.write()
        bpy.ops.wm.read_factory_settings(use_empty=True)

    def write(self, **changes):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        mesh = bpy.data.meshes.new("Shape")
        mesh.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [], [(0, 1, 2)])
        body, hand, target = (bpy.data.objects.new(name, mesh) for name in ("Body", "Hand", "Target"))
        body.location = changes.get("location", (1, 2, 3))
        hand.parent = body
        body.modifiers.new("Mirror", "MIRROR").mirror_object = target
        camera = bpy.data.objects.new("Eye", bpy.data.cameras.new("Lens"))
        camera.data.dof.focus_object = body
        group, inner = bpy.data.collections.new("Group"), bpy.data.collections.new("Inner")
        group.children.link(inner)
        group.objects.link(body)
        group.objects.link(camera)
        inner.objects.link(hand)
        for name in changes.get("more", ()):
            group.objects.link(bpy.data.objects.new(name, mesh))
        bpy.data.libraries.write(self.path, {group})

    def link(self, **wanted):
        with bpy.data.libraries.load(self.path, link=True) as (_, target):
            for kind, names in wanted.items():
                setattr(target, kind, names)
        return target

    def override(self, **given):
        group = self.link(collections=["Group"]).collections[0]
        return group.override_hierarchy_create(bpy.context.scene, bpy.context.view_layer, **given)

    @staticmethod
    def overrides():
        return {block.name: block for blocks in (bpy.data.collections, bpy.data.objects, bpy.data.cameras, bpy.data.meshes, bpy.data.materials)
                for block in blocks if block.override_library}

    def test_all_that_belongs_together_is_overridden(self):
        root = self.override()
        found = self.overrides()
        self.assertEqual(set(found), {"Group", "Inner", "Body", "Hand", "Target", "Eye", "Lens"})
        self.assertEqual((found["Hand"].parent, found["Body"].modifiers[0].mirror_object), (found["Body"], found["Target"]))
        self.assertEqual(found["Eye"].data.dof.focus_object, found["Body"])
        self.assertIsNotNone(found["Body"].data.library)
        self.assertEqual({block.override_library.hierarchy_root for block in found.values()}, {root})
        self.assertTrue(all(block.override_library.is_in_hierarchy and block.override_library.is_system_override for block in found.values()))
        self.assertIn(root, list(bpy.context.scene.collection.children))
        # What no collection of the hierarchy holds lies in a hidden one.
        self.assertEqual([c.name for c in found["Target"].users_collection], ["OVERRIDE_HIDDEN"])

    def test_they_can_be_for_editing(self):
        self.override(do_fully_editable=True)
        self.assertFalse(any(block.override_library.is_system_override for block in self.overrides().values()))

    def test_an_object_brings_what_it_needs(self):
        hand = self.link(objects=["Hand"]).objects[0]
        bpy.context.scene.collection.objects.link(hand)
        over = hand.override_hierarchy_create(bpy.context.scene, bpy.context.view_layer)
        self.assertEqual(set(self.overrides()), {"Hand", "Body", "Target"})
        self.assertEqual(over.override_library.hierarchy_root, over)
        self.assertLessEqual({over, over.parent}, set(bpy.context.scene.objects))

    def test_local_blocks_have_none(self):
        self.assertIsNone(bpy.context.scene.override_hierarchy_create(bpy.context.scene, bpy.context.view_layer))

    def test_one_that_stands_alone(self):
        own = self.link(objects=["Body"]).objects[0].override_create().override_library
        self.assertEqual((own.is_in_hierarchy, own.is_system_override, own.hierarchy_root), (False, False, own.id_data))

    def test_a_copy_stands_alone(self):
        self.override()
        copy = self.overrides()["Body"].copy()
        self.assertFalse(copy.override_library.is_in_hierarchy)
        self.assertEqual(self.overrides()["Hand"].override_library.hierarchy_root.name, "Group")

    def test_a_file_keeps_them_and_what_was_changed(self):
        self.override()
        found = self.overrides()
        found["Hand"].location.x, found["Body"].hide_render = 9, True
        main = os.path.join(self.folder, "main.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=main)
        self.write(location=(7, 7, 7), more=["Third"])
        bpy.ops.wm.open_mainfile(filepath=main)
        found = self.overrides()
        self.assertEqual((found["Hand"].location.x, found["Body"].hide_render, tuple(found["Body"].location)), (9, True, (7, 7, 7)))
        self.assertEqual((found["Hand"].parent, found["Eye"].data.dof.focus_object), (found["Body"], found["Body"]))
        self.assertEqual({block.override_library.hierarchy_root.name for block in found.values()}, {"Group"})
        self.assertEqual([p.rna_path for p in found["Hand"].override_library.properties], ["location"])
        self.assertEqual(len(found["Eye"].override_library.properties), 0)
        # What is new in the library is there too, as it is there.
        self.assertEqual({o.name for o in found["Group"].objects}, {"Body", "Eye", "Third"})
        self.assertIsNotNone(found["Group"].objects["Third"].library)

    def test_reloading(self):
        self.override()
        self.overrides()["Hand"].location.x = 9
        other = os.path.join(self.folder, "main.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=other)
        self.write(location=(7, 7, 7))
        bpy.ops.wm.open_mainfile(filepath=other)
        self.write_beside(location=(8, 8, 8))
        bpy.data.libraries[0].reload()
        found = self.overrides()
        self.assertEqual((tuple(found["Body"].location), found["Hand"].location.x, found["Hand"].parent), ((8, 8, 8), 9, found["Body"]))
        self.assertEqual(found["Body"].modifiers[0].mirror_object, found["Target"])

    def write_beside(self, **changes):
        """Writes the library anew while a file is open."""
        kept = os.path.join(self.folder, "kept.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=kept)
        linked = os.path.join(self.folder, "as_linked.kiln")
        shutil.copy(self.path, linked)
        self.write(**changes)
        changed = os.path.join(self.folder, "changed.kiln")
        shutil.move(self.path, changed)
        shutil.move(linked, self.path)
        bpy.ops.wm.open_mainfile(filepath=kept)
        shutil.copy(changed, self.path)

    def test_changes_are_told_and_taken_back(self):
        self.override()
        found = self.overrides()
        body, hand = found["Body"], found["Hand"]
        body.location.x, hand.scale = 5, (2, 2, 2)
        body.override_library.operations_update()
        self.assertEqual([p.rna_path for p in body.override_library.properties], ["location"])
        hand.override_library.reset(do_hierarchy=False)
        self.assertEqual((tuple(hand.scale), body.location.x, hand.parent), ((1, 1, 1), 5, body))
        hand.override_library.reset()
        self.assertEqual(tuple(body.location), (1, 2, 3))
        self.assertEqual(len(body.override_library.properties), 0)
        body.override_library.is_system_override = False
        body.override_library.reset(set_system_override=True)
        self.assertTrue(body.override_library.is_system_override)

    def test_giving_them_up(self):
        self.override()
        self.overrides()["Hand"].override_library.destroy()
        found = self.overrides()
        self.assertEqual(set(found), {"Group", "Inner", "Eye", "Lens"})
        self.assertIsNotNone(found["Inner"].objects["Hand"].library)
        found["Group"].override_library.destroy(do_hierarchy=False)
        self.assertEqual(set(self.overrides()), {"Inner", "Eye", "Lens"})

    def test_undo(self):
        self.override()
        bpy.ops.ed.undo_push()
        self.overrides()["Body"].location.x = 5
        bpy.ops.ed.undo_push()
        bpy.ops.ed.undo()
        self.assertEqual(self.overrides()["Body"].location.x, 1)

    # Operators.

    def test_an_instance_becomes_overrides(self):
        for place in ((0, 0, 0), (4, 0, 0)):
            bpy.ops.wm.read_factory_settings(use_empty=True)
            group = self.link(collections=["Group"]).collections[0]
            empty = bpy.data.objects.new("Instance", None)
            empty.instance_type, empty.instance_collection, empty.location = "COLLECTION", group, place
            bpy.context.scene.collection.objects.link(empty)
            bpy.context.view_layer.objects.active = empty
            self.assertEqual(bpy.ops.object.make_override_library(), {"FINISHED"})
            body = self.overrides()["Body"]
            bpy.context.view_layer.update()
            self.assertEqual(tuple(body.matrix_world.translation), (1 + place[0], 2, 3))
            self.assertFalse(body.override_library.is_system_override)
            self.assertIn(body, bpy.context.selected_objects)
            self.assertEqual("Instance" in bpy.data.objects, place[0] != 0)

    def test_a_linked_collection_is_replaced(self):
        group = self.link(collections=["Group"]).collections[0]
        bpy.context.scene.collection.children.link(group)
        bpy.context.view_layer.objects.active = group.children[0].objects["Hand"]
        self.assertEqual(bpy.ops.object.make_override_library(), {"FINISHED"})
        self.assertEqual([(c.name, bool(c.library)) for c in bpy.context.scene.collection.children], [("Group", False), ("OVERRIDE_HIDDEN", False)])

    def test_a_linked_object_is_replaced(self):
        target = self.link(objects=["Target"]).objects[0]
        bpy.context.scene.collection.objects.link(target)
        bpy.context.view_layer.objects.active = target
        bpy.ops.object.make_override_library()
        self.assertEqual(list(bpy.context.scene.objects), [self.overrides()["Target"]])
        over = self.overrides()["Target"]
        over.location.z = 3
        over.select_set(True)
        self.assertEqual(bpy.ops.object.reset_override_library(), {"FINISHED"})
        self.assertEqual(over.location.z, 0)
        over.location.z = 3
        self.assertEqual(bpy.ops.object.clear_override_library(), {"FINISHED"})
        self.assertEqual((over.location.z, over.override_library.is_system_override), (0, True))

    def test_clearing_one_that_stands_alone(self):
        target = self.link(objects=["Target"]).objects[0]
        over = target.override_create()
        bpy.context.scene.collection.objects.link(over)
        bpy.context.view_layer.objects.active = over
        over.select_set(True)
        bpy.ops.object.clear_override_library()
        self.assertEqual(list(bpy.context.scene.objects), [target])

    def test_only_for_what_is_linked(self):
        local = bpy.data.objects.new("Local", None)
        bpy.context.scene.collection.objects.link(local)
        bpy.context.view_layer.objects.active = local
        self.assertFalse(bpy.ops.object.make_override_library.poll())
        local.select_set(True)
        self.assertEqual(bpy.ops.object.reset_override_library(), {"CANCELLED"})


if __name__ == "__main__":
    unittest.main(argv=["test_override_hierarchies"])
