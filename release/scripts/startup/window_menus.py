"""Menus and headers of the program, by the names that add-ons know, to be appended to.

What they show comes from the program itself (`UILayout.native`).
"""
import bpy

_MENUS = {
    "TOPBAR_MT_editor_menus": "", "TOPBAR_MT_file": "File", "TOPBAR_MT_file_new": "New", "TOPBAR_MT_file_open_recent": "Open Recent", "TOPBAR_MT_file_recover": "Recover", "TOPBAR_MT_file_defaults": "Defaults",
    "TOPBAR_MT_file_import": "Import", "TOPBAR_MT_file_export": "Export", "TOPBAR_MT_file_external_data": "External Data", "TOPBAR_MT_edit": "Edit",
    "TOPBAR_MT_render": "Render", "TOPBAR_MT_window": "Window", "TOPBAR_MT_help": "Help", "TOPBAR_MT_app": "Kiln",
    "VIEW3D_MT_editor_menus": "", "VIEW3D_MT_view": "View", "VIEW3D_MT_view_viewpoint": "Viewpoint", "VIEW3D_MT_select_object": "Select", "VIEW3D_MT_select_edit_mesh": "Select",
    "VIEW3D_MT_add": "Add", "VIEW3D_MT_mesh_add": "Mesh", "VIEW3D_MT_light_add": "Light", "VIEW3D_MT_camera_add": "Camera", "VIEW3D_MT_image_add": "Add Image", "VIEW3D_MT_object": "Object",
    "VIEW3D_MT_transform_object": "Transform", "VIEW3D_MT_object_apply": "Apply", "VIEW3D_MT_object_parent": "Parent", "VIEW3D_MT_object_context_menu": "Object",
    "VIEW3D_MT_object_clear": "Clear", "VIEW3D_MT_object_collection": "Collection", "VIEW3D_MT_object_relations": "Relations", "VIEW3D_MT_object_liboverride": "Library Override",
    "VIEW3D_MT_object_showhide": "Show/Hide",
    "VIEW3D_MT_select_object_more_less": "More/Less",
    "VIEW3D_MT_object_convert": "Convert", "VIEW3D_MT_object_shading": "Shading", "VIEW3D_MT_make_links": "Link/Transfer Data", "VIEW3D_MT_snap": "Snap",
    "VIEW3D_MT_edit_mesh": "Mesh", "VIEW3D_MT_edit_mesh_vertices": "Vertex", "VIEW3D_MT_edit_mesh_edges": "Edge", "VIEW3D_MT_edit_mesh_faces": "Face",
    "VIEW3D_MT_edit_mesh_merge": "Merge", "VIEW3D_MT_edit_mesh_extrude": "Extrude", "VIEW3D_MT_edit_mesh_split": "Split", "VIEW3D_MT_edit_mesh_normals": "Normals",
    "VIEW3D_MT_edit_mesh_showhide": "Show/Hide", "VIEW3D_MT_edit_mesh_select_similar": "Select Similar", "VIEW3D_MT_transform": "Transform", "VIEW3D_MT_edit_mesh_context_menu": "Mesh", "VIEW3D_MT_edit_mesh_delete": "Delete", "VIEW3D_MT_uv_map": "UV Mapping",
    "OUTLINER_MT_editor_menus": "", "OUTLINER_MT_context_menu": "Outliner", "OUTLINER_MT_object": "Object", "OUTLINER_MT_collection": "Collection",
    "OUTLINER_MT_collection_new": "Collection",
    "NODE_MT_editor_menus": "", "NODE_MT_view": "View", "NODE_MT_select": "Select", "NODE_MT_add": "Add", "NODE_MT_node": "Node", "NODE_MT_context_menu": "Node",
    "IMAGE_MT_editor_menus": "", "IMAGE_MT_view": "View", "IMAGE_MT_image": "Image",
    "TEXT_MT_editor_menus": "", "TEXT_MT_view": "View", "TEXT_MT_text": "Text", "TEXT_MT_edit": "Edit", "TEXT_MT_select": "Select", "TEXT_MT_format": "Format", "TEXT_MT_context_menu": "Text",
    "CONSOLE_MT_editor_menus": "", "CONSOLE_MT_view": "View", "CONSOLE_MT_console": "Console", "CONSOLE_MT_context_menu": "Console",
    "INFO_MT_editor_menus": "", "INFO_MT_view": "View", "INFO_MT_info": "Info", "INFO_MT_context_menu": "Info", "TIME_MT_editor_menus": "", "TIME_MT_view": "View",
    "MATERIAL_MT_context_menu": "Material Specials", "MESH_MT_vertex_group_context_menu": "Vertex Group Specials", "OBJECT_MT_modifier_add": "Add Modifier",
    "WM_MT_button_context": "", "USERPREF_MT_editor_menus": "",
}
_HEADERS = {"TOPBAR_HT_upper_bar": "TOPBAR", "STATUSBAR_HT_header": "STATUSBAR", "VIEW3D_HT_header": "VIEW_3D", "VIEW3D_HT_tool_header": "VIEW_3D",
            "OUTLINER_HT_header": "OUTLINER", "PROPERTIES_HT_header": "PROPERTIES", "NODE_HT_header": "NODE_EDITOR", "IMAGE_HT_header": "IMAGE_EDITOR",
            "TEXT_HT_header": "TEXT_EDITOR", "CONSOLE_HT_header": "CONSOLE", "INFO_HT_header": "INFO", "USERPREF_HT_header": "PREFERENCES",
            "DOPESHEET_HT_header": "DOPESHEET_EDITOR"}


def _draw_menu(self, context):
    self.layout.native(type(self).bl_idname)


def _draw_header(self, context):
    """The program's own buttons are there already."""


def _classes():
    for name, label in _MENUS.items():
        yield type(name, (bpy.types.Menu,), {"__module__": __name__, "bl_idname": name, "bl_label": label, "draw": _draw_menu})
    for name, space in _HEADERS.items():
        yield type(name, (bpy.types.Header,), {"__module__": __name__, "bl_idname": name, "bl_space_type": space, "draw": _draw_header})


register, unregister = bpy.utils.register_classes_factory(tuple(_classes()))
