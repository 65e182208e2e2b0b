"""Makes a document and two random edits of it for each seed; run by merge.py."""
import os
import random
import sys

import bpy

NAMES = ("Cube", "Light", "Camera", "Extra", "New", "Box.001", "é")


def any_object(r):
    objects = list(bpy.data.objects)
    return r.choice(objects) if objects else None


def move(r):
    o = any_object(r)
    if o:
        setattr(o, r.choice(("location", "scale", "rotation_euler")), [r.uniform(-5, 5) for _ in range(3)])


def rename(r):
    o = r.choice([*bpy.data.objects, *bpy.data.meshes, *bpy.data.materials])
    o.name = r.choice(NAMES)


def add_object(r):
    data = r.choice([None, *bpy.data.meshes, *bpy.data.cameras])
    o = bpy.data.objects.new(r.choice(NAMES), data)
    r.choice([bpy.context.scene.collection, *bpy.data.collections]).objects.link(o)


def remove_object(r):
    o = any_object(r)
    if o and len(bpy.data.objects) > 1:
        bpy.data.objects.remove(o)


def add_modifier(r):
    o = any_object(r)
    if o and o.type == "MESH":
        m = o.modifiers.new(r.choice(NAMES), r.choice(("BEVEL", "SUBSURF", "ARRAY")))
        if hasattr(m, "width"):
            m.width = r.random()


def change_modifiers(r):
    o = any_object(r)
    if o and o.modifiers:
        if r.random() < 0.4:
            o.modifiers.remove(r.choice(list(o.modifiers)))
        else:
            m = r.choice(list(o.modifiers))
            m.show_viewport = not m.show_viewport


def move_vertices(r):
    if bpy.data.meshes:
        m = r.choice(list(bpy.data.meshes))
        for v in m.vertices[:r.randrange(1, 5)]:
            v.co.x += r.random()


def rebuild_mesh(r):
    if bpy.data.meshes:
        m = r.choice(list(bpy.data.meshes))
        m.clear_geometry()
        n = r.randrange(3, 9)
        m.from_pydata([(i, i * i % 5, 0) for i in range(n)], [], [range(n)])


def custom(r):
    o = any_object(r)
    if o:
        o[r.choice("abc")] = r.choice((1, 2.5, "text", [1, 2, 3], {"x": 1, "y": {"z": 2}}))


def nodes(r):
    m = r.choice([*bpy.data.materials]) if bpy.data.materials else bpy.data.materials.new("M")
    m.use_nodes = True
    tree = m.node_tree
    node = tree.nodes.new(r.choice(("ShaderNodeMath", "ShaderNodeMixRGB", "ShaderNodeValToRGB", "ShaderNodeEmission")))
    sources = [s for n in tree.nodes for s in n.outputs]
    targets = [s for n in tree.nodes for s in n.inputs]
    if r.random() < 0.7 and sources and targets:
        a, b = r.choice(sources), r.choice(targets)
        if a.node != b.node:
            tree.links.new(a, b)
    if r.random() < 0.2 and len(tree.nodes) > 1:
        tree.nodes.remove(node)


def collections(r):
    c = bpy.data.collections.new(r.choice(NAMES))
    bpy.context.scene.collection.children.link(c)


def scene(r):
    s = bpy.context.scene
    s.frame_end, s.render.resolution_x = r.randrange(1, 999), r.randrange(1, 999)
    if r.random() < 0.3:
        s.timeline_markers.new(r.choice(NAMES), frame=r.randrange(99))


def light(r):
    if bpy.data.lights:
        bpy.data.lights[0].type = r.choice(("POINT", "SUN", "SPOT", "AREA"))


EDITS = (move, rename, add_object, remove_object, add_modifier, change_modifiers, move_vertices, rebuild_mesh, custom, nodes, collections, scene, light)


def edit(r, count):
    for _ in range(count):
        r.choice(EDITS)(r)


folder, first, count = sys.argv[-3], int(sys.argv[-2]), int(sys.argv[-1])
bpy.context.preferences.filepaths.save_version = 0
for seed in range(first, first + count):
    r = random.Random(seed)
    place = os.path.join(folder, str(seed))
    os.mkdir(place)
    bpy.ops.wm.read_factory_settings()
    edit(r, r.randrange(12))
    bpy.ops.wm.save_as_mainfile(filepath=place + "/base.kiln")
    for name in ("a", "b"):
        bpy.ops.wm.open_mainfile(filepath=place + "/base.kiln")
        edit(r, r.randrange(1, 12))
        bpy.ops.wm.save_as_mainfile(filepath=f"{place}/{name}.kiln", copy=True)
