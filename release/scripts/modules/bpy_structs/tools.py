"""Tools of the toolbar: those in use, and those of scripts."""
import _bpy
from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty

from . import Collection, add, make, program_struct, read_only, write

# As the toolbar of 3D views has them.
VIEW3D = ("builtin.select_box", "builtin.select_circle", "builtin.select_lasso", "builtin.cursor", "builtin.move", "builtin.rotate", "builtin.scale",
          "builtin.transform")
_WIDGETS = {"builtin.move": "VIEW3D_GGT_xform_gizmo", "builtin.rotate": "VIEW3D_GGT_xform_gizmo", "builtin.scale": "VIEW3D_GGT_xform_cage",
            "builtin.transform": "VIEW3D_GGT_xform_gizmo"}
_SPACES = (("EMPTY", "Empty", "", 0), ("VIEW_3D", "3D Viewport", "", 1), ("IMAGE_EDITOR", "UV/Image Editor", "", 6), ("NODE_EDITOR", "Node Editor", "", 16),
           ("SEQUENCE_EDITOR", "Video Sequencer", "", 8), ("CLIP_EDITOR", "Movie Clip Editor", "", 20), ("DOPESHEET_EDITOR", "Dope Sheet", "", 12),
           ("GRAPH_EDITOR", "Graph Editor", "", 2), ("NLA_EDITOR", "Nonlinear Animation", "", 13), ("TEXT_EDITOR", "Text Editor", "", 9),
           ("CONSOLE", "Python Console", "", 18), ("INFO", "Info", "", 7), ("TOPBAR", "Top Bar", "", 21), ("STATUSBAR", "Status Bar", "", 22),
           ("OUTLINER", "Outliner", "", 3), ("PROPERTIES", "Properties", "", 4), ("FILE_BROWSER", "File Browser", "", 5),
           ("SPREADSHEET", "Spreadsheet", "", 23), ("PREFERENCES", "Preferences", "", 19))
tools = []  # those that scripts registered, in their order
_in_use = {}  # by workspace and mode


@read_only("index space_type mode has_datablock widget")
@program_struct("Work Space Tool", name_property="idname")
class WorkSpaceTool(_bpy.types.bpy_struct):
    """A tool of the toolbar that is in use; also the base of the tools of scripts, which `bpy.utils.register_tool` adds."""
    idname: StringProperty(name="Identifier", maxlen=64, options=set())
    idname_fallback: StringProperty(name="Identifier Fallback", maxlen=64, options=set())
    index: IntProperty(name="Index", soft_min=-10000, soft_max=10000)
    space_type: EnumProperty(name="Space Type", items=_SPACES)
    mode: EnumProperty(name="Tool Mode", items=(("DEFAULT", "Default", ""),))
    has_datablock: BoolProperty(name="Has Data-Block")
    widget: StringProperty(name="Widget", options=set())

    def __getattribute__(self, name):
        known = _bpy.types.bpy_struct.__getattribute__
        if name == "mode":
            return known(self, "__dict__").get("mode", "DEFAULT")
        if name in {"idname", "index", "widget"}:
            _refresh(self)
        return known(self, name)


def _view():
    """The 3D view that tells the tool: the one under the mouse, else the first of the screen."""
    from . import spaces

    under = spaces.area()
    found = under if under is not None and under.type == "VIEW_3D" else next((area for area in spaces.screen().areas if area.type == "VIEW_3D"), None)
    return found.spaces.active if found is not None else None


def _refresh(tool):
    view = _view()
    if view is not None:
        name = view.tool_idname
        write(tool, idname=name, index=0, widget=_WIDGETS.get(name, ""))


def set_view3d_tool(name):
    """Has the 3D views of the screen use the tool of this name; whether there is one."""
    from . import spaces

    if name not in VIEW3D:
        return False
    for area in spaces.screen().areas:
        if area.type == "VIEW_3D":
            area.spaces.active.tool_idname = name
    return True


@add
class wmTools(Collection):
    """The tools of a workspace, by mode."""

    _named_by = "idname"

    def __init__(self, workspace):
        super().__init__()
        self._workspace = workspace
        self._items = [tool for (owner, _mode), tool in _in_use.items() if owner == workspace]

    def from_space_view3d_mode(self, mode, create=False):
        """The tool of 3D views in a mode."""
        key = (self._workspace, mode)
        if key not in _in_use:
            if not create and mode not in {"OBJECT", "EDIT_MESH"}:
                return None
            tool = _in_use[key] = make(WorkSpaceTool)
            write(tool, space_type="VIEW_3D")
            tool.__dict__["mode"] = mode
        return _in_use[key]


def register_tool(cls, after=None, separator=False, group=False):
    """Adds a tool behind those named by `after`, or at the end."""
    for name in ("bl_idname", "bl_label", "bl_space_type", "bl_context_mode"):
        if not hasattr(cls, name):
            raise AttributeError(f"tool {cls.__name__} has no \"{name}\"")
    if cls in tools:
        raise Exception(f"tool {cls.bl_idname!r} is registered already")
    behind = [i for i, tool in enumerate(tools) if after and tool.bl_idname in after]
    tools.insert(behind[-1] + 1 if behind else len(tools), cls)
    cls._has_separator, cls._opens_group = separator, group


def unregister_tool(cls):
    """Takes a tool away."""
    if cls not in tools:
        raise Exception(f"tool {getattr(cls, 'bl_idname', cls)!r} is not registered")
    tools.remove(cls)
