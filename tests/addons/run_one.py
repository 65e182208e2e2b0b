"""Registers and unregisters one add-on, or runs one script, inside the program; the last line of the output says how it went.

    kiln -b --factory-startup --python run_one.py -- addon FOLDER NAME
    kiln -b --factory-startup --python run_one.py -- script FILE

The line is "RESULT " and a JSON object: `error` is empty, or the exception; `place` is the file and line that raised it.
"""
import json
import os
import sys
import traceback


def place_of(error):
    """File and line of the innermost frame outside the program's own modules."""
    if isinstance(error, SyntaxError):
        return f"{os.path.basename(error.filename or '')}:{error.lineno}"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/scripts/modules/" not in f.filename and "importlib" not in f.filename]
    return f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""


def run_addon(folder, name):
    import addon_utils

    problems = []
    sys.path.append(folder)
    stage = "register"
    if addon_utils.enable(name, default_set=True, handle_error=problems.append) is not None:
        stage = "unregister"
        addon_utils.disable(name, default_set=True, handle_error=problems.append)
    return problems, stage


def edit_mode():
    """The cube of the start-up scene in edit mode."""
    import bpy

    bpy.ops.object.mode_set(mode="EDIT")


def saved_file():
    """The document in a file of the present folder."""
    import bpy

    bpy.ops.wm.save_as_mainfile(filepath=os.path.join(os.getcwd(), "saved.blend"))


def script_beside():
    """A script in the folder of the file."""
    saved_file()
    with open("my_script.py", "w", encoding="utf-8") as file:
        file.write("print('ran')\n")


def image():
    """A picture with the name the script asks for."""
    import bpy

    bpy.data.images.new("Image", 8, 8)


# What scripts find when they begin, and those whose last lines need a window: of them all but these lines is run.
SCENES = {"bmesh_simple_editmode": edit_mode, "operator_mesh_uv": edit_mode, "batch_export": saved_file, "external_script_stub": script_beside,
          "image_processing": image}
NEED_WINDOW = {"operator_file_export", "operator_file_import", "ui_menu", "ui_menu_simple", "ui_pie_menu", "operator_modal"}


def run_script(path):
    import runpy

    sys.argv = [path]
    name = os.path.splitext(os.path.basename(path))[0]
    try:
        SCENES.get(name, lambda: None)()
        names = runpy.run_path(path, run_name="template" if name in NEED_WINDOW else "__main__")
        if name in NEED_WINDOW:
            names["register"]()
            names["unregister"]()
    except SystemExit:
        pass
    except BaseException as error:
        return [error], "run"
    return [], "run"


def main():
    kind, *arguments = sys.argv[sys.argv.index("--") + 1:]
    problems, stage = run_addon(*arguments) if kind == "addon" else run_script(*arguments)
    error = problems[0] if problems else None
    text = "" if error is None else f"{type(error).__name__}: {error}"
    sys.stdout.flush()
    print("RESULT " + json.dumps({"error": text, "place": place_of(error) if error is not None else "", "stage": stage}), flush=True)


main()
