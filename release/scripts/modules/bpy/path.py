"""bpy.path: file names and data names. Paths that begin with // are relative to the file of the document."""
import os

import _bpy


def _folder():
    return os.path.dirname(_bpy.data.filepath)


def abspath(path, *, start=None, library=None):
    """The absolute form of a path; // stands for the folder of the document's file, or `start`."""
    if isinstance(path, bytes):
        return os.fsencode(abspath(os.fsdecode(path), start=start))
    if path.startswith("//"):
        base = start if start is not None else _folder()
        return os.path.join(os.fsdecode(base), path[2:])
    return path


def relpath(path, *, start=None):
    """The path relative to the document's file, with // in front."""
    if path.startswith("//"):
        return path
    base = start if start is not None else _folder()
    return "//" + os.path.relpath(path, base) if base else path


def basename(path):
    """The last part of a path."""
    return os.path.basename(path[2:] if path.startswith("//") else path)
