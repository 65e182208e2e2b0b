"""`import bpy` in a Python that knows nothing of the program: python3 stock_interpreter.py MODULE_FOLDER"""
import os
import subprocess
import sys
import tempfile

SCRIPT = '''
import bpy, mathutils, bl_math
assert bpy.app.module and bpy.app.background
bpy.ops.wm.read_factory_settings()
bpy.ops.mesh.primitive_monkey_add(location=(1, 2, 3))
item = bpy.context.object
assert isinstance(item.location, mathutils.Vector) and item.matrix_world.translation.z == 3
item.modifiers.new("A", "ARRAY").count = 3
graph = bpy.context.evaluated_depsgraph_get()
assert len(item.evaluated_get(graph).data.vertices) == 3 * len(item.data.vertices)
class Kit(bpy.types.PropertyGroup):
    x: bpy.props.IntProperty(default=4)
bpy.utils.register_class(Kit)
bpy.types.Object.kit = bpy.props.PointerProperty(type=Kit)
item.kit.x = 9
bpy.ops.wm.save_as_mainfile(filepath="out.kiln")
bpy.ops.wm.open_mainfile(filepath="out.kiln")
assert bpy.context.object.kit.x == 9
scene = bpy.context.scene
scene.render.engine, scene.cycles.samples = "CYCLES", 1
scene.render.resolution_x = scene.render.resolution_y = 16
scene.render.filepath = "picture.png"
bpy.ops.render.render(write_still=True)
print("good")
'''

with tempfile.TemporaryDirectory() as folder:
    environment = {**os.environ, "PYTHONPATH": sys.argv[1]}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    picture = os.path.join(folder, "picture.png")
    is_good = done.returncode == 0 and "good" in done.stdout and os.path.getsize(picture) > 100
sys.exit(0 if is_good else 1)
