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
_next_number = 1


class _State:
    """What the program last told."""

    def __init__(self):
        self.event = None


_state = _State()


def _types():
    # Imported late: its classes are made with `bpy.props`.
    from bpy_structs import spaces, window
    return spaces, window


def _make_event(type="NONE", value="NOTHING", x=0, y=0, shift=False, ctrl=False, alt=False, oskey=False, text="", is_repeat=False):
    spaces, window = _types()
    before, region = _state.event, spaces.region()
    is_press = value in ("PRESS", "DOUBLE_CLICK") and type.endswith("MOUSE")
    pressed = (x, y) if is_press or before is None else (before.mouse_prev_press_x, before.mouse_prev_press_y)
    last = (x, y) if before is None else (before.mouse_x, before.mouse_y)
    return window.make_event(
        type=type, value=value, type_prev=before.type if before else "NONE", value_prev=before.value if before else "NOTHING",
        mouse_x=x, mouse_y=y, mouse_region_x=x - (region.x if region else 0), mouse_region_y=y - (region.y if region else 0),
        mouse_prev_x=last[0], mouse_prev_y=last[1], mouse_prev_press_x=pressed[0], mouse_prev_press_y=pressed[1],
        shift=shift, ctrl=ctrl, alt=alt, oskey=oskey, unicode=text, ascii=text if text.isascii() else "", is_repeat=is_repeat)


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
    return _state.event or _make_event()


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


class Redo(Dialog):
    """Settings of an operator that has run; the window runs it again with what they become."""

    def __init__(self, operator):
        super().__init__(operator, runs=False)

    def done(self, is_accepted, choice):
        return None


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


def _set_event(facts):
    try:
        _state.event = _make_event(**facts)
    except TypeError:
        _state.event = _make_event(**{**facts, "type": "NONE"})  # a key without a name in the interface


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
    window = _types()[1]
    now = time.monotonic()
    for timer in list(window._timers):
        if any(timer is known for known in window._timers) and window._ring(timer, now):
            before = _state.event
            _state.event = _make_event("TIMER", "NOTHING", before.mouse_x if before else 0, before.mouse_y if before else 0)
            ended += _deliver(_state.event)[1]
            _state.event = before
    waits = [timer.__dict__["next"] - time.monotonic() for timer in window._timers]
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
    _types()[1]._timers.clear()
    _waiting.clear()


def _popup_content(token):
    """What a popup shows, as the notes of a layout; None where it is gone."""
    from bpy import _ui

    popup = _waiting.get(token)
    return None if popup is None else {"title": popup.title, "content": _ui.draw_with(popup, popup.draw)}


def _open_redo(identifier, settings):
    """A popup for settings of an operator that draws them itself, by its number; 0 where it does not."""
    global _next_number
    operator = _bpy.operator_settings(identifier)
    if getattr(type(operator), "draw", None) is None:
        return 0
    kinds = {p.identifier: p.type for p in operator.bl_rna.properties}
    for name, value in settings.items():
        try:
            # Keys and menus give all numbers as decimals.
            setattr(operator, name, int(value) if kinds.get(name) == "INT" and isinstance(value, float) else value)
        except (AttributeError, TypeError, ValueError):
            pass  # what cannot be given again keeps its value
    number, _next_number = _next_number, _next_number + 1
    _waiting[number] = Redo(operator)
    return number


def _popup_settings(token):
    """What the settings of an operator's popup are now."""
    popup = _waiting.get(token)
    return _settings_of(popup.operator) if isinstance(popup, Dialog) else {}


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
