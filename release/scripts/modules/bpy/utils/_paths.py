"""Folders of the program and of the user, and scripts in them."""
import os
import sys

import _bpy

_RESOURCES = {"DATAFILES": "datafiles", "CONFIG": "config", "SCRIPTS": "scripts", "AUTOSAVE": "autosave"}


def _user_folder():
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(base, "kiln")


def _program_scripts():
    """The folder `scripts` beside the program: this file lies in scripts/modules/bpy/utils."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__)))))


def resource_path(type, major=3, minor=4):
    """The folder of the user's files, of the program's own ones beside it, or of those of the system."""
    if type == "USER":
        return _user_folder()
    if type in ("LOCAL", "SYSTEM"):
        return os.path.dirname(_program_scripts())
    raise ValueError(f"resource_path(): '{type}' not found in ('USER', 'LOCAL', 'SYSTEM')")


def system_resource(resource_type, *, path=""):
    """A folder of the program's own files; empty where it has none of the kind."""
    if resource_type not in ("DATAFILES", "SCRIPTS", "PYTHON"):
        raise ValueError(f"system_resource(): '{resource_type}' not found in ('DATAFILES', 'SCRIPTS', 'PYTHON')")
    folder = os.environ.get(f"BLENDER_SYSTEM_{resource_type}") or (_program_scripts() if resource_type == "SCRIPTS" else
                                                                   os.path.join(os.path.dirname(_program_scripts()), resource_type.lower()))
    folder = os.path.join(folder, path) if path else folder
    return folder if os.path.isdir(folder) else ""


def user_resource(resource_type, *, path="", create=False):
    """A folder for the user's own files, made when asked for."""
    if resource_type not in _RESOURCES:
        raise ValueError(f"user_resource(): '{resource_type}' not found in {tuple(_RESOURCES)}")
    override = os.environ.get(f"BLENDER_USER_{resource_type}")
    folder = os.path.join(override or os.path.join(_user_folder(), _RESOURCES[resource_type]), path)
    folder = folder.rstrip("/") or "/"
    if create and not os.path.isdir(folder):
        os.makedirs(folder)
    return folder


def script_path_user():
    """The user's folder of scripts, where it exists."""
    folder = user_resource("SCRIPTS")
    return folder if os.path.isdir(folder) else None


def script_path_pref():
    """Another folder of scripts that the preferences name, if they name one."""
    import bpy

    folder = bpy.context.preferences.filepaths.script_directory
    return os.path.normpath(folder) if folder else None


def script_paths(*, subdir=None, user_pref=True, check_all=False, use_user=True):
    """Folders of scripts that exist, or those below them with the name `subdir`."""
    folders = [_program_scripts()]
    if user_pref and (named := script_path_pref()):
        folders.append(named)
    if use_user:
        folders.append(user_resource("SCRIPTS"))
    found = []
    for folder in folders:
        folder = os.path.join(folder, subdir) if subdir else folder
        if os.path.isdir(folder) and folder not in found:
            found.append(folder)
    return found


def is_path_builtin(path):
    """Whether a file belongs to the program rather than to the user."""
    return os.path.abspath(path).startswith(_program_scripts() + os.sep)


def preset_paths(subdir):
    """Folders with presets of one kind."""
    return [folder for root in script_paths() if os.path.isdir(folder := os.path.join(root, "presets", subdir))]


def preset_find(name, preset_path, *, display_name=False, ext=".py"):
    """The file of a preset, or None."""
    import bpy

    for folder in preset_paths(preset_path):
        if not display_name:
            file = os.path.join(folder, name + ext)
            if os.path.exists(file):
                return file
            continue
        for file in sorted(os.listdir(folder)):
            if file.endswith(ext) and bpy.path.display_name(file, title_case=False) == name:
                return os.path.join(folder, file)
    return None


def refresh_script_paths():
    """Makes modules in the folders of scripts importable that were not there at start-up."""
    for sub in ("addons", "addons_contrib", "modules", "startup"):
        for folder in script_paths(subdir=sub):
            if folder not in sys.path:
                sys.path.append(folder)


def blend_paths(absolute=False, packed=False, local=False):
    """Files that the document refers to."""
    import bpy

    found = [image.filepath for image in bpy.data.images if image.filepath and (packed or not image.packed_file)]
    return [bpy.path.abspath(path) if absolute else path for path in found]


def execfile(filepath, *, mod=None):
    """Runs a file as the script of a module, which is returned."""
    import importlib.util

    name = "__main__" if mod is None else mod.__name__
    specification = importlib.util.spec_from_file_location(name, filepath)
    module = importlib.util.module_from_spec(specification) if mod is None else mod
    specification.loader.exec_module(module)
    return module


def modules_from_path(path, loaded_modules):
    """Imports all scripts of a folder, but those in `loaded_modules`; the list of modules."""
    import importlib
    import traceback

    import bpy

    modules = []
    for name, _ in bpy.path.module_names(path):
        if name in loaded_modules:
            continue
        try:
            modules.append(importlib.import_module(name))
        except Exception:
            traceback.print_exc()
    return modules


def app_template_paths(*, path=None):
    """Folders with application templates."""
    for folder in script_paths():
        folder = os.path.join(folder, "startup", "bl_app_templates_user", *([path] if path else []))
        if os.path.isdir(folder):
            yield folder
