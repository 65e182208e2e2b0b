"""The Python interface of Kiln: the document, its types, and the operators on it."""
import sys

import _bpy

types = _bpy.types
data = _bpy.data
sys.modules["bpy.types"] = types

from . import _keymaps, _lists, _ui, _window, _window_manager, app, msgbus, path, props, utils  # noqa: E402
from ._context import context  # noqa: E402
from . import ops  # noqa: E402

types.Depsgraph = _bpy.Depsgraph
for _name in ("Area", "Event", "Region", "Screen", "Space", "Timer"):
    setattr(types, _name, getattr(_window, _name))
types.Window, types.WorkSpace = _window_manager.Window, _window.Workspace
for _name in ("KeyConfig", "KeyMap", "KeyMapItem"):
    setattr(types, _name, getattr(_keymaps, _name))
types.UILayout = _ui.UILayout
types.UI_UL_list = _lists.Helpers
utils._add_custom_properties(types.bpy_struct)

__all__ = ("app", "context", "data", "msgbus", "ops", "path", "props", "types", "utils")

if _bpy.is_module:
    # No program runs the start-up scripts.
    utils.load_scripts()
