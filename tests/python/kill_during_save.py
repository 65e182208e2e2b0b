#!/usr/bin/env python3
"""Kills the program at random instants while it saves; every file must open afterwards with the last completed save.

    kill_during_save.py APP [ROUNDS]
"""
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAVER = """
import array, bpy, sys
path = sys.argv[sys.argv.index("--") + 1]
bpy.ops.wm.open_mainfile(filepath=path)
item, mesh, text = bpy.data.objects["Cube"], bpy.data.objects["Cube"].data, bpy.data.texts["Log"]
start = int(text.as_string())
print("ready", flush=True)
for i in range(start + 1, start + 100000):
    item.location = (i, i, i)
    mesh.vertices[i % 1000].co.x = i
    text.from_string(str(i))
    if i % 4:
        bpy.ops.wm.save_mainfile()
    else:
        bpy.ops.wm.save_as_mainfile(filepath=path)
    print("saved", i, flush=True)
"""

MAKER = """
import bpy, sys
bpy.ops.wm.read_factory_settings()
mesh = bpy.data.objects["Cube"].data
mesh.clear_geometry()
mesh.vertices.add(300000)
mesh.vertices.foreach_set("co", [float(i % 9973) for i in range(900000)])
bpy.data.texts.new("Log").write("0")
bpy.ops.wm.save_as_mainfile(filepath=sys.argv[sys.argv.index("--") + 1])
"""

CHECKER = """
import bpy, sys
path = sys.argv[sys.argv.index("--") + 1]
bpy.ops.wm.open_mainfile(filepath=path)
item = bpy.data.objects["Cube"]
n = int(bpy.data.texts["Log"].as_string())
assert tuple(item.location) == (n, n, n), (n, tuple(item.location))
assert len(item.data.vertices) == 300000
assert n == 0 or item.data.vertices[n % 1000].co.x == n
print("holds", n)
"""


def run(app, script, path, **options):
    return subprocess.Popen([app, "-b", "--factory-startup", "--python-expr", script, "--", str(path)], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, **options)


def main():
    app, rounds = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        path, older = Path(folder) / "scene.kiln", Path(folder) / "scene.kiln1"
        made = run(app, MAKER, path)
        out, err = made.communicate(timeout=120)
        assert made.returncode == 0, err
        for number in range(rounds):
            saver = run(app, SAVER, path)
            assert saver.stdout.readline() == "ready\n", saver.stderr.read()
            time.sleep(draw.uniform(0, 0.15))
            saver.kill()
            out, _ = saver.communicate()
            completed = [int(line.split()[1]) for line in out.splitlines() if line.startswith("saved") and len(line.split()) == 2]
            if number % 4 == 3 or number == rounds - 1:  # the next saver opens the file too
                checker = run(app, CHECKER, path)
                out, err = checker.communicate(timeout=120)
                assert checker.returncode == 0, f"round {number}: {err}"
                held = int(out.split()[-1])
                assert not completed or held >= completed[-1], f"round {number}: holds {held}, completed {completed[-1]}"
                if older.exists():
                    out, err = run(app, CHECKER, older).communicate(timeout=120)
                    assert out.startswith("holds"), f"round {number}, version 1: {err}"
        made = run(app, MAKER, path)
        made.communicate(timeout=120)
        assert sorted(os.listdir(folder)) == ["scene.kiln", "scene.kiln1"], os.listdir(folder)
    print(f"{rounds} kills, every file opened with the last completed save")


main()
