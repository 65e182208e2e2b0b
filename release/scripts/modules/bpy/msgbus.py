"""bpy.msgbus: functions that are called when values of the document are set in the window, or when a script says so.

They are called from the event loop, once for many changes.
"""
import _bpy

_subscriptions = []
_published = []


class _Subscription:
    def __init__(self, key, owner, arguments, notify, is_persistent):
        self.key, self.owner, self.arguments, self.notify, self.is_persistent = key, owner, arguments, notify, is_persistent


def _normalized(key, function):
    """(class, property name, owner): what is not said is None."""
    types = _bpy.types
    if isinstance(key, tuple):
        if len(key) != 2 or not isinstance(key[0], type) or not isinstance(key[1], str):
            raise TypeError(f"{function}: expected a tuple (class, property name) as key")
        return key[0], key[1], None
    if isinstance(key, type) and issubclass(key, types.bpy_struct):
        return key, None, None
    if isinstance(key, types.bpy_struct):
        return type(key), None, key
    if isinstance(key, types.bpy_prop_array) or hasattr(key, "owner"):
        owner = getattr(key, "owner", None)
        return (type(owner) if owner is not None else None), None, owner
    raise TypeError(f"{function}: expected a property, a struct, a class, or a tuple (class, property name) as key, not {type(key).__name__}")


def subscribe_rna(*, key, owner, args, notify, options=frozenset()):
    """Calls `notify(*args)` when what `key` names has been set."""
    if not callable(notify):
        raise TypeError(f"subscribe_rna: notify expected a function, not {type(notify).__name__}")
    if not isinstance(args, tuple):
        raise TypeError(f"subscribe_rna: args expected a tuple, not {type(args).__name__}")
    for option in options:
        if option != "PERSISTENT":
            raise ValueError(f"subscribe_rna: option '{option}' not found in ('PERSISTENT',)")
    _subscriptions.append(_Subscription(_normalized(key, "subscribe_rna"), owner, args, notify, "PERSISTENT" in options))


def publish_rna(*, key):
    """Tells subscribers that what `key` names has been set."""
    if not isinstance(key, str):
        _published.append(_normalized(key, "publish_rna"))


def clear_by_owner(owner):
    """Drops all subscriptions of an owner."""
    _subscriptions[:] = [item for item in _subscriptions if item.owner is not owner]


def _matches(subscribed, published):
    return all(wanted is None or given is None or wanted == given or (isinstance(wanted, type) and isinstance(given, type) and issubclass(given, wanted))
               for wanted, given in zip(subscribed, published))


def _flush():
    """Calls the functions of all that has been published: from the event loop."""
    import traceback

    published, _published[:] = list(_published), []
    for item in list(_subscriptions):
        if any(_matches(item.key, key) for key in published):
            try:
                item.notify(*item.arguments)
            except Exception:
                traceback.print_exc()


def _drop_temporary():
    """Another document has been opened."""
    _published.clear()
    _subscriptions[:] = [item for item in _subscriptions if item.is_persistent]
