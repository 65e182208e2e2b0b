"""bpy.utils: classes, paths, names, times and units."""
from . import units  # noqa: F401
from ._classes import register_class, register_classes_factory, register_submodule_factory, unregister_class  # noqa: F401
from ._names import escape_identifier, flip_name, make_rna_paths, unescape_identifier  # noqa: F401
from ._paths import (blend_paths, execfile, is_path_builtin, modules_from_path, preset_find, preset_paths, refresh_script_paths,  # noqa: F401
                     resource_path, script_path_pref, script_path_user, script_paths, user_resource)
from ._startup import load_scripts  # noqa: F401
from ._times import smpte_from_frame, smpte_from_seconds, time_from_frame, time_to_frame  # noqa: F401


def _add_custom_properties(struct):
    """Gives all structs the methods of custom properties, which are written in Python."""
    import idprop.types

    for base in reversed(idprop.types.Struct.__mro__[:-1]):
        for name, method in vars(base).items():
            if callable(method) and name not in ("__init__",):
                setattr(struct, name, method)
