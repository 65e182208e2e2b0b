"""A product shot: glass, metal and a checked ground under an environment image that the script paints.

    kiln -b --python release/demo/product.py -o //product_#### -F PNG -f 1
"""

import bpy
from mathutils import Vector


def material(name, color, roughness=0.5, metallic=0.0, transmission=0.0, clearcoat=0.0):
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    inputs = made.node_tree.nodes["Principled BSDF"].inputs
    inputs["Base Color"].default_value = (*color, 1)
    inputs["Roughness"].default_value, inputs["Metallic"].default_value = roughness, metallic
    inputs["Transmission"].default_value, inputs["Clearcoat"].default_value = transmission, clearcoat
    return made


def ground():
    made = material("Ground", (0.5, 0.5, 0.5), 0.25)
    tree = made.node_tree
    where, pattern = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeTexChecker")
    pattern.inputs["Scale"].default_value = 2
    pattern.inputs["Color1"].default_value, pattern.inputs["Color2"].default_value = (0.55, 0.53, 0.5, 1), (0.16, 0.17, 0.2, 1)
    tree.links.new(where.outputs["Object"], pattern.inputs["Vector"])
    tree.links.new(pattern.outputs["Color"], tree.nodes["Principled BSDF"].inputs["Base Color"])
    return made


def studio():
    """An environment of a dim room with three soft boxes."""
    width, height = 512, 256
    image = bpy.data.images.new("Studio", width, height, float_buffer=True)
    values = []
    for y in range(height):
        v = (y + 0.5) / height
        for x in range(width):
            u = (x + 0.5) / width
            light = 0.06 + 0.1 * max(0.0, v - 0.45)
            color = [light, light * 1.03, light * 1.1]
            for center, middle, wide, tall, power, tint in ((0.18, 0.68, 0.05, 0.1, 14, (1, 0.92, 0.8)), (0.62, 0.62, 0.03, 0.16, 10, (0.8, 0.9, 1)),
                                                           (0.4, 0.9, 0.12, 0.04, 6, (1, 1, 1))):
                edge = max(abs(u - center) / wide, abs(v - middle) / tall)
                glow = power * min(1.0, max(0.0, (1.0 - edge) * 6))
                color = [c + glow * t for c, t in zip(color, tint)]
            values += (*color, 1.0)
    image.pixels.foreach_set(values)
    world = bpy.data.worlds.new("Studio")
    world.use_nodes = True
    picture = world.node_tree.nodes.new("ShaderNodeTexEnvironment")
    picture.image = image
    world.node_tree.links.new(picture.outputs["Color"], world.node_tree.nodes["Background"].inputs["Color"])
    return world


def add(kind, surface, smooth=True, **settings):
    getattr(bpy.ops.mesh, f"primitive_{kind}_add")(**settings)
    if smooth:
        bpy.ops.object.shade_smooth()
    bpy.context.object.data.materials.append(surface)
    return bpy.context.object


def main():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    add("plane", ground(), False, size=30)
    add("uv_sphere", material("Glass", (0.98, 1, 0.99), 0.0, transmission=1.0), segments=96, ring_count=48, radius=0.75, location=(-1.1, 0, 0.75))
    add("uv_sphere", material("Gold", (1.0, 0.72, 0.3), 0.18, 1.0), segments=96, ring_count=48, radius=0.55, location=(0.55, 0.6, 0.55))
    add("torus", material("Steel", (0.7, 0.72, 0.75), 0.3, 1.0), major_segments=96, minor_segments=32, major_radius=0.5, minor_radius=0.14, location=(0.75, -0.75, 0.14))
    add("monkey", material("Lacquer", (0.6, 0.02, 0.03), 0.35, clearcoat=1.0), size=1.5, location=(2.0, 0.4, 0.72), rotation=(-0.62, 0, -0.35))
    scene.world = studio()
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location = (0.3, -6.2, 2.1)
    camera.rotation_euler = (Vector((0.35, 0, 0.55)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    camera.data.lens = 42
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 96
    scene.cycles.adaptive_threshold = 0.03
    scene.render.resolution_x, scene.render.resolution_y = 960, 540
    scene.view_settings.exposure = 0.5


main()
