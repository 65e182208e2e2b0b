"""Methods of types that are written in Python.

`methods` maps the identifier of a type to what its class gets besides properties and functions of its schema.
"""
import contextlib

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

def _new_from_object(self, object, *, preserve_all_data_layers=False, depsgraph=None):
    """A new mesh in the document: what an evaluated object shows, or a copy of what an original one is made of."""
    if object is None:
        raise TypeError("BlendDataMeshes.new_from_object(): expected an Object, not None")
    if depsgraph is not None:
        object = object.evaluated_get(depsgraph)
    return _bpy.adopt(_bpy.to_mesh(object))


BlendDataMeshes = {"new_from_object": _new_from_object}

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

# Cameras --------------------------------------------------------------------------------------------------------------------------


def _view_frame(self, *, scene=None):
    """The corners of the picture in the camera's space, from the upper right on clockwise; without a scene of a square picture."""
    from mathutils import Vector

    width = height = 1.0
    if scene is not None:
        render = scene.render
        width = render.resolution_x * render.pixel_aspect_x
        height = render.resolution_y * render.pixel_aspect_y
    is_wide = self.sensor_fit == "HORIZONTAL" or (self.sensor_fit == "AUTO" and width >= height)
    half_x, half_y = (0.5, 0.5 * height / width) if is_wide else (0.5 * width / height, 0.5)
    if self.type == "ORTHO":
        scale, depth = self.ortho_scale, -1.0
    else:
        scale, depth = 1.0, -self.lens / (self.sensor_height if self.sensor_fit == "VERTICAL" else self.sensor_width)
    return tuple(Vector((scale * (x * half_x + self.shift_x), scale * (y * half_y + self.shift_y), depth)) for x, y in ((1, 1), (1, -1), (-1, -1), (-1, 1)))


Camera = {"view_frame": _view_frame}

# Scenes ---------------------------------------------------------------------------------------------------------------------------


def _frame_set(self, frame, subframe=0.0):
    """Goes to a frame, with the handlers for it."""
    from bpy.app import handlers

    self.frame_float = frame + subframe
    handlers._call("frame_change_pre", self, _bpy.depsgraph(False))
    handlers._call("frame_change_post", self, _bpy.depsgraph(False))


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

# Classes of scripts ---------------------------------------------------------------------------------------------------------------------

_SEVERITIES = {"DEBUG": "Info", "INFO": "Info", "OPERATOR": "Info", "PROPERTY": "Info", "WARNING": "Warning", "ERROR": "Error",
               "ERROR_INVALID_INPUT": "Error", "ERROR_INVALID_CONTEXT": "Error", "ERROR_OUT_OF_MEMORY": "Error"}


def _report(self, type, message):
    """Tells the user something; errors make the operator fail."""
    for kind in type:
        if kind not in _SEVERITIES:
            raise TypeError(f"Operator.report(): error with argument 1, \"type\" - enum \"{kind}\" not found in {tuple(_SEVERITIES)}")
        _bpy.operator_report(_SEVERITIES[kind], str(message))


def _as_keywords(self, *, ignore=()):
    """The settings as a dictionary, to be passed to a function."""
    names = [p.identifier for p in self.bl_rna.properties if p.is_runtime]
    return {name: getattr(self, name) for name in names if name not in ignore}


def _poll_message_set(cls, message, *arguments):
    """Says why the operator cannot run: a text or a function that makes one."""
    text = message(*arguments) if callable(message) else message
    _bpy.operator_poll_message(str(text))


Operator = {
    "report": _report,
    "properties": property(lambda self: self),
    "as_keywords": _as_keywords,
    "is_repeat": lambda self: False,
    "poll_message_set": classmethod(_poll_message_set),
}


class MacroStep:
    """One operator of a macro, with the settings it runs with."""

    def __init__(self, class_name, identifier):
        self.class_name = class_name
        self.identifier = identifier
        self.properties = _bpy.operator_settings(identifier)

    def settings(self):
        facts = _bpy.operator_facts(self.identifier)["properties"]
        return {p["identifier"]: getattr(self.properties, p["identifier"]) for p in facts if self.properties.is_property_set(p["identifier"])}


def _macro_define(cls, operator):
    """Adds an operator to those the macro runs, by its class name."""
    module, separator, name = operator.partition("_OT_")
    if "_steps" not in vars(cls):
        cls._steps = []
    if not separator:
        raise ValueError(f"Macro Define: '{operator}' is not a valid operator id")
    cls._steps.append(MacroStep(operator, f"{module.lower()}.{name}"))
    return cls._steps[-1]


_given_to_steps = []


@contextlib.contextmanager
def macro_settings(steps):
    """Settings for the steps of the macro that is called, by the names of their classes."""
    _given_to_steps.append(steps)
    try:
        yield
    finally:
        _given_to_steps.pop()


def _macro_execute(self, context):
    result = "FINISHED"
    given = _given_to_steps[-1] if _given_to_steps else {}
    for step in list(getattr(type(self), "_steps", ())):
        # What the definition sets counts.
        settings = {**given.get(step.class_name, {}), **step.settings()}
        result = _bpy.operator_call(step.identifier, settings, {})
        if result != "FINISHED":
            break
    return {result}


Macro = {**Operator, "define": classmethod(_macro_define), "execute": _macro_execute}


class _DrawFunctions:
    """The draw function of a class that others have added to."""

    __slots__ = ("_draw_funcs",)

    def __init__(self, original):
        self._draw_funcs = [original] if original is not None else []

    def __get__(self, owner, cls=None):
        return self if owner is None else self._bound(owner)

    def _bound(self, owner):
        def draw(context):
            self(owner, context)
        return draw

    def __call__(self, owner, context):
        for function in list(self._draw_funcs):
            try:
                function(owner, context)
            except Exception as error:
                import traceback
                from bpy import _ui
                traceback.print_exc()
                _ui._note_failure(owner.layout.row(), error)


def _draw_functions(cls):
    draw = next((vars(parent)["draw"] for parent in cls.__mro__ if "draw" in vars(parent)), None)
    if not isinstance(draw, _DrawFunctions):
        draw = _DrawFunctions(draw)
        cls.draw = draw
    return draw._draw_funcs


def _draw_remove(cls, function):
    """Takes a function out that was added."""
    functions = _draw_functions(cls)
    if function in functions:
        functions.remove(function)


_extendable = {
    "append": classmethod(lambda cls, draw_func: _draw_functions(cls).append(draw_func)),
    "prepend": classmethod(lambda cls, draw_func: _draw_functions(cls).insert(0, draw_func)),
    "remove": classmethod(_draw_remove),
    "is_extended": classmethod(lambda cls: isinstance(next((vars(p)["draw"] for p in cls.__mro__ if "draw" in vars(p)), None), _DrawFunctions)),
}

methods = {"Camera": Camera, "Operator": Operator, "Macro": Macro, "Panel": _extendable, "Menu": _extendable, "Header": _extendable, "UIList": _extendable,
           "ID": ID, "Object": Object, "BlendDataMeshes": BlendDataMeshes, "Mesh": Mesh, "MeshEdge": MeshEdge, "MeshPolygon": MeshPolygon, "MeshLoopTriangle": MeshLoopTriangle,
           "NodeSocket": NodeSocket, "Scene": Scene, "ViewLayer": ViewLayer, "BlendData": bpy_libraries.BlendData,
           "BlendDataLibraries": bpy_libraries.BlendDataLibraries, "Library": bpy_libraries.Library}
