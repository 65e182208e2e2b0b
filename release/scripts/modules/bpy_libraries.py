"""Methods of `bpy.data` and `bpy.data.libraries` about other files and about who uses what."""
import os

import _bpy

_KINDS = ("actions", "armatures", "brushes", "cache_files", "cameras", "collections", "curves", "fonts", "grease_pencils", "hair_curves", "images",
          "lattices", "lightprobes", "lights", "linestyles", "masks", "materials", "meshes", "metaballs", "movieclips", "node_groups", "objects",
          "paint_curves", "palettes", "particles", "pointclouds", "scenes", "sounds", "speakers", "texts", "textures", "volumes", "workspaces", "worlds")


class _Names:
    """The names of data-blocks by collection: what a file has, or what is wanted of it."""

    def __init__(self, names):
        for kind in _KINDS:
            setattr(self, kind, list(names.get(kind, ())))

    def __repr__(self):
        return f"<bpy_lib object at {id(self):#x}>"


class _Loader:
    """Lists a file when entered; links or appends what was asked for when left."""

    def __init__(self, filepath, link, relative, assets_only):
        self._filepath = filepath
        self._link = link
        self._relative = relative
        self._assets_only = assets_only

    def __enter__(self):
        from bpy import path

        self._path = os.path.abspath(path.abspath(self._filepath))
        if _bpy.data.filepath and os.path.realpath(self._path) == os.path.realpath(_bpy.data.filepath):
            raise OSError(f"load: {self._filepath} is the file that is open")
        # The reference lists names backwards.
        names = {kind: sorted(found, key=str.lower, reverse=True) for kind, found in _bpy.library_names(self._path, self._assets_only).items()}
        self._source, self._target = _Names(names), _Names({})
        return self._source, self._target

    def __exit__(self, kind, _value, _traceback):
        if kind is not None:
            return False
        import warnings

        wanted, places = [], []
        for collection in _KINDS:
            names = getattr(self._target, collection, None)
            if not isinstance(names, list):
                continue
            available = set(getattr(self._source, collection)) if isinstance(getattr(self._source, collection), list) else set()
            for i, name in enumerate(names):
                if not isinstance(name, str):
                    if name is not None:
                        warnings.warn(f"load: '{self._filepath}' expected a string type, not a {type(name).__name__}", stacklevel=2)
                    names[i] = None
                    continue
                if name not in available:
                    warnings.warn(f"load: '{self._filepath}' does not contain {collection}[\"{name}\"]", stacklevel=2)
                wanted.append((collection, name))
                places.append((names, i))
        filepath = self._path
        if self._relative and _bpy.data.filepath:
            from bpy import path
            filepath = path.relpath(self._path)
        for (names, i), block in zip(places, _bpy.library_link(self._path, filepath, wanted, not self._link)):
            names[i] = block
        return None


def _load(self, filepath, link=False, relative=False, assets_only=False):
    """A context manager that gives what a file has and takes what is wanted of it."""
    if not isinstance(filepath, (str, bytes, os.PathLike)):
        raise TypeError(f"load() argument 1 must be str, not {type(filepath).__name__}")
    return _Loader(os.fsdecode(filepath), bool(link), bool(relative), bool(assets_only))


_REMAPS = ("NONE", "RELATIVE", "RELATIVE_ALL", "ABSOLUTE")


def _write(self, filepath, datablocks, path_remap="NONE", fake_user=False, compress=False):
    """Writes data-blocks, and all that they refer to, into a file."""
    from bpy import path

    if not isinstance(datablocks, set):
        raise TypeError(f"write() argument 2 must be set, not {type(datablocks).__name__}")
    if path_remap is not False and path_remap not in _REMAPS:
        raise ValueError(f"expected a string in {_REMAPS}, got {path_remap!r}")
    _bpy.library_write(path.abspath(os.fsdecode(filepath)), datablocks, bool(fake_user), path_remap or "NONE")


BlendDataLibraries = {"load": _load, "write": _write}


_TYPES = ("ACTION", "ARMATURE", "BRUSH", "CACHEFILE", "CAMERA", "COLLECTION", "CURVE", "CURVES", "FONT", "GREASEPENCIL", "IMAGE", "KEY", "LATTICE",
          "LIBRARY", "LIGHT", "LIGHT_PROBE", "LINESTYLE", "MASK", "MATERIAL", "MESH", "META", "MOVIECLIP", "NODETREE", "OBJECT", "PAINTCURVE",
          "PALETTE", "PARTICLE", "POINTCLOUD", "SCENE", "SIMULATION", "SOUND", "SPEAKER", "TEXT", "TEXTURE", "VOLUME", "WINDOWMANAGER",
          "WORKSPACE", "WORLD")


def _checked(types, what):
    if types is not None:
        if not isinstance(types, set):
            raise TypeError(f"{what}: expected a set, not {type(types).__name__}")
        for name in types:
            if name not in _TYPES:
                raise ValueError(f"{what}: {name!r} not found in {_TYPES}")
    return types


def _user_map(self, *, subset=None, key_types=None, value_types=None):
    """Who uses each data-block: a dictionary of sets."""
    key_types, value_types = _checked(key_types, "key types"), _checked(value_types, "value types")
    found = _bpy.user_map()
    if subset is not None:
        found = {block: found.get(block, set()) for block in subset}
    if key_types is not None:
        found = {block: users for block, users in found.items() if _bpy.block_type(block) in key_types}
    if value_types is not None:
        found = {block: {user for user in users if _bpy.block_type(user) in value_types} for block, users in found.items()}
    return found


BlendData = {"user_map": _user_map}


def _users_id(self):
    return tuple(block for kind in _KINDS for block in getattr(_bpy.data, kind, ()) if getattr(block, "library", None) == self)


Library = {"users_id": property(_users_id)}
