"""Which add-on parts of the interface belong to, and which add-ons a workspace shows."""
import contextlib

import _bpy
from bpy.props import StringProperty

from . import Collection, add, make, program_struct

_registering = []  # modules of add-ons, the innermost last


@program_struct("Work Space UI Tag", name_property="name")
class wmOwnerID(_bpy.types.bpy_struct):
    """The name of an add-on that a workspace shows."""
    name: StringProperty(name="Name", maxlen=63)


@add
class wmOwnerIDs(Collection):
    """The add-ons that a workspace shows."""

    def new(self, name):
        """Adds the name of an add-on."""
        owner = make(wmOwnerID)
        owner.name = name
        self._items.append(owner)
        return owner

    def remove(self, owner_id):
        """Takes one away."""
        if not any(owner_id is known for known in self._items):
            raise RuntimeError(f"wmOwnerID '{getattr(owner_id, 'name', owner_id)}' is not in this workspace")
        self._items = [known for known in self._items if known is not owner_id]

    def clear(self):
        """Takes all away."""
        self._items = []


@contextlib.contextmanager
def registering(module_name):
    """Within it what is registered belongs to an add-on."""
    _registering.append(module_name)
    try:
        yield
    finally:
        _registering.pop()


def current():
    """The add-on that is being registered, or an empty text."""
    return _registering[-1] if _registering else ""


def shows(owner):
    """Whether the workspace shows what belongs to an add-on; it shows all unless it filters."""
    if not owner:
        return True
    import bpy

    workspace = bpy.context.workspace
    return workspace is None or not workspace.use_filter_by_owner or owner in workspace.owner_ids
