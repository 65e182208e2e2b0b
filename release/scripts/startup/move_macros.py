"""Operators that are two in a row: make something, then move it."""
import bpy

_OF_MESHES = {
    "extrude_region_move": ("Extrude Region and Move", "MESH_OT_extrude_region", "TRANSFORM_OT_translate"),
    "extrude_context_move": ("Extrude Context and Move", "MESH_OT_extrude_context", "TRANSFORM_OT_translate"),
    "extrude_region_shrink_fatten": ("Extrude Region and Shrink/Fatten", "MESH_OT_extrude_region", "TRANSFORM_OT_shrink_fatten"),
    "extrude_faces_move": ("Extrude Individual Faces and Move", "MESH_OT_extrude_faces_indiv", "TRANSFORM_OT_shrink_fatten"),
    "extrude_edges_move": ("Extrude Only Edges and Move", "MESH_OT_extrude_edges_indiv", "TRANSFORM_OT_translate"),
    "extrude_vertices_move": ("Extrude Only Vertices and Move", "MESH_OT_extrude_verts_indiv", "TRANSFORM_OT_translate"),
    "duplicate_move": ("Add Duplicate", "MESH_OT_duplicate", "TRANSFORM_OT_translate"),
}
_OF_OBJECTS = {
    "duplicate_move": ("Duplicate Objects", "OBJECT_OT_duplicate", "TRANSFORM_OT_translate"),
    "duplicate_move_linked": ("Duplicate Linked", "OBJECT_OT_duplicate", "TRANSFORM_OT_translate"),
}


def _poll_edit(cls, context):
    obj = context.object
    return obj is not None and obj.type == "MESH" and obj.mode == "EDIT"


def _poll_objects(cls, context):
    return context.mode == "OBJECT"


def _classes(module, macros, poll):
    for name, (label, *_steps) in macros.items():
        yield type(f"{module.upper()}_OT_{name}", (bpy.types.Macro,), {"__module__": __name__, "bl_idname": f"{module}.{name}", "bl_label": label,
                                                                       "bl_options": {"REGISTER", "UNDO"}, "poll": classmethod(poll)})


_registered = {**dict(zip(_classes("mesh", _OF_MESHES, _poll_edit), _OF_MESHES.values())),
               **dict(zip(_classes("object", _OF_OBJECTS, _poll_objects), _OF_OBJECTS.values()))}


def register():
    for cls, (_label, *steps) in _registered.items():
        bpy.utils.register_class(cls)
        for step in steps:
            first = cls.define(step)
            if cls.bl_idname == "object.duplicate_move_linked" and step == "OBJECT_OT_duplicate":
                first.properties.linked = True


def unregister():
    for cls in reversed(_registered):
        bpy.utils.unregister_class(cls)
