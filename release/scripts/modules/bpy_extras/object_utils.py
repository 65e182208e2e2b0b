"""Adding objects the way operators do, and where things appear in a camera."""
import bpy
from bpy.props import EnumProperty, FloatVectorProperty
from mathutils import Matrix, Vector

__all__ = ("add_object_align_init", "object_data_add", "AddObjectHelper", "object_add_grid_scale", "object_add_grid_scale_apply_operator", "world_to_camera_view")


class AddObjectHelper:
    """Settings for operators that add objects: where, and how turned."""

    def align_update_callback(self, _context):
        if self.align == "WORLD":
            self.rotation.zero()

    align: EnumProperty(
        name="Align",
        items=(("WORLD", "World", "Turned as the world is"), ("VIEW", "View", "Turned as the view is"), ("CURSOR", "3D Cursor", "Turned as the 3D cursor is")),
        default="WORLD", update=align_update_callback)
    location: FloatVectorProperty(name="Location", subtype="TRANSLATION")
    rotation: FloatVectorProperty(name="Rotation", subtype="EULER")

    @classmethod
    def poll(cls, context):
        return context.scene.library is None


def add_object_align_init(context, operator):
    """The matrix of a new object: from the settings of the operator, else the place of the 3D cursor."""
    location, rotation = Vector(context.scene.cursor.location), Matrix()
    if operator is not None:
        properties = operator.properties
        if properties.is_property_set("location"):
            location = Vector(properties.location)
        else:
            properties.location = location
        if properties.is_property_set("rotation"):
            rotation = properties.rotation.to_matrix().to_4x4()
        elif getattr(properties, "align", "WORLD") == "CURSOR":
            rotation = context.scene.cursor.matrix.to_3x3().to_4x4()
            properties.rotation = rotation.to_euler()
    return Matrix.Translation(location) @ rotation


def object_data_add(context, obdata, operator=None, name=None):
    """A new object with this data in the active collection, selected and active."""
    layer = context.view_layer
    for item in layer.objects:
        item.select_set(False)
    if name is None:
        name = "Object" if obdata is None else obdata.name
    item = bpy.data.objects.new(name, obdata)
    layer.active_layer_collection.collection.objects.link(item)
    item.matrix_world = add_object_align_init(context, operator)
    item.select_set(True)
    layer.objects.active = item
    return item


def object_add_grid_scale(context):
    """The size of a unit in the view: 1 without one."""
    return 1.0


def object_add_grid_scale_apply_operator(operator, context):
    """Scales settings that are lengths by the size of a unit in the view."""
    scale = object_add_grid_scale(context)
    for name in operator.properties.keys():
        definition = operator.bl_rna.properties.get(name)
        if definition is not None and definition.unit == "LENGTH":
            setattr(operator, name, getattr(operator, name) * scale)


def world_to_camera_view(scene, obj, coord):
    """Where a point of the world is in the picture of a camera: (0, 0) at the lower left, (1, 1) at the upper right, and the distance."""
    local = obj.matrix_world.normalized().inverted() @ Vector(coord)
    depth = -local.z
    corners = obj.data.view_frame(scene=scene)[:3]
    if obj.data.type != "ORTHO":
        if depth == 0.0:
            return Vector((0.5, 0.5, 0.0))
        corners = [corner / (corner.z / local.z) for corner in corners]
    low_x, high_x = corners[2].x, corners[1].x
    low_y, high_y = corners[1].y, corners[0].y
    return Vector(((local.x - low_x) / (high_x - low_x), (local.y - low_y) / (high_y - low_y), depth))
