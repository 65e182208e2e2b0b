"""blf: measuring and drawing text. Measuring needs no graphics card; `draw` draws into what `gpu` draws into."""
import inspect

import _bpy

ROTATION, CLIPPING, SHADOW, WORD_WRAP, MONOCHROME = 1, 2, 4, 64, 128
_SEARCHED = ("/usr/share/fonts/truetype/dejavu/{name}.ttf", "/usr/share/fonts/TTF/{name}.ttf", "/usr/share/fonts/dejavu/{name}.ttf")


class _Font:
    def __init__(self, path, face):
        self.path, self.face = path, face
        self.size = 12.0
        self.position = (0.0, 0.0, 0.0)
        self.color = (1.0, 1.0, 1.0, 1.0)
        self.aspect = 1.0
        self.angle = 0.0
        self.clipping = (0.0, 0.0, 0.0, 0.0)
        self.shadow = (0, (0.0, 0.0, 0.0, 0.0))
        self.shadow_offset = (0, 0)
        self.wrap_width = 0
        self.options = 0

    def lines(self, text):
        """The text in lines, cut between words where it is to be wrapped."""
        found = text.split("\n")
        if not self.options & WORD_WRAP or self.wrap_width <= 0:
            return found
        wrapped = []
        for line in found:
            kept = ""
            for word in line.split(" "):
                longer = f"{kept} {word}" if kept else word
                if kept and _bpy.measure_text(self.face, self.size, longer)[0] > self.wrap_width:
                    wrapped.append(kept)
                    kept = word
                else:
                    kept = longer
            wrapped.append(kept)
        return wrapped


_fonts = {}


def _find(name):
    import os
    import shutil
    import subprocess

    for pattern in _SEARCHED:
        path = pattern.format(name=name)
        if os.path.exists(path):
            return path
    tool = shutil.which("fc-match")
    if tool:
        return subprocess.run([tool, "-f", "%{file}", name], capture_output=True, text=True, timeout=20).stdout
    return ""


def _font(fontid):
    """The font of a number; 0 and 1 are those of the window. None where there is none."""
    found = _fonts.get(fontid)
    if found is None and fontid in (0, 1):
        path = _find("DejaVuSansMono" if fontid else "DejaVuSans")
        face = _bpy.open_font(path) if path else None
        if face is not None:
            found = _fonts[fontid] = _Font(path, face)
    return found


def load(filepath):
    """Loads a font; its number, or -1."""
    for number, font in _fonts.items():
        if font.path == filepath and number > 1:
            return number
    face = _bpy.open_font(filepath)
    if face is None:
        print(f"Can't find font: {filepath}")
        return -1
    number = max([1, *_fonts]) + 1
    _fonts[number] = _Font(filepath, face)
    return number


def unload(filepath):
    """Lets a font go."""
    for number in [number for number, font in _fonts.items() if font.path == filepath and number > 1]:
        del _fonts[number]


def _setter(name, make, documentation):
    def set_(fontid, *values):
        font = _font(fontid)
        value = make(*values)
        if font is not None:
            setattr(font, name, value)
    set_.__name__ = set_.__qualname__ = name
    set_.__doc__ = documentation
    given = inspect.signature(make).parameters
    set_.__signature__ = inspect.Signature([inspect.Parameter(p, inspect.Parameter.POSITIONAL_ONLY) for p in ("fontid", *given)])
    return set_


aspect = _setter("aspect", lambda aspect: float(aspect), "How much text is stretched.")
position = _setter("position", lambda x, y, z: (float(x), float(y), float(z)), "Where the next text begins.")
color = _setter("color", lambda r, g, b, a: (float(r), float(g), float(b), float(a)), "The color of text.")
clipping = _setter("clipping", lambda xmin, ymin, xmax, ymax: (float(xmin), float(ymin), float(xmax), float(ymax)), "Where text is cut off, with CLIPPING.")
shadow_offset = _setter("shadow_offset", lambda x, y: (int(x), int(y)), "How far the shadow lies from the text.")


def rotation(fontid, angle):
    """The angle of text, with ROTATION."""
    font = _font(fontid)
    if font is not None:
        font.angle = float(angle)


def word_wrap(fontid, wrap_width):
    """The width of lines, with WORD_WRAP."""
    font = _font(fontid)
    if font is not None:
        font.wrap_width = int(wrap_width)


def shadow(fontid, level, r, g, b, a):
    """The softness (0, 3 or 5) and the color of the shadow, with SHADOW."""
    if level not in (0, 3, 5):
        raise TypeError("blf.shadow expected arg to be in (0, 3, 5)")
    font = _font(fontid)
    if font is not None:
        font.shadow = (level, (float(r), float(g), float(b), float(a)))


def size(fontid, size, dpi=72):
    """The size of text in points at 72 dots an inch, which are pixels."""
    font = _font(fontid)
    if font is not None:
        font.size = float(size) * float(dpi) / 72.0


def enable(fontid, option):
    """Turns an option on."""
    font = _font(fontid)
    if font is not None:
        font.options |= int(option)


def disable(fontid, option):
    """Turns an option off."""
    font = _font(fontid)
    if font is not None:
        font.options &= ~int(option)


def dimensions(fontid, text):
    """Width and height of a text in pixels."""
    font = _font(fontid)
    if not isinstance(text, str):
        raise TypeError(f"blf.dimensions() argument 2 must be str, not {type(text).__name__}")
    if font is None or not text:
        return 0.0, 0.0
    width, low, high = 0.0, 0, 0
    lines = font.lines(text)
    for number, line in enumerate(lines):
        advance, bottom, top = _bpy.measure_text(font.face, font.size, line)
        width = max(width, advance)
        offset = round(number * font.size * 1.2)
        low, high = min(low, bottom - offset), max(high, top - offset)
    return float(round(width * font.aspect)), float(high - low)


_shaders = {}


def _shader():
    import gpu
    from gpu import _gl

    key = _gl.ensure()
    if key not in _shaders:
        _shaders[key] = gpu.types.GPUShader(
            "uniform mat4 ModelViewProjectionMatrix;\nin vec2 pos;\nin vec2 texCoord;\nout vec2 place;\n"
            "void main() { gl_Position = ModelViewProjectionMatrix * vec4(pos, 0.0, 1.0); place = texCoord; }",
            "uniform sampler2D coverage;\nuniform vec4 color;\nin vec2 place;\nout vec4 fragColor;\n"
            "void main() { fragColor = vec4(color.rgb, color.a * texture(coverage, place).r); }", name="text")
    return _shaders[key]


def draw(fontid, text):
    """Draws a text where `position` says; its color is mixed with what is there."""
    import gpu
    from mathutils import Matrix

    font = _font(fontid)
    if font is None or not text:
        return
    shader = _shader()
    blend = gpu.state.blend_get()
    gpu.state.blend_set("ALPHA")
    try:
        with gpu.matrix.push_pop():
            gpu.matrix.translate(font.position)
            if font.options & ROTATION:
                gpu.matrix.multiply_matrix(Matrix.Rotation(font.angle, 4, "Z"))
            gpu.matrix.scale((font.aspect, font.aspect))
            if font.options & SHADOW:
                with gpu.matrix.push_pop():
                    gpu.matrix.translate(font.shadow_offset)
                    _draw_lines(font, text, shader, font.shadow[1])
            _draw_lines(font, text, shader, font.color)
    finally:
        gpu.state.blend_set(blend)


def _draw_lines(font, text, shader, tint):
    import gpu
    from gpu_extras.batch import batch_for_shader

    for number, line in enumerate(font.lines(text)):
        left, low, width, height, coverage = _bpy.draw_text(font.face, font.size, line)
        if not width or not height:
            continue
        bottom = low - round(number * font.size * 1.2)
        x0, y0, x1, y1, s0, t0, s1, t1 = _clipped(font, left, bottom, left + width, bottom + height)
        if x1 <= x0 or y1 <= y0:
            continue
        texture = gpu.types.GPUTexture((width, height), format="R8", data=gpu.types.Buffer("FLOAT", width * height, [byte / 255.0 for byte in coverage]))
        batch = batch_for_shader(shader, "TRI_FAN", {"pos": [(x0, y0), (x1, y0), (x1, y1), (x0, y1)], "texCoord": [(s0, t0), (s1, t0), (s1, t1), (s0, t1)]})
        shader.uniform_sampler("coverage", texture)
        shader.uniform_float("color", tint)
        batch.draw(shader)


def _clipped(font, x0, y0, x1, y1):
    """The part of a rectangle inside the clipping, with its place in the picture."""
    a0, b0, a1, b1 = x0, y0, x1, y1
    if font.options & CLIPPING:
        left, low, right, high = font.clipping
        x, y, _ = font.position
        a0, b0, a1, b1 = max(x0, left - x), max(y0, low - y), min(x1, right - x), min(y1, high - y)
    return a0, b0, a1, b1, (a0 - x0) / (x1 - x0), (b0 - y0) / (y1 - y0), (a1 - x0) / (x1 - x0), (b1 - y0) / (y1 - y0)
