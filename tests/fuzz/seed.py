"""Writes the document that damaged inputs are made from: a little of everything that files hold, with a history and a link.

    kiln -b --factory-startup --python seed.py -- OUT.kiln
"""
import os
import sys

import bpy

OUT = sys.argv[sys.argv.index("--") + 1]
os.makedirs(os.path.dirname(OUT), exist_ok=True)

# What is linked.
bpy.data.materials.new("Linked").use_nodes = True
library = os.path.join(os.path.dirname(OUT), "library.kiln")
bpy.ops.wm.save_as_mainfile(filepath=library, copy=True)
bpy.data.materials.remove(bpy.data.materials["Linked"])
with bpy.data.libraries.load(library, link=True) as (found, chosen):
    chosen.materials = ["Linked"]

scene, cube = bpy.context.scene, bpy.data.objects["Cube"]
cube.data.materials.append(bpy.data.materials["Linked"])
for name in sorted(item.identifier for item in bpy.types.Modifier.bl_rna.properties["type"].enum_items):
    cube.modifiers.new(name, name)
cube.vertex_groups.new(name="Group").add([0, 1, 5], 0.5, "REPLACE")
cube["group"] = {"a": 1, "b": [1.5, 2.5], "c": {"d": "text", "e": True}, "f": [{"x": 1}, {"x": 2}]}
cube["points_to"] = scene
for kind in ("FLOAT", "INT", "FLOAT_VECTOR", "FLOAT_COLOR", "BYTE_COLOR", "STRING", "BOOLEAN", "FLOAT2"):
    cube.data.attributes.new(kind.lower(), kind, "POINT")
cube.data.uv_layers.new(name="Second")
child = bpy.data.objects.new("Child", cube.data)
child.parent, child.parent_type = cube, "VERTEX"
below = bpy.data.collections.new("Below")
scene.collection.children.link(below)
below.objects.link(child)
instance = bpy.data.objects.new("Instance", None)
instance.instance_type, instance.instance_collection = "COLLECTION", below
scene.collection.objects.link(instance)
scene.view_layers.new("Second layer")

material = bpy.data.materials["Material"]
material.use_nodes = True
tree = material.node_tree
ramp, group = tree.nodes.new("ShaderNodeValToRGB"), tree.nodes.new("ShaderNodeGroup")
inner = bpy.data.node_groups.new("Inner", "ShaderNodeTree")
inner.inputs.new("NodeSocketFloat", "In")
inner.outputs.new("NodeSocketColor", "Out")
inner.links.new(inner.nodes.new("NodeGroupInput").outputs[0], inner.nodes.new("NodeGroupOutput").inputs[0])
group.node_tree = inner
tree.links.new(ramp.outputs[0], tree.nodes["Principled BSDF"].inputs[0])
tree.nodes.new("ShaderNodeRGBCurve")
frame = tree.nodes.new("NodeFrame")
ramp.parent = frame
bpy.data.worlds["World"].use_nodes = True
image = bpy.data.images.new("Pixels", 4, 4)
image.pixels[0] = 0.5
image.pack()
bpy.data.textures.new("Texture", "CLOUDS")
bpy.data.texts.new("Text").write("print('hello')\n")
material.asset_mark()
material.asset_data.tags.new("tag")

for step in range(3):
    cube.location.x = step
    bpy.ops.ed.undo_push(message=f"Step {step}")
cube.data.vertices[0].co.x = 3
bpy.ops.ed.undo_push(message="Vertex")
bpy.ops.wm.save_as_mainfile(filepath=OUT)
