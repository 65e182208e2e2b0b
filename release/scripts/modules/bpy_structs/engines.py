"""Render engines of scripts."""
import _bpy
from bpy.props import BoolProperty, IntProperty, StringProperty

from . import program_struct


@program_struct("Render Engine")
class RenderEngine(_bpy.types.bpy_struct):
    """Base of render engines that are written in Python."""
    bl_idname: StringProperty()
    bl_label: StringProperty()
    bl_use_preview: BoolProperty(name="Use Preview Render")
    bl_use_postprocess: BoolProperty(name="Use Post Processing")
    bl_use_eevee_viewport: BoolProperty(name="Use Eevee Viewport")
    bl_use_custom_freestyle: BoolProperty(name="Use Custom Freestyle")
    bl_use_image_save: BoolProperty(name="Use Image Save", default=True)
    bl_use_gpu_context: BoolProperty(name="Use GPU Context")
    bl_use_shading_nodes_custom: BoolProperty(name="Use Custom Shading Nodes", default=True)
    bl_use_spherical_stereo: BoolProperty(name="Use Spherical Stereo")
    bl_use_stereo_viewport: BoolProperty(name="Use Stereo Viewport")
    bl_use_alembic_procedural: BoolProperty(name="Use Alembic Procedural")
    is_animation: BoolProperty()
    is_preview: BoolProperty()
    resolution_x: IntProperty(subtype="PIXEL", soft_min=-10000, soft_max=10000)
    resolution_y: IntProperty(subtype="PIXEL", soft_min=-10000, soft_max=10000)
