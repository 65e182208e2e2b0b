"""Presets: settings kept in a script under a name."""
import os

import bpy
from bpy.props import BoolProperty, StringProperty

__all__ = ("AddPresetBase",)


class AddPresetBase:
    """Keeps values in a preset, or deletes one.

    A class derived from this and from Operator says where presets lie (`preset_subdir`), which menu shows them (`preset_menu`), what is kept
    (`preset_values`, expressions) and what these need (`preset_defines`, assignments).
    """
    bl_options = {"REGISTER", "INTERNAL"}

    name: StringProperty(name="Name", description="What the preset is called", maxlen=64, options={"SKIP_SAVE"})
    remove_name: BoolProperty(default=False, options={"HIDDEN", "SKIP_SAVE"})
    remove_active: BoolProperty(default=False, options={"HIDDEN", "SKIP_SAVE"})

    @staticmethod
    def as_filename(name):
        """The name of the file for a name of a preset."""
        return bpy.path.clean_name(name.strip().lower(), replace="_").replace(" ", "_").replace(".", "_")

    def execute(self, context):
        """Writes or deletes."""
        if hasattr(self, "pre_cb"):
            self.pre_cb(context)
        done = self._remove(context) if self.remove_name or self.remove_active else self._add(context)
        if done and hasattr(self, "post_cb"):
            self.post_cb(context)
        return {"FINISHED"} if done else {"CANCELLED"}

    def _menu(self):
        return getattr(bpy.types, self.preset_menu, None)

    def _add(self, context):
        filename = self.as_filename(self.name)
        if not filename:
            return True
        folder = bpy.utils.user_resource("SCRIPTS", path=os.path.join("presets", self.preset_subdir), create=True)
        path = os.path.join(folder, filename + ".py")
        if hasattr(self, "add"):
            self.add(context, path)
            return True
        lines = ["import bpy", *getattr(self, "preset_defines", ())]
        names = {"bpy": bpy}
        exec("\n".join(lines), names)
        for expression in self.preset_values:
            try:
                value = eval(expression, names)
            except AttributeError as error:
                self.report({"WARNING"}, f"{expression}: {error}")
                continue
            lines.append(f"{expression} = {self._text(value)}")
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        menu = self._menu()
        if menu is not None:
            menu.bl_label = bpy.path.display_name(filename)
        return True

    @staticmethod
    def _text(value):
        if isinstance(value, (str, bool, int, float, set, type(None))):
            return repr(value)
        if isinstance(value, bpy.types.ID):
            return f"bpy.data.{repr(value).partition('bpy.data.')[2]}"
        return repr(tuple(value)) if hasattr(value, "__len__") else repr(value)

    def _remove(self, context):
        menu = self._menu()
        name = menu.bl_label if self.remove_active and menu is not None else self.name
        path = bpy.utils.preset_find(name, self.preset_subdir, display_name=self.remove_active)
        path = path or bpy.utils.preset_find(name, self.preset_subdir)
        if not path:
            return False
        if bpy.utils.is_path_builtin(path):
            self.report({"ERROR"}, f"\"{name}\" is a preset of the program and stays")
            return False
        try:
            if hasattr(self, "remove"):
                self.remove(context, path)
            else:
                os.remove(path)
        except OSError as error:
            self.report({"ERROR"}, f"{path}: {error.strerror}")
            return False
        return True

    def invoke(self, context, _event):
        if self.remove_active or self.remove_name:
            return self.execute(context)
        return context.window_manager.invoke_props_dialog(self)
