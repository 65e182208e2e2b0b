#!/usr/bin/env python3
"""What things snap to and how they move, in the 3D view and among nodes, driven by mouse and keys."""
from driver import Window, run

START = ["--factory-startup"]
SCENE = "s = bpy.context.scene.tool_settings\n"


def tool_setting(window, name):
    return window.python(f"{SCENE}print(s.{name})")


def cube(window, expression):
    return window.python(f"o = bpy.data.objects['Cube']\nprint({expression})")


def from_above(window):
    """The view from above, the mouse in its middle, the cube selected alone."""
    window.python("for o in bpy.context.scene.objects:\n o.select_set(o.name == 'Cube')\n"
                  "bpy.context.view_layer.objects.active = bpy.data.objects['Cube']")
    window.move("viewport")
    window.click("gizmo:Z")
    x, y = window.place("viewport")
    window.move((x, y))
    return x, y


def choose_elements(window, shown, *labels):
    """Turns entries of the snapping menu over; `shown` is what its button says."""
    for label, text in zip(labels, (shown, "Mix", "Mix")):
        window.click(f"header:{text}")
        window.click(f"item:{label}")


def objects_go_to_the_nearest_surface():
    with Window(START) as window:
        window.python("bpy.ops.mesh.primitive_plane_add(size=6, location=(0, 0, -2))")
        x, y = from_above(window)
        choose_elements(window, "Increment", "Face Nearest", "Increment")
        assert tool_setting(window, "snap_elements") == "{'FACE_NEAREST'}"
        window.move((x, y))
        window.key("Tab", "shift")
        window.key("g")
        window.move((x + 40, y), steps=4)
        window.click((x + 40, y))
        assert cube(window, "round(o.location.z, 3), o.location.x > 0.1") == "-2.0 True", cube(window, "o.location")
        # Steps and the same target are in the menu, too.
        window.click("header:Face Nearest")
        window.click("item:Face Nearest Steps")
        window.click("item:20")
        window.click("header:Face Nearest")
        window.click("item:Snap to Same Target")
        assert tool_setting(window, "snap_face_nearest_steps, s.use_snap_to_same_target") == "20 True"


def every_vertex_is_projected_onto_what_is_below():
    with Window(START) as window:
        window.python("bpy.ops.mesh.primitive_plane_add(size=30, location=(0, 0, -2))")
        x, y = from_above(window)
        choose_elements(window, "Increment", "Face Project", "Increment")
        window.click("header:Face Project")
        window.click("item:Project Individual Elements")
        window.move((x, y))
        window.key("Tab", "shift")
        window.key("Tab")
        window.key("a")
        window.key("g")
        window.move((x + 30, y), steps=3)
        window.click((x + 30, y))
        window.key("Tab")
        assert cube(window, "{round(v.co.z, 3) for v in o.data.vertices}") == "{-2.0}"


def moved_vertices_cut_the_edges_they_lie_on():
    with Window(START) as window:
        x, y = from_above(window)
        window.python("o = bpy.data.objects['Cube']\no.data.clear_geometry()\n"
                      "o.data.from_pydata([(0, 0, 0), (2, 0, 0), (2, 2, 0), (0, 2, 0), (1, -1, 0)], [], [(0, 1, 2, 3)])\n"
                      "for v in o.data.vertices: v.select = v.index == 4\n"
                      "for e in o.data.edges: e.select = False\n"
                      "for p in o.data.polygons: p.select = False")
        window.key("Tab")
        for label in ("Auto Merge Vertices", "Split Edges  Faces"):
            window.key("m")
            window.click(f"item:{label}")
        assert tool_setting(window, "use_mesh_automerge, s.use_mesh_automerge_and_split") == "True True"
        window.move((x, y))
        window.key("g")
        window.key("y")
        window.type("1")
        window.key("Return")
        window.key("Tab")
        assert cube(window, "len(o.data.vertices), len(o.data.edges), len(o.data.polygons[0].vertices)") == "5 5 5"


def uvs_stay_where_they_are():
    with Window(START, size=(1600, 1100)) as window:
        x, y = from_above(window)
        window.python("o = bpy.data.objects['Cube']\no.data.clear_geometry()\n"
                      "o.data.from_pydata([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], [], [(0, 1, 2, 3)])\n"
                      "u = o.data.uv_layers.new(name='UV')\n"
                      "for d, v in zip(u.data, o.data.vertices): d.uv = v.co.xy\n"
                      "for v in o.data.vertices: v.select = v.index == 2\n"
                      "for e in o.data.edges: e.select = False\n"
                      "for p in o.data.polygons: p.select = False")
        window.key("Tab")
        window.key("n")
        window.click("sidebar:Tool")
        window.click("prop:use_transform_correct_face_attributes")
        assert tool_setting(window, "use_transform_correct_face_attributes") == "True"
        window.move((x, y))
        window.key("g")
        window.key("x")
        window.type("-0.25")
        window.key("Return")
        window.key("Tab")
        assert cube(window, "[round(c, 4) for c in o.data.uv_layers['UV'].data[2].uv]") == "[0.75, 1.0]"


def only_objects_in_the_same_mode_are_reached():
    with Window(START) as window:
        from_above(window)
        window.key("Tab")
        window.click("row:Light")
        assert window.python("print(bpy.context.object.name, bpy.context.object.mode)") == "Cube EDIT"
        window.click("menu:Edit")
        window.click("item:Lock Object Modes")
        assert tool_setting(window, "lock_object_mode") == "False"
        window.click("row:Light")
        assert window.python("print(bpy.context.object.name, bpy.data.objects['Cube'].mode)") == "Light OBJECT"


def normals_are_copied_and_pasted():
    with Window(START) as window:
        x, y = from_above(window)
        window.key("Tab")
        window.key("3")
        window.key("a", "alt")
        window.click((x + 12, y + 12))
        window.key("n", "alt")
        window.click("item:Copy Vector")
        assert tool_setting(window, "normal_vector[:]") == "(0.0, 0.0, 1.0)"
        window.key("a")
        window.key("n", "alt")
        window.click("item:Paste Vector")
        window.key("Tab")
        assert cube(window, "o.data.calc_normals_split(), {tuple(round(c, 3) + 0 for c in l.normal) for l in o.data.loops}") == "None {(0.0, 0.0, 1.0)}"


def directions_are_made_and_used():
    with Window(START) as window:
        window.python("bpy.data.objects['Cube'].rotation_euler.z = 1.5707964")
        x, y = from_above(window)
        window.click("header:Global")
        window.click("item:Create Orientation")
        assert window.python("print([(s.type, s.use) for s in bpy.context.scene.transform_orientation_slots][:2])") == "[('Cube', False), ('DEFAULT', False)]"
        window.move((x, y))
        window.python("bpy.data.objects['Cube'].rotation_euler.z = 0")
        window.key("g")
        window.key("x")
        window.type("2")
        window.key("Return")
        assert cube(window, "[round(c, 3) + 0 for c in o.location]") == "[0.0, 2.0, 0.0]"
        window.click("header:Cube")
        window.click("item:Delete Orientation")
        assert window.python("print(bpy.context.scene.transform_orientation_slots[0].type)") == "GLOBAL"
        window.places("header:Global")


def node(window, name, expression):
    return window.python(f"n = bpy.data.materials['Material'].node_tree.nodes['{name}']\nprint({expression})")


def dragged_nodes_snap():
    with Window(START, size=(1600, 1100)) as window:
        window.click("workspace:Shading")
        window.click(window.place("header:Snap", "NODE_EDITOR"))
        window.click("item:Snap")
        assert tool_setting(window, "use_snap_node, s.snap_node_element") == "True GRID"
        x, y = window.place("node:Principled BSDF")
        window.drag((x, y), (x - 43, y + 37))
        place = window.python("n = bpy.data.materials['Material'].node_tree.nodes['Principled BSDF']\nprint([round(c, 2) % 20 for c in n.location])")
        assert place == "[0.0, 0.0]", place
        # To the upper side of the other one.
        window.click(window.place("header:Snap", "NODE_EDITOR"))
        window.click("item:Node Y")
        (x, y), (_, top) = window.place("node:Principled BSDF"), window.place("node:Material Output")
        window.drag((x, y), (x - 10, top + 5))
        tops = window.python("t = bpy.data.materials['Material'].node_tree.nodes\nprint(round(t['Principled BSDF'].location.y - t['Material Output'].location.y, 2) + 0)")
        assert tops == "0.0", tops


def a_node_put_into_a_link_makes_room():
    with Window(START, size=(1600, 1100)) as window:
        window.click("workspace:Shading")
        window.python("t = bpy.data.materials['Material'].node_tree\nbpy.context.preferences.edit.node_margin = 50\n"
                      "n = t.nodes.new('ShaderNodeMixShader')\nn.location = (t.nodes['Principled BSDF'].location.x + 60, -700)\n"
                      "for o in t.nodes: o.select = False")
        window.move(window.place("header:Snap", "NODE_EDITOR"))
        before = float(node(window, "Material Output", "n.location.x"))
        window.key("Home")
        x, y = window.place("node:Principled BSDF")
        window.move((x, y))
        window.key("Home")
        start, output = window.place("node:Mix Shader"), window.place("input:Material Output.Surface")
        window.drag(start, (output[0] - 8, output[1] - 12))
        gap = window.python("t = bpy.data.materials['Material'].node_tree\na, b, c = t.nodes['Principled BSDF'], t.nodes['Mix Shader'], t.nodes['Material Output']\n"
                            "print(len(t.links), b.location.x - a.location.x - a.width > 49.9, c.location.x - b.location.x - b.width > 49.9)")
        assert gap == "2 True True", gap
        assert float(node(window, "Material Output", "n.location.x")) > before


def scripts_follow_and_change_the_path_of_groups():
    with Window(START, size=(1600, 1100)) as window:
        window.click("workspace:Shading")
        window.python("t = bpy.data.materials['Material'].node_tree\ng = bpy.data.node_groups.new('G', 'ShaderNodeTree')\ng.nodes.new('NodeReroute')\n"
                      "n = t.nodes.new('ShaderNodeGroup')\nn.node_tree = g\nn.location = (-300, 0)\nt.nodes.active = n\nfor o in t.nodes: o.select = o == n")
        path = ("s = next(a for a in bpy.context.screen.areas if a.type == 'NODE_EDITOR').spaces.active\n"
                "print([p.node_tree.name for p in s.path], s.path.to_string, s.edit_tree.name)")
        window.move("node:Principled BSDF")
        window.key("Tab")
        assert window.python(path) == "['Shader Nodetree', 'G'] /Group G", window.python(path)
        window.python(path.splitlines()[0] + "\ns.path.pop()")
        assert window.places("node:Principled BSDF")
        assert window.python(path) == "['Shader Nodetree']  Shader Nodetree", window.python(path)
        window.python(path.splitlines()[0] + "\ns.path.append(bpy.data.node_groups['G'])")
        assert not window.places("node:Principled BSDF")


if __name__ == "__main__":
    run([objects_go_to_the_nearest_surface, every_vertex_is_projected_onto_what_is_below, moved_vertices_cut_the_edges_they_lie_on, uvs_stay_where_they_are,
         only_objects_in_the_same_mode_are_reached, normals_are_copied_and_pasted, directions_are_made_and_used, dragged_nodes_snap,
         a_node_put_into_a_link_makes_room, scripts_follow_and_change_the_path_of_groups])
