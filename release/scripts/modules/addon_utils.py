"""Add-ons: finding, enabling, disabling them, and what they say about themselves.

What an add-on says (`bl_info`) is read without running it.
"""
import ast
import importlib
import os
import sys
import time
import traceback
import types

error_encoding = False
error_duplicates = []
_DEFAULTS = {"name": "", "author": "", "version": (), "blender": (), "location": "", "description": "", "doc_url": "", "support": "COMMUNITY",
             "category": "", "warning": "", "show_expanded": False}
addons_fake_modules = _known = {}  # names to modules that have `bl_info` and were not run
_enabled = {}  # names to the preferences' entries, in the order they were enabled


class Addon:
    """An enabled add-on, as the preferences list it."""

    def __init__(self, module):
        self.module = module

    @property
    def preferences(self):
        """Settings of the add-on, where it has a class for them."""
        import bpy
        from bpy.utils import _classes

        for cls in _classes.registered.values():
            if issubclass(cls, bpy.types.AddonPreferences) and cls.bl_idname == self.module:
                return _preferences_of(cls)
        return None

    def __repr__(self):
        return f"<bpy_struct, Addon(\"{self.module}\")>"


_settings = {}


def _preferences_of(cls):
    """The one object with the settings of an add-on."""
    import _bpy

    kept = _settings.get(cls.bl_idname)
    if kept is None or type(kept) is not cls:
        _settings[cls.bl_idname] = kept = _bpy.make_instance(cls)
    return kept


# What went wrong last with an add-on, and how often in a row: after some failures it is not enabled at start-up any more.
_problems = {}
_FAILURES_BEFORE_QUARANTINE = 3


class Problem:
    """What an add-on raised."""

    def __init__(self, text, count):
        self.text, self.count = text, count


def _note(module_name, error):
    known = _problems.get(module_name)
    _problems[module_name] = Problem(describe_error(error), known.count + 1 if known else 1)


def is_quarantined(module_name):
    """Whether an add-on failed so often that only the user enables it again."""
    known = _problems.get(module_name)
    return known is not None and known.count >= _FAILURES_BEFORE_QUARANTINE


def overview():
    """What there is to know about each add-on: a list of dictionaries with module, name, author, version, category, description, file, whether it is
    enabled, the last error (with file and line) and whether it is in quarantine."""
    found = []
    for module in modules():
        info = module_bl_info(module)
        problem = _problems.get(module.__name__)
        found.append({"module": module.__name__, "name": str(info["name"]), "author": str(info["author"]), "version": ".".join(map(str, info["version"] or ())),
                      "category": str(info["category"]), "description": str(info["description"]), "file": module.__file__, "is_enabled": check(module.__name__)[1],
                      "error": problem.text if problem else "", "is_quarantined": is_quarantined(module.__name__)})
    return found


def _state_file():
    import bpy
    return os.path.join(bpy.utils.user_resource("CONFIG", create=True), "addons.json")


def save_state():
    """Keeps which add-ons are enabled, and which failed, for the next start."""
    import json

    state = {"enabled": list(_enabled), "failures": {name: [problem.count, problem.text] for name, problem in _problems.items()}}
    path = _state_file()
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(state, file, indent=1)
    os.replace(path + ".new", path)


def load_state():
    """Enables the add-ons of the user, but those in quarantine; a file that cannot be read is reported and left alone."""
    import json

    try:
        with open(_state_file(), encoding="utf-8") as file:
            state = json.load(file)
        enabled = [str(name) for name in state["enabled"]]
        failures = {str(name): Problem(str(text), int(count)) for name, (count, text) in state["failures"].items()}
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"add-ons: {_state_file()}: {error}", file=sys.stderr)
        return
    _problems.update(failures)
    for name in enabled:
        if is_quarantined(name):
            _enabled.setdefault(name, Addon(name))
            print(f"add-on \"{name}\" failed {_problems[name].count} times and is not enabled; the last time: {_problems[name].text}", file=sys.stderr)
        elif enable(name, default_set=True) is None:
            _enabled.setdefault(name, Addon(name))
            print(f"add-on \"{name}\" could not be enabled: {_problems[name].text}", file=sys.stderr)
    if failures or _problems:
        try:
            save_state()
        except OSError as error:
            print(f"add-ons: {_state_file()}: {error}", file=sys.stderr)


def reload_enabled():
    """Reads the modules of all enabled add-ons again and enables them anew; a list of (module, what it raised)."""
    problems = []
    for name in [name for name, module in list(sys.modules.items()) if getattr(module, "__addon_enabled__", False)]:
        was_listed = name in _enabled
        disable(name, handle_error=lambda error: problems.append((name, describe_error(error))))
        # Submodules first, so that the add-on itself finds the new ones.
        for inner in sorted((inner for inner in sys.modules if inner.startswith(f"{name}.")), reverse=True):
            del sys.modules[inner]
        sys.modules.pop(name, None)
        importlib.invalidate_caches()
        enable(name, default_set=was_listed, handle_error=lambda error: problems.append((name, describe_error(error))))
    return problems


def paths():
    """Folders in which add-ons are looked for."""
    import bpy

    return bpy.utils.script_paths(subdir="addons") + bpy.utils.script_paths(subdir="addons_contrib")


def _read_info(name, path):
    """A stand-in module with the facts of an add-on; None where the file has no readable `bl_info`."""
    try:
        with open(path, encoding="utf-8") as file:
            source = file.read(1 << 22)
        tree = ast.parse(source, path)
    except (OSError, SyntaxError, ValueError) as error:
        print(f"add-on {name}: {error}", file=sys.stderr)
        return None
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "bl_info" for target in node.targets):
            try:
                info = ast.literal_eval(node.value)
            except ValueError as error:
                print(f"add-on {name}: bl_info has to be a plain dictionary: {error}", file=sys.stderr)
                return None
            module = types.ModuleType(name)
            module.bl_info, module.__file__, module.__time__ = info, path, os.path.getmtime(path)
            return module
    return None


def modules_refresh(*, module_cache=_known):
    """Looks into the folders for add-ons again."""
    import bpy

    error_duplicates.clear()
    found = {}
    for folder in paths():
        for name, path in bpy.path.module_names(folder):
            if name in found:
                error_duplicates.append((name, path, found[name].__file__))
                continue
            known = module_cache.get(name)
            if known is not None and known.__file__ == path and os.path.exists(path) and known.__time__ == os.path.getmtime(path):
                found[name] = known
                continue
            module = _read_info(name, path)
            if module is not None:
                found[name] = module
    module_cache.clear()
    module_cache.update(found)


def modules(*, module_cache=_known, refresh=True):
    """All add-ons, as modules that have `bl_info`, sorted by category and name."""
    if refresh or not module_cache:
        modules_refresh(module_cache=module_cache)
    return sorted(module_cache.values(), key=lambda module: (str(module.bl_info.get("category")), str(module.bl_info.get("name"))))


def module_bl_info(mod, *, info_basis=None):
    """What an add-on says about itself, with defaults for what it does not say."""
    info = getattr(mod, "bl_info", None)
    if not isinstance(info, dict):
        info = mod.bl_info = {}
    if "_init" in info:
        return info
    for key, value in (info_basis or _DEFAULTS).items():
        info.setdefault(key, value)
    if not info["name"]:
        info["name"] = mod.__name__
    doc = info["doc_url"]
    if doc and "{BLENDER_MANUAL_URL}" in doc:
        info["doc_url"] = doc.format(BLENDER_MANUAL_URL="")
    info["_init"] = None
    return info


def check(module_name):
    """(enabled in the preferences, loaded)."""
    module = sys.modules.get(module_name)
    return module_name in _enabled, bool(getattr(module, "__addon_enabled__", False))


def _report(error):
    traceback.print_exc()


def _fresh(module_name):
    """The module of an add-on, loaded anew where its file has changed."""
    module = sys.modules.get(module_name)
    if module is None:
        module = importlib.import_module(module_name)
        module.__time__ = os.path.getmtime(module.__file__) if module.__file__ else time.time()
    elif module.__file__ and getattr(module, "__time__", None) != os.path.getmtime(module.__file__):
        module = importlib.reload(module)
        module.__time__ = os.path.getmtime(module.__file__)
    return module


def _version_problem(module):
    import bpy

    needed = getattr(module, "bl_info", {}).get("blender", (0, 0, 0))
    if isinstance(needed, tuple) and needed > bpy.app.version:
        return f"add-on \"{module.__name__}\" needs version {'.'.join(map(str, needed))} of the interface, this is {bpy.app.version_string}"
    return None


def enable(module_name, *, default_set=False, persistent=False, handle_error=None):
    """Loads an add-on and registers its classes; the module, or None when it fails. What it raises goes to `handle_error`."""
    handle_error = handle_error or _report
    for folder in paths():
        if folder not in sys.path:
            sys.path.append(folder)
    if check(module_name)[1]:
        disable(module_name, handle_error=handle_error)
    # Functions register() look themselves up in the preferences.
    is_new = (default_set or persistent) and module_name not in _enabled
    if is_new:
        _enabled[module_name] = Addon(module_name)
    try:
        module = _fresh(module_name)
        problem = _version_problem(module)
        if problem:
            print(problem, file=sys.stderr)
        if not hasattr(module, "register"):
            raise AttributeError(f"add-on \"{module_name}\" has no function register()")
        from bpy_structs import owners
        with owners.registering(module_name):
            module.register()
    except Exception as error:
        broken = sys.modules.get(module_name)
        if broken is not None:
            broken.__addon_enabled__ = False
        if not (isinstance(error, ModuleNotFoundError) and error.name == module_name):
            sys.modules.pop(module_name, None)
        if is_new:
            _enabled.pop(module_name, None)
        _note(module_name, error)
        handle_error(error)
        return None
    _problems.pop(module_name, None)
    module.__addon_enabled__ = True
    module.__addon_persistent__ = persistent
    return module


def _enable_for_program(module_name):
    """Enables an add-on; empty, or what it raised, with file and line."""
    problems = []
    if enable(module_name, default_set=True, handle_error=problems.append) is not None or not problems:
        return ""
    return describe_error(problems[0])


def describe_error(error):
    """An exception with the file and line it comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def disable(module_name, *, default_set=False, handle_error=None):
    """Unregisters an add-on; its module stays loaded."""
    handle_error = handle_error or _report
    module = sys.modules.get(module_name)
    if module is not None and getattr(module, "__addon_enabled__", False):
        module.__addon_enabled__ = False
        try:
            module.unregister()
        except Exception as error:
            handle_error(error)
    else:
        print(f"addon_utils.disable: {module_name} is not enabled")
    if default_set:
        _enabled.pop(module_name, None)


def reset_all(*, reload_scripts=False):
    """Disables what the preferences do not list and enables what they do."""
    for module in modules():
        wanted, loaded = check(module.__name__)
        if wanted and (reload_scripts or not loaded):
            enable(module.__name__, default_set=True)
        elif loaded and not wanted:
            disable(module.__name__)


def disable_all():
    """Unregisters all add-ons, the last enabled first."""
    for name, module in reversed(list(sys.modules.items())):
        if getattr(module, "__addon_enabled__", False):
            disable(name)
