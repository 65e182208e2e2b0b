"""Nodes of scripts: calls the functions of their classes when the program adds, removes and changes nodes."""
import traceback

_in_update = set()


def _print(function, *arguments):
    """What the function gives back; None where it fails, which is printed."""
    try:
        return function(*arguments)
    except Exception:
        traceback.print_exc()
        return None


def refuses(cls, tree):
    """Why the class does not want to be in the tree (empty: it says no reason); None when it does."""
    poll = getattr(cls, "poll", None)
    if poll is None or _print(poll, tree):
        return None
    return ""


def added(node):
    """Lets a new node make its sockets."""
    import bpy

    width = type(node).bl_width_default
    if isinstance(width, (int, float)):
        node.width = width
    init = getattr(node, "init", None)
    if init is not None:
        _print(init, bpy.context)
    changed(node.id_data)


def copied(node, source):
    """Lets the copy of a node take over what the program does not know of."""
    copy = getattr(node, "copy", None)
    if copy is not None:
        _print(copy, source)


def removing(node):
    """Lets a node clear up before it goes."""
    free = getattr(node, "free", None)
    if free is not None:
        _print(free)


def changed(tree):
    """Lets the nodes of a tree, and the tree, follow a change; changes they make meanwhile call nobody again."""
    key = tree.name_full
    if key in _in_update:
        return
    _in_update.add(key)
    try:
        for thing in [*tree.nodes, tree]:
            update = getattr(type(thing), "update", None)
            if callable(update) and getattr(type(thing), "__module__", "bpy.types") != "bpy.types":
                _print(thing.update)
    except ReferenceError:
        pass  # a function removed the tree or a node
    finally:
        _in_update.discard(key)
