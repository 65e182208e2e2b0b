#!/usr/bin/env python3
"""Bars of areas, menus that open by themselves, what the program begins with, and what editors have beside their content."""
import time

from driver import Window, run

START = ["--factory-startup"]
AREA = "area = next(a for a in bpy.context.screen.areas if a.type == 'VIEW_3D')\nspace = area.spaces.active\nview = bpy.context.preferences.view\n"
HEADER = AREA + "header = next(r for r in area.regions if r.type == 'HEADER')\nprint(header.height > 1, header.alignment, header.y > area.y)"


def regions(window):
    return window.python(HEADER).split()


def bars_are_hidden_and_come_back():
    with Window(START) as window:
        assert regions(window) == ["True", "TOP", "True"]
        window.python(AREA + "space.show_region_header = False")
        assert regions(window)[0] == "False"
        window.click("bar_tab")
        assert regions(window) == ["True", "TOP", "True"]
        assert not window.places("bar_tab")


def bars_flip_to_the_bottom_and_new_areas_have_theirs_where_wanted():
    with Window(START) as window:
        window.move("viewport")
        top = window.place("editor_menu", "VIEW_3D")[1]
        window.command("screen.region_flip")
        window.idle()
        assert window.place("editor_menu", "VIEW_3D")[1] > top + 200
        assert regions(window)[1:] == ["BOTTOM", "False"]
        window.screenshot("/tmp/kiln_flipped.png")
        window.command("screen.region_flip")
        window.python("bpy.context.preferences.view.header_align = 'BOTTOM'")
        x, y = window.place("corner", "VIEW_3D")
        window.drag((x, y), (x - 300, y + 20))
        bars = sorted(p["y"] for p in window.places("editor_menu", "VIEW_3D"))
        assert len(bars) == 2 and bars[1] > bars[0] + 200, bars


def menus_of_a_bar_fold_into_one():
    with Window(START) as window:
        window.move("viewport")
        assert window.places("header:Select", "VIEW_3D") and not window.places("header:☰", "VIEW_3D")
        window.python(AREA + "area.show_menus = False")
        assert not window.places("header:Select", "VIEW_3D")
        window.click("header:☰")
        window.screenshot("/tmp/kiln_folded.png")
        window.key("Escape")
        window.python(AREA + "area.show_menus = True")
        assert window.places("header:Select", "VIEW_3D")


def menus_open_where_the_mouse_rests():
    with Window(START) as window:
        x, y = window.place("header:Select", "VIEW_3D")
        before = window.pixels(x - 20, y + 30, 80, 80)
        window.move((x, y))
        time.sleep(0.5)
        assert window.pixels(x - 20, y + 30, 80, 80) == before
        window.move("viewport")
        window.python("v = bpy.context.preferences.view\nv.use_mouse_over_open = True\nv.open_toplevel_delay = 1")
        window.move((x, y))
        for _ in range(50):
            if window.pixels(x - 20, y + 30, 80, 80) != before:
                break
            time.sleep(0.1)
        assert window.pixels(x - 20, y + 30, 80, 80) != before
        window.key("Escape")


def choices_of_pies_fly_to_their_places():
    with Window(START) as window:
        window.python("bpy.context.preferences.view.pie_animation_timeout = 200")
        window.move("viewport")
        x, y = window.place("viewport")
        window.ask({"do": "command", "name": "wm.call_menu_pie", "settings": {"name": "VIEW3D_MT_view_pie"}})
        window.move((x + 1, y))
        start = window.pixels(x - 250, y - 150, 500, 300)
        time.sleep(2.2)
        assert window.pixels(x - 250, y - 150, 500, 300) != start
        window.screenshot("/tmp/kiln_pie.png")
        window.key("Escape")


def the_program_begins_with_a_choice_of_files():
    with Window(START) as window:
        window.python("bpy.data.objects.remove(bpy.data.objects['Cube'])")
        window.command("wm.splash")
        window.idle()
        window.screenshot("/tmp/kiln_splash.png")
        assert window.places("button:Recover Last Session") and window.places("button:Open…")
        window.click("button:General")
        window.idle()
        assert not window.places("button:Open…")


def the_cursor_is_set_without_moving_a_view_that_follows_it():
    with Window(START) as window:
        x, y = window.place("viewport")
        place = AREA + "print([round(v, 2) + 0.0 for v in space.region_3d.view_location])"
        window.python(AREA + "space.lock_cursor = True")
        window.move("viewport")
        assert window.python(place) == "[0.0, 0.0, 0.0]"
        cursor = "print(bpy.context.scene.cursor.location.length > 0.1)"
        window.click((x + 120, y + 60), button=3, modifiers=["shift"])
        assert window.python(cursor) == "True"
        assert window.python(place) == "[0.0, 0.0, 0.0]"
        window.python("bpy.context.preferences.edit.use_cursor_lock_adjust = False")
        window.click((x - 120, y + 60), button=3, modifiers=["shift"])
        assert window.python(place) != "[0.0, 0.0, 0.0]"


def clicks_at_one_place_go_through_what_lies_there():
    with Window(START) as window:
        window.move("viewport")
        window.key("KP_1")
        time.sleep(0.4)
        window.python("c = bpy.data.objects['Cube']\nd = c.copy()\nd.name = 'Behind'\nd.location.y = 4\nbpy.context.collection.objects.link(d)\n"
                      "bpy.context.preferences.view.show_gizmo = False")
        x, y = window.place("viewport")
        active = "print(bpy.context.object.name)"
        window.click((x, y))
        first = window.python(active)
        window.click((x + 1, y))
        assert {first, window.python(active)} == {"Cube", "Behind"}
        # Farther off it is a new place.
        window.python("bpy.context.preferences.inputs.move_threshold = 0")
        window.click((x, y))
        window.click((x + 1, y))
        assert window.python(active) == "Cube"


def clicks_choose_the_nearest_middle_without_depth():
    with Window(START) as window:
        window.move("viewport")
        window.key("KP_1")
        time.sleep(0.4)
        window.python("c = bpy.data.objects['Cube']\nd = c.copy()\nd.name = 'Behind'\nd.location = (0.7, 4, 0.7)\nbpy.context.collection.objects.link(d)\n"
                      "bpy.context.preferences.view.show_gizmo = False\nbpy.ops.object.select_all(action='DESELECT')")
        x, y = window.place("viewport")
        active = "print(bpy.context.object.name)"
        middle = window.python(AREA + "from bpy_extras.view3d_utils import location_3d_to_region_2d as place\nr = area.regions[-1]\n"
                               "a, b = (place(r, space.region_3d, bpy.data.objects[n].location) for n in ('Cube', 'Behind'))\nprint(int(b.x - a.x), int(b.y - a.y))").split()
        at = (x + int(middle[0]), y - int(middle[1]))
        window.click(at)
        assert window.python(active) == "Cube"
        window.python("bpy.ops.object.select_all(action='DESELECT')\nbpy.context.preferences.system.use_select_pick_depth = False")
        window.click((x - 60, y + 60))
        window.click(at)
        assert window.python(active) == "Behind"


def the_status_bar_tells_what_is_wanted():
    with Window(START) as window:
        part = (900, 880, 540, 18)
        before = window.pixels(*part)
        window.python("bpy.context.preferences.view.show_statusbar_vram = True")
        window.key("Escape")
        assert window.pixels(*part) != before


def clicks_on_icons_change_the_tab_of_properties():
    with Window(START) as window:
        tab = "print(next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'PROPERTIES').context)"
        sync = "s = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'PROPERTIES')\ns.outliner_sync = "
        row = next(p for p in window.places(editor="OUTLINER") if p["name"] == "row:Camera")
        window.click("tab:Render")
        icon = (row["x"] - 8, row["y"] + row["height"] // 2)
        window.click((row["x"] + 20, icon[1]))
        assert window.python(tab) == "RENDER"
        window.click(icon)
        assert window.python(tab) == "OBJECT"
        window.python(sync + "'NEVER'")
        window.click("tab:Render")
        window.click(icon)
        assert window.python(tab) == "RENDER"


def images_are_moved_by_buttons_and_have_a_grid():
    with Window(START, size=(1300, 800)) as window:
        window.move("viewport")
        window.command("screen.space_type_set_or_cycle", space_type="IMAGE_EDITOR")
        window.idle()
        space = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'IMAGE_EDITOR')\n"
        area = next(p for p in window.places("editor_menu", "IMAGE_EDITOR"))
        x, y = area["x"] + 300, area["y"] + 150
        with_grid = window.pixels(x, y, 200, 200)
        window.python(space + "space.overlay.show_grid_background = False")
        assert window.pixels(x, y, 200, 200) != with_grid
        window.python(space + "image = bpy.data.images.new('Made', 64, 64)\nspace.image = image\nassert space.show_render is False")
        zoom = space + "print(space.zoom[0])"
        before = float(window.python(zoom))
        bx, by = window.place("zoom_button")
        window.drag((bx, by), (bx, by - 80))
        assert float(window.python(zoom)) > 1.7 * before
        window.screenshot("/tmp/kiln_image_buttons.png")
        at = window.places("picture")[0]["x"]
        bx, by = window.place("pan_button")
        window.drag((bx, by), (bx + 60, by))
        assert abs(window.places("picture")[0]["x"] - at - 60) < 4
        window.python(space + "space.show_gizmo_navigate = False")
        assert not window.places("zoom_button")


def the_log_shows_debug_reports_where_wanted():
    with Window(START) as window:
        window.move("viewport")
        window.command("screen.space_type_set_or_cycle", space_type="INFO")
        window.python("""
class Tells(bpy.types.Operator):
    bl_idname, bl_label = "wm.tells", "Tells"
    def execute(self, context):
        self.report({"DEBUG"}, "only for those who look")
        return {"FINISHED"}
bpy.utils.register_class(Tells)""")
        window.command("wm.tells")
        info = next(p for p in window.places("info"))
        before = window.pixels(info["x"], info["y"], info["width"], info["height"])
        window.python("next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'INFO').show_report_debug = True")
        assert window.pixels(info["x"], info["y"], info["width"], info["height"]) != before


def preferences_know_that_they_were_changed():
    with Window(START) as window:
        dirty = "print(bpy.context.preferences.is_dirty)"
        window.python("bpy.context.preferences.is_dirty = False")
        assert window.python(dirty) == "False"
        window.python("bpy.context.preferences.view.show_developer_ui = True")
        assert window.python(dirty) == "True"


def corners_and_borders_can_be_taken_away():
    with Window(START) as window:
        corner = window.places("corner", "VIEW_3D")[0]
        assert corner["width"] > 0
        window.python("bpy.context.preferences.apps.show_corner_split = False\nbpy.context.preferences.apps.show_edge_resize = False")
        width = AREA + "print(area.width)"
        before = window.python(width)
        area = window.python(AREA + "print(area.x, area.width)").split()
        edge = int(area[0]) + int(area[1]) + 2
        x, y = window.place("viewport")
        window.drag((edge, y), (edge - 100, y))
        assert window.python(width) == before
        window.python("bpy.context.preferences.apps.show_edge_resize = True")
        window.drag((edge, y), (edge - 100, y))
        assert window.python(width) != before


def the_last_operation_is_adjusted_in_its_view():
    with Window(START) as window:
        window.move("viewport")
        assert not window.places("last_operation")
        window.command("mesh.primitive_uv_sphere_add")
        window.click("last_operation")
        window.screenshot("/tmp/kiln_last_operation.png")
        before = window.undo_labels()
        x, y = window.place("prop:segments")
        window.double_click((x, y))
        window.key("a", "ctrl")
        window.type("12")
        window.key("Return")
        assert window.undo_labels() == before
        assert window.python("print(len(bpy.context.object.data.vertices))") == str(12 * 15 + 2)
        region = "print(next(r.width for r in area.regions if r.type == 'HUD') > 50)"
        assert window.python(AREA + region) == "True"
        window.python(AREA + "space.show_region_hud = False")
        assert not window.places("last_operation")
        window.python(AREA + "space.show_region_hud = True")
        window.move("viewport")
        window.key("z", "ctrl")
        assert not window.places("last_operation")


def scopes_measure_the_picture():
    with Window(START, size=(1300, 800)) as window:
        window.move("viewport")
        window.command("screen.space_type_set_or_cycle", space_type="IMAGE_EDITOR")
        window.idle()
        space = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'IMAGE_EDITOR')\n"
        window.python(space + "image = bpy.data.images.new('Made', 64, 64)\n"
                      "image.pixels = [c for y in range(64) for x in range(64) for c in (x / 63, y / 63, 0.2, 1)]\n"
                      "space.image = image\nspace.show_region_ui = True")
        window.click("sidebar:Scopes")
        time.sleep(1.0)
        panel = window.places("panel:Histogram")[0]
        part = (panel["x"] + 10, panel["y"] + 40, panel["width"] - 20, 90)
        luma = window.pixels(*part)
        window.screenshot("/tmp/kiln_scopes.png")
        window.python(space + "space.scopes.histogram.mode = 'R'")
        for _ in range(50):
            if window.pixels(*part) != luma:
                break
            time.sleep(0.1)
        assert window.pixels(*part) != luma
        assert window.places("prop:waveform_mode") and window.places("prop:show_line")


def frames_show_a_text_and_texts_have_a_footer():
    with Window(START, size=(1300, 800)) as window:
        window.move("viewport")
        window.command("screen.space_type_set_or_cycle", space_type="NODE_EDITOR")
        window.idle()
        window.python("tree = bpy.data.materials['Material'].node_tree\nframe = tree.nodes.new('NodeFrame')\nframe.width, frame.height = 400, 250\n"
                      "frame.location = (-300, 300)\nframe.label = 'Notes'")
        window.move((400, 400))
        window.key("Home")
        area = window.places("area", "NODE_EDITOR")[0]
        part = (area["x"] + 10, area["y"] + 60, area["width"] - 20, area["height"] - 80)
        before = window.pixels(*part)
        window.python("text = bpy.data.texts.new('Notes')\ntext.from_string('What the nodes here do,\\nfor whoever comes next.')\n"
                      "bpy.data.materials['Material'].node_tree.nodes['Frame'].text = text")
        assert window.pixels(*part) != before
        window.screenshot("/tmp/kiln_frame.png")
        window.move((400, 400))
        window.command("screen.space_type_set_or_cycle", space_type="TEXT_EDITOR")
        window.idle()
        space = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'TEXT_EDITOR')\n"
        area = window.places("area", "TEXT_EDITOR")[0]
        foot = (area["x"] + 4, area["y"] + area["height"] - 20, 300, 16)
        shown = window.pixels(*foot)
        window.screenshot("/tmp/kiln_footer.png")
        window.python(space + "space.show_region_footer = False")
        assert window.pixels(*foot) != shown


if __name__ == "__main__":
    run([bars_are_hidden_and_come_back,
         bars_flip_to_the_bottom_and_new_areas_have_theirs_where_wanted,
         menus_of_a_bar_fold_into_one,
         menus_open_where_the_mouse_rests,
         choices_of_pies_fly_to_their_places,
         the_program_begins_with_a_choice_of_files,
         the_cursor_is_set_without_moving_a_view_that_follows_it,
         clicks_at_one_place_go_through_what_lies_there,
         clicks_choose_the_nearest_middle_without_depth,
         the_status_bar_tells_what_is_wanted,
         clicks_on_icons_change_the_tab_of_properties,
         images_are_moved_by_buttons_and_have_a_grid,
         the_log_shows_debug_reports_where_wanted,
         preferences_know_that_they_were_changed,
         corners_and_borders_can_be_taken_away,
         the_last_operation_is_adjusted_in_its_view,
         scopes_measure_the_picture,
         frames_show_a_text_and_texts_have_a_footer])
