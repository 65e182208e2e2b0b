"""Key maps: which keys run which operators. Scripts add theirs to `window_manager.keyconfigs.addon`."""
import _bpy
from bpy.props import BoolProperty, EnumProperty, IntProperty, StringProperty
from bpy.utils import _classes

from . import Collection, add, described, events, make, owners, program_struct, read_only, write

_SPACES = [(name, name.replace("_", " ").title(), "") for name in ("EMPTY", *sorted(_classes.SPACES - {"EMPTY"}))]
_REGIONS = [(name, name.replace("_", " ").title(), "") for name in ("WINDOW", *sorted(_classes.REGIONS - {"WINDOW"}))]
_MAP_TYPES = [("KEYBOARD", "Keyboard", "", "NONE", 0), ("MOUSE", "Mouse", "", "NONE", 1), ("NDOF", "NDOF", "", "NONE", 5), ("TEXTINPUT", "Text Input", "", "NONE", 3),
              ("TIMER", "Timer", "", "NONE", 4)]
_MODIFIERS = ("shift", "ctrl", "alt", "oskey")
_changes = [0]  # grows with every change, so that a window knows when to read again


def version():
    """Grows when a key map changes."""
    return _changes[0]


def _changed(*_ignored):
    _changes[0] += 1


def _map_type(event):
    if event.startswith("NDOF_"):
        return "NDOF"
    if event.startswith("TIMER"):
        return "TIMER"
    if event == "TEXTINPUT":
        return "TEXTINPUT"
    return "MOUSE" if "MOUSE" in event or event.startswith(("TRACKPAD", "WHEEL", "PEN", "ERASER")) else "KEYBOARD"


def _modifier(label):
    return IntProperty(name=label, min=-1, max=1, update=_changed)


def _modifier_shown(name):
    def get(self):
        return getattr(self, name) != 0

    def set_(self, value):
        setattr(self, name, int(value))
    return BoolProperty(name=name.title(), get=get, set=set_)


@read_only("id is_user_modified is_user_defined")
@program_struct("Key Map Item", name_property="idname")
class KeyMapItem(_bpy.types.bpy_struct):
    """One key, or another event, and the operator it runs."""
    idname: StringProperty(name="Identifier", maxlen=63, update=_changed)
    map_type: EnumProperty(name="Map Type", items=_MAP_TYPES, get=lambda self: {item[0]: item[4] for item in _MAP_TYPES}[_map_type(self.type)],
                           set=lambda self, value: None)
    type: events.type_property("Type")
    value: events.value_property("Value")
    direction: events.direction_property("Direction")
    id: IntProperty(name="id", min=-32768, max=32767)
    any: BoolProperty(name="Any", get=lambda self: all(getattr(self, name) == -1 for name in _MODIFIERS),
                      set=lambda self, value: [setattr(self, name, -1 if value else 0) for name in _MODIFIERS] and None)
    shift: _modifier("Shift")
    ctrl: _modifier("Ctrl")
    alt: _modifier("Alt")
    oskey: _modifier("OS Key")
    shift_ui: _modifier_shown("shift")
    ctrl_ui: _modifier_shown("ctrl")
    alt_ui: _modifier_shown("alt")
    oskey_ui: _modifier_shown("oskey")
    key_modifier: events.type_property("Key Modifier")
    repeat: BoolProperty(name="Repeat", update=_changed)
    show_expanded: BoolProperty(name="Expanded")
    active: BoolProperty(name="Active", default=True, update=_changed)
    is_user_modified: BoolProperty(name="User Modified")
    is_user_defined: BoolProperty(name="User Defined")
    propvalue_text: StringProperty(name="Property Value")

    @property
    def name(self):
        """What the operator is called."""
        facts = _facts(self.idname)
        return facts["name"] if facts else self.idname

    @property
    def properties(self):
        """The settings the operator runs with; None while there is no such operator."""
        kept = self.__dict__.get("_settings")
        if kept is None or kept[0] != self.idname:
            if _facts(self.idname) is None:
                return None
            kept = self.__dict__["_settings"] = (self.idname, _bpy.operator_settings(self.idname))
        return kept[1]

    @property
    def propvalue(self):
        """What the key stands for in a modal key map."""
        return self.propvalue_text or "NONE"

    @propvalue.setter
    def propvalue(self, value):
        self.propvalue_text = value

    def compare(self, item):
        """Whether another item is for the same event."""
        return item is not None and all(getattr(self, name) == getattr(item, name) for name in ("type", "value", "key_modifier", "direction", *_MODIFIERS))

    def to_string(self, compact=False):
        """The event as people read it, such as "Ctrl Shift A"."""
        words = [label for name, label in (("shift", "Shift"), ("ctrl", "Ctrl"), ("alt", "Alt"), ("oskey", "Cmd")) if getattr(self, name) == 1]
        words = ["Any"] if self.any else words
        if self.key_modifier != "NONE":
            words.append(_label(self.key_modifier))
        if self.value == "DOUBLE_CLICK":
            words.append("dbl-")
        elif self.value == "CLICK_DRAG":
            words.append("drag-")
        words.append(_label(self.type))
        return "-".join(words) if compact else " ".join(words)


described.correct("KeyMapItem", "active", default=False)


def _label(event):
    return next((item[1] for item in events.TYPE_ITEMS if item[0] == event), event)


def _facts(identifier):
    try:
        return _bpy.operator_facts(identifier) if identifier else None
    except (AttributeError, KeyError, ValueError):
        return None


def _choice(what, value, accepted):
    if value not in accepted:
        raise TypeError(f"{what} - enum \"{value}\" not found in {tuple(sorted(accepted))}")
    return value


@add
class KeyMapItems(Collection):
    """The items of a key map."""

    _named_by = "idname"

    def __init__(self):
        super().__init__()
        self._last = 0

    def _new(self, idname, type, value, any, shift, ctrl, alt, oskey, key_modifier, direction, repeat, head):
        what = "KeyMapItems.new(): error with argument"
        _choice(f"{what} 2, \"type\"", type, events.TYPE_NAMES)
        _choice(f"{what} 3, \"value\"", value, events.VALUE_NAMES)
        _choice(f"{what} 9, \"key_modifier\"", key_modifier, events.TYPE_NAMES)
        _choice(f"{what} 10, \"direction\"", direction, events.DIRECTION_NAMES)
        item = make(KeyMapItem)
        self._last += 1
        item.idname, item.type, item.value = idname, type, value
        for name, state in zip(_MODIFIERS, (shift, ctrl, alt, oskey)):
            setattr(item, name, -1 if any else int(state))
        item.key_modifier, item.direction, item.repeat = key_modifier, direction, repeat
        write(item, id=self._last, is_user_defined=True)
        self._items.insert(0 if head else len(self._items), item)
        _changed()
        return item

    def new(self, idname, type, value, *, any=False, shift=0, ctrl=0, alt=0, oskey=0, key_modifier="NONE", direction="ANY", repeat=False, head=False):
        """Adds an item that runs an operator."""
        if not isinstance(idname, str):
            raise TypeError("KeyMapItems.new(): error with argument 1, \"idname\" - expected a string")
        return self._new(idname, type, value, any, shift, ctrl, alt, oskey, key_modifier, direction, repeat, head)

    def new_modal(self, propvalue, type, value, *, any=False, shift=0, ctrl=0, alt=0, oskey=0, key_modifier="NONE", direction="ANY", repeat=False):
        """Adds an item of a modal key map."""
        item = self._new("", type, value, any, shift, ctrl, alt, oskey, key_modifier, direction, repeat, False)
        item.propvalue_text = propvalue
        return item

    def new_from_item(self, item, *, head=False):
        """Adds a copy of an item."""
        copy = self._new(item.idname, item.type, item.value, False, item.shift, item.ctrl, item.alt, item.oskey, item.key_modifier, item.direction, item.repeat, head)
        copy.propvalue_text = item.propvalue_text
        if item.properties is not None:
            for fact in _bpy.operator_facts(item.idname)["properties"]:
                if item.properties.is_property_set(fact["identifier"]):
                    setattr(copy.properties, fact["identifier"], getattr(item.properties, fact["identifier"]))
        return copy

    def remove(self, item):
        """Removes an item."""
        if not any(item is known for known in self._items):
            raise RuntimeError(f"KeyMapItem '{getattr(item, 'idname', item)}' is not in this key map")
        self._items = [known for known in self._items if known is not item]
        _changed()

    def from_id(self, id):
        """The item with this number, or None."""
        return next((item for item in self._items if item.id == id), None)

    def find_from_operator(self, idname, *, properties=None, include={"ACTIONZONE", "KEYBOARD", "MOUSE", "NDOF"}, exclude=frozenset()):
        """The first item that runs an operator."""
        return next((item for item in self._items if item.idname == idname and item.map_type in include and item.map_type not in exclude), None)

    def match_event(self, event):
        """The first active item for an event, or None."""
        return next((item for item in self._items if item.active and _matches(item, event)), None)


def _matches(item, event):
    return (item.type == event.type and item.value in ("ANY", event.value)
            and all(getattr(item, name) in (-1, int(getattr(event, name))) for name in _MODIFIERS))


@read_only("name space_type region_type is_modal")
@program_struct("Key Map", name_property="name")
class KeyMap(_bpy.types.bpy_struct):
    """Keys for one kind of editor or mode."""
    name: StringProperty(name="Name", maxlen=63)
    bl_owner_id: StringProperty(name="Owner", maxlen=63)
    space_type: EnumProperty(name="Space Type", items=_SPACES, default="EMPTY")
    region_type: EnumProperty(name="Region Type", items=_REGIONS, default="WINDOW")
    is_user_modified: BoolProperty(name="User Keymap")
    is_modal: BoolProperty(name="Modal Keymap")
    show_expanded_items: BoolProperty(name="Items Expanded")
    show_expanded_children: BoolProperty(name="Children Expanded")

    @property
    def keymap_items(self):
        """The keys."""
        return self.__dict__.setdefault("_items", KeyMapItems())

    @property
    def modal_event_values(self):
        """What keys can stand for in a modal key map of the program; those of scripts take any text."""
        return Collection()

    def active(self):
        """The key map that counts."""
        return self

    def restore_to_default(self):
        """Drops what the user has changed."""
        self.is_user_modified = False
        _changed()

    def restore_item_to_default(self, item):
        """Drops what the user has changed about one item."""
        write(item, is_user_modified=False)
        _changed()


@add
class KeyMaps(Collection):
    """The key maps of a configuration."""

    def new(self, name, *, space_type="EMPTY", region_type="WINDOW", modal=False, tool=False):
        """The key map of this name and place, made where it is not there."""
        if not isinstance(name, str):
            raise TypeError(f"KeyMaps.new(): error with argument 1, \"name\" - expected a string, not {type(name).__name__}")
        _choice("KeyMaps.new(): error with argument 2, \"space_type\"", space_type, _classes.SPACES)
        _choice("KeyMaps.new(): error with argument 3, \"region_type\"", region_type, _classes.REGIONS)
        keymap = self._find(name, space_type, region_type, modal)
        if keymap is None:
            keymap = make(KeyMap)
            write(keymap, name=name, space_type=space_type, region_type=region_type, is_modal=modal)
            keymap.bl_owner_id = owners.current()
            self._items.append(keymap)
            _changed()
        return keymap

    def _find(self, name, space_type, region_type, modal):
        return next((keymap for keymap in self._items if (keymap.name, keymap.space_type, keymap.region_type, keymap.is_modal)
                     == (name, space_type, region_type, modal)), None)

    def find(self, name, *, space_type="EMPTY", region_type="WINDOW"):
        """The key map of this name and place, or None."""
        return self._find(name, space_type, region_type, False)

    def find_modal(self, name):
        """The modal key map of this name, or None."""
        return next((keymap for keymap in self._items if keymap.name == name and keymap.is_modal), None)

    def remove(self, keymap):
        """Removes a key map with its items."""
        if not any(keymap is known for known in self._items):
            raise RuntimeError(f"KeyMap '{getattr(keymap, 'name', keymap)}' is not in this key configuration")
        self._items = [known for known in self._items if known is not keymap]
        _changed()


@read_only("is_user_defined")
@program_struct("Key Configuration", name_property="name")
class KeyConfig(_bpy.types.bpy_struct):
    """Key maps that are used together."""
    name: StringProperty(name="Name", maxlen=63)
    is_user_defined: BoolProperty(name="User Defined")

    @property
    def keymaps(self):
        """The key maps; those of the window's program are read when they are first looked at."""
        if "_keymaps" not in self.__dict__:
            self.__dict__["_keymaps"] = KeyMaps()
            if self.name == "Kiln" and not _bpy.is_background:
                from bpy import _keymaps
                _keymaps.fill_default(self.__dict__["_keymaps"])
        return self.__dict__["_keymaps"]

    @property
    def preferences(self):
        """Settings of the configuration; None where it has none."""
        from bpy.utils import _classes as classes

        kind = _bpy.types.KeyConfigPreferences
        cls = next((cls for cls in classes.registered.values() if issubclass(cls, kind) and cls.bl_idname == self.name), None)
        if cls is None:
            return None
        kept = self.__dict__.get("_preferences")
        if kept is None or type(kept) is not cls:
            kept = self.__dict__["_preferences"] = make(cls)
        return kept


@program_struct("Key-Config Preferences")
class KeyConfigPreferences(_bpy.types.bpy_struct):
    """Base of the settings of a key configuration."""
    bl_idname: StringProperty(name="ID Name", maxlen=63)


def _new_configuration(name):
    configuration = make(KeyConfig)
    configuration.name = name
    return configuration


@add
class KeyConfigurations(Collection):
    """Configurations of keys: the program's (`default`), those of add-ons, and what counts in the end (`user`)."""

    def __init__(self):
        super().__init__()
        self._items = [_new_configuration(name) for name in ("Kiln", "Kiln addon", "Kiln user")]
        self.active = self._items[0]

    default = property(lambda self: self._items[0])
    addon = property(lambda self: self._items[1])
    user = property(lambda self: self._items[2])

    def new(self, name):
        """Adds a configuration."""
        self._items.append(_new_configuration(name))
        write(self._items[-1], is_user_defined=True)
        return self._items[-1]

    def remove(self, keyconfig):
        """Removes a configuration that was added."""
        if not any(keyconfig is known for known in self._items[3:]):
            raise RuntimeError(f"KeyConfig '{getattr(keyconfig, 'name', keyconfig)}' cannot be removed")
        self._items = [known for known in self._items if known is not keyconfig]
        if self.active is keyconfig:
            self.active = self._items[0]
        _changed()

    def find_item_from_operator(self, idname, *, context="INVOKE_DEFAULT", properties=None, include={"ACTIONZONE", "KEYBOARD", "MOUSE", "NDOF"}, exclude=frozenset()):
        """The first key map and item that runs an operator; (None, None) where no key does."""
        for configuration in (self.addon, self.user, self.default):
            for keymap in configuration.keymaps:
                item = keymap.keymap_items.find_from_operator(idname, include=include, exclude=exclude)
                if item is not None:
                    return keymap, item
        return None, None

    def update(self):
        """Takes changes over."""
        _changed()


def _set_active_keyconfig(_self, name):
    from . import window

    configurations = window.manager.keyconfigs
    found = configurations.get(name)
    if found is None:
        print(f"PreferencesKeymap.active_keyconfig: there is no key configuration {name!r}; there are {', '.join(configurations.keys())}")
        return
    configurations.active = found
    _changed()


def _active_keyconfig(_self):
    from . import window

    return window.manager.keyconfigs.active.name


@program_struct("Keymap")
class PreferencesKeymap(_bpy.types.bpy_struct):
    """The key configuration that the user has chosen."""
    active_keyconfig: StringProperty(name="Key Config", maxlen=64, subtype="DIR_PATH", options=set(), get=_active_keyconfig, set=_set_active_keyconfig)


chosen = make(PreferencesKeymap)
