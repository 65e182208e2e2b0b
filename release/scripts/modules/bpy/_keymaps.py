"""Keymaps in the window: the program's bindings, and those of add-ons for what was pressed."""
import json
import os

import _bpy


class Loose:
    """Settings of an operator that is not there yet."""

    def is_property_set(self, name):
        return name in vars(self)

    def keys(self):
        return vars(self).keys()


def _configs():
    from bpy_structs import window
    return window.manager.keyconfigs


def fill_default(keymaps):
    """Adds the program's own bindings to key maps, to be looked at."""
    path = os.path.join(os.path.dirname(__file__), *[".."] * 3, "keymaps", "default.json")
    with open(path, encoding="utf-8") as file:
        for entry in json.load(file):
            *modifiers, key = entry["key"].split("+")
            try:
                item = keymaps.new(entry["map"]).keymap_items.new(entry["command"], key, "PRESS", **{name: 1 for name in modifiers})
            except TypeError:
                continue  # a key that the interface has no name for
            for name, value in entry.get("settings", {}).items():
                try:
                    setattr(item.properties, name, value)
                except (AttributeError, TypeError, ValueError):
                    pass


def _fits(item, facts):
    """Whether a binding is for such an event."""
    if not item.active or item.type != facts["type"] or item.value not in (facts["value"], "ANY"):
        return False
    return item.any or all(getattr(item, key) == -1 or bool(getattr(item, key)) == facts[key] for key in ("shift", "ctrl", "alt", "oskey"))


def _settings(item):
    from . import _ui

    settings = item.properties
    return {} if settings is None else _ui.given_settings(item.idname, settings)


def _shown():
    """The key maps of the add-ons that the workspace shows."""
    from bpy_structs import owners

    return [keymap for keymap in _configs().addon.keymaps if owners.shows(keymap.bl_owner_id)]


def _find(maps, facts):
    """The operator and settings an add-on bound to an event in one of these keymaps; None where there is none."""
    for name in maps:
        for keymap in _shown():
            if keymap.name == name:
                for item in keymap.keymap_items:
                    if _fits(item, facts):
                        return item.idname, _settings(item)
    return None


def _wants(kind):
    """Whether any add-on bound something to mouse buttons ("MOUSE") or keys."""
    return any(item.map_type == kind for keymap in _shown() for item in keymap.keymap_items)


def _strokes(idname):
    """What an add-on bound to an operator, as text."""
    for keymap in _shown():
        item = keymap.keymap_items.find_from_operator(idname)
        if item is not None:
            return item.to_string()
    return ""
