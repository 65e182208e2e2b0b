"""A base class for templates that change the program while they are in use."""
import os
import sys


class AppOverrideState:
    """What a template changes: derive from it, give the functions as static or class methods, and call `setup` and `teardown`.

    Folders with add-ons (`addon_paths`) and add-ons (`addons`) are added, classes (`class_ignore`) are taken away, and what
    `ui_ignore_...` say True to is not drawn.
    """

    addon_paths = None
    addons = None
    class_ignore = None
    ui_ignore_classes = None
    ui_ignore_operator = None
    ui_ignore_property = None
    ui_ignore_menu = None
    ui_ignore_label = None

    def __init__(self):
        self._paths, self._addons, self._classes, self._drawing = [], [], [], None

    def _called(self, name):
        function = getattr(type(self), name)
        return function() if callable(function) else function

    def setup(self):
        """Makes the changes."""
        import addon_utils
        import bl_app_override
        import bpy

        for path in self._called("addon_paths") or ():
            path = os.path.abspath(path)
            if path not in sys.path:
                sys.path.append(path)
                self._paths.append(path)
        for name in self._called("addons") or ():
            if not addon_utils.check(name)[1] and addon_utils.enable(name):
                self._addons.append(name)
        for cls in self._called("class_ignore") or ():
            bpy.utils.unregister_class(cls)
            self._classes.append(cls)
        ignored = {name: getattr(type(self), name) for name in ("ui_ignore_operator", "ui_ignore_property", "ui_ignore_menu", "ui_ignore_label")}
        if any(ignored.values()):
            self._drawing = bl_app_override.ui_draw_filter_register(ui_ignore_classes=self._called("ui_ignore_classes"), **ignored)

    def teardown(self):
        """Takes the changes back."""
        import addon_utils
        import bl_app_override
        import bpy

        if self._drawing is not None:
            bl_app_override.ui_draw_filter_unregister(self._drawing)
            self._drawing = None
        while self._classes:
            bpy.utils.register_class(self._classes.pop())
        while self._addons:
            addon_utils.disable(self._addons.pop())
        while self._paths:
            sys.path.remove(self._paths.pop())
