"""gpu.shader: shaders that are there, and shaders from descriptions."""
from . import _gl
from ._buffer import check_choice as _check
from ._gl import GL as _GL
from ._program import GPUShader as _Shader, GPUShaderCreateInfo as _Info

_POSITION = "uniform mat4 ModelViewProjectionMatrix;\nin {kind} pos;\n"
_PLACE = {2: "gl_Position = ModelViewProjectionMatrix * vec4(pos, 0.0, 1.0);", 3: "gl_Position = ModelViewProjectionMatrix * vec4(pos, 1.0);"}


def _sources(size, coloring):
    """Vertex and fragment stage of a simple shader."""
    head = _POSITION.format(kind=f"vec{size}")
    if coloring == "UNIFORM_COLOR":
        return f"{head}void main() {{ {_PLACE[size]} }}", "uniform vec4 color;\nout vec4 fragColor;\nvoid main() { fragColor = color; }"
    if coloring == "IMAGE":
        return (f"{head}in vec2 texCoord;\nout vec2 place;\nvoid main() {{ {_PLACE[size]} place = texCoord; }}",
                "uniform sampler2D image;\nin vec2 place;\nout vec4 fragColor;\nvoid main() { fragColor = texture(image, place); }")
    how = "flat" if coloring == "FLAT_COLOR" else "smooth"
    return (f"{head}in vec4 color;\n{how} out vec4 tint;\nvoid main() {{ {_PLACE[size]} tint = color; }}",
            f"{how} in vec4 tint;\nout vec4 fragColor;\nvoid main() {{ fragColor = tint; }}")


# Lines of any width: each becomes two triangles that face the viewer.
_WIDE = """layout(lines) in;
layout(triangle_strip, max_vertices = 4) out;
uniform float lineWidth;
uniform vec2 viewportSize;
{declare}
void corner(int i, vec2 offset) {{
  {hand_on}
  gl_Position = gl_in[i].gl_Position + vec4(offset * gl_in[i].gl_Position.w, 0.0, 0.0);
  EmitVertex();
}}
void main() {{
  vec2 a = gl_in[0].gl_Position.xy / gl_in[0].gl_Position.w, b = gl_in[1].gl_Position.xy / gl_in[1].gl_Position.w;
  vec2 along = (b - a) * viewportSize;
  along = length(along) > 0.0 ? normalize(along) : vec2(1.0, 0.0);
  vec2 side = vec2(-along.y, along.x) * lineWidth / viewportSize;
  corner(0, side);
  corner(0, -side);
  corner(1, side);
  corner(1, -side);
  EndPrimitive();
}}"""


def _wide(coloring):
    vertex, fragment = _sources(3, coloring)
    if coloring == "UNIFORM_COLOR":
        return vertex, fragment, _WIDE.format(declare="", hand_on="")
    how = "flat" if coloring == "FLAT_COLOR" else "smooth"
    vertex, fragment = vertex.replace("tint", "tint_in"), fragment
    return vertex, fragment, _WIDE.format(declare=f"{how} in vec4 tint_in[];\n{how} out vec4 tint;", hand_on="tint = tint_in[i];")


_NAMES = {}
for _coloring in ("UNIFORM_COLOR", "FLAT_COLOR", "SMOOTH_COLOR", "IMAGE"):
    _NAMES[f"2D_{_coloring}"] = (2, _coloring)
    _NAMES[f"3D_{_coloring}"] = (3, _coloring)
    _NAMES[_coloring] = (3, _coloring)
    if _coloring != "IMAGE":
        _NAMES[f"3D_POLYLINE_{_coloring}"] = _NAMES[f"POLYLINE_{_coloring}"] = ("WIDE", _coloring)
_made = {}


def from_builtin(shader_name, config="DEFAULT"):
    """A shader that is there by name: one color, colors of vertices, or a picture, in two or three dimensions; lines of any width."""
    _check(config, ("DEFAULT", "CLIPPED"))
    size, coloring = _NAMES[_check(shader_name, _NAMES)]
    key = (_gl.ensure(), shader_name)
    if key not in _made:
        if size == "WIDE":
            vertex, fragment, geometry = _wide(coloring)
            _made[key] = _Shader(vertex, fragment, geocode=geometry, name=shader_name)
        else:
            _made[key] = _Shader(*_sources(size, coloring), name=shader_name)
    return _made[key]


def create_from_info(shader_info):
    """A shader from its description."""
    if not isinstance(shader_info, _Info):
        raise TypeError(f"create_from_info(): expected a GPUShaderCreateInfo, not {type(shader_info).__name__}")
    return _Shader(*shader_info._stages())


def unbind():
    """No shader is bound any more."""
    _gl.ensure()
    _GL.glUseProgram(0)
