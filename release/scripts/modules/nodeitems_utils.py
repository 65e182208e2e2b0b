"""Categories of nodes for menus in which nodes are added."""
import bpy

_categories = {}  # identifier -> (categories, classes of their menus, function that draws the menus)


class NodeCategory:
    """Nodes under one heading. `items` is a list, or a function of the context that gives one."""

    def __init__(self, identifier, name, *, description="", items=None):
        self.identifier = identifier
        self.name = name
        self.description = description
        if items is None:
            self.items = lambda context: []
        elif callable(items):
            self.items = items
        else:
            items = list(items)
            self.items = lambda context: (item for item in items if item.poll is None or context is None or item.poll(context))

    @classmethod
    def poll(cls, _context):
        """Whether the category is shown."""
        return True


class NodeItem:
    """A type of node with settings a new node gets: names to texts that are evaluated."""

    translation_context = "*"

    def __init__(self, nodetype, *, label=None, settings=None, poll=None):
        self.nodetype = nodetype
        self._label = label
        self.settings = {} if settings is None else settings
        self.poll = poll

    @property
    def label(self):
        """What the menu calls it."""
        if self._label:
            return self._label
        cls = getattr(bpy.types, self.nodetype, None)
        if cls is None:
            return "Unknown"
        label = getattr(cls, "bl_label", None)
        return label if isinstance(label, str) and label else cls.bl_rna.name

    @staticmethod
    def draw(self, layout, _context):
        """Adds the entry to a menu."""
        entry = layout.operator("node.add_node", text=self.label)
        entry.type = self.nodetype
        for name, value in self.settings.items():
            setting = entry.settings.add()
            setting.name, setting.value = name, value


class NodeItemCustom:
    """An entry that draws itself."""

    def __init__(self, *, poll=None, draw=None):
        self.poll = poll
        self.draw = draw


def _menu(category):
    def draw(self, context):
        for item in category.items(context):
            item.draw(item, self.layout, context)
    return type(f"NODE_MT_category_{category.identifier}", (bpy.types.Menu,),
                {"bl_space_type": "NODE_EDITOR", "bl_label": category.name, "category": category, "draw": draw,
                 "poll": classmethod(lambda cls, context: category.poll(context))})


def register_node_categories(identifier, cat_list):
    """Adds categories under a name, with a menu for each."""
    if identifier in _categories:
        raise KeyError(f"Node categories list '{identifier}' already registered")
    menus = []
    for category in cat_list:
        menus.append(_menu(category))
        bpy.utils.register_class(menus[-1])

    def draw_add_menu(self, context):
        for category in cat_list:
            if category.poll(context):
                self.layout.menu(f"NODE_MT_category_{category.identifier}")
    _categories[identifier] = (cat_list, menus, draw_add_menu)


def node_categories_iter(context):
    """All categories that are shown; without a context simply all."""
    for categories, _, _ in _categories.values():
        yield from (category for category in categories if context is None or category.poll(context))


def has_node_categories(context):
    """Whether there is one to be shown."""
    return next(node_categories_iter(context), None) is not None


def node_items_iter(context):
    """The entries of all these categories."""
    for category in node_categories_iter(context):
        yield from category.items(context)


def unregister_node_cat_types(cats):
    """Takes the menus of some categories away."""
    for cls in cats[1]:
        bpy.utils.unregister_class(cls)


def unregister_node_categories(identifier=None):
    """Takes the categories of a name away, or all."""
    for name in [identifier] if identifier else list(_categories):
        if name in _categories:
            unregister_node_cat_types(_categories.pop(name))


def draw_node_categories_menu(self, context):
    """Draws the menus of all categories."""
    for _, _, draw in _categories.values():
        draw(self, context)
