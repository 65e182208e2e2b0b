"""A workspace may show the panels, menus, functions in menus and keys of some add-ons only."""
import os
import sys
import tempfile
import unittest

import _bpy
import addon_utils
import bpy
from bpy import _keymaps, _ui

ADDON = """
import bpy

class OWNED_PT_panel(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_category = "Owned", "VIEW_3D", "UI", "Owned"
    def draw(self, context):
        pass

def drawn(self, context):
    self.layout.label(text="owned")

def register():
    bpy.utils.register_class(OWNED_PT_panel)
    bpy.types.TOPBAR_MT_file_import.append(drawn)
    keymap = bpy.context.window_manager.keyconfigs.addon.keymaps.new("Owned")
    keymap.keymap_items.new("mesh.primitive_cube_add", "F9", "PRESS")

def unregister():
    bpy.types.TOPBAR_MT_file_import.remove(drawn)
    bpy.utils.unregister_class(OWNED_PT_panel)
    keymaps = bpy.context.window_manager.keyconfigs.addon.keymaps
    keymaps.remove(keymaps["Owned"])
"""
KEY = {"type": "F9", "value": "PRESS", "shift": False, "ctrl": False, "alt": False, "oskey": False}


class Owners(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        with open(os.path.join(cls.folder.name, "owned_add_on.py"), "w", encoding="utf-8") as file:
            file.write(ADDON)
        sys.path.append(cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        sys.path.remove(cls.folder.name)
        cls.folder.cleanup()

    def setUp(self):
        addon_utils.enable("owned_add_on")
        self.workspace = bpy.context.workspace

    def tearDown(self):
        self.workspace.use_filter_by_owner = False
        self.workspace.owner_ids.clear()
        addon_utils.disable("owned_add_on")

    def seen(self):
        """Which of the panel, the function in the menu and the key are there."""
        item = _bpy.make_instance(bpy.types.TOPBAR_MT_file_import)
        item.layout = bpy.types.UILayout()
        item.draw(bpy.context)
        return (_ui._agrees(sys.modules["owned_add_on"].OWNED_PT_panel, bpy.context),
                "owned" in [node.get("text") for node in item.layout._node["children"]], _keymaps._find(["Owned"], KEY) is not None)

    def test_are_noted_while_an_add_on_registers(self):
        self.assertEqual(sys.modules["owned_add_on"].OWNED_PT_panel.bl_owner_id, "owned_add_on")
        self.assertEqual(bpy.context.window_manager.keyconfigs.addon.keymaps["Owned"].bl_owner_id, "owned_add_on")

    def test_all_are_shown_at_first(self):
        self.assertEqual(self.seen(), (True, True, True))

    def test_a_workspace_that_filters_shows_those_it_names(self):
        self.workspace.use_filter_by_owner = True
        self.assertEqual(self.seen(), (False, False, False))

        bpy.ops.wm.owner_enable(owner_id="owned_add_on")
        self.assertEqual(self.seen(), (True, True, True))

        bpy.ops.wm.owner_disable(owner_id="owned_add_on")
        self.assertEqual(self.seen(), (False, False, False))

    def test_what_no_add_on_brings_is_always_shown(self):
        class OWNED_PT_other(bpy.types.Panel):
            bl_label, bl_space_type, bl_region_type = "Other", "VIEW_3D", "UI"

            def draw(self, context):
                pass
        bpy.utils.register_class(OWNED_PT_other)
        self.workspace.use_filter_by_owner = True

        self.assertTrue(_ui._agrees(OWNED_PT_other, bpy.context))
        bpy.utils.unregister_class(OWNED_PT_other)

    def test_the_mode_of_a_workspace_is_that_of_the_active_object(self):
        self.workspace.object_mode = self.workspace.object_mode
        with self.assertRaises(TypeError):
            self.workspace.object_mode = "SCULPT"


unittest.main(argv=["test"])
