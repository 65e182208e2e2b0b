"""Parts of meshes that hang together, loops of edges, triangles of polygons, points on triangles."""

__all__ = ("mesh_linked_uv_islands", "mesh_linked_triangles", "edge_face_count_dict", "edge_face_count", "edge_loops_from_edges", "ngon_tessellate",
           "triangle_random_points")


class _Groups:
    """Which things belong together (union by size, path halving)."""

    def __init__(self, count):
        self.parents = list(range(count))

    def find(self, i):
        while self.parents[i] != i:
            self.parents[i] = i = self.parents[self.parents[i]]
        return i

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a != b:
            self.parents[max(a, b)] = min(a, b)

    def lists(self):
        found = {}
        for i in range(len(self.parents)):
            found.setdefault(self.find(i), []).append(i)
        return list(found.values())


def _join_by(groups, keys_of_each):
    first = {}
    for i, keys in enumerate(keys_of_each):
        for key in keys:
            groups.join(i, first.setdefault(key, i))
    return groups.lists()


def mesh_linked_uv_islands(mesh):
    """Lists of indices of polygons whose texture coordinates hang together."""
    if mesh.uv_layers.active is None or not mesh.polygons:
        return []
    places = [tuple(item.uv) for item in mesh.uv_layers.active.data]
    vertices = [loop.vertex_index for loop in mesh.loops]
    return _join_by(_Groups(len(mesh.polygons)), ([(vertices[i], places[i]) for i in polygon.loop_indices] for polygon in mesh.polygons))


def mesh_linked_triangles(mesh):
    """Lists of triangles whose polygons share vertices."""
    mesh.calc_loop_triangles()
    keys = [tuple(polygon.vertices) for polygon in mesh.polygons]
    islands = _join_by(_Groups(len(keys)), keys)
    where = {polygon: number for number, island in enumerate(islands) for polygon in island}
    out = [[] for _ in islands]
    for triangle in mesh.loop_triangles:
        out[where[triangle.polygon_index]].append(triangle)
    return out


def edge_face_count_dict(mesh):
    """Keys of edges with the number of polygons at each."""
    counts = {}
    for polygon in mesh.polygons:
        for key in polygon.edge_keys:
            counts[key] = counts.get(key, 0) + 1
    return counts


def edge_face_count(mesh):
    """The number of polygons at each edge."""
    counts = edge_face_count_dict(mesh)
    return [counts.get(edge.key, 0) for edge in mesh.edges]


def edge_loops_from_edges(mesh, edges=None):
    """Lists of vertices along runs of edges; a closed one ends with its first vertex. Runs end where more or fewer than two edges meet."""
    keys = [tuple(edge.vertices) for edge in (mesh.edges if edges is None else edges)]
    at = {}
    for number, key in enumerate(keys):
        for vertex in key:
            at.setdefault(vertex, []).append(number)
    used = [False] * len(keys)

    def walk(number, vertex):
        line = []
        while not used[number]:
            used[number] = True
            vertex = keys[number][1] if keys[number][0] == vertex else keys[number][0]
            line.append(vertex)
            following = [other for other in at[vertex] if other != number]
            if len(at[vertex]) != 2 or not following:
                break
            number = following[0]
        return line

    lines = []
    for number, (a, b) in enumerate(keys):
        if used[number]:
            continue
        forward = walk(number, a)
        if forward[-1] == a:
            lines.append([a, *forward])
            continue
        back = [other for other in at[a] if other != number and not used[other]] if len(at[a]) == 2 else []
        backward = walk(back[0], a) if back else []
        lines.append([*reversed(backward), a, *forward])
    return lines


def ngon_tessellate(from_data, indices, fix_loops=True, debug_print=True):
    """Triangles of a polygon, as triples of positions in `indices`; a list of lists of indices gives a polygon with holes."""
    from mathutils.geometry import tessellate_polygon

    if not indices:
        return []
    positions = from_data.vertices if hasattr(from_data, "vertices") else from_data

    def place(i):
        item = positions[i]
        return item.co if hasattr(item, "co") else item
    rings = indices if isinstance(indices[0], (list, tuple)) else [indices]
    return [tuple(triangle) for triangle in tessellate_polygon([[place(i) for i in ring] for ring in rings])]


def triangle_random_points(num_points, loop_triangles):
    """Random points on triangles, `num_points` on each, evenly distributed."""
    from random import random

    points = []
    for triangle in loop_triangles:
        positions = triangle.id_data.vertices
        a, b, c = (positions[i].co for i in triangle.vertices)
        for _ in range(num_points):
            u, v = random(), random()
            if u + v > 1.0:
                u, v = 1.0 - u, 1.0 - v
            points.append(a + (b - a) * u + (c - a) * v)
    return points
