"""Modules with the menus, headers, panels and lists of the program, to which scripts append (`bpy_structs.places`)."""
import importlib
import importlib.abc
import importlib.machinery
import sys
import types

import bpy
from bpy_structs import places


def _buttons_panel(module, name, places_of_module):
    """A base of panels that stand in the tab of this module's own ones, for the engines they are made for."""
    tabs = [getattr(bpy.types, place).bl_context for place in places_of_module if hasattr(getattr(bpy.types, place), "bl_context")]

    def poll(cls, context):
        engines = getattr(cls, "COMPAT_ENGINES", None)
        return not engines or context.engine in engines
    return type(name, (), {"__module__": module, "__doc__": f"A panel of the tab \"{tabs[0] if tabs else ''}\".", "bl_space_type": "PROPERTIES", "bl_region_type": "WINDOW",
                           "bl_context": tabs[0] if tabs else "", "poll": classmethod(poll)})


class _Module(types.ModuleType):
    """Its classes are made when they are first named."""

    def __getattr__(self, name):
        names = self.__dict__.get("_names", ())
        if name in names:
            return getattr(bpy.types, name)
        if name.endswith("ButtonsPanel") and names:
            return self.__dict__.setdefault(name, _buttons_panel(self.__name__, name, names))
        raise AttributeError(f"module '{self.__name__}' has no attribute '{name}'")

    def __dir__(self):
        return sorted({*super().__dir__(), *self.__dict__.get("_names", ())} - {"_names"})


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        package = name.startswith(f"{__name__}.")
        return importlib.machinery.ModuleSpec(name, self) if package and name in places.modules() else None

    def create_module(self, spec):
        return _Module(spec.name)

    def exec_module(self, module):
        module._names = tuple(places.modules()[module.__name__])
        module.classes = ()


sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != __name__]
sys.meta_path.append(_Loader())


def __getattr__(name):
    if name in places.modules().get(__name__, ()):
        return getattr(bpy.types, name)
    if f"{__name__}.{name}" in places.modules():
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
