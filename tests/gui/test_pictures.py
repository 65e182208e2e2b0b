"""Pictures to model by in 3D views, and how the image editor shows pictures."""
import time

from driver import Window, run

START = ["--factory-startup"]
SPACE = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'VIEW_3D')\nregion = space.region_3d\n"
# A picture twice as wide as high: red at the left, green at the right, in a file.
MAKE = """
import os, tempfile
image = bpy.data.images.new('Made', 8, 4)
image.pixels = ([1, 0, 0, 1] * 4 + [0, 1, 0, 1] * 4) * 4
path = os.path.join(tempfile.mkdtemp(), 'made.png')
image.filepath_raw, image.file_format = path, 'PNG'
image.save()
bpy.data.images.remove(image)
"""
IMAGE_SPACE = "space = next(a.spaces.active for a in bpy.context.screen.areas if a.type == 'IMAGE_EDITOR')\n"


def is_red(color):
    return color[0] > 180 and color[1] < 90 and color[2] < 90


def is_green(color):
    return color[1] > 180 and color[0] < 90 and color[2] < 90


def waits_for(window, x, y, test):
    """Whether the color at a place comes to be as wanted; pictures are made beside the window."""
    for _ in range(40):
        if test(window.pixels(x, y, 1, 1)[0][0]):
            return True
        time.sleep(0.1)
    return False


def a_reference_faces_the_view_and_is_clicked():
    with Window(START) as window:
        window.move("viewport")
        window.key("KP_1")
        time.sleep(0.5)
        window.python(MAKE + "bpy.data.objects.remove(bpy.data.objects['Cube'])\nbpy.ops.object.load_reference_image(filepath=path)")
        assert window.python("print([round(v, 3) + 0.0 for v in bpy.context.object.rotation_euler])") == "[1.571, 0.0, 0.0]"
        x, y = window.place("viewport")
        assert waits_for(window, x - 30, y - 20, is_red)
        assert waits_for(window, x + 30, y - 20, is_green)
        window.python("bpy.ops.object.select_all(action='DESELECT')")
        window.click((x + 30, y - 20))
        assert window.python("print(bpy.data.objects['Empty'].select_get())") == "True"
        window.python("bpy.context.object.show_empty_image_orthographic = False")
        assert waits_for(window, x - 30, y - 20, lambda color: not is_red(color))


def a_background_of_a_view_without_perspective_is_for_such_views():
    with Window(START) as window:
        window.move("viewport")
        window.key("KP_1")
        time.sleep(0.5)
        window.python(MAKE + "bpy.ops.object.load_background_image(filepath=path)")
        assert window.python("o = bpy.context.object\nprint(o.show_empty_image_perspective, o.empty_image_depth)") == "False BACK"


def the_empty_has_its_picture_in_the_properties():
    with Window(START) as window:
        window.python(MAKE + "bpy.ops.object.load_reference_image(filepath=path)")
        window.click("tab:Data")
        assert window.places("prop:empty_image_depth", "PROPERTIES")
        window.click(window.place("prop:use_empty_image_alpha", "PROPERTIES"))
        assert window.python("print(bpy.context.object.use_empty_image_alpha)") == "True"


def a_camera_shows_its_background():
    with Window(START) as window:
        window.move("viewport")
        window.key("KP_0")
        window.python(MAKE + "camera = bpy.data.cameras[0]\ncamera.show_background_images = True\nshown = camera.background_images.new()\n"
                      "shown.image, shown.alpha, shown.display_depth = bpy.data.images.load(path), 1, 'FRONT'")
        x, y = window.place("viewport")
        assert waits_for(window, x - 60, y, is_red)
        assert waits_for(window, x + 60, y, is_green)
        window.python("bpy.data.cameras[0].background_images[0].use_flip_x = True")
        assert waits_for(window, x - 60, y, is_green)
        window.python("bpy.data.cameras[0].background_images[0].display_depth = 'BACK'")
        assert waits_for(window, x - 8, y + 8, lambda color: not is_green(color))
        window.key("KP_0")
        assert waits_for(window, x - 60, y - 60, lambda color: not is_green(color))


def a_camera_can_move_along_with_its_parents():
    with Window(START) as window:
        window.python(SPACE + "space.lock_camera = True\ncamera = bpy.data.objects['Camera']\ntop = bpy.data.objects.new('Top', None)\n"
                      "bpy.context.collection.objects.link(top)\ncamera.parent = top\ncamera.use_camera_lock_parent = True")
        window.move("viewport")
        window.key("KP_0")
        x, y = window.place("viewport")
        before = window.python("print([round(v, 3) for v in bpy.data.objects['Camera'].location])")
        window.drag((x, y), (x + 120, y), button=2)
        assert window.python("print([round(v, 3) for v in bpy.data.objects['Camera'].location])") == before
        assert window.python("print(bpy.data.objects['Top'].matrix_world.is_identity if hasattr(bpy.data.objects['Top'].matrix_world, 'is_identity') else"
                             " bpy.data.objects['Top'].rotation_euler[2] == 0)") == "False"


def open_picture(window):
    window.python("next(a for a in bpy.context.screen.areas if a.type == 'VIEW_3D').type = 'IMAGE_EDITOR'")
    window.python(MAKE + IMAGE_SPACE + "space.image = bpy.data.images.load(path)")
    for _ in range(40):
        place = window.places("picture", "IMAGE_EDITOR")[0]
        if place["width"] > 1:
            return place["x"], place["y"], place["width"], place["height"]
        time.sleep(0.1)
    raise AssertionError("no picture came")


def the_image_editor_shows_single_channels():
    with Window(START) as window:
        x, y, width, height = open_picture(window)
        left, middle = x + width // 4, y + height // 2
        assert waits_for(window, left, middle, is_red)
        window.python(IMAGE_SPACE + "space.display_channels = 'RED'")
        assert waits_for(window, left, middle, lambda c: min(c) > 200)
        assert waits_for(window, x + 3 * width // 4, middle, lambda c: max(c) < 40)
        window.python(IMAGE_SPACE + "space.display_channels = 'GREEN'")
        assert waits_for(window, left, middle, lambda c: max(c) < 40)


def the_image_editor_repeats_pictures():
    with Window(START) as window:
        x, y, width, height = open_picture(window)
        assert waits_for(window, x + width // 4, y + height // 2, is_red)
        window.python(IMAGE_SPACE + "space.show_repeat = True")
        # Left of the picture it ends again.
        assert waits_for(window, x - max(1, width // 4), y + height // 2, is_green)


def the_sidebar_of_the_image_editor_is_a_setting():
    with Window(START) as window:
        open_picture(window)
        window.move(window.place("picture", "IMAGE_EDITOR"))
        window.key("n")
        assert window.python(IMAGE_SPACE + "print(space.show_region_ui)") == "True"
        assert window.places("prop:display_aspect 0", "IMAGE_EDITOR")
        window.python(IMAGE_SPACE + "space.show_region_ui = False")
        assert not window.places("prop:display_aspect 0", "IMAGE_EDITOR")


def scripts_find_what_was_rendered_and_choose_its_slot():
    with Window(START) as window:
        window.python("s = bpy.context.scene\ns.render.engine = 'CYCLES'\ns.cycles.samples, s.cycles.use_denoising = 1, False\n"
                      "s.render.resolution_x = s.render.resolution_y = 16")
        window.move("viewport")
        window.key("F12")
        deadline = time.time() + 20
        while "True" != window.python("print('Render Result' in bpy.data.images)") and time.time() < deadline:
            time.sleep(0.2)
        slots = "import os, tempfile\nimage = bpy.data.images['Render Result']\nslots = image.render_slots\npath = os.path.join(tempfile.mkdtemp(), 'a.png')\n"
        assert window.python(slots + "image.save_render(path)\nprint(os.path.getsize(path) > 0, slots.active_index)") == "True 0"
        window.python(slots + "slots.active_index = 2")
        try:
            window.python(slots + "image.save_render(path)")
            raise AssertionError("nothing was rendered into that slot")
        except RuntimeError as error:
            assert "nothing was rendered" in str(error), error


if __name__ == "__main__":
    run([scripts_find_what_was_rendered_and_choose_its_slot, a_reference_faces_the_view_and_is_clicked, a_background_of_a_view_without_perspective_is_for_such_views,
         the_empty_has_its_picture_in_the_properties, a_camera_shows_its_background, a_camera_can_move_along_with_its_parents,
         the_image_editor_shows_single_channels, the_image_editor_repeats_pictures, the_sidebar_of_the_image_editor_is_a_setting])
