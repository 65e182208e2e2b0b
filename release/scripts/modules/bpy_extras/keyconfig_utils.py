"""Key maps from tables, and their check.

A table is a list of (name, {"space_type", "region_type", ...}, {"items": [(operator, {"type", "value", ...}, {"properties": [(name, value)]})]}).
"""

__all__ = ("addon_keymap_register", "addon_keymap_unregister", "keyconfig_test")


def _configuration():
    import bpy
    return bpy.context.window_manager.keyconfigs.addon


def addon_keymap_register(keymap_data):
    """Adds the keys of a table to those of add-ons."""
    for name, place, content in keymap_data:
        keymap = _configuration().keymaps.new(name, **place)
        for operator, event, settings in content["items"]:
            item = keymap.keymap_items.new_modal(operator, **event) if place.get("modal") else keymap.keymap_items.new(operator, **event)
            settings = settings or {}
            for key, value in settings.get("properties") or ():
                setattr(item.properties, key, value)
            item.active = settings.get("active", True)


def addon_keymap_unregister(keymap_data):
    """Takes the keys of a table away again."""
    for name, place, content in keymap_data:
        keymap = _configuration().keymaps.find(name, space_type=place.get("space_type", "EMPTY"), region_type=place.get("region_type", "WINDOW"))
        if keymap is None:
            continue
        for operator, event, _settings in content["items"]:
            for item in list(keymap.keymap_items):
                if (item.idname, item.type, item.value) == (operator, event["type"], event["value"]):
                    keymap.keymap_items.remove(item)
                    break


def keyconfig_test(kc):
    """Prints items of one key map that are for the same event; whether there are any."""
    has_doubles = False
    for keymap in kc.keymaps:
        items = list(keymap.keymap_items)
        for i, item in enumerate(items):
            for other in items[i + 1:]:
                if item.compare(other) and item.active and other.active:
                    print(f"{keymap.name}: {item.idname} and {other.idname} are both run by {item.to_string()}")
                    has_doubles = True
    return has_doubles
