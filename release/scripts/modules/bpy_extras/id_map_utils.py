"""Which data-blocks refer to which."""

__all__ = ("get_id_reference_map", "recursive_get_referenced_ids", "get_all_referenced_ids")


def get_id_reference_map():
    """Data-blocks with the set of those they refer to."""
    import bpy

    found = {}
    for block, users in bpy.data.user_map().items():
        for user in users:
            found.setdefault(user, set()).add(block)
    return found


def recursive_get_referenced_ids(ref_map, id, referenced_ids, visited):
    """Adds all that a data-block refers to, on however many steps."""
    open_ = [id]
    while open_:
        block = open_.pop()
        if block in visited:
            continue
        visited.add(block)
        for other in ref_map.get(block, ()):
            referenced_ids.add(other)
            open_.append(other)


def get_all_referenced_ids(id, ref_map):
    """All that a data-block refers to, on however many steps."""
    found = set()
    recursive_get_referenced_ids(ref_map, id, found, set())
    return found
