"""Gizmos of scripts: handles that are drawn into an editor and dragged."""
import _bpy
from bpy.props import BoolProperty, EnumProperty, FloatProperty, FloatVectorProperty, StringProperty
from bpy.utils import _classes

from . import Collection, add, described, make, program_struct, read_only

_SPACES = [(name, name.replace("_", " ").title(), "") for name in ("EMPTY", *sorted(_classes.SPACES - {"EMPTY"}))]
_REGIONS = [(name, name.replace("_", " ").title(), "") for name in ("WINDOW", *sorted(_classes.REGIONS - {"WINDOW"}))]
_OPTIONS = ("3D", "SCALE", "DEPTH_3D", "SELECT", "PERSISTENT", "SHOW_MODAL_ALL", "EXCLUDE_MODAL", "TOOL_INIT", "TOOL_FALLBACK_KEYMAP", "VR_REDRAWS")
_IDENTITY = (1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)
shown = []  # identifiers of groups that are shown whatever the tool is


def _matrix(label):
    return FloatVectorProperty(name=label, size=(4, 4), subtype="MATRIX", default=_IDENTITY, soft_min=-10000, soft_max=10000)


def _color(label):
    return FloatVectorProperty(name=label, size=3, subtype="COLOR", default=(1, 1, 1), min=0, soft_max=1)


@read_only("is_highlight is_modal")
@program_struct()
class Gizmo(_bpy.types.bpy_struct):
    """A handle."""
    bl_idname: StringProperty(maxlen=63)
    color: _color("Color")
    alpha: FloatProperty(name="Alpha", default=1, min=0, max=1)
    color_highlight: _color("Color")
    alpha_highlight: FloatProperty(name="Alpha", default=1, min=0, max=1)
    matrix_space: _matrix("Space Matrix")
    matrix_basis: _matrix("Basis Matrix")
    matrix_offset: _matrix("Offset Matrix")
    scale_basis: FloatProperty(name="Scale Basis", default=1, min=0)
    line_width: FloatProperty(name="Line Width", default=1, min=0, subtype="PIXEL")
    select_bias: FloatProperty(name="Select Bias")
    hide: BoolProperty(name="Hide")
    hide_select: BoolProperty(name="Hide Select")
    hide_keymap: BoolProperty(name="Hide Keymap")
    use_grab_cursor: BoolProperty(name="Grab Cursor")
    use_draw_hover: BoolProperty(name="Show Hover")
    use_draw_modal: BoolProperty(name="Show Active")
    use_draw_value: BoolProperty(name="Show Value")
    use_draw_offset_scale: BoolProperty(name="Scale Offset")
    use_draw_scale: BoolProperty(name="Scale", default=True)
    use_select_background: BoolProperty(name="Select Background")
    use_operator_tool_properties: BoolProperty(name="Tool Property Init")
    use_event_handle_all: BoolProperty(name="Handle All Events")
    use_tooltip: BoolProperty(name="Use Tooltip", default=True)
    is_highlight: BoolProperty(name="Highlight")
    is_modal: BoolProperty(name="Highlight")
    select: BoolProperty(name="Select")

    @property
    def matrix_world(self):
        """Where the gizmo lies: space, basis and offset one after the other."""
        return self.matrix_space @ self.matrix_basis @ self.matrix_offset

    @property
    def group(self):
        return self.__dict__.get("_group")

    @property
    def _targets(self):
        return self.__dict__.setdefault("_target_values", {})

    def target_set_prop(self, target, data, property, *, index=-1):
        """Drags a property of something."""
        if property not in data.bl_rna.properties:
            raise ValueError(f"Gizmo target property '{property}' not found in {type(data).__name__}")

        def get():
            value = getattr(data, property)
            return value[index] if index >= 0 else value

        def set_(value):
            if index >= 0:
                getattr(data, property)[index] = value
            else:
                setattr(data, property, value)
        rna = data.bl_rna.properties[property]
        self._targets[target] = (get, set_, lambda: (rna.soft_min, rna.soft_max))

    def target_set_handler(self, target, get, set, range=None):
        """Drags what functions read and write."""
        self._targets[target] = (get, set, range)

    def target_set_operator(self, operator, *, index=0):
        """Runs an operator; its settings."""
        settings = _bpy.operator_settings(operator.replace("_OT_", ".").lower() if "_OT_" in operator else operator)
        self.__dict__.setdefault("_operators", {})[index] = (operator, settings)
        return settings

    def _target(self, target):
        try:
            return self._targets[target]
        except KeyError:
            raise ValueError(f"Gizmo target property '{target}' is not set") from None

    def target_get_value(self, target):
        """The value that is dragged."""
        return self._target(target)[0]()

    def target_set_value(self, target, value):
        """Changes it."""
        self._target(target)[1](value)

    def target_get_range(self, target):
        """Its least and largest value."""
        limits = self._target(target)[2]
        return limits() if limits is not None else (-3.4028234663852886e+38, 3.4028234663852886e+38)

    def target_is_valid(self, property):
        """Whether there is something to drag."""
        return property in self._targets

    @staticmethod
    def new_custom_shape(type, verts):
        """A shape from positions, to be drawn again and again."""
        return type, [tuple(vertex) for vertex in verts]

    def draw_custom_shape(self, shape, *, matrix=None, select_id=None):
        """Draws such a shape where the gizmo lies."""
        import gpu
        from gpu_extras.batch import batch_for_shader

        kind, positions = shape
        is_flat = bool(positions) and len(positions[0]) == 2
        shader = gpu.shader.from_builtin("2D_UNIFORM_COLOR" if is_flat else "3D_UNIFORM_COLOR")
        batch = batch_for_shader(shader, kind, {"pos": positions})
        with gpu.matrix.push_pop():
            gpu.matrix.multiply_matrix(self.matrix_world if matrix is None else matrix)
            if select_id is not None:
                gpu.select.load_id(select_id)
            lit = self.is_highlight
            shader.bind()
            shader.uniform_float("color", (*(self.color_highlight if lit else self.color), self.alpha_highlight if lit else self.alpha))
            batch.draw(shader)


@add
class Gizmos(Collection):
    """The gizmos of a group."""

    _named_by = "bl_idname"

    def __init__(self, group):
        super().__init__()
        self._group = group

    def new(self, type):
        """Adds a gizmo of a registered class."""
        from bpy.utils import _classes

        cls = next((cls for cls in _classes.registered.values() if issubclass(cls, Gizmo) and getattr(cls, "bl_idname", None) == type), None)
        if cls is None:
            raise RuntimeError(f"GizmoType '{type}' not known")
        gizmo = make(cls)
        gizmo.__dict__["_group"] = self._group
        if hasattr(gizmo, "setup"):
            gizmo.setup()
        self._items.append(gizmo)
        return gizmo

    def remove(self, gizmo):
        """Removes a gizmo."""
        self._items = [known for known in self._items if known is not gizmo]

    def clear(self):
        """Removes all."""
        self._items = []


@program_struct(name_property="bl_idname")
class GizmoGroup(_bpy.types.bpy_struct):
    """Gizmos that are shown together."""
    bl_idname: StringProperty(maxlen=63)
    bl_label: StringProperty(maxlen=63)
    bl_space_type: EnumProperty(name="Space Type", items=_SPACES, default="EMPTY")
    bl_region_type: EnumProperty(name="Region Type", items=_REGIONS, default="WINDOW")
    bl_owner_id: StringProperty()
    bl_options: EnumProperty(name="Options", items=[(name, name.replace("_", " ").title(), "") for name in _OPTIONS], default={"3D"}, options={"ENUM_FLAG"})

    @property
    def name(self):
        """What it is called."""
        return self.bl_label

    @property
    def gizmos(self):
        kept = self.__dict__.get("_gizmos")
        if kept is None:
            kept = self.__dict__["_gizmos"] = Gizmos(self)
        return kept


described.correct("Gizmo", "alpha alpha_highlight scale_basis line_width", default=0.0)
described.correct("Gizmo", "color color_highlight", default_array=[0.0] * 3)
described.correct("Gizmo", "matrix_space matrix_basis matrix_offset", default_array=[0.0] * 16)
described.correct("Gizmo", "use_draw_scale use_tooltip", default=False)


def ensure(identifier):
    """Shows a group whatever the tool is."""
    if identifier not in shown:
        shown.append(identifier)


def unlink(identifier):
    """Does not show it any more."""
    if identifier in shown:
        shown.remove(identifier)
