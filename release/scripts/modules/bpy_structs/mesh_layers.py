"""Layers of numbers of meshes by kind and domain: views of the attributes."""
from . import Collection


class Layers(Collection):
    """The attributes of one kind on one domain."""

    def __init__(self, mesh, kind, domain):
        super().__init__()
        self._mesh, self._kind, self._domain = mesh, kind, domain
        self._items = [attribute for attribute in mesh.attributes if (attribute.data_type, attribute.domain) == (kind, domain)]

    def new(self, *, name="Float Prop"):
        """Adds a layer."""
        return self._mesh.attributes.new(name, self._kind, self._domain)


def of(kind, domain):
    """A property of meshes that is such layers."""
    return property(lambda self: Layers(self, kind, domain))
