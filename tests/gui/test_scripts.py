#!/usr/bin/env python3
"""What add-ons put into the window: menus, headers, lists, popups, operators that wait for events, keys."""
from driver import Window, run

START = ["--factory-startup"]

KIT = """
import bpy
class KIT_OT_say(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'kit.say', 'Say', {'UNDO'}
    text: bpy.props.StringProperty(default='hello')
    def execute(self, context):
        context.scene['said'] = self.text
        return {'FINISHED'}
class KIT_MT_menu(bpy.types.Menu):
    bl_label = 'Kit'
    def draw(self, context):
        self.layout.operator('kit.say', text='Say one').text = 'one'
        self.layout.separator()
        self.layout.prop(context.object, 'show_name')
        self.layout.menu('KIT_MT_inner')
class KIT_MT_inner(bpy.types.Menu):
    bl_label = 'Inner'
    def draw(self, context):
        self.layout.operator('kit.say', text='Say two').text = 'two'
for cls in (KIT_OT_say, KIT_MT_menu, KIT_MT_inner):
    bpy.utils.register_class(cls)
"""


def said(window):
    return window.python("print(bpy.context.scene.get('said'))")


def menus_of_scripts_run_their_operators():
    with Window(START) as window:
        window.python(KIT)
        window.python("bpy.types.VIEW3D_MT_object.append(lambda self, context: self.layout.menu('KIT_MT_menu'))\n"
                      "def broken(self, context): raise ValueError('no such wheel')\nbpy.types.VIEW3D_MT_object.append(broken)")
        window.click("header:Object")
        names = [place["name"] for place in window.places(editor="POPUP")]
        assert "item:Shade Smooth" in names, names
        assert any("no such wheel" in name for name in names), names
        window.click("item:Kit")
        window.click("item:Say one")
        assert said(window) == "one"
        assert window.undo_labels()[-1] == "Say", window.undo_labels()


PICTURES = """
import bpy, bpy.utils.previews
found = bpy.app.driver_namespace['found'] = bpy.utils.previews.new()
green = found.new('green')
green.image_size = (64, 64)
green.image_pixels_float = (0.0, 1.0, 0.0, 1.0) * (64 * 64)
class KIT_PT_pictures(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_context, bl_order = 'Pictures', 'PROPERTIES', 'WINDOW', 'object', 0
    def draw(self, context):
        icon = bpy.app.driver_namespace['found']['green'].icon_id
        self.layout.label(text='with a picture', icon_value=icon)
        self.layout.operator('object.select_all', text='a button', icon_value=icon)
        self.layout.template_icon(icon, scale=4.0)
        self.layout.template_icon_view(context.scene, 'kit_choice', scale=3.0)
bpy.types.Scene.kit_choice = bpy.props.EnumProperty(items=[('A', 'A', '', found['green'].icon_id, 0), ('B', 'B', '', 0, 1)])
bpy.utils.register_class(KIT_PT_pictures)
"""


def pictures_of_scripts_are_drawn():
    with Window(START) as window:
        window.python(PICTURES)
        area = [p for p in window.places("area") if p["editor"] == "PROPERTIES"][0]
        window.move((area["x"] + 150, area["y"] + 300))
        window.key("space", "ctrl")
        window.click("tab:Object")
        window.click("panel:Transform")
        for name in ("label:with a picture", "button:a button"):
            place = window.places(name)[0]
            color = window.pixels(place["x"] + 10, place["y"] + place["height"] // 2, 1, 1)[0][0]
            assert color == (0, 255, 0), (name, color, place)
        large = window.places("large_picture")
        assert [p["height"] > 60 for p in large] == [True, True], large
        for place in large:
            middle = (place["x"] + place["width"] // 2, place["y"] + place["height"] // 2)
            assert window.pixels(*middle, 1, 1)[0][0] == (0, 255, 0), place
        window.python("bpy.context.scene.kit_choice = 'B'")
        assert len(window.places("large_picture")) == 1
        window.screenshot("/tmp/kiln_pictures.png")


EDITORS = """
import bpy
class KIT_PT_material(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_context = 'Of the material', 'PROPERTIES', 'WINDOW', 'material'
    @classmethod
    def poll(cls, context):
        return context.material is not None
    def draw(self, context):
        self.layout.label(text=f'{context.material.name} in {context.material_slot.name}')
        self.layout.operator('kit.context')
class KIT_PT_view(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_category = 'Of the view', 'VIEW_3D', 'UI', 'Kit'
    def draw(self, context):
        context.scene['shading'] = context.space_data.shading.type
        self.layout.prop(context.space_data.overlay, 'show_floor')
class KIT_OT_context(bpy.types.Operator):
    bl_idname, bl_label = 'kit.context', 'Look'
    def execute(self, context):
        context.scene['said'] = f'{context.area.type} {context.material.name} {context.object.name}'
        return {'FINISHED'}
for cls in (KIT_PT_material, KIT_PT_view, KIT_OT_context):
    bpy.utils.register_class(cls)
"""


def panels_and_their_operators_see_what_their_editor_shows():
    with Window(START) as window:
        window.python(EDITORS)
        window.click("tab:Material")
        window.click("panel:Slots")
        window.click("panel:Surface")
        assert "panel:Of the material" in [place["name"] for place in window.places()]
        window.click("button:Look")
        assert said(window) == "PROPERTIES Material Cube", said(window)
        # The sidebar of the view is drawn with the context of the view, although the mouse is elsewhere.
        assert window.python("print(bpy.context.scene.get('shading'))") == "None"
        window.move("viewport")
        window.key("n")
        window.move("tab:Material")
        window.idle()
        assert window.python("print(bpy.context.scene.get('shading'))") == "SOLID"


def headers_of_scripts_appear_and_an_error_stays_in_its_place():
    with Window(START) as window:
        window.python(KIT)
        window.python("""
def fine(self, context):
    self.layout.operator('kit.say', text='Shout').text = 'shout'
    self.layout.prop(context.scene, 'use_gravity')
def broken(self, context):
    raise ValueError('no such wheel')
bpy.types.VIEW3D_HT_header.append(fine)
bpy.types.VIEW3D_HT_header.append(broken)
bpy.types.TOPBAR_MT_editor_menus.append(lambda self, context: self.layout.menu('KIT_MT_menu'))
""")
        import time
        time.sleep(0.1)
        window.idle()
        names = [place["name"] for place in window.places(editor="VIEW_3D")]
        assert any(name.startswith("warning:") and "no such wheel" in name for name in names), names
        window.click("header:Shout")
        assert said(window) == "shout"
        window.click("header:Global Gravity")
        assert window.python("print(bpy.context.scene.use_gravity)") == "False"


LIST = """
class KIT_UL_things(bpy.types.UIList):
    def draw_item(self, context, layout, data, item, icon, active_data, active_propname, index):
        layout.prop(item, 'name', text='', emboss=False)
        layout.label(text=str(index))
class KIT_PG_thing(bpy.types.PropertyGroup):
    name: bpy.props.StringProperty()
class KIT_OT_add(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'kit.add', 'Add Thing', {'UNDO'}
    def execute(self, context):
        context.object.things.add().name = f'new {len(context.object.things)}'
        return {'FINISHED'}
class KIT_PT_list(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_context = 'Things', 'PROPERTIES', 'WINDOW', 'object'
    def draw(self, context):
        row = self.layout.row()
        row.template_list('KIT_UL_things', '', context.object, 'things', context.object, 'thing_index', rows=4)
        column = row.column(align=True)
        column.operator('kit.add', text='', icon='ADD')
for cls in (KIT_UL_things, KIT_PG_thing, KIT_OT_add, KIT_PT_list):
    bpy.utils.register_class(cls)
bpy.types.Object.things = bpy.props.CollectionProperty(type=KIT_PG_thing)
bpy.types.Object.thing_index = bpy.props.IntProperty()
for name in ('apple', 'pear', 'plum', 'cherry', 'grape', 'apricot'):
    bpy.context.object.things.add().name = name
"""


def lists_of_scripts_choose_rename_filter_and_add():
    with Window(START) as window:
        window.python(LIST)
        window.wheel("prop:location 0", -60)
        window.click("list_row:2")
        assert window.python("print(bpy.context.object.thing_index)") == "2"
        x, y = window.place("list_row:2")
        window.double_click((x - 60, y))
        window.key("a", "ctrl")
        window.type("fig")
        window.key("Return")
        assert window.python("print(bpy.context.object.things[2].name)") == "fig"
        x, y = window.place("filter:KIT_UL_things/")
        window.click((x - 40, y))
        window.type("ap")
        rows = [place["name"] for place in window.places() if place["name"].startswith("list_row:")]
        assert rows == ["list_row:0", "list_row:4", "list_row:5"], rows
        window.key("Return")
        window.click("button:ADD")
        assert window.python("print(len(bpy.context.object.things))") == "7"


OWN_FILTER = """
class KIT_UL_own(bpy.types.UIList):
    only_long: bpy.props.BoolProperty(name='Only Long')
    def draw_item(self, context, layout, data, item, icon, active_data, active_propname, index):
        layout.label(text=item.name)
    def draw_filter(self, context, layout):
        layout.prop(self, 'only_long')
    def filter_items(self, context, data, propname):
        return [self.bitflag_filter_item if len(item.name) > 4 or not self.only_long else 0 for item in getattr(data, propname)], []
class KIT_OT_describe(bpy.types.Operator):
    bl_idname, bl_label, bl_description = 'kit.describe', 'Describe', 'what it always does'
    count: bpy.props.IntProperty(default=1)
    @classmethod
    def description(cls, context, properties):
        return f'does it {properties.count} times' if properties.count > 1 else ''
    def execute(self, context):
        return {'FINISHED'}
def draw(self, context):
    self.layout.template_list('KIT_UL_own', 'own', context.object, 'things', context.object, 'thing_index', rows=6)
    self.layout.operator('kit.describe', text='Often').count = 3
    self.layout.operator('kit.describe', text='Once')
for cls in (KIT_UL_own, KIT_OT_describe):
    bpy.utils.register_class(cls)
KIT_PT_list.draw = draw
"""


def lists_draw_their_own_filters():
    with Window(START) as window:
        window.python(LIST + OWN_FILTER)
        window.wheel("prop:location 0", -60)
        rows = lambda: len([place for place in window.places() if place["name"].startswith("list_row:")])
        assert rows() == 6 and not window.places("filter:KIT_UL_own/own") and not window.places("prop:only_long")
        window.click("prop:use_filter_show")
        window.click("prop:only_long")
        assert rows() == 4, rows()


def operators_describe_what_they_do_with_their_settings():
    import time
    with Window(START) as window:
        window.python(LIST + OWN_FILTER)
        window.wheel("prop:location 0", -60)
        for button, expected in (("button:Often", "tip:does it 3 times"), ("button:Once", "tip:what it always does")):
            window.move(button)
            for _ in range(40):
                tips = [place["name"] for place in window.places() if place["name"].startswith("tip:")]
                if expected in tips:
                    break
                time.sleep(0.1)
            assert expected in tips, (tips, expected)


DIALOGS = """
class KIT_OT_ask(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'kit.ask', 'Ask', {'REGISTER', 'UNDO'}
    size: bpy.props.FloatProperty(name='Size', default=2)
    def invoke(self, context, event):
        return context.window_manager.invoke_props_dialog(self)
    def execute(self, context):
        context.object.location.x = self.size
        return {'FINISHED'}
class KIT_OT_live(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'kit.live', 'Live', {'REGISTER', 'UNDO'}
    turn: bpy.props.BoolProperty(name='Turn')
    def invoke(self, context, event):
        return context.window_manager.invoke_props_popup(self, event)
    def execute(self, context):
        context.object.location.y = 5 if self.turn else 1
        return {'FINISHED'}
class KIT_OT_find(bpy.types.Operator):
    bl_idname, bl_label, bl_property = 'kit.find', 'Find', 'which'
    which: bpy.props.EnumProperty(items=[('A', 'Alpha', ''), ('B', 'Beta', '')])
    def invoke(self, context, event):
        context.window_manager.invoke_search_popup(self)
        return {'RUNNING_MODAL'}
    def execute(self, context):
        context.scene['found'] = self.which
        return {'FINISHED'}
class KIT_MT_pie(bpy.types.Menu):
    bl_label = 'Kit Pie'
    def draw(self, context):
        pie = self.layout.menu_pie()
        pie.operator('kit.ask', text='West')
        pie.operator('object.select_all', text='East').action = 'DESELECT'
class KIT_PT_floating(bpy.types.Panel):
    bl_label, bl_space_type, bl_region_type, bl_options = 'Floating', 'VIEW_3D', 'HEADER', {'INSTANCED'}
    def draw(self, context):
        self.layout.prop(context.object, 'location')
for cls in (KIT_OT_ask, KIT_OT_live, KIT_OT_find, KIT_MT_pie, KIT_PT_floating):
    bpy.utils.register_class(cls)
"""


def dialogs_of_operators_run_them_when_confirmed():
    with Window(START) as window:
        window.python(DIALOGS)
        window.move("viewport")
        window.python("bpy.ops.kit.ask('INVOKE_DEFAULT')")
        window.click("prop:size")
        window.key("a", "ctrl")
        window.type("4.5")
        window.key("Return")
        window.click("button:OK")
        assert window.python("print(bpy.context.object.location.x)") == "4.5"
        assert window.undo_labels()[-1] == "Ask", window.undo_labels()
        window.python("bpy.ops.kit.ask('INVOKE_DEFAULT', size=9)")
        window.key("Escape")
        assert window.python("print(bpy.context.object.location.x)") == "4.5"


def popups_run_their_operator_at_every_change():
    with Window(START) as window:
        window.python(DIALOGS)
        window.move("viewport")
        window.python("bpy.ops.kit.live('INVOKE_DEFAULT')")
        assert window.python("print(bpy.context.object.location.y)") == "1.0"
        window.click("prop:turn")
        assert window.python("print(bpy.context.object.location.y)") == "5.0"
        window.key("Escape")


def searches_menus_pies_and_panels_open_by_name():
    with Window(START) as window:
        window.python(KIT)
        window.python(DIALOGS)
        window.move("viewport")
        window.python("bpy.ops.kit.find('INVOKE_DEFAULT')")
        window.type("bet")
        window.key("Return")
        assert window.python("print(bpy.context.scene['found'])") == "B"
        window.python("bpy.ops.wm.call_menu(name='KIT_MT_menu')")
        window.click("item:Say one")
        assert said(window) == "one"
        window.move("viewport")
        window.python("bpy.ops.wm.call_menu_pie(name='KIT_MT_pie')")
        window.click("pie:East")
        assert window.python("print(len(bpy.context.selected_objects))") == "0"
        window.move("viewport")
        window.python("bpy.ops.wm.call_panel(name='KIT_PT_floating')")
        assert len(window.places("prop:location 0", "POPUP")) == 1
        window.key("Escape")
        window.python("bpy.context.window_manager.popup_menu(lambda self, context: self.layout.label(text='Done it'), title='News')")
        assert window.places("item:Done it"), window.places(editor="POPUP")
        window.key("Escape")


MODAL = """
class KIT_OT_follow(bpy.types.Operator):
    bl_idname, bl_label, bl_options = 'kit.follow', 'Follow', {'UNDO'}
    def invoke(self, context, event):
        self.start, self.seen, self.ticks = event.mouse_x, [], 0
        self.timer = context.window_manager.event_timer_add(0.02, window=context.window)
        context.window_manager.modal_handler_add(self)
        return {'RUNNING_MODAL'}
    def modal(self, context, event):
        self.seen.append(event.type)
        if event.type == 'TIMER':
            self.ticks += 1
            context.scene['ticks'] = self.ticks
            return {'PASS_THROUGH'}
        if event.type == 'MOUSEMOVE':
            context.object.location.x = (event.mouse_x - self.start) / 100
        elif event.type == 'LEFTMOUSE' and event.value == 'PRESS':
            context.window_manager.event_timer_remove(self.timer)
            return {'FINISHED'}
        elif event.type == 'ESC':
            context.window_manager.event_timer_remove(self.timer)
            context.object.location.x = 0
            return {'CANCELLED'}
        return {'RUNNING_MODAL'}
bpy.utils.register_class(KIT_OT_follow)
keymap = bpy.context.window_manager.keyconfigs.addon.keymaps.new(name='3D View', space_type='VIEW_3D')
keymap.keymap_items.new('kit.follow', 'Q', 'PRESS', ctrl=True, shift=True)
"""


def waiting_operators_get_events_and_timers_and_keys_of_add_ons_start_them():
    import time
    with Window(START) as window:
        window.python(MODAL)
        x, y = window.place("viewport")
        window.move((x, y))
        window.key("q", "ctrl", "shift")
        window.move((x + 150, y), steps=3)
        assert window.python("print(round(bpy.context.object.location.x, 2))") == "1.5"
        time.sleep(0.3)
        assert int(window.python("print(bpy.context.scene['ticks'])")) > 4
        window.click((x + 200, y))
        assert window.python("print(round(bpy.context.object.location.x, 2))") == "2.0"
        assert window.undo_labels()[-1] == "Follow", window.undo_labels()
        # The click went to the operator alone.
        assert window.python("print(len(bpy.context.selected_objects))") == "1"
        window.key("q", "ctrl", "shift")
        window.move((x, y), steps=2)
        window.key("Escape")
        assert window.python("print(bpy.context.object.location.x)") == "0.0"


def scripts_see_and_set_how_editors_show_things():
    with Window(START) as window:
        window.move(window.place("viewport"))
        window.python("""
import bpy
area = next(area for area in bpy.context.screen.areas if area.type == 'VIEW_3D')
space = area.spaces.active
space.shading.type = 'WIREFRAME'
space.overlay.show_floor = False
space.region_3d.view_perspective = 'ORTHO'
space.region_3d.view_distance = 4
space.region_3d.view_location = (1, 2, 3)
""")
        ask = "space = next(area for area in bpy.context.screen.areas if area.type == 'VIEW_3D').spaces[0]\nprint("
        assert window.python(ask + "space.shading.type, space.overlay.show_floor)") == "WIREFRAME False"
        assert window.python(ask + "space.region_3d.view_perspective, space.region_3d.view_distance)") == "ORTHO 4.0"
        # What the user does is seen by scripts.
        window.key("KP_1")
        assert window.python(ask + "space.region_3d.is_orthographic_side_view)") == "True"
        assert window.python(ask + "[round(v, 3) for v in space.region_3d.view_rotation])") == "[0.707, 0.707, 0.0, 0.0]"


def scripts_change_the_kind_of_an_editor():
    with Window(START) as window:
        window.python("""
import bpy
area = next(area for area in bpy.context.screen.areas if area.type == 'PROPERTIES')
area.type = 'TEXT_EDITOR'
area.spaces[0].text = bpy.data.texts.new('Notes')
""")
        assert window.python("print([area.spaces[0].text.name for area in bpy.context.screen.areas if area.type == 'TEXT_EDITOR'])") == "['Notes']"


def scripts_show_other_workspaces():
    with Window(START) as window:
        names = window.python("print([workspace.name for workspace in bpy.data.workspaces])")
        assert "Scripting" in names, names
        window.python("bpy.context.window.workspace = bpy.data.workspaces['Scripting']")
        assert window.python("print(bpy.context.workspace.name)") == "Scripting"
        assert "CONSOLE" in window.python("print([area.type for area in bpy.context.screen.areas])")


def a_script_that_fails_while_it_waits_is_reported_and_dropped():
    with Window(START) as window:
        window.python("""
class KIT_OT_fail(bpy.types.Operator):
    bl_idname, bl_label = 'kit.fail', 'Fail'
    def invoke(self, context, event):
        context.window_manager.modal_handler_add(self)
        return {'RUNNING_MODAL'}
    def modal(self, context, event):
        raise ValueError('no such wheel')
bpy.utils.register_class(KIT_OT_fail)
""")
        window.move("viewport")
        window.python("bpy.ops.kit.fail('INVOKE_DEFAULT')")
        x, y = window.place("viewport")
        window.move((x + 5, y))
        assert any("no such wheel" in line for line in window.state()["log"]), window.state()["log"]
        window.key("g")
        window.key("x")
        window.type("1")
        window.key("Return")
        assert window.python("print(bpy.context.object.location.x)") == "1.0"


def timers_of_the_application_run():
    import time
    with Window(START) as window:
        window.python("def later():\n    bpy.context.scene['later'] = bpy.context.scene.get('later', 0) + 1\n    return 0.05\nbpy.app.timers.register(later)")
        time.sleep(1.4)
        assert int(window.python("print(bpy.context.scene['later'])")) > 3


TREES = """
import bpy
class Maths(bpy.types.NodeTree):
    bl_idname, bl_label, bl_icon = 'MathsTree', 'Maths', 'NODETREE'
class Number(bpy.types.NodeSocket):
    bl_idname, bl_label = 'NumberSocket', 'Number'
    default_value: bpy.props.FloatProperty()
    def draw(self, context, layout, node, text): layout.prop(self, 'default_value', text=text)
    def draw_color(self, context, node): return (1, 0.5, 0, 1)
class Sum(bpy.types.Node):
    bl_idname, bl_label = 'SumNode', 'Sum'
    factor: bpy.props.FloatProperty(default=2)
    @classmethod
    def poll(cls, tree): return tree.bl_idname == 'MathsTree'
    def init(self, context):
        self.inputs.new('NumberSocket', 'A')
        self.outputs.new('NumberSocket', 'Sum')
for c in (Maths, Number, Sum): bpy.utils.register_class(c)
"""


def node_trees_of_scripts_are_edited():
    with Window(START) as window:
        window.click("workspace:Shading")
        window.python(TREES)
        window.python("a = next(a for a in bpy.context.screen.areas if a.type == 'NODE_EDITOR')\na.spaces.active.tree_type = 'MathsTree'")
        window.click("header:New")
        assert window.python("print([(t.name, t.bl_idname) for t in bpy.data.node_groups])") == "[('NodeTree', 'MathsTree')]"
        area = window.places("area", "NODE_EDITOR")[0]
        window.move((area["x"] + 300, area["y"] + 150))
        # Found by its name, made as scripts make it.
        window.key("a", "shift")
        window.type("sum")
        window.key("Return")
        answer = window.python("t = bpy.data.node_groups[0]\nprint([(n.bl_idname, n.factor, len(n.inputs)) for n in t.nodes])")
        assert answer == "[('SumNode', 2.0, 1)]", answer
        space = "s = next(a for a in bpy.context.screen.areas if a.type == 'NODE_EDITOR').spaces.active\n"
        assert window.python(space + "print(s.edit_tree.name, s.node_tree.name, s.id.name)") == "NodeTree NodeTree NodeTree"
        # Menus of add-ons add nodes by an operator.
        window.python("a = next(a for a in bpy.context.screen.areas if a.type == 'NODE_EDITOR')\n"
                      "with bpy.context.temp_override(area=a, region=a.regions[-1]):\n    bpy.ops.node.add_node(type='SumNode', settings=[{'name': 'factor', 'value': '3.5'}])")
        assert window.python("print([n.factor for n in bpy.data.node_groups[0].nodes])") == "[2.0, 3.5]"


def groups_are_entered_and_left():
    with Window(START) as window:
        window.click("workspace:Shading")
        window.python("g = bpy.data.node_groups.new('Inner', 'ShaderNodeTree')\ng.nodes.new('ShaderNodeValue')\n"
                      "t = bpy.data.materials['Material'].node_tree\nn = t.nodes.new('ShaderNodeGroup')\nn.node_tree = g\nt.nodes.active = n")
        space = "s = next(a for a in bpy.context.screen.areas if a.type == 'NODE_EDITOR').spaces.active\n"
        area = window.places("area", "NODE_EDITOR")[0]
        window.move((area["x"] + 300, area["y"] + 150))
        window.key("Tab")
        assert window.python(space + "print(s.edit_tree.name)") == "Inner"
        window.key("a")
        window.key("x")
        assert window.python("print(len(bpy.data.node_groups['Inner'].nodes))") == "0"
        window.key("Tab", "ctrl")
        assert window.python(space + "print(s.edit_tree == bpy.data.materials['Material'].node_tree)") == "True"


if __name__ == "__main__":
    run([pictures_of_scripts_are_drawn, node_trees_of_scripts_are_edited, groups_are_entered_and_left, menus_of_scripts_run_their_operators, panels_and_their_operators_see_what_their_editor_shows, headers_of_scripts_appear_and_an_error_stays_in_its_place, lists_draw_their_own_filters, operators_describe_what_they_do_with_their_settings, lists_of_scripts_choose_rename_filter_and_add,
         dialogs_of_operators_run_them_when_confirmed, popups_run_their_operator_at_every_change, searches_menus_pies_and_panels_open_by_name,
         waiting_operators_get_events_and_timers_and_keys_of_add_ons_start_them, a_script_that_fails_while_it_waits_is_reported_and_dropped,
         scripts_see_and_set_how_editors_show_things, scripts_change_the_kind_of_an_editor, scripts_show_other_workspaces, timers_of_the_application_run])
