"""What `bl_rna` shows: types, properties, functions and enumeration items as objects.

Facts come from the program as dictionaries, when something is first asked for.
"""
import _bpy

_structs = {}


class _Facts:
    """An object whose attributes are the entries of a dictionary."""

    __slots__ = ("_facts", "_kept")

    def __init__(self, facts):
        self._facts = facts
        self._kept = {}

    def _entries(self):
        return self._facts

    def __getattr__(self, name):
        try:
            return self._entries()[name]
        except KeyError:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'") from None

    def __dir__(self):
        return [*super().__dir__(), *self._entries()]

    def __repr__(self):
        return f"<bpy_struct, {type(self).__name__}(\"{self.identifier}\")>"


class Items:
    """A read-only collection by position and by identifier."""

    __slots__ = ("_items", "_by_name")

    def __init__(self, items):
        self._items = items
        self._by_name = {item.identifier: item for item in items}

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, key):
        return key in self._by_name

    def __getitem__(self, key):
        if isinstance(key, str):
            try:
                return self._by_name[key]
            except KeyError:
                raise KeyError(f"bpy_prop_collection[key]: key \"{key}\" not found") from None
        return self._items[key]

    def keys(self):
        return list(self._by_name)

    def values(self):
        return list(self._items)

    def items(self):
        return list(self._by_name.items())

    def get(self, key, default=None):
        return self._by_name.get(key, default)

    def find(self, key):
        return next((i for i, item in enumerate(self._items) if item.identifier == key), -1)


class EnumPropertyItem(_Facts):
    __slots__ = ()


class Property(_Facts):
    __slots__ = ()

    @property
    def enum_items(self):
        if "enum_items" not in self._facts:
            raise AttributeError("only enumerations have items")
        return self._items("enum_items")

    @property
    def enum_items_static(self):
        """The same, or what the interface tells where it offers more, or where items come from elsewhere."""
        return self._items("static_items") if "static_items" in self._facts else self.enum_items

    def _items(self, key):
        if key not in self._kept:
            facts = self._facts[key]
            self._kept[key] = Items([EnumPropertyItem(item) for item in (facts() if callable(facts) else facts)])
        return self._kept[key]

    @property
    def fixed_type(self):
        if "fixed_type" not in self._facts:
            raise AttributeError("only pointers and collections have a type")
        name = self._facts["fixed_type"]
        return struct(name) if name else None

    @property
    def srna(self):
        name = self._facts.get("srna")
        return struct(name) if name else None

    @property
    def bl_rna(self):
        kind = {"BOOLEAN": "BoolProperty", "INT": "IntProperty"}.get(self.type, self.type.title() + "Property")
        return _PropertyKind(kind)


class _PropertyKind:
    """The `bl_rna` of a property: only its identifier is of use."""

    def __init__(self, identifier):
        self.identifier = self.name = identifier
        self.properties = Items([])
        self.base = None


class Function(_Facts):
    __slots__ = ()

    @property
    def parameters(self):
        if "parameters" not in self._kept:
            self._kept["parameters"] = Items([Property(item) for item in self._facts["parameters"]])
        return self._kept["parameters"]


def _operator_facts(identifier):
    """The facts about an operator of the program by the name of its class, or None."""
    module, separator, name = identifier.partition("_OT_")
    try:
        return _bpy.operator_facts(f"{module.lower()}.{name}") if separator else None
    except (AttributeError, KeyError, ValueError):
        return None


class Struct(_Facts):
    __slots__ = ("_version",)

    def __init__(self, identifier):
        super().__init__(None)
        self._kept["identifier"] = identifier
        self._version = -1

    def _entries(self):
        version = _bpy.registry_version()
        if self._facts is None or self._version != version:
            facts = _bpy.schema_facts(self._kept["identifier"])
            if facts is None:
                import bpy_structs

                bpy_structs.find(self._kept["identifier"])  # a type that nobody has named yet
                facts = _bpy.schema_facts(self._kept["identifier"]) or _operator_facts(self._kept["identifier"])
                version = _bpy.registry_version()
            if facts is None:
                facts = {"identifier": self._kept["identifier"], "name": "", "base": "", "nested": "", "name_property": "", "properties": [],
                         "functions": [], "description": "", "tag": ""}
            self._facts = facts
            self._version = version
            for key in ("properties", "functions"):
                self._kept.pop(key, None)
        return self._facts

    @property
    def base(self):
        name = self._entries()["base"]
        return struct(name) if name else None

    @property
    def nested(self):
        name = self._entries()["nested"]
        return struct(name) if name else None

    @property
    def name_property(self):
        name = self._entries()["name_property"]
        return self.properties.get(name) if name else None

    @property
    def properties(self):
        facts = self._entries()
        if "properties" not in self._kept:
            from bpy_structs import described

            identifier = facts["identifier"]
            own = [described.corrected(identifier, item) for item in facts["properties"]]
            names = {item["identifier"] for item in own}
            inherited = [item for item in self.base.properties.values() if item.identifier not in names] if facts["base"] else [Property(_rna_type_facts)]
            own += [item for item in described.of(identifier) if item["identifier"] not in names]
            self._kept["properties"] = Items([*inherited, *map(Property, own)])
        return self._kept["properties"]

    @property
    def functions(self):
        facts = self._entries()
        if "functions" not in self._kept:
            inherited = self.base.functions.values() if facts["base"] else []
            from bpy_structs import functions

            own = {item["identifier"]: item for item in facts["functions"]}
            own.update((item["identifier"], item) for item in functions.of(facts["identifier"], facts["base"]))
            self._kept["functions"] = Items([*inherited, *(Function(item) for item in own.values())])
        return self._kept["functions"]

    @property
    def translation_context(self):
        return "*"

    @property
    def property_tags(self):
        return Items([])

    @property
    def bl_rna(self):
        return struct("Struct")


_rna_type_facts = {"identifier": "rna_type", "name": "RNA", "description": "RNA type definition", "type": "POINTER", "subtype": "NONE", "unit": "NONE",
                   "is_readonly": True, "is_animatable": False, "is_overridable": False, "is_required": False, "is_argument_optional": False,
                   "is_never_none": False, "is_hidden": True, "is_skip_save": False, "is_output": False, "is_registered": False,
                   "is_registered_optional": False, "is_runtime": False, "is_enum_flag": False, "is_library_editable": False,
                   "translation_context": "*", "icon": "NONE", "fixed_type": "Struct", "srna": ""}


def struct(identifier):
    """The one Struct object of a type."""
    if identifier not in _structs:
        _structs[identifier] = Struct(identifier)
    return _structs[identifier]


class OperatorProperties(Struct):
    """The settings of an operator."""

    __slots__ = ()

    def _entries(self):
        if self._facts is None:
            self._facts = _bpy.operator_facts(self._kept["identifier"])
        return self._facts

    @property
    def identifier(self):
        module, name = self._kept["identifier"].split(".")
        return f"{module.upper()}_OT_{name}"


def operator(identifier):
    """The Struct of an operator's settings."""
    return OperatorProperties(identifier)
