"""Files that somebody tampered with: an error that names the file, or a document that can be worked on; never a crash."""
import json
import os
import random
import shutil
import sqlite3
import sys
import tempfile

import bpy

ROUNDS = 400
STRANGE = (None, True, -1, 0, 1, 2 ** 31, 2 ** 63, 1e308, "nan", "inf", "", "x" * 10000, "\u0000", [], {}, [None], [[]], {"_ref": "0" * 32}, {"_ref": 3},
           [{"_type": "Nonsense"}], [{"_type": "Object", "_id": 1}], {"_type": "Scene"})


def places(value, path=()):
    """All positions in a JSON value."""
    yield path
    if isinstance(value, (dict, list)):
        for key in (value if isinstance(value, dict) else range(len(value))):
            yield from places(value[key], (*path, key))


def mutated(value, draw):
    """The value with one thing changed."""
    path = draw.choice(list(places(value)))
    if not path:
        return draw.choice(STRANGE)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    kind = draw.randrange(4)
    if kind == 0:
        del inner[path[-1]]
    elif kind == 1 and isinstance(inner, list):
        inner.extend(json.loads(json.dumps(inner)))
    elif kind == 2 and isinstance(inner, dict):
        inner[draw.choice(list(inner))] = inner[path[-1]]
    else:
        inner[path[-1]] = draw.choice(STRANGE)
    return value


def tamper(path, draw):
    """Changes a few things in a file, in ways that SQLite accepts."""
    file = sqlite3.connect(path)
    try:
        for _ in range(draw.randint(1, 4)):
            rows = file.execute("SELECT rowid, uuid, type, properties FROM blocks").fetchall()
            if not rows:
                return
            row, uuid, _, properties = draw.choice(rows)
            other = draw.choice(rows)
            kind = draw.randrange(12)
            if kind < 6:
                file.execute("UPDATE blocks SET properties = ? WHERE rowid = ?", (json.dumps(mutated(json.loads(properties), draw)), row))
            elif kind == 6:
                file.execute("UPDATE blocks SET type = ? WHERE rowid = ?", (other[2], row))
            elif kind == 7:
                file.execute("UPDATE blocks SET owner = ? WHERE rowid = ?", (draw.choice((other[1], uuid, "", "zz")), row))
            elif kind == 8:
                file.execute("DELETE FROM blocks WHERE rowid = ?", (row,))
            elif kind == 9:
                file.execute("UPDATE arrays SET chunk = (SELECT chunk FROM arrays ORDER BY random() LIMIT 1) WHERE ordinal = ?", (draw.randrange(6),))
            elif kind == 10:
                file.execute("UPDATE chunks SET size = ?, element = ? WHERE hash = (SELECT hash FROM chunks LIMIT 1 OFFSET ?)",
                             (draw.choice((0, 1, 12, 2 ** 20, 2 ** 40, -1)), draw.choice((0, 1, 3, 4, 8, 99)), draw.randrange(8)))
            else:
                file.execute(draw.choice(("UPDATE links SET type = 'Mesh'", "UPDATE links SET library = 'x'", "UPDATE links SET source = uuid, name = 'Gone'",
                                          "UPDATE arrays SET name = 'positions'", "UPDATE arrays SET position = position + 1", "UPDATE blocks SET name = ''",
                                          "UPDATE meta SET value = 'x' WHERE key != 'format_version'", "UPDATE blocks SET properties = '{'", "DROP TABLE links")))
            file.commit()
    except (sqlite3.Error, ValueError):
        pass
    finally:
        file.close()


def make(folder):
    """A file with something of everything, and what it links from another one."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    library = os.path.join(folder, "library.kiln")
    part = bpy.data.objects.new("Part", bpy.data.meshes.new("Part"))
    part.data.from_pydata([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [], [(0, 1, 2)])
    bpy.data.libraries.write(library, {part})
    bpy.ops.wm.read_factory_settings()
    scene = bpy.context.scene
    with bpy.data.libraries.load(library, link=True) as (_, target):
        target.objects = ["Part"]
    scene.collection.objects.link(target.objects[0])
    over = target.objects[0].override_create()
    over.location.x = 3
    scene.collection.objects.link(over)
    cube = bpy.data.objects["Cube"]
    cube.modifiers.new("Subdivision", "SUBSURF")
    cube.modifiers.new("Array", "ARRAY").count = 3
    cube["note"] = {"a": [1, 2], "b": "text", "c": cube}
    cube.vertex_groups.new(name="Group").add([0, 1], 0.5, "REPLACE")
    group = bpy.data.collections.new("Inner")
    bpy.data.collections["Collection"].children.link(group)
    group.objects.link(cube)
    instance = bpy.data.objects.new("Instance", None)
    instance.instance_type, instance.instance_collection = "COLLECTION", group
    scene.collection.objects.link(instance)
    bpy.data.objects["Light"].parent = cube
    bpy.data.texts.new("Text").write("one\ntwo")
    bpy.data.images.new("Picture", 4, 4).pixels = [0.5] * 64
    path = os.path.join(folder, "scene.kiln")
    bpy.ops.wm.save_as_mainfile(filepath=path)
    return path


def use():
    """Looks at the document from all sides, and changes it."""
    for _ in bpy.context.evaluated_depsgraph_get().object_instances:
        pass
    for block in (*bpy.data.objects, *bpy.data.materials, *bpy.data.scenes, *bpy.data.collections):
        block.copy()
        block.name = "Renamed"
    for o in bpy.data.objects:
        o.location.x += 1
    bpy.data.user_map()


def main():
    draw = random.Random(5)
    folder = tempfile.mkdtemp()
    opened = 0
    try:
        good = make(folder)
        path = os.path.join(folder, "tampered.kiln")
        for number in range(ROUNDS):
            shutil.copy(good, path)
            tamper(path, draw)
            print("round", number, file=sys.stderr) if "--verbose" in sys.argv else None
            try:
                bpy.ops.wm.open_mainfile(filepath=path)
            except RuntimeError as error:
                assert "tampered.kiln" in str(error), error
                continue
            opened += 1
            use()
            bpy.ops.wm.save_as_mainfile(filepath=os.path.join(folder, "again.kiln"))
            bpy.ops.wm.open_mainfile(filepath=os.path.join(folder, "again.kiln"))
    finally:
        shutil.rmtree(folder)
    assert ROUNDS // 10 < opened < ROUNDS, opened
    print(f"{ROUNDS} files, {opened} of them could be opened")


def lists_without_items_stay_so():
    """A color ramp without stops is saved as it was opened."""
    folder = tempfile.mkdtemp()
    try:
        path = os.path.join(folder, "ramp.kiln")
        bpy.ops.wm.read_factory_settings(use_empty=True)
        texture = bpy.data.textures.new("T", "CLOUDS")
        texture.use_fake_user = True
        texture.color_ramp.interpolation = "EASE"
        bpy.ops.wm.save_as_mainfile(filepath=path)
        file = sqlite3.connect(path)
        uuid, stored = file.execute("SELECT uuid, properties FROM blocks WHERE type LIKE '%Texture%'").fetchone()
        properties = json.loads(stored)
        properties["color_ramp"]["elements"] = []
        file.execute("UPDATE blocks SET properties = ? WHERE uuid = ?", (json.dumps(properties), uuid))
        file.commit()
        file.close()
        for _ in range(2):
            bpy.ops.wm.open_mainfile(filepath=path)
            assert len(bpy.data.textures["T"].color_ramp.elements) == 0
            path = os.path.join(folder, "again.kiln")
            bpy.ops.wm.save_as_mainfile(filepath=path)
    finally:
        shutil.rmtree(folder)


main()
lists_without_items_stay_so()
