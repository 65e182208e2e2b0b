"""The element types of bmesh, for `isinstance`."""


class BMVert:
    """A vertex of a BMesh."""

    __slots__ = ()


class BMEdge:
    """An edge of a BMesh."""

    __slots__ = ()


class BMFace:
    """A face of a BMesh."""

    __slots__ = ()
