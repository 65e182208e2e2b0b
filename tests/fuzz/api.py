"""Drives the Python interface at random: valid and invalid values, stale handles, deletes, undo. Nothing may crash or leak.

    kiln -b --factory-startup --python tests/fuzz/api.py -- --calls 1000000 --seed 1 [--trace FROM]

Every step depends on the seed alone, so a crash is found again with the same arguments; `--trace` prints the steps from that one on.
Exceptions are what bad calls deserve, except SystemError (a broken promise between Python and C).
"""
import argparse
import array
import faulthandler
import os
import random
import resource
import sys
import tempfile

import bpy
import mathutils

faulthandler.enable()
arguments = argparse.ArgumentParser()
arguments.add_argument("--calls", type=int, default=20000)
arguments.add_argument("--seed", type=int, default=1)
arguments.add_argument("--trace", type=int, default=None)
options = arguments.parse_args(sys.argv[sys.argv.index("--") + 1:] if "--" in sys.argv else [])
rng = random.Random(options.seed)

NAMES = ["", "a", "Cube", "Cube.001", "é漢", "x" * 70, "x" * 10000, "a\"]", "..", "a\\b", "\n", "\ud800", "location", "modifiers[\"A\"].count", "data.vertices[0].co",
         "constraints", "kit.x", "[0]", "x[", "vertices[99999999999].co", "rotation_euler.z", "[\"prop\"]", "node_tree.nodes[0].inputs[0].default_value"]
NUMBERS = [0, 1, -1, 2, 7, 2 ** 31 - 1, -2 ** 31, 2 ** 31, 2 ** 63, -2 ** 70, 0.0, 0.5, -1.5, 1e38, 1e300, float("nan"), float("inf"), -float("inf")]
# Values that would only measure how much memory there is.
COSTLY = ("count", "level", "segments", "subdivisions", "vertices", "number", "cuts", "resolution", "size_x", "size_y", "width", "height", "samples", "ring", "iterations",
          "octree_depth", "steps", "render_levels", "samples", "detail", "frame_duration", "octaves")
SKIPPED_OPERATORS = ("wm.", "render.", "import_", "export_", "preferences.", "image.save", "image.open", "image.external", "ed.undo_history", "script.")
SKIPPED_FUNCTIONS = {"save", "save_render", "unpack", "write", "load", "reload", "pack", "libraries"}
pool = []
found_problems = []
is_traced = False


def say(*what):
    """Tells the details of a step that is traced."""
    if is_traced:
        print("   ", *(f"{thing!r:.100}" for thing in what), file=sys.stderr, flush=True)


def remember(value):
    if isinstance(value, (bpy.types.bpy_struct, bpy.types.bpy_prop_collection)) or type(value).__module__ == "mathutils" or type(value).__name__ == "bpy_prop_array":
        if len(pool) < 400:
            pool.append(value)
        else:
            pool[rng.randrange(len(pool))] = value


def anything():
    kind = rng.randrange(12)
    if kind < 3:
        return rng.choice(NUMBERS)
    if kind < 5:
        return rng.choice(NAMES)
    if kind == 5:
        return None
    if kind == 6:
        return [rng.choice(NUMBERS) for _ in range(rng.randrange(6))]
    if kind == 7:
        return tuple(rng.uniform(-2, 2) for _ in range(rng.choice((2, 3, 4, 9, 16))))
    if kind == 8:
        return {"a": 1, "b": [1.0, "x"]}
    if kind == 9:
        return {rng.choice(NAMES)}
    if kind == 10:
        return array.array(rng.choice("fidbB"), [1] * rng.randrange(20))
    return rng.choice(pool) if pool else 3


def fitting(p):
    """A value of the type of a property, in its range or just outside of it."""
    if p.type == "BOOLEAN":
        one = lambda: rng.random() < 0.5
    elif p.type == "INT":
        low, high = max(p.hard_min, -100), min(p.hard_max, 6 if any(word in p.identifier for word in COSTLY) else 100)
        one = lambda: rng.randint(min(low, high), high)
    elif p.type == "FLOAT":
        one = lambda: rng.choice((rng.uniform(-3, 3), rng.uniform(max(p.hard_min, -1e3), min(p.hard_max, 1e3)), rng.choice(NUMBERS)))
    elif p.type == "STRING":
        return rng.choice(NAMES)
    elif p.type == "ENUM":
        items = [item.identifier for item in p.enum_items]
        if p.is_enum_flag:
            return set(rng.sample(items, rng.randrange(len(items) + 1)))
        return rng.choice(items) if items else ""
    else:
        return rng.choice(pool) if pool and rng.random() < 0.9 else None
    return [one() for _ in range(p.array_length)] if p.is_array and p.array_length else one()


def value_for(p):
    costly = p.type in ("INT", "FLOAT") and any(word in p.identifier for word in COSTLY)
    return fitting(p) if costly or rng.random() < 0.8 else anything()


def new_data():
    name = rng.choice(("objects", "meshes", "materials", "collections", "cameras", "lights", "worlds", "images", "node_groups", "texts", "textures", "scenes"))
    collection = getattr(bpy.data, name)
    title = rng.choice(NAMES)
    if name == "objects":
        made = collection.new(title, rng.choice([*bpy.data.meshes, *bpy.data.cameras, *bpy.data.lights, None]))
        bpy.context.scene.collection.objects.link(made)
    elif name == "lights":
        made = collection.new(title, rng.choice(("POINT", "SUN", "SPOT", "AREA", "NONE")))
    elif name == "images":
        made = collection.new(title, rng.randrange(-1, 9), rng.randrange(0, 9), float_buffer=rng.random() < 0.5)
    elif name == "node_groups":
        made = collection.new(title, "ShaderNodeTree")
    elif name == "textures":
        made = collection.new(title, rng.choice(("CLOUDS", "IMAGE", "WOOD", "NONE", "BLEND", "VORONOI")))
    elif name == "materials":
        made = collection.new(title)
        made.use_nodes = rng.random() < 0.7
    else:
        made = collection.new(title)
    if name == "meshes" and rng.random() < 0.8:
        count = rng.randrange(1, 8)
        points = [(rng.uniform(-2, 2), rng.uniform(-2, 2), rng.uniform(-2, 2)) for _ in range(count)]
        made.from_pydata(points, [], [[rng.randrange(-1, count + 1) if rng.random() < 0.05 else rng.randrange(count) for _ in range(rng.randrange(2, 6))]
                                      for _ in range(rng.randrange(4))])
        if rng.random() < 0.9:
            made.validate()
    return made


def remove_data():
    name = rng.choice([n for n in dir(bpy.data) if isinstance(getattr(bpy.data, n, None), bpy.types.bpy_prop_collection)])
    collection = getattr(bpy.data, name)
    if len(collection) and hasattr(collection, "remove"):
        collection.remove(rng.choice(list(collection)))


def target():
    return rng.choice(pool) if pool else bpy.context.scene


def read_property():
    item = target()
    if isinstance(item, bpy.types.bpy_struct):
        names = item.bl_rna.properties.keys()
        return getattr(item, rng.choice(names) if rng.random() < 0.95 else rng.choice(NAMES))
    if isinstance(item, bpy.types.bpy_prop_collection):
        return read_collection(item)
    return read_array(item)


def read_collection(item):
    action = rng.randrange(9)
    if action == 0:
        return item[rng.choice((0, -1, rng.randrange(-3, 50), 2 ** 40))]
    if action == 1:
        return item[rng.choice(NAMES)]
    if action == 2:
        return rng.choice(list(item[:40]) or [None])
    if action == 3:
        return (item.keys(), item.values(), item.items())[rng.randrange(3)] if len(item) < 2000 else None
    if action == 4:
        return item.get(rng.choice(NAMES), 3), item.find(rng.choice(NAMES))
    if action == 5:
        return rng.choice(NAMES) in item
    if action == 6:
        return item[rng.randrange(-5, 5):rng.randrange(-5, 50)]
    fixed = next(iter(item), None)
    name = rng.choice(fixed.bl_rna.properties.keys()) if fixed is not None else "co"
    length = rng.choice((0, 1, len(item), 2 * len(item), 3 * len(item), 4 * len(item), 7))
    buffer = rng.choice((array.array(rng.choice("fidBb?qH".replace("?", "")), [1] * length), [0.5] * length, [True] * length, bytearray(length)))
    return item.foreach_get(name, buffer) if action == 7 else item.foreach_set(name, buffer)


def read_array(item):
    action = rng.randrange(6)
    if action == 0:
        return item[rng.choice((0, 1, -1, 3, 99))]
    if action == 1:
        item[rng.choice((0, 1, -1, 3, 99))] = anything()
    elif action == 2:
        item[:] = rng.choice(([1, 2, 3], (1.0, float("nan"), 2), anything()))
    elif action == 3:
        return item @ mathutils.Vector((1, 2, 3)) if hasattr(item, "__matmul__") else len(item)
    elif action == 4:
        return item.copy() if hasattr(item, "copy") else list(item)
    else:
        return item == target(), repr(item), len(item)
    return None


def write_property():
    item = target()
    if not isinstance(item, bpy.types.bpy_struct):
        return read_property()
    properties = list(item.bl_rna.properties.values())
    p = rng.choice(properties)
    value = value_for(p)
    say(item, p.identifier, value)
    setattr(item, p.identifier, value)
    return None


def call_function():
    item = target()
    if isinstance(item, bpy.types.bpy_prop_collection):
        rna = item.bl_rna if hasattr(item, "bl_rna") else None
        if rna is None:
            return None
    elif isinstance(item, bpy.types.bpy_struct):
        rna = item.bl_rna
    else:
        return read_array(item)
    functions = [f for f in rna.functions.values() if f.identifier not in SKIPPED_FUNCTIONS]
    if not functions:
        return None
    function = rng.choice(functions)
    values = []
    for p in function.parameters:
        if p.is_output:
            continue
        if not p.is_required and rng.random() < 0.5:
            break
        if any(word in p.identifier for word in COSTLY) or p.identifier in ("x", "y"):
            values.append(rng.randrange(-2, 9))
        else:
            values.append(value_for(p))
    say(item, function.identifier, values)
    return getattr(item, function.identifier)(*values)


def custom_property():
    item = target()
    action = rng.randrange(5)
    if action < 2:
        item[rng.choice(NAMES)] = anything()
    elif action == 2:
        return item[rng.choice(item.keys() or ["a"])]
    elif action == 3:
        del item[rng.choice(item.keys() or ["a"])]
    else:
        return item.items(), item.get("a"), item.id_properties_ui("a").as_dict()
    return None


def paths():
    item = target()
    action = rng.randrange(4)
    if action == 0:
        return item.path_resolve(rng.choice(NAMES))
    if action == 1:
        return item.path_from_id()
    if action == 2:
        return repr(item), str(item), hash(item), item == target()
    return item.is_property_set(rng.choice(item.bl_rna.properties.keys())), item.property_unset(rng.choice(item.bl_rna.properties.keys()))


operators = [name for name in __import__("_bpy").operator_names() if not name.startswith(SKIPPED_OPERATORS)]


def operate():
    name = rng.choice(operators)
    module, _, short = name.partition(".")
    operator = getattr(getattr(bpy.ops, module), short)
    settings = {p.identifier: value_for(p) for p in operator.get_rna_type().properties if p.identifier != "rna_type" and rng.random() < 0.4}
    say(name, settings)
    return operator(**settings)


def history():
    action = rng.randrange(4)
    if action < 2:
        bpy.ops.ed.undo_push(message="fuzz")
    elif action == 2:
        bpy.ops.ed.undo()
    else:
        bpy.ops.ed.redo()


def evaluate():
    graph = bpy.context.evaluated_depsgraph_get()
    items = list(bpy.data.objects)
    if not items:
        return None
    item = rng.choice(items).evaluated_get(graph)
    action = rng.randrange(4)
    if action == 0:
        return item.to_mesh()
    if action == 1:
        return item.matrix_world
    if action == 2:
        return [entry.matrix_world.copy() for entry in graph.object_instances][:3]
    return item.data


def select():
    items = list(bpy.context.view_layer.objects)
    if items:
        item = rng.choice(items)
        item.select_set(rng.random() < 0.5)
        bpy.context.view_layer.objects.active = rng.choice((item, None, rng.choice(pool)))


class FuzzGroup(bpy.types.PropertyGroup):
    x: bpy.props.IntProperty(update=lambda self, context: None)
    v: bpy.props.FloatVectorProperty(size=3)
    e: bpy.props.EnumProperty(items=lambda self, context: [("A", "A", ""), ("B", "B", "")])


class FuzzKit(bpy.types.PropertyGroup):
    items_: bpy.props.CollectionProperty(type=FuzzGroup)
    inner: bpy.props.PointerProperty(type=FuzzGroup)
    target: bpy.props.PointerProperty(type=bpy.types.Object)


def classes():
    if FuzzKit.is_registered:
        if rng.random() < 0.1:
            del bpy.types.Object.kit
            bpy.utils.unregister_class(FuzzKit)
            bpy.utils.unregister_class(FuzzGroup)
            return None
        kit = rng.choice(list(bpy.data.objects)).kit
        return rng.choice((lambda: kit, lambda: kit.inner, lambda: kit.items_, lambda: kit.items_.add(), lambda: kit.items_.remove(0), lambda: kit.items_.move(0, 1)))()
    bpy.utils.register_class(FuzzGroup)
    bpy.utils.register_class(FuzzKit)
    bpy.types.Object.kit = bpy.props.PointerProperty(type=FuzzKit)
    return None


ACTIONS = ((new_data, 6), (remove_data, 3), (read_property, 30), (write_property, 30), (call_function, 12), (custom_property, 6), (paths, 5), (operate, 4), (history, 2),
           (evaluate, 2), (select, 1), (classes, 2))
FUNCTIONS, WEIGHTS = [a for a, _ in ACTIONS], [w for _, w in ACTIONS]


def megabytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2 ** 20


def start_again():
    """A fresh document; handles of the old one stay in the pool."""
    bpy.ops.wm.read_factory_settings(use_empty=rng.random() < 0.5)
    remember(bpy.context.scene)
    remember(bpy.context.view_layer)
    for item in bpy.data.objects:
        remember(item)


# Files are written under random names: into a folder of its own, never where the driver was called.
os.chdir(tempfile.mkdtemp(prefix="kiln_fuzz_"))
start_again()
memory, outcomes = [], {"returned": 0, "raised": 0}
for step in range(options.calls):
    if step % 4000 == 3999:
        start_again()
        memory.append(megabytes())
    action = rng.choices(FUNCTIONS, WEIGHTS)[0]
    is_traced = options.trace is not None and step >= options.trace
    if is_traced:
        print(step, action.__name__, file=sys.stderr, flush=True)
    try:
        result = action()
        remember(result)
        outcomes["returned"] += 1
    except SystemError as error:
        found_problems.append(f"step {step}: {action.__name__}: SystemError: {error}")
    except Exception as error:
        outcomes["raised"] += 1
        if is_traced:
            print("   ", type(error).__name__, str(error)[:200], file=sys.stderr, flush=True)
if len(memory) >= 8:
    # Memory settles after a while; what still grows then leaks.
    third = len(memory) // 3
    growth = min(memory[-third:]) - min(memory[third:2 * third])
    print(f"memory: {memory[0]:.0f} MB at first, {memory[third]:.0f} after a third, {memory[-1]:.0f} at the end")
    if growth > 0.15 * memory[third] + 20:
        found_problems.append(f"memory grew by {growth:.0f} MB from the second third of the run to the last")
print(f"{options.calls} calls with seed {options.seed}: {outcomes['returned']} returned, {outcomes['raised']} raised")
for problem in found_problems[:20]:
    print(problem, file=sys.stderr)
sys.exit(1 if found_problems else 0)
