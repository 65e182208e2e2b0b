"""Operators that add and remove parts of data: UV maps, color and other attributes, custom normals, view layers, worlds."""
import bpy
from bpy.props import EnumProperty, FloatVectorProperty, StringProperty
from bpy.types import Operator

_MOST_UV_MAPS = 8
_DOMAINS = [("POINT", "Vertex", "A value for each vertex"), ("EDGE", "Edge", "A value for each edge"), ("FACE", "Face", "A value for each face"),
            ("CORNER", "Face Corner", "A value for each corner of each face")]
_TYPES = [("FLOAT", "Float", ""), ("INT", "Integer", ""), ("FLOAT_VECTOR", "Vector", ""), ("FLOAT_COLOR", "Color", ""), ("BYTE_COLOR", "Byte Color", ""),
          ("STRING", "String", ""), ("BOOLEAN", "Boolean", ""), ("FLOAT2", "2D Vector", ""), ("INT8", "8-Bit Integer", "")]


def _name(label, default):
    return StringProperty(name=label, default=default, maxlen=64, options={"SKIP_SAVE"})


class _OfMesh:
    """Works on the mesh of the active object; `lacks` says why it cannot."""

    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def lacks(cls, mesh):
        return None

    @classmethod
    def poll(cls, context):
        active = context.object
        if active is None or active.type != "MESH":
            cls.poll_message_set("the active object is no mesh")
            return False
        reason = "the mesh belongs to a library" if active.data.library else cls.lacks(active.data)
        if reason:
            cls.poll_message_set(reason)
        return not reason


class MESH_OT_uv_texture_add(_OfMesh, Operator):
    """Add a UV map, the active one from now on"""
    bl_idname = "mesh.uv_texture_add"
    bl_label = "Add UV Map"

    def execute(self, context):
        layers = context.object.data.uv_layers
        if len(layers) >= _MOST_UV_MAPS:
            self.report({"WARNING"}, f"A mesh has at most {_MOST_UV_MAPS} UV maps")
            return {"CANCELLED"}
        layers.active = layers.new()
        return {"FINISHED"}


class MESH_OT_uv_texture_remove(_OfMesh, Operator):
    """Remove the active UV map"""
    bl_idname = "mesh.uv_texture_remove"
    bl_label = "Remove UV Map"

    @classmethod
    def lacks(cls, mesh):
        return None if mesh.uv_layers.active else "the mesh has no UV maps"

    def execute(self, context):
        layers = context.object.data.uv_layers
        layers.remove(layers.active)
        return {"FINISHED"}


class GEOMETRY_OT_color_attribute_add(_OfMesh, Operator):
    """Add a color attribute, the active one from now on"""
    bl_idname = "geometry.color_attribute_add"
    bl_label = "Add Color Attribute"
    name: _name("Name", "Color")
    domain: EnumProperty(name="Domain", items=[_DOMAINS[0], _DOMAINS[3]])
    data_type: EnumProperty(name="Data Type", items=[_TYPES[3], _TYPES[4]])
    color: FloatVectorProperty(name="Color", description="What all of it has at first", size=4, subtype="COLOR", min=0, soft_max=1, default=(0, 0, 0, 1))

    def execute(self, context):
        colors = context.object.data.color_attributes
        added = colors.new(self.name, self.data_type, self.domain)
        added.data.foreach_set("color", [*self.color] * len(added.data))
        colors.active_color = added
        colors.render_color_index = colors.active_color_index
        return {"FINISHED"}


class _OfColors(_OfMesh):

    @classmethod
    def lacks(cls, mesh):
        return None if mesh.color_attributes.active_color else "the mesh has no color attributes"


class GEOMETRY_OT_color_attribute_remove(_OfColors, Operator):
    """Remove the active color attribute"""
    bl_idname = "geometry.color_attribute_remove"
    bl_label = "Remove Color Attribute"

    def execute(self, context):
        colors = context.object.data.color_attributes
        at = colors.active_color_index
        colors.remove(colors.active_color)
        if len(colors):
            colors.active_color_index = max(0, at - 1)
        return {"FINISHED"}


class GEOMETRY_OT_color_attribute_duplicate(_OfColors, Operator):
    """Copy the active color attribute"""
    bl_idname = "geometry.color_attribute_duplicate"
    bl_label = "Duplicate Color Attribute"

    def execute(self, context):
        colors = context.object.data.color_attributes
        values = [0.0] * (4 * len(colors.active_color.data))
        colors.active_color.data.foreach_get("color", values)
        added = colors.new(colors.active_color.name, colors.active_color.data_type, colors.active_color.domain)
        added.data.foreach_set("color", values)
        colors.active_color = added
        return {"FINISHED"}


class GEOMETRY_OT_color_attribute_render_set(_OfMesh, Operator):
    """Choose the color attribute that renders use"""
    bl_idname = "geometry.color_attribute_render_set"
    bl_label = "Set Render Color"
    bl_options = {"INTERNAL"}
    name: _name("Name", "Color")

    def execute(self, context):
        colors = context.object.data.color_attributes
        at = colors.find(self.name)
        if at < 0:
            self.report({"WARNING"}, f"There is no color attribute \"{self.name}\"")
            return {"CANCELLED"}
        colors.render_color_index = at
        return {"FINISHED"}


class GEOMETRY_OT_attribute_add(_OfMesh, Operator):
    """Add an attribute, the active one from now on"""
    bl_idname = "geometry.attribute_add"
    bl_label = "Add Attribute"
    name: _name("Name", "Attribute")
    domain: EnumProperty(name="Domain", items=_DOMAINS, options={"SKIP_SAVE"})
    data_type: EnumProperty(name="Data Type", items=_TYPES, options={"SKIP_SAVE"})

    def invoke(self, context, event):
        return context.window_manager.invoke_props_dialog(self)

    def execute(self, context):
        attributes = context.object.data.attributes
        attributes.active = attributes.new(self.name, self.data_type, self.domain)
        return {"FINISHED"}


class GEOMETRY_OT_attribute_remove(_OfMesh, Operator):
    """Remove the active attribute"""
    bl_idname = "geometry.attribute_remove"
    bl_label = "Remove Attribute"

    @classmethod
    def lacks(cls, mesh):
        active = mesh.attributes.active
        return "no attribute is active" if active is None else "the mesh needs this attribute" if active.name == "position" else None

    def execute(self, context):
        attributes = context.object.data.attributes
        try:
            attributes.remove(attributes.active)
        except RuntimeError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        return {"FINISHED"}


class MESH_OT_customdata_custom_splitnormals_add(_OfMesh, Operator):
    """Keep the normals of corners as they are now, whatever the faces become"""
    bl_idname = "mesh.customdata_custom_splitnormals_add"
    bl_label = "Add Custom Split Normals Data"

    def execute(self, context):
        mesh = context.object.data
        if mesh.has_custom_normals:
            return {"CANCELLED"}
        mesh.calc_normals_split()
        normals = [tuple(loop.normal) for loop in mesh.loops]
        mesh.use_auto_smooth = True
        mesh.normals_split_custom_set(normals)
        return {"FINISHED"}


def _copy_settings(source, target):
    """What two structs of one type have in common, structs inside of them too."""
    for p in source.bl_rna.properties:
        if p.identifier in ("rna_type", "name", "depsgraph", "layer_collection"):
            continue
        if p.type == "POINTER" and p.is_readonly and getattr(source, p.identifier) is not None and not isinstance(getattr(source, p.identifier), bpy.types.ID):
            _copy_settings(getattr(source, p.identifier), getattr(target, p.identifier))
        elif p.type == "COLLECTION" or p.is_readonly:
            continue
        else:
            setattr(target, p.identifier, getattr(source, p.identifier))


def _copy_collections(source, target):
    for one, other in zip(source.children, target.children):
        for name in ("exclude", "hide_viewport", "holdout", "indirect_only"):
            setattr(other, name, getattr(one, name))
        _copy_collections(one, other)


class SCENE_OT_view_layer_add(Operator):
    """Add a view layer, which is shown from now on"""
    bl_idname = "scene.view_layer_add"
    bl_label = "Add View Layer"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}
    type: EnumProperty(name="Type", items=[("NEW", "New", "With the usual settings"), ("COPY", "Copy Settings", "With the settings of the one that is shown"),
                                           ("EMPTY", "Blank", "Without any of the collections")])

    def execute(self, context):
        shown = context.view_layer
        added = context.scene.view_layers.new(shown.name if self.type == "COPY" else "ViewLayer")
        if self.type == "COPY":
            _copy_settings(shown, added)
            _copy_collections(shown.layer_collection, added.layer_collection)
        elif self.type == "EMPTY":
            for collection in added.layer_collection.children:
                collection.exclude = True
        if context.window is not None:
            context.window.view_layer = added
        return {"FINISHED"}


class SCENE_OT_view_layer_remove(Operator):
    """Remove the view layer that is shown"""
    bl_idname = "scene.view_layer_remove"
    bl_label = "Remove View Layer"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    @classmethod
    def poll(cls, context):
        if len(context.scene.view_layers) < 2:
            cls.poll_message_set("a scene needs a view layer")
            return False
        return True

    def execute(self, context):
        context.scene.view_layers.remove(context.view_layer)
        return {"FINISHED"}


class WORLD_OT_new(Operator):
    """Make a world like that of the scene"""
    bl_idname = "world.new"
    bl_label = "New World"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def execute(self, context):
        if context.scene.world is not None:
            context.scene.world.copy()
        else:
            context.scene.world = bpy.data.worlds.new("World")
            context.scene.world.use_nodes = True
        return {"FINISHED"}


register, unregister = bpy.utils.register_classes_factory(
    (MESH_OT_uv_texture_add, MESH_OT_uv_texture_remove, GEOMETRY_OT_color_attribute_add, GEOMETRY_OT_color_attribute_remove,
     GEOMETRY_OT_color_attribute_duplicate, GEOMETRY_OT_color_attribute_render_set, GEOMETRY_OT_attribute_add, GEOMETRY_OT_attribute_remove,
     MESH_OT_customdata_custom_splitnormals_add, SCENE_OT_view_layer_add, SCENE_OT_view_layer_remove, WORLD_OT_new))
