"""Editors and the regions they consist of. A window fills them in; without one there are none, and `bpy.context.area` is None."""
import _bpy

from . import Collection, make, program_struct

_handlers = []  # (space, callback, arguments, region, event)


def handlers(space, region, event):
    """Functions that draw into a region of an editor, with their arguments; for the window."""
    return [(handle[1], handle[2]) for handle in _handlers if (handle[0].__name__, *handle[3:]) == (space, region, event)]


@program_struct()
class Space(_bpy.types.bpy_struct):
    """What an area shows."""

    @classmethod
    def draw_handler_add(cls, callback, args, region_type, draw_type):
        """Calls a function whenever a region of such an editor is drawn; what is returned takes it away again."""
        if cls is Space:
            raise TypeError("draw_handler_add(): call it on the class of an editor, such as bpy.types.SpaceView3D")
        if not callable(callback):
            raise TypeError(f"draw_handler_add(): expected a function, not {type(callback).__name__}")
        if not isinstance(args, tuple):
            raise TypeError(f"draw_handler_add(): expected a tuple of arguments, not {type(args).__name__}")
        handle = (cls, callback, args, region_type, draw_type)
        _handlers.append(handle)
        return handle

    @classmethod
    def draw_handler_remove(cls, handler, region_type):
        """Takes such a function away."""
        before = len(_handlers)
        _handlers[:] = [known for known in _handlers if known is not handler]
        if len(_handlers) == before:
            raise ValueError("draw_handler_remove(): this is no handler, or it was removed before")


def _editor(name):
    cls = type(Space)(name, (Space,), {"__doc__": f"The editor of {name[5:]}.", "__slots__": ()})
    return program_struct(name, base=Space)(cls)


for _name in ("View3D", "ImageEditor", "NodeEditor", "Outliner", "Properties", "TextEditor", "Console", "Info", "DopeSheetEditor", "GraphEditor", "NLA",
              "SequenceEditor", "ClipEditor", "FileBrowser", "Preferences", "Spreadsheet"):
    globals()[f"Space{_name}"] = _editor(f"Space{_name}")


@program_struct("Screen")
class Screen(_bpy.types.bpy_struct):
    """The areas of a window."""

    name = "Layout"

    @property
    def areas(self):
        return self.__dict__.setdefault("_areas", Collection())


@program_struct("Workspace")
class WorkSpace(_bpy.types.bpy_struct):
    """A screen with a name, for a kind of work."""

    name = "Layout"

    @property
    def screens(self):
        return self.__dict__.setdefault("_screens", Collection())

    @classmethod
    def status_text_set_internal(cls, text):
        """Shows a text in the status bar; None shows the usual one."""
        _status[:] = [] if text is None else [text]

    def status_text_set(self, text):
        """Shows a text, or what a function draws, in the status bar; None shows the usual one."""
        _status[:] = [] if text is None else [text]


@program_struct("Area")
class Area(_bpy.types.bpy_struct):
    """A part of the screen with an editor."""

    @property
    def regions(self):
        return self.__dict__.setdefault("_regions", Collection())

    def tag_redraw(self):
        """Has the area drawn again."""
        _redraw[0] += 1

    def header_text_set(self, text):
        """Shows a text in the header; None shows the usual header."""
        self.__dict__["header"] = text


@program_struct("Region")
class Region(_bpy.types.bpy_struct):
    """A part of an area."""

    def tag_redraw(self):
        """Has the region drawn again."""
        _redraw[0] += 1


@program_struct("3D View Region")
class RegionView3D(_bpy.types.bpy_struct):
    """How a region shows space."""


_status = []
_redraw = [0]
_screens = []
_workspaces = []


def screen():
    """The screen of the window; it has areas where there is a window to show them."""
    if not _screens:
        _screens.append(make(Screen))
    return _screens[0]


def workspace():
    """The workspace of the window."""
    if not _workspaces:
        _workspaces.append(make(WorkSpace))
        _workspaces[0].screens._items.append(screen())
    return _workspaces[0]

