"""From places in a region of the 3D editor to places in space and back. `rv3d` is the view of the region."""
from mathutils import Vector

__all__ = ("region_2d_to_vector_3d", "region_2d_to_origin_3d", "region_2d_to_location_3d", "location_3d_to_region_2d")


def _device(region, coord):
    """A place in the region in -1..1."""
    return 2.0 * coord[0] / region.width - 1.0, 2.0 * coord[1] / region.height - 1.0


def _unproject(region, rv3d, coord, depth):
    x, y = _device(region, coord)
    point = rv3d.perspective_matrix.inverted_safe() @ Vector((x, y, depth, 1.0))
    return point.xyz / point.w if point.w else point.xyz


def region_2d_to_vector_3d(region, rv3d, coord):
    """The direction, of length 1, from the viewer through a place in the region."""
    view = rv3d.view_matrix.inverted_safe()
    if rv3d.is_perspective:
        return (_unproject(region, rv3d, coord, 0.5) - view.translation).normalized()
    return -view.col[2].xyz.normalized()


def region_2d_to_origin_3d(region, rv3d, coord, *, clamp=None):
    """Where the ray through a place in the region begins; of orthographic views at most `clamp` from the middle of the view."""
    view = rv3d.view_matrix.inverted_safe()
    if rv3d.is_perspective:
        return view.translation.copy()
    x, y = _device(region, coord)
    inverse = rv3d.perspective_matrix.inverted_safe()
    # The place on the plane through the middle of the view that faces the viewer.
    origin = inverse.col[0].xyz * x + inverse.col[1].xyz * y + inverse.translation
    if rv3d.view_perspective != "CAMERA":
        offset = inverse.col[2].xyz if clamp is None or clamp == 0.0 else inverse.col[2].xyz.normalized() * min(clamp, inverse.col[2].xyz.length)
        origin -= offset
    return origin


def region_2d_to_location_3d(region, rv3d, coord, depth_location):
    """The place in space below one in the region, as far away as `depth_location`."""
    from mathutils.geometry import intersect_line_plane, intersect_point_line

    direction = region_2d_to_vector_3d(region, rv3d, coord)
    origin = region_2d_to_origin_3d(region, rv3d, coord)
    target = Vector(depth_location)
    if rv3d.is_perspective:
        facing = rv3d.view_matrix.inverted_safe().col[2].xyz
        found = intersect_line_plane(origin, origin + direction, target, facing, True)
        return found if found is not None else target
    return intersect_point_line(target, origin, origin + direction)[0]


def location_3d_to_region_2d(region, rv3d, coord, *, default=None):
    """Where a place in space is seen in the region; `default` for those behind the viewer."""
    point = rv3d.perspective_matrix @ Vector((coord[0], coord[1], coord[2], 1.0))
    if point.w <= 0.0:
        return default
    return Vector((region.width * 0.5 * (1.0 + point.x / point.w), region.height * 0.5 * (1.0 + point.y / point.w)))
