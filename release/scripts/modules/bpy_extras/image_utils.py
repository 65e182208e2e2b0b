"""Finding and loading pictures that other files name."""
import os

import bpy

__all__ = ("load_image",)


def _candidates(name, folder, recursive):
    yield os.path.join(folder, name) if folder else name
    if folder:
        yield os.path.join(folder, os.path.basename(name.replace("\\", "/")))
        if recursive:
            base = os.path.basename(name)
            for root, _, files in os.walk(folder):
                if base in files:
                    yield os.path.join(root, base)


def _place_holder(name):
    image = bpy.data.images.new(os.path.basename(name), 128, 128)
    image.filepath = name
    return image


def load_image(imagepath, dirname="", place_holder=False, recursive=False, ncase_cmp=True, convert_callback=None, verbose=False, relpath=None,
               check_existing=False, force_reload=False):
    """The image of a picture file that is looked for in a folder, too; None, or a stand-in, where it is not found."""
    for path in _candidates(imagepath, dirname, recursive):
        path = bpy.path.abspath(path)
        if ncase_cmp and not os.path.exists(path):
            path = bpy.path.resolve_ncase(path)
        if not os.path.exists(path):
            continue
        if verbose:
            print(f"loading {path}")
        if convert_callback is not None:
            path = convert_callback(path)
        try:
            image = bpy.data.images.load(path, check_existing=check_existing)
        except RuntimeError:
            continue
        if force_reload:
            image.reload()
        if relpath is not None:
            image.filepath = bpy.path.relpath(image.filepath, start=relpath)
        return image
    return _place_holder(imagepath) if place_holder else None
