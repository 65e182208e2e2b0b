"""Methods of types that are written in Python.

`methods` maps the identifier of a type to what its class gets besides properties and functions of its schema.
"""
import contextlib
import os as _os

import _bpy
import bpy_libraries
import bpy_queries
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


def _preview(self):
    """The small picture of the data-block, or None."""
    from bpy_structs import previews

    return previews.of_block(self)


def _preview_ensure(self):
    """The small picture of the data-block, made where there is none."""
    from bpy_structs import previews

    return previews.ensure(self)


ID = {
    "preview": property(_preview),
    "preview_ensure": _preview_ensure,
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
    "vertex_layers_string": mesh_layers.of("STRING", "POINT"),
    "polygon_layers_float": mesh_layers.of("FLOAT", "FACE"),
    "polygon_layers_int": mesh_layers.of("INT", "FACE"),
    "polygon_layers_string": mesh_layers.of("STRING", "FACE"),
    "edge_creases": mesh_layers.edge_creases,
    "vertex_creases": mesh_layers.vertex_creases,
}
MeshEdge = {"key": property(lambda self: _edge_key(*self.vertices))}
MeshPolygon = {
    "edge_keys": property(_polygon_edge_keys),
    "loop_indices": property(lambda self: range(self.loop_start, self.loop_start + self.loop_total)),
}


def _triangle_center(self):
    vertices = self.id_data.vertices
    a, b, c = (vertices[index].co for index in self.vertices)
    return (a + b + c) / 3


MeshLoopTriangle = {
    "edge_keys": property(lambda self: tuple(_edge_key(*pair) for pair in zip(self.vertices, (*self.vertices[1:], self.vertices[0])))),
    "center": property(_triangle_center),
}

# Nodes ----------------------------------------------------------------------------------------------------------------------------


def _socket_links(self):
    return tuple(link for link in self.id_data.links if link.from_socket == self or link.to_socket == self)


def _is_registered_node_type(cls):
    """Whether nodes of this class can be made."""
    return cls.is_registered and cls.bl_rna.identifier not in _ABSTRACT_NODES


def _no_template(cls, index):
    """Sockets of the program's nodes have no templates: they come from what the nodes declare."""
    if not isinstance(index, int):
        raise TypeError(f"{cls.__name__}: error with argument 1, \"index\" - expected an int type, not {type(index).__name__}")


_ABSTRACT_NODES = {"Node", "ShaderNode", "NodeCustomGroup", "ShaderNodeCustomGroup", "CompositorNodeCustomGroup", "GeometryNodeCustomGroup"}
_internal = {"input_template": classmethod(_no_template), "output_template": classmethod(_no_template)}


class _Said:
    """What a class says about itself, unless it says something else; set for an object it counts for all of its class."""

    def __init__(self, name, value):
        self.name, self.value = name, value

    def __get__(self, item, cls=None):
        return self.value

    def __set__(self, item, value):
        kind = type(self.value)
        if not isinstance(value, (int, float) if kind is float else kind):
            raise TypeError(f"bpy_struct: item.attr = val: {type(item).__name__}.{self.name} expected a {kind.__name__} type, not {type(value).__name__}")
        if value != self.value:
            setattr(type(item), self.name, _Said(self.name, kind(value)))


def _said(**values):
    return {name: _Said(name, value) for name, value in values.items()}


class _StaticType(_Said):
    """The same, of nodes of the program their type."""

    def __get__(self, item, cls=None):
        return self.value if item is None else item.type


class _InternalLink:
    """What a muted node hands on: a link from one of its inputs to one of its outputs."""

    __slots__ = ("from_node", "to_node", "from_socket", "to_socket")
    is_valid, is_muted, is_hidden = True, False, False

    def __init__(self, node, from_socket, to_socket):
        self.from_node = self.to_node = node
        self.from_socket, self.to_socket = from_socket, to_socket


def _internal_links(self):
    """What the node hands on while it is muted: to each output the first input of its type."""
    from bpy_structs import Collection

    found = Collection()
    for output in self.outputs if self.mute else ():
        given = next((socket for socket in self.inputs if socket.type == output.type), None)
        if given is not None:
            found._items.append(_InternalLink(self, given, output))
    return found


Node = {"internal_links": property(_internal_links), **_said(bl_width_default=140.0, bl_width_min=100.0, bl_width_max=320.0, bl_height_default=100.0, bl_height_min=30.0, bl_height_max=30.0, bl_icon="NONE",
                bl_description=""),
        "bl_static_type": _StaticType("bl_static_type", "CUSTOM"), "is_registered_node_type": classmethod(_is_registered_node_type),
        "poll": classmethod(lambda cls, _ntree: True)}


def _follow(self, context):
    """Lets the nodes of the tree follow a change."""
    import bpy_nodes

    bpy_nodes.changed(self.id_data)


Node["socket_value_update"] = _follow
ShaderNode = {"poll": classmethod(lambda cls, ntree: ntree.bl_idname == "ShaderNodeTree"), **_internal}
NodeTree = {**_said(bl_description="", bl_icon="NODETREE"), "interface_update": _follow}
def _socket_label(self):
    """What the type of the socket is called."""
    cls = getattr(_bpy.types, self.bl_socket_idname if isinstance(self, _bpy.types.NodeSocketInterface) else self.bl_idname, None)
    return cls.bl_rna.name.removesuffix(" Node Socket") if cls is not None else ""


def _keep_socket_label(self, label):
    if label != self.bl_label:
        raise RuntimeError("bl_label is a fact of the class: define another class")


_socket_label_property = property(_socket_label, _keep_socket_label)
NodeSocketInterface = {"bl_label": _socket_label_property}
NodeSocket = {"bl_label": _socket_label_property, "links": property(_socket_links)}

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


def _update_render_engine():
    """Has the views that render drawn again."""
    from bpy_structs import spaces

    spaces._request("REDRAW")


Scene = {"update_render_engine": staticmethod(_update_render_engine), "frame_set": _frame_set, "ray_cast": _scene_ray_cast}


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

def _layer_update_passes():
    """Asks engines of scripts for their passes; every render asks them anew."""


ViewLayer = {
    "update_render_passes": staticmethod(_layer_update_passes),
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


def _poll_message_set(cls, message, *args):
    """Says why the operator cannot run: a text or a function that makes one."""
    if not callable(message) and not isinstance(message, str):
        raise TypeError(f"poll_message_set(message, ...): expected at a string or a function, not {type(message).__name__}")
    if not callable(message) and args:
        raise ValueError("poll_message_set(message): does not support additional arguments")
    text = message(*args) if callable(message) else message
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


def _macro_define(cls, opname):
    """Adds an operator to those the macro runs, by its class name."""
    module, separator, name = opname.partition("_OT_")
    if "_steps" not in vars(cls):
        cls._steps = []
    if not separator:
        raise ValueError(f"Macro Define: '{opname}' is not a valid operator id")
    cls._steps.append(MacroStep(opname, f"{module.lower()}.{name}"))
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


def _macros(self):
    """The operators that a macro runs, with their settings."""
    from bpy_structs import Collection

    found = Collection()
    found._items = list(getattr(type(self), "_steps", ()))
    return found


Operator["macros"] = property(_macros)
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
        from bpy_structs import owners

        for function in list(self._draw_funcs):
            if not owners.shows(getattr(function, "_owner", "")):
                continue
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


def _draw_add(cls, draw_func, position):
    """Draws with a function too, before or after what there is."""
    from bpy_structs import owners

    if owners.current():
        with contextlib.suppress(AttributeError):
            draw_func._owner = owners.current()
    functions = _draw_functions(cls)
    functions.insert(len(functions) if position is None else position, draw_func)


def _draw_remove(cls, draw_func):
    """Takes a function out that was added."""
    functions = _draw_functions(cls)
    if draw_func in functions:
        functions.remove(draw_func)


_extendable = {
    "append": classmethod(lambda cls, draw_func: _draw_add(cls, draw_func, None)),
    "prepend": classmethod(lambda cls, draw_func: _draw_add(cls, draw_func, 0)),
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


def _path_new():
    """Adds a path; it."""
    paths = _bpy.preferences().autoexec_paths
    paths.add_path()
    return paths[len(paths) - 1]


def _path_remove(pathcmp):
    """Takes a path away."""
    paths = _bpy.preferences().autoexec_paths
    for at, path in enumerate(paths):
        if path == pathcmp:
            paths.remove_path(at)
            return
    raise RuntimeError("Error: Path is not among those that are excluded")


def _newest_studio_light(path, type):
    lights = _bpy.preferences().studio_lights
    lights.add_light(path, type)
    return lights[len(lights) - 1]


def _studio_light_new(path):
    """A studio with the lamps that are edited now, named as the last part of the path."""
    return _newest_studio_light(path, "STUDIO")


def _studio_light_load(path, type):
    """A light from a picture: of a lit ball ('MATCAP') or of all around ('WORLD')."""
    if type not in {"MATCAP", "WORLD"}:
        raise TypeError(f'StudioLights.load(): error with argument 2, "type" - enum "{type}" not found in (\'MATCAP\', \'WORLD\')')
    if not _os.path.isfile(path):
        raise RuntimeError(f'Error: there is no file "{path}"')
    return _newest_studio_light(path, type)


def _studio_light_remove(studio_light):
    """Takes away a light that a user added."""
    _bpy.preferences().studio_lights.remove_light(studio_light.index)


StudioLights = {"new": staticmethod(_studio_light_new), "load": staticmethod(_studio_light_load), "remove": staticmethod(_studio_light_remove)}

PathCompareCollection = {"new": staticmethod(_path_new), "remove": staticmethod(_path_remove)}

_NODES_WITHOUT_TEMPLATES = ("NodeFrame", "NodeGroupInput", "NodeGroupOutput", "NodeReroute", "ShaderNodeGroup")

methods = {
    **dict.fromkeys(_NODES_WITHOUT_TEMPLATES, _internal),
    "BlendData": bpy_libraries.BlendData,
    "BlendDataLibraries": bpy_libraries.BlendDataLibraries,
    "BlendDataMeshes": BlendDataMeshes,
    "BlendDataTexts": bpy_queries.BlendDataTexts,
    "Camera": Camera,
    "Collection": bpy_queries.Collection,
    "Header": _extendable,
    "ID": ID,
    "Library": bpy_libraries.Library,
    "Macro": Macro,
    "Menu": Menu,
    "Mesh": Mesh,
    "MeshEdge": MeshEdge,
    "MeshLoopTriangle": MeshLoopTriangle,
    "MeshPolygon": MeshPolygon,
    "Node": Node,
    "NodeSocket": NodeSocket,
    "NodeSocketInterface": NodeSocketInterface,
    "NodeTree": NodeTree,
    "Object": {**Object, **bpy_queries.Object},
    "Operator": Operator,
    "Panel": _extendable,
    "PathCompareCollection": PathCompareCollection,
    "StudioLights": StudioLights,
    "RenderSettings": bpy_queries.RenderSettings,
    "Scene": {**Scene, **bpy_queries.Scene},
    "ShaderNode": ShaderNode,
    "ShaderNodeTree": {**_said(bl_icon="NODE_MATERIAL", bl_description="Materials, lights and worlds as nodes"), **bpy_queries.ShaderNodeTree},
    "SpaceTextEditor": bpy_queries.SpaceTextEditor,
    "Text": {**Text, **bpy_queries.Text},
    "Texture": bpy_queries.Texture,
    "UIList": _extendable,
    "ViewLayer": ViewLayer,
}
