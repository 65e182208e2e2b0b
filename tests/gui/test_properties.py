#!/usr/bin/env python3
"""Panels of the properties editor: what can be added, removed and named there."""
import time

from driver import Window, run


def opened(arguments=("--factory-startup",)):
    window = Window(list(arguments))
    return window


def maximize(window):
    area = [p for p in window.places("area") if p["editor"] == "PROPERTIES"][0]
    window.move((area["x"] + 150, area["y"] + 300))
    window.key("space", "ctrl")


def value(window, expression):
    return window.python(f"print({expression})")


def parts_of_meshes_are_added_named_and_removed():
    with opened() as window:
        maximize(window)
        window.click("tab:Data")
        names = "[u.name for u in bpy.context.object.data.uv_layers], bpy.context.object.data.uv_layers.active.name"
        window.click("panel:UV Maps")
        window.click("button:ADD")
        assert value(window, names) == "['UVMap', 'UVMap.001'] UVMap.001"
        window.click("list_row:0")
        assert value(window, names) == "['UVMap', 'UVMap.001'] UVMap"
        window.click("button:REMOVE")
        assert value(window, names) == "['UVMap.001'] UVMap.001"
        window.click("panel:UV Maps")

        window.click("panel:Color Attributes")
        window.click("button:ADD")
        assert value(window, "[(a.name, a.domain) for a in bpy.context.object.data.color_attributes]") == "[('Color', 'POINT')]"
        window.click("panel:Color Attributes")

        window.click("panel:Vertex Groups")
        window.click("button:ADD")
        window.click("button:ADD")
        groups = "[g.name for g in bpy.context.object.vertex_groups], bpy.context.object.vertex_groups.active_index"
        assert value(window, groups) == "['Group', 'Group.001'] 1"
        window.click("button:TRIA_UP")
        assert value(window, groups) == "['Group.001', 'Group'] 0"
        window.screenshot("/tmp/kiln_lists.png")
        window.click("panel:Vertex Groups")

        window.click("button:Add Custom Split Normals")
        assert value(window, "bpy.context.object.data.has_custom_normals") == "True"
        window.click("button:Clear Custom Split Normals")
        assert value(window, "bpy.context.object.data.has_custom_normals") == "False"
        assert window.undo_labels()[-1] == "Clear Custom Split Normals Data"


def view_layers_are_added_and_removed():
    with opened() as window:
        maximize(window)
        window.click("tab:View Layer")
        layers = "[v.name for v in bpy.context.scene.view_layers]"
        window.python("bpy.context.view_layer.samples = 7")
        window.click("button:Copy")
        assert value(window, layers + ", bpy.context.scene.view_layers[-1].samples") == "['ViewLayer', 'ViewLayer_001'] 7"
        window.click("panel:Passes")
        window.click("panel:Shader AOVs")
        window.click("button:ADD")
        assert value(window, "[a.name for a in bpy.context.view_layer.aovs]") == "['AOV']"
        window.click("panel:Shader AOVs")
        window.click("panel:Light Groups")
        groups = "[g.name for g in bpy.context.view_layer.lightgroups]"
        window.click("button:ADD")
        assert value(window, groups) == "['Lightgroup']"
        window.python("bpy.data.objects['Light'].lightgroup = 'lamps'")
        window.click("button:Add Used")
        assert value(window, groups) == "['Lightgroup', 'lamps']"
        window.click("button:Remove Unused")
        assert value(window, groups) == "['lamps']"
        window.click("button:REMOVE")
        assert value(window, groups) == "[]"
        window.click("prop:use_single_layer")
        assert value(window, "bpy.context.scene.render.use_single_layer") == "True"
        window.click("button:Remove")
        assert value(window, layers) == "['ViewLayer']"


def settings_of_renders_are_there():
    with opened() as window:
        maximize(window)
        window.click("tab:Render")
        window.click("prop:use_denoising")
        assert value(window, "bpy.context.scene.cycles.use_denoising") == "False"
        assert not window.places("prop:denoising_input_passes")
        assert not window.places("prop:denoising_prefilter")
        window.click("panel:Viewport")
        window.click("prop:use_preview_denoising")
        assert value(window, "bpy.context.scene.cycles.use_preview_denoising") == "True"
        assert window.places("prop:preview_denoising_start_sample")
        window.click("tab:Output")
        window.click("panel:Format")
        window.click("panel:Output")
        window.click("panel:Metadata")
        window.click("panel:Burn Into Image")
        window.click("prop:use_stamp")
        assert value(window, "bpy.context.scene.render.use_stamp") == "True"
        window.click("tab:Object")
        window.click("panel:Viewport Display")
        window.click("prop:show_in_front")
        assert value(window, "bpy.context.object.show_in_front") == "True"


def materials_are_seen_on_a_shape():
    with opened() as window:
        window.python("bpy.data.materials['Material'].use_nodes = False\nbpy.data.materials['Material'].diffuse_color = (0.8, 0.02, 0.02, 1)")
        window.click("tab:Material")
        window.click("panel:Preview")

        def is_shown(test):
            """Whether the middle of the picture comes to have such a color."""
            for _ in range(150):
                panel = window.places("panel:Preview")[0]
                if test(window.pixels(panel["x"] + panel["width"] // 2, panel["y"] + 105, 1, 1)[0][0]):
                    return True
                time.sleep(0.1)
            return False

        assert is_shown(lambda color: color[0] > 90 and color[0] > 2 * color[1])
        window.screenshot("/tmp/kiln_preview.png")
        window.python("bpy.data.materials['Material'].diffuse_color = (0.02, 0.02, 0.8, 1)")
        assert is_shown(lambda color: color[2] > 90 and color[2] > 2 * color[0])
        window.python("bpy.data.materials['Material'].preview_render_type = 'CLOTH'")
        assert value(window, "bpy.data.materials['Material'].preview_render_type") == "CLOTH"
        window.click("panel:Preview")
        assert not window.places("prop:use_preview_world")


if __name__ == "__main__":
    run([parts_of_meshes_are_added_named_and_removed, view_layers_are_added_and_removed, settings_of_renders_are_there, materials_are_seen_on_a_shape])
