#!/usr/bin/env python3
"""The preferences: keys and colors that people change, and that are kept."""
import json
import tempfile
from pathlib import Path

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


if __name__ == "__main__":
    run([keys_are_changed_kept_and_reset, the_size_of_the_interface_holds_from_the_next_start, colors_of_the_theme_are_changed])
