"""gpu.select: which part of a gizmo lies under the cursor."""

_last = [-1]


def load_id(id):
    """Names what is drawn from now on."""
    _last[0] = int(id)
