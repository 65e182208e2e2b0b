"""imbuf: pictures in memory, read from files and written to them."""
import errno as _errno
import os as _os

import _bpy

from . import types
from .types import ImBuf as _ImBuf

__all__ = ("load", "new", "types", "write")


def _size(size, what):
    try:
        width, height = size
    except (TypeError, ValueError):
        raise TypeError(f"{what}() argument 1 must be 2-item sequence, not {type(size).__name__}") from None
    width, height = int(width), int(height)
    if width < 1 or height < 1:
        raise ValueError(f"{what}: Image size cannot be below 1 ({width}, {height})")
    if max(width, height) > 1 << 16:
        raise ValueError(f"{what}: Image size cannot be above 65536 ({width}, {height})")
    return width, height


def new(size):
    """A black, transparent picture."""
    width, height = _size(size, "new")
    return _ImBuf._make(width, height, 4, False, bytes(4 * width * height), "")


def load(filepath):
    """The picture of a file."""
    if not _os.path.isfile(filepath):
        raise OSError(_errno.ENOENT, f"load: No such file or directory, failed to open file '{filepath}'")
    try:
        width, height, planes, is_float, data = _bpy.read_picture(filepath)
    except ValueError as error:
        raise ValueError(f"load: Unable to recognize image format for file '{filepath}': {error}") from None
    return _ImBuf._make(width, height, planes, is_float, data, str(filepath))


def write(image, *, filepath=None):
    """Writes a picture into its file or another one, whose ending says the format."""
    if not isinstance(image, _ImBuf):
        raise TypeError(f"write() argument 1 must be ImBuf, not {type(image).__name__}")
    path = filepath or image.filepath
    if not path:
        raise ValueError("write: the picture has no file path, and none is given")
    image._write(path)
