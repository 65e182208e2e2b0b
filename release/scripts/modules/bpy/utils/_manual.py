"""Pages of manuals that scripts have for operators and properties."""

_hooks = []


def register_manual_map(manual_hook):
    """Adds a function that returns (address, ((pattern, page), ...))."""
    _hooks.append(manual_hook)


def unregister_manual_map(manual_hook):
    """Takes it away again."""
    _hooks.remove(manual_hook)


def manual_map():
    """The addresses and pages, those added last first; a function that fails is reported and left out."""
    import traceback

    for hook in reversed(list(_hooks)):
        try:
            prefix, pages = hook()
        except Exception:
            traceback.print_exc()
            continue
        yield prefix, pages
