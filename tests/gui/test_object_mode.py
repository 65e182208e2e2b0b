"""Whole objects with keys and menus: clearing, joining, parents, collections, selecting by relation."""
from driver import Window, run

START = ["--factory-startup"]


def selected(window):
    return window.python("print(sorted(o.name for o in bpy.context.selected_objects))")


def keys_clear_what_was_moved():
    with Window(START) as window:
        window.python("o = bpy.data.objects['Cube']\no.location = (1, 2, 3)\no.rotation_euler = (1, 1, 1)\no.scale = (2, 2, 2)")
        window.move("viewport")
        for key in "grs":
            window.key(key, "alt")
        assert window.python("o = bpy.data.objects['Cube']\nprint([*o.location, *o.rotation_euler, *o.scale])") == "[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0]"
        assert window.undo_labels()[-3:] == ["Clear Location", "Clear Rotation", "Clear Scale"], window.undo_labels()


def linked_duplicates_share_their_mesh_and_join():
    with Window(START) as window:
        window.move("viewport")
        window.key("d", "alt")
        window.key("x")
        window.type("3")
        window.key("Return")
        assert window.python("o = bpy.context.object\nprint(o.name, o.data.users, o.location.x)") == "Cube.001 2 3.0"
        window.key("a")
        window.key("j", "ctrl")
        assert window.python("print(len(bpy.data.objects), len(bpy.context.object.data.vertices))") == "3 16"


def brackets_walk_the_tree_of_parents():
    with Window(START) as window:
        window.python("bpy.data.objects['Light'].parent = bpy.data.objects['Cube']")
        window.move("viewport")
        window.key("bracketright")
        assert selected(window) == "['Light']"
        window.key("bracketleft", "shift")
        assert selected(window) == "['Cube', 'Light']"
        window.key("g", "shift")
        window.click("item:Immediate Children")
        assert selected(window) == "['Light']"


def objects_go_to_collections_and_those_are_shown_alone():
    with Window(START) as window:
        window.python("c = bpy.data.collections.new('Second')\nbpy.context.scene.collection.children.link(c)")
        window.move("viewport")
        window.key("m")
        window.click("item:Second")
        assert window.python("print([c.name for c in bpy.data.objects['Cube'].users_collection])") == "['Second']"
        window.key("2")
        assert window.python("print(sorted(o.name for o in bpy.context.visible_objects))") == "['Cube']"
        window.key("1", "shift")
        assert window.python("print(sorted(o.name for o in bpy.context.visible_objects))") == "['Camera', 'Cube', 'Light']"


def control_and_a_digit_subdivide():
    with Window(START) as window:
        window.move("viewport")
        window.key("2", "ctrl")
        assert window.python("print([(m.name, m.levels) for m in bpy.data.objects['Cube'].modifiers])") == "[('Subdivision', 2)]"
        assert window.python("print(len(bpy.context.object.evaluated_get(bpy.context.evaluated_depsgraph_get()).data.vertices))") == "98"


def the_active_object_is_renamed_where_the_mouse_is():
    with Window(START) as window:
        window.move("viewport")
        window.key("F2")
        window.click(window.place("prop:name", "POPUP"))
        window.key("a", "ctrl")
        window.type("box")
        window.key("Return")
        assert window.python("print(bpy.context.object.name)") == "box"


if __name__ == "__main__":
    run([the_active_object_is_renamed_where_the_mouse_is, keys_clear_what_was_moved, linked_duplicates_share_their_mesh_and_join, brackets_walk_the_tree_of_parents,
         objects_go_to_collections_and_those_are_shown_alone, control_and_a_digit_subdivide])
