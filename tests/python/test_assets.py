"""Data-blocks that are marked as assets, and the catalogs beside the file."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

import bpy

CATALOG = "2f4b6c12-1c33-4b7c-8e9c-b40a2c1f8c11"
NONE = "00000000-0000-0000-0000-000000000000"


class Assets(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_homefile(use_empty=True)
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.material = bpy.data.materials.new("Oak")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def test_marking_keeps_the_block_and_describes_it(self):
        self.assertIsNone(self.material.asset_data)
        self.material.asset_mark()
        asset = self.material.asset_data
        self.assertTrue(self.material.use_fake_user)
        self.assertEqual((asset.author, asset.description, asset.catalog_id, len(asset.tags)), ("", "", NONE, 0))
        self.material.asset_clear()
        self.assertIsNone(self.material.asset_data)
        self.assertFalse(self.material.use_fake_user)
        with self.assertRaises(ReferenceError):
            asset.author

    def test_tags_have_names_of_their_own(self):
        self.material.asset_mark()
        tags = self.material.asset_data.tags
        first = tags.new("wood")
        tags.new("wood")
        self.assertEqual([tag.name for tag in tags], ["wood", "wood.001"])
        self.assertEqual(tags.new("wood", skip_if_exists=True), first)
        tags.remove(first)
        self.assertEqual([tag.name for tag in tags], ["wood.001"])

    def test_catalog_identifiers_are_checked(self):
        self.material.asset_mark()
        asset = self.material.asset_data
        asset.catalog_id = CATALOG.upper()
        self.assertEqual(asset.catalog_id, CATALOG)
        asset.catalog_id = "nonsense"
        self.assertEqual(asset.catalog_id, CATALOG)
        asset.catalog_id = ""
        self.assertEqual(asset.catalog_id, NONE)

    def test_a_copy_is_no_asset(self):
        self.material.asset_mark()
        self.assertIsNone(self.material.copy().asset_data)

    def describe(self):
        self.material.asset_mark()
        asset = self.material.asset_data
        asset.author, asset.description, asset.catalog_id = "Me", "Hard", CATALOG
        asset.tags.new("wood")
        asset.tags.new("brown")
        asset.active_tag = 1

    def check(self, material):
        asset = material.asset_data
        self.assertEqual((asset.author, asset.description, asset.catalog_id, asset.active_tag, [tag.name for tag in asset.tags]),
                         ("Me", "Hard", CATALOG, 1, ["wood", "brown"]))

    def test_files_keep_it_and_appending_brings_it(self):
        self.describe()
        bpy.ops.wm.save_as_mainfile(filepath=self.path("a.kiln"))
        bpy.ops.wm.open_mainfile(filepath=self.path("a.kiln"))
        self.check(bpy.data.materials["Oak"])
        bpy.ops.wm.read_homefile(use_empty=True)
        with bpy.data.libraries.load(self.path("a.kiln"), assets_only=True) as (there, here):
            self.assertEqual(there.materials, ["Oak"])
            here.materials = ["Oak"]
        self.check(bpy.data.materials["Oak"])

    def test_undo_brings_it_back(self):
        self.describe()
        bpy.ops.ed.undo_push()
        bpy.data.materials["Oak"].asset_data.tags[0].name = "stone"
        bpy.ops.ed.undo_push()
        bpy.ops.ed.undo()
        self.check(bpy.data.materials["Oak"])

    def test_operators_mark_what_is_chosen(self):
        with bpy.context.temp_override(id=self.material):
            self.assertEqual(bpy.ops.asset.mark(), {"FINISHED"})
            with self.assertRaises(RuntimeError):
                bpy.ops.asset.mark()
            bpy.ops.asset.tag_add()
            self.assertEqual([tag.name for tag in self.material.asset_data.tags], ["Tag"])
            bpy.ops.asset.tag_remove()
            self.assertEqual(len(self.material.asset_data.tags), 0)
            self.assertEqual(bpy.ops.asset.clear(set_fake_user=True), {"FINISHED"})
            self.assertFalse(bpy.ops.asset.clear.poll())
        self.assertTrue(self.material.use_fake_user)

    def catalogs(self):
        with open(self.path("blender_assets.cats.txt"), encoding="utf-8") as file:
            return re.findall(r"^([0-9a-f-]{36}):(.*):(.*)$", file.read(), re.M)

    def test_catalogs_are_edited_and_saved_with_the_document(self):
        self.assertFalse(bpy.ops.asset.catalog_new.poll())
        bpy.ops.wm.save_as_mainfile(filepath=self.path("a.kiln"))
        bpy.ops.asset.catalog_new()
        bpy.ops.asset.catalog_new(parent_path="Catalog")
        bpy.ops.asset.catalogs_save()
        (parent, name, _), (child, below, _) = self.catalogs()
        self.assertEqual((name, below), ("Catalog", "Catalog/Catalog"))
        bpy.ops.asset.catalog_rename(catalog_id=parent, name="Wood")
        bpy.ops.wm.save_mainfile()
        self.assertEqual([(row[0], row[1]) for row in self.catalogs()], [(parent, "Wood"), (child, "Wood/Catalog")])
        bpy.ops.asset.catalog_undo()
        bpy.ops.asset.catalogs_save()
        self.assertEqual([row[1] for row in self.catalogs()], ["Catalog", "Catalog/Catalog"])
        bpy.ops.asset.catalog_redo()
        bpy.ops.asset.catalog_delete(catalog_id=parent)
        bpy.ops.asset.catalogs_save()
        self.assertEqual(self.catalogs(), [])
        with self.assertRaises(RuntimeError):
            bpy.ops.asset.catalog_delete(catalog_id=parent)

    def test_info_lists_assets_with_their_catalogs(self):
        self.describe()
        bpy.ops.wm.save_as_mainfile(filepath=self.path("a.kiln"))
        with open(self.path("blender_assets.cats.txt"), "w", encoding="utf-8") as file:
            file.write(f"VERSION 1\n{CATALOG}:wood/hard:Wood\nbroken\n")
        told = subprocess.run([bpy.app.binary_path, "info", self.path("a.kiln")], capture_output=True, text=True, check=True)
        self.assertIn("asset Material \"Oak\" in wood/hard (wood, brown)", told.stdout)
        self.assertIn("cats.txt:3", told.stderr)


result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.loadTestsFromTestCase(Assets))
sys.exit(0 if result.wasSuccessful() else 1)
