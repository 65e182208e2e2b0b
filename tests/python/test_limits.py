"""Limits of the history, of links and of memory; what muted nodes, macros, overrides and creases tell of themselves."""
import os
import tempfile
import unittest

import bpy


class History(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.edit = bpy.context.preferences.edit

    def tearDown(self):
        self.edit.undo_memory_limit = 0

    def steps_back(self):
        count = 0
        while bpy.ops.ed.undo.poll() and bpy.ops.ed.undo() == {"FINISHED"}:
            count += 1
        return count

    def edits_of_a_large_mesh(self, count):
        mesh = bpy.data.meshes.new("large")
        mesh.vertices.add(200_000)  # 2.4 MB of places
        bpy.ops.ed.undo_push(message="made")
        for i in range(count):
            mesh = bpy.data.meshes["large"]
            mesh.vertices[0].co.x = i + 1
            bpy.ops.ed.undo_push(message=f"edit {i}")

    def test_the_oldest_steps_go_where_they_take_too_much(self):
        self.edits_of_a_large_mesh(12)
        self.assertGreaterEqual(self.steps_back(), 12)
        bpy.ops.wm.read_factory_settings()
        self.edit.undo_memory_limit = 10
        self.edits_of_a_large_mesh(12)
        self.assertIn(self.steps_back(), range(3, 6))

    def test_one_step_back_is_always_there(self):
        self.edit.undo_memory_limit = 1
        self.edits_of_a_large_mesh(3)
        self.assertEqual(bpy.data.meshes["large"].vertices[0].co.x, 3)
        bpy.ops.ed.undo()
        self.assertEqual(bpy.data.meshes["large"].vertices[0].co.x, 2)

    def test_small_steps_are_not_counted_as_large(self):
        self.edit.undo_memory_limit = 1
        bpy.ops.ed.undo_push(message="before")
        for i in range(20):
            bpy.data.objects["Cube"].location.x = i
            bpy.ops.ed.undo_push(message=f"move {i}")
        self.assertGreaterEqual(self.steps_back(), 20)


class Nodes(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        self.tree = bpy.data.materials.new("m")
        self.tree.use_nodes = True
        self.tree = self.tree.node_tree

    def test_inputs_take_as_many_links_as_they_say(self):
        target = self.tree.nodes.new("ShaderNodeMath")
        sources = [self.tree.nodes.new("ShaderNodeValue") for _ in range(4)]
        self.assertEqual((target.inputs[0].link_limit, target.outputs[0].link_limit), (1, 4095))
        for source in sources:
            self.tree.links.new(source.outputs[0], target.inputs[0])
        self.assertEqual(len(target.inputs[0].links), 1)
        target.inputs[0].link_limit = 3
        for source in sources:
            self.tree.links.new(source.outputs[0], target.inputs[0])
        self.assertEqual(len(target.inputs[0].links), 3)

    def test_muted_nodes_hand_on_what_fits(self):
        node = self.tree.nodes.new("ShaderNodeMixRGB")
        self.assertEqual(len(node.internal_links), 0)
        node.mute = True
        link = node.internal_links[0]
        self.assertEqual((link.from_node, link.to_node, link.from_socket.type, link.to_socket), (node, node, "RGBA", node.outputs[0]))


class Facts(unittest.TestCase):
    def test_macros_list_their_operators(self):
        class OBJECT_OT_twice(bpy.types.Macro):
            """Move twice"""
            bl_idname, bl_label = "object.twice_moved", "Twice"

        bpy.utils.register_class(OBJECT_OT_twice)
        OBJECT_OT_twice.define("TRANSFORM_OT_translate").properties.value = (1, 0, 0)
        OBJECT_OT_twice.define("TRANSFORM_OT_translate")
        self.assertEqual(len(OBJECT_OT_twice._steps), 2)
        self.assertEqual(bpy.types.Macro.bl_rna.base.properties["macros"].fixed_type.identifier if bpy.types.Macro.bl_rna.base else "Macro", "Macro")
        bpy.utils.unregister_class(OBJECT_OT_twice)

    def test_creases_are_layers_where_there_are_any(self):
        bpy.ops.wm.read_factory_settings()
        mesh = bpy.data.meshes["Cube"]
        self.assertEqual((len(mesh.vertex_creases), len(mesh.edge_creases)), (0, 0))
        mesh.vertices[2].crease = 0.25
        mesh.edges[3].crease = 0.75
        self.assertEqual(mesh.vertex_creases[0].data[2].value, 0.25)
        values = [0.0] * 12
        mesh.edge_creases[0].data.foreach_get("value", values)
        self.assertEqual(values[3], 0.75)
        self.assertIsInstance(mesh.vertex_creases[0].data[0], bpy.types.MeshVertexCrease)

    def test_overrides_replace_values(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "library.kiln")
            bpy.ops.wm.read_factory_settings()
            bpy.ops.wm.save_as_mainfile(filepath=path)
            bpy.ops.wm.read_factory_settings()
            with bpy.data.libraries.load(path, link=True) as (there, here):
                here.objects = ["Camera"]
            override = here.objects[0].override_create()
            override.location.x = 17
            saved = os.path.join(folder, "user.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=saved)
            bpy.ops.wm.open_mainfile(filepath=saved)
            override = next(o for o in bpy.data.objects if o.override_library)
            changed = override.override_library.properties[0]
            self.assertEqual([o.operation for o in changed.operations], ["REPLACE"])
            self.assertEqual(changed.operations[0].subitem_local_index, -1)

    def test_the_key_configuration_is_chosen_by_name(self):
        keymap = bpy.context.preferences.keymap
        configurations = bpy.context.window_manager.keyconfigs
        self.assertEqual(keymap.active_keyconfig, configurations.active.name)
        mine = configurations.new("Mine")
        keymap.active_keyconfig = "Mine"
        self.assertEqual(configurations.active, mine)
        keymap.active_keyconfig = "Nobody's"  # says that there is none
        self.assertEqual(configurations.active, mine)
        keymap.active_keyconfig = configurations.default.name
        configurations.remove(mine)

    def test_consoles_speak_python(self):
        self.assertEqual(bpy.types.SpaceConsole.bl_rna.properties["language"].length_max, 32)

    def test_images_leave_memory_where_it_is_full(self):
        system = bpy.context.preferences.system
        with tempfile.TemporaryDirectory() as folder:
            images = []
            for i in range(4):
                image = bpy.data.images.new(f"p{i}", 512, 512, float_buffer=False)
                image.filepath_raw, image.file_format = os.path.join(folder, f"p{i}.png"), "PNG"
                image.save()
                bpy.data.images.remove(image)
                images.append(bpy.data.images.load(os.path.join(folder, f"p{i}.png")))
            system.memory_cache_limit = 3  # a picture has 1 MB of bytes, and 4 MB of floats once asked for
            for image in images:
                image.pixels[0]
            self.assertFalse(images[0].has_data)
            self.assertTrue(images[-1].has_data)
            system.memory_cache_limit = 4096
            for image in images:
                image.pixels[0]
            self.assertTrue(all(image.has_data for image in images))


unittest.main(argv=["test"])
