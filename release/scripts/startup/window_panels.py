"""Panels that the window shows where the mouse is."""
import bpy


class TOPBAR_PT_name(bpy.types.Panel):
    bl_space_type = "TOPBAR"
    bl_region_type = "HEADER"
    bl_label = "Rename Active Item"
    bl_ui_units_x = 14

    def draw(self, context):
        space = context.space_data
        item, kind = context.active_object, "Object"
        if space is not None and space.type == "NODE_EDITOR":
            tree = space.edit_tree
            item, kind = tree.nodes.active if tree else None, "Node"
        if item is None:
            self.layout.label(text=f"No active {kind.lower()}")
            return
        # Nodes are shown by their label, which may be empty.
        self.layout.prop(item, "label" if kind == "Node" else "name", text=kind)


register, unregister = bpy.utils.register_classes_factory((TOPBAR_PT_name,))
