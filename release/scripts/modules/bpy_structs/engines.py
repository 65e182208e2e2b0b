"""Render engines of scripts, and the results they fill in."""
import array

import _bpy
from bpy.props import BoolProperty, IntProperty, StringProperty

from . import Collection, add, make, program_struct, read_only, write


@read_only("fullname name channel_id channels view_id")
@program_struct("Render Pass", name_property="name")
class RenderPass(_bpy.types.bpy_struct):
    """One kind of values of a picture."""
    fullname: StringProperty(name="Full Name")
    name: StringProperty(name="Name")
    channel_id: StringProperty(name="Channel ID")
    channels: IntProperty(name="Channels", soft_min=-10000, soft_max=10000)
    view_id: IntProperty(name="View ID", soft_min=-10000, soft_max=10000)

    def _count(self):
        return self.__dict__["pixels"] * self.channels

    @property
    def rect(self):
        """The pixels, as lists of their channels, the bottom row first."""
        values, step = self.__dict__["values"], self.channels
        return [list(values[i:i + step]) for i in range(0, len(values), step)]

    @rect.setter
    def rect(self, pixels):
        flat = array.array("f")
        if hasattr(pixels, "tobytes") and hasattr(pixels, "astype"):
            flat.frombytes(pixels.astype("f").tobytes())
        else:
            for pixel in pixels:
                if isinstance(pixel, (int, float)):
                    flat.append(pixel)
                else:
                    flat.extend(pixel)
        if len(flat) != self._count():
            raise ValueError(f"RenderPass.rect: {self.__dict__['pixels']} pixels of {self.channels} channels are expected, {self._count()} numbers, not {len(flat)}")
        self.__dict__["values"] = flat

    def foreach_set(self, name, values):
        """Sets `rect` from a flat sequence."""
        if name != "rect":
            raise AttributeError(f"foreach_set: \"{name}\" not found")
        self.rect = values

    def foreach_get(self, name, values):
        """Copies `rect` into a flat sequence."""
        if name != "rect":
            raise AttributeError(f"foreach_get: \"{name}\" not found")
        if len(values) != self._count():
            raise ValueError(f"foreach_get: {self._count()} numbers are expected, not {len(values)}")
        for i, value in enumerate(self.__dict__["values"]):
            values[i] = value


@add
class RenderPasses(Collection):
    """The passes of a layer."""

    def find_by_name(self, name, view):
        """The pass of this name."""
        return self.get(name)

    def find_by_type(self, pass_type, view):
        """The pass of this kind."""
        return self.get(pass_type.title())


# What a layer has: things that are rendered, and passes. Those that view layers have no switch for are not rendered.
_LAYER_FLAGS = {
    "use_solid": "Solid",
    "use_sky": "Sky",
    "use_ao": "Ambient Occlusion",
    "use_strand": "Strand",
    "use_volumes": "Volumes",
    "use_motion_blur": "Motion Blur",
    "use_pass_combined": "Combined",
    "use_pass_z": "Z",
    "use_pass_vector": "Vector",
    "use_pass_position": "Position",
    "use_pass_normal": "Normal",
    "use_pass_uv": "UV",
    "use_pass_mist": "Mist",
    "use_pass_object_index": "Object Index",
    "use_pass_material_index": "Material Index",
    "use_pass_shadow": "Shadow",
    "use_pass_ambient_occlusion": "Ambient Occlusion",
    "use_pass_emit": "Emit",
    "use_pass_environment": "Environment",
    "use_pass_diffuse_direct": "Diffuse Direct",
    "use_pass_diffuse_indirect": "Diffuse Indirect",
    "use_pass_diffuse_color": "Diffuse Color",
    "use_pass_glossy_direct": "Glossy Direct",
    "use_pass_glossy_indirect": "Glossy Indirect",
    "use_pass_glossy_color": "Glossy Color",
    "use_pass_transmission_direct": "Transmission Direct",
    "use_pass_transmission_indirect": "Transmission Indirect",
    "use_pass_transmission_color": "Transmission Color",
    "use_pass_subsurface_direct": "Subsurface Direct",
    "use_pass_subsurface_indirect": "Subsurface Indirect",
    "use_pass_subsurface_color": "Subsurface Color",
}


@read_only("name " + " ".join(_LAYER_FLAGS))
@program_struct("Render Layer", name_property="name")
class RenderLayer(_bpy.types.bpy_struct):
    """The passes of a view layer."""
    __annotations__ = {"name": StringProperty(name="Name"), **{flag: BoolProperty(name=label) for flag, label in _LAYER_FLAGS.items()}}

    @property
    def passes(self):
        return self.__dict__["passes"]

    def load_from_file(self, filename, *, x=0, y=0):
        """Takes the picture of a file as the combined pass."""
        _load(self, filename)


@read_only("resolution_x resolution_y")
@program_struct("Render Result")
class RenderResult(_bpy.types.bpy_struct):
    """A part of the picture, to be filled in."""
    resolution_x: IntProperty(subtype="PIXEL", soft_min=-10000, soft_max=10000)
    resolution_y: IntProperty(subtype="PIXEL", soft_min=-10000, soft_max=10000)

    @property
    def layers(self):
        return self.__dict__["layers"]

    @property
    def views(self):
        return Collection()

    def load_from_file(self, filename):
        """Takes the picture of a file as the combined pass of the first layer."""
        _load(self.layers[0], filename)

    def stamp_data_add_field(self, field, value):
        """Keeps a fact that is written into the file."""
        self.__dict__.setdefault("stamps", {})[str(field)] = str(value)


def _load(layer, filename):
    import imbuf

    picture = imbuf.load(filename)
    if list(picture.size) != list(layer.__dict__["size"]):
        raise RuntimeError(f"{filename}: {picture.size[0]} x {picture.size[1]} pixels, and {layer.__dict__['size'][0]} x {layer.__dict__['size'][1]} are needed")
    layer.passes["Combined"].rect = picture._floats()


@read_only("resolution_x resolution_y")
@program_struct("Render Engine")
class RenderEngine(_bpy.types.bpy_struct):
    """Base of render engines that are written in Python."""
    bl_idname: StringProperty()
    bl_label: StringProperty()
    bl_use_preview: BoolProperty(name="Use Preview Render")
    bl_use_postprocess: BoolProperty(name="Use Post Processing")
    bl_use_eevee_viewport: BoolProperty(name="Use Eevee Viewport")
    bl_use_custom_freestyle: BoolProperty(name="Use Custom Freestyle")
    bl_use_image_save: BoolProperty(name="Use Image Save", default=True)
    bl_use_gpu_context: BoolProperty(name="Use GPU Context")
    bl_use_shading_nodes_custom: BoolProperty(name="Use Custom Shading Nodes", default=True)
    bl_use_spherical_stereo: BoolProperty(name="Use Spherical Stereo")
    bl_use_stereo_viewport: BoolProperty(name="Use Stereo Viewport")
    bl_use_alembic_procedural: BoolProperty(name="Use Alembic Procedural")
    is_animation: BoolProperty()
    is_preview: BoolProperty()
    use_highlight_tiles: BoolProperty()
    resolution_x: IntProperty(subtype="PIXEL", soft_min=-10000, soft_max=10000)
    resolution_y: IntProperty(subtype="PIXEL", soft_min=-10000, soft_max=10000)

    @property
    def _job(self):
        job = self.__dict__.get("job")
        if job is None:
            raise RuntimeError(f"{type(self).__name__}: nothing is being rendered")
        return job

    @property
    def render(self):
        """The settings of the scene; a class has its function of this name in their place."""
        return self._job.scene.render

    @property
    def camera_override(self):
        return self._job.scene.camera

    @property
    def temporary_directory(self):
        import bpy
        return bpy.app.tempdir

    def begin_result(self, x, y, w, h, *, layer="", view=""):
        """A part of the picture to be filled in, with the passes of the layers."""
        return self._job.begin(int(x), int(y), int(w), int(h), layer)

    def update_result(self, result):
        """Shows what is filled in so far."""
        self._job.merge(result)

    def end_result(self, result, *, cancel=False, highlight=False, do_merge_results=False):
        """Takes the part into the picture."""
        if not cancel:
            self._job.merge(result)
        self._job.drop(result)

    def get_result(self):
        """The whole picture so far."""
        return self._job.whole()

    def add_pass(self, name, channels, chan_id, *, layer=""):
        """Adds a pass to all parts that begin from now on."""
        if len(chan_id) != channels:
            raise ValueError(f"add_pass(): \"{chan_id}\" names {len(chan_id)} channels, not {channels}")
        self._job.extra.append((name, chan_id, layer))

    def register_pass(self, scene, view_layer, name, channels, chanid, type):
        """Says in `update_render_passes` which passes a layer has."""
        if len(chanid) != channels:
            raise ValueError(f"register_pass(): \"{chanid}\" names {len(chanid)} channels, not {channels}")
        if "job" in self.__dict__ and name not in (entry[0] for entry in self._job.extra) and name != "Combined":
            self._job.extra.append((name, chanid, view_layer.name))

    def test_break(self):
        """Whether the user wants the rendering to end."""
        return self._job.is_cancelled()

    def update_progress(self, progress):
        """How far it is, 0 to 1."""
        self._job.set_progress(float(progress))

    def update_stats(self, stats, info):
        """A line about what is being done."""
        self._job.stats = f"{stats} {info}".strip()

    def update_memory_stats(self, *, memory_used=0.0, memory_peak=0.0):
        """How much memory is used."""

    def report(self, type, message):
        """Tells the user something; an error ends the rendering."""
        if type & {"ERROR", "ERROR_INVALID_INPUT", "ERROR_INVALID_CONTEXT", "ERROR_OUT_OF_MEMORY"}:
            self.error_set(message)
        else:
            print(f"{type}: {message}")

    def error_set(self, message):
        """Says that the rendering failed, and why."""
        self._job.error = str(message)

    def frame_set(self, frame, subframe):
        """Goes to another frame."""
        self._job.scene.frame_set(frame, subframe=subframe)

    def active_view_get(self):
        """The name of the view of stereoscopic pictures."""
        return ""

    def active_view_set(self, view):
        """Goes to another view; there is one."""

    def camera_model_matrix(self, camera, *, use_spherical_stereo=False):
        """Where the camera is."""
        return camera.matrix_world.copy()

    def camera_shift_x(self, camera, *, use_spherical_stereo=False):
        """How far its picture is shifted."""
        return camera.data.shift_x

    def use_spherical_stereo(self, camera):
        """Whether pictures for two eyes are made; they are not."""
        return False

    def get_preview_pixel_size(self, scene):
        """How many pixels of the screen make one of the preview."""
        return 1

    def pass_by_index_get(self, layer, index):
        """A pass of the picture so far by its number."""
        return self.get_result().layers[layer].passes[index]

    def tag_redraw(self):
        """Has the editor drawn again."""

    def tag_update(self):
        """Has the view updated."""

    def tile_highlight_set(self, x, y, width, height, highlight):
        """Marks a part that is being worked on."""

    def tile_highlight_clear_all(self):
        """Takes all marks away."""

    def free_blender_memory(self):
        """Lets data go that the engine has copied; nothing is kept for it."""


class _Job:
    """One picture on its way."""

    def __init__(self, scene, layer, width, height, is_cancelled, set_progress):
        self.scene, self.layer, self.width, self.height = scene, layer, width, height
        self.is_cancelled, self.set_progress = is_cancelled, set_progress
        self.extra, self.error, self.stats = [], "", ""
        self.open = []
        self.passes = {}  # name -> (channels, numbers)

    def _channels(self):
        return [("Combined", "RGBA"), *((name, channels) for name, channels, layer in self.extra if layer in ("", self.layer))]

    def _whole_pass(self, name, channels):
        return self.passes.setdefault(name, (channels, array.array("f", bytes(4 * len(channels) * self.width * self.height))))[1]

    def _make(self, x, y, width, height, values_of):
        result = make(RenderResult)
        write(result, resolution_x=width, resolution_y=height)
        layer = make(RenderLayer)
        shown = self.scene.view_layers.get(self.layer)
        write(layer, name=self.layer, **{flag: bool(getattr(shown, flag, False)) for flag in _LAYER_FLAGS})
        passes = RenderPasses()
        for name, channels in self._channels():
            item = make(RenderPass)
            write(item, name=name, fullname=name, channel_id=channels, channels=len(channels))
            item.__dict__.update(pixels=width * height, values=values_of(name, channels))
            passes._items.append(item)
        layer.__dict__.update(passes=passes, size=(width, height))
        layers = Collection()
        layers._items.append(layer)
        result.__dict__.update(layers=layers, place=(x, y))
        return result

    def begin(self, x, y, width, height, layer):
        if width < 1 or height < 1 or x < 0 or y < 0 or x + width > self.width or y + height > self.height:
            raise ValueError(f"begin_result(): {width} x {height} pixels at ({x}, {y}) do not lie in the picture of {self.width} x {self.height}")
        if layer not in ("", self.layer):
            raise RuntimeError(f"begin_result(): the layer \"{layer}\" is not rendered, but \"{self.layer}\"")
        result = self._make(x, y, width, height, lambda name, channels: array.array("f", bytes(4 * len(channels) * width * height)))
        self.open.append(result)
        return result

    def drop(self, result):
        self.open = [other for other in self.open if other is not result]

    def merge(self, result):
        if not any(result is other for other in self.open):
            raise RuntimeError("end_result(): this result was ended before, or begun by another rendering")
        x, y = result.__dict__["place"]
        width, height = result.resolution_x, result.resolution_y
        for item in result.layers[0].passes:
            channels = item.channels
            whole, part = self._whole_pass(item.name, item.channel_id), item.__dict__["values"]
            for row in range(height):
                at = ((y + row) * self.width + x) * channels
                whole[at:at + width * channels] = part[row * width * channels:(row + 1) * width * channels]

    def whole(self):
        return self._make(0, 0, self.width, self.height, lambda name, channels: array.array("f", self._whole_pass(name, channels)))


def run(identifier, scene, layer, width, height, is_animation, is_cancelled, set_progress):
    """Renders with an engine; its passes with their numbers as bytes."""
    import bpy
    from bpy.utils import _classes

    cls = _classes.registered[identifier]
    engine = make(cls)
    write(engine, resolution_x=width, resolution_y=height, is_animation=bool(is_animation))
    job = engine.__dict__["job"] = _Job(scene, layer, width, height, is_cancelled, set_progress)
    depsgraph = _bpy.depsgraph(True)
    try:
        if hasattr(engine, "update_render_passes"):
            engine.update_render_passes(scene, scene.view_layers[layer])
        if hasattr(engine, "update"):
            engine.update(bpy.data, depsgraph)
        if not job.error and "render" in {name for base in cls.__mro__ if base is not RenderEngine and issubclass(base, RenderEngine) for name in vars(base)}:
            engine.render(depsgraph)
    finally:
        engine.__dict__.pop("job", None)
    if not job.error:
        job._whole_pass("Combined", "RGBA")
    return {"error": job.error, "passes": [{"name": name, "channels": channels, "data": values.tobytes()} for name, (channels, values) in job.passes.items()]}
