#!/usr/bin/env python3
"""A small scene made with mouse and keys alone: built, lit, shaded and rendered, from an empty file."""
import time

from driver import Window, run


def value(window, code):
    return window.python(f"print({code})")


def set_field(window, place, text):
    window.click(place)
    window.key("a", "ctrl")
    window.type(text)
    window.key("Return")


def search(window, text):
    window.move("viewport")
    window.key("F3")
    window.type(text)
    window.key("Return")


def a_scene_is_built_lit_shaded_and_rendered_by_hand():
    with Window(["--factory-startup"]) as window:
        # An empty scene.
        window.move("viewport")
        window.key("a")
        window.key("x")
        assert value(window, "len(bpy.data.objects)") == "0"

        # A floor and a ball on it.
        search(window, "add plane")
        window.key("s")
        window.type("6")
        window.key("Return")
        search(window, "add uv sphere")
        window.key("g")
        window.key("z")
        window.type("1")
        window.key("Return")
        assert value(window, "[round(v, 3) for v in bpy.context.object.location]") == "[0.0, 0.0, 1.0]"
        search(window, "shade smooth")

        # Shading: a material of its own, red and glossy.
        window.click("tab:Material")
        window.click("new:active_material")
        assert value(window, "bpy.context.object.active_material.use_nodes") == "True"
        window.click("prop:default_value")
        popup = window.places(editor="POPUP")
        assert popup, "no color is picked"
        # The wheel of hues: red lies at its right edge.
        place = popup[0]
        window.click((place["x"] + 190, place["y"] + 97))
        window.key("Escape")
        color = value(window, "[round(v, 2) for v in bpy.context.object.active_material.node_tree.nodes['Principled BSDF'].inputs['Base Color'].default_value]")
        red, green, blue, _ = eval(color)
        assert red > 2 * green and red > 2 * blue, color

        # Light.
        window.click("header:Add")
        window.click("item:Light")
        window.click("item:Sun")
        assert value(window, "bpy.context.object.data.type") == "SUN"
        window.key("r")
        window.key("x")
        window.type("40")
        window.key("Return")
        window.click("tab:Data")
        set_field(window, "prop:energy", "4")
        assert value(window, "bpy.context.object.data.energy") == "4.0"

        # A camera that looks at it.
        search(window, "add camera")
        window.click("tab:Object")
        for place, text in (("prop:location 0", "6"), ("prop:location 1", "-6"), ("prop:location 2", "4"), ("prop:rotation_euler 0", "65"),
                            ("prop:rotation_euler 1", "0"), ("prop:rotation_euler 2", "45")):
            set_field(window, place, text)
        assert value(window, "[round(v, 3) for v in bpy.context.object.rotation_euler]") == "[1.134, 0.0, 0.785]"
        window.click("tab:Scene")
        if value(window, "bpy.context.scene.camera") == "None":
            window.click("prop:camera")
            window.type("Camera")
            window.key("Return")
        assert value(window, "bpy.context.scene.camera.name") == "Camera"

        # The picture.
        window.click("tab:Output")
        set_field(window, "prop:resolution_x", "160")
        set_field(window, "prop:resolution_y", "90")
        window.click("tab:Render")
        set_field(window, "prop:samples", "8")
        window.move("viewport")
        window.key("F12")
        for _ in range(600):
            if window.state()["rendered"]:
                break
            window.idle()
        assert window.state()["rendered"]
        picture = window.places("picture")[0]
        assert picture["width"] == 160 and picture["height"] == 90, picture
        for _ in range(100):  # the picture is made ready for the display beside the window
            middle = window.pixels(picture["x"] + 80, picture["y"] + 40, 1, 1)[0][0]
            if middle[0] > middle[1] + 20:
                break
            time.sleep(0.05)
        assert middle[0] > middle[1] + 20, middle

        # Undone to the beginning.
        steps = window.state()["present"]
        window.move("picture")
        for _ in range(steps):
            window.key("z", "ctrl")
        assert value(window, "sorted(o.name for o in bpy.data.objects)") == "['Camera', 'Cube', 'Light']"


def objects_are_copied_from_one_window_into_another():
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        environment = {"TMPDIR": folder}
        with Window(["--factory-startup"], environment=environment) as window:
            window.python("bpy.context.object.name = 'Crate'")
            window.move("viewport")
            window.key("c", "ctrl")
            assert os.listdir(folder), "nothing was written"
            assert len(window.undo_labels()) <= 2, window.undo_labels()
        with Window(["--factory-startup"], environment=environment) as window:
            window.move("viewport")
            window.key("v", "ctrl")
            assert value(window, "sorted(o.name for o in bpy.context.selected_objects)") == "['Crate']"
            assert value(window, "len(bpy.data.objects), len(bpy.data.collections)") == "4 1"


def a_right_click_copies_paths_and_resets_values():
    with Window(["--factory-startup"]) as window:
        set_field(window, "prop:scale 0", "3")
        window.click("prop:scale 0", button=3)
        window.click("item:Copy Full Data Path")
        window.click("prop:name")
        window.key("a", "ctrl")
        window.key("v", "ctrl")
        window.key("Return")
        assert value(window, "bpy.context.object.name") == 'bpy.data.objects["Cube"].scale'
        window.click("prop:scale 0", button=3)
        window.click("item:Reset to Default Value")
        assert value(window, "tuple(bpy.context.object.scale)") == "(1.0, 1.0, 1.0)"
        # Values go from field to field.
        set_field(window, "prop:location 0", "2.5")
        window.move("prop:location 0")
        window.key("c", "ctrl")
        window.move("prop:location 2")
        window.key("v", "ctrl")
        assert value(window, "bpy.context.object.location.z") == "2.5"
        window.key("BackSpace")
        assert value(window, "tuple(bpy.context.object.location)") == "(0.0, 0.0, 0.0)"


def custom_properties_are_added_changed_renamed_and_removed():
    with Window(["--factory-startup"]) as window:
        window.click("tab:Scene")
        window.click("panel:Custom Properties")
        window.click("button:+  New")
        assert value(window, "bpy.context.scene['prop']") == "1.0"
        set_field(window, "prop:prop", "0.25")
        assert value(window, "bpy.context.scene['prop']") == "0.25"
        window.double_click("prop:name")
        window.key("a", "ctrl")
        window.type("wind")
        window.key("Return")
        assert value(window, "bpy.context.scene['wind']") == "0.25"
        window.click("button:X")
        assert value(window, "'wind' in bpy.context.scene") == "False"


def what_is_linked_is_overridden_changed_and_taken_back():
    import tempfile
    with tempfile.TemporaryDirectory() as folder, Window(["--factory-startup"]) as window:
        window.python(f"bpy.context.object.location = (1, 0, 0)\nbpy.ops.wm.save_as_mainfile(filepath='{folder}/library.kiln', copy=True)\n"
                      "bpy.data.objects.remove(bpy.context.object)\n"
                      f"with bpy.data.libraries.load('{folder}/library.kiln', link=True) as (there, here): here.collections = ['Collection']\n"
                      "linked = here.collections[0]; bpy.context.scene.collection.children.link(linked)\n"
                      "cube = linked.objects['Cube']; cube.select_set(True); bpy.context.view_layer.objects.active = cube")
        # What lies in a library is not for typing.
        window.click("prop:location 0")
        window.type("8\n")
        assert value(window, "bpy.context.object.location.x, bool(bpy.context.object.library)") == "1.0 True"
        window.move("viewport")
        for step in ("header:Object", "item:Library Override", "item:Make"):
            window.click(step)
        assert value(window, "bool(bpy.context.object.library), bool(bpy.context.object.override_library)") == "False True"
        assert window.undo_labels()[-1] == "Make Library Override"
        before = window.pixels(*[int(v) for v in window.place("prop:location 0")], 1, 1)
        set_field(window, "prop:location 0", "8")
        assert value(window, "bpy.context.object.location.x") == "8.0"
        x, y = window.place("prop:location 2")
        window.move((x, y))
        marked = window.pixels(*[int(v) for v in window.place("prop:location 0")], 1, 1)
        window.screenshot("/tmp/kiln_override.png")
        assert marked != before, (marked, before)
        window.click("prop:location 0", button=3)
        window.click("item:Reset to Library Value")
        assert value(window, "bpy.context.object.location.x") == "1.0"
        set_field(window, "prop:scale 1", "3")
        window.move("viewport")
        for step in ("header:Object", "item:Library Override", "item:Reset"):
            window.click(step)
        assert value(window, "bpy.context.object.scale.y") == "1.0"


if __name__ == "__main__":
    run([what_is_linked_is_overridden_changed_and_taken_back, a_scene_is_built_lit_shaded_and_rendered_by_hand, objects_are_copied_from_one_window_into_another, a_right_click_copies_paths_and_resets_values,
         custom_properties_are_added_changed_renamed_and_removed])
