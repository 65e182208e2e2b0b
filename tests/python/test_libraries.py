"""Linking, appending and writing data-blocks, as scripts do it."""
import os
import shutil
import tempfile
import unittest
import warnings

import bpy


class Libraries(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.path = os.path.join(self.folder, "library.kiln")
        mesh = bpy.data.meshes.new("Box")
        mesh.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [], [(0, 1, 2)])
        mesh.materials.append(bpy.data.materials.new("Red"))
        box = bpy.data.objects.new("Box", mesh)
        box.location = (1, 2, 3)
        group = bpy.data.collections.new("Group")
        group.objects.link(box)
        bpy.data.libraries.write(self.path, {group})
        bpy.ops.wm.read_factory_settings(use_empty=True)

    def link(self, **wanted):
        with bpy.data.libraries.load(self.path, link=True) as (_, target):
            for kind, names in wanted.items():
                setattr(target, kind, names)
        return target

    def test_names_become_blocks(self):
        target = self.link(objects=["Box"])
        self.assertEqual(target.objects[0], bpy.data.objects["Box"])
        self.assertEqual(target.objects[0].library.filepath, self.path)

    def test_unknown_names_become_none_with_a_warning(self):
        with self.assertWarns(UserWarning):
            target = self.link(objects=["Box", "Nobody"])
        self.assertIsNone(target.objects[1])

    def test_nothing_is_linked_when_the_block_raises(self):
        with self.assertRaises(ZeroDivisionError):
            with bpy.data.libraries.load(self.path) as (_, target):
                target.objects = ["Box"]
                1 / 0
        self.assertEqual(len(bpy.data.objects), 0)

    def test_relative_paths_are_those_of_the_open_file(self):
        bpy.ops.wm.save_as_mainfile(filepath=os.path.join(self.folder, "main.kiln"))
        with bpy.data.libraries.load(self.path, link=True, relative=True) as (_, target):
            target.objects = ["Box"]
        self.assertEqual(target.objects[0].library.filepath, "//library.kiln")

    def test_edits_of_linked_blocks_are_not_saved(self):
        box = self.link(objects=["Box"]).objects[0]
        bpy.context.scene.collection.objects.link(box)
        box.location.x = 50
        main = os.path.join(self.folder, "main.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=main)
        bpy.ops.wm.open_mainfile(filepath=main)
        self.assertEqual(bpy.context.scene.objects["Box"].location.x, 1)

    def test_make_local_is_saved(self):
        box = self.link(objects=["Box"]).objects[0]
        bpy.context.scene.collection.objects.link(box)
        self.assertEqual(box.make_local(), box)
        self.assertIsNone(box.library)
        self.assertIsNotNone(box.data.library)
        main = os.path.join(self.folder, "main.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=main)
        bpy.ops.wm.open_mainfile(filepath=main)
        self.assertIsNone(bpy.data.objects["Box"].library)
        self.assertEqual(len(bpy.data.objects["Box"].data.vertices), 3)

    def test_copies_of_linked_blocks_are_local(self):
        box = self.link(objects=["Box"]).objects[0]
        self.assertIsNone(box.copy().library)

    def test_a_linked_object_draws_its_linked_mesh(self):
        box = self.link(objects=["Box"]).objects[0]
        bpy.context.scene.collection.objects.link(box)
        evaluated = box.evaluated_get(bpy.context.evaluated_depsgraph_get())
        self.assertEqual(len(evaluated.data.polygons), 1)

    def test_reload(self):
        box = self.link(objects=["Box"]).objects[0]
        bpy.context.scene.collection.objects.link(box)
        other = bpy.data.objects.new("Box", None)
        other.location.x = 9
        bpy.data.libraries.write(self.path, {other})
        bpy.data.libraries[0].reload()
        self.assertEqual([o.location.x for o in bpy.context.scene.objects], [9])

    def test_reload_of_a_missing_file_says_so_and_keeps_the_blocks(self):
        self.link(objects=["Box"])
        os.remove(self.path)
        with self.assertRaisesRegex(RuntimeError, "library.kiln"):
            bpy.data.libraries[0].reload()
        self.assertIn("Box", bpy.data.objects)

    def test_users_of_a_library(self):
        self.link(objects=["Box"])
        self.assertEqual(sorted(block.name for block in bpy.data.libraries[0].users_id), ["Box", "Box", "Red"])

    def test_append_operator_links_to_the_scene(self):
        bpy.ops.wm.append(directory=os.path.join(self.path, "Object"), filename="Box")
        self.assertEqual(bpy.context.scene.objects.keys(), ["Box"])
        self.assertEqual([o.name for o in bpy.context.selected_objects], ["Box"])
        self.assertEqual(len(bpy.data.libraries), 0)

    def test_append_of_a_collection_adds_it_to_the_active_one(self):
        bpy.ops.wm.append(filepath=os.path.join(self.path, "Collection", "Group"))
        self.assertEqual(bpy.context.scene.collection.children.keys(), ["Group"])

    def test_append_of_a_mesh_adds_an_object(self):
        bpy.ops.wm.append(filepath=os.path.join(self.path, "Mesh", "Box"))
        self.assertEqual(bpy.context.scene.objects["Box"].data.name, "Box")

    def test_paths_that_are_no_library(self):
        for path in ("", "/nowhere/Object/Box", self.path, os.path.join(self.path, "Nonsense", "Box")):
            with self.subTest(path=path), self.assertRaises(RuntimeError):
                bpy.ops.wm.append(filepath=path)

    def test_a_file_is_not_its_own_library(self):
        main = os.path.join(self.folder, "main.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=main)
        with self.assertRaises(OSError), bpy.data.libraries.load(main):
            pass
        with self.assertRaises(RuntimeError):
            bpy.ops.wm.link(filepath=os.path.join(main, "Scene", "Scene"))

    def test_a_missing_library_is_named_and_comes_back(self):
        box = self.link(objects=["Box"]).objects[0]
        bpy.context.scene.collection.objects.link(box)
        main, away = os.path.join(self.folder, "main.kiln"), os.path.join(self.folder, "away.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=main)
        os.rename(self.path, away)
        bpy.ops.wm.open_mainfile(filepath=main)
        self.assertIsNone(bpy.context.scene.objects["Box"].data)
        bpy.ops.wm.save_mainfile()
        os.rename(away, self.path)
        bpy.ops.wm.open_mainfile(filepath=main)
        self.assertEqual(len(bpy.context.scene.objects["Box"].data.vertices), 3)

    def test_wrong_arguments(self):
        with self.assertRaises(TypeError):
            bpy.data.libraries.write(self.path, [bpy.context.scene])
        with self.assertRaises(TypeError):
            bpy.data.libraries.write(self.path, {1})
        with self.assertRaises(ValueError):
            bpy.data.libraries.write(self.path, {bpy.context.scene}, path_remap="WRONG")
        with self.assertRaisesRegex(OSError, "nowhere"):
            bpy.data.libraries.write("/nowhere/x.kiln", {bpy.context.scene})
        with self.assertRaises(TypeError):
            bpy.data.libraries.load(3)

    def test_items_that_are_no_names(self):
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            target = self.link(objects=[3])
        self.assertEqual((target.objects, len(seen)), ([None], 1))

    def test_an_override_stores_what_was_changed(self):
        over = self.link(objects=["Box"]).objects[0].override_create()
        bpy.context.scene.collection.objects.link(over)
        over.location.x, over.hide_render = 50, True
        main = os.path.join(self.folder, "main.kiln")
        bpy.ops.wm.save_as_mainfile(filepath=main)
        bpy.ops.wm.read_factory_settings(use_empty=True)
        other = bpy.data.objects.new("Box", bpy.data.meshes.new("Other"))
        other.rotation_euler.z = 2
        bpy.data.libraries.write(self.path, {other})
        bpy.ops.wm.open_mainfile(filepath=main)
        o = bpy.context.scene.objects["Box"]
        self.assertEqual((list(o.location), o.hide_render, o.rotation_euler.z, o.data.name), ([50, 2, 3], True, 2, "Other"))
        self.assertEqual(sorted(p.rna_path for p in o.override_library.properties), ["hide_render", "location"])
        self.assertIsNotNone(o.override_library.reference.library)

    def test_an_override_may_take_the_place_of_the_linked_block(self):
        box = self.link(objects=["Box"]).objects[0]
        bpy.context.scene.collection.objects.link(box)
        over = box.override_create(remap_local_usages=True)
        self.assertEqual(list(bpy.context.scene.objects), [over])
        over.override_library.destroy()
        self.assertEqual(list(bpy.context.scene.objects), [box])

    def test_reloading_keeps_what_an_override_changed(self):
        over = self.link(objects=["Box"]).objects[0].override_create()
        over.name, over.location.x, over["Own"] = "Over", 50, 3
        other = os.path.join(self.folder, "other.kiln")
        box = bpy.data.objects.new("Box", bpy.data.meshes.new("Other"))
        box.rotation_euler.z, box.location.y = 2, 8
        bpy.data.libraries.write(other, {box})
        shutil.copy(other, self.path)
        bpy.data.objects.remove(box)
        bpy.data.libraries[0].reload()
        over = next(o for o in bpy.data.objects if o.override_library)
        self.assertEqual((list(over.location), over.rotation_euler.z, over["Own"]), ([50, 2, 3], 2, 3))
        self.assertEqual(over.data.name, "Other")
        self.assertIsNotNone(over.override_library.reference.library)

    def test_only_linked_blocks_are_overridden(self):
        with self.assertRaises(RuntimeError):
            bpy.context.scene.override_create()
        self.assertIsNone(bpy.context.scene.override_library)

    def test_assets(self):
        marked = bpy.data.materials.new("Marked")
        self.assertIsNone(marked.asset_data)
        marked.asset_mark()
        marked.asset_data.author = "Somebody"
        bpy.data.libraries.write(self.path, {marked, bpy.data.materials.new("Plain")})
        with bpy.data.libraries.load(self.path, assets_only=True) as (source, target):
            self.assertEqual(source.materials, ["Marked"])
            target.materials = source.materials
        self.assertEqual(target.materials[0].asset_data.author, "Somebody")
        marked.asset_clear()
        self.assertIsNone(marked.asset_data)

    def test_lookups_by_name_and_library(self):
        box = self.link(objects=["Box"]).objects[0]
        local = bpy.data.objects.new("Box", None)
        self.assertEqual((bpy.data.objects["Box"], bpy.data.objects["Box", None], bpy.data.objects["Box", self.path]), (local, local, box))
        self.assertIsNone(bpy.data.objects.get(("Box", "elsewhere")))
        with self.assertRaises(KeyError):
            bpy.data.objects["Box", "elsewhere"]

    def test_user_map(self):
        box = self.link(objects=["Box"]).objects[0]
        self.assertEqual(bpy.data.user_map(subset={box.data}), {box.data: {box}})
        self.assertEqual(set(bpy.data.user_map(key_types={"MESH"})), {box.data})
        with self.assertRaises(ValueError):
            bpy.data.user_map(key_types={"WRONG"})


if __name__ == "__main__":
    unittest.main(argv=["test_libraries"])
