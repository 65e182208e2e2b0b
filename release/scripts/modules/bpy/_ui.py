"""Layouts: what panels, menus and headers describe while they are drawn.

A layout only notes down what is wanted, as nested dictionaries; the window makes widgets of them.
"""
import traceback

import _bpy

from . import _context_areas

_FAILURES_BEFORE_QUARANTINE = 3
_failures = {}
_INHERITED = ("enabled", "active", "use_property_split", "use_property_decorate", "operator_context", "emboss")


def _sign(icon, icon_value):
    """What stands before a text: an icon by its name, or what has this number, one of the program or a picture of a script."""
    if not icon_value:
        return {"icon": icon}
    from bpy_structs import icons, previews

    return {"icon": icons.name_of(icon_value) or icon, "picture": previews.drawn(icon_value)}


# The icons of types, and of those that derive from them.
_ICONS = {"Object": "OBJECT_DATA", "Mesh": "MESH_DATA", "PointLight": "LIGHT_POINT", "SunLight": "LIGHT_SUN", "SpotLight": "LIGHT_SPOT", "AreaLight": "LIGHT_AREA",
          "Camera": "CAMERA_DATA", "Material": "MATERIAL_DATA", "MaterialSlot": "MATERIAL_DATA", "World": "WORLD_DATA", "Scene": "SCENE_DATA",
          "Collection": "OUTLINER_COLLECTION", "ViewLayer": "RENDER_RESULT", "Image": "IMAGE_DATA", "Text": "TEXT", "Texture": "TEXTURE_DATA",
          "ShaderNodeTree": "MATERIAL", "VertexGroup": "GROUP_VERTEX", "Node": "NODE", "BlendData": "BLENDER"}


# What formats can be told besides their colors.
_FORMAT_SETTINGS = {"PNG": ("color_depth", "compression"), "JPEG": ("quality",), "WEBP": ("quality",), "TIFF": ("color_depth", "tiff_codec"),
                    "OPEN_EXR": ("color_depth", "exr_codec"), "OPEN_EXR_MULTILAYER": ("color_depth", "exr_codec"), "DPX": ("color_depth",),
                    "CINEON": ("color_depth",), "JPEG2000": ("color_depth", "quality", "jpeg2k_codec")}


def _item_of(data, property, identifier):
    """The facts about an item of an enumeration; None where there is no such thing."""
    facts = data.bl_rna.properties.get(property)
    return facts.enum_items.get(identifier) if facts is not None and facts.type == "ENUM" else None


class UILayout:
    """A column or row of a panel."""

    def __init__(self, kind="COLUMN", parent=None, **facts):
        self._node = {"kind": kind, "children": [], **facts}
        self.enabled = self.active = True
        self.alert = False
        self.scale_x = self.scale_y = 1.0
        self.ui_units_x = self.ui_units_y = 0.0
        self.use_property_split = False
        self.use_property_decorate = True
        self.operator_context = "INVOKE_REGION_WIN"
        self.alignment = "EXPAND"
        self.emboss = "NORMAL"
        self.activate_init = self.active_default = False
        self.direction = "HORIZONTAL" if kind in ("ROW", "SPLIT") else "VERTICAL"
        self._pointers = dict(parent._pointers) if parent else {}
        for name in _INHERITED if parent else ():
            setattr(self, name, getattr(parent, name))

    def _add(self, kind, **facts):
        node = {"kind": kind, "children": [], "layout": self, "enabled_here": self.enabled and self.active, "invokes": self.operator_context.startswith("INVOKE"),
                "splits": self.use_property_split, **facts}
        self._node["children"].append(node)
        return node

    def _inner(self, kind, **facts):
        layout = UILayout(kind, self, **facts)
        layout._node["layout"] = layout
        self._node["children"].append(layout._node)
        return layout

    # Groups.

    def row(self, *, align=False, heading="", heading_ctxt="", translate=True):
        """Things side by side."""
        if heading:
            self.label(text=heading)
        return self._inner("ROW", align=align)

    def column(self, *, align=False, heading="", heading_ctxt="", translate=True):
        """Things below each other."""
        if heading:
            self.label(text=heading)
        return self._inner("COLUMN", align=align)

    def box(self):
        """A column on a background of its own."""
        return self._inner("BOX")

    def split(self, *, factor=0.0, align=False):
        """Columns side by side, the first as wide as the factor says."""
        return self._inner("SPLIT", factor=factor, align=align)

    def column_flow(self, *, columns=0, align=False):
        """Things in columns, filled one after the other."""
        return self._inner("GRID", columns=columns or 2, align=align)

    def grid_flow(self, *, row_major=False, columns=0, even_columns=False, even_rows=False, align=False):
        """Things in a grid, row by row."""
        return self._inner("GRID", columns=abs(columns) or 2, align=align)

    def menu_pie(self):
        """Up to eight things around the mouse."""
        return self._inner("PIE")

    # Texts.

    def label(self, *, text="", text_ctxt="", translate=True, icon="NONE", icon_value=0):
        """A line of text."""
        self._add("LABEL", text=str(text), **_sign(icon, icon_value))

    def separator(self, *, factor=1.0):
        """A little room."""
        self._add("SEPARATOR")

    def separator_spacer(self):
        """All room that is left."""
        self._add("SPACER")

    def progress(self, *, factor=0.0, type="BAR", text=""):
        self._add("LABEL", text=text or f"{factor * 100:.0f} %")

    # Values.

    def prop(self, data, property, *, text=None, text_ctxt="", translate=True, icon="NONE", expand=False, slider=False, toggle=-1, icon_only=False,
             event=False, full_event=False, emboss=True, index=-1, icon_value=0, invert_checkbox=False):
        """A property of something, to be seen and changed."""
        if data is None:
            raise TypeError("UILayout.prop(): error with argument 1, \"data\" - expected a struct, not None")
        name = property
        if name.startswith("[\"") or name.startswith("['"):
            self._add("PROPERTY", owner=data, property="", key=name[2:-2], text=name[2:-2] if text is None else text)
            return None
        if name not in data.bl_rna.properties:
            if hasattr(data, name):
                # Properties that are written in Python are shown only.
                self._add("LABEL", text=f"{name if text is None else text} {getattr(data, name)}")
                return None
            raise AttributeError(f"rna_uiItemR: property not found: {type(data).__name__}.{name}")
        return self._add("PROPERTY", owner=data, property=name, text=text, index=index, is_expanded=expand, is_slider=slider,
                         is_toggle=toggle == 1 or (toggle == -1 and icon != "NONE"), icon_only=icon_only, is_inverted=invert_checkbox, **_sign(icon, icon_value),
                         is_plain=not emboss or self.emboss in ("NONE", "NONE_OR_STATUS")) and None

    def props_enum(self, data, property):
        """The items of an enumeration, below each other."""
        self.prop(data, property, expand=True)

    def prop_menu_enum(self, data, property, *, text=None, text_ctxt="", translate=True, icon="NONE"):
        """A menu with the items of an enumeration."""
        self.prop(data, property, text=text, icon="NONE")

    def prop_enum(self, data, property, value, *, text=None, text_ctxt="", translate=True, icon="NONE"):
        """One item of an enumeration."""
        items = dict(_bpy.enum_items(data, property))
        if value not in items:
            raise TypeError(f"UILayout.prop_enum(): enum \"{value}\" not found in {tuple(items)}")
        self._add("PROPERTY", owner=data, property=property, item=value, text=items[value] if text is None else text, icon=icon)

    def prop_search(self, data, property, search_data, search_property, *, text=None, text_ctxt="", translate=True, icon="NONE", results_are_suggestions=False):
        """A property whose value is the name of one of some things."""
        self.prop(data, property, text=text)
        if self._node["children"] and self._node["children"][-1]["kind"] == "PROPERTY":
            found = getattr(search_data, search_property, None)
            self._node["children"][-1]["candidates"] = [str(name) for name in found.keys()][:10000] if hasattr(found, "keys") else []

    def prop_tabs_enum(self, data, property, *, data_highlight=None, property_highlight="", icon_only=False):
        """The items of an enumeration as tabs."""
        self.prop(data, property, expand=True)

    def prop_with_popover(self, data, property, *, text=None, text_ctxt="", translate=True, icon="NONE", icon_only=False, panel):
        """A property, and a panel that opens beside it."""
        self.prop(data, property, text=text, icon=icon, icon_only=icon_only, toggle=0)
        self.popover(panel, text="")

    def prop_with_menu(self, data, property, *, text=None, text_ctxt="", translate=True, icon="NONE", icon_only=False, menu):
        """A property, and a menu that opens beside it."""
        self.prop(data, property, text=text, icon=icon, icon_only=icon_only, toggle=0)
        self.menu(menu, text="")

    def prop_decorator(self, data, property, *, index=-1):
        """Marks of animation are not drawn."""

    # Operators and menus.

    def operator(self, operator, *, text=None, text_ctxt="", translate=True, icon="NONE", emboss=True, depress=False, icon_value=0):
        """A button that runs an operator; its settings are what is returned."""
        try:
            settings = _bpy.operator_settings(operator)
        except ValueError:
            self._add("LABEL", text=f"{operator if text is None else text}: there is no such operator", is_missing=True)
            from . import _keymaps
            return _keymaps.Loose()
        label = _bpy.operator_facts(operator)["name"] if text is None else text
        self._add("OPERATOR", operator=operator, text=label, settings=settings, **_sign(icon, icon_value), is_depressed=depress,
                  is_plain=not emboss or self.emboss in ("NONE", "NONE_OR_STATUS"))
        return settings

    def operator_menu_hold(self, operator, *, text=None, text_ctxt="", translate=True, icon="NONE", emboss=True, depress=False, icon_value=0, menu):
        """A button that runs an operator, and a menu that opens beside it."""
        settings = self.operator(operator, text=text, icon=icon, emboss=emboss, depress=depress, icon_value=icon_value)
        self.menu(menu, text="")
        return settings

    def operator_enum(self, operator, property, *, icon_only=False):
        """A button for each item of a setting of an operator."""
        for identifier, name in _operator_items(operator, property):
            setattr(self.operator(operator, text=name), property, identifier)

    def operator_menu_enum(self, operator, property, *, text=None, text_ctxt="", translate=True, icon="NONE"):
        """A menu with a button for each item of a setting of an operator."""
        inner = UILayout("SUBMENU", self, text=_bpy.operator_facts(operator)["name"] if text is None else text)
        inner._node["layout"] = inner
        self._node["children"].append(inner._node)
        settings = _bpy.operator_settings(operator)
        inner.operator_enum(operator, property)
        return settings

    def menu(self, menu, *, text=None, text_ctxt="", translate=True, icon="NONE", icon_value=0):
        """A menu that opens from here."""
        cls = _registered(menu)
        if cls is None:
            self._add("LABEL", text=f"Menu \"{menu}\" not found", is_missing=True)
            return
        if _agrees(cls, _context()):
            self._add("MENU", name=menu, text=_said(cls, "bl_label", menu) if text is None else text, **_sign(icon, icon_value))

    def menu_contents(self, menu):
        """What a menu has, here."""
        self._contents(menu)

    def popover(self, panel, *, text=None, text_ctxt="", translate=True, icon="NONE", icon_value=0):
        """A panel that opens from here."""
        cls = _registered(panel)
        if cls is None:
            self._add("LABEL", text=f"Panel \"{panel}\" not found", is_missing=True)
            return
        if _agrees(cls, _context()):
            self._add("POPOVER", name=panel, text=_said(cls, "bl_label", panel) if text is None else text, **_sign(icon, icon_value))

    def popover_group(self, space_type, region_type, context, category):
        """Panels of a region, context and category, each opening from here."""
        for identifier, cls in _all_registered():
            if ((getattr(cls, "bl_space_type", None), getattr(cls, "bl_region_type", None)) == (space_type, region_type)
                    and context in ("", _said(cls, "bl_context")) and category in ("", _said(cls, "bl_category"))):
                self.popover(identifier)

    def _contents(self, name):
        cls = _registered(name)
        if cls is None:
            self._add("LABEL", text=f"Menu \"{name}\" not found", is_missing=True)
            return
        item = _bpy.make_instance(cls)
        item.layout = self._inner("COLUMN")
        item.draw(_context())

    def native(self, menu):
        """What the program itself puts into one of its menus."""
        self._add("NATIVE", name=menu)

    # Templates.

    def template_ID(self, data, property, *, new="", open="", unlink="", filter="ALL", live_icon=False, text="", text_ctxt="", translate=True):
        """A choice of a data-block, with its name, its users and a new one."""
        self.prop(data, property, text=text)
        if self._node["children"] and self._node["children"][-1]["kind"] == "PROPERTY":
            self._node["children"][-1].update(is_block=True, new=new, open=open)

    def template_ID_preview(self, data, property, *, new="", open="", unlink="", rows=0, cols=0, filter="ALL", hide_buttons=False):
        """A choice of a data-block; without buttons only the choice."""
        if hide_buttons:
            self.prop(data, property, text="")
        else:
            self.template_ID(data, property, new=new, open=open, unlink=unlink, filter=filter)

    def template_search(self, data, property, search_data, search_property, *, new="", unlink=""):
        """A choice of one of some things, with operators that make a new one and take it away."""
        row = self.row(align=True)
        row.prop_search(data, property, search_data, search_property, text="")
        for operator, icon in ((new, "ADD"), (unlink, "X")):
            if operator:
                row.operator(operator, text="", icon=icon)

    def template_search_preview(self, data, property, search_data, search_property, *, new="", unlink="", rows=0, cols=0):
        self.template_search(data, property, search_data, search_property, new=new, unlink=unlink)

    def template_any_ID(self, data, property, type_property, *, text="", text_ctxt="", translate=True):
        self.prop(data, type_property, text=text)
        self.prop(data, property, text="")

    def template_list(self, listtype_name, list_id, dataptr, propname, active_dataptr, active_propname, item_dyntip_propname="", rows=5, maxrows=5, type="DEFAULT",
                      columns=9, sort_reverse=False, sort_lock=False):
        """The elements of a collection, drawn by a UIList, and the position of the active one."""
        from . import _lists

        if dataptr is None or active_dataptr is None:
            return
        _lists.add(self, listtype_name, list_id, dataptr, propname, active_dataptr, active_propname, rows)

    def template_icon(self, icon_value, *, scale=1.0):
        """A large icon."""
        self._add("PICTURE", factor=float(scale), **_sign("NONE", icon_value))

    def template_icon_view(self, data, property, *, show_labels=False, scale=6.0, scale_popup=5.0):
        """The icon of the item of an enumeration that is chosen, and the choice of others."""
        chosen = getattr(data, property)
        items = data.bl_rna.properties[property].enum_items
        icon = next((str(item.icon) for item in items if item.identifier == chosen), "")
        if icon.isdigit():
            self.template_icon(int(icon), scale=scale)
        self.prop(data, property, text="")

    def template_color_ramp(self, data, property, *, expand=False):
        """A color ramp with its stops."""
        self.prop(data, property, text="")

    def template_curve_mapping(self, data, property, *, type="NONE", levels=False, brush=False, use_negative_slope=False, show_tone=False):
        """Curves with their points."""
        mapping = getattr(data, property, None)
        if mapping is not None and show_tone:
            self.prop(mapping, "tone")
        self.prop(data, property, text="")
        if mapping is not None and levels:
            self.prop(mapping, "black_level")
            self.prop(mapping, "white_level")

    def template_path_builder(self, data, property, root, *, text=None, text_ctxt="", translate=True):
        """A path of a property, as a text."""
        self.prop(data, property, text=text)

    def template_color_picker(self, data, property, **others):
        self.prop(data, property, text="")

    def template_palette(self, data, property, **others):
        self.prop(data, property, text="")

    def template_component_menu(self, data, property, *, name=""):
        """A menu with the values of an array."""
        facts = data.bl_rna.properties[property]
        inner = UILayout("SUBMENU", self, text=name or facts.name)
        inner._node["layout"] = inner
        self._node["children"].append(inner._node)
        for index in range(facts.array_length):
            inner.prop(data, property, index=index)

    def template_colorspace_settings(self, data, property):
        """The color space of an image."""
        self.prop(getattr(data, property), "name", text="Color Space")

    def template_colormanaged_view_settings(self, data, property):
        """How colors are shown: view, look, exposure, gamma and curves."""
        settings = getattr(data, property)
        column = self.column()
        for name in ("view_transform", "look", "exposure", "gamma", "use_curve_mapping"):
            column.prop(settings, name)
        if settings.use_curve_mapping:
            column.template_curve_mapping(settings, "curve_mapping", type="COLOR", levels=True)

    def template_image_settings(self, image_settings, *, color_management=False):
        """The format of a file, with what the format can be told."""
        column = self.column()
        column.prop(image_settings, "file_format")
        column.row().prop(image_settings, "color_mode", expand=True)
        kind = image_settings.file_format
        for name in _FORMAT_SETTINGS.get(kind, ()):
            column.prop(image_settings, name)
        if color_management:
            column.row().prop(image_settings, "color_management", expand=True)
            if image_settings.color_management == "OVERRIDE":
                column.template_colormanaged_view_settings(image_settings, "view_settings")

    def template_keymap_item_properties(self, item):
        """The settings a key runs its operator with."""
        column = self.column()
        for facts in _bpy.operator_facts(item.idname)["properties"] if item.properties is not None else ():
            if facts["identifier"] != "rna_type" and not facts["is_hidden"] and facts["type"] not in ("POINTER", "COLLECTION"):
                column.prop(item.properties, facts["identifier"])

    def template_event_from_keymap_item(self, item, *, text=None, text_ctxt="", translate=True):
        """A key, and what it does."""
        self.label(text=f"{item.to_string()} {item.name if text is None else text}")

    def template_edit_mode_selection(self):
        """Whether vertices, edges or faces are selected, while a mesh is edited."""
        context = _context()
        if context.mode == "EDIT_MESH":
            row = self.row(align=True)
            for index, icon in enumerate(("VERTEXSEL", "EDGESEL", "FACESEL")):
                row.prop(context.tool_settings, "mesh_select_mode", index=index, text="", icon=icon)

    def template_header(self):
        """The choice of the editor is always there."""

    def template_running_jobs(self):
        """Work beside the window is shown in the status bar."""

    template_reports_banner = template_input_status = template_header

    def context_pointer_set(self, name, data):
        """A member of the context for the operators and menus below."""
        self._pointers[name] = data

    @staticmethod
    def icon(data):
        """The number of the icon of something's type."""
        from bpy_structs import icons

        if data is None:
            raise TypeError("UILayout.icon(): error with argument 1, \"data\" - expected a struct, not None")
        name = next((_ICONS[base.__name__] for base in type(data).__mro__ if base.__name__ in _ICONS), "DOT")
        return icons.number_of(name)

    @staticmethod
    def enum_item_name(data, property, identifier):
        """The label of an item of an enumeration; empty where there is no such item."""
        facts = data.bl_rna.properties.get(property)
        return dict(_bpy.enum_items(data, property)).get(identifier, "") if facts is not None and facts.type == "ENUM" else ""

    @staticmethod
    def enum_item_description(data, property, identifier):
        """What an item of an enumeration is for; empty where there is no such item."""
        item = _item_of(data, property, identifier)
        return item.description if item is not None else ""

    @staticmethod
    def enum_item_icon(data, property, identifier):
        """The number of the icon of an item; 0 where there is none."""
        from bpy_structs import icons

        item = _item_of(data, property, identifier)
        return icons.number_of(item.icon) if item is not None else 0


def _context():
    import bpy

    return bpy.context


def _registered(name):
    from bpy.utils import _classes

    return _classes.registered.get(name)


def _all_registered():
    from bpy.utils import _classes

    return list(_classes.registered.items())


def _operator_items(operator, property):
    facts = next((p for p in _bpy.operator_facts(operator)["properties"] if p["identifier"] == property), None)
    return [(item["identifier"], item["name"]) for item in facts.get("enum_items", ())] if facts else []


def given_settings(operator, settings):
    """The settings that differ from those an operator has by itself."""
    fresh = _bpy.operator_settings(operator)
    found = {}
    for p in _bpy.operator_facts(operator)["properties"]:
        name = p["identifier"]
        if p["type"] in ("POINTER", "COLLECTION"):
            continue
        value, usual = getattr(settings, name), getattr(fresh, name)
        if (tuple(value) != tuple(usual)) if hasattr(value, "__len__") and not isinstance(value, (str, set)) else value != usual:
            found[name] = value
    return found


def _operator_tip(operator, settings):
    """What the class of an operator says about it with these settings; empty: what it says about all."""
    from bpy.utils import _classes

    describe = getattr(_registered(_classes.operator_class_name(operator)), "description", None)
    if describe is None:
        return ""
    try:
        return str(describe(_context(), settings) or "")
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno})"


def _tree(node):
    """The notes of a layout as the program takes them."""
    layout = node.pop("layout", None)
    node["enabled"] = node.pop("enabled_here", True) and (layout is None or (layout.enabled and layout.active))
    node["alert"] = layout is not None and layout.alert
    if layout is not None and layout._node is node:
        node.setdefault("units_x", layout.ui_units_x)
        node.setdefault("alignment", layout.alignment)
    if node["kind"] == "OPERATOR":
        node["tip"] = _operator_tip(node["operator"], node["settings"])
        node["settings"] = given_settings(node["operator"], node["settings"])
    for child in node["children"]:
        _tree(child)
    return node


def _note_failure(layout, error):
    frame = traceback.extract_tb(error.__traceback__)[-1]
    layout.alert = True
    layout.label(text=f"{type(error).__name__}: {error} ({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno})", icon="ERROR")


def draw_with(key, draw):
    """The notes of what a function draws; what it raises is shown in it, and after some failures it is left alone."""
    if _failures.get(key, 0) >= _FAILURES_BEFORE_QUARANTINE:
        name = getattr(key, "__name__", "this")
        return {"kind": "COLUMN", "children": [{"kind": "LABEL", "text": f"{name} failed {_FAILURES_BEFORE_QUARANTINE} times and is not drawn any more",
                                                "children": [], "alert": True}]}
    layout = UILayout()
    try:
        draw(layout, _context())
        tree = _tree(layout._node)
        _failures.pop(key, None)
        return tree
    except Exception as error:
        _failures[key] = _failures.get(key, 0) + 1
        traceback.print_exc()
        failed = UILayout()
        _note_failure(failed, error)
        # What was drawn before stays, where it can be read.
        try:
            kept = _tree(layout._node)
        except Exception:
            kept = {"kind": "COLUMN", "children": []}
        return {"kind": "COLUMN", "children": [kept, _tree(failed._node)]}


def _draw(cls):
    """What an object of a class draws, its header first."""
    def draw(layout, context):
        item = _bpy.make_instance(cls)
        header = getattr(item, "draw_header", None)
        if header is not None:
            item.layout = layout.row()
            header(context)
        item.layout = layout
        item.draw(context)
    return draw_with(cls, draw)


def _said(cls, name, otherwise=""):
    """What a class says about itself; classes of the program have their own attributes of these names."""
    from bpy.utils import _classes

    return _classes._said(cls, name) or otherwise


def _agrees(cls, context):
    from bpy_structs import owners

    if not owners.shows(_said(cls, "bl_owner_id")):
        return False
    poll = getattr(cls, "poll", None)
    if poll is None:
        return True
    try:
        return bool(poll(context))
    except Exception:
        traceback.print_exc()
        return False


def _facts(cls, content):
    return {"identifier": _said(cls, "bl_idname") or cls.__name__, "title": _said(cls, "bl_label"), "category": _said(cls, "bl_category"),
            "is_open": "DEFAULT_CLOSED" not in _said(cls, "bl_options", ()), "width": int(_said(cls, "bl_ui_units_x", 0)) * 20, "content": content}


# What the program asks for -------------------------------------------------------------------------------------------------------------


def draw_panels(space, region, tab):
    """Panels of an editor's region as dictionaries, in their order, those inside others with them."""
    import bpy

    with _context_areas.drawing(space, region, tab):
        context = bpy.context
        panels = [cls for _, cls in _all_registered() if issubclass(cls, bpy.types.Panel) and cls.bl_space_type == space and cls.bl_region_type == region
                  and (not tab or _said(cls, "bl_context").split(",")[0] == tab)]
        panels.sort(key=lambda cls: _said(cls, "bl_order", 0))

        def drawn(cls):
            identifier = _said(cls, "bl_idname") or cls.__name__
            inner = [drawn(other) for other in panels if _said(other, "bl_parent_id") == identifier and other is not cls and _agrees(other, context)]
            return {**_facts(cls, _draw(cls)), "panels": inner}
        return [drawn(cls) for cls in panels if not _said(cls, "bl_parent_id") and _agrees(cls, context)]


def draw_named(kind, name):
    """A menu ("Menu"), panel or header by its identifier; None where there is none."""
    import bpy

    cls = _registered(name)
    if cls is None or not issubclass(cls, getattr(bpy.types, kind)):
        return None
    if not _agrees(cls, bpy.context):
        return {**_facts(cls, {"kind": "COLUMN", "children": []}), "is_refused": True}
    return _facts(cls, _draw(cls))


def draw_headers(space):
    """What scripts add to the header of an editor: classes of theirs, and functions appended to those of the program. None: nothing."""
    import bpy

    found = []
    for identifier, cls in _all_registered():
        if not issubclass(cls, bpy.types.Header):
            if identifier in _EDITOR_MENUS.get(space, ()) and cls.is_extended():
                found.append(cls)
        elif cls.bl_space_type == space and (cls.__module__ != "window_menus" or cls.is_extended()) and _agrees(cls, bpy.context):
            found.append(cls)
    if not found:
        return None
    with _context_areas.drawing(space, "HEADER"):
        return {"kind": "ROW", "children": [_draw(cls) for cls in found]}


def draw_preferences(module):
    """Settings of an enabled add-on, as its class draws them; None where it has none."""
    import addon_utils

    entry = addon_utils._enabled.get(module)
    settings = entry.preferences if entry is not None else None
    if settings is None or not hasattr(type(settings), "draw"):
        return None

    def draw(layout, context):
        settings.layout = layout
        settings.draw(context)
    return {"identifier": module, "title": "Preferences", "content": draw_with(type(settings), draw)}


_EDITOR_MENUS = {"VIEW_3D": ("VIEW3D_MT_editor_menus",), "TOPBAR": ("TOPBAR_MT_editor_menus",), "NODE_EDITOR": ("NODE_MT_editor_menus",),
                 "IMAGE_EDITOR": ("IMAGE_MT_editor_menus",), "TEXT_EDITOR": ("TEXT_MT_editor_menus",), "OUTLINER": ("OUTLINER_MT_editor_menus",),
                 "CONSOLE": ("CONSOLE_MT_editor_menus",), "INFO": ("INFO_MT_editor_menus",), "TIMELINE": ("TIME_MT_editor_menus",)}
