"""What scripts are handed of an asset."""
import _bpy

from . import program_struct


@program_struct("Asset Handle", base=_bpy.types.PropertyGroup)
class AssetHandle(_bpy.types.PropertyGroup):
    """An asset in a library."""
