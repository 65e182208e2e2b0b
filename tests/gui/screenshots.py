#!/usr/bin/env python3
"""Makes the pictures in release/screenshots: every workspace, with something in it.

    screenshots.py [FOLDER]     makes them
    screenshots.py --compare    makes them elsewhere and compares them with those that are kept; exit status 1 where one is
                                another picture (renders are left out of account by a tolerance of 4 % of the whole range)
"""
import subprocess
import sys
import tempfile
from pathlib import Path

from driver import ROOT, Window

KEPT = ROOT / "release/screenshots"
OUT = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] != "--compare" else KEPT
TOLERANCE = 0.04  # mean difference of the pixels: texts that moved stay below, panels that are gone do not

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


# An add-on with a panel, a list, a menu and a button in a header.
KIT = """
import bpy
class KIT_OT_scatter(bpy.types.Operator):
    bl_idname, bl_label = 'kit.scatter', 'Scatter'
    amount: bpy.props.IntProperty(default=10)
    def execute(self, context):
        return {'FINISHED'}
class KIT_PG_layer(bpy.types.PropertyGroup):
    name: bpy.props.StringProperty()
    weight: bpy.props.FloatProperty(default=0.5, min=0, max=1, subtype='FACTOR')
class KIT_UL_layers(bpy.types.UIList):
    def draw_item(self, context, layout, data, item, icon, active_data, active_propname, index):
        layout.prop(item, 'name', text='', emboss=False)
        layout.prop(item, 'weight', text='', slider=True)
class KIT_PT_panel(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_context, bl_order = 'Scatter Kit', 'PROPERTIES', 'WINDOW', 'object', -1
    def draw(self, context):
        row = self.layout.row()
        row.template_list('KIT_UL_layers', '', context.object, 'kit_layers', context.object, 'kit_layer', rows=3)
        side = row.column(align=True)
        side.operator('kit.scatter', text='', icon='ADD')
        side.operator('kit.scatter', text='', icon='REMOVE')
        self.layout.operator('kit.scatter', icon='PLAY')
class KIT_MT_menu(bpy.types.Menu):
    bl_label = 'Kit'
    def draw(self, context):
        self.layout.operator('kit.scatter', text='Scatter a Few').amount = 5
        self.layout.operator('kit.scatter', text='Scatter Many').amount = 500
        self.layout.separator()
        self.layout.prop(context.object, 'show_name')
        self.layout.operator_menu_enum('object.light_add', 'type', text='Add Light')
for cls in (KIT_OT_scatter, KIT_PG_layer, KIT_UL_layers, KIT_PT_panel, KIT_MT_menu):
    bpy.utils.register_class(cls)
bpy.types.Object.kit_layers = bpy.props.CollectionProperty(type=KIT_PG_layer)
bpy.types.Object.kit_layer = bpy.props.IntProperty()
for i, name in enumerate(('Grass', 'Stones', 'Trees')):
    layer = bpy.context.object.kit_layers.add()
    layer.name, layer.weight = name, 0.25 + 0.3 * i
bpy.types.VIEW3D_MT_editor_menus.append(lambda self, context: self.layout.menu('KIT_MT_menu'))
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
        window.click("workspace:Modeling")
        keep(window, "modeling")
        window.click("workspace:Layout")
        window.python(KIT)
        window.click("tab:Object")
        window.click("header:Kit")
        window.screenshot(OUT / "addon.png")
        subprocess.run(["convert", str(OUT / "addon.png"), "-strip", "-colors", "200", f"PNG8:{OUT}/addon.png"], check=True)
        window.key("Escape")
        window.command("screen.userpref_show")
        window.idle()
        window.click("section:Keymap")
        window.screenshot(OUT / "preferences.png")
        subprocess.run(["convert", str(OUT / "preferences.png"), "-strip", "-colors", "200", f"PNG8:{OUT}/preferences.png"], check=True)
        window.key("Escape")
        window.command("wm.theme")
        keep(window, "light")


def difference(first, second):
    """Mean absolute difference of two pictures, 0 to 1."""
    result = subprocess.run(["compare", "-metric", "MAE", str(first), str(second), "null:"], stderr=subprocess.PIPE, text=True)
    return float(result.stderr.split("(")[1].split(")")[0]) if "(" in result.stderr else 1.0


def compare():
    global OUT
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        OUT = Path(folder)
        main()
        for picture in sorted(KEPT.glob("*.png")):
            fresh = OUT / picture.name
            distance = difference(picture, fresh) if fresh.exists() else 1.0
            print(f"{picture.name:24} {distance:.4f}{'' if distance <= TOLERANCE else '   ANOTHER PICTURE'}")
            failed = failed or distance > TOLERANCE
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--compare"]:
        sys.exit(compare())
    main()
