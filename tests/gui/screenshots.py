#!/usr/bin/env python3
"""Makes the pictures in release/screenshots: every workspace, with something in it."""
import subprocess
import sys
from pathlib import Path

from driver import ROOT, Window

OUT = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "release/screenshots"

SCENE = """
import math
s = bpy.context.scene
s.cycles.samples = 48
s.render.resolution_x, s.render.resolution_y = 960, 540
bpy.ops.mesh.primitive_plane_add(size=16, location=(0, 0, -1))
cube = bpy.data.objects['Cube']
cube.location = (-2.4, 0.4, 0)
cube.rotation_euler = (0, 0, 0.5)
bpy.ops.mesh.primitive_monkey_add(location=(0.4, -0.6, 0.1))
monkey = bpy.context.object
monkey.rotation_euler = (-0.6, 0, 0.3)
monkey.modifiers.new('Subdivision', 'SUBSURF')
bpy.ops.object.shade_smooth()
bpy.ops.mesh.primitive_torus_add(location=(2.6, 1.2, -0.7))
bpy.ops.object.shade_smooth()
for name, color in (('Clay', (0.7, 0.2, 0.08, 1)), ('Glaze', (0.05, 0.25, 0.45, 1)), ('Floor', (0.5, 0.48, 0.45, 1))):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    m.diffuse_color = color
    m.node_tree.nodes['Principled BSDF'].inputs['Base Color'].default_value = color
    m.node_tree.nodes['Principled BSDF'].inputs['Roughness'].default_value = 0.35
monkey.data.materials.append(bpy.data.materials['Clay'])
bpy.data.objects['Torus'].data.materials.append(bpy.data.materials['Glaze'])
bpy.data.objects['Plane'].data.materials.append(bpy.data.materials['Floor'])
tree = bpy.data.materials['Clay'].node_tree
noise = tree.nodes.new('ShaderNodeTexNoise')
noise.location = (-520, 260)
ramp = tree.nodes.new('ShaderNodeValToRGB')
ramp.location = (-320, 260)
ramp.color_ramp.elements[0].color = (0.5, 0.08, 0.03, 1)
ramp.color_ramp.elements[1].color = (0.9, 0.45, 0.2, 1)
tree.links.new(noise.outputs['Fac'], ramp.inputs['Fac'])
tree.links.new(ramp.outputs['Color'], tree.nodes['Principled BSDF'].inputs['Base Color'])
for o in bpy.context.selected_objects:
    o.select_set(False)
monkey.select_set(True)
bpy.context.view_layer.objects.active = monkey
bpy.data.objects['Camera'].location = (6.2, -7.2, 3.6)
bpy.data.objects['Camera'].rotation_euler = (1.2, 0, 0.72)
text = bpy.data.texts.new('spiral.py')
text.from_string('''import bpy
from math import sin, cos

# A spiral of small cubes around the origin.
for i in range(24):
    angle = i * 0.5
    bpy.ops.mesh.primitive_cube_add(size=0.4,
        location=(3 * cos(angle), 3 * sin(angle), i * 0.15))
''')
"""


def keep(window, name):
    OUT.mkdir(parents=True, exist_ok=True)
    window.move((8, 890))
    window.screenshot(OUT / f"{name}.png")
    # Few colors are enough, and keep the files small.
    subprocess.run(["convert", str(OUT / f"{name}.png"), "-strip", "-colors", "200", "-define", "png:compression-level=9", f"PNG8:{OUT / name}.png"], check=True)


def main():
    with Window(["--factory-startup"]) as window:
        window.python(SCENE)
        window.wheel("viewport", 3)
        window.click("tab:Modifiers")
        keep(window, "layout")
        window.click("workspace:Shading")
        window.click("tab:Material")
        keep(window, "shading")
        window.click("workspace:Scripting")
        window.click("console_input")
        window.type("len(bpy.data.objects)")
        window.key("Return")
        keep(window, "scripting")
        window.click("workspace:Rendering")
        window.key("F12")
        while not window.state()["rendered"]:
            window.idle()
        keep(window, "rendering")
        window.click("workspace:Layout")
        window.move("viewport")
        window.key("F3")
        window.type("add")
        window.screenshot(OUT / "search.png")
        subprocess.run(["convert", str(OUT / "search.png"), "-strip", "-colors", "200", f"PNG8:{OUT}/search.png"], check=True)
        window.key("Escape")
        window.ask({"do": "command", "name": "wm.theme"})
        keep(window, "light")


if __name__ == "__main__":
    main()
