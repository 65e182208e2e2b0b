"""Registration of classes that scripts define."""
import builtins
import inspect
import sys

import _bpy

SPACES = {"EMPTY", "VIEW_3D", "IMAGE_EDITOR", "NODE_EDITOR", "SEQUENCE_EDITOR", "CLIP_EDITOR", "DOPESHEET_EDITOR", "GRAPH_EDITOR", "NLA_EDITOR", "TEXT_EDITOR",
          "CONSOLE", "INFO", "TOPBAR", "STATUSBAR", "OUTLINER", "PROPERTIES", "FILE_BROWSER", "SPREADSHEET", "PREFERENCES"}
REGIONS = {"WINDOW", "HEADER", "CHANNELS", "TEMPORARY", "UI", "TOOLS", "TOOL_PROPS", "PREVIEW", "HUD", "NAVIGATION_BAR", "EXECUTE", "FOOTER", "TOOL_HEADER", "XR"}
PANEL_OPTIONS = {"DEFAULT_CLOSED", "HIDE_HEADER", "INSTANCED", "HEADER_LAYOUT_EXPAND"}
OPERATOR_OPTIONS = {"REGISTER", "UNDO", "UNDO_GROUPED", "BLOCKING", "MACRO", "GRAB_CURSOR", "GRAB_CURSOR_X", "GRAB_CURSOR_Y", "DEPENDS_ON_CURSOR", "PRESET", "INTERNAL"}


NODES = ("ShaderNodeCustomGroup", "GeometryNodeCustomGroup", "CompositorNodeCustomGroup", "NodeCustomGroup", "Node")


class Kind:
    """One of the types that scripts derive classes from: what its classes must say, and their functions with their numbers of arguments."""

    def __init__(self, base, required=(), choices=None, flags=None, functions=None, needed=()):
        self.base = base
        self.required = required
        self.choices = choices or {}
        self.flags = flags or {}
        self.functions = functions or {}
        self.needed = needed


KINDS = [
    Kind("PropertyGroup"),
    Kind("Operator", ("bl_label",), flags={"bl_options": OPERATOR_OPTIONS},
         functions={"execute": 2, "check": 2, "invoke": 3, "modal": 3, "draw": 2, "cancel": 2}),
    Kind("Macro", ("bl_label",), flags={"bl_options": OPERATOR_OPTIONS}, functions={"draw": 2}),
    Kind("Panel", ("bl_label", "bl_space_type", "bl_region_type"), {"bl_space_type": SPACES, "bl_region_type": REGIONS}, {"bl_options": PANEL_OPTIONS},
         {"draw": 2, "draw_header": 2, "draw_header_preset": 2}, needed=("draw",)),
    Kind("Menu", ("bl_label",), functions={"draw": 2}, needed=("draw",)),
    Kind("Header", ("bl_space_type",), {"bl_space_type": SPACES}, functions={"draw": 2}, needed=("draw",)),
    Kind("UIList", functions={"filter_items": 4}),
    Kind("AddonPreferences", ("bl_idname",), functions={"draw": 2}),
    Kind("Gizmo", functions={"draw": 2, "draw_select": 3, "test_select": 3, "modal": 4, "setup": 1, "invoke": 3, "exit": 3, "select_refresh": 1}),
    Kind("GizmoGroup", ("bl_label", "bl_space_type", "bl_region_type"), {"bl_space_type": SPACES, "bl_region_type": REGIONS},
         functions={"setup": 2, "refresh": 2, "draw_prepare": 2, "invoke_prepare": 3}),
    Kind("KeyingSetInfo", ("bl_label",), functions={"iterator": 3, "generate": 4}, needed=("poll", "iterator", "generate")),
    Kind("KeyConfigPreferences", ("bl_idname",)),
    Kind("NodeTree", ("bl_label",)),
    *(Kind(base, ("bl_label",), functions={"init": 2, "copy": 2, "free": 1, "update": 1, "draw_buttons": 3, "draw_buttons_ext": 3, "draw_label": 1,
                                             "insert_link": 2}) for base in NODES),
    Kind("NodeSocket", functions={"draw": 5, "draw_color": 3}, needed=("draw", "draw_color")),
    Kind("RenderEngine", ("bl_idname", "bl_label"),
         functions={"update": 3, "render": 2, "view_update": 3, "view_draw": 3, "draw": 3, "update_render_passes": 3, "render_frame_finish": 1}),
]

registered = {}  # identifiers to classes, in the order of their registration


def subclass(cls, identifier, default=None):
    """The class of an identifier, of scripts or of the program, that derives from a class."""
    found = registered.get(identifier)
    if found is None and hasattr(_bpy.types, identifier):
        found = getattr(_bpy.types, identifier)
    return found if isinstance(found, type) and found is not cls and issubclass(found, cls) else default


def _places():
    from bpy_structs import places
    return places


def _kind_of(cls):
    bases = {base.__name__ for base in cls.__mro__}
    for kind in KINDS:
        if kind.base not in bases:
            continue
        base = getattr(_bpy.types, kind.base)
        if issubclass(cls, base):
            if cls is base:
                break
            return kind, base
    return None, None


def _said(cls, name):
    """What a class, or a class of a script it derives from, says about itself; None where nothing is said."""
    for parent in cls.__mro__:
        if name in vars(parent) and not _is_builtin(parent):
            return vars(parent)[name]
    return None


def _is_builtin(cls):
    return cls is object or getattr(cls, "__module__", "bpy.types") == "bpy.types"


def _check_text(cls, name):
    value = _said(cls, name)
    if value is None:
        raise AttributeError(f"expected {cls.__name__} class to have an \"{name}\" attribute")
    if not isinstance(value, str):
        raise TypeError(f"{cls.__name__}.{name} expected a string, not {type(value).__name__}")


def _check_functions(cls, kind):
    for name in kind.needed:
        if _said(cls, name) is None:
            raise AttributeError(f"expected {cls.__name__} class to have a \"{name}\" function")
    for name, count in kind.functions.items():
        function = _said(cls, name)
        if inspect.isfunction(function):
            code = function.__code__
            least = code.co_argcount - len(function.__defaults__ or ())
            if not code.co_flags & inspect.CO_VARARGS and not least <= count <= code.co_argcount:
                raise ValueError(f"expected {cls.__name__}.{name} to take {count} arguments, not {code.co_argcount}")
        elif function is not None and not callable(function) and not isinstance(function, (staticmethod, classmethod)):
            raise TypeError(f"expected {cls.__name__}.{name} to be a function, not {type(function).__name__}")
    poll = _said(cls, "poll")
    if poll is not None and kind.base not in ("PropertyGroup", "KeyingSetInfo") and not isinstance(poll, (classmethod, staticmethod)):
        raise TypeError(f"expected {cls.__name__}.poll to be a classmethod, not {type(poll).__name__}")


def _check(cls, kind):
    for name in kind.required:
        _check_text(cls, name)
    for name, accepted in kind.choices.items():
        value = _said(cls, name)
        if value is not None and value not in accepted:
            raise TypeError(f"{cls.__name__}.{name}: enum \"{value}\" not found in {tuple(sorted(accepted))}")
    for name, accepted in kind.flags.items():
        value = _said(cls, name)
        if value is None:
            continue
        if not isinstance(value, (set, frozenset)):
            raise TypeError(f"{cls.__name__}.{name} expected a set, not {type(value).__name__}")
        for flag in value:
            if flag not in accepted:
                raise ValueError(f"{cls.__name__}.{name}: enum \"{flag}\" not found in {tuple(sorted(accepted))}")
    _check_functions(cls, kind)


def operator_class_name(identifier):
    """"object.add" as "OBJECT_OT_add"."""
    module, name = identifier.split(".")
    return f"{module.upper()}_OT_{name}"


def _operator_identifier(cls):
    name = _said(cls, "bl_idname")
    name = cls.__name__ if name is None else name
    if not isinstance(name, str):
        raise TypeError(f"{cls.__name__}.bl_idname expected a string, not {type(name).__name__}")
    parts = name.split(".")
    if len(parts) != 2 or not all(parts):
        raise RuntimeError(f"registering operator class: '{cls.__name__}', invalid bl_idname '{name}', must contain 1 '.' character")
    if any(not (letter.islower() or letter.isdigit() or letter == "_") or not letter.isascii() for letter in name.replace(".", "", 1)):
        raise RuntimeError(f"registering operator class: '{cls.__name__}', invalid bl_idname '{name}', only lower case letters, digits and _ are allowed")
    return name


def _identifier(cls, kind):
    if kind.base in ("Operator", "Macro"):
        return operator_class_name(_operator_identifier(cls))
    if kind.base == "PropertyGroup":
        return cls.__name__
    return _said(cls, "bl_idname") or cls.__name__


def _annotations(cls):
    """Definitions of properties of a class and the classes of scripts it mixes in, its own ones counting."""
    found = {}
    for parent in reversed(cls.__mro__):
        if _is_builtin(parent):
            continue
        for name, definition in vars(parent).get("__annotations__", {}).items():
            found[name] = _evaluated(definition, parent) if isinstance(definition, str) else definition
    return found


def _evaluated(text, cls):
    """An annotation that `from __future__ import annotations` left as text; what cannot be evaluated is no definition."""
    names = {**vars(sys.modules.get(cls.__module__, builtins)), cls.__name__: cls}
    try:
        return eval(text, names, dict(vars(cls)))
    except Exception:
        return text


def register_class(cls):
    """Makes a class that derives from a type of `bpy.types` known to the program."""
    from bpy.props import _define, _PropertyDeferred

    if not isinstance(cls, type):
        raise ValueError(f"register_class(...): expected a class argument, not '{type(cls).__name__}'")
    if not issubclass(cls, _bpy.types.bpy_struct):
        raise RuntimeError(f"register_class(...):, missing bl_rna attribute from '{type(cls).__name__}' instance (may not be registered)")
    if _bpy.is_registered(cls):
        raise ValueError(f"register_class(...): already registered as a subclass '{cls.__name__}'")
    kind, base = _kind_of(cls)
    if kind is None:
        raise ValueError(f"register_class(...): expected a class derived from {', '.join(kind.base for kind in KINDS)}")
    _check(cls, kind)
    identifier = _identifier(cls, kind)
    if kind.base == "Panel":
        parent = _said(cls, "bl_parent_id")
        if parent and parent not in registered and _places().find(parent) is None:
            raise RuntimeError(f"registering panel class: '{cls.__name__}', parent '{parent}' for '{identifier}' not found")
    if identifier in registered:
        _replace(registered[identifier], cls, identifier)
    label = _said(cls, "bl_label") or cls.__name__
    description = _said(cls, "bl_description") or inspect.cleandoc(cls.__doc__ or "")
    properties = {name: definition for name, definition in _annotations(cls).items() if isinstance(definition, _PropertyDeferred)}
    _bpy.register_type(cls, identifier, base, label, description, tuple(properties))
    registered[identifier] = cls
    _note_owner(cls, kind)
    try:
        for name, definition in properties.items():
            _define(cls, name, definition)
        if kind.base in ("Operator", "Macro"):
            if _said(cls, "bl_idname") is None:
                cls.bl_idname = _operator_identifier(cls)
            options = sorted(_said(cls, "bl_options") or ({"REGISTER"} if kind.base == "Operator" else set()))
            _bpy.add_operator(cls, _operator_identifier(cls), label, description, options)
        if kind.base in NODES or kind.base in ("NodeTree", "NodeSocket"):
            _bpy.resolve_nodes()
        hook = getattr(cls, "register", None)
        if hook is not None:
            hook()
    except BaseException:
        _forget(cls, kind, identifier)
        raise


def _note_owner(cls, kind):
    """Lets a class know the add-on that registers it."""
    if kind.base in ("Panel", "Menu", "GizmoGroup") and _said(cls, "bl_owner_id") is None:
        from bpy_structs import owners

        if owners.current():
            cls.bl_owner_id = owners.current()


def _replace(old, cls, identifier):
    """A class of the same name makes way, as when a script runs again."""
    kind, _ = _kind_of(old)
    _forget(old, kind, identifier)


def _forget(cls, kind, identifier):
    if kind.base in ("Operator", "Macro"):
        _bpy.remove_operator(_operator_identifier(cls))
    registered.pop(identifier, None)
    _bpy.unregister_type(cls)
    if kind.base in NODES or kind.base in ("NodeTree", "NodeSocket"):
        _bpy.resolve_nodes()  # what is left of it stays with its values, as plain nodes


def unregister_class(cls):
    """Takes a class out again; objects of it that scripts still hold lose their properties."""
    if not isinstance(cls, type):
        raise ValueError(f"unregister_class(...): expected a class argument, not '{type(cls).__name__}'")
    identifier = next((name for name, known in registered.items() if known is cls), None)
    if identifier is None and _places().known(cls.__name__) is cls and _bpy.is_registered(cls):
        _bpy.unregister_type(cls)  # a menu or panel of the program that a script replaces
        return
    if identifier is None:
        if isinstance(cls, type(_bpy.types.bpy_struct)) and _bpy.is_registered(cls):
            raise ValueError("unregister_class(...): expected a class of a script, not one of the program")
        raise RuntimeError(f"unregister_class(...):, missing bl_rna attribute from '{type(cls).__name__}' instance (may not be registered)")
    hook = getattr(cls, "unregister", None)
    if hook is not None:
        hook()
    kind, _ = _kind_of(cls)
    _forget(cls, kind, identifier)


def register_classes_factory(classes):
    """Two functions that register and unregister all of these classes."""
    def register():
        for cls in classes:
            register_class(cls)

    def unregister():
        for cls in reversed(classes):
            unregister_class(cls)
    return register, unregister


def register_submodule_factory(module_name, submodule_names):
    """Two functions that import, register and unregister submodules of a module."""
    import importlib

    modules = []

    def register():
        modules[:] = [importlib.import_module(f"{module_name}.{name}") for name in submodule_names]
        for module in modules:
            module.register()

    def unregister():
        for module in reversed(modules):
            module.unregister()
        modules.clear()
    return register, unregister
