"""Layouts: what panels describe while they are drawn.

A layout only notes down what is wanted, as nested dictionaries; the window makes widgets of them.
"""
import traceback

import _bpy

_FAILURES_BEFORE_QUARANTINE = 3
_failures = {}


class UILayout:
    """A column or row of a panel."""

    def __init__(self, kind="COLUMN", parent=None):
        self._node = {"kind": kind, "children": []}
        self.enabled = True if parent is None else parent.enabled
        self.active = True
        self.alert = False
        self.scale_x = self.scale_y = 1.0
        self.ui_units_x = self.ui_units_y = 0.0
        self.use_property_split = False if parent is None else parent.use_property_split
        self.use_property_decorate = True
        self.operator_context = "EXEC_DEFAULT"
        self.alignment = "EXPAND"
        self.emboss = "NORMAL"
        self.activate_init = self.active_default = False
        self.direction = "HORIZONTAL" if kind == "ROW" else "VERTICAL"

    def _add(self, kind, **facts):
        node = {"kind": kind, "children": [], "layout": self, **facts}
        self._node["children"].append(node)
        return node

    def _inner(self, kind):
        layout = UILayout(kind, self)
        layout._node["layout"] = layout
        self._node["children"].append(layout._node)
        return layout

    def row(self, *, align=False, heading="", heading_ctxt="", translate=True):
        """Things side by side."""
        if heading:
            self.label(text=heading)
        return self._inner("ROW")

    def column(self, *, align=False, heading="", heading_ctxt="", translate=True):
        """Things below each other."""
        if heading:
            self.label(text=heading)
        return self._inner("COLUMN")

    def box(self):
        """A column on a background of its own."""
        return self._inner("BOX")

    def split(self, *, factor=0.0, align=False):
        """Columns side by side."""
        return self._inner("ROW")

    def column_flow(self, *, columns=0, align=False):
        return self._inner("COLUMN")

    def grid_flow(self, *, row_major=False, columns=0, even_columns=False, even_rows=False, align=False):
        return self._inner("COLUMN")

    def menu_pie(self):
        return self._inner("COLUMN")

    def label(self, *, text="", text_ctxt="", translate=True, icon="NONE", icon_value=0):
        """A line of text."""
        self._add("LABEL", text=text)

    def separator(self, *, factor=1.0):
        self._add("SEPARATOR")

    def separator_spacer(self):
        self._add("SEPARATOR")

    def prop(self, data, property, *, text=None, text_ctxt="", translate=True, icon="NONE", expand=False, slider=False, toggle=-1, icon_only=False,
             event=False, full_event=False, emboss=True, index=-1, icon_value=0, invert_checkbox=False):
        """A property of something, to be seen and changed."""
        if data is None:
            raise TypeError("UILayout.prop(): error with argument 1, \"data\" - expected a struct, not None")
        name = property
        if name.startswith("[\""):
            self._add("LABEL", text=f"{name[2:-2] if text is None else text}: {data.path_resolve(name)}")
            return
        if name not in data.bl_rna.properties:
            raise AttributeError(f"rna_uiItemR: property not found: {type(data).__name__}.{name}")
        self._add("PROPERTY", owner=data, property=name, text=text, index=index, is_toggle=toggle == 1 or (toggle == -1 and icon != "NONE"), is_expanded=expand)

    def props_enum(self, data, property):
        self.prop(data, property, expand=True)

    def prop_menu_enum(self, data, property, *, text=None, text_ctxt="", translate=True, icon="NONE"):
        self.prop(data, property, text=text)

    def prop_enum(self, data, property, value, *, text=None, text_ctxt="", translate=True, icon="NONE"):
        self.prop(data, property, text=text)

    def prop_search(self, data, property, search_data, search_property, *, text=None, text_ctxt="", translate=True, icon="NONE", results_are_suggestions=False):
        """A property whose value is the name of one of some things."""
        self.prop(data, property, text=text)

    def prop_tabs_enum(self, data, property, *, data_highlight=None, property_highlight="", icon_only=False):
        self.prop(data, property, expand=True)

    def operator(self, operator, *, text=None, text_ctxt="", translate=True, icon="NONE", emboss=True, depress=False, icon_value=0):
        """A button that runs an operator; its settings are what is returned."""
        settings = _bpy.operator_settings(operator)
        label = _bpy.operator_facts(operator)["name"] if text is None else text
        self._add("OPERATOR", operator=operator, text=label, settings=settings)
        return settings

    def operator_menu_hold(self, operator, *, text=None, menu="", **others):
        return self.operator(operator, text=text)

    def operator_enum(self, operator, property, *, icon_only=False):
        """A button for each item of a setting of an operator."""
        facts = next((p for p in _bpy.operator_facts(operator)["properties"] if p["identifier"] == property), None)
        for item in facts.get("enum_items", ()) if facts else ():
            setattr(self.operator(operator, text=item["name"]), property, item["identifier"])

    operator_menu_enum = operator_enum

    def menu(self, menu, *, text=None, text_ctxt="", translate=True, icon="NONE", icon_value=0):
        """What a menu has, below its title."""
        self._sub(menu, text)

    def menu_contents(self, menu):
        self._sub(menu, "")

    def popover(self, panel, *, text=None, text_ctxt="", translate=True, icon="NONE", icon_value=0):
        self._sub(panel, text)

    def _sub(self, name, text):
        from bpy.utils import _classes

        import bpy

        cls = _classes.registered.get(name)
        if cls is None:
            self.label(text=f"{name} not found")
            return
        title = _said(cls, "bl_label", name) if text is None else text
        if title:
            self.label(text=title)
        item = _bpy.make_instance(cls)
        item.layout = self._inner("COLUMN")
        item.draw(bpy.context)

    def template_ID(self, data, property, **others):
        self.prop(data, property, text="")

    def template_list(self, listtype_name, list_id, dataptr, propname, active_dataptr, active_propname, **others):
        """The elements of a collection, drawn by a UIList, and the position of the active one."""
        self.prop(active_dataptr, active_propname, text="Active")
        for item in getattr(dataptr, propname):
            if item.bl_rna.name_property is not None:
                self.prop(item, item.bl_rna.name_property.identifier, text="")
            else:
                self.label(text=str(item))

    @staticmethod
    def icon(data):
        return 0


def _tree(node):
    """The notes of a layout as the program takes them."""
    layout = node.pop("layout", None)
    node["enabled"] = layout is None or (layout.enabled and layout.active)
    node["alert"] = layout is not None and layout.alert
    if node["kind"] == "OPERATOR":
        settings = node["settings"]
        node["settings"] = {p["identifier"]: getattr(settings, p["identifier"]) for p in _bpy.operator_facts(node["operator"])["properties"]
                            if p["type"] not in ("POINTER", "COLLECTION") and settings.is_property_set(p["identifier"])}
    for child in node["children"]:
        _tree(child)
    return node


def _draw(cls, context):
    """The layout of a panel; what it raises is shown in it, and after some failures it is left alone until it is registered again."""
    if _failures.get(cls, 0) >= _FAILURES_BEFORE_QUARANTINE:
        return {"kind": "COLUMN", "children": [{"kind": "LABEL", "text": f"{cls.__name__} failed {_FAILURES_BEFORE_QUARANTINE} times and is not drawn any more",
                                                "children": [], "alert": True}]}
    layout = UILayout()
    panel = _bpy.make_instance(cls)
    panel.layout = layout
    try:
        header = getattr(panel, "draw_header", None)
        if header is not None:
            panel.layout = layout.row()
            header(context)
            panel.layout = layout
        panel.draw(context)
        _failures.pop(cls, None)
    except Exception as error:
        _failures[cls] = _failures.get(cls, 0) + 1
        traceback.print_exc()
        frame = traceback.extract_tb(error.__traceback__)[-1]
        layout.alert = True
        layout.label(text=f"{type(error).__name__}: {error} ({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno})")
    return _tree(layout._node)


def _said(cls, name, otherwise=""):
    """What a class says about itself; classes of the program have their own attributes of these names."""
    from bpy.utils import _classes

    return _classes._said(cls, name) or otherwise


def _agrees(cls, context):
    poll = getattr(cls, "poll", None)
    if poll is None:
        return True
    try:
        return bool(poll(context))
    except Exception:
        traceback.print_exc()
        return False


def draw_panels(space, region, tab):
    """Panels of an editor's region as dictionaries, in their order; those inside others come after them."""
    import bpy
    from bpy.utils import _classes

    context = bpy.context
    panels = [cls for cls in _classes.registered.values() if issubclass(cls, bpy.types.Panel) and cls.bl_space_type == space and cls.bl_region_type == region
              and (not tab or _said(cls, "bl_context").split(",")[0] == tab)]
    panels.sort(key=lambda cls: _said(cls, "bl_order", 0))
    top = [cls for cls in panels if not _said(cls, "bl_parent_id")]
    ordered = []
    for cls in top:
        identifier = _said(cls, "bl_idname") or cls.__name__
        ordered.append(cls)
        ordered += [inner for inner in panels if _said(inner, "bl_parent_id") == identifier]
    return [{"identifier": _said(cls, "bl_idname") or cls.__name__, "title": cls.bl_label, "category": _said(cls, "bl_category"),
             "is_open": "DEFAULT_CLOSED" not in _said(cls, "bl_options", ()), "content": _draw(cls, context)}
            for cls in ordered if _agrees(cls, context)]
