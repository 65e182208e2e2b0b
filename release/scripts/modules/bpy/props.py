"""bpy.props: definitions of properties that scripts register.

The functions only note down what is wanted; the property comes into being when the class that has it as an annotation is
registered, or when it is assigned to a class of `bpy.types`.
"""
import _bpy

INT_MIN, INT_MAX = -2 ** 31, 2 ** 31 - 1
FLOAT_MAX = 3.402823e+38

_OPTIONS = {"HIDDEN", "SKIP_SAVE", "ANIMATABLE", "LIBRARY_EDITABLE", "PROPORTIONAL", "TEXTEDIT_UPDATE", "OUTPUT_PATH"}
_OVERRIDE = {"LIBRARY_OVERRIDABLE", "NO_PROPERTY_NAME", "USE_INSERTION"}
_NUMBER_SUBTYPES = {"PIXEL", "UNSIGNED", "PERCENTAGE", "FACTOR", "ANGLE", "TIME", "TIME_ABSOLUTE", "DISTANCE", "DISTANCE_CAMERA", "POWER", "TEMPERATURE", "NONE"}
_ARRAY_SUBTYPES = {"COLOR", "TRANSLATION", "DIRECTION", "VELOCITY", "ACCELERATION", "MATRIX", "EULER", "QUATERNION", "AXISANGLE", "XYZ", "XYZ_LENGTH",
                   "COLOR_GAMMA", "COORDINATES", "LAYER", "LAYER_MEMBER", "NONE"}
_STRING_SUBTYPES = {"FILE_PATH", "DIR_PATH", "FILE_NAME", "BYTE_STRING", "PASSWORD", "NONE"}
_UNITS = {"NONE", "LENGTH", "AREA", "VOLUME", "ROTATION", "TIME", "TIME_ABSOLUTE", "VELOCITY", "ACCELERATION", "MASS", "CAMERA", "POWER", "TEMPERATURE"}


class _PropertyDeferred:
    """A property that has been described and not registered yet."""

    __slots__ = ("function", "keywords")

    def __init__(self, function, keywords):
        self.function = function
        self.keywords = keywords

    def __repr__(self):
        return f"<_PropertyDeferred, {self.function!r}, {self.keywords!r}>"

    def __eq__(self, other):
        return isinstance(other, _PropertyDeferred) and (self.function, self.keywords) == (other.function, other.keywords)

    __hash__ = None


_bpy.set_deferred_type(_PropertyDeferred)


class _Definition:
    """The arguments of one definition on their way to facts; every method checks what it takes."""

    def __init__(self, kind, name, keywords):
        self.kind = kind
        self.keywords = dict(keywords)
        self.keywords.pop("attr", None)
        self.facts = {"identifier": name}

    def fail(self, message, error=ValueError):
        raise error(f"{self.kind}(...): property \"{self.facts['identifier']}\": {message}")

    def take(self, key, default=None):
        return self.keywords.pop(key, default)

    def text(self, key, default=""):
        value = self.take(key, default)
        if not isinstance(value, str):
            self.fail(f"{key} expected a string, not {type(value).__name__}", TypeError)
        return value

    def choice(self, key, accepted, default="NONE"):
        value = self.text(key, default)
        if value not in accepted:
            self.fail(f"{key} '{value}' not found in {tuple(sorted(accepted))}")
        return value

    def choices(self, key, accepted, default=()):
        value = self.take(key, default)
        if not isinstance(value, (set, frozenset)) and value != ():
            self.fail(f"{key} expected a set of strings, not {type(value).__name__}", TypeError)
        for item in value:
            if item not in accepted:
                self.fail(f"{key} '{item}' not found in {tuple(sorted(accepted))}")
        return set(value)

    def function(self, key, arguments):
        value = self.take(key)
        if value is None:
            return
        if not callable(value):
            self.fail(f"{key} expected a function, not {type(value).__name__}", TypeError)
        code = getattr(value, "__code__", None)
        if code is not None and not code.co_flags & 0x04:
            most = code.co_argcount
            least = most - len(value.__defaults__ or ())
            if not least <= arguments <= most:
                self.fail(f"{key} expected a function that takes {arguments} arguments, not {most}", TypeError)
        self.facts[key] = value

    def number(self, key, default, whole):
        value = self.take(key, default)
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            try:
                value = value.__index__() if whole else float(value)
            except (AttributeError, TypeError, ValueError):
                self.fail(f"{key} expected {'an int' if whole else 'a number'}, not {type(value).__name__}", ValueError)
        return min(max(value, INT_MIN), INT_MAX) if whole else float(value)

    def common(self, options=frozenset()):
        self.facts["name"] = self.text("name") or self.facts["identifier"]
        self.facts["description"] = self.text("description")
        self.text("translation_context", "*")
        self.facts["options"] = self.choices("options", _OPTIONS | options, {"ANIMATABLE"})
        self.facts["override"] = self.choices("override", _OVERRIDE)
        tags = self.take("tags", set())
        if not isinstance(tags, (set, frozenset)):
            self.fail(f"tags expected a set, not {type(tags).__name__}", TypeError)

    def callbacks(self):
        self.function("update", 2)
        self.function("get", 1)
        self.function("set", 2)

    def size(self, default):
        """Length of an array, and rows and columns of a matrix."""
        size = self.take("size", default)
        if isinstance(size, int):
            shape = (size,)
        else:
            try:
                shape = tuple(int(length) for length in size)
            except (TypeError, ValueError):
                self.fail("size expected an int or a sequence of ints", TypeError)
        if not 1 <= len(shape) <= 3 or any(not 1 <= length <= 32 for length in shape):
            self.fail(f"size must be between 1 and 32, given {size}", ValueError)
        total = 1
        for length in shape:
            total *= length
        if len(shape) == 2:
            self.facts["shape"] = shape
        self.facts["size"] = total
        return total

    def default_array(self, size, check):
        value = self.take("default")
        if value is None:
            return
        flat = []

        def flatten(item):
            if isinstance(item, (list, tuple)) or (hasattr(item, "__len__") and not isinstance(item, str)):
                for inner in item:
                    flatten(inner)
            else:
                flat.append(check(item))
        flatten(value)
        if len(flat) != size:
            self.fail(f"default expected {size} values, not {len(flat)}")
        self.facts["default"] = tuple(flat)

    def finish(self, kind):
        for key in self.keywords:
            raise TypeError(f"{self.kind}(): '{key}' is an invalid keyword argument")
        self.facts["type"] = kind
        return self.facts


def _as_bool(definition, value):
    if not isinstance(value, (bool, int)):
        definition.fail(f"default expected True or False, not {type(value).__name__}")
    return bool(value)


def _bool_facts(definition):
    definition.common()
    definition.facts["default"] = _as_bool(definition, definition.take("default", False))
    definition.facts["subtype"] = definition.choice("subtype", _NUMBER_SUBTYPES)
    definition.callbacks()
    return definition.finish("BOOLEAN")


def _bool_vector_facts(definition):
    definition.common()
    size = definition.size(3)
    definition.default_array(size, lambda value: _as_bool(definition, value))
    definition.facts["subtype"] = definition.choice("subtype", _ARRAY_SUBTYPES)
    definition.callbacks()
    return definition.finish("BOOLEAN")


def _limits(definition, whole):
    low, high = (INT_MIN, INT_MAX) if whole else (-FLOAT_MAX, FLOAT_MAX)
    facts = definition.facts
    facts["min"] = definition.number("min", low, whole)
    facts["max"] = definition.number("max", high, whole)
    if facts["min"] > facts["max"]:
        definition.fail("min is larger than max")
    facts["soft_min"] = max(definition.number("soft_min", low, whole), facts["min"])
    facts["soft_max"] = min(definition.number("soft_max", high, whole), facts["max"])
    facts["step"] = definition.number("step", 1 if whole else 3, whole)
    if not whole:
        facts["precision"] = definition.number("precision", 2, True)


def _one_number(definition, value, whole):
    definition.keywords["default"] = value
    return definition.number("default", 0, whole)


def _number_facts(definition, whole):
    definition.common()
    definition.facts["default"] = definition.number("default", 0, whole)
    _limits(definition, whole)
    definition.facts["subtype"] = definition.choice("subtype", _NUMBER_SUBTYPES)
    if not whole:
        definition.facts["unit"] = definition.choice("unit", _UNITS)
    definition.callbacks()
    return definition.finish("INT" if whole else "FLOAT")


def _number_vector_facts(definition, whole):
    definition.common()
    size = definition.size(3)
    definition.default_array(size, lambda value: _one_number(definition, value, whole))
    _limits(definition, whole)
    definition.facts["subtype"] = definition.choice("subtype", _ARRAY_SUBTYPES | _NUMBER_SUBTYPES)
    if not whole:
        definition.facts["unit"] = definition.choice("unit", _UNITS)
    definition.callbacks()
    return definition.finish("INT" if whole else "FLOAT")


def _string_facts(definition):
    definition.common()
    definition.facts["default"] = definition.text("default")
    definition.facts["maxlen"] = definition.number("maxlen", 0, True)
    definition.facts["subtype"] = definition.choice("subtype", _STRING_SUBTYPES)
    definition.callbacks()
    definition.function("search", 3)
    definition.facts.pop("search", None)
    definition.choices("search_options", {"SORT", "SUGGESTION"})
    return definition.finish("STRING")


def _item(definition, number, item, is_flag):
    """(identifier, name, description, icon, number) of an item that may be given shorter."""
    if not isinstance(item, (tuple, list)) or not 3 <= len(item) <= 5:
        definition.fail("items expected tuples (identifier, name, description, [icon, [number]])")
    identifier, label, description = item[:3]
    icon, value = "NONE", (1 << number if is_flag else number)
    if len(item) == 5:
        icon, value = item[3], item[4]
        if isinstance(icon, int):
            icon = "NONE" if icon == 0 else str(icon)
    elif len(item) == 4:
        if isinstance(item[3], int):
            value = item[3]
        else:
            icon = item[3]
    if not all(isinstance(text, str) for text in (identifier, label, description, icon)) or not isinstance(value, int):
        definition.fail("items expected tuples (identifier, name, description, [icon, [number]])")
    return identifier, label, description, icon, value


def _enum_facts(definition):
    definition.common({"ENUM_FLAG"})
    facts = definition.facts
    is_flag = "ENUM_FLAG" in facts["options"]
    items = definition.take("items")
    default = definition.take("default")
    if callable(items):
        definition.keywords["items_function"] = items
        definition.function("items_function", 2)
        if default is not None and not isinstance(default, int):
            definition.fail("default of items that a function gives has to be their number", TypeError)
    else:
        if isinstance(items, str) or not hasattr(items, "__iter__"):
            definition.fail("items expected a sequence of tuples or a function", TypeError)
        items = tuple(items)
        facts["items"] = [_item(definition, number, item, is_flag) for number, item in enumerate(items)]
        known = [item[0] for item in facts["items"]]
        chosen = (default or set()) if is_flag else ({default} if default is not None else set())
        if is_flag and not isinstance(chosen, (set, frozenset)):
            definition.fail("default of flags has to be a set", TypeError)
        if not is_flag and default is not None and not isinstance(default, str):
            definition.fail("default expected a string", TypeError)
        for name in chosen:
            if name not in known:
                definition.fail(f"default '{name}' not found in {tuple(known)}")
    if default is not None:
        facts["default"] = default
    definition.callbacks()
    return definition.finish("ENUM")


def _target(definition, accepts_blocks):
    from bpy import types

    target = definition.take("type")
    is_group = isinstance(target, type) and issubclass(target, types.PropertyGroup)
    is_block = isinstance(target, type) and issubclass(target, types.ID)
    if not (is_group or (is_block and accepts_blocks)):
        definition.fail(f"type expected a class derived from {'ID or ' if accepts_blocks else ''}PropertyGroup, not {target!r}", TypeError)
    if not target.is_registered:
        definition.fail(f"type {target.__name__} has to be registered first", TypeError)
    definition.facts["target"] = target


def _pointer_facts(definition):
    definition.common()
    _target(definition, True)
    definition.function("poll", 2)
    definition.function("update", 2)
    return definition.finish("POINTER")


def _collection_facts(definition):
    definition.common()
    _target(definition, False)
    return definition.finish("COLLECTION")


_FACTS = {
    "BoolProperty": _bool_facts,
    "BoolVectorProperty": _bool_vector_facts,
    "IntProperty": lambda definition: _number_facts(definition, True),
    "IntVectorProperty": lambda definition: _number_vector_facts(definition, True),
    "FloatProperty": lambda definition: _number_facts(definition, False),
    "FloatVectorProperty": lambda definition: _number_vector_facts(definition, False),
    "StringProperty": _string_facts,
    "EnumProperty": _enum_facts,
    "PointerProperty": _pointer_facts,
    "CollectionProperty": _collection_facts,
}


def _define(cls, name, deferred):
    """Makes a described property a property of a class."""
    kind = deferred.function.__name__
    deferred.keywords["attr"] = name
    _bpy.add_property(cls, _FACTS[kind](_Definition(kind, name, deferred.keywords)))


_FIRST = {"EnumProperty": "items name", "PointerProperty": "type name", "CollectionProperty": "type name"}
_RANGE = "default min max soft_min soft_max step"
_OWN = {"IntProperty": _RANGE, "IntVectorProperty": _RANGE, "FloatProperty": _RANGE + " precision", "FloatVectorProperty": _RANGE + " precision",
        "StringProperty": "default maxlen", "PointerProperty": "", "CollectionProperty": ""}
_LAST = {"FloatProperty": "subtype unit update get set", "FloatVectorProperty": "subtype unit size update get set", "EnumProperty": "update get set",
         "BoolVectorProperty": "subtype size update get set", "IntVectorProperty": "subtype size update get set",
         "StringProperty": "subtype update get set search search_options", "PointerProperty": "poll update", "CollectionProperty": ""}


def _keywords(kind):
    """The names of the keywords of a function, in the order they are told."""
    return [*_FIRST.get(kind, "name").split(), "description", *_OWN.get(kind, "default").split(), "options", "override", "tags",
            *_LAST.get(kind, "subtype update get set").split()]


def _describing(kind, documentation):
    import inspect

    def describe(*unnamed, **keywords):
        return _PropertyDeferred(describe, keywords)
    describe.__name__ = describe.__qualname__ = kind
    describe.__doc__ = documentation
    describe.__signature__ = inspect.Signature([inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in _keywords(kind)])
    return describe


BoolProperty = _describing("BoolProperty", "A yes or no.")
BoolVectorProperty = _describing("BoolVectorProperty", "Several yes or no.")
IntProperty = _describing("IntProperty", "A whole number.")
IntVectorProperty = _describing("IntVectorProperty", "Several whole numbers.")
FloatProperty = _describing("FloatProperty", "A number.")
FloatVectorProperty = _describing("FloatVectorProperty", "Several numbers.")
StringProperty = _describing("StringProperty", "A text.")
EnumProperty = _describing("EnumProperty", "One of several items, or a set of them.")
PointerProperty = _describing("PointerProperty", "A data-block, or a group of properties.")
CollectionProperty = _describing("CollectionProperty", "A list of groups of properties.")


def RemoveProperty(cls, attr):
    """Takes a property that was assigned to a class away again."""
    if not _bpy.remove_property(cls, attr):
        raise TypeError(f"RemoveProperty(): \"{attr}\" is no property a script added to {cls.__name__}")
