"""bpy.utils.previews: small pictures of scripts, by name."""
import _bpy

_collections = []


class ImagePreviewCollection(dict):
    """Names with pictures; `close` lets them go."""

    def __init__(self):
        super().__init__()
        self._is_open = True
        _collections.append(self)

    def _make(self, name):
        if not self._is_open:
            raise RuntimeError("this collection of previews is closed")
        if name in self:
            raise KeyError(f"key {name!r} already exists")
        preview = _bpy.make_instance(_bpy.types.ImagePreview)
        self[name] = preview
        return preview

    def new(self, name):
        """Adds an empty picture."""
        return self._make(name)

    def load(self, name, path, path_type, force_reload=False):
        """Adds the picture of a file; it is read when it is first looked at."""
        kinds = ("IMAGE", "MOVIE", "BLEND", "FONT")
        if path_type not in kinds:
            raise TypeError(f"load(): path_type '{path_type}' not found in {kinds}")
        preview = self._make(name)
        preview.__dict__["path"] = preview.__dict__["source"] = path
        return preview

    def clear(self):
        """Lets all pictures go."""
        super().clear()

    def close(self):
        """Lets all pictures go; nothing can be added any more."""
        self.clear()
        self._is_open = False

    def __repr__(self):
        return f"<ImagePreviewCollection id={id(self):#x}, {len(self)} previews>"


def new():
    """A new, empty collection."""
    return ImagePreviewCollection()


def remove(pcoll):
    """Lets a collection go."""
    pcoll.close()
    _collections[:] = [known for known in _collections if known is not pcoll]
