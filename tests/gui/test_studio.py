#!/usr/bin/env python3
"""What 3D views are lit with and which colors surfaces have there, and how people edit the lamps."""
import json
import tempfile
import time
from pathlib import Path

from driver import Window, run

START = ["--factory-startup"]
SPACE = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'VIEW_3D')\n"


def shade(window, code):
    window.python(SPACE + "space.overlay.show_overlays = False\nspace.show_gizmo = False\n" + code)
    time.sleep(0.5)


def color_of_the_cube(window):
    x, y = window.place("viewport")
    return window.pixels(x, y, 1, 1)[0][0]


def corner_of_the_view(window):
    place = window.places("viewport")[0]
    return window.pixels(place["x"] + place["width"] - 12, place["y"] + place["height"] - 12, 1, 1)[0][0]


def attributes_color_surfaces():
    with Window(START) as window:
        window.python("mesh = bpy.data.objects['Cube'].data\nlayer = mesh.color_attributes.new('Color', 'BYTE_COLOR', 'CORNER')\n"
                      "for item in layer.data: item.color = (0, 0, 1, 1)\nmesh.color_attributes.active_color = layer")
        shade(window, "space.shading.light = 'FLAT'\nspace.shading.color_type = 'VERTEX'")
        red, _green, blue = color_of_the_cube(window)
        assert blue > 240 and red < 20, color_of_the_cube(window)


def pictures_color_surfaces():
    with Window(START) as window:
        window.python("image = bpy.data.images.new('Green', 8, 8)\nimage.pixels = [0, 1, 0, 1] * 64\n"
                      "tree = bpy.data.materials[0].node_tree\nnode = tree.nodes.new('ShaderNodeTexImage')\nnode.image = image\ntree.nodes.active = node")
        shade(window, "space.shading.light = 'FLAT'\nspace.shading.color_type = 'TEXTURE'")
        deadline = time.time() + 10
        while color_of_the_cube(window)[1] < 200 and time.time() < deadline:
            time.sleep(0.2)
        red, green, blue = color_of_the_cube(window)
        assert green > 200 and red < 60 and blue < 60, color_of_the_cube(window)


def worlds_light_material_previews_and_are_seen_behind():
    with Window(START) as window:
        shade(window, "space.shading.type = 'MATERIAL'")
        plain = corner_of_the_view(window)
        shade(window, "space.shading.studio_light = 'Sunset'\nspace.shading.studiolight_background_alpha = 1.0")
        red, green, blue = corner_of_the_view(window)
        assert (red, green, blue) != plain and red > blue, (red, green, blue)


def pictures_of_several_samples_come_to_rest():
    with Window(START) as window:
        window.python("bpy.context.preferences.system.viewport_aa = '8'")
        shade(window, "space.shading.light = 'FLAT'")
        window.figures()
        x, y = window.place("viewport")
        window.drag((x, y), (x + 40, y), button=2)
        time.sleep(3)
        window.figures()
        time.sleep(1)
        assert not window.figures().get("VIEW_3D.frames"), "nothing changes any more"


def lamps_are_edited_and_kept():
    with tempfile.TemporaryDirectory() as folder:
        environment = {"XDG_CONFIG_HOME": folder}
        with Window(environment=environment) as window:
            shade(window, "space.shading.color_type = 'SINGLE'")
            before = color_of_the_cube(window)
            window.move("viewport")
            window.key("comma", "ctrl")
            window.click("section:Lights")
            window.click("prop:use_studio_light_edit")
            window.screenshot("/tmp/kiln_lights.png")
            assert window.places("panel:Light 4"), sorted({p["name"] for p in window.places(editor="POPUP")})
            window.python("for lamp in bpy.context.preferences.system.solid_lights: lamp.diffuse_color = (0, 1, 0)\n"
                          "bpy.context.preferences.system.light_ambient = (0, 0, 0)")
            window.key("Escape")
            time.sleep(0.5)
            shade(window, "space.shading.show_specular_highlight = False")
            red, green, blue = color_of_the_cube(window)
            assert green > red + 60 and green > blue + 60 and (red, green, blue) != before, (red, green, blue)
        kept = json.loads(next(Path(folder).rglob("preferences.json")).read_text())
        assert kept["studio_lamps"][0]["diffuse_color"] == [0.0, 1.0, 0.0], kept["studio_lamps"]
        with Window(environment=environment) as window:
            assert window.python("s = bpy.context.preferences.system\nprint(s.use_studio_light_edit, tuple(s.solid_lights[0].diffuse_color))") == "True (0.0, 1.0, 0.0)"


if __name__ == "__main__":
    run([attributes_color_surfaces, pictures_color_surfaces, worlds_light_material_previews_and_are_seen_behind, pictures_of_several_samples_come_to_rest,
         lamps_are_edited_and_kept])
