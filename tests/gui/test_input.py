#!/usr/bin/env python3
"""How mouse and keys work as the user prefers, and how views get where they are sent."""
import time

from driver import Window, run

VIEW = ("a = next(a for a in bpy.context.screen.areas if a.type == 'VIEW_3D')\n"
        "s = a.spaces.active\nr = s.region_3d\ni = bpy.context.preferences.inputs\nv = bpy.context.preferences.view\n")
TURN = VIEW + "print([round(x, 3) for x in r.view_rotation])"
DISTANCE = VIEW + "print(r.view_distance)"


def views_take_their_time_to_get_there():
    with Window(["--factory-startup"]) as window:
        window.move("viewport")
        x, y = window.place("viewport")
        window.python(VIEW + "v.smooth_view = 1000")
        before = window.pixels(x - 60, y - 60, 120, 120)
        started = time.monotonic()
        window.screen.keysym("KP_1", True)
        window.screen.keysym("KP_1", False)
        between = before
        while between == before and time.monotonic() - started < 10:
            between = window.pixels(x - 60, y - 60, 120, 120)
        # Scripts are told of the end at once.
        turned = window.python(TURN)
        window.idle()
        assert time.monotonic() - started > 0.8
        after = window.pixels(x - 60, y - 60, 120, 120)
        assert window.python(TURN) == turned == "[0.707, 0.707, 0.0, 0.0]", turned
        assert before != between and between != after and before != after
        window.python(VIEW + "v.smooth_view = 0")
        window.key("KP_3")
        assert window.python(TURN) == "[0.5, 0.5, 0.5, 0.5]"


def a_key_makes_the_left_button_the_middle_one():
    with Window(["--factory-startup"]) as window:
        x, y = window.place("viewport")
        start = window.python(TURN)
        window.python(VIEW + "i.use_mouse_emulate_3_button = False")
        window.drag((x + 100, y), (x + 160, y + 20), modifiers=("alt",))
        assert window.python(TURN) == start
        window.python(VIEW + "i.use_mouse_emulate_3_button = True\ni.mouse_emulate_3_button_modifier = 'ALT'")
        window.drag((x + 100, y), (x + 160, y + 20), modifiers=("alt",))
        assert window.python(TURN) != start


def zooming_follows_the_style():
    with Window(["--factory-startup"]) as window:
        x, y = window.place("viewport")
        window.python(VIEW + "i.view_zoom_method = 'SCALE'")
        start = float(window.python(DISTANCE))
        # Twice as far from the middle: twice as near.
        window.drag((x + 100, y), (x + 200, y), button=2, modifiers=("ctrl",))
        assert abs(float(window.python(DISTANCE)) - start / 2) < 0.05 * start
        window.python(VIEW + f"i.view_zoom_method = 'DOLLY'\nr.view_distance = {start}")
        window.drag((x + 100, y), (x + 100, y - 80), button=2, modifiers=("ctrl",))
        dolly = float(window.python(DISTANCE))
        assert dolly < start
        # It goes on while the mouse rests.
        window.python(VIEW + f"i.view_zoom_method = 'CONTINUE'\nr.view_distance = {start}")
        window.move((x + 100, y))
        window._hold(("ctrl",), True)
        window.screen.button(2, True)
        window.screen.motion(*window._at((x + 100, y - 80)))
        time.sleep(0.3)
        first = float(window.python(DISTANCE))
        time.sleep(0.3)
        second = float(window.python(DISTANCE))
        window.screen.button(2, False)
        window._hold(("ctrl",), False)
        assert second < first < start, (start, first, second)


def drags_go_on_beyond_the_edge():
    with Window(["--factory-startup"]) as window:
        area = [p for p in window.places("viewport")][0]
        left, right = area["x"] + 60, area["x"] + area["width"] - 1
        y = area["y"] + area["height"] // 2
        window.python(VIEW + "i.use_mouse_continuous = True")
        window.move((left, y))
        window.key("g")
        window.key("x")
        window.move((right, y), steps=6)
        window.idle()
        # The mouse stands at the left now, and goes on from there.
        at = window.screen.pointer()
        assert at[0] < window._at((left, y))[0] + 60, (at, left, right)
        first = window.state()
        here = float(window.python("print(bpy.context.object.location.x)"))
        window.screen.motion(at[0] + 100, at[1])
        window.screen.sync()
        window.idle()
        assert float(window.python("print(bpy.context.object.location.x)")) > here, first
        window.key("Escape")
        assert float(window.python("print(bpy.context.object.location.x)")) == 0.0


def numbers_can_be_expressions():
    with Window(["--factory-startup"]) as window:
        window.move("viewport")
        place = "print([round(x, 3) for x in bpy.context.object.location])"
        window.key("g")
        window.key("x")
        window.key("equal")
        window.type("2*3-1")
        window.key("Return")
        assert window.python(place) == "[5.0, 0.0, 0.0]", window.python(place)
        window.python(VIEW + "i.use_numeric_input_advanced = True")
        window.key("g")
        window.key("y")
        window.type("4-1")
        window.key("Return")
        assert window.python(place) == "[5.0, 3.0, 0.0]", window.python(place)


def drags_end_with_a_click_if_wanted():
    with Window(["--factory-startup"]) as window:
        x, y = window.place("viewport")
        place = "print([round(x, 3) for x in bpy.context.object.location])"
        window.python(VIEW + "i.use_drag_immediately = False")
        window.click("tool:Move")
        before = len(window.undo_labels())
        window.drag((x + 150, y + 100), (x + 200, y + 100))
        assert len(window.undo_labels()) == before
        window.click((x + 210, y + 100))
        assert len(window.undo_labels()) == before + 1 and window.python(place) != "[0.0, 0.0, 0.0]"


def the_cursor_keeps_its_depth_if_wanted():
    with Window(["--factory-startup"]) as window:
        x, y = window.place("viewport")
        cursor = "print([round(v, 2) for v in bpy.context.scene.cursor.location])"
        window.key("KP_7")
        window.click((x, y), button=3, modifiers=("shift",))
        assert window.python(cursor).endswith("1.0]"), window.python(cursor)
        window.python("bpy.context.scene.cursor.location = (0, 0, 0)\nbpy.context.preferences.edit.use_mouse_depth_cursor = False")
        window.click((x, y), button=3, modifiers=("shift",))
        assert window.python(cursor).endswith("0.0]"), window.python(cursor)


def texts_close_brackets():
    with Window(["--factory-startup"]) as window:
        window.python("t = bpy.data.texts.new('Pairs')\n" + VIEW + "a.type = 'TEXT_EDITOR'\na.spaces.active.text = t")
        window.idle()
        area = [p for p in window.places("area") if p["editor"] == "TEXT_EDITOR"][0]
        window.click((area["x"] + 200, area["y"] + 200))
        window.type('f("a"')
        window.type(")")
        time.sleep(0.8)
        assert window.python("print(repr(bpy.data.texts['Pairs'].as_string().strip()))") == "'f(\"a\")'"


def scripts_see_the_regions():
    with Window(["--factory-startup"]) as window:
        kinds = VIEW + "print([g.type for g in a.regions])"
        assert window.python(kinds) == "['HEADER', 'TOOL_HEADER', 'TOOLS', 'UI', 'HUD', 'WINDOW']"
        width = VIEW + "print(*(next(g.width for g in a.regions if g.type == t) for t in ('UI', 'WINDOW')))"
        closed, all_of_it = map(int, window.python(width).split())
        assert closed == 1
        window.python(VIEW + "s.show_region_ui = True")
        window.idle()
        sidebar, rest = map(int, window.python(width).split())
        assert sidebar > 100 and rest <= all_of_it - sidebar
        assert window.python(VIEW + "print(s.show_region_ui, a.regions[-1].data == r)") == "True True"
        window.move("viewport")
        window.key("n")
        assert window.python(VIEW + "print(s.show_region_ui)") == "False"
        # Local view.
        assert window.python(VIEW + "print(s.local_view)") == "None"
        window.key("KP_Divide")
        assert window.python(VIEW + "print(s.local_view == s)") == "True"


def places_of_regions_are_places_of_nodes():
    with Window(["--factory-startup"]) as window:
        window.python("m = bpy.context.object.active_material\n" + VIEW + "a.type = 'NODE_EDITOR'")
        window.idle()
        code = ("a = next(a for a in bpy.context.screen.areas if a.type == 'NODE_EDITOR')\ng = a.regions[-1]\n"
                "n = next(n for n in bpy.context.object.active_material.node_tree.nodes if n.type == 'BSDF_PRINCIPLED')\n"
                "at = g.view2d.view_to_region(*n.location)\nback = g.view2d.region_to_view(*at)\n"
                "print(at[0] + g.x, at[1] + g.y, abs(back[0] - n.location[0]) < 2, abs(back[1] - n.location[1]) < 2)")
        x, y, fits_x, fits_y = window.python(code).split()
        assert fits_x == fits_y == "True"
        # The title of the node lies there.
        place = next(p for p in window.places() if p["name"] == "node:Principled BSDF")
        height = int(window.python("print(bpy.context.window.height)"))
        assert abs(int(x) - place["x"]) < 4 and abs(height - int(y) - place["y"]) < 6, (x, y, height, place)


def operators_know_how_they_came_to_run():
    with Window(["--factory-startup"]) as window:
        window.python(
            "seen = bpy.app.driver_namespace.setdefault('seen', [])\n"
            "class WM_OT_tell(bpy.types.Operator):\n"
            "    bl_idname, bl_label, bl_options = 'wm.tell', 'Tell', {'REGISTER', 'UNDO'}\n"
            "    def execute(self, context):\n"
            "        o = self.options\n"
            "        context.object.location.x += 1\n"
            "        bpy.app.driver_namespace['seen'].append((o.is_invoke, o.is_repeat, o.is_repeat_last, self.is_repeat()))\n"
            "        return {'FINISHED'}\n"
            "    def invoke(self, context, event):\n"
            "        return self.execute(context)\n"
            "bpy.utils.register_class(WM_OT_tell)")
        told = "print(bpy.app.driver_namespace['seen'][-1])"
        window.python("bpy.ops.wm.tell()")
        assert window.python(told) == "(False, False, False, False)"
        window.command("wm.tell")
        assert window.python(told) == "(True, False, False, False)", window.python(told)
        window.command("screen.repeat_last")
        assert window.python(told) == "(False, True, True, True)", window.python(told)


if __name__ == "__main__":
    run([views_take_their_time_to_get_there, a_key_makes_the_left_button_the_middle_one, zooming_follows_the_style, drags_go_on_beyond_the_edge,
         numbers_can_be_expressions, drags_end_with_a_click_if_wanted, the_cursor_keeps_its_depth_if_wanted, texts_close_brackets, scripts_see_the_regions,
         places_of_regions_are_places_of_nodes, operators_know_how_they_came_to_run])
