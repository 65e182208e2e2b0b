"""Layers of values of meshes by kind and domain, and of creases: views of the attributes."""
from . import Collection, add


class _Layer:
    """An attribute as a layer: the same name, the same values."""

    __slots__ = ("_attribute",)

    def __init__(self, attribute):
        self._attribute = attribute

    @property
    def name(self):
        return self._attribute.name

    @name.setter
    def name(self, name):
        self._attribute.name = name

    @property
    def data(self):
        return self._attribute.data

    def __eq__(self, other):
        return type(self) is type(other) and self._attribute == other._attribute

    def __hash__(self):
        return hash(self.name)


class _Values:
    """Elements of which each has a value, made as they are asked for."""

    __slots__ = ("_elements", "_read", "_write")

    def __init__(self, elements, read, write):
        self._elements, self._read, self._write = elements, read, write

    def __len__(self):
        return len(self._elements)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return [_Value(self, element) for element in self._elements[key]]
        return _Value(self, self._elements[key])

    def __iter__(self):
        return (_Value(self, element) for element in self._elements)

    def values(self):
        return list(self)


class _Value:
    """The value of one element."""

    __slots__ = ("_values", "_element")

    def __init__(self, values, element):
        self._values, self._element = values, element

    @property
    def value(self):
        return self._values._read(self._element)

    @value.setter
    def value(self, value):
        self._values._write(self._element, value)


class _Creases(_Values):
    """The creases of all edges."""

    __slots__ = ()

    def foreach_get(self, name, values):
        """Copies all creases into a flat sequence."""
        self._elements.foreach_get("crease" if name == "value" else name, values)

    def foreach_set(self, name, values):
        """Sets all creases from a flat sequence."""
        self._elements.foreach_set("crease" if name == "value" else name, values)


def _write_bytes(element, value):
    if not isinstance(value, bytes):
        raise TypeError(f"bpy_struct: item.attr = val: value expected a bytes type, not {type(value).__name__}")
    element.value = value.decode("utf-8", "surrogateescape")


@add
class MeshEdgeCreaseLayer:
    """The creases of edges."""

    __slots__ = ("_mesh",)

    def __init__(self, mesh):
        self._mesh = mesh

    @property
    def data(self):
        return _Creases(self._mesh.edges, lambda edge: edge.crease, lambda edge, value: setattr(edge, "crease", value))


def _kind(label, data_type, domain, of_what):
    """The classes of a layer, and of all layers of a mesh."""
    layer_name, list_name = f"Mesh{of_what}{label}PropertyLayer", f"{of_what}{label}Properties"
    attributes = {"__slots__": (), "__doc__": f"A {label.lower()} for each {domain.lower()}."}
    if data_type == "STRING":
        attributes["data"] = property(lambda self: _Values(self._attribute.data, lambda element: element.value.encode("utf-8", "surrogateescape"), _write_bytes))
    layer = add(type(layer_name, (_Layer,), attributes))

    def __init__(self, mesh):
        Collection.__init__(self)
        self._mesh = mesh
        self._items = [layer(attribute) for attribute in mesh.attributes if (attribute.data_type, attribute.domain) == (data_type, domain)]

    def new(self, *, name=f"{label} Prop"):
        """Adds a layer."""
        return layer(self._mesh.attributes.new(name, data_type, domain))
    return add(type(list_name, (Collection,), {"__doc__": "Layers of a mesh.", "__init__": __init__, "new": new}))


_LISTS = {(data_type, domain): _kind(label, data_type, domain, of_what) for label, data_type in (("Float", "FLOAT"), ("Int", "INT"), ("String", "STRING"))
          for domain, of_what in (("POINT", "Vertex"), ("FACE", "Polygon"))}


def of(kind, domain):
    """A property of meshes that is such layers."""
    return property(lambda self: _LISTS[kind, domain](self))


def _edge_creases(self):
    found = Collection()
    found._items = [MeshEdgeCreaseLayer(self)] if self.has_crease_edge else []
    return found


edge_creases = property(_edge_creases)
