"""Things that are often drawn."""


def draw_circle_2d(position, color, radius, *, segments=None):
    """A circle in the plane."""
    from math import acos, ceil, cos, pi, sin

    import gpu

    from .batch import batch_for_shader

    if segments is None:
        # At most an eighth of a pixel from the true circle.
        segments = 8 if radius <= 0.5 else max(8, ceil(pi / acos(max(1.0 - 0.125 / radius, -1.0))))
    if segments <= 0:
        raise ValueError("Amount of segments must be greater than 0.")
    corners = [(position[0] + radius * cos(2 * pi * i / segments), position[1] + radius * sin(2 * pi * i / segments)) for i in range(segments)]
    shader = gpu.shader.from_builtin("2D_UNIFORM_COLOR")
    batch = batch_for_shader(shader, "LINE_STRIP", {"pos": [*corners, corners[0]]})
    shader.uniform_float("color", color)
    batch.draw(shader)


def draw_texture_2d(texture, position, width, height):
    """A picture with its lower left corner at a place."""
    import gpu

    from .batch import batch_for_shader

    shader = gpu.shader.from_builtin("2D_IMAGE")
    batch = batch_for_shader(shader, "TRI_FAN", {"pos": [(0, 0), (1, 0), (1, 1), (0, 1)], "texCoord": [(0, 0), (1, 0), (1, 1), (0, 1)]})
    with gpu.matrix.push_pop():
        gpu.matrix.translate(position)
        gpu.matrix.scale((width, height))
        shader.uniform_sampler("image", texture)
        batch.draw(shader)
