"""Drawing key maps, as preferences of add-ons do."""

__all__ = ("draw_kmi", "draw_km", "draw_keymaps", "draw_filtered", "draw_hierarchy", "draw_entry")


def draw_kmi(display_keymaps, kc, km, kmi, layout, level):
    """A key and what it runs."""
    row = layout.row()
    row.prop(kmi, "active", text="")
    row.label(text=kmi.name)
    row.prop(kmi, "type", text="")
    row.prop(kmi, "value", text="")
    for name in ("shift_ui", "ctrl_ui", "alt_ui", "oskey_ui"):
        row.prop(kmi, name)


def draw_km(display_keymaps, kc, km, children, layout, level):
    """A key map with its keys."""
    layout.label(text=km.name)
    for kmi in km.keymap_items:
        draw_kmi(display_keymaps, kc, km, kmi, layout, level + 1)


def draw_entry(display_keymaps, entry, col, level=0):
    """An entry (name, space, region, children) of a tree of key maps."""
    name, _, _, children = entry
    for keymap, configuration in display_keymaps:
        if keymap.name == name:
            draw_km(display_keymaps, configuration, keymap, children, col, level)


def draw_hierarchy(display_keymaps, layout):
    """All key maps."""
    for keymap, configuration in display_keymaps:
        draw_km(display_keymaps, configuration, keymap, [], layout, 0)


def draw_filtered(display_keymaps, filter_type, filter_text, layout):
    """Keys whose name ("NAME") or event ("KEY") has a text; whether there are any."""
    found = False
    for keymap, configuration in display_keymaps:
        for item in keymap.keymap_items:
            if filter_text.lower() in (item.name if filter_type == "NAME" else item.to_string()).lower():
                draw_kmi(display_keymaps, configuration, keymap, item, layout, 1)
                found = True
    return found


def draw_keymaps(context, layout):
    """The keys of the user."""
    configuration = context.window_manager.keyconfigs.user
    draw_hierarchy([(keymap, configuration) for keymap in configuration.keymaps], layout)
