"""bpy.ops: every operator as a function, by module and name."""
import sys
import types as _types

import _bpy

from . import _context as _context_module


class Operator:
    """One operator: calling it runs it with the given settings."""

    __slots__ = ("_identifier",)

    def __init__(self, identifier):
        self._identifier = identifier

    def __call__(self, *args, **settings):
        override = dict(_context_module.overrides())
        for argument in args:
            if isinstance(argument, dict):
                override.update(argument)
            elif not isinstance(argument, (str, bool, int)):
                raise ValueError("1-3 positional args execution context is supported")
        return {_bpy.operator_call(self._identifier, settings, override)}

    def poll(self, *args):
        return _bpy.operator_poll(self._identifier, dict(_context_module.overrides()))

    def idname(self):
        module, name = self._identifier.split(".")
        return f"{module.upper()}_OT_{name}"

    def idname_py(self):
        return self._identifier

    def get_rna_type(self):
        import bpy_rna
        return bpy_rna.operator(self._identifier)

    def __repr__(self):
        return f"<function bpy.ops.{self._identifier} at 0x{id(self):x}'>"


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
