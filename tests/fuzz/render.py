"""Renders random scenes: random shader trees, hostile transforms, meshes, images and settings. Must never crash; pixels must be numbers.

    kiln -b --factory-startup --python tests/fuzz/render.py -- --rounds 50 --seed 1
"""
import argparse
import math
import os
import random
import sys
import tempfile

import bpy

STRANGE = (0.0, -0.0, 1.0, -1.0, 1e-30, 1e30, -1e30, 3e38, float("inf"), float("-inf"), float("nan"), 0.5, 1000.0)
SHADERS = [name for name in dir(bpy.types) if name.startswith("ShaderNode")]


def number(draw):
    return draw.choice(STRANGE) if draw.random() < 0.25 else draw.uniform(-2, 2)


def image(draw):
    kind = draw.randrange(5)
    if kind == 0:
        made = bpy.data.images.new("Missing", 1, 1)
        made.source = "FILE"
        made.filepath = draw.choice(("//missing.png", "/", "", "/dev/null", "/proc/self/mem"))
        return made
    made = bpy.data.images.new("Image", draw.choice((1, 2, 7, 64)), draw.choice((1, 3, 16)), float_buffer=draw.random() < 0.5)
    if kind == 1:
        made.pixels = [number(draw) for _ in range(len(made.pixels))]
    elif kind == 2:
        made.source = "GENERATED"
        made.generated_type = draw.choice(("BLANK", "UV_GRID", "COLOR_GRID"))
    return made


def randomize(thing, draw, skip=("name", "location", "label")):
    """Sets some properties of a struct to random values, hostile ones among them."""
    for p in thing.bl_rna.properties:
        if p.is_readonly or p.identifier in skip or draw.random() < 0.6:
            continue
        try:
            if p.type == "BOOLEAN" and not p.is_array:
                setattr(thing, p.identifier, draw.random() < 0.5)
            elif p.type == "FLOAT":
                value = [number(draw) for _ in range(p.array_length)] if p.is_array else number(draw)
                setattr(thing, p.identifier, value)
            elif p.type == "INT" and not p.is_array:
                setattr(thing, p.identifier, draw.randint(max(p.hard_min, -10), min(p.hard_max, 30)))
            elif p.type == "ENUM" and p.enum_items and not p.is_enum_flag:
                setattr(thing, p.identifier, draw.choice(p.enum_items).identifier)
        except (TypeError, ValueError, AttributeError, RuntimeError):
            pass


def fill(tree, draw, count):
    nodes = list(tree.nodes)
    for _ in range(count):
        try:
            node = tree.nodes.new(draw.choice(SHADERS))
        except RuntimeError:
            continue
        nodes.append(node)
        randomize(node, draw)
        if hasattr(node, "image"):
            node.image = image(draw)
        for socket in node.inputs:
            if hasattr(socket, "default_value") and draw.random() < 0.5:
                try:
                    value = socket.default_value
                    socket.default_value = [number(draw) for _ in value] if hasattr(value, "__len__") and not isinstance(value, str) else number(draw)
                except (TypeError, ValueError):
                    pass
    for _ in range(3 * count):
        a, b = draw.choice(nodes), draw.choice(nodes)
        if a.outputs and b.inputs:
            tree.links.new(draw.choice(list(b.inputs)), draw.choice(list(a.outputs)))
    for node in nodes:  # something random arrives at the end
        if "Output" in node.bl_idname:
            for socket in node.inputs:
                source = draw.choice(nodes)
                if source.outputs:
                    tree.links.new(socket, draw.choice(list(source.outputs)))


def mesh(draw):
    kind = draw.randrange(6)
    data = bpy.data.meshes.new("Mesh")
    if kind == 0:
        return data
    count = draw.choice((1, 3, 4, 10, 100))
    points = [(number(draw), number(draw), number(draw)) for _ in range(count)]
    faces = [draw.sample(range(count), draw.randint(3, min(count, 6))) for _ in range(draw.randint(0, 40))] if count > 2 else []
    data.from_pydata(points, [], faces)
    if kind == 1 and faces:
        layer = data.uv_layers.new(name="UVMap")
        for corner in layer.data:
            corner.uv = (number(draw), number(draw))
    return data


def build(draw):
    bpy.ops.wm.read_factory_settings(use_empty=draw.random() < 0.3)
    scene = bpy.context.scene
    materials = []
    for _ in range(draw.randint(1, 3)):
        material = bpy.data.materials.new("Material")
        material.use_nodes = True
        fill(material.node_tree, draw, draw.randint(1, 12))
        materials.append(material)
    for _ in range(draw.randint(1, 5)):
        data = mesh(draw)
        data.materials.append(draw.choice(materials))
        made = bpy.data.objects.new("Object", data)
        scene.collection.objects.link(made)
        if draw.random() < 0.5:
            randomize(made, draw, skip=("name", "data", "mode"))
        else:
            made.location = [draw.uniform(-2, 2) for _ in range(3)]
    for _ in range(draw.randint(0, 3)):
        light = bpy.data.lights.new("Light", draw.choice(("POINT", "SUN", "SPOT", "AREA")))
        randomize(light, draw)
        made = bpy.data.objects.new("Light", light)
        scene.collection.objects.link(made)
        made.location = [number(draw) for _ in range(3)]
    world = scene.world or bpy.data.worlds.new("World")
    scene.world = world
    world.use_nodes = True
    if draw.random() < 0.5:
        fill(world.node_tree, draw, draw.randint(1, 6))
    if not scene.camera:
        camera = bpy.data.cameras.new("Camera")
        scene.camera = bpy.data.objects.new("Camera", camera)
        scene.collection.objects.link(scene.camera)
    if draw.random() < 0.5:
        randomize(scene.camera.data, draw)
        randomize(scene.camera.data.dof, draw)
    scene.camera.location, scene.camera.rotation_euler = (0, 0, draw.choice((6.0, 0.0, 1e6))), (0, 0, 0)
    scene.render.engine = "CYCLES"
    randomize(scene.cycles, draw)
    scene.cycles.samples = draw.choice((1, 2, 5))
    scene.cycles.use_denoising = draw.random() < 0.2
    scene.cycles.max_bounces = min(scene.cycles.max_bounces, 12)
    scene.render.resolution_x, scene.render.resolution_y = draw.choice((1, 4, 9, 33)), draw.choice((1, 4, 9, 20))
    scene.render.resolution_percentage = 100
    scene.render.use_motion_blur = draw.random() < 0.2
    scene.render.film_transparent = draw.random() < 0.3
    scene.render.use_border = draw.random() < 0.2
    scene.render.border_min_x, scene.render.border_max_x = draw.choice(((0, 1), (0.2, 0.8), (0.5, 0.5), (1, 0)))
    randomize(scene.view_layers[0], draw)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int, help="one round of the seed, to look into")
    options = parser.parse_args(sys.argv[sys.argv.index("--") + 1:])
    folder = tempfile.mkdtemp(prefix="kiln_fuzz_")
    bad = refused = lit = 0
    for round_ in range(options.rounds) if options.only is None else [options.only]:
        draw = random.Random(options.seed * 100003 + round_)
        print("round", round_, flush=True)
        build(draw)
        path = os.path.join(folder, "picture.exr")
        bpy.context.scene.render.filepath = path
        bpy.context.scene.render.image_settings.file_format = "OPEN_EXR"
        bpy.context.scene.render.image_settings.color_depth = "32"
        try:
            bpy.ops.render.render(write_still=True)
        except RuntimeError as error:
            refused += 1
            print("  refused:", str(error).strip()[:200])
            continue
        pixels = bpy.data.images.load(path, check_existing=False).pixels[:]
        lit += any(value > 0 for i, value in enumerate(pixels) if i % 4 < 3)
        if any(math.isnan(value) for value in pixels):
            bad += 1
            print("  not a number in the picture of round", round_)
    print(f"{options.rounds} pictures, {lit} not black, {refused} refused, {bad} with pixels that are no numbers")
    if bad:
        raise SystemExit(1)


main()
