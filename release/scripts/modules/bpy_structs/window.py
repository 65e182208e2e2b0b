"""The window manager, its windows, events and timers."""
import time
import traceback

import _bpy
from bpy.props import BoolProperty, EnumProperty, FloatProperty, FloatVectorProperty, IntProperty, StringProperty

from . import Collection, _known, events, make, program_struct, read_only, spaces, write

_SOFT = {"soft_min": -10000, "soft_max": 10000}


def _layout():
    return _bpy.window_layout()


def _place(label):
    return IntProperty(name=label, **_SOFT)


@read_only("ascii unicode value value_prev type type_prev direction is_repeat mouse_x mouse_y mouse_region_x mouse_region_y mouse_prev_x mouse_prev_y "
           "mouse_prev_press_x mouse_prev_press_y pressure tilt is_tablet is_mouse_absolute shift ctrl alt oskey")
@program_struct()
class Event(_bpy.types.bpy_struct):
    """What the user did: a key, a button, a movement, or a timer that came."""
    ascii: StringProperty(name="ASCII")
    unicode: StringProperty(name="Unicode")
    value: events.value_property("Value")
    value_prev: events.value_property("Previous Value")
    type: events.type_property("Type")
    type_prev: events.type_property("Previous Type")
    direction: events.direction_property("Direction")
    is_repeat: BoolProperty(name="Is Repeat")
    mouse_x: _place("Mouse X Position")
    mouse_y: _place("Mouse Y Position")
    mouse_region_x: _place("Mouse X Position")
    mouse_region_y: _place("Mouse Y Position")
    mouse_prev_x: _place("Mouse Previous X Position")
    mouse_prev_y: _place("Mouse Previous Y Position")
    mouse_prev_press_x: _place("Mouse Previous X Press Position")
    mouse_prev_press_y: _place("Mouse Previous Y Press Position")
    pressure: FloatProperty(name="Tablet Pressure", default=1, min=0, max=1, subtype="FACTOR")
    tilt: FloatVectorProperty(name="Tablet Tilt", size=2, subtype="XYZ_LENGTH", unit="LENGTH", **_SOFT)
    is_tablet: BoolProperty(name="Is Tablet")
    is_mouse_absolute: BoolProperty(name="Absolute Motion")
    shift: BoolProperty(name="Shift")
    ctrl: BoolProperty(name="Ctrl")
    alt: BoolProperty(name="Alt")
    oskey: BoolProperty(name="OS Key")

    def __repr__(self):
        return f"<bpy_struct, Event({self.type}, {self.value})>"


def make_event(**facts):
    """An event with these properties."""
    event = make(Event)
    write(event, **facts)
    return event


@read_only("time_step time_delta time_duration")
@program_struct()
class Timer(_bpy.types.bpy_struct):
    """Sends an event again and again to operators that run modally."""
    time_step: FloatProperty(name="Time Step", **_SOFT)
    time_delta: FloatProperty(name="Delta", **_SOFT)
    time_duration: FloatProperty(name="Time Step", **_SOFT)


class Modal:
    """An operator that handles events until it says that it is done."""

    def __init__(self, operator):
        self.operator = operator

    def handle(self, event):
        """Whether the operator took the event; it is dropped when it has ended or failed."""
        from bpy import context

        try:
            answer = self.operator.modal(context, event)
            if not isinstance(answer, (set, frozenset)) or not answer:
                raise TypeError(f"{type(self.operator).__name__}.modal has to return a set such as {{'RUNNING_MODAL'}}, not {answer!r}")
        except ReferenceError:
            _drop(self)  # its class was unregistered
            return False
        except Exception:
            traceback.print_exc()
            _drop(self)
            return True
        if answer & {"FINISHED", "CANCELLED"}:
            _drop(self)
            if "FINISHED" in answer and "UNDO" in (getattr(type(self.operator), "bl_options", None) or ()):
                _bpy.undo_push(type(self.operator).bl_label)
        return "PASS_THROUGH" not in answer


_modals = []
_timers = []
_cursors = []


def _drop(modal):
    if modal in _modals:
        _modals.remove(modal)


def dispatch(event):
    """Gives an event to the operators that run modally, the last one first; whether one of them took it."""
    return any(modal.handle(event) for modal in reversed(list(_modals)))


def _ring(timer, now):
    """Whether a timer is due; it then waits for the next time."""
    state = timer.__dict__
    if state["next"] > now:
        return False
    delta = now - state["last"]
    write(timer, time_delta=delta, time_duration=timer.time_duration + delta)
    state.update(last=now, next=now + max(timer.time_step, 0.001))
    return True


def run_timers():
    """Sends the events of timers that are due; seconds until the next one, or None."""
    now = time.monotonic()
    for timer in list(_timers):
        if _ring(timer, now):
            dispatch(make_event(type="TIMER", value="NOTHING"))
    return min((max(timer.__dict__["next"] - now, 0.0) for timer in _timers), default=None)


def cancel_modals():
    """Ends all operators that run modally, as another file is opened."""
    from bpy import context

    for modal in reversed(list(_modals)):
        _drop(modal)
        cancel = getattr(modal.operator, "cancel", None)
        if cancel is not None:
            try:
                cancel(context)
            except Exception:
                traceback.print_exc()


@read_only("x y width height")
@program_struct()
class Window(_bpy.types.bpy_struct):
    """An open window: it says which scene and view layer are worked on."""
    x: IntProperty(name="X Position", min=-32768, max=32767, get=lambda self: _layout().x)
    y: IntProperty(name="Y Position", min=-32768, max=32767, get=lambda self: _layout().y)
    width: IntProperty(name="Width", min=0, max=32767, subtype="UNSIGNED", get=lambda self: _layout().width)
    height: IntProperty(name="Height", min=0, max=32767, subtype="UNSIGNED", get=lambda self: _layout().height)

    @property
    def parent(self):
        """The window it belongs to: there is one window."""
        return None

    @property
    def scene(self):
        return _bpy.active_scene()

    @scene.setter
    def scene(self, scene):
        if not isinstance(scene, _bpy.types.Scene):
            raise TypeError("bpy_struct: item.attr = val: Window.scene expected a Scene type")
        _bpy.set_active_scene(scene)

    @property
    def view_layer(self):
        return _bpy.active_view_layer()

    @view_layer.setter
    def view_layer(self, layer):
        _bpy.set_active_view_layer(layer.name)

    @property
    def screen(self):
        return spaces.screen()

    @screen.setter
    def screen(self, screen):
        if not isinstance(screen, _bpy.types.Screen):
            raise TypeError("bpy_struct: item.attr = val: Window.screen expected a Screen type")
        spaces.show(screen.name)

    @property
    def workspace(self):
        return spaces.workspace()

    @workspace.setter
    def workspace(self, workspace):
        if not isinstance(workspace, _bpy.types.WorkSpace):
            raise TypeError("bpy_struct: item.attr = val: Window.workspace expected a WorkSpace type")
        spaces.show(workspace.name)

    def cursor_set(self, cursor):
        """Shows another cursor."""
        spaces._request("CURSOR", name=cursor)

    def cursor_modal_set(self, cursor):
        """Shows another cursor until `cursor_modal_restore`."""
        spaces._request("CURSOR", name=cursor)

    def cursor_modal_restore(self):
        """Shows the usual cursor again."""
        spaces._request("CURSOR", name="")

    def cursor_warp(self, x, y):
        """Moves the cursor; the window does it when it next handles events."""
        spaces._request("WARP", x=int(x), y=int(y))

    def event_simulate(self, type, value, *, unicode="", x=0, y=0, shift=False, ctrl=False, alt=False, oskey=False):
        """Handles an event as though the user had made it; the event."""
        event = make_event(type=type, value=value, unicode=unicode or "", mouse_x=x, mouse_y=y, shift=shift, ctrl=ctrl, alt=alt, oskey=oskey)
        dispatch(event)
        return event


class _Operators(Collection):
    """Operators that ran, the last one at the end."""


@read_only("is_interface_locked")
@program_struct("Window Manager", name_property="")
class WindowManager(_bpy.types.bpy_struct):
    """What belongs to the running program rather than to the document."""
    is_interface_locked: BoolProperty(name="Is Interface Locked")
    preset_name: StringProperty(name="Preset Name", default="New Preset")
    addon_search: StringProperty(name="Filter", options={"TEXTEDIT_UPDATE"})
    addon_filter: EnumProperty(name="Category", items=lambda self, context: _addon_categories())
    addon_support: EnumProperty(name="Support", items=[("OFFICIAL", "Official", ""), ("COMMUNITY", "Community", ""), ("TESTING", "Testing", "")],
                                default={"OFFICIAL", "COMMUNITY"}, options={"ENUM_FLAG"})

    name = "WinMan"

    @property
    def windows(self):
        return _parts["windows"]

    @property
    def operators(self):
        return _parts["operators"]

    @property
    def keyconfigs(self):
        if "keyconfigs" not in _parts:
            from . import keymaps
            _parts["keyconfigs"] = keymaps.KeyConfigurations()
        return _parts["keyconfigs"]

    @property
    def clipboard(self):
        """The text that was copied last."""
        return _parts["clipboard"]

    @clipboard.setter
    def clipboard(self, text):
        _parts["clipboard"] = str(text)

    @staticmethod
    def modal_handler_add(operator):
        """Gives the operator the events that come from now on, to its function `modal`."""
        if not isinstance(operator, _bpy.types.Operator):
            raise TypeError(f"WindowManager.modal_handler_add(): error with argument 1, \"operator\" - expected an Operator, not {type(operator).__name__}")
        if not hasattr(operator, "modal"):
            raise RuntimeError(f"{type(operator).__name__} has no function \"modal\" to handle events with")
        if _bpy.is_background:
            _modals.append(Modal(operator))
        else:
            from bpy import _window
            _window._handlers.append(operator)
        return True

    def event_timer_add(self, time_step, *, window=None):
        """Sends a timer event every so many seconds."""
        timer = make(Timer)
        write(timer, time_step=max(0.001, float(time_step)))
        now = time.monotonic()
        timer.__dict__.update(last=now, next=now + max(timer.time_step, 0.001))
        _timers.append(timer)
        return timer

    def event_timer_remove(self, timer):
        """Ends a timer."""
        _timers[:] = [known for known in _timers if known is not timer]

    @staticmethod
    def fileselect_add(operator):
        """Asks the user for a file, then runs the operator with it."""
        _popups("a file can be chosen").fileselect_add(operator)

    def progress_begin(self, min, max):
        """Shows a progress that goes from one value to another."""
        _parts["progress"] = (float(min), float(max))
        spaces._request("PROGRESS", value=0.0)

    def progress_update(self, value):
        """How far it is."""
        low, high = _parts.get("progress", (0.0, 1.0))
        spaces._request("PROGRESS", value=(float(value) - low) / max(1e-9, high - low))

    def progress_end(self):
        """Takes it away again."""
        _parts.pop("progress", None)
        spaces._request("PROGRESS", value=-1.0)

    @staticmethod
    def invoke_props_popup(operator, event):
        """Runs the operator, and lets the user change its settings and see what comes of it."""
        return _popups("settings can be shown").invoke_props_popup(operator, event)

    @staticmethod
    def invoke_props_dialog(operator, *, width=300):
        """Asks for the settings of the operator, then runs it."""
        return _popups("settings can be shown").invoke_props_dialog(operator, width)

    @staticmethod
    def invoke_popup(operator, *, width=300):
        """Shows what the operator draws."""
        return _popups("something can be shown").invoke_popup(operator, width)

    @staticmethod
    def invoke_search_popup(operator):
        """Lets the user search among the items of the operator's `bl_property`."""
        _popups("a search can be shown").invoke_search_popup(operator)

    @staticmethod
    def invoke_confirm(operator, event):
        """Asks whether the operator shall run."""
        return _popups("the user can be asked").invoke_confirm(operator, event)

    def popup_menu(self, draw_func, *, title="", icon="NONE"):
        """Shows a menu that a function draws."""
        _popups("a menu can be shown").popup_menu(draw_func, title)

    def popup_menu_pie(self, event, draw_func, *, title="", icon="NONE"):
        """Shows a menu whose entries lie around the cursor."""
        _popups("a menu can be shown").popup_menu_pie(draw_func, title)

    def popover(self, draw_func, *, ui_units_x=0, keymap=None, from_active_button=False):
        """Shows a panel that a function draws over the window."""
        _popups("a panel can be shown").popover(draw_func, ui_units_x)

    @staticmethod
    def operator_properties_last(operator):
        """The settings an operator ran with last."""
        return _parts["last_settings"].get(operator)

    @staticmethod
    def gizmo_group_type_ensure(identifier):
        """Shows gizmos of a group that was registered."""
        from . import gizmos
        gizmos.ensure(identifier)

    @staticmethod
    def gizmo_group_type_unlink_delayed(identifier):
        """Does not show them any more."""
        from . import gizmos
        gizmos.unlink(identifier)

    @staticmethod
    def tag_script_reload():
        """Reads what scripts registered again."""
        from . import keymaps
        keymaps._changed()

    @classmethod
    def draw_cursor_add(cls, callback, args, space_type, region_type):
        """Calls a function when the cursor is drawn in a region; the handle takes it away again."""
        handle = (callback, tuple(args), space_type, region_type)
        _cursors.append(handle)
        return handle

    @classmethod
    def draw_cursor_remove(cls, handler):
        """Ends that."""
        _cursors[:] = [known for known in _cursors if known is not handler]


def _popups(what):
    if _bpy.is_background:
        raise RuntimeError(f"there is no window in which {what}: the program runs in the background")
    from bpy import _popups as module
    return module


def _addon_categories():
    import addon_utils

    names = sorted({str(module.bl_info.get("category", "")) for module in addon_utils.modules(refresh=False)})
    return [("All", "All", ""), ("User", "User", ""), *((name, name, "") for name in names)]


_parts = {"operators": _Operators(), "windows": Collection(), "clipboard": "", "last_settings": {}}
window = make(Window)
_parts["windows"]._items.append(window)
manager = make(WindowManager)


def _add_context():
    from bpy import _context as context_module

    import bpy_rna

    _known["Context"] = context_module.Context
    context_module.Context.bl_rna = bpy_rna.struct("Context")


_add_context()
