"""What a 3D viewport keeps to, shows and lets in, set with mouse, keys and scripts."""
import time

from driver import Window, run

START = ["--factory-startup"]
SPACE = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'VIEW_3D')\nregion = space.region_3d\n"


def view(window, code):
    return window.python(SPACE + code)


def pixel(window, x, y):
    return window.pixels(x, y, 1, 1)[0][0]


def wheel_and_pan_move_the_frame_of_the_camera():
    with Window(START) as window:
        window.move("viewport")
        window.key("KP_0")
        before = float(view(window, "print(region.view_camera_zoom)"))
        window.wheel("viewport", 2)
        assert view(window, "print(region.view_perspective)") == "CAMERA"
        assert float(view(window, "print(region.view_camera_zoom)")) > before + 3
        x, y = window.place("viewport")
        window.drag((x, y), (x + 80, y), button=2, modifiers=("shift",))
        assert float(view(window, "print(region.view_camera_offset[0])")) < -0.05
        window.key("Home")
        assert view(window, "print(tuple(region.view_camera_offset))") == "(0.0, 0.0)"
        view(window, "region.view_camera_zoom = 0")
        assert view(window, "print(region.view_camera_zoom)") == "0.0"


def the_camera_goes_along_with_the_view():
    with Window(START) as window:
        view(window, "space.lock_camera = True")
        window.move("viewport")
        window.key("KP_0")
        x, y = window.place("viewport")
        window.drag((x, y), (x + 120, y), button=2)
        assert view(window, "print(region.view_perspective)") == "CAMERA"
        moved = window.python("c = bpy.data.objects['Camera']\nprint(round(c.location.x, 3) != 7.359)")
        assert moved == "True"
        assert window.undo_labels() == ["Original", "Move Camera"], window.undo_labels()


def views_can_be_kept_from_turning():
    with Window(START) as window:
        view(window, "region.lock_rotation = True")
        before = view(window, "print(tuple(region.view_rotation))")
        x, y = window.place("viewport")
        window.drag((x, y), (x + 120, y), button=2)
        window.key("KP_1")
        assert view(window, "print(tuple(region.view_rotation))") == before


def views_stay_about_what_they_are_locked_to():
    with Window(START) as window:
        window.python("bpy.data.objects['Cube'].location = (4, 5, 6)")
        view(window, "space.lock_object = bpy.data.objects['Cube']")
        window.idle()
        assert view(window, "print(tuple(region.view_location))") == "(4.0, 5.0, 6.0)"
        view(window, "space.lock_object = None\nspace.lock_cursor = True\nbpy.context.scene.cursor.location = (1, 0, 0)")
        window.idle()
        assert view(window, "print(tuple(region.view_location))") == "(1.0, 0.0, 0.0)"


def a_viewport_looks_through_a_camera_of_its_own():
    with Window(START) as window:
        window.python("c = bpy.data.objects.new('Other', bpy.data.cameras.new('Other'))\nbpy.context.collection.objects.link(c)\nc.location = (0, 0, 20)")
        view(window, "space.use_local_camera = True\nspace.camera = bpy.data.objects['Other']\nregion.view_perspective = 'CAMERA'")
        window.idle()
        assert view(window, "print(round(region.view_matrix.inverted().translation.z, 3), bpy.context.scene.camera.name)") == "20.0 Camera"


def a_part_of_the_view_is_rendered():
    with Window(START) as window:
        x, y = window.place("viewport")
        window.move((x, y))
        window.key("b", "ctrl")
        window.drag((x - 200, y - 150), (x + 100, y + 150))
        assert view(window, "print(space.use_render_border, space.render_border_min_x < 0.4 < space.render_border_max_x)") == "True True"
        view(window, "space.shading.type = 'RENDERED'")
        for _ in range(80):
            time.sleep(0.1)
            if window.figures().get("VIEW_3D.samples", 0) > 2:
                break
        window.move((x + 300, y + 250))
        window.key("b", "ctrl", "alt")
        assert view(window, "print(space.use_render_border)") == "False"
        # Through the camera the region is that of the render.
        view(window, "space.shading.type = 'SOLID'")
        window.key("KP_0")
        window.key("b", "ctrl")
        window.drag((x - 100, y - 60), (x + 60, y + 60))
        assert window.python("print(bpy.context.scene.render.use_border, bpy.context.scene.render.border_min_x > 0.1)") == "True True"


def planes_cut_off_what_lies_outside():
    with Window(START) as window:
        x, y = window.place("viewport")
        on_cube = pixel(window, x - 30, y + 20)
        window.move((x, y))
        window.key("b", "alt")
        window.drag((x + 20, y - 60), (x + 80, y + 60))
        assert view(window, "print(region.use_clip_planes)") == "True"
        assert sum(abs(a - b) for a, b in zip(pixel(window, x - 30, y + 20), on_cube)) > 60
        window.key("b", "alt")
        assert view(window, "print(region.use_clip_planes)") == "False"
        assert sum(abs(a - b) for a, b in zip(pixel(window, x - 30, y + 20), on_cube)) < 20
        view(window, "region.clip_planes = [[0, 0, 1, -5]] + [[0, 0, 0, 1]] * 5\nregion.use_clip_planes = True")
        window.idle()
        assert sum(abs(a - b) for a, b in zip(pixel(window, x - 30, y + 20), on_cube)) > 60


def handles_can_be_switched_off():
    with Window(START) as window:
        view(window, "space.show_gizmo_object_translate = True")
        assert any(p["name"].startswith("handle:move") for p in window.places())
        window.click("header:Gizmo Options")
        window.click("popover:prop:show_gizmo_object_translate")
        window.key("Escape")
        assert not any(p["name"].startswith("handle:") for p in window.places())
        window.click("header:Gizmos")
        assert view(window, "print(space.show_gizmo)") == "False"


def materials_are_previewed_in_a_studio():
    with Window(START) as window:
        window.python("m = bpy.data.materials['Material']\nm.node_tree.nodes['Principled BSDF'].inputs['Base Color'].default_value = (1, 0.02, 0.02, 1)")
        x, y = window.place("viewport")
        window.click("header:Material")
        assert view(window, "print(space.shading.type)") == "MATERIAL"
        for _ in range(100):
            time.sleep(0.1)
            red = pixel(window, x - 30, y + 20)
            if red[0] > 90 and red[1] < 60:
                break
        assert red[0] > 90 and red[1] < 60, red
        # The lamp of the scene does not light it, the studio does.
        window.python("bpy.data.lights['Light'].energy = 0")
        time.sleep(1.5)
        assert pixel(window, x - 30, y + 20)[0] > 90


def numbers_stand_at_what_is_selected():
    with Window(START) as window:
        window.move("viewport")
        window.key("Tab")
        window.key("a")
        x, y = window.place("viewport")
        before = window.pixels(x - 150, y - 150, 300, 300)
        view(window, "space.overlay.show_extra_edge_length = True\nspace.overlay.show_extra_indices = True\nspace.overlay.show_extra_face_area = True")
        after = window.pixels(x - 150, y - 150, 300, 300)
        changed = sum(a != b for first, second in zip(before, after) for a, b in zip(first, second))
        assert changed > 200, changed


def the_sidebar_has_the_settings_of_the_view():
    with Window(START) as window:
        window.move("viewport")
        window.key("n")
        window.click("sidebar:View")
        window.click(window.place("prop:lens", "VIEW_3D"))
        window.key("a", "ctrl")
        window.type("80")
        window.key("Return")
        assert view(window, "print(space.lens)") == "80.0"
        window.click(window.place("prop:lock_cursor", "VIEW_3D"))
        assert view(window, "print(space.lock_cursor)") == "True"


def a_bar_has_the_settings_of_the_active_tool():
    with Window(START) as window:
        places = lambda: [p["name"] for p in window.places() if p["name"].startswith("tool_header:")]
        assert places() == [] and view(window, "print(space.show_region_tool_header)") == "False"
        before = window.place("viewport")
        window.click(window.place("header:View", "VIEW_3D"))
        window.click("item:Tool Settings")
        assert view(window, "print(space.show_region_tool_header)") == "True"
        assert window.place("viewport")[1] > before[1]
        assert "tool_header:label:Select Box" in places() and "tool_header:prop:use_snap" not in places(), places()
        window.click("tool:Move")
        window.click("tool_header:prop:use_snap")
        assert window.python("print(bpy.context.scene.tool_settings.use_snap)") == "True"
        window.click("tool:Cursor")
        assert sum(name.startswith("tool_header:prop:location") for name in places()) == 3, places()
        window.move("viewport")
        window.key("Tab")
        window.click("tool_header:prop:use_mirror_x")
        assert window.python("print(bpy.data.objects['Cube'].data.use_mirror_x)") == "True"
        view(window, "space.show_region_tool_header = False")
        assert places() == [] and window.place("viewport") == before


def faces_show_what_is_measured():
    with Window(START) as window:
        window.move("viewport")
        window.key("Tab")
        window.key("a", "alt")
        x, y = window.place("viewport")
        before = pixel(window, x - 30, y + 25)
        window.click("header:Overlay Options")
        window.click("popover:prop:show_statvis")
        window.places("popover:prop:overhang_axis")
        window.key("Escape")
        # All faces, whichever way they look, within half a turn.
        window.python("s = bpy.context.scene.tool_settings.statvis\ns.overhang_max = 3.1415927")
        colored = pixel(window, x - 30, y + 25)
        assert max(colored) - min(colored) > max(before) - min(before) + 60, (before, colored)
        assert view(window, "print(space.overlay.show_statvis)") == "True"
        window.click("header:Overlay Options")
        window.click("popover:prop:type")
        window.click("item:Intersect")
        assert window.python("print(bpy.context.scene.tool_settings.statvis.type)") == "INTERSECT"
        window.key("Escape")
        assert max(abs(a - b) for a, b in zip(pixel(window, x - 30, y + 25), before)) < 12


def wires_in_front_alone_are_seen():
    with Window(START) as window:
        window.move("viewport")
        window.key("Tab")
        window.key("a", "alt")
        x, y = window.place("viewport")
        before = pixel(window, x - 30, y + 25)
        view(window, "space.overlay.show_floor = False\nspace.overlay.show_axis_x = False\nspace.overlay.show_axis_y = False")
        window.click("header:Overlay Options")
        window.click("popover:prop:show_occlude_wire")
        window.key("Escape")
        hidden = pixel(window, x - 30, y + 25)
        assert sum(hidden) < sum(before) - 60, (before, hidden)
        beside = pixel(window, x - 250, y + 25)
        assert max(abs(a - b) for a, b in zip(hidden, beside)) < 4, (hidden, beside)


if __name__ == "__main__":
    run([wheel_and_pan_move_the_frame_of_the_camera, the_camera_goes_along_with_the_view, views_can_be_kept_from_turning,
         views_stay_about_what_they_are_locked_to, a_viewport_looks_through_a_camera_of_its_own, a_part_of_the_view_is_rendered,
         planes_cut_off_what_lies_outside, handles_can_be_switched_off, materials_are_previewed_in_a_studio, numbers_stand_at_what_is_selected,
         the_sidebar_has_the_settings_of_the_view, a_bar_has_the_settings_of_the_active_tool, faces_show_what_is_measured, wires_in_front_alone_are_seen])
