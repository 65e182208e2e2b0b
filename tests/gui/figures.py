#!/usr/bin/env python3
"""Measures how the window feels, on software OpenGL: start, frames of heavy scenes while orbiting, answers while a render runs.

    KILN=build/release/bin/kiln tests/gui/figures.py [names]

Each row: a name, then figures in milliseconds (or seconds and MB where it says so). Run it on a quiet machine: nothing here is
a test, since what a frame takes depends on who shares the processor.
"""
import sys
import time

from driver import Window

MILLION_TRIANGLES = """
import bpy
bpy.ops.mesh.primitive_grid_add(x_subdivisions=708, y_subdivisions=708, size=6)
grid = bpy.context.object
texture = bpy.data.textures.new('Hills', 'CLOUDS')
displace = grid.modifiers.new('Displace', 'DISPLACE')
displace.texture = texture
"""

MANY_OBJECTS = """
import bpy
mesh = bpy.data.objects['Cube'].data
for i in range(10000):
    o = bpy.data.objects.new('o', mesh)
    o.location = (i % 100 * 0.1 - 5, i // 100 * 0.1 - 5, 0)
    o.scale = (0.03, 0.03, 0.03)
    bpy.context.scene.collection.objects.link(o)
"""


def memory(window):
    """MB that the program holds in memory."""
    for line in open(f"/proc/{window.process.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def report(name, **figures):
    print(f"{name:28s}" + "  ".join(f"{key} {value:.1f}" if value > 1.5 else f"{key} {value:.3f}" for key, value in figures.items()), flush=True)


def orbit(window, seconds):
    """Drags around with the middle button; the figures of the viewport meanwhile."""
    x, y = window.place("viewport")
    window.move((x, y))
    window.screen.button(2, True)
    window.idle()
    window.figures()
    until = time.monotonic() + seconds
    step = 0
    while time.monotonic() < until:
        step += 1
        window.screen.motion(x + 40 * (step % 20) / 20, y + step % 7)
        time.sleep(0.03)
    window.idle()
    found = window.figures()
    window.screen.button(2, False)
    window.idle()
    return {key.split(".")[1]: value for key, value in found.items() if key.startswith("VIEW_3D.")}


def start():
    times = []
    for _ in range(5):
        with Window() as window:
            times.append(window.seconds_to_start)
            held = memory(window)
    report("start (seconds, MB)", best=min(times), worst=max(times), memory=held)


def heavy(name, code):
    with Window() as window:
        window.python(code)
        found = orbit(window, 6)
        report(name, frame=found["frame_ms_mean"], frame_max=found["frame_ms_max"], input_to_paint=found["input_ms_mean"], memory_MB=memory(window))


def million_triangles():
    heavy("1 M triangles", MILLION_TRIANGLES)


def many_objects():
    heavy("10,000 objects", MANY_OBJECTS)


def beside_a_render():
    with Window() as window:
        idle = orbit(window, 4)
        window.python("s = bpy.context.scene\ns.cycles.samples = 4000\ns.render.resolution_x, s.render.resolution_y = 1920, 1080")
        window.key("F12")
        window.python("next(a for a in bpy.context.screen.areas if a.type == 'IMAGE_EDITOR').type = 'VIEW_3D'")
        time.sleep(1.5)
        assert window.state()["rendering"], "the render has ended before it was measured"
        busy = orbit(window, 4)
        report("beside a render", input_alone=idle["input_ms_mean"], input_rendering=busy["input_ms_mean"], worst=busy["input_ms_max"],
               frame=busy["frame_ms_mean"])


def rendered_shading():
    with Window() as window:
        window.python("[setattr(a.spaces.active.shading, 'type', 'RENDERED') for a in bpy.context.screen.areas if a.type == 'VIEW_3D']")
        time.sleep(1.5)
        busy = orbit(window, 4)
        report("path-traced shading", input_to_paint=busy["input_ms_mean"], worst=busy["input_ms_max"], frame=busy["frame_ms_mean"])


if __name__ == "__main__":
    wanted = sys.argv[1:]
    for measure in (start, million_triangles, many_objects, beside_a_render, rendered_shading):
        if not wanted or measure.__name__ in wanted:
            measure()
