"""A field of 100,000 flowers: instances of three small collections on the faces of three meshes, a tiny triangle for each flower.

    kiln -b --python release/demo/field.py -o //field_#### -F PNG -f 1
"""
import math
import random

import bpy
from mathutils import Euler, Vector


def material(name, color, roughness=0.6):
    made = bpy.data.materials.new(name)
    made.use_nodes = True
    surface = made.node_tree.nodes["Principled BSDF"]
    surface.inputs["Base Color"].default_value = (*color, 1)
    surface.inputs["Roughness"].default_value = roughness
    return made


def mesh(name, points, faces, surface, collection):
    data = bpy.data.meshes.new(name)
    data.from_pydata(points, [], faces)
    data.materials.append(surface)
    collection.objects.link(bpy.data.objects.new(name, data))


def flower(name, color, petals, draw):
    """A stem, two leaves and petals around a heart."""
    plant = bpy.data.collections.new(name)
    green, heart = material(name + " Green", (0.08, 0.22, 0.04)), material(name + " Heart", (0.6, 0.35, 0.02))
    w = 0.012
    stem = [(-w, -w, 0), (w, -w, 0), (0, w, 0), (-w, -w, 0.5), (w, -w, 0.5), (0, w, 0.5)]
    mesh(name + " Stem", stem, [(0, 1, 4, 3), (1, 2, 5, 4), (2, 0, 3, 5)], green, plant)
    leaves, faces = [], []
    for turn in (0.4, 3.3):
        c, s, at = math.cos(turn), math.sin(turn), len(leaves)
        leaves += [(0, 0, 0.08), (0.12 * c - 0.04 * s, 0.12 * s + 0.04 * c, 0.2), (0.26 * c, 0.26 * s, 0.3), (0.12 * c + 0.04 * s, 0.12 * s - 0.04 * c, 0.2)]
        faces.append((at, at + 1, at + 2, at + 3))
    mesh(name + " Leaves", leaves, faces, green, plant)
    points, faces = [], []
    for i in range(petals):
        turn, at = 2 * math.pi * i / petals + draw.uniform(-0.1, 0.1), len(points)
        c, s, wide = math.cos(turn), math.sin(turn), 0.28 / petals
        for out, side, up in ((0.02, 0, 0.5), (0.1, wide, 0.53), (0.16, 0, 0.5 + draw.uniform(0, 0.05)), (0.1, -wide, 0.53)):
            points.append((out * c - side * s, out * s + side * c, up))
        faces.append((at, at + 1, at + 2, at + 3))
    mesh(name + " Petals", points, faces, material(name + " Petal", color), plant)
    ring = [(0.035 * math.cos(a), 0.035 * math.sin(a), 0.515) for a in (2 * math.pi * i / 8 for i in range(8))]
    mesh(name + " Heart", [*ring, (0, 0, 0.54)], [(i, (i + 1) % 8, 8) for i in range(8)], heart, plant)
    return plant


def scatter(plant, places, collection):
    """Instances of a collection: a mesh with a face for each place, turn and size, and a child that is copied onto the faces."""
    points = []
    for place, turn, size in places:
        leg = 0.1 * size * math.sqrt(2)  # the root of the area is a tenth of the size
        rotation = turn.to_matrix()
        points += [Vector(place) + rotation @ Vector(corner) for corner in ((-leg / 3, -leg / 3, 0), (2 * leg / 3, -leg / 3, 0), (-leg / 3, 2 * leg / 3, 0))]
    data = bpy.data.meshes.new(plant.name + " Places")
    data.from_pydata(points, [], [(i, i + 1, i + 2) for i in range(0, len(points), 3)])
    ground = bpy.data.objects.new(data.name, data)
    ground.instance_type, ground.use_instance_faces_scale, ground.instance_faces_scale = "FACES", True, 10
    ground.show_instancer_for_render = ground.show_instancer_for_viewport = False
    copied = bpy.data.objects.new(plant.name, None)
    copied.instance_type, copied.instance_collection, copied.parent = "COLLECTION", plant, ground
    collection.objects.link(ground)
    collection.objects.link(copied)


def height(x, y):
    return 0.9 * math.sin(0.11 * x + 0.6) * math.cos(0.09 * y) + 0.25 * math.sin(0.31 * x + 0.2 * y)


def main():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene, draw = bpy.context.scene, random.Random(4)
    steps, size = 160, 120.0
    points = [((i / steps - 0.5) * size, j / steps * size - 8, 0) for j in range(steps + 1) for i in range(steps + 1)]
    points = [(x, y, height(x, y)) for x, y, _ in points]
    faces = [(j * (steps + 1) + i, j * (steps + 1) + i + 1, (j + 1) * (steps + 1) + i + 1, (j + 1) * (steps + 1) + i) for j in range(steps) for i in range(steps)]
    mesh("Ground", points, faces, material("Soil", (0.07, 0.12, 0.03), 0.9), scene.collection)
    bpy.data.meshes["Ground"].polygons.foreach_set("use_smooth", [True] * len(faces))
    kinds = [flower("Poppy", (0.75, 0.03, 0.02), 6, draw), flower("Cornflower", (0.08, 0.14, 0.7), 9, draw), flower("Daisy", (0.85, 0.84, 0.8), 14, draw)]
    link = scene.collection.objects.link
    places = [[], [], []]
    for _ in range(100_000):
        y = -6 + 100 * draw.random() ** 1.6
        x = draw.uniform(-1, 1) * (6 + 0.45 * (y + 6))
        patch = math.sin(0.4 * x + 0.2 * y) + math.sin(0.23 * y - 0.3 * x) + draw.uniform(-1, 1)
        turn = Euler((draw.uniform(-0.25, 0.25), draw.uniform(-0.25, 0.25), draw.uniform(0, 6.28)))
        places[0 if patch > 0.6 else 1 if patch < -0.7 else 2].append(((x, y, height(x, y)), turn, draw.uniform(0.6, 1.2)))
    for kind, where in zip(kinds, places):
        scatter(kind, where, scene.collection)
    sun = bpy.data.objects.new("Sun", bpy.data.lights.new("Sun", "SUN"))
    sun.data.energy, sun.data.angle, sun.data.color = 4.5, 0.02, (1, 0.87, 0.7)
    sun.rotation_euler = Vector((0.8, 0.5, -0.55)).to_track_quat("-Z", "Y").to_euler()
    link(sun)
    scene.world = bpy.data.worlds.new("Sky")
    scene.world.use_nodes = True
    tree = scene.world.node_tree
    where, split, ramp = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeSeparateXYZ"), tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].color = (0.75, 0.82, 0.9, 1)
    ramp.color_ramp.elements[1].color, ramp.color_ramp.elements[1].position = (0.13, 0.3, 0.72, 1), 0.6
    tree.links.new(where.outputs["Generated"], split.inputs[0])
    tree.links.new(split.outputs["Z"], ramp.inputs["Fac"])
    tree.links.new(ramp.outputs["Color"], tree.nodes["Background"].inputs["Color"])
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location = (0, -8.5, height(0, -8.5) + 1.5)
    camera.rotation_euler = (Vector((0, 6, 0.9)) - camera.location).to_track_quat("-Z", "Y").to_euler()
    camera.data.lens = 32
    camera.data.dof.use_dof, camera.data.dof.focus_distance, camera.data.dof.aperture_fstop = True, 5.0, 4.0
    link(camera)
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 64
    scene.cycles.adaptive_threshold = 0.03
    scene.render.resolution_x, scene.render.resolution_y = 960, 540


main()
