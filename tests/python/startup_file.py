#!/usr/bin/env python3
"""The user's start-up file: what is kept as one is what new documents and the next start begin with.

    startup_file.py KILN
"""
import os
import subprocess
import sys
import tempfile


def run(kiln, home, code, *options):
    done = subprocess.run([kiln, "-b", *options, "--python-exit-code", "3", "--python-expr", "import bpy\n" + code], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "HOME": home, "XDG_CONFIG_HOME": ""})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def main():
    kiln = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as home:
        run(kiln, home, "bpy.data.objects['Cube'].name = 'Mine'\nbpy.ops.wm.save_homefile()")
        run(kiln, home, "assert 'Mine' in bpy.data.objects and not bpy.data.filepath")
        run(kiln, home, "assert 'Cube' in bpy.data.objects", "--factory-startup")
        run(kiln, home, "bpy.ops.wm.read_factory_settings()\nassert 'Cube' in bpy.data.objects\nbpy.ops.wm.read_homefile()\nassert 'Mine' in bpy.data.objects")
        run(kiln, home, "bpy.ops.wm.read_homefile(use_factory_startup=True)\nassert 'Cube' in bpy.data.objects")
        run(kiln, home, "bpy.ops.wm.read_homefile(use_empty=True)\nassert not bpy.data.objects")
        run(kiln, home, "bpy.ops.wm.read_homefile()\nassert 'Cube' in bpy.data.objects", "--factory-startup")
        file = os.path.join(home, ".config/kiln/startup.kiln")
        with open(file, "r+b") as stream:
            stream.truncate(2000)
        assert "start-up file" in run(kiln, home, "assert 'Cube' in bpy.data.objects"), "a damaged start-up file is told of and left out"
    print("start-up files are kept, read and left out as they should")


if __name__ == "__main__":
    main()
