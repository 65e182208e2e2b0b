"""Keying sets of scripts: which properties get keys together."""
import _bpy
from bpy.props import EnumProperty, StringProperty

from . import program_struct


@program_struct("Keying Set Info", name_property="bl_label")
class KeyingSetInfo(_bpy.types.bpy_struct):
    """Base of keying sets that find out what they hold."""
    bl_idname: StringProperty()
    bl_label: StringProperty()
    bl_description: StringProperty(maxlen=239)
    bl_options: EnumProperty(name="Options", options={"ENUM_FLAG"}, default={"INSERTKEY_NEEDED"},
                             items=[("INSERTKEY_NEEDED", "Only Needed", ""), ("INSERTKEY_VISUAL", "Visual Keying", ""),
                                    ("INSERTKEY_XYZ_TO_RGB", "XYZ=RGB Colors", "", "NONE", 4)])
