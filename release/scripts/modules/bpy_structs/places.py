"""Places of the interface that scripts extend: menus, headers, panels and lists by their names.

The window draws what is in them; here are the classes to which scripts append functions. They are made when they are first named, and
belong to modules of the package `bl_ui`.
"""
import os
import sys

import _bpy

_BASES = {"P": "Panel", "M": "Menu", "H": "Header", "L": "UIList"}
_FIELDS = ("bl_label", "bl_space_type", "bl_region_type", "bl_context", "bl_category", "bl_parent_id")
_table = {}  # name -> (kind, module, fields)
_classes = {}


def _read():
    if _table:
        return _table
    module = ""
    with open(os.path.join(os.path.dirname(__file__), "places.txt"), encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("["):
                module = line[1:-1]
            elif line[1:2] == " " and line[0] in _BASES:
                name, *fields = line[2:].split("|")
                _table[name] = (line[0], module, fields)
    return _table


def names():
    """Names of all places."""
    return list(_read())


def modules():
    """Modules with the names of the places in them."""
    found = {}
    for name, (_, module, _fields) in _read().items():
        found.setdefault(module, []).append(name)
    return found


def known(name):
    """The class of a place that was asked for before, or None."""
    return _classes.get(name)


def find(name):
    """The class of a place, or None."""
    if name in _classes:
        return _classes[name]
    entry = _read().get(name)
    if entry is None:
        return None
    kind, module, fields = entry
    base = getattr(_bpy.types, _BASES[kind])
    attributes = {"__module__": module, "__doc__": fields[0] if fields else "", "bl_idname": name}
    if kind != "L":
        attributes["draw"] = _draw
    attributes.update((key, value) for key, value in zip(_FIELDS, fields) if value)
    for key, position in (("bl_options", 6), ("COMPAT_ENGINES", 7)):
        if len(fields) > position and fields[position]:
            attributes[key] = set(fields[position].split())
    if kind == "P":
        attributes["poll"] = classmethod(lambda cls, context: True)
    cls = type(base)(name, (base,), attributes)
    _bpy.register_type(cls, name, base, attributes.get("bl_label", name), "")
    _classes[name] = cls
    space = sys.modules.get(module)
    if space is not None:
        setattr(space, name, cls)
    return cls


def _draw(self, context):
    """What the program has here is drawn by the window."""


def forget(cls):
    """A script took the place away; it comes back under its name when a script registers it again."""
    _classes[cls.__name__] = cls


def is_extended(name):
    """Whether scripts added something there."""
    cls = _classes.get(name)
    return cls is not None and cls.is_extended()
