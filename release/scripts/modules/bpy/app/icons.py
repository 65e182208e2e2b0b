"""bpy.app.icons: icons of triangles that scripts make."""
import struct as _struct

_icons = {}
_last = [2000]


def _keep(corners):
    _last[0] += 1
    _icons[_last[0]] = corners
    return _last[0]


def new_triangles(range, coords, colors):
    """An icon from corners of triangles: two bytes a position, four a color; its number."""
    positions, tints = bytes(coords), bytes(colors)
    count, rest = divmod(len(positions), 6)
    if rest or len(tints) != 12 * count:
        raise ValueError(f"new_triangles(): expected 6 bytes of positions and 12 of colors a triangle, not {len(positions)} and {len(tints)}")
    return _keep((tuple(range), positions, tints))


def new_triangles_from_file(filename):
    """An icon from a file ("VCO" and a version, the size, the offset, positions and colors); its number."""
    with open(filename, "rb") as file:
        data = file.read()
    if len(data) < 8 or data[:4] != b"VCO\0" or (len(data) - 8) % 18:
        raise ValueError(f"{filename}: this is no file of triangles")
    count = (len(data) - 8) // 18
    return _keep((_struct.unpack("2B", data[4:6]), data[8:8 + 6 * count], data[8 + 6 * count:]))


def release(icon_id):
    """Lets an icon go."""
    if _icons.pop(icon_id, None) is None:
        raise ValueError(f"release(): there is no icon {icon_id}")
