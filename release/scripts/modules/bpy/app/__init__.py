"""bpy.app: facts about the running program."""
import sys

import _bpy

from . import handlers, timers

version = (3, 4, 1)
version_file = (3, 4, 1)
version_string = "3.4.1"
version_cycle = "release"
version_char = ""
build_type = b"Release"
build_hash = b"kiln"
build_branch = b"main"
build_date = b""
build_time = b""
build_platform = b"Linux"
build_commit_timestamp = 0
binary_path = _bpy.binary_path
background = _bpy.is_background
factory_startup = _bpy.is_factory_startup
module = _bpy.is_module
tempdir = _bpy.temporary_folder
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


driver_namespace = {}

sys.modules["bpy.app"] = sys.modules[__name__]


def is_job_running(job_type):
    """Whether a background job of this kind runs."""
    return False
