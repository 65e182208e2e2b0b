"""Names of bones and other mirrored things, identifiers in data paths, names of properties."""
import re

_SIDES = {"left": "right", "right": "left", "Left": "Right", "Right": "Left", "LEFT": "RIGHT", "RIGHT": "LEFT"}
_LETTERS = {"l": "r", "r": "l", "L": "R", "R": "L"}
_SEPARATORS = " .-_"


def escape_identifier(string):
    """A name with quotes and backslashes escaped, as data paths have it."""
    return string.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


_ESCAPED = {"\\": "\\", '"': '"', "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f"}


def unescape_identifier(string):
    """The reverse of `escape_identifier`. A backslash before any other character stays."""
    return re.sub(r'\\([\\"ntrabf])', lambda match: _ESCAPED[match.group(1)], string)


def flip_name(name, strip_digits=False):
    """The name of the thing on the other side: "Arm.L" for "Arm.R"."""
    number = re.search(r"\.\d+$", name)
    digits = number.group() if number else ""
    base = name[:len(name) - len(digits)]
    tail = "" if strip_digits else digits
    if len(base) >= 3:
        if base[-2] in _SEPARATORS and base[-1] in _LETTERS:
            return base[:-1] + _LETTERS[base[-1]] + tail
        if base[1] in _SEPARATORS and base[0] in _LETTERS:
            return _LETTERS[base[0]] + base[1:] + tail
        for side, other in _SIDES.items():
            if base.startswith(side):
                return other + base[len(side):] + tail
            if base.endswith(side):
                return base[:-len(side)] + other + tail
    return base + tail


def make_rna_paths(struct_name, prop_name, enum_name):
    """Paths that name a type, one of its properties, and an item of that: (whole, property, item)."""
    source = f"{struct_name}.{prop_name}" if struct_name and prop_name else struct_name or prop_name
    if not enum_name:
        return source, source, ""
    item = f"{source}:'{enum_name}'"
    return item, source, item
