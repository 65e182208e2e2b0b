"""Methods of types that are written in Python.

`methods` maps the identifier of a type to what its class gets besides properties and functions of its schema.
"""
import _bpy
import bpy_libraries


class DepsgraphObjectInstance:
    """One thing to be seen: an object, or a copy that an instancer made of it."""

    __slots__ = ("object", "parent", "matrix_world", "is_instance", "persistent_id", "random_id", "orco", "uv", "show_self")

    def __init__(self, item, parent, matrix_world, is_instance, persistent_id, random_id, orco, uv, show_self):
        self.object = item
        self.parent = parent
        self.matrix_world = matrix_world
        self.is_instance = bool(is_instance)
        self.persistent_id = persistent_id
        self.random_id = random_id
        self.orco = orco
        self.uv = uv
        self.show_self = bool(show_self)

    @property
    def instance_object(self):
        return self.object if self.is_instance else None

    @property
    def show_particles(self):
        return True


# Data-blocks ----------------------------------------------------------------------------------------------------------------------


def _evaluated_get(self, depsgraph):
    """The data-block as the dependency graph evaluates it."""
    return _bpy.evaluated_get(self, depsgraph)


def _update_tag(self, *, refresh=None):
    """Scripts tell here that they changed something; Kiln knows already."""


ID = {
    "evaluated_get": _evaluated_get,
    "original": property(lambda self: _bpy.original(self)),
    "is_evaluated": property(lambda self: _bpy.is_evaluated(self)),
    "override_library": property(lambda self: None),
    "asset_data": property(lambda self: None),
    "update_tag": _update_tag,
}

# Objects --------------------------------------------------------------------------------------------------------------------------


def _children_recursive(self):
    found = []
    for child in self.children:
        found.append(child)
        found += _children_recursive(child)
    return found


def _to_mesh(self, *, preserve_all_data_layers=False, depsgraph=None):
    """A mesh of its own, as the object shows it."""
    return _bpy.to_mesh(self)


Object = {
    "children_recursive": property(_children_recursive),
    "users_scene": property(lambda self: tuple(scene for scene in _bpy.data.scenes if self.name in scene.objects)),
    "to_mesh": _to_mesh,
    "to_mesh_clear": lambda self: None,
}

# Meshes ---------------------------------------------------------------------------------------------------------------------------


def _from_pydata(self, vertices, edges, faces):
    """Fills an empty mesh from lists: positions, pairs of vertex indices, and lists of vertex indices."""
    from itertools import chain, accumulate

    vertices, edges, faces = list(vertices), list(edges), list(faces)
    self.vertices.add(len(vertices))
    self.vertices.foreach_set("co", tuple(chain.from_iterable(vertices)))
    self.edges.add(len(edges))
    self.edges.foreach_set("vertices", tuple(chain.from_iterable(edges)))
    sizes = tuple(map(len, faces))
    self.loops.add(sum(sizes))
    self.polygons.add(len(faces))
    self.loops.foreach_set("vertex_index", tuple(chain.from_iterable(faces)))
    self.polygons.foreach_set("loop_start", tuple(accumulate(sizes, initial=0))[:-1] if sizes else ())
    self.polygons.foreach_set("loop_total", sizes)
    if edges or faces:
        self.update(calc_edges=bool(faces), calc_edges_loose=bool(edges))


def _edge_key(a, b):
    return (a, b) if a < b else (b, a)


def _polygon_edge_keys(self):
    vertices = list(self.vertices)
    return [_edge_key(vertices[i], vertices[i - len(vertices) + 1]) for i in range(len(vertices))]


Mesh = {
    "from_pydata": _from_pydata,
    "edge_keys": property(lambda self: [edge.key for edge in self.edges]),
}
MeshEdge = {"key": property(lambda self: _edge_key(*self.vertices))}
MeshPolygon = {
    "edge_keys": property(_polygon_edge_keys),
    "loop_indices": property(lambda self: range(self.loop_start, self.loop_start + self.loop_total)),
}
MeshLoopTriangle = {"edge_keys": property(lambda self: tuple(_edge_key(*pair) for pair in zip(self.vertices, (*self.vertices[1:], self.vertices[0]))))}

# Nodes ----------------------------------------------------------------------------------------------------------------------------


def _socket_links(self):
    return tuple(link for link in self.id_data.links if link.from_socket == self or link.to_socket == self)


NodeSocket = {"links": property(_socket_links)}

# Scenes ---------------------------------------------------------------------------------------------------------------------------


def _frame_set(self, frame, subframe=0.0):
    """Goes to a frame, with the handlers for it."""
    from bpy.app import handlers

    handlers._call("frame_change_pre", self, None)
    self.frame_float = frame + subframe
    handlers._call("frame_change_post", self, None)


Scene = {"frame_set": _frame_set}


def _layer_update(self):
    """Evaluates what has changed."""
    from bpy.app import handlers

    if handlers.depsgraph_update_pre or handlers.depsgraph_update_post:
        scene = _bpy.active_scene()
        handlers._call("depsgraph_update_pre", scene, None)
        handlers._call("depsgraph_update_post", scene, _bpy.depsgraph(False))


ViewLayer = {
    "update": _layer_update,
    "depsgraph": property(lambda self: _bpy.depsgraph(False)),
    "active_layer_collection": property(lambda self: self.layer_collection),
}

methods = {"ID": ID, "Object": Object, "Mesh": Mesh, "MeshEdge": MeshEdge, "MeshPolygon": MeshPolygon, "MeshLoopTriangle": MeshLoopTriangle,
           "NodeSocket": NodeSocket, "Scene": Scene, "ViewLayer": ViewLayer, "BlendData": bpy_libraries.BlendData,
           "BlendDataLibraries": bpy_libraries.BlendDataLibraries, "Library": bpy_libraries.Library}
