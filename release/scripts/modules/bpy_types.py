"""Methods of types that are written in Python.

`methods` maps the identifier of a type to what its class gets besides properties and functions of its schema.
"""
import contextlib

import _bpy
import bpy_libraries
from bpy_structs import mesh_layers


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


def _object_ray_cast(self, origin, direction, distance=1.70141e+38, depsgraph=None):
    """What a ray in the object's space meets first: whether, where, the normal there, the index of the face."""
    return _bpy.object_ray_cast(self, tuple(origin), tuple(direction), distance)


def _closest_point_on_mesh(self, origin, distance=1.84467e+19, depsgraph=None):
    """The nearest point on the object's faces, in its space: whether, where, the normal there, the index of the face."""
    return _bpy.object_closest_point(self, tuple(origin), distance)


Object = {
    "ray_cast": _object_ray_cast,
    "closest_point_on_mesh": _closest_point_on_mesh,
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
    from array import array
    from itertools import accumulate

    vertices, edges, faces = list(vertices), list(edges), list(faces)
    self.vertices.add(len(vertices))
    self.vertices.foreach_set("co", _bpy.flat_floats(vertices))
    self.edges.add(len(edges))
    self.edges.foreach_set("vertices", _bpy.flat_ints(edges)[0])
    corners, sizes = _bpy.flat_ints(faces)
    self.loops.add(len(corners))
    self.polygons.add(len(faces))
    self.loops.foreach_set("vertex_index", corners)
    self.polygons.foreach_set("loop_start", array("i", accumulate(sizes, initial=0))[:-1])
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
    "vertex_layers_float": mesh_layers.of("FLOAT", "POINT"),
    "vertex_layers_int": mesh_layers.of("INT", "POINT"),
    "polygon_layers_float": mesh_layers.of("FLOAT", "FACE"),
    "polygon_layers_int": mesh_layers.of("INT", "FACE"),
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


# What classes of nodes say about themselves, unless they say something else.
Node = {"bl_width_default": 140.0, "bl_width_min": 100.0, "bl_width_max": 320.0, "bl_height_default": 100.0, "bl_height_min": 30.0, "bl_height_max": 30.0,
        "bl_icon": "NONE", "bl_static_type": "CUSTOM", "bl_description": ""}
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
    handlers._note_update()
    handlers._call("frame_change_post", self, _bpy.depsgraph(False))


def _scene_ray_cast(self, depsgraph, origin, direction, distance=1.70141e+38):
    """What a ray meets first: whether, where, the normal there, the index of the face, the object and its matrix."""
    if not isinstance(depsgraph, _bpy.Depsgraph):
        raise TypeError(f"Scene.ray_cast(): expected a Depsgraph, not {type(depsgraph).__name__}")
    return _bpy.scene_ray_cast(depsgraph, tuple(origin), tuple(direction), distance)


Scene = {"frame_set": _frame_set, "ray_cast": _scene_ray_cast}


def _layer_update(self):
    """Evaluates what has changed."""
    from bpy.app import handlers

    handlers._update()


def _text_span(self, range):
    """Two places (line, character) in order; without a range those of the selection."""
    if range is None:
        range = ((self.current_line_index, self.current_character), (self.select_end_line_index, self.select_end_character))
    (first_line, first), (last_line, last) = sorted((int(line), int(character)) for line, character in range)
    lines = [line.body for line in self.lines]
    first_line, last_line = min(max(first_line, 0), len(lines) - 1), min(max(last_line, 0), len(lines) - 1)
    return lines, first_line, max(first, 0), last_line, max(last, 0)


def _region_as_string(self, range=None):
    """The text between two places, (line, character) each; without a range what is selected."""
    lines, first_line, first, last_line, last = _text_span(self, range)
    if first_line == last_line:
        return lines[first_line][first:last]
    return "\n".join([lines[first_line][first:], *lines[first_line + 1:last_line], lines[last_line][:last]])


def _region_from_string(self, body, range=None):
    """Puts another text between two places, (line, character) each; without a range in place of what is selected."""
    _, first_line, first, last_line, last = _text_span(self, range)
    self.select_set(first_line, first, last_line, last)
    self.write(body)


def _text_as_module(self):
    """A new module that the text makes; it can not be imported by its name."""
    import types

    module = types.ModuleType(self.name.removesuffix(".py"))
    module.__file__ = self.name
    exec(compile(self.as_string(), self.name, "exec"), module.__dict__)
    return module


Text = {"region_as_string": _region_as_string, "region_from_string": _region_from_string, "as_module": _text_as_module}

ViewLayer = {
    "update": _layer_update,
    "depsgraph": property(lambda self: _bpy.depsgraph(False)),
}

# Classes of scripts ---------------------------------------------------------------------------------------------------------------------

_SEVERITIES = {"DEBUG": "Debug", "INFO": "Info", "OPERATOR": "Operator", "PROPERTY": "Property", "WARNING": "Warning", "ERROR": "Error",
               "ERROR_INVALID_INPUT": "Error", "ERROR_INVALID_CONTEXT": "Error", "ERROR_OUT_OF_MEMORY": "Error"}


def _report(self, type, message):
    """Tells the user something; errors make the operator fail."""
    for kind in type:
        if kind not in _SEVERITIES:
            raise TypeError(f"Operator.report(): error with argument 1, \"type\" - enum \"{kind}\" not found in {tuple(_SEVERITIES)}")
        _bpy.operator_report(_SEVERITIES[kind], str(message))
    self.__dict__["_has_reports"] = True


def _operator_options(self):
    """How the operator came to run."""
    from bpy_structs import operators

    return operators.options_of(self)


def _as_keywords(self, *, ignore=()):
    """The settings as a dictionary, to be passed to a function."""
    names = [p.identifier for p in self.bl_rna.properties if p.is_runtime]
    return {name: getattr(self, name) for name in names if name not in ignore}


def _poll_message_set(cls, message, *arguments):
    """Says why the operator cannot run: a text or a function that makes one."""
    if not callable(message) and not isinstance(message, str):
        raise TypeError(f"poll_message_set(message, ...): expected at a string or a function, not {type(message).__name__}")
    if not callable(message) and arguments:
        raise ValueError("poll_message_set(message): does not support additional arguments")
    text = message(*arguments) if callable(message) else message
    _bpy.operator_poll_message(str(text))


Operator = {
    "report": _report,
    "name": property(lambda self: self.bl_label),
    "has_reports": property(lambda self: self.__dict__.get("_has_reports", False)),
    "properties": property(lambda self: self),
    "options": property(_operator_options),
    "as_keywords": _as_keywords,
    "is_repeat": lambda self: self.options.is_repeat,
    "poll_message_set": classmethod(_poll_message_set),
}


def _equal(one, other):
    """Whether two values are the same; lists of numbers by what is in them."""
    if hasattr(one, "__len__") and not isinstance(one, str):
        return len(one) == len(other) and all(_equal(a, b) for a, b in zip(one, other))
    return one == other


class MacroStep:
    """One operator of a macro, with the settings it runs with."""

    def __init__(self, class_name, identifier):
        self.class_name = class_name
        self.identifier = identifier
        self.properties = _bpy.operator_settings(identifier)

    def settings(self):
        """What the definition has set: values that differ from those of a new call."""
        plain = _bpy.operator_settings(self.identifier)
        names = [p["identifier"] for p in _bpy.operator_facts(self.identifier)["properties"] if self.properties.is_property_set(p["identifier"])]
        return {name: getattr(self.properties, name) for name in names if not _equal(getattr(self.properties, name), getattr(plain, name))}


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

def _path_menu(self, searchpaths, operator, *, props_default=None, prop_filepath="filepath", filter_ext=None, filter_path=None, display_name=None,
               add_operator=None):
    """An entry for each file in some folders, which runs an operator on it."""
    import os

    import bpy

    files = []
    for folder in searchpaths:
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            path = os.path.join(folder, name)
            if not name.startswith(".") and (filter_ext is None or filter_ext(os.path.splitext(name)[1])) and (filter_path is None or filter_path(path)):
                files.append((name, path))
    if not files:
        self.layout.label(text="* Missing Paths *")
    for name, path in files:
        label = display_name(path) if display_name else bpy.path.display_name(name)
        settings = self.layout.operator(operator, text=label)
        for key, value in (props_default or {}).items():
            setattr(settings, key, value)
        setattr(settings, prop_filepath, path)
        if operator == "script.execute_preset":
            settings.menu_idname = getattr(self, "bl_idname", None) or type(self).__name__
    if add_operator:
        self.layout.operator(add_operator, text="New Preset")


def _draw_preset(self, _context):
    """The presets of the folder `preset_subdir`, each run by `preset_operator`."""
    import bpy

    extensions = getattr(self, "preset_extensions", {".py", ".xml"})
    self.path_menu(bpy.utils.preset_paths(self.preset_subdir), self.preset_operator, props_default=getattr(self, "preset_operator_defaults", None),
                   filter_ext=lambda extension: extension.lower() in extensions, add_operator=getattr(self, "preset_add_operator", None))


def _draw_collapsible(cls, context, layout):
    """Menus side by side, or below one title where there is little room."""
    cls.draw_menus(layout, context)


Menu = {**_extendable, "path_menu": _path_menu, "draw_preset": _draw_preset, "draw_collapsible": classmethod(_draw_collapsible)}

def _parameter(identifier, kind, flags="", length=0, target=""):
    """A parameter for `bl_rna`: flags are "required" and "output"."""
    facts = {"identifier": identifier, "name": identifier.replace("_", " ").title(), "description": "", "type": kind, "subtype": "NONE", "unit": "NONE",
             "is_readonly": False, "is_animatable": False, "is_overridable": False, "is_required": "required" in flags,
             "is_argument_optional": False, "is_never_none": "required" in flags, "is_hidden": False, "is_skip_save": False,
             "is_output": "output" in flags, "is_registered": False, "is_registered_optional": False, "is_runtime": False, "is_enum_flag": False,
             "is_library_editable": False, "translation_context": "*", "icon": "NONE"}
    if kind == "POINTER":
        return {**facts, "fixed_type": target, "srna": ""}
    if kind in ("BOOLEAN", "INT", "FLOAT"):
        zero = {"BOOLEAN": False, "INT": 0, "FLOAT": 0.0}[kind]
        return {**facts, "is_array": length > 0, "array_length": length, "array_dimensions": (length, 0, 0), "default": zero, "default_array": (zero,) * length,
                "hard_min": zero, "hard_max": zero, "soft_min": zero, "soft_max": zero, "step": zero, "precision": 3}
    return {**facts, "default": "", "length_max": 0}


_HIT = (_parameter("result", "BOOLEAN", "output"), _parameter("location", "FLOAT", "output", 3), _parameter("normal", "FLOAT", "output", 3),
        _parameter("index", "INT", "output"))
_ORIGIN, _DIRECTION, _DISTANCE = _parameter("origin", "FLOAT", "required", 3), _parameter("direction", "FLOAT", "required", 3), _parameter("distance", "FLOAT")
_GRAPH = _parameter("depsgraph", "POINTER", target="Depsgraph")

# Parameters of functions above, as `bl_rna.functions` shows them.
function_facts = {
    "Object": {"ray_cast": (_ORIGIN, _DIRECTION, _DISTANCE, _GRAPH, *_HIT), "closest_point_on_mesh": (_ORIGIN, _DISTANCE, _GRAPH, *_HIT),
               "to_mesh": (_parameter("preserve_all_data_layers", "BOOLEAN"), _GRAPH, _parameter("mesh", "POINTER", "output", target="Mesh")),
               "to_mesh_clear": ()},
    "Scene": {"frame_set": (_parameter("frame", "INT", "required"), _parameter("subframe", "FLOAT")),
              "ray_cast": (_parameter("depsgraph", "POINTER", "required", target="Depsgraph"), _ORIGIN, _DIRECTION, _DISTANCE, *_HIT,
                           _parameter("object", "POINTER", "output", target="Object"), _parameter("matrix", "FLOAT", "output", 16))},
    "ID": {"evaluated_get": (_parameter("depsgraph", "POINTER", "required", target="Depsgraph"), _parameter("id", "POINTER", "output", target="ID")),
           "update_tag": (_parameter("refresh", "ENUM"),)},
    "Camera": {"view_frame": (_parameter("scene", "POINTER", target="Scene"), *(_parameter(f"result_{i}", "FLOAT", "output", 3) for i in range(1, 5)))},
    "ViewLayer": {"update": ()},
    "BlendDataMeshes": {"new_from_object": (_parameter("object", "POINTER", "required", target="Object"), _parameter("preserve_all_data_layers", "BOOLEAN"), _GRAPH,
                                            _parameter("mesh", "POINTER", "output", target="Mesh"))},
}

def _path_new(self):
    """Adds a path; it."""
    self.add_path()
    return self[len(self) - 1]


def _path_remove(self, pathcmp):
    """Takes a path away."""
    for at, path in enumerate(self):
        if path == pathcmp:
            self.remove_path(at)
            return
    raise RuntimeError("Error: Path is not among those that are excluded")


PathCompareCollection = {"new": _path_new, "remove": _path_remove}

methods = {"PathCompareCollection": PathCompareCollection, "Camera": Camera, "Operator": Operator, "Macro": Macro, "Panel": _extendable, "Menu": Menu, "Header": _extendable, "UIList": _extendable,
           "ID": ID, "Object": Object, "BlendDataMeshes": BlendDataMeshes, "Mesh": Mesh, "MeshEdge": MeshEdge, "MeshPolygon": MeshPolygon, "MeshLoopTriangle": MeshLoopTriangle,
           "Node": Node, "NodeSocket": NodeSocket, "Scene": Scene, "Text": Text, "ViewLayer": ViewLayer, "BlendData": bpy_libraries.BlendData,
           "BlendDataLibraries": bpy_libraries.BlendDataLibraries, "Library": bpy_libraries.Library}
