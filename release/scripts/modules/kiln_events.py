"""The loop of events of the program, as far as scripts take part in it."""
import json
import sys
import threading
import time


def run_timers(_nothing=""):
    """Calls timers that are due; the seconds until the next one as a text, empty without one."""
    from bpy.app import timers

    waits = [timers._run_due()]
    window = sys.modules.get("bpy_structs.window")
    if window is not None:
        waits.append(window.run_timers())
    if threading.active_count() > 1:
        # Threads of scripts run while this one sleeps, as the window otherwise keeps the interpreter to itself.
        time.sleep(0.002)
        waits.append(0.01)
    waits = [wait for wait in waits if wait is not None]
    return f"{min(waits):.6f}" if waits else ""


def wants_events(_nothing=""):
    """Not empty while operators run modally."""
    window = sys.modules.get("bpy_structs.window")
    return "1" if window is not None and window._modals else ""


def handle(text):
    """Gives an event, as JSON with its properties, to the operators that run modally; not empty when one took it."""
    window = sys.modules.get("bpy_structs.window")
    if window is None or not window._modals:
        return ""
    facts = json.loads(text)
    try:
        event = window.make_event(**facts)
    except TypeError:
        return ""  # a key without a name in the interface
    return "1" if window.dispatch(event) else ""
