"""bpy.app.handlers: lists of functions that are called when something happens."""
import sys
import traceback

NAMES = ("annotation_post", "annotation_pre", "composite_cancel", "composite_post", "composite_pre", "depsgraph_update_post",
         "depsgraph_update_pre", "frame_change_post", "frame_change_pre", "load_factory_preferences_post", "load_factory_startup_post",
         "load_post", "load_pre", "object_bake_cancel", "object_bake_complete", "object_bake_pre", "redo_post", "redo_pre", "render_cancel",
         "render_complete", "render_init", "render_post", "render_pre", "render_stats", "render_write", "save_post", "save_pre", "undo_post",
         "undo_pre", "version_update", "xr_session_start_pre")

for _name in NAMES:
    globals()[_name] = []


def persistent(function):
    """Marks a function to stay registered when another file is opened."""
    function._bpy_persistent = None
    return function


def _takes_one(function):
    """Functions written for older versions take the scene alone."""
    code = getattr(function, "__code__", None)
    return code is not None and code.co_argcount == 1


_FAILURES_BEFORE_QUARANTINE = 10
_failures = {}  # ids of functions to [function, number of its failures in a row]


def _call(name, *arguments):
    """Runs the handlers of one kind; one that raises is reported and the others run, and after some failures in a row it is left alone."""
    for function in list(globals()[name]):
        if _failures.get(id(function), (None, 0))[1] >= _FAILURES_BEFORE_QUARANTINE:
            continue
        try:
            function(*(arguments[:1] if _takes_one(function) else arguments))
            _failures.pop(id(function), None)
        except Exception:
            traceback.print_exc()
            failures = _failures.get(id(function), (None, 0))[1] + 1
            _failures[id(function)] = (function, failures)
            if failures == _FAILURES_BEFORE_QUARANTINE:
                code = getattr(function, "__code__", None)
                place = f"{code.co_filename}:{code.co_firstlineno}" if code else repr(function)
                print(f"bpy.app.handlers.{name}: {getattr(function, '__name__', function)} ({place}) failed {failures} times and is not called any more",
                      file=sys.stderr)
            sys.stderr.flush()


def _run_texts(path, may_run):
    """A document was opened: its texts that ask for it run, or it is told that they were not."""
    import bpy

    app = vars(sys.modules["bpy.app"])
    app["autoexec_fail"] = False
    for text in bpy.data.texts:
        if not text.use_module:
            continue
        if not may_run:
            print(f"scripts disabled for \"{path}\", skipping '{text.name}'")
            app["autoexec_fail"], app["autoexec_fail_message"] = True, f"Text '{text.name}'"
            continue
        try:
            exec(compile(text.as_string(), text.name, "exec"), {"__name__": "__main__", "__file__": text.name})
        except Exception:
            traceback.print_exc()
            sys.stderr.flush()


def _update():
    """The scene is to be evaluated: tells the handlers if something has changed since the last time."""
    import _bpy

    _bpy.note_evaluated()
    if not (globals()["depsgraph_update_pre"] or globals()["depsgraph_update_post"]):
        return
    edits = _bpy.take_edits()
    if edits is not None:
        from bpy_structs import depsgraph

        scene = _bpy.active_scene()
        _call("depsgraph_update_pre", scene, None)
        graph = _bpy.depsgraph(False)
        with depsgraph.telling(graph, edits):
            _call("depsgraph_update_post", scene, graph)


def _note_update():
    """The scene has been evaluated for another reason, such as a new frame."""
    import _bpy

    _bpy.note_evaluated()
    if globals()["depsgraph_update_pre"] or globals()["depsgraph_update_post"]:
        _bpy.take_edits()


def _drop_temporary():
    """Removes all but persistent handlers, as another file is opened."""
    for name in NAMES:
        handlers = globals()[name]
        handlers[:] = [function for function in handlers if hasattr(function, "_bpy_persistent")]
    _failures.clear()
    from bpy_structs import previews

    previews.forget_blocks()
