"""Helpers for operators that import and export: settings, axes, names and paths of files."""
import os
import shutil

import bpy
from bpy.props import BoolProperty, EnumProperty, StringProperty
from mathutils import Matrix, Vector

__all__ = ("ExportHelper", "ImportHelper", "orientation_helper", "axis_conversion", "axis_conversion_ensure", "create_derived_objects", "unpack_list",
           "unpack_face_list", "path_reference", "path_reference_copy", "path_reference_mode", "unique_name")

_AXES = {"X": (1, 0, 0), "Y": (0, 1, 0), "Z": (0, 0, 1), "-X": (-1, 0, 0), "-Y": (0, -1, 0), "-Z": (0, 0, -1)}


class ExportHelper:
    """Settings for operators that write a file; `filename_ext` is what its name ends with."""
    filepath: StringProperty(name="File Path", description="The file that is written", maxlen=1024, subtype="FILE_PATH")
    check_existing: BoolProperty(name="Check Existing", description="Ask before another file is replaced", default=True, options={"HIDDEN"})
    check_extension = True

    def invoke(self, context, _event):
        if not self.filepath:
            stem = os.path.splitext(bpy.data.filepath)[0] or "untitled"
            self.filepath = stem + self.filename_ext
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def check(self, _context):
        """Gives the file name its ending; whether that changed it."""
        if self.check_extension is None or not os.path.basename(self.filepath):
            return False
        path = bpy.path.ensure_ext(os.path.splitext(self.filepath)[0], self.filename_ext if self.check_extension else "")
        if path == self.filepath:
            return False
        self.filepath = path
        return True


class ImportHelper:
    """Settings for operators that read a file."""
    filepath: StringProperty(name="File Path", description="The file that is read", maxlen=1024, subtype="FILE_PATH")

    def invoke(self, context, _event):
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def check(self, _context):
        return False


def _other_axis(axis):
    """Some axis that is not parallel to this one."""
    return {"X": "Y", "Y": "Z", "Z": "X"}[axis[-1]]


def orientation_helper(axis_forward="Y", axis_up="Z"):
    """Gives a class settings for the axes that point forward and up; they never are parallel."""
    def wrapper(cls):
        def forward_changed(self, _context):
            if self.axis_forward[-1] == self.axis_up[-1]:
                self.axis_up = self.axis_up[:-1] + _other_axis(self.axis_up)

        def up_changed(self, _context):
            if self.axis_up[-1] == self.axis_forward[-1]:
                self.axis_forward = self.axis_forward[:-1] + _other_axis(self.axis_forward)

        annotations = dict(vars(cls).get("__annotations__", {}))
        for name, label, default, update in (("axis_forward", "Forward", axis_forward, forward_changed), ("axis_up", "Up", axis_up, up_changed)):
            items = tuple((axis, f"{axis} {label}", "") for axis in ("X", "Y", "Z", "-X", "-Y", "-Z"))
            annotations[name] = EnumProperty(name=label, items=items, default=default, update=update)
        cls.__annotations__ = annotations
        return cls
    return wrapper


def _frame(forward, up):
    """Right, forward and up as columns."""
    forward, up = Vector(_AXES[forward]), Vector(_AXES[up])
    return Matrix((forward.cross(up), forward, up)).transposed()


def axis_conversion(from_forward="Y", from_up="Z", to_forward="Y", to_up="Z"):
    """The rotation that takes one choice of forward and up axes to another."""
    if from_forward[-1] == from_up[-1] or to_forward[-1] == to_up[-1]:
        raise Exception("Invalid axis arguments passed, can't use up/forward on the same axis")
    return _frame(to_forward, to_up) @ _frame(from_forward, from_up).transposed()


def axis_conversion_ensure(operator, forward_attr, up_attr):
    """Makes sure that two settings do not name parallel axes; whether one was changed."""
    forward, up = getattr(operator, forward_attr), getattr(operator, up_attr)
    if forward[-1] != up[-1]:
        return False
    setattr(operator, up_attr, up[:-1] + _other_axis(up))
    return True


def create_derived_objects(depsgraph, objects):
    """For each object the list of (object, matrix) it is seen as: itself, and its instances."""
    seen = {item: [] for item in objects}
    for instance in depsgraph.object_instances:
        shown = instance.object.original
        source = instance.parent.original if instance.is_instance else shown
        if source in seen:
            seen[source].append((shown, instance.matrix_world.copy()))
    return seen


def unpack_list(list_of_tuples):
    """All values of all tuples in one list."""
    return [value for values in list_of_tuples for value in values]


def unpack_face_list(list_of_tuples):
    """Indices of triangles and quads in one list, four a face; a 0 at the end of four means a triangle."""
    flat = []
    for face in list_of_tuples:
        if len(face) == 3:
            a, b, c = face
            # The fourth index being 0 stands for none, so 0 must not come last.
            flat += [b, c, a, 0] if c == 0 else [a, b, c, 0]
        elif len(face) == 4:
            a, b, c, d = face
            flat += [c, d, a, b] if c == 0 or d == 0 else [a, b, c, d]
        else:
            raise ValueError(f"expected faces with 3 or 4 corners, not {len(face)}")
    return flat


path_reference_mode = EnumProperty(
    name="Path Mode", description="How files are referred to",
    items=(("AUTO", "Auto", "Relative paths below the folder of the file, absolute ones elsewhere"), ("ABSOLUTE", "Absolute", "Absolute paths"),
           ("RELATIVE", "Relative", "Paths relative to the file that is written"), ("MATCH", "Match", "Absolute or relative as the document has it"),
           ("STRIP", "Strip Path", "File names alone"), ("COPY", "Copy", "Copy the files beside the one that is written")),
    default="AUTO")


def path_reference(filepath, base_src, base_dst, mode="AUTO", copy_subdir="", copy_set=None, library=None):
    """A path as a file in the folder `base_dst` should refer to it; with COPY the pairs of files to copy are added to `copy_set`."""
    is_relative = filepath.startswith("//")
    absolute = os.path.normpath(bpy.path.abspath(filepath, start=base_src, library=library))
    if mode == "MATCH":
        mode = "RELATIVE" if is_relative else "ABSOLUTE"
    if mode == "AUTO":
        mode = "RELATIVE" if bpy.path.is_subdir(absolute, base_dst) else "ABSOLUTE"
    if mode == "ABSOLUTE":
        return absolute
    if mode == "RELATIVE":
        return os.path.relpath(absolute, base_dst)
    if mode == "STRIP":
        return os.path.basename(absolute)
    if mode != "COPY":
        raise Exception(f"invalid mode given {mode!r}")
    target = os.path.normpath(os.path.join(base_dst, copy_subdir, os.path.basename(absolute)))
    if copy_set is not None:
        copy_set.add((absolute, target))
    return os.path.relpath(target, base_dst)


def path_reference_copy(copy_set, report=print):
    """Copies the files that `path_reference` noted down."""
    for source, target in copy_set:
        if not os.path.exists(source):
            report(f"missing {source!r}, not copying")
        elif not (os.path.exists(target) and os.path.samefile(source, target)):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copy(source, target)


def unique_name(key, name, name_dict, name_max=-1, clean_func=None, sep="."):
    """The name of a key in a file whose names must differ; kept in `name_dict`."""
    if key in name_dict:
        return name_dict[key]
    base = clean_func(name) if clean_func else name
    taken = set(name_dict.values())
    unique, number = (base if name_max < 0 else base[:name_max]), 1
    while unique in taken:
        tail = f"{sep}{number:03d}"
        unique = (base if name_max < 0 else base[:name_max - len(tail)]) + tail
        number += 1
    name_dict[key] = unique
    return unique
