"""Textures, and what is drawn into."""
import contextlib
import ctypes

from . import _gl, matrix
from ._buffer import Buffer, check_choice
from ._gl import GL

# name -> (internal format, format, components)
_FORMATS = {"RGBA8": (0x8058, 0x1908, 4), "RGBA16": (0x805B, 0x1908, 4), "RGBA16F": (0x881A, 0x1908, 4), "RGBA32F": (0x8814, 0x1908, 4),
            "RGB16F": (0x881B, 0x1907, 3), "RG8": (0x822B, 0x8227, 2), "RG16": (0x822C, 0x8227, 2), "RG16F": (0x822F, 0x8227, 2), "RG32F": (0x8230, 0x8227, 2),
            "R8": (0x8229, 0x1903, 1), "R16": (0x822A, 0x1903, 1), "R16F": (0x822D, 0x1903, 1), "R32F": (0x822E, 0x1903, 1), "SRGB8_A8": (0x8C43, 0x1908, 4),
            "R11F_G11F_B10F": (0x8C3A, 0x1907, 3), "RGB10_A2": (0x8059, 0x1908, 4),
            "RGBA8UI": (0x8D7C, 0x8D99, 4), "RGBA8I": (0x8D8E, 0x8D99, 4), "RGBA16UI": (0x8D76, 0x8D99, 4), "RGBA16I": (0x8D88, 0x8D99, 4),
            "RGBA32UI": (0x8D70, 0x8D99, 4), "RGBA32I": (0x8D82, 0x8D99, 4), "RG32UI": (0x823C, 0x8228, 2), "RG32I": (0x823B, 0x8228, 2),
            "R8UI": (0x8232, 0x8D94, 1), "R8I": (0x8231, 0x8D94, 1), "R16UI": (0x8234, 0x8D94, 1), "R16I": (0x8233, 0x8D94, 1), "R32UI": (0x8236, 0x8D94, 1),
            "R32I": (0x8235, 0x8D94, 1),
            "DEPTH_COMPONENT32F": (0x8CAC, 0x1902, 1), "DEPTH_COMPONENT24": (0x81A6, 0x1902, 1), "DEPTH_COMPONENT16": (0x81A5, 0x1902, 1),
            "DEPTH24_STENCIL8": (0x88F0, 0x84F9, 1), "DEPTH32F_STENCIL8": (0x8CAD, 0x84F9, 1)}
_KINDS = {"FLOAT": _gl.FLOAT, "INT": _gl.INT, "UINT": _gl.UNSIGNED_INT, "UBYTE": _gl.UNSIGNED_BYTE, "UINT_24_8": 0x84FA, "10_11_11_REV": 0x8C3B}
_COLORS = {1: 0x1903, 2: 0x8227, 3: 0x1907, 4: 0x1908}


def _is_whole(format):
    return format.endswith("I")


def _is_depth(format):
    return format.startswith("DEPTH")


class GPUTexture:
    """Pixels on the graphics card, in one to three dimensions."""

    def __init__(self, size, layers=0, is_cubemap=False, format="RGBA8", data=None):
        check_choice(format, _FORMATS)
        size = (int(size),) if isinstance(size, int) else tuple(int(length) for length in size)
        if not 1 <= len(size) <= 3 or any(length < 1 for length in size):
            raise ValueError("GPUTexture.__new__: \"size\" must be between 1 and 3 whole numbers greater than 0")
        if is_cubemap and (len(size) != 1 or layers):
            raise ValueError("GPUTexture.__new__: a cube map has one size and no layers here")
        if layers and len(size) == 3:
            raise ValueError("GPUTexture.__new__: 3D textures have no layers")
        if data is not None and not isinstance(data, Buffer):
            raise TypeError(f"GPUTexture.__new__: expected a Buffer, not {type(data).__name__}")
        if data is not None and data.format != "FLOAT":
            raise ValueError("GPUTexture.__new__: Only Buffer of format `FLOAT` is currently supported")
        self.format, self._size, self._layers, self._is_cube = format, size, int(layers), bool(is_cubemap)
        self._name = 0
        self._context = _gl.ensure()
        largest = _gl.integers(_gl.MAX_TEXTURE_SIZE)[0]
        if max(size) > largest or layers > 2048:
            raise RuntimeError(f"gpu.texture.new(...) failed: at most {largest} pixels a side can be had")
        count = _FORMATS[format][2] * (6 * size[0] if is_cubemap else 1) * max(layers, 1)
        for length in size:
            count *= length
        if data is not None and data._count() < count:
            raise ValueError(f"GPUTexture.__new__: the buffer has {data._count()} numbers, and {count} are needed")
        self._make(data)

    def _make(self, data):
        internal, layout, _ = _FORMATS[self.format]
        kind = _gl.FLOAT if not _is_whole(self.format) else (_gl.UNSIGNED_INT if self.format.endswith("UI") else _gl.INT)
        if layout == 0x84F9:
            kind = 0x84FA if self.format == "DEPTH24_STENCIL8" else 0x8DAD
        pixels = None
        if data is not None:
            pixels = data._bytes()
            if _is_whole(self.format):
                pixels = bytes((ctypes.c_int * data._count())(*[int(number) for number in (ctypes.c_float * data._count()).from_buffer_copy(pixels)]))
        self._name = _gl.generate("Textures")
        size, layers = self._size, self._layers
        GL.glPixelStorei(0x0CF5, 1)
        self._target = (_gl.TEXTURE_CUBE_MAP if self._is_cube else
                        {1: _gl.TEXTURE_1D_ARRAY if layers else _gl.TEXTURE_1D, 2: _gl.TEXTURE_2D_ARRAY if layers else _gl.TEXTURE_2D, 3: _gl.TEXTURE_3D}[len(size)])
        self._bind()
        full = (*size, layers) if layers else size
        if self._is_cube:
            face = size[0] * size[0] * _FORMATS[self.format][2] * 4
            for i in range(6):
                GL.glTexImage2D(0x8515 + i, 0, internal, size[0], size[0], 0, layout, kind, pixels[i * face:(i + 1) * face] if pixels else None)
        else:
            getattr(GL, f"glTexImage{len(full)}D")(self._target, 0, internal, *full, 0, layout, kind, pixels)
        smooth = 0x2600 if _is_whole(self.format) or _is_depth(self.format) else 0x2601
        for name, value in ((0x2800, smooth), (0x2801, smooth), (0x2802, 0x812F), (0x2803, 0x812F), (0x8072, 0x812F)):
            GL.glTexParameteri(self._target, name, value)
        if GL.glGetError():
            raise RuntimeError(f"gpu.texture.new(...) failed: this driver has no room for, or no textures of, {self.format} {self._size}")

    def _bind(self):
        GL.glBindTexture(self._target, self._name)

    @property
    def width(self):
        return self._size[0]

    @property
    def height(self):
        return self._size[1] if len(self._size) > 1 else (self._layers or 1)

    def clear(self, format="FLOAT", value=(0.0, 0.0, 0.0, 1.0)):
        """Fills it with one value."""
        check_choice(format, _KINDS)
        values = list(value)
        if not 1 <= len(values) <= 4:
            raise AttributeError("too many dimensions, max is 4")
        with _drawing_into([self] if not _is_depth(self.format) else [], self if _is_depth(self.format) else None):
            if _is_depth(self.format):
                GL.glDepthMask(1)
                GL.glClearBufferfv(0x1801, 0, (ctypes.c_float * 1)(values[0]))
            else:
                GL.glClearBufferfv(0x1800, 0, (ctypes.c_float * 4)(*[float(number) for number in (values + [0.0, 0.0, 0.0, 1.0][len(values):])]))

    def read(self):
        """The pixels as a buffer: bytes of formats with bytes, else numbers."""
        _, layout, components = _FORMATS[self.format]
        kind = ("UBYTE" if self.format in ("RGBA8", "RG8", "R8", "SRGB8_A8") else "UINT" if self.format.endswith("UI") else "INT" if self.format.endswith("I") else
                "UINT_24_8" if self.format == "DEPTH24_STENCIL8" else "FLOAT")
        if self.format == "DEPTH32F_STENCIL8" or self._is_cube:
            raise RuntimeError(f"textures of this kind ({self.format}) cannot be read")
        dimensions = [*reversed((*self._size, self._layers) if self._layers else self._size)]
        made = Buffer(kind, dimensions + ([components] if components > 1 else []))
        if _gl.ensure() != self._context:
            raise RuntimeError("the texture was made for another context of OpenGL")
        GL.glPixelStorei(0x0D05, 1)
        self._bind()
        GL.glGetTexImage(self._target, 0, layout, _KINDS[kind], made._values)
        return made

    def __del__(self):
        if getattr(self, "_name", 0):
            _gl.delete("Textures", self._name)


@contextlib.contextmanager
def _drawing_into(colors, depth):
    """A framebuffer over some textures, bound for the length of a `with` block."""
    before = _gl.integers(_gl.FRAMEBUFFER_BINDING)[0]
    name = _gl.generate("Framebuffers")
    GL.glBindFramebuffer(_gl.FRAMEBUFFER, name)
    try:
        _attach(colors, depth)
        yield name
    finally:
        GL.glBindFramebuffer(_gl.FRAMEBUFFER, before)
        _gl.delete("Framebuffers", name)


def _attach(colors, depth):
    for i, texture in enumerate(colors):
        GL.glFramebufferTexture(_gl.FRAMEBUFFER, _gl.COLOR_ATTACHMENT0 + i, texture._name, 0)
    if depth is not None:
        GL.glFramebufferTexture(_gl.FRAMEBUFFER, _gl.DEPTH_STENCIL_ATTACHMENT if "STENCIL" in depth.format else _gl.DEPTH_ATTACHMENT, depth._name, 0)
    GL.glDrawBuffers(max(len(colors), 1), (ctypes.c_uint * max(len(colors), 1))(*([_gl.COLOR_ATTACHMENT0 + i for i in range(len(colors))] or [0])))
    if GL.glCheckFramebufferStatus(_gl.FRAMEBUFFER) != _gl.FRAMEBUFFER_COMPLETE:
        raise RuntimeError("these textures cannot be drawn into together: sizes or formats do not fit")


class GPUFrameBuffer:
    """Textures that are drawn into."""

    def __init__(self, depth_slot=None, color_slots=None):
        def texture(slot):
            found = slot.get("texture") if isinstance(slot, dict) else slot
            if found is not None and not isinstance(found, GPUTexture):
                raise TypeError(f"GPUFrameBuffer.__new__: expected a GPUTexture, not {type(found).__name__}")
            return found
        slots = [] if color_slots is None else color_slots if isinstance(color_slots, (list, tuple)) else [color_slots]
        self._colors = [found for found in map(texture, slots) if found is not None]
        self._depth = texture(depth_slot)
        self._context = _gl.ensure()
        self._is_own = True
        first = (self._colors or [self._depth])[0]
        self._viewport = (0, 0, first.width, first.height) if first is not None else (0, 0, 0, 0)
        before = _gl.integers(_gl.FRAMEBUFFER_BINDING)[0]
        self._name = _gl.generate("Framebuffers")
        GL.glBindFramebuffer(_gl.FRAMEBUFFER, self._name)
        try:
            _attach(self._colors, self._depth)
        finally:
            GL.glBindFramebuffer(_gl.FRAMEBUFFER, before)

    @classmethod
    def _of_name(cls, name):
        self = cls.__new__(cls)
        self._colors, self._depth, self._context, self._is_own, self._name = [], None, _gl.ensure(), False, name
        self._viewport = tuple(_gl.integers(_gl.VIEWPORT, 4))
        return self

    @property
    def is_bound(self):
        return _gl.ensure() == self._context and _gl.integers(_gl.FRAMEBUFFER_BINDING)[0] == self._name

    def _set(self):
        if _gl.ensure() != self._context:
            raise RuntimeError("the framebuffer was made for another context of OpenGL")
        GL.glBindFramebuffer(_gl.FRAMEBUFFER, self._name)
        GL.glViewport(*self._viewport)

    @contextlib.contextmanager
    def bind(self):
        """Is drawn into for the length of a `with` block."""
        before, viewport = _gl.integers(_gl.FRAMEBUFFER_BINDING)[0], _gl.integers(_gl.VIEWPORT, 4)
        matrix.push()
        matrix.push_projection()
        self._set()
        try:
            yield self
        finally:
            matrix.pop_projection()
            matrix.pop()
            GL.glBindFramebuffer(_gl.FRAMEBUFFER, before)
            GL.glViewport(*viewport)

    @contextlib.contextmanager
    def _bound(self):
        before = _gl.integers(_gl.FRAMEBUFFER_BINDING)[0]
        GL.glBindFramebuffer(_gl.FRAMEBUFFER, self._name)
        try:
            yield
        finally:
            GL.glBindFramebuffer(_gl.FRAMEBUFFER, before)

    def clear(self, color=None, depth=None, stencil=None):
        """Fills what is given."""
        what = 0
        if color is not None:
            color = [float(number) for number in color]
            if len(color) not in (3, 4):
                raise ValueError("clear(): a color of three or four numbers is expected")
            GL.glClearColor(*color, *([1.0] if len(color) == 3 else []))
            what |= _gl.COLOR_BUFFER_BIT
        if depth is not None:
            GL.glDepthMask(1)
            GL.glClearDepth(float(depth))
            what |= _gl.DEPTH_BUFFER_BIT
        if stencil is not None:
            GL.glClearStencil(int(stencil))
            what |= _gl.STENCIL_BUFFER_BIT
        with self._bound():
            GL.glClear(what)

    def _read(self, x, y, width, height, layout, components, format, data):
        if width < 1 or height < 1:
            raise ValueError("at least one pixel has to be read")
        dimensions = [height, width] + ([components] if components else [])
        count = width * height * max(components, 1)
        if data is None:
            data = Buffer(format, dimensions)
        elif not isinstance(data, Buffer) or data.format != format or data._count() < count:
            raise ValueError(f"data: a Buffer of {format} with {count} elements is expected")
        GL.glPixelStorei(0x0D05, 1)
        with self._bound():
            # Pixels outside are left as they are.
            GL.glReadPixels(int(x), int(y), int(width), int(height), layout, _KINDS[format], data._values)
        return data

    def read_color(self, x, y, xsize, ysize, channels, slot, format, *, data=None):
        """Pixels as a buffer."""
        check_choice(format, ("FLOAT", "INT", "UINT", "UBYTE"))
        if channels not in _COLORS:
            raise ValueError(f"read_color(): 1 to 4 channels, not {channels}")
        with self._bound():
            if self._name:
                GL.glReadBuffer(_gl.COLOR_ATTACHMENT0 + int(slot))
        return self._read(x, y, xsize, ysize, _COLORS[channels], channels, format, data)

    def read_depth(self, x, y, xsize, ysize, *, data=None):
        """Depths as a buffer."""
        return self._read(x, y, xsize, ysize, 0x1902, 0, "FLOAT", data)

    def viewport_set(self, x, y, xsize, ysize):
        """The part that is drawn into."""
        self._viewport = (int(x), int(y), max(int(xsize), 0), max(int(ysize), 0))
        if self.is_bound:
            GL.glViewport(*self._viewport)

    def viewport_get(self):
        """(x, y, width, height)."""
        return self._viewport

    def __del__(self):
        if getattr(self, "_is_own", False) and self._name:
            _gl.delete("Framebuffers", self._name)


class GPUOffScreen:
    """A picture with depth to draw into, without a window."""

    def __init__(self, width, height, *, format="RGBA8"):
        check_choice(format, ("RGBA8", "RGBA16", "RGBA16F", "RGBA32F"))
        self._color = GPUTexture((width, height), format=format)
        self._depth = GPUTexture((width, height), format="DEPTH24_STENCIL8")
        self._buffer = GPUFrameBuffer(depth_slot=self._depth, color_slots=self._color)
        self._bindings = []

    def _alive(self):
        if self._buffer is None:
            raise ReferenceError("GPU offscreen was freed, no further access is valid")
        return self._buffer

    @property
    def width(self):
        self._alive()
        return self._color.width

    @property
    def height(self):
        self._alive()
        return self._color.height

    @property
    def texture_color(self):
        """The picture."""
        self._alive()
        return self._color

    @property
    def color_texture(self):
        """The number OpenGL knows the picture by."""
        self._alive()
        return self._color._name

    def bind(self):
        """Is drawn into from now on: until `unbind`, or for the length of a `with` block."""
        binding = self._alive().bind()
        binding.__enter__()
        self._bindings.append(binding)
        return self

    def unbind(self, restore=True):
        """What was drawn into before counts again."""
        if self._bindings:
            self._bindings.pop().__exit__(None, None, None)

    def __enter__(self):
        if not self._bindings:
            self.bind()
        return self

    def __exit__(self, *problem):
        self.unbind()

    def draw_view3d(self, scene, view_layer, view3d, region, view_matrix, projection_matrix, do_color_management=False):
        """Draws a scene as the editor shows it, which takes a window."""
        self._alive()
        raise RuntimeError("draw_view3d(): the 3D editor draws in a window only")

    def free(self):
        """Lets the picture go."""
        self._alive()
        while self._bindings:
            self.unbind()
        self._buffer = self._color = self._depth = None
