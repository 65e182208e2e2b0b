"""Islands of texture coordinates in a BMesh."""

__all__ = ("bmesh_linked_uv_islands", "match_uv")


def match_uv(face, vert, uv, uv_layer):
    """Whether a corner of the face at this vertex has these coordinates."""
    return any(loop.vert == vert and (loop[uv_layer].uv - uv).length < 1e-5 for loop in face.loops)


def bmesh_linked_uv_islands(bm, uv_layer):
    """Lists of faces whose texture coordinates hang together."""
    islands = []
    left = set(bm.faces)
    for start in bm.faces:
        if start not in left:
            continue
        left.discard(start)
        island, open_ = [], [start]
        while open_:
            face = open_.pop()
            island.append(face)
            for loop in face.loops:
                for other in loop.vert.link_faces:
                    if other in left and match_uv(other, loop.vert, loop[uv_layer].uv, uv_layer):
                        left.discard(other)
                        open_.append(other)
        islands.append(island)
    return islands
