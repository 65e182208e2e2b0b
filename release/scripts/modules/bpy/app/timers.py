"""bpy.app.timers: functions that are called later, from the event loop.

With a window that is the loop of its events. In batch mode the loop runs when all arguments have been handled: it calls what is due, and
waits for the first call of those timers that scripts of the command line registered (not for those of add-ons, nor persistent ones, nor
for further calls), so that a timer which comes back again and again does not keep a job from ending. With `--run-timers` it waits until
no timer is left.
"""
import sys as _sys
import threading as _threading
import time as _time
import traceback as _traceback

_timers = {}
_lock = _threading.Lock()  # threads register timers to have something done on the main thread
_is_in_script = [False]


class _Timer:
    __slots__ = ("when", "persistent", "holds")

    def __init__(self, when, persistent, holds):
        self.when, self.persistent, self.holds = when, persistent, holds


def register(function, first_interval=0, persistent=False):
    """Calls the function after `first_interval` seconds, and again after as many seconds as it returns. Any thread may call this."""
    if not callable(function):
        raise TypeError(f"bpy.app.timers.register: expected a function, not {type(function).__name__}")
    first_interval = float(first_interval)
    with _lock:
        _timers[function] = _Timer(_time.monotonic() + max(first_interval, 0.0), bool(persistent), _is_in_script[0] and not persistent)


def unregister(function):
    """Takes a function out again."""
    with _lock:
        if function not in _timers:
            raise ValueError("Error: function is not registered")
        del _timers[function]


def is_registered(function):
    """Whether the function waits to be called."""
    return function in _timers


def _drop_temporary():
    with _lock:
        for function in [function for function, timer in _timers.items() if not timer.persistent]:
            del _timers[function]


def _call(function, timer):
    again = None
    try:
        again = function()
        if again is not None and (isinstance(again, bool) or not isinstance(again, (int, float))):
            raise TypeError(f"a timer has to return the seconds until its next call, or None, not {again!r}")
    except Exception:
        # One that fails is not called again.
        again = None
        _traceback.print_exc()
        _sys.stderr.flush()
    with _lock:
        # It may have been taken out, or registered anew, by itself.
        if _timers.get(function) is timer:
            if again is None:
                del _timers[function]
            else:
                timer.when, timer.holds = _time.monotonic() + max(float(again), 0.0), False


def _run_due():
    """Calls what is due; seconds until the next one, or None."""
    now = _time.monotonic()
    with _lock:
        due = [(function, timer) for function, timer in _timers.items() if timer.when <= now]
    for function, timer in sorted(due, key=lambda entry: entry[1].when):
        if _timers.get(function) is timer:
            _call(function, timer)
    with _lock:
        return min((max(timer.when - _time.monotonic(), 0.0) for timer in _timers.values()), default=None)


def _loop(waits_for_all):
    """The event loop of batch mode."""
    while True:
        pause = _run_due()
        with _lock:
            waits = bool(_timers) if waits_for_all else any(timer.holds for timer in _timers.values())
        if not waits:
            return
        _time.sleep(min(pause, 0.1))  # another thread may register an earlier one


def _set_in_script(is_in_script):
    _is_in_script[0] = bool(is_in_script)
