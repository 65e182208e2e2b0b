"""bpy.utils: classes, paths, text and units."""
from . import units  # noqa: F401
from ._classes import register_class, register_classes_factory, register_submodule_factory, unregister_class  # noqa: F401


def _add_custom_properties(struct):
    """Gives all structs the methods of custom properties, which are written in Python."""
    import idprop.types

    for base in reversed(idprop.types.Struct.__mro__[:-1]):
        for name, method in vars(base).items():
            if callable(method) and name not in ("__init__",):
                setattr(struct, name, method)


def escape_identifier(name):
    """A name with quotes and backslashes escaped, as data paths have it."""
    return name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def unescape_identifier(name):
    """The reverse of `escape_identifier`."""
    out, characters = [], iter(name)
    for character in characters:
        if character == "\\":
            following = next(characters, "")
            character = {"n": "\n", "t": "\t", "r": "\r"}.get(following, following)
        out.append(character)
    return "".join(out)
