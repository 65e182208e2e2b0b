"""The editors beside the 3D viewport, used with mouse and keys."""
import tempfile

from driver import Window, run

START = ["--factory-startup"]
SPACE = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == {!r})\n"


def space(window, kind, code):
    return window.python(SPACE.format(kind) + code)


def rows(window):
    return [p["name"][4:] for p in window.places() if p["name"].startswith("row:")]


def selected(window):
    return window.python("print(sorted(o.name for o in bpy.context.selected_objects))")


# Outliner.

def the_outliner_filters_by_what_is_typed():
    with Window(START) as window:
        window.click(window.place("field:Search", "OUTLINER"))
        window.type("cam")
        assert "Camera" in rows(window) and "Cube" not in rows(window), rows(window)
        assert space(window, "OUTLINER", "print(space.filter_text)") == "cam"
        space(window, "OUTLINER", "space.filter_text = ''")
        assert "Cube" in rows(window)


def the_outliner_has_the_columns_that_are_asked_for():
    with Window(START) as window:
        assert not window.places("select:Cube")
        window.click("header:Filter")
        window.click("popover:prop:show_restrict_column_select")
        window.key("Escape")
        window.click("select:Cube")
        assert window.python("print(bpy.data.objects['Cube'].hide_select)") == "True"
        assert space(window, "OUTLINER", "print(space.show_restrict_column_select)") == "True"
        window.click("enable:Collection")
        assert window.python("print(bpy.context.view_layer.layer_collection.children[0].exclude)") == "True"
        space(window, "OUTLINER", "space.show_restrict_column_holdout = True")
        window.click("holdout:Collection")
        assert window.python("print(bpy.context.view_layer.layer_collection.children[0].holdout)") == "True"


def dragging_along_a_column_switches_all_rows_in_one_step():
    with Window(START) as window:
        window.drag(window.place("eye:Camera"), window.place("eye:Light"), steps=12)
        assert window.python("print([o.hide_get() for o in bpy.data.objects])") == "[True, True, True]"
        assert window.undo_labels() == ["Original", "Hide"], window.undo_labels()


def the_outliner_lists_everything_in_the_file():
    with Window(START) as window:
        window.click("header:View Layer")
        window.click("item:Data API")
        assert space(window, "OUTLINER", "print(space.display_mode)") == "DATA_API"
        window.click("row:Meshes")
        window.click("open:Cube")
        assert "users: 1" in rows(window), rows(window)
        window.python("bpy.data.materials.new('Unused')")
        space(window, "OUTLINER", "space.display_mode = 'ORPHAN_DATA'")
        window.click("row:Materials")
        assert "Unused" in rows(window), rows(window)
        window.click(window.place("header:Purge", "OUTLINER"))
        assert window.python("print('Unused' in bpy.data.materials)") == "False"


def the_outliner_shows_objects_of_a_state_or_kind():
    with Window(START) as window:
        space(window, "OUTLINER", "space.filter_state = 'SELECTED'")
        assert "Cube" in rows(window) and "Light" not in rows(window), rows(window)
        space(window, "OUTLINER", "space.filter_invert = True")
        assert "Cube" not in rows(window) and "Light" in rows(window), rows(window)
        space(window, "OUTLINER", "space.filter_state = 'ALL'\nspace.use_filter_object_light = False")
        assert "Cube" in rows(window) and "Light" not in rows(window), rows(window)
        space(window, "OUTLINER", "space.use_filter_collection = False")
        assert "Collection" not in rows(window) and "Cube" in rows(window), rows(window)


def selections_need_not_be_in_step():
    with Window(START) as window:
        space(window, "OUTLINER", "space.use_sync_select = False")
        window.click("row:Light")
        assert selected(window) == "['Cube']"
        assert window.undo_labels() == ["Original"]


def a_hierarchy_is_selected_from_the_menu():
    with Window(START) as window:
        window.python("bpy.data.objects['Light'].parent = bpy.data.objects['Cube']\nbpy.data.objects['Camera'].parent = bpy.data.objects['Light']")
        window.click("row:Cube", button=3)
        window.click("item:Select Hierarchy")
        assert selected(window) == "['Camera', 'Cube', 'Light']"


# Timeline.

def the_timeline_has_fields_and_plays_both_ways():
    with Window(START) as window:
        window.click("prop:frame_end")
        window.key("a", "ctrl")
        window.type("40")
        window.key("Return")
        assert window.python("print(bpy.context.scene.frame_end)") == "40"
        window.click("header:Last Frame")
        assert window.python("print(bpy.context.scene.frame_current)") == "40"
        window.click("header:Play Reverse")
        assert window.python("print(bpy.context.screen.is_animation_playing)") == "True"
        import time
        time.sleep(0.4)
        window.click("header:Stop")
        frame = int(window.python("print(bpy.context.scene.frame_current)"))
        assert 1 <= frame < 40, frame


def editors_are_not_drawn_while_playing_unless_asked_for():
    with Window(START) as window:
        window.click("header:Playback")
        window.click("popover:prop:use_play_properties_editors")
        window.key("Escape")
        assert window.python("print(bpy.context.screen.use_play_properties_editors)") == "True"
        window.python("bpy.context.screen.show_statusbar = False")
        assert window.python("print(bpy.context.screen.show_statusbar)") == "False"


# Properties.

def properties_are_searched_and_pinned():
    with Window(START) as window:
        window.click(window.place("field:Search", "PROPERTIES"))
        window.type("scale")
        names = [p["name"] for p in window.places(editor="PROPERTIES")]
        assert "prop:scale 0" in names and "prop:location 0" not in names, names
        assert space(window, "PROPERTIES", "print(space.search_filter, sum(space.tab_search_results) > 0)") == "scale True"
        space(window, "PROPERTIES", "space.search_filter = ''")
        window.click("header:Pin")
        window.click("row:Light")
        assert space(window, "PROPERTIES", "print(space.pin_id.name, space.use_pin_id)") == "Cube True"
        window.click("tab:Modifiers")
        assert space(window, "PROPERTIES", "print(space.context)") == "MODIFIER"
        space(window, "PROPERTIES", "space.pin_id = bpy.data.materials[0]")
        assert [p["name"] for p in window.places() if p["name"].startswith("tab:")] == ["tab:Material"]
        space(window, "PROPERTIES", "space.use_pin_id = False")
        assert space(window, "PROPERTIES", "space.context = 'RENDER'\nprint(space.context)") == "RENDER"


REDO = """
class KIT_OT_raise(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'kit.raise', 'Raise', {'REGISTER', 'UNDO'}
    by: bpy.props.FloatProperty(default=1)
    times: bpy.props.IntProperty(default=1)
    def draw(self, context):
        self.layout.label(text='Drawn by itself')
        self.layout.prop(self, 'by')
    def execute(self, context):
        context.object.location.z += self.by * self.times
        return {'FINISHED'}
bpy.utils.register_class(KIT_OT_raise)
"""


def the_redo_panel_shows_what_the_operator_draws():
    with Window(START) as window:
        window.python(REDO)
        window.command("kit.raise", times=2)
        window.idle()
        window.move("viewport")
        window.key("F9")
        names = [p["name"] for p in window.places(editor="POPUP")]
        assert "prop:by" in names and "prop:times" not in names, names
        window.click("prop:by")
        window.key("a", "ctrl")
        window.type("3")
        window.key("Return")
        assert window.python("print(bpy.context.object.location.z)") == "6.0"
        window.key("Escape")
        assert window.undo_labels() == ["Original", "Raise"], window.undo_labels()


# Text editor.

def typed(window, text):
    window.click("workspace:Scripting")
    window.click("header:New")
    window.click("text")
    for i, line in enumerate(text.split("\n")):
        if i:
            window.key("Return")
        window.type(line)
    import time
    time.sleep(0.8)
    window.idle()


def content(window):
    import time
    time.sleep(0.8)
    window.idle()
    return window.python("print(repr(bpy.data.texts[0].as_string()))")


def texts_are_searched_and_replaced():
    with Window(START) as window:
        typed(window, "one two\ntwo three")
        window.key("f", "ctrl")
        window.type("two")
        window.key("Return")
        assert space(window, "TEXT_EDITOR", "print(space.find_text, space.show_region_ui)") == "two True"
        window.click("replace")
        window.type("2")
        window.click("find:Replace All")
        assert content(window) == "'one 2\\n2 three'", content(window)


def lines_are_commented_moved_and_duplicated():
    with Window(START) as window:
        typed(window, "a\nb")
        window.key("slash", "ctrl")
        assert content(window) == "'a\\n# b'", content(window)
        window.key("Up", "ctrl", "shift")
        assert content(window) == "'# b\\na'", content(window)
        window.key("d", "ctrl")
        assert content(window) == "'# b\\n# b\\na'", content(window)
        window.key("Tab")
        assert content(window).count("    ") == 1, content(window)


def the_text_editor_looks_as_scripts_say():
    with Window(START) as window:
        typed(window, "x")
        space(window, "TEXT_EDITOR", "space.show_line_numbers = False\nspace.show_margin = True\nspace.margin_column = 40\nspace.font_size = 18")
        assert space(window, "TEXT_EDITOR", "print(space.show_line_numbers, space.show_margin, space.margin_column, space.font_size)") == "False True 40 18"
        window.click(window.place("header:View", "TEXT_EDITOR"))
        window.click("item:Line Numbers")
        assert space(window, "TEXT_EDITOR", "print(space.show_line_numbers)") == "True"


def live_edit_runs_what_is_typed():
    with Window(START) as window:
        typed(window, "import bpy")
        space(window, "TEXT_EDITOR", "space.use_live_edit = True")
        window.click("text")
        window.key("Return")
        window.type("bpy.data.objects['Cube'].name = 'Live'")
        content(window)
        assert window.python("print('Live' in bpy.data.objects)") == "True"


# Console and log.

def the_console_is_cleared_and_copied_as_a_script():
    with Window(START) as window:
        window.click("workspace:Scripting")
        window.click("console_input")
        window.type("a = 3")
        window.key("Return")
        window.type("a * 2")
        window.key("Return")
        assert space(window, "CONSOLE", "print([l.body for l in space.scrollback][-1], [l.body for l in space.history][:2], space.prompt)") == "6 ['a = 3', 'a * 2'] >>> "[:-1]
        window.click("header:Console")
        window.click("item:Clear Output")
        assert space(window, "CONSOLE", "print(len(space.scrollback))") == "0"
        space(window, "CONSOLE", "space.font_size = 20\nspace.history[-1].body = 'len(D.objects)'")
        window.click("console_input")
        window.key("Return")
        assert space(window, "CONSOLE", "print(space.scrollback[-1].body, space.font_size)") == "3 20"


def the_log_shows_the_kinds_that_are_wanted():
    with Window(START) as window:
        window.click("workspace:Scripting")
        window.move(window.place("header:View", "INFO"))
        assert space(window, "INFO", "space.show_report_operator = False\nprint(space.show_report_operator)") == "False"


def keys_work_on_collections_in_the_outliner():
    with Window(START) as window:
        window.move("row:Collection")
        window.click("row:Collection")
        window.key("e")
        assert window.python("print(len(bpy.context.view_layer.objects))") == "0"
        window.key("e", "alt")
        assert window.python("print(len(bpy.context.view_layer.objects))") == "3"
        window.key("c")
        assert window.python("print([c.name for c in bpy.data.collections['Collection'].children])") == "['Collection.001']"
        window.click("row:Camera")
        window.key("Down")
        assert window.python("print(bpy.context.object.name)") == "Cube"
        window.key("Down", "shift")
        assert window.python("print(sorted(o.name for o in bpy.context.selected_objects))") == "['Cube', 'Light']"
        window.move("row:Collection")
        window.key("x")
        # What it had goes up, to the scene's own collection.
        assert window.python("print(sorted(o.name for o in bpy.context.scene.collection.objects), [c.name for c in bpy.context.scene.collection.children])") \
            == "['Camera', 'Cube', 'Light'] ['Collection.001']"
        window.click("row:Collection.001")
        window.python("bpy.data.collections['Collection.001'].objects.link(bpy.data.objects['Cube'])")
        window.click("row:Collection.001", button=3)
        window.click("item:Instance to Scene")
        assert window.python("o = bpy.context.object\nprint(o.instance_type, o.instance_collection.name)") == "COLLECTION Collection.001"


def color_ramps_and_curves_are_edited_with_the_mouse():
    with Window(START, size=(1600, 1100)) as window:
        window.click("workspace:Shading")
        window.python("t = bpy.data.materials['Material'].node_tree\nr = t.nodes.new('ShaderNodeValToRGB')\nr.name = 'Ramp'\n"
                      "c = t.nodes.new('ShaderNodeRGBCurve')\nc.name = 'Curve'\nt.nodes.active = r")
        stops = "print([round(e.position, 1) for e in bpy.data.materials['Material'].node_tree.nodes['Ramp'].color_ramp.elements])"
        window.double_click("ramp")
        assert window.python(stops) == "[0.0, 0.5, 1.0]"
        x, y = window.place("stop:0")
        window.drag((x, y), (x + window.places("ramp")[0]["width"] // 5, y))
        assert window.python(stops) == "[0.2, 0.5, 1.0]"
        window.click("stop:1")
        window.click(window.place("prop:position", "NODE_EDITOR"))
        window.key("a", "ctrl")
        window.type("0.1")
        window.key("Return")
        assert window.python(stops) == "[0.1, 0.2, 1.0]"
        window.click("button:REMOVE")
        assert window.python(stops) == "[0.2, 1.0]"
        # Which of several curves, and a point that is dragged out of one.
        window.python("t = bpy.data.materials['Material'].node_tree\nt.nodes.active = t.nodes['Curve']")
        window.click("button:G")
        x, y = window.place("curve")
        window.drag((x, y), (x - 30, y - 40))
        answer = window.python("print([len(c.points) for c in bpy.data.materials['Material'].node_tree.nodes['Curve'].mapping.curves])")
        assert answer == "[2, 3, 2, 2]", answer
        assert window.undo_labels()[-2:] == ["Add Curve Point", "Move Curve Point"]


def the_mode_column_tells_and_changes_what_is_edited():
    with Window(["--factory-startup"]) as window:
        window.python("bpy.ops.mesh.primitive_plane_add(location=(3, 0, 0))")
        modes = "print(bpy.context.active_object.name, [bpy.data.objects[n].mode for n in ('Cube', 'Plane')])"
        assert not window.places("mode:Camera"), "cameras are not edited"
        window.click("mode:Cube")
        assert window.python(modes) == "Cube ['EDIT', 'OBJECT']", window.python(modes)
        window.click("mode:Plane")
        assert window.python(modes) == "Plane ['OBJECT', 'EDIT']", window.python(modes)
        window.click("mode:Plane")
        assert window.python(modes) == "Plane ['OBJECT', 'OBJECT']", window.python(modes)
        window.python("next(a for a in bpy.context.screen.areas if a.type == 'OUTLINER').spaces.active.show_mode_column = False")
        assert not window.places("mode:Cube")


def overrides_are_listed_below_those_that_use_them():
    with tempfile.TemporaryDirectory() as folder:
        with Window(["--factory-startup"]) as window:
            window.python(f"bpy.ops.wm.save_as_mainfile(filepath='{folder}/library.kiln', copy=True)\n"
                          f"with bpy.data.libraries.load('{folder}/library.kiln', link=True) as (there, here): here.objects = ['Cube']\n"
                          "cube = here.objects[0].override_create(remap_local_usages=True)\nmesh = cube.data.override_create(remap_local_usages=True)\n"
                          "cube.name = 'OverCube'; mesh.name = 'OverMesh'")
            space = "space = next(a for a in bpy.context.screen.areas if a.type == 'OUTLINER').spaces.active\n"
            window.python(space + "space.display_mode = 'LIBRARY_OVERRIDES'\nspace.lib_override_view_mode = 'HIERARCHIES'")
            assert window.places("row:OverCube"), [p["name"] for p in window.places()]
            assert not window.places("row:OverMesh")
            window.click("open:OverCube")
            assert window.places("row:OverMesh"), [p["name"] for p in window.places()]


if __name__ == "__main__":
    run([the_mode_column_tells_and_changes_what_is_edited, overrides_are_listed_below_those_that_use_them, color_ramps_and_curves_are_edited_with_the_mouse, keys_work_on_collections_in_the_outliner, the_outliner_filters_by_what_is_typed, the_outliner_has_the_columns_that_are_asked_for, dragging_along_a_column_switches_all_rows_in_one_step,
         the_outliner_lists_everything_in_the_file, the_outliner_shows_objects_of_a_state_or_kind, selections_need_not_be_in_step,
         a_hierarchy_is_selected_from_the_menu, the_timeline_has_fields_and_plays_both_ways, editors_are_not_drawn_while_playing_unless_asked_for,
         properties_are_searched_and_pinned, the_redo_panel_shows_what_the_operator_draws,
         texts_are_searched_and_replaced, lines_are_commented_moved_and_duplicated, the_text_editor_looks_as_scripts_say, live_edit_runs_what_is_typed,
         the_console_is_cleared_and_copied_as_a_script, the_log_shows_the_kinds_that_are_wanted])
