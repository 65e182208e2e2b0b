"""Facts about properties that are written in Python, for `bl_rna`: those of schemas tell them themselves.

A property of a class of `bpy_structs` or a method of `bpy_types` is described here beside its name, type, target or range, so that scripts
which look at `bl_rna.properties` find it. `tests/python` compares what is written here with what the classes do.
"""
from . import icons

FLT_MAX = 3.4028234663852886e+38
INT_MAX = 2147483647


def _facts(identifier, kind, name, writable, never_none, **more):
    return {"identifier": identifier, "name": name, "description": "", "type": kind, "subtype": "NONE", "unit": "NONE", "is_readonly": not writable,
            "is_animatable": False, "is_overridable": False, "is_required": False, "is_argument_optional": False, "is_never_none": never_none,
            "is_hidden": False, "is_skip_save": False, "is_output": False, "is_registered": False, "is_registered_optional": False,
            "is_runtime": False, "is_enum_flag": False, "is_library_editable": False, "translation_context": "*", "icon": "NONE", "tags": set(), "srna": "",
            **more}


def pointer(identifier, target, *, name="", unit="NONE", writable=False, never_none=False):
    """A property that is a struct."""
    return {**_facts(identifier, "POINTER", name, writable, never_none, fixed_type=target), "unit": unit}


def collection(identifier, target, *, name="", srna=""):
    """A property that is a collection."""
    return _facts(identifier, "COLLECTION", name, False, False, fixed_type=target, srna=srna)


def items_of(pairs):
    """The facts about items of an enumeration, from pairs of a name and a number."""
    return [{"identifier": item, "name": item.replace("_", " ").title(), "description": "", "icon": "NONE", "value": number} for item, number in pairs]


def value(identifier, kind, *, name="", subtype="NONE", unit="NONE", array_length=None, default=None, hard=None, soft=None, items="", enum_flag=False,
          writable=False, never_none=False, max_length=0):
    """A property that is a number, a text or one of some items: their names, facts about them, or a function that gives those."""
    facts = _facts(identifier, kind, name, writable, never_none)
    facts.update(subtype=subtype, unit=unit, is_enum_flag=enum_flag)
    if kind == "ENUM":
        facts["enum_items"] = items_of((item, i) for i, item in enumerate(items.split())) if isinstance(items, str) else items
        facts.update(default="" if enum_flag else default or "", default_flag=set(default or ()) if enum_flag else set())
    elif kind == "STRING":
        facts.update(default=default or "", length_max=max_length)
    else:
        count = 1
        for part in array_length if isinstance(array_length, list) else [array_length or 0]:
            count *= part
        is_float = kind == "FLOAT"
        none = False if kind == "BOOLEAN" else 0.0 if is_float else 0
        default = none if default is None else default
        facts.update(is_array=array_length is not None, array_length=count, default=none if isinstance(default, list) else default,
                     default_array=(default * count)[:count] if isinstance(default, list) else [none] * count)
        if array_length is not None:
            shape = array_length if isinstance(array_length, list) else [array_length]
            facts["array_dimensions"] = (*shape, 0, 0)[:3]
        if kind != "BOOLEAN":
            limit = FLT_MAX if is_float else INT_MAX
            low, high = ((-limit if is_float else -INT_MAX - 1) if hard is None or hard[0] is None else hard[0],
                         limit if hard is None or hard[1] is None else hard[1])
            facts.update(hard_min=low, hard_max=high, soft_min=low if soft is None or soft[0] is None else soft[0],
                         soft_max=high if soft is None or soft[1] is None else soft[1], step=10.0 if is_float else 1, precision=3)
    return facts


_DESCRIBED = {
    "Context": (
        pointer("window_manager", "WindowManager"),
        pointer("window", "Window"),
        pointer("workspace", "WorkSpace"),
        pointer("screen", "Screen"),
        pointer("area", "Area"),
        pointer("space_data", "Space"),
        pointer("region", "Region"),
        pointer("region_data", "RegionView3D"),
        pointer("gizmo_group", "GizmoGroup"),
        pointer("asset_file_handle", "FileSelectEntry"),
        pointer("blend_data", "BlendData"),
        pointer("scene", "Scene"),
        pointer("view_layer", "ViewLayer"),
        value("engine", "STRING", never_none=True),
        pointer("collection", "Collection"),
        pointer("layer_collection", "LayerCollection"),
        pointer("tool_settings", "ToolSettings"),
        pointer("preferences", "Preferences"),
        value("mode", "ENUM", default="EDIT_MESH", items="EDIT_MESH EDIT_CURVE EDIT_CURVES EDIT_SURFACE EDIT_TEXT EDIT_ARMATURE EDIT_METABALL EDIT_LATTICE POSE SCULPT PAINT_WEIGHT PAINT_VERTEX PAINT_TEXTURE PARTICLE OBJECT PAINT_GPENCIL EDIT_GPENCIL SCULPT_GPENCIL WEIGHT_GPENCIL VERTEX_GPENCIL SCULPT_CURVES"),
    ),
    "Window": (
        pointer("parent", "Window", name="Parent Window"),
        pointer("scene", "Scene", name="Scene", writable=True, never_none=True),
        pointer("workspace", "WorkSpace", name="Workspace", writable=True, never_none=True),
        pointer("screen", "Screen", name="Screen", writable=True, never_none=True),
        pointer("view_layer", "ViewLayer", name="Active View Layer", writable=True, never_none=True),
    ),
    "WindowManager": (
        collection("operators", "Operator", name="Operators"),
        collection("windows", "Window", name="Windows"),
        collection("keyconfigs", "KeyConfig", name="Key Configurations", srna="KeyConfigurations"),
    ),
    "WorkSpace": (
        collection("screens", "Screen", name="Screens"),
        collection("owner_ids", "wmOwnerID", name="UI Tags", srna="wmOwnerIDs"),
        collection("tools", "WorkSpaceTool", name="Tools", srna="wmTools"),
        value("object_mode", "ENUM", name="Object Mode", default="OBJECT", items="OBJECT EDIT POSE SCULPT VERTEX_PAINT WEIGHT_PAINT TEXTURE_PAINT PARTICLE_EDIT EDIT_GPENCIL SCULPT_GPENCIL PAINT_GPENCIL VERTEX_GPENCIL WEIGHT_GPENCIL", writable=True),
    ),
    "Preferences": (
        collection("addons", "Addon", name="Add-on", srna="Addons"),
        pointer("keymap", "PreferencesKeymap", name="Keymap", never_none=True),
    ),
    "ID": (
        value("is_evaluated", "BOOLEAN", name="Is Evaluated"),
        pointer("original", "ID", name="Original ID"),
        pointer("preview", "ImagePreview", name="Preview"),
    ),
    "IDOverrideLibrary": (
        pointer("hierarchy_root", "ID", name="Hierarchy Root ID"),
    ),
    "KeyMap": (
        collection("keymap_items", "KeyMapItem", name="Items", srna="KeyMapItems"),
        collection("modal_event_values", "EnumPropertyItem", name="Modal Events"),
    ),
    "KeyMapItem": (
        value("name", "STRING", name="Name", never_none=True),
        pointer("properties", "OperatorProperties", name="Properties"),
        value("propvalue", "ENUM", name="Property Value", default="NONE", items="NONE", writable=True),
    ),
    "KeyConfigurations": (
        pointer("active", "KeyConfig", name="Active KeyConfig", writable=True),
        pointer("default", "KeyConfig", name="Default Key Configuration", unit="MASS"),
        pointer("addon", "KeyConfig", name="Add-on Key Configuration", unit="MASS"),
        pointer("user", "KeyConfig", name="User Key Configuration", unit="MASS"),
    ),
    "KeyConfig": (
        collection("keymaps", "KeyMap", name="Key Maps", srna="KeyMaps"),
        pointer("preferences", "KeyConfigPreferences"),
    ),
    "RenderResult": (
        collection("layers", "RenderLayer"),
    ),
    "RenderLayer": (
        collection("passes", "RenderPass", srna="RenderPasses"),
    ),
    "RenderPass": (
        value("rect", "FLOAT", array_length=0, soft=(-10000, 10000), writable=True),
    ),
    "RenderEngine": (
        pointer("camera_override", "Object"),
        value("temporary_directory", "STRING", never_none=True),
        pointer("render", "RenderSettings", name="Render Data"),
    ),
    "GizmoGroup": (
        value("name", "STRING", name="Name", never_none=True),
        collection("gizmos", "Gizmo", name="Gizmos", srna="Gizmos"),
    ),
    "Gizmo": (
        pointer("group", "GizmoGroup"),
        value("matrix_world", "FLOAT", name="Final World Matrix", subtype="MATRIX", array_length=[4, 4], soft=(-10000, 10000)),
    ),
    "Panel": (
        pointer("layout", "UILayout", name="Layout"),
        value("is_popover", "BOOLEAN", name="Popover"),
    ),
    "Menu": (
        pointer("layout", "UILayout", name="Layout"),
    ),
    "Header": (
        pointer("layout", "UILayout", name="Layout"),
    ),
    "Operator": (
        pointer("layout", "UILayout"),
        pointer("properties", "OperatorProperties", name="Properties", never_none=True),
        pointer("options", "OperatorOptions", name="Options", never_none=True),
        collection("macros", "Macro", name="Macros"),
    ),
    "Macro": (
        pointer("properties", "OperatorProperties", name="Properties", never_none=True),
    ),
    "PropertyGroup": (
        value("name", "STRING", name="Name", writable=True, never_none=True),
    ),
    "ViewLayer": (
        pointer("depsgraph", "Depsgraph", name="Dependency Graph"),
    ),
    "Region": (
        pointer("view2d", "View2D", name="View2D", never_none=True),
        pointer("data", "AnyType", name="Region Data"),
    ),
    "SpaceView3D": (
        pointer("local_view", "SpaceView3D", name="Local View"),
        value("icon_from_show_object_viewport", "INT", name="Visibility Icon", soft=(-10000, 10000)),
    ),
    "ImagePreview": (
        value("image_size", "INT", name="Image Size", subtype="PIXEL", array_length=2, soft=(0, 0), writable=True),
        value("image_pixels", "INT", name="Image Pixels", array_length=0, soft=(-10000, 10000), writable=True),
        value("image_pixels_float", "FLOAT", name="Float Image Pixels", array_length=0, soft=(-10000, 10000), writable=True),
        value("icon_size", "INT", name="Icon Size", subtype="PIXEL", array_length=2, soft=(0, 0), writable=True),
        value("icon_pixels", "INT", name="Icon Pixels", array_length=0, soft=(-10000, 10000), writable=True),
        value("icon_pixels_float", "FLOAT", name="Float Icon Pixels", array_length=0, soft=(-10000, 10000), writable=True),
        value("icon_id", "INT", name="Icon ID"),
    ),
    "BlendData": (
        collection("screens", "Screen", name="Screens", srna="BlendDataScreens"),
        collection("workspaces", "WorkSpace", name="Workspaces", srna="BlendDataWorkSpaces"),
        collection("window_managers", "WindowManager", name="Window Managers", srna="BlendDataWindowManagers"),
    ),
    "Depsgraph": (
        value("mode", "ENUM", name="Mode", default="VIEWPORT", items="VIEWPORT RENDER"),
        pointer("scene", "Scene", name="Scene"),
        pointer("view_layer", "ViewLayer", name="View Layer"),
        pointer("scene_eval", "Scene", name="Scene"),
        pointer("view_layer_eval", "ViewLayer", name="View Layer"),
        collection("ids", "ID", name="All IDs"),
        collection("objects", "Object", name="Objects"),
        collection("object_instances", "DepsgraphObjectInstance", name="Object Instances"),
        collection("updates", "DepsgraphUpdate", name="Updates"),
    ),
    "DepsgraphUpdate": (
        pointer("id", "ID", name="ID"),
        value("is_updated_transform", "BOOLEAN", name="Transform"),
        value("is_updated_geometry", "BOOLEAN", name="Geometry"),
        value("is_updated_shading", "BOOLEAN", name="Shading"),
    ),
    "DepsgraphObjectInstance": (
        pointer("object", "Object", name="Object"),
        value("show_self", "BOOLEAN", name="Show Self"),
        value("show_particles", "BOOLEAN", name="Show Particles"),
        value("is_instance", "BOOLEAN", name="Is Instance"),
        pointer("instance_object", "Object", name="Instance Object"),
        pointer("parent", "Object", name="Parent"),
        value("persistent_id", "INT", name="Persistent ID", array_length=8, soft=(-10000, 10000)),
        value("random_id", "INT", name="Dupli random id", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000)),
        value("matrix_world", "FLOAT", name="Matrix World", subtype="MATRIX", array_length=[4, 4], soft=(-10000, 10000)),
        value("orco", "FLOAT", name="Generated Coordinates", subtype="TRANSLATION", unit="LENGTH", array_length=3, soft=(-10000, 10000)),
        value("uv", "FLOAT", name="UV Coordinates", array_length=2, soft=(-10000, 10000)),
    ),
    "NodeSocketInterface": (
        value("bl_label", "STRING", name="Label", writable=True, never_none=True),
    ),
    "NodeTree": (
        value("bl_description", "STRING", subtype="TRANSLATION", unit="LENGTH", writable=True, never_none=True),
        value("bl_icon", "ENUM", name="Icon", default="NODETREE", items=icons.items, writable=True),
    ),
    "Node": (
        collection("internal_links", "NodeLink", name="Internal Links"),
        value("bl_icon", "ENUM", name="Icon", default="NODE", items=icons.items, writable=True),
        value("bl_description", "STRING", subtype="TRANSLATION", unit="LENGTH", writable=True, never_none=True),
        value("bl_static_type", "ENUM", name="Static Type", default="CUSTOM", items="CUSTOM", writable=True),
        value("bl_width_default", "FLOAT", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("bl_width_min", "FLOAT", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("bl_width_max", "FLOAT", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("bl_height_default", "FLOAT", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("bl_height_min", "FLOAT", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("bl_height_max", "FLOAT", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
    ),
    "Mesh": (
        collection("vertex_layers_float", "MeshVertexFloatPropertyLayer", name="Float Property Layers", srna="VertexFloatProperties"),
        collection("vertex_layers_int", "MeshVertexIntPropertyLayer", name="Int Property Layers", srna="VertexIntProperties"),
        collection("vertex_layers_string", "MeshVertexStringPropertyLayer", name="String Property Layers", srna="VertexStringProperties"),
        collection("polygon_layers_float", "MeshPolygonFloatPropertyLayer", name="Float Property Layers", srna="PolygonFloatProperties"),
        collection("polygon_layers_int", "MeshPolygonIntPropertyLayer", name="Int Property Layers", srna="PolygonIntProperties"),
        collection("polygon_layers_string", "MeshPolygonStringPropertyLayer", name="String Property Layers", srna="PolygonStringProperties"),
        collection("edge_creases", "MeshEdgeCreaseLayer", name="Edge Creases"),
        collection("vertex_creases", "MeshVertexCreaseLayer", name="Vertex Creases"),
    ),
    **{f"Mesh{of_what}CreaseLayer": (collection("data", f"Mesh{of_what}Crease", name="Data"),) for of_what in ("Edge", "Vertex")},
    **{f"Mesh{of_what}Crease": (value("value", "FLOAT", name="Value", soft=(-10000, 10000), writable=True),) for of_what in ("Edge", "Vertex")},
    **{f"Mesh{domain}FloatProperty": (value("value", "FLOAT", name="Value", soft=(-10000, 10000), writable=True),) for domain in ("Vertex", "Polygon")},
    **{f"Mesh{domain}IntProperty": (value("value", "INT", name="Value", soft=(-10000, 10000), writable=True),) for domain in ("Vertex", "Polygon")},
    **{f"Mesh{domain}StringProperty": (value("value", "STRING", name="Value", subtype="BYTE_STRING", max_length=255, writable=True, never_none=True),)
       for domain in ("Vertex", "Polygon")},
    **{f"Mesh{domain}{kind}PropertyLayer": (
        value("name", "STRING", name="Name", writable=True, never_none=True),
        collection("data", f"Mesh{domain}{kind}Property", name="Data"),
    ) for domain in ("Vertex", "Polygon") for kind in ("Float", "Int", "String")},
    "UILayout": (
        value("active", "BOOLEAN", writable=True),
        value("active_default", "BOOLEAN", name="Active Default", writable=True),
        value("activate_init", "BOOLEAN", name="Activate on Init", writable=True),
        value("operator_context", "ENUM", default="INVOKE_DEFAULT", items="INVOKE_DEFAULT INVOKE_REGION_WIN INVOKE_REGION_CHANNELS INVOKE_REGION_PREVIEW INVOKE_AREA INVOKE_SCREEN EXEC_DEFAULT EXEC_REGION_WIN EXEC_REGION_CHANNELS EXEC_REGION_PREVIEW EXEC_AREA EXEC_SCREEN", writable=True),
        value("enabled", "BOOLEAN", name="Enabled", writable=True),
        value("alert", "BOOLEAN", writable=True),
        value("alignment", "ENUM", default="EXPAND", items="EXPAND LEFT CENTER RIGHT", writable=True),
        value("direction", "ENUM", default="HORIZONTAL", items="HORIZONTAL VERTICAL"),
        value("scale_x", "FLOAT", name="Scale X", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("scale_y", "FLOAT", name="Scale Y", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("ui_units_x", "FLOAT", name="Units X", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("ui_units_y", "FLOAT", name="Units Y", subtype="UNSIGNED", hard=(0, None), soft=(0, 10000), writable=True),
        value("emboss", "ENUM", default="NORMAL", items="NORMAL NONE PULLDOWN_MENU RADIAL_MENU NONE_OR_STATUS", writable=True),
        value("use_property_split", "BOOLEAN", writable=True),
        value("use_property_decorate", "BOOLEAN", writable=True),
    ),
    "Addon": (
        value("module", "STRING", name="Module", writable=True, never_none=True),
        pointer("preferences", "AddonPreferences"),
    ),
}


def of(identifier):
    """The facts about properties of a struct that its schema does not have."""
    return _DESCRIBED.get(identifier, ())


# Where the interface tells something else than the definition: properties that scripts only read, and defaults that new objects do not start with.
_corrections = {}
_programs = set()  # types of the program, as against those of scripts


def correct(identifier, names, **facts):
    """Notes what the interface tells about some properties of a struct."""
    for name in names.split():
        _corrections.setdefault(identifier, {}).setdefault(name, {}).update(facts)


def corrected(identifier, facts):
    """The facts about a property with what was noted. Floats that definitions in Python do not limit have the limits of the type."""
    if identifier in _programs and facts["type"] == "FLOAT":
        limits = {key: FLT_MAX if facts[key] > 0 else -FLT_MAX for key in ("hard_min", "hard_max", "soft_min", "soft_max") if abs(facts[key]) > 3.4028e+38}
        facts = {**facts, **limits}
    noted = _corrections.get(identifier, {}).get(facts["identifier"])
    return {**facts, **noted} if noted else facts


def _static(identifier, name, items):
    """Notes what `enum_items_static` tells of a property whose items come from elsewhere, or are fewer here."""
    correct(identifier, name, static_items=items_of(icons.numbered(items.split())))


_static("RenderSettings", "engine", "BLENDER_EEVEE")
_static("SpaceNodeEditor", "tree_type", "DUMMY")
_static("View3DShading", "studio_light", "DEFAULT")
_static("Object", "mode", "OBJECT EDIT POSE=64 SCULPT=2 VERTEX_PAINT WEIGHT_PAINT=8 TEXTURE_PAINT=16 PARTICLE_EDIT=32 EDIT_GPENCIL=128 SCULPT_GPENCIL=512 "
        "PAINT_GPENCIL=256 WEIGHT_GPENCIL=1024 VERTEX_GPENCIL=2048 SCULPT_CURVES=4096")
_static("Area", "type", "EMPTY VIEW_3D IMAGE_EDITOR=6 NODE_EDITOR=16 SEQUENCE_EDITOR=8 CLIP_EDITOR=20 DOPESHEET_EDITOR=12 GRAPH_EDITOR=2 NLA_EDITOR=13 TEXT_EDITOR=9 "
        "CONSOLE=18 INFO=7 TOPBAR=21 STATUSBAR OUTLINER=3 PROPERTIES FILE_BROWSER SPREADSHEET=23 PREFERENCES=19")
