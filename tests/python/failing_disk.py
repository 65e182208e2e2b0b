#!/usr/bin/env python3
"""Lets every single write of a save fail; the old file must survive, and the message must name it.

    failing_disk.py APP SHIM
"""
import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

MAKER = """
import bpy, sys
bpy.ops.wm.read_factory_settings()
mesh = bpy.data.objects["Cube"].data
mesh.clear_geometry()
mesh.vertices.add(200000)
mesh.vertices.foreach_set("co", [float(i * 7919 % 9973) for i in range(600000)])
bpy.data.texts.new("Log").write("old")
bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-1])
"""

# Exit status 9: the save said that it failed, and why.
SAVER = """
import bpy, os, sys
mode, path = sys.argv[-2:]
bpy.ops.wm.open_mainfile(filepath=path)
bpy.data.texts["Log"].from_string("new")
mesh = bpy.data.objects["Cube"].data
mesh.vertices.foreach_set("co", [float(i * 104729 % 9973) for i in range(600000)])
os.environ["KILN_TEST_FAIL"] = os.environ["KILN_TEST_LATER"]
import ctypes
ctypes.CDLL(None).setenv(b"KILN_TEST_FAIL", os.environ["KILN_TEST_LATER"].encode(), 1)
try:
    bpy.ops.wm.save_mainfile() if mode == "incremental" else bpy.ops.wm.save_as_mainfile(filepath=path + ".new" if mode == "new" else path)
except RuntimeError as error:
    assert os.path.basename(path) in str(error), error
    assert bpy.data.is_dirty
    assert bpy.data.texts["Log"].as_string() == "new"
    sys.exit(9)
sys.exit(0)
"""

CHECKER = """
import bpy, sys
bpy.ops.wm.open_mainfile(filepath=sys.argv[-1])
assert len(bpy.data.objects["Cube"].data.vertices) == 200000
mark = bpy.data.texts["Log"].as_string()
second = bpy.data.objects["Cube"].data.vertices[0].co.y
assert second == (7919 % 9973 if mark == "old" else 104729 % 9973), (mark, second)
print("holds", mark)
"""


def run(app, script, *arguments, **environment):
    return subprocess.run([app, "-b", "--factory-startup", "--python-expr", script, "--", *map(str, arguments)], capture_output=True, text=True,
                          timeout=120, env={**os.environ, **environment})


def main():
    app, shim = map(os.path.abspath, sys.argv[1:3])
    rounds = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(os.path.realpath(folder))
        path = folder / "scene.kiln"
        for mode in ("incremental", "full", "new"):
            for sticky, error in ((True, errno.ENOSPC), (False, errno.EIO)):
                n = 1
                while True:
                    made = run(app, MAKER, path)
                    assert made.returncode == 0, made.stderr
                    faults = {"LD_PRELOAD": shim, "KILN_TEST_FOLDER": str(folder), "KILN_TEST_LATER": str(n), "KILN_TEST_ERROR": str(error)}
                    if sticky:
                        faults["KILN_TEST_STICKY"] = "1"
                    saved = run(app, SAVER, mode, path, **faults)
                    where = f"{mode}, write {n}, {errno.errorcode[error]}{', and all later' if sticky else ''}"
                    assert saved.returncode in (0, 9), f"{where}: status {saved.returncode}\n{saved.stderr}"
                    target = Path(f"{path}.new") if mode == "new" else path
                    if mode == "new" and saved.returncode == 9:
                        assert not target.exists(), where
                        target = path
                    checked = run(app, CHECKER, target)
                    assert checked.returncode == 0, f"{where}: {checked.stderr}"
                    held = checked.stdout.split()[-1]
                    # A failed save that had reached the disk all the same would be found here.
                    assert held == ("new" if saved.returncode == 0 else "old"), f"{where}: status {saved.returncode}, holds {held}"
                    left = sorted(set(os.listdir(folder)) - {"scene.kiln", "scene.kiln1", "scene.kiln.new", "scene.kiln-journal", "scene.kiln1-journal"})
                    assert not left, f"{where}: left {left}"
                    older = folder / "scene.kiln1"
                    if older.exists():
                        checked = run(app, CHECKER, older)
                        assert checked.returncode == 0, f"{where}, version 1: {checked.stderr}"
                    for name in os.listdir(folder):
                        os.remove(folder / name)
                    rounds += 1
                    if saved.returncode == 0:
                        break
                    # The first writes one by one, then at growing distances: there are many alike.
                    n += 1 if n < 12 else n // 3
    print(f"{rounds} saves with failing writes: the old file or the new one, and a message that names it")


main()
