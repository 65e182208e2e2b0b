"""Writes type stubs for editors from the schemas of a running program.

    kiln -b --factory-startup --python tools/make_stubs.py -- FOLDER

FOLDER gets a package `bpy-stubs` (types with their properties and functions, operators, the rest of bpy) and one for each other module
(`mathutils-stubs`, ...): put FOLDER into the search path of the editor's type checker.
"""
import importlib
import inspect
import keyword
import os
import sys

import _bpy
import bpy
from bpy_structs import functions

MODULES = ("bpy.app", "bpy.app.handlers", "bpy.app.icons", "bpy.app.timers", "bpy.app.translations", "bpy.msgbus", "bpy.path", "bpy.props", "bpy.utils",
           "bpy.utils.previews", "bpy.utils.units", "bmesh", "bmesh.geometry", "bmesh.ops", "bmesh.types", "bmesh.utils", "mathutils", "mathutils.bvhtree",
           "mathutils.geometry", "mathutils.interpolate", "mathutils.kdtree", "mathutils.noise", "bl_math", "blf", "gpu", "gpu.capabilities", "gpu.matrix",
           "gpu.platform", "gpu.select", "gpu.shader", "gpu.state", "gpu.texture", "gpu.types", "gpu_extras", "gpu_extras.batch", "gpu_extras.presets", "imbuf",
           "imbuf.types", "idprop", "idprop.types", "addon_utils", "nodeitems_utils", "rna_prop_ui", "bpy_extras", "bpy_extras.io_utils",
           "bpy_extras.object_utils", "bpy_extras.image_utils", "bpy_extras.mesh_utils", "bpy_extras.node_utils", "bpy_extras.view3d_utils",
           "bpy_extras.keyconfig_utils", "bpy_extras.asset_utils", "bpy_extras.id_map_utils", "bpy_extras.bmesh_utils")
HEAD = "import typing\nfrom typing import Any, Callable, Generic, Iterator, Literal, Optional, Sequence, TypeVar, Union\n"
NUMBERS = {"BOOLEAN": "bool", "INT": "int", "FLOAT": "float", "STRING": "str"}
MATHUTILS = {"COLOR": "Color", "COLOR_GAMMA": "Color", "TRANSLATION": "Vector", "DIRECTION": "Vector", "VELOCITY": "Vector", "ACCELERATION": "Vector",
             "XYZ": "Vector", "XYZ_LENGTH": "Vector", "COORDINATES": "Vector", "EULER": "Euler", "QUATERNION": "Quaternion", "MATRIX": "Matrix"}


def is_name(text):
    return text.isidentifier() and not keyword.iskeyword(text)


def annotation(facts, known, is_argument=False):
    """The type of a property or parameter."""
    kind = facts["type"]
    if kind == "ENUM":
        items = [item["identifier"] for item in facts.get("enum_items", ())]
        choice = f"Literal[{', '.join(map(repr, items))}]" if 0 < len(items) <= 60 else "str"
        return f"set[{choice}]" if facts["is_enum_flag"] else choice
    if kind in ("POINTER", "COLLECTION"):
        target = facts["fixed_type"] if facts["fixed_type"] in known else "Any"
        if kind == "POINTER":
            return target if facts["is_never_none"] and not is_argument else f"Optional[{target}]"
        return facts["srna"] if facts.get("srna") in known else f"bpy_prop_collection[{target}]"
    plain = NUMBERS[kind]
    if not facts.get("is_array"):
        return plain
    special = MATHUTILS.get(facts["subtype"]) if kind == "FLOAT" else None
    if is_argument:
        return f"Sequence[{plain}]"
    return f"mathutils.{special}" if special and facts["array_length"] in (3, 4, 9, 16) else f"bpy_prop_array[{plain}]"


def default_text(facts):
    if facts["type"] in ("POINTER", "COLLECTION"):
        return "None"
    if facts["type"] == "ENUM" and facts["is_enum_flag"]:
        return repr(set(facts.get("default_flag") or ())) if facts.get("default_flag") else "set()"
    return "..." if facts.get("is_array") else repr(facts.get("default"))


def parameters_text(parameters, known, keyword_only=False):
    """What stands between the parentheses, and what comes back."""
    required, optional, results = [], [], []
    for facts in parameters:
        if not is_name(facts["identifier"]):
            continue
        if facts["is_output"]:
            results.append(annotation(facts, known))
        elif facts["is_required"] and not keyword_only:
            required.append(f"{facts['identifier']}: {annotation(facts, known, True)}")
        else:
            optional.append(f"{facts['identifier']}: {annotation(facts, known, True)} = {default_text(facts)}")
    result = "None" if not results else results[0] if len(results) == 1 else f"tuple[{', '.join(results)}]"
    return required + (["*"] if optional else []) + optional, result


def documentation(text, indent):
    return [f"{indent}\"\"\"{text}\"\"\""] if text and '"""' not in text and "\\" not in text and not text.endswith('"') else []


def python_members(cls, facts):
    """Methods and properties that are written in Python."""
    listed = {p["identifier"] for p in facts["properties"]} | {f["identifier"] for f in facts["functions"]}
    told = {p.identifier for p in cls.bl_rna.properties}
    for name, value in sorted(vars(cls).items()):
        if name.startswith("_") or name in listed or name in ("bl_rna", "rna_type"):
            continue
        if isinstance(value, property):
            yield [f"    {name}: Any"]
        elif name in told:
            yield [f"    {name}: Any"]  # of the class, with a definition that tells of it
        elif isinstance(value, (staticmethod, classmethod)):
            yield [f"    @{type(value).__name__}", *method_lines(name, value.__func__, skip=isinstance(value, classmethod), first="cls")]
        elif inspect.isfunction(value):
            yield method_lines(name, value)


def method_lines(name, function, skip=True, first="self"):
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return [f"    def {name}({first}, *args: Any, **kwargs: Any) -> Any: ..."]
    return [f"    def {name}({', '.join([first] if skip else [])}{', ' if skip and parameters[1:] else ''}{signature_text(parameters[1 if skip else 0:])}) -> Any: ..."]


def signature_text(parameters):
    """Parameters of a function as they can stand in a stub."""
    out, has_star = [], False
    for parameter in parameters:
        if parameter.kind is parameter.VAR_POSITIONAL:
            out.append(f"*{parameter.name}: Any")
            has_star = True
        elif parameter.kind is parameter.VAR_KEYWORD:
            out.append(f"**{parameter.name}: Any")
        else:
            if parameter.kind is parameter.KEYWORD_ONLY and not has_star:
                out.append("*")
                has_star = True
            out.append(f"{parameter.name}: Any" + ("" if parameter.default is parameter.empty else " = ..."))
    return ", ".join(out)


def struct_lines(name, facts, known):
    base = facts["base"] if facts["base"] in known else "bpy_struct"
    lines = [f"class {name}({base}):", *documentation(facts["description"], "    ")]
    for item in facts["properties"]:
        if is_name(item["identifier"]):
            lines.append(f"    {item['identifier']}: {annotation(item, known)}")
    for function in facts["functions"]:
        if not is_name(function["identifier"]):
            continue
        arguments, result = parameters_text(function["parameters"], known)
        if not function["use_self"]:
            lines.append("    @staticmethod")
        lines.append(f"    def {function['identifier']}({', '.join((['self'] if function['use_self'] else []) + arguments)}) -> {result}: ...")
    for member in python_members(getattr(bpy.types, name), facts):
        lines += member
    return lines + ([] if len(lines) > 1 else ["    ..."])


def types_stub():
    """All of `bpy.types`."""
    names = [name for name in dir(bpy.types) if is_name(name)]
    facts = {}
    for name in names:
        if "_OT_" in name or "_MT_" in name or "_PT_" in name or "_HT_" in name or "_UL_" in name:
            continue
        getattr(bpy.types, name)
        found = _bpy.schema_facts(name)
        if found is not None:
            told = functions.of(name, found["base"])
            taken = {item["identifier"] for item in (*told, *found["properties"])}
            found["functions"] = [*(item for item in found["functions"] if item["identifier"] not in taken), *(item for item in told if not item["is_registered"] and not item["use_self_type"])]
            facts[name] = found
    lines = [HEAD + "import mathutils\n", "_T = TypeVar(\"_T\")\n",
             "class bpy_struct:",
             "    bl_rna: Any\n    id_data: Any",
             *(f"    def {name}(self, *args: Any, **kwargs: Any) -> Any: ..." for name in sorted(vars(bpy.types.bpy_struct)) if not name.startswith("__") and name not in ("id_data", "bl_rna")
               and is_name(name)),
             "    def __getitem__(self, key: str) -> Any: ...\n    def __setitem__(self, key: str, value: Any) -> None: ...\n    def __delitem__(self, key: str) -> None: ...\n",
             "class bpy_prop_collection(Generic[_T]):",
             "    def __len__(self) -> int: ...\n    def __iter__(self) -> Iterator[_T]: ...\n    def __getitem__(self, key: Union[int, str]) -> _T: ...",
             "    def __contains__(self, key: Any) -> bool: ...\n    def keys(self) -> list[str]: ...\n    def values(self) -> list[_T]: ...",
             "    def items(self) -> list[tuple[str, _T]]: ...\n    def get(self, key: str, default: Any = None) -> Any: ...\n    def find(self, key: str) -> int: ...",
             "    def foreach_get(self, attr: str, seq: Any) -> None: ...\n    def foreach_set(self, attr: str, seq: Any) -> None: ...\n",
             "class bpy_prop_array(Generic[_T]):",
             "    def __len__(self) -> int: ...\n    def __iter__(self) -> Iterator[_T]: ...\n    def __getitem__(self, key: Any) -> Any: ...",
             "    def __setitem__(self, key: Any, value: Any) -> None: ...\n    def foreach_get(self, seq: Any) -> None: ...\n    def foreach_set(self, seq: Any) -> None: ...\n"]
    done = set()

    def add(name):
        if name in done or name not in facts:
            return
        done.add(name)
        add(facts[name]["base"])
        lines.extend([*struct_lines(name, facts[name], facts), ""])
    for name in sorted(facts):
        add(name)
    return "\n".join(lines) + "\n"


def operators_stub(module, names):
    lines = [HEAD]
    for identifier in names:
        facts = _bpy.operator_facts(identifier)
        arguments, _ = parameters_text([p for p in facts["properties"] if p["identifier"] != "rna_type"], {}, keyword_only=True)
        lines.append(f"def {identifier.split('.')[1]}({', '.join(['*args: Any', *(a for a in arguments if a != '*')])}) -> set[str]: ...")
    return "\n".join(lines) + "\n"


def value_lines(name, value, indent=""):
    if inspect.isclass(value):
        lines = [f"{indent}class {name}:"]
        for member, inner in sorted(vars(value).items()):
            if not is_name(member) or member.startswith("_"):
                continue
            if callable(inner) or isinstance(inner, (staticmethod, classmethod)):
                if isinstance(inner, (staticmethod, classmethod)):
                    lines.append(f"{indent}    @{type(inner).__name__}")
                first = "" if isinstance(inner, staticmethod) else "cls, " if isinstance(inner, classmethod) else "self, "
                lines.append(f"{indent}    def {member}({first}*args: Any, **kwargs: Any) -> Any: ...")
            else:
                lines.append(f"{indent}    {member}: Any")
        return [*lines, f"{indent}    def __init__(self, *args: Any, **kwargs: Any) -> None: ...", f"{indent}    def __getattr__(self, name: str) -> Any: ..."]
    if callable(value):
        try:
            text = signature_text(inspect.signature(value).parameters.values())
        except (TypeError, ValueError):
            text = "*args: Any, **kwargs: Any"
        return [f"{indent}def {name}({text}) -> Any: ..."]
    return [f"{indent}{name}: {type(value).__name__ if type(value) in (int, float, str, bool, bytes, tuple, list, dict, set) else 'Any'}"]


def module_stub(name):
    module = importlib.import_module(name)
    lines = [HEAD]
    for member in dir(module):
        if member.startswith("_") or not is_name(member):
            continue
        try:
            value = getattr(module, member)
        except AttributeError:
            continue
        if inspect.ismodule(value):
            if value.__name__ == f"{name}.{member}":
                lines.append(f"from . import {member} as {member}")
        else:
            lines += value_lines(member, value)
    return "\n".join(lines) + "\n"


def write(folder, name, text):
    """One stub; every module is a package, so that others may lie in it."""
    first, *rest = name.split(".")
    path = os.path.join(folder, f"{first}-stubs", *rest)
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "__init__.pyi"), "w", encoding="utf-8") as file:
        file.write(text)


def main():
    folder = sys.argv[sys.argv.index("--") + 1]
    write(folder, "bpy", HEAD + "from . import app as app, msgbus as msgbus, ops as ops, path as path, props as props, types as types, utils as utils\n\n"
          "context: types.Context\ndata: types.BlendData\n")
    write(folder, "bpy.types", types_stub() + "\nclass Context:\n" + "".join(f"    {name}: Any\n" for name in sorted(dir(bpy.context)) if is_name(name) and not name.startswith("_")))
    operators = {}
    for identifier in sorted(_bpy.operator_names()):
        operators.setdefault(identifier.split(".")[0], []).append(identifier)
    write(folder, "bpy.ops", "".join(f"from . import {name} as {name}\n" for name in operators))
    for name, identifiers in operators.items():
        write(folder, f"bpy.ops.{name}", operators_stub(name, identifiers))
    for name in MODULES:
        write(folder, name, module_stub(name))


main()
