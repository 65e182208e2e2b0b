"""What operators of scripts show in the window: dialogs, menus, searches, files to choose. The window manager calls these functions."""
from . import _window


def fileselect_add(operator):
    facts = {p.identifier for p in operator.bl_rna.properties}
    glob = operator.filter_glob if "filter_glob" in facts else ""
    _window.wait_for("FILE", _window.File(operator), text=type(operator).bl_label, filter=glob or "*" + getattr(operator, "filename_ext", ""),
                     name=getattr(operator, "filepath", ""), saves=getattr(operator, "check_existing", False), width=int("files" in facts))


def invoke_props_dialog(operator, width):
    _window.wait_for("DIALOG", _window.Dialog(operator), width=width)
    return {"RUNNING_MODAL"}


def invoke_props_popup(operator, event):
    answer = _window.run_method(operator, "execute")
    if answer["outcome"] != "FINISHED":
        return {answer["outcome"]}
    _window.wait_for("POPUP", _window.Dialog(operator, runs=False, is_live=True), width=300)
    return {"FINISHED"}


def invoke_popup(operator, width):
    _window.wait_for("POPUP", _window.Dialog(operator, runs=False), width=width)
    return {"RUNNING_MODAL"}


def invoke_confirm(operator, event):
    _window.wait_for("DIALOG", _window.Confirmation(operator), width=220)
    return {"RUNNING_MODAL"}


def invoke_search_popup(operator):
    _window.wait_for("SEARCH", _window.Choices(operator))


def popup_menu(draw_func, title):
    _window.wait_for("MENU", _window.Drawn(draw_func, title))


def popup_menu_pie(draw_func, title):
    _window.wait_for("PIE", _window.Drawn(draw_func, title))


def popover(draw_func, ui_units_x):
    _window.wait_for("POPUP", _window.Drawn(draw_func), width=int(ui_units_x * 20) or 220)
