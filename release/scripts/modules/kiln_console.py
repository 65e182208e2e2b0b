"""Scripts and console lines on behalf of the window: each function takes text and gives back text."""
import builtins
import codeop
import contextlib
import io
import json
import re
import sys
import traceback

_names = {"__name__": "__console__", "__doc__": None}
_pending = []


def _prepare():
    if "bpy" not in _names:
        import bpy
        _names["bpy"] = bpy
        _names["C"] = bpy.context
        _names["D"] = bpy.data


def run(request):
    """Runs a script as a fresh `__main__`; JSON with `code` and `name` in, `output` and `error` out."""
    request = json.loads(request)
    output = io.StringIO()
    error = ""
    names = {"__name__": "__main__", "__file__": request["name"]}
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            exec(compile(request["code"], request["name"], "exec"), names)
        except SystemExit:
            pass
        except BaseException as problem:
            # The frames of this module are of no interest.
            trace = problem.__traceback__.tb_next
            error = "".join(traceback.format_exception(type(problem), problem, trace))
    return json.dumps({"output": output.getvalue(), "error": error})


def line(text):
    """A line of the console; JSON with `output`, `is_error` and `wants_more` out."""
    _prepare()
    _pending.append(text)
    source = "\n".join(_pending)
    output = io.StringIO()
    is_error = False
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        try:
            compiled = codeop.compile_command(source, "<console>", "single")
        except (SyntaxError, ValueError, OverflowError) as problem:
            _pending.clear()
            output.write("".join(traceback.format_exception_only(type(problem), problem)))
            return json.dumps({"output": output.getvalue(), "is_error": True, "wants_more": False})
        if compiled is None:
            return json.dumps({"output": "", "is_error": False, "wants_more": True})
        _pending.clear()
        try:
            exec(compiled, _names)
        except SystemExit:
            pass
        except BaseException as problem:
            is_error = True
            trace = problem.__traceback__.tb_next
            output.write("".join(traceback.format_exception(type(problem), problem, trace)))
        hooks = sys.modules.get("console_python")
        if hooks is not None:
            hooks.execute(None, True)
    return json.dumps({"output": output.getvalue(), "is_error": is_error, "wants_more": False})


def complete(text):
    """Ways to go on with the last word, one a line."""
    _prepare()
    word = re.search(r"[A-Za-z_][\w.]*$|$", text).group()
    if not word:
        return ""
    owner, dot, start = word.rpartition(".")
    if dot:
        # Only names and attributes: nothing that is typed so far is called.
        value = _names.get(owner.split(".")[0], getattr(builtins, owner.split(".")[0], None))
        try:
            for part in owner.split(".")[1:]:
                value = getattr(value, part)
            found = dir(value)
        except Exception:
            return ""
    else:
        found = set(_names) | set(dir(builtins))
    shown = sorted(name for name in found if name.startswith(start) and (start.startswith("_") or not name.startswith("_")))
    return "\n".join(owner + dot + name for name in shown)
