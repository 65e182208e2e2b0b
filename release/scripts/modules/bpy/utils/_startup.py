"""Scripts that run when the program starts."""
import importlib
import os
import sys
import traceback

from ._paths import refresh_script_paths, script_paths

_registered = []


def _start(name, reload_scripts):
    """Imports one start-up script and registers what it has; a script that fails is reported and the others run."""
    try:
        module = importlib.reload(sys.modules[name]) if reload_scripts and name in sys.modules else importlib.import_module(name)
        if module not in _registered and hasattr(module, "register"):
            module.register()
            _registered.append(module)
    except Exception:
        traceback.print_exc()


def load_scripts(*, reload_scripts=False, refresh_scripts=False):
    """Runs the scripts in the folders "startup", then enables the add-ons of the user."""
    import bpy

    refresh_script_paths()
    if reload_scripts:
        for module in reversed(_registered):
            try:
                if hasattr(module, "unregister"):
                    module.unregister()
            except Exception:
                traceback.print_exc()
        _registered.clear()
    for folder in script_paths(subdir="startup"):
        for name, _ in bpy.path.module_names(folder):
            _start(name, reload_scripts)
    for folder in script_paths(subdir="addons"):
        if folder not in sys.path and os.path.isdir(folder):
            sys.path.append(folder)
    if not reload_scripts and not bpy.app.factory_startup and not bpy.app.module:
        import addon_utils
        addon_utils.load_state()


def keyconfig_init():
    """Keys are read by the window."""
    from bpy_structs import window
    window.manager.keyconfigs.update()


def keyconfig_set(filepath, *, report=None):
    """Runs a file that defines keys; whether that went well."""
    import bpy

    configurations = bpy.context.window_manager.keyconfigs
    before = set(configurations.keys())
    try:
        bpy.utils.execfile(filepath)
    except Exception:
        problem = traceback.format_exc()
        if report is not None:
            report({"ERROR"}, problem)
        print(problem, file=sys.stderr)
        return False
    added = [configuration for configuration in configurations if configuration.name not in before]
    if added:
        added[-1].name = os.path.splitext(os.path.basename(filepath))[0]
        configurations.active = added[-1]
    return True
