"""The window as scripts see it: areas, events, operators that wait for events, timers, and popups.

The program calls the functions at the end of this file; what a script asks of the window is noted as a request, which the program
takes after every call.
"""
import time
import traceback

import _bpy

requests = []  # dictionaries, in their order
_waiting = {}  # numbers of popups to what they were opened for
_handlers = []  # operators that get events, the newest last
_timers = []
_next_number = 1


class Event:
    """Something the user did."""

    def __init__(self, type="NONE", value="NOTHING", x=0, y=0, shift=False, ctrl=False, alt=False, oskey=False, text="", is_repeat=False, pressure=1.0):
        before = _state.event
        self.type, self.value = type, value
        self.type_prev, self.value_prev = (before.type, before.value) if before else ("NONE", "NOTHING")
        self.mouse_x, self.mouse_y = x, y
        self.mouse_prev_x, self.mouse_prev_y = (before.mouse_x, before.mouse_y) if before else (x, y)
        region = _state.region()
        self.mouse_region_x = x - (region.x if region else 0)
        self.mouse_region_y = y - (region.y if region else 0)
        is_press = value in ("PRESS", "DOUBLE_CLICK") and type.endswith("MOUSE")
        self.mouse_prev_press_x = x if is_press or not before else before.mouse_prev_press_x
        self.mouse_prev_press_y = y if is_press or not before else before.mouse_prev_press_y
        self.shift, self.ctrl, self.alt, self.oskey = shift, ctrl, alt, oskey
        self.unicode = text
        self.ascii = text if text.isascii() else ""
        self.is_repeat, self.pressure = is_repeat, pressure
        self.tilt, self.is_tablet, self.is_mouse_absolute, self.direction, self.xr = (0.0, 0.0), False, False, "ANY", None

    def __repr__(self):
        return f"<bpy_struct, Event({self.type}, {self.value})>"


class Region:
    """A part of an area: its header or what is below."""

    def __init__(self, type, x, y, width, height):
        self.type, self.x, self.y, self.width, self.height = type, x, y, width, height
        self.alignment = "NONE"

    def tag_redraw(self):
        """Asks for a new picture."""
        request("REDRAW")

    tag_refresh_ui = tag_redraw


class Space:
    """What an area shows."""

    def __init__(self, type):
        self.type = type


class Area:
    """A rectangle of the window with an editor."""

    header_height = 28

    def __init__(self, number, type, x, y, width, height):
        self.number, self.x, self.y, self.width, self.height = number, x, y, width, height
        self._type = type
        self.spaces = _Spaces([Space(type)])
        self.regions = [Region("HEADER", x, y + height - self.header_height, width, self.header_height),
                        Region("WINDOW", x, y, width, height - self.header_height)]
        self.show_menus = True

    @property
    def type(self):
        return self._type

    @type.setter
    def type(self, value):
        request("AREA_TYPE", number=self.number, name=value)
        self._type = value

    ui_type = type

    def tag_redraw(self):
        """Asks for a new picture."""
        request("REDRAW")

    def header_text_set(self, text):
        """A text in place of the hints; None takes it away."""
        request("STATUS", text=text or "")

    def __eq__(self, other):
        return isinstance(other, Area) and self.number == other.number

    def __hash__(self):
        return hash(self.number)


class _Spaces(list):
    @property
    def active(self):
        return self[0]


class Screen:
    """The areas of a window."""

    name = "Layout"
    is_animation_playing = False
    show_fullscreen = False

    @property
    def areas(self):
        return _state.areas


class Workspace:
    """The tab that is shown."""

    name = "Layout"

    def status_text_set(self, text):
        """A text in place of the hints; None takes it away."""
        request("STATUS", text=text if isinstance(text, str) else "")

    def status_text_set_internal(self, text):
        self.status_text_set(text)


class Timer:
    """Sends events of the type TIMER at intervals."""

    def __init__(self, step):
        self.time_step = step
        self.time_duration = 0.0
        self.time_delta = 0.0
        self._last = self._start = time.monotonic()

    def _is_due(self, now):
        return now - self._last >= self.time_step

    def _ring(self, now):
        self.time_delta, self.time_duration = now - self._last, now - self._start
        self._last = now


class _State:
    """What the program last told about the window."""

    def __init__(self):
        self.areas, self.active, self.event, self.width, self.height = [], None, None, 0, 0
        self.screen, self.workspace = Screen(), Workspace()

    def area(self):
        return next((area for area in self.areas if area.number == self.active), None)

    def region(self):
        area = self.area()
        return area.regions[1] if area else None


_state = _State()


def request(kind, **facts):
    """Notes something for the program to do."""
    if kind != "REDRAW" or not any(entry["kind"] == "REDRAW" for entry in requests):
        requests.append({"kind": kind, **facts})


def wait_for(kind, what, **facts):
    """A request whose answer goes to `what` later; its number."""
    global _next_number
    number, _next_number = _next_number, _next_number + 1
    _waiting[number] = what
    request(kind, token=number, **facts)
    return number


def event():
    """The event that is handled."""
    return _state.event or Event()


# Popups -----------------------------------------------------------------------------------------------------------------------------


class Drawn:
    """A popup whose content a function draws."""

    def __init__(self, function, title=""):
        self.function, self.title = function, title

    def draw(self, layout, context):
        self.layout = layout
        self.function(self, context)

    def done(self, is_accepted, choice):
        return None


class Dialog:
    """A popup of an operator: its settings, and what happens when it is closed."""

    def __init__(self, operator, runs=True, is_live=False):
        self.operator, self.runs, self.is_live = operator, runs, is_live
        self.title = type(operator).bl_label

    def draw(self, layout, context):
        draw = getattr(type(self.operator), "draw", None)
        if draw is not None:
            self.operator.layout = layout
            self.operator.draw(context)
            return
        for name in (p.identifier for p in self.operator.bl_rna.properties if p.is_runtime and not p.is_hidden):
            layout.prop(self.operator, name)

    def done(self, is_accepted, choice):
        if not is_accepted:
            if hasattr(type(self.operator), "cancel"):
                self.operator.cancel(_context())
            return None
        return run_method(self.operator, "execute") if self.runs else None


class Confirmation(Dialog):
    """A question before an operator runs."""

    def draw(self, layout, context):
        layout.label(text=f"{self.title}?")


class Choices(Dialog):
    """A search over the items of a setting."""

    def items(self):
        name = getattr(type(self.operator), "bl_property", "")
        facts = next((p for p in self.operator.bl_rna.properties if p.identifier == name), None)
        if facts is None:
            return []
        return [(item.identifier, item.name) for item in _enum_items(self.operator, name, facts)]

    def done(self, is_accepted, choice):
        if not is_accepted:
            return None
        setattr(self.operator, type(self.operator).bl_property, choice)
        return run_method(self.operator, "execute")


class File(Dialog):
    """A choice of files for an operator."""

    def done(self, is_accepted, choice):
        if not is_accepted:
            return super().done(False, "")
        import os

        paths = choice.split("\n")
        names = {p.identifier for p in self.operator.bl_rna.properties}
        folder, name = os.path.split(paths[0])
        for key, value in (("filepath", paths[0]), ("directory", folder + os.sep), ("filename", name)):
            if key in names:
                setattr(self.operator, key, value)
        if "files" in names:
            self.operator.files.clear()
            for path in paths:
                self.operator.files.add().name = os.path.basename(path)
        return run_method(self.operator, "execute")


def _enum_items(owner, name, facts):
    items = _bpy.enum_items(owner, name)
    return [type("Item", (), {"identifier": i, "name": n}) for i, n in items]


def _context():
    import bpy

    return bpy.context


def run_method(operator, method, *arguments):
    """Calls a method of an operator as the program does; how it ended, with reports and errors."""
    answer = _bpy.operator_method(operator, method, *arguments)
    cls = type(operator)
    answer.update(identifier=cls.bl_idname, label=cls.bl_label, undo="UNDO" in (getattr(cls, "bl_options", None) or ()),
                  settings=_settings_of(operator))
    return answer


def _settings_of(operator):
    found = {}
    for p in operator.bl_rna.properties:
        if p.is_runtime and p.type not in ("POINTER", "COLLECTION") and operator.is_property_set(p.identifier):
            found[p.identifier] = getattr(operator, p.identifier)
    return found


# What the program calls ---------------------------------------------------------------------------------------------------------------


def _set_areas(areas, active, width, height):
    known = {area.number: area for area in _state.areas}
    fresh = []
    for number, kind, x, y, area_width, area_height in areas:
        area = known.get(number)
        if area is None or (area._type, area.x, area.y, area.width, area.height) != (kind, x, y, area_width, area_height):
            area = Area(number, kind, x, y, area_width, area_height)
        fresh.append(area)
    _state.areas, _state.active, _state.width, _state.height = fresh, active, width, height


def _set_event(facts):
    _state.event = Event(**facts)


def _take_requests():
    taken, requests[:] = list(requests), []
    return taken


def _has_handlers():
    return bool(_handlers)


def _deliver(event):
    """Gives an event to the waiting operators, the newest first: whether one took it, and those that ended."""
    ended = []
    for operator in reversed(list(_handlers)):
        if operator not in _handlers:
            continue
        answer = run_method(operator, "modal", event)
        outcome = answer["outcome"]
        if outcome not in ("RUNNING_MODAL", "PASS_THROUGH"):
            _handlers.remove(operator)
            ended.append(answer)
        if outcome != "PASS_THROUGH":
            return True, ended
    return False, ended


def _handle(facts):
    _set_event(facts)
    return _deliver(_state.event)


def _tick():
    """Rings what is due: operators that ended, and the seconds until the next time; less than 0 where nothing waits."""
    from bpy.app import timers

    ended = []
    now = time.monotonic()
    for timer in list(_timers):
        if timer in _timers and timer._is_due(now):
            timer._ring(now)
            before = _state.event
            _state.event = Event("TIMER", "NOTHING", before.mouse_x if before else 0, before.mouse_y if before else 0)
            ended += _deliver(_state.event)[1]
            _state.event = before
    waits = [timer.time_step - (time.monotonic() - timer._last) for timer in _timers]
    due = timers._run_due()
    if due is not None:
        waits.append(due)
    return ended, max(0.001, min(waits)) if waits else -1.0


def _cancel_all():
    """Ends all waiting operators, as when another document is opened."""
    while _handlers:
        operator = _handlers.pop()
        if hasattr(type(operator), "cancel"):
            try:
                operator.cancel(_context())
            except Exception:
                traceback.print_exc()
    _timers.clear()
    _waiting.clear()


def _popup_content(token):
    """What a popup shows, as the notes of a layout; None where it is gone."""
    from bpy import _ui

    popup = _waiting.get(token)
    return None if popup is None else {"title": popup.title, "content": _ui.draw_with(popup, popup.draw)}


def _popup_choices(token):
    popup = _waiting.get(token)
    return popup.items() if popup is not None else []


def _popup_done(token, is_accepted, choice):
    popup = _waiting.pop(token, None)
    try:
        return None if popup is None else popup.done(is_accepted, choice)
    except Exception:
        traceback.print_exc()
        return None


def _popup_changed(token):
    """A setting of a popup that runs its operator at every change was changed."""
    popup = _waiting.get(token)
    return run_method(popup.operator, "execute") if isinstance(popup, Dialog) and popup.is_live else None
