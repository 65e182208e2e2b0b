"""Vertices, indices and what is drawn of them. All is checked here, so that no draw call reads beyond its buffers."""
import array
import ctypes

from . import _gl
from ._buffer import Buffer, check_choice
from ._gl import GL

_COMPONENTS = {"I8": ("b", 1, _gl.BYTE), "U8": ("B", 1, _gl.UNSIGNED_BYTE), "I16": ("h", 2, _gl.SHORT), "U16": ("H", 2, _gl.UNSIGNED_SHORT),
               "I32": ("i", 4, _gl.INT), "U32": ("I", 4, _gl.UNSIGNED_INT), "F32": ("f", 4, _gl.FLOAT)}
_FETCH = ("FLOAT", "INT", "INT_TO_FLOAT_UNIT", "INT_TO_FLOAT")
_PRIMITIVES = {"POINTS": _gl.POINTS, "LINES": _gl.LINES, "TRIS": _gl.TRIANGLES, "LINE_STRIP": _gl.LINE_STRIP, "LINE_LOOP": _gl.LINE_LOOP,
               "TRI_STRIP": _gl.TRIANGLE_STRIP, "TRI_FAN": _gl.TRIANGLE_FAN, "LINES_ADJ": _gl.LINES_ADJACENCY, "TRIS_ADJ": _gl.TRIANGLES_ADJACENCY,
               "LINE_STRIP_ADJ": _gl.LINE_STRIP_ADJACENCY}
_PER_ELEMENT = {"POINTS": 1, "LINES": 2, "TRIS": 3, "LINES_ADJ": 4, "TRIS_ADJ": 6}


class GPUVertFormat:
    """The attributes of vertices."""

    def __init__(self):
        self._attributes = []

    def attr_add(self, id, comp_type, len, fetch_mode):
        """Adds an attribute; its number."""
        check_choice(comp_type, (*_COMPONENTS, "I10"))
        check_choice(fetch_mode, _FETCH)
        if comp_type == "I10":
            raise ValueError("attr_add(): packed components (I10) cannot be drawn here")
        if not 1 <= len <= 16:
            raise ValueError(f"attr_add(): a length of 1 to 16 is expected, not {len}")
        self._attributes.append((str(id), comp_type, int(len), fetch_mode))
        return self._attributes.__len__() - 1

    def __repr__(self):
        return f"<GPUVertFormat {[name for name, *_ in self._attributes]}>"


class GPUVertBuf:
    """Values of the attributes of vertices."""

    def __init__(self, format, len):
        if not isinstance(format, GPUVertFormat):
            raise TypeError(f"GPUVertBuf(): expected a GPUVertFormat, not {type(format).__name__}")
        if not 0 <= len <= 1 << 28:
            raise ValueError(f"GPUVertBuf(): {len} vertices cannot be kept")
        self._attributes = list(format._attributes)
        self._len = int(len)
        self._data = [None] * self._attributes.__len__()
        self._names = {}

    def attr_fill(self, id, data):
        """Fills an attribute, by its name or number, with a value for each vertex."""
        if isinstance(id, str):
            found = [i for i, attribute in enumerate(self._attributes) if attribute[0] == id]
            if not found:
                raise ValueError(f"Unknown attribute {id!r}")
            id = found[0]
        elif not 0 <= id < self._attributes.__len__():
            raise ValueError(f"Unknown attribute {id}")
        name, component, length, _ = self._attributes[id]
        code, size, _ = _COMPONENTS[component]
        needed = self._len * length
        values = None
        if not isinstance(data, (list, tuple)) and hasattr(data, "__array_interface__"):
            import numpy
            values = numpy.ascontiguousarray(data, dtype=code).tobytes()
        elif isinstance(data, Buffer):
            values = array.array(code, [number for number in _flatten(data.to_list())]).tobytes()
        else:
            values = array.array(code, list(_flatten(data)) if code == "f" else [int(number) for number in _flatten(data)]).tobytes()
        if values.__len__() != needed * size:
            raise ValueError(f"attr_fill(): \"{name}\" needs {length} numbers for each of {self._len} vertices, {needed} in all, not {values.__len__() // size}")
        self._data[id] = values
        self._names.clear()

    def _realized(self):
        """Numbers of the buffers on the card, one an attribute."""
        context = _gl.ensure()
        if context not in self._names:
            made = []
            for data in self._data:
                name = _gl.generate("Buffers")
                GL.glBindBuffer(_gl.ARRAY_BUFFER, name)
                GL.glBufferData(_gl.ARRAY_BUFFER, data.__len__() if data else 0, data or None, _gl.STATIC_DRAW)
                made.append(name)
            self._names[context] = made
        return self._names[context]

    def __del__(self):
        for names in getattr(self, "_names", {}).values():
            for name in names:
                _gl.delete("Buffers", name)


def _flatten(data):
    for item in data:
        if isinstance(item, (int, float)):
            yield item
        else:
            yield from _flatten(item)


class GPUIndexBuf:
    """Which vertices points, lines or triangles consist of."""

    def __init__(self, type, seq):
        check_choice(type, ("POINTS", "LINES", "TRIS", "LINES_ADJ", "TRIS_ADJ"))
        if hasattr(seq, "__array_interface__"):
            import numpy
            seq = numpy.asarray(seq).reshape(-1).tolist()
        values = [int(number) for number in _flatten(seq)]
        if values.__len__() % _PER_ELEMENT[type]:
            raise ValueError(f"GPUIndexBuf(): {type} needs {_PER_ELEMENT[type]} indices each, {values.__len__()} are no multiple of that")
        if any(not 0 <= number < 0xFFFFFFFF for number in values):
            raise ValueError("GPUIndexBuf(): an index is negative or too large")
        self._type = type
        self._count = values.__len__()
        self._largest = max(values, default=-1)
        self._data = array.array("I", values).tobytes()
        self._names = {}

    def _realized(self):
        context = _gl.ensure()
        if context not in self._names:
            self._names[context] = _gl.generate("Buffers")
            GL.glBindBuffer(_gl.ELEMENT_ARRAY_BUFFER, self._names[context])
            GL.glBufferData(_gl.ELEMENT_ARRAY_BUFFER, self._data.__len__(), self._data or None, _gl.STATIC_DRAW)
        return self._names[context]

    def __del__(self):
        for name in getattr(self, "_names", {}).values():
            _gl.delete("Buffers", name)


class GPUUniformBuf:
    """A block of uniforms."""

    def __init__(self, data):
        self._name = 0
        self._data = self._read(data)
        if not self._data:
            raise ValueError("GPUUniformBuf(): there is no data")
        self._context = _gl.ensure()
        self._name = _gl.generate("Buffers")
        self.update(data)

    @staticmethod
    def _read(data):
        return data._bytes() if isinstance(data, Buffer) else bytes(memoryview(data).cast("B"))

    def update(self, data):
        """Other values; as many bytes."""
        data = self._read(data)
        if data.__len__() != self._data.__len__():
            raise ValueError(f"update(): {self._data.__len__()} bytes are expected, not {data.__len__()}")
        self._data = data
        GL.glBindBuffer(_gl.UNIFORM_BUFFER, self._name)
        GL.glBufferData(_gl.UNIFORM_BUFFER, data.__len__(), data, _gl.DYNAMIC_DRAW)

    def _realized(self):
        return self._name

    def __del__(self):
        if getattr(self, "_name", 0):
            _gl.delete("Buffers", self._name)


class GPUBatch:
    """Vertices that are drawn as points, lines or triangles."""

    def __init__(self, type, buf, elem=None):
        check_choice(type, _PRIMITIVES)
        if not isinstance(buf, GPUVertBuf):
            raise TypeError(f"GPUBatch(): expected a GPUVertBuf, not {buf.__class__.__name__}")
        if elem is not None and not isinstance(elem, GPUIndexBuf):
            raise TypeError(f"GPUBatch(): expected a GPUIndexBuf, not {elem.__class__.__name__}")
        if elem is not None and elem._largest >= buf._len:
            raise ValueError(f"GPUBatch(): index {elem._largest} is out of range, there are {buf._len} vertices")
        self._type, self._buffers, self._elem, self._program = type, [buf], elem, None

    def vertbuf_add(self, buf):
        """Adds attributes."""
        if not isinstance(buf, GPUVertBuf):
            raise TypeError(f"vertbuf_add(): expected a GPUVertBuf, not {type(buf).__name__}")
        if buf._len != self._buffers[0]._len:
            raise TypeError(f"Expected the vertex buffer to have a length of {self._buffers[0]._len}, got {buf._len}")
        self._buffers.append(buf)

    def program_set(self, program):
        """Draws with this shader from now on."""
        self._program = program

    def draw(self, program=None):
        """Draws with a shader, into what is bound."""
        program = program or self._program
        if program is None:
            raise RuntimeError("batch.draw(): a shader is needed, as an argument or by program_set()")
        program.bind()
        vertices = _gl.generate("VertexArrays")
        try:
            GL.glBindVertexArray(vertices)
            self._connect(program)
            if self._elem is not None:
                GL.glBindBuffer(_gl.ELEMENT_ARRAY_BUFFER, self._elem._realized())
                GL.glDrawElements(_PRIMITIVES[self._type], self._elem._count, _gl.UNSIGNED_INT, None)
            else:
                GL.glDrawArrays(_PRIMITIVES[self._type], 0, self._buffers[0]._len)
        finally:
            GL.glBindVertexArray(0)
            _gl.delete("VertexArrays", vertices)

    def _connect(self, program):
        for buffer in self._buffers:
            for (name, component, length, fetch), own, data in zip(buffer._attributes, buffer._realized(), buffer._data):
                location = GL.glGetAttribLocation(program._program, name.encode())
                if location < 0:
                    continue
                if data is None:
                    raise RuntimeError(f"batch.draw(): the attribute \"{name}\" was not filled")
                _, size, kind = _COMPONENTS[component]
                GL.glBindBuffer(_gl.ARRAY_BUFFER, own)
                # Matrices take a place for each of their columns.
                columns = {9: 3, 16: 4}.get(length, 1)
                for column in range(columns):
                    GL.glEnableVertexAttribArray(location + column)
                    offset = ctypes.c_void_p(column * (length // columns) * size)
                    if fetch == "INT":
                        GL.glVertexAttribIPointer(location + column, length // columns, kind, length * size, offset)
                    else:
                        GL.glVertexAttribPointer(location + column, min(length // columns, 4), kind, int(fetch == "INT_TO_FLOAT_UNIT"), length * size, offset)
