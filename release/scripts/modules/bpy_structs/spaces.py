"""Workspaces, and what is written in Python of areas, regions and editors, whose state lies in the program (`WindowLayout`)."""
import _bpy
from bpy.props import BoolProperty, StringProperty

from . import Collection, make, program_struct, read_only, write

_handlers = []  # (space, callback, arguments, region, event)


def handlers(space, region, event):
    """Functions that draw into a region of an editor, with their arguments; for the window."""
    return [(handle[1], handle[2]) for handle in _handlers if (handle[0].__name__, *handle[3:]) == (space, region, event)]


def _handler_add(cls, callback, args, region_type, draw_type):
    """Calls a function whenever a region of such an editor is drawn; what is returned takes it away again."""
    if cls is _bpy.types.Space:
        raise TypeError("draw_handler_add(): call it on the class of an editor, such as bpy.types.SpaceView3D")
    if not callable(callback):
        raise TypeError(f"draw_handler_add(): expected a function, not {type(callback).__name__}")
    if not isinstance(args, tuple):
        raise TypeError(f"draw_handler_add(): expected a tuple of arguments, not {type(args).__name__}")
    handle = (cls, callback, args, region_type, draw_type)
    _handlers.append(handle)
    return handle


def _handler_remove(cls, handler, region_type):
    """Takes such a function away."""
    before = len(_handlers)
    _handlers[:] = [known for known in _handlers if known is not handler]
    if len(_handlers) == before:
        raise ValueError("draw_handler_remove(): this is no handler, or it was removed before")


def _request(kind, **facts):
    if not _bpy.is_background:
        from bpy import _window
        _window.request(kind, **facts)


def _tag_redraw(self):
    """Has it drawn again."""
    _request("REDRAW")


def _header_text_set(self, text):
    """Shows a text in place of the hints; None takes it away."""
    _request("STATUS", text=text or "")


def attach():
    """Gives the classes of the program what is written here."""
    types = _bpy.types
    types.Space.draw_handler_add = classmethod(_handler_add)
    types.Space.draw_handler_remove = classmethod(_handler_remove)
    types.Area.tag_redraw = _tag_redraw
    types.Area.header_text_set = _header_text_set
    types.Region.tag_redraw = _tag_redraw
    types.Region.tag_refresh_ui = _tag_redraw
    types.RegionView3D.update = _tag_redraw
    types.Region.view2d = property(_view2d)
    types.Region.data = property(_region_data)
    types.SpaceView3D.icon_from_show_object_viewport = property(_visibility_icon)
    types.SpaceView3D.local_view = property(lambda self: self if self.is_local_view else None)
    types.BlendData.screens = property(lambda self: layout().screens)
    types.BlendData.workspaces = property(lambda self: workspaces())
    types.BlendData.window_managers = property(lambda self: _managers())


@read_only("name")
@program_struct("Workspace", name_property="name")
class WorkSpace(_bpy.types.bpy_struct):
    """A screen with a name, for a kind of work."""
    name: StringProperty(name="Name")
    use_filter_by_owner: BoolProperty(name="Use UI Tags", options=set())

    @property
    def owner_ids(self):
        """The add-ons that are shown, if not all are."""
        kept = self.__dict__.get("_owners")
        if kept is None:
            from . import owners
            kept = self.__dict__["_owners"] = owners.wmOwnerIDs()
        return kept

    @property
    def tools(self):
        """The tools in use, by mode."""
        from .tools import wmTools

        return wmTools(self.name)

    @property
    def screens(self):
        """The one screen of the workspace."""
        found = Collection()
        found._items = [screen for screen in layout().screens if screen.name == self.name]
        return found

    @property
    def object_mode(self):
        """The mode of the active object."""
        import bpy

        active = bpy.context.active_object
        return active.mode if active is not None else "OBJECT"

    @object_mode.setter
    def object_mode(self, mode):
        if mode != self.object_mode:
            raise TypeError(f"WorkSpace.object_mode is that of the active object, {self.object_mode}: change it with bpy.ops.object.mode_set")

    @classmethod
    def status_text_set_internal(cls, text):
        """Shows a text in the status bar; None shows the usual one."""
        _request("STATUS", text=text if isinstance(text, str) else "")

    def status_text_set(self, text):
        """Shows a text, or what a function draws, in the status bar; None shows the usual one."""
        _request("STATUS", text=text if isinstance(text, str) else "")


@program_struct()
class View2D(_bpy.types.bpy_struct):
    """Turns places of a region into places of the plane it shows, and back."""

    def region_to_view(self, x, y):
        """The place of the plane that a pixel of the region shows."""
        left, bottom, right, top, width, height = _plane(self)
        return (left + x * (right - left) / max(1, width - 1), bottom + y * (top - bottom) / max(1, height - 1))

    def view_to_region(self, x, y, *, clip=True):
        """The pixel that shows a place of the plane; 12000 for places outside, if `clip` is on."""
        left, bottom, right, top, width, height = _plane(self)
        at = tuple((value - low) * (pixels - 1) / (high - low) if high != low else 0.0
                   for value, low, high, pixels in ((x, left, right, width), (y, bottom, top, height)))
        if clip and not (0 <= at[0] < width and 0 <= at[1] < height):
            return (12000, 12000)
        return tuple(int(max(-2147483648, min(2147483647, value))) for value in at)


def _plane(view):
    region = view.__dict__["region"]
    plane = tuple(region.view_rectangle)
    # A region without a plane of its own counts pixels.
    return (*(plane if any(plane) else (0.0, 0.0, max(1.0, region.width), max(1.0, region.height))), region.width, region.height)


def _view2d(self):
    """What turns places of the region into places of its plane."""
    view = make(View2D)
    view.__dict__["region"] = self
    return view


def _region_data(self):
    """The view of the region, in 3D views; else nothing."""
    for screen in layout().screens:
        for area in screen.areas:
            if area.type == "VIEW_3D" and self.type == "WINDOW" and any(region == self for region in area.regions):
                return area.spaces.active.region_3d
    return None


def _visibility_icon(self):
    """The number of the icon that tells whether all kinds of objects are shown, and can be selected."""
    from . import icons

    names = [p.identifier for p in self.bl_rna.properties if p.identifier.startswith(("show_object_viewport_", "show_object_select_"))]
    is_all = [all(getattr(self, name) for name in names if name.startswith(start)) for start in ("show_object_viewport_", "show_object_select_")]
    return icons.number_of("VIS_SEL_%d%d" % tuple(is_all))


_workspaces = {}


def _managers():
    from . import window

    found = Collection()
    found._items.append(window.manager)
    return found


def layout():
    """The window as it is now: its screens with their areas."""
    return _bpy.window_layout()


def screen():
    """The screen that is shown."""
    window = layout()
    return window.screens[window.active_screen]


def area():
    """The area under the mouse; None where there is no window."""
    if _bpy.is_background:
        return None
    window = layout()
    areas = window.screens[window.active_screen].areas
    return areas[window.active_area] if 0 <= window.active_area < len(areas) else None


def area_of_kind(kind):
    """The area under the mouse if it is of that kind, else the first of the screen; None where there is none."""
    under = area()
    if _bpy.is_background or (under is not None and under.type == kind):
        return under
    window = layout()
    return next((found for found in window.screens[window.active_screen].areas if found.type == kind), None)


def region():
    """The main region of that area."""
    shown = area()
    return shown.regions[1] if shown is not None else None


def workspaces():
    """All workspaces of the window."""
    found = Collection()
    for screen_ in layout().screens:
        if screen_.name not in _workspaces:
            _workspaces[screen_.name] = make(WorkSpace)
            write(_workspaces[screen_.name], name=screen_.name)
        found._items.append(_workspaces[screen_.name])
    return found


def workspace():
    """The workspace that is shown."""
    return workspaces()[screen().name]


def show(name):
    """Shows the screen of this name."""
    window = layout()
    window.active_screen = window.screens.find(name)
