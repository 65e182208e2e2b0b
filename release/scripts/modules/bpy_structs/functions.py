"""Functions of types as `bl_rna` shows them: those that are written in Python, and those that classes of scripts define.

They are described in `functions.txt`, which is read when somebody first asks for functions; its head explains the notation. `tests/python`
compares what is written there with what the classes have.
"""
import os
import re

import _bpy

from . import described, icons

_KINDS = {"bool": "BOOLEAN", "int": "INT", "float": "FLOAT", "str": "STRING", "enum": "ENUM", "set": "ENUM"}
_WORDS = ("static", "class", "callback", "needed")
_PARAMETER = re.compile(r"(?P<output>>?)(?P<name>\w+):(?P<many>\*?)(?P<kind>\w+)(?:/(?P<subtype>\w+))?(?:/(?P<unit>\w+))?(?:\[(?P<size>[\dx]+)\])?"
                        r"(?:\((?P<limits>[^)]*)\))?(?:\{(?P<items>[^}]*)\})?(?:=(?P<default>\"[^\"]*\"|[^?!]*))?(?P<marks>[?!]*)")
_WORD = re.compile(r"(?:[^ \"]|\"[^\"]*\")+")
_sections = {}  # type -> lines
_lists = {}  # text in braces -> facts about items


def _lines(name):
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if line and not line.startswith("#")]


def _read():
    if not _sections:
        types = ()
        for line in _lines("functions.txt"):
            if line.startswith("["):
                types = line[1:-1].split()
            elif line.startswith("@"):
                name, items = line[1:].split(" ")
                _lists[name] = described.items_of(icons.numbered(items.split("|")))
            else:
                for identifier in types:
                    _sections.setdefault(identifier, []).append(line)
    return _sections


def _items(text):
    if text not in _lists:
        struct, separator, name = text.partition(".")
        if text == "icons":
            _lists[text] = icons.items()
        elif separator:
            _lists[text] = [item._facts for item in getattr(_bpy.types, struct).bl_rna.properties[name].enum_items]
        else:
            _lists[text] = described.items_of(icons.numbered(text.split("|")))
    return _lists[text]


def _limits(text, number):
    """Hard and soft limits, None for that of the type."""
    parts = [tuple(number(value) if value else None for value in part.split("..")) for part in (text or "..").split(";")]
    return parts[0], parts[-1]


def _default(text, kind, is_set, size):
    if text is None:
        return None
    if is_set:
        return set(text.split("|"))
    if kind in ("STRING", "ENUM"):
        return text.strip("\"")
    values = [bool(int(value)) if kind == "BOOLEAN" else int(value) if kind == "INT" else float(value) for value in text.split("|")]
    return values[0] if size is None else values


def _parameter(text):
    """The facts about a parameter."""
    found = _PARAMETER.fullmatch(text)
    if found is None:
        raise ValueError(f"functions.txt: \"{text}\" is no parameter")
    name, kind, marks, is_output = found["name"], _KINDS.get(found["kind"]), found["marks"], bool(found["output"])
    if kind is None:
        facts = (described.collection if found["many"] else described.pointer)(name, found["kind"], never_none="!" in marks and "?" not in marks)
    else:
        size = [int(part) for part in found["size"].split("x")] if found["size"] else None
        is_set = found["kind"] == "set"
        hard, soft = _limits(found["limits"], float if kind == "FLOAT" else int)
        facts = described.value(name, kind, subtype=found["subtype"] or "NONE", unit=found["unit"] or "NONE", array_length=size[0] if size and len(size) == 1 else size,
                                default=_default(found["default"], kind, is_set, size), hard=hard, soft=soft, items=_items(found["items"]) if found["items"] else (),
                                enum_flag=is_set, writable=True, never_none=kind == "STRING" and "?" not in marks)
        facts["is_animatable"] = kind != "STRING"
    facts.update(is_required="!" in marks, is_output=is_output)
    return facts


def _function(line, cls):
    """The facts about a function; its description is what stands in the class."""
    words = _WORD.findall(line)
    flags = []
    while words[0] in _WORDS:
        flags.append(words.pop(0))
    name, *parameters = words
    is_callback = "callback" in flags or "needed" in flags
    text = None if is_callback else getattr(getattr(cls, name, None), "__doc__", None)
    return {"identifier": name, "description": (text or "").partition("\n")[0], "parameters": [_parameter(word) for word in parameters],
            "use_self": not {"static", "class"} & set(flags), "use_self_type": "class" in flags, "is_registered": is_callback,
            "is_registered_optional": "callback" in flags}


def of(identifier, base):
    """The facts about functions of a type that has this base, without those of the base."""
    sections = _read()
    cls = getattr(_bpy.types, identifier, None)
    return [_function(line, cls) for line in (*sections.get(identifier, ()), *sections.get(f"{base}/*", ()))]


def names():
    """Types that have such functions."""
    return list(_read())
