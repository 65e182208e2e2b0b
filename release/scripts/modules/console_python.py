"""The console of the window, for scripts that work with its names or lines."""
import code
import io
import traceback

import kiln_console

_consoles = {}


def get_console(console_id):
    """(console, output, errors): the console of this number, made where there is none; its names are those of the window's console."""
    if console_id not in _consoles:
        kiln_console._prepare()
        _consoles[console_id] = (code.InteractiveConsole(locals=kiln_console._names, filename="<console>"), io.StringIO(), io.StringIO())
    return _consoles[console_id]


def execute(context, is_interactive):
    """Runs the functions that wait for lines of the console: `execute.hooks` is a list of functions with their arguments."""
    for function, arguments in list(execute.hooks):
        try:
            function(*arguments)
        except Exception:
            traceback.print_exc()
    return {"FINISHED"}


execute.hooks = []
