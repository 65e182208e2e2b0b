"""bpy.utils: classes, paths, names, times and units."""
from . import units  # noqa: F401
from ._classes import register_class, register_classes_factory, register_submodule_factory, unregister_class  # noqa: F401
from ._names import escape_identifier, flip_name, make_rna_paths, unescape_identifier  # noqa: F401
from ._manual import manual_map, register_manual_map, unregister_manual_map  # noqa: F401
from ._paths import (app_template_paths, blend_paths, execfile, is_path_builtin, modules_from_path, preset_find, preset_paths, refresh_script_paths,  # noqa: F401
                     resource_path, script_path_pref, script_path_user, script_paths, system_resource, user_resource)
from ._startup import keyconfig_init, keyconfig_set, load_scripts  # noqa: F401
from ._times import smpte_from_frame, smpte_from_seconds, time_from_frame, time_to_frame  # noqa: F401


def register_tool(tool_cls, *, after=None, separator=False, group=False):
    """Adds a tool to the toolbar, behind those named by `after` or at the end."""
    from bpy_structs import tools
    tools.register_tool(tool_cls, after, separator, group)


def unregister_tool(tool_cls):
    """Takes a tool out of the toolbar."""
    from bpy_structs import tools
    tools.unregister_tool(tool_cls)


def __getattr__(name):
    if name == "previews":  # rarely needed
        import importlib
        return importlib.import_module("bpy.utils.previews")
    raise AttributeError(f"module 'bpy.utils' has no attribute '{name}'")


def _add_custom_properties(struct):
    """Gives all structs the methods of custom properties, which are written in Python."""
    import idprop.types

    for base in reversed(idprop.types.Struct.__mro__[:-1]):
        for name, method in vars(base).items():
            if callable(method) and name not in ("__init__",):
                setattr(struct, name, method)
