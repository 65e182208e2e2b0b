"""Preferences, as far as scripts see them."""
import _bpy
import addon_utils


class Addons:
    """Enabled add-ons by the names of their modules."""

    def _entries(self):
        return addon_utils._enabled

    def keys(self):
        return list(self._entries())

    def values(self):
        return list(self._entries().values())

    def items(self):
        return list(self._entries().items())

    def get(self, key, default=None):
        return self._entries().get(key, default)

    def find(self, key):
        return self.keys().index(key) if key in self._entries() else -1

    def __len__(self):
        return len(self._entries())

    def __iter__(self):
        return iter(self.values())

    def __contains__(self, key):
        return key in self._entries()

    def __getitem__(self, key):
        if isinstance(key, int):
            return self.values()[key]
        try:
            return self._entries()[key]
        except KeyError:
            raise KeyError(f"bpy_prop_collection[key]: key \"{key}\" not found") from None


def _keymap(_self):
    """The key configuration that the user has chosen."""
    from bpy_structs import keymaps

    return keymaps.chosen


# Add-ons are found and enabled in Python; nearly all else lies in the program.
_bpy.types.Preferences.addons = property(lambda self: addons)
_bpy.types.Preferences.keymap = property(_keymap)
addons = Addons()
