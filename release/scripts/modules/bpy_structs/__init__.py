"""Types of the running program that are written in Python: window manager, key maps, bases of classes of scripts, places scripts extend.

The program asks here for a name of `bpy.types` that no schema in C++ has; the module with the type is imported then. A type made here has
a schema like all others (`bl_rna`, custom properties, properties that scripts add), but its objects lie in no document.
"""
import importlib

import _bpy

from . import described

# Which module has which types.
_MODULES = {
    "window": ("WindowManager", "Window", "Event", "Timer", "Context"),
    "spaces": ("WorkSpace", "View2D"),
    "keymaps": ("KeyMapItem", "KeyMapItems", "KeyMap", "KeyMaps", "KeyConfig", "KeyConfigurations", "KeyConfigPreferences",
                "PreferencesKeymap"),
    "operators": ("OperatorFileListElement", "OperatorMousePath", "OperatorStrokeElement", "OperatorProperties", "OperatorOptions"),
    "layout": ("UILayout",),
    "tools": ("WorkSpaceTool", "wmTools"),
    "gizmos": ("Gizmo", "GizmoGroup", "Gizmos"),
    "keying": ("KeyingSetInfo",),
    "engines": ("RenderEngine", "RenderResult", "RenderLayer", "RenderPass", "RenderPasses"),
    "previews": ("ImagePreview",),
    "assets": ("AssetHandle",),
    "owners": ("wmOwnerID", "wmOwnerIDs"),
    "mesh_layers": ("MeshEdgeCrease", "MeshEdgeCreaseLayer", "MeshVertexCrease", "MeshVertexCreaseLayer",
                    *(f"Mesh{domain}{kind}Property" for domain in ("Vertex", "Polygon") for kind in ("Float", "Int", "String")),
                    *(f"Mesh{domain}{kind}PropertyLayer" for domain in ("Vertex", "Polygon") for kind in ("Float", "Int", "String")),
                    *(f"{domain}{kind}Properties" for domain in ("Vertex", "Polygon") for kind in ("Float", "Int", "String"))),
}
_where = {name: module for module, names in _MODULES.items() for name in names}
_known = {}


def find(name):
    """The class of `bpy.types` of this name, or None."""
    if name in _known:
        return _known[name]
    if name in _where:
        try:
            importlib.import_module("." + _where[name], __name__)
        except ModuleNotFoundError as error:
            if error.name != f"{__name__}.{_where[name]}":
                raise
    found = _known.get(name)
    if found is None:
        from . import places
        found = places.find(name)
    return found


def names():
    """All names that `find` knows."""
    from . import places

    return sorted({*_where, *places.names()} - {schema for schema in _known if _bpy.schema_facts(schema)})


def add(cls):
    """Makes a class known by its name that has no schema of its own."""
    import bpy_rna

    cls.__module__ = "bpy.types"
    cls.bl_rna = bpy_rna.struct(cls.__name__)
    _known[cls.__name__] = cls
    return cls


def program_struct(label="", *, base=None, name_property=""):
    """Makes a class one of the program's types; its annotations are its properties."""
    def make(cls):
        from bpy.props import _define, _PropertyDeferred

        cls.__module__ = "bpy.types"
        _bpy.register_type(cls, cls.__name__, base, label or cls.__name__, cls.__doc__ or "")
        for name, definition in vars(cls).get("__annotations__", {}).items():
            if isinstance(definition, _PropertyDeferred):
                _define(cls, name, definition)
        _bpy.seal_type(cls, name_property)
        described._programs.add(cls.__name__)
        _known[cls.__name__] = cls
        return cls
    return make


def read_only(names):
    """Makes some properties of a program's type such as scripts can read only; the program writes them with `write`."""
    def guard(cls):
        frozen = frozenset(names.split())
        described.correct(cls.__name__, names, is_readonly=True)

        def __setattr__(self, name, value):
            if name in frozen:
                raise AttributeError(f"bpy_struct: attribute \"{name}\" from \"{cls.__name__}\" is read-only")
            _bpy.types.bpy_struct.__setattr__(self, name, value)
        cls.__setattr__ = __setattr__
        return cls
    return guard


def write(item, **values):
    """Sets properties of a program's object, also those that scripts can only read."""
    for name, value in values.items():
        _bpy.types.bpy_struct.__setattr__(item, name, value)


def make(cls):
    """A new object of such a type."""
    return _bpy.make_instance(cls)


class Collection:
    """Some objects by position and by name, in the manner of `bpy_prop_collection`."""

    _named_by = "name"

    def __init__(self):
        self._items = []

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(list(self._items))

    def __bool__(self):
        return bool(self._items)

    def keys(self):
        """Names of the elements."""
        return [getattr(item, self._named_by, "") for item in self._items]

    def values(self):
        """The elements."""
        return list(self._items)

    def items(self):
        """Names with elements."""
        return list(zip(self.keys(), self._items))

    def find(self, key):
        """The position of the first element of this name, or -1."""
        names = self.keys()
        return names.index(key) if key in names else -1

    def get(self, key, default=None):
        """The element of this name."""
        position = Collection.find(self, key)
        return self._items[position] if position >= 0 else default

    def __contains__(self, key):
        return key in self.keys() if isinstance(key, str) else key in self._items

    def __getitem__(self, key):
        if isinstance(key, str):
            position = Collection.find(self, key)
            if position < 0:
                raise KeyError(f"bpy_prop_collection[key]: key \"{key}\" not found")
            return self._items[position]
        if isinstance(key, slice):
            return self._items[key]
        if not -len(self._items) <= key < len(self._items):
            raise IndexError(f"bpy_prop_collection[index]: index {key} out of range, size {len(self._items)}")
        return self._items[key]

    def __repr__(self):
        return f"<bpy_collection[{len(self._items)}], {type(self).__name__}>"
