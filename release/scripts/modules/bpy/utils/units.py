"""bpy.utils.units: values as text with units, and back."""
from _bpy_units import categories, systems, to_string, to_value

__all__ = ("categories", "systems", "to_string", "to_value")
