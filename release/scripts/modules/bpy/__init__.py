"""The Python interface of Kiln: the document, its types, and the operators on it."""
import sys

import _bpy

types = _bpy.types
data = _bpy.data
sys.modules["bpy.types"] = types

from . import _lists, _ui, app, msgbus, path, props, utils  # noqa: E402
from ._context import context  # noqa: E402
from . import ops  # noqa: E402

types.Depsgraph = _bpy.Depsgraph
types.UI_UL_list = _lists.Helpers
from bpy_structs import depsgraph as _depsgraph, spaces as _spaces  # noqa: E402
_depsgraph.attach()
_spaces.attach()
if not _bpy.is_background:
    from . import _keymaps
utils._add_custom_properties(types.bpy_struct)
app._finish()

__all__ = ("app", "context", "data", "msgbus", "ops", "path", "props", "types", "utils")

if _bpy.is_module:
    # No program runs the start-up scripts.
    utils.load_scripts()
