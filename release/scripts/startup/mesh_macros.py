"""Operators of edit mode that are two in a row: make something, then move it."""
import bpy

_MACROS = {
    "extrude_region_move": ("Extrude Region and Move", "MESH_OT_extrude_region", "TRANSFORM_OT_translate"),
    "extrude_context_move": ("Extrude Context and Move", "MESH_OT_extrude_context", "TRANSFORM_OT_translate"),
    "extrude_region_shrink_fatten": ("Extrude Region and Shrink/Fatten", "MESH_OT_extrude_region", "TRANSFORM_OT_shrink_fatten"),
    "extrude_faces_move": ("Extrude Individual Faces and Move", "MESH_OT_extrude_faces_indiv", "TRANSFORM_OT_shrink_fatten"),
    "extrude_edges_move": ("Extrude Only Edges and Move", "MESH_OT_extrude_edges_indiv", "TRANSFORM_OT_translate"),
    "extrude_vertices_move": ("Extrude Only Vertices and Move", "MESH_OT_extrude_verts_indiv", "TRANSFORM_OT_translate"),
    "duplicate_move": ("Add Duplicate", "MESH_OT_duplicate", "TRANSFORM_OT_translate"),
}


def _poll(cls, context):
    obj = context.object
    return obj is not None and obj.type == "MESH" and obj.mode == "EDIT"


def _classes():
    for name, (label, *_steps) in _MACROS.items():
        yield type(f"MESH_OT_{name}", (bpy.types.Macro,), {"__module__": __name__, "bl_idname": f"mesh.{name}", "bl_label": label,
                                                           "bl_options": {"REGISTER", "UNDO"}, "poll": classmethod(_poll)})


_registered = tuple(_classes())


def register():
    for cls in _registered:
        bpy.utils.register_class(cls)
        for step in _MACROS[cls.bl_idname.split(".")[1]][1:]:
            cls.define(step)


def unregister():
    for cls in reversed(_registered):
        bpy.utils.unregister_class(cls)
