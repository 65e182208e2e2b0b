#!/usr/bin/env python3
"""The preferences: keys and colors that people change, and that are kept."""
import json
import tempfile
from pathlib import Path

import time

from driver import Window, run


def kept(folder, name):
    """A file of the user's folder."""
    found = list(Path(folder).rglob(name))
    assert len(found) == 1, found
    return json.loads(found[0].read_text())


def open_section(window, name):
    window.move("viewport")
    window.key("comma", "ctrl")
    window.click(f"section:{name}")


def keys_are_changed_kept_and_reset():
    with tempfile.TemporaryDirectory() as folder:
        environment = {"XDG_CONFIG_HOME": folder}
        with Window(environment=environment) as window:
            open_section(window, "Keymap")
            window.click("search")
            window.type("inset faces")
            window.click("button:I")
            window.screenshot("/tmp/kiln_keymap.png")
            window.key("j", "shift")
            assert window.places("button:Shift J"), sorted({p["name"] for p in window.places(editor="POPUP")})
            assert kept(folder, "keymap.json") == [{"map": "Mesh", "key": "I", "command": "mesh.inset", "to": "shift+J"}]
        with Window(environment=environment) as window:
            window.move("viewport")
            window.key("Tab")
            window.key("3")
            window.key("a", "alt")
            window.click("gizmo:Z")
            x, y = window.place("viewport")
            window.click((x + 12, y + 12))
            before = window.undo_labels()
            window.key("i")
            window.key("Return")
            assert window.undo_labels() == before, window.undo_labels()
            window.key("j", "shift")
            window.type("0.1")
            window.key("Return")
            assert window.undo_labels()[-1] == "Inset Faces", window.undo_labels()
            open_section(window, "Keymap")
            window.click("search")
            window.type("inset faces")
            window.click("button:Reset")
            assert kept(folder, "keymap.json") == []


def the_size_of_the_interface_holds_from_the_next_start():
    with tempfile.TemporaryDirectory() as folder:
        environment = {"XDG_CONFIG_HOME": folder}
        with Window(environment=environment) as window:
            small = window.places("header:Add")[0]["height"]
            open_section(window, "Interface")
            window.click("button:150 %")
            assert kept(folder, "interface.json")["scale"] == 1.5
        with Window(environment=environment) as window:
            window.screenshot("/tmp/kiln_scaled.png")
            assert window.ask({"do": "idle"})
            assert small > 0


def colors_of_the_theme_are_changed():
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "kiln").mkdir()
        (Path(folder) / "kiln" / "interface.json").write_text(json.dumps({"dark": {"area": "#00ff00", "accent": "no color"}}))
        with Window(environment={"XDG_CONFIG_HOME": folder}) as window:
            place = [p for p in window.places("area") if p["editor"] == "OUTLINER"][0]
            color = window.pixels(place["x"] + 20, place["y"] + place["height"] - 20, 1, 1)[0][0]
            assert color == (0, 255, 0), color


VIEW = "r = next(a for a in bpy.context.screen.areas if a.type == 'VIEW_3D').spaces.active.region_3d\n"


def the_row_of_digits_can_be_the_number_pad():
    with Window(["--factory-startup"]) as window:
        window.python("bpy.context.preferences.inputs.use_emulate_numpad = True")
        window.move("viewport")
        window.key("7")
        assert window.python(VIEW + "print([round(abs(x), 3) for x in r.view_rotation], r.view_perspective)") == "[1.0, 0.0, 0.0, 0.0] ORTHO"


def wheels_and_zoom_go_as_preferred():
    with Window(["--factory-startup"]) as window:
        distance = VIEW + "print(r.view_distance)"
        before = float(window.python(distance))
        window.wheel("viewport", 1)
        nearer = float(window.python(distance))
        assert nearer < before
        window.python("bpy.context.preferences.inputs.invert_zoom_wheel = True")
        window.wheel("viewport", 1)
        assert abs(float(window.python(distance)) - before) < 0.01 * before
        # Towards the mouse, the place that is looked at moves.
        place = VIEW + "print([round(x, 2) for x in r.view_location])"
        still = window.python(place)
        window.python("bpy.context.preferences.inputs.use_zoom_to_mouse = True")
        x, y = window.place("viewport")
        window.wheel((x + 200, y + 100), -2)
        assert window.python(place) != still


def renders_appear_where_they_are_wanted():
    with Window(["--factory-startup"]) as window:
        kinds = "print(sorted(a.type for a in bpy.context.screen.areas))"
        before = window.python(kinds)
        window.python("bpy.context.preferences.view.render_display_type = 'NONE'\ns = bpy.context.scene\n"
                      "s.cycles.samples = 1\ns.render.resolution_x = s.render.resolution_y = 32")
        window.move("viewport")
        window.key("F12")
        for _ in range(100):
            if window.state()["rendered"]:
                break
            time.sleep(0.1)
        assert window.state()["rendered"] and window.python(kinds) == before
        window.python("bpy.context.preferences.view.render_display_type = 'AREA'")
        window.move("viewport")
        window.key("F12")
        assert "IMAGE_EDITOR" in window.python(kinds)


if __name__ == "__main__":
    run([the_row_of_digits_can_be_the_number_pad, wheels_and_zoom_go_as_preferred, renders_appear_where_they_are_wanted, keys_are_changed_kept_and_reset, the_size_of_the_interface_holds_from_the_next_start, colors_of_the_theme_are_changed])
