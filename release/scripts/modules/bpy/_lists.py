"""UI lists: collections whose elements a class draws, filters and orders."""
import fnmatch

import _bpy

_MOST_ROWS = 2000
states = {}  # (class name, list identifier) to the object that keeps the filter


class Helpers:
    """`bpy.types.UI_UL_list`: filtering and ordering that lists share."""

    @staticmethod
    def filter_items_by_name(pattern, bitflag, items, propname="name", flags=None, reverse=False):
        """Sets a bit for each element whose name fits a pattern."""
        if not pattern or not items:
            return flags or []
        flags = flags or [0] * len(items)
        pattern = f"*{pattern.lower()}*"
        for i, item in enumerate(items):
            name = getattr(item, propname, None)
            if bool(name and fnmatch.fnmatchcase(name.lower(), pattern)) is not bool(reverse):
                flags[i] |= bitflag
        return flags

    @staticmethod
    def sort_items_helper(sort_data, key, reverse=False):
        """New positions of elements, from pairs of a position and what is compared."""
        sort_data.sort(key=key, reverse=reverse)
        order = [-1] * len(sort_data)
        for new, (old, *_) in enumerate(sort_data):
            order[old] = new
        return order

    @classmethod
    def sort_items_by_name(cls, items, propname="name"):
        return cls.sort_items_helper([(i, getattr(item, propname, "")) for i, item in enumerate(items)], lambda e: e[1].lower())


def _tell(kept, **facts):
    """What scripts read and only the program sets."""
    for name, value in facts.items():
        if isinstance(kept, _Plain):
            setattr(kept, name, value)
        else:
            kept[name] = value


def _state(listtype_name, list_id):
    """The object that draws and filters a list; it lives as long as its class is registered."""
    from bpy import _ui

    import bpy

    cls = _ui._registered(listtype_name)
    key = (listtype_name, list_id)
    kept = states.get(key)
    if kept is None or (cls is not None and type(kept) is not cls):
        usable = cls is not None and issubclass(cls, bpy.types.UIList)
        kept = _bpy.make_instance(cls) if usable else _Plain()
        kept.filter_name, kept.use_filter_invert, kept.use_filter_sort_alpha, kept.use_filter_sort_reverse = "", False, False, False
        kept.use_filter_show = False
        _tell(kept, bitflag_filter_item=1 << 30, layout_type=0 if usable else "DEFAULT", list_id=list_id)
        states[key] = kept
    return kept


class _Plain:
    """A list whose elements are shown by their names."""

    def draw_item(self, context, layout, data, item, icon, active_data, active_propname, index):
        if item is None:
            layout.label(text="")
        elif item.bl_rna.name_property is not None:
            layout.prop(item, item.bl_rna.name_property.identifier, text="", emboss=False)
        else:
            layout.label(text=str(getattr(item, "name", item)))


def _order(state, context, data, propname, items):
    """Which elements are shown, in their order."""
    flags, order = [], []
    own = getattr(type(state), "filter_items", None)
    if own is not None:
        flags, order = state.filter_items(context, data, propname)
    else:
        if state.filter_name:
            flags = Helpers.filter_items_by_name(state.filter_name, state.bitflag_filter_item, items)
        if state.use_filter_sort_alpha:
            order = Helpers.sort_items_by_name(items)
    shown = [i for i in range(len(items)) if len(flags) != len(items) or bool(flags[i] & state.bitflag_filter_item) is not state.use_filter_invert]
    if len(order) == len(items):
        shown.sort(key=lambda i: order[i])
    return shown[::-1] if state.use_filter_sort_reverse else shown


def add(layout, listtype_name, list_id, data, propname, active_data, active_propname, rows):
    """Notes a list in a layout."""
    from bpy import _ui

    context = _ui._context()
    items = getattr(data, propname)
    if active_propname not in active_data.bl_rna.properties:
        raise AttributeError(f"template_list: property not found: {type(active_data).__name__}.{active_propname}")
    state = _state(listtype_name, list_id)
    active = getattr(active_data, active_propname)
    node = layout._add("LIST", owner=active_data, property=active_propname, name=f"{listtype_name}/{list_id}", rows=int(rows), filter=state.filter_name,
                       is_alphabetic=bool(state.use_filter_sort_alpha), is_reversed=bool(state.use_filter_sort_reverse))
    if hasattr(type(state), "draw_filter") and not isinstance(state, _Plain):
        node["has_own_filter"] = True
        _add_filter(layout, state, context)
    elements = list(items)
    draw = state.draw_item
    takes_flag = getattr(getattr(draw, "__code__", None), "co_argcount", 9) >= 10
    for index in _order(state, context, data, propname, elements)[:_MOST_ROWS]:
        row = _ui.UILayout("ROW", layout)
        row._node["layout"] = row
        row._node["item"] = str(index)
        row._node["is_active"] = index == active
        arguments = (context, row, data, elements[index], 0, active_data, active_propname, index)
        try:
            draw(*arguments, 0) if takes_flag else draw(*arguments[:_accepted(draw)])
        except Exception as error:
            import traceback
            traceback.print_exc()
            _ui._note_failure(row, error)
        node["children"].append(row._node)


def _add_filter(layout, state, context):
    """What a class draws for its filter, below a switch that opens it."""
    import traceback

    from bpy import _ui

    layout.prop(state, "use_filter_show", text="", icon="DOWNARROW_HLT" if state.use_filter_show else "RIGHTARROW", emboss=False)
    if not state.use_filter_show:
        return
    inner = layout.column()
    try:
        state.draw_filter(context, inner)
    except Exception as error:
        traceback.print_exc()
        _ui._note_failure(inner, error)


def _accepted(function):
    """How many arguments a bound function takes."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return code.co_argcount - 1 if code is not None and not code.co_flags & 4 else 8


def set_filter(name, text, is_alphabetic, is_reversed):
    """What the user typed into the filter of a list."""
    kept = states.get(tuple(name.split("/", 1)))
    if kept is not None:
        kept.filter_name, kept.use_filter_sort_alpha, kept.use_filter_sort_reverse = text, is_alphabetic, is_reversed
