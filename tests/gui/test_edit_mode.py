#!/usr/bin/env python3
"""Edit mode of meshes, proportional editing, local view and pie menus, driven by mouse and keys."""
from driver import Window, run

START = ["--factory-startup"]


def counts(window):
    """Vertices, edges and faces of the cube, also while it is edited."""
    return window.python("m = bpy.data.meshes['Cube']\nprint(len(m.vertices), len(m.edges), len(m.polygons))")


def selected(window):
    return window.python("m = bpy.data.meshes['Cube']\n"
                         "print(sum(v.select for v in m.vertices), sum(e.select for e in m.edges), sum(p.select for p in m.polygons))")


def edit_from_above(window, mode):
    """Edit mode with the view from above and nothing selected; the middle of the view."""
    window.move("viewport")
    window.key("Tab")
    window.key("a", "alt")
    window.key(mode)
    window.click("gizmo:Z")
    x, y = window.place("viewport")
    window.move((x, y))
    return x, y


def undo_to(window, label):
    while window.undo_labels()[-1] != label:
        window.key("z", "ctrl")


def faces_are_inset_by_mouse_and_numbers():
    with Window(START) as window:
        x, y = edit_from_above(window, "3")
        window.click((x + 12, y + 12))
        window.move((x + 120, y))
        window.key("i")
        window.move((x + 80, y), steps=4)
        window.click((x + 80, y))
        assert counts(window) == "12 20 10", counts(window)
        assert selected(window) == "4 4 1", selected(window)
        assert window.undo_labels()[-1] == "Inset Faces", window.undo_labels()
        window.move((x, y))
        window.key("i")
        window.type("0.25")
        window.key("Return")
        assert counts(window) == "16 28 14", counts(window)
        # The last step can be changed afterwards.
        window.key("F9")
        window.click("prop:use_individual")
        window.key("Escape")
        assert "use_individual=True" in window.state()["log"][-1], window.state()["log"][-1]
        # Escape leaves nothing behind.
        window.key("i")
        window.type("0.1")
        window.key("Escape")
        assert counts(window) == "16 28 14", counts(window)


def edges_are_bevelled_with_segments_by_the_wheel():
    with Window(START) as window:
        x, y = edit_from_above(window, "3")
        window.click((x + 12, y + 12))
        window.key("b", "ctrl")
        window.move((x + 60, y), steps=4)
        window.wheel((x + 60, y), 2)
        window.click((x + 60, y))
        answer = window.python("print(len(bpy.data.meshes['Cube'].polygons))")
        assert int(answer) == 6 + 4 * 3 + 0, answer
        assert "segments=3" in window.state()["log"][-1], window.state()["log"][-1]


def a_loop_is_cut_and_slid():
    with Window(START) as window:
        window.move("viewport")
        window.key("Tab")
        window.key("2")
        window.click("gizmo:-Y")
        x, y = window.place("viewport")
        window.move((x, y))
        window.key("r", "ctrl")
        # At an upright edge of the cube.
        window.move((x + 62, y + 10), steps=3)
        window.screenshot("/tmp/kiln_loop_cut.png")
        window.click((x + 62, y + 10))
        window.type("0.5")
        window.key("Return")
        assert counts(window) == "12 20 10", counts(window)
        heights = window.python("print(sorted({round(v.co.z, 3) for v in bpy.data.meshes['Cube'].vertices}))")
        assert heights in ("[-1.0, 0.5, 1.0]", "[-1.0, -0.5, 1.0]"), heights
        assert window.undo_labels()[-2:] == ["Loop Cut", "Edge Slide"], window.undo_labels()


def parts_are_extruded_along_normals_and_one_by_one():
    with Window(START) as window:
        x, y = edit_from_above(window, "3")
        window.key("a")
        window.key("e", "alt")
        window.click("item:Extrude Individual Faces")
        window.type("0.5")
        window.key("Return")
        assert counts(window) == "32 60 30", counts(window)
        undo_to(window, "(De)select All")
        window.key("a", "alt")
        window.click((x + 12, y + 12))
        window.key("e", "alt")
        window.click("item:Extrude Faces Along Normals")
        window.type("0.5")
        window.key("Return")
        assert counts(window) == "12 20 10", counts(window)
        highest = window.python("print(round(max(v.co.z for v in bpy.data.meshes['Cube'].vertices), 3))")
        assert highest == "1.5", highest


def menus_delete_dissolve_and_merge():
    with Window(START) as window:
        x, y = edit_from_above(window, "1")
        window.key("a")
        window.key("m")
        window.click("item:At Center")
        assert counts(window).startswith("1 "), counts(window)
        undo_to(window, "(De)select All")
        window.key("3")
        window.key("a", "alt")
        window.click((x + 12, y + 12))
        window.key("x")
        window.click("item:Only Faces")
        assert counts(window) == "8 12 5", counts(window)
        # The hole is filled again.
        window.key("2")
        window.click((x + 62, y), modifiers=("alt",))
        window.key("f")
        assert counts(window) == "8 12 6", counts(window)
        window.key("a", "alt")
        window.click((x + 62, y))
        window.key("x")
        window.click("item:Dissolve Edges")
        assert counts(window).split()[2] == "5", counts(window)


def selections_grow_shrink_and_follow_what_is_linked():
    with Window(START) as window:
        window.python("bpy.ops.mesh.primitive_grid_add(x_subdivisions=6, y_subdivisions=6, size=6)\n"
                      "bpy.data.meshes['Cube'].name = 'Old'\nbpy.context.object.data.name = 'Cube'")
        x, y = edit_from_above(window, "3")
        window.click((x + 12, y - 12))
        assert selected(window).endswith(" 1"), selected(window)
        window.key("KP_Add", "ctrl")
        assert selected(window).endswith(" 9"), selected(window)
        window.key("KP_Subtract", "ctrl")
        assert selected(window).endswith(" 1"), selected(window)
        window.key("l", "ctrl")
        assert selected(window).endswith(" 36"), selected(window)
        window.key("a", "alt")
        window.move((x + 12, y - 12))
        window.key("l")
        assert selected(window).endswith(" 36"), selected(window)
        window.key("i", "ctrl")
        assert selected(window) == "0 0 0", selected(window)
        # A click with Alt on an edge: the loop through it.
        window.key("2")
        window.click((x, y - 12), modifiers=("alt",))
        assert selected(window).split()[1] == "6", selected(window)
        window.click((x, y - 12), modifiers=("ctrl", "alt"))
        assert selected(window).split()[1] == "7", selected(window)


def parts_are_hidden_and_come_back():
    with Window(START) as window:
        x, y = edit_from_above(window, "3")
        window.click((x + 12, y + 12))
        before = window.pixels(x - 30, y + 30, 1, 1)
        window.key("h")
        hidden = window.python("print(sum(p.hide for p in bpy.data.meshes['Cube'].polygons))")
        assert hidden == "1", hidden
        assert window.pixels(x - 30, y + 30, 1, 1) != before
        window.key("h", "alt")
        assert selected(window) == "4 4 1", selected(window)
        # Objects too.
        window.key("Tab")
        window.key("h")
        assert window.python("print(bpy.data.objects['Cube'].visible_get())") == "False"
        window.key("h", "alt")
        assert window.python("print(bpy.data.objects['Cube'].visible_get())") == "True"


def normals_are_flipped_and_made_right():
    with Window(START) as window:
        edit_from_above(window, "3")
        window.key("a")
        window.key("n", "alt")
        window.click("item:Flip")
        up = "print(round(sum(p.normal.dot(p.center) for p in bpy.data.meshes['Cube'].polygons), 2))"
        assert window.python(up) == "-6.0", window.python(up)
        window.key("n", "shift")
        assert window.python(up) == "6.0", window.python(up)


def edges_get_creases_and_vertices_move_along():
    with Window(START) as window:
        x, y = edit_from_above(window, "2")
        window.key("a")
        window.key("e", "shift")
        window.type("0.5")
        window.key("Return")
        creases = window.python("print({round(e.crease, 2) for e in bpy.data.meshes['Cube'].edges})")
        assert creases == "{0.5}", creases


def proportional_editing_takes_others_along():
    with Window(START) as window:
        window.python("bpy.ops.mesh.primitive_grid_add(x_subdivisions=8, y_subdivisions=8, size=8)\n"
                      "bpy.data.meshes['Cube'].name = 'Old'\nbpy.context.object.data.name = 'Cube'")
        x, y = edit_from_above(window, "1")
        window.key("o")
        assert window.python("print(bpy.context.tool_settings.use_proportional_edit)") == "True"
        window.click((x, y))
        assert selected(window).startswith("1 "), selected(window)
        window.key("g")
        window.key("z")
        window.type("1")
        window.wheel((x, y), -8)
        window.screenshot("/tmp/kiln_proportional.png")
        window.key("Return")
        moved = int(window.python("print(sum(v.co.z > 1e-4 for v in bpy.data.meshes['Cube'].vertices))"))
        assert moved > 9, moved
        assert float(window.python("print(bpy.context.tool_settings.proportional_size)")) > 2.0
        assert "use_proportional_edit=True" in window.state()["log"][-1], window.state()["log"][-1]


def objects_move_along_too():
    with Window(START) as window:
        window.python("bpy.ops.mesh.primitive_cube_add(location=(0.5, 0, 0))\nbpy.ops.object.select_all(action='DESELECT')\n"
                      "o = bpy.data.objects['Cube']\no.select_set(True)\nbpy.context.view_layer.objects.active = o")
        window.move("viewport")
        window.key("o")
        window.key("g")
        window.key("z")
        window.type("1")
        window.key("Return")
        height = float(window.python("print(bpy.data.objects['Cube.001'].location.z)"))
        assert 0.3 < height < 0.7, height


def local_view_shows_what_is_selected_alone():
    with Window(START) as window:
        window.python("bpy.ops.mesh.primitive_cube_add(location=(3, 0, 0))")
        x, y = window.place("viewport")
        window.move((x, y))
        window.key("slash")
        window.key("a")
        assert window.python("print(sorted(o.name for o in bpy.context.selected_objects if o.type == 'MESH'))") != ""
        window.screenshot("/tmp/kiln_local.png")
        window.key("a", "alt")
        window.click((x, y))
        assert window.python("print([o.name for o in bpy.context.selected_objects])") == "['Cube.001']"
        window.key("slash")
        window.key("a", "alt")
        window.click((x - 20, y + 12))
        assert window.python("print([o.name for o in bpy.context.selected_objects])") == "['Cube']"


def pies_open_at_the_pointer():
    with Window(START) as window:
        x, y = window.place("viewport")
        window.move((x, y))
        window.key("z")
        window.screenshot("/tmp/kiln_pie.png")
        window.click("pie:Wireframe")
        window.key("z")
        window.click("pie:Solid")
        window.key("period")
        window.click("pie:3D Cursor")
        assert window.python("print(bpy.context.tool_settings.transform_pivot_point)") == "CURSOR"
        window.key("grave")
        window.click("pie:Top")
        window.key("s", "shift")
        window.click("pie:Cursor to Selected")


def the_sidebar_has_the_active_object_and_scripts():
    with Window(START) as window:
        window.python("class P(bpy.types.Panel):\n    bl_label = 'Mine'\n    bl_space_type = 'VIEW_3D'\n    bl_region_type = 'UI'\n    bl_category = 'My Tab'\n"
                      "    bl_idname = 'VIEW3D_PT_mine'\n    def draw(self, context):\n        self.layout.operator('mesh.primitive_cube_add', text='More')\n"
                      "bpy.utils.register_class(P)")
        window.move("viewport")
        window.key("n")
        window.screenshot("/tmp/kiln_sidebar.png")
        window.double_click(window.place("prop:location 2", editor="VIEW_3D"))
        window.key("a", "ctrl")
        window.type("2.5")
        window.key("Return")
        assert window.python("print(bpy.data.objects['Cube'].location.z)") == "2.5"
        window.click("sidebar:My Tab")
        window.click("button:More")
        assert window.python("print(len(bpy.data.objects))") == "4"
        window.move(window.place("viewport"))
        window.key("n")
        assert not window.places("sidebar:Item")


def shear_and_sphere_follow_the_mouse():
    with Window(START) as window:
        x, y = edit_from_above(window, "1")
        window.key("a")
        window.key("s", "shift", "ctrl", "alt")
        window.type("1")
        window.key("Return")
        places = window.python("print(sorted({round(v.co.x, 2) for v in bpy.data.meshes['Cube'].vertices}))")
        assert places == "[-2.0, 0.0, 2.0]", places
        window.key("s", "shift", "alt")
        window.type("1")
        window.key("Return")
        spread = window.python("r = [v.co.length for v in bpy.data.meshes['Cube'].vertices]\nprint(round(max(r) - min(r), 3))")
        assert spread == "0.0", spread


TWO_SQUARES = """
m = bpy.data.meshes['Cube']
m.clear_geometry()
corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
m.from_pydata([(x, y, z) for z in (-1, 1) for x, y in corners], [(i + 4 * k, (i + 1) % 4 + 4 * k) for k in (0, 1) for i in range(4)], [])
"""


def loops_are_bridged_and_triangles_joined():
    with Window(START) as window:
        window.python(TWO_SQUARES)
        window.move("viewport")
        window.key("Tab")
        window.key("2")
        window.key("a")
        window.click("header:Edge")
        window.click("item:Bridge Edge Loops")
        assert counts(window) == "8 12 4", counts(window)
        assert selected(window).endswith(" 4"), selected(window)
        # All of them look outwards.
        assert window.python("m = bpy.data.meshes['Cube']\nprint(len({p.normal.dot(p.center) > 0 for p in m.polygons}))") == "1"
        window.move("viewport")
        window.key("3")
        window.key("a")
        window.key("t", "ctrl")
        assert counts(window) == "8 16 8", counts(window)
        window.key("j", "alt")
        assert counts(window) == "8 12 4", counts(window)


def flat_faces_are_dissolved():
    with Window(START) as window:
        window.move("viewport")
        window.key("Tab")
        window.key("a")
        window.command("mesh.subdivide")
        window.idle()
        assert counts(window) == "26 48 24", counts(window)
        window.key("x")
        window.click("item:Limited Dissolve")
        assert counts(window) == "8 12 6", counts(window)


def what_is_similar_is_selected_from_a_menu():
    with Window(START) as window:
        x, y = edit_from_above(window, "3")
        window.click((x + 12, y + 12))
        assert selected(window).endswith(" 1"), selected(window)
        window.key("g", "shift")
        window.click("item:Area")
        assert selected(window) == "8 12 6", selected(window)
        window.key("z", "ctrl")
        window.key("g", "shift")
        window.click("item:Coplanar")
        assert selected(window).endswith(" 1"), selected(window)


if __name__ == "__main__":
    run([loops_are_bridged_and_triangles_joined, flat_faces_are_dissolved, what_is_similar_is_selected_from_a_menu,
         faces_are_inset_by_mouse_and_numbers, edges_are_bevelled_with_segments_by_the_wheel, a_loop_is_cut_and_slid,
         parts_are_extruded_along_normals_and_one_by_one, menus_delete_dissolve_and_merge, selections_grow_shrink_and_follow_what_is_linked,
         parts_are_hidden_and_come_back, normals_are_flipped_and_made_right, edges_get_creases_and_vertices_move_along,
         proportional_editing_takes_others_along, objects_move_along_too, local_view_shows_what_is_selected_alone, pies_open_at_the_pointer,
         the_sidebar_has_the_active_object_and_scripts, shear_and_sphere_follow_the_mouse])
