"""Views onto custom properties that are not single values. They always show what the document holds now."""
import _bpy


def wrap(owner, path, value):
    """A value of `_bpy.bag_get` as scripts see it."""
    if type(value) is not tuple:
        return value
    if value[0] == "group":
        return IDPropertyGroup(owner, path)
    if value[0] == "groups":
        return [IDPropertyGroup(owner, (*path, i)) for i in range(value[1])]
    if value[0] == "list":
        places = [(*path, i, "") for i in range(value[1])]
        return [wrap(owner, place, _bpy.bag_get(owner, place)) for place in places]
    return IDPropertyArray(owner, path)


def _plain(value):
    """A copy without views."""
    if isinstance(value, IDPropertyGroup):
        return value.to_dict()
    if isinstance(value, IDPropertyArray):
        return value.to_list()
    return [_plain(item) for item in value] if isinstance(value, list) else value


class _Mapping:
    """What groups and data-blocks have in common."""

    __slots__ = ()

    def __getitem__(self, key):
        owner, path = self._place()
        return wrap(owner, (*path, key), _bpy.bag_get(owner, (*path, key)))

    def __setitem__(self, key, value):
        owner, path = self._place()
        _bpy.bag_set(owner, (*path, key), value)

    def __delitem__(self, key):
        owner, path = self._place()
        _bpy.bag_delete(owner, (*path, key))

    def __contains__(self, key):
        return key in self._names()

    def _names(self):
        return _bpy.bag_keys(*self._place())

    def keys(self):
        """The names of all custom properties."""
        return IDPropertyGroupViewKeys(self)

    def values(self):
        """The values of all custom properties."""
        return IDPropertyGroupViewValues(self)

    def items(self):
        """Pairs of name and value."""
        return IDPropertyGroupViewItems(self)

    def get(self, key, default=None):
        """The value of that name, or the default."""
        return self[key] if key in self._names() else default

    def pop(self, key, *default):
        """Takes a property out and returns its value."""
        if key not in self._names():
            if default:
                return default[0]
            raise KeyError(key)
        value = self[key]
        if hasattr(value, "to_dict"):
            value = value.to_dict()
        elif hasattr(value, "to_list"):
            value = value.to_list()
        del self[key]
        return value


class _Iterator:
    """Goes through a group; a group whose number of entries changes meanwhile ends it with an error."""

    __slots__ = ("_group", "_names", "_at")
    _entry = staticmethod(lambda group, name: name)

    def __init__(self, group, names=None):
        self._group = group
        self._names = list(group._names() if names is None else names)
        self._at = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._at >= len(self._names):
            raise StopIteration
        if len(self._group._names()) != len(self._names):
            raise RuntimeError("the number of custom properties changed during the iteration")
        self._at += 1
        return self._entry(self._group, self._names[self._at - 1])


class IDPropertyGroupIterKeys(_Iterator):
    """Goes through the names."""

    __slots__ = ()


class IDPropertyGroupIterValues(_Iterator):
    """Goes through the values."""

    __slots__ = ()
    _entry = staticmethod(lambda group, name: group[name])


class IDPropertyGroupIterItems(_Iterator):
    """Goes through pairs of name and value."""

    __slots__ = ()
    _entry = staticmethod(lambda group, name: (name, group[name]))


class _View:
    """A view onto a group, which follows its changes."""

    __slots__ = ("_group",)

    def __init__(self, group):
        self._group = group

    def __len__(self):
        return len(self._group._names())

    def __iter__(self):
        return self._iterator(self._group)

    def __reversed__(self):
        return self._iterator(self._group, reversed(self._group._names()))

    def __contains__(self, value):
        return any(entry == value for entry in self)

    def __repr__(self):
        name = self._group.name if isinstance(self._group, IDPropertyGroup) and self._group._path else "RNA_struct_idprops"
        return f"<{type(self).__name__} \"{name}\">"


class IDPropertyGroupViewKeys(_View):
    """The names of a group."""

    __slots__ = ()
    _iterator = IDPropertyGroupIterKeys

    def __contains__(self, key):
        return key in self._group._names()


class IDPropertyGroupViewValues(_View):
    """The values of a group."""

    __slots__ = ()
    _iterator = IDPropertyGroupIterValues


class IDPropertyGroupViewItems(_View):
    """Pairs of name and value of a group."""

    __slots__ = ()
    _iterator = IDPropertyGroupIterItems


class IDPropertyGroup(_Mapping):
    """A group of custom properties."""

    __slots__ = ("_owner", "_path")

    def __init__(self, owner, path):
        self._owner = owner
        self._path = path

    def _place(self):
        return self._owner, self._path

    @property
    def name(self):
        return str(self._path[-1])

    def __len__(self):
        return len(self._names())

    def __iter__(self):
        return IDPropertyGroupIterKeys(self)

    def update(self, other):
        """Takes over all entries of another group or dictionary."""
        for key, value in other.items():
            self[key] = value

    def clear(self):
        """Removes all entries."""
        for key in self._names():
            del self[key]

    def to_dict(self):
        """A copy as plain Python values."""
        plain = {}
        for key, value in self.items():
            plain[key] = _plain(value)
        return plain

    def __repr__(self):
        return f"<bpy id prop: owner=\"{type(self._owner).__name__}\", name=\"{self.name}\", address=0x{id(self):x}>"


class IDPropertyArray:
    """An array of numbers among the custom properties."""

    __slots__ = ("_owner", "_path")

    def __init__(self, owner, path):
        self._owner = owner
        self._path = path

    def _read(self):
        value = _bpy.bag_get(self._owner, self._path)
        if type(value) is not tuple or value[0] != "array":
            raise ReferenceError(f"custom property \"{self._path[-1]}\" is no array any more")
        return value

    @property
    def typecode(self):
        return self._read()[2]

    def to_list(self):
        """A copy as a list."""
        return self._read()[1]

    def __len__(self):
        return len(self.to_list())

    def __iter__(self):
        return iter(self.to_list())

    def __getitem__(self, key):
        try:
            return self.to_list()[key]
        except IndexError:
            raise IndexError("array index out of range") from None

    def __setitem__(self, key, value):
        numbers = self.to_list()
        whole = self.typecode == "i"
        given = list(value) if isinstance(key, slice) else [value]
        for item in given:
            if isinstance(item, bool) or not isinstance(item, int if whole else (int, float)):
                raise TypeError(f"expected {'an int' if whole else 'a number'}, not {type(item).__name__}")
        given = [item if whole else float(item) for item in given]
        if isinstance(key, slice):
            if len(numbers[key]) != len(given):
                raise TypeError("the size of the sequence does not fit the slice")
            numbers[key] = given
        else:
            try:
                numbers[key] = given[0]
            except IndexError:
                raise IndexError("array index out of range") from None
        _bpy.bag_set(self._owner, self._path, numbers)

    def __delitem__(self, key):
        raise TypeError("the items of an array among custom properties cannot be deleted, its length is fixed")

    def __repr__(self):
        return f"<bpy id property array [{len(self)}]>"


_LIMIT = 3.4028234663852886e+38
_SUBTYPES = ("NONE", "FILE_PATH", "DIR_PATH", "FILE_NAME", "BYTE_STRING", "PASSWORD", "PIXEL", "UNSIGNED", "PERCENTAGE", "FACTOR", "ANGLE", "TIME",
             "TIME_ABSOLUTE", "DISTANCE", "DISTANCE_CAMERA", "POWER", "TEMPERATURE", "COLOR", "TRANSLATION", "DIRECTION", "VELOCITY",
             "ACCELERATION", "MATRIX", "EULER", "QUATERNION", "AXISANGLE", "XYZ", "XYZ_LENGTH", "COLOR_GAMMA", "COORDINATES", "LAYER",
             "LAYER_MEMBER")


class IDPropertyUIManager:
    """How the interface shows one custom property."""

    __slots__ = ("_owner", "_path", "_kind", "_is_array")

    def __init__(self, owner, key):
        self._owner = owner
        self._path = (key,)
        value = _bpy.bag_get(owner, self._path)
        self._is_array = type(value) is tuple and value[0] == "array"
        sample = 1 if self._is_array and value[2] == "i" else 1.0 if self._is_array else value
        kinds = {bool: "int", int: "int", float: "float", str: "string", bytes: "string"}
        if type(sample) not in kinds:
            raise TypeError(f"custom property \"{key}\" has no interface data")
        self._kind = kinds[type(sample)]

    def _defaults(self):
        if self._kind == "string":
            return {"subtype": "NONE", "default": ""}
        low, high = (-2147483648, 2147483647) if self._kind == "int" else (-_LIMIT, _LIMIT)
        look = {"subtype": "NONE", "min": low, "max": high, "soft_min": low, "soft_max": high, "step": 1 if self._kind == "int" else 1.0,
                "default": [] if self._is_array else 0 if self._kind == "int" else 0.0}
        if self._kind == "float":
            look["precision"] = 3
        return look

    def as_dict(self):
        """The settings, descriptions only where there are any."""
        look = self._defaults()
        stored = _bpy.bag_look(self._owner, self._path)
        if stored is None:
            return look
        number = int if self._kind == "int" else float
        look["subtype"] = stored["subtype"]
        if self._kind == "string":
            look["default"] = stored["default_text"]
        else:
            for name in ("min", "max", "soft_min", "soft_max", "step"):
                look[name] = number(stored[name])
            defaults = [number(item) for item in stored["default"]]
            look["default"] = defaults if self._is_array else (defaults or [number(0)])[0]
            if self._kind == "float":
                look["precision"] = stored["precision"]
        if stored["description"]:
            look["description"] = stored["description"]
        return look

    def update(self, **settings):
        """Changes settings. The limits are kept in order."""
        look = {"description": "", **self.as_dict()}
        for name, value in settings.items():
            if name not in look:
                raise TypeError(f"update() got an unexpected keyword argument '{name}'")
            if name == "subtype" and value not in _SUBTYPES:
                raise ValueError(f"subtype \"{value}\" is not one of {_SUBTYPES}")
            is_text = name in ("subtype", "description") or (name == "default" and self._kind == "string")
            expected = str if is_text else (int, float, list, tuple)
            if not isinstance(value, expected):
                raise TypeError(f"{name} has the wrong type {type(value).__name__}")
            look[name] = value
        if self._kind != "string":
            look["max"] = max(look["min"], look["max"])
            for name, fallback in (("soft_min", "min"), ("soft_max", "max")):
                if name not in settings and fallback in settings:
                    look[name] = look[fallback]
                look[name] = min(max(look[name], look["min"]), look["max"])
        default = look["default"]
        stored = {**look, "default_text": default if self._kind == "string" else "",
                  "default": [] if self._kind == "string" else [float(item) for item in (default if self._is_array else [default])]}
        _bpy.bag_set_look(self._owner, self._path, stored)

    def clear(self):
        """Back to the settings of new properties."""
        _bpy.bag_set_look(self._owner, self._path, None)

    def update_from(self, other):
        """Takes over the settings of another property of the same type."""
        if self._kind != other._kind:
            raise TypeError("the properties have different types")
        _bpy.bag_set_look(self._owner, self._path, _bpy.bag_look(other._owner, other._path))


class Struct(_Mapping):
    """The methods of custom properties for every struct, see `bpy_types`."""

    __slots__ = ()

    def _place(self):
        return self, ()

    def id_properties_ensure(self):
        """The group of all custom properties."""
        return IDPropertyGroup(self, ())

    def id_properties_clear(self):
        """Removes all custom properties."""
        for key in self._names():
            del self[key]

    def id_properties_ui(self, key):
        """How the interface shows one custom property."""
        if not isinstance(key, str):
            raise TypeError("expected the name of a custom property")
        return IDPropertyUIManager(self, key)
