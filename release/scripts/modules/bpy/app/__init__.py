"""bpy.app: facts about the running program."""
import os
import sys
import types as _types

import _bpy

from . import handlers, icons, timers, translations
from ._libraries import alembic, build_options, ffmpeg, ocio, oiio, opensubdiv, openvdb, sdl, usd

version = (3, 4, 1)
version_file = (3, 4, 6)
version_string = "3.4.1"
version_cycle = "release"
version_char = ""
build_type = b"Release"
build_hash = b"kiln"
build_branch = b"main"
build_date = build_time = build_commit_date = build_commit_time = b"Unknown"
build_cflags = build_cxxflags = build_linkflags = b"Unknown"
build_system = b"CMake"
build_platform = b"Linux"
build_commit_timestamp = 0
binary_path = _bpy.binary_path
background = _bpy.is_background
factory_startup = _bpy.is_factory_startup
module = _bpy.is_module
render_icon_size = 32
render_preview_size = 128
autoexec_fail = False
autoexec_fail_message = ""
autoexec_fail_quiet = False
use_event_simulate = False
use_userpref_skip_save_on_exit = True
debug = False
debug_value = 0
_DEBUG_FLAGS = ("depsgraph", "depsgraph_build", "depsgraph_eval", "depsgraph_pretty", "depsgraph_tag", "depsgraph_time", "events", "ffmpeg",
                "freestyle", "handlers", "io", "python", "simdata", "wm")
for _flag in _DEBUG_FLAGS:
    globals()[f"debug_{_flag}"] = False


def _set_debug(flags, value):
    """Sets what the command line asked for."""
    space = globals()
    space["debug_value"] = value
    for flag in (_DEBUG_FLAGS + ("",) if "all" in flags else flags):
        space[f"debug_{flag}" if flag else "debug"] = True


def _make_driver_namespace():
    """Names that expressions of drivers may use: mathematics, and what scripts add."""
    import bl_math
    import builtins
    import math

    names = {"__builtins__": vars(builtins)}
    names.update((name, value) for name, value in vars(math).items() if not name.startswith("_"))
    names.update((name, getattr(bl_math, name)) for name in ("clamp", "lerp", "smoothstep"))
    return names


def _finish():
    """Adds what needs the rest of the interface."""
    from mathutils import noise

    driver_namespace.update(bpy=sys.modules["bpy"], noise=noise)


driver_namespace = _make_driver_namespace()


class _App(_types.ModuleType):
    @property
    def tempdir(self):
        """A folder of this run for files of the moment; it is deleted when the program ends."""
        return _temporary_folder()

    def __setattr__(self, name, value):
        if name.startswith("debug") or name.startswith("use_") or name.startswith("_") or isinstance(value, _types.ModuleType):
            super().__setattr__(name, value)
        else:
            raise AttributeError(f"bpy.app.{name} is read-only")


_folder = []


def _chosen_folder():
    """Where files of the moment go: where the preferences say, if that is a folder."""
    chosen = sys.modules["bpy"].context.preferences.filepaths.temporary_directory
    return chosen if chosen and os.path.isdir(chosen) else _bpy.temporary_folder


def _temporary_folder():
    if not _folder:
        import atexit
        import shutil
        import tempfile

        _folder.append(tempfile.mkdtemp(prefix="kiln_", dir=_chosen_folder()) + os.sep)
        atexit.register(shutil.rmtree, _folder[0], ignore_errors=True)
    return _folder[0]


def is_job_running(job_type):
    """Whether a background job of this kind runs."""
    if not isinstance(job_type, str):
        raise TypeError(f"is_job_running(): expected a string, not {type(job_type).__name__}")
    return False


sys.modules["bpy.app"] = sys.modules[__name__]
sys.modules[__name__].__class__ = _App
