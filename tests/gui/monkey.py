#!/usr/bin/env python3
"""Clicks and types at random until a time is over; what crashes or hangs is printed with all that was done before.

    KILN=build/asan/bin/kiln python3 tests/gui/monkey.py --minutes 5 --seed 1

The same seed does the same things, as far as the window answers the same. `--replay FILE` does what a failure printed.
"""
import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from driver import Window

KEYS = [*"abcdefghijklmnoprstuvwxyz", *"0123456789", "F1", "F2", "F3", "F9", "F11", "Tab", "Return", "Escape", "Delete", "Home", "space", "Up", "Down", "Left",
        "Right", "KP_0", "KP_1", "KP_2", "KP_3", "KP_5", "KP_7", "KP_Decimal", "period", "comma", "minus", "BackSpace", "F12"]
TEXTS = ["1.5", "-2", "3*4", "2m", "90d", "1e30", "", "x", "nan", "Cube", "0.1", "((", "ä", "import bpy", "bpy.ops.object.delete()"]
FORBIDDEN = {("q", ("ctrl",)), ("o", ("ctrl",)), ("s", ("ctrl",)), ("s", ("ctrl", "shift"))}

# A small scene with something in every editor, and an add-on that draws, waits and fails.
SCENE = """
import bpy
s = bpy.context.scene
s.cycles.samples = 2
s.render.resolution_x, s.render.resolution_y = 96, 54
m = bpy.data.materials.new('M')
m.use_nodes = True
bpy.context.object.data.materials.append(m)
class M_OT_wait(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'm.wait', 'Wait', {'UNDO'}
    value: bpy.props.FloatProperty()
    def invoke(self, context, event):
        context.window_manager.modal_handler_add(self)
        return {'RUNNING_MODAL'}
    def modal(self, context, event):
        if event.type in {'LEFTMOUSE', 'ESC', 'RET'}:
            return {'FINISHED'}
        return {'PASS_THROUGH'}
class M_OT_ask(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'm.ask', 'Ask', {'UNDO'}
    value: bpy.props.FloatProperty()
    def invoke(self, context, event):
        return context.window_manager.invoke_props_dialog(self)
    def execute(self, context):
        context.object.location.x = self.value
        return {'FINISHED'}
class M_PT_panel(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_context = 'Monkey', 'PROPERTIES', 'WINDOW', 'object'
    def draw(self, context):
        self.layout.operator('m.wait')
        self.layout.operator('m.ask')
        self.layout.prop(context.scene, 'frame_current')
        self.layout.template_ID(context.object, 'parent')
for cls in (M_OT_wait, M_OT_ask, M_PT_panel):
    bpy.utils.register_class(cls)
bpy.types.VIEW3D_MT_object.append(lambda self, context: self.layout.operator('m.ask'))
def broken(self, context):
    raise ValueError('no such wheel')
bpy.types.VIEW3D_HT_header.append(broken)
"""


class Monkey:
    def __init__(self, window, seed):
        self.window, self.random, self.done = window, random.Random(seed), []

    def place(self):
        """Mostly something that has a name, else anywhere."""
        if self.random.random() < 0.7:
            found = [p for p in self.window.ask({"do": "places"})["places"] if "Quit" not in p["name"] and p["width"] > 0]
            if found:
                chosen = self.random.choice(found)
                return (chosen["x"] + self.random.randrange(max(1, chosen["width"])), chosen["y"] + self.random.randrange(max(1, chosen["height"])))
        return self.random.randrange(1440), self.random.randrange(900)

    def choose(self):
        kind = self.random.choices(["click", "right", "double", "drag", "wheel", "key", "type", "escape", "move"], [30, 6, 4, 12, 5, 28, 6, 6, 3])[0]
        if kind in ("click", "right", "double", "wheel", "move"):
            return [kind, *self.place(), self.random.choice([[], [], [], ["shift"], ["ctrl"]])]
        if kind == "drag":
            return [kind, *self.place(), *self.place(), self.random.choice([1, 1, 1, 2, 3])]
        if kind == "key":
            modifiers = self.random.choice([[], [], [], ["shift"], ["ctrl"], ["alt"], ["ctrl", "shift"]])
            key = self.random.choice(KEYS)
            return ["move", *self.place(), []] if (key, tuple(modifiers)) in FORBIDDEN else [kind, key, modifiers]
        return ["type", self.random.choice(TEXTS)] if kind == "type" else ["key", "Escape", []]

    def act(self, action):
        window = self.window
        self.done.append(action)
        kind, *facts = action
        if kind == "click":
            window.click(tuple(facts[:2]), modifiers=facts[2])
        elif kind == "right":
            window.click(tuple(facts[:2]), button=3, modifiers=facts[2])
        elif kind == "double":
            window.double_click(tuple(facts[:2]))
        elif kind == "drag":
            window.drag(tuple(facts[:2]), tuple(facts[2:4]), button=facts[4], steps=4)
        elif kind == "wheel":
            window.wheel(tuple(facts[:2]), 2 if sum(facts[:2]) % 2 else -2)
        elif kind == "move":
            window.move(tuple(facts[:2]))
        elif kind == "key":
            window.key(facts[0], *facts[1])
        elif kind == "type":
            window.type("".join(c for c in facts[0] if c.isascii()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replay", type=Path)
    parser.add_argument("--limit", type=float, default=0.0, help="fail when a handler of an event takes longer, in milliseconds")
    options = parser.parse_args()
    replayed = json.loads(options.replay.read_text()) if options.replay else None
    end = time.monotonic() + options.minutes * 60
    seed, total, slow = options.seed, 0, []
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        while time.monotonic() < end or replayed:
            window = Window(["--factory-startup", "--debug-events"], environment={"HOME": home})
            window.socket.settimeout(120)
            monkey = Monkey(window, seed)
            try:
                window.python(SCENE)
                for _ in range(len(replayed) if replayed else 400):
                    if time.monotonic() > end and not replayed:
                        break
                    monkey.act(replayed.pop(0) if replayed else monkey.choose())
                    total += 1
                    if window.process.poll() is not None:
                        break
                slow += window.state().get("slow", []) if window.process.poll() is None else []
            except Exception as problem:
                # A click on "Quit" is no failure.
                try:
                    status = window.process.wait(timeout=20)
                except Exception:
                    status = "hangs"
                if status != 0:
                    trace = Path(os.environ.get("KILN_GUI_FAILURES", ".")) / f"monkey_{seed}.json"
                    trace.parent.mkdir(parents=True, exist_ok=True)
                    trace.write_text(json.dumps(monkey.done))
                    log = (window.folder / "log").read_text()[-6000:]
                    print(f"FAILED with seed {seed} after {len(monkey.done)} actions: {problem}\nstatus {status}; --replay {trace}\nlast: {monkey.done[-8:]}\n{log}")
                    if status == "hangs":
                        window.process.kill()
                    window.close()
                    sys.exit(1)
            window.close()
            if window.exit_status not in (0, None):
                print(f"FAILED with seed {seed}: ended with {window.exit_status}\n{window.output[-6000:]}")
                sys.exit(1)
            seed += 1
            replayed = None
    worst = sorted(slow, key=lambda entry: -entry["milliseconds"])[:12]
    print(f"{total} actions, {seed - options.seed} windows, {len(slow)} handlers above 100 ms")
    for entry in worst:
        print(f"  {entry['milliseconds']:7.0f} ms  {entry['what']}")
    sys.exit(1 if options.limit and worst and worst[0]["milliseconds"] > options.limit else 0)


if __name__ == "__main__":
    main()
