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

    def __eq__(self, other):
        return type(self) is type(other) and self._attribute == other._attribute

    def __hash__(self):
        return hash(self.name)


class _Values:
    """Elements of which each has a value, made as they are asked for."""

    __slots__ = ("_elements", "_name", "_kind")

    def __init__(self, elements, name, kind):
        self._elements, self._name, self._kind = elements, name, kind

    def __len__(self):
        return len(self._elements)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return [self._kind(element, self._name) for element in self._elements[key]]
        return self._kind(self._elements[key], self._name)

    def __iter__(self):
        return (self._kind(element, self._name) for element in self._elements)

    def values(self):
        return list(self)

    def foreach_get(self, name, values):
        """Copies all values into a flat sequence."""
        self._elements.foreach_get(self._name if name == "value" else name, values)

    def foreach_set(self, name, values):
        """Sets all values from a flat sequence."""
        self._elements.foreach_set(self._name if name == "value" else name, values)


class _Value:
    """The value of one element."""

    __slots__ = ("_element", "_name")

    def __init__(self, element, name):
        self._element, self._name = element, name

    def __eq__(self, other):
        return type(self) is type(other) and (self._element, self._name) == (other._element, other._name)

    def __hash__(self):
        return hash((self._element, self._name))

    @property
    def value(self):
        return getattr(self._element, self._name)

    @value.setter
    def value(self, value):
        setattr(self._element, self._name, value)


class _Text(_Value):
    """A text of one element, as bytes."""

    __slots__ = ()

    @property
    def value(self):
        return getattr(self._element, self._name).encode("utf-8", "surrogateescape")

    @value.setter
    def value(self, value):
        if not isinstance(value, bytes):
            raise TypeError(f"bpy_struct: item.attr = val: value expected a bytes type, not {type(value).__name__}")
        setattr(self._element, self._name, value.decode("utf-8", "surrogateescape"))


def _creases(of_what, elements, name):
    """The classes of the creases of vertices or edges: of one, and of a layer of them."""
    kind = add(type(f"Mesh{of_what}Crease", (_Value,), {"__slots__": (), "__doc__": f"The crease of {'an edge' if of_what == 'Edge' else 'a vertex'}."}))

    def __init__(self, mesh):
        self._mesh = mesh
    attributes = {"__slots__": ("_mesh",), "__doc__": f"The creases of {elements}.", "__init__": __init__,
                  "data": property(lambda self: _Values(getattr(self._mesh, elements), name, kind))}
    return add(type(f"Mesh{of_what}CreaseLayer", (), attributes))


_EDGES, _VERTICES = _creases("Edge", "edges", "crease"), _creases("Vertex", "vertices", "crease")


def _kind(label, data_type, domain, of_what):
    """The classes of a layer, and of all layers of a mesh."""
    layer_name, list_name = f"Mesh{of_what}{label}PropertyLayer", f"{of_what}{label}Properties"
    attributes = {"__slots__": (), "__doc__": f"A {label.lower()} for each {domain.lower()}."}
    kind = add(type(f"Mesh{of_what}{label}Property", (_Text if data_type == "STRING" else _Value,), {"__slots__": (), "__doc__": f"A {label.lower()}."}))
    attributes["data"] = property(lambda self: _Values(self._attribute.data, "value", kind))
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


def _layers(cls, has):
    def layers(self):
        found = Collection()
        found._items = [cls(self)] if getattr(self, has) else []
        return found
    return property(layers)


edge_creases, vertex_creases = _layers(_EDGES, "has_crease_edge"), _layers(_VERTICES, "has_crease_vertex")
