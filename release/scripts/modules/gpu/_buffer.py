"""Numbers in memory, as OpenGL takes and gives them."""
import ctypes

_KINDS = {"FLOAT": ctypes.c_float, "INT": ctypes.c_int, "UINT": ctypes.c_uint, "UBYTE": ctypes.c_ubyte, "UINT_24_8": ctypes.c_uint, "10_11_11_REV": ctypes.c_uint}
MOST_BYTES = 1 << 31


def check_choice(value, accepted):
    """A text among some, else a ValueError that lists them."""
    if value not in accepted:
        raise ValueError(f"expected a string in {tuple(accepted)}, got {value!r}")
    return value


def _flat(data, dimensions):
    """All numbers of nested sequences, whose lengths have to be the dimensions."""
    if not dimensions:
        return [data]
    values = list(data)
    if len(values) != dimensions[0]:
        raise TypeError(f"buffer[:] = value, size mismatch in assignment. Expected: {dimensions[0]} (given: {len(values)})")
    return values if len(dimensions) == 1 else [number for value in values for number in _flat(value, dimensions[1:])]


class Buffer:
    """An array with one or more dimensions; an element of one with several is a view of its part."""

    __slots__ = ("format", "_dimensions", "_values", "_offset")

    def __init__(self, format, dimensions, data=None):
        self.format = check_choice(format, _KINDS)
        try:
            self._dimensions = [int(dimensions)] if isinstance(dimensions, int) else [int(size) for size in dimensions]
        except TypeError:
            raise TypeError(f"dimensions: expected an int or a sequence of ints, not {type(dimensions).__name__}") from None
        count = 1
        for size in self._dimensions:
            if size < 1:
                raise AttributeError("dimensions must be between 1 and 2147483647")
            count *= size
        if count * ctypes.sizeof(_KINDS[format]) > MOST_BYTES:
            raise MemoryError(f"a buffer of {count} elements is too large")
        self._offset = 0
        self._values = (_KINDS[format] * count)()
        if data is None:
            return
        if hasattr(data, "tobytes") or isinstance(data, (bytes, bytearray, memoryview)):
            view = memoryview(data).cast("B") if memoryview(data).c_contiguous else memoryview(bytes(memoryview(data).tobytes()))
            if view.nbytes == ctypes.sizeof(self._values):
                ctypes.memmove(self._values, bytes(view), view.nbytes)
                return
        for i, number in enumerate(_flat(data, self._dimensions)):
            self._values[i] = number

    @classmethod
    def _over(cls, format, dimensions, values, offset=0):
        self = cls.__new__(cls)
        self.format, self._dimensions, self._values, self._offset = format, list(dimensions), values, offset
        return self

    @property
    def dimensions(self):
        return list(self._dimensions)

    @dimensions.setter
    def dimensions(self, dimensions):
        dimensions = [int(dimensions)] if isinstance(dimensions, int) else [int(size) for size in dimensions]
        count = 1
        for size in dimensions:
            count *= size
        if count != self._count():
            raise ValueError(f"{count} elements do not fit into a buffer of {self._count()}")
        self._dimensions = dimensions

    def _count(self):
        count = 1
        for size in self._dimensions:
            count *= size
        return count

    def __len__(self):
        return self._dimensions[0]

    def _step(self):
        return self._count() // self._dimensions[0]

    def __getitem__(self, key):
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        if not -len(self) <= key < len(self):
            raise IndexError("array index out of range")
        at = self._offset + (key % len(self)) * self._step()
        return self._values[at] if len(self._dimensions) == 1 else Buffer._over(self.format, self._dimensions[1:], self._values, at)

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            for i, item in zip(range(*key.indices(len(self))), value):
                self[i] = item
            return
        if not -len(self) <= key < len(self):
            raise IndexError("array assignment index out of range")
        at = self._offset + (key % len(self)) * self._step()
        for i, number in enumerate(_flat(value, self._dimensions[1:])):
            self._values[at + i] = number

    def to_list(self):
        """The numbers as nested lists."""
        return [item.to_list() if isinstance(item, Buffer) else item for item in self]

    def _bytes(self):
        size = ctypes.sizeof(_KINDS[self.format])
        return bytes(memoryview(self._values).cast("B")[self._offset * size:(self._offset + self._count()) * size])

    def __array__(self, dtype=None):
        import numpy

        kind = {"FLOAT": numpy.float32, "INT": numpy.int32, "UBYTE": numpy.uint8}.get(self.format, numpy.uint32)
        array = numpy.frombuffer(self._values, kind)[self._offset:self._offset + self._count()].reshape(self._dimensions)
        return array if dtype is None else array.astype(dtype)

    def __repr__(self):
        return f"Buffer({self.format}, {self.to_list()})"
