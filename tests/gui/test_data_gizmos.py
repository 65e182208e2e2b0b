#!/usr/bin/env python3
"""Handles of what the active object holds, driven by mouse and keys."""
from driver import Window, run

START = ["--factory-startup"]
SPACE = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'VIEW_3D')\n"


def view(window, code):
    return window.python(SPACE + code)


def lay_down(window, name, code=""):
    """Seen from above, the object alone at the origin, looking to the upper edge of the view, is the active one."""
    window.python(f"o = bpy.data.objects['{name}']\no.location = (0, 0, 0)\no.rotation_euler = (1.5707964, 0, 0)\n"
                  "for other in bpy.context.scene.objects:\n other.hide_viewport = other != o\n other.select_set(other == o)\n"
                  "bpy.context.view_layer.objects.active = o\nd = o.data\n" + code)
    window.move("viewport")
    window.click("gizmo:Z")
    window.idle()


def data(window, name, expression):
    return window.python(f"d = bpy.data.objects['{name}'].data\nprint({expression})")


def names(window):
    return sorted({p["name"].split()[0] for p in window.places() if p["name"].startswith("data:")})


def the_cone_of_a_spot_is_dragged():
    with Window(START) as window:
        lay_down(window, "Light", "d.type = 'SPOT'\nbpy.data.objects['Light'].data.spot_size = 0.8")
        assert names(window) == ["data:aim", "data:spot"], names(window)
        steps = window.undo_labels()
        x, y = window.place("data:spot 0")
        window.drag((x, y), (x + 20, y))
        wide = float(data(window, "Light", "d.spot_size"))
        assert wide > 0.85, wide
        # The handle has gone along with the mouse.
        assert abs(window.place("data:spot 0")[0] - (x + 20)) < 4
        x, y = window.place("data:spot 2")
        window.drag((x, y), (x - 40, y))
        assert float(data(window, "Light", "d.spot_size")) > wide + 0.1
        assert window.undo_labels() == steps + ["Spot Size"] * 2, window.undo_labels()
        window.key("z", "ctrl")
        assert abs(float(data(window, "Light", "d.spot_size")) - wide) < 1e-5
        x, y = window.place("data:spot 0")
        # Escape, and the right button, let go of it.
        for end in ("key", "button"):
            window.move((x, y))
            window.screen.button(1, True)
            window.move((x + 60, y), steps=4)
            assert float(data(window, "Light", "d.spot_size")) > wide + 0.1
            window.key("Escape") if end == "key" else window.screen.button(3, True)
            window.screen.button(3, False)
            window.screen.button(1, False)
            window.idle()
            assert abs(float(data(window, "Light", "d.spot_size")) - wide) < 1e-5, end
        assert window.undo_labels() == steps + ["Spot Size"], window.undo_labels()


def a_light_is_turned_to_a_surface():
    with Window(START) as window:
        lay_down(window, "Light", "d.type = 'SUN'")
        window.python("c = bpy.data.objects['Cube']\nc.hide_viewport = False\nc.location = (3, 0, -3)")
        x, y = window.place("data:aim 0")
        mx, my = window.place("viewport")
        # The handle is 2 units up in the view, the middle of the cube's upper side 3 to the right and 2 below the light.
        window.drag((x, y), (mx + (my - y) * 3 // 2, my))
        down = window.python("m = bpy.data.objects['Light'].matrix_world\nprint([round(-m[i][2], 2) for i in range(3)])")
        across, along, depth = eval(down)
        assert across > 0.75 and abs(along) < 0.05 and -0.65 < depth < -0.45, down
        assert window.undo_labels()[-1] == "Aim Light", window.undo_labels()


def the_lens_of_a_camera_is_dragged():
    with Window(START) as window:
        lay_down(window, "Camera", "d.display_size = 2")
        assert names(window) == ["data:lens"], names(window)
        steps = window.undo_labels()
        x, y = window.place("data:lens 0")
        window.drag((x, y), (x + 20, y))
        lens = data(window, "Camera", "d.lens")
        assert float(lens) < 48, lens
        x, y = window.place("data:lens 0")
        window.drag((x, y), (x + 40, y))
        assert float(data(window, "Camera", "d.lens")) < float(lens) - 2
        assert window.undo_labels() == steps + ["Focal Length"] * 2, window.undo_labels()
        window.key("z", "ctrl")
        assert data(window, "Camera", "d.lens") == lens
        window.python("d = bpy.data.cameras[0]\nd.type = 'ORTHO'\nd.dof.use_dof = True\nd.dof.focus_distance = 1")
        assert names(window) == ["data:focus", "data:scale"], names(window)
        x, y = window.place("data:focus 0")
        window.drag((x, y), (x, y - 60))
        assert float(data(window, "Camera", "d.dof.focus_distance")) > 1.2
        assert window.undo_labels()[-1] == "Focus Distance", window.undo_labels()


def handles_of_data_can_be_switched_off():
    with Window(START) as window:
        lay_down(window, "Light", "d.type = 'SPOT'")
        view(window, "print([space.show_gizmo_light_size, space.show_gizmo_light_look_at])")
        window.click("header:Gizmo Options")
        window.click("popover:prop:show_gizmo_light_size")
        window.key("Escape")
        assert names(window) == ["data:aim"], names(window)
        view(window, "space.show_gizmo_context = False")
        assert names(window) == []


def pictures_of_empties_are_scaled_and_moved():
    with Window(START) as window:
        window.python("o = bpy.data.objects.new('Picture', None)\no.empty_display_type = 'IMAGE'\no.data = bpy.data.images.new('P', 32, 16)\n"
                      "o.empty_display_size = 2\nbpy.context.collection.objects.link(o)\nbpy.data.objects['Cube'].hide_viewport = True\n"
                      "bpy.context.view_layer.objects.active = o")
        window.move("viewport")
        window.click("gizmo:Z")
        window.idle()
        assert names(window) == ["data:corner", "data:picture"], names(window)
        x, y = window.place("data:corner 3")
        window.drag((x, y), (x + 60, y - 30))
        size = "o = bpy.data.objects['Picture']\nprint(round(o.empty_display_size, 3), [round(v, 3) for v in o.empty_image_offset])"
        scaled = window.python(size)
        assert float(scaled.split()[0]) > 2.2, scaled
        x, y = window.place("data:picture 0")
        window.drag((x, y), (x + 50, y))
        assert window.python(size) != scaled
        assert window.undo_labels()[-2:] == ["Scale Image", "Move Image"], window.undo_labels()


if __name__ == "__main__":
    run([the_cone_of_a_spot_is_dragged, a_light_is_turned_to_a_surface, the_lens_of_a_camera_is_dragged, handles_of_data_can_be_switched_off,
         pictures_of_empties_are_scaled_and_moved])
