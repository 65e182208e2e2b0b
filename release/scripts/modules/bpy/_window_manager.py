"""bpy.types.WindowManager and Window: what belongs to the running program rather than to the document."""
import _bpy

from . import _keymaps, _window


class Window:
    """The one window: it says which scene and view layer are worked on."""

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
        return None if _bpy.is_background else _window._state.screen

    @property
    def workspace(self):
        return None if _bpy.is_background else _window._state.workspace

    x = y = 0
    parent = None

    @property
    def width(self):
        return _window._state.width

    @property
    def height(self):
        return _window._state.height

    def cursor_set(self, cursor):
        """The shape of the mouse pointer, until it is restored."""
        _window.request("CURSOR", name=cursor)

    cursor_modal_set = cursor_set

    def cursor_modal_restore(self):
        """The ordinary shape of the mouse pointer."""
        _window.request("CURSOR", name="")

    def cursor_warp(self, x, y):
        """Moves the mouse pointer."""
        _window.request("WARP", x=int(x), y=int(y))


def _props_popup(operator, event):
    answer = _window.run_method(operator, "execute")
    if answer["outcome"] != "FINISHED":
        return {answer["outcome"]}
    _window.wait_for("POPUP", _window.Dialog(operator, runs=False, is_live=True), width=300)
    return {"FINISHED"}


class WindowManager(_bpy.types.PropertyGroup):
    """What belongs to the running program: windows, keymaps, timers, popups. Add-ons give it properties of their own."""

    @property
    def windows(self):
        return [window]

    @property
    def keyconfigs(self):
        return _keymaps.configs

    @property
    def operators(self):
        return []

    is_interface_locked = False
    preset_name = ""

    def progress_begin(self, min, max):
        """Shows progress of a script in the status bar."""
        self._progress = (min, max)
        _window.request("PROGRESS", value=0.0)

    def progress_update(self, value):
        low, high = getattr(self, "_progress", (0, 1))
        _window.request("PROGRESS", value=(value - low) / max(1e-9, high - low))

    def progress_end(self):
        _window.request("PROGRESS", value=-1.0)

    @staticmethod
    def modal_handler_add(operator):
        """Gives an operator the events from now on, through its function `modal`."""
        _window._handlers.append(operator)
        return True

    @staticmethod
    def event_timer_add(time_step, *, window=None):
        """Sends events of the type TIMER."""
        timer = _window.Timer(max(0.001, float(time_step)))
        _window._timers.append(timer)
        return timer

    @staticmethod
    def event_timer_remove(timer):
        if timer in _window._timers:
            _window._timers.remove(timer)

    @staticmethod
    def fileselect_add(operator):
        """Lets the user choose files for an operator, which then runs."""
        facts = {p.identifier for p in operator.bl_rna.properties}
        glob = operator.filter_glob if "filter_glob" in facts else ""
        _window.wait_for("FILE", _window.File(operator), text=type(operator).bl_label, filter=glob or "*" + getattr(operator, "filename_ext", ""),
                         name=getattr(operator, "filepath", ""), saves=getattr(operator, "check_existing", False), width=int("files" in facts))

    @staticmethod
    def invoke_props_dialog(operator, width=300):
        """Shows the settings of an operator, which runs when they are confirmed."""
        _window.wait_for("DIALOG", _window.Dialog(operator), width=width)
        return {"RUNNING_MODAL"}

    @staticmethod
    def invoke_props_popup(operator, event):
        """Runs an operator, and again whenever its settings change in a popup."""
        return _props_popup(operator, event)

    @staticmethod
    def invoke_popup(operator, width=300):
        """Shows what an operator draws."""
        _window.wait_for("POPUP", _window.Dialog(operator, runs=False), width=width)
        return {"RUNNING_MODAL"}

    @staticmethod
    def invoke_confirm(operator, event):
        """Asks before an operator runs."""
        _window.wait_for("DIALOG", _window.Confirmation(operator), width=220)
        return {"RUNNING_MODAL"}

    @staticmethod
    def invoke_search_popup(operator):
        """A search over the items of the setting that `bl_property` names."""
        _window.wait_for("SEARCH", _window.Choices(operator))

    @staticmethod
    def popup_menu(draw_func, *, title="", icon="NONE"):
        """A menu at the mouse."""
        _window.wait_for("MENU", _window.Drawn(draw_func, title))

    @staticmethod
    def popup_menu_pie(event, draw_func, *, title="", icon="NONE"):
        """A pie menu at the mouse."""
        _window.wait_for("PIE", _window.Drawn(draw_func, title))

    @staticmethod
    def popover(draw_func, *, ui_units_x=0, keymap=None, from_active_button=False):
        """A panel at the mouse."""
        _window.wait_for("POPUP", _window.Drawn(draw_func), width=int(ui_units_x * 20) or 220)

    draw_cursor_add = draw_cursor_remove = None

    @staticmethod
    def gizmo_group_type_ensure(identifier):
        """There are no gizmos of scripts."""

    gizmo_group_type_unlink_delayed = gizmo_group_type_ensure


_bpy.register_type(WindowManager, "WindowManager", _bpy.types.PropertyGroup, "Window Manager", "")
window = Window()
manager = _bpy.make_instance(WindowManager)
