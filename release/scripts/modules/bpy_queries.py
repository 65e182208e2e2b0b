"""Methods that find something out: what a view layer does to objects, whether modifiers change them, what a camera sees, where renders are written."""
import math
import os
import re

import _bpy

# What view layers do to objects ---------------------------------------------------------------------------------------------------------


def _layer_collections(parent, is_on, flag):
    """Layer collections below one that are not excluded, each with whether it, or one above it, has a flag."""
    for child in parent.children:
        if not child.exclude:
            child_on = is_on or getattr(child, flag)
            yield child, child_on
            yield from _layer_collections(child, child_on, flag)


def _has_flag(item, view_layer, flag):
    layer = view_layer if view_layer is not None else _bpy.active_view_layer()
    return any(is_on and item.name in found.collection.objects and found.collection.objects[item.name] == item
               for found, is_on in _layer_collections(layer.layer_collection, False, flag))


def _holdout_get(self, *, view_layer=None):
    """Whether the object cuts a hole into the picture of a view layer."""
    return self.is_holdout or _has_flag(self, view_layer, "holdout")


def _indirect_only_get(self, *, view_layer=None):
    """Whether a view layer shows the object only in reflections and shadows."""
    return _has_flag(self, view_layer, "indirect_only")


# Modifiers ------------------------------------------------------------------------------------------------------------------------------

_SHAPING = {"CAST", "DISPLACE", "HOOK", "LAPLACIANSMOOTH", "SHRINKWRAP", "SIMPLE_DEFORM", "SMOOTH", "WARP", "WAVE"}  # they move vertices, no more
# What has to be given for a modifier to do anything.
_NEEDED = {"DATA_TRANSFER": ("object",), "HOOK": ("object",), "SHRINKWRAP": ("target",), "VERTEX_WEIGHT_EDIT": ("vertex_group",),
           "VERTEX_WEIGHT_MIX": ("vertex_group_a",), "VERTEX_WEIGHT_PROXIMITY": ("vertex_group", "target"), "WARP": ("object_from", "object_to")}
_SWITCHES = {"PREVIEW": "show_viewport", "RENDER": "show_render"}


def _working_modifiers(item, settings, function):
    if settings not in _SWITCHES:
        raise TypeError(f"Object.{function}(): error with argument 2, \"settings\" - enum \"{settings}\" not found in {tuple(_SWITCHES)}")
    return [modifier for modifier in item.modifiers
            if getattr(modifier, _SWITCHES[settings]) and all(getattr(modifier, name, None) for name in _NEEDED.get(modifier.type, ()))]


def _is_modified(self, scene, settings):
    """Whether modifiers change the object, in views or renders."""
    return bool(_working_modifiers(self, settings, "is_modified"))


def _is_deform_modified(self, scene, settings):
    """Whether modifiers that keep the vertices change the object, in views or renders."""
    return any(modifier.type in _SHAPING for modifier in _working_modifiers(self, settings, "is_deform_modified"))


def _update_from_editmode(self):
    """Whether the object is edited; its mesh has all changes already."""
    return self.mode == "EDIT"


# Cameras --------------------------------------------------------------------------------------------------------------------------------


def _lens(item):
    """Focal length, width and height of the sensor, how it fits, shift, clip distances; others than cameras see something too."""
    data = item.data
    if item.type == "CAMERA":
        return data.lens, data.sensor_width, data.sensor_height, data.sensor_fit, data.shift_x, data.shift_y, data.clip_start, data.clip_end
    # As measured: 35 mm, and of lights what lies in their cone.
    angle = data.spot_size if getattr(data, "type", "") == "SPOT" else math.radians(75)
    return 16 / math.tan(angle / 2) if item.type == "LIGHT" else 35.0, 36.0, 24.0, "AUTO", 0.0, 0.0, 0.1, 100.0


def _calc_matrix_camera(self, depsgraph, *, x=1, y=1, scale_x=1.0, scale_y=1.0):
    """The projection of a camera onto a picture of so many pixels of some aspect."""
    from mathutils import Matrix

    lens, sensor_width, sensor_height, fit, shift_x, shift_y, near, far = _lens(self.evaluated_get(depsgraph))
    aspect = scale_y / scale_x
    width, height = max(x, 1), max(y, 1) * aspect
    is_wide = fit == "HORIZONTAL" or (fit == "AUTO" and width >= height)
    size = width if is_wide else height
    is_flat = self.type == "CAMERA" and self.data.type == "ORTHO"
    # The size of a pixel at the near plane.
    pixel = self.data.ortho_scale / size if is_flat else (sensor_height if fit == "VERTICAL" else sensor_width) * near / lens / size
    half_x, half_y, center_x, center_y = 0.5 * width * pixel, 0.5 * height * pixel, shift_x * size * pixel, shift_y * size * pixel
    if is_flat:
        return Matrix(((1 / half_x, 0, 0, -center_x / half_x), (0, 1 / half_y, 0, -center_y / half_y), (0, 0, -2 / (far - near), -(far + near) / (far - near)),
                       (0, 0, 0, 1)))
    return Matrix(((near / half_x, 0, center_x / half_x, 0), (0, near / half_y, center_y / half_y, 0),
                   (0, 0, -(far + near) / (far - near), -2 * far * near / (far - near)), (0, 0, -1, 0)))


Object = {"holdout_get": _holdout_get, "indirect_only_get": _indirect_only_get, "is_modified": _is_modified, "is_deform_modified": _is_deform_modified,
          "update_from_editmode": _update_from_editmode, "calc_matrix_camera": _calc_matrix_camera}

# Renders --------------------------------------------------------------------------------------------------------------------------------

_PRESENT_FRAME = -2147483648
_VIEWS = {"left": "_L", "right": "_R"}


def _frame_path(self, *, frame=_PRESENT_FRAME, preview=False, view=""):
    """The file a frame is written to: its number stands at the end, or where the last signs # of the name are."""
    from bpy import path

    number = self.id_data.frame_current if frame == _PRESENT_FRAME else frame
    folder, name = os.path.split(path.abspath(self.filepath))
    signs = list(re.finditer("#+", name))
    start, end = signs[-1].span() if signs else (len(name), len(name))
    digits = end - start if signs else 4
    text = f"{number:0{digits + (number < 0)}d}"
    return os.path.join(folder, name[:start] + text + name[end:] + _VIEWS.get(view, "") + (self.file_extension if self.use_file_extension else ""))


RenderSettings = {"frame_path": _frame_path}

_OUTPUTS = {"OUTPUT_MATERIAL", "OUTPUT_WORLD", "OUTPUT_LIGHT"}
_TARGETS = ("ALL", "EEVEE", "CYCLES")


def _get_output_node(self, target):
    """The output that counts for a renderer: one for it before one for all, the active before others; None where there is none."""
    if target not in _TARGETS:
        raise TypeError(f"ShaderNodeTree.get_output_node(): error with argument 1, \"target\" - enum \"{target}\" not found in {_TARGETS}")
    found = None
    for node in self.nodes:
        if node.type not in _OUTPUTS or node.target not in ("ALL", target):
            continue
        if found is None or (node.target == target and found.target != target):
            found = node
        elif node.target == found.target and node.is_active_output and not found.is_active_output:
            found = node
    return found


ShaderNodeTree = {"get_output_node": _get_output_node}

# Scenes ---------------------------------------------------------------------------------------------------------------------------------


def _meshes(graph):
    """Counts of vertices, edges, faces and triangles of all meshes that are shown, copies included."""
    counts, known = [0, 0, 0, 0], {}
    for instance in graph.object_instances:
        item = instance.object
        if item.type != "MESH" or item.data is None:
            continue
        key = (item.name, item.data.name)
        if key not in known:
            mesh = item.data
            sizes = len(mesh.vertices), len(mesh.edges), len(mesh.polygons)
            known[key] = (*sizes, len(mesh.loops) - 2 * sizes[2])
        counts = [count + more for count, more in zip(counts, known[key])]
    return counts


def _selected(mesh):
    return tuple(sum(element.select for element in elements) for elements in (mesh.vertices, mesh.edges, mesh.polygons))


def _memory():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / (1 << 20)


def _statistics(self, view_layer):
    """A line about what a view layer holds, as status bars show it."""
    import bpy

    active = view_layer.objects.active
    shown = [item for item in view_layer.objects if item.visible_get(view_layer=view_layer)]
    selected = sum(item.select_get(view_layer=view_layer) for item in shown)
    parts = []
    if active is not None and active.mode == "EDIT" and active.type == "MESH":
        counts = [(f"{name}:{part:,}/{whole:,}") for name, part, whole in
                  zip(("Verts", "Edges", "Faces"), _selected(active.data), (len(active.data.vertices), len(active.data.edges), len(active.data.polygons)))]
        parts += [active.name, *counts, f"Tris:{len(active.data.loops) - 2 * len(active.data.polygons):,}"]
    else:
        vertices, _edges, faces, triangles = _meshes(_bpy.depsgraph(False))
        parts += [view_layer.active_layer_collection.name, *([active.name] if active is not None else ()), f"Verts:{vertices:,}", f"Faces:{faces:,}",
                  f"Tris:{triangles:,}"]
    return " | ".join([*parts, f"Objects:{selected:,}/{len(shown):,}", f"Memory: {_memory():.1f} MiB", bpy.app.version_string])


Scene = {"statistics": _statistics}

# Users ----------------------------------------------------------------------------------------------------------------------------------


def _uses_texture(modifier, texture):
    return any(getattr(modifier, name, None) == texture for name in ("texture", "mask_texture"))


Collection = {"users_dupli_group": property(lambda self: tuple(item for item in _bpy.data.objects if item.instance_collection == self),
                                            doc="The objects that show copies of the collection")}
Texture = {"users_object_modifier": property(lambda self: tuple(item for item in _bpy.data.objects if any(_uses_texture(m, self) for m in item.modifiers)),
                                             doc="The objects with modifiers that read the texture")}

# Texts ----------------------------------------------------------------------------------------------------------------------------------


def _is_colored(text):
    """Whether the editor knows the words of its language, which is Python; what has no ending is taken for it."""
    name = re.sub(r"\.\d+$", "", os.path.basename(text.filepath) or text.name)
    return os.path.splitext(name)[1].lower() in ("", ".py")


def _load_text(self, filepath, *, internal=False):
    """Reads a text from a file, which it stays connected with unless it is to be internal."""
    from bpy import path

    name = os.fspath(filepath)
    try:
        with open(path.abspath(name), encoding="utf-8", errors="surrogateescape") as file:
            content = file.read()
    except OSError as error:
        raise RuntimeError(f"Error: Cannot read '{name}': {error.strerror}") from None
    text = self.new(os.path.basename(name))
    text.from_string(content)
    if not internal:
        text.filepath = name
    return text


Text = {"is_syntax_highlight_supported": _is_colored}
SpaceTextEditor = {"is_syntax_highlight_supported": lambda self: self.text is not None and _is_colored(self.text)}
BlendDataTexts = {"load": _load_text}
