"""An interior lit by a window and area lights.

    kiln -b --python release/demo/interior.py -o //interior_#### -F PNG -f 1
"""
import bpy
from mathutils import Vector


def material(name, color, roughness=0.5, metallic=0.0, **inputs):
    """A Principled surface."""
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    surface = made.node_tree.nodes["Principled BSDF"]
    surface.inputs["Base Color"].default_value = (*color, 1)
    surface.inputs["Roughness"].default_value = roughness
    surface.inputs["Metallic"].default_value = metallic
    for key, value in inputs.items():
        surface.inputs[key.replace("_", " ").title()].default_value = value
    return made


def wood():
    """Boards: noise stretched along one axis, through a colour ramp."""
    made = material("Wood", (0.4, 0.25, 0.12), 0.35)
    tree = made.node_tree
    where, move = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeMapping")
    move.inputs["Scale"].default_value = (1.5, 14, 1)
    noise, ramp = tree.nodes.new("ShaderNodeTexNoise"), tree.nodes.new("ShaderNodeValToRGB")
    noise.inputs["Detail"].default_value = 6
    ramp.color_ramp.elements[0].color = (0.12, 0.05, 0.02, 1)
    ramp.color_ramp.elements[0].position = 0.3
    ramp.color_ramp.elements[1].color = (0.42, 0.24, 0.11, 1)
    ramp.color_ramp.elements[1].position = 0.7
    link = tree.links.new
    link(where.outputs["Object"], move.inputs["Vector"])
    link(move.outputs[0], noise.inputs["Vector"])
    link(noise.outputs["Fac"], ramp.inputs["Fac"])
    link(ramp.outputs["Color"], tree.nodes["Principled BSDF"].inputs["Base Color"])
    return made


def box(name, size, location, surface, rotation=(0, 0, 0)):
    """A cuboid."""
    bpy.ops.mesh.primitive_cube_add(size=1, location=location, rotation=rotation, scale=size)
    item = bpy.context.object
    item.name = name
    item.data.materials.append(surface)
    return item


def ball(name, radius, location, surface):
    """A smooth ball."""
    bpy.ops.mesh.primitive_uv_sphere_add(segments=64, ring_count=32, radius=radius, location=location)
    bpy.ops.object.shade_smooth()
    bpy.context.object.name = name
    bpy.context.object.data.materials.append(surface)


def room():
    wall = material("Wall", (0.8, 0.77, 0.72), 0.8)
    box("Floor", (6, 6, 0.1), (0, 0, -0.05), wood())
    box("Ceiling", (6, 6, 0.1), (0, 0, 2.85), wall)
    box("Back", (6, 0.1, 2.8), (0, 3.05, 1.4), wall)
    box("Right", (0.1, 6, 2.8), (3.05, 0, 1.4), material("Blue Wall", (0.25, 0.38, 0.48), 0.7))
    for y in (-2.1, 2.3):
        box("Left", (0.1, 1.8 if y < 0 else 1.4, 2.8), (-3.05, y, 1.4), wall)
    for z, tall in ((0.35, 0.7), (2.6, 0.4)):
        box("Sill", (0.1, 2.8, tall), (-3.05, 0.2, z), wall)
    for y in (-0.7, 0.2, 1.1):
        box("Bar", (0.06, 0.05, 1.7), (-3.0, y, 1.55), wall)


def furniture():
    dark, brass = material("Dark", (0.03, 0.03, 0.035), 0.4), material("Brass", (0.9, 0.6, 0.25), 0.2, 1.0)
    box("Table Top", (1.8, 0.9, 0.05), (0.4, 0.9, 0.72), wood())
    for x in (-0.4, 1.2):
        for y in (0.55, 1.25):
            box("Leg", (0.05, 0.05, 0.7), (x, y, 0.35), dark)
    ball("Glass", 0.16, (0.1, 0.85, 0.905), material("Glass", (0.95, 1, 0.97), 0.0, Transmission=1.0))
    ball("Brass Ball", 0.12, (0.75, 0.75, 0.865), brass)
    ball("Clay", 0.2, (1.05, 1.1, 0.945), material("Clay", (0.6, 0.18, 0.1), 0.7))
    bpy.ops.mesh.primitive_torus_add(location=(-0.35, 1.0, 0.78), major_radius=0.14, minor_radius=0.035)
    bpy.ops.object.shade_smooth()
    bpy.context.object.data.materials.append(brass)
    bpy.ops.mesh.primitive_monkey_add(size=1.1, location=(-1.5, 1.9, 0.62), rotation=(-0.6, 0, 0.5))
    bpy.ops.object.shade_smooth()
    bpy.context.object.data.materials.append(material("Porcelain", (0.85, 0.85, 0.82), 0.15))


def light(name, kind, energy, location, target, **settings):
    data = bpy.data.lights.new(name, kind)
    data.energy = energy
    for key, value in settings.items():
        setattr(data, key, value)
    item = bpy.data.objects.new(name, data)
    item.location = location
    item.rotation_euler = (Vector(target) - Vector(location)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(item)


def main():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    room()
    furniture()
    light("Sun", "SUN", 6.0, (-6, -2, 5), (0, 0.4, 0.4), angle=0.02, color=(1, 0.93, 0.8))
    light("Window", "AREA", 120, (-3.4, 0.2, 1.6), (0, 0.6, 1.0), shape="RECTANGLE", size=2.4, size_y=1.6, color=(0.75, 0.87, 1))
    light("Lamp", "AREA", 25, (1.0, 0.2, 2.75), (1.0, 0.5, 0), size=0.6, color=(1, 0.8, 0.6))
    scene.world = bpy.data.worlds.new("Sky")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs["Color"].default_value = (0.5, 0.7, 1, 1)
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location = (1.9, -2.7, 1.55)
    camera.rotation_euler = (Vector((-0.1, 1.0, 0.85)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    camera.data.lens = 26
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 96
    scene.cycles.adaptive_threshold = 0.03
    scene.render.resolution_x, scene.render.resolution_y = 960, 540
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.exposure = 0.6


main()
