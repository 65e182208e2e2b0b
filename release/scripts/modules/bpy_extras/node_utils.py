"""Sockets of nodes."""

__all__ = ("find_node_input",)


def find_node_input(node, name):
    """The first input of this name, or None."""
    return next((socket for socket in node.inputs if socket.name == name), None)
