"""imbuf.types: the type of pictures in memory."""
import array

import _bpy


class ImBuf:
    """A picture with four channels. It is made by `imbuf.new` and `imbuf.load`."""

    __slots__ = ("_width", "_height", "planes", "_is_float", "_data", "_path", "_ppm")

    def __new__(cls, *arguments):
        raise TypeError("cannot create 'ImBuf' instances: call imbuf.new() or imbuf.load()")

    @classmethod
    def _make(cls, width, height, planes, is_float, data, path):
        self = object.__new__(cls)
        self._width, self._height, self.planes, self._is_float, self._data, self._path = width, height, planes, is_float, data, path
        self._ppm = (2834.645751953125, 2834.645751953125)
        return self

    def _alive(self):
        if self._data is None:
            raise ReferenceError("ImBuf data of type ImBuf has been freed")
        return self._data

    @property
    def size(self):
        self._alive()
        return self._width, self._height

    @property
    def ppm(self):
        """Pixels a meter."""
        self._alive()
        return self._ppm

    @ppm.setter
    def ppm(self, value):
        x, y = (float(number) for number in value)
        if x <= 0.0 or y <= 0.0:
            raise ValueError("invalid ppm value")
        self._ppm = (x, y)

    @property
    def channels(self):
        self._alive()
        return 4

    @property
    def filepath(self):
        self._alive()
        return self._path

    @filepath.setter
    def filepath(self, path):
        self._path = str(path)

    def _pixel_bytes(self):
        return 16 if self._is_float else 4

    def resize(self, size, *, method="FAST"):
        """Another size: by taking the nearest pixels (FAST), or smoothly (BILINEAR)."""
        from . import _size

        self._alive()
        width, height = _size(size, "resize")
        if method not in ("FAST", "BILINEAR"):
            raise ValueError(f"expected a string in ('FAST', 'BILINEAR'), got {method!r}")
        if method == "BILINEAR":
            self._data = _bpy.scale_picture(self._width, self._height, self._is_float, self._data, width, height)
        else:
            step, line = self._pixel_bytes(), self._pixel_bytes() * self._width
            columns = [step * (x * self._width // width) for x in range(width)]
            rows = []
            for y in range(height):
                at = line * (y * self._height // height)
                rows.append(b"".join(self._data[at + x:at + x + step] for x in columns))
            self._data = b"".join(rows)
        self._width, self._height = width, height

    def crop(self, min, max):
        """Keeps the pixels from one corner to the other, both included."""
        self._alive()
        (left, low), (right, high) = ([int(number) for number in corner] for corner in (min, max))
        if not (0 <= left <= right < self._width and 0 <= low <= high < self._height):
            raise ValueError("ImBuf crop min/max not in range")
        step, line = self._pixel_bytes(), self._pixel_bytes() * self._width
        self._data = b"".join(self._data[y * line + left * step:y * line + (right + 1) * step] for y in range(low, high + 1))
        self._width, self._height = right - left + 1, high - low + 1

    def copy(self):
        """The same picture once more."""
        self._alive()
        made = ImBuf._make(self._width, self._height, self.planes, self._is_float, self._data, self._path)
        made._ppm = self._ppm
        return made

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()

    def free(self):
        """Lets the pixels go; nothing can be done with the picture any more."""
        self._data = None

    def _write(self, path):
        _bpy.write_picture(path, self._width, self._height, max(self.planes, 32) if self.planes in (4, 32, 128) else self.planes, self._is_float, self._alive())

    def _floats(self):
        """All channels as numbers, bytes as 0..1."""
        values = array.array("f" if self._is_float else "B", self._alive())
        return list(values) if self._is_float else [value / 255.0 for value in values]

    def __repr__(self):
        if self._data is None:
            return f"<imbuf: address={id(self):#x}>"
        return f"<imbuf: address={id(self):#x}, filepath={self._path!r}, size=({self._width}, {self._height})>"
