"""Operators of node editors that are written in Python."""
import bpy
from bpy.props import BoolProperty, CollectionProperty, StringProperty


class NodeSetting(bpy.types.PropertyGroup):
    value: StringProperty(name="Value", description="Python expression that gives the value of a setting", default="")


class NODE_OT_add_node(bpy.types.Operator):
    """Add a node to the tree that is shown"""
    bl_idname = "node.add_node"
    bl_label = "Add Node"
    bl_options = {"REGISTER", "UNDO"}

    type: StringProperty(name="Node Type", description="Identifier of the type")
    use_transform: BoolProperty(name="Use Transform", description="The node goes on with the mouse")
    settings: CollectionProperty(name="Settings", description="What the new node is set to", type=NodeSetting, options={"SKIP_SAVE"})

    @classmethod
    def poll(cls, context):
        space = context.space_data
        return space is not None and space.type == "NODE_EDITOR" and space.edit_tree is not None and not space.edit_tree.library

    def execute(self, context):
        space = context.space_data
        tree = space.edit_tree
        try:
            node = tree.nodes.new(type=self.type)
        except RuntimeError as error:
            self.report({"ERROR"}, str(error))
            return {"CANCELLED"}
        for other in tree.nodes:
            other.select = other == node
        tree.nodes.active = node
        node.location = space.cursor_location
        for setting in self.settings:
            try:
                owner, _, name = setting.name.rpartition(".")
                setattr(node.path_resolve(owner) if owner else node, name, eval(setting.value, {"bpy": bpy}))
            except Exception as error:
                self.report({"ERROR_INVALID_INPUT"}, f"Node has no attribute {setting.name}: {error}")
        return {"FINISHED"}


register, unregister = bpy.utils.register_classes_factory((NodeSetting, NODE_OT_add_node))
