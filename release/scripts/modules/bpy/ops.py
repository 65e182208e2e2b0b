"""bpy.ops: every operator as a function, by module and name."""
import sys
import types as _types

import _bpy
import bpy_types

from . import _context as _context_module
from .app import handlers


CONTEXTS = ("INVOKE_DEFAULT", "INVOKE_REGION_WIN", "INVOKE_REGION_CHANNELS", "INVOKE_REGION_PREVIEW", "INVOKE_AREA", "INVOKE_SCREEN",
            "EXEC_DEFAULT", "EXEC_REGION_WIN", "EXEC_REGION_CHANNELS", "EXEC_REGION_PREVIEW", "EXEC_AREA", "EXEC_SCREEN")


def _arguments(args):
    """The members that are replaced, whether a step of the history is made, and whether the operator may wait for events: (override, execution context, undo), each optional."""
    if len(args) > 3:
        raise ValueError("1-3 positional args execution context is supported")
    override = dict(_context_module.overrides())
    pushes_undo = is_invoked = False
    for argument in args:
        if isinstance(argument, dict):
            override.update(argument)
        elif isinstance(argument, str):
            if argument not in CONTEXTS:
                raise TypeError(f"Calling operator: enum \"{argument}\" not found in {CONTEXTS}")
            is_invoked = argument.startswith("INVOKE")
        elif isinstance(argument, (bool, int)):
            pushes_undo = bool(argument)
        elif argument is not None:
            raise ValueError("1-3 positional args execution context is supported")
    return override, pushes_undo, is_invoked


def _literal(value, kind):
    """A setting as it is written in a call."""
    if kind == "STRING":
        return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (str, bool, int)):
        return repr(value)
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(map(repr, sorted(value))) + "}"
    return "(" + ", ".join(_literal(item, kind) for item in value) + ")"


class Operator:
    """One operator: calling it runs it with the given settings."""

    __slots__ = ("_identifier",)

    def __init__(self, identifier):
        self._identifier = identifier

    def __call__(self, *args, **settings):
        override, pushes_undo, is_invoked = _arguments(args)
        # Settings of the steps of a macro go by the names of their classes.
        steps = {name: settings.pop(name) for name in list(settings) if "_OT_" in name and isinstance(settings[name], dict)}
        handlers._update()
        with bpy_types.macro_settings(steps):
            result = {_bpy.operator_call(self._identifier, settings, override, pushes_undo, is_invoked)}
        handlers._update()
        return result

    def poll(self, *args):
        return _bpy.operator_poll(self._identifier, _arguments(args)[0])

    @property
    def bl_options(self):
        """What the operator says about itself, such as {'REGISTER', 'UNDO'}."""
        return _bpy.operator_facts(self._identifier)["bl_options"]

    @property
    def __name__(self):
        return self._identifier.split(".")[1]

    def idname(self):
        module, name = self._identifier.split(".")
        return f"{module.upper()}_OT_{name}"

    def idname_py(self):
        return self._identifier

    def get_rna_type(self):
        import bpy_rna
        return bpy_rna.operator(self._identifier)

    @property
    def __doc__(self):
        """How it is called, and what it does."""
        return f"{self!r}\n{_bpy.operator_facts(self._identifier)['description']}"

    def __repr__(self):
        usual = _bpy.operator_settings(self._identifier)
        settings = [f"{p['identifier']}={_literal(getattr(usual, p['identifier']), p['type'])}"
                    for p in _bpy.operator_facts(self._identifier)["properties"] if p["type"] not in ("POINTER", "COLLECTION")]
        return f"bpy.ops.{self._identifier}({', '.join(settings)})"

    def __str__(self):
        return f"<function bpy.ops.{self._identifier} at {id(self):#x}>"


class OperatorModule(_types.ModuleType):
    """bpy.ops.mesh and its like."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Operator(f"{self.__name__.rsplit('.', 1)[1]}.{name}")

    def __dir__(self):
        prefix = self.__name__.rsplit(".", 1)[1] + "."
        return [name[len(prefix):] for name in _bpy.operator_names() if name.startswith(prefix)]

    def __repr__(self):
        return f"<module like class 'bpy.ops.{self.__name__.rsplit('.', 1)[1]}'>"


class _Operators(_types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        module = OperatorModule(f"bpy.ops.{name}")
        setattr(self, name, module)
        return module

    def __dir__(self):
        return sorted({name.split(".")[0] for name in _bpy.operator_names()})


sys.modules[__name__].__class__ = _Operators
