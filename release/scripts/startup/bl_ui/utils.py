"""Bases of panels and menus."""
import bpy


class PresetPanel:
    """A popover with the presets of a folder: `preset_subdir`, run by `preset_operator`, added by `preset_add_operator`."""

    bl_space_type = "PROPERTIES"
    bl_region_type = "HEADER"
    bl_label = "Presets"
    path_menu = bpy.types.Menu.path_menu

    @classmethod
    def draw_panel_header(cls, layout):
        """A button that shows the presets."""
        layout.popover(panel=cls.__name__, icon="PRESET", text="")

    @classmethod
    def draw_menu(cls, layout, text=None):
        """An entry that shows them."""
        layout.popover(panel=cls.__name__, icon="PRESET", text=cls.bl_label if text is None else text)

    def draw(self, context):
        """The presets."""
        bpy.types.Menu.draw_preset(self, context)
