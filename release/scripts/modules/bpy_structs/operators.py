"""Groups of settings that operators of scripts have in common."""
import _bpy
from bpy.props import BoolProperty, FloatProperty, FloatVectorProperty, StringProperty

from . import make, program_struct, read_only, write

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


@read_only("is_grab_cursor is_invoke is_repeat is_repeat_last")
@program_struct("Operator Options")
class OperatorOptions(_bpy.types.bpy_struct):
    """How an operator came to run."""
    is_grab_cursor: BoolProperty(name="Grab Cursor")
    is_invoke: BoolProperty(name="Invoke")
    is_repeat: BoolProperty(name="Repeat")
    is_repeat_last: BoolProperty(name="Repeat Call")
    use_cursor_region: BoolProperty(name="Focus Region")


def options_of(operator):
    """The options of a running operator: the same object while it runs."""
    found = operator.__dict__.get("_options")
    if found is None:
        manner = operator.__dict__.get("_manner", 0)
        found = make(OperatorOptions)
        write(found, is_invoke=bool(manner & 1), is_repeat=bool(manner & 6), is_repeat_last=bool(manner & 4),
              is_grab_cursor=bool({"GRAB_CURSOR", "GRAB_CURSOR_X", "GRAB_CURSOR_Y"} & set(getattr(type(operator), "bl_options", ()))))
        operator.__dict__["_options"] = found
    return found
