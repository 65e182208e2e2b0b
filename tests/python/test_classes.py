"""Classes and properties that scripts define: what add-ons stand on."""
import contextlib
import gc
import io
import os
import sys
import tempfile
import unittest
import zipfile

import bpy
from bpy.props import (BoolProperty, CollectionProperty, EnumProperty, FloatProperty, FloatVectorProperty, IntProperty, PointerProperty,
                       StringProperty)


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


@contextlib.contextmanager
def silent():
    with contextlib.redirect_stderr(io.StringIO()) as text:
        yield text


class Item(bpy.types.PropertyGroup):
    value: IntProperty(default=3, min=0, max=9)


class Kit(bpy.types.PropertyGroup):
    size: FloatProperty(default=0.5, min=0, max=2, unit="LENGTH")
    kind: EnumProperty(items=[("A", "Alpha", ""), ("B", "Beta", "")])
    label: StringProperty(maxlen=4)
    color: FloatVectorProperty(size=3, subtype="COLOR", min=0, max=1)
    items_: CollectionProperty(type=Item)
    target: PointerProperty(type=bpy.types.Object)


class Groups(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)
        for cls in (Item, Kit):
            bpy.utils.register_class(cls)
        bpy.types.Object.kit = PointerProperty(type=Kit)
        self.item = bpy.data.objects.new("o", None)
        bpy.context.scene.collection.objects.link(self.item)

    def tearDown(self):
        del bpy.types.Object.kit
        for cls in (Kit, Item):
            bpy.utils.unregister_class(cls)

    def test_values_survive_a_file(self):
        kit = self.item.kit
        kit.size, kit.kind, kit.color, kit.target = 1.25, "B", (0.25, 0.5, 2.0), self.item
        kit.items_.add().value = 7
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "x.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=path)
            bpy.ops.wm.open_mainfile(filepath=path)
        kit = bpy.data.objects["o"].kit
        self.assertEqual((kit.size, kit.kind, tuple(kit.color), kit.items_[0].value, kit.target.name), (1.25, "B", (0.25, 0.5, 1.0), 7, "o"))

    def test_undo_covers_them(self):
        bpy.ops.ed.undo_push(message="before")
        self.item.kit.items_.add().value = 8
        bpy.ops.ed.undo_push(message="after")
        bpy.ops.ed.undo()
        self.assertEqual(len(bpy.data.objects["o"].kit.items_), 0)
        bpy.ops.ed.redo()
        self.assertEqual(bpy.data.objects["o"].kit.items_[0].value, 8)

    def test_an_item_that_is_gone_raises_reference_error(self):
        entry = self.item.kit.items_.add()
        self.item.kit.items_.clear()
        self.assertRaises(ReferenceError, lambda: entry.value)
        self.assertRaises(ReferenceError, setattr, entry, "value", 1)

    def test_objects_of_a_class_that_is_gone_do_not_crash(self):
        class Short(bpy.types.PropertyGroup):
            x: IntProperty()
            names: CollectionProperty(type=Item)
        bpy.utils.register_class(Short)
        bpy.types.Object.short = PointerProperty(type=Short)
        short, names = self.item.short, self.item.short.names
        entry = names.add()
        del bpy.types.Object.short
        bpy.utils.unregister_class(Short)
        gc.collect()
        for access in (lambda: short.x, lambda: short["x"], lambda: entry.value, names.add, names.clear, lambda: repr(short), lambda: short.names,
                       lambda: names[0], lambda: short.path_from_id(), lambda: short.bl_rna.properties.keys()):
            with contextlib.suppress(ReferenceError, AttributeError, KeyError, IndexError, TypeError, ValueError):
                access()

    def test_an_update_function_may_remove_what_it_is_called_for(self):
        def update(self, context):
            bpy.data.objects.remove(bpy.data.objects["o"])
        bpy.types.Object.bomb = IntProperty(update=update)
        self.item.bomb = 3
        self.assertRaises(ReferenceError, lambda: self.item.name)
        del bpy.types.Object.bomb

    def test_an_update_function_that_calls_itself_ends(self):
        def update(self, context):
            self.loop += 1
        bpy.types.Object.loop = IntProperty(update=update)
        with silent() as text:
            self.item.loop = 1
        self.assertIn("RecursionError", text.getvalue())
        del bpy.types.Object.loop

    def test_functions_of_properties_that_fail_are_reported(self):
        def bad(self):
            raise KeyError("broken on purpose")
        bpy.types.Object.bad = IntProperty(get=bad)
        with silent() as text:
            self.assertEqual(self.item.bad, 0)
        self.assertIn("broken on purpose", text.getvalue())
        del bpy.types.Object.bad

    def test_items_of_a_function_may_change_the_document(self):
        def items(self, context):
            bpy.data.objects.new("more", None)
            bpy.ops.ed.undo_push(message="x")
            return [("A", "A", ""), ("B", "B", "")]
        bpy.types.Object.choice = EnumProperty(items=items)
        self.item.choice = "B"
        self.assertEqual(bpy.data.objects["o"].choice, "B")
        del bpy.types.Object.choice

    def test_set_functions_of_items_that_a_function_gives_get_their_number(self):
        seen = []
        bpy.types.Object.choice = EnumProperty(items=lambda self, context: [("A", "A", ""), ("B", "B", "")], get=lambda self: 1,
                                               set=lambda self, value: seen.append(value))
        self.item.choice = "B"
        self.assertEqual((seen, self.item.choice), ([1], "B"))
        del bpy.types.Object.choice


class Operators(unittest.TestCase):
    def setUp(self):
        bpy.ops.wm.read_factory_settings(use_empty=True)

    def test_an_operator_that_fails_names_its_line(self):
        class KIT_OT_fails(bpy.types.Operator):
            bl_idname, bl_label = "kit.fails", "Fails"

            def execute(self, context):
                raise ValueError("no luck")
        with registered(KIT_OT_fails), self.assertRaisesRegex(RuntimeError, "(?s)test_classes.*no luck"):
            bpy.ops.kit.fails()

    def test_an_operator_may_unregister_itself(self):
        class KIT_OT_gone(bpy.types.Operator):
            bl_idname, bl_label = "kit.gone", "Gone"

            def execute(self, context):
                bpy.utils.unregister_class(KIT_OT_gone)
                return {"FINISHED"}
        bpy.utils.register_class(KIT_OT_gone)
        self.assertEqual(bpy.ops.kit.gone(), {"FINISHED"})
        self.assertRaises(AttributeError, bpy.ops.kit.gone)

    def test_poll_messages_reach_the_caller(self):
        class KIT_OT_never(bpy.types.Operator):
            bl_idname, bl_label = "kit.never", "Never"

            @classmethod
            def poll(cls, context):
                cls.poll_message_set("the moon is not full")
                return False
        with registered(KIT_OT_never), self.assertRaisesRegex(RuntimeError, "the moon is not full"):
            bpy.ops.kit.never()

    def test_settings_reach_execute_and_are_checked(self):
        seen = []

        class KIT_OT_set(bpy.types.Operator):
            bl_idname, bl_label = "kit.set", "Set"
            count: IntProperty(default=2, max=5)
            kind: EnumProperty(items=[("A", "A", ""), ("B", "B", "")])

            def execute(self, context):
                seen.append(self.as_keywords())
                return {"FINISHED"}
        with registered(KIT_OT_set):
            bpy.ops.kit.set(count=50, kind="B")
            bpy.ops.kit.set()
            self.assertRaises(TypeError, bpy.ops.kit.set, kind="C")
        self.assertEqual(seen, [{"count": 5, "kind": "B"}, {"count": 2, "kind": "A"}])


class Addons(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        os.environ["BLENDER_USER_SCRIPTS"] = self.folder.name

    def tearDown(self):
        self.folder.cleanup()
        del os.environ["BLENDER_USER_SCRIPTS"]

    def archive(self, name, files):
        path = os.path.join(self.folder.name, name)
        with zipfile.ZipFile(path, "w") as out:
            for inner, text in files.items():
                out.writestr(inner, text)
        return path

    def test_install_enable_disable(self):
        path = self.archive("kit.zip", {"kit_addon/__init__.py": '''bl_info = {"name": "Kit", "blender": (3, 0, 0), "category": "Test", "version": (1, 2)}
import bpy
class KIT_OT_addon(bpy.types.Operator):
    bl_idname, bl_label = "kit.addon", "Addon"
    def execute(self, context):
        return {"FINISHED"}
def register():
    bpy.utils.register_class(KIT_OT_addon)
def unregister():
    bpy.utils.unregister_class(KIT_OT_addon)
'''})
        import addon_utils
        bpy.ops.preferences.addon_install(filepath=path)
        self.assertIn("kit_addon", [module.__name__ for module in addon_utils.modules()])
        bpy.ops.preferences.addon_enable(module="kit_addon")
        self.assertEqual(bpy.ops.kit.addon(), {"FINISHED"})
        self.assertIn("kit_addon", bpy.context.preferences.addons)
        bpy.ops.preferences.addon_disable(module="kit_addon")
        self.assertRaises(AttributeError, bpy.ops.kit.addon)

    def test_an_archive_cannot_write_outside(self):
        path = self.archive("bad.zip", {"../evil.py": "x = 1"})
        with self.assertRaisesRegex(RuntimeError, "unsafe"):
            bpy.ops.preferences.addon_install(filepath=path)

    def test_an_addon_that_raises_is_reported_and_not_enabled(self):
        path = self.archive("broken.zip", {"broken_addon/__init__.py": 'bl_info = {"name": "B"}\ndef register():\n    raise OSError("cannot")\n'})
        import addon_utils
        bpy.ops.preferences.addon_install(filepath=path)
        with self.assertRaisesRegex(RuntimeError, "cannot"):
            bpy.ops.preferences.addon_enable(module="broken_addon")
        self.assertEqual(addon_utils.check("broken_addon"), (False, False))


class Extras(unittest.TestCase):
    def test_definitions_may_be_text(self):
        source = "from __future__ import annotations\nimport bpy\nclass Late(bpy.types.PropertyGroup):\n    x: bpy.props.IntProperty(default=6)\n"
        module = type(sys)("late_module")
        sys.modules["late_module"] = module
        exec(source, module.__dict__)
        with registered(module.Late):
            self.assertEqual(module.Late.bl_rna.properties["x"].default, 6)

    def test_a_point_before_the_camera_is_in_the_picture(self):
        from bpy_extras.object_utils import world_to_camera_view
        bpy.ops.wm.read_factory_settings()
        seen = world_to_camera_view(bpy.context.scene, bpy.data.objects["Camera"], (0, 0, 0))
        for value, expected in zip(seen, (0.4990, 0.5132, 11.2562)):
            self.assertAlmostEqual(value, expected, 3)

    def test_axes_are_converted(self):
        from bpy_extras.io_utils import axis_conversion
        turned = axis_conversion(from_forward="-X", from_up="Y", to_forward="Z", to_up="X")
        self.assertEqual([tuple(row) for row in turned], [(0, 1, 0), (0, 0, -1), (-1, 0, 0)])


class Lookups(unittest.TestCase):
    def test_classes_are_found_by_what_they_derive_from(self):
        class KIT_PT_found(bpy.types.Panel):
            bl_label, bl_space_type, bl_region_type = "Found", "VIEW_3D", "UI"

            def draw(self, context):
                pass
        bpy.utils.register_class(KIT_PT_found)
        types = bpy.types
        self.assertIs(types.Panel.bl_rna_get_subclass_py("KIT_PT_found"), KIT_PT_found)
        self.assertIs(types.bpy_struct.bl_rna_get_subclass_py("KIT_PT_found"), KIT_PT_found)
        self.assertIsNone(types.Menu.bl_rna_get_subclass_py("KIT_PT_found"))
        bpy.utils.unregister_class(KIT_PT_found)
        self.assertEqual(types.Panel.bl_rna_get_subclass_py("KIT_PT_found", 5), 5)
        self.assertIs(types.ID.bl_rna_get_subclass_py("Mesh"), types.Mesh)
        self.assertEqual(types.Node.bl_rna_get_subclass("ShaderNodeMath").identifier, "ShaderNodeMath")
        self.assertIsNone(types.Node.bl_rna_get_subclass("Mesh"))

    def test_parts_are_shown_by_their_paths(self):
        item = bpy.data.objects.new("It's", None)
        self.assertEqual(repr(item.lock_location), f"bpy.data.objects[{item.name!r}].lock_location")
        self.assertEqual(repr(item.modifiers), f"bpy.data.objects[{item.name!r}].modifiers")
        self.assertEqual((str(item.lock_location), str(item.modifiers)), ("<bpy_boolean[3], Object.lock_location>", "<bpy_collection[0], ObjectModifiers>"))
        self.assertEqual(repr(bpy.data.objects), f"<bpy_collection[{len(bpy.data.objects)}], BlendDataObjects>")
        self.assertEqual(eval(repr(item.lock_location))[0], False)

    def test_operators_tell_how_they_are_called(self):
        self.assertEqual(repr(bpy.ops.object.select_all), "bpy.ops.object.select_all(action='TOGGLE')")
        self.assertIn("size=2, ", repr(bpy.ops.mesh.primitive_cube_add))
        self.assertTrue(bpy.ops.object.select_all.__doc__.startswith("bpy.ops.object.select_all(action='TOGGLE')\n"))
        self.assertRaises(ValueError, bpy.ops.object.select_all, True, True, True, True)


class ListSettings(unittest.TestCase):
    """Operators are called with lists of dictionaries for lists of groups, as file browsers call importers."""

    def test_files_and_groups(self):
        seen = []

        class Pair(bpy.types.PropertyGroup):
            value: bpy.props.StringProperty()

        class TakesLists(bpy.types.Operator):
            bl_idname, bl_label = "test.takes_lists", "Takes Lists"
            files: bpy.props.CollectionProperty(type=bpy.types.OperatorFileListElement)
            pairs: bpy.props.CollectionProperty(type=Pair)

            def execute(self, context):
                seen.append(([f.name for f in self.files], [(p.name, p.value) for p in self.pairs]))
                return {"FINISHED"}

        bpy.utils.register_class(Pair)
        bpy.utils.register_class(TakesLists)
        try:
            bpy.ops.test.takes_lists(files=[{"name": "a"}, {"name": "b"}], pairs=[{"name": "n", "value": "v"}])
            self.assertEqual(seen, [(["a", "b"], [("n", "v")])])
            for wrong in ([1], [{"zz": 1}], {"name": "a"}):
                with self.assertRaises(TypeError):
                    bpy.ops.test.takes_lists(pairs=wrong)
        finally:
            bpy.utils.unregister_class(TakesLists)
            bpy.utils.unregister_class(Pair)


suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(case) for case in (Groups, Operators, Addons, Extras, ListSettings))
result = unittest.TextTestRunner(verbosity=1).run(suite)
sys.exit(0 if result.wasSuccessful() else 1)
