"""Nodes, node trees and render engines that scripts define."""
import contextlib
import io
import os
import sys
import tempfile
import unittest

import bpy


@contextlib.contextmanager
def registered(*classes):
    for cls in classes:
        bpy.utils.register_class(cls)
    try:
        yield
    finally:
        for cls in reversed(classes):
            if cls.is_registered:
                bpy.utils.unregister_class(cls)


class KitTree(bpy.types.NodeTree):
    bl_idname, bl_label = "KitTree", "Kit"


class KitSocket(bpy.types.NodeSocket):
    bl_idname, bl_label = "KitSocket", "Kit Socket"
    value: bpy.props.FloatProperty(default=0.5)

    def draw(self, context, layout, node, text):
        layout.prop(self, "value")

    def draw_color(self, context, node):
        return 1, 0, 0, 1


class KitNode(bpy.types.Node):
    bl_idname, bl_label, bl_width_default = "KitNode", "Kit Node", 200
    amount: bpy.props.IntProperty(default=3)
    calls = []

    @classmethod
    def poll(cls, tree):
        return tree.bl_idname == "KitTree"

    def init(self, context):
        self.inputs.new("KitSocket", "In")
        self.outputs.new("NodeSocketFloat", "Out")

    def free(self):
        self.calls.append("free")

    def update(self):
        self.calls.append("update")


class Nodes(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        for cls in (KitTree, KitSocket, KitNode):
            bpy.utils.register_class(cls)
        KitNode.calls.clear()
        self.tree = bpy.data.node_groups.new("Tree", "KitTree")
        self.node = self.tree.nodes.new("KitNode")

    def tearDown(self):
        for cls in (KitNode, KitSocket, KitTree):
            if cls.is_registered:
                bpy.utils.unregister_class(cls)

    def test_objects_are_of_the_classes(self):
        self.assertIsInstance(self.tree, KitTree)
        self.assertIsInstance(self.node, KitNode)
        self.assertIsInstance(self.node.inputs[0], KitSocket)

    def test_a_new_node_makes_its_sockets(self):
        self.assertEqual((self.node.inputs.keys(), self.node.outputs.keys(), self.node.width), (["In"], ["Out"], 200))

    def test_properties_have_their_defaults(self):
        self.assertEqual((self.node.amount, self.node.inputs[0].value), (3, 0.5))

    def test_poll_keeps_it_out_of_other_trees(self):
        other = bpy.data.node_groups.new("Shader", "ShaderNodeTree")

        with self.assertRaisesRegex(RuntimeError, "Cannot add node of type KitNode"):
            other.nodes.new("KitNode")

    def test_links_call_update(self):
        second = self.tree.nodes.new("KitNode")
        KitNode.calls.clear()

        link = self.tree.links.new(self.node.outputs[0], second.inputs[0])

        self.assertTrue(link.is_valid)
        self.assertEqual(KitNode.calls, ["update", "update"])

    def test_removing_calls_free(self):
        self.tree.nodes.remove(self.node)

        self.assertEqual(KitNode.calls[-1], "free")

    def test_values_stay_while_the_class_is_away(self):
        self.node.amount = 8
        bpy.utils.unregister_class(KitNode)

        self.assertEqual((self.tree.nodes[0].bl_idname, hasattr(self.tree.nodes[0], "amount")), ("NodeUndefined", False))
        bpy.utils.register_class(KitNode)
        self.assertEqual((self.tree.nodes[0].amount, type(self.tree.nodes[0])), (8, KitNode))

    def test_files_keep_them(self):
        self.node.amount, self.node.inputs[0].value = 7, 0.25
        second = self.tree.nodes.new("KitNode")
        self.tree.links.new(self.node.outputs[0], second.inputs[0])
        self.tree.use_fake_user = True
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "nodes.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=path)
            bpy.ops.wm.read_factory_settings(use_empty=True)
            bpy.ops.wm.open_mainfile(filepath=path)

        tree = bpy.data.node_groups["Tree"]
        self.assertEqual((type(tree), tree.nodes[0].amount, tree.nodes[0].inputs[0].value, len(tree.links)), (KitTree, 7, 0.25, 1))

    def test_files_keep_them_while_the_class_is_away(self):
        self.node.amount = 7
        self.tree.use_fake_user = True
        with tempfile.TemporaryDirectory() as folder:
            first, second = os.path.join(folder, "a.kiln"), os.path.join(folder, "b.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=first)
            for cls in (KitNode, KitSocket, KitTree):
                bpy.utils.unregister_class(cls)
            bpy.ops.wm.open_mainfile(filepath=first)
            bpy.ops.wm.save_as_mainfile(filepath=second)
            for cls in (KitTree, KitSocket, KitNode):
                bpy.utils.register_class(cls)
            bpy.ops.wm.open_mainfile(filepath=second)

        node = bpy.data.node_groups["Tree"].nodes[0]
        self.assertEqual((type(node), node.amount, type(node.inputs[0])), (KitNode, 7, KitSocket))

    def test_nodes_of_the_program_get_no_sockets(self):
        tree = bpy.data.node_groups.new("Shader", "ShaderNodeTree")
        node = tree.nodes.new("ShaderNodeMath")

        with self.assertRaisesRegex(RuntimeError, "built-in"):
            node.inputs.new("NodeSocketFloat", "More")

    def test_a_failing_init_is_reported_and_the_node_is_there(self):
        class Bad(bpy.types.Node):
            bl_idname, bl_label = "KitBad", "Bad"

            def init(self, context):
                raise KeyError("oops")
        with registered(Bad), contextlib.redirect_stderr(io.StringIO()) as text:
            self.assertIsNotNone(self.tree.nodes.new("KitBad"))
        self.assertIn("oops", text.getvalue())

    def test_a_tree_that_is_removed_in_init_leaves_nothing(self):
        class Remover(bpy.types.Node):
            bl_idname, bl_label = "KitRemover", "Remover"

            def init(self, context):
                bpy.data.node_groups.remove(self.id_data)
        with registered(Remover), contextlib.redirect_stderr(io.StringIO()):
            self.assertIsNone(self.tree.nodes.new("KitRemover"))


class Groups(unittest.TestCase):
    def test_custom_groups_follow_their_tree(self):
        class KitGroup(bpy.types.ShaderNodeCustomGroup):
            bl_label = "Kit Group"

            def init(self, context):
                self.node_tree = bpy.data.node_groups["Inner"]
        inner = bpy.data.node_groups.new("Inner", "ShaderNodeTree")
        inner.inputs.new("NodeSocketColor", "Tint")
        outer = bpy.data.node_groups.new("Outer", "ShaderNodeTree")
        with registered(KitGroup):
            node = outer.nodes.new("KitGroup")

            self.assertEqual((node.node_tree, node.inputs.keys()), (inner, ["Tint"]))
            bpy.data.node_groups.remove(outer)


class Categories(unittest.TestCase):
    def test_categories_become_menus(self):
        import nodeitems_utils
        from nodeitems_utils import NodeCategory, NodeItem

        nodeitems_utils.register_node_categories("KIT", [NodeCategory("KIT_A", "Kit A", items=[NodeItem("ShaderNodeMath")])])

        self.assertEqual(bpy.types.NODE_MT_category_KIT_A.bl_label, "Kit A")
        self.assertEqual([item.label for item in nodeitems_utils.node_items_iter(None)], ["Math"])
        nodeitems_utils.unregister_node_categories("KIT")
        self.assertFalse(hasattr(bpy.types, "NODE_MT_category_KIT_A"))


class Flat(bpy.types.RenderEngine):
    """Fills the picture in two parts."""
    bl_idname, bl_label = "KIT_FLAT", "Flat"
    problem = None

    def update(self, data, depsgraph):
        self.report({"INFO"}, "begins")

    def render(self, depsgraph):
        scale = depsgraph.scene.render.resolution_percentage / 100
        width, height = self.resolution_x, self.resolution_y
        assert width == int(depsgraph.scene.render.resolution_x * scale)
        if self.problem:
            self.error_set(self.problem)
            return
        self.add_pass("Kit", 1, "X")
        for half in range(2):
            result = self.begin_result(0, half * height // 2, width, height // 2)
            result.layers[0].passes["Combined"].rect = [(float(half), 0.0, 1.0, 1.0)] * (width * (height // 2))
            result.layers[0].passes["Kit"].foreach_set("rect", [5.0] * (width * (height // 2)))
            self.update_progress(half / 2)
            self.end_result(result)


class Engines(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings()
        bpy.utils.register_class(Flat)
        Flat.problem = None
        self.scene = bpy.context.scene
        self.scene.render.engine = "KIT_FLAT"
        self.scene.render.resolution_x, self.scene.render.resolution_y, self.scene.render.resolution_percentage = 16, 8, 50
        self.scene.view_settings.view_transform = "Standard"
        self.folder = tempfile.TemporaryDirectory()
        self.scene.render.filepath = os.path.join(self.folder.name, "picture.png")

    def tearDown(self):
        if Flat.is_registered:
            bpy.utils.unregister_class(Flat)
        self.folder.cleanup()

    def test_its_picture_is_the_picture(self):
        self.assertEqual(bpy.ops.render.render(write_still=True), {"FINISHED"})

        picture = bpy.data.images.load(self.scene.render.filepath)
        self.assertEqual(list(picture.size), [8, 4])
        # Files of bytes are dithered.
        self.assertEqual([[round(value, 1) for value in picture.pixels[i * 4:i * 4 + 3]] for i in (0, 31)], [[0.0, 0.0, 1.0], [1.0, 0.0, 1.0]])

    def test_further_passes_reach_the_file(self):
        self.scene.render.image_settings.file_format = "OPEN_EXR_MULTILAYER"
        self.scene.render.filepath = os.path.join(self.folder.name, "picture.exr")

        bpy.ops.render.render(write_still=True)

        with open(self.scene.render.filepath, "rb") as file:
            self.assertIn(b"Kit.X", file.read())

    def test_an_error_ends_the_rendering(self):
        Flat.problem = "no license for cubes"

        with self.assertRaisesRegex(RuntimeError, "no license for cubes"):
            bpy.ops.render.render()

    def test_what_it_raises_is_the_error(self):
        class Raises(bpy.types.RenderEngine):
            bl_idname, bl_label = "KIT_RAISES", "Raises"

            def render(self, depsgraph):
                self.begin_result(0, 0, 99999, 1)
        with registered(Raises):
            self.scene.render.engine = "KIT_RAISES"
            with self.assertRaisesRegex(RuntimeError, "do not lie in the picture"):
                bpy.ops.render.render()
            self.scene.render.engine = "CYCLES"

    def test_is_an_engine_while_it_is_registered(self):
        self.scene.render.engine = "CYCLES"
        bpy.utils.unregister_class(Flat)

        with self.assertRaises(TypeError):
            self.scene.render.engine = "KIT_FLAT"


outcome = unittest.main(argv=["test_script_types"], exit=False)
sys.exit(not outcome.result.wasSuccessful())
