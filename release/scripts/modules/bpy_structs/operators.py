"""Groups of settings that operators of scripts have in common."""
import _bpy
from bpy.props import BoolProperty, FloatProperty, FloatVectorProperty, StringProperty

from . import program_struct

_GROUP = _bpy.types.PropertyGroup
_SOFT = {"soft_min": -10000, "soft_max": 10000}


@program_struct("Operator File List Element", base=_GROUP)
class OperatorFileListElement(_GROUP):
    """A file among those that were chosen."""
    name: StringProperty(name="Name", subtype="FILE_NAME")


@program_struct("Operator Mouse Path", base=_GROUP)
class OperatorMousePath(_GROUP):
    """A place the mouse went through."""
    loc: FloatVectorProperty(name="Location", size=2, subtype="XYZ", **_SOFT)
    time: FloatProperty(name="Time", **_SOFT)


@program_struct("Operator Stroke Element", base=_GROUP)
class OperatorStrokeElement(_GROUP):
    """A point of a stroke."""
    location: FloatVectorProperty(name="Location", size=3, subtype="XYZ", **_SOFT)
    mouse: FloatVectorProperty(name="Mouse", size=2, subtype="XYZ", **_SOFT)
    mouse_event: FloatVectorProperty(name="Mouse Event", size=2, subtype="XYZ", **_SOFT)
    pressure: FloatProperty(name="Pressure", min=0, max=1, subtype="FACTOR")
    size: FloatProperty(name="Brush Size", min=0)
    pen_flip: BoolProperty(name="Flip Pen")
    x_tilt: FloatProperty(name="Tilt X", min=-1, max=1, subtype="FACTOR")
    y_tilt: FloatProperty(name="Tilt Y", min=-1, max=1, subtype="FACTOR")
    time: FloatProperty(name="Time", min=0, soft_max=10000, subtype="UNSIGNED")
    is_start: BoolProperty(name="Is Stroke Start")


@program_struct("Operator Properties")
class OperatorProperties(_bpy.types.bpy_struct):
    """Settings of an operator."""
