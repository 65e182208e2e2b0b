"""bpy.app.timers: functions that are called later, from the event loop."""
import time

_timers = {}


def register(function, first_interval=0, persistent=False):
    """Calls the function after `first_interval` seconds, and again after as many seconds as it returns."""
    if not callable(function):
        raise TypeError("bpy.app.timers.register: expected a function")
    _timers[function] = (time.monotonic() + first_interval, persistent)


def unregister(function):
    """Takes a function out again."""
    if function not in _timers:
        raise ValueError("Error: function is not registered")
    del _timers[function]


def is_registered(function):
    """Whether the function waits to be called."""
    return function in _timers


def _drop_temporary():
    for function, (_, persistent) in list(_timers.items()):
        if not persistent:
            del _timers[function]


def _run_due():
    """Calls what is due; seconds until the next one, or None."""
    now = time.monotonic()
    for function, (when, persistent) in list(_timers.items()):
        if when <= now and function in _timers:
            again = function()
            if again is None:
                _timers.pop(function, None)
            else:
                _timers[function] = (now + again, persistent)
    return min((when - now for when, _ in _timers.values()), default=None)
