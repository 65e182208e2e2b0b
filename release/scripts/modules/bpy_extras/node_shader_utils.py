"""Materials as importers and exporters see them: a Principled BSDF whose inputs have values and pictures.

Nodes are found by following links, and made where they are needed, unless the wrapper may only read. Sockets that are not named here
are left alone.
"""
from mathutils import Color, Euler, Vector

__all__ = ("PrincipledBSDFWrapper",)

_CELL = 300  # distance of new nodes


def rgb_to_rgba(rgb):
    """The color with alpha 1."""
    return [*rgb, 1.0]


def rgba_to_rgb(rgba):
    """The color without its alpha."""
    return Color(rgba[:3])


def values_clamp(val, minv, maxv):
    """A number, or each of several, within the limits."""
    if hasattr(val, "__iter__"):
        return tuple(max(minv, min(maxv, item)) for item in val)
    return max(minv, min(maxv, val))


def _check_writable(wrapper):
    assert not wrapper.is_readonly, "the wrapper was made for reading only"


def _linked_node(socket):
    """The node an input comes from, or None."""
    return socket.links[0].from_node if socket.is_linked else None


class ShaderWrapper:
    """What all kinds of surface have in common: the material, its output, and the node of texture coordinates."""

    NODES_LIST = ("node_out", "_node_texcoords")
    __slots__ = ("is_readonly", "material", "_textures", "_grid_locations", *NODES_LIST)

    def __init__(self, material, is_readonly=True, use_nodes=True):
        self.is_readonly = is_readonly
        self.material = material
        if not is_readonly:
            self.use_nodes = use_nodes
        self.update()

    def update(self):
        """Looks the nodes up again."""
        for name in self.NODES_LIST:
            setattr(self, name, None)
        self._textures = {}
        self._grid_locations = set()

    def use_nodes_get(self):
        return self.material.use_nodes

    def use_nodes_set(self, val):
        _check_writable(self)
        self.material.use_nodes = val
        self.update()

    use_nodes = property(use_nodes_get, use_nodes_set)

    def node_texcoords_get(self):
        if not self.use_nodes:
            return None
        if self._node_texcoords is None:
            nodes = self.material.node_tree.nodes
            self._node_texcoords = next((node for node in nodes if node.bl_idname == "ShaderNodeTexCoord"), None)
        if self._node_texcoords is None and not self.is_readonly:
            self._node_texcoords = self._new_node("ShaderNodeTexCoord", -5, 0)
            self._node_texcoords.label = "Texture Coords"
        return self._node_texcoords

    node_texcoords = property(node_texcoords_get)

    def _new_node(self, kind, column, row):
        """A node in a cell of a grid, further to the left where that is taken."""
        node = self.material.node_tree.nodes.new(type=kind)
        while (column, row) in self._grid_locations:
            column -= 1
        self._grid_locations.add((column, row))
        node.location = (column * _CELL, (row + 1) * _CELL)
        return node

    def _link(self, source, target):
        self.material.node_tree.links.new(source, target)


def _value_property(name, socket, low=0.0, high=1.0, fallback=0.0, of_material=None):
    """Getter, setter and property of a number; without nodes it is a value of the material."""

    def get(self):
        if not self.use_nodes or self.node_principled_bsdf is None:
            return getattr(self.material, of_material) if of_material else fallback
        return self.node_principled_bsdf.inputs[socket].default_value

    def set_value(self, value):
        _check_writable(self)
        value = values_clamp(value, low, high)
        if of_material:
            setattr(self.material, of_material, value)
        if self.use_nodes and self.node_principled_bsdf is not None:
            self.node_principled_bsdf.inputs[socket].default_value = value

    get.__name__, set_value.__name__ = name + "_get", name + "_set"
    return get, set_value, property(get, set_value)


def _color_property(name, socket, of_material=None):
    """The same for a color."""

    def get(self):
        if not self.use_nodes or self.node_principled_bsdf is None:
            return self.material.diffuse_color if of_material else Color((0.0, 0.0, 0.0))
        return rgba_to_rgb(self.node_principled_bsdf.inputs[socket].default_value)

    def set_color(self, color):
        _check_writable(self)
        rgba = rgb_to_rgba(values_clamp(color[:3], 0.0, 1.0))
        if of_material:
            self.material.diffuse_color = rgba
        if self.use_nodes and self.node_principled_bsdf is not None:
            self.node_principled_bsdf.inputs[socket].default_value = rgba

    get.__name__, set_color.__name__ = name + "_get", name + "_set"
    return get, set_color, property(get, set_color)


def _texture_property(name, socket, row, is_data=True):
    """The picture of an input; None without nodes."""

    def get(self):
        if not self.use_nodes or self.node_principled_bsdf is None:
            return None
        node = self.node_principled_bsdf
        if socket not in self._textures:
            self._textures[socket] = ShaderImageTextureWrapper(self, node, node.inputs[socket], grid_row_diff=row,
                                                               **({"colorspace_name": "Non-Color"} if is_data else {}))
        return self._textures[socket]

    get.__name__ = name + "_get"
    return get, property(get)


class PrincipledBSDFWrapper(ShaderWrapper):
    """A material with a Principled BSDF. Without nodes it has the few values that materials have themselves."""

    NODES_LIST = ("node_out", "node_principled_bsdf", "_node_normalmap", "_node_texcoords")
    __slots__ = ("node_principled_bsdf", "_node_normalmap")

    def update(self):
        """Looks the nodes up again; what is needed and missing is made, unless the wrapper may only read."""
        super().update()
        if not self.use_nodes:
            return
        nodes = self.material.node_tree.nodes
        outputs = [node for node in nodes if node.bl_idname == "ShaderNodeOutputMaterial" and node.inputs["Surface"].is_linked]
        for node in outputs:
            surface = _linked_node(node.inputs["Surface"])
            if surface.bl_idname == "ShaderNodeBsdfPrincipled":
                self.node_out, self.node_principled_bsdf = node, surface
                break
        if self.node_out is not None:
            self._grid_locations.update(((1, 0), (0, 0)))
        elif not self.is_readonly:
            self.node_out = self._new_node("ShaderNodeOutputMaterial", 1, 0)
            self.node_principled_bsdf = self._new_node("ShaderNodeBsdfPrincipled", 0, 0)
            self._link(self.node_principled_bsdf.outputs["BSDF"], self.node_out.inputs["Surface"])
        if self.node_principled_bsdf is not None:
            node = _linked_node(self.node_principled_bsdf.inputs["Normal"])
            if node is not None and node.bl_idname == "ShaderNodeNormalMap":
                self._node_normalmap = node
                self._grid_locations.add((-1, -2))

    base_color_get, base_color_set, base_color = _color_property("base_color", "Base Color", of_material=True)
    base_color_texture_get, base_color_texture = _texture_property("base_color_texture", "Base Color", 1, is_data=False)
    specular_get, specular_set, specular = _value_property("specular", "Specular", of_material="specular_intensity")
    specular_tint_get, specular_tint_set, specular_tint = _value_property("specular_tint", "Specular Tint")
    specular_texture_get, specular_texture = _texture_property("specular_texture", "Specular", -1)
    roughness_get, roughness_set, roughness = _value_property("roughness", "Roughness", of_material="roughness")
    roughness_texture_get, roughness_texture = _texture_property("roughness_texture", "Roughness", 0)
    metallic_get, metallic_set, metallic = _value_property("metallic", "Metallic", of_material="metallic")
    metallic_texture_get, metallic_texture = _texture_property("metallic_texture", "Metallic", 0)
    ior_get, ior_set, ior = _value_property("ior", "IOR", 0.0, 1000.0, fallback=1.0)
    ior_texture_get, ior_texture = _texture_property("ior_texture", "IOR", -3)
    transmission_get, transmission_set, transmission = _value_property("transmission", "Transmission")
    transmission_texture_get, transmission_texture = _texture_property("transmission_texture", "Transmission", -1)
    emission_color_get, emission_color_set, emission_color = _color_property("emission_color", "Emission")
    emission_color_texture_get, emission_color_texture = _texture_property("emission_color_texture", "Emission", 1, is_data=False)
    emission_strength_get, emission_strength_set, emission_strength = _value_property("emission_strength", "Emission Strength", 0.0,
                                                                                       1000000.0, fallback=1.0)
    emission_strength_texture_get, emission_strength_texture = _texture_property("emission_strength_texture", "Emission Strength", -3,
                                                                                 is_data=False)
    alpha_get, alpha_set, alpha = _value_property("alpha", "Alpha", fallback=1.0)

    def alpha_texture_get(self):
        texture = _alpha_texture(self)
        if texture is not None:
            texture.use_alpha = True
        return texture

    alpha_texture = property(alpha_texture_get)

    def node_normalmap_get(self):
        if not self.use_nodes or self.node_principled_bsdf is None:
            return None
        if self._node_normalmap is None and not self.is_readonly:
            self._node_normalmap = self._new_node("ShaderNodeNormalMap", -1, -2)
            self._node_normalmap.label = "Normal/Map"
            self._link(self._node_normalmap.outputs["Normal"], self.node_principled_bsdf.inputs["Normal"])
        return self._node_normalmap

    node_normalmap = property(node_normalmap_get)

    def normalmap_strength_get(self):
        node = self.node_normalmap
        return 0.0 if node is None else node.inputs["Strength"].default_value

    def normalmap_strength_set(self, value):
        _check_writable(self)
        node = self.node_normalmap
        if node is not None:
            node.inputs["Strength"].default_value = values_clamp(value, 0.0, 10.0)

    normalmap_strength = property(normalmap_strength_get, normalmap_strength_set)

    def normalmap_texture_get(self):
        node = self.node_normalmap
        if node is None:
            return None
        if "Normal Map" not in self._textures:
            self._textures["Normal Map"] = ShaderImageTextureWrapper(self, node, node.inputs["Color"], grid_row_diff=-2,
                                                                     colorspace_is_data=True)
        return self._textures["Normal Map"]

    normalmap_texture = property(normalmap_texture_get)


_alpha_texture = _texture_property("alpha_texture", "Alpha", -2, is_data=False)[0]


class ShaderImageTextureWrapper:
    """A picture that feeds a socket, with the placement of it. Nodes are made when something is set."""

    NODES_LIST = ("node_dst", "socket_dst", "_node_image", "_node_mapping")
    __slots__ = ("owner_shader", "is_readonly", "grid_row_diff", "use_alpha", "colorspace_is_data", "colorspace_name", *NODES_LIST)

    def __init__(self, owner_shader: ShaderWrapper, node_dst, socket_dst, grid_row_diff=0, use_alpha=False, colorspace_is_data=...,
                 colorspace_name=...):
        self.owner_shader = owner_shader
        self.is_readonly = owner_shader.is_readonly
        self.node_dst = node_dst
        self.socket_dst = socket_dst
        self.grid_row_diff = grid_row_diff
        self.use_alpha = use_alpha
        self.colorspace_is_data = colorspace_is_data
        self.colorspace_name = colorspace_name
        self._node_image = None
        self._node_mapping = None
        image = _linked_node(socket_dst)
        if image is not None and image.bl_idname == "ShaderNodeTexImage":
            self._node_image = image
            mapping = _linked_node(image.inputs["Vector"])
            if mapping is not None and mapping.bl_idname == "ShaderNodeMapping":
                self._node_mapping = mapping

    def copy_from(self, tex):
        """Takes over picture and placement of another one."""
        self.extension = tex.extension
        self.projection = tex.projection
        self.image = tex.image
        self.copy_mapping_from(tex)

    def copy_mapping_from(self, tex):
        """Takes over the placement of another one."""
        if not tex.has_mapping_node():
            return
        self.texcoords = tex.texcoords
        self.translation = tex.translation
        self.rotation = tex.rotation
        self.scale = tex.scale

    def has_mapping_node(self):
        """Whether there is a node that places the picture already."""
        return self._node_mapping is not None

    def node_image_get(self):
        if self._node_image is None and not self.is_readonly:
            # Two columns left of what it feeds where another node lies between.
            column = -1 if self.node_dst == getattr(self.owner_shader, "node_principled_bsdf", None) else -2
            row = self.grid_row_diff if column == -1 else self.grid_row_diff - 2
            self._node_image = self.owner_shader._new_node("ShaderNodeTexImage", column, row)
            self._link_image()
        return self._node_image

    node_image = property(node_image_get)

    def _link_image(self):
        output = "Alpha" if self.use_alpha and self._node_image.image is not None and self._has_alpha(self._node_image.image) else "Color"
        self.owner_shader._link(self._node_image.outputs[output], self.socket_dst)

    @staticmethod
    def _has_alpha(image):
        return image.channels in (2, 4) and image.source != "GENERATED"

    def node_mapping_get(self):
        if self._node_mapping is None and not self.is_readonly and self.node_image is not None:
            x, y = self._node_image.location
            shader = self.owner_shader
            self._node_mapping = shader._new_node("ShaderNodeMapping", round(x / _CELL) - 1, round(y / _CELL) - 1)
            shader._link(shader.node_texcoords.outputs["UV"], self._node_mapping.inputs["Vector"])
            shader._link(self._node_mapping.outputs["Vector"], self._node_image.inputs["Vector"])
        return self._node_mapping

    node_mapping = property(node_mapping_get)

    def image_get(self):
        return None if self.node_image is None else self.node_image.image

    def image_set(self, image):
        _check_writable(self)
        if self.colorspace_is_data is not ... and image is not None:
            image.colorspace_settings.is_data = self.colorspace_is_data
        if self.colorspace_name is not ... and image is not None:
            image.colorspace_settings.name = self.colorspace_name
        self.node_image.image = image
        if self.use_alpha:
            self._link_image()

    image = property(image_get, image_set)

    def projection_get(self):
        return "FLAT" if self.node_image is None else self.node_image.projection

    def projection_set(self, projection):
        _check_writable(self)
        self.node_image.projection = projection

    projection = property(projection_get, projection_set)

    def extension_get(self):
        return "REPEAT" if self.node_image is None else self.node_image.extension

    def extension_set(self, extension):
        _check_writable(self)
        self.node_image.extension = extension

    extension = property(extension_get, extension_set)

    def texcoords_get(self):
        node = self.node_mapping
        if node is not None and node.inputs["Vector"].is_linked:
            return node.inputs["Vector"].links[0].from_socket.name
        return "UV"

    def texcoords_set(self, texcoords):
        _check_writable(self)
        self.owner_shader._link(self.owner_shader.node_texcoords.outputs[texcoords], self.node_mapping.inputs["Vector"])

    texcoords = property(texcoords_get, texcoords_set)

    def _placement(self, socket, kind, default):
        node = self.node_mapping
        return kind(default) if node is None else kind(node.inputs[socket].default_value)

    def _place(self, socket, value):
        _check_writable(self)
        self.node_mapping.inputs[socket].default_value = value

    def translation_get(self):
        return self._placement("Location", Vector, (0.0, 0.0, 0.0))

    def translation_set(self, translation):
        self._place("Location", translation)

    translation = property(translation_get, translation_set)

    def rotation_get(self):
        return self._placement("Rotation", Euler, (0.0, 0.0, 0.0))

    def rotation_set(self, rotation):
        self._place("Rotation", rotation)

    rotation = property(rotation_get, rotation_set)

    def scale_get(self):
        return self._placement("Scale", Vector, (1.0, 1.0, 1.0))

    def scale_set(self, scale):
        self._place("Scale", scale)

    scale = property(scale_get, scale_set)
