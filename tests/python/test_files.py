"""Saving with options, older versions, histories, paths, packing and what is missing, as scripts do it."""
import contextlib
import io
import os
import shutil
import tempfile
import unittest

import bpy


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        bpy.ops.wm.read_factory_settings(use_empty=True)
        for name in ("a", "b"):
            os.mkdir(self.path(name))

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def picture(self, *parts):
        image = bpy.data.images.new("made", 2, 2)
        image.filepath_raw, image.file_format = self.path(*parts), "PNG"
        image.save()
        bpy.data.images.remove(image)
        return bpy.data.images.load(self.path(*parts))

    def save(self, *parts, **settings):
        bpy.ops.wm.save_as_mainfile(filepath=self.path(*parts), **settings)


class Paths(Files):
    def test_the_first_save_makes_paths_relative(self):
        image = self.picture("a", "x.png")
        self.save("a", "m.kiln")
        self.assertEqual(image.filepath, "//x.png")

    def test_saving_elsewhere_keeps_what_relative_paths_name(self):
        image = self.picture("a", "x.png")
        self.save("a", "m.kiln")
        self.save("b", "m.kiln")
        self.assertEqual(image.filepath, "//../a/x.png")

    def test_without_the_option_paths_stay(self):
        image = self.picture("a", "x.png")
        self.save("a", "m.kiln")
        self.save("b", "m.kiln", relative_remap=False)
        self.assertEqual(image.filepath, "//x.png")

    def test_a_copy_has_its_own_paths(self):
        image = self.picture("a", "x.png")
        self.save("a", "m.kiln")
        self.save("b", "m.kiln", copy=True)
        self.assertEqual(image.filepath, "//x.png")
        bpy.ops.wm.open_mainfile(filepath=self.path("b", "m.kiln"))
        self.assertEqual(bpy.data.images["x.png"].filepath, "//../a/x.png")

    def test_libraries_are_written_with_the_paths_that_were_asked_for(self):
        image = self.picture("a", "x.png")
        self.save("a", "m.kiln", relative_remap=False)
        wanted = {"NONE": self.path("a", "x.png"), "RELATIVE": self.path("a", "x.png"), "RELATIVE_ALL": "//../a/x.png"}
        for remap, expected in wanted.items():
            file = self.path("b", remap + ".kiln")
            bpy.data.libraries.write(file, {image}, path_remap=remap)
            with bpy.data.libraries.load(file) as (source, target):
                target.images = source.images
            self.assertEqual(target.images[0].filepath, expected, remap)
        image.filepath = "//x.png"
        bpy.data.libraries.write(self.path("b", "abs.kiln"), {image}, path_remap="ABSOLUTE")
        with bpy.data.libraries.load(self.path("b", "abs.kiln")) as (source, target):
            target.images = source.images
        self.assertEqual(target.images[0].filepath, self.path("a", "x.png"))

    def test_all_paths_become_relative_or_absolute(self):
        image = self.picture("a", "x.png")
        self.save("b", "m.kiln", relative_remap=False)
        bpy.ops.file.make_paths_relative()
        self.assertEqual(image.filepath, "//../a/x.png")
        bpy.ops.file.make_paths_absolute()
        self.assertEqual(image.filepath, self.path("a", "x.png"))

    def test_relative_to_nothing_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, "never been saved"):
            bpy.ops.file.make_paths_relative()

    def test_missing_files_are_found_in_a_folder(self):
        image = self.picture("a", "x.png")
        self.save("a", "m.kiln")
        os.mkdir(self.path("b", "deep"))
        shutil.move(self.path("a", "x.png"), self.path("b", "deep", "x.png"))
        bpy.ops.file.find_missing_files(directory=self.path("b"))
        self.assertEqual(image.filepath, "//../b/deep/x.png")

    def test_looking_in_no_folder_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, "no folder"):
            bpy.ops.file.find_missing_files(directory=self.path("nowhere"))


class Packing(Files):
    def test_all_pictures_are_packed_and_unpacked(self):
        image = self.picture("a", "x.png")
        self.save("a", "m.kiln")
        bpy.ops.file.pack_all()
        self.assertIsNotNone(image.packed_file)
        os.remove(self.path("a", "x.png"))
        bpy.ops.file.unpack_all(method="USE_ORIGINAL")
        self.assertIsNone(image.packed_file)
        self.assertTrue(os.path.exists(self.path("a", "x.png")))

    def test_saving_packs_where_the_document_says_so(self):
        image = self.picture("a", "x.png")
        bpy.data.use_autopack = True
        self.save("a", "m.kiln")
        self.assertIsNotNone(image.packed_file)
        bpy.ops.wm.open_mainfile(filepath=self.path("a", "m.kiln"))
        self.assertTrue(bpy.data.use_autopack)

    def test_a_picture_that_is_missing_does_not_stop_the_others(self):
        gone, there = self.picture("a", "gone.png"), self.picture("a", "x.png")
        os.remove(self.path("a", "gone.png"))
        bpy.ops.file.pack_all()
        self.assertIsNotNone(there.packed_file)
        self.assertIsNone(gone.packed_file)

    def test_unpacking_ends_packing_by_itself(self):
        bpy.data.use_autopack = True
        bpy.ops.file.unpack_all(method="KEEP")
        self.assertFalse(bpy.data.use_autopack)


class Versions(Files):
    def setUp(self):
        super().setUp()
        self.files = bpy.context.preferences.filepaths
        self.addCleanup(setattr, self.files, "save_version", self.files.save_version)

    def test_one_is_kept_by_default(self):
        for _ in range(3):
            self.save("a", "m.kiln")
        self.assertEqual(sorted(os.listdir(self.path("a"))), ["m.kiln", "m.kiln1"])

    def test_as_many_as_wanted_are_kept(self):
        self.files.save_version = 3
        for x in range(6):
            bpy.context.scene["x"] = x
            self.save("a", "m.kiln")
        values = []
        for file in sorted(os.listdir(self.path("a"))):
            bpy.ops.wm.open_mainfile(filepath=self.path("a", file))
            values.append(bpy.context.scene["x"])
        self.assertEqual(values, [5, 4, 3, 2])

    def test_an_older_one_is_whole_after_many_small_saves(self):
        mesh = bpy.data.meshes.new("m")
        mesh.from_pydata([(i, 0, 0) for i in range(1000)], [], [])
        mesh.use_fake_user = True
        for x in range(5):
            mesh.vertices[0].co.z = x
            self.save("a", "m.kiln")
        bpy.ops.wm.open_mainfile(filepath=self.path("a", "m.kiln1"))
        self.assertEqual(bpy.data.meshes["m"].vertices[0].co.z, 3)
        self.assertEqual(bpy.data.meshes["m"].vertices[999].co.x, 999)


class History(Files):
    def steps(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            bpy.ops.ed.undo_history()
        return out.getvalue()

    def test_steps_are_there_after_reopening(self):
        object = bpy.data.objects.new("o", None)
        bpy.context.scene.collection.objects.link(object)
        for x in (1, 2, 3):
            bpy.data.objects["o"].location.x = x
            bpy.ops.ed.undo_push(message=f"to {x}")
        self.save("a", "m.kiln")
        bpy.ops.wm.read_factory_settings(use_empty=True)
        bpy.ops.wm.open_mainfile(filepath=self.path("a", "m.kiln"))
        self.assertIn("to 2", self.steps())
        bpy.ops.ed.undo()
        self.assertEqual(bpy.data.objects["o"].location.x, 2)
        bpy.ops.ed.undo_history(item=1)
        self.assertEqual(bpy.data.objects["o"].location.x, 1)
        bpy.ops.ed.redo()
        self.assertEqual(bpy.data.objects["o"].location.x, 2)

    def test_a_step_that_is_not_there_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, "no step 999"):
            bpy.ops.ed.undo_history(item=999)


class Libraries(Files):
    def setUp(self):
        super().setUp()
        self.library = self.path("a", "library.kiln")
        for name in ("one", "two", "three"):
            bpy.context.scene.collection.objects.link(bpy.data.objects.new(name, None))
        self.save("a", "library.kiln")
        bpy.ops.wm.read_factory_settings(use_empty=True)

    def link(self, *names, append=False):
        operator = bpy.ops.wm.append if append else bpy.ops.wm.link
        return operator(directory=self.library + "/Object/", files=[{"name": name} for name in names])

    def test_several_are_linked_at_once(self):
        self.link("one", "two")
        self.assertEqual(sorted(o.name for o in bpy.data.objects), ["one", "two"])
        self.assertEqual(len(bpy.data.libraries), 1)

    def test_several_are_appended_at_once(self):
        self.link("one", "three", append=True)
        self.assertEqual([o.library for o in bpy.data.objects], [None, None])

    def test_wrong_members_are_refused(self):
        with self.assertRaisesRegex(TypeError, "unrecognized"):
            bpy.ops.wm.link(directory=self.library, files=[{"nam": "x"}])
        with self.assertRaises(TypeError):
            bpy.ops.wm.link(directory=self.library, files=[3])

    def test_linked_objects_are_not_moved(self):
        self.link("one")
        bpy.ops.transform.translate(value=(1, 2, 3))
        self.assertEqual(tuple(bpy.data.objects["one"].location), (0, 0, 0))

    def test_a_library_that_moved_is_found_again(self):
        self.link("one")
        shutil.move(self.library, self.path("b", "moved.kiln"))
        bpy.ops.wm.lib_relocate(library="library.kiln", filepath=self.path("b", "moved.kiln"))
        self.assertEqual(bpy.data.objects["one"].library.filepath, self.path("b", "moved.kiln"))
        self.assertIn("moved.kiln", bpy.data.libraries)

    def test_relocating_to_nothing_changes_nothing(self):
        self.link("one")
        with self.assertRaises(RuntimeError):
            bpy.ops.wm.lib_relocate(library="library.kiln", filepath=self.path("b", "none.kiln"))
        self.assertEqual(bpy.data.objects["one"].library.filepath, self.library)

    def test_purging_leaves_libraries_that_are_used(self):
        self.link("one")
        bpy.ops.outliner.orphans_purge(do_recursive=True)
        self.assertIn("one", bpy.data.objects)

    def test_purging_may_leave_linked_ones(self):
        with bpy.data.libraries.load(self.library, link=True) as (_, target):
            target.objects = ["one"]
        bpy.data.meshes.new("unused")
        bpy.ops.outliner.orphans_purge(do_linked_ids=False)
        self.assertEqual((len(bpy.data.objects), len(bpy.data.meshes)), (1, 0))
        bpy.ops.outliner.orphans_purge()
        self.assertEqual(len(bpy.data.objects), 0)


class Names(Files):
    def rename(self, *actions, names=("Foo", "foo.001", "Bar_2")):
        objects = [bpy.data.objects.new(name, None) for name in names]
        bpy.ops.wm.batch_rename(data_type="OBJECT", data_source="ALL", actions=list(actions))
        return [o.name for o in objects]

    def test_texts_are_found_without_regard_to_case(self):
        self.assertEqual(self.rename({"type": "REPLACE", "replace_src": "foo", "replace_dst": "x"}), ["x", "x.001", "Bar_2"])

    def test_case_counts_where_wanted(self):
        action = {"type": "REPLACE", "replace_src": "foo", "replace_dst": "x", "replace_match_case": True}
        self.assertEqual(self.rename(action), ["Foo", "x.001", "Bar_2"])

    def test_patterns_have_groups(self):
        action = {"type": "REPLACE", "replace_src": "(a)(r)", "replace_dst": r"\2\1", "use_replace_regex_src": True, "use_replace_regex_dst": True}
        self.assertEqual(self.rename(action)[2], "Bra_2")

    def test_a_pattern_that_is_none_changes_nothing(self):
        with self.assertRaisesRegex(RuntimeError, "no regular expression"):
            self.rename({"type": "SET", "set_name": "x", "set_method": "NEW"}, {"type": "REPLACE", "replace_src": "(", "use_replace_regex_src": True})
        self.assertIn("Foo", bpy.data.objects)

    def test_actions_follow_each_other(self):
        actions = [{"type": "STRIP", "strip_chars": {"DIGIT", "PUNCT"}, "strip_part": {"END"}}, {"type": "CASE", "case_method": "UPPER"},
                   {"type": "SET", "set_name": "p_", "set_method": "PREFIX"}]
        self.assertEqual(self.rename(*actions), ["p_FOO", "p_FOO.001", "p_BAR"])

    def test_a_name_asked_for_by_many_is_numbered(self):
        self.assertEqual(sorted(self.rename({"type": "SET", "set_name": "A", "set_method": "NEW"})), ["A", "A.001", "A.002"])


class Assets(Files):
    def test_selected_objects_are_marked_and_cleared(self):
        object = bpy.data.objects.new("o", None)
        bpy.context.scene.collection.objects.link(object)
        object.select_set(True)
        bpy.ops.asset.mark()
        self.assertIsNotNone(object.asset_data)
        self.assertTrue(object.use_fake_user)
        bpy.ops.asset.clear(set_fake_user=True)
        self.assertIsNone(object.asset_data)
        self.assertTrue(object.use_fake_user)

    def test_what_was_pointed_at_is_marked(self):
        material = bpy.data.materials.new("m")
        with bpy.context.temp_override(id=material):
            bpy.ops.asset.mark()
        self.assertIsNotNone(material.asset_data)


class Roundtrip(Files):
    def test_roles_of_layers_are_kept(self):
        bpy.ops.mesh.primitive_cube_add()
        mesh = bpy.context.object.data
        mesh.uv_layers.new(name="Second")
        mesh.uv_layers["Second"].active = mesh.uv_layers["Second"].active_render = True
        mesh.color_attributes.new("Col", "FLOAT_COLOR", "POINT")
        mesh.color_attributes.new("Other", "FLOAT_COLOR", "POINT")
        mesh.color_attributes.active_color = mesh.color_attributes["Other"]
        for name in "ab":
            bpy.context.object.vertex_groups.new(name=name)
        bpy.context.object.vertex_groups.active_index = 0
        name = mesh.name
        self.save("a", "m.kiln")
        bpy.ops.wm.open_mainfile(filepath=self.path("a", "m.kiln"))
        mesh = bpy.data.meshes[name]
        self.assertEqual(mesh.uv_layers.active.name, "Second")
        self.assertTrue(mesh.uv_layers["Second"].active_render)
        self.assertEqual(mesh.color_attributes.active_color.name, "Other")
        self.assertEqual(bpy.data.objects[0].vertex_groups.active_index, 0)


class Scenes(Files):
    def test_a_full_copy_shares_no_objects(self):
        mesh = bpy.data.meshes.new("m")
        parent, child = bpy.data.objects.new("p", mesh), bpy.data.objects.new("c", mesh)
        child.parent = parent
        group = bpy.data.collections.new("g")
        bpy.context.scene.collection.children.link(group)
        for o in (parent, child):
            group.objects.link(o)
        bpy.ops.scene.new(type="FULL_COPY")
        scene = bpy.context.scene
        self.assertEqual(sorted(scene.objects.keys()), ["c.001", "p.001"])
        self.assertEqual(scene.objects["c.001"].parent, scene.objects["p.001"])
        self.assertEqual(scene.objects["c.001"].data, scene.objects["p.001"].data)
        self.assertNotEqual(scene.objects["c.001"].data, mesh)

    def test_the_last_scene_stays(self):
        self.assertFalse(bpy.ops.scene.delete.poll())

    def test_instances_become_objects(self):
        inner = bpy.data.collections.new("inner")
        a, b = bpy.data.objects.new("a", None), bpy.data.objects.new("b", None)
        inner.objects.link(a)
        inner.objects.link(b)
        b.parent, a.location, b.location = a, (1, 0, 0), (0, 5, 0)
        e = bpy.data.objects.new("e", None)
        bpy.context.scene.collection.objects.link(e)
        e.instance_type, e.instance_collection, e.location = "COLLECTION", inner, (0, 0, 3)
        e.select_set(True)
        bpy.ops.object.duplicates_make_real(use_hierarchy=True, use_base_parent=True)
        bpy.context.view_layer.update()
        new = bpy.data.objects["b.001"]
        self.assertEqual(new.parent.name, "a.001")
        self.assertEqual(new.parent.parent, e)
        self.assertEqual(tuple(new.matrix_world.translation), (1, 5, 3))
        self.assertEqual(e.instance_type, "NONE")


if __name__ == "__main__":
    unittest.main(argv=["test_files"])
