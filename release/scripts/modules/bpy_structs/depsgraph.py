"""What is written in Python of the dependency graph: its lists, and what has changed since the last evaluation."""
import _bpy
import bpy_types

from . import Collection, add

_TYPES = {"NODETREE": "NodeTree", "WORKSPACE": "WorkSpace", "WINDOWMANAGER": "WindowManager"}
_updates = []  # what the handlers are told of now


@add
class DepsgraphUpdate:
    """A data-block that has changed, and in what."""

    __slots__ = ("_graph", "_block", "is_updated_transform", "is_updated_geometry", "is_updated_shading")

    def __init__(self, graph, block, is_updated_transform, is_updated_geometry, is_updated_shading):
        self._graph, self._block = graph, block
        self.is_updated_transform, self.is_updated_geometry, self.is_updated_shading = is_updated_transform, is_updated_geometry, is_updated_shading

    @property
    def id(self):
        """The data-block as the graph evaluates it."""
        return self._graph.id_eval_get(self._block)


class telling:
    """Within it graphs tell of changes: tuples of a data-block and whether its transform, geometry and shading changed."""

    def __init__(self, graph, edits):
        self._updates = [DepsgraphUpdate(graph, *edit) for edit in edits]

    def __enter__(self):
        _updates[:] = self._updates

    def __exit__(self, *_ignored):
        _updates.clear()


def _list(items):
    found = Collection()
    found._items = items
    return found


def _uses():
    """What each data-block uses."""
    found = {}
    for block, users in _bpy.user_map().items():
        for user in users:
            found.setdefault(user, []).append(block)
    return found


def _blocks(graph):
    """The scene, what its view layer shows, and all that these use."""
    uses, types = _uses(), _bpy.types
    scene = _bpy.original(graph.scene_eval)
    found, open_ = {}, [scene, *(_bpy.original(item) for item in graph.objects)]
    while open_:
        block = open_.pop(0)
        if block in found:
            continue
        found[block] = graph.id_eval_get(block)
        inner = [part for part in (getattr(block, "node_tree", None), getattr(block, "collection", None)) if part is not None]
        # Objects come from the layer alone: collections may be excluded there.
        open_ += [used for used in (*uses.get(block, ()), *inner) if not (isinstance(used, types.Object) and isinstance(block, (types.Scene, types.Collection)))]
    return list(found.values())


def _id_eval_get(self, id):
    """The data-block as the graph evaluates it."""
    return _bpy.evaluated_get(id, self)


def _id_type_updated(self, id_type):
    """Whether data-blocks of a type have changed; only handlers are told of changes."""
    name = _TYPES.get(id_type, id_type.title())
    cls = getattr(_bpy.types, name, None)
    return cls is not None and any(isinstance(update._block, cls) for update in _updates)


def attach():
    """Gives the class of the program what is written here."""
    cls = _bpy.Depsgraph
    plain = {name: vars(cls)[name].__get__ for name in ("objects", "object_instances", "scene_eval", "view_layer_eval")}
    cls.objects = property(lambda self: _list(plain["objects"](self)), doc="All objects, evaluated")
    cls.object_instances = property(lambda self: _list(plain["object_instances"](self)), doc="Everything there is to see, copies included")
    cls.ids = property(lambda self: _list(_blocks(self)), doc="All data-blocks, evaluated")
    cls.updates = property(lambda self: _list(list(_updates)), doc="What has changed since the last evaluation, for handlers")
    cls.scene = property(lambda self: _bpy.original(self.scene_eval), doc="The scene")
    cls.view_layer = property(lambda self: self.scene.view_layers[self.view_layer_eval.name], doc="The view layer")
    cls.id_eval_get = _id_eval_get
    cls.id_type_updated = _id_type_updated
    add(cls)
    add(bpy_types.DepsgraphObjectInstance)
