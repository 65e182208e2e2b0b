"""For programs made of templates and add-ons: choosing classes, and leaving out parts of what panels and menus draw."""
__all__ = ("class_filter", "ui_draw_filter_register", "ui_draw_filter_unregister")


def class_filter(cls_parent, **kw):
    """The classes that derive from `cls_parent` and whose attributes are as told: `blacklist` and `whitelist` are names of classes, every
    other keyword is an attribute with its value, or a set of values of which it has one."""
    whitelist, blacklist = kw.pop("whitelist", None), kw.pop("blacklist", None)
    for cls in cls_parent.__subclasses__():
        name = cls.__name__
        if (blacklist is not None and name in blacklist) or (whitelist is not None and name not in whitelist):
            continue
        if all(getattr(cls, key, None) in value if isinstance(value, (set, frozenset)) else getattr(cls, key, None) == value
               for key, value in kw.items()):
            yield cls


class _Filtered:
    """A layout that leaves out what functions refuse; all else goes to the layout it stands for."""

    def __init__(self, layout, refused):
        object.__setattr__(self, "_layout", layout)
        object.__setattr__(self, "_refused", refused)

    def __getattr__(self, name):
        value = getattr(self._layout, name)
        if name in ("row", "column", "column_flow", "grid_flow", "box", "split", "menu_pie"):
            return lambda *args, **keywords: _Filtered(value(*args, **keywords), self._refused)
        refuses = self._refused.get("property" if name == "prop" else name)
        if refuses is None:
            return value

        def draw(*args, **keywords):
            if name == "prop":
                data, member = (*args, *(keywords.get(key) for key in ("data", "property")[len(args):]))[:2]
                is_out = refuses(data.rna_type.identifier, member)
            else:
                first = args[0] if args else keywords.get("text" if name == "label" else name, "")
                is_out = refuses(first)
            # What would have been made may be given settings.
            return _Nothing() if is_out else value(*args, **keywords)
        return draw

    def __setattr__(self, name, value):
        setattr(self._layout, name, value)


class _Nothing:
    """Takes settings that nobody reads."""


def ui_draw_filter_register(*, ui_ignore_classes=None, ui_ignore_operator=None, ui_ignore_property=None, ui_ignore_menu=None, ui_ignore_label=None):
    """Leaves out of what classes draw whatever the functions say True to. Gives back what `ui_draw_filter_unregister` takes."""
    import bpy

    refused = {name: function for name, function in (("operator", ui_ignore_operator), ("property", ui_ignore_property), ("menu", ui_ignore_menu),
                                                     ("label", ui_ignore_label)) if function is not None}
    classes = ui_ignore_classes if ui_ignore_classes is not None else (bpy.types.Panel, bpy.types.Menu, bpy.types.Header)
    replaced = []
    for base in classes:
        for cls in base.__subclasses__():
            if "draw" in cls.__dict__:
                replaced.append((cls, cls.__dict__["draw"]))
                cls.draw = _filtering(cls.__dict__["draw"], refused)
    return replaced


def _filtering(draw, refused):
    class Drawn:
        """The panel or menu, with a layout that leaves things out."""

        def __init__(self, drawn):
            object.__setattr__(self, "_drawn", drawn)

        def __getattr__(self, name):
            return _Filtered(self._drawn.layout, refused) if name == "layout" else getattr(self._drawn, name)

    return lambda self, context: draw(Drawn(self), context)


def ui_draw_filter_unregister(ui_ignore_store):
    """Draws as before."""
    for cls, draw in ui_ignore_store:
        cls.draw = draw
