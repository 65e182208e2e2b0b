"""Keymaps: bindings of keys and mouse buttons, those of the program to be looked at and those of add-ons to be made."""
import json
import os

import _bpy


class _Loose:
    """Settings of an operator that is not there yet."""

    def is_property_set(self, name):
        return name in vars(self)

    def keys(self):
        return vars(self).keys()


class KeyMapItem:
    """One binding: what is pressed, and the operator it runs."""

    _next = 1

    def __init__(self, idname, type, value, any=False, shift=0, ctrl=0, alt=0, oskey=0, key_modifier="NONE", direction="ANY", repeat=False):
        self.idname, self.type, self.value, self.any = idname, type, value, any
        self.shift, self.ctrl, self.alt, self.oskey = int(shift), int(ctrl), int(alt), int(oskey)
        self.key_modifier, self.direction, self.repeat = key_modifier, direction, repeat
        self.active, self.show_expanded = True, False
        self.is_user_modified = self.is_user_defined = False
        self.id, KeyMapItem._next = KeyMapItem._next, KeyMapItem._next + 1
        try:
            self.properties = _bpy.operator_settings(idname) if idname else _Loose()
        except (ValueError, RuntimeError, AttributeError):
            self.properties = _Loose()

    @property
    def name(self):
        try:
            return _bpy.operator_facts(self.idname)["name"]
        except AttributeError:
            return self.idname

    @property
    def map_type(self):
        return "TIMER" if self.type.startswith("TIMER") else "MOUSE" if "MOUSE" in self.type else "KEYBOARD"

    def compare(self, item):
        """Whether another binding is pressed the same way."""
        return item is not None and all(getattr(self, key) == getattr(item, key) for key in ("type", "value", "any", "shift", "ctrl", "alt", "oskey", "key_modifier"))

    def to_string(self, compact=False):
        """"Ctrl Shift A"."""
        names = [label for label, on in (("Shift", self.shift), ("Ctrl", self.ctrl), ("Alt", self.alt), ("Cmd", self.oskey)) if on == 1]
        key = self.type.replace("_", " ").title() if len(self.type) > 1 else self.type
        return " ".join(["Any"] * bool(self.any) + names + [key])

    def _fits(self, facts):
        if not self.active or self.type != facts["type"] or self.value not in (facts["value"], "ANY"):
            return False
        if self.any:
            return True
        return all(getattr(self, key) == -1 or bool(getattr(self, key)) == facts[key] for key in ("shift", "ctrl", "alt", "oskey"))

    def _settings(self):
        if isinstance(self.properties, _Loose):
            return dict(vars(self.properties))
        from . import _ui
        return _ui.given_settings(self.idname, self.properties)


class _Named(list):
    """Things with names, by position or name."""

    def __getitem__(self, key):
        if isinstance(key, str):
            found = self.get(key)
            if found is None:
                raise KeyError(f"bpy_prop_collection[key]: key \"{key}\" not found")
            return found
        return super().__getitem__(key)

    def _key(self, item):
        return item.name

    def get(self, key, default=None):
        return next((item for item in self if self._key(item) == key), default)

    def keys(self):
        return [self._key(item) for item in self]

    def values(self):
        return list(self)

    def items(self):
        return [(self._key(item), item) for item in self]

    def __contains__(self, key):
        return self.get(key) is not None if isinstance(key, str) else super().__contains__(key)


class KeyMapItems(_Named):
    """The bindings of a keymap."""

    def _key(self, item):
        return item.idname

    def new(self, idname, type, value, any=False, shift=0, ctrl=0, alt=0, oskey=0, key_modifier="NONE", direction="ANY", repeat=False, head=False):
        """Adds a binding."""
        item = KeyMapItem(idname, type, value, any, shift, ctrl, alt, oskey, key_modifier, direction, repeat)
        self.insert(0 if head else len(self), item)
        return item

    def new_modal(self, propvalue, type, value, **modifiers):
        """Adds a binding of a tool that waits for events."""
        modifiers.pop("head", None)
        item = KeyMapItem("", type, value, **modifiers)
        item.propvalue = propvalue
        self.append(item)
        return item

    def new_from_item(self, item, head=False):
        made = self.new(item.idname, item.type, item.value, item.any, item.shift, item.ctrl, item.alt, item.oskey, item.key_modifier, head=head)
        for name, value in item._settings().items():
            setattr(made.properties, name, value)
        return made

    def remove(self, item):
        """Takes a binding out."""
        for i, known in enumerate(self):
            if known is item:
                del self[i]
                return
        raise RuntimeError(f"KeyMapItem '{item.idname}' cannot be removed from this keymap")

    def from_id(self, id):
        return next((item for item in self if item.id == id), None)

    def find_from_operator(self, idname, properties=None, include=(), exclude=()):
        return next((item for item in self if item.idname == idname), None)


class KeyMap:
    """Bindings that hold in one kind of editor or mode."""

    def __init__(self, name, space_type="EMPTY", region_type="WINDOW", modal=False):
        self.name, self.space_type, self.region_type, self.is_modal = name, space_type, region_type, modal
        self.bl_owner_id, self.is_user_modified = "", False
        self.keymap_items = KeyMapItems()

    def active(self):
        return self

    def restore_to_default(self):
        """The program's bindings cannot be changed here."""


class KeyMaps(_Named):
    """Keymaps of a configuration."""

    def new(self, name, space_type="EMPTY", region_type="WINDOW", modal=False, tool=False):
        """The keymap of this name; made where there is none."""
        found = self.find(name, space_type, region_type)
        if found is None:
            found = KeyMap(name, space_type, region_type, modal)
            self.append(found)
        return found

    def remove(self, keymap):
        if keymap in self:
            super().remove(keymap)

    def find(self, name, space_type="EMPTY", region_type="WINDOW"):
        return self.get(name)

    find_modal = find

    def clear(self):
        super().clear()


class KeyConfig:
    """All keymaps of one origin."""

    def __init__(self, name):
        self.name = name
        self.is_user_defined = False
        self.keymaps = KeyMaps()


class _Default(KeyConfig):
    """The program's own bindings, read when first asked for."""

    def __init__(self, name):
        super().__init__(name)
        self._keymaps = None

    @property
    def keymaps(self):
        if self._keymaps is None:
            self._keymaps = _read_default()
        return self._keymaps

    @keymaps.setter
    def keymaps(self, value):
        pass


def _read_default():
    keymaps = KeyMaps()
    path = os.path.join(os.path.dirname(__file__), *[".."] * 3, "keymaps", "default.json")
    with open(path, encoding="utf-8") as file:
        for entry in json.load(file):
            *modifiers, key = entry["key"].split("+")
            item = keymaps.new(entry["map"]).keymap_items.new(entry["command"], key, "PRESS", **{name: 1 for name in modifiers})
            for name, value in entry.get("settings", {}).items():
                try:
                    setattr(item.properties, name, value)
                except (AttributeError, TypeError, ValueError):
                    pass
    return keymaps


class KeyConfigs(_Named):
    """`window_manager.keyconfigs`."""

    def __init__(self):
        self.default, self.addon = _Default("Blender"), KeyConfig("Blender addon")
        super().__init__([self.default, self.addon])
        self.active = self.default

    @property
    def user(self):
        """The program's bindings and those of add-ons."""
        config = KeyConfig("Blender user")
        for source in (self.addon, self.default):
            for keymap in source.keymaps:
                config.keymaps.new(keymap.name, keymap.space_type, keymap.region_type).keymap_items.extend(keymap.keymap_items)
        return config

    def new(self, name):
        config = KeyConfig(name)
        self.append(config)
        return config

    def update(self, keep_properties=False):
        """Bindings hold as soon as they are made."""

    def find_item_from_operator(self, idname, context="INVOKE_DEFAULT", properties=None, include=(), exclude=()):
        for keymap in self.user.keymaps:
            item = keymap.keymap_items.find_from_operator(idname)
            if item is not None:
                return keymap, item
        return None, None


configs = KeyConfigs()


def _find(maps, facts):
    """The operator and settings an add-on bound to an event in one of these keymaps; None where there is none."""
    for name in maps:
        keymap = configs.addon.keymaps.get(name)
        for item in keymap.keymap_items if keymap else ():
            if item._fits(facts):
                return item.idname, item._settings()
    return None


def _wants(kind):
    """Whether any add-on bound something to mouse buttons ("MOUSE") or keys."""
    return any(item.map_type == kind for keymap in configs.addon.keymaps for item in keymap.keymap_items)


def _strokes(idname):
    """What an add-on bound to an operator, as text."""
    for keymap in configs.addon.keymaps:
        item = keymap.keymap_items.find_from_operator(idname)
        if item is not None:
            return item.to_string()
    return ""
