"""Type stubs that the program writes: they are Python, and name every property of what they describe.

    python3 check_stubs.py KILN FOLDER_OF_TOOLS
"""
import ast
import os
import subprocess
import sys
import tempfile

SCRIPT = """
import bpy
for name in ("Object", "Mesh", "Scene", "ShaderNodeMath"):
    print("PROPERTIES", name, *(p.identifier for p in getattr(bpy.types, name).bl_rna.properties))
"""


def members(trees, name):
    """Names in a class and its bases."""
    node = trees[name]
    found = {item.target.id for item in node.body if isinstance(item, ast.AnnAssign)}
    found |= {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in trees:
            found |= members(trees, base.id)
    return found


def main():
    kiln, tools = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([kiln, "-b", "--factory-startup", "--python", os.path.join(tools, "make_stubs.py"), "--python-exit-code", "1", "--", folder],
                       check=True, timeout=120)
        count = 0
        for place, _, files in os.walk(folder):
            for name in files:
                with open(os.path.join(place, name), encoding="utf-8") as file:
                    ast.parse(file.read(), os.path.join(place, name))
                count += 1
        with open(os.path.join(folder, "bpy-stubs", "types", "__init__.pyi"), encoding="utf-8") as file:
            trees = {node.name: node for node in ast.parse(file.read()).body if isinstance(node, ast.ClassDef)}
    listing = subprocess.run([kiln, "-b", "--factory-startup", "--python-expr", SCRIPT], capture_output=True, text=True, check=True, timeout=60).stdout
    lines = [line.split()[1:] for line in listing.splitlines() if line.startswith("PROPERTIES ")]
    assert len(lines) == 4, listing
    for name, *properties in lines:
        missing = set(properties) - members(trees, name) - {"rna_type"}
        assert not missing, f"{name}: {sorted(missing)} are not in the stubs"
    print(f"{count} stubs, {len(trees)} types")


main()
